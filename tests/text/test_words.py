"""Text is read into words as the table says, and reading what was read changes nothing."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from musnad.text.fold import fold
from musnad.text.words import FUNCTION_WORDS, Phrase, read_phrase, read_query, read_word
from tests.text.strategies import ARABIC, texts
from tests.text.vectors import VECTORS


def by(field: str) -> Any:
    """Name a row of the table after one of its fields."""
    return lambda row: ascii(row[field])[1:-1] or "nothing"


@pytest.mark.parametrize("row", VECTORS["words"], ids=by("text"))
def test_text_is_read_into_words(row: dict[str, Any]) -> None:
    """From its exact letters to what is left of it in every spelling."""
    assert [list(word) for word in read_phrase(row["text"]).words] == row["words"]


@pytest.mark.parametrize("row", VECTORS["forms"], ids=by("word"))
def test_word_may_be_another_with_particles(row: dict[str, Any]) -> None:
    """The word itself comes first."""
    (forms,) = read_phrase(row["word"]).forms
    assert [form.fold for form in forms] == row["forms"]


@pytest.mark.parametrize("row", VECTORS["queries"], ids=by("text"))
def test_query_is_what_it_names(row: dict[str, Any]) -> None:
    """Words that name nothing are left out, unless there are no others."""
    assert [word.fold for word in read_query(row["text"]).words] == row["words"]


def test_function_words_are_folded() -> None:
    """Else they would never be met."""
    assert {fold(word) for word in FUNCTION_WORDS} == FUNCTION_WORDS


@given(st.one_of(texts, st.text()))
@example("the al")
@example("1,234 ½ ²")
def test_reading_what_was_read_changes_nothing(text: str) -> None:
    """The index keeps names by their folded letters alone."""
    phrase = read_phrase(text)
    assert read_phrase(" ".join(word.fold for word in phrase.words)) == phrase


@given(st.text(ARABIC + "abdehiklost- '", min_size=1).map(read_phrase).filter(bool))
def test_fields_are_made_of_the_word(phrase: Phrase) -> None:
    """What is taken off leaves a part of the word; sounds are Latin, and a skeleton has no vowels."""
    for word in phrase.words:
        assert word.fold
        assert word.fold.endswith(word.bare)
        assert word.stem in word.fold
        assert word.sound == "" or (word.sound.isascii() and word.sound.isalnum())
        assert not set(word.skeleton) & set("aeiu")


@given(st.lists(st.sampled_from(["الملح", "ملح", "ezzor", "deir", "bukamal", "قوات", "2000"]), min_size=2, max_size=5))
def test_words_written_as_one(words: list[str]) -> None:
    """The letters of all, from each word on; a pair is two of them."""
    phrase = Phrase(tuple(map(read_word, words)))
    assert [tail.fold for tail in phrase.tails] == ["".join(words[n:]) for n in range(len(words))]
    assert [pair.fold for pair in phrase.pairs] == ["".join(words[n : n + 2]) for n in range(len(words) - 1)]
    assert phrase.tails[-1] == phrase.words[-1]
