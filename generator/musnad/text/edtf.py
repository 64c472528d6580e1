"""Read EDTF dates. The library takes milliseconds for each, and long to begin: usual dates do without."""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

_PLAIN = re.compile(r"\d{4}(?:-\d{2}){0,2}")
_POINT = re.compile(r"(?P<year>\d{1,4}X{0,3})(?<=^.{4})(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX)(?:T.*)?)?)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# A year, a month or a day of our calendar, and an interval between two, each with one mark behind it at most.
_USUAL_POINT = r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?)?[?~%]?"
_USUAL = re.compile(f"{_USUAL_POINT}(?:/{_USUAL_POINT})?")
# Where a year begins: at a start or an end, in a set, behind qualifiers.
_YEAR = re.compile(r"(?:^|[/,\[{]|\.\.)[?~%]*(?P<year>-?\d[\dX]{3})")


@lru_cache(maxsize=4096)
def check_date(text: str) -> None:
    """See that a text is EDTF (levels 0 to 2 as the ``edtf`` package knows them).

    Raises ValueError when it is not, or names a day that no calendar has.
    """
    for day in _DAY.findall(text):
        date.fromisoformat(day)
    start, slash, end = text.partition("/")
    if slash and {start, end} <= {"", ".."}:
        raise ValueError(f"an interval without any date: {text}")
    if slash and {start, end} & {"", ".."} and not set("/[{") & set(start + end):
        # The library stumbles over some that are open at their start.
        check_date(end if start in {"", ".."} else start)
        return
    if _PLAIN.fullmatch(start) and _PLAIN.fullmatch(end) and end < start[: len(end)]:
        raise ValueError(f"an interval ends before it starts: {text}")
    if _USUAL.fullmatch(text):
        return
    from edtf import parse_edtf  # noqa: PLC0415
    from edtf.parser.edtf_exceptions import EDTFParseException  # noqa: PLC0415

    try:
        parse_edtf(text, fail_silently=False)
    except EDTFParseException as error:
        raise ValueError(f"not an EDTF date: {text}") from error


def has_long_year(text: str) -> bool:
    """Whether a date has a year of more than four digits, which EDTF marks, and may write with an exponent: Y17E7."""
    return "Y" in text


def list_years(text: str) -> list[int]:
    """Return the years of four digits in a date, the earliest that each can be."""
    return [_read_year(found["year"]) for found in _YEAR.finditer(text)]


def _read_year(text: str) -> int:
    return int(text.replace("X", "9" if text.startswith("-") else "0"))


class Span(NamedTuple):
    """The days that a date or an interval may mean; an end that is open or unknown is None."""

    first: date | None
    last: date | None
    is_approximate: bool
    is_uncertain: bool


def find_span(text: str) -> Span | None:
    """Return the days of a date or an interval; None where they are not those of our calendar, as those of a season."""
    start, slash, end = text.partition("/")
    first, last = (_find_days(part) for part in (start, end if slash else start))
    ends = first[0] if first else None, last[1] if last else None
    is_read = all(found or part in ("", "..") for found, part in ((first, start), (last, end if slash else start)))
    marks = set("~?%") & set(text)
    return Span(*ends, bool(marks & {"~", "%"}), bool(marks & {"?", "%"})) if is_read and any(ends) else None


def _find_days(text: str) -> tuple[date, date] | None:
    found = _POINT.fullmatch(re.sub("[~?%]", "", text))
    if found is None:
        return None
    years = [int(found["year"].replace("X", digit)) for digit in "09"]
    month, day = (0 if found[part] in (None, "XX") else int(found[part]) for part in ("month", "day"))
    if not years[0] or month > 12:
        return None
    ends = month or 12
    last = day or monthrange(years[1], ends)[1]
    return date(years[0], month or 1, day or 1), date(years[1], ends, last)
