"""Who is tied to whom by which claims, and what of that is firm."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from heapq import nsmallest
from operator import attrgetter
from typing import NamedTuple

from musnad.derive.mentions import MentionAs
from musnad.derive.people import is_living
from musnad.records.model import Catalogue, Claim
from musnad.records.vocabulary import Predicate, Vocabulary

CONNECTED = 30
_position = attrgetter("position")


class Edge(NamedTuple):
    """Claims that tie two entities in one way, in reading order."""

    subject: str
    predicate: str
    part: MentionAs
    """What the other entity is in the claims."""
    role: str | None
    other: str
    claim_ids: tuple[str, ...]


def index_edges(claims: Iterable[Claim], predicates: Mapping[str, Predicate]) -> dict[str, tuple[Edge, ...]]:
    """Map each entity to the edges that it is an end of, most claimed first; what was retracted ties nobody.

    A relation that holds both ways is one edge, whichever end the claims begin with.
    """
    found: defaultdict[tuple[str, str, MentionAs, str | None, str], list[str]] = defaultdict(list)
    for claim in sorted((claim for claim in claims if claim.status != "retracted"), key=_position):
        is_mutual = predicates[claim.predicate].symmetric
        for part, role, other in dict.fromkeys(_list_ends(claim)):
            if other != claim.subject:
                ends = claim.subject, other
                one, two = sorted(ends) if is_mutual and part == "object" else ends
                found[one, claim.predicate, part, role, two].append(claim.id)
    edges: defaultdict[str, list[Edge]] = defaultdict(list)
    for key, claim_ids in sorted(found.items(), key=lambda item: -len(item[1])):
        edge = Edge(*key, tuple(claim_ids))
        edges[edge.subject].append(edge)
        edges[edge.other].append(edge)
    return {entity_id: tuple(own) for entity_id, own in edges.items()}


def _list_ends(claim: Claim) -> Iterator[tuple[MentionAs, str | None, str]]:
    if claim.object:
        yield "object", None, claim.object
    yield from (("part", part.role, part.entity) for part in claim.parts if part.entity)
    yield from (("place", None, place) for place in (claim.place.entities if claim.place else ()))
    yield from (("way", None, stop.entity) for stop in claim.way if stop.entity)
    yield from (("whole", None, q.of.entity) for q in claim.quantities if q.of and q.of.entity)


def is_firm(claim: Claim, vocabulary: Vocabulary) -> bool:
    """Whether a source says it outright, on the word of voices with names alone, and of parties that it names."""
    return (
        vocabulary.modalities[claim.modality].firm
        and claim.polarity != "denied"
        and not claim.inferred
        and all(vocabulary.voices[voice.voice].named for voice in claim.attribution)
    )


def find_connected(catalogue: Catalogue, edges: Mapping[str, tuple[Edge, ...]]) -> Iterator[str]:
    """Yield the entities with most claims behind their edges; no living people, as a bare list has no voice."""
    counts = [
        (-len({claim_id for edge in own for claim_id in edge.claim_ids}), entity_id)
        for entity_id, own in edges.items()
        if not is_living(catalogue.entities[entity_id])
    ]
    yield from (entity_id for _, entity_id in nsmallest(CONNECTED, counts))
