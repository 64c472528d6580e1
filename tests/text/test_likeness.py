"""Names are as near as the table says: 1 for the same, 0 for nothing in common."""

from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from musnad.text.likeness import compare_phrases, count_edits
from musnad.text.words import read_phrase
from tests.text.strategies import ARABIC, CONTROLS, texts
from tests.text.vectors import TOLERANCE, VECTORS

ROWS = [*VECTORS["joined"], *VECTORS["likeness"]]
names = st.one_of(
    texts, st.lists(st.text(ARABIC + "abdeghiklmnorstu", min_size=1, max_size=7), max_size=4).map(" ".join)
)


def compare(query: str, name: str) -> float:
    """Return how near two texts are."""
    return compare_phrases(read_phrase(query), read_phrase(name))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: ascii(f"{row['query']}/{row['name']}"))
def test_names_are_as_near_as_the_table_says(row: dict[str, Any]) -> None:
    """One row for each way to be alike."""
    assert compare(row["query"], row["name"]) == pytest.approx(row["score"], abs=TOLERANCE)


@given(names, names)
@example("الأ", "الأب")
@example("الب", "البم")
def test_score_is_between_nothing_and_the_same(query: str, name: str) -> None:
    """Whatever is typed."""
    assert 0 <= compare(query, name) <= 1


@given(names)
def test_name_is_the_same_as_itself(name: str) -> None:
    """Nothing is nearer."""
    assume(read_phrase(name))
    assert compare(name, name) == pytest.approx(1)


@given(st.lists(st.text(ARABIC, min_size=1, max_size=6), max_size=4).map(" ".join), st.data())
def test_marks_make_no_difference(name: str, data: st.DataObject) -> None:
    """Tashkeel, tatweel and marks of direction are left out."""
    marks = data.draw(st.lists(st.text("\u064b\u064e\u0650\u0651\u0652\u0670\u0640" + CONTROLS, max_size=2)))
    marks += [""] * (len(name) - len(marks))
    written = "".join(letter + mark * letter.isalpha() for letter, mark in zip(name, marks, strict=False))
    assert read_phrase(written) == read_phrase(name)


@pytest.mark.parametrize(("query", "name"), [("200", "20"), ("33", "3"), ("٣٣", "3")])
def test_another_number_is_another_thing(query: str, name: str) -> None:
    """A figure that stands twice is no doubled letter."""
    assert compare(query, name) < 0.5


@given(st.text("abc", max_size=6), st.text("abc", max_size=6), st.integers(0, 3))
def test_edits_are_counted_up_to_a_limit(one: str, other: str, limit: int) -> None:
    """The same both ways, and never more than one above the limit."""
    edits = count_edits(one, other, limit)
    assert edits == count_edits(other, one, limit) == min(count_edits(one, other, 9), limit + 1)
    assert (edits == 0) == (one == other)


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [("salt", "salt", 0), ("salt", "sat", 1), ("salt", "salty", 1), ("salt", "malt", 1), ("salt", "slat", 1),
     ("salt", "last", 2), ("salt", "", 4)],
)  # fmt: skip
def test_edits_are_letters_dropped_added_changed_or_swapped(one: str, other: str, edits: int) -> None:
    """Two neighbours in the wrong order are one mistake."""
    assert count_edits(one, other, 4) == edits
