"""Whatever an editor types is what is read: signs of every syntax, Arabic headings, ids longer than a line."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest
from playwright.sync_api import Browser

from musnad.text.languages import LANGS, Lang
from tests.site.odd import HEADINGS, LONG_CLAIM, LONG_ID, MARK, Odd, find_marks, find_starts

ANCHORS = {
    "ar": ["من-المتكلم", "من-المتكلم_1", "given", "_1"],
    "en": ["who-is-speaking", "who-is-speaking_1", "given", "_1"],
}


class _Texts(HTMLParser):
    """The text of a page, and that of its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found = [""]
        self.titles: list[str] = []
        self._in_title = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            query = parse_qs(urlsplit(value).query) if value and name == "href" else {}
            # What is asked for stands in an address by its own rules, and an id is made for reading by programs.
            self.found += [part for parts in query.values() for part in parts]
            if value and name != "id" and not query and not value.startswith("#"):
                self.found.append(value)
        if tag in ("title", "h1"):
            self.titles.append("")
            self._in_title = True

    def handle_endtag(self, tag: str) -> None:
        self._in_title = self._in_title and tag not in ("title", "h1")

    def handle_data(self, data: str) -> None:
        if data.startswith('{"@context"'):
            self.found += _list_strings(json.loads(data))
            return
        self.found[0] += data
        if self._in_title:
            self.titles[-1] += data


def _list_strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _list_strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _list_strings(part)


@pytest.mark.parametrize("lang", LANGS)
def test_signs_come_out_as_typed_on_every_page(odd: Odd, lang: Lang) -> None:
    """In text and attributes, whole; titles and first headings are among it."""
    pages = sorted((odd.site / lang).rglob("*.html"))
    assert len(pages) > 40
    for page in pages:
        texts = _Texts(page.read_text(encoding="utf-8"))
        marks = [mark for text in texts.found for mark in find_marks(text, lang)]
        assert set(marks) == {MARK[lang]}, page
        assert len(marks) == sum(find_starts(text, lang) for text in texts.found), page


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("path", ["claims/tide-post-12/rye-bread-price", "entities/salt", "sources/quay-news-7", "odd"])
def test_a_title_is_whole_in_all_its_places(odd: Odd, lang: Lang, path: str) -> None:
    """In the title of the window, that for links, the first heading and the trail."""
    html = (odd.site / lang / path / "index.html").read_text(encoding="utf-8")
    texts = _Texts(html)
    assert [find_marks(title, lang)[:1] for title in texts.titles] == [[MARK[lang]]] * 2
    for part in (r'property="og:title" content=("[^"]*")', r'(<li aria-current="page">.*?</li>)'):
        found = re.findall(part, html)
        assert len(found) == 1
        assert set(find_marks(_Texts(found[0]).found[0], lang)) == {MARK[lang]}


@pytest.mark.parametrize("lang", LANGS)
def test_a_page_without_a_heading_of_its_own_shows_its_title(odd: Odd, lang: Lang) -> None:
    """As it stands in the front matter, entities and all."""
    titles = _Texts((odd.site / lang / "headless/index.html").read_text(encoding="utf-8")).titles
    assert [find_marks(title, lang)[0] for title in titles] == [MARK[lang]] * 2


def test_signs_come_out_as_typed_in_data_and_search_index(odd: Odd) -> None:
    """Every string of the data and of what results show; the latter only begin long texts."""
    files = [odd.site / "record.json", *sorted(odd.site.glob("search/*/pages/*.json"))]
    strings = [text for file in files for text in _list_strings(json.loads(file.read_text(encoding="utf-8")))]
    for lang in LANGS:
        marks = [mark for text in strings for mark in find_marks(text, lang)]
        assert len(marks) > 50
        assert set(marks) == {MARK[lang]}


def test_pages_are_those_that_python_markdown_makes(odd: Odd) -> None:
    """Byte for byte, signs of Markdown and all."""
    fast, plain = (
        {path.relative_to(site): path.read_bytes() for path in site.rglob("*.html")} for site in (odd.site, odd.plain)
    )
    assert len(fast) > 80
    assert fast == plain


@pytest.mark.parametrize("lang", LANGS)
def test_anchors_of_headings_can_be_read(odd: Odd, lang: Lang) -> None:
    """Letters of either script stay; two headings alike differ; the contents and the search lead to them."""
    html = (odd.site / lang / "odd/index.html").read_text(encoding="utf-8")
    assert re.findall(r'<h2 id="(?!__)([^"]*)">', html) == ANCHORS[lang]
    assert re.findall(r'<li><a href="#([^"]*)">', html) == ANCHORS[lang]
    shown = " ".join(path.read_text(encoding="utf-8") for path in (odd.site / f"search/{lang}/pages").glob("*.json"))
    assert sorted(re.findall(r'"odd/#([^"]*)"', shown)) == sorted(ANCHORS[lang])


@pytest.mark.browser
@pytest.mark.parametrize("lang", LANGS)
def test_the_search_shows_signs_and_leads_to_sections(browser: Browser, odd_address: str, lang: Lang) -> None:
    """A result says what its page says; one that is a section leads to its heading."""
    page = browser.new_page()
    page.goto(f"{odd_address}{lang}/")
    page.click(".md-search__input")
    page.keyboard.type(MARK[lang].split()[0])
    results = page.locator(".md-search-result__item")
    results.first.wait_for(timeout=10_000)
    shown = [text for text in results.all_text_contents() if find_starts(text, lang)]
    assert shown
    assert {mark for text in shown for mark in find_marks(text, lang)} == {MARK[lang]}
    page.fill(".md-search__input", HEADINGS[lang][0])
    page.locator(f'.md-search-result__link[href*="{quote(ANCHORS[lang][1])}"]').first.click(timeout=10_000)
    page.wait_for_url("**/odd/**")
    assert unquote(page.url.partition("#")[2]) == ANCHORS[lang][1]
    assert page.evaluate("document.querySelector(':target').getBoundingClientRect().top < innerHeight")
    page.close()


# What of an element is outside the window or clipped away, in pixels; rows of sections and blocks of code scroll by
# themselves.
_CUT = """() => {
  const found = [], range = document.createRange()
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement
    if (!node.data.trim() || element.closest(".sections, pre, .md-search, .unseen, .md-skip, script, style")) continue
    if (!element.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})) continue
    let left = 0, right = innerWidth
    for (let box = element; box; box = box.parentElement) {
      if (getComputedStyle(box).overflowX === "visible") continue
      const edges = box.getBoundingClientRect()
      left = Math.max(left, edges.left)
      right = Math.min(right, edges.right)
    }
    range.selectNodeContents(node)
    for (const box of range.getClientRects()) {
      if (box.width && (box.left < left - 1 || box.right > right + 1))
        found.push([element.outerHTML.slice(0, 120), box.left - left, right - box.right])
    }
  }
  return found
}"""
_ODD_PATHS = [
    "",
    "claims/",
    "sources/",
    "sources/tide-post-12/",
    "browse/people/",
    "browse/harbour/good/",
    "reading/",
    f"entities/{LONG_ID}/",
    "entities/mentioned-person/",
    "entities/old-harbour/",
    f"claims/{LONG_CLAIM}/",
    "claims/tide-post-12/lamp-colour/",
    "claims/tide-post-12/lamp-broken/",
    "odd/",
    "headless/",
]


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 360, 1440])
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.sampled(3)
def test_nothing_is_cut_off(browser: Browser, odd_address: str, lang: Lang, width: int) -> None:
    """Ids and names longer than a line are broken, wherever they stand; no page is wider than its window."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    for path in _ODD_PATHS:
        page.goto(f"{odd_address}{lang}/{path}")
        page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.evaluate(_CUT) == [], path
    page.close()
