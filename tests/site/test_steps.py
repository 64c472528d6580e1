"""Five questions of readers, answered from the home page by clicks alone: how many it takes is in performance.md."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.site.conftest import lang_of

pytestmark = pytest.mark.browser
PERSON, MILITIA = "person-sy24-109221", "usud-al-sharqiya"


class Reader:
    """Somebody who begins on the home page and clicks, or types a word and chooses what is found."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.steps = page, 0
        page.goto(f"{address}{lang_of(page)}/", wait_until="networkidle")

    def click(self, found: Locator | str) -> None:
        """Take one step."""
        target = self.page.locator(found) if isinstance(found, str) else found
        target.first.click()
        self.steps += 1

    def open_filter(self, facet: int) -> None:
        """Unfold the choices of a facet; on a phone all filters are folded first."""
        self.page.wait_for_selector("table.claims tbody [aria-rowindex]")
        if not self.page.locator(".filter > summary").nth(facet).is_visible():
            self.click(".filters > summary")
        self.click(self.page.locator(".filter > summary").nth(facet))


def _find_price(reader: Reader, record: dict[str, Any]) -> None:
    """What is water sold for, and who says so?"""
    reader.click("article a[href$='/figures/']")
    prices = [
        claim["derived"]["attributed_statement"][lang_of(reader.page)]
        for claim in record["claims"]
        if claim["record"]["subject"] == "water"
        and any(q["measures"] == "price" for q in claim["record"]["quantities"])
    ]
    told = " ".join(str(reader.page.locator("article").text_content()).split())
    assert prices
    for says in prices:
        assert says in told


def _find_person(reader: Reader, record: dict[str, Any]) -> None:
    """Everything about the one named person, and on whose word."""
    named = [
        claim["id"] for claim in record["claims"] if PERSON in str({**claim["record"], "attribution": [], "id": ""})
    ]
    reader.page.locator(".find input, .md-search__input").first.fill("فراس")
    reader.page.keyboard.press("Enter")
    reader.steps += 1
    result = reader.page.locator(f".md-search-result__link[href*='entities/{PERSON}/']").first
    result.wait_for(timeout=10_000)
    reader.click(result)
    reader.page.wait_for_url(f"**/entities/{PERSON}/**")
    claims = reader.page.locator("article :is(.claim, .line) a[href*='/claims/']").evaluate_all(
        "all => all.map(a => a.href)"
    )
    for id_ in named:
        assert any(id_ in href for href in claims), id_


def _take_trade(reader: Reader, record: dict[str, Any]) -> None:
    """All trade of one militia, as a list to take away."""
    reader.click("article a[href$='/claims/all/']")
    reader.open_filter(8)
    reader.click(f".filter input[value='{MILITIA}']")
    with reader.page.expect_download() as download:
        reader.click(reader.page.locator(".explore__take button", has_text="CSV"))
    rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))[1:]
    expected = {
        claim["id"]
        for claim in record["claims"]
        if MILITIA
        in {
            claim["record"]["subject"],
            claim["record"].get("object"),
            *(part.get("entity") for part in claim["record"]["parts"]),
        }
    }
    assert {row[0] for row in rows} == expected


def _find_tensions(reader: Reader, record: dict[str, Any]) -> None:
    """What do the two articles disagree on?"""
    reader.click("article a[href$='/accounts/']")
    links = [(claim["id"], link) for claim in record["claims"] for link in claim["record"]["links"]]
    pairs = {frozenset((id_, link["claim"])) for id_, link in links if link["type"] == "in-tension-with"}
    told = reader.page.locator(".tally b").first.text_content()
    assert int(str(told)) == len(pairs) > 0


def _find_unnamed(reader: Reader, record: dict[str, Any]) -> None:
    """Which claims rest on unnamed voices?"""
    reader.click("article a[href$='/claims/all/']")
    reader.open_filter(2)
    reader.click(".filter input[value=unnamed]")
    told = int(re.findall(r"\d+", str(reader.page.locator(".explore__count").text_content()))[0])
    expect(reader.page.locator("table.claims")).to_have_attribute("aria-rowcount", str(told + 1))
    unnamed = [
        claim["id"]
        for claim in record["claims"]
        if any("entity" not in voice for voice in claim["record"]["attribution"])
    ]
    assert told == len(unnamed)


@pytest.mark.parametrize(
    ("walk", "steps"),
    [(_find_price, 1), (_find_person, 2), (_take_trade, 4), (_find_tensions, 1), (_find_unnamed, 3)],
)
@pytest.mark.sampled(3)
def test_question_is_answered_in_few_steps(
    walk: Callable[[Reader, dict[str, Any]], None], steps: int, page: Page, address: str, record: dict[str, Any]
) -> None:
    """On a desk; a phone has its filters folded, one step more."""
    reader = Reader(page, address)
    walk(reader, record)
    is_folded = lang_of(page) == "ar" and walk in (_take_trade, _find_unnamed)
    assert reader.steps == steps + is_folded
