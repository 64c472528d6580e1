"""Sources of every kind and language: their words, their places, and the links that lead there."""

import html
import json
import re
from dataclasses import replace

import pytest

from musnad.editing.diff import compare_catalogues, render_difference
from musnad.exports.json import export_json
from musnad.pages.site import Site
from musnad.search.documents import list_documents
from tests.conftest import change, make_toy_site


def page(site: Site, file: str) -> str:
    """Return a page's body without icons."""
    return re.sub(r"<svg.*?</svg>", "", site.make_page(file).body)


@pytest.mark.parametrize(
    ("source", "arabic", "english"),
    [
        ("harbour-report", "مصدر: تقرير بالفرنسية", "Source: report in French"),
        ("quay-video", "مصدر: مقطع مصوَّر بالعربية (سوريا)", "Source: video in Arabic (Syria)"),
        ("catch-data", "مصدر: مجموعة بيانات بالإنكليزية", "Source: data set in English"),
        ("tide-reprint", "مصدر: مقال بالإنكليزية", "Source: article in English"),
    ],
)
def test_source_says_what_it_is_and_in_which_language(source: str, arabic: str, english: str, kinds_site: Site) -> None:
    """In the reader's language."""
    assert f'<p class="eyebrow">{arabic}</p>' in re.sub("</?bdi[^>]*>", "", page(kinds_site, f"ar/sources/{source}.md"))
    assert f'<p class="eyebrow">{english}</p>' in page(kinds_site, f"en/sources/{source}.md")


@pytest.mark.parametrize(
    ("claim", "told", "anchor", "hrefs"),
    [
        (
            "harbour-report/bread-price", ("الصفحة 12", "Page 12"), "page-12",
            ("https://tide.example/rapport.pdf#zoom=100&amp;page=12", "https://archive.example/rapport.pdf#page=12"),
        ),
        (
            "harbour-report/harbour-shut", ("الصفحة 3", "Page 3"), "page-3",
            ("https://tide.example/rapport.pdf#zoom=100&amp;page=3", "https://archive.example/rapport.pdf#page=3"),
        ),
        (
            "quay-video/dockers-on-quay", ("عند 1:02:05", "At 1:02:05"), "t3725",
            ("https://www.youtube.com/watch?v=abc&amp;t=3725", "https://archive.example/video.mp4#t=3725"),
        ),
        (
            "quay-video/harbour-open", ("من 2:05 إلى 3:10", "From 2:05 to 3:10"), "t125",
            ("https://www.youtube.com/watch?v=abc&amp;t=125", "https://archive.example/video.mp4#t=125"),
        ),
        ("catch-data/price-of-loaf", ("السطر 17", "Row 17"), "row-17", ("https://tide.example/catch.csv", "")),
    ],
)  # fmt: skip
def test_claim_leads_to_its_place(
    claim: str, told: tuple[str, str], anchor: str, hrefs: tuple[str, str], kinds_site: Site
) -> None:
    """On the source's page and at the publisher, with the archived copy beside, where there is one."""
    source, (href, archived) = claim.partition("/")[0], hrefs
    for lang, words in zip(("ar", "en"), told, strict=True):
        shown = page(kinds_site, f"{lang}/claims/{claim}.md")
        passage = shown[shown.index('<div class="passages">') :].split("</div>")[0]
        assert f'sources/{source}/#{anchor}">{words}</a>' in re.sub("</?bdi[^>]*>", "", passage)
        assert f'<a href="{href}" rel' in passage
        assert passage.count("<small>") == bool(archived)
        assert f'<a href="{archived}" rel' in passage or not archived
        assert f'id="{anchor}"' in page(kinds_site, f"{lang}/sources/{source}.md")


def test_places_of_a_source_stand_in_order_without_a_strip(kinds_site: Site) -> None:
    """Blocks are for sentences; pages, times and rows are counted in words."""
    shown = page(kinds_site, "en/sources/quay-video.md")
    assert shown.index("At 2:05") < shown.index("At 1:02:05")
    assert "7 claims, taken from 7 moments." in shown
    assert "strip" not in shown
    assert "strip" in page(kinds_site, "en/sources/tide-reprint.md")


def test_words_of_a_source_are_in_its_language(kinds_site: Site) -> None:
    """For speech and hyphenation: neither of the page's languages."""
    words = '<bdi lang="fr" dir="ltr">“environ trois”</bdi>'
    assert words in page(kinds_site, "ar/claims/harbour-report/bread-price.md")
    assert words in page(kinds_site, "en/sources/harbour-report.md")
    assert '<bdi lang="fr" dir="ltr">“Le port et ses pêcheurs”</bdi>' in page(
        kinds_site, "ar/sources/harbour-report.md"
    )


def test_digest_of_what_was_read_is_shown_whole(kinds_site: Site) -> None:
    """So that a reader can compare a copy."""
    digest = kinds_site.catalogue.sources["harbour-report"].read[0].digest
    assert f'the report as downloaded (application/pdf) <code dir="ltr">{digest}</code>' in page(
        kinds_site, "en/sources/harbour-report.md"
    )


def test_carried_text_is_said_on_both_pages(kinds_site: Site) -> None:
    """And by whom an agency's was supplied."""
    assert 'Carries the text of</dt><dd><span><a href="../../../en/sources/tide-post-12/">' in page(
        kinds_site, "en/sources/tide-reprint.md"
    )
    assert 'Text carried by</dt><dd><span><a href="../../../en/sources/tide-reprint/">' in page(
        kinds_site, "en/sources/tide-post-12.md"
    )
    assert 'Text supplied by</dt><dd><span><a href="../../../en/entities/bakers-guild/">' in page(
        kinds_site, "en/sources/harbour-report.md"
    )


SOLD, BOUGHT = "tide-post-12/guild-sells-bread", "quay-news-7/dockers-buy-bread"
DENIAL = (
    '<b>A denial:</b> <span class="rubric">According to a baker quoted by the Quay News,</span> '
    "the guild sold no bread to the dockers."
)


@pytest.mark.parametrize(
    "file",
    [
        f"en/claims/{SOLD}.md",
        f"en/claims/{BOUGHT}.md",
        "en/entities/bakers-guild.md",
        "en/sources/tide-post-12.md",
        "en/claims.md",
    ],
)
def test_answer_stands_beside_what_it_answers(file: str, kinds_site: Site) -> None:
    """On the claim's page, where it is tied to another, on the pages of its parties and of its source, in lists."""
    assert DENIAL in page(kinds_site, file)


def test_refusal_to_comment_reads_as_one(kinds_site: Site) -> None:
    """In both languages, with its opening words."""
    shown = page(kinds_site, f"en/claims/{BOUGHT}.md")
    assert "<b>No comment:</b>" in shown
    assert "According to the Quay News,</span> the Bakers’ Guild did not respond to questions." in shown
    assert "<b>لا تعليق:</b>" in page(kinds_site, f"ar/claims/{BOUGHT}.md")


@pytest.mark.parametrize("status", ["retracted", "withheld", "draft"])
def test_answer_that_is_hidden_or_retracted_is_not_shown(status: str, kinds_site: Site) -> None:
    """What was withdrawn denies nothing."""
    catalogue = change(kinds_site.catalogue, "claims", "quay-video/no-bread-sold", status=status)
    assert "the guild sold no bread" not in make_toy_site(catalogue).make_page(f"en/claims/{SOLD}.md").body


def test_exports_search_and_comparison_have_the_answer(kinds_site: Site) -> None:
    """With its opening words, as everywhere."""
    denial = "According to a baker quoted by the Quay News, the guild sold no bread to the dockers."
    found = json.loads(export_json(kinds_site))
    claim = next(claim for claim in found["claims"] if claim["id"] == SOLD)
    assert [(a["type"], a["attributed_statement"]["en"]) for a in claim["derived"]["answers"]] == [("denies", denial)]
    document = next(each for each in list_documents(kinds_site) if each.file == f"claims/{SOLD}.yaml")
    assert document.context["en"].endswith(f"A denial: {denial}")
    before = replace(kinds_site.catalogue, claims={})
    told = render_difference(compare_catalogues(before, kinds_site.catalogue), kinds_site.words["en"])
    assert f"A denial: {denial}" in html.unescape(told)


def test_page_that_shows_a_protected_answer_is_kept_from_search_engines(kinds_site: Site) -> None:
    """And the home page, which is not, leaves the claim out."""
    catalogue = change(kinds_site.catalogue, "claims", "quay-video/no-bread-sold", subject="mentioned-person")
    site = make_toy_site(catalogue)
    assert site.make_page(f"en/claims/{SOLD}.md").fields["noindex"] is True
    assert SOLD in kinds_site.graph.selected["latest"]
    assert SOLD not in site.graph.selected["latest"]
