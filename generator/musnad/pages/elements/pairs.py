"""Pairs: the readings of an ambiguous sentence, and accounts in tension. Neither side wins."""

from collections.abc import Iterable

from musnad.derive.people import is_protected
from musnad.derive.ties import ClaimTie
from musnad.pages.elements import labels
from musnad.pages.elements.badges import make_locator_badge
from musnad.pages.elements.claims import make_claim
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.parts import Pair, Side
from musnad.records.model import Claim
from musnad.records.problems import N_


def make_readings(composer: Composer, claim: Claim) -> Pair | None:
    """Return the readings of an ambiguous sentence side by side."""
    if claim.readings is None:
        return None
    lang, words = composer.lang, composer.words
    ordinals = [N_("First reading"), N_("Second reading"), N_("Third reading"), N_("Fourth reading")]
    locators = tuple(make_locator_badge(composer, locator) for locator in claim.locators)
    sides = tuple(
        Side(
            words.gettext(ordinal), "", option[lang], (), locators, is_protected=is_protected(claim, composer.catalogue)
        )
        for ordinal, option in zip(ordinals, claim.readings.options, strict=False)
    )
    anchor = f"readings-{claim.id.replace('/', '-')}"
    return Pair("readings", anchor, claim.readings.question[lang], sides, claim.readings.decision[lang])


def make_tensions(composer: Composer, claim_ids: Iterable[str], limit: int | None = None) -> tuple[Pair, ...]:
    """Return every pair of accounts in tension that one of the claims is part of, each pair once."""
    ties = _find_tensions(composer, claim_ids)
    return tuple(_make_tension(composer, *ties[anchor], anchor) for anchor in sorted(ties)[:limit])


def count_tensions(composer: Composer, claim_ids: Iterable[str]) -> int:
    """Return how many pairs there are."""
    return len(_find_tensions(composer, claim_ids))


def _find_tensions(composer: Composer, claim_ids: Iterable[str]) -> dict[str, tuple[str, str, ClaimTie]]:
    """Map the anchor of each pair to its claims, the smaller id first, and to what ties them."""
    found = {}
    for claim_id in claim_ids:
        for tie in composer.graph.ties.get(claim_id, ()):
            if tie.type in ("in-tension-with", "contradicts"):
                first, second = sorted((claim_id, tie.other))
                found[f"tension-{first}-{second}".replace("/", "-")] = first, second, tie
    return found


def _make_tension(composer: Composer, first: str, second: str, tie: ClaimTie, anchor: str) -> Pair:
    """Return two accounts that do not fit together."""
    words, claims = composer.words, composer.catalogue.claims
    stated = [link for link in claims[first].links if link.claim == second and link.type == tie.type]
    note = stated[0].note[composer.lang] if stated and stated[0].note else ""
    title = (
        N_("Two accounts in tension")
        if tie.type == "in-tension-with"
        else N_("Two accounts that contradict each other")
    )
    foot = [words.gettext(N_("The record does not decide between them."))]
    if stated:
        foot.append(words.gettext(labels.INDEPENDENCE[stated[0].independence]))
    sides = []
    for tag, claim_id in ((N_("First account"), first), (N_("Second account"), second)):
        view = make_claim(composer, claim_id)
        badges = (view.badges[0], *view.locators)
        sides.append(
            Side(
                words.gettext(tag), view.lead, view.says, view.chain, badges, view.href, view.is_protected, view.answers
            )
        )
    return Pair(
        "tension",
        anchor,
        f"{words.gettext(title)}: {note}" if note else words.gettext(title),
        tuple(sides),
        " ".join(foot),
    )
