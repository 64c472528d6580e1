"""JSON Schemas (draft-07) of the records, for editors that complete and check YAML while one types."""

import ast
import inspect
import json
from collections import ChainMap
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, RootModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from musnad.records.base import load_base
from musnad.records.fieldwords import annotate
from musnad.records.guidance import guide
from musnad.records.load import mapping_of, vocabulary_terms
from musnad.records.model import Claim, Entity, Redirect, Source, Withholding
from musnad.records.values import Reference, Slug
from musnad.records.vocabulary import Site

DRAFT = "http://json-schema.org/draft-07/schema#"


_RECORDS: Mapping[str, type[BaseModel]] = {"claim": Claim, "entity": Entity, "source": Source}
_PAIRED = ("LocalizedText", "LocalizedForms")
"""What holds something in each language, of which one can be changed alone."""


class _Generator(GenerateJsonSchema):
    """Says what may be written: nothing never is, a field without a value is left out."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        made = super().default_schema(schema)
        return made if made.get("default", ...) is not None else {k: v for k, v in made.items() if k != "default"}


class _OutputGenerator(_Generator):
    """Says what may be written out: a list that was left out is empty."""

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        made = super().default_schema(schema)
        without = {"default"} if made.get("default") else {"default", "minItems"}
        return {key: value for key, value in made.items() if key not in without}


@cache
def make_record_schemas() -> Mapping[str, Any]:
    """Return the schemas of a claim, an entity and a source."""
    return {name: _make_schema(name, model) for name, model in _RECORDS.items()}


def make_output_schemas(reference: str) -> dict[str, Any]:
    """Return the schemas of records as they are written out, and of all that stands in them, by the model's name.

    ``reference`` is how one refers to another, with ``{model}`` in it. What is never there is not in them: no null.
    """
    models: list[tuple[type[BaseModel], Literal["serialization"]]] = [(m, "serialization") for m in _RECORDS.values()]
    made: dict[str, Any] = models_json_schema(models, ref_template=reference, schema_generator=_OutputGenerator)[1][
        "$defs"
    ]
    for name, schema in made.items():
        _describe(name, schema)
    return made


def iter_schemas() -> Iterator[tuple[str, str]]:
    """Yield the file name and the text of every schema."""
    models: dict[str, type[BaseModel]] = {**_RECORDS, "site": Site}
    models["redirects"] = RootModel[dict[Reference, Redirect]]
    models["withheld"] = RootModel[dict[Slug, Withholding]]
    terms = {name: mapping_of(term) for name, term in vocabulary_terms().items()}
    for name, model in {**models, **terms}.items():
        schema = _make_schema(name, model)
        if name in terms:
            schema = _allow_changes(schema, [*load_base(name, terms[name]).raw], is_open=name == "units")
        yield f"{name}.schema.json", json.dumps(guide(schema), ensure_ascii=False, indent=1) + "\n"


def _make_schema(name: str, model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema(ref_template="#/definitions/{model}", schema_generator=_Generator)
    definitions = schema.pop("$defs", {})
    for model_name, found in ((model.__name__, schema), *definitions.items()):
        _describe(model_name, found)
    schema.pop("title", None)
    # The place of a file gives its id and kind; pydantic knows them as fields, editors must not write them.
    for field in {"claim": ("id",), "entity": ("id", "kind"), "source": ("id",)}.get(name, ()):
        schema["properties"].pop(field, None)
        schema["required"] = [wanted for wanted in schema["required"] if wanted != field]
    annotate(schema, name.capitalize(), name)
    for model_name, definition in definitions.items():
        annotate(definition, model_name)
    made = {"$schema": DRAFT, "title": name.capitalize(), **schema}
    return {**made, "definitions": definitions} if definitions else made


def _describe(model: str, schema: dict[str, Any]) -> None:
    """Write what stands below each field of a model into its schema."""
    told = _read_docs().get(model, {})
    for name, field in schema.get("properties", {}).items():
        if name in told:
            field["description"] = told[name]


@cache
def _read_docs() -> Mapping[str, Mapping[str, str]]:
    """Return the text below each field of each model; pydantic would look for them whenever the program starts."""
    found: dict[str, dict[str, str]] = {}
    for name in ("values", "model", "vocabulary"):
        for node in ast.parse(Path(__file__).with_name(f"{name}.py").read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                bases = [found.get(base.id, {}) for base in node.bases if isinstance(base, ast.Name)]
                found[node.name] = dict(ChainMap(dict(_iter_docs(node)), *bases))
    return found


def _iter_docs(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, text in pairwise(node.body):
        match field, text:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(told))):
                yield name.rstrip("_"), inspect.cleandoc(told)


def _allow_changes(schema: dict[str, Any], base: list[str], *, is_open: bool) -> dict[str, Any]:
    """Let a file give only what differs in terms of the base, or switch them off; of units, in those of CLDR too."""
    definitions = schema["definitions"]
    ((ids, whole),) = schema.pop("patternProperties").items()
    term = whole["$ref"].rpartition("/")[2]
    parts = {f"Change{name}": _make_change(definitions[name]) for name in (term, *_PAIRED) if name in definitions}
    change = {"anyOf": [{"$ref": f"#/definitions/Change{term}"}, {"$ref": "#/definitions/Off"}]}
    schema["propertyNames"]["pattern"] = ids
    schema["properties"] = {} if is_open else dict.fromkeys(base, change)
    schema["additionalProperties"] = change if is_open else whole
    schema["definitions"] = {**definitions, **parts, "Off": {"enum": [False, "off", "no", "false"]}}
    return schema


def _make_change(definition: dict[str, Any]) -> dict[str, Any]:
    """Return a definition of which any field can be given alone."""
    text = json.dumps({key: value for key, value in definition.items() if key != "required"})
    for name in _PAIRED:
        text = text.replace(f'#/definitions/{name}"', f'#/definitions/Change{name}"')
    made: dict[str, Any] = json.loads(text)
    return made


def write_schemas(folder: Path) -> list[str]:
    """Write all schemas and return their names."""
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for name, text in iter_schemas():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        names.append(name)
    return names


def check_schemas(folder: Path) -> list[str]:
    """Return the names of schemas that are missing or differ from the models."""
    return [
        name
        for name, text in iter_schemas()
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != text
    ]
