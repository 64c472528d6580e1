"""Which part of the Earth is shown, and where on a picture a spot of it lies."""

from collections.abc import Iterable
from math import cos, radians
from typing import NamedTuple

MARGIN = 0.2
"""Of the width and the height of what is to be seen, on each side."""
TURNS = (0, 360, -360)
LEAST = 2.0
"""Degrees that an extent found by itself is wide and high at least: no street is known to the base."""


class Spot(NamedTuple):
    """Longitude and latitude in degrees."""

    longitude: float
    latitude: float


class Extent(NamedTuple):
    """The sides of what is shown in degrees; east is above 180 where it goes over that line."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def make(cls, west: float, south: float, east: float, north: float) -> "Extent":
        """Return an extent, of which east may be given below west."""
        return cls(west, south, east if east > west else east + 360, north)

    @classmethod
    def around(cls, spots: Iterable[Spot]) -> "Extent | None":
        """Return an extent with room around spots, or nothing where there are none."""
        found = list(spots)
        if not found:
            return None
        (west, east), (south, north) = ((min(values), max(values)) for values in zip(*found, strict=True))
        wide, high = max((east - west) * MARGIN, (LEAST - east + west) / 2), (north - south) * MARGIN
        high = max(high, (LEAST - north + south) / 2)
        return cls(max(west - wide, -180), max(south - high, -90), min(east + wide, 180), min(north + high, 90))

    def reach(self, spot: Spot) -> Spot | None:
        """Return a spot as it is counted here, or nothing where it lies outside."""
        longitude = next((x for turn in TURNS if self.west <= (x := spot.longitude + turn) <= self.east), None)
        if longitude is None or not self.south <= spot.latitude <= self.north:
            return None
        return Spot(longitude, spot.latitude)

    def fit(self, flattest: float, tallest: float) -> "Extent":
        """Return the extent, or a wider or higher one whose height is between these parts of its width."""
        wide, high = (self.east - self.west) * self.narrowing, self.north - self.south
        more = (max(wide, high / tallest) - wide) / self.narrowing / 2
        taller = (max(high, wide * flattest) - high) / 2
        south, north = max(-90, self.south - taller), min(90, self.north + taller)
        return Extent(self.west - more, south, self.east + more, north)

    @property
    def narrowing(self) -> float:
        """How much shorter a degree of longitude is than one of latitude, in the middle."""
        return max(0.1, cos(radians((self.south + self.north) / 2)))


class Frame(NamedTuple):
    """A picture of an extent, so many units wide: plate carrée, true to scale along its middle latitude."""

    extent: Extent
    width: float

    @property
    def scale(self) -> float:
        """Units to a degree of latitude."""
        return self.width / (self.extent.east - self.extent.west) / self.extent.narrowing

    @property
    def height(self) -> float:
        """Units from north to south."""
        return (self.extent.north - self.extent.south) * self.scale

    def project(self, spot: Spot) -> tuple[float, float]:
        """Return where a spot lies, to the right of and below the corner in the north-west."""
        return self.project_line([spot])[0]

    def project_line(self, line: Iterable[Spot]) -> list[tuple[float, float]]:
        """Return the same of many spots."""
        (west, _, _, north), scale, narrowing = self.extent, self.scale, self.extent.narrowing
        return [((longitude - west) * scale * narrowing, (north - latitude) * scale) for longitude, latitude in line]
