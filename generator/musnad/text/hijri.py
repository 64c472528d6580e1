"""Hijri dates as a source gives them, and the days of our calendar they stand for by that of Umm al-Qura.

Source: the tables of the ``hijridate`` package, 1343 to 1500 AH. Where a month began by what was seen of the moon, a
date can lie a day before or after.
"""

from datetime import date, timedelta
from typing import NamedTuple

from hijridate import Hijri

from musnad.text.languages import Lang


class Days(NamedTuple):
    """The first and the last day of a date, the same for a day."""

    first: date
    last: date

    @property
    def edtf(self) -> str:
        """The day, or the interval of days."""
        first, last = self.first.isoformat(), self.last.isoformat()
        return first if first == last else f"{first}/{last}"


def read_hijri(text: str) -> Days:
    """Return the days of a Hijri year, month or day, such as 1445, 1445-09 or 1445-09-17.

    Raises ValueError for a day that the calendar does not have or does not reach.
    """
    year, *rest = map(int, text.split("-"))
    try:
        month, day, *_ = (*rest, 1, 1)
        start, last = Hijri(year, month, day), Hijri(year, rest[0] if rest else 12, 1)
        end = start if len(rest) == 2 else Hijri(year, last.month, last.month_length())
        return Days(_as_date(start), _as_date(end))
    except OverflowError as error:
        raise ValueError(str(error)) from error


def _as_date(hijri: Hijri) -> date:
    return date.fromisoformat(hijri.to_gregorian().isoformat())


def name_month(month: int, lang: Lang) -> str:
    """Return the name of a Hijri month."""
    return Hijri(1445, month, 1).month_name(lang).replace("'", "’")


def can_meet(days: Days, first: str, last: str) -> bool:
    """Whether a Hijri date, give or take a day, can be the same as an ISO date or a span of them."""
    day = timedelta(days=1)
    return (days.first - day).isoformat() <= last + "-12-31"[len(last) - 4 :] and (
        days.last + day
    ).isoformat() >= first + "-01-01"[len(first) - 4 :]
