"""Every page of the toy site: which there are, in both languages, and what must be on none."""

import re
from dataclasses import replace

import pytest

from musnad.exports.json import export_json
from musnad.pages.site import Site, SiteOptions, SitePage
from musnad.records.model import Catalogue
from musnad.text.languages import LANGS
from musnad.wording.words import load_all_words
from tests.conftest import PROJECT

_ASKED = re.compile(r"\bwords(?:\[code\]|\.ar|\.en)?\.(\w+)")
HIDDEN_WORDS = ("quillfeather", "الخزامى", "pelican", "البجع")


@pytest.fixture(scope="module")
def pages(toy_site: Site) -> list[SitePage]:
    """Return the pages of the toy site."""
    return list(toy_site.pages())


@pytest.mark.parametrize("word", HIDDEN_WORDS)
def test_hidden_words_are_in_the_record_but_on_no_page(word: str, toy: Catalogue, pages: list[SitePage]) -> None:
    """Drafts and withheld records reach no page, address, link or edit link."""
    assert word in repr(toy).lower()
    assert [page.file for page in pages if word in f"{page.file} {page.text}".lower()] == []


@pytest.mark.parametrize("word", HIDDEN_WORDS)
def test_hidden_words_are_in_no_export(word: str, toy_site: Site) -> None:
    """Nor do they reach the data."""
    assert word not in export_json(toy_site).lower()


@pytest.mark.parametrize("word", HIDDEN_WORDS)
def test_hidden_words_are_not_in_the_interface(word: str, toy_site: Site) -> None:
    """Nor the words around every page."""
    assert word not in repr(toy_site.interface_words()).lower()


def test_both_languages_have_the_same_pages(pages: list[SitePage]) -> None:
    """A page is never without its counterpart."""
    by_lang = {
        lang: [page.file.removeprefix(f"{lang}/") for page in pages if page.file.startswith(f"{lang}/")]
        for lang in LANGS
    }
    assert by_lang["ar"] == by_lang["en"]
    assert len(by_lang["ar"]) == len(set(by_lang["ar"]))
    assert len(pages) == 1 + 2 * len(by_lang["ar"])


def test_every_shown_record_and_every_redirect_has_a_page(toy_site: Site, pages: list[SitePage]) -> None:
    """One record, two pages; an old address keeps its notice."""
    catalogue = toy_site.catalogue
    groups = (catalogue.sources, catalogue.entities, catalogue.claims)
    wanted = {record.ref for group in groups for record in group.values()} | set(catalogue.redirects)
    files = {page.file for page in pages}
    assert {f"{lang}/{ref}.md" for lang in LANGS for ref in wanted} <= files
    records = {file for file in files if re.match(r"(ar|en)/(entities/|sources/|claims/[^/]+/)", file)}
    assert len(records) == 2 * len(wanted)


def test_redirect_leads_through_other_redirects_to_the_record(pages: list[SitePage]) -> None:
    """A reader clicks once."""
    text = next(page.text for page in pages if page.file == "en/entities/black-bread.md")
    assert 'href="../../../en/entities/rye-bread/"' in text


def test_pages_are_the_same_each_time(toy_site: Site, pages: list[SitePage]) -> None:
    """Nothing in a page depends on when or how often it is made."""
    assert list(toy_site.pages()) == pages


def test_words_of_a_retracted_claim_are_on_no_page(toy: Catalogue, pages: list[SitePage]) -> None:
    """Its address and history stay; what was said does not, neither there nor in any list."""
    claim = toy.claims["tide-post-12/lamp-broken"]
    assert any(page.file == f"en/{claim.ref}.md" for page in pages)
    for lang in LANGS:
        words = claim.statement[lang].rstrip(".")
        assert [page.file for page in pages if words in page.text] == []


def test_words_around_every_page_are_the_ones_the_theme_asks_for(toy_site: Site) -> None:
    """None is missing, none left over; each with a text in both languages."""
    overrides = PROJECT / "generator/musnad/theme/overrides"
    asked = {name for path in overrides.rglob("*.html") for name in _ASKED.findall(path.read_text(encoding="utf-8"))}
    words = make_full_site(toy_site).interface_words()
    for lang in LANGS:
        assert set(words[lang]) == asked
        assert all(words[lang].values())


def make_full_site(site: Site) -> Site:
    """Return the site with every hand-written page that is linked to."""
    places = [f"{lang}/{path}" for lang in LANGS for path in ("method/", "about/", "contribute/")]
    return replace(site, options=replace(site.options, written={place: place for place in places}))


def test_header_and_footer_lead_to_sections_and_fixed_pages(toy_site: Site) -> None:
    """In the order of the vocabulary, then what is always there, and the hand-written pages that there are."""
    words = make_full_site(toy_site).interface_words()["en"]
    assert [(link["text"], link["href"], link["section"]) for link in words["sections"]] == [
        ("People", "en/browse/people/", "browse/people/"),
        ("Harbour and goods", "en/browse/harbour/", "browse/harbour/"),
        ("Sources", "en/sources/", "sources/"),
        ("Claims", "en/claims/", "claims/"),
        ("How to read this", "en/reading/", "reading/"),
    ]
    assert [link["href"] for link in words["foot"]] == [
        "en/method/",
        "en/about/",
        "en/contribute/",
        "en/corrections/",
        "en/downloads/",
        "en/kept/",
    ]
    assert (words["start"], words["site"]) == ("en/", "Harbour Record")
    assert "".join(run[0] for run in words["tagline"]) == "What people say of the harbour"
    assert [link["href"] for link in toy_site.interface_words()["en"]["foot"]] == [
        "en/corrections/",
        "en/downloads/",
        "en/kept/",
    ]


def test_site_composed_again_is_the_same(toy_site: Site, pages: list[SitePage]) -> None:
    """With nothing taken over: two threads share no notes."""
    again = toy_site.again()
    assert again.trace is not toy_site.trace
    assert again.composers["en"] is not toy_site.composers["en"]
    assert list(again.pages()) == pages


def test_without_a_repository_nothing_is_offered_to_be_edited(toy: Catalogue, pages: list[SitePage]) -> None:
    """Neither in a page's particulars nor in its text; with one, each page of a record is."""
    site = Site.make(toy, load_all_words(toy.site), SiteOptions("https://harbour.example/"))
    assert any(re.search("^edit:", page.text, re.MULTILINE) for page in pages)
    assert [page.file for page in site.pages() if re.search("^edit:|edit.example", page.text, re.MULTILINE)] == []
