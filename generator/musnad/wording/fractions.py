"""Fractions in words: those that people say, up to nine tenths; the rest stays in digits."""

import re
from collections.abc import Callable

from musnad.text.languages import Lang

_DIGITS = {"en": "{n}/{d} of {of}", "ar": "{n}/{d} من {of}"}
_EN_COUNTS = ("", "a", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_EN_PARTS = ("", "", "half", "third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
# Vowelled where the bare letters are those of a number: خمس is five.
_AR_PARTS = ("", "", "نصف", "ثلث", "ربع", "خُمس", "سُدس", "سُبع", "ثُمن", "تُسع", "عُشر")
_AR_PLURALS = ("", "", "أنصاف", "أثلاث", "أرباع", "أخماس", "أسداس", "أسباع", "أثمان", "أتساع", "أعشار")
_AR_COUNTS = ("", "", "", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة")


def tell_fraction(
    fraction: str, lang: Lang, whole: str = "", *, is_oblique: bool = False, figures: Callable[[str], str] = str
) -> str:
    """Return a fraction such as 1/3 in words, of a whole where one is given.

    ``figures`` writes digits as the site does.
    ``is_oblique`` is for Arabic after a preposition or in the construct state: ثلثي الإنتاج for ثلثا الإنتاج.
    """
    n, d = map(int, fraction.split("/"))
    if not (1 <= n < d <= 10):
        pattern = _DIGITS[lang].format(n=figures(str(n)), d=figures(str(d)), of="{of}")
    elif lang == "en":
        pattern = _tell_en(n, d) + " of {of}"
    else:
        pattern = _tell_ar(n, d, is_oblique) + " {of}"
    if whole:
        # The ending of the dual falls before what it is taken of.
        return re.sub("(?<=[اي])ن(?= {of})", "", pattern).format(of=whole) if n == 2 else pattern.format(of=whole)
    return re.sub(" (?:of |من )?{of}$", "", pattern)


def _tell_en(n: int, d: int) -> str:
    if d == 2:
        return "half"
    return f"{_EN_COUNTS[n]}{'n' if n == 1 and d == 8 else ''} {_EN_PARTS[d]}{'s' if n > 1 else ''}"


def _tell_ar(n: int, d: int, is_oblique: bool) -> str:
    if n < 3:
        return _AR_PARTS[d] + ("" if n == 1 else "ين" if is_oblique else "ان")
    return f"{_AR_COUNTS[n]} {_AR_PLURALS[d]}"
