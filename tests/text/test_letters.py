"""Characters that are not what they seem."""

import time

import pytest
from hypothesis import given

from musnad.text.letters import find_mixed, find_not_arabic, find_unseen, has_open_quotes, is_in_curly_quotes
from tests.text.strategies import CONTROLS, JOINERS, texts


@pytest.mark.parametrize("character", CONTROLS + JOINERS + "\u00ad\u2060\u2028\u3164\U000e0041")
def test_unseen_character_is_named_with_its_word(character: str) -> None:
    """Wherever in the text it stands."""
    for text, word in ((f"the qu{character}ay is", "quay"), (f"{character}quay", "quay"), (f"quay{character}", "quay")):
        ((name, told),) = find_unseen(text)
        assert name.startswith(f"U+{ord(character):04X}")
        assert told == word


@pytest.mark.parametrize("text", ["50\u00a0kg", "é", "e\u0301", "مُدُن", "ــ", "“a” – b…", "10\u202f000", "漢字", "🧂"])
def test_what_can_be_seen_is_not_told(text: str) -> None:
    """Spaces of a width, marks, dashes and pictures have their use."""
    assert list(find_unseen(text)) == []


@pytest.mark.parametrize(
    ("text", "is_told"), [("می\u200cخواهم", False), ("می\u200c خواهم", True), ("مغ\u200cلق", True), ("\u200cمی", True)]
)
def test_joiner_belongs_to_the_spelling_of_persian(text: str, is_told: bool) -> None:
    """Between letters of a word with letters that Arabic has not."""
    assert bool(list(find_unseen(text))) == is_told


def test_many_unseen_characters_take_no_longer_each() -> None:
    """A text of nothing else, and a word full of them: twice as many take twice as long."""
    started = time.process_time()
    assert len([*find_unseen("\u200f" * 20_000)]) == 20_000
    assert len([*find_unseen("x\u200c" * 20_000)]) == 20_000
    assert time.process_time() - started < 3


@given(texts)
def test_text_without_what_was_told_has_nothing_unseen(text: str) -> None:
    """Every one is told."""
    codes = [int(name.split(" ")[0][2:], 16) for name, _ in find_unseen(text)]
    assert list(find_unseen("".join(c for c in text if ord(c) not in codes))) == []


MIXED = {"Моsсow": ["Моsсow"], "а sack": ["а"], "pаypаl of salt": ["pаypаl"], "Αthens": ["Αthens"]}
NOT_MIXED = ["Москва", "the Черное море", "β-blocker", "50 µm", "Αθήνα, Athens", "α and β", "ملح salt", "naïve"]


@pytest.mark.parametrize(("text", "words"), MIXED.items())
def test_letters_that_only_look_latin_are_told(text: str, words: list[str]) -> None:
    """In a word with Latin letters, or as a word among Latin ones."""
    assert list(find_mixed(text)) == words


@pytest.mark.parametrize("text", NOT_MIXED)
def test_words_of_other_scripts_are_not_told(text: str) -> None:
    """Nor signs that are no letters of theirs."""
    assert list(find_mixed(text)) == []


@pytest.mark.parametrize("word", ["الرصیف", "کتاب", "ﻣﻐﻠﻖ", "ﻻ", "۲۰۲۴", "ہ"])
def test_letters_of_other_keyboards_and_shapes_are_told(word: str) -> None:
    """Persian and Urdu ones, and those that are copied from a PDF."""
    assert list(find_not_arabic(f"قبل {word} بعد")) == [word]


@pytest.mark.parametrize("text", ["الرصيف", "كتاب گوردون پيتر ڤيينا", "٢٠٢٤", "ﷺ", "على مدى", "الآن", "ٱلله", "﴿نص﴾"])
def test_arabic_is_not_told(text: str) -> None:
    """With the letters that Arabic borrows for names, and its signs."""
    assert list(find_not_arabic(text)) == []


@pytest.mark.parametrize(
    ("text", "is_quoted"),
    [
        *(("“Quay”", True), ("‘Quay’", True), ("„Quay“", True), ("“Quay” and “pier”", False), ("Quay", False)),
        *(("«رصيف»", False), ("the “quay”", False), ("it’s", False), ('"Quay"', False)),
    ],
)
def test_text_that_is_wholly_in_curly_quotes(text: str, is_quoted: bool) -> None:
    """As a phone writes what YAML should have as its quotation marks."""
    assert is_in_curly_quotes(text) == is_quoted


@pytest.mark.parametrize(
    ("text", "is_open"),
    [("the “quay", True), ("«رصيف", True), ("رصيف»", True), ("“a” «ب»", False), ("„a“", False), ("it’s", False)],
)
def test_quotation_mark_without_its_counterpart(text: str, is_open: bool) -> None:
    """Apostrophes are none."""
    assert has_open_quotes(text) == is_open
