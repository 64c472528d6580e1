"""The few claims that stand for all: what an index shows without going through every claim."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from heapq import nsmallest
from itertools import islice
from operator import attrgetter
from typing import Literal

from musnad.derive.edits import AMENDING
from musnad.derive.mentions import Mention
from musnad.derive.people import is_protected
from musnad.derive.reviews import is_reviewed
from musnad.records.model import ANSWERS, Catalogue, Claim
from musnad.records.walk import iter_records

Selection = Literal[
    "latest",
    "first",
    "ambiguous",
    "reviewed",
    "chains",
    "modalities",
    "featured",
    "examples",
    "connected",
    "corroborated",
    "amended",
    "places",
    "placeless",
    "around",
    "ways",
]
"""The newest that are about no living person, newest first; the first of all, by their ids; those with several
readings; those checked by enough people; the first of each chain and of each modality; of those about no living person
the one with the longest chain; the ids of the most claimed entities, and of those with most claims behind their edges
(``edges``); the claims that most independent origins have (``accounts``); the addresses of records that were corrected,
replaced or retracted; the ids of all places, the most claimed first; and the claims that name no place, that place
something less exactly than the place itself is known, and that tell a way."""
LATEST = 30
FIRST = 50
EXAMPLES = 3
_position = attrgetter("position")


def select_claims(
    catalogue: Catalogue, mentions: Mapping[str, tuple[Mention, ...]]
) -> dict[Selection, tuple[str, ...]]:
    """Select the claims that indexes show."""
    claims = catalogue.claims
    by_date: defaultdict[str, list[Claim]] = defaultdict(list)
    chains: defaultdict[tuple[str, ...], list[Claim]] = defaultdict(list)
    modalities: dict[str, Claim] = {}
    kept_back = [claim for claim in claims.values() if is_protected(claim, catalogue)]
    beside = {link.claim for claim in kept_back for link in claim.links if link.type in ANSWERS}
    beside |= {claim.id for claim in kept_back}
    for claim in claims.values():
        # The home page shows the latest, with the answers to them, and is for search engines too.
        if claim.id not in beside:
            by_date[claim.history[-1].date if claim.history else claim.extracted.date].append(claim)
        chains[tuple(voice.voice for voice in claim.attribution)].append(claim)
        modalities.setdefault(claim.modality, claim)
    latest: list[Claim] = []
    for date in sorted(by_date, reverse=True):
        # Those of one day in reading order.
        latest += nsmallest(LATEST - len(latest), by_date[date], key=_position)
        if len(latest) == LATEST:
            break
    firsts = sorted((min(found, key=_position) for found in chains.values()), key=_position)
    return {
        "latest": tuple(claim.id for claim in latest),
        "first": tuple(islice(claims, FIRST)),
        "ambiguous": tuple(claim.id for claim in claims.values() if claim.readings),
        "reviewed": tuple(claim.id for claim in claims.values() if is_reviewed(claim)),
        "chains": tuple(claim.id for claim in firsts),
        "featured": tuple(claim.id for claim in _feature_claim(catalogue)),
        "examples": tuple(_find_most_claimed(catalogue, mentions)),
        "modalities": tuple(claim.id for claim in modalities.values()),
        "amended": tuple(
            record.ref
            for record in iter_records(catalogue)
            if any(change.change in AMENDING for change in record.history)
        ),
        **dict(_select_places(catalogue, mentions)),
    }


def _select_places(
    catalogue: Catalogue, mentions: Mapping[str, tuple[Mention, ...]]
) -> Iterator[tuple[Selection, tuple[str, ...]]]:
    kinds, entities = catalogue.vocabulary.kinds, catalogue.entities
    vagueness = {id_: n for n, (id_, _) in enumerate(catalogue.vocabulary.list_precisions())}
    places = {entity.id for entity in entities.values() if kinds[entity.kind].trait == "place"}
    told = [claim for claim in catalogue.claims.values() if claim.status != "retracted"]
    yield "places", tuple(sorted(places, key=lambda id_: (-count_claims(mentions.get(id_, ())), id_)))
    yield "placeless", tuple(claim.id for claim in told if places.isdisjoint(claim.named))
    yield "ways", tuple(claim.id for claim in told if claim.way)
    known = {id_: vagueness[found.precision] for id_ in places if (found := entities[id_].location)}
    yield (
        "around",
        tuple(
            claim.id
            for claim in told
            if claim.place
            and any(known.get(id_, 99) < vagueness[claim.place.precision] for id_ in claim.place.entities)
        ),
    )


def count_claims(mentions: Iterable[Mention]) -> int:
    """Return how many claims are about what the mentions are of; voices are not what a claim is about."""
    return len({mention.claim_id for mention in mentions if mention.part != "voice"})


def _feature_claim(catalogue: Catalogue) -> Iterator[Claim]:
    """Yield the claim that shows best what a record is, if there is one that anybody may be shown."""
    shown = [
        claim
        for claim in catalogue.claims.values()
        if claim.status in ("published", "corrected") and not is_protected(claim, catalogue)
    ]
    if shown:
        yield min(shown, key=lambda claim: (-len(claim.attribution), not claim.quantities, claim.position))


def _find_most_claimed(catalogue: Catalogue, mentions: Mapping[str, tuple[Mention, ...]]) -> Iterator[str]:
    """Yield the entities that most claims are about, voices and living people left out."""
    counts = [
        (-count_claims(found), entity_id)
        for entity_id, found in mentions.items()
        if not is_protected(catalogue.entities[entity_id], catalogue)
    ]
    yield from (entity_id for count, entity_id in nsmallest(EXAMPLES, counts) if count)
