"""Place labels beside marks so that none lies over another, with widths that are safely estimated.

Lengths are in units of the picture; a label is ``unit`` times as large as its font size says.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

Anchor = Literal["start", "middle", "end"]
SIZE = 14
"""Of letters."""
LINE = 24
_WIDE, _ARABIC, _OTHER = 0.74, 0.6, 0.6
"""Of a letter's size: what capitals, Arabic letters and others take at most on average in bold Plex."""


class Mark(NamedTuple):
    """What a label belongs to."""

    x: float
    y: float
    radius: float
    """In letters' units, not those of the picture."""
    text: str
    number: str
    """Stands there where the text does not fit; or empty."""
    is_area: bool = False
    """Has its name in its middle."""


class Label(NamedTuple):
    """A text and where it stands, from its mark, in letters' units; left and right are never mirrored."""

    text: str
    x: float
    y: float
    anchor: Anchor
    is_number: bool = False


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "_Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def estimate_width(text: str, size: float = SIZE) -> float:
    """Return how wide a text is at most."""
    return size * sum(map(_estimate_letter, text))


def _estimate_letter(letter: str) -> float:
    if unicodedata.category(letter) in ("Mn", "Cf"):
        return 0
    if "\u0600" <= letter <= "\u06ff":
        return _ARABIC
    return _WIDE if letter.isupper() else _OTHER


def place_labels(marks: Sequence[Mark], unit: float, room: tuple[float, float], *, is_rtl: bool) -> list[Label | None]:
    """Return the label of each mark, the first ones first; nothing where not even the number fits."""
    inside = _Box(0, 0, *room)
    taken = [_box_mark(mark, unit) for mark in marks if not mark.is_area]
    labels: list[Label | None] = []
    own = iter(range(len(taken)))
    for mark in marks:
        at = None if mark.is_area else next(own)
        found = None
        for label in _list_candidates(mark, is_rtl):
            box = _box_label(mark, label, unit)
            is_free = not any(box.meets(other) for n, other in enumerate(taken) if n != at)
            if (
                is_free
                and inside.left <= box.left
                and box.right <= inside.right
                and inside.top <= box.top
                and box.bottom <= inside.bottom
            ):
                found = label
                taken.append(box)
                break
        labels.append(found)
    return labels


def _list_candidates(mark: Mark, is_rtl: bool) -> Iterator[Label]:
    for text, is_number in ((mark.text, False), (mark.number, True)):
        if not text:
            continue
        if mark.is_area:
            # Where its name has no room in the middle, it may stand some lines above or below.
            yield from (Label(text, 0, SIZE * 0.35 + n * LINE, "middle", is_number) for n in (0, -1, 1, -2, 2, -3, 3))
            continue
        beside = mark.radius + 4
        right, left = (
            Label(text, beside, SIZE * 0.35, "start", is_number),
            Label(text, -beside, SIZE * 0.35, "end", is_number),
        )
        yield from (left, right) if is_rtl else (right, left)
        yield Label(text, 0, -beside, "middle", is_number)
        yield Label(text, 0, beside + SIZE * 0.8, "middle", is_number)


def _box_mark(mark: Mark, unit: float) -> _Box:
    reach = mark.radius * unit
    return _Box(mark.x - reach, mark.y - reach, mark.x + reach, mark.y + reach)


def _box_label(mark: Mark, label: Label, unit: float) -> _Box:
    width = estimate_width(label.text) * unit
    left = {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
    x, y = mark.x + label.x * unit - left, mark.y + label.y * unit
    around = unit * (SIZE if mark.is_area else 1)
    return _Box(x - around, y - SIZE * unit, x + width + around, y + SIZE * 0.4 * unit)


def find_room(
    ring: Sequence[tuple[float, float]], high: float, low: float, rows: int = 24
) -> tuple[float, float, float]:
    """Return the middle and the length of the longest level stretch inside a ring, where a name has most room."""
    top, bottom = max(high, min(y for _, y in ring)), min(low, max(y for _, y in ring))
    best = (0.0, 0.0, 0.0)
    for row in range(1, rows):
        y = top + (bottom - top) * row / rows
        crossed = sorted(
            ax + (y - ay) / (by - ay) * (bx - ax)
            for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True)
            if (ay > y) != (by > y)
        )
        for left, right in zip(crossed[::2], crossed[1::2], strict=False):
            # Of stretches nearly as long the one nearer to the middle.
            value = (right - left) * (1 - abs(row / rows - 0.5) / 2)
            if top < bottom and value > best[2]:
                best = ((left + right) / 2, y, value)
    return best
