"""What can be found of each kind of page: its names, its words, and what is shown of it in a list."""

import pytest

from musnad.pages.prose import Section
from musnad.pages.site import Site
from musnad.records.model import Catalogue, Inference
from musnad.search.documents import Document, list_documents
from musnad.text.languages import LANGS
from tests.conftest import change, make_toy_site


def find(site: Site, path: str) -> Document:
    """Return the one document of a page."""
    (document,) = (document for document in list_documents(site) if document.path == path)
    return document


def test_entity_is_found_by_all_its_names(toy_site: Site) -> None:
    """Each once; by its finer kind, and by its numbers in other registers."""
    assert find(toy_site, "entities/old-harbour/") == Document(
        path="entities/old-harbour/",
        group="entity",
        kind={"ar": "مكان", "en": "Place"},
        title={"ar": "الميناء القديم", "en": "Old Harbour"},
        context={"ar": "ميناء صغير.", "en": "A small harbour."},
        names=("الميناء القديم", "Old Harbour", "Harbour of Old", "al-Mina al-Qadim"),
        text=("ميناء", "harbour", "1234567"),
        notes=("الميناء الجديد", "New Harbour"),
        answers=("place",),
        weight=3,
        file="entities/place/old-harbour.yaml",
    )
    assert find(toy_site, "entities/salt/").text == ()


def test_source_is_found_by_outlet_and_number(toy_site: Site) -> None:
    """In either language; its sentences are its weight."""
    assert find(toy_site, "sources/quay-news-7/") == Document(
        path="sources/quay-news-7/",
        group="source",
        kind={"ar": "مصدر", "en": "Source"},
        title={"ar": "أخبار الرصيف، quay-news-7", "en": "Quay News, quay-news-7"},
        context={"ar": "عن خبز المرفأ", "en": "On the bread of the harbour"},
        names=("أخبار الرصيف، quay-news-7", "Quay News, quay-news-7", "quay-news-7"),
        weight=5,
        file="sources/quay-news-7.yaml",
    )


def test_claim_is_shown_with_its_opening_words(toy_site: Site) -> None:
    """It has no name, and a retracted one tells its title alone."""
    assert find(toy_site, "claims/tide-post-12/harbour-closed/") == Document(
        path="claims/tide-post-12/harbour-closed/",
        group="claim",
        kind={"ar": "صحيفة المدّ، tide-post-12", "en": "Tide Post, tide-post-12"},
        title={"ar": "إغلاق الميناء القديم", "en": "Closure of the Old Harbour"},
        context={
            "ar": "بحسب صحيفة صحيفة المدّ، أُغلق الميناء القديم في 3 آذار.",
            "en": "According to the Tide Post, the Old Harbour was closed on 3 March.",
        },
        notes=(
            *("إغلاق", "closure", "بصيغة الجزم", "Asserted", "مصدر واحد", "Single source"),
            *("الميناء القديم", "Old Harbour", "Harbour of Old", "al-Mina al-Qadim", "ميناء صغير.", "A small harbour."),
        ),
        answers=("place", "time"),
        marks={"ar": ("كل الأصوات مسمّاة", "بصيغة الجزم"), "en": ("All voices have names", "Asserted")},
        parts={
            "ar": (("time", "3\xa0آذار 2024"), ("place", "الميناء القديم"), ("voice", "صحيفة صحيفة المدّ")),
            "en": (("time", "3\xa0March 2024"), ("place", "Old Harbour"), ("voice", "the Tide Post")),
        },
        file="claims/tide-post-12/harbour-closed.yaml",
    )
    lamp = find(toy_site, "claims/tide-post-12/lamp-broken/")
    assert lamp.context["en"] == "A broken lamp: retracted."
    assert (lamp.marks["en"], lamp.parts) == (("All voices have names",), {})


def test_pages_that_lead_to_records_are_found_by_their_titles(toy_site: Site) -> None:
    """Sections with their blurbs, kinds, and what is always there, in this order."""
    documents = [document for document in list_documents(toy_site) if document.group == "page"]
    assert [document.path for document in documents] == [
        "browse/people/",
        "browse/harbour/",
        *(f"browse/people/{kind}/" for kind in ("person", "outlet", "group")),
        *(f"browse/harbour/{kind}/" for kind in ("place", "good")),
        "sources/",
        "claims/",
        "reading/",
    ]
    people = documents[0]
    assert (people.title, people.context["en"]) == ({"ar": "الناس", "en": "People"}, "Persons, groups and papers")
    assert all(document.names == tuple(document.title[lang] for lang in LANGS) for document in documents)
    assert all(not any(document.kind.values()) and not document.file for document in documents)


def test_documents_keep_one_order(toy_site: Site) -> None:
    """Claims come last, so that the numbers of what has a name stay when one is added."""
    sections = [Section("method/", "Method", "", "How.")]
    documents = list_documents(toy_site, {"en": sections})
    groups = [document.group for document in documents]
    assert list(dict.fromkeys(groups)) == ["entity", "source", "page", "claim"]
    assert [document.path for document in documents if document.group == "page"][-1] == "method/"
    ids = [document.path for document in documents if document.group == "claim"]
    assert ids == sorted(ids)
    assert len(documents) == 10 + 2 + 11 + 9


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("x" * 200, "x" * 200),
        ("x" * 190 + " " + "y" * 10, "x" * 190),
        ("x" * 190 + " " + "y" * 9 + " zz", "x" * 190),
        ("x" * 190 + " " + "y" * 8 + " zz", "x" * 190 + " " + "y" * 8),
    ],
    ids=["two hundred", "one more", "the last word just fits", "the last word fits"],
)
def test_beginning_of_a_section_is_cut_at_a_word(text: str, shown: str, toy_site: Site) -> None:
    """After two hundred letters at most."""
    section = Section("method/", "Method", "", text)
    (document,) = (found for found in list_documents(toy_site, {"en": [section]}) if found.path == "method/")
    assert document.context == {"en": shown}


def test_hand_written_sections_are_documents_of_one_language(toy_site: Site) -> None:
    """Each under its heading, with the beginning of its text cut at a word; the first by the page's names in both."""
    long = "word " * 39 + "harbours"
    prose = {
        "ar": [Section("method/", "الطريقة", "", "نصّ")],
        "en": [Section("method/", "Method", "", "x" * 200), Section("method/#how", "Method", "How", long)],
    }
    arabic, english, section = (
        document
        for document in list_documents(toy_site, prose)  # type: ignore[arg-type]
        if document.path.startswith("method/")
    )
    assert arabic == Document(
        "method/", "page", {"ar": ""}, {"ar": "الطريقة"}, {"ar": "نصّ"}, ("الطريقة", "Method"), ("نصّ",)
    )
    assert (english.names, english.context, english.kind) == (("الطريقة", "Method"), {"en": "x" * 200}, {"en": ""})
    assert section == Document(
        "method/#how", "page", {"en": "Method"}, {"en": "How"}, {"en": "word " * 38 + "word"}, ("How",), (long,)
    )


def test_party_is_no_answer_where_the_other_is_inferred(toy: Catalogue) -> None:
    """Who sells, where the source does not say so, is not who buys."""
    id_ = "tide-post-12/guild-sells-bread"
    inference = Inference.model_construct(entity="bakers-guild")
    for inferred, told in (((), {"Bakers’ Guild", "Dockers"}), ((inference,), set())):
        document = find(make_toy_site(change(toy, "claims", id_, inferred=inferred)), f"claims/{id_}/")
        assert {text for part, text in document.parts["en"] if part == "party"} == told
