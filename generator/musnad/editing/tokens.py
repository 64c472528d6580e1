"""A sentence as words, numbers and signs that know where they stand, and the search for cues among them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from musnad.records.vocabulary import Cue
from musnad.text.bidi import script_of
from musnad.text.fold import bare_forms, fold
from musnad.text.languages import Lang

_MARKS = "\u0640\u064b-\u065f\u0670\u0300-\u036f"
_TOKEN = re.compile(
    rf"\d+(?:[,٬]\d{{3}}(?!\d))*(?:[.٫]\d+)?|(?:[^\W\d_][{_MARKS}]*)+(?:['’](?:[^\W\d_][{_MARKS}]*)+)*|US\$|[^\s\w]"
)
_SHADDA = "\u0651\u064f\u064c\u064e\u064b\u0650\u064d"


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


class Token(NamedTuple):
    """A word, a number or a sign of a sentence."""

    text: str
    fold: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it is made of letters."""
        return self.fold[:1].isalpha()

    @property
    def is_number(self) -> bool:
        """Whether it is made of digits."""
        return self.fold[:1].isdigit()


class Tokens(NamedTuple):
    """A sentence and its tokens."""

    text: str
    lang: Lang
    all: tuple[Token, ...]

    @classmethod
    def read(cls, text: str) -> "Tokens":
        """Read a sentence; one in neither script counts as English."""
        found = (Token(m[0], _fold(m[0]), m.start(), m.end()) for m in _TOKEN.finditer(text))
        return cls(text, "ar" if script_of(text) == "ar" else "en", tuple(found))

    def cut(self, start: int, end: int) -> str:
        """Return the text from one token up to another."""
        return self.text[self.all[start].start : self.all[end - 1].end] if start < end else ""

    def folds(self, start: int, length: int = 14) -> list[str]:
        """Return the folded tokens from one on."""
        return [token.fold for token in self.all[start : start + length]]


def _fold(text: str) -> str:
    """Return the folded word; the name «علي» stays apart from «على»."""
    folded = fold(text)
    return "عليي" if folded == "علي" and text.rstrip(_SHADDA).endswith("ي") else folded


class Found(NamedTuple):
    """A cue in a sentence: its meaning, and the tokens it takes."""

    id: str
    means: str
    start: int
    end: int


class CueIndex:
    """The cues of some kinds by their first word."""

    def __init__(self, cues: Iterable[tuple[str, Cue]], kind: str) -> None:
        self._cues: defaultdict[str, list[tuple[tuple[str, ...], str, str]]] = defaultdict(list)
        for id_, cue in cues:
            if cue.kind == kind:
                for words in cue.words:
                    folded = tuple(token.fold for token in Tokens.read(words).all)
                    if folded:
                        self._cues[folded[0]].append((folded, id_, cue.means))

    def at(self, tokens: Sequence[Token], start: int) -> Found | None:
        """Return the longest cue that begins at a token, whatever is written onto its first word."""
        found = None
        for form in forms(tokens[start].fold):
            for words, id_, means in self._cues.get(form, ()):
                end = start + len(words)
                is_there = end <= len(tokens) and all(
                    word == tokens[start + n].fold or (n > 0 and word in forms(tokens[start + n].fold))
                    for n, word in enumerate(words)
                    if n
                )
                if is_there and (found is None or end > found.end):
                    found = Found(id_, means, start, end)
        return found

    def find(self, tokens: Sequence[Token]) -> Iterator[Found]:
        """Yield the cues of a sentence, longer ones instead of those inside them."""
        at = 0
        while at < len(tokens):
            found = self.at(tokens, at)
            if found:
                yield found
            at = found.end if found else at + 1


def forms(word: str) -> frozenset[str]:
    """Return a folded word with and without what may be written onto it."""
    if not "\u0600" < word[:1] < "\u0700":
        return frozenset([word])
    own = bare_forms(word) - ({word[1:]} if word[0] == "ك" else set())
    return own | {word, word[1:] if word[0] in "وف" and len(word) > 2 else word}
