"""The base of the map: what of the Earth is in an extent, cut at its sides, and where it lies on a picture."""

import math
from collections.abc import Sequence
from itertools import pairwise

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from musnad.earth.base import FILE, SQUARE, STEPS, cut_line, read_base
from musnad.earth.extent import Extent, Frame, Spot

SYRIA = Extent(35.5, 32.2, 42.5, 37.4)
FIJI = Extent.make(176, -20, -178, -15)


def decode(written: str) -> list[tuple[int, int]]:
    """Read points as ``vendor/earth.py`` writes them, in another way than the program does."""
    groups: list[list[int]] = [[]]
    for letter in written:
        bits = ord(letter) - 63
        groups[-1].append(bits % 32)
        if bits < 32:
            groups.append([])
    numbers = [sum(bits * 32**place for place, bits in enumerate(group)) for group in groups[:-1]]
    steps = [-(number + 1) // 2 if number % 2 else number // 2 for number in numbers]
    return [(sum(steps[0 : n + 1 : 2]), sum(steps[1 : n + 2 : 2])) for n in range(0, len(steps), 2)]


def test_file_is_whole() -> None:
    """Each line lies on Earth and within the bounds it states; countries are those of CLDR."""
    names = Locale("en").territories
    lines = [line.split(" ") for line in FILE.read_text(encoding="ascii").splitlines()]
    assert {layer for layer, *_ in lines} == {"land", "lake", "river", "border", "country"}
    for layer, what, *bounds, written in lines[::7]:
        xs, ys = zip(*decode(written), strict=True)
        assert [min(xs), min(ys), max(xs), max(ys)] == list(map(int, bounds))
        assert max(map(abs, xs)) <= 180 * STEPS
        assert max(map(abs, ys)) <= 90 * STEPS
        assert layer != "country" or what in names


def test_what_lies_in_an_extent() -> None:
    """The Euphrates passes both towns, the sea is in the west, and the line in the Golan is an open one."""
    base = read_base(SYRIA)
    rivers = [spot for river in base.rivers for spot in river]
    for town in (Spot(40.56, 34.92), Spot(40.92, 34.45)):
        assert min(math.dist(town, spot) for spot in rivers) < 0.2
    assert all(spot.longitude < 36.5 for coast in base.coasts for spot in coast)
    assert any(35.6 < x < 36 and 32.7 < y < 33.3 for line in base.open_borders for x, y in line)
    assert {"SY", "IQ", "TR", "JO", "LB"} <= {code for code, _ in base.countries}
    for lines in (base.land, base.coasts, base.lakes, base.rivers, base.borders, base.open_borders):
        for x, y in (spot for line in lines for spot in line):
            assert 35.5 - 1e-9 <= x <= 42.5 + 1e-9
            assert 32.2 - 1e-9 <= y <= 37.4 + 1e-9


def test_extent_over_the_line_of_dates() -> None:
    """Both halves of Fiji lie side by side, with no coast along the line they were cut at."""
    longitudes = [spot.longitude for ring in read_base(FIJI).land for spot in ring]
    assert min(longitudes) < 179
    assert max(longitudes) > 180.5
    assert not any(
        one.longitude == other.longitude and round(one.longitude * STEPS) % SQUARE == 0
        for coast in read_base(FIJI).coasts
        for one, other in pairwise(coast)
    )
    assert FIJI.reach(Spot(-179, -17)) == Spot(181, -17)
    assert FIJI.reach(Spot(170, -17)) is None


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ([(0, 5), (20, 5)], [[(0, 5), (10, 5)]]),
        ([(2, 2), (8, 8)], [[(2, 2), (8, 8)]]),
        ([(-5, 5), (5, 15), (15, 5)], []),
        ([(-2, 5), (2, 5), (2, 12), (4, 12), (4, 5)], [[(0, 5), (2, 5), (2, 10)], [(4, 10), (4, 5)]]),
    ],
    ids=["one end out", "all in", "around a corner", "out and in again"],
)
def test_line_is_cut(line: Sequence[tuple[float, float]], parts: list[list[tuple[float, float]]]) -> None:
    """What is outside is left out, and what comes back begins a new line."""
    assert [list(part) for part in cut_line([Spot(*spot) for spot in line], Extent(0, 0, 10, 10))] == parts


@given(st.lists(st.tuples(st.floats(-170, 170), st.floats(-80, 80)), min_size=1, max_size=9))
def test_extent_found_by_itself_shows_all_spots(found: list[tuple[float, float]]) -> None:
    """With room around, in a picture that is neither too flat nor too tall, and each spot on it."""
    spots = [Spot(*spot) for spot in found]
    extent = Extent.around(spots)
    assert extent is not None
    frame = Frame(extent.fit(0.5, 1.2), 800)
    for spot in spots:
        reached = frame.extent.reach(spot)
        assert reached is not None
        x, y = frame.project(reached)
        assert 0 <= x <= 800
        assert 0 <= y <= frame.height


def test_picture_is_true_to_scale_in_its_middle() -> None:
    """A hundred kilometres are as long to the east as to the north, as on a sphere."""
    frame = Frame(SYRIA, 800)
    middle = 34.8
    east = 100 / (111.32 * math.cos(math.radians(middle)))
    (ax, ay), (bx, by), (cx, cy) = (
        frame.project(Spot(*spot)) for spot in ((39, middle), (39 + east, middle), (39, middle + 100 / 111.32))
    )
    assert bx - ax == pytest.approx(ay - cy)
    assert (ay, ax) == (by, cx)
