"""The command line's search: what is meant comes first, in either language, whatever the spelling."""

import pytest
from hypothesis import given

from musnad.pages.site import Site
from musnad.records.vocabulary import Synonyms
from musnad.search.corpus import Corpus
from musnad.search.documents import Document, list_documents
from musnad.search.find import SYNONYM, Finder, read_question
from musnad.text.languages import LANGS
from tests.text.strategies import texts


@pytest.fixture(scope="module")
def finder(toy_site: Site) -> Finder:
    """Return the search of the toy record with a few synonyms."""
    synonyms = [Synonyms(ar=("مرفأ", "ميناء"), en=("harbour", "haven")), Synonyms(ar=("رغيف",), en=("bread", "loaf"))]
    return Finder(Corpus(list_documents(toy_site), synonyms))


FOUND = {
    "name": ("Rye bread", "entities/rye-bread/"),
    "Arabic name": ("خبز الجاودار", "entities/rye-bread/"),
    "alias": ("خبز اسود", "entities/rye-bread/"),
    "article, tashkeel and tatweel": ("المِـلح", "entities/salt/"),
    "particle": ("بالملح", "entities/salt/"),
    "order": ("الجاودار خبز", "entities/rye-bread/"),
    "joined": ("الميناءالقديم", "entities/old-harbour/"),
    "split": ("Lan tern Bay", "entities/lantern-bay/"),
    "Arabic name in Latin letters": ("mira hult", "entities/mentioned-person/"),
    "Latin name in Arabic letters": ("دوكرز", "entities/dockers/"),
    "mistake": ("Lantren Bay", "entities/lantern-bay/"),
    "begun": ("lant", "entities/lantern-bay/"),
    "synonym in the same language": ("Old haven", "entities/old-harbour/"),
    "synonym in the other language": ("haven القديم", "entities/old-harbour/"),
    "number in another register": ("1234567", "entities/old-harbour/"),
    "source": ("quay-news-7", "sources/quay-news-7/"),
    "words of a claim": ("ninety crowns near the harbour", "claims/tide-post-12/rye-bread-price/"),
    "words of a claim in Arabic": ("تحجب الملح", "claims/tide-post-12/salt-kept-back/"),
    "word of a claim with particle and article": ("والأرغفة", "claims/tide-post-12/guild-sells-bread/"),
    "word of a claim with another ending": ("closing", "claims/tide-post-12/harbour-closed/"),
    "word of a claim with a particle": ("فأغلق", "claims/tide-post-12/harbour-closed/"),
    "words of a claim with particles": ("ولعمال يشتري", "claims/quay-news-7/dockers-buy-bread/"),
    "page": ("How to read this", "reading/"),
}


@pytest.mark.parametrize(("query", "path"), FOUND.values(), ids=FOUND)
def test_what_is_meant_comes_first(finder: Finder, query: str, path: str) -> None:
    """One way to ask at a time."""
    assert [hit.document.path for hit in finder.find(query, limit=1)] == [path]


@pytest.mark.parametrize("query", ["Zanzibar", "قطن", "", " ،. ", "Quillfeather", "نادي البجع"])
def test_what_is_not_there_is_not_found(finder: Finder, query: str) -> None:
    """Nor what is withheld or in draft."""
    assert finder.find(query) == []


@given(query=texts)
def test_hits_are_in_order(finder: Finder, query: str) -> None:
    """Best first within each kind, each document once, no more than asked for."""
    hits = finder.find(query, limit=5)
    for group in {hit.document.group for hit in hits}:
        scores = [hit.score for hit in hits if hit.document.group == group]
        assert scores == sorted(scores, reverse=True)
    assert all(0 < hit.score <= 1 for hit in hits)
    assert len({hit.document.path for hit in hits}) == len(hits) <= 5


def test_of_equals_the_one_with_more_claims_comes_first(finder: Finder) -> None:
    """Both harbours are called so."""
    hits = finder.find("ميناء", limit=2)
    assert [hit.document.path for hit in hits] == ["entities/old-harbour/", "entities/new-harbour/"]
    assert hits[0].score == hits[1].score


def test_name_comes_before_a_synonym() -> None:
    """However many claims the other has."""
    plain = dict.fromkeys(LANGS, "")
    named = [
        Document(f"{name}/", "entity", plain, plain, plain, (name,), weight=n)
        for n, name in enumerate(("haven", "port"))
    ]
    hits = Finder(Corpus(named, [Synonyms(en=("haven", "port"))])).find("haven")
    assert [(hit.document.path, hit.score) for hit in hits] == [("haven/", 1.0), ("port/", pytest.approx(SYNONYM))]


def test_what_is_missing_is_said(finder: Finder) -> None:
    """No word is required, and none is passed over in silence; question words ask for nothing by themselves."""
    hit, *_ = finder.find("who closed the harbour with gunpowder")
    assert hit.document.path == "claims/tide-post-12/harbour-closed/"
    assert hit.missing == ("gunpowder",)
    assert finder.find("who closed the harbour")[0].missing == ()


ASKED = {
    "who": ("who closed the harbour", ["?party"]),
    "who, where it begins a query": ("من أغلق الميناء", ["?party"]),
    "from": ("خبز من الميناء", []),
    "whence": ("من أين الخبز", ["?place", "origin"]),
    "who says": ("who says that it is closed", ["?voice"]),
    "words between": ("where did the dockers go", ["?place", "retreat"]),
    "how much": ("بكم الخبز", ["?money"]),
    "nothing": ("closed harbour", []),
}


@pytest.mark.parametrize(("query", "steers"), ASKED.values(), ids=ASKED)
def test_question_words_ask_for_something(query: str, steers: list[str]) -> None:
    """For a mark of documents, or for a word."""
    assert read_question(query).steers == steers


def test_verb_is_not_the_name() -> None:
    """After a question word, written small and with something behind it."""
    asked = ("who is at sea", "how big is the sea", "where IS the sea", "who sells to is", "what did is sell")
    read = [[word.fold for word in read_question(query).words] for query in asked]
    assert read == [["sea"], ["big", "sea"], ["is", "sea"], ["sells", "is"], ["is", "sell"]]


def test_who_is_answered_by_claims_with_parties() -> None:
    """Of two that have the same words, the one that tells of somebody comes first."""
    plain = dict.fromkeys(LANGS, "")
    told = dict.fromkeys(LANGS, "the town is encircled")
    without, with_party = (
        Document(f"{n}/", "claim", plain, told, told, answers=answers) for n, answers in enumerate(((), ("party",)))
    )
    finder = Finder(Corpus([without, with_party], []))
    assert [hit.document.path for hit in finder.find("who encircled the town")] == ["1/", "0/"]
    assert [hit.document.path for hit in finder.find("encircled town")] == ["0/", "1/"]


def test_likeness_is_for_long_words_beside_nothing_better() -> None:
    """Two consonants that happen to agree are no reason; of a word that is there, only the word itself is meant."""
    plain = dict.fromkeys(LANGS, "")
    named = [
        Document(f"{n}/", "entity", plain, dict.fromkeys(LANGS, name), plain, (name,))
        for n, name in enumerate(("Syrian militias", "السعر", "مع", "Lantern Bay", "Lanterns"))
    ]
    finder = Finder(Corpus(named, []))
    assert [hit.document.path for hit in finder.find("سعر")] == ["1/"]
    assert finder.find("ماء") == []
    assert [hit.document.path for hit in finder.find("Lantren Bay")] == ["3/"]


def test_verbs_meet_in_all_their_forms() -> None:
    """By the root that is left of them, in both languages."""
    plain = dict.fromkeys(LANGS, "")
    texts = [dict.fromkeys(LANGS, "زُرعت ألغام كثيرة"), dict.fromkeys(LANGS, "they encircled the town")]
    documents = [Document(f"{n}/", "claim", plain, text, text) for n, text in enumerate(texts)]
    finder = Finder(Corpus(documents, []))
    for n, queries in enumerate((("مزروعة", "زراعة", "يزرعون"), ("encirclement", "encircling"))):
        assert [[hit.document.path for hit in finder.find(query)] for query in queries] == [[f"{n}/"]] * len(queries)
