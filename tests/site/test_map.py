"""The map as readers use it: brought nearer, filtered, found from a place, without a pointer or scripts."""

import itertools
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from musnad.text.languages import LANGS, Lang
from tests.site.conftest import Builds, lang_of

pytestmark = pytest.mark.browser
TOWN = "al-bukamal"


def open_map(page: Page, address: str, asked: str = "") -> None:
    """Open the map and wait for its script."""
    page.goto(f"{address}{lang_of(page)}/map/{asked}")
    page.wait_for_selector(".map__svg.is-live")


def count_places(record: dict[str, Any], *, source: str = "") -> dict[str, int]:
    """Return by place how many claims name it, voices left out, as a reader of the data would count."""
    counts = dict.fromkeys((entity["id"] for entity in record["entities"] if entity["kind"] == "place"), 0)
    for claim in record["claims"]:
        told = claim["record"]
        if source and not claim["id"].startswith(f"{source}/"):
            continue
        named = {told["subject"], told.get("object"), *(part.get("entity") for part in told.get("parts", ()))}
        named |= {*told.get("place", {}).get("entities", ()), *(stop.get("entity") for stop in told.get("way", ()))}
        named |= {quantity.get("of", {}).get("entity") for quantity in told.get("quantities", ())}
        for id_ in named & counts.keys():
            counts[id_] += 1
        counts["-"] = counts.get("-", 0) + (not named & counts.keys())
    return counts


def read_counts(page: Page) -> dict[str, int]:
    """Return what the lists say, by place."""
    rows = page.locator(".map__list > [data-id]").evaluate_all(
        "rows => rows.map(r => [r.dataset.id, Number(r.querySelector('.map__count').dataset.count)])"
    )
    return dict(rows)


def test_numbers_are_those_of_the_data(page: Page, address: str, record: dict[str, Any]) -> None:
    """Every place of the record is there once, with its claims; those that name none are counted."""
    open_map(page, address)
    counts = count_places(record)
    assert {**read_counts(page), "-": int(str(page.locator(".map__nowhere").get_attribute("data-count")))} == counts
    located = {entity["id"] for entity in record["entities"] if entity["record"].get("location", {}).get("latitude")}
    drawn = page.locator(".place").evaluate_all("all => all.map(one => one.dataset.id)")
    assert located <= {*drawn}
    for id_ in {*drawn} - located:
        assert page.locator(f"#place-{id_} .computed").is_visible()
        assert page.locator(f".place[data-id={id_}] .dot").count() == 0
    page.locator(".map__nowhere a").click()
    expect(page.locator("table.claims")).to_have_attribute("aria-rowcount", str(counts["-"] + 1))


def test_filter_leaves_what_is_chosen(page: Page, address: str, record: dict[str, Any]) -> None:
    """By source; the address has it, the other language's too, and the way to the claims of a place keeps it."""
    open_map(page, address)
    page.locator(".filters > summary").click()
    page.locator(".filter input[value=symonitor-16787]").check()
    expect(page).to_have_url(re.compile(r"\?source=symonitor-16787$"))
    assert str(page.locator(".switch").get_attribute("href")).endswith("?source=symonitor-16787")
    left = {id_: n for id_, n in count_places(record, source="symonitor-16787").items() if n and id_ != "-"}
    page.wait_for_selector(".map__lists:not([aria-busy])")
    shown = page.locator(".map__list > [data-id]:visible")
    assert {*shown.evaluate_all("rows => rows.map(r => r.dataset.id)")} == left.keys()
    id_, count = max(left.items(), key=lambda found: found[1])
    link = page.locator(f"#place-{id_} .map__count a")
    assert str(count) in str(link.text_content())
    link.click()
    expect(page.locator("table.claims")).to_have_attribute("aria-rowcount", str(count + 1))


def test_map_is_brought_nearer_by_keys_alone(page: Page, address: str) -> None:
    """And moved, and shown whole again; the state has an address that leads back to it."""
    open_map(page, address)
    picture = page.locator(".map__svg")
    whole = picture.get_attribute("viewBox")
    picture.focus()
    for key in "++":
        page.keyboard.press(key)
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile(r"\?at=[0-9.,]+$"))
    near = [float(side) for side in str(picture.get_attribute("viewBox")).split(" ")]
    page.reload()
    page.wait_for_selector(".map__svg.is-live.is-close")
    again = [float(side) for side in str(picture.get_attribute("viewBox")).split(" ")]
    assert again == pytest.approx(near, abs=8)
    picture.focus()
    page.keyboard.press("0")
    assert picture.get_attribute("viewBox") == whole
    page.keyboard.press("Tab")
    assert "place" in page.evaluate("document.activeElement.getAttribute('class')")


def test_map_is_moved_without_dragging(page: Page, address: str) -> None:
    """By buttons, each to its side; of the whole map there is nothing to be moved."""
    open_map(page, address)
    sides = [page.locator(f".map__buttons [data-do={name}]") for name in ("left", "up", "right", "down")]
    for side in sides:
        expect(side).to_be_disabled()
        assert side.get_attribute("aria-label")
    for _ in range(3):
        page.locator("[data-do=in]").click()
    begun = page.locator(".map__svg").get_attribute("viewBox")
    seen = set()
    for side in sides:
        side.click()
        seen.add(page.locator(".map__svg").get_attribute("viewBox"))
    # All the way round.
    assert len(seen) == 4
    assert page.locator(".map__svg").get_attribute("viewBox") == begun
    page.locator("[data-do=all]").click()
    expect(sides[0]).to_be_disabled()


def test_place_leads_to_the_map_and_back(page: Page, address: str) -> None:
    """The map opens at the place, marked in picture and list; pointing at a row marks the picture."""
    page.goto(f"{address}{lang_of(page)}/entities/{TOWN}/")
    page.locator(f"a[href*='map/?place={TOWN}']").click()
    page.wait_for_selector(".map__svg.is-live")
    assert page.locator(".place.is-on").get_attribute("data-id") == TOWN
    assert page.locator(".map__list > .is-on").get_attribute("data-id") == TOWN
    page.locator("#place-al-asharah .map__name a").focus()
    assert page.locator(".place.is-on[data-id=al-asharah]").count() == 1
    page.locator(f".place[data-id={TOWN}] .dot").click(force=True)
    expect(page).to_have_url(f"{address}{lang_of(page)}/entities/{TOWN}/")


LABELS = """all => all.filter(t => t.textContent && getComputedStyle(t).display !== "none").map(t => {
  const b = t.getBoundingClientRect(); return [b.left, b.top + b.height * .2, b.right, b.bottom - b.height * .2] })"""


@pytest.mark.parametrize("has_scripts", [True, False])
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("width", [360, 820, 1440])
@pytest.mark.sampled(3)
def test_labels_do_not_collide(width: int, lang: Lang, has_scripts: bool, address: str, browser: Browser) -> None:
    """As a browser sets them, in the picture and out of each other's way, with the page no wider than the screen."""
    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=has_scripts)
    page = context.new_page()
    page.goto(f"{address}{lang}/map/")
    if has_scripts:
        page.wait_for_selector(".map__svg.is-live")
    boxes = page.locator(".place__text").evaluate_all(LABELS)
    frame = page.locator(".map__svg").bounding_box()
    assert frame
    assert frame["x"] >= 0
    assert frame["x"] + frame["width"] <= width
    assert len(boxes) == page.locator(".place").count()
    for one, other in itertools.combinations(boxes, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    for left, _, right, _ in boxes:
        assert frame["x"] <= left
        assert right <= frame["x"] + frame["width"]
    context.close()


@pytest.mark.parametrize("lang", LANGS)
def test_without_scripts_picture_and_list_are_there(lang: Lang, address: str, browser: Browser) -> None:
    """With links, and with no button that does nothing."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{lang}/map/?place={TOWN}#place-{TOWN}")
    assert page.locator(".map__svg .place").count() == page.locator("ol.map__list > li").count() > 0
    assert not page.locator(".map__buttons").is_visible()
    assert not page.locator(".explore__tools").is_visible()
    assert page.locator(f"#place-{TOWN}").is_visible()
    context.close()


def test_other_pages_load_nothing_of_it(builds: Builds) -> None:
    """Neither its script nor its style nor its ground."""
    for path in sorted(Path(builds.first, "en").rglob("index.html")):
        if path.parent.name != "map":
            text = path.read_text(encoding="utf-8")
            assert "views/map." not in text
            assert "map__svg" not in text
