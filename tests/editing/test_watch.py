"""What became of sources: each case is a page as it stands now, against the digests on record."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace

import pytest

from musnad.editing import watch as watch_module
from musnad.editing.fetch import Fetched, FetchError, NoSuchHostError
from musnad.editing.watch import Watched, render_watched, watch_sources
from musnad.records.model import Catalogue, Copy
from musnad.records.values import LocalizedText
from musnad.text.languages import LANGS
from musnad.wording.words import load_words
from tests.cli.test_source import make_pdf
from tests.conftest import TESTS
from tests.editing.web import Page, Site, serve

TODAY = "2026-01-02"
ARTICLE = (TESTS / "toy/articles/tide-post-12.txt").read_text(encoding="utf-8").split("\n\n")
CHANGED = "Dozens of loaves go to the dockers every week, people on the quay told the Tide Post."


@pytest.fixture
def site() -> Iterator[Site]:
    """A site of its own for each case."""
    with serve() as made:
        yield made


def show(*paragraphs: str, head: str = "") -> Page:
    """Return a page as it may look, with what stands around an article."""
    text = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)
    nav = "<nav><ul><li><a href=/>Home</a></li><li><a href=/n>News</a></li></ul></nav>"
    body = f"{nav}<article><h1>Bread</h1>{text}</article>"
    return Page(f"<!DOCTYPE html><html lang=en><head>{head}</head><body>{body}</body></html>".encode())


def watch(toy: Catalogue, site: Site, path: str = "/12") -> Watched:
    """Return what became of one source at a path of the site."""
    source = toy.sources["tide-post-12"].model_copy(update={"address": site.address + path})
    [found] = watch_sources(replace(toy, sources={source.id: source}), TODAY, pause=0)
    return found


def test_article_is_found_whatever_stands_around_it(toy: Catalogue, site: Site) -> None:
    """Also with links in it, hard spaces, and lines instead of paragraphs."""
    one, two, three = ARTICLE
    site.pages["/12"] = show(
        one.replace("crowns", "<a href=/c>crowns</a>").replace("some ninety", "some&nbsp;ninety"), two, three
    )
    found = watch(toy, site)
    assert (found.state, found.missing, found.is_archived) == ("same", (), True)
    site.pages["/12"] = Page(f"<html><body><div>{'<br><br>'.join(ARTICLE)}</div></body></html>".encode())
    assert watch(toy, site).state == "same"
    assert [path for path, _ in site.asked] == ["/robots.txt", "/12"] * 2


def test_changed_sentence_is_told_with_the_claims_on_it(toy: Catalogue, site: Site) -> None:
    """By its place; the text itself is nowhere."""
    site.pages["/12"] = show(ARTICLE[0].replace("Dozens", "Hundreds"), *ARTICLE[1:])
    found = watch(toy, site)
    assert (found.state, found.missing) == ("changed", ((1, 2),))
    expected = {
        claim.id
        for claim in toy.claims.values()
        if any(at.source == "tide-post-12" and at.paragraph and at.spot[:2] == (1, 2) for at in claim.locators)
    }
    assert expected
    assert set(found.claims) == expected


@pytest.mark.parametrize(
    ("notice", "state"),
    [
        ("Correction: the number of loaves was wrong.", "corrected"),
        ("Correction (5 May 2024): the number of loaves was wrong.", "corrected"),
        ("An earlier version of this article gave another number.", "corrected"),
        ("This article was amended on 5 May.", "corrected"),
        ("تصحيح: ورد عدد الأرغفة خطأً.", "corrected"),
        ("تنويه من المحرر: عُدّل العدد.", "corrected"),
        ("ورد في نسخة سابقة من هذا الخبر عدد آخر.", "corrected"),
        ("Corrections officers guard the quay.", "changed"),
        ("توضيحات الوزير لم تقنع أحدًا.", "changed"),
        ("Updated prices are not known.", "changed"),
        ("Updated: 5 May 2024, 10:30 GMT", "changed"),
        ("آخر تحديث: الأحد 5 أيار 2024", "changed"),
        ("Corrections and clarifications", "changed"),
        ("تصحيح الأخطاء", "changed"),
    ],
)
def test_notice_of_a_change_is_seen(toy: Catalogue, site: Site, notice: str, state: str) -> None:
    """Where a block begins as such notices do, in either language."""
    site.pages["/12"] = show(ARTICLE[0].replace("Dozens", "Hundreds"), *ARTICLE[1:], notice)
    assert watch(toy, site).state == state


def test_day_of_a_change_is_told_as_the_page_says_it(toy: Catalogue, site: Site) -> None:
    """And no notice is made of it."""
    head = '<script type="application/ld+json">{"@type":"NewsArticle","dateModified":"2024-05-09T10:00:00Z"}</script>'
    site.pages["/12"] = show(ARTICLE[0].replace("Dozens", "Hundreds"), *ARTICLE[1:], head=head)
    found = watch(toy, site)
    assert found.state == "changed"
    assert [values for _, values in found.told] == [{"date": "2024-05-09"}]


@pytest.mark.parametrize(
    ("pages", "state"),
    [
        ({}, "gone"),
        ({"/12": Page(status=410)}, "gone"),
        ({"/12": Page(status=403)}, "unreached"),
        ({"/12": Page(status=503)}, "unreached"),
        ({"/12": Page.moved("/"), "/": show("All the news of today.")}, "gone"),
        ({"/12": Page.moved("/new/12"), "/new/12": show(*ARTICLE)}, "same"),
        ({"/12": show("Subscribe to go on reading.")}, "unlike"),
        # A server that answers 200 for what it no longer has.
        ({"/12": show("Sorry, this page could not be found.")}, "unlike"),
        ({"/12": show(*reversed(ARTICLE))}, "same"),
        ({"/12": show(*ARTICLE).in_encoding("utf-16")}, "same"),
        ({"/12": Page("\n".join(ARTICLE).encode(), "text/plain")}, "same"),
        ({"/12": Page(f"<html><body>{ARTICLE[0]}<p>{ARTICLE[1]}</p>{ARTICLE[2]}</body></html>".encode())}, "same"),
        ({"/12": Page(b"\x89PNG\0\0", "image/png")}, "unlike"),
        ({"/12": Page.moved("file:///etc/passwd")}, "unreached"),
        ({"/12": show(*ARTICLE), "/robots.txt": Page(b"User-agent: *\nDisallow: /\n", "text/plain")}, "unreached"),
        ({"/12": show(*ARTICLE), "/robots.txt": Page(status=503)}, "unreached"),
        ({"/12": show(*ARTICLE), "/robots.txt": Page(status=403)}, "same"),
        ({"/12": show(*ARTICLE), "/robots.txt": Page(b"User-agent: other\nDisallow: /\n", "text/plain")}, "same"),
    ],
)
def test_state_of_a_page(toy: Catalogue, site: Site, pages: dict[str, Page], state: str) -> None:
    """What is gone is told apart from what could not be reached this time."""
    site.pages |= pages
    assert watch(toy, site).state == state


def test_somebody_has_to_look_where_readers_find_the_text_nowhere(toy: Catalogue, site: Site) -> None:
    """What is gone and has an archived copy is told, and no more; another text is always to be looked at."""
    toy = replace(
        toy, sources={id_: each.model_copy(update={"archive": "unknown"}) for id_, each in toy.sources.items()}
    )
    archived = replace(
        toy,
        sources={id_: each.model_copy(update={"archive": "https://a.example/"}) for id_, each in toy.sources.items()},
    )
    assert (watch(toy, site).wants_editor, watch(archived, site).wants_editor) == (True, False)
    site.pages["/12"] = show(ARTICLE[0].replace("Dozens", "Hundreds"), *ARTICLE[1:])
    assert (watch(toy, site).wants_editor, watch(archived, site).wants_editor) == (True, True)
    site.pages["/12"] = show(*ARTICLE)
    assert (watch(toy, site).wants_editor, watch(archived, site).wants_editor) == (False, False)


@pytest.mark.parametrize(("error", "state"), [(NoSuchHostError("x"), "gone"), (FetchError("x"), "unreached")])
def test_site_that_is_no_more_is_gone(toy: Catalogue, error: FetchError, state: str) -> None:
    """And what can't be looked up is not; nor is anything where nothing answers at all, as on a line that is down."""

    def get(address: str, *, only_head: bool = False) -> Fetched:
        if address.startswith(answering):
            raise FetchError("x", 404)
        raise error

    answering = "https://quay.example"
    assert [found.state for found in watch_sources(toy, TODAY, pause=0, get=get)] == ["gone", state]
    answering = "https://nowhere.example"
    assert [found.state for found in watch_sources(toy, TODAY, pause=0, get=get)] == ["unreached"] * 2


def test_site_that_can_not_be_reached_is_tried_once(toy: Catalogue, site: Site) -> None:
    """Not once for each of its sources."""
    site.pages["/robots.txt"] = Page(status=500)
    source = toy.sources["tide-post-12"]
    sources = {path: source.model_copy(update={"address": site.address + path}) for path in ("/12", "/13")}
    assert [each.state for each in watch_sources(replace(toy, sources=sources), TODAY)] == ["unreached"] * 2
    assert [path for path, _ in site.asked] == ["/robots.txt"]


def test_busy_site_is_asked_no_more(toy: Catalogue, site: Site) -> None:
    """Until the next time."""
    site.pages |= {"/12": Page(status=429), "/13": show(*ARTICLE)}
    source = toy.sources["tide-post-12"]
    sources = {path: source.model_copy(update={"address": site.address + path}) for path in ("/12", "/13")}
    found = watch_sources(replace(toy, sources=sources), TODAY, pause=0)
    assert [each.state for each in found] == ["unreached", "unreached"]
    assert [path for path, _ in site.asked] == ["/robots.txt", "/12"]


def test_pauses_are_those_that_the_site_asks_for(toy: Catalogue, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within reason; nobody waits for another site."""
    waits: list[float] = []
    # The server beside it waits too.
    monkeypatch.setattr(watch_module, "time", SimpleNamespace(sleep=waits.append, monotonic=lambda: 100.0))
    site.pages |= {f"/{n}": show(*ARTICLE) for n in (12, 13)}
    source = toy.sources["tide-post-12"]
    sources = {path: source.model_copy(update={"address": site.address + path}) for path in ("/12", "/13")}
    for asked, wait in ((b"", 1), (b"Crawl-delay: 7", 7), (b"Crawl-delay: 86400", 30)):
        site.pages["/robots.txt"] = Page(b"User-agent: *\n" + asked, "text/plain")
        waits.clear()
        assert len(watch_sources(replace(toy, sources=sources), TODAY)) == 2
        assert waits == [0, wait]


def test_site_that_asks_to_be_left_alone_is(toy: Catalogue, site: Site) -> None:
    """Not one request for the page."""
    site.pages |= {"/12": show(*ARTICLE), "/robots.txt": Page(b"User-agent: Musnad\nDisallow: /1\n", "text/plain")}
    assert watch(toy, site).state == "unreached"
    assert [path for path, _ in site.asked] == ["/robots.txt"]


@pytest.mark.parametrize(
    ("page", "state"),
    [
        (Page(make_pdf(["Salt."]), "application/pdf"), "same"),
        (Page(make_pdf(["Rope."]), "application/pdf"), "changed"),
        (show("Sign in"), "unlike"),
    ],
)
def test_file_is_known_by_its_bytes(toy: Catalogue, site: Site, page: Page, state: str) -> None:
    """Where a record has no sentences of it."""
    site.pages["/12"] = page
    digest = f"sha256:{hashlib.sha256(make_pdf(['Salt.'])).hexdigest()}"
    copy = Copy(digest=digest, what=LocalizedText(ar="ملف", en="file"), media_type="application/pdf")
    source = toy.sources["tide-post-12"].model_copy(update={"kind": "document", "paragraphs": (), "read": (copy,)})
    catalogue = replace(toy, sources={"tide-post-12": source})
    assert watch(catalogue, site).state == state


def test_summary_is_in_both_languages_without_the_text(toy: Catalogue, site: Site) -> None:
    """Sources without an archived copy are listed whatever became of them."""
    site.pages["/12"] = show(ARTICLE[0].replace("Dozens", "Hundreds"), *ARTICLE[1:])
    sources = {
        id_: source.model_copy(update={"address": site.address + path})
        for (id_, source), path in zip(toy.sources.items(), ("/7", "/12"), strict=True)
    }
    watched = watch_sources(replace(toy, sources=sources), TODAY, pause=0)
    told = {lang: render_watched(watched, load_words(lang)) for lang in LANGS}
    assert "### Gone (1)\n\n- `sources/quay-news-7`" in told["en"]
    assert "### Changed without a notice (1)\n\n- `sources/tide-post-12`: Bread on the quay\n" in told["en"]
    assert "`1.2`" in told["en"]
    assert "### Without an archived copy (1)\n\n- `sources/quay-news-7`" in told["en"]
    assert "### لم تعد موجودة (1)" in told["ar"]
    assert CHANGED not in told["en"] + told["ar"]
