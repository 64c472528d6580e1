"""The pages that show many claims at once: counted once more from the published data, on a phone, a desk and paper."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from musnad.text.languages import LANGS, Lang
from tests.site.conftest import Builds

pytestmark = pytest.mark.browser
SIZES: dict[Lang, tuple[int, int]] = {"ar": (360, 780), "en": (1440, 900)}
VIEWS = ["figures", "time", "exchange", "accounts", "questions"]


@pytest.fixture(scope="module")
def claims(builds: Builds) -> list[dict[str, Any]]:
    """Return the published claims of the real record."""
    read: list[dict[str, Any]] = json.loads((builds.first / "record.json").read_text(encoding="utf-8"))["claims"]
    return read


@pytest.fixture(params=LANGS)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """Open a page on a phone in Arabic, on a desk in English, both without scripts."""
    width, height = SIZES[request.param]
    context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def open_view(page: Page, address: str, view: str) -> Lang:
    """Open a view in the language that its width is for."""
    lang: Lang = "ar" if page.viewport_size and page.viewport_size["width"] == 360 else "en"
    response = page.goto(f"{address}{lang}/{view}/")
    assert response
    assert response.ok
    return lang


def list_claims(page: Page, within: str) -> list[str]:
    """Return the claims that links within a part of the page lead to, in order."""
    links = page.locator(f"{within} a.more").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return [match[1] for link in links if (match := re.search(r"claims/([^/]+/[^/]+)/$", link))]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.sampled(3)
def test_view_fits_and_says_whose_word_it_is(view: str, page: Page, address: str) -> None:
    """Nothing sticks out; each claim begins with its opening words; the guide explains the marks."""
    open_view(page, address, view)
    widths = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert widths[0] <= widths[1]
    assert page.locator("a[href*='reading/#']").count()
    for link in page.locator("article li:has(> p > a.more)").all():
        assert link.locator(".rubric").count()


def test_every_figure_is_there(page: Page, address: str, claims: list[dict[str, Any]]) -> None:
    """As many as the data have, each with its claim, under what is measured."""
    open_view(page, address, "figures")
    expected = [claim["id"] for claim in claims for _ in claim["record"].get("quantities", [])]
    assert sorted(list_claims(page, ".figures")) == sorted(expected)
    assert page.locator(".index").text_content()
    assert str(len(expected)) in str(page.locator(".index").text_content())
    for id_ in {q["measures"] for claim in claims for q in claim["record"].get("quantities", [])}:
        assert page.locator(f"#measure-{id_}").count() == 1


def test_every_time_has_its_lane(page: Page, address: str, claims: list[dict[str, Any]]) -> None:
    """As the data have it; those without a time are counted, and none has a date that its record does not have."""
    open_view(page, address, "time")
    times = {claim["id"]: claim["record"]["time"] for claim in claims if claim["record"].get("time")}
    assert sorted(list_claims(page, ".figures")) == sorted(times)
    relative = {id_ for id_, time in times.items() if time["basis"] == "relative-to-publication" and "edtf" not in time}
    assert set(list_claims(page, "#relative ~ .series:has(h3)")) == relative
    untimed = page.locator("#unstated ~ p a")
    assert str(len(claims) - len(times)) in str(untimed.text_content())
    assert str(untimed.get_attribute("href")).endswith("/claims/all/?mark=untimed")
    # No claim and no source of this record has a date: nothing is drawn.
    assert not any("edtf" in time or "hijri" in time for time in times.values())
    assert page.locator("svg.drawn").count() == 0


def count_goods(claims: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, int]]:
    """Count again, from the data alone, who sends or sells what to whom by two of the relations that say so."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for claim in (claim["record"] for claim in claims):
        receivers = [part["entity"] for part in claim["parts"] if part["role"] == "buyer"]
        if claim["predicate"] in ("supplies", "sells-to"):
            for receiver in [claim["object"], *receivers]:
                goods = [part["entity"] for part in claim["parts"] if part["role"] == "goods"] or [""]
                cell = found.setdefault((claim["subject"], receiver), {})
                for entity in goods:
                    cell[entity] = cell.get(entity, 0) + 1
    return found


def test_matrix_counts_the_claims(page: Page, address: str, claims: list[dict[str, Any]]) -> None:
    """Each field as the data have it; it leads to its claims; the list says the same where there is no room for it."""
    lang = open_view(page, address, "exchange")
    assert page.locator("table.matrix").is_visible() == (lang == "en")
    for (giver, receiver), goods in count_goods(claims).items():
        section = page.locator(f"#pair-{giver}-to-{receiver}")
        told = str(section.locator(".passes__goods").text_content())
        assert [int(n) for n in re.findall(r"\((\d+)\)", told)] == sorted(goods.values(), reverse=True)
        assert section.locator(".line").count() == len(set(list_claims(page, f"#pair-{giver}-to-{receiver}")))
        assert page.locator(f"td a[href='#pair-{giver}-to-{receiver}']").count() == 1
    # A living person is named by claims alone, behind their opening words.
    assert page.locator("table.matrix :text('Firas'), h3 :text('Firas')").count() == 0


def test_field_is_opened_by_keyboard(browser: Browser, address: str) -> None:
    """Enter on a field leads to its claims."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{address}en/exchange/")
    link = page.locator(".matrix__cell a").first
    link.focus()
    page.keyboard.press("Enter")
    target = str(link.get_attribute("href"))
    page.wait_for_url(f"**{target}")
    assert page.locator(f"{target} .rubric").first.is_visible()
    page.close()


def count_links(claims: list[dict[str, Any]], *types: str) -> int:
    """Count again, from the data alone, the pairs of claims that links of these types join."""
    links = [(claim["id"], link) for claim in claims for link in claim["record"].get("links", [])]
    return len({frozenset((one, link["claim"])) for one, link in links if link["type"] in types})


def test_pairs_are_all_there(page: Page, address: str, claims: list[dict[str, Any]]) -> None:
    """As many of each sort as the data have, each with both its claims; one origin unless the data say otherwise."""
    open_view(page, address, "accounts")
    counts = [
        count_links(claims, "in-tension-with", "contradicts"),
        count_links(claims, "corroborates", "repeats"),
        count_links(claims, "qualifies"),
    ]
    told = page.locator(".tally b").all_text_contents()
    assert [int(n) for n in told] == counts
    assert page.locator(".pair").count() == sum(counts)
    assert page.locator(".pair .pair__side .rubric").count() == 2 * sum(counts)
    feet = [str(foot) for foot in page.locator(".pair--repeated .pair__foot").all_text_contents()]
    assert {tuple(re.findall(r"\d+", foot)) for foot in feet} == {("2", "1")}
    single = str(sum(claim["derived"]["standing"] == "single" for claim in claims))
    assert single in str(page.locator("#single + p").text_content())


def test_questions_are_counted(page: Page, address: str, claims: list[dict[str, Any]]) -> None:
    """Readings, figures of one source alone, and what the sources do not say; what is not shown is told."""
    open_view(page, address, "questions")
    readings = [claim["id"] for claim in claims if claim["record"].get("readings")]
    assert page.locator(".reading").count() == min(30, len(readings))
    figures = [c["id"] for c in claims if c["record"].get("quantities") and c["derived"]["standing"] == "single"]
    shown = list_claims(page, "#figures + ul")
    assert set(shown) <= set(figures)
    assert len(shown) == min(30, len(figures))
    unsaid = [claim["id"] for claim in claims if claim["record"].get("not_stated")]
    rest = page.locator("#not-stated ~ .index__more").first
    assert str(len(unsaid) - 30) in str(rest.text_content())
    # No list of what is unknown begins with a living person.
    assert page.locator("#unknown ~ .series h3 :text('Firas')").count() == 0
