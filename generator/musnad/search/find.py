"""The same search on the command line: every name is compared, where the browser fetches only the likely ones."""

import math
from collections import defaultdict
from typing import NamedTuple

from musnad.search.corpus import HIGHEST_WEIGHT, Corpus
from musnad.search.documents import Document
from musnad.text.likeness import ATTACHED, compare_phrases, compare_words
from musnad.text.words import Phrase, Word, read_phrase, read_query, read_word

SYNONYM = 0.9
"""Factor of a name that a synonym stands in."""
ATTESTED = 0.84
"""A word of a text this near is the one meant."""
ABOUT_AS_NEAR = 0.07
LEAST = 0.5
"""What is further away is not worth a line."""


class Hit(NamedTuple):
    """A document and how near it is, from 0 to 1."""

    document: Document
    score: float


def find_documents(corpus: Corpus, query: str, *, limit: int = 10) -> list[Hit]:
    """Return the nearest documents, best first; of equals the one with more claims, then the earlier."""
    phrase, whole = read_query(query), read_phrase(query)
    if not phrase.words:
        return []
    phrases = {phrase, whole}
    scores = _score_text(corpus, phrase)
    for n, (own, variants) in enumerate(corpus.names):
        score = max((compare_phrases(asked, name) for name in own for asked in phrases), default=0.0)
        score = max(score, SYNONYM * max((compare_phrases(phrase, name) for name in variants), default=0.0))
        scores[n] = max(score, scores.get(n, 0.0))
    documents = corpus.documents
    best = sorted(scores, key=lambda n: (-scores[n], -documents[n].weight, n))[:limit]
    return [Hit(documents[n], scores[n]) for n in best if scores[n] >= LEAST]


def _score_text(corpus: Corpus, query: Phrase) -> dict[int, float]:
    """Return how near each text is: it has the words of the query, the rarer the better."""
    rarities: defaultdict[int, float] = defaultdict(float)
    weights: defaultdict[int, float] = defaultdict(float)
    most = 0.0
    total = len(corpus.documents)
    for n, forms in enumerate(query.forms):
        best: dict[int, tuple[float, float]] = {}
        rarest = 0.0
        for likeness, term in _find_terms(corpus, forms, is_last=n == len(query.forms) - 1):
            rarity = math.log(1 + total / len(corpus.postings[term])) * likeness
            rarest = max(rarest, rarity)
            for document, weight in corpus.postings[term].items():
                best[document] = max(best.get(document, (0.0, 0.0)), (rarity * weight / HIGHEST_WEIGHT, rarity))
        most += rarest or math.log(1 + total)
        for document, (weighed, rarity) in best.items():
            rarities[document] += rarity
            weights[document] += weighed
    # A text that has every word is more than a name that has some of them, and less than one that has them all.
    return {n: rarity / most * (0.62 + 0.1 * weights[n] / rarity) for n, rarity in rarities.items()}


def _find_terms(corpus: Corpus, forms: tuple[Word, ...], *, is_last: bool) -> list[tuple[float, str]]:
    near = []
    for term in corpus.postings:
        word = read_word(term)
        likeness = max(
            (ATTACHED if rank else 1.0)
            * max(compare_words(form, word, is_last=is_last), compare_words(read_word(form.stem), word))
            for rank, form in enumerate(forms)
        )
        if likeness >= ATTESTED:
            near.append((likeness, term))
    nearest = max(near, default=(0.0, ""))[0]
    return [found for found in near if found[0] > nearest - ABOUT_AS_NEAR]
