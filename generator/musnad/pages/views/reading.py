"""The guide to every mark; badges on all pages lead here."""

from collections.abc import Mapping
from dataclasses import dataclass

from musnad.pages.elements import labels
from musnad.pages.elements.claims import make_claim
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.heads import find_terms, make_page_head
from musnad.pages.elements.parts import Badge, ClaimView, PageView, VoiceView
from musnad.pages.elements.places_times import Shape, find_shape
from musnad.pages.elements.quantities import tell_unit_price
from musnad.pages.elements.voices import make_chain
from musnad.pages.views.home import find_featured
from musnad.records.problems import N_

MARKS: Mapping[Shape, str] = {
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
    marks: Mapping[Shape, str]
    """What the ways of drawing mean."""
    has_ways: bool
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
        marks={shape: t(text) for shape, text in MARKS.items()},
        has_ways=bool(composer.graph.selected["ways"]),
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
