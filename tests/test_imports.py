"""Imports point one way only, down the list of rooms in the design from the last to the first."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PROJECT

PACKAGE = PROJECT / "generator/musnad"
# From the ground up.
ROOMS = [
    "__init__",
    "text",
    "earth",
    "records",
    "derive",
    "rules",
    "wording",
    "pages",
    "editing",
    "search",
    "exports",
    "build",
    "plugin",
    "cli",
    "__main__",
]
MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(module: str) -> str:
    """Return the room that a dotted name below ``musnad`` stands in."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def name_of(path: Path) -> str:
    """Return the dotted name of a file."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
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
                inner = PACKAGE.parent.joinpath(*module.split("."), alias.name)
                yield f"{module}.{alias.name}" if inner.with_suffix(".py").exists() or inner.is_dir() else module


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_imports_only_from_rooms_below(path: Path) -> None:
    """Every room has its floor, and looks only down."""
    own = room_of(name_of(path))
    assert own in ROOMS, "a new room needs its place in ROOMS"
    for imported in imports_of(path):
        room = room_of(imported)
        if imported.split(".")[0] == "musnad" and room != own:
            assert ROOMS.index(room) < ROOMS.index(own), f"{own} imports {imported}"


def test_modules_of_a_room_do_not_import_in_a_circle() -> None:
    """Within a room, too, there is a first and a last."""
    names = {name_of(path) for path in MODULES}
    wanted = {name_of(path): set(imports_of(path)) & names - {name_of(path)} for path in MODULES}
    while free := [name for name, imported in wanted.items() if not imported]:
        wanted = {name: imported - set(free) for name, imported in wanted.items() if name not in free}
    assert not wanted


def test_only_the_plugin_imports_mkdocs() -> None:
    """Another builder can take its place."""
    outside = [path for path in MODULES if room_of(name_of(path)) != "plugin"]
    assert not [path for path in outside if any(name.split(".")[0] == "mkdocs" for name in imports_of(path))]
