"""What editors read of fields and choices, in both languages (``fields.yaml``)."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

Words = Mapping[str, str]
"""In each language."""


class FieldWords(NamedTuple):
    """What a field is called, and what belongs in it."""

    label: Words
    help: Words | None
    pick: str
    """What is chosen: a folder of records or a file of the vocabulary; empty for what is typed."""
    trait: str
    """What a chosen entity must be; empty where any fits."""


@cache
def load_words() -> Mapping[str, Any]:
    """Return all of ``fields.yaml``, every value as text."""
    found: Mapping[str, Any] = yaml.load(Path(__file__).with_name("fields.yaml").read_bytes(), yaml.CBaseLoader)
    return found


@cache
def _invert(section: str) -> Mapping[str, str]:
    return {name: kind for kind, names in load_words()[section].items() for name in names}


def find_words(model: str, field: str) -> FieldWords:
    """Return the words of a model's field. Raises KeyError where there are none."""
    names = (f"{model}.{field}", field)
    words = next((load_words()["fields"][name] for name in names if name in load_words()["fields"]), None)
    if words is None:
        raise KeyError(f"{model}.{field}")
    pick, trait = (
        next((found[name] for name in names if name in found), "") for found in (_invert("picks"), _invert("traits"))
    )
    return FieldWords(words["label"], words.get("help"), pick, trait)


def find_choice(value: str) -> Words:
    """Return what a choice is called. Raises KeyError where nothing is said of it."""
    words: Words = load_words()["choices"][value]
    return words


def list_first(kind: str) -> list[str]:
    """Return the fields that a newcomer needs of a claim, an entity or a source."""
    return list(load_words()["first"].get(kind, ()))


def annotate(schema: dict[str, Any], model: str, kind: str = "") -> None:
    """Write into the schema of a model what its fields are called, and into those of choices what these are."""
    for name, field in schema.get("properties", {}).items():
        words = find_words(model, name)
        field.pop("title", None)
        told = [words.help["en"], words.help["ar"]] if words.help else [field.get("description", "")]
        field["description"] = "\n\n".join(filter(None, [f"{words.label['en']} · {words.label['ar']}", *told]))
        field["x-label"] = words.label
        if words.help:
            field["x-help"] = words.help
        if words.pick:
            field["x-pick"] = words.pick
        if words.trait:
            field["x-trait"] = words.trait
        if name in list_first(kind):
            field["x-first"] = True
        for choice in _iter_choices(field):
            values = [value for value in choice["enum"] if isinstance(value, str)]
            choice["x-choices"] = {value: find_choice(value) for value in values}


def _iter_choices(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "enum" in schema:
        yield schema
    for inner in (schema.get("items"), *schema.get("anyOf", ())):
        if isinstance(inner, dict):
            yield from _iter_choices(inner)
