"""What a mapping file says: which column of a table is which field, and what a cell means.

The records in it are records, with {column} in the place of what a row has; what is put there is text and nothing
else. Knows nothing of files that are there already; see ``importing``.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple, get_args

from pydantic import Field, ValidationError

from musnad.editing.amounts import QuantityReader
from musnad.editing.names import NameIndex
from musnad.editing.table import Row, Table
from musnad.editing.tokens import CueIndex, Tokens
from musnad.records.model import Catalogue
from musnad.records.problems import N_, Problem, ProblemsError
from musnad.records.shapes import explain_validation
from musnad.records.values import Text, Value
from musnad.records.yamltext import FieldPath, Origin, Typed, read_yaml
from musnad.text.digits import to_latin_digits
from musnad.text.edtf import check_date
from musnad.text.fold import fold_words, split_words
from musnad.text.languages import LANGS, Lang

Kind = Literal["text", "entity", "number", "year-month-day", "day-month-year", "month-day-year"]
ORDERS: tuple[Kind, ...] = tuple(kind for kind in get_args(Kind) if kind.endswith(("day", "year")))
COLUMN = re.compile(r"\{([^{}]*)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_SIGNS = {"~": "about", "≈": "about", "<": "less-than", ">": "more-than", "≤": "not-more-than", "≥": "at-least"}
_HOUR = re.compile(r"(?<=\d)[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?$")
_DAY = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})")
NEEDED = N_("the column {column} is empty, and a text needs it; put what may be left out in [ ]")
_FIRST_YEAR = 1000
_BEFORE_RANGE = frozenset({"between", "from", "بين", "من"})


class Column(Value):
    """What the cells of a column are."""

    is_: Kind = Field("text", alias="is")
    """text, entity (by any of its names), number (with its hedge), or a date: the order of its parts."""
    values: Mapping[str, Any] = {}
    """What stands in a cell → what is meant: a text, a term, an id, or fields, such as ar and en."""


class Mapped(Value):
    """A mapping file."""

    source: Mapping[str, Any] = {}
    """The table itself, as a record: its id, and what no cell says; a table that makes only entities needs none."""
    row: Text | None = None
    """What a row is called; its number in the sheet where this is left out."""
    columns: Mapping[str, Column] = {}
    entities: tuple[Mapping[str, Any], ...] = ()
    """Records that each row makes, with id and kind; several rows may be of one."""
    claims: tuple[Mapping[str, Any], ...] = ()
    """Records that each row makes, with an id."""


@dataclass(frozen=True)
class MappingFile:
    """A mapping with the places of its fields."""

    mapped: Mapped
    origin: Origin


def read_mapping(raw: bytes, file: str, table: Table) -> MappingFile:
    """Return what a mapping file says of a table. Raises ProblemsError with all that is wrong with it."""
    document = read_yaml(raw, file)
    problems = [*document.problems]
    if problems or document.data is None:
        raise ProblemsError(problems)
    try:
        mapped = Mapped.model_validate(document.data)
    except ValidationError as error:
        raise ProblemsError(explain_validation(error, document.origin, Mapped, document.data)) from error
    named: list[tuple[FieldPath, str]] = [(("columns", header), header) for header in mapped.columns]
    named += [
        (path, column)
        for path, text in iter_texts(document.data)
        for column in COLUMN.findall(text)
        if path[0] != "columns"
    ]
    message = N_("the table has no column {column}; it has: {columns}")
    for path, column in named:
        if column not in table.headers:
            listed = ", ".join(table.headers)
            problems.append(document.origin.problem(path, "mapping", message, column=column, columns=listed))
    if mapped.claims and not mapped.source:
        message = N_("claims need a source: say under source what the table is")
        problems.append(document.origin.problem(("claims",), "mapping", message, at_key=True))
    if problems:
        raise ProblemsError(problems)
    return MappingFile(mapped, document.origin)


def iter_texts(value: Any, path: FieldPath = ()) -> Iterator[tuple[FieldPath, str]]:
    """Yield every text with its path."""
    if isinstance(value, str | Typed):
        yield path, str(value)
    steps = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list | tuple) else ()
    for step, inner in steps:
        yield from iter_texts(inner, (*path, step))


class Amount(NamedTuple):
    """What a cell with a number says: ``value`` and ``comparator``, or ``range`` and the like."""

    fields: Mapping[str, Any]


class CellReader:
    """Reads cells by the names and the terms of a record; what can't be read is a message."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._names = NameIndex(catalogue)
        self._quantities = QuantityReader(catalogue.vocabulary)
        self._hedges = CueIndex(catalogue.vocabulary.cues.items(), "hedge")

    def read(self, cell: str, kind: Kind) -> tuple[Any, str, str]:
        """Return what a cell means, or a message and what it lists."""
        if kind == "entity":
            return self._find_entity(cell)
        if kind == "number":
            amount = self._read_number(cell)
            return amount, "" if amount else N_("{value} in the column {column} is no number with a known hedge"), ""
        if kind in ORDERS:
            found = read_date(cell, kind)
            return found, "" if found else N_("{value} in the column {column} is no date of the order {list}"), kind
        return cell, "", ""

    def _find_entity(self, cell: str) -> tuple[Any, str, str]:
        if cell in self._catalogue.entities:
            return cell, "", ""
        words = split_words(cell)
        found = {m.entity_id for m in self._names.find(words) if m.start == 0 and m.length == len(words)}
        same = {id_ for id_ in found if self._is_name(cell, id_)} or found
        if len(same) == 1:
            return next(iter(same)), "", ""
        if same:
            message = N_("{value} in the column {column} may be one of {list}: say which in values of that column")
            return None, message, ", ".join(sorted(same))
        return None, N_("{value} in the column {column} is the name of no entity: add it, or correct the name"), ""

    def _is_name(self, cell: str, id_: str) -> bool:
        return any(fold_words(name.text) == fold_words(cell) for name in self._catalogue.entities[id_].names)

    def _read_number(self, cell: str) -> Amount | None:
        sign = _SIGNS.get(cell[0], "")
        tokens = Tokens.read(re.sub(r"(?<=\d)\s*[–—-]\s*(?=\d)", "-", cell[1:].strip() if sign else cell))
        found = [*self._quantities.find(tokens, ())]
        if len(found) != 1 or "…" in (found[0].fields.get("unit"), found[0].fields.get("vague")):
            return None
        fields = {name: value for name, value in found[0].fields.items() if name != "measures"}
        # A word that is neither part of the number nor a hedge would be lost.
        read = {*range(found[0].start, found[0].end)}
        read |= {at for hedge in self._hedges.find(tokens.all) for at in range(hedge.start, hedge.end)}
        left = [token.fold for at, token in enumerate(tokens.all) if at not in read]
        if left and not ("range" in fields and set(left) <= _BEFORE_RANGE):
            return None
        usual = "vague" if "vague" in fields else "exact"
        return Amount({**fields, "comparator": sign or fields.get("comparator", usual)})


def read_date(cell: str, order: str) -> str | None:
    """Return a date as EDTF; None where it is none of that order. Records know days, and no time of day."""
    text = _HOUR.sub("", to_latin_digits(cell))
    try:
        if match := _DAY.fullmatch(text):
            parts = dict(zip(order.split("-"), map(int, match.groups()), strict=True))
            # Of two digits, nobody knows the century.
            return date(**parts).isoformat() if parts["year"] >= _FIRST_YEAR else None
        check_date(text)
    except ValueError:
        return None
    return text


@dataclass
class Filled:
    """A record made of a row, and where each of its values comes from."""

    row: Row
    data: dict[str, Any]
    places: dict[FieldPath, FieldPath]
    """Path in the record → path in the mapping file."""
    columns: dict[FieldPath, str]
    """The column that a value is taken from, also where it was empty."""


_NOTHING = object()
Teller = Callable[[Mapping[str, Any] | str, Column, Lang], str]
"""Tells in a language what a cell means: an entity, a date, a quantity."""


@dataclass
class RowFiller:
    """Puts one row into the records of a mapping."""

    table: Table
    row: Row
    mapped: Mapped
    reader: CellReader
    tell: Teller
    is_naming: bool = False
    """Whether entities are made, so that the cells of a column of entities are names that nothing has yet."""
    problems: list[Problem] = field(default_factory=list)
    _read: dict[str, Any] = field(default_factory=dict)
    _told: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    """The quantities that columns of numbers went into."""

    def fill(self, template: Mapping[str, Any], at: FieldPath) -> Filled:
        """Return the record that a row makes of a template, which stands at a path of the mapping file."""
        made = Filled(self.row, {}, {(): at}, {})
        # What texts tell of amounts is known when these have been read.
        for name in sorted(template, key=lambda name: name != "quantities"):
            value = self._fill(template[name], (*at, name), (name,), made)
            if value is not _NOTHING:
                made.data[name] = value
        return made

    def fill_text(self, template: str) -> str:
        """Return a text that is no part of a record, such as an id: names and words as they stand in the cells."""
        text = COLUMN.sub(self._name, template) if self.is_naming else template
        filled = COLUMN.sub(lambda found: self._say(found[1], None) if self.row.cells[found[1]] else "", text)
        return " ".join(filled.split())

    def has(self, template: str) -> bool:
        """Whether no column of a text is empty."""
        return all(self.row.cells[column] for column in COLUMN.findall(template))

    def _fill(self, template: Any, at: FieldPath, path: FieldPath, made: Filled) -> Any:
        made.places[path] = at
        if isinstance(template, Mapping):
            own = [c for text in template.values() if isinstance(text, str) for c in COLUMN.findall(text)]
            if own and not any(self.row.cells[column] for column in own):
                made.columns[path] = own[0]
                return _NOTHING
            found = {name: self._fill(inner, (*at, name), (*path, name), made) for name, inner in template.items()}
            return self._lay_amount({name: value for name, value in found.items() if value is not _NOTHING}, template)
        if isinstance(template, list | tuple):
            items: list[Any] = []
            for index, inner in enumerate(template):
                value = self._fill(inner, (*at, index), (*path, len(items)), made)
                items += [] if value is _NOTHING else [value]
            return items if items or not template else _NOTHING
        return self._fill_scalar(str(template), path, made) if isinstance(template, str) else template

    def _lay_amount(self, found: dict[str, Any], template: Mapping[str, Any]) -> dict[str, Any]:
        amount = found.get("value")
        if not isinstance(amount, Amount):
            return found
        del found["value"]
        made = {**amount.fields, **found}
        self._told |= dict.fromkeys(COLUMN.findall(template["value"]), made)
        return made

    def _fill_scalar(self, template: str, path: FieldPath, made: Filled) -> Any:
        lang = next((lang for lang in LANGS if path and path[-1] == lang), None)
        text = _OPTIONAL.sub(lambda part: part[1] if self.has(part[1]) else "", template) if lang else template
        columns = COLUMN.findall(text)
        if columns:
            made.columns[path] = columns[0]
        empty = [column for column in columns if not self.row.cells[column] and "" not in self._column(column).values]
        if empty:
            if not COLUMN.sub("", text).strip() and len(empty) == len(columns):
                return _NOTHING
            self.problems.append(self.table.problem(self.row.number, empty[0], NEEDED))
            return _NOTHING
        is_name = self.is_naming and (lang is not None or path[:1] in ((), ("names",)))
        if is_name:
            text = COLUMN.sub(self._name, text)
        elif len(columns) == 1 and text.strip() == f"{{{columns[0]}}}" and not lang:
            return self._value(columns[0])
        return " ".join(COLUMN.sub(lambda found: self._say(found[1], lang), text).split())

    def _name(self, found: re.Match[str]) -> str:
        return self.row.cells[found[1]] if self._column(found[1]).is_ == "entity" else found[0]

    def _column(self, header: str) -> Column:
        return self.mapped.columns.get(header, _PLAIN)

    def _value(self, header: str) -> Any:
        """Return what a cell means; a mistake in it is noted once."""
        if header not in self._read:
            cell, column = self.row.cells[header], self._column(header)
            message, listed = "", ""
            if cell in column.values:
                value = column.values[cell]
            elif column.values and column.is_ == "text":
                value, message = None, N_("no meaning is given for {value} of the column {column} among its values")
            else:
                value, message, listed = self.reader.read(cell, column.is_)
            if message:
                self.problems.append(self.table.problem(self.row.number, header, message, value=cell, list=listed))
            self._read[header] = cell if message else value
        return self._read[header]

    def _say(self, header: str, lang: Lang | None) -> str:
        value = self._value(header)
        if lang and isinstance(value, Mapping):
            return str(value.get(lang, self.row.cells[header]))
        if lang and header in self._told:
            return self.tell(self._told[header], self._column(header), lang)
        if isinstance(value, Amount | Mapping):
            return self.row.cells[header]
        return self.tell(str(value), self._column(header), lang) if lang else str(value)


_PLAIN = Column.model_validate({})
