"""Runs that are read in the other direction: found whole, and nothing lost. How they are seen: tests/site/."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.text.bidi import DIRECTIONS, FSI, PDI, isolate, script_of, split_runs, strip_marks
from musnad.text.languages import LANGS, OTHER, Lang
from tests.text.strategies import CONTROLS, texts

langs = st.sampled_from(LANGS)


@pytest.mark.parametrize(
    ("lang", "text", "marked"),
    [
        ("ar", "قال Tide Post إن", "قال <Tide Post> إن"),
        ("ar", "سعره 90 USD اليوم", "سعره <90 USD> اليوم"),
        ("ar", "SY24، بعد", "<SY24>، بعد"),
        ("ar", "IS (ISIS) هنا", "<IS (ISIS)> هنا"),
        ("ar", "الكيس (50 kg).", "الكيس (<50 kg>)."),
        ("ar", "من SDF (two قسد)", "من <SDF> (<two> قسد)"),
        ("ar", "https://a.example/x مثلًا", "<https://a.example/x> مثلًا"),
        ("ar", "في 2024", "في 2024"),
        ("ar", "قهوة cafe\u0301 هنا", "قهوة <cafe\u0301> هنا"),
        ("ar", "O’Neill قال", "<O’Neill> قال"),
        ("ar", "عند 34.452, 40.919 شرقًا", "عند <34.452, 40.919> شرقًا"),
        ("ar", "من 10-20 و3:45 و1/2 و34.5", "من <10-20> و3:45 و1/2 و34.5"),
        ("ar", "كوفيد-19 عند -5 وبـ-5 و-5", "كوفيد-19 عند <-5> وبـ<-5> و<-5>"),
        ("ar", "+963 11 222 3333 أو (011) 222-3333", "<+963 11 222 3333> أو <(011) 222-3333>"),
        ("ar", "عام 2011 12 زورقًا و10 000 كيس", "عام 2011 12 زورقًا و<10 000> كيس"),
        ("ar", "عام 2024 (12) وفي 50 (60)", "عام 2024 (12) وفي 50 (60)"),
        ("ar", "C++، C#، #tide، @tide، a@b.example", "<C++>، <C#>، <#tide>، <@tide>، <a@b.example>"),
        ("ar", '"Tide Post", London و"Tide"', '<"Tide Post", London> و"<Tide>"'),
        ("ar", "(https://a.example/b_(c)/)، ثم", "(<https://a.example/b_(c)/>)، ثم"),
        ("ar", "قال SDF: 50 منهم. SDF، 2024. SDF", "قال <SDF>: 50 منهم. <SDF>، 2024. <SDF>"),
        ("ar", "Dr. Smith, No. 5 ثم Tide. وبعد", "<Dr. Smith, No. 5> ثم <Tide>. وبعد"),
        ("ar", "SDF/قسد -SDF- ...SDF... وSDF", "<SDF>/قسد -<SDF>- ...<SDF>... و<SDF>"),
        ("ar", '"قسد" SDF "قسد" SDF "ISIS قسد"', '"قسد" <SDF> "قسد" <SDF> "<ISIS> قسد"'),
        ("ar", "((Tide)) [a (b] c)", "((<Tide>)) [<a> (<b>] <c>)"),
        ("ar", "في ٢٠٢٤-٢٠٢٥", "في ٢٠٢٤-٢٠٢٥"),
        ("ar", "Новости هنا", "<Новости> هنا"),
        ("en", "the نقابة (قسم) and (نقابة)", "the <نقابة (قسم)> and (<نقابة>)"),
        ("en", "in دمشق (2011) or دمشق 50", "in <دمشق> (2011) or <دمشق> 50"),
        ("en", "كيس 50 كغ or 50كيس", "<كيس 50 كغ> or <50كيس>"),
        ("en", "سعر 10-20 ليرة", f"<سعر {FSI}10-20{PDI} ليرة>"),
        ("en", "#حلب, or ٣ أكياس", "<#حلب>, or <٣ أكياس>"),
        ("en", "می‌خواهم here", "<می‌خواهم> here"),
        ("en", "at 34.452, 40.919 or -5", "at 34.452, 40.919 or -5"),
        ("en", "the نقابة الخبّازين guild", "the <نقابة الخبّازين> guild"),
        ("en", "ثمن، كيس", "<ثمن، كيس>"),
        ("en", "كَتَبَ wrote", "<كَتَبَ> wrote"),
        ("en", "nothing else", "nothing else"),
        ("en", "", ""),
    ],
)
def test_runs_are_found(lang: Lang, text: str, marked: str) -> None:
    """Angle brackets stand for the ends of a run."""
    assert "".join(f"<{run.text}>" if run.direction else run.text for run in split_runs(text, lang)) == marked


def test_numbers_belong_to_no_other_language() -> None:
    """A run without letters is isolated, and read aloud in the language round it."""
    assert [run.lang for run in split_runs("10-20 SY24 Город", "ar")] == ["en"]
    assert [run.lang for run in split_runs("10-20، SY24، Город", "ar") if run.direction] == [None, "en", None]


@given(texts, langs)
def test_no_character_is_lost_but_direction_controls(text: str, lang: Lang) -> None:
    """The runs, put together, are the text."""
    runs = "".join(run.text for run in split_runs(text, lang))
    assert re.sub(f"[{CONTROLS}]", "", runs) == re.sub(f"[{CONTROLS}]", "", text)


@given(texts, langs)
def test_runs_are_not_empty_and_of_the_other_script(text: str, lang: Lang) -> None:
    """A run that is isolated has no letters of the text's own script, save in a web address."""
    for run in split_runs(text, lang):
        assert run.text
        if run.direction:
            assert run.direction == DIRECTIONS[OTHER[lang]]
            assert run.lang in (None, OTHER[lang])
            assert script_of(run.text) in (None, OTHER[lang]) or "://" in run.text


@given(texts, langs)
def test_what_is_left_has_no_letter_of_the_other_script(text: str, lang: Lang) -> None:
    """Letters that decide a direction are all found."""
    for run in split_runs(text, lang):
        assert run.direction or all(script_of(c) in (None, lang) for c in run.text if c.isalpha())


@given(texts, langs)
def test_isolating_twice_changes_nothing(text: str, lang: Lang) -> None:
    """Plain text that was isolated may pass through here again."""
    assert isolate(isolate(text, lang), lang) == isolate(text, lang)


@given(texts, langs)
def test_isolates_are_balanced(text: str, lang: Lang) -> None:
    """Every isolate is closed, whatever stood in the text; numbers in an Arabic run are one level deeper."""
    marks = re.sub(f"[^{CONTROLS}]", "", isolate(text, lang))
    assert re.fullmatch(f"(?:{FSI}(?:{FSI}{PDI})*{PDI})*", marks)


@given(texts, langs)
def test_brackets_are_isolated_in_pairs(text: str, lang: Lang) -> None:
    """A bracket apart from its counterpart would face the wrong way."""
    for run in split_runs(text, lang):
        if run.direction:
            for left, right in ("()", "[]", "{}", "«»"):
                assert run.text.count(left) == run.text.count(right)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "text", ["(" * 1000 + "a" + ")" * 1000, "a " * 1000, '"a ' * 600, "قسد - " * 300, "a(«[ق" * 99]
)
def test_long_texts_take_no_time(text: str, lang: Lang) -> None:
    """Nested, repeated and unclosed: the work grows with the length, and nothing is nested too deep."""
    start = time.monotonic()
    split_runs(text, lang)
    assert time.monotonic() - start < 1


@pytest.mark.parametrize(
    ("text", "lang"),
    [("Old Harbour", "en"), ("الميناء", "ar"), ("ميناء SY24", "ar"), ("2024: 50 %", None), ("", None)],
)
def test_script_of_a_text(text: str, lang: Lang | None) -> None:
    """The script most letters have; digits and marks have none."""
    assert script_of(text) == lang


@pytest.mark.parametrize(("text", "bare"), [("كَتَبَ", "كتب"), ("بـــحر", "بحر"), ("café", "cafe"), ("Đ", "Đ")])
def test_marks_are_stripped(text: str, bare: str) -> None:
    """Vowel signs, tatweel and accents go; letters stay."""
    assert strip_marks(text) == bare
