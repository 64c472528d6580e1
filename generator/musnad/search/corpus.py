"""All documents with their names and terms, synonyms worked in: what the index and the command line search."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Set
from functools import cached_property

from musnad.records.vocabulary import Synonyms
from musnad.search.documents import Document
from musnad.text.digest import digest
from musnad.text.fold import SHORTEST_STEM, bare_forms
from musnad.text.words import FUNCTION_WORDS, Phrase, is_arabic, read_phrase

TITLE_WEIGHT = 3
HIGHEST_WEIGHT = 9
_VARIANTS = 8
"""Most names a document gets from synonyms."""
_USUAL_LENGTH = 80
"""Words, in both languages together."""


TermWeights = dict[str, dict[str, int]]
"""By the digest of a document, how much each stem weighs in it."""


class SynonymList:
    """Bilingual groups of words, found in names and texts by their stems."""

    def __init__(self, groups: Iterable[Synonyms]) -> None:
        self._by_first: defaultdict[str, list[tuple[Phrase, list[Phrase]]]] = defaultdict(list)
        for group in groups:
            phrases = [phrase for phrase in map(read_phrase, (*group.ar, *group.en)) if phrase]
            for phrase in phrases:
                others = [other for other in phrases if _stems(other) != _stems(phrase)]
                self._by_first[phrase.words[0].stem].append((phrase, others))

    def vary(self, phrase: Phrase) -> Iterator[Phrase]:
        """Yield a name with one of its words, or a run of them, replaced by each synonym in the same script."""
        for start, end, others in self._find(phrase):
            script = is_arabic(phrase.words[start].fold)
            for other in (other for other in others if is_arabic(other.words[0].fold) == script):
                yield Phrase((*phrase.words[:start], *other.words, *phrase.words[end:]))

    def stems(self, phrase: Phrase) -> set[str]:
        """Return the stems of all synonyms of one word; of several each alone says something else."""
        return {other.words[0].stem for _, _, others in self._find(phrase) for other in others if len(other.words) == 1}

    def _find(self, phrase: Phrase) -> Iterator[tuple[int, int, list[Phrase]]]:
        stems = _stems(phrase)
        for start, stem in enumerate(stems):
            for own, others in self._by_first.get(stem, ()):
                end = start + len(own.words)
                if stems[start:end] == _stems(own):
                    yield start, end, others


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
        own: dict[str, Phrase] = {}
        # Of a name written as one word and as several, the latter says more.
        for phrase in sorted(filter(None, map(read_phrase, document.names)), key=lambda phrase: len(phrase.words)):
            own[phrase.tails[0].fold] = phrase
        others = {variant.tails[0].fold: variant for phrase in own.values() for variant in self._synonyms.vary(phrase)}
        return tuple(own.values()), tuple(phrase for key, phrase in others.items() if key not in own)[:_VARIANTS]

    @cached_property
    def postings(self) -> dict[str, dict[int, int]]:
        """For each stem the documents that have it, with its weight there from 1 to 9."""
        weights = list(map(self._recall_terms, self.documents, self.prints))
        for made_from in self._known.keys() - set(self.prints):
            del self._known[made_from]
        own: defaultdict[str, dict[int, int]] = defaultdict(dict)
        for n, found in enumerate(weights):
            for stem, weight in found.items():
                own[stem][n] = weight
        # Under the bare word stand the documents that have it with a particle too.
        bare: dict[str, dict[int, int]] = {}
        for stem, term in _detach_particles(own.keys()).items():
            postings = bare.setdefault(term, dict(own[term]))
            for n, weight in own[stem].items():
                postings[n] = max(weight, postings.get(n, 0))
        return {**own, **bare}

    def _recall_terms(self, document: Document, made_from: str) -> dict[str, int]:
        if made_from not in self._known:
            self._known[made_from] = self._weigh_terms(document)
        return self._known[made_from]

    def _weigh_terms(self, document: Document) -> dict[str, int]:
        """Return how much each stem weighs, from 1 to 9: more in the title, and more the shorter the text."""
        weights: Counter[str] = Counter()
        length = 0
        texts = [(TITLE_WEIGHT, text) for text in document.title.values()]
        texts += [(1, text) for text in (*document.context.values(), *document.text)]
        for weight, text in texts:
            phrase = read_phrase(text)
            length += len(phrase.words)
            for stem in dict.fromkeys(word.stem for word in phrase.words if word.fold not in FUNCTION_WORDS):
                weights[stem] += weight
            for stem in self._synonyms.stems(phrase) - weights.keys():
                weights[stem] = 1
        for text in (*document.kind.values(), *document.names):
            for stem in _stems(read_phrase(text)):
                weights.setdefault(stem, 1)
        density = 2 / (0.5 + length / _USUAL_LENGTH)
        return {stem: max(1, min(HIGHEST_WEIGHT, round(density * weight))) for stem, weight in weights.items()}


def _detach_particles(stems: Set[str]) -> dict[str, str]:
    """Return for each word with a particle the word without it, where that stands in a text by itself too."""
    found = {}
    for stem in stems:
        rest = [form for form in bare_forms(stem) if form != stem and form in stems] if is_arabic(stem) else []
        longest = max(rest, key=lambda form: (len(form), form), default="")
        if len(longest) >= SHORTEST_STEM:
            found[stem] = longest
    return found
