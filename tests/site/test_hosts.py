"""The site on every kind of static host: no link leads nowhere, and pages work in a browser, with their search."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from musnad.exports.redirects import REDIRECTS
from musnad.plugin.policy import HEADERS
from musnad.text.languages import OTHER, Lang
from tests.conftest import mostly_long
from tests.site.conftest import Builds
from tests.site.hosts import (
    BELOW,
    TYPES,
    Host,
    crawl,
    drop_hidden,
    fold_names,
    list_files,
    serve_alike,
    serve_below,
    serve_files_only,
    serve_index_by_name,
    serve_without_ending,
    serve_without_slash,
)

HOSTS = {
    "folders": Host(),
    "below a path": Host(serve_below),
    "names with an underscore or a dot dropped": Host(store=drop_hidden),
    "names in small letters": Host(store=fold_names),
    "slash or not, alike": Host(serve_alike),
    "no slash at the end": Host(serve_without_slash),
    "no ending": Host(serve_without_ending),
    "index by its name": Host(serve_index_by_name),
    "few types": Host(types={ending: TYPES[ending] for ending in (".html", ".css", ".js")}),
    "names only": Host(serve_files_only),
}
# Where there are no folders, pages can't be called by them.
CASES = {
    f"{kind}, {name}": (kind, host)
    for name, host in HOSTS.items()
    for kind in ("folders", "files")
    if kind == "files" or host.way is not serve_files_only
}
# Both kinds of pages are looked at where addresses are changed on the way.
CHANGED = (serve_alike, serve_without_slash, serve_without_ending, serve_files_only)
IN_BROWSER = {name: case for name, case in CASES.items() if case[0] == "folders" or case[1].way in CHANGED}
CLAIM = "claims/sy24-109221/flour-price"


@pytest.mark.parametrize(("kind", "host"), CASES.values(), ids=CASES)
def test_every_link_and_asset_is_answered(kind: str, host: Host, builds: Builds, flat: Path) -> None:
    """And every page is linked to but the entrance, and those of records that have moved or are gone."""
    files = host.store(list_files(flat if kind == "files" else builds.first))
    reached, broken = crawl(host, files, BELOW if host.way is serve_below else "")
    assert broken == []
    assert {"record.json", "assets/record.css", "assets/page.js"} <= reached
    others = [a for a in files.keys() - reached - {"index.html", "404.html"} if a.endswith(".html")]
    assert [address for address in others if "page--gone" not in files[address].read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("kind", ["folders", "files"])
def test_no_two_files_differ_in_the_case_of_letters_alone(kind: str, builds: Builds, flat: Path) -> None:
    """Nor does a name begin with what hosts drop, or is one that Windows keeps for itself."""
    addresses = list(list_files(flat if kind == "files" else builds.first))
    assert len({address.lower() for address in addresses}) == len(addresses)
    # What hosts read themselves is nothing that readers fetch.
    parts = {part for address in addresses for part in address.split("/")} - {REDIRECTS, HEADERS}
    assert [part for part in parts if part[0] in "_." or re.match(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", part)] == []


@dataclass
class Visit:
    """A page, and the errors of its scripts."""

    page: Page
    errors: list[str] = field(default_factory=list)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Open a page that notes errors of scripts."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    visit = Visit(context.new_page())
    visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
    yield visit
    context.close()


def _assert_is_whole(page: Page, lang: str) -> None:
    """The style was found, and the text is the claim's."""
    assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--ink')")
    assert page.locator("html").get_attribute("lang") == lang
    expect(page.locator("h1")).to_have_class("claim__says")


@pytest.mark.browser
@pytest.mark.parametrize(
    "case",
    mostly_long(
        IN_BROWSER, "folders, below a path", "folders, no slash at the end", "files, names only", "folders, few types"
    ),
)
@pytest.mark.sampled(2)
def test_pages_and_search_work_in_a_browser(case: str, builds: Builds, flat: Path, visit: Visit) -> None:
    """However a page's address is written, as far as the host answers it: its style, other language, cards, search."""
    kind, host = IN_BROWSER[case]
    page, ends = visit.page, ("", "/", "/index.html") if kind == "folders" else ("", ".html", "/")
    with host.run(flat if kind == "files" else builds.first) as address:
        base = address + (BELOW if host.way is serve_below else "")
        page.goto(base + ("index.html" if host.way is serve_files_only else ""))
        page.click(".root__half[lang=en] .enter")
        expect(page.locator("html")).to_have_attribute("lang", "en")
        answered = 0
        for end in ends:
            response = page.goto(f"{base}en/{CLAIM}{end}?x=1#history")
            if response is None or response.status == 404:
                continue
            answered += 1
            _assert_is_whole(page, "en")
            assert page.evaluate("location.search + location.hash") == "?x=1#history"
            page.click(".switch")
            page.wait_for_url(f"{base}ar/{CLAIM}**")
            _assert_is_whole(page, "ar")
            page.locator(".voice__who a").first.focus()
            page.keyboard.press("Alt+ArrowDown")
            expect(page.locator(".card .entity")).to_be_visible()
            page.keyboard.press("Escape")
            page.click(".trail li:nth-child(2) a")
            expect(page.locator("h1")).to_have_text("المصادر")
        assert answered
        page.goto(f"{base}ar/index.html")
        page.click(".md-search__input")
        page.keyboard.type("الطحين")
        page.locator(".md-search-result__link").first.click()
        expect(page.locator("h1")).to_have_text("الطحين")
    assert visit.errors == []


@pytest.mark.browser
@pytest.mark.parametrize(("lang", "note"), [("en", "Search needs a web server"), ("ar", "يحتاج البحث إلى خادم ويب")])
def test_copy_opened_as_files_works_and_says_that_search_does_not(
    flat: Path, visit: Visit, lang: Lang, note: str
) -> None:
    """Links and the other language lead on; the search box, which would stay silent, gives way to a sentence."""
    page, folder = visit.page, flat.as_uri()
    page.goto(f"{folder}/index.html")
    page.click(f".root__half[lang={lang}] .enter")
    expect(page.locator(".no-search__note")).to_contain_text(note)
    for hidden in (".md-search__input", "label[for=__search] >> nth=0", ".find"):
        expect(page.locator(hidden)).to_be_hidden()
    page.goto(f"{folder}/{lang}/{CLAIM}.html")
    _assert_is_whole(page, lang)
    expect(page.locator(".no-search__note")).to_contain_text(note)
    page.click(".switch")
    page.wait_for_url(f"**/{OTHER[lang]}/**")
    _assert_is_whole(page, OTHER[lang])
    page.click("label[for=__palette_1]")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    assert visit.errors == []
