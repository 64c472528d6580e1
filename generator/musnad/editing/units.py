"""Units by every name they have in either language: those of the vocabulary, of its cues and of CLDR."""

from collections.abc import Iterator

from musnad.editing.tokens import Tokens, forms
from musnad.records.cldr import list_ids, make_unit
from musnad.records.vocabulary import Unit, Vocabulary
from musnad.text.fold import fold, fold_words
from musnad.text.languages import LANGS, Lang

SIGNS = {"$": "usd", "us$": "usd", "€": "eur", "£": "gbp", "₺": "try", "₪": "ils", "%": "percent", "٪": "percent"}
"""Signs that stand for a unit."""
_LEAST = 3


class UnitIndex:
    """Every name of every unit in both languages, also those of CLDR."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._names: dict[Lang, dict[tuple[str, ...], str]] = {"ar": {}, "en": {}}
        self._dimensions: dict[str, str] = {}
        ids = [*vocabulary.units, *(id_ for id_ in list_ids() if "-per-" not in id_ and id_ != "generic")]
        for id_ in dict.fromkeys(ids):
            unit = vocabulary.units.get(id_) or make_unit(id_, "")
            if unit is not None:
                self._dimensions[id_] = unit.dimension or ""
                for lang in LANGS:
                    for words in _name_unit(unit, lang):
                        self._names[lang].setdefault(words, id_)
        twos: dict[str, str] = {}
        for cue in vocabulary.cues.values():
            if cue.kind == "unit":
                for name in cue.words:
                    for lang in LANGS:
                        id_, _, two = cue.means.removeprefix("unit ").partition(", ")
                        if two:
                            twos[fold(name)] = id_
                            continue
                        words = tuple(word.removeprefix("ال") for word in fold_words(name))
                        self._names[lang][words] = id_
                        if id_ not in self._dimensions and (known := vocabulary.units.get(id_)):
                            self._dimensions[id_] = known.dimension or ""

        self._duals = {
            (word[0][:-1] + "ت" if word[0].endswith("ه") else word[0]) + ending: id_
            for word, id_ in self._names["ar"].items()
            if len(word) == 1 and len(word[0]) >= _LEAST
            for ending in ("ين", "ان")
            if not word[0].endswith("ي")
        }
        for dual in list(self._duals):
            if (dual,) in self._names["ar"] and self._names["ar"][dual,] != self._duals[dual]:
                del self._duals[dual]
        self._duals |= twos

    def at(self, tokens: Tokens, start: int) -> tuple[str, int] | None:
        """Return the unit named at a token and where its name ends."""
        if start >= len(tokens.all):
            return None
        if tokens.all[start].fold in SIGNS:
            return SIGNS[tokens.all[start].fold], start + 1
        if self.is_code(tokens.all[start].text):
            return tokens.all[start].fold, start + 1
        for length in (3, 2, 1):
            words = tokens.folds(start, length)
            if len(words) == length:
                for first in sorted(forms(words[0]), key=len, reverse=True):
                    if id_ := self._names[tokens.lang].get((first, *(word.removeprefix("ال") for word in words[1:]))):
                        return id_, start + length
        return None

    def is_code(self, text: str) -> bool:
        """Whether letters are the code of a currency: USD."""
        return len(text) == len("USD") and text.isupper() and self._dimensions.get(text.lower()) == "money"

    def single(self, dual: str) -> str | None:
        """Return the unit that an Arabic dual counts two of."""
        return self._duals.get(dual)

    def measures(self, id_: str) -> str:
        """Return the dimension of a unit."""
        return self._dimensions.get(id_, "")


def _name_unit(unit: Unit, lang: Lang) -> Iterator[tuple[str, ...]]:
    patterns = [*(unit.amount[lang].model_dump().values() if unit.amount else ())]
    names = [*patterns, unit.plural[lang] if unit.plural else None, unit.single[lang] if unit.single else None]
    for name in names:
        if name:
            words = fold_words(name.replace("{n}", " "))
            words = [word for word in words if word not in ("واحد", "واحده", "one")]
            if words and max(map(len, words)) >= _LEAST:
                yield tuple(word.removeprefix("ال") for word in words)
