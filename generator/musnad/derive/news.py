"""What is news to readers: which records were added, reworded, corrected or retracted, and when.

Nothing about a living person that two people have not reviewed is news.
"""

import re
from collections.abc import Iterator
from heapq import nsmallest
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from musnad.derive.edits import EditKind, Event, list_events
from musnad.derive.graph import Graph
from musnad.derive.people import is_protected
from musnad.records.model import Catalogue, Claim, Entity, Source
from musnad.records.walk import iter_records

Record = Source | Entity | Claim
_TOLD: tuple[EditKind, ...] = (
    "retracted",
    "corrected",
    "superseded",
    "created",
    "reworded",
    "changed",
    "reclassified",
)
"""What is news, the weightiest first."""
_PLAIN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


class News(NamedTuple):
    """What became of a record on one day."""

    order: tuple[int, int, str]
    """The latest first, and of one day what weighs most."""
    date: str
    """A day: 2026-11-27."""
    record: Record
    events: tuple[Event, ...]
    """The weightiest first."""

    @property
    def ref(self) -> str:
        """The address that the record had then: a move makes no news of what was told already."""
        edit = self.events[0].edit
        return edit.ref if edit else self.record.ref


def list_latest(shown: Catalogue, graph: Graph, most: int) -> list[News]:
    """Return the latest news, from what is shown and what is derived from it."""
    return nsmallest(most, _list_news(shown, graph), key=attrgetter("order"))


def has_news(shown: Catalogue, graph: Graph) -> bool:
    """Whether there is any."""
    return next(_list_news(shown, graph), None) is not None


def find_newest_day(shown: Catalogue, graph: Graph) -> str:
    """Return the newest day that what is shown tells of itself: which state of the record this is; maybe empty."""
    return max(map(_find_day, _list_dates(shown, graph)), default="")


def _list_dates(shown: Catalogue, graph: Graph) -> Iterator[str]:
    for record in iter_records(shown):
        yield record.extracted.date
        yield from (change.date for change in record.history)
        yield from (review.date for review in record.reviews)
        yield from (edit.date for edit in graph.edits.get(record.ref, ()))


def _list_news(shown: Catalogue, graph: Graph) -> Iterator[News]:
    for record in iter_records(shown):
        if _is_kept_back(record, shown, graph):
            continue
        events = [event for event in list_events(record, graph.edits.get(record.ref, ())) if event.kind in _TOLD]
        if not any(event.kind == "created" for event in events):
            events.insert(0, Event(record.extracted.date, "created"))
        for date, found in groupby(events, key=lambda event: _find_day(event.date)):
            if date:
                told = tuple(sorted(found, key=lambda event: _TOLD.index(event.kind)))
                order = -int(date.replace("-", "")), _TOLD.index(told[0].kind), record.ref
                yield News(order, date, record, told)


def _is_kept_back(record: Record, shown: Catalogue, graph: Graph) -> bool:
    """Whether a record, or an answer that stands beside it, is about a living person and not reviewed."""
    if isinstance(record, Claim):
        answers = (shown.claims[tie.other] for tie in graph.answers.get(record.id, ()))
        return any(is_protected(claim, shown) for claim in (record, *answers))
    return isinstance(record, Entity) and is_protected(record, shown)


def _find_day(date: str) -> str:
    """Return the first day of a plain date; empty for one that is uncertain or partly unknown."""
    found = _PLAIN.fullmatch(date)
    return f"{found[1]}-{found[2] or '01'}-{found[3] or '01'}" if found else ""
