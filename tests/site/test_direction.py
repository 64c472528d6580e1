"""What is typed is seen in its order, wherever text is shown: read back from a real Chromium, letter by letter."""

import base64
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page

from musnad.pages.prose import VOID
from musnad.text.bidi import FSI, PDI, split_runs
from musnad.text.languages import LANGS, Lang
from musnad.text.markdown import escape_markdown
from tests.conftest import TOY, copy_settings
from tests.site.conftest import serve
from tests.site.rewriting import rewrite

pytestmark = pytest.mark.browser

_BLOCKS = (Path(__file__).parent / "directions.txt").read_text(encoding="utf-8").strip().split("\n\n")[1:]
SENTENCES: dict[str, dict[Lang, str]] = {
    what: {"ar": ar, "en": en} for what, ar, en in (block.split("\n") for block in _BLOCKS)
}
# These are titles of claims, and begin statements, as well.
CLAIMS = {
    "quay-news-7/rye-bread-price": "telephone number with brackets",
    "quay-news-7/dockers-buy-bread": "phrase that begins with a quotation",
    "tide-post-12/guild-sells-bread": "range",
}
HEADING = "range with spaces"
PLACE = "lantern-bay"
SCALE = 4
OPENING, CLOSING = "([{«<", ")]}»>"
# Where each character of an element is: the character, left, right and middle in pixels of the page.
BOXES = """element => {
  const boxes = [], range = document.createRange()
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    for (let i = 0; i < walker.currentNode.data.length; i++) {
      range.setStart(walker.currentNode, i)
      range.setEnd(walker.currentNode, i + 1)
      const [box] = range.getClientRects()
      if (!box) continue
      const [left, right, middle] = [box.left + scrollX, box.right + scrollX, (box.top + box.bottom) / 2 + scrollY]
      boxes.push([walker.currentNode.data[i], left, right, middle])
    }
  }
  return boxes
}"""
# Whether what is drawn in boxes opens to the right: its middle then lies further left than its ends.
TURNS = """async ([picture, scale, boxes]) => {
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob())
  const canvas = new OffscreenCanvas(image.width, image.height)
  const context = canvas.getContext("2d")
  context.drawImage(image, 0, 0)
  return boxes.map(([left, right, middle]) => {
    const [x, y] = [Math.round(left * scale), Math.round((middle - 13) * scale)]
    const [width, height] = [Math.round((right - left) * scale), 26 * scale]
    const {data} = context.getImageData(x, y, width, height)
    const inked = []
    for (let n = 0; n < width * height; n++) if (data[n * 4] < 150) inked.push([n % width, Math.floor(n / width)])
    const [top, bottom] = [inked[0][1], inked[inked.length - 1][1]]
    const mean = test => {
      const columns = inked.filter(([, row]) => test((row - top) / (bottom - top))).map(([column]) => column)
      return columns.reduce((sum, column) => sum + column, 0) / columns.length
    }
    return mean(part => part > 0.35 && part < 0.65) < mean(part => part < 0.2 || part > 0.8)
  })
}"""


@dataclass(frozen=True)
class Typed:
    """A sentence as it was typed, and how it must be seen if it stood on one line."""

    characters: list[tuple[str, str]]
    """Each with the direction of what it stands in."""
    order: list[int]
    """From left to right."""

    @classmethod
    def read(cls, marked: str, lang: Lang) -> "Typed":
        """Read a sentence of the data file: what is marked is one unit in the order of what stands round it."""
        characters: list[tuple[str, str]] = []
        rest = iter(marked)

        def lay_out(direction: str) -> list[int]:
            units: list[list[int]] = []
            for character in rest:
                if character == "⟦":
                    units.append(lay_out("rtl" if direction == "ltr" else "ltr"))
                elif character == "⟧":
                    break
                elif is_seen(character):
                    units.append([len(characters)])
                    characters.append((character, direction))
            return [n for unit in (units if direction == "ltr" else reversed(units)) for n in unit]

        order = lay_out("rtl" if lang == "ar" else "ltr")
        return cls(characters, order)

    @property
    def text(self) -> str:
        """What is typed, without spaces."""
        return "".join(character for character, _ in self.characters)


def is_seen(character: str) -> bool:
    """Whether a character takes a place of its own on a line."""
    return not character.isspace() and unicodedata.category(character) not in ("Mn", "Cf")


def unmark(sentence: str) -> str:
    """Return a sentence as an editor types it."""
    return sentence.replace("⟦", "").replace("⟧", "")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the toy record with something to isolate in each text, and every sentence on pages of both sorts."""
    project = tmp_path_factory.mktemp("direction")
    shutil.copytree(TOY, project / "entries")
    copy_settings(project)
    for file in (project / "entries").rglob("*.yaml"):
        rewrite(file, _salt)
    typed = {what: {lang: unmark(by_lang[lang]) for lang in LANGS} for what, by_lang in SENTENCES.items()}
    rewrite(project / f"entries/entities/place/{PLACE}.yaml", lambda record: record | {"unknowns": [*typed.values()]})
    for claim, what in CLAIMS.items():
        # What claims state stands nowhere without a voice, so that it has another sentence.
        statement = {lang: f"{typed[what][lang]} {end}" for lang, end in (("ar", "هكذا."), ("en", "So."))}
        texts = {"title": typed[what], "statement": statement}
        rewrite(project / f"entries/claims/{claim}.yaml", lambda record, texts=texts: record | texts)
    for lang in LANGS:
        lines = [f"# {escape_markdown(typed[HEADING][lang])}", f"## {escape_markdown(typed[HEADING][lang])}"]
        lines += [f"- {escape_markdown(by_lang[lang])}" for by_lang in typed.values()]
        (project / f"docs/{lang}/seen.md").write_text("\n\n".join([*lines, "## Z", "z"]), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"], cwd=project, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return project / "site"


def _salt(value: Any) -> Any:
    """Add to each text what is read in the other direction."""
    if isinstance(value, list):
        return [_salt(part) for part in value]
    if not isinstance(value, dict):
        return value
    if value.keys() >= set(LANGS) and isinstance(value["en"], str):
        added = {"ar": "10-20", "en": "ع"}
        # In a short text, or beside what a place is kept for, it would stand for the language of the whole.
        end = re.compile(r"(?<=[^}]{3})(\.?)$")
        return value | {lang: end.sub(rf" {added[lang]}\1", value[lang], count=1) for lang in LANGS}
    return {name: _salt(part) for name, part in value.items()}


@pytest.fixture(scope="module")
def site(built: Path) -> Iterator[str]:
    """Serve what was built."""
    with serve(built) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a page on which small brackets have many pixels."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, device_scale_factor=SCALE, color_scheme="light", bypass_csp=True
    )
    yield context.new_page()
    context.close()


def find_wrong_lines(element: Locator, sentence: str, lang: Lang) -> list[tuple[str, str]]:
    """Return what is seen of a sentence within an element, and what was typed, for each line where they differ."""
    typed = Typed.read(sentence, lang)
    boxes = find_boxes(element, typed)
    middles = sorted(middle for *_, middle in boxes)
    starts = [after for before, after in zip([0.0, *middles], middles, strict=False) if after - before > 9]
    found = []
    for start, end in zip(starts, [*starts[1:], float("inf")], strict=True):
        line = [n for n, (*_, middle) in enumerate(boxes) if start <= middle < end]
        seen = sorted(line, key=lambda n: boxes[n][0] + boxes[n][1])
        wanted = [n for n in typed.order if n in line]
        found.append((_write(typed, seen), _write(typed, wanted)))
    return [(seen, wanted) for seen, wanted in found if seen != wanted]


def _write(typed: Typed, order: Sequence[int]) -> str:
    """Return characters in an order, as they look from left to right."""
    return "\u202d" + "".join(typed.characters[n][0] for n in order) + "\u202c"


def find_boxes(element: Locator, typed: Typed) -> list[tuple[float, float, float]]:
    """Return left, right and middle of each character of a sentence within an element."""
    found: list[tuple[str, tuple[float, ...]]] = []
    for _ in range(20):
        found = [(character, tuple(box)) for character, *box in element.evaluate(BOXES) if is_seen(character)]
        # The list of results is written anew when texts have been looked up: what was just replaced has no boxes.
        if found:
            break
    start = "".join(character for character, _ in found).find(typed.text)
    assert start >= 0, (typed.text, "".join(character for character, _ in found))
    return [box for _, box in found[start : start + len(typed.text)]]  # type: ignore[misc]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("view", [(1440, "screen"), (360, "screen"), (800, "print")], ids=["wide", "narrow", "print"])
@pytest.mark.parametrize("path", [f"entities/{PLACE}/", "seen/"], ids=["generated", "hand-written"])
@pytest.mark.sampled(3)
def test_sentences_are_seen_as_typed(page: Page, site: str, path: str, lang: Lang, view: Any) -> None:
    """Each token is one run in its own order, in the order of the words round it, also where the line breaks."""
    width, media = view
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(media=media)
    page.goto(f"{site}{lang}/{path}")
    lines = page.locator(".unknown li > span" if path != "seen/" else ".page article > ul > li").all()
    wrong = {
        what: find_wrong_lines(line, by_lang[lang], lang)
        for line, (what, by_lang) in zip(lines, SENTENCES.items(), strict=True)
    }
    assert {what: lines for what, lines in wrong.items() if lines} == {}


@pytest.mark.parametrize("lang", LANGS)
def test_brackets_embrace_the_words_they_were_typed_round(page: Page, site: str, lang: Lang) -> None:
    """A bracket is drawn as typed where words run to the right, and turned where they run to the left."""
    page.goto(f"{site}{lang}/entities/{PLACE}/")
    page.evaluate("document.fonts.ready")
    lines = page.locator(".unknown li > span").all()
    turned = 0
    for line, by_lang in zip(lines, SENTENCES.values(), strict=True):
        typed = Typed.read(by_lang[lang], lang)
        brackets = [n for n, (c, _) in enumerate(typed.characters) if c in OPENING + CLOSING]
        if not brackets:
            continue
        picture = base64.b64encode(line.screenshot()).decode()
        x, y = line.evaluate(
            "line => [line.getBoundingClientRect().x + scrollX, line.getBoundingClientRect().y + scrollY]"
        )
        places = [(left - x + 1, right - x - 1, middle - y) for left, right, middle in find_boxes(line, typed)]
        seen = page.evaluate(TURNS, [picture, SCALE, [places[n] for n in brackets]])
        wanted = [(typed.characters[n][0] in OPENING) == (typed.characters[n][1] == "ltr") for n in brackets]
        assert seen == wanted, typed.text
        turned += len(brackets)
    assert turned > 20


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("claim", CLAIMS)
@pytest.mark.sampled(3)
def test_names_of_a_page_are_seen_as_typed(page: Page, site: str, claim: str, lang: Lang) -> None:
    """Title and description are plain text in a line of the page's direction; the trail is on the page."""
    sentence = SENTENCES[CLAIMS[claim]][lang]
    page.goto(f"{site}{lang}/claims/{claim}/")
    assert find_wrong_lines(page.locator(".trail li").last, sentence, lang) == []
    assert find_wrong_lines(page.locator("h1"), sentence, lang) == []
    for selector in ("title", "meta[property='og:title']", "meta[name=description]", "meta[property='og:description']"):
        text = page.locator(selector).evaluate("element => element.content ?? element.textContent")
        page.evaluate("text => document.querySelector('h1').textContent = text", text)
        assert find_wrong_lines(page.locator("h1"), sentence, lang) == []


@pytest.mark.parametrize("lang", LANGS)
def test_names_of_a_hand_written_page_are_seen_as_typed(page: Page, site: str, lang: Lang) -> None:
    """Heading, trail, title, contents and the heading of a section."""
    sentence = SENTENCES[HEADING][lang]
    page.goto(f"{site}{lang}/seen/")
    for selector in ("h1", ".trail li:last-child", "article h2:first-of-type", ".slip__toc li:first-child"):
        assert find_wrong_lines(page.locator(selector), sentence, lang) == []
    page.evaluate("document.querySelector('h1').textContent = document.title")
    assert find_wrong_lines(page.locator("h1"), sentence, lang) == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("claim", CLAIMS)
@pytest.mark.sampled(3)
def test_results_of_the_search_are_seen_as_typed(page: Page, site: str, claim: str, lang: Lang) -> None:
    """The title of a result and the line below it, with the words that were found marked."""
    sentence = SENTENCES[CLAIMS[claim]][lang]
    page.goto(f"{site}{lang}/")
    page.click(".md-search__input")
    page.keyboard.type(unmark(sentence).replace('"', ""))
    result = page.locator(f".md-search-result__link[href*='/claims/{claim}/']").first
    result.wait_for(timeout=10_000)
    assert find_wrong_lines(result.locator("h1, h2").first, sentence, lang) == []
    assert find_wrong_lines(result.locator("p").first, sentence, lang) == []


@pytest.mark.parametrize("lang", LANGS)
def test_data_has_no_marks_of_direction(page: Page, site: str, lang: Lang) -> None:
    """What is downloaded is the text as it was typed."""
    record = page.request.get(f"{site}record.json").text()
    assert unmark(SENTENCES[HEADING][lang]) in record
    assert not [character for character in record if unicodedata.category(character) == "Cf" and character != "\u200c"]


class _Texts(HTMLParser):
    """The texts of a page that are not isolated though they should be, with what they stand in."""

    _SHOWN = ("description", "og:title", "og:description", "og:site_name")

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self.wrong: list[tuple[str, str]] = []
        self._lang = lang
        self._apart: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        has_direction = "dir" in values and tag not in ("html", "body")
        if tag not in VOID and (self._apart or has_direction or tag in ("code", "pre", "script", "svg")):
            self._apart.append(tag)
        if values.get("name", values.get("property")) in self._SHOWN:
            self._check(tag, values["content"] or "")
        self._check(tag, values.get("placeholder") or "")

    def handle_endtag(self, tag: str) -> None:
        if self._apart and self._apart[-1] == tag:
            self._apart.pop()

    def handle_data(self, data: str) -> None:
        if not self._apart:
            self._check("", data)

    def _check(self, place: str, text: str) -> None:
        bare = re.sub(f"{FSI}(?:[^{FSI}{PDI}]|{FSI}[^{PDI}]*{PDI})*{PDI}", "", text)
        if any(run.direction for run in split_runs(bare, self._lang)):
            self.wrong.append((place, text.strip()))


@pytest.mark.parametrize("lang", LANGS)
def test_no_text_is_left_as_it_is(built: Path, lang: Lang) -> None:
    """Whatever a page shows of a record or of a hand-written page has been isolated, in its head as well."""
    wrong = set()
    for path in (built / lang).rglob("*.html"):
        texts = _Texts(lang)
        texts.feed(path.read_text(encoding="utf-8"))
        wrong |= {(path.relative_to(built).parts[1], *found) for found in texts.wrong}
    assert wrong == set()
