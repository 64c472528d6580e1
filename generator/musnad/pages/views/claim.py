"""The page of one claim."""

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from musnad.derive.people import living_voices
from musnad.derive.ties import ClaimTie
from musnad.pages.elements import labels
from musnad.pages.elements.badges import make_locator_badge, make_review_badge
from musnad.pages.elements.citing import cite_record
from musnad.pages.elements.claims import make_claim, make_claims, make_facts, tell_answered
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.concepts import make_concept_facts
from musnad.pages.elements.heads import make_record_slip
from musnad.pages.elements.history import make_history
from musnad.pages.elements.linked import describe_claim, write_linked
from musnad.pages.elements.links import link_source
from musnad.pages.elements.pairs import make_readings, make_tensions
from musnad.pages.elements.parts import Badge, ClaimView, Fact, Head, Link, PageView, Pair, is_any_protected
from musnad.pages.elements.passages import archived_href, passage_href
from musnad.pages.elements.pictures import has_picture
from musnad.pages.elements.places_times import make_time_fact
from musnad.pages.elements.quantities import explain_growth, explain_unit_price
from musnad.pages.elements.relations import Relation, make_parties, make_relation
from musnad.pages.elements.voices import name_voice
from musnad.records.model import ANSWERS, CONNECTIVES, Claim
from musnad.records.problems import N_


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a claim stands in its source."""

    badge: Badge
    href: str
    """The passage at the publisher's own address."""
    archived: str
    """The same at the archived copy; empty where none is known."""
    is_deep: bool
    digest: str
    """Of the sentence; empty where it is none."""


@dataclass(frozen=True, slots=True)
class Related:
    """Another claim and all that ties it to this one."""

    ties: tuple[Fact, ...]
    claim: ClaimView


@dataclass(frozen=True, slots=True)
class ClaimBody:
    """Everything a claim's page shows."""

    claim: ClaimView
    eyebrow: str
    facts: tuple[Fact, ...]
    extra_badges: tuple[Badge, ...]
    notice: str
    """Reason of a correction, retraction or replacement; empty when nothing happened."""
    replacement: Link | None
    status: str
    is_retracted: bool
    relation: Relation
    parties: tuple[Fact, ...]
    meanings: tuple[Fact, ...]
    computed_label: str
    computations: tuple[str, ...]
    readings: Pair | None
    passages: tuple[Passage, ...]
    is_in_sentence: bool
    to_source: str
    source: Link
    tensions: tuple[Pair, ...]
    related: tuple[Related, ...]
    neighbours: tuple[ClaimView, ...]
    not_stated: tuple[str, ...]
    history: tuple[Fact, ...]


def make_claim_view(composer: Composer, claim_id: str) -> PageView:
    """Compose the page of a claim."""
    claim = composer.catalogue.claims[claim_id]
    body = _make_body(composer, claim)
    return PageView(_make_head(composer, claim, body), body)


def _make_head(composer: Composer, claim: Claim, body: ClaimBody) -> Head:
    t, lang = composer.words.fill, composer.lang
    is_kept_back = body.claim.is_protected
    source = link_source(composer, claim.source_id)
    if is_kept_back or body.is_retracted:
        # Nothing that accuses a living person stands where attribution could be cut off.
        description = t(N_("A claim from {source}."), source=source.text)
    else:
        description = tell_answered(composer, claim)
    if is_kept_back and living_voices(claim, composer.catalogue):
        title = t(N_("{title} ({source})"), title=claim.title[lang], source=source.text)
    else:
        title = t(N_("According to {voice}: {title}"), voice=name_voice(composer, claim), title=claim.title[lang])
    return Head(
        lang=lang,
        path=f"claims/{claim.id}/",
        template="claim",
        title=title,
        description=description,
        section="sources/",
        short=claim.title[lang],
        trail=(Link(composer.words.gettext(N_("Sources")), composer.href("sources/")), source),
        slip=make_record_slip(composer, claim),
        has_picture=has_picture(composer, claim),
        cite=cite_record(composer, claim),
        edit=claim.file,
        linked=write_linked(describe_claim(composer, claim, description)),
        is_noindex=is_kept_back
        or is_any_protected((*body.neighbours, *body.tensions, *(r.claim for r in body.related))),
    )


def _make_body(composer: Composer, claim: Claim) -> ClaimBody:
    lang, words, vocabulary = composer.lang, composer.words, composer.catalogue.vocabulary
    view = make_claim(composer, claim.id)
    theme = vocabulary.themes[vocabulary.predicates[claim.predicate].theme].label[lang]
    source = composer.catalogue.sources[claim.source_id]
    changed = [change for change in claim.history if change.change == claim.status and change.note]
    ties = composer.graph.ties.get(claim.id, ())
    review = make_review_badge(composer, claim)
    grown = [explain_growth(composer, quantity) for quantity in claim.quantities]
    prices = [explain_unit_price(composer, quantity) for quantity in claim.quantities]
    return ClaimBody(
        claim=view,
        eyebrow=words.fill(N_("Claim: {theme}"), theme=theme),
        facts=_make_facts(composer, claim),
        extra_badges=(review,) if review else (),
        notice=changed[-1].note[lang] if changed and changed[-1].note else "",
        replacement=_replacement(composer, claim),
        status=words.gettext(labels.STATUSES[claim.status]),
        is_retracted=claim.status == "retracted",
        relation=make_relation(composer, claim),
        parties=(*make_parties(composer, claim), *make_concept_facts(composer, claim.id)),
        meanings=_make_meanings(composer, claim),
        computed_label=words.gettext(
            N_("How it was computed") if any(grown) else N_("How the unit price was computed")
        ),
        computations=tuple(filter(None, (*grown, *prices))),
        readings=make_readings(composer, claim),
        passages=tuple(
            Passage(
                make_locator_badge(composer, locator),
                href,
                archived_href(source, locator),
                href != source.address,
                locator.digest or "",
            )
            for locator in claim.locators
            for href in [passage_href(source, locator)]
        ),
        is_in_sentence=all(locator.paragraph for locator in claim.locators),
        to_source=words.gettext(labels.TO_SOURCE[source.kind]),
        source=link_source(composer, claim.source_id),
        tensions=make_tensions(composer, [claim.id]),
        related=tuple(
            Related(tuple(_make_tie(composer, claim, tie) for tie in found), make_claim(composer, other))
            for other, found in groupby(ties, key=attrgetter("other"))
        ),
        neighbours=make_claims(composer, composer.graph.neighbours.get(claim.id, ())),
        not_stated=tuple(line[lang] for line in claim.not_stated),
        history=make_history(composer, claim),
    )


def _make_facts(composer: Composer, claim: Claim) -> tuple[Fact, ...]:
    """Return all facts; a place or time that is not given is said to be missing."""
    facts = list(make_facts(composer, claim, is_full=True))
    if claim.place is None and not claim.way:
        missing = composer.words.gettext(N_("Not stated"))
        at = len(facts) - (claim.time is not None)
        facts.insert(at, Fact(composer.words.gettext(N_("Place")), "around", missing))
    if claim.time is None:
        facts.append(make_time_fact(composer, claim.source_id, None))
    return tuple(facts)


def _make_meanings(composer: Composer, claim: Claim) -> tuple[Fact, ...]:
    """Explain the claim's marks, each in a phrase."""
    modality = composer.catalogue.vocabulary.modalities[claim.modality]
    standing = composer.graph.standings[claim.id]
    t = composer.words.gettext
    return (
        Fact(modality.label[composer.lang], modality.icon, modality.meaning[composer.lang]),
        Fact(t(labels.STANDINGS[standing]), standing, t(labels.STANDING_MEANINGS[standing])),
    )


def _make_tie(composer: Composer, claim: Claim, tie: ClaimTie) -> Fact:
    forward = tie.forward or (tie.type, False) not in labels.LINKS
    claims = composer.catalogue.claims
    stating, stated = (claim, tie.other) if tie.forward else (claims[tie.other], claim.id)
    link = next(link for link in stating.links if link.claim == stated and link.type == tie.type)
    note = link.note[composer.lang] if link.note else ""
    # Where a source joins two things that it says, no witnesses are counted.
    is_joined = link.type in CONNECTIVES | ANSWERS or link.type == "see-also"
    independence = "" if is_joined else composer.words.gettext(labels.INDEPENDENCE[link.independence])
    label = composer.words.gettext(labels.LINKS[tie.type, forward])
    return Fact(label, text=" ".join(filter(None, [note, independence])))


def _replacement(composer: Composer, claim: Claim) -> Link | None:
    if claim.superseded_by is None or claim.superseded_by not in composer.catalogue.claims:
        return None
    other = composer.catalogue.claims[claim.superseded_by]
    return Link(other.title[composer.lang], composer.href(f"claims/{other.id}/"))
