"""A local copy of an article: its sentences, and the words by which a browser finds just one of them."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from musnad.records.problems import N_
from musnad.text.digest import digest_passage, fold_passage, split_article
from musnad.text.fragments import Marks, Spot, find_passage, find_term, fold_searched

# How many words a drafted mark has, at the least and at the most; the rule long-quote allows no more.
_FEWEST, _MOST = 3, 6
_NO_WORD = " -–—,،;؛:.…!؟?"

Place = tuple[int, int]
"""Paragraph and sentence, from 1."""


@dataclass(frozen=True)
class Article:
    """An article, one paragraph a line, split into sentences."""

    text: str

    @classmethod
    def read(cls, path: Path) -> "Article":
        """Read an article. Raises OSError, and UnicodeDecodeError when it is no UTF-8."""
        return cls(path.read_bytes().decode("utf-8-sig"))

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs, with single spaces."""
        return tuple(fold_passage(line) for line in self.text.splitlines() if line.strip())

    @cached_property
    def sentences(self) -> dict[Place, str]:
        """The sentences by their place."""
        paragraphs = enumerate(split_article(self.text), 1)
        return {(p, s): sentence for p, paragraph in paragraphs for s, sentence in enumerate(paragraph, 1)}

    @cached_property
    def searched(self) -> tuple[str, ...]:
        """The paragraphs as browsers compare them."""
        return tuple(map(fold_searched, self.paragraphs))

    def span(self, place: Place) -> tuple[int, int]:
        """Return where a sentence begins and ends in its paragraph as browsers compare it."""
        start = sum(len(fold_searched(self.sentences[place[0], s])) + 1 for s in range(1, place[1]))
        return start, start + len(fold_searched(self.sentences[place]))

    def find(self, digest: str, words: list[str]) -> Place | None:
        """Return the one sentence with this digest, or else the one with all these words."""
        found = [place for place, text in self.sentences.items() if digest_passage(text) == digest]
        if not found and words:
            found = [place for place, text in self.sentences.items() if all(word in text for word in words)]
        return found[0] if len(found) == 1 else None


class Fault(NamedTuple):
    """What is wrong with a mark."""

    field: str
    message: str
    times: int = 0


def find_fault(article: Article, place: Place, marks: Marks) -> Fault | None:
    """Return what is wrong when a browser would not find just this passage of a sentence."""
    start, end = article.span(place)

    def is_inside(spot: Spot) -> bool:
        return spot.paragraph == place[0] - 1 and start <= spot.start and spot.end <= end

    spots = list(find_term(article.searched, marks.join().starts, before=marks.before))
    if not any(map(is_inside, spots)):
        if marks.before:
            return Fault("before", N_("these words do not stand right before the passage"))
        if marks.join() != marks:
            return Fault("ends", N_("first and last words overlap, but do not stand together like that"))
        return Fault("starts", N_("a browser finds whole words only: mark them from first letter to last"))
    if len(spots) > 1:
        message = N_("these words stand {times} times in the article: add words here, or those before them as before")
        return Fault("starts", message, len(spots))
    found = find_passage(article.searched, marks)
    if found is None or not is_inside(found[1]):
        return Fault("ends", N_("after the first words, a browser does not find these in the sentence"))
    return None


def draft_marks(article: Article, place: Place) -> Marks:
    """Return the shortest marks by which a browser finds a whole sentence, or three words where there are none."""
    tokens = article.sentences[place].split()
    start, _ = article.span(place)
    preceding = article.searched[place[0] - 1][:start].split()
    # A sign right before the passage is part of what stands before it: only white space may lie between.
    before = " ".join(preceding[-2:]).lstrip(_NO_WORD) or None
    tries = [_cut_marks(tokens, count) for count in range(_FEWEST, _MOST + 1)]
    tries += [marks._replace(before=before) for marks in tries if before]
    return next((marks for marks in tries if find_fault(article, place, marks) is None), tries[0])


def _cut_marks(tokens: list[str], count: int) -> Marks:
    """Return the first words and the last few of the others; of a short sentence, all of it."""
    if len(tokens) <= _MOST:
        return Marks(" ".join(tokens).strip(_NO_WORD))
    rest = tokens[count:][-_FEWEST:]
    starts, ends = (" ".join(words).strip(_NO_WORD) for words in (tokens[:count], rest))
    return Marks(starts, ends or None)
