"""Links between claims seen from both sides, and what follows from them: who else says so."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from musnad.derive.origins import share_origin
from musnad.records.model import ANSWERS, Catalogue, Claim, LinkType

Standing = Literal["single", "repeated", "independent", "contested", "corrected", "retracted"]


class ClaimTie(NamedTuple):
    """A link between two claims, seen from one of them."""

    other: str
    type: LinkType
    forward: bool
    """False when the other claim's record states the link."""


def index_ties(claims: Iterable[Claim]) -> dict[str, tuple[ClaimTie, ...]]:
    """Map each claim to its links in both directions; a mutual link counts once."""
    found: defaultdict[str, set[ClaimTie]] = defaultdict(set)
    stated = {(claim.id, link.claim, link.type) for claim in claims for link in claim.links}
    for one, other, type_ in sorted(stated):
        found[one].add(ClaimTie(other, type_, forward=True))
        if (other, one, type_) not in stated:
            found[other].add(ClaimTie(one, type_, forward=False))
    return {claim_id: tuple(sorted(ties)) for claim_id, ties in found.items()}


def index_answers(
    ties: Mapping[str, Iterable[ClaimTie]], claims: Mapping[str, Claim]
) -> dict[str, tuple[ClaimTie, ...]]:
    """Map each claim to the answers to it, in id order; what was retracted answers nothing."""
    found = {
        claim_id: tuple(
            tie for tie in own if tie.type in ANSWERS and not tie.forward and claims[tie.other].status != "retracted"
        )
        for claim_id, own in ties.items()
        if claims[claim_id].status != "retracted"
    }
    return {claim_id: answers for claim_id, answers in found.items() if answers}


def find_standing(claim: Claim, ties: Iterable[ClaimTie], catalogue: Catalogue) -> Standing:
    """Return the label for who else says so; what changed or is disputed goes before counting witnesses."""
    if claim.status == "retracted":
        return "retracted"
    if claim.status == "corrected":
        return "corrected"
    claims, sources = catalogue.claims, catalogue.sources
    said_again = False
    independent = False
    for tie in ties:
        if claims[tie.other].status == "retracted":
            # What was withdrawn neither disputes nor bears witness.
            continue
        if tie.type == "contradicts":
            return "contested"
        if tie.type in ("corroborates", "repeats"):
            said_again = True
            stating, stated = (claim, tie.other) if tie.forward else (claims[tie.other], claim.id)
            is_one = share_origin(sources[claim.source_id], sources[claims[tie.other].source_id])
            independent |= not is_one and any(
                link.claim == stated and link.type == tie.type and link.independence == "independent"
                for link in stating.links
            )
    if independent:
        return "independent"
    return "repeated" if said_again else "single"
