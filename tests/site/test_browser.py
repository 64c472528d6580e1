"""What a reader sees, in a real Chromium: both languages, narrow and wide, light and dark."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

CLAIM = "claims/sy24-109221/flour-price/"
PATHS = [
    "",
    "reading/",
    "claims/",
    "sources/",
    "sources/sy24-109221/",
    "browse/groups/",
    "browse/places/place/",
    "browse/goods/",
    "entities/is-cells-badia/",
    "entities/al-bukamal/",
    "entities/person-sy24-109221/",
    CLAIM,
    "method/",
    "about/",
    "contribute/",
]


@dataclass
class Visit:
    """A page and everything that went wrong on it."""

    page: Page
    faults: list[str] = field(default_factory=list)


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Open a new page that notes console errors, failed requests and requests to other hosts."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    visit = Visit(page)
    host = urlsplit(address).netloc
    page.on("console", lambda m: visit.faults.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: visit.faults.append(str(error)))
    # Leaving a page cancels what it was still loading; that is no failure.
    page.on(
        "requestfailed",
        lambda r: None if r.failure == "net::ERR_ABORTED" else visit.faults.append(f"failed: {r.url} {r.failure}"),
    )
    page.on("response", lambda r: visit.faults.append(f"{r.status}: {r.url}") if r.status >= 400 else None)
    page.on(
        "request", lambda r: None if urlsplit(r.url).netloc in (host, "") else visit.faults.append(f"foreign: {r.url}")
    )
    yield visit
    context.close()


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("width", [320, 360, 1440])
@pytest.mark.sampled(3)
def test_pages_fit_and_are_silent(visit: Visit, address: str, lang: str, width: int) -> None:
    """No console error, no failed or foreign request, no sideways scrolling, on every kind of page."""
    visit.page.set_viewport_size({"width": width, "height": 900})
    for path in PATHS:
        visit.page.goto(f"{address}{lang}/{path}")
        size = visit.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert size[0] <= size[1], f"{lang}/{path} is {size[0]} px wide at {width}"
    assert visit.faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_scheme_follows_the_readers_system(visit: Visit, address: str, scheme: str) -> None:
    """The page is dark where the system is, without a click."""
    visit.page.emulate_media(color_scheme=scheme)
    visit.page.goto(f"{address}en/{CLAIM}")
    red = visit.page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0]")
    assert (int(red) > 128) == (scheme == "light")


@pytest.mark.parametrize(("lang", "other"), [("ar", "en"), ("en", "ar")])
@pytest.mark.parametrize("path", ["", CLAIM, "entities/al-bukamal/", "browse/goods/", "method/"])
@pytest.mark.sampled(3)
def test_language_switch_keeps_the_page(visit: Visit, address: str, lang: str, other: str, path: str) -> None:
    """The switch leads to the same page in the other language, which has its own direction."""
    visit.page.goto(f"{address}{lang}/{path}")
    visit.page.click(".switch")
    visit.page.wait_for_url(f"{address}{other}/{path}")
    root = visit.page.locator("html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == (other, {"ar": "rtl", "en": "ltr"}[other])


@pytest.mark.parametrize(("lang", "other"), [("ar", "en"), ("en", "ar")])
def test_language_switch_keeps_the_place_in_the_page(visit: Visit, address: str, lang: str, other: str) -> None:
    """Whether the page was opened there, or the reader went there since; back at the top, the switch leads there."""
    page = visit.page
    page.goto(f"{address}{lang}/{CLAIM}#history")
    page.click(".switch")
    page.wait_for_url(f"{address}{other}/{CLAIM}#history")
    page.click("a[href='#cite']")
    page.click(".switch")
    page.wait_for_url(f"{address}{lang}/{CLAIM}#cite")
    page.evaluate("location.hash = ''")
    page.click(".switch")
    page.wait_for_url(re.compile(f"{address}{other}/{CLAIM}#?$"))
    assert visit.faults == []


@pytest.mark.parametrize(
    ("lang", "query", "wanted"),
    [
        ("en", "Flour", "entities/flour/"),
        ("en", "البوكمال", "entities/al-bukamal/"),
        ("ar", "الطحين", "entities/flour/"),
        ("ar", "Usud al-Sharqiya", "entities/usud-al-sharqiya/"),
    ],
)
def test_search_box_finds_a_known_entity(visit: Visit, address: str, lang: str, query: str, wanted: str) -> None:
    """The box in the header finds an entity by its name in each script, first of all once the last key is answered."""
    visit.page.goto(f"{address}{lang}/")
    visit.page.click(".md-search__input")
    visit.page.keyboard.type(query)
    first = visit.page.locator(".md-search-result__link").first
    expect(first).to_have_attribute("href", re.compile(f"/{lang}/{wanted}"), timeout=10_000)
    assert visit.faults == []


def test_search_form_of_the_home_page_opens_the_search(visit: Visit, address: str) -> None:
    """A query typed on the home page is a plain form, and arrives in the search box."""
    visit.page.goto(f"{address}en/")
    visit.page.fill(".find input", "Flour")
    visit.page.press(".find input", "Enter")
    visit.page.wait_for_url("**/en/?q=Flour**")
    visit.page.locator(".md-search-result__link").first.wait_for(timeout=10_000)
    assert visit.page.input_value(".md-search__input") == "Flour"


def test_form_of_the_search_box_opens_it_on_the_next_page(visit: Visit, address: str) -> None:
    """Enter before the theme's script hears of it sends the form: what was typed is looked for all the same."""
    visit.page.goto(f"{address}en/{CLAIM}")
    visit.page.fill(".md-search__input", "Flour")
    visit.page.evaluate("document.forms.search.submit()")
    visit.page.wait_for_url(f"**/en/{CLAIM}?q=Flour")
    visit.page.locator(".md-search-result__link").first.wait_for(timeout=10_000)
    assert visit.page.input_value(".md-search__input") == "Flour"
    assert visit.faults == []


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_attribution_is_the_first_words_of_every_statement(visit: Visit, address: str, lang: str) -> None:
    """No statement stands without the red words that name its voice, in text that can be copied."""
    opening = {"ar": "بحسب ", "en": "According to "}[lang]
    for path in (CLAIM, "entities/is-cells-badia/", "sources/sy24-109221/"):
        visit.page.goto(f"{address}{lang}/{path}")
        for says in visit.page.locator(".claim .claim__says, .line__says").all_text_contents():
            assert says.startswith(opening), says


@pytest.mark.parametrize("path", [CLAIM, "entities/al-bukamal/"])
def test_skip_link_leads_to_the_start_of_the_content(visit: Visit, address: str, path: str) -> None:
    """Whoever skips the header lands before the first words, not after them."""
    visit.page.goto(f"{address}en/{path}")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.getAttribute('href')") == "#__skip"
    visit.page.keyboard.press("Enter")
    after = "document.querySelector('#__skip').compareDocumentPosition(document.querySelector('h1')) & 4"
    assert visit.page.evaluate(after)


def test_not_found_page_speaks_both_languages(visit: Visit, address: str) -> None:
    """404.html has both languages, each in its direction."""
    visit.page.goto(f"{address}404.html")
    halves = visit.page.locator(".root__half")
    assert [(half.get_attribute("lang"), half.get_attribute("dir")) for half in halves.all()] == [
        ("ar", "rtl"),
        ("en", "ltr"),
    ]


def test_pages_are_readable_without_scripts(browser: Browser, address: str) -> None:
    """Text, switch and links do not need JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}ar/{CLAIM}")
    assert page.locator("h1.claim__says").is_visible()
    page.click(".switch")
    assert page.url == f"{address}en/{CLAIM}"
    context.close()
