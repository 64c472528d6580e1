"""All documents with their names and terms, synonyms worked in: what the index and the command line search."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache

from musnad.records.vocabulary import Synonyms
from musnad.search.documents import Document
from musnad.search.settings import HIGHEST_WEIGHT
from musnad.text.digest import digest
from musnad.text.fold import SHORTEST_STEM, bare_forms
from musnad.text.roots import find_root
from musnad.text.words import FUNCTION_WORDS, Phrase, is_arabic, read_phrase

TITLE, NAME, CONTEXT, TEXT, NOTE = 6.0, 3.0, 2.0, 1.0, 0.5
"""How much a word counts in each field, as BM25F weighs them."""
ROOTED = "~"
"""Before a root, which leads to all words that have it."""
STEER = "?"
"""Before what question words ask for."""
_SATURATION, _EVENNESS = 2.0, 0.5
"""k1 and b of BM25: how soon a word more says nothing more, and how much a long text counts for less."""
_MEANT = 0.25
"""Factor of a synonym."""
_VARIANTS = 8
"""Most names a document gets from synonyms of a part of its name."""
_USUAL_LENGTH = 80
"""Words, in both languages together."""


TermWeights = dict[str, dict[str, int]]
"""By the digest of a document, how much each stem weighs in it."""


@dataclass(frozen=True, eq=False)
class _Member:
    """A phrase of a group."""

    phrase: Phrase
    stems: tuple[str, ...]
    terms: tuple[str, ...]
    """What it is found by: its stems, and its root where that stands for all its forms."""


@dataclass(frozen=True, eq=False)
class _Group:
    """One phrase of a group, and the others, worked out once something has it."""

    members: list[_Member]
    stems: tuple[str, ...]
    keys: tuple[str, ...]

    @cached_property
    def others(self) -> list[_Member]:
        return [member for member in self.members if member.stems != self.stems]

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """What the others are found by."""
        return tuple(dict.fromkeys(term for other in self.others for term in other.terms))

    @cached_property
    def words(self) -> frozenset[str]:
        """All stems of the others."""
        return frozenset(stem for other in self.others for stem in other.stems)


class SynonymList:
    """Bilingual groups of words, found in names and texts in whatever form they stand there."""

    def __init__(self, groups: Iterable[Synonyms]) -> None:
        self._by_first: defaultdict[str, list[_Group]] = defaultdict(list)
        read = [list(filter(None, map(read_phrase, (*group.ar, *group.en)))) for group in groups]
        mixed = _find_mixed(read)
        for phrases in read:
            members = [_Member(phrase, tuple(_stems(phrase)), tuple(_list_terms(phrase, mixed))) for phrase in phrases]
            for stems in dict.fromkeys(member.stems for member in members):
                keys = tuple(_key(stem, mixed) for stem in stems)
                self._by_first[keys[0]].append(_Group(members, stems, keys))

    def vary(self, phrase: Phrase) -> Iterator[tuple[Phrase, bool]]:
        """Yield a name with words replaced by each synonym in the same script, and whether that was all of it."""
        for start, end, group in sorted(self._find(phrase), key=lambda found: found[0] - found[1]):
            script = is_arabic(phrase.words[start].fold)
            for other in (member.phrase for member in group.others if is_arabic(member.stems[0]) == script):
                words = (*phrase.words[:start], *other.words, *phrase.words[end:])
                yield Phrase(words), end - start == len(phrase.words)

    def find_groups(self, phrase: Phrase) -> Iterator[tuple[str, _Group]]:
        """Yield each stem, or first stem of several, that a text has of a group, with that."""
        for start, _, group in self._find(phrase):
            yield phrase.words[start].stem, group

    def meanings(self, term: str) -> list[str]:
        """Return the stems of all words that mean the same as a term, one word or several."""
        phrase = read_phrase(term)
        found = [group.words for start, end, group in self._find(phrase) if end - start == len(phrase.words)]
        return sorted(frozenset().union(*found))

    def _find(self, phrase: Phrase) -> Iterator[tuple[int, int, _Group]]:
        keys = [_find_keys(word.stem) for word in phrase.words]
        for start, of_word in enumerate(keys):
            for key in of_word:
                for group in self._by_first.get(key, ()):
                    end = start + len(group.keys)
                    # Among words of a phrase alone they mean something: آلت is not التي.
                    if end == start + 1 and phrase.words[start].fold in FUNCTION_WORDS:
                        continue
                    if end <= len(keys) and all(own in keys[start + n] for n, own in enumerate(group.keys)):
                        yield start, end, group


def _list_terms(phrase: Phrase, mixed: Set[str]) -> Iterator[str]:
    yield " ".join(_stems(phrase))
    if len(phrase.words) == 1:
        root = find_root(phrase.words[0].fold)
        if root not in mixed:
            yield ROOTED + root


def _find_mixed(groups: Iterable[list[Phrase]]) -> frozenset[str]:
    """Return roots that groups have in words of which they share none: مدن are cities and مدني a civilian."""
    meanings: defaultdict[str, list[set[str]]] = defaultdict(list)
    for phrases in groups:
        of_group: defaultdict[str, set[str]] = defaultdict(set)
        for phrase in phrases:
            if len(phrase.words) == 1:
                of_group[find_root(phrase.words[0].fold)].add(phrase.words[0].stem)
        for root, stems in of_group.items():
            apart = [other for other in meanings[root] if other.isdisjoint(stems)]
            meanings[root] = [*apart, stems.union(*(other for other in meanings[root] if not other.isdisjoint(stems)))]
    return frozenset(root for root, apart in meanings.items() if len(apart) > 1)


@lru_cache(maxsize=65536)
def _find_keys(stem: str) -> tuple[str, str]:
    return stem, ROOTED + find_root(stem)


def _key(stem: str, mixed: Set[str]) -> str:
    """Return what a word is known by: where it is a root, any of its forms; an Arabic word with more only as it is."""
    root = find_root(stem)
    return stem if root in mixed or (is_arabic(stem) and root != stem) else ROOTED + root


def _stems(phrase: Phrase) -> list[str]:
    return [word.stem for word in phrase.words]


class Corpus:
    """Documents by number."""

    def __init__(
        self, documents: list[Document], synonyms: Iterable[Synonyms], load_weights: Callable[[], TermWeights] = dict
    ) -> None:
        """``load_weights`` returns what was found in documents before; it is only asked when that is needed."""
        groups = tuple(synonyms)
        self.documents = documents
        self._groups = groups
        self._synonyms = SynonymList(groups)
        self._load_weights = load_weights

    @cached_property
    def prints(self) -> list[str]:
        """For each document a digest of it and of all synonyms: of what its names and terms are made from."""
        synonyms = digest(repr(self._groups))
        return [digest(repr(document), synonyms) for document in self.documents]

    @cached_property
    def _known(self) -> TermWeights:
        return self._load_weights()

    @cached_property
    def names(self) -> list[tuple[tuple[Phrase, ...], tuple[Phrase, ...]]]:
        """For each document what it is called, each once however it is spelled; and that with synonyms."""
        return [self._read_names(document) for document in self.documents]

    def _read_names(self, document: Document) -> tuple[tuple[Phrase, ...], tuple[Phrase, ...]]:
        if document.words:
            return (), tuple({phrase.joined: phrase for phrase in map(read_phrase, document.words) if phrase}.values())
        own: dict[str, Phrase] = {}
        # Of a name written as one word and as several, the latter says more.
        for phrase in sorted(filter(None, map(read_phrase, document.names)), key=lambda phrase: len(phrase.words)):
            own[phrase.joined] = phrase
        others: tuple[dict[str, Phrase], dict[str, Phrase]] = {}, {}
        for phrase in own.values():
            for variant, is_whole in self._synonyms.vary(phrase):
                others[is_whole].setdefault(variant.joined, variant)
        partly, wholly = ([phrase for key, phrase in found.items() if key not in own] for found in others)
        return tuple(own.values()), (*wholly, *partly[:_VARIANTS])

    @cached_property
    def postings(self) -> dict[str, dict[int, int]]:
        """For each term the documents that have it, with its weight there from 1 to 20.

        A term is a stem, several that mean one thing, a root, or what a question word asks for.
        """
        own: defaultdict[str, dict[int, int]] = defaultdict(dict)
        for n, found in enumerate(self._weights):
            for stem, weight in found.items():
                own[stem][n] = abs(weight)
        # Under the bare word stand the documents that have it with a particle too.
        bare: dict[str, dict[int, int]] = {}
        for stem, term in _detach_particles(own.keys()).items():
            _merge(bare.setdefault(term, dict(own[term])), own[stem])
            root = ROOTED + find_root(term)
            if root in own:
                _merge(bare.setdefault(root, dict(own[root])), own[stem])
        terms = {**own, **bare}
        # A root that leads nowhere else than the word that looks like it needs no place of its own.
        return {
            term: documents
            for term, documents in terms.items()
            if term[0] != ROOTED or terms.get(term[1:]) != documents
        }

    @cached_property
    def _weights(self) -> list[dict[str, int]]:
        weights = list(map(self._recall_terms, self.documents, self.prints))
        for made_from in self._known.keys() - set(self.prints):
            del self._known[made_from]
        return weights

    @cached_property
    def meanings(self) -> dict[str, list[str]]:
        """For each term that has synonyms in some text, the stems of these."""
        stems = self.postings.keys()
        said = {term for found in self._weights for term, weight in found.items() if weight > 0}
        said |= {term for stem, term in _detach_particles(stems).items() if stem in said}
        found = {term: self._synonyms.meanings(term) for term in stems if term[0] not in (ROOTED, STEER)}
        own = {term: [stem for stem in others if stem in said] for term, others in found.items()}
        rooted: defaultdict[str, set[str]] = defaultdict(set)
        for term, others in own.items():
            if " " not in term:
                rooted[ROOTED + find_root(term)].update(others)
        own |= {root: sorted(others) for root, others in rooted.items() if root in stems}
        return {term: others for term, others in own.items() if others}

    def _recall_terms(self, document: Document, made_from: str) -> dict[str, int]:
        if made_from not in self._known:
            self._known[made_from] = self._weigh_terms(document)
        return self._known[made_from]

    def _weigh_terms(self, document: Document) -> dict[str, int]:
        """Return how much each term weighs, from 1 to 20, by BM25F: more in the title, and the shorter the text.

        What only a synonym stands for in the document weighs less than nothing.
        """
        if document.words:
            return {}
        counts: defaultdict[str, float] = defaultdict(float)
        meant: dict[tuple[str, _Group], None] = {}
        length = 0
        for weight, text in _weigh_fields(document):
            phrase = read_phrase(text)
            length += len(phrase.words) if weight >= TEXT else 0
            for word in phrase.words:
                # A name may be made of them.
                if weight == NAME or word.fold not in FUNCTION_WORDS:
                    counts[word.stem] += weight
            if weight > NOTE:
                meant.update(dict.fromkeys(self._synonyms.find_groups(phrase)))
        evenness = 1 - _EVENNESS + _EVENNESS * length / _USUAL_LENGTH
        found = dict(counts)
        for stem, count in counts.items():
            root = ROOTED + find_root(stem)
            found[root] = found.get(root, 0.0) + count
        said = set(found)
        for stem, group in meant:
            count = _MEANT * counts[stem]
            for term in group.terms:
                found[term] = found.get(term, 0.0) + count
        evenness *= _SATURATION
        weights = {term: round(HIGHEST_WEIGHT * n / (n + evenness)) or 1 for term, n in found.items()}
        weights = {term: weight if term in said else -weight for term, weight in weights.items()}
        return weights | {STEER + answer: 1 for answer in document.answers}


def _weigh_fields(document: Document) -> Iterator[tuple[float, str]]:
    yield from ((TITLE, text) for text in document.title.values())
    yield from ((NAME, text) for text in document.names)
    yield from ((CONTEXT, text) for text in document.context.values())
    yield from ((TEXT, text) for text in document.text)
    yield from ((NOTE, text) for text in document.kind.values())
    yield from ((NOTE, text) for text in document.notes)


def _merge(postings: dict[int, int], others: dict[int, int]) -> None:
    for n, weight in others.items():
        postings[n] = max(weight, postings.get(n, 0))


def _detach_particles(stems: Set[str]) -> dict[str, str]:
    """Return for each word with a particle the word without it, where that stands in a text by itself too."""
    found = {}
    for stem in stems:
        if " " in stem or stem[0] in (ROOTED, STEER):
            continue
        rest = [form for form in bare_forms(stem) if form != stem and form in stems] if is_arabic(stem) else []
        longest = max(rest, key=lambda form: (len(form), form), default="")
        if len(longest) >= SHORTEST_STEM:
            found[stem] = longest
    return found
