"""Which version of a record is shown, and of which day: what a citation names.

A version goes by what a record says, in both languages, and not by who checked it or what its history tells, so that a
review makes no citation out of date. Pure functions.
"""

import re
from collections.abc import Iterable, Iterator

from musnad.derive.edits import Edit, list_events
from musnad.derive.graph import Graph
from musnad.records.model import Catalogue, Claim, Entity, Source
from musnad.records.walk import iter_records
from musnad.text.digest import digest

Record = Source | Entity | Claim
_BESIDE = {"extracted", "reviews", "history"}
_OF_RETRACTED = {"status", "title"}
_LENGTH = 12
MOST_KNOWN = 50_000
_PLAIN = re.compile(r"\d{4}(?:-\d\d){0,2}")


_known: dict[int, tuple[Record, str]] = {}
"""Records, by where they lie in memory, with their versions: pages, lists and data all tell them."""


def find_version(record: Record) -> str:
    """Return the version of a record: twelve hexadecimal digits, of the values it has and not of how they are written.

    A field that is left out, or that a later release adds, makes no other version. Of a retracted claim there is one.
    """
    found = _known.get(id(record))
    if found is None or found[0] is not record:
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        found = _known[id(record)] = record, _make_version(record)
    return found[1]


def _make_version(record: Record) -> str:
    is_notice = isinstance(record, Claim) and record.status == "retracted"
    dumped = record.model_dump_json(
        include=_OF_RETRACTED if is_notice else None, exclude=_BESIDE, exclude_defaults=True, by_alias=True
    )
    return digest(record.kind if isinstance(record, Entity) else "", dumped)[:_LENGTH]


def find_day(record: Record, edits: Iterable[Edit] = ()) -> str:
    """Return the day of a record's last dated change: 2026-11-27, or the month or year where no more is known.

    Empty where no date of it is plain.
    """
    dates = (record.extracted.date, *(event.date for event in list_events(record, edits)))
    return max(filter(_PLAIN.fullmatch, dates), default="")


def find_newest_day(shown: Catalogue, graph: Graph) -> str:
    """Return the day of the last dated change of any record: the state of the whole. Empty where there is none."""
    return max(_list_days(shown, graph), default="")


def _list_days(shown: Catalogue, graph: Graph) -> Iterator[str]:
    return (find_day(record, graph.edits.get(record.ref, ())) for record in iter_records(shown))
