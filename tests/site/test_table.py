"""The table of all claims as readers use it: filtered, sorted, searched, taken along, without a pointer or scripts."""

import csv
import io
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from musnad.text.languages import LANGS, Lang
from tests.site.conftest import lang_of

pytestmark = pytest.mark.browser


def open_table(page: Page, address: str, asked: str = "") -> None:
    """Open the table and wait for its rows."""
    page.goto(f"{address}{lang_of(page)}/claims/all/{asked}")
    page.wait_for_selector(".explore__tools:not([hidden])")
    page.wait_for_selector("table.claims tbody [aria-rowindex], table.claims[aria-rowcount='1']")


def count_rows(page: Page) -> int:
    """Return how many claims the table says that it has."""
    return int(str(page.locator("table.claims").get_attribute("aria-rowcount"))) - 1


def read_counts(page: Page, facet: int) -> dict[str, int]:
    """Return what a filter offers, by value."""
    boxes = page.locator(".filter").nth(facet)
    # Choices are made when they are looked at.
    page.locator(".filters").evaluate("all => { all.open = true }")
    boxes.evaluate("box => { box.open = true }")
    boxes.locator("li:has(input)").first.wait_for()
    rows = boxes.locator("li:has(input)").evaluate_all(
        "rows => rows.map(r => [r.querySelector('input').value, Number(r.querySelector('.num').textContent)])"
    )
    return dict(rows)


def test_numbers_are_those_of_the_data(page: Page, address: str, record: dict[str, Any]) -> None:
    """Every count beside a choice equals one made from the published data; so does what a choice leaves."""
    open_table(page, address)
    claims = record["claims"]
    assert count_rows(page) == len(claims)
    assert read_counts(page, 0) == Counter(claim["id"].split("/")[0] for claim in claims)
    assert read_counts(page, 3) == Counter(claim["record"]["modality"] for claim in claims)
    assert read_counts(page, 4) == Counter(claim["derived"]["standing"] for claim in claims)
    predicates = Counter(claim["record"]["predicate"] for claim in claims)
    assert {id_: predicates[id_] for id_ in read_counts(page, 5)} == read_counts(page, 5)
    page.goto(f"{address}{lang_of(page)}/claims/all/?modality=alleged")
    alleged = [claim for claim in claims if claim["record"]["modality"] == "alleged"]
    expect(page.locator("table.claims")).to_have_attribute("aria-rowcount", str(len(alleged) + 1))
    # What is chosen in a facet does not narrow that facet's own counts.
    assert read_counts(page, 3) == Counter(claim["record"]["modality"] for claim in claims)
    assert read_counts(page, 4) == Counter(claim["derived"]["standing"] for claim in alleged)


def test_state_has_an_address(page: Page, address: str) -> None:
    """A choice is in the address, in the other language's too, and comes back from it; a chip takes it away."""
    open_table(page, address)
    if lang_of(page) == "ar":
        page.locator(".filters > summary").click()
    page.locator(".filter").nth(2).locator("summary").click()
    page.locator(".filter input[value=unnamed]").check()
    page.locator("#claims-sort").select_option("title")
    expect(page).to_have_url(re.compile(r"\?named=unnamed&sort=title$"))
    assert str(page.locator(".switch").get_attribute("href")).endswith("?named=unnamed&sort=title")
    first = page.locator("[aria-rowindex='2']").text_content()
    few = count_rows(page)
    page.reload()
    page.wait_for_selector("[aria-rowindex='2']")
    assert page.locator("[aria-rowindex='2']").text_content() == first
    assert count_rows(page) == few
    page.locator(".chip").click()
    expect(page).to_have_url(re.compile(r"\?sort=title$"))
    assert count_rows(page) > few


def test_what_is_typed_last_is_shown(page: Page, address: str) -> None:
    """An answer of the search that comes after its words were taken away again changes nothing."""
    open_table(page, address)
    every = count_rows(page)

    def answer_late(route: Route) -> None:
        page.wait_for_timeout(1500)
        route.continue_()

    page.route("**/search/search_index.json", answer_late)
    field = page.locator("#claims-q")
    with page.expect_request("**/search/search_index.json"):
        field.fill("طحين" if lang_of(page) == "ar" else "flour")
    field.fill("")
    expect(page).not_to_have_url(re.compile("words="))
    page.wait_for_timeout(2500)
    assert count_rows(page) == every


def test_words_are_found_by_the_sites_search(page: Page, address: str) -> None:
    """Together with a filter; a word that stands in no claim leaves nothing, and that is said."""
    open_table(page, address)
    page.locator("#claims-q").fill("طحين" if lang_of(page) == "ar" else "flour")
    expect(page.locator("table.claims")).not_to_have_attribute("aria-rowcount", re.compile("^10[0-9]$"))
    page.wait_for_selector("[aria-rowindex='2']")
    assert re.search("طحين|flour", str(page.locator("[aria-rowindex='2']").text_content()))
    assert "words=" in page.url
    page.locator("#claims-q").fill("zzzzqqqq")
    expect(page.locator("table.claims")).to_have_attribute("aria-rowcount", "1")
    expect(page.locator(".explore__count")).not_to_contain_text(re.compile("[0-9]"))


def test_claims_are_taken_along(page: Page, address: str, record: dict[str, Any]) -> None:
    """As CSV with every statement behind its voice, of all that is found or of what is ticked."""
    lang = lang_of(page)
    said = {claim["id"]: claim["derived"]["attributed_statement"][lang] for claim in record["claims"]}
    open_table(page, address, "?modality=alleged")
    with page.expect_download() as download:
        page.locator(".explore__take button").last.click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == count_rows(page) + 1
    for row in rows[1:]:
        assert row[1] == said[row[0]]
        assert row[-1] == f"{address}{lang}/claims/{row[0]}/"
    page.locator(".claims__pick").nth(1).check()
    with page.expect_download() as download:
        page.locator(".explore__take button").last.click()
    assert len(list(csv.reader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8"))))) == 2


def test_keyboard_alone_is_enough(page: Page, address: str) -> None:
    """A filter is opened and a choice made without a pointer, and the focus stays where it was."""
    open_table(page, address)
    if lang_of(page) == "ar":
        page.locator(".filters > summary").focus()
        page.keyboard.press("Enter")
    page.locator(".filter > summary").nth(2).focus()
    page.keyboard.press("Enter")
    page.locator(".filter").nth(2).locator("input[type=checkbox]").first.wait_for()
    page.keyboard.press("Tab")
    value = page.evaluate("document.activeElement.value")
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile(f"named={value}"))
    assert page.evaluate("document.activeElement.value") == value


@pytest.mark.parametrize("lang", LANGS)
def test_without_scripts_the_first_rows_are_there(lang: Lang, address: str, browser: Browser) -> None:
    """And a way to all others."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{lang}/claims/all/")
    assert page.locator("table.claims tbody tr").count() == 50
    assert page.locator(".explore__rest a").is_visible()
    assert not page.locator(".explore__tools").is_visible()
    context.close()
