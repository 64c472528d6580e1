"""The guide to every mark; badges on all pages lead here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from musnad.pages.elements import labels
from musnad.pages.elements.calendar import make_calendar
from musnad.pages.elements.claims import make_claim
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.heads import find_terms, make_page_head
from musnad.pages.elements.parts import Badge, ClaimView, PageView, VoiceView
from musnad.pages.elements.places_times import Shape, find_shape
from musnad.pages.elements.quantities import tell_unit_price
from musnad.pages.elements.scales import Mark, make_scale
from musnad.pages.elements.voices import make_chain
from musnad.pages.views.home import find_featured
from musnad.records.model import Comparator, Quantity, Range
from musnad.records.problems import N_
from musnad.text.edtf import find_span

SHAPES: Mapping[Shape, str] = {
    "spot": N_("A disc stands where the place lies. Its size tells how many claims name it."),
    "town": N_("A ring stands about its middle. Its size tells how many claims name it."),
    "around": N_("A broken circle stands around the place that is named; how far it reaches tells nothing."),
    "area": N_(
        "The name stands in a broken outline, with no mark of a spot. Where the middle is computed from the places in "
        "it, the list says so."
    ),
}


@dataclass(frozen=True, slots=True)
class Legend:
    """One mark and its meaning."""

    anchor: str
    badge: Badge
    meaning: str


@dataclass(frozen=True, slots=True)
class ReadingBody:
    """How to read every mark."""

    example: ClaimView | None
    chains: tuple[tuple[VoiceView, ...], ...]
    modalities: tuple[Legend, ...]
    standings: tuple[Legend, ...]
    computed: str
    steps: tuple[tuple[Shape, str], ...]
    """How exactly places are given, and how they are drawn."""
    shapes: Mapping[Shape, str]
    """What the ways of drawing places mean."""
    has_ways: bool
    marks: tuple[tuple[Mark, str], ...]
    """How figures are drawn, where there are any."""
    has_starts: bool
    has_exchanges: bool
    times: tuple[tuple[Mark, str], ...]
    """How times are drawn, where there is a claim."""
    has_relations: bool


def make_reading_view(composer: Composer) -> PageView:
    """Compose the guide to every mark."""
    t, lang, catalogue = composer.words.gettext, composer.lang, composer.catalogue
    featured = find_featured(composer)
    chains = [catalogue.claims[claim_id] for claim_id in composer.graph.selected["chains"]]
    used = {catalogue.claims[claim_id].modality for claim_id in composer.graph.selected["modalities"]}
    modalities = tuple(
        Legend(id_, Badge(m.icon, m.label[lang], ""), m.meaning[lang])
        for id_, m in catalogue.vocabulary.modalities.items()
        if id_ in used
    )
    computed = next((tell_unit_price(composer, quantity) for quantity in featured.quantities), "") if featured else ""
    body = ReadingBody(
        example=make_claim(composer, featured.id) if featured else None,
        chains=tuple(make_chain(composer, claim) for claim in chains),
        modalities=modalities,
        standings=_make_standings(composer),
        computed=computed,
        steps=tuple(
            (find_shape(composer, id_), precision.label[lang])
            for id_, precision in catalogue.vocabulary.list_precisions()
        ),
        shapes={shape: t(text) for shape, text in SHAPES.items()},
        has_ways=bool(composer.graph.selected["ways"]),
        marks=tuple(_draw_marks(composer)) if composer.graph.figures else (),
        has_starts=bool(composer.graph.summaries),
        has_exchanges=bool(composer.graph.exchanges),
        times=tuple(_draw_times(composer)) if composer.catalogue.claims else (),
        has_relations=bool(composer.graph.selected["connected"]),
    )
    lede = t(
        N_(
            "The record passes on what sources say and does not judge whether it is true. "
            "Each claim carries marks that tell how much it can bear."
        )
    )
    return PageView(
        make_page_head(
            composer,
            "reading/",
            "reading",
            t(N_("How to read this record")),
            lede,
            edit=find_terms(composer, "modalities"),
        ),
        body,
    )


def _make_standings(composer: Composer) -> tuple[Legend, ...]:
    t = composer.words.gettext
    found = [
        Legend(
            id_,
            Badge(id_, t(text), "", id_ in ("contested", "corrected", "retracted")),
            t(labels.STANDING_MEANINGS[id_]),
        )
        for id_, text in labels.STANDINGS.items()
    ]
    found += [
        Legend("denied", Badge("denied", t(labels.POLARITY_DENIED), ""), t(N_("The source says that it is not so."))),
        Legend(
            "superseded",
            Badge("corrected", t(labels.STATUSES["superseded"]), "", is_stop=True),
            t(N_("Another claim of this record has taken its place.")),
        ),
        Legend(
            "unreviewed",
            Badge("unreviewed", t(N_("Not reviewed yet")), ""),
            t(N_("Not yet checked by two people. Where one has, the mark says so.")),
        ),
    ]
    return tuple(found)


def _draw_marks(composer: Composer) -> Iterator[tuple[Mark, str]]:
    """Yield each way in which a figure is drawn, with what it means."""
    scale = make_scale(composer, [Decimal(100)])
    meanings: tuple[tuple[Comparator, str], ...] = (
        ("exact", N_("A number as the source gives it.")),
        ("about", N_("About so much, or computed by us: no more exact than that.")),
        ("up-to", N_("At most so much: the line is open towards less.")),
        ("at-least", N_("At least so much: the line is open towards more.")),
    )
    for comparator, meaning in meanings:
        value = Quantity(measures="count", value="60", comparator=comparator)
        yield scale.mark(value, is_computed=False), composer.words.gettext(meaning)
    between = Quantity(measures="count", range=Range.model_validate({"from": "30", "to": "70"}))
    yield scale.mark(between, is_computed=False), composer.words.gettext(N_("From one number to another."))


def _draw_times(composer: Composer) -> Iterator[tuple[Mark, str]]:
    """Yield each way in which a time is drawn, with what it means."""
    t = composer.words.gettext
    calendar = make_calendar(composer, [date(2000, 1, 1), date(2000, 12, 31)])
    meanings = {
        "2000-07-01": N_("A day that the source gives."),
        "2000-04/2000-08": N_("As long as it may have been, or lasted: a month that is given is a month long."),
        "2000-04~/2000-08~": N_("About that time, or worked out from something else."),
        "2000-04?/2000-08?": N_("The source is not sure."),
        "2000-06-01/..": N_("Since then, or until then: the line is open."),
    }
    for text, meaning in meanings.items():
        if calendar and (span := find_span(text)):
            yield calendar.mark(span, is_broken=False), t(meaning)
    if calendar and (span := find_span("2000-07-01")):
        yield calendar.mark_source(span), t(N_("When a source was published: not when anything happened."))
