"""Links between claims seen from both sides, and what follows from them: who else says so."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal, NamedTuple

from musnad.derive.origins import share_origin
from musnad.records.model import Catalogue, Claim, LinkType

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
