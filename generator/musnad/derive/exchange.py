"""Who hands which goods to whom: told by the predicates and roles that the vocabulary marks as those of trade."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product
from operator import attrgetter
from typing import NamedTuple

from musnad.derive.edges import is_firm
from musnad.records.model import Catalogue, Claim

_position = attrgetter("position")


class Goods(NamedTuple):
    """Goods that pass from one to another, with the claims that say so, in reading order; none named is empty."""

    entity_id: str
    claim_ids: tuple[str, ...]


class Exchange(NamedTuple):
    """What passes between two parties; a party that is not named is empty."""

    giver: str
    receiver: str
    is_unsaid: bool
    """One of them gives, and it is not said which."""
    is_firm: bool
    """Whether a claim behind it is."""
    goods: tuple[Goods, ...]
    claim_ids: tuple[str, ...]


def index_exchanges(catalogue: Catalogue) -> dict[str, tuple[Exchange, ...]]:
    """Map each giver to what it gives, most claimed first; nothing is taken from what was retracted or is denied."""
    found: defaultdict[tuple[str, str, bool], list[Claim]] = defaultdict(list)
    for claim in sorted(catalogue.claims.values(), key=_position):
        if claim.status != "retracted" and claim.polarity != "denied":
            for key in dict.fromkeys(_list_pairs(claim, catalogue)):
                found[key].append(claim)
    exchanges: defaultdict[str, list[Exchange]] = defaultdict(list)
    for (giver, receiver, is_unsaid), claims in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        goods: defaultdict[str, list[str]] = defaultdict(list)
        for claim in claims:
            for entity_id in _list_goods(claim, catalogue) or [""]:
                goods[entity_id].append(claim.id)
        named = sorted(goods.items(), key=lambda item: (not item[0], -len(item[1])))
        exchange = Exchange(
            giver,
            receiver,
            is_unsaid,
            any(is_firm(claim, catalogue.vocabulary) for claim in claims),
            tuple(Goods(entity_id, tuple(ids)) for entity_id, ids in named),
            tuple(claim.id for claim in claims),
        )
        exchanges[giver].append(exchange)
    return {giver: tuple(own) for giver, own in exchanges.items()}


def _list_pairs(claim: Claim, catalogue: Catalogue) -> Iterator[tuple[str, str, bool]]:
    """Yield giver, receiver and whether one cannot tell which is which."""
    gives, roles = catalogue.vocabulary.predicates[claim.predicate].gives, catalogue.vocabulary.roles
    other = claim.object if claim.object and not _is_good(claim.object, catalogue) else ""
    sides: dict[str, list[str]] = {"gives": [], "receives": []}
    for part in claim.parts:
        side = roles[part.role].trade
        if side:
            sides[side].append(part.entity or "")
    if gives == "unsaid" and not any(sides.values()):
        one, two = sorted([claim.subject, other])
        yield one, two, True
        return
    if gives in ("subject", "object"):
        here, there = ("gives", "receives") if gives == "subject" else ("receives", "gives")
        sides[here].append(claim.subject)
        sides[there] += [other] if other else []
    if any(sides.values()):
        yield from ((*pair, False) for pair in product(sides["gives"] or [""], sides["receives"] or [""]))


def _list_goods(claim: Claim, catalogue: Catalogue) -> Sequence[str]:
    named = [claim.object or "", *(part.entity or "" for part in claim.parts if _is_for_goods(part.role, catalogue))]
    return list(dict.fromkeys(entity_id for entity_id in named if entity_id and _is_good(entity_id, catalogue)))


def _is_for_goods(role: str, catalogue: Catalogue) -> bool:
    """Whether only goods can have a role."""
    kinds = catalogue.vocabulary.roles[role].kinds
    return bool(kinds) and all(catalogue.vocabulary.kinds[kind].trait == "good" for kind in kinds)


def _is_good(entity_id: str, catalogue: Catalogue) -> bool:
    return catalogue.vocabulary.kinds[catalogue.entities[entity_id].kind].trait == "good"
