"""Imports point one way only, down the list of DESIGN from the last to the first."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PROJECT

GENERATOR = PROJECT / "generator"
# From the ground up. Modules of one line know nothing of each other, unless they are in one package.
LAYERS = [
    ["__init__"],
    ["problems", "values"],
    ["vocabulary"],
    ["model"],
    ["text"],
    ["outline", "prose", "trace", "yamltext"],
    ["memory"],
    ["shapes"],
    ["load"],
    ["schemas"],
    ["duplicates", "rules"],
    ["check", "verify"],
    ["graph"],
    ["coverage", "diff", "suggest"],
    ["locale"],
    ["views"],
    ["render"],
    ["site"],
    ["search"],
    ["exports"],
    ["store"],
    ["prints"],
    ["plugin", "cli"],
    ["__main__"],
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
MODULES = sorted(GENERATOR.rglob("*.py"))


def room_of(module: str) -> str:
    """Return the module or package directly below ``generator`` that a dotted name belongs to."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def name_of(path: Path) -> str:
    """Return the dotted name of a file."""
    parts = path.relative_to(PROJECT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 2 else parts)


def imports_of(path: Path) -> Iterator[str]:
    """Yield the dotted names a file imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            for alias in node.names:
                inner = GENERATOR.parent.joinpath(*module.split("."), alias.name)
                yield f"{module}.{alias.name}" if inner.with_suffix(".py").exists() or inner.is_dir() else module


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_imports_only_what_is_below_it(path: Path) -> None:
    """Every room has its floor, and looks only down."""
    own = room_of(name_of(path))
    assert own in LEVEL, "a new module needs its place in LAYERS"
    for imported in imports_of(path):
        room = room_of(imported)
        if imported.split(".")[0] == "generator" and room != own:
            assert LEVEL.get(room, len(LAYERS)) < LEVEL[own], f"{own} imports {imported}"


def test_ground_floor_stands_alone() -> None:
    """Neither of the two at the bottom needs the other."""
    assert not [name for name in imports_of(GENERATOR / "problems.py") if name.startswith("generator")]
    assert not [name for name in imports_of(GENERATOR / "values.py") if name.startswith("generator")]
