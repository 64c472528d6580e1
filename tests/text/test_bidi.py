"""Runs of the other script: found whole, and nothing lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.text.bidi import FSI, PDI, isolate, script_of, split_runs, strip_marks
from musnad.text.languages import LANGS, Lang
from tests.text.strategies import CONTROLS, texts

langs = st.sampled_from(LANGS)


@pytest.mark.parametrize(
    ("lang", "text", "marked"),
    [
        ("ar", "قال Tide Post إن", "قال <Tide Post> إن"),
        ("ar", "سعره 90 USD اليوم", "سعره 90 <USD> اليوم"),
        ("ar", "SY24، بعد", "<SY24>، بعد"),
        ("ar", "IS (ISIS) هنا", "<IS (ISIS)> هنا"),
        ("ar", "الكيس (50 kg).", "الكيس (50 <kg>)."),
        ("ar", "من SDF (two قسد)", "من <SDF> (<two> قسد)"),
        ("ar", "https://a.example/x مثلًا", "<https://a.example/x> مثلًا"),
        ("ar", "في 2024", "في 2024"),
        ("ar", "قهوة cafe\u0301 هنا", "قهوة <cafe\u0301> هنا"),
        ("ar", "O’Neill قال", "<O’Neill> قال"),
        ("en", "the نقابة الخبّازين guild", "the <نقابة الخبّازين> guild"),
        ("en", "ثمن، كيس", "<ثمن، كيس>"),
        ("en", "كَتَبَ wrote", "<كَتَبَ> wrote"),
        ("en", "nothing else", "nothing else"),
        ("en", "", ""),
    ],
)
def test_runs_of_the_other_script_are_found(lang: Lang, text: str, marked: str) -> None:
    """Angle brackets stand for the ends of a run."""
    assert "".join(f"<{run.text}>" if run.lang else run.text for run in split_runs(text, lang)) == marked


@given(texts, langs)
def test_no_character_is_lost_but_direction_controls(text: str, lang: Lang) -> None:
    """The runs, put together, are the text."""
    assert "".join(run.text for run in split_runs(text, lang)) == re.sub(f"[{CONTROLS}]", "", text)


@given(texts, langs)
def test_runs_are_not_empty_and_of_the_other_script(text: str, lang: Lang) -> None:
    """A run that is marked has letters of the other script, and none of this one."""
    for run in split_runs(text, lang):
        assert run.text
        assert run.lang in (None, "en" if lang == "ar" else "ar")
        assert run.lang is None or script_of(run.text) == run.lang


@given(texts, langs)
def test_isolates_are_balanced_and_not_nested(text: str, lang: Lang) -> None:
    """Every isolate is closed before the next one opens, whatever stood in the text."""
    marks = re.sub(f"[^{CONTROLS}]", "", isolate(text, lang))
    assert re.fullmatch(f"(?:{FSI}{PDI})*", marks)


@given(texts, langs)
def test_brackets_are_isolated_in_pairs(text: str, lang: Lang) -> None:
    """A bracket apart from its counterpart would face the wrong way."""
    for run in split_runs(text, lang):
        if run.lang:
            assert run.text.count("(") == run.text.count(")")


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
