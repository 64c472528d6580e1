"""Text fragments: addresses that lead a browser to words on a page, and where a browser finds these words.

Source: https://wicg.github.io/scroll-to-text-fragment/
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import quote

from musnad.text.bidi import strip_marks
from musnad.text.digest import fold_passage


class Marks(NamedTuple):
    """The words that a passage begins and ends with, and those that stand before it."""

    starts: str
    ends: str | None = None
    before: str | None = None

    def join(self) -> "Marks":
        """Return marks of which the second begins after the first: those that share words become one."""
        first, last = self.starts.split(), (self.ends or "").split()
        if any(first[at : at + len(last)] == last for at in range(len(first) - len(last) + 1)):
            return self._replace(ends=None)
        shared = next((n for n in range(min(len(first), len(last)), 0, -1) if first[-n:] == last[:n]), 0)
        return self._replace(starts=" ".join([*first, *last[shared:]]), ends=None) if shared else self


def add_fragment(address: str, marks: Marks) -> str:
    """Return an address that leads to a passage; a fragment that the address has stays, a directive does not."""
    page, _, fragment = address.partition("#")
    before, joined = marks.before, marks.join()
    terms = [f"{_encode(before)}-"] if before else []
    terms += [_encode(words) for words in (joined.starts, joined.ends) if words]
    return f"{page}#{fragment.partition(':~:')[0]}:~:text={','.join(terms)}"


def _encode(words: str) -> str:
    # A bare hyphen, comma or ampersand has a meaning of its own in a directive.
    return quote(words, safe="").replace("-", "%2D")


class Spot(NamedTuple):
    """A stretch of one paragraph, which is counted from 0; offsets are those of its folded text."""

    paragraph: int
    start: int
    end: int


def fold_searched(text: str) -> str:
    """Return a text as browsers compare it: without marks and case, with single spaces."""
    return strip_marks(fold_passage(text)).casefold()


def find_passage(paragraphs: Sequence[str], marks: Marks) -> tuple[Spot, Spot] | None:
    """Return where in folded paragraphs a browser finds the first and the last words; None where it does not."""
    joined = marks.join()
    start = next(find_term(paragraphs, joined.starts, before=marks.before), None)
    if start is None or joined.ends is None:
        return start and (start, start)
    end = next(find_term(paragraphs, joined.ends, after=start), None)
    return end and (start, end)


def find_term(
    paragraphs: Sequence[str], words: str, *, before: str | None = None, after: Spot | None = None
) -> Iterator[Spot]:
    """Yield where words stand as whole words, in reading order; ``before`` right before them, all ``after`` a spot."""
    term = _whole(fold_searched(words))
    pattern = re.compile(rf"{_whole(fold_searched(before))}\s+({term})" if before else f"({term})")
    for number, text in enumerate(paragraphs):
        if after is None or number >= after.paragraph:
            begin = after.end if after is not None and number == after.paragraph else 0
            yield from (Spot(number, *match.span(1)) for match in pattern.finditer(text, begin))


def _whole(term: str) -> str:
    """Return a pattern for a term that neither begins nor ends within a word."""
    begin = r"(?<!\w)" if term[:1].isalnum() else ""
    end = r"(?!\w)" if term[-1:].isalnum() else ""
    return f"{begin}{re.escape(term)}{end}"
