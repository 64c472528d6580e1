"""Read what of Natural Earth lies in an extent. ``vendor/earth.py`` makes the file: a line for each ring or line.

Each is cut at the sides. Points are longitude and latitude in degrees.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from musnad.earth.extent import TURNS, Extent, Spot

FILE = Path(__file__).parent / "natural-earth.txt"
STEPS = 100
"""To a degree."""
SQUARE = 15 * STEPS
"""Steps; areas were cut along these lines, so that no coast is there."""
RANKS = ((60, 2), (25, 4), (12, 6))
"""How wide an extent is in degrees, and the highest rank of waters that are of use then."""

FINEST = 600
"""Parts of the width: what is smaller is left out."""


class Base(NamedTuple):
    """What lies in an extent."""

    land: tuple[Sequence[Spot], ...]
    """Rings, side by side."""
    coasts: tuple[Sequence[Spot], ...]
    lakes: tuple[Sequence[Spot], ...]
    rivers: tuple[Sequence[Spot], ...]
    borders: tuple[Sequence[Spot], ...]
    open_borders: tuple[Sequence[Spot], ...]
    """Such as are disputed, or lines of control."""
    countries: tuple[tuple[str, Sequence[Spot]], ...]
    """Two letters of ISO 3166-1, and a coarse ring to find room for a name in."""


@lru_cache(maxsize=4)
def read_base(extent: Extent) -> Base:
    """Return what lies in an extent."""
    width = extent.east - extent.west
    rank = next((rank for least, rank in RANKS if width > least), 9)
    lines: dict[str, list[Sequence[Spot]]] = {
        name: [] for name in ("land", "coasts", "lakes", "rivers", "firm", "open")
    }
    countries: list[tuple[str, Sequence[Spot]]] = []
    for layer, what, points in _read_pieces(extent):
        if layer == "land":
            lines["land"] += _cut_ring(points, extent)
            lines["coasts"] += [part for line in _list_coasts(points) for part in cut_line(line, extent)]
        elif layer == "lake" and int(what) <= rank:
            lines["lakes"] += _cut_ring(points, extent)
        elif layer == "river" and int(what) <= rank:
            lines["rivers"] += cut_line(points, extent)
        elif layer == "border":
            lines[what] += cut_line(points, extent)
        elif layer == "country":
            countries += [(what, ring) for ring in _cut_ring(points, extent)]
    land, coasts, lakes, rivers, firm, open_ = map(tuple, lines.values())
    return Base(land, coasts, lakes, rivers, firm, open_, tuple(countries))


@cache
def _read_lines() -> list[tuple[str, str, tuple[int, ...], str]]:
    """Return layer, what it is, bounds and points of everything, the points as they are written."""
    split = (line.split(" ") for line in FILE.read_text(encoding="ascii").splitlines())
    return [(layer, what, tuple(map(int, bounds)), points) for layer, what, *bounds, points in split]


def _read_pieces(extent: Extent) -> Iterator[tuple[str, str, list[Spot]]]:
    west, south, east, north = (side * STEPS for side in extent)
    least = (east - west) / FINEST
    for layer, what, (left, low, right, high), points in _read_lines():
        if right - left < least and high - low < least:
            continue
        for turn in TURNS:
            inside = left + turn * STEPS <= east and right + turn * STEPS >= west and low <= north and high >= south
            if inside:
                yield layer, what, [Spot(x / STEPS + turn, y / STEPS) for x, y in _decode(points)]


def _decode(written: str) -> Iterator[tuple[int, int]]:
    """Read points, each from the one before, as Google writes polylines: five bits a letter, the lowest first."""
    place, axis, number, shift = [0, 0], 0, 0, 0
    for letter in written:
        bits = ord(letter) - 63
        number |= (bits & 0x1F) << shift
        shift += 5
        if bits < 0x20:
            place[axis] += ~(number >> 1) if number & 1 else number >> 1
            if axis:
                yield place[0], place[1]
            axis, number, shift = 1 - axis, 0, 0


def _list_coasts(ring: Sequence[Spot]) -> Iterator[list[Spot]]:
    """Yield the outline of a part of the land without the sides of the square that it was cut along."""
    line = [ring[0]]
    for one, other in pairwise([*ring, ring[0]]):
        if any(a == b and round(a * STEPS) % SQUARE == 0 for a, b in zip(one, other, strict=True)):
            yield line
            line = []
        line.append(other)
    yield line


def cut_line(line: Iterable[Spot], extent: Extent) -> Iterator[Sequence[Spot]]:
    """Yield the parts of a line that lie in an extent, as Liang and Barsky cut it."""
    west, south, east, north = extent
    part: list[Spot] = []
    for (ax, ay), (bx, by) in pairwise(line):
        first, last = 0.0, 1.0
        dx, dy = bx - ax, by - ay
        for step, room in ((-dx, ax - west), (dx, east - ax), (-dy, ay - south), (dy, north - ay)):
            if step == 0 and room < 0:
                first = 2.0
            elif step < 0:
                first = max(first, room / step)
            elif step > 0:
                last = min(last, room / step)
        if first >= last:
            continue
        start, end = Spot(ax + first * dx, ay + first * dy), Spot(ax + last * dx, ay + last * dy)
        if not part or part[-1] != start:
            if len(part) > 1:
                yield part
            part = [start]
        part.append(end)
    if len(part) > 1:
        yield part


def _cut_ring(ring: Sequence[Spot], extent: Extent) -> Iterator[Sequence[Spot]]:
    """Yield a ring as far as it lies in an extent, as Sutherland and Hodgman cut it."""
    kept: Sequence[Spot] = ring
    for axis, at, sign in ((0, extent.west, 1), (0, extent.east, -1), (1, extent.south, 1), (1, extent.north, -1)):
        kept = list(_cut_side(kept, axis, at, sign))
    if len(kept) > 2:
        yield kept


def _cut_side(ring: Sequence[Spot], axis: int, at: float, sign: int) -> Iterator[Spot]:
    for before, now in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
        was_in, is_in = (before[axis] - at) * sign >= 0, (now[axis] - at) * sign >= 0
        if was_in != is_in:
            share = (at - before[axis]) / (now[axis] - before[axis])
            along = before[1 - axis] + share * (now[1 - axis] - before[1 - axis])
            yield Spot(along, at) if axis else Spot(at, along)
        if is_in:
            yield now
