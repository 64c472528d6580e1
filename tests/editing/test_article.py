"""The words that a passage is marked by: as few as lead a browser to it, and what is wrong with those that do not."""

from pathlib import Path

import pytest

from musnad.editing.article import Article, Place, draft_marks, find_fault
from musnad.text.digest import digest_passage
from musnad.text.fragments import Marks

SEVEN = "One two three four five six seven."
DRAFTS = {
    "short sentence": ("It rained all day.", (1, 1), Marks("It rained all day")),
    "six words": ("One two three four five six.", (1, 1), Marks("One two three four five six")),
    "seven words": (SEVEN, (1, 1), Marks("One two three", "five six seven")),
    "five or six words that begin alike": (
        f"{SEVEN} One two three nine five six seven.", (1, 1), Marks("One two three four", "five six seven")
    ),
    "same sentence twice in a paragraph": (f"Rain fell. {SEVEN} Snow fell. {SEVEN}", (1, 4),
                                           Marks("One two three", "five six seven", "snow fell.")),
    "short sentence that stands twice": ("Why? Yes. Why not? Yes.", (1, 4), Marks("Yes", None, "why not?")),
    "after one word": ("Why? Yes. Not? Yes.", (1, 2), Marks("Yes", None, "why?")),
    "first of a paragraph, which nothing stands before": ("Yes.\nNo. Yes.", (1, 1), Marks("Yes")),
    "signs around it": ("«Yes it is so»…", (1, 1), Marks("«Yes it is so»")),
    "Arabic": ("باع الملح في السوق، ثم عاد إلى البيت.", (1, 1), Marks("باع الملح في", "عاد إلى البيت")),
}  # fmt: skip


@pytest.mark.parametrize(("text", "place", "marks"), DRAFTS.values(), ids=DRAFTS)
def test_marks_are_as_short_as_they_can_be(text: str, place: Place, marks: Marks) -> None:
    """Three words on each side, more where others begin alike, and those before it where the whole stands twice."""
    assert draft_marks(Article(text), place) == marks


@pytest.mark.parametrize("name", [name for name in DRAFTS if "nothing stands before" not in name])
def test_drafted_marks_lead_to_the_sentence(name: str) -> None:
    """A browser finds just this passage."""
    text, place, marks = DRAFTS[name]
    assert find_fault(Article(text), place, marks) is None


FAULTS = {
    "half a word": (Marks("ne two"), "starts", 0),
    "stands in another sentence": (Marks("Snow fell"), "starts", 0),
    "stands twice": (Marks("One two"), "starts", 2),
    "words that do not stand before": (Marks("two", None, "Rain"), "before", 0),
    "overlap that is none": (Marks("two three", "three five"), "ends", 0),
    "ends in another sentence": (Marks("two", "Snow fell"), "starts", 2),
    "ends before it starts": (Marks("two", "One", "fell. One"), "ends", 0),
}


@pytest.mark.parametrize(("marks", "field", "times"), FAULTS.values(), ids=FAULTS)
def test_fault_is_told_at_the_words_that_have_it(marks: Marks, field: str, times: int) -> None:
    """And how often they stand there, where that is too often."""
    fault = find_fault(Article(f"Rain fell. {SEVEN} Snow fell.\n{SEVEN}"), (1, 2), marks)
    assert fault is not None
    assert (fault.field, fault.times) == (field, times)


@pytest.mark.parametrize(
    ("digest", "words", "place"),
    [
        (digest_passage("Snow fell."), [], (1, 2)),
        (digest_passage("Gone."), ["Snow", "fell"], (1, 2)),
        (digest_passage("Gone."), ["Rain", "Snow"], None),
        (digest_passage("Gone."), ["fell"], None),
        (digest_passage("Gone."), [], None),
        (digest_passage("Twice."), [], None),
        (digest_passage("Snow fell."), ["Rain"], (1, 2)),
    ],
    ids=["by digest", "by all words", "by words of two", "words of two sentences", "nothing", "twice", "digest first"],
)
def test_sentence_is_found_again(digest: str, words: list[str], place: Place | None) -> None:
    """By its digest, or by words that stand in it alone."""
    assert Article("Rain fell. Snow fell.\nTwice. Twice.").find(digest, words) == place


def test_article_is_read_by_its_lines(tmp_path: Path) -> None:
    """Blank ones are no paragraphs, and a byte order mark is no text."""
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffOne.  Two.\r\n\r\n Three. \n".encode())
    article = Article.read(path)
    assert article.paragraphs == ("One. Two.", "Three.")
    assert article.sentences == {(1, 1): "One.", (1, 2): "Two.", (2, 1): "Three."}
    assert [article.span(place) for place in article.sentences] == [(0, 4), (5, 9), (0, 6)]
