"""Cards of what pages mention: what stands in them, how they open and close, and that a link stays a link."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from musnad.text.languages import LANGS, Lang
from tests.site.conftest import SIZES, lang_of

pytestmark = pytest.mark.browser
SOURCE = "sources/sy24-109221/"
VOICE = ".claim .voice__who a"
STRICT = "default-src 'self'; style-src 'self' 'unsafe-inline'; require-trusted-types-for 'script'"
PLACES = {
    "claim on its list": ("claims/", ".more"),
    "source of a claim": ("claims/", "a.badge[href*='sources/']"),
    "entity in a chain": (SOURCE, VOICE),
    "claim in a row made by a script": ("claims/all/?sort=title", "[aria-rowindex='3'] .more"),
    "place on the map": ("map/", "svg a.place"),
    "neighbour in the explorer": ("claims/relations/?at=flour", ".hood__other a"),
    "claim behind a figure": ("figures/", ".figure .more"),
}
READ = """parts => parts.map(part => part.textContent.replace(/\\s+/g, " ").trim()).join(" ")"""
PARTS = {
    "claims": ".md-content__inner > .lead > .claim--lead, .md-content__inner > .passages",
    "entities": "header.entity",
    "sources": "header.entity",
}


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """Open a page in Arabic on a phone that is touched."""
    width, height = SIZES["ar"]
    context = browser.new_context(viewport={"width": width, "height": height}, has_touch=True)
    page = context.new_page()
    yield page
    context.close()


def card_of(page: Page) -> Locator:
    """Return the card, open or not."""
    return page.get_by_role("dialog").and_(page.locator(".card"))


def read(parts: Locator) -> str:
    """Return the text of elements, with spaces as they are shown."""
    return str(parts.evaluate_all(READ))


def show(page: Page, link: Locator) -> Locator:
    """Open the card of a link by the key."""
    link.focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(card_of(page)).to_be_focused()
    return card_of(page)


def is_on_screen(page: Page, card: Locator) -> bool:
    """Whether all of a card can be seen."""
    box, size = card.bounding_box(), page.viewport_size
    assert box
    assert size
    ends = box["x"] + box["width"], box["y"] + box["height"]
    return box["x"] >= 0 and box["y"] >= 0 and ends[0] <= size["width"] and ends[1] <= size["height"]


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.sampled(3)
def test_card_says_what_its_page_begins_with(where: str, page: Page, address: str) -> None:
    """Its text, its links, its name and its icons are those of the page, and every id stands once."""
    place, selector = PLACES[where]
    page.goto(f"{address}{lang_of(page)}/{place}")
    link = page.locator(".md-content__inner").locator(selector).first
    card = show(page, link)
    assert is_on_screen(page, card)
    text = read(card.locator("> div > article > *"))
    links = card.locator("> div a").evaluate_all("links => links.map(link => link.href)")
    ids = page.locator("[id]").evaluate_all("all => all.map(one => one.id)")
    assert len(ids) == len(set(ids))
    icons = card.locator("use").evaluate_all("all => all.map(use => use.getAttribute('href').slice(1))")
    assert set(icons) <= set(ids)
    heading = read(card.locator("h1"))
    expect(card).to_have_accessible_name(heading)
    assert card.locator(":is(h1, h2):not([role=heading])").count() == 0
    leads = str(card.locator(".card__foot a").get_attribute("href"))
    assert leads == link.evaluate("link => new URL(link.getAttribute('href'), location).href")
    page.goto(leads)
    parts = page.locator(PARTS[re.search("claims|entities|sources", leads)[0]])  # type: ignore[index]
    assert text == read(parts) != ""
    assert links == parts.locator("a").evaluate_all("links => links.map(link => link.href)")


def test_claim_begins_with_its_opening_words(page: Page, address: str, record: dict[str, Any]) -> None:
    """Also that of a living person, whose own card has the note that their page begins with."""
    lang = lang_of(page)
    claim = next(one for one in record["claims"] if one["record"]["sensitivity"])
    person = next(one for one in record["entities"] if one["record"].get("living"))
    page.goto(f"{address}{lang}/{SOURCE}")
    card = show(page, page.locator(f".claim .more[href*='{claim['id']}/']"))
    assert read(card).startswith(claim["derived"]["attributed_statement"][lang])
    assert card.locator(".isnad .voice").count() == len(claim["record"]["attribution"])
    assert card.locator(".passages a[href^='https://']").first.get_attribute("href") == claim["derived"]["passages"][0]
    page.goto(f"{address}{lang}/claims/{claim['id']}/")
    card = show(page, page.locator(f".md-content__inner a[href*='{person['id']}/']").first)
    assert card.locator(".notice").count() == 1


def test_pointer_that_rests_opens_a_card(page: Page, address: str) -> None:
    """It stays while the pointer is over it, and goes when that leaves, or with Esc; the focus stays where it was."""
    page.goto(f"{address}{lang_of(page)}/{SOURCE}")
    link, card = page.locator(VOICE).first, page.locator(".card:popover-open")
    link.hover()
    expect(card).to_contain_text("SY24")
    assert is_on_screen(page, card)
    assert page.evaluate("document.activeElement === document.body")
    card.hover()
    page.wait_for_timeout(500)
    expect(card).to_be_visible()
    page.locator(".md-content h1").hover()
    expect(card).to_have_count(0)
    link.hover()
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    # What is passed over on the way has none, and a click leads on.
    link.hover()
    page.locator(".md-content h1").hover()
    page.wait_for_timeout(500)
    expect(card).to_have_count(0)
    link.click()
    page.wait_for_url("**/entities/sy24/")


def test_keyboard_goes_through_a_card_and_back(page: Page, address: str) -> None:
    """The focus goes in by the key, through all links, and on from the link; Esc leads back; Enter follows the link."""
    page.goto(f"{address}{lang_of(page)}/{SOURCE}")
    link = page.locator(VOICE).first
    link.focus()
    expect(link).to_have_attribute("aria-keyshortcuts", "Alt+ArrowDown")
    page.keyboard.press("Tab")
    following = page.evaluate_handle("document.activeElement")
    card = show(page, link)
    page.keyboard.press("Escape")
    expect(link).to_be_focused()
    expect(card).to_be_hidden()
    show(page, link)
    page.keyboard.press("Shift+Tab")
    expect(link).to_be_focused()
    show(page, link)
    stops = card.locator("a, button").count()
    for _ in range(stops):
        page.keyboard.press("Tab")
        assert card.evaluate("card => card.contains(document.activeElement)")
    page.keyboard.press("Tab")
    assert page.evaluate("following => document.activeElement === following", following)
    expect(card).to_be_hidden()
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/entities/sy24/")


def test_first_tap_opens_and_second_follows(phone: Page, address: str) -> None:
    """The card lies at the foot of the screen and can be closed; the place in the page is kept."""
    start = f"{address}ar/claims/all/"
    phone.goto(start)
    link = phone.locator("[aria-rowindex='4'] .more")
    link.evaluate("link => scrollBy(0, link.getBoundingClientRect().top - 120)")
    before = phone.evaluate("scrollY")
    link.tap()
    card = card_of(phone)
    expect(card).to_be_focused()
    expect(card).to_have_css("direction", "rtl")
    box = card.bounding_box()
    assert box
    assert (box["x"], box["width"], box["y"] + box["height"]) == (0, 360, 780)
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    card.locator("button").tap()
    expect(card).to_be_hidden()
    assert (phone.url, phone.evaluate("scrollY")) == (start, before)
    link.tap()
    expect(card).to_be_focused()
    link.tap()
    phone.wait_for_url("**/ar/claims/*/*/")


def test_way_on_is_in_the_card(phone: Page, address: str) -> None:
    """Its own link leads to the page, and what it mentions leads on at once; so do lists of a section."""
    phone.goto(f"{address}ar/{SOURCE}")
    phone.locator(VOICE).first.tap()
    expect(card_of(phone)).to_be_focused()
    card_of(phone).locator(".card__foot a").tap()
    phone.wait_for_url("**/ar/entities/sy24/")
    phone.goto(f"{address}ar/{SOURCE}")
    phone.locator(".claim .more").first.tap()
    expect(card_of(phone)).to_be_focused()
    card_of(phone).locator(".voice a").first.tap()
    phone.wait_for_url("**/ar/entities/sy24/")
    phone.goto(f"{address}ar/browse/goods/")
    phone.locator(".goods__name a").first.tap()
    phone.wait_for_url("**/ar/entities/*/")


def test_place_is_tapped_on_the_map(phone: Page, address: str) -> None:
    """Links in a picture are links as others."""
    phone.goto(f"{address}ar/map/")
    phone.locator(".map__buttons").first.wait_for()
    phone.locator("svg a.place--town .place__hit").first.tap(force=True)
    expect(card_of(phone)).to_be_focused()


@pytest.mark.parametrize("lang", LANGS)
def test_link_leads_on_without_scripts(lang: Lang, address: str, browser: Browser) -> None:
    """There is nothing but the link."""
    context = browser.new_context(java_script_enabled=False, has_touch=True)
    page = context.new_page()
    page.goto(f"{address}{lang}/{SOURCE}")
    page.locator(VOICE).first.tap()
    page.wait_for_url("**/entities/sy24/")
    context.close()


def test_link_leads_on_where_its_page_cannot_be_had(phone: Page, address: str) -> None:
    """A tap follows it; the key opens nothing until the line is back."""

    def fail(route: Route) -> None:
        route.abort() if route.request.resource_type == "xhr" else route.continue_()

    phone.route("**/entities/**", fail)
    phone.goto(f"{address}ar/{SOURCE}")
    link = phone.locator(VOICE).first
    link.focus()
    with phone.expect_event("requestfailed"):
        phone.keyboard.press("Alt+ArrowDown")
    expect(phone.locator(".card:popover-open")).to_have_count(0)
    phone.unroute("**/entities/**")
    show(phone, link)
    phone.keyboard.press("Escape")
    phone.reload()
    phone.route("**/entities/**", fail)
    link.tap()
    phone.wait_for_url("**/ar/entities/sy24/")


def test_link_leads_on_where_data_is_saved(phone: Page, address: str) -> None:
    """Nothing is fetched for cards then."""
    phone.add_init_script("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(f"{address}ar/{SOURCE}")
    phone.locator(VOICE).first.hover()
    phone.wait_for_timeout(500)
    assert not [url for url in asked if "cards" in url]
    phone.locator(VOICE).first.tap()
    phone.wait_for_url("**/ar/entities/sy24/")


def test_page_is_asked_for_once_under_a_strict_policy(browser: Browser, address: str) -> None:
    """Nothing is loaded before a card is wanted; neither inline scripts nor markup as text are needed for it."""

    def harden(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": STRICT})

    # Scripts of the theme stand in its pages.
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route(f"**/{SOURCE}", harden)
    page.goto(f"{address}en/{SOURCE}")
    assert not [url for url in asked if "cards" in url]
    for _ in range(2):
        show(page, page.locator(VOICE).first)
        page.keyboard.press("Escape")
    assert {url.rpartition("/")[2] for url in asked if "cards" in url} == {"cards.js", "cards.css"}
    assert len([url for url in asked if "/entities/sy24/" in url]) == 1
    page.close()


def test_cards_are_not_printed(page: Page, address: str) -> None:
    """Paper has the page alone."""
    page.goto(f"{address}{lang_of(page)}/{SOURCE}")
    card = show(page, page.locator(VOICE).first)
    page.emulate_media(media="print")
    expect(card).to_be_hidden()
