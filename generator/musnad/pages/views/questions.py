"""What stays open: readings, tensions, figures of one source alone, and what the sources do not say."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from musnad.derive.people import is_living
from musnad.pages.elements.claims import make_claim, make_claims
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.heads import make_page_head
from musnad.pages.elements.links import link_entity, link_source
from musnad.pages.elements.pairs import count_tensions
from musnad.pages.elements.parts import ClaimView, Link, PageView, is_any_protected
from musnad.records.model import Claim
from musnad.records.problems import N_

PLACE = "questions/"
LISTED = 30
"""Entries of each sort that are shown."""
FOLDED = 300
"""Sources and entities that are named; whatever there is more of stands in the data."""


@dataclass(frozen=True, slots=True)
class ReadingView:
    """A claim with the readings of its wording; none wins."""

    claim: ClaimView
    question: str
    options: tuple[str, ...]
    decision: str


@dataclass(frozen=True, slots=True)
class Unsaid:
    """What is not known of a source or an entity, one line each."""

    link: Link
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnsaidClaim:
    """What the source does not say of a claim."""

    claim: ClaimView
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionsBody:
    """Open questions; each rest leads to what is not shown."""

    readings: tuple[ReadingView, ...]
    readings_rest: Link | None
    tensions: Link | None
    figures: tuple[ClaimView, ...]
    figures_rest: Link | None
    claims: tuple[UnsaidClaim, ...]
    claims_rest: Link | None
    others: tuple[Unsaid, ...]
    others_rest: tuple[Link, ...]
    """More of these, without what is not known of them."""
    others_left: int


def make_questions_view(composer: Composer) -> PageView:
    """Compose the page of open questions."""
    words, graph, claims = composer.words, composer.graph, composer.catalogue.claims
    ambiguous, figures = graph.selected["ambiguous"], graph.questions.get("single-figures", ())
    unsaid = graph.questions.get("not-stated", ())
    tensions = count_tensions(composer, graph.ties)
    others = list(_list_unsaid(composer))
    body = QuestionsBody(
        readings=tuple(_make_readings(composer, (claims[id_] for id_ in ambiguous[:LISTED]))),
        readings_rest=_link_rest(composer, len(ambiguous), "?mark=readings"),
        tensions=Link(words.plural(N_("{n} pair"), N_("{n} pairs"), tensions), composer.href("accounts/#tensions"))
        if tensions
        else None,
        figures=make_claims(composer, figures[:LISTED]),
        figures_rest=_link_rest(composer, len(figures), "?mark=figure&standing=single"),
        claims=tuple(
            UnsaidClaim(make_claim(composer, id_), tuple(line[composer.lang] for line in claims[id_].not_stated))
            for id_ in unsaid[:LISTED]
        ),
        claims_rest=_link_rest(composer, len(unsaid), "?mark=not-stated"),
        others=tuple(others[:LISTED]),
        others_rest=tuple(unsaid.link for unsaid in others[LISTED:FOLDED]),
        others_left=max(0, len(others) - FOLDED),
    )
    title = words.gettext(N_("Open questions"))
    lede = words.gettext(N_("What can be read in two ways, what does not fit together, and what no source says."))
    trail = (Link(words.gettext(N_("Claims")), composer.href("claims/")),)
    head = make_page_head(composer, PLACE, "questions", title, lede, edit="", section="claims/", trail=trail)
    shown = [*(r.claim for r in body.readings), *body.figures, *(unsaid.claim for unsaid in body.claims)]
    return PageView(replace(head, is_noindex=is_any_protected(shown)), body)


def _make_readings(composer: Composer, claims: Iterable[Claim]) -> Iterator[ReadingView]:
    for claim in claims:
        if claim.readings:
            question, decision = claim.readings.question[composer.lang], claim.readings.decision[composer.lang]
            options = tuple(option[composer.lang] for option in claim.readings.options)
            yield ReadingView(make_claim(composer, claim.id), question, options, decision)


def _list_unsaid(composer: Composer) -> Iterator[Unsaid]:
    """Yield what is not known of sources and entities; a bare list names no living person."""
    lang, catalogue = composer.lang, composer.catalogue
    for source in catalogue.sources.values():
        if source.unknowns:
            yield Unsaid(link_source(composer, source.id), tuple(line[lang] for line in source.unknowns))
    for entity in catalogue.entities.values():
        if entity.unknowns and not is_living(entity):
            yield Unsaid(link_entity(composer, entity.id), tuple(line[lang] for line in entity.unknowns))


def _link_rest(composer: Composer, count: int, query: str) -> Link | None:
    if count <= LISTED:
        return None
    text = composer.words.plural(N_("{n} more claim"), N_("{n} more claims"), count - LISTED)
    return Link(text, composer.href(f"claims/all/{query}"))
