"""Links to passages land on their words, in a real Chromium, on local pages made from articles."""

import base64
import html
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from musnad.editing.article import Article, Place, draft_marks
from musnad.rules.check import load_checked
from musnad.text.fragments import Marks, add_fragment
from tests.conftest import PROJECT

pytestmark = pytest.mark.browser

ARTICLES = PROJECT.parent / "shared/articles"
STYLE = (
    "body { width: 36rem; font: 20px sans-serif; color: #fff; background: #fff } p { margin: 3em 0 }"
    "::target-text { color: #f00; background: #f00 }"
)
# The marked stretch of a paragraph, with where its first and last words stand on the page.
FIND_BOXES = """([paragraph, sentence, first, last]) => {
    const node = document.querySelectorAll("p")[paragraph - 1].firstChild, from = node.data.indexOf(sentence)
    const start = node.data.indexOf(first, from), range = document.createRange()
    range.setStart(node, start)
    range.setEnd(node, last ? node.data.indexOf(last, start + first.length) + last.length : start + first.length)
    return [...range.getClientRects()].map(box => [box.x + scrollX, box.y + scrollY, box.width, box.height])
}"""
# Red pixels outside all boxes, and the share of the boxes that is red.
LOOK = """async ([png, boxes]) => {
    const image = new Image()
    image.src = "data:image/png;base64," + png
    await image.decode()
    const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d")
    canvas.drawImage(image, 0, 0)
    const data = canvas.getImageData(0, 0, image.width, image.height).data
    let outside = 0, inside = 0
    for (let at = 0; at < data.length; at += 4)
        if (data[at] > 200 && data[at + 1] < 60 && data[at + 2] < 60) {
            const x = at / 4 % image.width, y = Math.floor(at / 4 / image.width)
            const isIn = ([left, top, width, height]) =>
                x > left - 3 && x < left + width + 3 && y > top - 6 && y < top + height + 6
            boxes.some(isIn) ? inside++ : outside++
        }
    return [outside, inside / boxes.reduce((sum, [, , width, height]) => sum + width * height, 0)]
}"""
Follow = Callable[[Article, Place, Marks], bool]


@pytest.fixture(scope="module")
def follow(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Follow]:
    """Tell whether the link to a passage marks that passage and nothing else."""
    context = browser.new_context(viewport={"width": 800, "height": 600})
    page, eye = context.new_page(), context.new_page()
    folder = tmp_path_factory.mktemp("articles")

    def is_marked(article: Article, place: Place, marks: Marks) -> bool:
        file = folder / f"{abs(hash(article.text))}.html"
        if not file.exists():
            file.write_text(_make_page(article), encoding="utf-8")
        page.goto("about:blank")
        page.goto(add_fragment(file.as_uri(), marks))
        return _is_red(page, eye, [place[0], article.sentences[place], *_find_words(marks)])

    yield is_marked
    context.close()


def _make_page(article: Article) -> str:
    paragraphs = "".join(f"<p>{html.escape(text)}</p>" for text in article.paragraphs)
    return f"<!doctype html><html lang=ar dir=rtl><meta charset=utf-8><style>{STYLE}</style>{paragraphs}"


def _find_words(marks: Marks) -> list[str]:
    joined = marks.join()
    return [joined.starts, joined.ends or ""]


def _is_red(page: Page, eye: Page, wanted: list[object]) -> bool:
    boxes = page.evaluate(FIND_BOXES, wanted)
    outside, share = eye.evaluate(LOOK, [base64.b64encode(page.screenshot(full_page=True)).decode(), boxes])
    return outside == 0 and share > 0.6


ODD = Article(
    "دير الزور - قال شاهد: اشترى التجار الملح، والسكر & الشاي. ثم قال شاهد آخر: اشترى التجار الملح.\n"
    "اشترى التجار - بعد الظهر - القمح، ثم باعوه. Al-Mina, a port: salt & tea. Salt again."
)
ODD_MARKS = {
    "hyphen at the end": ((1, 1), Marks("دير الزور -", "الملح، والسكر")),
    "hyphen between": ((2, 1), Marks("التجار - بعد", "الظهر - القمح")),
    "comma and ampersand": ((1, 1), Marks("الملح، والسكر & الشاي")),
    "equal marks": ((2, 1), Marks("ثم باعوه", "ثم باعوه")),
    "shared words": ((1, 1), Marks("قال شاهد: اشترى", "اشترى التجار الملح")),
    "touching marks": ((2, 1), Marks("القمح،", "ثم باعوه")),
    "words before": ((1, 2), Marks("اشترى التجار", "الملح", "آخر:")),
    "letters with a hyphen": ((2, 2), Marks("Al-Mina,", "tea.")),
}


@pytest.mark.parametrize(("place", "marks"), ODD_MARKS.values(), ids=ODD_MARKS)
def test_odd_marks_lead_to_their_words(follow: Follow, place: Place, marks: Marks) -> None:
    """Signs of the directive in a mark, marks that touch or overlap, and words that stand more than once."""
    assert follow(ODD, place, marks)


TWICE = Article("Rain fell. It cleared up.\nSnow fell! It cleared up.")


@pytest.mark.parametrize(
    ("article", "place"), [(article, place) for article in (ODD, TWICE) for place in article.sentences]
)
def test_drafted_marks_lead_to_their_sentence(follow: Follow, article: Article, place: Place) -> None:
    """What ``musnad suggest`` drafts is found as it stands; also a sentence that stands twice, by what is before it."""
    assert follow(article, place, draft_marks(article, place))


@pytest.mark.skipif(not ARTICLES.is_dir(), reason="no local copies of the articles")
@pytest.mark.parametrize("step", [8, pytest.param(1, marks=pytest.mark.long)])
def test_passages_of_the_record_are_found(step: int, follow: Follow) -> None:
    """The links of the record land on their own words: all, or each time those of every eighth claim."""
    catalogue = load_checked(PROJECT / "entries")
    articles = {id_: Article.read(ARTICLES / f"{id_}.txt") for id_ in catalogue.sources}
    missed, compared = [], 0
    for claim in list(catalogue.claims.values())[::step]:
        for locator in claim.locators:
            place = locator.paragraph, locator.sentence
            if locator.marks:
                compared += 1
                if not follow(articles[locator.source], place, locator.marks):
                    missed.append(claim.id)
    assert missed == []
    assert compared >= len(catalogue.claims) // step


@pytest.mark.long
@pytest.mark.skipif(not ARTICLES.is_dir(), reason="no local copies of the articles")
def test_drafted_marks_lead_to_every_sentence_of_the_articles(follow: Follow) -> None:
    """Also to those that no claim rests on."""
    for article in map(Article.read, sorted(ARTICLES.glob("*.txt"))):
        assert [place for place in article.sentences if not follow(article, place, draft_marks(article, place))] == []
