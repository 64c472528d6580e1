"""Names in a sentence that the record may not know yet: capitalised runs in English, words after cues in Arabic."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from musnad.editing.tokens import CueIndex, Tokens
from musnad.text.weekdays import find_weekdays

_LINKS = frozenset("of al el ul bin ibn de abu the for and".split())  # noqa: SIM905
_NO_NAME = frozenset("maj brig col lt capt sgt prof u.s u i a an the mr mrs ms dr gen no us$ monday january".split())  # noqa: SIM905
_STOPS = frozenset(
    "في من الي عن علي ان انه انها التي الذي الذين بعد قبل منذ خلال كما وفق بحسب حسب هذا هذه ذلك تلك حيث مع او ثم "  # noqa: SIM905
    "لم لن لا ما قد كان كانت عند بين حتي امس اليوم وقال قال قالت واضاف".split()
)
_MOST = 4


class Candidate(NamedTuple):
    """Words that look like a name."""

    start: int
    end: int
    text: str
    cue: str = ""
    """What it was recognised by: a kind of entity, or nothing."""


def find_candidates(tokens: Tokens, cues: CueIndex, taken: Collection[int]) -> Iterator[Candidate]:
    """Yield the names of a sentence but for tokens that are known already."""
    yield from (_find_arabic if tokens.lang == "ar" else _find_english)(tokens, cues, taken)


def _find_arabic(tokens: Tokens, cues: CueIndex, taken: Collection[int]) -> Iterator[Candidate]:
    last = 0
    for cue in cues.find(tokens.all):
        end = cue.end
        if cue.start < last or cue.start in taken:
            continue
        while end < len(tokens.all) and end - cue.end < _limit(cue.means):
            token = tokens.all[end]
            if token.fold in ("«", "“", '"') and end == cue.end:
                close = next(
                    (n for n in range(end + 1, min(end + 8, len(tokens.all))) if tokens.all[n].fold in '»”"'), None
                )
                end = close + 1 if close else end
                break
            if not token.is_word or token.fold in _STOPS or end in taken or (token.fold[0] == "و" and end > cue.end):
                break
            end += 1
        if end > cue.end:
            last = end
            yield Candidate(cue.start, end, tokens.cut(cue.start, end), cue.means.removeprefix("a name, "))


def _limit(means: str) -> int:
    return 1 if means.endswith("place") else 3 if means.endswith("person") else 2


def _find_english(tokens: Tokens, cues: CueIndex, taken: Collection[int]) -> Iterator[Candidate]:
    known = {cue.start: cue for cue in cues.find(tokens.all)}
    at = 0
    while at < len(tokens.all):
        end = at
        while end < len(tokens.all) and _is_part(tokens, end, at) and end not in taken:
            end += 1
        while end > at and not tokens.all[end - 1].text[0].isupper():
            end -= 1
        start = at
        # A sentence begins with a capital, whatever word it is.
        if start == 0 or tokens.all[start - 1].fold in ('"', "“", "‘", ":"):
            is_run = end - start > 1 and tokens.all[start].fold not in _COMMON
            start = start if is_run else start + 1
            while start < end and not tokens.all[start].text[0].isupper():
                start += 1
        if start < end and tokens.all[start].fold not in _NO_NAME and not find_weekdays(tokens.cut(start, end)):
            cue = next((known[n].means.removeprefix("a name, ") for n in range(start, end) if n in known), "")
            yield Candidate(start, end, tokens.cut(start, end), cue)
        at = max(end, at + 1)


def _is_part(tokens: Tokens, at: int, start: int) -> bool:
    token = tokens.all[at]
    if token.is_word and token.text[0].isupper():
        return True
    if at == start:
        return False
    if token.fold in ("-", "'", "’") and tokens.all[at - 1].end == token.start:
        return (
            tokens.all[at + 1 : at + 2] != () and tokens.all[at + 1].is_word and tokens.all[at + 1].start == token.end
        )
    return token.fold in ("of", "al", "el", "bin", "ibn", "abu", "for") or (
        token.is_word and tokens.all[at - 1].fold == "-"
    )


_COMMON = frozenset(
    [
        "the",
        "a",
        "an",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "after",
        "before",
        "as",
        "but",
        "and",
        "if",
        "when",
        "while",
        "since",
        "until",
        "it",
        "he",
        "she",
        "they",
        "there",
        "this",
        "these",
        "that",
        "those",
        "some",
        "most",
        "many",
        "more",
        "at",
        "least",
        "about",
        "around",
        "nearly",
        "almost",
        "over",
        "under",
        "between",
        "several",
        "dozens",
        "hundreds",
        "thousands",
        "according",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "both",
        "all",
        "no",
        "not",
        "our",
        "local",
        "his",
        "her",
        "their",
    ]
)
