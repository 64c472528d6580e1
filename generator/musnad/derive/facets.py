"""By what claims are filtered and counted: the facets of each, known by ids alone."""

from collections.abc import Iterator, Mapping
from typing import Literal, get_args

from musnad.derive.accounts import TENSIONS
from musnad.derive.graph import Graph
from musnad.derive.reviews import is_reviewed
from musnad.derive.times import find_lane
from musnad.records.model import Catalogue, Claim, Entity

Facet = Literal["source", "voice", "named", "modality", "standing", "predicate", "goods", "place", "party", "mark"]
"""The source; the kind of the innermost voice; whether a voice of the chain is unnamed; how firmly it is said; who else
says so; the relation; goods, places and all others that it names as parties; and what else there is to know of it."""
FACETS: tuple[Facet, ...] = get_args(Facet)
Facets = Mapping[Facet, tuple[str, ...]]
"""The ids that a claim has of each facet; one that it has nothing of may be left out."""
Named = Literal["named", "unnamed"]
Mark = Literal[
    "reviewed",
    "unreviewed",
    "figure",
    "readings",
    "tension",
    "qualified",
    "not-stated",
    "inferred",
    "answered",
    "denied",
    "superseded",
    "way",
    "dated",
    "to-come",
    "relative",
    "worded",
    "untimed",
]
NOWHERE = "-"
"""In place of a place: none is named. No id is like this."""
NAMED: tuple[Named, ...] = get_args(Named)
MARKS: tuple[Mark, ...] = get_args(Mark)
_PARTIES: Mapping[str | None, Facet] = {"good": "goods", "place": "place"}


def find_facets(claim: Claim, catalogue: Catalogue, graph: Graph) -> Facets:
    """Return what a claim has of each facet; of one that was retracted, only whose it was and that it was."""
    found: dict[Facet, tuple[str, ...]] = {
        "source": (claim.source_id,),
        "voice": (claim.attribution[-1].voice,),
        "named": (find_named(claim, catalogue),),
        "standing": (graph.standings[claim.id],),
    }
    if claim.status == "retracted":
        return found
    parties: dict[Facet, dict[str, None]] = {"goods": {}, "place": {}, "party": {}}
    for entity_id in list_parties(claim):
        parties[find_party_facet(catalogue.entities[entity_id], catalogue)][entity_id] = None
    parties["place"] = parties["place"] or {NOWHERE: None}
    return {
        **found,
        "modality": (claim.modality,),
        "predicate": (claim.predicate,),
        **{facet: tuple(ids) for facet, ids in parties.items()},
        "mark": tuple(_list_marks(claim, graph)),
    }


def find_named(claim: Claim, catalogue: Catalogue) -> Named:
    """Return whether all voices of a claim have names."""
    voices = catalogue.vocabulary.voices
    return "named" if all(voices[voice.voice].named for voice in claim.attribution) else "unnamed"


def find_party_facet(entity: Entity, catalogue: Catalogue) -> Facet:
    """Return under which facet an entity stands as a party."""
    return _PARTIES.get(catalogue.vocabulary.kinds[entity.kind].trait, "party")


def list_parties(claim: Claim) -> Iterator[str]:
    """Yield the entities that a claim is about, in the order of its record; voices are none of them."""
    yield claim.subject
    if claim.object:
        yield claim.object
    yield from (part.entity for part in claim.parts if part.entity)
    if claim.place:
        yield from claim.place.entities
    yield from (stop.entity for stop in claim.way if stop.entity)
    yield from (quantity.of.entity for quantity in claim.quantities if quantity.of and quantity.of.entity)


def _list_marks(claim: Claim, graph: Graph) -> Iterator[Mark]:
    yield "reviewed" if is_reviewed(claim) else "unreviewed"
    if claim.quantities:
        yield "figure"
    if claim.readings:
        yield "readings"
    ties = {tie.type for tie in graph.ties.get(claim.id, ())}
    if not ties.isdisjoint(TENSIONS):
        yield "tension"
    if "qualifies" in ties:
        yield "qualified"
    if claim.not_stated:
        yield "not-stated"
    if claim.inferred:
        yield "inferred"
    if claim.id in graph.answers:
        yield "answered"
    if claim.polarity == "denied":
        yield "denied"
    if claim.status == "superseded":
        yield "superseded"
    if claim.way:
        yield "way"
    lane = find_lane(claim.time)
    yield "untimed" if lane == "unstated" else lane
