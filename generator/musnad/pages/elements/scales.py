"""Figures drawn on one scale: places along it as shares of its width, in the direction in which the page is read.

What is hedged is drawn so: about as a broken ring, a bound as a line that is open at one end, ranges as bars.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Literal

from musnad.pages.elements.composer import Composer
from musnad.records.model import Comparator, Figure, Quantity
from musnad.text.languages import find_direction

Way = Literal["left", "right"]
TICKS = 4
_EDGE, _WIDTH = Decimal(6), Decimal(88)
_STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
_BELOW: frozenset[Comparator] = frozenset({"up-to", "less-than", "not-more-than"})
_ABOVE: frozenset[Comparator] = frozenset({"at-least", "more-than"})
_BROKEN: frozenset[Comparator] = frozenset({"about", "nearly", "vague"})


@dataclass(frozen=True, slots=True)
class Point:
    """A number on the scale, at so many hundredths of its width."""

    at: Decimal
    is_broken: bool = False
    """No more exact than its hedge, or computed."""
    kind: Literal["number", "bound", "source"] = "number"


@dataclass(frozen=True, slots=True)
class Stretch:
    """What lies between two numbers, or beyond one."""

    start: Decimal
    end: Decimal
    kind: Literal["bar", "frame", "line"]
    """Frames are of what is not firm."""
    arrow: Way | None = None
    """Where it goes on, at its end."""
    sign: str = ""

    @property
    def left(self) -> Decimal:
        """Where it begins, seen from the left."""
        return min(self.start, self.end)

    @property
    def width(self) -> Decimal:
        """How long it is."""
        return abs(self.end - self.start)

    @property
    def middle(self) -> Decimal:
        """Where its sign stands."""
        return (self.start + self.end) / 2


@dataclass(frozen=True, slots=True)
class Mark:
    """One quantity on a scale."""

    points: tuple[Point, ...]
    stretches: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Tick:
    """A round number, or a date, along the scale."""

    at: Decimal
    text: str


class Line:
    """A line from one number to another, in the direction of reading or, mirrored, against it."""

    def __init__(self, low: Decimal, high: Decimal, *, is_mirrored: bool) -> None:
        self._low, self._high, self._is_mirrored = low, high, is_mirrored

    def place(self, number: Decimal) -> Decimal:
        """Return where a number stands, in hundredths of the width."""
        return self._show(_EDGE + _WIDTH * (number - self._low) / (self._high - self._low))

    def open(self, number: Decimal, way: Way) -> Stretch:
        """Return what lies beyond a number, up to the edge."""
        edge = self._show(Decimal(1) if way == "left" else Decimal(99))
        return Stretch(self.place(number), edge, "line", self.direct(way))

    def direct(self, way: Way) -> Way:
        """Return the way on the page."""
        return ("left" if way == "right" else "right") if self._is_mirrored else way

    def _show(self, at: Decimal) -> Decimal:
        return round(100 - at if self._is_mirrored else at, 2)


class Scale(Line):
    """Even steps from zero, or from below it, to a round number that none of the figures is above."""

    def __init__(self, numbers: Iterable[Decimal], *, is_mirrored: bool) -> None:
        found = [Decimal(0), *numbers]
        self._step = _find_step(max(found) - min(found))
        low, high = (end / self._step for end in (min(found), max(found)))
        low = low.to_integral_value(ROUND_FLOOR) * self._step
        high = max(high.to_integral_value(ROUND_CEILING) * self._step, low + self._step)
        super().__init__(low, high, is_mirrored=is_mirrored)

    def list_ticks(self, composer: Composer) -> tuple[Tick, ...]:
        """Return the round numbers."""
        count = int((self._high - self._low) / self._step)
        numbers = (_plain(self._low + self._step * n) for n in range(count + 1))
        return tuple(Tick(self.place(number), composer.words.number(number)) for number in numbers)

    def mark(self, quantity: Quantity, *, is_computed: bool) -> Mark:
        """Return how a quantity is drawn."""
        figures = [figure for figure in quantity.figures if figure.path[-1] != "by"]
        points = tuple(self._make_point(figure, is_computed) for figure in figures)
        stretches = [stretch for figure in figures for stretch in self._open(figure, len(figures) == 1)]
        if quantity.range and len(points) == 2:
            stretches.append(Stretch(points[0].at, points[1].at, "bar"))
        elif len(points) == 2:
            stretches.append(Stretch(points[0].at, points[1].at, "line", self._turn(figures)))
        return Mark(points, tuple(stretches))

    def _make_point(self, figure: Figure, is_computed: bool) -> Point:
        kind: Literal["number", "bound"] = "bound" if figure.comparator in _BELOW | _ABOVE else "number"
        return Point(self.place(figure.number), is_computed or figure.comparator in _BROKEN, kind)

    def _open(self, figure: Figure, is_alone: bool) -> Iterator[Stretch]:
        """Yield what lies beyond a bound; between two numbers nothing goes on."""
        if is_alone and figure.comparator in _BELOW:
            yield self.open(figure.number, "left")
        if is_alone and figure.comparator in _ABOVE:
            yield self.open(figure.number, "right")

    def _turn(self, figures: Sequence[Figure]) -> Way:
        return self.direct("right" if figures[1].number > figures[0].number else "left")


def make_scale(composer: Composer, numbers: Iterable[Decimal]) -> Scale:
    """Return a scale that runs as the language does."""
    return Scale(numbers, is_mirrored=find_direction(composer.lang) == "rtl")


def _find_step(span: Decimal) -> Decimal:
    """Return a round step that goes into a span a few times."""
    if not span:
        return Decimal(1)
    power = Decimal(1).scaleb((span / TICKS).adjusted())
    return next(power * step for step in _STEPS if power * step * TICKS >= span)


def _plain(number: Decimal) -> Decimal:
    return Decimal(format(number.normalize(), "f"))
