"""What only editors' programs get in the JSON Schemas: choices with their names, examples, words for a wrong value.

Made for the YAML language server, which most editors run. Ids and a record's own terms stand in a part of their own
that no repository keeps (``CHOICES``): it allows everything, so that neither an old one nor a missing one raises a
false alarm.
"""

import contextlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from musnad.records import values
from musnad.records.base import Terms, list_own, load_base
from musnad.records.cldr import Units
from musnad.records.fieldwords import Words, load_words
from musnad.records.files import patiently
from musnad.records.load import mapping_of, vocabulary_terms
from musnad.records.model import FOLDERS, Catalogue
from musnad.text.languages import LANGS, Lang
from musnad.text.locales import WORLD

CHOICES = ".musnad-choices.json"
"""Beside the schemas; a name that is passed over among the entries."""
MOST = 1000
"""Choices that are offered with their Arabic names: of more, the server would take seconds."""
_BLANK = re.compile(r"\{\w+\}")
_TRAITS = {"outlet": "outlets", "place": "places"}


def guide(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema with all that helps while one types."""
    made: dict[str, Any] = json.loads(json.dumps(schema, ensure_ascii=False))
    definitions = made.setdefault("definitions", {})
    snippets = load_words()["snippets"]
    picks: set[str] = set()
    for name, part in [(made["title"], made), *definitions.items()]:
        _name_parts(part, name)
        for field in _iter_fields(part):
            picks |= set(_guide_field(field))
        if name in snippets:
            part["defaultSnippets"] = [
                {"label": _join(one["label"]), "body": one["body"], "description": _join(one["label"], "\n\n")}
                for one in snippets[name]
            ]
    for pick in sorted(picks & {*_list_vocabularies()}):
        definitions[f"base-{pick}"] = make_choices(_name_terms(_load_base_terms(pick)))
    if not picks:
        return made
    # Of a part that is missing the server does not tell where schemas stand in a sequence, one for each document of a
    # file. It takes the first when it checks, and that of no number when it completes; both are this one.
    definitions |= {"0": {"$ref": "#"}, "undefined": {"$ref": "#"}}
    return {**made, "schemaSequence": {"$ref": "#/definitions"}}


def _name_parts(part: dict[str, Any], name: str) -> None:
    """Write what a model is called, and of its fields what their documentation says, in both languages."""
    model = part.get("title", name)
    if words := load_words()["models"].get(model):
        part["title"] = _join(words)
    part.pop("description", None)
    notes = load_words()["notes"]
    for field_name, field in part.get("properties", {}).items():
        if "x-help" in field or "\n\n" not in field.get("description", ""):
            continue
        note = notes.get(f"{model}.{field_name}") or notes.get(field_name)
        # What the name says already is not said again.
        field["description"] = f"{field['description']}\n\n{note}" if note else _join(field["x-label"])


def _iter_fields(part: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the schemas of fields of a model, and those of their items and alternatives."""
    found = list(part.get("properties", {}).values())
    for field in found:
        # In the place of a list that is empty, something is offered to be put into it.
        if field.get("default") == []:
            del field["default"]
        found += [one for one in (field.get("items"), *field.get("anyOf", ())) if isinstance(one, dict)]
        if isinstance(field.get("items"), dict) and "x-pick" in field:
            field["items"] |= {name: field[name] for name in ("x-pick", "x-trait") if name in field}
        elif "pattern" in field or "x-choices" in field:
            yield field


def _guide_field(field: dict[str, Any]) -> Iterator[str]:
    """Put in what helps with a value; yield the list that it is chosen from, if there is one."""
    shape = _list_shapes().get(field.get("pattern", ""))
    if shape:
        field["patternErrorMessage"] = f"{shape['en']}\n{shape['ar']}"
        if "examples" in shape:
            field["examples"] = shape["examples"]
    if "x-choices" in field:
        names = field["x-choices"] | {True: field["x-choices"].get("yes"), False: field["x-choices"].get("no")}
        field["markdownEnumDescriptions"] = [_join(names[value]) for value in field["enum"]]
    if "x-pick" in field:
        pick = _TRAITS.get(field.get("x-trait", ""), field["x-pick"])
        base = [{"$ref": f"#/definitions/base-{pick}"}] if pick in _list_vocabularies() else []
        # The last one takes what none of the lists has; by its properties the server tells it from them.
        field["anyOf"] = [*base, {"$ref": f"{CHOICES}#/definitions/{pick}"}, {"properties": {}}]
        yield pick


@cache
def _list_shapes() -> Mapping[str, Mapping[str, Any]]:
    """Return what is said of types of text, by their pattern."""
    shapes = load_words()["shapes"]
    return {TypeAdapter(getattr(values, name)).json_schema()["pattern"]: words for name, words in shapes.items()}


def _join(words: Mapping[Any, str], between: str = " · ") -> str:
    return f"{words['en']}{between}{words['ar']}"


def make_choices(names: Mapping[str, Mapping[Lang, str]], kinds: Mapping[str, Words] = {}) -> dict[str, Any]:
    """Return a schema that offers ids with their names and kinds, and tells of the one that stands there."""
    told = {id_: _join(words) + (f" ({_join(kinds[id_])})" if id_ in kinds else "") for id_, words in names.items()}
    if len(names) > MOST:
        return {"anyOf": [{}, *({"const": id_, "description": text} for id_, text in told.items())]}
    if not names:
        return {}
    return {
        # As a heading: a description would hide that of the field.
        "anyOf": [{"title": text, "if": {"const": id_}, "else": False} for id_, text in told.items()],
        # Found by the Arabic name too.
        "defaultSnippets": [
            {"label": f"{id_} · {names[id_]['ar']}", "body": id_, "description": text} for id_, text in told.items()
        ],
    }


def list_names(catalogue: Catalogue) -> dict[str, dict[str, Mapping[Lang, str]]]:
    """Return the names of all that may be chosen, by id, for each list: records, places, outlets, terms."""
    entities = catalogue.entities.values()
    traits = {id_: kind.trait for id_, kind in catalogue.vocabulary.kinds.items()}
    found: dict[str, dict[str, Mapping[Lang, str]]] = {}
    found["entities"] = {entity.id: {lang: entity.name(lang) for lang in LANGS} for entity in entities}
    for trait, name in _TRAITS.items():
        fitting = (entity for entity in entities if traits.get(entity.kind) == trait)
        found[name] = {entity.id: found["entities"][entity.id] for entity in fitting}
    for folder in ("sources", "claims"):
        records = getattr(catalogue, folder)
        found[folder] = {id_: {lang: records[id_].title[lang] for lang in LANGS} for id_ in records}
    return found | {pick: _name_terms(getattr(catalogue.vocabulary, pick)) for pick in _list_vocabularies()}


def list_choices(catalogue: Catalogue) -> dict[str, Any]:
    """Return the part of the schemas that holds what is this record's own."""
    entities = {id_: {lang: entity.name(lang) for lang in LANGS} for id_, entity in catalogue.entities.items()}
    kinds = {id_: catalogue.vocabulary.kinds.get(entity.kind) for id_, entity in catalogue.entities.items()}
    labels = {id_: kind.label.model_dump() for id_, kind in kinds.items() if kind}
    found = {"entities": make_choices(entities, labels)}
    for trait, name in _TRAITS.items():
        fitting = {id_: words for id_, words in entities.items() if (kind := kinds[id_]) and kind.trait == trait}
        found[name] = make_choices(fitting, labels)
    for folder in ("sources", "claims"):
        records = getattr(catalogue, folder)
        found[folder] = make_choices({id_: {lang: records[id_].title[lang] for lang in LANGS} for id_ in records})
    for pick in _list_vocabularies():
        terms, base = getattr(catalogue.vocabulary, pick), _load_base_terms(pick)
        found[pick] = make_choices(_name_terms({id_: terms[id_] for id_, _ in list_own(terms) if id_ not in base}))
    return {"definitions": found}


def _list_vocabularies() -> list[str]:
    """Return the files of the vocabulary that something is chosen from."""
    return [pick for pick in load_words()["picks"] if pick not in FOLDERS]


def _load_base_terms(pick: str) -> Mapping[str, Any]:
    terms: Terms[Any] = Terms({}, load_base(pick, mapping_of(vocabulary_terms()[pick])).terms, ())
    return Units(terms, WORLD) if pick == "units" else terms


def _name_terms(terms: Mapping[str, Any]) -> dict[str, Mapping[Lang, str]]:
    return {id_: name_term(terms[id_]) for id_ in terms}


def name_term(term: Any) -> Mapping[Lang, str]:
    """Return how a term is called, or the pattern it is told with."""
    given = (getattr(term, field, None) for field in ("label", "pattern", "single", "plural", "amount"))
    found = next(filter(None, given))
    return {lang: _BLANK.sub("…", getattr(found[lang], "other", found[lang])) for lang in LANGS}


def write_choices(catalogue: Catalogue, schemas: Path) -> None:
    """Write this part beside the schemas, if these are there and it differs. Where that can't be, nothing is lost."""
    path = schemas / CHOICES
    text = json.dumps(list_choices(catalogue), ensure_ascii=False, separators=(",", ":"))
    with contextlib.suppress(OSError):
        if schemas.is_dir() and not (path.is_file() and path.read_text(encoding="utf-8") == text):
            part = path.with_suffix(".tmp")
            try:
                part.write_text(text, encoding="utf-8", newline="\n")
                patiently(lambda: os.replace(part, path))
            finally:
                part.unlink(missing_ok=True)
