"""Pairs: the readings of an ambiguous sentence, and accounts in tension. Neither side wins."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from musnad.derive.accounts import SAME, TENSIONS, find_independence
from musnad.derive.origins import share_origin
from musnad.derive.people import is_protected
from musnad.derive.ties import ClaimTie
from musnad.pages.elements import labels
from musnad.pages.elements.badges import make_locator_badge
from musnad.pages.elements.claims import make_claim
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.parts import Pair, Side
from musnad.records.model import SYMMETRIC_LINKS, Claim, LinkType
from musnad.records.problems import N_

_NAMES: Mapping[LinkType, str] = dict.fromkeys(TENSIONS, "tension")
"""What anchors begin with, where that is not the link itself."""
_TITLES: Mapping[LinkType, str] = {
    "in-tension-with": N_("Two accounts in tension"),
    "contradicts": N_("Two accounts that contradict each other"),
    "corroborates": N_("Two accounts that say the same"),
    "repeats": N_("Said again"),
    "qualifies": N_("One account qualifies the other"),
}


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
    return make_pairs(composer, find_pairs(composer, claim_ids, TENSIONS), limit)


def count_tensions(composer: Composer, claim_ids: Iterable[str]) -> int:
    """Return how many pairs there are."""
    return len(find_pairs(composer, claim_ids, TENSIONS))


def find_pairs(
    composer: Composer, claim_ids: Iterable[str], types: Collection[LinkType]
) -> dict[str, tuple[str, str, ClaimTie]]:
    """Map the anchor of each pair to its claims and to what ties them.

    Of a mutual tie the smaller id stands first, of any other the claim that states it.
    """
    found = {}
    for claim_id in claim_ids:
        for tie in composer.graph.ties.get(claim_id, ()):
            if tie.type in types:
                ends = (claim_id, tie.other) if tie.forward else (tie.other, claim_id)
                first, second = sorted(ends) if tie.type in SYMMETRIC_LINKS else ends
                found[f"{_NAMES.get(tie.type, tie.type)}-{first}-{second}".replace("/", "-")] = first, second, tie
    return found


def make_pairs(
    composer: Composer, found: Mapping[str, tuple[str, str, ClaimTie]], limit: int | None = None
) -> tuple[Pair, ...]:
    """Return pairs that were found, in the order of their anchors."""
    return tuple(_make_pair(composer, *found[anchor], anchor) for anchor in sorted(found)[:limit])


def _make_pair(composer: Composer, first: str, second: str, tie: ClaimTie, anchor: str) -> Pair:
    """Return two accounts side by side."""
    words, claims = composer.words, composer.catalogue.claims
    stated = [link for link in claims[first].links if link.claim == second and link.type == tie.type]
    note = stated[0].note[composer.lang] if stated and stated[0].note else ""
    title = words.gettext(_TITLES[tie.type])
    foot: list[str] = []
    if tie.type in SAME:
        foot += _tell_origins(composer, claims[first], claims[second])
    elif stated:
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
    icon = "tension" if tie.type in TENSIONS else "repeated" if tie.type in SAME else "link"
    return Pair(icon, anchor, f"{title}: {note}" if note else title, tuple(sides), " ".join(foot))


def _tell_origins(composer: Composer, one: Claim, other: Claim) -> Iterator[str]:
    """Yield why two claims that say the same count once or twice, and how many origins all have that say so."""
    words, sources = composer.words, composer.catalogue.sources
    here, there = sources[one.source_id], sources[other.source_id]
    if here.id == there.id:
        yield words.gettext(N_("Both stand in one source."))
    elif (here.origin or here.id) == (there.origin or there.id):
        yield words.gettext(N_("Both sources carry one text."))
    elif share_origin(here, there):
        yield words.gettext(N_("One agency supplied the text of both sources."))
    else:
        yield words.gettext(labels.INDEPENDENCE[find_independence(one, other, composer.catalogue)])
    account = composer.graph.accounts.get(one.id)
    if account:
        values = {"n": account.origins, "claims": len(account.claim_ids)}
        yield words.fill(N_("Claims that say so: {claims}; independent origins: {n}."), **values)
