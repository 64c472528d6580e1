"""Every page and view, and what opens on them, in both languages: before axe-core, and by what WCAG 2.2 asks beyond it.

Each state is loaded once in each language; widths, schemes and forced colours change while it is open.
"""

import os
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from musnad.text.languages import LANGS, Lang
from tests.site.conftest import ROOT

pytestmark = pytest.mark.browser
AXE = ROOT / "tests/tools/node_modules/axe-core/axe.min.js"
CLAIM = "sy24-109221/flour-price"
TABLE = "table.claims tbody [aria-rowindex]"
WEB = "#relations[data-ready=picture]"
MAP = ".map__svg.is-live"
FORM = "#propose:not([hidden]) h2"
Step = Callable[[Page], object]


def _come_nearer(page: Page) -> None:
    page.click("[data-do=in]", click_count=3)


def _ask(words: str) -> Step:
    def ask(page: Page) -> None:
        page.locator("label[for=__search].md-header__button").dispatch_event("click")
        page.locator(".md-search__input").press_sequentially(words)
        page.wait_for_function(
            "document.querySelector('.md-search-result__item') || "
            "/لا نتائج|No matching/.test(document.querySelector('.md-search-result__meta').textContent)",
            timeout=60_000,
        )

    return ask


def _narrow(page: Page) -> None:
    _ask("IS")(page)
    page.locator(".narrow button").first.click()
    page.locator(".narrow [aria-pressed=true]").wait_for()


def _open_card(page: Page) -> None:
    page.locator(".md-content__inner a[href*='/entities/']").first.focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(".card:popover-open")).to_be_focused()


def _cite(page: Page) -> None:
    page.locator(".cite summary").click()
    page.locator(".cite button").first.wait_for()


def _add_claim(page: Page) -> None:
    page.locator("#f-source").select_option("sy24-109221")
    page.locator(".start .field").nth(1).locator("button").click()
    page.locator("#f-locators-0-sentence").fill("99")
    page.locator(".faults li").first.wait_for()


# Where it is, what to wait for, what is done there.
STATES: dict[str, tuple[str, str, Step | None]] = {
    "home": ("", "h1", None),
    "search with results": ("", "h1", _ask("SY24")),
    "search without": ("", "h1", _ask("7777777777")),
    "search, narrowed": ("", "h1", _narrow),
    "claims": ("claims/", "h1", None),
    "table": ("claims/all/?modality=alleged", TABLE, None),
    "table, a claim ticked": ("claims/all/", TABLE, lambda page: page.locator(".claims__pick").first.check()),
    "table, nothing fits": ("claims/all/?words=qqqqqq", ".explore__take button", None),
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
    "concepts": ("concepts/", "h1", None),
    "concept": ("concepts/checkpoints/", "h1", None),
    "sources": ("sources/", "h1", None),
    "source": ("sources/sy24-109221/", "h1", None),
    "groups": ("browse/groups/", "h1", None),
    "places": ("browse/places/place/", "h1", None),
    "goods": ("browse/goods/", "h1", None),
    "group": ("entities/is-cells-badia/", "h1", None),
    "place": ("entities/al-bukamal/", "h1", None),
    "person": ("entities/person-sy24-109221/", "h1", None),
    "claim": (f"claims/{CLAIM}/", "h1", _cite),
    "card": (f"claims/{CLAIM}/", "h1", _open_card),
    "corrections": ("corrections/", "h1", None),
    "prose": ("method/", "h1", None),
    "form": ("propose/", FORM, None),
    "form, a record": (f"propose/?record=claims/{CLAIM}", "h1", None),
    "form, with errors": ("propose/", FORM, _add_claim),
    "downloads": ("downloads/", "h1", None),
    "code book": ("downloads/codebook/", "h1", None),
}


class Screen(NamedTuple):
    """How a page is looked at; ``rules`` are those of axe, all if there are none."""

    width: int
    height: int
    scheme: str
    forced: str = "none"
    rules: tuple[str, ...] = ()


# What a scheme and forced colours change; widths too, and what stands beside what.
COLOURS = ("color-contrast", "link-in-text-block")
PLACES = (*COLOURS, "scrollable-region-focusable", "css-orientation-lock")
# In one width and scheme of each language all rules; 320 by 256 is a desk's screen at 400 %.
SCREENS: dict[Lang, list[Screen]] = {
    "ar": [
        Screen(360, 780, "light"),
        Screen(320, 256, "light", "active", PLACES),
        Screen(1440, 900, "dark", rules=PLACES),
    ],
    "en": [
        Screen(1440, 900, "light"),
        Screen(1440, 900, "dark", "active", COLOURS),
        Screen(320, 256, "dark", rules=PLACES),
    ],
}
# What axe leaves out unless it is asked; the three others that are left ask for more than AA, or are out of date.
ASKED = (
    *("css-orientation-lock", "focus-order-semantics", "label-content-name-mismatch"),
    *("landmark-complementary-is-top-level", "p-as-heading", "table-fake-caption", "target-size", "td-has-header"),
)
# Text as readers may want it, success criterion 1.4.12.
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em; word-spacing: .16em } p { margin-block-end: 2em }"


class Visit(NamedTuple):
    """A state that is open."""

    page: Page
    lang: Lang
    state: str


# Each state in one of the languages each time, in both by ``-m long``.
VISITS = [
    pytest.param((lang, state), id=f"{lang}-{state}", marks=pytest.mark.long if (n + at) % 2 else ())
    for at, lang in enumerate(LANGS)
    for n, state in enumerate(STATES)
]


@pytest.fixture(scope="module")
def contexts(browser: Browser) -> Iterator[dict[Lang, BrowserContext]]:
    """Open a browser of each language, in which nothing moves."""
    if not AXE.exists():
        message = "axe-core is not installed (make test does so where there is npm)"
        if os.environ.get("MUSNAD_REQUIRE_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)
    contexts = {lang: browser.new_context(reduced_motion="reduce", bypass_csp=True) for lang in LANGS}
    for context in contexts.values():
        context.add_init_script(AXE.read_text(encoding="utf-8"))
    yield contexts
    for context in contexts.values():
        context.close()


@pytest.fixture(scope="module", params=VISITS)
def visit(request: pytest.FixtureRequest, contexts: dict[Lang, BrowserContext], address: str) -> Iterator[Visit]:
    """Open a state, with nothing folded."""
    lang, state = request.param
    path, ready, step = STATES[state]
    page = contexts[lang].new_page()
    look(page, SCREENS[lang][0])
    page.goto(f"{address}{lang}/{path}")
    page.wait_for_selector(ready)
    if step:
        step(page)
    page.evaluate("document.querySelectorAll('details').forEach((folded) => { folded.open = true })")
    yield Visit(page, lang, state)
    page.close()


def look(page: Page, screen: Screen) -> None:
    """Change how a page is looked at."""
    page.set_viewport_size({"width": screen.width, "height": screen.height})
    page.emulate_media(color_scheme=screen.scheme, forced_colors=screen.forced, reduced_motion="reduce")  # type: ignore[arg-type]


def find_violations(page: Page, rules: tuple[str, ...] = ()) -> list[str]:
    """Return what axe finds, a line for each element."""
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = {"type": "rule", "values": rules}
    else:
        options["rules"] = {rule: {"enabled": True} for rule in ASKED}
    found: dict[str, Any] = page.evaluate("options => axe.run(options)", options)
    return [
        f"{rule['id']}: {node['html'][:200]} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def test_axe_finds_nothing(visit: Visit) -> None:
    """No rule that it asks by itself is switched off."""
    found = {}
    for screen in SCREENS[visit.lang]:
        look(visit.page, screen)
        found[screen] = find_violations(visit.page, screen.rules)
    assert {screen: lines for screen, lines in found.items() if lines} == {}


UNMARKED = """lang => {
  const other = {ar: /[A-Za-z\\u00c0-\\u024f]{2,}/, en: /[\\u0620-\\u064a\\u0671-\\u06d3]{2,}/}[lang]
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const found = []
  for (let node; (node = walk.nextNode());) {
    const element = node.parentElement
    if (!other.test(node.data.replace(/\\b[A-Z]{2,5}\\b|BibTeX/g, ""))) continue
    const apart = "script, style, code, pre, textarea, .md-search, [role=img]"
    if (element.closest(apart) || !element.checkVisibility()) continue
    if (element.closest("[lang]").lang.split("-")[0] === lang) found.push(element.outerHTML.slice(0, 160))
  }
  return found
}"""


@pytest.mark.long
def test_words_of_the_other_script_have_their_language(visit: Visit) -> None:
    """Success criterion 3.1.2. Code and the names of formats are of no language."""
    assert visit.page.evaluate(UNMARKED, visit.lang) == []


REFLOW = """() => {
  const apart = "svg, .unseen, .md-search, [aria-hidden=true], thead, .web__picture"
  const isCut = one => one.clientHeight && one.scrollHeight > one.clientHeight + 2
    && ["hidden", "clip"].includes(getComputedStyle(one).overflowY) && one.textContent.trim() && !one.closest(apart)
  const all = [...document.querySelectorAll(".md-content *, .md-header *, .colophon *")]
  const wide = Math.max(0, document.documentElement.scrollWidth - innerWidth)
  return [wide, all.filter(isCut).map(one => one.outerHTML.slice(0, 160))]
}"""


@pytest.mark.long
def test_text_is_read_without_scrolling_sideways(visit: Visit) -> None:
    """At 400 %, and with the spacing that a reader may want (1.4.10, 1.4.12)."""
    look(visit.page, Screen(320, 256, "light"))
    # What opened on a wider screen takes a moment.
    visit.page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")
    assert visit.page.evaluate(REFLOW) == [0, []]
    style = visit.page.add_style_tag(content=SPACED)
    assert visit.page.evaluate(REFLOW) == [0, []]
    style.evaluate("style => style.remove()")


FOCUSED = """() => {
  const card = document.querySelector(":popover-open")
  const isStop = one => !one.disabled && one.tabIndex >= 0 && !one.closest(".md-search, [hidden]")
    && (card ? card.contains(one) : !one.closest("[popover]"))
    && one.checkVisibility({visibilityProperty: true, opacityProperty: true})
  const all = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")
  // An open search is left before anything behind it can have the focus.
  const stops = document.querySelector("#__search:checked") ? [] : [...all].filter(isStop)
  const isAt = (one, x, y) => {
    const top = y > 0 && y < innerHeight && document.elementFromPoint(x, y)
    return top && (one.contains(top) || (top.contains(one) && !top.closest(".md-header")))
  }
  const isMarked = one => {
    const style = getComputedStyle(one)
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
  }
  const faults = new Set()
  const look = one => {
    one.focus({focusVisible: true})
    if (document.activeElement !== one) return
    const lines = [...one.getClientRects()].filter(box => box.width && box.height)
    const isSeen = lines.some(({left, right, top, bottom}) => [left + 2, (left + right) / 2, right - 2].some(x =>
      [top + 2, (top + bottom) / 2, bottom - 2].some(y => isAt(one, Math.min(Math.max(x, 1), innerWidth - 1), y))))
    if (!isSeen && lines.length) faults.add(`hidden: ${one.outerHTML.slice(0, 160)} ${JSON.stringify(lines[0])}`)
    if (![one, one.closest(".find"), one.nextElementSibling].some(each => each && isMarked(each)))
      faults.add(`unmarked: ${one.outerHTML.slice(0, 160)}`)
  }
  // Forwards things come up from the foot of the window, backwards they come down from its head.
  stops.forEach(look)
  stops.reverse().forEach(look)
  return [...faults]
}"""


@pytest.mark.long
def test_focus_is_seen_and_nothing_lies_over_it(visit: Visit) -> None:
    """On a low screen, forwards and backwards; with forced colours too (2.4.7, 2.4.11)."""
    for screen in (Screen(320, 256, "dark"), Screen(1440, 900, "light", "active")):
        look(visit.page, screen)
        assert visit.page.evaluate(FOCUSED) == []
