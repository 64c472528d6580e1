"""Make the base of the map again from Natural Earth: ``python vendor/earth.py FOLDER``. It needs py7zr 1.1.4.

FOLDER is a clone of the repository below; nothing has to be checked out. Archives are compared with their digests,
lines simplified, areas cut into squares, and all of it written as text, which ``musnad.earth`` reads.
"""

import hashlib
import io
import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import py7zr

SOURCE = "https://github.com/martynafford/natural-earth-geojson"
COMMIT = "0b9a6ceb0a7032713abd9460ac1e995a9c60cd1e"
DIGESTS = {
    "10m/physical/ne_10m_land": "891b4df3d433e758717695a65378da105f3ec424f1a891a81cfda72b080ab211",
    "10m/physical/ne_10m_lakes": "215fd5fdcf0aa043c50c6d262ca9d2ac4abf16c9281653341ecbd6bb1f1f91b4",
    "10m/physical/ne_10m_rivers_lake_centerlines": "57bdf8d7aff155670520298e026ed9be10cb5c8b23a32edefc82e6eb055426c2",
    "10m/cultural/ne_10m_admin_0_boundary_lines_land": (
        "fe5ecf1a87a22b674f8bf394c0c7a1db4cc32046066bd58bc8b97a42fd55086a"
    ),
    "110m/cultural/ne_110m_admin_0_countries": "773019d9cf5421ad3a13406055137fa9668885dad84e78bbbdad06f9500ad034",
}
"""SHA-256 of the archives."""
TARGET = Path(__file__).parent.parent / "generator/musnad/earth/natural-earth.txt"
STEPS = 100
"""To a degree."""
TOLERANCE = 0.015
"""Degrees that a simplified line may be off, about a kilometre and a half."""
SQUARE = 15
"""Degrees; areas are cut along these lines, and no coast is where they were cut."""
SMALLEST = 0.0004
"""Square degrees of an island or a lake that is kept, some four square kilometres."""
RANK = 8
"""Rivers and lakes of a higher rank are left out."""

Point = tuple[float, float]


def read(folder: Path, name: str) -> list[dict[str, Any]]:
    """Return the features of a layer. Raises ValueError for an archive that is not what it was."""
    show = ["git", "-C", str(folder), "show", f"{COMMIT}:{name}.7z"]
    archive = subprocess.run(show, check=True, capture_output=True).stdout
    found = hashlib.sha256(archive).hexdigest()
    if found != DIGESTS[name]:
        raise ValueError(f"{name} has the digest {found}")
    with tempfile.TemporaryDirectory() as made, py7zr.SevenZipFile(io.BytesIO(archive)) as packed:
        packed.extractall(made)
        read: dict[str, Any] = json.loads(next(Path(made).rglob("*.json")).read_text(encoding="utf-8"))
    return [feature for feature in read["features"] if feature["geometry"]]


def list_lines(geometry: dict[str, Any]) -> list[list[Point]]:
    """Return all lines of a geometry, or all rings."""
    lines = geometry["coordinates"]
    if geometry["type"] == "MultiPolygon":
        lines = [ring for polygon in lines for ring in polygon]
    return [[(x, y) for x, y, *_ in line] for line in ([lines] if geometry["type"] == "LineString" else lines)]


def simplify(line: list[Point]) -> list[Point]:
    """Leave out points as Douglas and Peucker do."""
    kept, waiting = {0, len(line) - 1}, [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        (ax, ay), (bx, by) = line[first], line[last]
        length = math.hypot(bx - ax, by - ay)
        most, at = TOLERANCE, 0
        for n in range(first + 1, last):
            x, y = line[n]
            across = abs((bx - ax) * (ay - y) - (ax - x) * (by - ay))
            off = across / length if length else math.hypot(x - ax, y - ay)
            if off > most:
                most, at = off, n
        if at:
            kept.add(at)
            waiting += [(first, at), (at, last)]
    return [line[n] for n in sorted(kept)]


def join(lines: list[list[Point]]) -> list[list[Point]]:
    """Join lines where the end of one is the beginning of just one other."""
    begin: dict[Point, list[int]] = {}
    for n, line in enumerate(lines):
        begin.setdefault(line[0], []).append(n)
    ends = [line[-1] for line in lines]
    follows = {n: begin[end][0] for n, end in enumerate(ends) if len(begin.get(end, ())) == ends.count(end) == 1}
    made, done = [], set[int]()
    for first in sorted(range(len(lines)), key=lambda n: n in follows.values()):
        whole: list[Point] = []
        n = first
        while n not in done:
            done.add(n)
            whole += lines[n][1 if whole else 0 :]
            n = follows.get(n, n)
        if whole:
            made.append(whole)
    return made


def find_area(ring: list[Point]) -> float:
    """Return the area inside a ring in square degrees."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def cut(ring: list[Point], axis: int, at: float, side: int) -> list[Point]:
    """Return the part of a ring on one side of a line, as Sutherland and Hodgman do."""
    made: list[Point] = []
    for before, now in zip(ring[-1:] + ring[:-1], ring, strict=True):
        was_in, is_in = (before[axis] - at) * side >= 0, (now[axis] - at) * side >= 0
        if was_in != is_in:
            share = (at - before[axis]) / (now[axis] - before[axis])
            other = before[1 - axis] + share * (now[1 - axis] - before[1 - axis])
            made.append((at, other) if axis == 0 else (other, at))
        if is_in:
            made.append(now)
    return made


def cut_squares(ring: list[Point]) -> Iterator[list[Point]]:
    """Yield the parts of a ring by squares."""
    for axis in (0, 1):
        ends = [point[axis] for point in ring]
        first, last = math.floor(min(ends) / SQUARE), math.ceil(max(ends) / SQUARE)
        if last - first > 1:
            at = (first + last) // 2 * SQUARE
            for side in (-1, 1):
                if len(part := cut(ring, axis, at, side)) > 2:
                    yield from cut_squares(part)
            return
    yield ring


def encode(numbers: Iterable[int]) -> str:
    """Write whole numbers as Google's polylines are: five bits a letter, the lowest first."""
    made = []
    for number in numbers:
        rest = ~(number << 1) if number < 0 else number << 1
        while rest >= 0x20:
            made.append(chr((0x20 | rest & 0x1F) + 63))
            rest >>= 5
        made.append(chr(rest + 63))
    return "".join(made)


def write(layer: str, what: str, line: list[Point]) -> Iterator[str]:
    """Yield a line of the file: layer, what it is, its bounds in steps, and its points, each from the one before."""
    points = [(round(x * STEPS), round(y * STEPS)) for x, y in line]
    points = [point for n, point in enumerate(points) if n == 0 or point != points[n - 1]]
    if len(points) < 2:
        return
    xs, ys = zip(*points, strict=True)
    steps = [
        b - a for one, other in zip([(0, 0), *points], points, strict=False) for a, b in zip(one, other, strict=True)
    ]
    yield f"{layer} {what} {min(xs)} {min(ys)} {max(xs)} {max(ys)} {encode(steps)}"


def write_areas(layer: str, what: str, rings: list[list[Point]]) -> Iterator[str]:
    """Yield the lines of areas."""
    for ring in rings:
        if find_area(ring) > SMALLEST:
            # The first point and the farthest from it stay, or a ring would fall together.
            far = max(range(len(ring)), key=lambda n, ring=ring: math.dist(ring[0], ring[n]))
            kept = simplify(ring[: far + 1]) + simplify(ring[far:])[1:-1]
            for part in cut_squares(kept):
                yield from write(layer, what, part)


def make(folder: Path) -> Iterator[str]:
    """Yield all lines of the file."""
    for feature in read(folder, "10m/physical/ne_10m_land"):
        yield from write_areas("land", "-", list_lines(feature["geometry"]))
    for feature in read(folder, "10m/physical/ne_10m_lakes"):
        if feature["properties"]["scalerank"] <= RANK:
            yield from write_areas("lake", str(feature["properties"]["scalerank"]), list_lines(feature["geometry"]))
    for feature in read(folder, "10m/physical/ne_10m_rivers_lake_centerlines"):
        about = feature["properties"]
        if about["scalerank"] <= RANK and about["featurecla"] == "River":
            for line in list_lines(feature["geometry"]):
                yield from write("river", str(int(about["scalerank"])), simplify(line))
    borders: dict[str, list[list[Point]]] = {"firm": [], "open": []}
    for feature in read(folder, "10m/cultural/ne_10m_admin_0_boundary_lines_land"):
        kind = feature["properties"]["featurecla"]
        if not kind.startswith(("Overlay", "Lease")) and feature["properties"]["type"] != "Water Indicator":
            borders["firm" if kind.startswith("International") else "open"] += list_lines(feature["geometry"])
    for what, lines in borders.items():
        for line in join(lines):
            yield from write("border", what, simplify(line))
    for feature in read(folder, "110m/cultural/ne_110m_admin_0_countries"):
        code = {k.upper(): v for k, v in feature["properties"].items()}["ISO_A2"]
        if code != "-99":
            for ring in list_lines(feature["geometry"]):
                if find_area(ring) > 0.1:
                    yield from write("country", code, ring)


def main() -> None:
    """Write the file."""
    lines = sorted(make(Path(sys.argv[1])))
    TARGET.write_text("\n".join(lines) + "\n", encoding="ascii", newline="\n")


if __name__ == "__main__":
    main()
