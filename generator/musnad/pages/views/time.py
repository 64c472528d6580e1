"""When things are said to have happened: on a calendar as far as sources give dates, and in lanes without one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from musnad.derive.times import LANES, Lane, Moment, list_days
from musnad.pages.elements.calendar import Calendar, make_calendar
from musnad.pages.elements.claims import make_claim
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.heads import make_page_head
from musnad.pages.elements.links import link_source
from musnad.pages.elements.parts import ClaimView, Fact, Link, PageView, is_any_protected
from musnad.pages.elements.places_times import make_time_fact
from musnad.pages.elements.scales import Mark, Tick
from musnad.records.problems import N_
from musnad.records.values import UNKNOWN
from musnad.text.edtf import Span, find_span

PLACE = "time/"
ROWS = 100
"""Claims of a lane, and sources, that are shown."""


@dataclass(frozen=True, slots=True)
class TimeRow:
    """A claim with its time, and how that is drawn where it can be."""

    fact: Fact
    claim: ClaimView
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source with its date of publication."""

    link: Link
    date: str
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class SourceTimes:
    """What is told in relation to one source."""

    link: Link
    note: str
    """When it was published, where that is established."""
    rows: tuple[TimeRow, ...]


@dataclass(frozen=True, slots=True)
class TimeBody:
    """All times, in lanes."""

    ticks: tuple[Tick, ...]
    dated: tuple[TimeRow, ...]
    to_come: tuple[TimeRow, ...]
    relative: tuple[SourceTimes, ...]
    worded: tuple[TimeRow, ...]
    sources: tuple[SourceRow, ...]
    undated: str
    """How many sources have no date that is established, or empty."""
    unstated: str
    """How many claims tell no time, or empty."""
    rests: Mapping[str, Link]
    """By lane, how much is not shown, and where it is."""


def make_time_view(composer: Composer) -> PageView:
    """Compose the page of all times."""
    words, times = composer.words, composer.graph.times
    lanes: dict[Lane, tuple[Moment, ...]] = {lane: times.get(lane, ()) for lane in LANES if lane != "unstated"}
    sources = sorted(composer.catalogue.sources.values(), key=lambda source: (source.published, source.id))
    published = {source.id: find_span(source.published) for source in sources if source.published != UNKNOWN}
    spans = [moment.span for moments in lanes.values() for moment in moments[:ROWS]]
    calendar = make_calendar(composer, list_days([*spans, *list(published.values())[:ROWS]]))
    rows = {lane: tuple(_make_row(composer, *found, calendar) for found in lanes[lane][:ROWS]) for lane in lanes}
    undated, unstated = len(sources) - len(published), len(times.get("unstated", ()))
    body = TimeBody(
        ticks=calendar.list_ticks(composer) if calendar else (),
        dated=rows["dated"],
        to_come=rows["to-come"],
        relative=tuple(_group_by_source(composer, rows["relative"])),
        worded=rows["worded"],
        sources=tuple(_make_source(composer, *found, calendar) for found in list(published.items())[:ROWS]),
        undated=words.plural(N_("{n} source"), N_("{n} sources"), undated) if undated else "",
        unstated=words.plural(N_("{n} claim"), N_("{n} claims"), unstated) if unstated else "",
        rests=dict(_link_rests(composer, lanes, len(published))),
    )
    title = words.gettext(N_("Time"))
    lede = words.gettext(
        N_(
            "When things are said to have happened, as exactly as sources tell it. "
            "Where they give no date, none is made."
        )
    )
    trail = (Link(words.gettext(N_("Claims")), composer.href("claims/")),)
    head = make_page_head(composer, PLACE, "time", title, lede, edit="", section="claims/", trail=trail)
    shown = [row.claim for found in rows.values() for row in found]
    return PageView(replace(head, is_noindex=is_any_protected(shown)), body)


def _make_row(composer: Composer, claim_id: str, span: Span | None, calendar: Calendar | None) -> TimeRow:
    claim = composer.catalogue.claims[claim_id]
    is_worked_out = claim.time is not None and claim.time.basis != "stated"
    mark = calendar.mark(span, is_broken=is_worked_out) if calendar and span else None
    return TimeRow(make_time_fact(composer, claim.source_id, claim.time), make_claim(composer, claim_id), mark)


def _make_source(composer: Composer, source_id: str, span: Span | None, calendar: Calendar | None) -> SourceRow:
    date = composer.words.date(composer.catalogue.sources[source_id].published)
    return SourceRow(link_source(composer, source_id), date, calendar.mark_source(span) if calendar and span else None)


def _group_by_source(composer: Composer, rows: Iterable[TimeRow]) -> Iterator[SourceTimes]:
    words, claims = composer.words, composer.catalogue.claims
    for source_id, found in groupby(rows, key=lambda row: claims[row.claim.id].source_id):
        published = composer.catalogue.sources[source_id].published
        note = "" if published == UNKNOWN else words.fill(N_("Published {date}"), date=words.date(published))
        yield SourceTimes(link_source(composer, source_id), note, tuple(found))


def _link_rests(
    composer: Composer, lanes: Mapping[Lane, tuple[Moment, ...]], published: int
) -> Iterator[tuple[str, Link]]:
    for lane, moments in lanes.items():
        if rest := len(moments[ROWS:]):
            text = composer.words.plural(N_("{n} more claim"), N_("{n} more claims"), rest)
            yield lane, Link(text, composer.href(f"claims/all/?mark={lane}"))
    if published > ROWS:
        text = composer.words.plural(N_("{n} more source"), N_("{n} more sources"), published - ROWS)
        yield "sources", Link(text, composer.href("sources/"))
