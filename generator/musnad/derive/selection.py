"""The few claims that stand for all: what an index shows without going through every claim."""

from collections import defaultdict
from heapq import nsmallest
from operator import attrgetter
from typing import Literal

from musnad.derive.people import is_protected
from musnad.derive.reviews import is_reviewed
from musnad.records.model import ANSWERS, Catalogue, Claim

Selection = Literal["latest", "ambiguous", "reviewed", "chains"]
"""The newest that are about no living person, newest first; those with several readings; those checked by enough
people; the first of each chain."""
LATEST = 30
_position = attrgetter("position")


def select_claims(catalogue: Catalogue) -> dict[Selection, tuple[str, ...]]:
    """Select the claims that indexes show."""
    claims = catalogue.claims
    by_date: defaultdict[str, list[Claim]] = defaultdict(list)
    chains: defaultdict[tuple[str, ...], list[Claim]] = defaultdict(list)
    kept_back = [claim for claim in claims.values() if is_protected(claim, catalogue)]
    beside = {link.claim for claim in kept_back for link in claim.links if link.type in ANSWERS}
    beside |= {claim.id for claim in kept_back}
    for claim in claims.values():
        # The home page shows the latest, with the answers to them, and is for search engines too.
        if claim.id not in beside:
            by_date[claim.history[-1].date if claim.history else claim.extracted.date].append(claim)
        chains[tuple(voice.voice for voice in claim.attribution)].append(claim)
    latest: list[Claim] = []
    for date in sorted(by_date, reverse=True):
        # Those of one day in reading order.
        latest += nsmallest(LATEST - len(latest), by_date[date], key=_position)
        if len(latest) == LATEST:
            break
    firsts = sorted((min(found, key=_position) for found in chains.values()), key=_position)
    return {
        "latest": tuple(claim.id for claim in latest),
        "ambiguous": tuple(claim.id for claim in claims.values() if claim.readings),
        "reviewed": tuple(claim.id for claim in claims.values() if is_reviewed(claim)),
        "chains": tuple(claim.id for claim in firsts),
    }
