"""How often one thing is said, by how many origins that are independent of each other, and what stays open."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import combinations
from typing import Literal, NamedTuple

from musnad.derive.origins import share_origin
from musnad.derive.people import is_protected
from musnad.derive.ties import ClaimTie, Standing
from musnad.records.model import Catalogue, Claim, Independence, LinkType

Question = Literal["single-figures", "not-stated"]
"""Figures that one source alone gives, and claims of which something is not said."""
SAME: tuple[LinkType, ...] = ("corroborates", "repeats")
"""Links between claims that say the same."""
TENSIONS: tuple[LinkType, ...] = ("in-tension-with", "contradicts")
CORROBORATED = 5


class Account(NamedTuple):
    """Claims that say the same, by their ids, and how many independent origins they have."""

    claim_ids: tuple[str, ...]
    origins: int


def index_accounts(catalogue: Catalogue, ties: Mapping[str, Sequence[ClaimTie]]) -> dict[str, Account]:
    """Map each claim that is said again to all that say the same; what was retracted bears witness to nothing."""
    claims = catalogue.claims
    said = {
        claim_id: {tie.other for tie in own if tie.type in SAME and claims[tie.other].status != "retracted"}
        for claim_id, own in ties.items()
        if claims[claim_id].status != "retracted"
    }
    found: dict[str, Account] = {}
    for claim_ids in _join(said):
        if len(claim_ids) > 1:
            # Two claims have one origin unless the record says otherwise.
            one = {claim_id: {claim_id} for claim_id in claim_ids}
            for first, second in combinations(claim_ids, 2):
                if find_independence(claims[first], claims[second], catalogue) != "independent":
                    one[first].add(second)
                    one[second].add(first)
            account = Account(tuple(claim_ids), len(_join(one)))
            found |= dict.fromkeys(claim_ids, account)
    return found


def find_corroborated(catalogue: Catalogue, accounts: Mapping[str, Account]) -> Iterator[str]:
    """Yield a claim of each account that more than one independent origin has, those with most first.

    None is about a living person before two people have checked it, and none is a claim that does not stand.
    """
    ranked: dict[Account, str] = {}
    for claim_id, account in accounts.items():
        claim = catalogue.claims[claim_id]
        if account.origins > 1 and claim.status in ("published", "corrected") and not is_protected(claim, catalogue):
            ranked[account] = min(claim_id, ranked.get(account, claim_id))
    counts = ((-account.origins, -len(account.claim_ids), claim_id) for account, claim_id in ranked.items())
    yield from (claim_id for _, _, claim_id in nsmallest(CORROBORATED, counts))


def find_independence(one: Claim, other: Claim, catalogue: Catalogue) -> Independence:
    """Return what the record says of two claims that say the same: one text has one origin, whatever a link says."""
    sources = catalogue.sources
    if share_origin(sources[one.source_id], sources[other.source_id]):
        return "same-origin"
    stated = [
        link.independence
        for here, there in ((one, other), (other, one))
        for link in here.links
        if link.claim == there.id and link.type in SAME
    ]
    return "independent" if "independent" in stated else stated[0] if stated else "not-established"


def index_questions(claims: Iterable[Claim], standings: Mapping[str, Standing]) -> dict[Question, tuple[str, ...]]:
    """Map each kind of open question to the claims that leave it open, in reading order."""
    shown = sorted((claim for claim in claims if claim.status != "retracted"), key=lambda claim: claim.position)
    found: dict[Question, tuple[str, ...]] = {
        "single-figures": tuple(c.id for c in shown if c.quantities and standings[c.id] == "single"),
        "not-stated": tuple(claim.id for claim in shown if claim.not_stated),
    }
    return {question: claim_ids for question, claim_ids in found.items() if claim_ids}


def _join(near: Mapping[str, set[str]]) -> list[list[str]]:
    """Return what hangs together, each part sorted."""
    parts, seen = [], set()
    for start in sorted(near):
        if start not in seen:
            part, waiting = {start}, [start]
            while waiting:
                new = near[waiting.pop()] - part
                part |= new
                waiting += new
            seen |= part
            parts.append(sorted(part))
    return parts
