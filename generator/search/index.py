"""Make the index: small JSON files, each of which answers the queries that begin alike.

``search/<lang>.json`` lists the shelves; ``search/<lang>/names/`` holds what is called something, by the consonants
from each word of its names on; ``search/terms/`` what words stand in which documents; ``search/<lang>/pages/`` what
is shown of a document; ``search/words/`` all consonants of names, by their number, for queries with a mistake. The
worker in the reader's browser fetches what it needs (``worker/worker.js``).
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.locale import Words
from generator.search.corpus import Corpus
from generator.search.documents import GROUPS, Document
from generator.search.shelve import shelve
from generator.text.words import Phrase, read_word
from generator.values import LANGS, Lang
from generator.vocabulary import Synonyms

WORKER = Path(__file__).parent / "worker"
SCRIPTS = ("analyse.js", "match.js", "worker.js")
SHELF_BYTES = 12_000
"""Of names, before compression; about a third of that on the line."""
TERM_SHELF_BYTES = 9_000
TOP = 25
"""Documents shown for a beginning that has too many."""
PAGES_IN_FILE = 10
MOST_POSTINGS = 2_000
"""A word in more documents than this leads to those where it weighs most."""


def read_worker() -> str:
    """Return the worker as one script."""
    return "\n".join((WORKER / name).read_text(encoding="utf-8") for name in SCRIPTS)


def name_worker() -> str:
    """Return the worker's address relative to the site's root; it changes with its content."""
    return f"search/worker.{_digest(read_worker())}.js"


def make_index(
    documents: list[Document], synonyms: Iterable[Synonyms], words: Mapping[Lang, Words]
) -> Iterator[tuple[str, str]]:
    """Yield every file of the index: its address relative to the site's root and its text, in a fixed order."""
    index = _Index(Corpus(documents, synonyms))
    files = dict(index.shared_files())
    for lang in LANGS:
        files |= index.files(lang, words[lang])
    version = _digest("".join(f"{name}\n{text}\n" for name, text in files.items()))
    # The theme reads this file first, on every page, and hands it to the worker.
    start = {"config": {"lang": list(LANGS), "separator": r"[\s\-]+", "pipeline": []}, "docs": {"version": version}}
    yield "search/search_index.json", _write(start)
    yield name_worker(), read_worker()
    yield from files.items()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _write(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class _Index:
    def __init__(self, corpus: Corpus) -> None:
        self.documents = corpus.documents
        self._names = corpus.names
        self._postings = corpus.postings
        self._keys = self._find_keys()

    def _find_keys(self) -> dict[str, dict[int, bool]]:
        """Return which documents have a name with these consonants from a word on, and whether from the first."""
        keys: defaultdict[str, dict[int, bool]] = defaultdict(dict)
        for n, (own, variants) in enumerate(self._names):
            for phrase in (*own, *variants):
                for start, tail in enumerate(phrase.tails):
                    keys[tail.skeleton][n] = keys[tail.skeleton].get(n, False) or start == 0
        return keys

    def files(self, lang: Lang, words: Words) -> dict[str, str]:
        """Return what one language needs."""
        entries = {n: self._entry(n, lang) for n in self._most_claimed() if lang in self.documents[n].title}
        keys = {key: {n: whole for n, whole in found.items() if n in entries} for key, found in self._keys.items()}
        sizes = {n: len(_write(entry).encode()) for n, entry in entries.items()}
        shelves = shelve({key: found for key, found in keys.items() if found}, sizes, SHELF_BYTES, TOP)
        files = {f"search/{lang}.json": _write(self._manifest(lang, words, shelves))}
        for key, found in shelves.items():
            files[f"search/{lang}/names/{key}_.json"] = _write([entries[n] for n in found])
        for start in range(0, len(self.documents), PAGES_IN_FILE):
            chunk = self.documents[start : start + PAGES_IN_FILE]
            files[f"search/{lang}/pages/{start // PAGES_IN_FILE}.json"] = _write([self._shown(d, lang) for d in chunk])
        return files

    def _most_claimed(self) -> list[int]:
        named = [n for n, (own, _) in enumerate(self._names) if own]
        return sorted(named, key=lambda n: (-self.documents[n].weight, n))

    def _entry(self, n: int, lang: Lang) -> list[Any]:
        own, variants = self._names[n]
        shown = self._shown(self.documents[n], lang)
        return [n, self.documents[n].weight, shown, [_spell(p) for p in own], [_spell(p) for p in variants]]

    def _shown(self, document: Document, lang: Lang) -> list[Any]:
        if lang not in document.title:
            return []
        group = list(GROUPS).index(document.group)
        return [group, document.path, document.kind[lang], document.title[lang], document.context[lang]]

    def _manifest(self, lang: Lang, words: Words, shelves: Iterable[str]) -> dict[str, Any]:
        return {
            "total": len(self.documents),
            "inFile": PAGES_IN_FILE,
            "groups": [words.gettext(label) for label in GROUPS.values()],
            "names": " ".join(sorted(shelves)),
            "terms": " ".join(sorted(self._term_shelves)),
            "words": sorted({len(word) for word in self._name_words()}),
        }

    def _name_words(self) -> set[str]:
        return {word.skeleton for own, _ in self._names for phrase in own for word in phrase.words if word.skeleton}

    def shared_files(self) -> dict[str, str]:
        """Return what does not depend on the reader's language."""
        written = {term: _write_postings(found) for term, found in sorted(self._postings.items())}
        sizes = {term: len(_write({term: value}).encode()) for term, value in written.items()}
        keys: defaultdict[str, dict[str, bool]] = defaultdict(dict)
        for term in written:
            keys[read_word(term).skeleton][term] = True
        self._term_shelves = shelve(keys, sizes, TERM_SHELF_BYTES, 0)
        files = {
            f"search/terms/{key}_.json": _write({term: written[term] for term in terms})
            for key, terms in self._term_shelves.items()
        }
        by_length: defaultdict[int, list[str]] = defaultdict(list)
        for word in sorted(self._name_words()):
            by_length[len(word)].append(word)
        return files | {
            f"search/words/{length}.json": _write(" ".join(found)) for length, found in sorted(by_length.items())
        }


def _write_postings(found: dict[int, int]) -> list[Any]:
    """Return the number of documents; then for each weight from the highest the documents, each as a step."""
    best = sorted(found, key=lambda n: (-found[n], n))[:MOST_POSTINGS]
    by_weight: defaultdict[int, list[int]] = defaultdict(list)
    for n in sorted(best):
        by_weight[found[n]].append(n)
    return [len(found), *([weight, *_deltas(by_weight[weight])] for weight in sorted(by_weight, reverse=True))]


def _spell(phrase: Phrase) -> str:
    return " ".join(word.fold for word in phrase.words)


def _deltas(numbers: list[int]) -> list[int]:
    return [n - before for before, n in zip([0, *numbers], numbers, strict=False)]
