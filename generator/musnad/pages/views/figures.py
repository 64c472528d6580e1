"""All figures: what is measured of what, each with its voice, and drawn where there is something to compare."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from musnad.derive.facets import find_party_facet
from musnad.derive.figures import Series, find_comparable, list_levels
from musnad.derive.people import is_living
from musnad.pages.elements.claims import make_claim
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.heads import make_page_head
from musnad.pages.elements.links import link_entity
from musnad.pages.elements.parts import ClaimView, Link, PageView, QuantityView, is_any_protected
from musnad.pages.elements.quantities import make_quantity
from musnad.pages.elements.scales import Mark, Scale, Tick, make_scale
from musnad.records.model import Claim, Per, Quantity
from musnad.records.problems import N_

PLACE = "figures/"
SERIES = 30
"""Series of one measure that are shown."""
ROWS = 25
"""Figures of one series that are shown."""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure with what is said, and how it is drawn where it can be."""

    quantity: QuantityView
    claim: ClaimView
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class SeriesView:
    """Figures that can be compared, drawn where there is more than one number."""

    of: Link | None
    label: str
    ticks: tuple[Tick, ...]
    numbers: tuple[FigureRow, ...]
    words: tuple[FigureRow, ...]
    """Amounts that are no numbers, or deny one."""
    rest: Link | None


@dataclass(frozen=True, slots=True)
class MeasureView:
    """What is measured."""

    anchor: str
    label: str
    series: tuple[SeriesView, ...]
    rest: Link | None


@dataclass(frozen=True, slots=True)
class FiguresBody:
    """All figures."""

    total: str
    measures: tuple[MeasureView, ...]


def make_figures_view(composer: Composer) -> PageView:
    """Compose the page of all figures."""
    words, figures = composer.words, composer.graph.figures
    measures = [measure for measure in composer.catalogue.vocabulary.measures if measure in figures]
    count = sum(len(series.found) for measure in measures for series in figures[measure])
    body = FiguresBody(
        total=words.plural(N_("{n} figure"), N_("{n} figures"), count),
        measures=tuple(_make_measure(composer, measure) for measure in measures),
    )
    title = words.gettext(N_("Figures"))
    lede = words.gettext(N_("Every quantity that is stated, hedged as its source hedges it, and on whose word."))
    trail = (Link(words.gettext(N_("Claims")), composer.href("claims/")),)
    head = make_page_head(composer, PLACE, "figures", title, lede, edit="", section="claims/", trail=trail)
    shown = [row.claim for m in body.measures for s in m.series for row in (*s.numbers, *s.words)]
    return PageView(replace(head, is_noindex=is_any_protected(shown)), body)


def _make_measure(composer: Composer, measure: str) -> MeasureView:
    series = composer.graph.figures[measure]
    label = composer.catalogue.vocabulary.measures[measure].label[composer.lang]
    views = tuple(_make_series(composer, one) for one in series[:SERIES])
    return MeasureView(f"measure-{measure}", label, views, _link_rest(composer, series[SERIES:]))


def _make_series(composer: Composer, series: Series) -> SeriesView:
    claims = composer.catalogue.claims
    shown = [(claims[claim_id], claims[claim_id].quantities[place]) for claim_id, place in series.found[:ROWS]]
    numbers = [(claim, quantity) for claim, quantity in shown if _can_draw(claim, quantity)]
    levels = [number for _, quantity in numbers for number in list_levels(quantity)]
    scale = make_scale(composer, levels) if len(numbers) > 1 else None
    of = None
    if series.of and not is_living(composer.catalogue.entities[series.of]):
        of = link_entity(composer, series.of)
    rest = series._replace(found=series.found[ROWS:])
    return SeriesView(
        of=of,
        label=_tell_unit(composer, series),
        ticks=scale.list_ticks(composer) if scale else (),
        numbers=tuple(_make_row(composer, *row, scale) for row in numbers),
        words=tuple(_make_row(composer, *row, None) for row in shown if not _can_draw(*row)),
        rest=_link_rest(composer, (rest,) if rest.found else ()),
    )


def _can_draw(claim: Claim, quantity: Quantity) -> bool:
    """Whether a quantity is a number that a source gives; one that it denies is told alone."""
    return claim.polarity != "denied" and bool(list_levels(quantity))


def _make_row(composer: Composer, claim: Claim, quantity: Quantity, scale: Scale | None) -> FigureRow:
    comparable = find_comparable(quantity)
    mark = scale.mark(comparable, is_computed=comparable is not quantity) if scale else None
    return FigureRow(make_quantity(composer, quantity), make_claim(composer, claim.id), mark)


def _tell_unit(composer: Composer, series: Series) -> str:
    """Return what the figures of a series are counted in; nothing for words alone."""
    if not series.unit:
        return composer.words.gettext(N_("In words alone"))
    unit = composer.catalogue.vocabulary.units[series.unit]
    plural = unit.plural or unit.single
    told = plural[composer.lang] if plural else series.unit
    if not series.per:
        return told
    per = Per(value=series.per_value, unit=series.per)
    rate = composer.words.rate(per, composer.catalogue.vocabulary)
    return composer.words.fill(N_("{unit} {rate}"), unit=told, rate=rate)


def _link_rest(composer: Composer, series: tuple[Series, ...]) -> Link | None:
    """Lead to the claims with the figures that are not shown, in the table of all claims."""
    count = sum(len(one.found) for one in series)
    if not count:
        return None
    chosen = {"mark": "figure"}
    if len(series) == 1 and series[0].of:
        chosen[find_party_facet(composer.catalogue.entities[series[0].of], composer.catalogue)] = series[0].of
    text = composer.words.plural(N_("{n} more figure"), N_("{n} more figures"), count)
    return Link(text, composer.href(f"claims/all/?{urlencode(chosen)}"))
