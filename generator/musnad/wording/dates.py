"""EDTF dates in words: each form of levels 0 and 1 has a reading of its own, and so have qualifiers on parts.

Source: https://www.loc.gov/standards/datetime/ (levels 0 and 1). What has no plain reading is shown as it was written.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from babel import Locale

from musnad.records.problems import N_

NBSP = "\u00a0"
_DATE = re.compile(
    r"(?P<own_year>[?~%]?)(?P<year>Y-?\d{5,}|-?[\dX]{4})(?P<to_year>[?~%]?)"
    r"(?:-(?P<own_month>[?~%]?)(?P<month>\d\d|XX)(?P<to_month>[?~%]?)"
    r"(?:-(?P<own_day>[?~%]?)(?P<day>\d\d|XX)(?P<to_day>[?~%]?)"
    r"(?:T(?P<time>\d\d:\d\d:\d\d)(?P<zone>Z|[+-]\d\d(?::?\d\d)?)?)?)?)?"
)
_PARTS = ("year", "month", "day")
_PART_NAMES = {"year": N_("year"), "month": N_("month"), "season": N_("season"), "day": N_("day")}
_SEASONS = {
    "21": N_("spring {year}"),
    "22": N_("summer {year}"),
    "23": N_("autumn {year}"),
    "24": N_("winter {year}"),
}
_QUALIFIED = {
    "": "{date}",
    "~": N_("about {date}"),
    "?": N_("{date}, uncertain"),
    "%": N_("about {date}, uncertain"),
}
_PARTLY_QUALIFIED = {
    "~": N_("approximate: {parts}"),
    "?": N_("uncertain: {parts}"),
    "%": N_("approximate and uncertain: {parts}"),
}
# By whether start and end are a date, open, or unknown.
_INTERVALS = {
    ("date", "date"): N_("from {start} to {end}"),
    ("date", "open"): N_("since {start}"),
    ("open", "date"): N_("until {end}"),
    ("date", "unknown"): N_("from {start} to an unknown date"),
    ("unknown", "date"): N_("from an unknown date to {end}"),
}


@dataclass(frozen=True)
class DateTeller:
    """Tells dates in one language. ``fill`` translates a message and fills it in, ``join`` makes a list of words."""

    fill: Callable[..., str]
    join: Callable[[Iterable[str]], str]
    locale: Locale

    def tell(self, edtf: str) -> str:
        """Return a date or an interval in words."""
        start, slash, end = edtf.partition("/")
        if not slash:
            return self._tell_point(edtf)
        message = _INTERVALS.get((_kind_of(start), _kind_of(end)))
        return self.fill(message, start=self._tell_point(start), end=self._tell_point(end)) if message else edtf

    def _tell_point(self, edtf: str) -> str:
        found = _DATE.fullmatch(edtf)
        shown = self._tell_date(found) if found else None
        return self._qualify(shown, found) if found and shown else edtf

    def _tell_date(self, found: re.Match[str]) -> str | None:
        """Return a date without its qualifiers, or None when it has no plain reading."""
        year, month, day = found["year"], found["month"], found["day"]
        if month is None:
            return self._tell_year(year)
        if "X" in year:
            return None
        told = self._tell_year(year)
        if month == "XX":
            unknown = N_("{year}, month unknown") if day is None else N_("{year}, month and day unknown")
            return self.fill(unknown, year=told) if day in (None, "XX") else None
        if month in _SEASONS:
            return self.fill(_SEASONS[month], year=told) if day is None else None
        if not 1 <= int(month) <= 12:
            return None
        named = self.fill(N_("{month} {year}"), month=self.locale.months["format"]["wide"][int(month)], year=told)
        if day is None:
            return named
        if day == "XX":
            return self.fill(N_("{month}, day unknown"), month=named)
        return self._tell_time(f"{int(day)}{NBSP}{named}", found)

    def _tell_time(self, day: str, found: re.Match[str]) -> str:
        time, zone = found["time"], found["zone"]
        if time is None:
            return day
        if zone:
            time = f"{time}{NBSP}UTC{zone.removeprefix('Z')}"
        return self.fill(N_("{date}, at {time}"), date=day, time=time)

    def _tell_year(self, year: str) -> str:
        if "X" not in year:
            return self._count_year(int(year.removeprefix("Y")))
        if re.fullmatch(r"[1-9]\d\dX", year):
            return self.fill(N_("the {decade}s"), decade=year[:-1] + "0")
        if year.removeprefix("-") == "XXXX":
            return self.fill(N_("an unknown year"))
        first, last = sorted(int(year.replace("X", digit)) for digit in "09")
        return self.fill(
            N_("a year from {first} to {last}"), first=self._count_year(first), last=self._count_year(last)
        )

    def _count_year(self, year: int) -> str:
        """Return a year by its era; year 0 is 1 BCE, as in the proleptic Gregorian calendar of ISO 8601."""
        if year < 1:
            return self.fill(N_("{year} BCE"), year=_group(1 - year))
        return _group(year) if year >= 1000 else self.fill(N_("{year} CE"), year=year)

    def _qualify(self, shown: str, found: re.Match[str]) -> str:
        marks = _find_marks(found)
        kinds = set(marks.values())
        if len(kinds) < 2:
            return self.fill(_QUALIFIED[kinds.pop()], date=shown)
        is_season = found["month"] in _SEASONS
        notes = []
        for mark in sorted(kinds - {""}):
            names = ["season" if part == "month" and is_season else part for part in marks if marks[part] == mark]
            parts = self.join(self.fill(_PART_NAMES[name]) for name in names)
            notes.append(self.fill(_PARTLY_QUALIFIED[mark], parts=parts))
        return self.fill(N_("{date} ({notes})"), date=shown, notes=self.fill(N_("; ")).join(notes))


def _kind_of(end: str) -> str:
    return {"": "unknown", "..": "open"}.get(end, "date")


def _group(year: int) -> str:
    """Return a year with its digits grouped where it has more than four."""
    return str(year) if year < 10_000 else f"{year:,}"


def _find_marks(found: re.Match[str]) -> dict[str, str]:
    """Return the qualifier of each part: one before a part is its own, one after it holds for all before it as well."""
    parts = [part for part in _PARTS if found[part] is not None]
    marks: dict[str, set[str]] = {part: set() for part in parts}
    for at, part in enumerate(parts):
        marks[part] |= set(found[f"own_{part}"])
        for earlier in parts[: at + 1]:
            marks[earlier] |= set(found[f"to_{part}"])
    return {part: "%" if len(signs) > 1 else "".join(signs) for part, signs in marks.items()}
