"""What a query finds, as in the reader's browser (``worker/search.js``): the same algorithm over the same files.

Every query of ``bench/search`` is put to both, and must find the same in the same order.
"""

import json
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from musnad.search.corpus import ROOTED, STEER, Corpus
from musnad.search.documents import GROUPS, Document, Group
from musnad.search.index import SHELF, list_parts, list_shelves
from musnad.search.settings import (
    ALONE,
    AS_NEAR,
    ASIDE,
    ASKING,
    BEGUN,
    BESIDE,
    BESIDE_CERTAIN,
    CERTAIN,
    COVERED,
    FEWEST,
    GROUP_LIMITS,
    GUESSED_SHELVES,
    HEARD,
    HIGHEST_WEIGHT,
    JOINED_NAME,
    LIGHTEST,
    LIKE,
    LONG_ENOUGH,
    MOST_TEXTS,
    NAME_SHELVES,
    NAMED,
    NEAR_NAME,
    QUESTIONS,
    ROOT,
    SAME,
    STEERED,
    SURE,
    SYNONYM,
    TEXT,
    UNKNOWN,
    WHO_FIRST,
    WHOLE,
)
from musnad.text.languages import Lang
from musnad.text.likeness import ATTACHED_FACTOR, LEAST_JOINED, compare_phrases, measure_consonants
from musnad.text.likeness import compare_words as compare_anew
from musnad.text.roots import find_root
from musnad.text.words import Phrase, Word, read_phrase, read_query, read_word

_COPULA = re.compile("^( *(?:[Ww]h[a-z]+|[Hh]ow)(?: (?!d[io]|ha|can)[a-z]+)?) is(?= )")
"""The verb after a question word, not the name."""
_ASKED = {
    steer: re.compile(f" (?:{'|'.join(asked)}) ".replace("* ", "(?:[^ ]+ )*")) for steer, asked in QUESTIONS.items()
}
_PREPOSITION = re.compile(r"(^|\s)على(?=\s)")
_JOINED_WORDS = re.compile("_|(?<=ة)(?=[ء-ي])")
"""A line that joins words, or nothing after a letter that only ends them."""


@dataclass(frozen=True)
class Hit:
    """A document, how near it is (from 0 to 1), and the words of the query that it does without."""

    document: Document
    score: float
    missing: tuple[str, ...] = ()


@dataclass
class _Named:
    """A name that was looked at, and how near it is as a whole."""

    n: int
    weight: int
    score: float
    name: Phrase | None
    is_own: bool


class _Term(NamedTuple):
    likeness: float
    entry: list[Any]


class _Phrasal(NamedTuple):
    term: _Term
    start: int
    end: int


class _Found(NamedTuple):
    """What texts have of a word: terms that it is or begins, and phrases that it stands in."""

    is_known: bool
    terms: list[_Term]
    phrases: list[_Phrasal]


class _Evidence(NamedTuple):
    """Documents that have a word, each with its value and likeness; and how rare it is."""

    is_known: bool
    documents: dict[int, tuple[float, float]]
    rarity: float


_Steering = tuple[float, dict[int, tuple[float, float]]]
"""How rare something asked for is, and the documents that tell of it."""


@dataclass
class _Query:
    phrase: Phrase
    typed: Phrase
    places: list[int]
    steers: list[str]
    is_question: bool

    @property
    def words(self) -> tuple[Word, ...]:
        return self.phrase.words


def read_question(text: str) -> _Query:
    """Return a query with where its words stand in what was typed, and what its question words ask for."""
    # Folded, the preposition is the name Ali.
    text = _PREPOSITION.sub(r"\1", _JOINED_WORDS.sub(" ", _COPULA.sub(r"\1", text)))
    phrase, typed = read_query(text), read_phrase(text)
    places: list[int] = []
    for word in phrase.words:
        places.append(typed.words.index(word, places[-1] + 1 if places else 0))
    told = f" {' '.join(word.fold for word in typed.words)} "
    steers = [steer for steer, asked in _ASKED.items() if asked.search(told)]
    if not steers and told.startswith(f" {WHO_FIRST} "):
        steers = [f"{STEER}party"]
    if f"{STEER}voice" in steers:
        steers = [steer for steer in steers if steer != f"{STEER}party"]
    is_question = f"{STEER}party" in steers or any(word.fold in ASKING for word in typed.words)
    return _Query(phrase, typed, places, steers, is_question)


class Finder:
    """Answers queries in one language from the files of the index."""

    def __init__(self, corpus: Corpus, lang: Lang = "en") -> None:
        self._documents = corpus.documents
        self._lang = lang
        self._files = {address: text for part in list_parts(corpus) for address, text in part.make()}
        self._shelves = list_shelves(self._files, lang)
        self._first_claim = sum(document.group != "claim" for document in corpus.documents)
        self._load = lru_cache(maxsize=None)(self._read)

    def find(self, text: str, *, limit: int | None = None) -> list[Hit]:
        """Return what the search box shows, in its order: best first, those of one kind together."""
        query = read_question(text)
        if not query.words:
            return []
        names = _Names(query, self)
        best = names.find()
        found = [self.find_terms(query, i, forms) for i, forms in enumerate(query.phrase.forms)]
        if best < SURE and any(not each.terms for each in found):
            names.guess()
        words, steering = self._read_texts(query, found, names.found)
        near = {n: named for n, named in names.found.items() if named.score > NEAR_NAME}
        hits = _keep_best(self._combine(query, near, words, steering))[:MOST_TEXTS]
        shown = [hit for hit in hits if self._lang in hit.document.title]
        groups: dict[Group, list[Hit]] = {}
        for hit in shown:
            groups.setdefault(hit.document.group, []).append(hit)
        limits = dict(zip(GROUPS, GROUP_LIMITS, strict=True))
        return [hit for group, members in groups.items() for hit in members[: limits[group]]][:limit]

    def load_names(self, key: str) -> list[list[Any]]:
        """Return the names on the shelf of a key."""
        entries: list[list[Any]] = self._load(f"search/{self._lang}/names/{SHELF}{self.name_shelf(key)}.json")
        return entries

    def name_shelf(self, key: str) -> str:
        """Return the shelf that names with these consonants stand on."""
        return _find_shelf(self._shelves["names"], key)

    def guess_keys(self, query: _Query) -> list[str]:
        """Return consonants of names that differ by one from those of a query's words, the nearest first."""
        forms = (*(form for forms in query.phrase.forms for form in forms), query.phrase.tails[0])
        words = list(dict.fromkeys(form.skeleton for form in forms if len(form.skeleton) > 1))
        longest = max(map(len, words), default=0)
        near = []
        for length in sorted(map(int, self._shelves["words"])):
            if any(abs(len(word) - length) < 2 for word in words):
                for key in self._load(f"search/words/{length}.json").split(" "):
                    away = min(measure_consonants(word, key) for word in words)
                    # A long word with one mistake is likelier meant than a short one.
                    if 0 < away < math.inf:
                        near.append((away + abs(len(key) - longest), key))
        return [key for _, key in sorted(near, key=itemgetter(0))[:GUESSED_SHELVES]]

    def find_terms(self, query: _Query, i: int, forms: Sequence[Word]) -> _Found:
        """Return what texts have of a word in any of its forms."""
        is_last = i == len(query.words) - 1
        roots = {find_root(form.fold) for form in forms}
        keys = [key for form in forms for key in (form.skeleton, read_word(form.stem).skeleton)]
        keys += [read_word(root).skeleton for root in roots]
        same, rooted, begun, phrases = [], [], [], []
        for shelf in dict.fromkeys(_find_shelf(self._shelves["terms"], key) for key in keys):
            for term, entry in self._load(f"search/terms/{SHELF}{shelf}.json").items():
                if term.startswith(ROOTED):
                    if term[1:] in roots:
                        rooted.append(_Term(ROOT, entry))
                elif " " in term:
                    span = _find_phrase(query.typed.words, term.split(" "), query.places[i])
                    if span:
                        phrases.append(_Phrasal(_Term(SAME, entry), *span))
                elif not term.startswith(STEER):
                    word = read_word(term)
                    likeness = max(
                        (ATTACHED_FACTOR if rank else 1.0)
                        * max(compare_words(form, word), compare_words(read_word(form.stem), word))
                        for rank, form in enumerate(forms)
                    )
                    if likeness >= SAME:
                        same.append(_Term(likeness, entry))
                    elif find_root(term) in roots and term in roots:
                        rooted.append(_Term(ROOT, entry))
                    elif is_last and len(forms[0].bare) >= 3 and _is_begun(forms[0], word):
                        begun.append(_Term(BEGUN, entry))
        nearest = max((term.likeness for term in same), default=0.0)
        known = [*(term for term in same if term.likeness > nearest - AS_NEAR), *rooted]
        return _Found(bool(known), known or begun, phrases)

    def _read_texts(
        self, query: _Query, found: list[_Found], names: dict[int, _Named]
    ) -> tuple[list[_Evidence], list[_Steering]]:
        total = len(self._documents)

        def rarity(count: int) -> float:
            return math.log(1 + total / max(FEWEST, count))

        def read(each: _Found, *, is_known: bool) -> _Evidence:
            documents = _gather(each.terms)
            return _Evidence(is_known, documents, rarity(len(documents)) if documents else UNKNOWN * rarity(1))

        words = [read(each, is_known=each.is_known) for each in found]
        for i, word in enumerate(words):
            meant = None if word.documents or len(words) == 1 else _respell(query.words[i], names)
            if meant:
                words[i] = read(self.find_terms(query, i, [meant]), is_known=False)
        for each in found:
            for term, start, end in each.phrases:
                within = [j for j, place in enumerate(query.places) if start <= place < end]
                documents = _gather([term])
                for j in within:
                    words[j] = _Evidence(True, documents, rarity(len(documents)) / len(within))
        steering = map(self._steer, query.steers)
        return words, [(rarity(len(documents)), documents) for documents in steering]

    def _steer(self, steer: str) -> dict[int, tuple[float, float]]:
        shelf = _find_shelf(self._shelves["terms"], read_word(steer.replace(STEER, "")).skeleton)
        entry = self._load(f"search/terms/{SHELF}{shelf}.json").get(steer)
        return _gather([_Term(1.0, entry)]) if entry else {}

    def _combine(
        self,
        query: _Query,
        names: dict[int, _Named],
        words: list[_Evidence],
        steering: list[_Steering],
    ) -> list[Hit]:
        # One word may be a name spelled otherwise, though texts know it; a word that some name has is that one.
        is_near = len(query.words) == 1 and len(query.words[0].bare) > 3
        near = {n: _match_words(query, named.name) for n, named in names.items() if named.name}
        known = [
            any(likeness[i] >= SAME for likeness in near.values()) or (word.is_known and not is_near)
            for i, word in enumerate(words)
        ]
        whole = sum(word.rarity for word in words)
        ranked = []
        for n in {*names, *(n for word in words for n in word.documents)}:
            named = names.get(n)
            likeness, is_named = _read_name(query, named, near.get(n), known)
            covered = value = 0.0
            missing = []
            for i, word in enumerate(words):
                in_value, in_text = word.documents.get(n, (0.0, 0.0))
                if not in_text and not likeness[i]:
                    missing.append(query.words[i].fold)
                covered += word.rarity * max(in_text, likeness[i])
                value += word.rarity * max(in_value, NAMED * likeness[i])
            aside = ASIDE if query.is_question and n < self._first_claim else 1
            steered = sum(rarity for rarity, documents in steering if n in documents)
            text = TEXT * aside * value / whole + STEERED * steered if covered / whole >= COVERED else 0.0
            own = named.score if named and is_named and not query.is_question else 0.0
            score = math.floor(max(text, own) * 1e9 + 0.5) / 1e9
            if score > 0:
                hit = Hit(self._documents[n], score, () if is_named else tuple(missing))
                ranked.append((-score, -(named.weight if named else 0), n, hit))
        return [hit for *_, hit in sorted(ranked, key=lambda row: row[:3])]

    def _read(self, address: str) -> Any:
        return json.loads(self._files[address])


class _Names:
    """The names on shelves that were looked at, by document, and two ways to look at more of them."""

    def __init__(self, query: _Query, finder: Finder) -> None:
        self.found: dict[int, _Named] = {}
        self._query, self._finder = query, finder
        self._seen: set[str] = set()
        self._best = 0.0

    def find(self) -> float:
        phrase, typed = self._query.phrase, self._query.typed
        whole = typed.tails[0].skeleton
        # h at the end is dropped from consonants, but may be the middle of a word that is being typed.
        is_open = phrase.words[-1].sound.endswith("h")
        if self._look([whole, *([f"{whole}h"] if is_open else [])]) >= JOINED_NAME:
            return self._best
        keys = [word.skeleton for word in (*phrase.tails, *(form for forms in phrase.forms for form in forms))]
        keys += [read_word(word.stem).skeleton for word in phrase.words]
        return self._look(list(dict.fromkeys(keys))[:NAME_SHELVES])

    def guess(self) -> None:
        """Look for mistakes."""
        self._look(self._finder.guess_keys(self._query))

    def _look(self, keys: Iterable[str]) -> float:
        for key in keys:
            shelf = self._finder.name_shelf(key)
            if shelf in self._seen:
                continue
            self._seen.add(shelf)
            for n, weight, _, own, others in self._finder.load_names(key):
                # Names with synonyms differ from shelf to shelf.
                named, known = self._score(n, weight, own, others), self.found.get(n)
                if known is None or named.score > known.score:
                    self.found[n] = named
                    self._best = max(self._best, named.score)
        return self._best

    def _score(self, n: int, weight: int, own: list[str], others: list[str]) -> _Named:
        best = _Named(n, weight, 0.0, None, True)
        asked = dict.fromkeys((self._query.phrase, self._query.typed))
        compared = [(phrase, _read_spelled(name), 1.0) for name in own for phrase in asked]
        compared += [(self._query.phrase, _read_spelled(name), SYNONYM) for name in others]
        for phrase, name, factor in compared:
            score = factor * compare_phrases(phrase, name)
            if score > best.score:
                best = _Named(n, weight, score, name, factor == 1)
        return best


@lru_cache(maxsize=65536)
def compare_words(query: Word, word: Word) -> float:
    """Return how near a word is to another; names share their words."""
    return compare_anew(query, word)


@lru_cache(maxsize=65536)
def _read_spelled(text: str) -> Phrase:
    return Phrase(tuple(map(read_word, text.split(" "))))


def _find_shelf(shelves: Sequence[str], key: str) -> str:
    """Return the last shelf whose name is not after a key; the first stands before all keys."""
    return max((shelf for shelf in shelves if shelf <= key), default=shelves[0])


def _find_phrase(words: Sequence[Word], stems: list[str], place: int) -> tuple[int, int] | None:
    """Return where a phrase, given by its stems, stands in what was typed around a place."""
    for start in range(max(0, place - len(stems) + 1), place + 1):
        if [word.stem for word in words[start : start + len(stems)]] == stems:
            return start, start + len(stems)
    return None


def _gather(terms: Iterable[_Term]) -> dict[int, tuple[float, float]]:
    """Return the documents of terms, with their value and how near they are."""
    documents: dict[int, tuple[float, float]] = {}
    for likeness, (_, *lists) in terms:
        for weight, *steps in lists:
            if isinstance(weight, str):
                continue
            value = likeness * (LIGHTEST + (1 - LIGHTEST) * weight / HIGHEST_WEIGHT)
            n = 0
            for step in steps:
                n += step
                if value > documents.get(n, (0.0, 0.0))[0]:
                    documents[n] = value, likeness
    return documents


def _respell(asked: Word, names: dict[int, _Named]) -> Word | None:
    """Return the word of a name that a word of a query is another spelling of."""
    best, meant = LIKE, None
    for n in sorted(names):
        named = names[n]
        for word in named.name.words if named.is_own and named.name else ():
            likeness = compare_words(asked, word)
            if likeness > best and _is_telling(asked, likeness, is_known=False):
                best, meant = likeness, word
    return meant


def _is_telling(word: Word, likeness: float, *, is_known: bool) -> bool:
    """Whether likeness short of the same word says something: the word is long enough, and nothing better is there."""
    if likeness >= SAME:
        return True
    is_long = len(word.bare) + min(len(word.skeleton), 3) >= LONG_ENOUGH
    return not is_known and len(word.bare) > 2 and likeness >= (LIKE if is_long else HEARD)


def _is_begun(form: Word, word: Word) -> bool:
    """Whether a word that is still being typed begins like another: it is completed, not guessed."""
    return len(form.bare) > 1 and (word.bare.startswith(form.bare) or word.fold.startswith(form.fold))


def _read_name(
    query: _Query, named: _Named | None, matched: list[float] | None, is_known: list[bool]
) -> tuple[list[float], bool]:
    """Return how near a name has each word of a query, and whether it has all; of synonyms the same words alone do."""
    if not named or not named.name or not matched:
        return [0.0] * len(query.words), False
    is_all = _is_alone(query, named, matched, is_known)
    near = [
        likeness if is_all or _is_telling(query.words[i], likeness, is_known=is_known[i] or not named.is_own) else 0.0
        for i, likeness in enumerate(matched)
    ]
    is_met = named.is_own or named.score >= WHOLE
    return near, is_met and (all(near) or _is_one_word(query.phrase, named.name))


def _is_alone(query: _Query, named: _Named, matched: Sequence[float], is_known: Sequence[bool]) -> bool:
    """Whether a name is all there is to a query: then short words may be spelled otherwise too."""
    return (
        named.is_own
        and named.score >= ALONE
        and all(
            likeness >= SAME or (likeness >= ALONE and not known and (len(word.skeleton) > 1 or len(word.bare) > 3))
            for word, likeness, known in zip(query.words, matched, is_known, strict=True)
        )
    )


def _match_words(query: _Query, name: Phrase) -> list[float]:
    """Return how near each word of a query is to a name."""
    last = len(query.words) - 1

    def compare(form: Word, word: Word, *, is_last: bool) -> float:
        return max(SAME if is_last and _is_begun(form, word) else 0.0, compare_words(form, word))

    likeness = [
        max(
            (ATTACHED_FACTOR if rank else 1.0)
            * max(
                *(compare(form, word, is_last=i == last) for word in name.words),
                0.0,
                *(compare_words(form, pair) for pair in name.pairs),
            )
            for rank, form in enumerate(forms)
        )
        for i, forms in enumerate(query.phrase.forms)
    ]
    # Words of the query may be one word of the name.
    for i, pair in enumerate(query.phrase.pairs):
        joined = max(compare(pair, word, is_last=i + 1 == last) for word in name.words)
        if joined >= LEAST_JOINED:
            likeness[i], likeness[i + 1] = max(likeness[i], joined), max(likeness[i + 1], joined)
    return likeness


def _is_one_word(query: Phrase, name: Phrase) -> bool:
    """Whether all of a query, or of the rest of a name, is the other's letters written as one."""
    whole = query.tails[0]
    for start, tail in enumerate(name.tails):
        if len(query.words) + len(name.words) - start == 2:
            return False
        if _is_begun(whole, tail):
            return True
        likeness = compare_words(whole, tail)
        if likeness >= LEAST_JOINED and _is_telling(whole, likeness, is_known=False):
            return True
    return False


def _keep_best(hits: list[Hit]) -> list[Hit]:
    """Return what is worth showing beside the best; a page that words lead to stands after what is named so."""
    own = [hit for hit in hits if not hit.document.words]
    led = [hit for hit in hits if hit.document.words and hit.score >= WHOLE]
    best = own[0].score if own else 0.0
    least = BESIDE_CERTAIN if best >= CERTAIN else BESIDE * best
    kept = [hit for hit in own if hit.score >= least]
    at = 1 if kept and kept[0].document.group != "claim" else 0
    return [*kept[:at], *led, *kept[at:]]
