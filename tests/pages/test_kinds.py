"""Sources of every kind and language: their words, their places, and the links that lead there."""

import re

import pytest

from musnad.pages.site import Site


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
    ("claim", "arabic", "english", "anchor", "href", "archived"),
    [
        (
            "harbour-report/bread-price", "الصفحة 12", "Page 12", "page-12",
            "https://tide.example/rapport.pdf#zoom=100&amp;page=12", "https://archive.example/rapport.pdf#page=12",
        ),
        (
            "harbour-report/harbour-shut", "الصفحة 3", "Page 3", "page-3",
            "https://tide.example/rapport.pdf#zoom=100&amp;page=3", "https://archive.example/rapport.pdf#page=3",
        ),
        (
            "quay-video/dockers-on-quay", "عند 1:02:05", "At 1:02:05", "t3725",
            "https://www.youtube.com/watch?v=abc&amp;t=3725", "https://archive.example/video.mp4#t=3725",
        ),
        (
            "quay-video/harbour-open", "من 2:05 إلى 3:10", "From 2:05 to 3:10", "t125",
            "https://www.youtube.com/watch?v=abc&amp;t=125", "https://archive.example/video.mp4#t=125",
        ),
        ("catch-data/price-of-loaf", "السطر 17", "Row 17", "row-17", "https://tide.example/catch.csv", ""),
    ],
)  # fmt: skip
def test_claim_leads_to_its_place(
    claim: str, arabic: str, english: str, anchor: str, href: str, archived: str, kinds_site: Site
) -> None:
    """On the source's page and at the publisher, with the archived copy beside, where there is one."""
    source = claim.partition("/")[0]
    for lang, told in (("ar", arabic), ("en", english)):
        shown = page(kinds_site, f"{lang}/claims/{claim}.md")
        passage = shown[shown.index('<div class="passages">') :].split("</div>")[0]
        assert f'sources/{source}/#{anchor}">{told}</a>' in re.sub("</?bdi[^>]*>", "", passage)
        assert f'<a href="{href}" rel' in passage
        assert passage.count("<small>") == bool(archived)
        assert f'<a href="{archived}" rel' in passage or not archived
        assert f'id="{anchor}"' in page(kinds_site, f"{lang}/sources/{source}.md")


def test_places_of_a_source_stand_in_order_without_a_strip(kinds_site: Site) -> None:
    """Blocks are for sentences; pages, times and rows are counted in words."""
    shown = page(kinds_site, "en/sources/quay-video.md")
    assert shown.index("At 2:05") < shown.index("At 1:02:05")
    assert "2 claims, taken from 2 moments." in shown
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
