"""Read a table as spreadsheets write it: CSV with commas, semicolons or tabs, in UTF-8 or as Excel's Unicode text.

Cells stay the text they are. Rows are counted as a spreadsheet counts them: the headers are row 1.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from musnad.records.problems import N_, Problem, ProblemsError
from musnad.records.yamltext import explain_encoding

_DELIMITERS = ",;\t"
_SAMPLE = 20
"""Lines by which the sign between cells is told."""
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

    def problem(self, row: int, header: str, message: str, **values: str) -> Problem:
        """Make a problem at a cell."""
        return Problem(self.file, row, self.headers.index(header) + 1, "table", message, {"column": header, **values})


def read_table(raw: bytes, file: str) -> Table:
    """Return the table that the bytes of a file hold. Raises ProblemsError with all that is wrong with it."""
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
