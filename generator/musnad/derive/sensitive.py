"""What may be shown of where a sensitive claim happened: never more than the district or region that holds it.

A claim marked ``security`` keeps its statement, which ``rules`` hold against the names of what is kept back. Of its
place and way only places known no more exactly than ``COARSE`` stay, in no order, and no words of ours. A place that
nothing else names leaves with them: its page, beside the claim, would tell where it was.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from musnad.derive.named import Names
from musnad.records.model import Catalogue, Claim, Entity, Place
from musnad.records.vocabulary import Vocabulary

COARSE = 2
"""Most decimal places of the coordinates of a place that is vague enough: about a kilometre, of a whole district."""
_MARK = "security"


class Places(NamedTuple):
    """What stays of a claim's places, and what is kept back, each sorted by id."""

    shown: tuple[str, ...]
    kept_back: tuple[str, ...]
    """The places themselves, and what holds them and is still too exact."""


def is_sensitive(claim: Claim) -> bool:
    """Whether where a claim happened could help an attack."""
    return _MARK in claim.sensitivity


def is_coarsened(claim: Claim) -> bool:
    """Whether readers see less of where it happened than its editors wrote."""
    return is_sensitive(claim) and claim.place is not None


def divide_places(claim: Claim, entities: Mapping[str, Entity], vocabulary: Vocabulary) -> Places:
    """Return which places of a claim, or what holds them, may be shown, and which may not."""
    shown, kept_back = set[str](), set[str]()
    for place in (*(claim.place.entities if claim.place else ()), *(stop.entity for stop in claim.way)):
        id_ = place
        while id_ and id_ not in kept_back:
            entity = entities.get(id_)
            if entity and is_coarse(entity, vocabulary):
                shown.add(id_)
                break
            kept_back.add(id_)
            id_ = entity.location.within if entity and entity.location else None
    return Places(tuple(sorted(shown)), tuple(sorted(kept_back)))


def is_coarse(entity: Entity, vocabulary: Vocabulary) -> bool:
    """Whether a place is known no more exactly than a sensitive claim may say."""
    precision = vocabulary.precisions.get(entity.location.precision) if entity.location else None
    return bool(precision and precision.decimals is not None and precision.decimals <= COARSE)


def list_exact_names(entities: Iterable[Entity], vocabulary: Vocabulary) -> Names:
    """Return the names of places that are known more exactly than a sensitive claim may say."""
    return Names.make(one for one in entities if one.location and not is_coarse(one, vocabulary))


def coarsen(catalogue: Catalogue) -> Catalogue:
    """Return the catalogue with less of where sensitive claims happened, without what would tell it."""
    told: dict[str, Claim] = {}
    kept_back: set[str] = set()
    for claim in catalogue.claims.values():
        if is_sensitive(claim) and (claim.place or claim.way):
            places = divide_places(claim, catalogue.entities, catalogue.vocabulary)
            told[claim.id] = _coarsen_claim(claim, places, catalogue)
            kept_back.update(places.kept_back)
    if not told:
        return catalogue
    claims = {id_: told.get(id_, claim) for id_, claim in catalogue.claims.items()}
    gone = _find_gone(kept_back, replace(catalogue, claims=claims))
    entities = {id_: _part_from(entity, gone) for id_, entity in catalogue.entities.items() if id_ not in gone}
    files = {claim.ref for claim in told.values()}
    files |= {entity.ref for id_, entity in entities.items() if entity is not catalogue.entities[id_]}
    return replace(catalogue, claims=claims, entities=entities, kept_back=catalogue.kept_back | files)


def _coarsen_claim(claim: Claim, places: Places, catalogue: Catalogue) -> Claim:
    steps = [id_ for id_, _ in catalogue.vocabulary.list_precisions()]
    found = (catalogue.entities[id_].location for id_ in places.shown)
    precisions = [location.precision for location in found if location] or steps[-1:]
    precisions += [claim.place.precision] if claim.place else []
    place = Place(entities=places.shown, precision=max(precisions, key=steps.index))
    without = claim.model_copy(update={"place": None, "way": ()})
    parties = {*without.named, *places.shown} - set(places.kept_back)
    inferred = tuple(one for one in claim.inferred if one.entity in parties)
    return without.model_copy(update={"place": place, "inferred": inferred})


def _find_gone(kept_back: Iterable[str], told: Catalogue) -> set[str]:
    """Return the places that nothing readers see names any more."""
    gone = set(kept_back).difference(_iter_named(told))
    held = {id_: entity.location.within for id_, entity in told.entities.items() if entity.location}
    while holders := gone.intersection(held[id_] or "" for id_ in held.keys() - gone):
        gone -= holders
    return gone


def _iter_named(told: Catalogue) -> Iterator[str]:
    for claim in told.claims.values():
        yield from claim.named
        yield from (id_ for v in claim.attribution for id_ in (v.entity, v.affiliation, v.close_to) if id_)
    yield from (id_ for source in told.sources.values() for id_ in (source.outlet, source.agency) if id_)
    yield from (told.site.examples if told.site else None) or ()


def _part_from(entity: Entity, gone: set[str]) -> Entity:
    """Return an entity that is told apart from nothing that is gone."""
    if not any(found.entity in gone for found in entity.distinct_from if found.entity):
        return entity
    left = tuple(found for found in entity.distinct_from if found.entity not in gone)
    return entity.model_copy(update={"distinct_from": left})
