"""The ground that places are drawn on: land, water, borders, names of countries, degrees and a scale. No markup."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from babel import Locale

from musnad.earth.base import Base, read_base
from musnad.earth.extent import Extent, Frame, Spot
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.placing import estimate_width, find_room
from musnad.records.problems import N_

WIDTH = 800
FINE = 10
"""Parts of a unit that paths are written in."""
NEAR = 8
"""Parts of a unit; nearer points of a line are left out."""
DEGREES = (0.25, 0.5, 1, 2, 5, 10, 20, 30, 45)
MOST_LINES = 7
FAR = 25
"""Degrees."""
EDGE = 50
"""Units at the upper and the lower side that are left to numbers."""
KILOMETRES = 111.32
"""To a degree of latitude."""
KILOMETRES_TOLD = N_("{n} km")
LENGTHS = tuple(Decimal(step) * 10**power for power in range(4) for step in (1, 2, 5))


@dataclass(frozen=True, slots=True)
class Note:
    """A word or number on the ground."""

    text: str
    x: float
    y: float
    width: float = 0
    """Units that it takes."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Paths are SVG's, in tenths of a unit."""

    extent: Extent
    is_far: bool
    """So wide that borders are many."""
    width: int
    height: int
    land: str
    coasts: str
    lakes: str
    rivers: str
    borders: str
    open_borders: str
    grid: str
    meridians: tuple[Note, ...]
    parallels: tuple[Note, ...]
    countries: tuple[Note, ...]
    kilometres: float
    """To a unit."""
    scale: Note
    """Its width is that of the bar."""
    pattern: str
    digits: str
    """How lengths are told, and with which digits from 0 to 9."""


def draw_ground(composer: Composer, frame: Frame, place_ids: Iterable[str]) -> Ground:
    """Draw the ground of an extent; a country that is a place of the record is called as that is."""
    base = read_base(frame.extent)
    step = next((d for d in DEGREES if (frame.extent.east - frame.extent.west) / d <= MOST_LINES), DEGREES[-1])
    meridians = _list_degrees(frame.extent.west, frame.extent.east, step)
    parallels = _list_degrees(frame.extent.south, frame.extent.north, step)
    feet = [Spot(degrees, frame.extent.south) for degrees in meridians]
    sides = [Spot(frame.extent.west, degrees) for degrees in parallels]
    lines = [[foot, Spot(foot.longitude, frame.extent.north)] for foot in feet]
    lines += [[side, Spot(frame.extent.east, side.latitude)] for side in sides]
    told = composer.words
    kilometres = KILOMETRES / frame.scale
    length = max((d for d in LENGTHS if float(d) / kilometres <= frame.width / 4), default=LENGTHS[0])
    return Ground(
        extent=frame.extent,
        is_far=frame.extent.east - frame.extent.west > FAR,
        width=WIDTH,
        height=round(frame.height),
        land=_write(frame, base.land, "z"),
        coasts=_write(frame, base.coasts),
        lakes=_write(frame, base.lakes, "z"),
        rivers=_write(frame, base.rivers),
        borders=_write(frame, base.borders),
        open_borders=_write(frame, base.open_borders),
        grid=_write(frame, lines),
        meridians=tuple(_note_degrees(composer, frame, foot.longitude, foot, told.longitude) for foot in feet),
        parallels=tuple(_note_degrees(composer, frame, side.latitude, side, told.latitude) for side in sides),
        countries=tuple(_name_countries(composer, frame, base, place_ids)),
        kilometres=kilometres,
        scale=Note(
            composer.words.fill(KILOMETRES_TOLD, n=composer.words.number(length)),
            0,
            0,
            round(float(length) / kilometres, 1),
        ),
        pattern=composer.words.gettext(KILOMETRES_TOLD),
        digits=composer.words.figures("0123456789"),
    )


def _list_degrees(low: float, high: float, step: float) -> list[float]:
    # Not at the very sides, where no number has room.
    room = (high - low) / 30
    return [n * step for n in range(int(low // step), int(high // step) + 1) if low + room < n * step < high - room]


def _note_degrees(composer: Composer, frame: Frame, degrees: float, spot: Spot, tell: Callable[[Decimal], str]) -> Note:
    """Tell degrees at the side of the picture; which half of the Earth it is only in the west and in the south."""
    value = Decimal(str((degrees + 180) % 360 - 180)).normalize() + 0
    x, y = frame.project(spot)
    text = tell(value) if value < 0 else f"{composer.words.number(value)}°"
    return Note(text, round(x, 1), round(y, 1))


def _name_countries(composer: Composer, frame: Frame, base: Base, place_ids: Iterable[str]) -> Iterable[Note]:
    """Yield names that have room in the part of their country that is seen."""
    names, english = Locale.parse(composer.lang).territories, Locale.parse("en").territories
    places = map(composer.catalogue.entities.__getitem__, place_ids)
    own = {place.name("en"): place.name(composer.lang) for place in places}
    largest: dict[str, tuple[float, float, float]] = {}
    for code, ring in base.countries:
        room = find_room(frame.project_line(ring), EDGE, frame.height - EDGE)
        if room[2] > largest.get(code, (0, 0, 0))[2]:
            largest[code] = room
    for code, (x, y, length) in sorted(largest.items()):
        name = own.get(english.get(code, ""), names.get(code, ""))
        width = estimate_width(name)
        if name and width < length:
            yield Note(name, round(x, 1), round(y, 1), round(width, 1))


def _write(frame: Frame, lines: Iterable[Sequence[Spot]], end: str = "") -> str:
    """Return lines as a path: each begins anew, each point from the one before."""
    made = []
    last = (0, 0)
    for line in lines:
        points = [(round(x * FINE), round(y * FINE)) for x, y in frame.project_line(line)]
        kept = [points[0]]
        for x, y in points[1:-1]:
            if abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= NEAR:
                kept.append((x, y))
        kept += points[-1:] if points[-1] != kept[-1] else []
        if len(kept) < 2:
            continue
        made.append(f"m{kept[0][0] - last[0]} {kept[0][1] - last[1]}")
        made.append("l" + " ".join(f"{bx - ax} {by - ay}" for (ax, ay), (bx, by) in pairwise(kept)) + end)
        last = kept[0] if end else kept[-1]
    return "".join(made)
