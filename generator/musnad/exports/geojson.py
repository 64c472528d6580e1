"""Places, and what is claimed at them, as GeoJSON (RFC 7946), each as exactly as it is known and no more.

A feature is a place or a claim. Only spots and towns are points; what is vaguer has no geometry, and a way none either,
as no source tells its course. What sensitive claims keep back is not in the site that this is made from.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from musnad.derive.people import is_protected
from musnad.derive.positions import find_spot
from musnad.derive.sensitive import is_coarsened
from musnad.exports.about import describe_record
from musnad.pages.elements.claims import make_answers
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.places_times import find_shape, make_place_fact
from musnad.pages.elements.voices import tell_claim
from musnad.pages.elements.ways import tell_way
from musnad.pages.site import Site
from musnad.records.model import Claim, Entity
from musnad.text.languages import LANGS

FILE = "data/places.geojson"
_DEGREE = 111_195
"""Metres in a degree of latitude, on a sphere as large as the Earth."""
_encode = json.JSONEncoder(ensure_ascii=False).encode
Point = tuple[float, float]
"""Longitude and latitude (WGS 84), as RFC 7946 orders them."""
Feature = dict[str, Any]


def export_geojson(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the file: a FeatureCollection, a feature on each line, places before claims, each sorted by id."""
    lines = ",\n".join(_encode(feature) for feature in _list_features(site))
    about = "".join(f"{_encode(name)}: {_encode(value)},\n" for name, value in describe_record(site).items())
    yield FILE, f'{{"type": "FeatureCollection",\n{about}"features": [\n{lines}\n]}}\n'


def _list_features(site: Site) -> Iterator[Feature]:
    composers = list(site.composers.values())
    places = {entity.id: entity for entity in site.catalogue.entities.values() if entity.location}
    at: dict[str, list[str]] = {}
    told = [c for c in site.catalogue.claims.values() if c.status != "retracted" and (c.place or c.way)]
    for claim in told:
        for id_ in _list_places(claim):
            at.setdefault(id_, []).append(claim.id)
    yield from (_make_place(site, composers, entity, at.get(id_, [])) for id_, entity in places.items())
    yield from (_make_claim(site, composers, claim) for claim in told)


def _list_places(claim: Claim) -> list[str]:
    """Return the places where a claim happened, each once, and of its way; what it is about besides is none."""
    stops = (stop.entity for stop in claim.way if stop.entity)
    return list(dict.fromkeys((*(claim.place.entities if claim.place else ()), *stops)))


def _make_place(site: Site, composers: list[Composer], entity: Entity, claim_ids: list[str]) -> Feature:
    location = entity.location
    assert location is not None
    point = _find_point(entity)
    is_point = _is_point(composers[0], location.precision)
    properties = {
        "is": "place",
        "id": entity.id,
        "kind": entity.kind,
        **_by_language(composers, "name", lambda c: entity.name(c.lang)),
        **_by_language(composers, "description", lambda c: entity.description[c.lang]),
        **_tell_precision(composers, location.precision),
        "within": location.within,
        # Of an area, where its name can stand; it lies there no more than elsewhere.
        "label_at": None if is_point else point,
        "coordinates_from": location.coordinates_from,
        "coordinates_rounded_to_metres": _find_step(location.latitude, location.longitude),
        "claims": claim_ids,
        **_list_pages(site, entity.ref),
    }
    return _make_feature(entity.ref, properties, [point] if is_point and point else [])


def _make_claim(site: Site, composers: list[Composer], claim: Claim) -> Feature:
    place = claim.place
    is_point = place is not None and _is_point(composers[0], place.precision)
    entities = [site.catalogue.entities[id_] for id_ in place.entities] if place else []
    # As vague as the vaguest: of several places, a part would be said to be all.
    exact = is_point and all(e.location and _is_point(composers[0], e.location.precision) for e in entities)
    points = [point for entity in entities if (point := _find_point(entity))] if exact else []
    facts = {c.lang: make_place_fact(c, claim, place, is_full=True) if place else None for c in composers}
    ways = {c.lang: tell_way(c, claim) for c in composers}
    properties = {
        "is": "claim",
        "id": claim.id,
        **_by_language(composers, "title", lambda c: claim.title[c.lang]),
        **_by_language(composers, "attributed_statement", lambda c: " ".join(tell_claim(c, claim))),
        **_by_language(composers, "answers", lambda c: _tell_answers(c, claim)),
        "polarity": claim.polarity,
        "modality": claim.modality,
        "standing": site.graph.standings[claim.id],
        "status": claim.status,
        **(_tell_precision(composers, place.precision) if place else {}),
        **_by_language(composers, "place", lambda c: fact.text if (fact := facts[c.lang]) else None),
        **_by_language(composers, "way", lambda c: ways[c.lang] or None),
        "places": _list_places(claim),
        "inferred": [id_ for id_ in _list_places(claim) if claim.is_inferred(id_)],
        "coarsened": is_coarsened(claim),
        "noindex": is_protected(claim, site.catalogue),
        **_list_pages(site, claim.ref),
    }
    return _make_feature(claim.ref, properties, points if len(points) == len(entities) else [])


def _make_feature(ref: str, properties: dict[str, Any], points: list[Point]) -> Feature:
    geometry: dict[str, Any] | None = {"type": "MultiPoint", "coordinates": points}
    if len(points) < 2:
        geometry = {"type": "Point", "coordinates": points[0]} if points else None
    return {"type": "Feature", "id": ref, "geometry": geometry, "properties": properties}


def _by_language(composers: Iterable[Composer], name: str, tell: Callable[[Composer], Any]) -> dict[str, Any]:
    # Programs for maps show properties as columns, and nothing inside them.
    return {f"{name}_{composer.lang}": tell(composer) for composer in composers}


def _tell_precision(composers: Iterable[Composer], precision: str) -> dict[str, Any]:
    def tell(composer: Composer) -> str:
        return composer.catalogue.vocabulary.precisions[precision].label[composer.lang]

    return {"precision": precision, **_by_language(composers, "precision", tell)}


def _tell_answers(composer: Composer, claim: Claim) -> list[str]:
    return [f"{answer.label} {answer.lead} {answer.says}" for answer in make_answers(composer, claim.id)]


def _list_pages(site: Site, ref: str) -> dict[str, str]:
    return {f"page_{lang}": site.options.addresses.find_absolute(f"{lang}/{ref}/") for lang in LANGS}


def _is_point(composer: Composer, precision: str) -> bool:
    return find_shape(composer, precision) in ("spot", "town")


def _find_point(entity: Entity) -> Point | None:
    spot = find_spot(entity.location) if entity.location else None
    return (spot.longitude, spot.latitude) if spot else None


def _find_step(*degrees: str | None) -> float | None:
    """Return what one step of the last decimal place is on the ground, from south to north, in metres.

    It tells how far coordinates were rounded, not how far off they are: that nobody knows.
    """
    given = [len(text.partition(".")[2]) for text in degrees if text is not None]
    return float(f"{_DEGREE / 10 ** max(given):.2g}") if given else None
