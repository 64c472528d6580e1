"""Where a place lies: by its own coordinates, or in the middle of what it holds; never more exactly than recorded."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from musnad.earth.extent import Spot
from musnad.records.model import Entity, Location
from musnad.records.vocabulary import Precision

LEAST_PARTS = 2
"""Places with coordinates that a place has to hold: one alone is no middle of anything."""


class Position(NamedTuple):
    """Where a place lies, and of which places that is the middle; of none where it has coordinates of its own."""

    spot: Spot
    parts: tuple[str, ...] = ()


def find_position(entity: Entity, parts: Iterable[Entity], precisions: Mapping[str, Precision]) -> Position | None:
    """Return where a place lies, which holds others; only what itself has coordinates counts, not what that holds."""
    if entity.location is None:
        return None
    if own := find_spot(entity.location):
        return Position(own)
    decimals = precisions[entity.location.precision].decimals
    found = {part.id: spot for part in parts if part.location and (spot := find_spot(part.location))}
    if len(found) < LEAST_PARTS or decimals is None:
        return None
    longitudes, latitudes = zip(*found.values(), strict=True)
    # Nobody knows it better than its precision lets coordinates be.
    middle = Spot(round(sum(longitudes) / len(found), decimals), round(sum(latitudes) / len(found), decimals))
    return Position(middle, tuple(found))


def find_spot(location: Location) -> Spot | None:
    """Return a place's own coordinates."""
    if location.latitude is None or location.longitude is None:
        return None
    return Spot(float(location.longitude), float(location.latitude))
