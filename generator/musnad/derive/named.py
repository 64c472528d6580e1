"""Names of entities, as they stand in texts: with what Arabic attaches to them, in any spelling that folds alike."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from musnad.records.model import Entity
from musnad.text.fold import bare_forms, fold_words, split_words

SHORTEST = 2
"""Words that a name has at least, where what is one word is many people's."""
_ARTICLES = frozenset({"al", "el"})
"""Words of their own where names are spelled in Latin letters; many spellings leave them out."""
_POSSESSIVE = re.compile(r"['’]s\b")


class Named(NamedTuple):
    """A name, or a word that is looked for like one, that stands in a text; whose it is."""

    id: str
    name: str


@dataclass(frozen=True)
class Names:
    """Names that are looked for, by their first word. Most words of most texts begin none, and are looked at once."""

    _by_first: Mapping[str, Sequence[tuple[Sequence[str], Named]]]
    _known: dict[str, bool] = field(default_factory=dict)
    """Words as they were met, and whether a name begins with one."""

    @classmethod
    def make(cls, entities: Iterable[Entity], shortest: int = 1) -> "Names":
        """Return the names of entities that have so many words at least."""
        return cls.make_of((Named(entity.id, name.text) for entity in entities for name in entity.names), shortest)

    @classmethod
    def make_of(cls, named: Iterable[Named], shortest: int = 1) -> "Names":
        """Return what has so many words at least."""
        found: defaultdict[str, list[tuple[Sequence[str], Named]]] = defaultdict(list)
        for one in named:
            words = _split(one.name)
            if len(words) >= shortest:
                for first in {words[0], words[0].removeprefix("ال")}:
                    found[first].append((words, one))
        return cls(found)

    def find(self, text: str) -> Iterator[Named]:
        """Yield the names that stand in a text, or in an id, as whole words."""
        if not self._by_first or not any(map(self._is_first, split_words(text))):
            return
        words = _split(text)
        found = dict.fromkeys(
            named
            for at, word in enumerate(words)
            for form in bare_forms(word) | {word}
            for wanted, named in self._by_first.get(form, ())
            if all(map(is_word, wanted, words[at:])) and len(words) - at >= len(wanted)
        )
        yield from found

    def _is_first(self, word: str) -> bool:
        if word not in self._known:
            forms = (form for part in _split(word) for form in (part, *bare_forms(part)))
            self._known[word] = any(form in self._by_first for form in forms)
        return self._known[word]


def is_part(name: str, whole: str) -> bool:
    """Whether the words of a name stand in another, or are all of it, with or without what Arabic attaches."""
    wanted, words = _split(name), _split(whole)
    return any(all(map(_is_same, wanted, words[at:])) for at in range(len(words) - len(wanted) + 1))


def _is_same(one: str, other: str) -> bool:
    return is_word(one, other) or is_word(other, one)


def is_word(wanted: str, word: str) -> bool:
    """Whether a folded word is the wanted one, with whatever Arabic attaches to it."""
    return not (bare_forms(word) | {word}).isdisjoint((wanted, wanted.removeprefix("ال")))


def _split(text: str) -> list[str]:
    return [word for word in fold_words(_POSSESSIVE.sub("", text)) if word not in _ARTICLES]
