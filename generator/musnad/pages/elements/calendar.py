"""Spans of time on one line, from days to centuries, in the direction in which the page is read.

What is approximate is a broken outline, what is uncertain has a question mark, what is open goes on.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from musnad.pages.elements.composer import Composer
from musnad.pages.elements.scales import Line, Mark, Point, Stretch, Tick
from musnad.text.edtf import Span
from musnad.text.languages import find_direction

_DAY = timedelta(days=1)
MOST = 4
"""Dates along the line: more would not fit on a phone."""
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 60000)
_FEW_DAYS = 62


class Calendar(Line):
    """A line of days."""

    def __init__(self, days: Iterable[date], *, is_mirrored: bool) -> None:
        found = sorted(days)
        self._first, self._last = found[0], found[-1]
        # A single day still has some room around it.
        low, high = _count(self._first), _count(self._last)
        super().__init__(low, max(high, low + 1), is_mirrored=is_mirrored)
        self._sign = "؟" if is_mirrored else "?"

    def list_ticks(self, composer: Composer) -> tuple[Tick, ...]:
        """Return some dates along the line: days, months or years, as its length wants."""
        return tuple(Tick(self.place(_count(day)), composer.words.date(text)) for day, text in self._list_dates())

    def _list_dates(self) -> list[tuple[date, str]]:
        length = (self._last - self._first).days
        if length < _FEW_DAYS:
            step = max(1, -(-length // (MOST - 1)))
            days = [self._first + timedelta(days=n) for n in range(0, length + 1, step)]
            return [(day, day.isoformat()) for day in days]
        months = [_count_months(day) for day in (self._first, self._last)]
        step = next(step for step in _MONTHS if (months[1] - months[0]) // step < MOST)
        first = -(-(months[0] + (self._first.day > 1)) // step) * step
        starts = [date(n // 12, n % 12 + 1, 1) for n in range(first, months[1] + 1, step) if n >= 12]
        return [(day, day.isoformat()[: 4 if step % 12 == 0 else 7]) for day in starts]

    def mark(self, span: Span, *, is_broken: bool) -> Mark:
        """Return how a span is drawn: a day as a point, anything longer as long as it may have been."""
        sign = self._sign if span.is_uncertain else ""
        is_loose = is_broken or span.is_approximate or span.is_uncertain
        if span.first and span.last:
            start, end = self.place(_count(span.first)), self.place(_count(span.last))
            if span.first == span.last and not sign:
                return Mark((Point(start, is_loose),))
            return Mark((), (Stretch(start, end, "frame" if is_loose else "bar", sign=sign),))
        day = _count(span.first or span.last or self._first)
        return Mark((Point(self.place(day), is_loose, "bound"),), (self.open(day, "right" if span.first else "left"),))

    def mark_source(self, span: Span) -> Mark:
        """Return how the date of a source is drawn: not where a claim lies."""
        return Mark((Point(self.place(_count(span.first or span.last or self._first)), kind="source"),))


def make_calendar(composer: Composer, days: Iterable[date]) -> Calendar | None:
    """Return a line of days that runs as the language does; None where there is no day."""
    found = list(days)
    return Calendar(found, is_mirrored=find_direction(composer.lang) == "rtl") if found else None


def _count(day: date) -> Decimal:
    return Decimal(day.toordinal())


def _count_months(day: date) -> int:
    return day.year * 12 + day.month - 1
