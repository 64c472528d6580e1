"""When things are said to have happened: on a calendar where a source gives a date, otherwise in lanes without one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal, NamedTuple, get_args

from musnad.records.model import Claim, Time
from musnad.text.edtf import Span, find_span
from musnad.text.hijri import read_hijri

Lane = Literal["dated", "to-come", "relative", "worded", "unstated"]
"""On a date; told as still to come; relative to a source, with no date; in other words; with no time at all."""
LANES: tuple[Lane, ...] = get_args(Lane)


class Moment(NamedTuple):
    """A claim with a time, and the days that it may mean, where a calendar has them."""

    claim_id: str
    span: Span | None


def index_times(claims: Iterable[Claim]) -> dict[Lane, tuple[Moment, ...]]:
    """Map each lane to its claims, by date, then in reading order; what was retracted says nothing."""
    found: defaultdict[Lane, list[Moment]] = defaultdict(list)
    for claim in sorted(claims, key=lambda claim: claim.position):
        if claim.status != "retracted":
            span = read_time(claim.time) if claim.time else None
            found[find_lane(claim.time)].append(Moment(claim.id, span))
    return {lane: tuple(sorted(moments, key=_find_beginning)) for lane, moments in found.items()}


def find_lane(time: Time | None) -> Lane:
    """Return where a time belongs."""
    if time is None:
        return "unstated"
    if time.to_come:
        return "to-come"
    if time.edtf or time.hijri:
        return "dated"
    return "relative" if time.basis == "relative-to-publication" else "worded"


def read_time(time: Time) -> Span | None:
    """Return the days that a time may mean; none is worked out where the record has none."""
    if time.edtf:
        return find_span(time.edtf)
    return Span(*read_hijri(time.hijri), is_approximate=True, is_uncertain=False) if time.hijri else None


def list_days(spans: Iterable[Span | None]) -> Iterator[date]:
    """Yield the ends of spans, as far as they have any."""
    yield from (day for span in spans if span for day in (span.first, span.last) if day)


def _find_beginning(moment: Moment) -> tuple[bool, date]:
    days = list(list_days([moment.span]))
    return not days, min(days, default=date.max)
