"""Where places lie, and what other registers call them."""

import re
from collections.abc import Iterator
from math import hypot

from musnad.derive.named import is_word
from musnad.derive.sensitive import is_coarse, is_sensitive
from musnad.records.model import Claim, Entity, Location
from musnad.records.problems import N_
from musnad.records.values import LocalizedText
from musnad.records.vocabulary import MAX_DECIMALS
from musnad.records.walk import walk_values
from musnad.records.yamltext import FieldPath
from musnad.rules.finding import Finding
from musnad.rules.rule import Known
from musnad.text.fold import fold_words
from musnad.text.languages import LANGS

_IDENTIFIERS = {"wikidata": (re.compile(r"Q[1-9]\d*"), "Q42"), "geonames": (re.compile(r"[1-9]\d*"), "169577")}
_QUOTED = frozenset({"starts", "ends", "before", "wording"})
_FAR, _NEAR = 5.0, 2.0
"""Degrees from the containing place."""


def check_identifier(entity: Entity, known: Known) -> Iterator[Finding]:
    """What can be no identifier of its register."""
    for index, external in enumerate(entity.external_ids):
        pattern, example = _IDENTIFIERS[external.scheme]
        if not pattern.fullmatch(external.id):
            message = N_("{value} is no identifier of {scheme}, such as {example}")
            values = {"value": external.id, "scheme": external.scheme, "example": example}
            yield Finding(entity.ref, ("external_ids", index, "id"), message, values)


def check_coordinates(entity: Entity, known: Known) -> Iterator[Finding]:
    """Coordinates that are not complete, not on Earth, or more exact than the place is known to be."""
    location = entity.location
    if location is None:
        return
    given = [location.latitude, location.longitude, location.coordinates_from]
    if any(given) and not all(given):
        yield Finding(entity.ref, ("location",), N_("latitude, longitude and coordinates_from go together"))
    precision = known.vocabulary.precisions.get(location.precision)
    decimals = MAX_DECIMALS if precision is None or precision.decimals is None else precision.decimals
    for field, limit in (("latitude", 90), ("longitude", 180)):
        degrees = getattr(location, field)
        if degrees and abs(float(degrees)) > limit:
            yield Finding(entity.ref, ("location", field), N_("{value} is not on Earth"), {"value": degrees})
        elif degrees and len(degrees.partition(".")[2]) > decimals:
            message = N_("{value} is more exact than this place is known; decimal places it can have: {count}")
            yield Finding(entity.ref, ("location", field), message, {"value": degrees, "count": str(decimals)})


def check_swapped_coordinates(entity: Entity, known: Known) -> Iterator[Finding]:
    """Latitude and longitude in each other's place, as far as the containing place shows it."""
    own = _spot_of(entity.location)
    container = known.entities.get(entity.location.within or "") if entity.location else None
    around = _spot_of(container.location) if container else None
    if own and around and container and _distance(own, around) > _FAR and _distance(own[::-1], around) < _NEAR:
        message = N_("are latitude and longitude exchanged? The other way round the place lies near {id}")
        yield Finding(entity.ref, ("location", "latitude"), message, {"id": container.id})


def check_sensitive_place(claim: Claim, known: Known) -> Iterator[Finding]:
    """A sensitive claim that says elsewhere where exactly it happened: as a party, or in its words."""
    if not is_sensitive(claim):
        return
    own = (*(claim.place.entities if claim.place else ()), *(stop.entity for stop in claim.way if stop.entity))
    # Names of all other exact places, also of what these lie in, are looked for by sensitive-name.
    found = ((id_, known.entities.get(id_)) for id_ in own)
    kept_back = dict.fromkeys(id_ for id_, entity in found if entity and not is_coarse(entity, known.vocabulary))
    for path, id_ in _iter_parties(claim):
        entity = known.entities.get(id_)
        if id_ in kept_back or (entity and entity.location and not is_coarse(entity, known.vocabulary)):
            kept_back[id_] = None
            message = N_("{id} is where it happened, which a claim marked security keeps back: name what {id} lies in")
            yield Finding(claim.ref, path, message, {"id": id_})
    names = [name.text for id_ in kept_back if (entity := known.entities.get(id_)) for name in entity.names]
    for path, text in _iter_words(claim):
        for name in names:
            if _stands_in(name, text):
                message = N_("a claim marked security keeps back where exactly: leave {name} out of its words")
                yield Finding(claim.ref, path, message, {"name": name})


def _iter_words(claim: Claim) -> Iterator[tuple[FieldPath, str]]:
    """Yield all words of a claim that readers see wherever it happened, its id among them."""
    yield (), claim.id
    for path, value in walk_values(claim):
        if isinstance(value, LocalizedText) and path[0] not in ("place", "way"):
            yield from (((*path, lang), value[lang]) for lang in LANGS)
        elif path and path[-1] in _QUOTED:
            yield path, value


def _iter_parties(claim: Claim) -> Iterator[tuple[FieldPath, str]]:
    yield ("subject",), claim.subject
    if claim.object:
        yield ("object",), claim.object
    yield from ((("parts", index, "entity"), part.entity) for index, part in enumerate(claim.parts) if part.entity)
    for index, quantity in enumerate(claim.quantities):
        if quantity.of and quantity.of.entity:
            yield ("quantities", index, "of", "entity"), quantity.of.entity


def _stands_in(name: str, text: str) -> bool:
    """Whether a name stands in a text as whole words, with whatever Arabic attaches to them."""
    wanted, words = fold_words(name), fold_words(text)
    starts = range(len(words) - len(wanted) + 1) if wanted else ()
    return any(all(map(is_word, wanted, words[start:])) for start in starts)


def check_map(known: Known) -> Iterator[Finding]:
    """Sides of the map that leave nothing between them, or are not on Earth."""
    sides = known.site and known.site.map
    if not sides:
        return
    limits = {"west": 180, "south": 90, "east": 180, "north": 90}
    off = [field for field, limit in limits.items() if abs(float(getattr(sides, field))) > limit]
    for field in off:
        yield Finding("site", ("map", field), N_("{value} is not on Earth"), {"value": getattr(sides, field)})
    if not off and (float(sides.south) >= float(sides.north) or float(sides.west) == float(sides.east)):
        yield Finding(
            "site", ("map",), N_("south lies below north, and west and east differ: the map would show nothing")
        )


def _spot_of(location: Location | None) -> tuple[float, float] | None:
    if location is None or location.latitude is None or location.longitude is None:
        return None
    return float(location.latitude), float(location.longitude)


def _distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])
