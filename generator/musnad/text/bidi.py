"""Runs of a text that are read in the other direction, so that each can be isolated.

In Arabic these are words of another script with the numbers, brackets, quotes and commas between them, and numbers
that hold signs: coordinates, ranges, dates, telephone numbers. Whole numbers (34.452, 3:45, 1/2) come out right by
themselves, and Arabic digits follow the Arabic text. In English they are Arabic words likewise.

Direction marks a reader sees no reason for reorder what follows them; isolates do not.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from musnad.text.languages import Lang

Direction = Literal["ltr", "rtl"]
DIRECTIONS: dict[Lang, Direction] = {"ar": "rtl", "en": "ltr"}
FSI, PDI = "\u2068", "\u2069"
# Letters that decide: Arabic blocks against Latin ones. Digits belong to neither.
ARABIC = "\u0600-\u065f\u066a-\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
LATIN = "A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff"
_HAS_LATIN = re.compile(f"[{LATIN}]")
# Controls that would leak out of our isolates.
_CONTROLS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]")

# Brackets and quotes: a run has both of a pair, or neither.
_PAIRS = {"(": ")", "[": "]", "{": "}", "«": "»", "‹": "›", "“": "”", '"': '"'}
_EDGES = r"()\[\]{}«»‹›“”\""
# 34°27′07"N has no quotes.
_EDGE = re.compile(rf'[{_EDGES}](?:(?<!\d")|(?!\w))')


def _any(*patterns: str) -> str:
    return f"(?:{'|'.join(patterns)})"


# In Arabic text: whatever is no letter, digit or comma of a script written from right to left.
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_HAS_LTR = re.compile(rf"[^\W{_RTL}]")
_LETTER = re.compile(rf"[^\W\d_{_RTL}]")
_INSIDE = rf"[^\s{_RTL}{_EDGES}]"
# A hyphen after a letter is no minus, unless the letter is a particle.
_START = _any(r"""(?<![^\s(\[{«“‘"'،ـ])""", r"(?<=\s[وفبكل])")
_FIRST_SIGN = _any(
    r"[-–](?=[\d.$€£])",
    r"--(?=\w)",
    r"[+±~≈<>≤≥]+",
    r"\*?\.(?=\w)",  # .NET, *.txt
    r"\.{1,2}/",
    rf"/(?=[^\s{_RTL}]+/)",
)
_SIGNS = rf"(?:{_START}{_FIRST_SIGN})?(?:[#@−$€£¥₺₪№]|[$€£¥₺₪№]\s(?=\d))*"
_END = _any(
    rf"(?<=[^\W{_RTL}])",
    r"(?<=[\u0300-\u036f%‰°′″+#®™©$€£¥₺₪])",
    r"(?<=/)(?!\w)",
    r"(?<=\.[A-Za-z]\.)",  # U.S.
    rf"(?<=\w['’])(?=\s+[^\W{_RTL}])",  # Farmers’ Union
)
_ADDRESS = r"""(?:https?://|www\.)(?:[^\s«»“”"،؛؟()<>]|\([^\s()]*\))+(?<=[\w/)=&%#+~-])"""
_QUOTED = rf"(?<!\w)['‘](?!\s)[^'‘’{_RTL}{_EDGES}]+(?<!\s)['’](?!\w)"
_WORD = _any(_ADDRESS, _QUOTED, rf"{_SIGNS}[^\W{_RTL}]{_INSIDE}*{_END}(?:(?<=\d)\s[%‰°$€£¥₺₪](?!\w))?")
_ABBREVIATED = _any(*(rf"(?<=\b[A-Za-z]{rest}\.)" for rest in ("", "[a-z]", "[a-z][a-z]")))
# Two letters or two numbers are held together by more than a letter and a number, which may belong to the Arabic words.
_SPACE = _any(
    r",?\s+",
    rf"\.{_ABBREVIATED}\s+",  # No. 5
    r"(?<!\d)[.!?…;:]+\s+(?!\d)",
    r"(?<!\d)\s+[-–—/|&·•]\s+(?!\d)",
    r"(?<![^\W\d])\s+[-–—/|]\s+(?=[-+−$€£]?\d)",
    rf"\s+[-–—/|]\s+(?=[-+−$€£]?[\d.,:]+\s?[^\W\d_{_RTL}])",  # 10 AM - 11 AM
    r"\s+[+=×<>≤≥→]\s+",
    rf"[^\w\s{_RTL}{_EDGES}]+",
)
_CLOSE = rf"(?:[.,;:!?…]*[{_EDGES}])*+"
_LTR_RUN = re.compile(rf"(?![\s{_RTL}])[{_EDGES}]*+{_WORD}(?:{_CLOSE}{_SPACE}?[{_EDGES}]*+{_WORD})*+{_CLOSE}")
# Numbers without letters: lists, ranges and sums of them, and groups of digits as in a telephone number.
_NUMBER = rf"{_SIGNS}\d{_INSIDE}*{_END}(?:\s[%‰°$€£¥₺₪](?!\w))?"
_FIRST_DIGITS = _any(
    *(r"\+\d+", r"0\d+", r"\(\+?\d+\)(?=[\s./-]*\d)"),
    r"\d{1,3}(?=(?:\s\d{3})+(?!\d))",  # 10 000
    r"\d+(?=\s\d+\s\d)",
)
_DIGITS = rf"{_FIRST_DIGITS}(?:[\s./-]?\(\d+\)(?=[\s./-]*\d)|[\s./-]+\d+)+[%$€£]?(?!{_INSIDE})"
_NUMBERS = re.compile(rf"{_DIGITS}|{_NUMBER}(?:(?:,\s+|\s+[-–—/|+=×<>≤≥→]\s+){_NUMBER})*")
_WHOLE_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")

# In English text: Arabic words; Latin digits belong to them when glued to one or standing between two.
_ANY_ARABIC = f"{ARABIC}٠-٩۰-۹"
_HAS_ARABIC = re.compile(f"[{_ANY_ARABIC}]")
_RTL_WORD = rf"[#@]?(?:\d[\d.,:/%٪+-]*)?(?=\w)[{_ANY_ARABIC}][^\s{LATIN}{_EDGES}]*(?<=[{_ANY_ARABIC}\d%])"
_NO_WORD = rf"[^\s{LATIN}{_EDGES}{_ANY_ARABIC}]"
_RTL_SPACE = _any(
    rf"[،؛؟,;:.!?…]*\s+(?:[-–—/|&+=×·•→]\s+)?(?:\(?{_NO_WORD}*\d{_NO_WORD}*\)?\s+)*",
    rf"[^\w\s{_EDGES}]+",
)
_RTL_RUN = re.compile(
    rf"(?![\s{LATIN}])[{_EDGES}]*+{_RTL_WORD}(?:{_CLOSE}{_RTL_SPACE}?[{_EDGES}]*+{_RTL_WORD})*+{_CLOSE}"
)


class Run(NamedTuple):
    """A stretch of text; ``lang`` is set when it is in the other script, ``direction`` when it is to be isolated."""

    text: str
    lang: Lang | None = None
    direction: Direction | None = None


@lru_cache(maxsize=65536)
def split_runs(text: str, lang: Lang) -> tuple[Run, ...]:
    """Split a text of one language into its own runs and those to be isolated.

    Direction controls in the text are dropped: the runs take their place. Numbers with signs in an Arabic run are
    isolated in its text.
    """
    text = _CONTROLS.sub("", text)
    if not (_HAS_LTR if lang == "ar" else _HAS_ARABIC).search(text):
        return (Run(text),) if text else ()
    runs: list[Run] = []
    end = 0
    for start, stop, run in _find_ltr(text) if lang == "ar" else _find_rtl(text):
        if start > end:
            runs.append(Run(text[end:start]))
        runs.append(run)
        end = stop
    if end < len(text):
        runs.append(Run(text[end:]))
    return tuple(runs)


def _find_ltr(text: str) -> Iterator[tuple[int, int, Run]]:
    for start, end in _find_balanced(_LTR_RUN, text, 0, len(text)):
        if _LETTER.search(text, start, end):
            lang: Lang | None = "en" if _HAS_LATIN.search(text, start, end) else None
            yield start, end, Run(text[start:end], lang, "ltr")
            continue
        for number in _NUMBERS.finditer(text, start, end):
            if not _WHOLE_NUMBER.fullmatch(number.group()):
                yield *number.span(), Run(number.group(), None, "ltr")


def _find_rtl(text: str) -> Iterator[tuple[int, int, Run]]:
    for start, end in _find_balanced(_RTL_RUN, text, 0, len(text)):
        yield start, end, Run(isolate(text[start:end], "ar"), "ar", "rtl")


def _find_balanced(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where runs are, parted at brackets without their counterpart and without brackets round the whole."""
    for match in pattern.finditer(text, start, end):
        first, last = match.span()
        pairs, single = _match_edges(text, first, last)
        while pairs.get(first) == last - 1:
            first, last = first + 1, last - 1
        if not single and (first, last) == match.span():
            yield first, last
        else:
            for left, right in pairwise((first - 1, *single, last)):
                yield from _find_balanced(pattern, text, left + 1, right)


def _match_edges(text: str, start: int, end: int) -> tuple[dict[int, int], list[int]]:
    """Return brackets and quotes by the place of their counterpart, and the places of those that have none."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    single: list[int] = []
    for edge in _EDGE.finditer(text, start, end):
        partner = next((n for n in reversed(range(len(opened))) if _PAIRS[text[opened[n]]] == edge.group()), None)
        if partner is not None:
            pairs[opened[partner]] = edge.start()
            single += opened[partner + 1 :]
            del opened[partner:]
        elif edge.group() in _PAIRS:
            opened.append(edge.start())
        else:
            single.append(edge.start())
    return pairs, sorted(single + opened)


def isolate(text: str, lang: Lang) -> str:
    """Return plain text with each run that is read in the other direction between U+2068 and U+2069."""
    return "".join(f"{FSI}{run.text}{PDI}" if run.direction else run.text for run in split_runs(text, lang))


def enclose(text: str, lang: Lang) -> str:
    """Return plain text of one language for a place that belongs to neither."""
    return f"{FSI}{isolate(text, lang)}{PDI}"


def script_of(text: str) -> Lang | None:
    """Return the language whose script the text's letters mostly have, or None without such letters."""
    arabic = len(re.findall(f"[{ARABIC}]", text))
    latin = len(re.findall(f"[{LATIN}]", text))
    if not arabic and not latin:
        return None
    return "ar" if arabic >= latin else "en"


def strip_marks(text: str) -> str:
    """Return the text without combining marks and tatweel, in NFC."""
    decomposed = unicodedata.normalize("NFD", text)
    kept = (c for c in decomposed if not unicodedata.combining(c) and c != "\u0640")
    return unicodedata.normalize("NFC", "".join(kept))
