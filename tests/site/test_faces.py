"""A page to a screen reader, on paper, and on a slow line, in a real Chromium."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from musnad.text.languages import LANGS, Lang
from tests.site.odd import FOLDED, LONG_CLAIM

pytestmark = pytest.mark.browser

# One page of each type.
PATHS = [
    "",
    "claims/",
    "sources/",
    "sources/tide-post-12/",
    "browse/people/",
    "browse/harbour/good/",
    "reading/",
    "entities/old-harbour/",
    "entities/mentioned-person/",
    f"claims/{LONG_CLAIM}/",
    "claims/tide-post-12/lamp-broken/",
    "claims/tide-post-12/lamp-colour/",
    "odd/",
    "headless/",
]
PAGES = ["", "404.html", *(f"{lang}/{path}" for lang in LANGS for path in PATHS)]
LANDMARKS = frozenset({"banner", "complementary", "contentinfo", "main", "navigation", "region", "search"})
# Of these a page has one each, and they need no name.
_ONLY = frozenset({"banner", "contentinfo", "main"})


@dataclass(frozen=True)
class Node:
    """What a screen reader is told of an element."""

    role: str
    name: str
    level: int


def read_tree(page: Page) -> list[Node]:
    """Return what a screen reader is told of a page, in the order of reading."""
    session = page.context.new_cdp_session(page)
    session.send("Accessibility.enable")
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}

    def walk(node: dict[str, Any]) -> Iterator[Node]:
        if not node.get("ignored"):
            levels = [given["value"]["value"] for given in node.get("properties", []) if given["name"] == "level"]
            yield Node(node["role"]["value"], node.get("name", {}).get("value", ""), *(levels or [0]))
        for child in node.get("childIds", []):
            if child in nodes:
                yield from walk(nodes[child])

    return list(walk(next(node for node in nodes.values() if "parentId" not in node)))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a wide window, where nothing is left out."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    yield page
    page.close()


def find_headings(tree: list[Node]) -> list[tuple[int, str]]:
    """Return level and name of each heading."""
    return [(node.level, node.name) for node in tree if node.role == "heading"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.sampled(3)
def test_headings_are_an_outline_and_landmarks_have_names(page: Page, odd_address: str, path: str) -> None:
    """One of the first level, before all others; none is skipped; landmarks of one role can be told apart."""
    page.goto(f"{odd_address}{path}")
    tree = read_tree(page)
    headings = find_headings(tree)
    levels = [level for level, _ in headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), headings
    assert all(name.strip() for _, name in headings)
    landmarks = [(node.role, node.name) for node in tree if node.role in LANDMARKS]
    assert sum(role == "main" for role, _ in landmarks) == 1
    assert len(set(landmarks)) == len(landmarks)
    assert [role for role, name in landmarks if not name and role not in _ONLY] == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("path", "selector"),
    [
        (f"claims/{LONG_CLAIM}/", ".pair__head, .pair__tag"),
        ("claims/tide-post-12/salt-kept-back/", ".pair__head, .pair__tag, .ties"),
        ("claims/tide-post-12/lamp-broken/", ".notice__title"),
        ("entities/mentioned-person/", ".theme .relation, .notice__title"),
        ("entities/old-harbour/", ".theme .relation, .notice__title"),
        ("sources/tide-post-12/", ".s__head, .pair__head, .pair__tag"),
        ("accounts/", ".pair__head, .pair__tag"),
    ],
)
@pytest.mark.sampled(5)
def test_labels_of_groups_are_headings(page: Page, odd_address: str, lang: Lang, path: str, selector: str) -> None:
    """Whoever goes through a page by its headings finds readings, accounts, relations, sentences and notices."""
    page.goto(f"{odd_address}{lang}/{path}")
    headings = [" ".join(name.split()) for _, name in find_headings(read_tree(page))]
    labels = [" ".join(text.split()) for text in page.locator(selector).all_inner_texts()]
    assert len(labels) > len(selector.split(",")) - 1
    assert [label for label in labels if label.replace("\u2009", "") not in headings] == []


def test_headings_of_search_results_stand_below_that_of_the_page(page: Page, odd_address: str) -> None:
    """The page keeps the only one of the first level; groups, results and their sections follow one another."""
    page.goto(f"{odd_address}en/")
    page.click(".md-search__input")
    page.keyboard.type("Who is speaking")
    page.locator(".md-search-result__link[href*='#who-is-speaking']").first.wait_for(timeout=10_000)
    levels = [level for level, name in find_headings(read_tree(page))]
    assert levels.count(1) == 1
    results = page.locator(".md-search-result__item :is(h1, h2)").evaluate_all("all => all.map(h => h.ariaLevel)")
    assert set(results) == {"3", "4"}


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_folded_is_printed_without_scripts(browser: Browser, odd_address: str, lang: Lang) -> None:
    """On screen folded claims are hidden; on paper all are there, in both languages."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 794, "height": 1123})
    page = context.new_page()
    page.goto(f"{odd_address}{lang}/entities/mentioned-person/")
    claims = page.locator(".fold .line")
    assert claims.count() >= len(FOLDED) - 3
    assert not any(claim.is_visible() for claim in claims.all())
    page.emulate_media(media="print")
    heights = [(box or {"height": 0})["height"] for box in (claim.bounding_box() for claim in claims.all())]
    assert all(claim.is_visible() for claim in claims.all())
    assert min(heights) > 10
    context.close()


@pytest.mark.parametrize("lang", LANGS)
def test_the_slip_is_printed_whole(page: Page, odd_address: str, lang: Lang) -> None:
    """On wide paper too: what scrolls beside the text on screen stands in full."""
    page.set_viewport_size({"width": 1123, "height": 300})
    page.goto(f"{odd_address}{lang}/claims/{LONG_CLAIM}/")
    page.emulate_media(media="print")
    cut = "slip => slip.scrollHeight - slip.clientHeight"
    assert page.locator(".slip").evaluate(cut) <= 1
