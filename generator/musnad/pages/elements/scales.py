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

    at: str
    is_broken: bool = False
    """No more exact than its hedge, or computed."""
    is_bound: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """What lies between two numbers, or beyond one."""

    start: str
    end: str
    kind: Literal["bar", "line"]
    arrow: Way | None = None
    """Where it goes on, at its end."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One quantity on a scale."""

    points: tuple[Point, ...]
    stretches: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Tick:
    """A round number below the scale."""

    at: str
    text: str


class Scale:
    """Even steps from zero, or from below it, to a round number that none of the figures is above."""

    def __init__(self, numbers: Iterable[Decimal], *, is_mirrored: bool) -> None:
        found = [Decimal(0), *numbers]
        self._is_mirrored = is_mirrored
        self._step = _find_step(max(found) - min(found))
        low, high = (end / self._step for end in (min(found), max(found)))
        self._low = low.to_integral_value(ROUND_FLOOR) * self._step
        self._high = max(high.to_integral_value(ROUND_CEILING) * self._step, self._low + self._step)

    def place(self, number: Decimal) -> str:
        """Return where a number stands, in hundredths of the width."""
        return self._show(_EDGE + _WIDTH * (number - self._low) / (self._high - self._low))

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
        is_bound = figure.comparator in _BELOW | _ABOVE
        return Point(self.place(figure.number), is_computed or figure.comparator in _BROKEN, is_bound)

    def _open(self, figure: Figure, is_alone: bool) -> Iterator[Stretch]:
        """Yield what lies beyond a bound; between two numbers nothing goes on."""
        if is_alone and figure.comparator in _BELOW:
            yield Stretch(self.place(figure.number), self._show(Decimal(1)), "line", self._direct("left"))
        if is_alone and figure.comparator in _ABOVE:
            yield Stretch(self.place(figure.number), self._show(Decimal(99)), "line", self._direct("right"))

    def _turn(self, figures: Sequence[Figure]) -> Way | None:
        return self._direct("right" if figures[1].number > figures[0].number else "left")

    def _direct(self, way: Way) -> Way:
        return ("left" if way == "right" else "right") if self._is_mirrored else way

    def _show(self, at: Decimal) -> str:
        return f"{round(100 - at if self._is_mirrored else at, 2)}%"


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
