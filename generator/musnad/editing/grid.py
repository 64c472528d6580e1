"""Which sheets and columns records are edited in, made from the models; what a file holds as cells, and back.

A record has a row in the sheet of its folder, and each item of its lists has one in the sheet of that list. Cells are
texts, as they are spelled in the file. Knows nothing of workbooks; see ``workbook``.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

from musnad.editing.splice import write_flow
from musnad.records.fieldwords import Words, load_words
from musnad.records.model import FOLDERS, Recorded
from musnad.records.problems import N_
from musnad.records.schemas import make_record_schemas
from musnad.records.yamltext import FieldPath, Typed
from musnad.text.languages import LANGS
from musnad.wording.words import load_all_words

LEFT_OUT = frozenset({"paragraphs"})
"""Fields without a sheet: what only commands write."""
KIND = ("kind",)
"""The column of an entity's kind, which its folder says: it can be given to a new one only."""
MOST = 32_767
"""Characters that a cell of a workbook can hold."""
_NAMES: Mapping[str, str] = {"sources": "source", "entities": "entity", "claims": "claim"}
_LABELS = {"sources": N_("Sources"), "entities": N_("Entities"), "claims": N_("Claims")}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]+)?")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_STEPS = " › "


@dataclass(frozen=True)
class Column:
    """A field, or a field of a field, of a record or of an item of a list."""

    path: tuple[str, ...]
    label: Words
    help: str
    """What belongs in it, in both languages."""
    kind: str
    """text, number, date, flag, list (a value on each line), or fixed: as YAML, only to be read."""
    pick: str = ""
    """The list of ids that it is chosen from."""
    choices: Mapping[str, Words] | None = None
    """What it is chosen from, where that never changes."""
    alone: str = ""
    """What stands in the place of a list: unknown."""


@dataclass(frozen=True)
class Sheet:
    """All records of a folder, or all items of one list."""

    name: str
    label: Words
    folders: tuple[str, ...]
    """Whose records have such a list."""
    path: tuple[str, ...]
    """Of the list; empty for records."""
    columns: tuple[Column, ...]


class Spot(NamedTuple):
    """A cell of one record: sheet, item of its list from 1 (0 for the record itself) and column."""

    sheet: str
    item: int
    path: tuple[str, ...]


class Cell(NamedTuple):
    """What stands in one."""

    text: str
    is_fixed: bool = False
    """It can't be changed in a sheet."""


@cache
def list_sheets() -> Mapping[str, Sheet]:
    """Return all sheets by name: those of records first, then those of their lists."""
    records, lists = dict[str, Sheet](), dict[str, Sheet]()
    for folder in FOLDERS:
        schema = make_record_schemas()[_NAMES[folder]]
        columns = [*_list_columns(schema, schema, (), ())]
        if folder == "entities":
            columns.insert(0, Column(KIND, load_words()["fields"]["kind"]["label"], "", "fixed", "kinds"))
        records[folder] = Sheet(folder, say(_LABELS[folder]), (folder,), (), tuple(columns))
        for sheet in _list_lists(schema, folder):
            known = lists.get(sheet.name)
            lists[sheet.name] = replace(known, folders=(*known.folders, folder)) if known else sheet
    return {**records, **lists}


def say(message: str) -> Words:
    """Return a message in both languages."""
    return {lang: words.gettext(message) for lang, words in load_all_words().items()}


def _iter_fields(schema: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield fields in the order they are written in: what all records say stands last."""
    fields = schema["properties"].items()
    yield from sorted(fields, key=lambda field: "definitions" in schema and field[0] in Recorded.model_fields)


def _resolve(schema: Mapping[str, Any], whole: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what holds fields in the place of a name of it."""
    found: Mapping[str, Any] = whole["definitions"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    return found


def _list_columns(
    schema: Mapping[str, Any], whole: Mapping[str, Any], above: tuple[str, ...], labels: tuple[Words, ...]
) -> Iterator[Column]:
    for name, field in _iter_fields(schema):
        path, named = (*above, name), (*labels, field["x-label"])
        inner = _resolve(field, whole)
        branches = [field, *field.get("anyOf", ())]
        items = next((branch["items"] for branch in branches if "items" in branch), None)
        if "properties" in inner:
            yield from _list_columns(inner, whole, path, named)
        elif items and "$ref" in items:
            # The lists of a record have sheets of their own; those inside them are left as they are.
            if schema is not whole and "items" not in above and whole.get("title") is None:
                yield _make_column(path, named, field, "fixed")
        else:
            types = {one for branch in branches for one in _as_list(branch.get("type"))}
            alone = next((str(branch["const"]) for branch in branches if items and "const" in branch), "")
            kind = "list" if items else _name_kind(types)
            yield _make_column(path, named, {**field, **_choices_of(items or field)}, kind, alone)


def _name_kind(types: set[str]) -> str:
    if types == {"boolean"}:
        return "flag"
    return "number" if types & {"integer", "number"} and "boolean" not in types else "text"


def _as_list(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []


def _choices_of(field: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"x-choices": field["x-choices"]} if "x-choices" in field else {}


def _make_column(
    path: tuple[str, ...], labels: tuple[Words, ...], field: Mapping[str, Any], kind: str, alone: str = ""
) -> Column:
    label: Words = {lang: _STEPS.join(words[lang] for words in labels) for lang in LANGS}
    pick = {"outlet": "outlets", "place": "places"}.get(field.get("x-trait", ""), field.get("x-pick", ""))
    kind = "date" if "EDTF" in field.get("patternErrorMessage", "") else kind
    return Column(path, label, field.get("description", ""), kind, pick, field.get("x-choices"), alone)


def _list_lists(whole: Mapping[str, Any], folder: str) -> Iterator[Sheet]:
    """Yield the sheets of a record's lists of fields."""
    found: list[tuple[tuple[str, ...], Mapping[str, Any]]] = []
    for name, field in _iter_fields(whole):
        inner = _resolve(field, whole)
        below = inner["properties"].items() if "properties" in inner else ()
        found += [((name,), field), *(((name, step), one) for step, one in below)]
    for path, field in found:
        items = field.get("items", {})
        if "$ref" in items and not LEFT_OUT & {*path}:
            item = _resolve(items, whole)
            columns = tuple(_list_columns(item, {"definitions": whole["definitions"]}, (), ()))
            yield Sheet(".".join(path), field["x-label"], (folder,), path, columns)


def read_path(data: Any, path: FieldPath) -> Any:
    """Return what stands at a path, None where nothing does."""
    for step in path:
        if isinstance(step, int):
            data = data[step] if isinstance(data, list) and step < len(data) else None
        else:
            data = data.get(step) if isinstance(data, Mapping) else None
    return data


def list_items(sheet: Sheet, data: Mapping[str, Any]) -> list[tuple[int, FieldPath]]:
    """Return the items that have a row in a sheet, counted from 1, with where they stand; a record has one, 0."""
    if not sheet.path:
        return [(0, ())]
    found = read_path(data, sheet.path)
    items = found if isinstance(found, list) else ()
    return [(n, (*sheet.path, n - 1)) for n, item in enumerate(items, 1) if isinstance(item, Mapping)]


def split(folder: str, data: Mapping[str, Any]) -> dict[Spot, Cell]:
    """Return the cells that hold something of a record, by where they stand; an entity's kind is in ``data``."""
    cells = {}
    for sheet in list_sheets().values():
        if folder not in sheet.folders:
            continue
        for number, path in list_items(sheet, data):
            for column in sheet.columns:
                value = read_path(data, (*path, *column.path))
                if value is not None:
                    cells[Spot(sheet.name, number, column.path)] = _make_cell(column, value)
    return cells


def _make_cell(column: Column, value: Any) -> Cell:
    if column.kind == "list" and isinstance(value, list):
        texts = [str(item) for item in value]
        is_plain = all(isinstance(item, str | Typed) and len(str(item).splitlines()) == 1 for item in value)
        if is_plain and all(map(str.strip, texts)) and texts != [column.alone]:
            return Cell("\n".join(texts))
    elif column.kind != "fixed" and isinstance(value, str | Typed):
        return Cell(str(value))
    text = str(value) if isinstance(value, str | Typed) else write_flow(value)
    return Cell(text[:MOST], is_fixed=True)


def tidy(text: str) -> str:
    """Return a text without space around it, and with line ends of one kind."""
    return re.sub("\r\n?", "\n", text).strip()


def unescape(text: str) -> str:
    """Return what a text says in which characters stand as workbooks spell those that their format can't hold."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def compare_as(text: str) -> str:
    """Return a text as two cells are compared: programs save what looks like such a character in several ways."""
    while (plain := tidy(unescape(text))) != text:
        text = plain
    return text


def make_value(column: Column, text: str) -> Any:
    """Return what a cell's text is in a file: a number stays as it is spelled, and has no quotation marks."""
    text = tidy(text)
    if column.kind == "list" and text != column.alone:
        return [line.strip() for line in text.splitlines() if line.strip()]
    if column.kind == "flag" and text in ("true", "false"):
        return text == "true"
    return Typed(text, 0) if column.kind == "number" and _NUMBER.fullmatch(text) else text


def make_item(sheet: Sheet, texts: Mapping[tuple[str, ...], str]) -> dict[str, Any]:
    """Return the fields that the cells of a row make."""
    made: dict[str, Any] = {}
    for column in sheet.columns:
        if texts.get(column.path, "").strip() and column.kind != "fixed":
            holder = made
            for step in column.path[:-1]:
                holder = holder.setdefault(step, {})
            holder[column.path[-1]] = make_value(column, texts[column.path])
    return made
