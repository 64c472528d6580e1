"""A claim as it stands in lists and on its own page, composed once however many pages show it."""

from collections.abc import Iterable
from functools import partial

from musnad.derive.people import is_protected
from musnad.pages.elements import labels
from musnad.pages.elements.badges import make_locator_badge, make_modality_badge, make_standing_badge
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.links import link_party
from musnad.pages.elements.parts import AnswerView, Badge, ClaimView, Fact
from musnad.pages.elements.places_times import make_place_fact, make_time_fact
from musnad.pages.elements.quantities import make_quantity_fact
from musnad.pages.elements.voices import make_chain, tell_claim
from musnad.pages.elements.ways import make_way_fact
from musnad.records.model import Claim
from musnad.records.problems import N_


def make_claim(composer: Composer, claim_id: str) -> ClaimView:
    """Return a claim with its chain, facts and marks."""
    return composer.remember("claim", claim_id, lambda: _compose(composer, composer.catalogue.claims[claim_id]))


def make_claims(composer: Composer, claim_ids: Iterable[str]) -> tuple[ClaimView, ...]:
    """Return several claims."""
    return tuple(make_claim(composer, claim_id) for claim_id in claim_ids)


def _compose(composer: Composer, claim: Claim) -> ClaimView:
    is_retracted = claim.status == "retracted"
    lead, says = tell_claim(composer, claim)
    badges = [make_standing_badge(composer, claim)]
    if not is_retracted:
        badges.insert(0, make_modality_badge(composer, claim))
    if claim.status == "superseded":
        text = composer.words.gettext(labels.STATUSES[claim.status])
        badges.append(Badge("corrected", text, composer.href("reading/#superseded"), is_stop=True))
    if claim.polarity == "denied":
        badges.insert(
            0, Badge("denied", composer.words.gettext(labels.POLARITY_DENIED), composer.href("reading/#denied"))
        )
    if claim.readings:
        text = composer.words.gettext(N_("More than one reading"))
        badges.append(Badge("readings", text, composer.href(f"claims/{claim.id}/#readings")))
    answers = composer.graph.answers.get(claim.id, ())
    shown = (claim, *(composer.catalogue.claims[tie.other] for tie in answers))
    return ClaimView(
        id=claim.id,
        anchor=claim.id.replace("/", "-"),
        href=composer.href(f"claims/{claim.id}/"),
        title=claim.title[composer.lang],
        lead=lead,
        says=says,
        chain=() if is_retracted else make_chain(composer, claim),
        facts=() if is_retracted else make_facts(composer, claim),
        badges=tuple(badges),
        locators=tuple(make_locator_badge(composer, locator) for locator in claim.locators),
        language=composer.catalogue.sources[claim.source_id].language,
        answers=make_answers(composer, claim.id),
        is_protected=any(is_protected(each, composer.catalogue) for each in shown),
    )


def make_answers(composer: Composer, claim_id: str) -> tuple[AnswerView, ...]:
    """Return the denials and other answers to a claim, with their opening words."""
    return tuple(
        AnswerView(
            composer.words.gettext(labels.ANSWER_LABELS[tie.type]),
            *tell_claim(composer, composer.catalogue.claims[tie.other]),
            composer.href(f"claims/{tie.other}/"),
        )
        for tie in composer.graph.answers.get(claim_id, ())
    )


def tell_answered(composer: Composer, claim: Claim) -> str:
    """Return a claim with its opening words, and each answer to it, for where there is only text."""
    told = " ".join(tell_claim(composer, claim)).strip()
    return " ".join([told, *(f"{a.label} {a.lead} {a.says}" for a in make_answers(composer, claim.id))])


def make_facts(composer: Composer, claim: Claim, *, is_full: bool = False) -> tuple[Fact, ...]:
    """Return quantities, goods, place and time, as far as the source states them."""
    found = [make_quantity_fact(composer, quantity) for quantity in claim.quantities]
    # A good that is the object belongs to the list its companions are in.
    named = (
        [claim.object] if claim.object and _is_good(composer, composer.catalogue.entities[claim.object].kind) else []
    )
    for role in dict.fromkeys(part.role for part in claim.parts if _is_for_goods(composer, part.role)):
        named += [part.entity for part in claim.parts if part.role == role and part.entity]
        links, named = tuple(map(partial(link_party, composer, claim), named)), []
        if links:
            found.append(Fact(composer.catalogue.vocabulary.roles[role].label[composer.lang], "goods", links=links))
    if claim.place:
        found.append(make_place_fact(composer, claim, claim.place, is_full=is_full))
    if claim.way:
        found.append(make_way_fact(composer, claim))
    if claim.time:
        found.append(make_time_fact(composer, claim.source_id, claim.time))
    return tuple(found)


def _is_for_goods(composer: Composer, role: str) -> bool:
    """Whether only goods can have a role."""
    kinds = composer.catalogue.vocabulary.roles[role].kinds
    return bool(kinds) and all(map(partial(_is_good, composer), kinds))


def _is_good(composer: Composer, kind: str) -> bool:
    return composer.catalogue.vocabulary.kinds[kind].trait == "good"
