"""The index is made of files that answer a query each, and tells nothing that readers must not see."""

import json
import re
from itertools import pairwise

import pytest

from musnad.pages.site import Site
from musnad.records.vocabulary import Synonyms
from musnad.search.corpus import Corpus
from musnad.search.documents import Document, list_documents
from musnad.search.index import (
    ANSWERS,
    MOST_POSTINGS,
    PAGES_IN_FILE,
    SHELF_BYTES,
    TOP,
    make_index,
    name_worker,
    read_starter,
    read_worker,
)
from musnad.text.bidi import isolate
from musnad.text.languages import LANGS, Lang
from musnad.text.words import read_phrase, read_word
from tests.search.shelves import find_shelf

SYNONYMS = [Synonyms(ar=("ملح", "أملاح"), en=("salt", "brine")), Synonyms(ar=("مرفأ",), en=("harbour", "haven"))]
# Enough names that begin alike for shelves to be split.
MANY = [
    Document(
        f"entities/{first}-{last}-{n}/",
        "entity",
        dict.fromkeys(LANGS, ""),
        dict.fromkeys(LANGS, f"{first} {last} {n}"),
        dict.fromkeys(LANGS, "salt"),
        names=(f"{first} {last} {n}", f"{last}{first}"),
        weight=n,
    )
    for first in ("Tell", "Khirbat", "دير", "Nahr")
    for last in ("Hasan", "Hamad", "الزور", "Kamal", "Ghazal")
    for n in range(20)
] + [
    Document(
        f"entities/mill-{n}/",
        "entity",
        dict.fromkeys(LANGS, ""),
        dict.fromkeys(LANGS, "Black Mill"),
        dict.fromkeys(LANGS, "one of many mills of this name " * 8),
        names=("Black Mill",),
    )
    for n in range(60)
]


@pytest.fixture(scope="module")
def documents(toy_site: Site) -> list[Document]:
    """Return the documents of the toy record."""
    return list_documents(toy_site)


@pytest.fixture(scope="module")
def files(documents: list[Document], toy_site: Site) -> dict[str, str]:
    """Return the index of the toy record."""
    return dict(make_index(documents, SYNONYMS, toy_site.words))


@pytest.fixture(scope="module")
def many(toy_site: Site) -> dict[str, str]:
    """Return an index with many shelves."""
    return dict(make_index(MANY, [], toy_site.words))


def shelf(files: dict[str, str], folder: str, names: str, key: str) -> object:
    """Return what a key leads to, as the worker goes there."""
    found = find_shelf(set(names.split(" ")), key)
    return json.loads(files[f"search/{folder}/from-{found}.json"])


def decode(postings: list[int | list[int]]) -> dict[int, int]:
    """Return the documents of a word with its weight in each."""
    found = {}
    for row in postings[1:]:
        assert isinstance(row, list)
        if isinstance(row[0], str):  # what the word means
            continue
        n = 0
        for step in row[1:]:
            n += step
            found[n] = row[0]
    return found


def test_every_file_is_json_and_listed(files: dict[str, str]) -> None:
    """But the worker, in two parts: what pages start is small, and what answers does not come with it."""
    assert (files[name_worker()], files[ANSWERS]) == (read_starter(), read_worker())
    assert len(read_starter()) < 1_000
    start = json.loads(files["search/search_index.json"])
    assert set(start) == {"config", "docs"}
    for name, text in files.items():
        if name not in (name_worker(), ANSWERS):
            assert json.loads(text) is not None
            assert text == json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))


def test_shelves_are_listed_in_order(many: dict[str, str]) -> None:
    """The worker looks for the last that is not after a key; the one for the first keys comes first."""
    for lang in LANGS:
        manifest = json.loads(many[f"search/{lang}.json"])
        for shelves in (manifest["names"].split(" "), json.loads(many["search/terms.json"]).split(" ")):
            assert shelves == ["", *sorted(shelves[1:])]


def test_version_changes_with_what_is_found(documents: list[Document], toy_site: Site, files: dict[str, str]) -> None:
    """A reader's browser must not mix two states of the record."""
    fewer = dict(make_index(documents[1:], SYNONYMS, toy_site.words))
    versions = [json.loads(found["search/search_index.json"])["docs"]["version"] for found in (files, fewer)]
    assert versions[0] != versions[1]


def test_what_each_page_fetches_is_small(files: dict[str, str]) -> None:
    """A hundred bytes: the version in twelve digits, and what the theme wants to know of an index."""
    start = json.loads(files["search/search_index.json"])
    assert len(start["docs"]["version"]) == 12
    assert start["config"] == {"lang": ["ar", "en"], "separator": r"[\s\-]+", "pipeline": []}
    assert len(files["search/search_index.json"]) < 120
    assert re.fullmatch(r"search/worker\.[0-9a-f]{12}\.js", name_worker())


@pytest.mark.parametrize("is_many", [False, True], ids=["toy record", "many names"])
@pytest.mark.parametrize("lang", LANGS)
def test_every_name_leads_to_its_document(
    documents: list[Document], files: dict[str, str], many: dict[str, str], lang: Lang, is_many: bool
) -> None:
    """By the consonants of the whole name, in either language; the entry holds the name as it will be compared."""
    index, all_documents = (many, MANY) if is_many else (files, documents)
    manifest = json.loads(index[f"search/{lang}.json"])
    assert (len(manifest["names"].split(" ")) > 1) == is_many
    for n, document in enumerate(all_documents):
        for name in document.names:
            phrase = read_phrase(name)
            entries = shelf(index, f"{lang}/names", manifest["names"], phrase.tails[0].skeleton)
            (entry,) = [entry for entry in entries if entry[0] == n]  # type: ignore[attr-defined]
            assert phrase.tails[0].fold in [read_phrase(own).tails[0].fold for own in entry[3]]
            assert entry[2][1] == document.path


def test_beginning_leads_to_the_most_claimed(many: dict[str, str]) -> None:
    """Where more begin so than a shelf holds."""
    manifest = json.loads(many["search/ar.json"])
    entries = shelf(many, "ar/names", manifest["names"], read_word("tel").skeleton)
    weights = [entry[1] for entry in entries]  # type: ignore[attr-defined]
    assert weights == sorted(weights, reverse=True)
    assert [weight for weight in weights if weight == 19] == [19] * 5


def test_shelves_keep_to_the_limit(many: dict[str, str]) -> None:
    """But for those that show the first of too many."""
    sizes = [len(text.encode()) for name, text in many.items() if "/names/" in name]
    largest = max(
        len(json.dumps(entry)) for name, text in many.items() if "/names/" in name for entry in json.loads(text)
    )
    assert len(sizes) > 4
    assert all(size <= SHELF_BYTES * 1.1 + TOP * largest for size in sizes)
    assert sum(size <= SHELF_BYTES * 1.1 for size in sizes) > len(sizes) / 2


@pytest.mark.parametrize("is_many", [False, True], ids=["toy record", "many names"])
def test_postings_are_those_of_the_corpus(
    documents: list[Document], files: dict[str, str], many: dict[str, str], is_many: bool
) -> None:
    """On the shelf that the word's consonants lead to, with the number of documents first, the weightiest next."""
    index, corpus = (many, Corpus(MANY, [])) if is_many else (files, Corpus(documents, SYNONYMS))
    names = json.loads(index["search/terms.json"])
    for term, found in corpus.postings.items():
        terms = shelf(index, "terms", names, read_word(term.lstrip("~?").split(" ")[0]).skeleton)
        assert terms[term][0] == len(found)  # type: ignore[index]
        assert decode(terms[term]) == found  # type: ignore[index]
        weights = [row[0] for row in terms[term][1:] if isinstance(row[0], int)]  # type: ignore[index]
        assert weights == sorted(set(weights), reverse=True)


@pytest.mark.parametrize("more", [0, 1])
def test_word_of_too_many_documents_leads_to_the_weightiest(more: int, toy_site: Site) -> None:
    """As many as are kept; how many there are is said all the same."""
    empty = dict.fromkeys(LANGS, "")
    heavy = [Document(f"heavy/{n}/", "page", empty, dict.fromkeys(LANGS, "Salt"), empty) for n in range(3)]
    light = [Document(f"{n}/", "page", empty, empty, empty, text=("salt",)) for n in range(MOST_POSTINGS - 3 + more)]
    files = dict(make_index([*light, *heavy], [], toy_site.words))
    terms = shelf(files, "terms", json.loads(files["search/terms.json"]), read_word("salt").skeleton)
    found = decode(terms["salt"])  # type: ignore[index]
    assert terms["salt"][0] == MOST_POSTINGS + more  # type: ignore[index]
    assert list(found) == [*range(len(light), len(light) + 3), *range(len(light) - more)]


@pytest.mark.parametrize("lang", LANGS)
def test_every_document_is_shown_in_its_language(documents: list[Document], files: dict[str, str], lang: Lang) -> None:
    """By its number."""
    for n, document in enumerate(documents):
        shown = json.loads(files[f"search/{lang}/pages/{n // PAGES_IN_FILE}.json"])[n % PAGES_IN_FILE]
        texts = (document.kind[lang], document.title[lang], document.context[lang])
        assert shown[1:5] == [document.path, *(isolate(text, lang) for text in texts)]
        marks = [isolate(text, lang) for text in document.marks.get(lang, ())]
        parts = [[part, isolate(text, lang)] for part, text in document.parts.get(lang, ())]
        assert shown[5:] == ([marks, parts] if document.group == "claim" else [])


def test_section_in_one_language_is_not_shown_in_the_other(toy_site: Site) -> None:
    """Its place stays empty, so that numbers are the same in both."""
    section = Document("method/#how", "page", {"en": "Method"}, {"en": "How"}, {"en": "So"}, names=("How",))
    files = dict(make_index([section], [], toy_site.words))
    assert json.loads(files["search/ar/pages/0.json"]) == [[]]
    assert json.loads(files["search/ar/names/from-.json"]) == []
    assert json.loads(files["search/en/names/from-.json"])[0][2][1] == "method/#how"


def test_consonants_of_names_are_kept_by_their_number(documents: list[Document], files: dict[str, str]) -> None:
    """For queries with a mistake; the list of the lengths is with the shelves."""
    manifest = json.loads(files["search/en.json"])
    found = {length: json.loads(files[f"search/words/{length}.json"]).split(" ") for length in manifest["words"]}
    assert all(len(key) == length for length, keys in found.items() for key in keys)
    names = [read_phrase(name) for document in documents for name in document.names]
    assert {key for keys in found.values() for key in keys} == {
        word.skeleton for phrase in names for word in phrase.words
    } - {""}


def test_both_languages_have_the_same_files(files: dict[str, str]) -> None:
    """Shelves differ where texts are longer in one of them; of a record this small they do not."""
    arabic, english = ({name.replace(f"search/{lang}", "search/") for name in files} for lang in LANGS)
    both = {name for name in files if not name.startswith(("search/ar", "search/en"))}
    assert {name for name in arabic if "search//" in name} == {name for name in english if "search//" in name}
    assert all(a < b for a, b in pairwise(sorted(both)))


HIDDEN = ["uillfeather", "الخزامى", "خزام", "elican", "البجع", "بجع", "lamp of the Old", "is broken", "الفانوس القديم"]


@pytest.mark.parametrize("words", HIDDEN, ids=ascii)
def test_what_readers_must_not_see_is_in_no_file(files: dict[str, str], words: str) -> None:
    """Withheld and draft records, and what a retracted claim said."""
    assert [name for name, text in files.items() if words.casefold() in text.casefold()] == []


def test_order_of_synonyms_makes_no_difference(
    documents: list[Document], toy_site: Site, files: dict[str, str]
) -> None:
    """It is an editor's list, not a ranking."""
    turned = [Synonyms(ar=group.ar[::-1], en=group.en[::-1]) for group in reversed(SYNONYMS)]
    assert sort_all(dict(make_index(documents, turned, toy_site.words))) == sort_all(files)


def sort_all(files: dict[str, str]) -> dict[str, object]:
    """Return files with every list of names in order; the version stands for bytes and is left out."""
    loaded = {name: json.loads(text) for name, text in files.items() if name.endswith(".json")}
    for name, entries in loaded.items():
        if "/names/" in name:
            loaded[name] = [[*entry[:4], sorted(entry[4])] for entry in entries]
    del loaded["search/search_index.json"]
    return loaded
