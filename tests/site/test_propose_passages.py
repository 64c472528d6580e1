"""A pasted text in the form: split, counted and marked as the command does it."""

import random
from pathlib import Path

import pytest
from playwright.sync_api import Page

from musnad.editing.article import Article, find_fault
from musnad.exports.form import _list_patterns
from musnad.text.digest import digest_passage, split_article
from musnad.text.fragments import Marks
from tests.conftest import PROJECT, TESTS

pytestmark = pytest.mark.browser
ARTICLES = sorted([*TESTS.glob("*/articles/*.txt"), *(PROJECT.parent / "shared/articles").glob("*.txt")])
PIECES = [
    "كلمة",
    "word",
    "Maj.",
    "No.",
    "د.",
    "A.B.",
    " ",
    "  ",
    "\u00a0",
    "\u2003",
    "\u2028",
    "\n",
    "\r\n",
    "\x0b",
    "\x85",
    "\x1f",
    "\ufeff",
]
PIECES += [".", "!", "؟", "۔", "…", "3", "٣", "²", "é", "e\u0301", "«", "(", "\U0001d7d8", "Jan.", "Capt."]
PIECES += [
    "...",
    "»",
    "”",
    ")",
    "U.S.",
    "Inc.",
    "The",
    "It's",
    "Oné",
    "the",
    "هل",
    "و.",
    "أ.د.",
    "approx.",
    "«The",
    "“he",
]
SPLIT = """async ([texts, patterns]) => {
  const { outline, splitText } = await import("/passages.js")
  const splits = texts.map((text) => splitText(text, patterns))
  return Promise.all(splits.map(async (split) => [split, await outline(split)]))
}"""
MARK = """async ([text, patterns]) => {
  const { draftMarks, splitText } = await import("/passages.js")
  const split = splitText(text, patterns)
  return split.map((sentences, p) => sentences.map((_, s) => draftMarks(split, p + 1, s + 1)))
}"""


def test_form_splits_as_the_command_does(modules: Page) -> None:
    """Articles, and every odd space, line end, mark and abbreviation in any order: the same sentences and digests."""
    chance = random.Random(11)
    texts = [path.read_text(encoding="utf-8") for path in ARTICLES]
    texts += ["".join(chance.choices(PIECES, k=chance.randint(1, 30))) for _ in range(600)]
    made = modules.evaluate(SPLIT, [texts, _list_patterns()])
    for text, (split, outlined) in zip(texts, made, strict=True):
        assert split == split_article(text), repr(text)
        for sentences, paragraph in zip(split, outlined, strict=True):
            assert paragraph["digest"] == digest_passage(" ".join(sentences))
            assert [one["digest"] for one in paragraph["sentences"]] == list(map(digest_passage, sentences))


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_marks_are_found_by_a_browser(modules: Page, path: Path) -> None:
    """What the form marks a sentence with stands in it, whole words, and once in the article."""
    article = Article.read(path)
    made = modules.evaluate(MARK, [article.text, _list_patterns()])
    for place in article.sentences:
        found = made[place[0] - 1][place[1] - 1]
        marks = Marks(found["starts"], found.get("ends"), found.get("before"))
        assert find_fault(article, place, marks) is None, (place, marks)
