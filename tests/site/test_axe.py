"""Every page and view before axe-core: both languages, narrow and wide, light and dark, nothing folded."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from musnad.text.languages import Lang
from tests.site.conftest import ROOT

pytestmark = pytest.mark.browser
AXE = ROOT / "tests/tools/node_modules/axe-core/axe.min.js"
CLAIM = "sy24-109221/flour-price"
TABLE = "table.claims tbody [aria-rowindex]"
WEB = "#relations[data-ready=picture]"
MAP = ".map__svg.is-live"
Step = Callable[[Page], object]


def _come_nearer(page: Page) -> None:
    page.click("[data-do=in]", click_count=3)


# Where it is, what to wait for, what is done there.
STATES: dict[str, tuple[str, str, Step | None]] = {
    "home": ("", "h1", None),
    "claims": ("claims/", "h1", None),
    "table": ("claims/all/?modality=alleged", TABLE, None),
    "table, a claim ticked": ("claims/all/", TABLE, lambda page: page.locator(".claims__pick").first.check()),
    "relations": ("claims/relations/?at=person-sy24-109221,is-cells-badia", WEB, None),
    "relations, an edge chosen": (
        "claims/relations/?at=person-sy24-109221&edge=person-sy24-109221.national-defence-forces",
        f"{WEB} .web__claims tbody tr",
        None,
    ),
    "relations, a path": ("claims/relations/?path=person-sy24-109221,russia", WEB, None),
    "map, nearer": ("map/", MAP, _come_nearer),
    "map, a place, filtered": ("map/?place=al-bukamal&source=symonitor-16787", f"{MAP}.is-close", None),
    **{view: (f"{view}/", "h1", None) for view in ("time", "figures", "exchange", "accounts", "questions", "reading")},
    "sources": ("sources/", "h1", None),
    "source": ("sources/sy24-109221/", "h1", None),
    "groups": ("browse/groups/", "h1", None),
    "places": ("browse/places/place/", "h1", None),
    "goods": ("browse/goods/", "h1", None),
    "group": ("entities/is-cells-badia/", "h1", None),
    "place": ("entities/al-bukamal/", "h1", None),
    "person": ("entities/person-sy24-109221/", "h1", None),
    "claim": (f"claims/{CLAIM}/", "h1", None),
    "corrections": ("corrections/", "h1", None),
    "prose": ("method/", "h1", None),
    "form": (f"propose/?record=claims/{CLAIM}", "h1", None),
    "downloads": ("downloads/", "h1", None),
    "code book": ("downloads/codebook/", "h1", None),
}
# Each language in each width and each scheme once; what axe finds there hangs on no two of them together.
SCREENS: list[tuple[Lang, int, str]] = [
    ("ar", 360, "light"),
    ("en", 360, "dark"),
    ("ar", 1440, "dark"),
    ("en", 1440, "light"),
]


@pytest.fixture(scope="module", params=SCREENS, ids=lambda screen: " ".join(map(str, screen)))
def screen(request: pytest.FixtureRequest, browser: Browser) -> Iterator[tuple[Lang, Page]]:
    """Open a page of a language, a width and a scheme, in which nothing moves."""
    if not AXE.exists():
        message = "axe-core is not installed (make test does so where there is npm)"
        if os.environ.get("MUSNAD_REQUIRE_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)
    lang, width, scheme = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    context.add_init_script(AXE.read_text(encoding="utf-8"))
    yield lang, context.new_page()
    context.close()


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(state: str, screen: tuple[Lang, Page], address: str) -> None:
    """No rule is switched off."""
    lang, page = screen
    path, ready, step = STATES[state]
    page.goto(f"{address}{lang}/{path}")
    page.wait_for_selector(ready)
    if step:
        step(page)
    page.evaluate("document.querySelectorAll('details').forEach((folded) => { folded.open = true })")
    assert find_violations(page) == []


def find_violations(page: Page) -> list[str]:
    """Return what axe finds, a line for each element."""
    found: dict[str, Any] = page.evaluate("axe.run({ resultTypes: ['violations'] })")
    return [
        f"{rule['id']}: {node['html'][:200]} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
