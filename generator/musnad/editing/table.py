"""Read a table as spreadsheets write it: CSV with commas, semicolons or tabs, in UTF-8 or as Excel's Unicode text.

Cells stay the text they are. Rows are counted as a spreadsheet counts them: the headers are row 1. Entities of
FollowTheMoney, a line of JSON each, are read as a table too: a column for each property and for each schema.
"""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from musnad.records.problems import N_, Problem, ProblemsError
from musnad.records.yamltext import explain_encoding

_DELIMITERS = ",;\t"
_SAMPLE = 20
"""Lines by which the sign between cells is told."""
_LINES = frozenset({".json", ".jsonl", ".ndjson", ".ijson"})
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Row(NamedTuple):
    """One row: its number in a spreadsheet, and its cells by their headers."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """What a file holds."""

    file: str
    raw: bytes
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    key: str = ""
    """The column that every row has something of its own in, where that is known."""
    media_type: str = "text/csv"

    def problem(self, row: int, header: str, message: str, **values: str) -> Problem:
        """Make a problem at a cell."""
        return Problem(self.file, row, self.headers.index(header) + 1, "table", message, {"column": header, **values})


def read_table(raw: bytes, file: str) -> Table:
    """Return the table that the bytes of a file hold. Raises ProblemsError with all that is wrong with it."""
    if PurePosixPath(file).suffix in _LINES:
        return _read_entities(raw, file)
    try:
        text = raw.decode("utf-16" if raw.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProblemsError([explain_encoding(error, file)]) from error
    lines = text.splitlines(keepends=True)
    # Excel reads and writes the sign between cells in a line of its own.
    told = lines[0].strip()[4:] if lines and lines[0].startswith("sep=") else ""
    lines = lines[1:] if told else lines
    reader = csv.reader(io.StringIO("".join(lines), newline=""), delimiter=told or _find_delimiter(lines), strict=True)
    try:
        cells = [[" ".join(cell.split()) for cell in row] for row in reader]
    except csv.Error as error:
        message = N_("the table can't be read here ({detail}): look at its quotation marks")
        raise ProblemsError([Problem(file, reader.line_num, 1, "table", message, {"detail": str(error)})]) from error
    if cells and not cells[0][0] and [row[0] for row in cells[1:]] == [str(n) for n in range(len(cells) - 1)]:
        # Programs that work with tables count the rows in a first column without a header.
        cells = [row[1:] for row in cells]
    headers = cells[0] if cells else []
    while headers and not headers[-1]:
        headers.pop()
    problems = [*_check_headers(headers, file)]
    rows = []
    for number, row in enumerate(cells[1:], 2):
        if any(row[len(headers) :]):
            message = N_("a cell without a header above it: {value}")
            value = next(filter(None, row[len(headers) :]))
            problems.append(Problem(file, number, len(headers) + 1, "table", message, {"value": value}))
        if any(row):
            padded = [*row, *[""] * len(headers)]
            rows.append(Row(number, dict(zip(headers, padded, strict=False))))
    if problems or not rows:
        raise ProblemsError(problems or [Problem(file, 1, 1, "table", N_("there are no rows below the headers"))])
    return Table(file, raw, tuple(headers), tuple(rows))


def _read_entities(raw: bytes, file: str) -> Table:
    """Return entities of FollowTheMoney as a table; a row has the number of its line.

    ``name 2`` is the second value of a property, ``owner name`` the name of the entity that ``owner`` leads to. The
    column of a schema has the id where the row is of that schema.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProblemsError([explain_encoding(error, file)]) from error
    entities: dict[int, dict[str, Any]] = {}
    problems = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                entities[number] = found = json.loads(line)
            except (json.JSONDecodeError, RecursionError) as error:
                message = N_("this line can't be read as JSON here ({detail}): an entity stands on a line of its own")
                column, detail = getattr(error, "colno", 1), getattr(error, "msg", "")
                problems.append(Problem(file, number, column, "table", message, {"detail": detail}))
                continue
            if not _is_entity(found):
                message = N_("this line is no entity of FollowTheMoney: it needs id, schema, and properties with texts")
                problems.append(Problem(file, number, 1, "table", message))
    if problems or not entities:
        raise ProblemsError(problems or [Problem(file, 1, 1, "table", N_("there are no entities in it"))])
    names = {str(one["id"]): next(iter(one["properties"].get("name", ())), "") for one in entities.values()}
    rows = [Row(number, dict(_list_cells(one, names))) for number, one in entities.items()]
    headers = tuple(dict.fromkeys(header for row in rows for header in row.cells))
    filled = tuple(Row(row.number, {header: row.cells.get(header, "") for header in headers}) for row in rows)
    return Table(file, raw, headers, filled, "id", "application/json")


def _is_entity(found: Any) -> bool:
    properties = found.get("properties") if isinstance(found, dict) else None
    return (
        isinstance(properties, dict)
        and all(isinstance(found.get(name), str) and found[name] for name in ("id", "schema"))
        and all(isinstance(own, list) and all(isinstance(value, str) for value in own) for own in properties.values())
        and not any(set(name) & set("{}[]") for name in (found["schema"], *properties))
    )


def _list_cells(entity: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield from (("id", entity["id"]), ("schema", entity["schema"]), (entity["schema"], entity["id"]))
    for prop, values in entity["properties"].items():
        for number, value in enumerate(values, 1):
            header = prop if number == 1 else f"{prop} {number}"
            yield header, " ".join(value.split())
            if names.get(value):
                yield f"{prop} name" if number == 1 else f"{prop} {number} name", " ".join(names[value].split())


def _find_delimiter(lines: list[str]) -> str:
    """Return the sign between cells, by the standard library's guess where that stands among the headers."""
    head = lines[0] if lines else ""
    try:
        found = csv.Sniffer().sniff("".join(lines[:_SAMPLE]), _DELIMITERS).delimiter
    except csv.Error:
        found = ""
    return found if found and found in head else max(_DELIMITERS, key=head.count)


def _check_headers(headers: list[str], file: str) -> Iterator[Problem]:
    counts = Counter(headers)
    for column, header in enumerate(headers, 1):
        if not header:
            yield Problem(file, 1, column, "table", N_("this column has no header"))
        elif counts[header] > 1:
            yield Problem(file, 1, column, "table", N_("there are several columns {header}"), {"header": header})
        elif set(header) & set("{}[]"):
            message = N_("a header can't hold brackets, as a mapping names columns in them: {header}")
            yield Problem(file, 1, column, "table", message, {"header": header})
