"""Text fragments: addresses that lead a browser to words on a page, and where a browser finds these words.

Source: https://wicg.github.io/scroll-to-text-fragment/
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from musnad.text.bidi import strip_marks
from musnad.text.digest import fold_passage

_YOUTUBE = frozenset({"youtube.com", "music.youtube.com", "youtu.be", "youtube-nocookie.com"})
_PARAMETER = re.compile(r"[A-Za-z]+=[^/]*$")


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


def lead_to_page(address: str, page: int) -> str:
    """Return an address that opens a PDF at a page, counted from 1 (RFC 8118)."""
    return _add_parameter(address, "page", str(page))


def lead_to_time(address: str, seconds: int) -> str:
    """Return an address that starts a recording at a time: a media fragment, or what YouTube takes in its place.

    Source: https://www.w3.org/TR/media-frags/
    """
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    if host not in _YOUTUBE:
        return _add_parameter(address, "t", str(seconds))
    name = "start" if parts.path.startswith("/embed/") else "t"
    query = [item for item in parse_qsl(parts.query, keep_blank_values=True) if item[0] not in ("t", "start")]
    return urlunsplit(parts._replace(query=urlencode([*query, (name, str(seconds))])))


def _add_parameter(address: str, name: str, value: str) -> str:
    """Add a parameter to the fragment; one that has none is the site's own, and stays as it is."""
    page, _, fragment = address.partition("#")
    given = fragment.split("&") if fragment else []
    if not all(map(_PARAMETER.match, given)):
        return address
    kept = [item for item in given if item.partition("=")[0] != name]
    return f"{page}#{'&'.join([*kept, f'{name}={value}'])}"


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
