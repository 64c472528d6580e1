"""Characters that are not what they seem: unseen ones, letters of another script, shapes and quotation marks."""

import re
import unicodedata
from collections.abc import Iterator

_PLANES = range(0x10000, 0x110000, 0x10000)
STRANGE_SPACE = re.compile("[\u00a0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000\ufeff]")
"""What looks like a space or like nothing, and is no space to a computer."""
UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_CONTROL = "\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f"
_NO_CHARACTER = "\ufdd0-\ufdef\ufffe\uffff" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in _PLANES
)
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f"
)
NO_TEXT = re.compile(f"[{_CONTROL}{_NO_CHARACTER}]|[{_MARKS}]{{8,}}")
"""What no text has: controls but the tab and the end of a line, codes of no character, marks piled over other lines."""
_UNPRINTABLE = re.compile(f"[{_CONTROL}\t\n\u2028-\u202e\u2066-\u2069]")
LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
GREEK_OR_CYRILLIC = re.compile("[\u0370-\u03ff\u0400-\u052f\u1f00-\u1fff]")
LOOK_LATIN = re.compile("[аеорсухіјѕһԁԛԝАВЕКМНОРСТХУІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧο]+")
_WORD = re.compile(r"[^\W\d_]+")
# Shapes of letters by their place in a word, but for signs of honour and brackets; letters of Persian, Urdu and Kurdish
# for which Arabic has its own; Persian digits.
_NOT_ARABIC = re.compile(
    "[\ufb50-\ufd3d\ufd40-\ufdf9\ufdfe\ufdff\ufe70-\ufefc\u06a9\u06aa\u06be\u06c0-\u06c3\u06cc\u06d2\u06d3\u06d5\u06f0-\u06f9]"
)
PERSIAN = re.compile("[پچژگڤکیەۆێڕڵ]")
# Parts a word of Persian, Kurdish or Urdu, and belongs to its spelling.
_ZWNJ = "\u200c"
_QUOTED = re.compile("[“”„‟][^“”„‟]*[“”„‟]|[‘’‚‛][^‘’‚‛]*[‘’‚‛]", re.DOTALL)


def make_printable(text: str) -> str:
    """Return a text on one line that does nothing to a terminal, or to whoever reads what a program prints."""
    return _UNPRINTABLE.sub("\ufffd", text)


def find_unseen(text: str) -> Iterator[tuple[str, str]]:
    """Yield each invisible character that no spelling wants, as Unicode names it, and the word it stands in or at."""
    if text.isascii() or not UNSEEN.search(text):
        return
    whole = UNSEEN.sub("", text).strip()[:20]
    for part in text.split(" "):
        word = UNSEEN.sub("", part)
        is_persian = bool(PERSIAN.search(word))
        for match in UNSEEN.finditer(part):
            before, after = part[max(0, match.start() - 1) : match.start()], part[match.end() : match.end() + 1]
            if match[0] == _ZWNJ and is_persian and before.isalpha() and after.isalpha():
                continue
            yield f"U+{ord(match[0]):04X} {unicodedata.name(match[0], '')}".strip(), word or whole


def find_mixed(text: str) -> Iterator[str]:
    """Yield each word in which Latin letters stand beside Greek or Cyrillic ones, or that only looks Latin."""
    if text.isascii() or not GREEK_OR_CYRILLIC.search(text) or not LATIN.search(text):
        return
    for word in _WORD.findall(text):
        if GREEK_OR_CYRILLIC.search(word) and (LATIN.search(word) or LOOK_LATIN.fullmatch(word)):
            yield word


def find_not_arabic(text: str) -> Iterator[str]:
    """Yield each word with a letter, a shape of a letter or a digit that Arabic is not written with."""
    if _NOT_ARABIC.search(text):
        yield from (word for word in text.split() if _NOT_ARABIC.search(word))


def is_in_curly_quotes(text: str) -> bool:
    """Whether all of a text stands between typographic quotation marks, which are none to YAML."""
    return not text.isascii() and _QUOTED.fullmatch(text) is not None


def has_open_quotes(text: str) -> bool:
    """Whether a quotation is opened and not closed, or closed and not opened."""
    return ("„" not in text and text.count("“") != text.count("”")) or text.count("«") != text.count("»")
