"""Digits of any script."""

import re
import unicodedata

import pytest

from musnad.text.digits import ZEROS, list_digits, to_latin_digits


@pytest.mark.parametrize("zero", ZEROS, ids=unicodedata.name)
def test_digits_of_a_script_are_those_of_numbers(zero: str) -> None:
    """By their values in Unicode."""
    digits = "".join(chr(ord(zero) + value) for value in range(10))
    assert [unicodedata.decimal(digit) for digit in digits] == list(range(10))
    assert to_latin_digits(f"({digits})") == "(0123456789)"
    assert re.fullmatch(f"[{list_digits()}]+", digits)
    assert not re.search(f"[{list_digits(1, 9)}]", zero)


def test_every_script_is_known() -> None:
    """Of the plane that patterns of any engine can name; later versions of Unicode may have more."""
    found = {chr(code) for code in range(0x10000) if unicodedata.decimal(chr(code), -1) == 0}
    assert set(ZEROS) >= found


@pytest.mark.parametrize("text", ["", "abc", "ملح", "½", "²", "Ⅳ", "一"])
def test_what_is_no_digit_stays(text: str) -> None:
    """Signs with a value are no digits."""
    assert to_latin_digits(text) == text
