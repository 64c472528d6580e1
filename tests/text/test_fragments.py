"""Text fragments: what a directive says, and where a browser finds it."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.text.fragments import Marks, Spot, add_fragment, find_passage, find_term, fold_searched
from tests.text.strategies import texts

PAGE = "https://a.example/1"
DIRECTIVES = {
    "one mark": (Marks("a b"), "a%20b"),
    "two marks": (Marks("a b", "c d"), "a%20b,c%20d"),
    "words before": (Marks("a b", "c d", "x y"), "x%20y-,a%20b,c%20d"),
    "equal marks": (Marks("a b", "a b"), "a%20b"),
    "a shared word": (Marks("a b", "b c"), "a%20b%20c"),
    "two shared words": (Marks("a b c", "b c d"), "a%20b%20c%20d"),
    "last words within the first": (Marks("a b c", "b"), "a%20b%20c"),
    "first words that begin the last": (Marks("a b", "a b c"), "a%20b%20c"),
    "hyphen": (Marks("a -", "b-c"), "a%20%2D,b%2Dc"),
    "comma": (Marks("a, b", "c,"), "a%2C%20b,c%2C"),
    "ampersand": (Marks("a & b", "&"), "a%20%26%20b"),
    "all of them before": (Marks("b", None, "a-,&"), "a%2D%2C%26-,b"),
    "Arabic": (Marks("دير الزور -"), "%D8%AF%D9%8A%D8%B1%20%D8%A7%D9%84%D8%B2%D9%88%D8%B1%20%2D"),
}


@pytest.mark.parametrize(("marks", "expected"), DIRECTIVES.values(), ids=DIRECTIVES)
def test_directive_says_what_is_marked(marks: Marks, expected: str) -> None:
    """Marks that touch are one term, and no character of theirs is taken for one of the directive."""
    assert add_fragment(PAGE, marks) == f"{PAGE}#:~:text={expected}"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (PAGE, f"{PAGE}#:~:text=a"),
        (f"{PAGE}#top", f"{PAGE}#top:~:text=a"),
        (f"{PAGE}#", f"{PAGE}#:~:text=a"),
        (f"{PAGE}#:~:text=b", f"{PAGE}#:~:text=a"),
        (f"{PAGE}#top:~:text=b", f"{PAGE}#top:~:text=a"),
        (f"{PAGE}?a=b&c#!/d", f"{PAGE}?a=b&c#!/d:~:text=a"),
    ],
)
def test_address_keeps_its_own_fragment(address: str, expected: str) -> None:
    """There is one number sign, and one directive."""
    assert add_fragment(address, Marks("a")) == expected


@given(texts, texts)
def test_directive_has_no_bare_sign_of_its_own(starts: str, ends: str) -> None:
    """Whatever is marked, the only comma stands between two terms, and decoding gives the words back."""
    if not starts.split() or not ends.split():
        return
    joined = Marks(starts, ends).join()
    terms = add_fragment(PAGE, Marks(starts, ends)).partition(":~:text=")[2].split(",")
    assert [unquote(term) for term in terms] == [words for words in (joined.starts, joined.ends) if words]
    assert not any(sign in term for term in terms for sign in "-&#")


PARAGRAPHS = tuple(
    map(fold_searched, ["The Salt was sold. Salt was bought", "salt was sold again, and re-sold; salted"])
)
PASSAGES = {
    "first of several": (Marks("salt was"), (0, 4, 12), (0, 4, 12)),
    "after words before it": (Marks("salt was", None, "sold."), (0, 19, 27), (0, 19, 27)),
    "last words after the first": (Marks("bought", "sold"), (0, 28, 34), (1, 9, 13)),
    "case and marks": (Marks("SÁLT was bought"), (0, 19, 34), (0, 19, 34)),
    "no part of a word": (Marks("again", "salt"), None, None),
    "last words before the first": (Marks("again", "bought"), None, None),
    "hyphenated": (Marks("re-sold;"), (1, 25, 33), (1, 25, 33)),
}


@pytest.mark.parametrize(("marks", "start", "end"), PASSAGES.values(), ids=PASSAGES)
def test_passage_is_found_as_a_browser_finds_it(
    marks: Marks, start: tuple[int, int, int] | None, end: tuple[int, int, int] | None
) -> None:
    """Whole words, the first that there are, the last ones after the first."""
    assert find_passage(PARAGRAPHS, marks) == (start and end and (Spot(*start), Spot(*end)))


@pytest.mark.parametrize(
    ("words", "starts"),
    [
        ("salt", [(0, 4), (0, 19), (1, 0)]),
        ("was sold", [(0, 9), (1, 5)]),
        ("sold.", [(0, 13)]),
        ("sold. Salt", [(0, 13)]),
        ("-sold", [(1, 27)]),
        ("was sol", []),
        ("alt was", []),
        ("salte", []),
        ("again,", [(1, 14)]),
    ],
)
def test_term_begins_and_ends_with_whole_words(words: str, starts: list[tuple[int, int]]) -> None:
    """However many words it has; a sign is no word, and may stand against one."""
    assert [(spot.paragraph, spot.start) for spot in find_term(PARAGRAPHS, words)] == starts


@pytest.mark.parametrize(
    ("after", "starts"),
    [(Spot(0, 0, 4), [(0, 4), (0, 19), (1, 0)]), (Spot(0, 4, 5), [(0, 19), (1, 0)]), (Spot(1, 0, 0), [(1, 0)]),
     (Spot(1, 0, 1), [])],
)  # fmt: skip
def test_term_is_found_after_a_spot(after: Spot, starts: list[tuple[int, int]]) -> None:
    """In its paragraph from its end on, in later ones from the beginning."""
    assert [(spot.paragraph, spot.start) for spot in find_term(PARAGRAPHS, "salt", after=after)] == starts


@given(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=12), st.integers(0, 11), st.integers(1, 3))
def test_words_of_a_text_are_found_in_it(words: list[str], start: int, length: int) -> None:
    """The first run of words that is alike is found, and it stands no later than the run."""
    if run := words[start : start + length]:
        spot = next(find_term([" ".join(words)], " ".join(run)))
        assert spot.start <= 2 * start
        assert words[spot.start // 2 :][: len(run)] == run
