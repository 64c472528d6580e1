"""Names sort as the index of a book would have them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.text.collation import initial, sort_key
from musnad.text.languages import LANGS, Lang
from tests.text.strategies import texts


@pytest.mark.parametrize(
    ("lang", "text", "key"),
    [
        ("ar", "الميناء", "ميناء"),
        ("ar", "الشَّام", "شام"),
        ("ar", "ٱلبحر", "بحر"),
        ("ar", "ألمانيا", "المانيا"),
        ("ar", "إلياس", "الياس"),
        ("ar", "آلاء", "الاء"),
        ("ar", "الإسكندرية", "اسكندريه"),
        ("ar", "مؤتة", "موته"),
        ("ar", "مئذنة", "ميذنه"),
        ("ar", "مصطفى", "مصطفي"),
        ("ar", "«نور»", "نور"),
        ("ar", "بـحـر", "بحر"),
        ("en", "The Old Harbour", "old harbour"),
        ("en", "An apple", "apple"),
        ("en", "Theatre", "theatre"),
        ("en", "al-Mina", "mina"),
        ("en", "Al Mina", "mina"),
        ("en", "ash-Sham", "sham"),
        ("en", "el-Bab", "bab"),
        ("en", "Algeria", "algeria"),
        ("en", "Éire", "eire"),
        ("en", "‘Ain", "ain"),
    ],
)
def test_key_leaves_out_article_marks_and_seats(lang: Lang, text: str, key: str) -> None:
    """The article does not count, and only the article: أ and إ begin words of their own."""
    assert sort_key(text, lang)[0] == key


@pytest.mark.parametrize(
    ("letters", "letter"), [("أإآٱ", "ا"), ("ؤ", "و"), ("ئى", "ي"), ("ة", "ه"), ("گ", "ك"), ("پ", "ب")]
)
def test_letters_of_one_family_are_filed_as_one(letters: str, letter: str) -> None:
    """A seat of hamza is the letter it is written on."""
    assert {sort_key(f"ن{other}ن", "ar")[0] for other in (*letters, letter)} == {f"ن{letter}ن"}


@pytest.mark.parametrize(
    "article", ["the", "a", "an", "al", "ad", "ar", "as", "at", "az", "adh", "ath", "ash", "el", "ez", "es"]
)
def test_every_article_in_latin_letters_is_left_out(article: str) -> None:
    """English ones before a space, those of Arabic names before a hyphen as well."""
    assert sort_key(f"{article} Mina", "en")[0] == "mina"
    if article not in ("the", "a"):
        assert sort_key(f"{article}-Mina", "en")[0] == "mina"


@pytest.mark.parametrize(
    ("lang", "ordered"),
    [
        ("ar", ["إبرة", "البحر", "تمر", "الشام", "شتاء", "ملح", "الميناء", "نور"]),
        ("ar", ["أحمد", "احمد", "الأحمر"]),
        ("en", ["apple", "The Bay", "Éire", "al-Mina", "Old Harbour"]),
    ],
    ids=["article", "seats", "english"],
)
def test_names_are_sorted(lang: Lang, ordered: list[str]) -> None:
    """Whatever order they come in."""
    for names in (ordered, ordered[::-1], sorted(ordered)):
        assert sorted(names, key=lambda name: sort_key(name, lang)) == ordered


@pytest.mark.parametrize(
    ("lang", "text", "letter"),
    [("ar", "الميناء", "م"), ("ar", "إبرة", "ا"), ("ar", "3 نجوم", "#"), ("en", "the bay", "B"), ("en", "", "#")],
)
def test_initial_is_the_letter_a_name_is_filed_under(lang: Lang, text: str, letter: str) -> None:
    """What begins with no letter is filed under a sign."""
    assert initial(text, lang) == letter


@given(texts, st.sampled_from(LANGS))
def test_key_is_the_same_for_all_normal_forms(text: str, lang: Lang) -> None:
    """A name typed on another machine sorts the same."""
    assert (
        sort_key(unicodedata.normalize("NFD", text), lang)[0] == sort_key(unicodedata.normalize("NFC", text), lang)[0]
    )
