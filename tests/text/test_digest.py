"""A digest stands for the words of a sentence, not for how a file happens to encode them."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.records.model import Catalogue
from musnad.text.digest import digest, digest_passage, fold_passage, split_article
from tests.conftest import TESTS
from tests.text.strategies import ARABIC, LATIN, MARKS

words = st.lists(st.text(ARABIC + MARKS + LATIN, min_size=1, max_size=6), min_size=1, max_size=6)
gaps = st.text(" \t\n\r\u00a0\u2003\u2028", min_size=1, max_size=3)


@given(words, st.data())
def test_digest_ignores_normal_form_and_white_space(found: list[str], data: st.DataObject) -> None:
    """Copies of one sentence in NFC and NFD, wrapped anywhere, have one digest."""
    text = " ".join(found)
    spaced = data.draw(gaps) + "".join(word + data.draw(gaps) for word in found)
    for form in ("NFC", "NFD"):
        assert digest_passage(unicodedata.normalize(form, spaced)) == digest_passage(text)


@given(words, words)
def test_digest_tells_other_words(one: list[str], other: list[str]) -> None:
    """Two texts have one digest only when they are one text."""
    first, second = fold_passage(" ".join(one)), fold_passage(" ".join(other))
    assert (digest_passage(first) == digest_passage(second)) == (first == second)


def test_digest_is_sha256_of_folded_utf8() -> None:
    """The formula that others can repeat: ``printf 'ملح البحر' | sha256sum``."""
    known = "sha256:852e4bfa4d89dd28c1f8a2ceac0eb4c0eb08139b14a17bd15659d10e43db067e"
    assert digest_passage("  ملح\n البحر ") == known


@pytest.mark.parametrize("source_id", ["tide-post-12", "quay-news-7"])
def test_toy_articles_have_the_recorded_digests(source_id: str, toy: Catalogue) -> None:
    """Splitting the article gives the paragraphs and sentences of its record."""
    text = (TESTS / "toy" / "articles" / f"{source_id}.txt").read_text(encoding="utf-8")
    paragraphs = split_article(text)
    recorded = toy.sources[source_id].paragraphs
    assert [digest_passage(" ".join(sentences)) for sentences in paragraphs] == [p.digest for p in recorded]
    assert [[digest_passage(s) for s in p] for p in paragraphs] == [[s.digest for s in p.sentences] for p in recorded]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three?", [["One.", "Two!", "Three?"]]),
        ("هل؟ نعم.", [["هل؟", "نعم."]]),
        ("At 2.5 crowns", [["At 2.5 crowns"]]),
        ("One.\n\n \nTwo", [["One."], ["Two"]]),
        ("", []),
        ("“It is.” He left.", [["“It is.”", "He left."]]),
        ("“Is it?” he asked. No.", [["“Is it?” he asked.", "No."]]),
        ("«انتهى.» ثم غادر. «أين؟» سأل.", [["«انتهى.»", "ثم غادر.", "«أين؟» سأل."]]),
        ("Maj. Gen. J. Lis of Lorn Co. Ltd., No. 5, left.", [["Maj. Gen. J. Lis of Lorn Co. Ltd., No. 5, left."]]),
        (
            "At 5 p.m. in the U.S. it fell. In the U.S. The end.",
            [["At 5 p.m. in the U.S. it fell.", "In the U.S.", "The end."]],
        ),
        ("قال د. سامي وأ. ليلى وأ.د. نور. ثم", [["قال د. سامي وأ. ليلى وأ.د. نور.", "ثم"]]),
    ],
    ids=[
        "marks",
        "arabic-question-mark",
        "decimal-point",
        "blank-lines",
        "empty",
        "closing-quote",
        "question-goes-on",
        "arabic-quotes",
        "titles",
        "initials",
        "arabic-titles",
    ],
)
def test_article_is_split(text: str, sentences: list[list[str]]) -> None:
    """A sentence ends with a mark and white space; a paragraph is a line."""
    assert split_article(text) == sentences


def test_digest_of_several_texts_is_that_of_no_others() -> None:
    """They can't run into one another; 32 hex digits are enough to tell everything apart that is ever made."""
    parts = [("ab", "c"), ("a", "bc"), ("abc",), ("abc", ""), ("", "abc"), ()]
    found = {digest(*texts) for texts in parts}
    assert len(found) == len(parts)
    assert all(re.fullmatch("[0-9a-f]{32}", made) for made in found)
    assert digest("ملح") == digest("ملح".encode())
