"""The ways by keyboard that the page on accessibility describes, in both languages: no pointer is used here."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.site.conftest import lang_of

pytestmark = pytest.mark.browser
PERSON = "person-sy24-109221"


def open_page(page: Page, address: str, path: str) -> None:
    """Open a page on a wide screen, where everything of the header is shown."""
    lang = lang_of(page)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{address}{lang}/{path}")


def tab_to(page: Page, selector: str, most: int = 120) -> None:
    """Press the tabulator until something has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} is not among the next {most} stops")


def test_skip_link_leads_past_header_and_sections(page: Page, address: str) -> None:
    """It is the first stop, and the next one after it is in the text."""
    open_page(page, address, "")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className").startswith("md-skip")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('.md-content__inner'))")


def test_home_page_leads_to_a_claim(page: Page, address: str) -> None:
    """From the first stop on, with the tabulator and Enter alone."""
    open_page(page, address, "")
    tab_to(page, ".md-content__inner a[href*='claims/'][href*='/flour-price']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/claims/sy24-109221/flour-price/")


def test_search_is_opened_read_and_left(page: Page, address: str) -> None:
    """A key opens it, arrows go through what is found, Enter follows; Esc closes it."""
    open_page(page, address, "")
    page.keyboard.press("/")
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.type("SY24")
    page.locator(".md-search-result__link").first.wait_for()
    # Names are found first; the list is drawn anew when all is found.
    page.locator("[data-chips]").wait_for(state="attached")
    page.keyboard.press("Escape")
    expect(page.locator("#__search")).not_to_be_checked()
    expect(page.locator(".md-search__input")).not_to_be_focused()
    page.keyboard.press("/")
    page.locator(".md-search-result__link").first.wait_for()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".md-search-result__link").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/(entities|sources|claims)/"))


def test_table_is_filtered(page: Page, address: str) -> None:
    """Filters stand before the rows; the focus stays on what was chosen."""
    open_page(page, address, "claims/all/")
    page.wait_for_selector("table.claims [aria-rowindex]")
    tab_to(page, ".filter summary")
    page.keyboard.press("Enter")
    page.wait_for_selector(".filter[open] input[type=checkbox]")
    tab_to(page, ".filter input[type=checkbox]", 5)
    page.keyboard.press("Space")
    page.wait_for_url(re.compile(r"\?\w+="))
    assert page.evaluate("document.activeElement.matches('.filter input:checked')")
    tab_to(page, "table.claims .claims__pick")


def test_card_gives_the_focus_back(page: Page, address: str) -> None:
    """Alt and the down arrow open it, Esc closes it."""
    open_page(page, address, "claims/sy24-109221/flour-price/")
    tab_to(page, ".isnad a")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(".card:popover-open")).to_be_focused()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.isnad a')")


def test_map_comes_nearer_and_its_list_follows(page: Page, address: str) -> None:
    """The map is one stop with keys of its own; its places are links after it."""
    open_page(page, address, "map/")
    page.wait_for_selector(".map__svg.is-live")
    tab_to(page, ".map__svg")
    before = page.locator(".map__svg").get_attribute("viewBox")
    page.keyboard.press("+")
    expect(page.locator(".map__svg")).not_to_have_attribute("viewBox", str(before))
    page.keyboard.press("0")
    expect(page.locator(".map__svg")).to_have_attribute("viewBox", str(before))
    tab_to(page, ".map__list a")


def test_relations_are_explored_and_the_focus_returns(page: Page, address: str) -> None:
    """Claims of a tie get the focus, and Esc gives it back to the button that showed them."""
    open_page(page, address, f"claims/relations/?at={PERSON}")
    page.wait_for_selector("#relations[data-ready=picture]")
    tab_to(page, "[data-act^=edge]")
    act = page.evaluate("document.activeElement.dataset.act")
    page.keyboard.press("Enter")
    expect(page.locator("#web-claims")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(f"[data-act='{act}']")).to_be_focused()
