"""Make the index: small JSON files, each of which answers the queries that begin alike.

``search/<lang>.json`` lists the shelves of names and ``search/terms.json`` those of terms;
``search/<lang>/names/`` holds what is called something, by the consonants
from each word of its names on; ``search/terms/`` what words stand in which documents; ``search/<lang>/pages/`` what
is shown of a document; ``search/words/`` all consonants of names, by their number, for queries with a mistake. The
worker in the reader's browser fetches what it needs (``worker/worker.js``).
"""

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from musnad.pages.views.table import PLACE as TABLE
from musnad.records.problems import N_
from musnad.records.vocabulary import Synonyms
from musnad.search import settings
from musnad.search.corpus import ROOTED, STEER, Corpus
from musnad.search.documents import GROUPS, Document
from musnad.search.documents import Part as DocumentPart
from musnad.search.shelve import shelve
from musnad.text import likeness
from musnad.text.bidi import isolate
from musnad.text.digest import digest
from musnad.text.languages import LANGS, Lang
from musnad.text.shorten import shorten
from musnad.text.words import ARTICLE_WORDS, FUNCTION_WORDS, Phrase, read_word
from musnad.wording.words import Words

WORKER = Path(__file__).parent / "worker"
SCRIPTS = ("analyse.js", "roots.js", "match.js", "worker.js", "search.js", "narrow.js")
STARTER = "start.js"
ANSWERS = "search/answer.js"
"""The address of the worker that answers, relative to the site's root."""
SHELF_BYTES = 12_000
"""Of names, before compression; about a third of that on the line."""
TERM_SHELF_BYTES = 9_000
_USUAL_VARIANTS = 30
"""Bytes of names with synonyms, which stand on the shelves of their own consonants alone."""
TERMS = "search/terms.json"
"""Where the shelves of words of texts are listed."""
SHELF = "from-"
"""Before the name of a shelf: hosts drop files that begin with an underscore, and Windows knows none called ``con``."""
TOP = 25
"""Documents shown for a beginning that has too many."""
PAGES_IN_FILE = 10
WITHOUT = N_("without:")
"""Before the words of a query that a result does not have."""
WHY = (WITHOUT, N_("spelled otherwise"), N_("in the other language"), N_("means the same"))
"""Why a result is shown where it does not have the very words."""
ALL_CLAIMS = N_("All of them in the table of claims: {n}")
NARROW = N_("Narrow the results")
FACETS = (N_("Kind"), N_("Source"), N_("Named or not"), N_("How it is said"))
"""By what results are narrowed: a document's kind, a claim's source, and its marks."""
PARTS: Mapping[DocumentPart, str] = {
    "money": N_("Amount"),
    "number": N_("Amount"),
    "place": N_("Place"),
    "time": N_("Time"),
    "party": N_("Parties"),
    "voice": N_("Voice"),
}
"""What answers a question, as it is called."""
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
MOST_POSTINGS = 2_000
"""A word in more documents than this leads to those where it weighs most."""


def read_scripts(*names: str) -> str:
    """Return scripts of the worker one after the other, behind the words and numbers that they share with Python."""
    shared = {"ARTICLE_WORDS": ARTICLE_WORDS, "FUNCTION_WORDS": FUNCTION_WORDS}
    shared |= {
        name: value
        for module in (likeness, settings)
        for name, value in vars(module).items()
        if name.isupper() and name[0] != "_"
    }
    constants = (f"const {name} = {_write_constant(value)}" for name, value in shared.items())
    return "\n".join((*constants, *((WORKER / name).read_text(encoding="utf-8") for name in names)))


def _write_constant(value: Any) -> str:
    return f'new Set("{" ".join(sorted(value))}".split(" "))' if isinstance(value, frozenset) else _write(value)


@cache
def read_worker() -> str:
    """Return the worker as one script, without comments and indents: a third of its bytes."""
    return shorten(read_scripts(*SCRIPTS))


@cache
def read_starter() -> str:
    """Return the worker that pages start, which reads the one that answers with the first question."""
    return shorten((WORKER / STARTER).read_text(encoding="utf-8"))


def name_worker() -> str:
    """Return the address of the worker that pages start, relative to the site's root; it changes with both scripts."""
    return f"search/worker.{digest(read_starter(), read_worker())[:12]}.js"


class Part(NamedTuple):
    """Files of the index that are made from the same things."""

    name: str
    made_from: str
    """Digest of these things."""
    make: Callable[[], Iterator[tuple[str, str | bytes]]]
    """Yields addresses relative to the site's root with their texts or bytes."""


def make_index(
    documents: list[Document], synonyms: Iterable[Synonyms], words: Mapping[Lang, Words], table: str = TABLE
) -> Iterator[tuple[str, str | bytes]]:
    """Yield every file of the index: its address relative to the site's root and its text.

    ``table`` is the address below the language of the table of all claims.
    """
    files = {address: text for part in list_parts(Corpus(documents, synonyms)) for address, text in part.make()}
    yield from files.items()
    yield from finish_index({address: digest(text) for address, text in files.items()}, documents, words, table)


def list_parts(corpus: Corpus) -> list[Part]:
    """Return the parts of the index of all documents; each can be taken over while it would be made from the same."""
    documents = corpus.documents
    named = (
        f"{n} {made_from}" for n, made_from in enumerate(corpus.prints) if documents[n].names or documents[n].words
    )
    everything = digest(*corpus.prints)
    return [
        Part("names", digest(*named), partial(_name_files, corpus)),
        Part("terms", everything, partial(_term_files, corpus)),
        Part("shown", everything, partial(_shown_files, documents)),
    ]


def finish_index(
    digests: Mapping[str, str], documents: list[Document], words: Mapping[Lang, Words], table: str = TABLE
) -> Iterator[tuple[str, str]]:
    """Yield what tells of the other files, given the digests of their texts by address."""
    manifests = {
        f"search/{lang}.json": _write(_make_manifest(digests, lang, documents, words[lang]) | {"table": table})
        for lang in LANGS
    }
    yield TERMS, _write(" ".join(list_shelves(digests, "en")["terms"]))
    version = digest(*(f"{address} {digests[address]}" for address in sorted(digests)), *manifests.values())
    # The theme reads this file first, on every page, and hands it to the worker.
    start = {
        "config": {"lang": list(LANGS), "separator": r"[\s\-]+", "pipeline": []},
        "docs": {"version": version[:12]},
    }
    yield "search/search_index.json", _write(start)
    yield name_worker(), read_starter()
    yield ANSWERS, read_worker()
    yield from manifests.items()


def _make_manifest(addresses: Iterable[str], lang: Lang, documents: list[Document], words: Words) -> dict[str, Any]:
    found = list_shelves(addresses, lang)
    return {
        "total": len(documents),
        "claims": sum(document.group != "claim" for document in documents),
        "inFile": PAGES_IN_FILE,
        "groups": [words.gettext(label) for label in GROUPS.values()],
        "why": [words.gettext(label) for label in WHY],
        "comma": words.gettext(N_(", ")),
        "facets": [words.gettext(label) for label in FACETS],
        "parts": {part: words.gettext(label) for part, label in PARTS.items()},
        "all": words.gettext(ALL_CLAIMS),
        "narrow": words.gettext(NARROW),
        "names": " ".join(found["names"]),
        "words": sorted(map(int, found["words"])),
    }


def list_shelves(addresses: Iterable[str], lang: Lang) -> dict[str, list[str]]:
    """Return the shelves of names and terms by their names, and the lengths of consonants, each in order."""
    found: dict[str, list[str]] = {"names": [], "terms": [], "words": []}
    for address in addresses:
        folder, _, file = address.rpartition("/")
        kind = folder.rpartition("/")[2]
        if folder in (f"search/{lang}/names", "search/terms", "search/words"):
            found[kind].append(file.removesuffix(".json").removeprefix(SHELF))
    return {kind: sorted(shelves) for kind, shelves in found.items()}


def _write(value: Any) -> str:
    return _ENCODER.encode(value)


def _name_files(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Yield the shelves of names of each language, and the list of their consonants."""
    keys = _find_keys(corpus)
    named = [n for n, (own, others) in enumerate(corpus.names) if own or others]
    named.sort(key=lambda n: (-corpus.documents[n].weight, n))
    for lang in LANGS:
        entries = {n: _write(_make_entry(corpus, n, lang)) for n in named if lang in corpus.documents[n].title}
        sizes = {n: len(entry.encode()) + _USUAL_VARIANTS for n, entry in entries.items()}
        of_lang = {key: {n: whole for n, whole in found.items() if n in entries} for key, found in keys.items()}
        shelves = shelve({key: found for key, found in of_lang.items() if found}, sizes, SHELF_BYTES, TOP)
        variants = _shelve_variants(corpus, entries, sorted(shelves))
        for key, numbers in shelves.items():
            whole = (f"{entries[n][:-1]},{_write(variants.get((n, key), []))}]" for n in numbers)
            yield f"search/{lang}/names/{SHELF}{key}.json", f"[{','.join(whole)}]"
    words = {word.skeleton for own, _ in corpus.names for phrase in own for word in phrase.words if word.skeleton}
    for length in sorted(set(map(len, words))):
        yield f"search/words/{length}.json", _write(" ".join(sorted(word for word in words if len(word) == length)))


def _find_keys(corpus: Corpus) -> dict[str, dict[int, bool]]:
    """Return which documents have a name with these consonants from a word on, and whether from the first."""
    keys: defaultdict[str, dict[int, bool]] = defaultdict(dict)
    for n, (own, variants) in enumerate(corpus.names):
        for phrase in (*own, *variants):
            for start, tail in enumerate(phrase.tails):
                keys[tail.skeleton][n] = keys[tail.skeleton].get(n, False) or start == 0
    return keys


def _shelve_variants(
    corpus: Corpus, numbers: Iterable[int], shelves: Sequence[str]
) -> dict[tuple[int, str], list[str]]:
    """Return what else than its own names each document is called on each shelf."""
    found: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    names = set(shelves)
    for n in numbers:
        for variant in corpus.names[n][1]:
            keys = [tail.skeleton for tail in variant.tails]
            # Also where a beginning has too many and those with most claims are shown.
            begun = {shelf for key in keys for end in range(len(key)) if (shelf := key[:end]) in names}
            for shelf in begun | {shelves[max(0, bisect_right(shelves, key) - 1)] for key in keys}:
                found[n, shelf].append(_spell(variant))
    return found


def _make_entry(corpus: Corpus, n: int, lang: Lang) -> list[Any]:
    document, (own, _) = corpus.documents[n], corpus.names[n]
    return [n, document.weight, _show(document, lang), [_spell(p) for p in own]]


def _show(document: Document, lang: Lang) -> list[Any]:
    if lang not in document.title:
        return []
    group = list(GROUPS).index(document.group)
    shown = (document.kind[lang], document.title[lang], document.context[lang])
    told = [group, document.path, *(isolate(text, lang) for text in shown)]
    if document.group != "claim":
        return told
    marks = [isolate(text, lang) for text in document.marks.get(lang, ())]
    return [*told, marks, [[part, isolate(text, lang)] for part, text in document.parts.get(lang, ())]]


def _shown_files(documents: list[Document]) -> Iterator[tuple[str, str]]:
    """Yield what is shown of documents that are found by their text."""
    for lang in LANGS:
        for start in range(0, len(documents), PAGES_IN_FILE):
            shown = [_show(document, lang) for document in documents[start : start + PAGES_IN_FILE]]
            yield f"search/{lang}/pages/{start // PAGES_IN_FILE}.json", _write(shown)


def _term_files(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Yield the shelves of words of texts; they do not depend on the reader's language."""
    written = {term: _write_postings(found) for term, found in sorted(corpus.postings.items())}
    for term, others in corpus.meanings.items():
        written[term].append(others)
    rows = {term: _write({term: value})[1:-1] for term, value in written.items()}
    sizes = {term: len(row.encode()) + 2 for term, row in rows.items()}
    keys: defaultdict[str, dict[str, bool]] = defaultdict(dict)
    for term in written:
        keys[_shelve_term(term)][term] = True
    for key, terms in shelve(keys, sizes, TERM_SHELF_BYTES, 0).items():
        yield f"search/terms/{SHELF}{key}.json", "{" + ",".join(rows[term] for term in terms) + "}"


def _shelve_term(term: str) -> str:
    """Return the consonants that a term is found by: of several words, those of the first that names something."""
    words = term.lstrip(ROOTED + STEER).split(" ")
    return read_word(next((word for word in words if word not in FUNCTION_WORDS), words[0])).skeleton


def _write_postings(found: dict[int, int]) -> list[Any]:
    """Return the number of documents; then for each weight from the highest the documents, each as a step.

    Last, as words, comes what the term means.
    """
    best = sorted(found) if len(found) <= MOST_POSTINGS else sorted(_find_weightiest(found))
    by_weight: defaultdict[int, list[int]] = defaultdict(list)
    for n in best:
        by_weight[found[n]].append(n)
    return [len(found), *([weight, *_deltas(by_weight[weight])] for weight in sorted(by_weight, reverse=True))]


def _find_weightiest(found: dict[int, int]) -> list[int]:
    return sorted(found, key=lambda n: (-found[n], n))[:MOST_POSTINGS]


def _spell(phrase: Phrase) -> str:
    return " ".join(word.fold for word in phrase.words)


def _deltas(numbers: list[int]) -> list[int]:
    return [n - before for before, n in zip([0, *numbers], numbers, strict=False)]
