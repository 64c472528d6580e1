"""Dates in a sentence, of either calendar and in either language, with what a record can hold of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from babel import Locale

from musnad.editing.tokens import CueIndex, Tokens, forms
from musnad.text.digits import to_latin_digits
from musnad.text.fold import fold_words
from musnad.text.hijri import name_month
from musnad.text.languages import Lang
from musnad.text.weekdays import find_weekdays

_HIJRI_TOO = {"ربيع الآخر": 4, "جمادى الثانية": 6, "ذي القعدة": 11, "ذي الحجة": 12, "المحرم": 1}
_HIJRI_EN = ("muharram", "safar", "", "", "", "", "rajab", "shaban", "ramadan", "shawwal", "", "")
_BEFORE_MONTH = {
    "en": frozenset("in since last this next of until by from late early mid during through".split()),  # noqa: SIM905
    "ar": frozenset("في شهر منذ خلال مطلع اواخر اوايل منتصف نهايه بدايه حتي من".split()),  # noqa: SIM905
}
_BEFORE_YEAR = {
    "en": frozenset("in since by until from during year of before after late early mid".split()),  # noqa: SIM905
    "ar": frozenset("عام سنه العام بعام لعام للعام وعام لسنه".split()),  # noqa: SIM905
}
_ORDINAL = re.compile("st|nd|rd|th")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d{2})(?!\d)")
_DAYS, _MONTHS, _FIRST, _LAST, _HIJRI_FIRST, _HIJRI_LAST = 31, 12, 1900, 2100, 1300, 1500


@dataclass(frozen=True)
class FoundTime:
    """A time as the sentence has it."""

    start: int
    """Index of its first token."""
    end: int
    wording: str
    basis: str
    edtf: str = ""
    hijri: str = ""


@cache
def _list_months() -> dict[Lang, dict[tuple[str, ...], tuple[int, bool]]]:
    """Return the folded names of months with their numbers, and whether they are Hijri."""
    found: dict[Lang, dict[tuple[str, ...], tuple[int, bool]]] = {"ar": {}, "en": {}}
    named = [(name_month(number, "ar"), number) for number in range(1, _MONTHS + 1)]
    for name, number in [*named, *_HIJRI_TOO.items()]:
        found["ar"][tuple(fold_words(name))] = (number, True)
    for number, name in enumerate(_HIJRI_EN, 1):
        if name:
            found["en"][name,] = (number, True)
    for tag in ("ar_SY", "ar_EG", "ar_MA", "ar_DZ", "ar_IQ", "en"):
        locale = Locale.parse(tag)
        for width in ("wide", "abbreviated"):
            for number, name in locale.months["format"][width].items():
                found["ar" if tag.startswith("ar") else "en"][tuple(fold_words(name))] = (number, False)
    found["en"]["sept",] = (9, False)
    found["ar"]["ايار",] = (5, False)
    return found


def find_times(tokens: Tokens, cues: CueIndex) -> Iterator[FoundTime]:
    """Yield calendar dates, then week days and words of time, each with the tokens it takes."""
    taken: set[int] = set()
    for found in (*_find_figures(tokens), *_find_dates(tokens)):
        if not taken & {*range(found.start, found.end)}:
            taken |= {*range(found.start, found.end)}
            yield found
    for cue in cues.find(tokens.all):
        if cue.means == "basis relative-to-publication" and not taken & {*range(cue.start, cue.end)}:
            taken |= {*range(cue.start, cue.end)}
            yield FoundTime(cue.start, cue.end, tokens.cut(cue.start, cue.end), "relative-to-publication")
    for at, token in enumerate(tokens.all):
        is_day = token.is_word and find_weekdays(token.text) and (tokens.lang == "ar" or token.text[0].isupper())
        if is_day and tokens.lang == "ar":
            # «الأحد» is Sunday, «أحد» is one of.
            is_day = "ال" in token.fold[:4] or token.fold.startswith("لل")
        if is_day and at not in taken:
            yield FoundTime(at, at + 1, token.text, "relative-to-publication")


def _find_figures(tokens: Tokens) -> Iterator[FoundTime]:
    text = to_latin_digits(tokens.text)
    for pattern in (_ISO, _SLASHED):
        for match in pattern.finditer(text):
            if pattern is _ISO:
                year, month, day = map(int, match.groups())
            else:
                day, month, year = int(match[1]), int(match[3]), int(match[4])
            if not (1 <= month <= _MONTHS and 1 <= day <= _DAYS):
                continue
            at = [n for n, token in enumerate(tokens.all) if match.start() <= token.start < match.end()]
            # 03/04 is the third of April here and the fourth of March there.
            is_plain = pattern is _ISO or tokens.lang == "ar" or day > _MONTHS
            edtf = f"{year:04}-{month:02}-{day:02}" if is_plain else f"{year:04}"
            yield FoundTime(at[0], at[-1] + 1, match[0], "stated", edtf)


def _find_dates(tokens: Tokens) -> Iterator[FoundTime]:
    months = _list_months()[tokens.lang]
    at = 0
    while at < len(tokens.all):
        found = _read_month(tokens, at, months) or _read_year(tokens, at)
        if found:
            yield found
        at = found.end if found else at + 1


def _name_at(tokens: Tokens, at: int, months: dict[tuple[str, ...], tuple[int, bool]]) -> tuple[int, int, bool] | None:
    """Return the number of the month named at a token, where its name ends, and whether it is Hijri."""
    for length in (2, 1):
        words = tokens.folds(at, length)
        if len(words) == length:
            for first in forms(words[0]):
                if (first, *words[1:]) in months:
                    return months[(first, *words[1:])][0], at + length, months[(first, *words[1:])][1]
    return None


def _read_month(tokens: Tokens, at: int, months: dict[tuple[str, ...], tuple[int, bool]]) -> FoundTime | None:
    named = _name_at(tokens, at, months)
    if named is None or (tokens.lang == "en" and not tokens.all[at].text[0].isupper()):
        return None
    month, end, is_hijri = named
    start, day = at, 0
    before = at - 1
    if before > 0 and tokens.all[before].fold in ("من", "of", "شهر"):
        before -= 1
    if before > 0 and _ORDINAL.fullmatch(tokens.all[before].fold):
        before -= 1
    if before >= 0:
        day = _read_int(tokens, before)
        start = before if 1 <= day <= _DAYS else at
    if not 1 <= day <= _DAYS:
        day = 0
    if tokens.folds(end, 1) == ["/"] or tokens.folds(end, 1) == ["("]:
        also = _name_at(tokens, end + 1, months)
        end = also[1] if also else end
        if also and tokens.folds(end, 1) == [")"]:
            end += 1
    if tokens.folds(end, 1) == ["."]:
        end += 1
    if tokens.lang == "en" and not day and 1 <= _read_int(tokens, end) <= _DAYS:
        day = _read_int(tokens, end)
        end += 2 if _ORDINAL.fullmatch("".join(tokens.folds(end + 1, 1))) else 1
    ahead = end
    while ahead < len(tokens.all) and tokens.all[ahead].fold in (",", "،", "من", "عام", "العام", "سنه", "of", "لعام"):
        ahead += 1
    year = _read_int(tokens, ahead)
    is_year = _HIJRI_FIRST <= year <= _HIJRI_LAST if is_hijri else _FIRST <= year <= _LAST
    if is_year:
        end = ahead + 1
        if tokens.folds(end, 1) == ["ه"]:
            end += 1
    # A name alone may be a person's, or a word such as May.
    is_cued = at > 0 and bool(forms(tokens.all[at - 1].fold) & _BEFORE_MONTH[tokens.lang])
    if not (day or is_year or is_cued) or (is_hijri and not (day or is_year or tokens.all[at - 1].fold == "شهر")):
        return None
    parts = [f"{year:04}", f"{month:02}", *([f"{day:02}"] if day else [])] if is_year else []
    value = "-".join(parts)
    return FoundTime(
        start,
        end,
        tokens.cut(start, end),
        "stated" if is_year else "relative-to-publication",
        "" if is_hijri else value,
        value if is_hijri else "",
    )


def _read_year(tokens: Tokens, at: int) -> FoundTime | None:
    year = _read_int(tokens, at)
    before = tokens.all[at - 1].fold if at else ""
    if not before or before not in _BEFORE_YEAR[tokens.lang] or tokens.all[at].end - tokens.all[at].start != 4:
        return None
    if _HIJRI_FIRST <= year <= _HIJRI_LAST and tokens.folds(at + 1, 1) == ["ه"]:
        return FoundTime(at, at + 2, tokens.cut(at, at + 2), "stated", hijri=str(year))
    if not _FIRST <= year <= _LAST:
        return None
    return FoundTime(at, at + 1, tokens.all[at].text, "stated", str(year))


def _read_int(tokens: Tokens, at: int) -> int:
    if not 0 <= at < len(tokens.all):
        return 0
    word = tokens.all[at].fold
    return int(word) if word.isdigit() else 0
