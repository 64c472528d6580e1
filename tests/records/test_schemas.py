"""Schemas for editors: valid, current, and content with every record that ``musnad check`` accepts."""

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from referencing import Registry
from referencing.jsonschema import DRAFT7

from musnad.records.guidance import CHOICES, list_choices
from musnad.records.load import load_entries
from musnad.records.schemas import check_schemas, iter_schemas, write_schemas
from tests.conftest import PROJECT, TOY

SCHEMAS = {name: json.loads(text) for name, text in iter_schemas()}
EMPTY: Mapping[str, Any] = {"definitions": defaultdict(dict)}
"""What stands for the ids and own terms of a record of which nothing is known."""
_HEAD = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")


class EditorLoader(yaml.CSafeLoader):
    """YAML 1.2 core, as editors' language servers read it: numbers, true and false, null; no dates."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 (PyYAML's own class attribute)


for tag, pattern, first in (
    ("null", r"~|null|Null|NULL|", [*"~nN", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", [*"tTfF"]),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", [*"-+0123456789"]),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", [*"-+.0123456789"]),
):
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), first)


def schema_of(path: Path, root: Path) -> dict[str, Any]:
    """Return the schema for an entry by its place."""
    folder = path.relative_to(root).parts[0]
    name = {"claims": "claim", "entities": "entity", "sources": "source"}.get(folder, path.stem)
    schema: dict[str, Any] = SCHEMAS[f"{name}.schema.json"]
    return schema


def make_validator(schema: Mapping[str, Any], choices: Mapping[str, Any] = EMPTY) -> jsonschema.Draft7Validator:
    """Return what checks by a schema, with the ids that are known."""
    registry: Registry[Any] = Registry().with_resource(CHOICES, DRAFT7.create_resource(choices))
    return jsonschema.Draft7Validator(schema, registry=registry)


def entries_below(root: Path) -> list[Path]:
    """Return every YAML file of a record."""
    return sorted(root.rglob("*.yaml"))


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_schema_is_draft_07(name: str) -> None:
    """The draft that editors' YAML language server knows."""
    jsonschema.Draft7Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["$schema"] == "http://json-schema.org/draft-07/schema#"


@pytest.mark.parametrize("are_known", [True, False], ids=["known", "unknown"])
@pytest.mark.parametrize("root", [TOY, PROJECT / "entries"], ids=["toy", "real"])
def test_schemas_accept_what_is_checked_in(root: Path, are_known: bool) -> None:
    """An editor sees no red line in a good record, whatever ids the editor's program knows."""
    paths = entries_below(root)
    assert len(paths) > 20
    choices = list_choices(load_entries(root).catalogue) if are_known else EMPTY
    for path in paths:
        found = yaml.load(path.read_text(encoding="utf-8"), Loader=EditorLoader)
        errors = make_validator(schema_of(path, root), choices).iter_errors(found)
        assert [f"{path}: {error.json_path}: {error.message}" for error in errors] == []


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("claims/tide-post-12/rye-bread-price.yaml", {"modallity": "reported"}),
        ("claims/tide-post-12/rye-bread-price.yaml", {"status": "publishd"}),
        ("claims/tide-post-12/rye-bread-price.yaml", {"id": "tide-post-12/rye-bread-price"}),
        ("claims/tide-post-12/rye-bread-price.yaml", {"title": {"en": "Price"}}),
        ("entities/good/salt.yaml", {"names": "Salt"}),
        ("entities/good/salt.yaml", {"kind": "good"}),
        ("sources/quay-news-7.yaml", {"published": None}),
        ("sources/quay-news-7.yaml", {"address": "quay.example/7"}),
    ],
    ids=["unknown-field", "wrong-value", "id", "missing-translation", "wrong-shape", "kind", "empty", "address"],
)
def test_schema_refuses_a_mistake(path: str, change: dict[str, Any]) -> None:
    """An editor sees it while typing."""
    found = yaml.load((TOY / path).read_text(encoding="utf-8"), Loader=EditorLoader)
    validator = make_validator(schema_of(TOY / path, TOY))
    assert validator.is_valid(found)
    assert not validator.is_valid({**found, **change})


@pytest.mark.parametrize("year", ["2024", "'2024'"])
def test_schema_accepts_a_bare_year(year: str) -> None:
    """To an editor's YAML checker it is a number."""
    found = yaml.load(f"entities/x: {{to: entities/y, date: {year}}}", Loader=EditorLoader)
    assert jsonschema.Draft7Validator(SCHEMAS["redirects.schema.json"]).is_valid(found)


def test_committed_schemas_are_current() -> None:
    """Else: ``musnad schema``."""
    folder = PROJECT / "entries" / "schemas"
    assert check_schemas(folder) == []
    assert {path.name for path in folder.iterdir()} - {CHOICES} == set(SCHEMAS)


def test_stale_and_missing_schemas_are_named(tmp_path: Path) -> None:
    """Writing them mends it."""
    names = write_schemas(tmp_path)
    assert check_schemas(tmp_path) == []
    (tmp_path / names[0]).unlink()
    (tmp_path / names[1]).write_text("{}\n")
    assert check_schemas(tmp_path) == names[:2]


def test_real_entries_name_their_schema() -> None:
    """The first line leads an editor's language server to the right schema."""
    root = PROJECT / "entries"
    for path in entries_below(root):
        found = _HEAD.match(path.read_text(encoding="utf-8"))
        assert found, f"{path} has no schema line"
        schema = (path.parent / found[1]).resolve()
        assert json.loads(schema.read_text(encoding="utf-8")) == schema_of(path, root)
