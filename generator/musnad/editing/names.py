"""Find the names of known entities in running text, whatever particles are attached to them."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from musnad.records.model import Catalogue
from musnad.text.fold import SHORTEST_STEM, bare_forms, fold, fold_words, stem, stems

_MARKS = re.compile("[\u0640\u064b-\u0652\u0670\u200b-\u200f\u202a-\u202e]")


class Mention(NamedTuple):
    """A known entity named in a sentence, by the words of the sentence."""

    entity_id: str
    words: str
    start: int
    """Index of the first word."""
    length: int


class NameIndex:
    """Every name of every entity, found in running text whatever particles are attached to it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._names: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        self._short: defaultdict[str, set[str]] = defaultdict(set)
        for entity in catalogue.entities.values():
            for name in entity.names:
                words = tuple(
                    stem(min(bare_forms(word), key=lambda f: (len(f), f)) if _has_article(word) else word)
                    for word in fold_words(name.text)
                )
                if len(words) == 1:
                    self._short[entity.id].add(name.text)
                if words and max(map(len, words)) > 1:
                    self._names[words[0]].append((words, entity.id))

    def _is_written(self, entity_id: str, word: str) -> bool:
        """Whether a short word is spelled as the name is: «ماء» folds to «ما», which is another word."""
        letters = _MARKS.sub("", word).lower()
        return any(letters.endswith(_MARKS.sub("", name).lower()) for name in self._short[entity_id])

    def find(self, words: list[str]) -> Iterator[Mention]:
        """Yield every entity named in a sentence, at the longest of its names, once at each place."""
        # A letter alone has no stem; in a name of several words it counts.
        forms = [set(stems(word)) or {word} for word in map(fold, words)]
        for start, first in enumerate(forms):
            longest: dict[str, int] = {}
            for form in first:
                for name, entity_id in self._names.get(form, ()):
                    if len(name) == 1 and len(form) < SHORTEST_STEM and not self._is_written(entity_id, words[start]):
                        continue
                    end = start + len(name)
                    if end <= len(forms) and all(part in forms[start + n] for n, part in enumerate(name)):
                        longest[entity_id] = max(longest.get(entity_id, 0), len(name))
            for entity_id, length in sorted(longest.items()):
                yield Mention(entity_id, " ".join(words[start : start + length]), start, length)


def _has_article(word: str) -> bool:
    return word.startswith("ال") and len(word) > len("ال") + 1
