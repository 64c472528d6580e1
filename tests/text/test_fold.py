"""Spellings of one word meet, and words are found behind what Arabic writes onto them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.text.fold import bare_forms, fold, fold_words, split_words, stem, stems
from tests.text.strategies import ARABIC, CONTROLS, MARKS, texts

FOLDED = {
    "alef forms": ("أإآٱا", "ااااا"),
    "hamza seats": ("مسؤول شيئ", "مسوول شيي"),
    "bare hamza": ("سماء", "سما"),
    "ta marbuta": ("نقابة", "نقابه"),
    "alef maqsura": ("مستشفى", "مستشفي"),
    "Persian ya": ("سوریا", "سوريا"),
    "Persian kaf and gaf": ("کنگ", "كنك"),
    "letters of Urdu": ("لاہج سوڈان ٹنجیر یہاں گۓ", "لاهج سودان تنجير يهان كي"),
    "letters of Kurdish": ("ڕەققە دێریک کۆبانی ڵ", "راققا ديريك كوباني ل"),
    "letters of Uyghur and Pashto": ("تۇنىس ېڭ ۋ ړ ډ ټ ښ ڼ", "تونيس يك و ر د ت ش ن"),
    "Latin marks that make another consonant": ("Rašīd Ġazal Ǧabal Əl Čāy", "rashid ghazal jabal el chay"),
    "Arabic-Indic digits": ("٠١٢٣٤٥٦٧٨٩", "0123456789"),
    "Persian digits": ("۰۱۲۳۴۵۶۷۸۹", "0123456789"),
    "tashkeel": ("مُدَرِّسٌ", "مدرس"),
    "dagger alef": ("هٰذا", "هذا"),
    "tatweel": ("مـــلح", "ملح"),
    "direction controls": ("\u200fملح\u202c \u2067ب\u2069\u061c", "ملح ب"),
    "joiners and byte order mark": ("می\u200cخواهم\ufeff\u200d", "ميخواهم"),
    "presentation forms": ("ﻣﻠﺢ ﻻ", "ملح لا"),
    "decomposed": (unicodedata.normalize("NFD", "أُعيد فتحُ الآن"), "اعيد فتح الان"),
    "transliteration": ("al-Ra’i al-ʿArab Qurʾān Qur'an Saʻd Daraʼa", "al-rai al-arab quran quran sad daraa"),
    "Latin accents and case": ("Café ÇA Straße", "cafe ca straße"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("text", "folded"), FOLDED.values(), ids=FOLDED)
def test_spellings_of_one_word_meet(text: str, folded: str) -> None:
    """Letters of one family become one; marks and controls go."""
    assert fold(text) == folded


@pytest.mark.parametrize(("one", "other"), [("ملح", "مرح"), ("ت", "ط"), ("ه", "ح"), ("و", "ي"), ("salt", "malt")])
def test_different_words_stay_apart(one: str, other: str) -> None:
    """Folding goes no further than spelling."""
    assert fold(one) != fold(other)


@given(st.one_of(texts, st.text()))
def test_folding_again_changes_nothing(text: str) -> None:
    """What was folded is folded."""
    assert fold(fold(text)) == fold(text)


@given(texts)
def test_normal_form_makes_no_difference(text: str) -> None:
    """Composed and decomposed text fold alike."""
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("عمّال المرفأ، وخُبزُهم.", ["عمّال", "المرفأ", "وخُبزُهم"]),
        ("al-Ra’i (Café) e\u0301tat", ["al", "Ra’i", "Café", "e\u0301tat"]),
        ("مـــلح \u200fSY24\u200f ’ «٣»", ["مـــلح", "\u200fSY24\u200f", "٣"]),
        ("’ ء ـ ، .", []),
    ],
    ids=["tashkeel", "Latin", "tatweel and controls", "no word"],
)
def test_words_are_split_as_written(text: str, words: list[str]) -> None:
    """A mark does not cut a word in two."""
    assert split_words(text) == words


@given(st.text(alphabet=ARABIC + MARKS + CONTROLS + "'’ʼ`ʻʿʾ ,.-abcé1", max_size=40))
def test_words_as_written_are_the_folded_words(text: str) -> None:
    """Splitting and folding come to the same in either order."""
    assert [fold(word) for word in split_words(text)] == fold_words(text)


BARE = {
    "مياه": "مياه",
    "المياه": "مياه",
    "والمياه": "مياه",
    "بالمياه": "مياه",
    "وبالمياه": "مياه",
    "فبالمياه": "مياه",
    "كالمياه": "مياه",
    "للقوات": "قوات",
    "وللقوات": "قوات",
    "فللقوات": "قوات",
    "والقوات": "قوات",
    "لميليشيا": "ميليشيا",
    "ولميليشيا": "ميليشيا",
    "بميليشيا": "ميليشيا",
    "وميليشيا": "ميليشيا",
    "فميليشيا": "ميليشيا",
}


@pytest.mark.parametrize(("word", "bare"), BARE.items(), ids=BARE)
def test_particles_and_article_are_taken_off(word: str, bare: str) -> None:
    """One by one or all together; the word itself stays a possibility, as in لبنان."""
    assert {word, bare} <= bare_forms(word)
    assert stem(bare) in set(stems(word))


@pytest.mark.parametrize("word", ["ملح", "الم", "له", "بل", "salt", "a1"])
def test_short_and_bare_words_are_left_whole(word: str) -> None:
    """Too little would be left of them."""
    assert bare_forms(word) == {word}


STEMS = [
    ("ميليشيات", "ميليشي"), ("مهربين", "مهرب"), ("مهربون", "مهرب"), ("مهربان", "مهرب"), ("نقابه", "نقاب"),
    ("نقابات", "نقاب"), ("ايرانيه", "ايران"), ("سوري", "سور"), ("خبزها", "خبز"), ("قوات", "قوات"), ("مياه", "ميا"),
    ("ملح", "ملح"), ("ماه", "ماه"), ("dockers", "dockers"),
]  # fmt: skip


@pytest.mark.parametrize(("word", "stemmed"), STEMS, ids=[word for word, _ in STEMS])
def test_ending_is_taken_off(word: str, stemmed: str) -> None:
    """One ending, and three letters are kept."""
    assert stem(word) == stemmed


@given(st.text(alphabet=ARABIC, min_size=1, max_size=12).map(fold).filter(bool))
def test_forms_and_stems_are_parts_of_the_word(word: str) -> None:
    """What is taken off in front leaves an end of the word; what is taken off behind, a beginning."""
    assert all(word.endswith(form) for form in bare_forms(word))
    assert word.startswith(stem(word))
    assert len(stem(word)) >= min(3, len(word))
