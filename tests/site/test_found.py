"""What stands beside the results of the search: chips that narrow them, the way to the table, the part that answers."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.site.conftest import lang_of
from tests.site.test_table import count_rows

pytestmark = pytest.mark.browser
MANY = {"ar": "الميليشيات", "en": "militias"}
SOLD = {"ar": "شراء الطعام", "en": "who sells food to IS"}
CHIPS = ".narrow button"
LARGE = """chips => [...document.querySelectorAll(chips)].every(chip => {
  const {width, height} = chip.getBoundingClientRect()
  return width >= 24 && height >= 24
})"""
RESULTS = ".md-search-result__item"


def ask(page: Page, address: str, words: str) -> None:
    """Put a query in at once on the home page, and wait for everything that is found."""
    page.goto(f"{address}{lang_of(page)}/")
    if lang_of(page) == "ar":
        page.click("label[for=__search].md-header__button")
    page.click(".md-search__input")
    page.fill(".md-search__input", words)
    page.locator("[data-chips]").wait_for()


def read_chips(page: Page) -> dict[str, int]:
    """Return what the chips say."""
    told = page.locator(CHIPS).evaluate_all("all => all.map(one => one.innerText.replace(/[\\u2068\\u2069]/g, ''))")
    return {label: int(count) for label, count in (text.rsplit(maxsplit=1) for text in told)}


def count_results(page: Page) -> int:
    """Return how many results there are, by what is told of them."""
    return int(re.findall(r"\d+", page.locator(".md-search-result__meta").inner_text())[0])


def press(page: Page, chip: Locator) -> None:
    """Press a chip, and wait for what it leaves."""
    before = chip.get_attribute("aria-pressed")
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "false" if before == "true" else "true")


def test_chip_narrows_without_asking_anyone(page: Page, address: str) -> None:
    """To as many as it says, all of which are of that; pressed again it is gone, and so with a key that is typed."""
    ask(page, address, MANY[lang_of(page)])
    everything, chips = count_results(page), read_chips(page)
    assert len(chips) > 4
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    first, second = page.locator(CHIPS).nth(0), page.locator(CHIPS).nth(1)
    press(page, first)
    label, count = next(iter(chips.items()))
    assert count_results(page) == count
    assert set(page.locator(f"{RESULTS} .found").all_inner_texts()) == {label}
    # Of one facet one is chosen; what another narrows to is counted within that.
    press(page, second)
    expect(first).to_have_attribute("aria-pressed", "false")
    assert count_results(page) == list(chips.values())[1]
    last = page.locator(CHIPS).last
    label, count = list(read_chips(page).items())[-1]
    press(page, last)
    assert count_results(page) == count
    for left in (1, 0):
        page.locator(f"{CHIPS}[aria-pressed=true]").first.click()
        expect(page.locator(f"{CHIPS}[aria-pressed=true]")).to_have_count(left)
    assert count_results(page) == everything
    assert read_chips(page) == chips
    assert asked == []


def test_chips_are_reached_by_the_keyboard(page: Page, address: str) -> None:
    """The tabulator leads from the box to one of them and on to the results, arrows to the others, Esc out."""
    ask(page, address, MANY[lang_of(page)])
    on, back = ("ArrowLeft", "ArrowRight") if lang_of(page) == "ar" else ("ArrowRight", "ArrowLeft")
    page.locator(CHIPS).first.wait_for()
    page.keyboard.press("Tab")
    expect(page.locator(CHIPS).first).to_be_focused()
    page.keyboard.press(on)
    page.keyboard.press("Space")
    expect(page.locator(CHIPS).nth(1)).to_have_attribute("aria-pressed", "true")
    expect(page.locator(CHIPS).nth(1)).to_be_focused()
    page.keyboard.press(back)
    expect(page.locator(CHIPS).first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(CHIPS).first).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Tab")
    expect(page.locator(".md-search-result__link").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#__search")).not_to_be_checked()


def test_chips_are_a_row_that_fits(page: Page, address: str) -> None:
    """On a phone one that is scrolled; each is large enough for a finger."""
    ask(page, address, MANY[lang_of(page)])
    # The box of the search grows while it opens.
    page.wait_for_function(LARGE, arg=CHIPS)
    boxes = page.locator(CHIPS).evaluate_all("all => all.map(one => one.getBoundingClientRect().toJSON())")
    assert (len({box["y"] for box in boxes}) == 1) == (lang_of(page) == "ar")
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


def test_link_leads_to_as_many_claims_in_the_table(page: Page, address: str) -> None:
    """With the query in the field for words."""
    words = SOLD[lang_of(page)]
    ask(page, address, words)
    link = page.locator(".search-all__link")
    count = int(re.findall(r"\d+", link.inner_text())[0])
    assert count > 1
    link.click()
    page.wait_for_selector("table.claims tbody [aria-rowindex]")
    expect(page.locator("#claims-q")).to_have_value(words)
    expect(page.locator("table.claims")).to_have_attribute("aria-rowcount", str(count + 1))
    assert count_rows(page) == count


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (
            {"ar": "بكم الطحين", "en": "how much does flour cost"},
            {"ar": "المقدار: نحو 250", "en": "Amount: about 250"},
        ),
        ({"ar": "مين يبيع الماء", "en": "who sells water"}, {"ar": "الأطراف: ", "en": "Parties: "}),
        ({"ar": "من قال سعر الطحين", "en": "who says the price of flour"}, {"ar": "الصوت: ", "en": "Voice: "}),
    ],
)
@pytest.mark.sampled(3)
def test_part_that_answers_is_told(page: Page, address: str, words: dict[str, str], part: dict[str, str]) -> None:
    """Below the opening words of that claim; who asks for nothing is told none."""
    lang = lang_of(page)
    ask(page, address, words[lang])
    told = page.locator(f"{RESULTS}:has(.part)").first
    assert part[lang] in told.locator(".part").inner_text().translate({0x2068: "", 0x2069: "", 0xA0: " "})
    assert ("بحسب" if lang == "ar" else "According to") in told.inner_text()
    ask(page, address, "طحين" if lang == "ar" else "flour")
    expect(page.locator(".part")).to_have_count(0)


def test_nothing_is_loaded_before_something_is_found(browser: Browser, address: str) -> None:
    """Neither with the page nor with the box; then two small files."""
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(f"{address}en/")
    page.click(".md-search__input")
    assert not [name for name in asked if name.startswith("found")]
    page.keyboard.type("flour")
    page.locator("link[href*='found.css']").wait_for(state="attached")
    assert [name for name in asked if name.startswith("found")] == ["found.js", "found.css"]
    page.close()
