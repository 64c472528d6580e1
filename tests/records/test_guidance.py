"""What editors' programs get beside the shape of records; ``tests/editors`` drives one of them."""

import json
from pathlib import Path

import jsonschema
import pytest

from musnad.records.guidance import CHOICES, MOST, list_choices, make_choices, write_choices
from musnad.records.load import load_entries
from musnad.records.model import Catalogue
from musnad.records.schemas import iter_schemas, write_schemas
from tests.conftest import PROJECT
from tests.records.test_schemas import make_validator


def list_ids(choices: dict[str, object], name: str) -> set[str]:
    """Return the ids that are offered from a list."""
    found = choices["definitions"][name]  # type: ignore[index]
    return {one["body"] for one in found.get("defaultSnippets", ())}


def test_lists_hold_what_fits(toy: Catalogue) -> None:
    """Every record, places and outlets by themselves, and terms that the base lacks."""
    choices = list_choices(toy)
    assert list_ids(choices, "entities") == set(toy.entities)
    assert list_ids(choices, "claims") == set(toy.claims)
    assert list_ids(choices, "sources") == set(toy.sources)
    traits = {id_: toy.vocabulary.kinds[entity.kind].trait for id_, entity in toy.entities.items()}
    for trait in ("place", "outlet"):
        wanted = {id_ for id_ in toy.entities if traits[id_] == trait}
        assert wanted
        assert list_ids(choices, f"{trait}s") == wanted
    own = load_entries(PROJECT / "tests/second/entries").catalogue
    assert list_ids(list_choices(own), "predicates") == own.vocabulary.predicates.own - _base_predicates()  # type: ignore[attr-defined]


def _base_predicates() -> set[str]:
    claim = json.loads(dict(iter_schemas())["claim.schema.json"])
    return {one["body"] for one in claim["definitions"]["base-predicates"]["defaultSnippets"]}


@pytest.mark.parametrize("count", [0, 1, 2, MOST, MOST + 1])
def test_lists_offer_and_refuse_nothing(count: int) -> None:
    """An id that is not known may be right; of many, each is offered without its Arabic name."""
    names = {f"id-{number}": {"ar": "اسم", "en": "name"} for number in range(count)}
    claim = json.loads(dict(iter_schemas())["claim.schema.json"])["properties"]["subject"]
    validator = make_validator(claim, {"definitions": {"entities": make_choices(names)}})
    assert validator.is_valid("id-0")
    assert validator.is_valid("unknown")
    assert not validator.is_valid("Not an id")
    assert json.dumps(make_choices(names)).count('"id-1"') == {0: 0, 1: 0, MOST + 1: 1}.get(count, 2)


def test_list_is_written_beside_schemas_and_only_when_it_differs(toy: Catalogue, tmp_path: Path) -> None:
    """Where there are no schemas, or nothing can be written, nothing happens."""
    write_choices(toy, tmp_path / "schemas")
    assert not (tmp_path / "schemas").exists()
    write_schemas(tmp_path / "schemas")
    write_choices(toy, tmp_path / "schemas")
    path = tmp_path / "schemas" / CHOICES
    assert json.loads(path.read_text(encoding="utf-8")) == list_choices(toy)
    first = path.stat()
    write_choices(toy, tmp_path / "schemas")
    assert path.stat().st_mtime_ns == first.st_mtime_ns
    path.unlink()
    path.mkdir()
    write_choices(toy, tmp_path / "schemas")
    assert {child.name for child in (tmp_path / "schemas").iterdir()} == {CHOICES, *dict(iter_schemas())}


def test_every_field_enumeration_and_pattern_is_told_in_both_languages() -> None:
    """The words stand in ``fields.yaml``."""
    lacking = []
    for name, text in iter_schemas():
        schema = json.loads(text)
        for model, part in [("", schema), *schema.get("definitions", {}).items()]:
            for field, found in part.get("properties", {}).items():
                # Of the files of the vocabulary, properties are terms of the base.
                told = found.get("description", "·")
                if len(told.split("\n\n")) not in (1, 3) or "·" not in told:
                    lacking.append((name, model, field, "description"))
                for one in (found, found.get("items", {})):
                    if "enum" in one and len(one.get("markdownEnumDescriptions", ())) != len(one["enum"]):
                        lacking.append((name, model, field, "enum"))
                    if "pattern" in one and "\n" not in one.get("patternErrorMessage", ""):
                        lacking.append((name, model, field, "pattern"))
    assert lacking == []
    jsonschema.Draft7Validator.check_schema(make_choices({"x": {"ar": "س", "en": "x"}}))
