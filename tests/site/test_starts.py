"""What sections, sources and claims begin with, in a real browser, and every number counted once more from the data."""

import re
from collections import Counter
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site.conftest import lang_of

pytestmark = pytest.mark.browser

SECTIONS = ("groups", "places", "goods", "events")
FEW = {"إفادة واحدة": 1, "إفادتان": 2}
NO_PRICE = {"ar": "لم يُذكر سعر للوحدة", "en": "No unit price stated"}


def count_claims(record: dict[str, Any]) -> Counter[str]:
    """Count the claims about each entity, from the published data."""
    counts: Counter[str] = Counter()
    for claim in record["claims"]:
        told = claim["record"]
        if told.get("status") == "retracted":
            continue
        named = [told["subject"], told.get("object")]
        named += [part.get("entity") for part in told.get("parts") or []]
        named += (told.get("place") or {}).get("entities") or []
        named += [stop.get("entity") for stop in told.get("way") or []]
        named += [(quantity.get("of") or {}).get("entity") for quantity in told.get("quantities") or []]
        counts.update({entity for entity in named if entity})
    return counts


def read_rows(page: Page) -> list[list[dict[str, str]]]:
    """Return the rows of each list with the ids of their entities, numbers of claims and numbers by voice."""
    rows: list[list[dict[str, str]]] = page.locator(".goods").evaluate_all(
        """lists => lists.map(list => [...list.children].map(row => ({
            id: row.querySelector(".goods__name a").getAttribute("href").split("/").at(-2),
            count: row.querySelector(".goods__count")?.textContent ?? "",
            voices: [...row.querySelectorAll(".num")].map(n => n.textContent.replace(/[()]/g, "")).join(" "),
            rubrics: String(row.querySelectorAll(".rubric").length),
        })))"""
    )
    return rows


def read_number(text: str) -> int:
    """Return a counted number of claims in either language."""
    return FEW.get(text) or int(re.sub(r"\D", "", text) or 0)


@pytest.mark.parametrize("section", SECTIONS)
def test_numbers_are_those_of_the_data(section: str, page: Page, address: str, record: dict[str, Any]) -> None:
    """Every entity of the section stands there once; each number is that of its claims, most first; no bare person."""
    page.goto(f"{address}{lang_of(page)}/browse/{section}/")
    counts, lists = count_claims(record), read_rows(page)
    kinds = {entity["id"]: entity for entity in record["entities"]}
    rows = [row for found in lists for row in found]
    assert len({row["id"] for row in rows}) == len(rows)
    living = {id_ for id_, entity in kinds.items() if entity["record"].get("living") in ("yes", "unknown")}
    for row in rows:
        if row["id"] in living:
            assert (row["count"], row["voices"]) == ("", "")
        else:
            assert read_number(row["count"]) == counts[row["id"]], row
            numbers = [int(n) for n in row["voices"].split()]
            assert sum(numbers) <= counts[row["id"]]
            assert numbers == sorted(numbers, reverse=True)
            # Three voices at most: fewer tell of all claims.
            if 0 < len(numbers) < 3:
                assert sum(numbers) == counts[row["id"]], row
    for found in lists:
        numbers = [read_number(row["count"]) for row in found]
        assert numbers == sorted(numbers, reverse=True)


def test_goods_with_a_price_come_first(page: Page, address: str, record: dict[str, Any]) -> None:
    """Each behind its voice, and that others have none is said once on the page; on the index by name, never."""
    lang = lang_of(page)
    priced = {
        claim["record"]["subject"]
        for claim in record["claims"]
        for quantity in claim["record"].get("quantities") or []
        if quantity["measures"] == "price" and quantity.get("per")
    }
    page.goto(f"{address}{lang}/browse/goods/")
    first = read_rows(page)[0]
    assert {row["id"] for row in first} == priced
    assert all(int(row["rubrics"]) >= 1 for row in first)
    assert str(page.locator("article").inner_text()).count(NO_PRICE[lang]) == 1
    figures = page.locator(".goods__one")
    for n in range(figures.count()):
        lead = figures.nth(n).locator(":scope > *").first
        assert "rubric" in str(lead.get_attribute("class"))
    page.goto(f"{address}{lang}/browse/goods/commodity/")
    assert NO_PRICE[lang] not in str(page.locator("article").inner_text())
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_number_leads_to_just_these_claims(page: Page, address: str) -> None:
    """The table has the filter from the address, and as many rows."""
    page.goto(f"{address}{lang_of(page)}/browse/groups/")
    link = page.locator(".goods__count a").first
    count = read_number(str(link.text_content()))
    link.click()
    expect(page.locator("table.claims")).to_have_attribute("aria-rowcount", str(count + 1))
    assert page.locator(".chip").count() == 1


def test_fold_opens_by_keyboard(page: Page, address: str) -> None:
    """What is folded stands in the page and is reached without a pointer; nothing is wider than the screen."""
    page.goto(f"{address}{lang_of(page)}/browse/goods/")
    fold = page.locator("details.fold").first
    hidden = fold.locator("li").first
    expect(hidden).not_to_be_visible()
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(hidden).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_claims_and_sources_say_which_date_they_go_by(page: Page, address: str, record: dict[str, Any]) -> None:
    """The latest ones stand under their day, ten of them open; each source has its own day and its claims."""
    lang = lang_of(page)
    page.goto(f"{address}{lang}/claims/")
    heads = page.locator("#latest ~ section h3")
    assert re.search(r"\d{4}", str(heads.first.text_content()))
    assert page.locator("#latest ~ section > ul.lines > li").count() == 10
    page.goto(f"{address}{lang}/sources/")
    own = Counter(claim["id"].split("/")[0] for claim in record["claims"])
    assert {row["id"]: read_number(row["count"]) for found in read_rows(page) for row in found} == own
    assert page.locator(".goods > li").filter(has_text=re.compile(r"20\d\d")).count() == len(own)


def test_all_of_it_is_there_without_scripts(browser: Browser, address: str) -> None:
    """Lists, folds, voices and the ways to claims."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}ar/browse/groups/")
    assert page.locator(".goods > li").count() > 40
    page.locator("details.fold summary").first.click()
    expect(page.locator("details.fold li").first).to_be_visible()
    page.locator(".goods__count a").first.click()
    expect(page.locator("table.claims tbody tr")).to_have_count(50)
    context.close()
