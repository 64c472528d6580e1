"""Dates in a sentence, of either calendar and in either language, with what a record can hold of them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from babel import Locale

from musnad.editing.tokens import CueIndex, Tokens, forms, word_set
from musnad.editing.units import UnitIndex
from musnad.text.digits import to_latin_digits
from musnad.text.fold import fold_words
from musnad.text.hijri import name_month
from musnad.text.languages import Lang
from musnad.text.weekdays import find_weekdays

_HIJRI_TOO = {"ربيع الآخر": 4, "جمادى الثانية": 6, "ذي القعدة": 11, "ذي الحجة": 12, "المحرم": 1}
_HIJRI_EN = ("muharram", "safar", "", "", "", "", "rajab", "shaban", "ramadan", "shawwal", "", "")


_BEFORE_MONTH = {
    "en": word_set("in since last this next of until by from late early mid during through to before after between"),
    "ar": word_set("في شهر منذ خلال مطلع اواخر اوايل منتصف نهايه بدايه حتي من شهري"),
}
_BEFORE_YEAR = {
    "en": word_set("in since by until from during year of before after late early mid between to through season"),
    "ar": word_set(
        "عام سنه العام بعام لعام للعام وعام لسنه عامي موسم منذ مطلع بدايه نهايه اواخر اوايل منتصف حتي قبل بعد خلال من "
        "الي"
    ),
}
_DESCRIBES = word_set("the its their his her a our that this")
# Said of a part of a year or a month: it belongs to the words of the time.
_PARTS = {
    "en": word_set("early late mid end start beginning middle"),
    "ar": word_set("اوائل اوايل اواخر مطلع بدايه نهايه منتصف مستهل صيف شتاء خريف ربيع وحتي"),
}
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24, "ربيع": 21, "صيف": 22, "خريف": 23, "شتاء": 24}
_DAY_PARTS = {
    "en": word_set("morning afternoon evening night"),
    "ar": word_set("مساء صباح ليل ليله فجر ظهر عصر يوم"),
}
_RELATIVE = {
    "en": word_set("last this next past previous coming following same"),
    "ar": word_set(
        "الماضي الماضيه الماضيين الماضيتين المقبل المقبله القادم القادمه الجاري الجاريه الحالي الحاليه الفايت الفايته "
        "المنصرم المنصرمه الاخير الاخيره نفسه نفسها ذاته ذاتها السابق السابقه التالي التاليه"
    ),
}
_SPANS = {
    "en": word_set(
        "night week weekend month year season quarter winter spring summer autumn decade morning evening afternoon "
        "days weeks months years"
    ),
    "ar": word_set(
        "يوم يومين اسبوع اسبوعين شهر شهرين عام عامين سنه سنتين ليله ليلتين صيف شتاء خريف ربيع موسم فصل ايام اسابيع "
        "اشهر شهور سنوات اعوام عقد عقود"
    ),
}
# «تسعينيات» and «تسعينات» are the nineties.
_DECADES = {
    word + ending: tens
    for tens, word in enumerate(("عشرين", "ثلاثين", "اربعين", "خمسين", "ستين", "سبعين", "ثمانين", "تسعين"), 2)
    for ending in ("يات", "ات")
}
_ORDINALS = {
    **dict(zip("اول ثاني ثالث رابع خامس سادس سابع ثامن تاسع عاشر".split(), range(1, 11), strict=True)),  # noqa: SIM905
    "حادي": 1,
}
_TENS = {"عشر": 10, "عشرين": 20, "عشرون": 20, "ثلاثين": 30, "ثلاثون": 30}
_ORDINAL = re.compile("st|nd|rd|th")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<![\d/])((?:19|20)\d{2})/(\d{1,2})/(\d{1,2})(?![\d/])")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d{2})(?!\d)")
_OLDEST = 1000
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


def find_times(tokens: Tokens, cues: CueIndex, units: UnitIndex) -> Iterator[FoundTime]:
    """Yield calendar dates, then week days and words of time, each with the tokens it takes."""
    taken: set[int] = set()
    days = [*_find_days(tokens)]
    for found in (*_find_figures(tokens), *_find_decades(tokens), *_find_dates(tokens, units)):
        if not taken & {*range(found.start, found.end)}:
            whole = _widen(tokens, found, days)
            taken |= {*range(whole.start, whole.end)}
            yield whole
    told = [cue for cue in cues.find(tokens.all) if cue.means == "basis relative-to-publication"]
    spans = [*days, *_find_relative(tokens), *((cue.start, cue.end) for cue in told)]
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if not taken & {*range(start, end)} and not _is_rate(tokens, start):
            taken |= {*range(start, end)}
            yield FoundTime(start, end, tokens.cut(start, end), "relative-to-publication")


def _is_rate(tokens: Tokens, at: int) -> bool:
    """Whether «اليوم» is a day of a rate: «25 ألفاً في اليوم»."""
    before = tokens.all[max(0, at - 6) : at]
    return tokens.all[at].fold == "اليوم" and bool(before) and before[-1].fold == "في" and any(
        token.is_number or token.fold in ("الف", "مليون") for token in before
    )  # fmt: skip


def _find_days(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """Yield week days with what goes with them: last Tuesday night, «مساء يوم الأحد الماضي»."""
    lang = tokens.lang
    for at, token in enumerate(tokens.all):
        is_day = token.is_word and find_weekdays(token.text) and (lang == "ar" or token.text[0].isupper())
        if is_day and lang == "ar":
            # «الأحد» is Sunday, «أحد» is one of.
            is_day = "ال" in token.fold[:4] or token.fold.startswith("لل")
        if not is_day:
            continue
        start, end = at, at + 1
        before = _RELATIVE["en"] if lang == "en" else _DAY_PARTS["ar"] | {"امس", "اليوم", "غد", "غدا"}
        after = _DAY_PARTS["en"] if lang == "en" else _RELATIVE["ar"]
        while start and forms(tokens.all[start - 1].fold) & before:
            start -= 1
        while end < len(tokens.all) and tokens.all[end].fold in after:
            end += 1
        yield start, end


def _find_relative(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """Yield "last winter", «الصيف الماضي», «هذا العام»."""
    spans, relative = _SPANS[tokens.lang], _RELATIVE[tokens.lang]
    for at in range(len(tokens.all) - 1):
        first, second = tokens.all[at].fold, tokens.all[at + 1].fold
        if tokens.lang == "en":
            is_there = first in relative and second in spans
        else:
            bare = {form for form in forms(first) if form in spans}
            is_there = bool(bare and first not in spans and second in relative) or (
                first in ("هذا", "هذه") and second.removeprefix("ال") in spans and second.startswith("ال")
            )
        ahead = tokens.folds(at + 2, 2)
        if tokens.lang == "en" and first in _PARTS["en"] and second == "of" and ahead[:1] in (["the"], ["this"]):
            is_there = len(ahead) > 1 and ahead[1] in spans
            end = at + 4
        else:
            is_part = tokens.lang == "ar" and bool(forms(first) & _PARTS["ar"]) and second.startswith("ال")
            is_part = is_part and second.removeprefix("ال") in spans
            is_there = is_there or is_part
            end = at + 2 + (is_part and ahead[:1] != [] and ahead[0] in relative)
        if is_there:
            yield at, end


def _find_decades(tokens: Tokens) -> Iterator[FoundTime]:
    """Yield "the 1990s", «تسعينيات القرن الماضي»."""
    for at, token in enumerate(tokens.all):
        after = tokens.all[at + 1 : at + 2]
        is_written = token.is_number and after and after[0].fold == "s" and after[0].start == token.end
        if is_written and len(token.text) in (2, 4) and token.fold.endswith("0"):
            year = token.fold if len(token.text) > 2 else "19" + token.fold
            yield FoundTime(at, at + 2, tokens.cut(at, at + 2), "stated", year[:3] + "X")
        tens = next((_DECADES[form] for form in forms(token.fold) if form in _DECADES), 0)
        if tens and tokens.folds(at + 1, 1) == ["القرن"]:
            century = {"الماضي": "19", "العشرين": "19", "الحالي": "20"}.get("".join(tokens.folds(at + 2, 1)), "")
            end = at + 3 if century else at + 2
            yield FoundTime(at, end, tokens.cut(at, end), "stated", f"{century or '19'}{tens}X")


def _widen(tokens: Tokens, found: FoundTime, days: Iterable[tuple[int, int]]) -> FoundTime:
    """Return a date with what goes with it: Tuesday, 3 January 2023; the end of May; «حزيران الجاري»."""
    lang, start, end = tokens.lang, found.start, found.end
    edtf = found.edtf
    if end < len(tokens.all) and tokens.all[end].fold in _RELATIVE["ar"]:
        end += 1
    for _ in range(3):
        before = tokens.folds(max(0, start - 2), min(2, start))
        is_part = bool(before) and bool(forms(before[-1]) & _PARTS[lang])
        if before and before[-1] in ("of", "the", "-", "عام", "شهر") and len(before) > 1:
            is_part = bool(forms(before[0]) & _PARTS[lang])
            start -= is_part
        if before and lang == "en" and (before[-1] in _RELATIVE["en"] or (before[-1] in _SEASONS and edtf.isdigit())):
            is_part = True
        if not is_part:
            break
        season = next((_SEASONS[form] for form in forms(tokens.all[start - 1].fold) if form in _SEASONS), 0)
        edtf = f"{edtf}-{season}" if season and edtf.isdigit() and len(edtf) == len("2020") else edtf
        start -= 1
    for day_start, day_end in days:
        gap = tokens.folds(day_end, max(0, start - day_end))
        if day_end <= start and all(word in (",", "،", "the", "في", "(", "الموافق") for word in gap) and len(gap) < 3:
            start = day_start
    return replace(found, start=start, end=end, wording=tokens.cut(start, end), edtf=edtf)


def _find_figures(tokens: Tokens) -> Iterator[FoundTime]:
    text = to_latin_digits(tokens.text)
    for pattern in (_ISO, _YEAR_FIRST, _SLASHED):
        for match in pattern.finditer(text):
            if pattern is not _SLASHED:
                year, month, day = map(int, match.groups())
            else:
                day, month, year = int(match[1]), int(match[3]), int(match[4])
            if not (1 <= month <= _MONTHS and 1 <= day <= _DAYS):
                continue
            at = [n for n, token in enumerate(tokens.all) if match.start() <= token.start < match.end()]
            # 03/04 is the third of April here and the fourth of March there.
            is_plain = pattern is not _SLASHED or tokens.lang == "ar" or day > _MONTHS
            edtf = f"{year:04}-{month:02}-{day:02}" if is_plain else f"{year:04}"
            yield FoundTime(at[0], at[-1] + 1, match[0], "stated", edtf)


def _find_dates(tokens: Tokens, units: UnitIndex) -> Iterator[FoundTime]:
    months = _list_months()[tokens.lang]
    at = 0
    while at < len(tokens.all):
        found = _read_month(tokens, at, months) or _read_years(tokens, at) or _read_year(tokens, at, units)
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
        day, first = _read_day(tokens, before)
        start = first if 1 <= day <= _DAYS else at
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
    is_cued = is_cued or (tokens.folds(end, 1)[:1] != [] and tokens.all[end].fold in _RELATIVE["ar"])
    if not (day or is_year or is_cued):
        return None
    if is_hijri and not (day or is_year or tokens.all[at - 1].fold in ("شهر", "in", "during", "of", "خلال")):
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


def _read_day(tokens: Tokens, at: int) -> tuple[int, int]:
    """Return the day before a month and where it begins: 5, «الخامس والعشرين», 12-15."""
    if day := _read_int(tokens, at):
        joint = tokens.folds(at - 1, 1) if at > 1 else []
        if joint in (["-"], ["–"], ["and"], ["to"], ["و"], ["الي"]) and 1 <= _read_int(tokens, at - 2) < day:
            return day, at - 2
        return day, at
    word = tokens.all[at].fold
    tens = next((_TENS[form] for form in forms(word) if form in _TENS), 0)
    ones_at = at - 1 if tens else at
    ones = (
        next((_ORDINALS[form] for form in forms(tokens.all[ones_at].fold) if form in _ORDINALS), 0)
        if ones_at >= 0
        else 0
    )
    if tens and (ones and (word[0] == "و" or tens == _TENS["عشر"])):
        return tens + ones, ones_at
    return (tens, at) if tens > _TENS["عشر"] else (0 if tens else ones, at)


def _read_years(tokens: Tokens, at: int) -> FoundTime | None:
    """Read two years that are the ends of one time: between 2017 and 2020, 2019-2020, «بين عامي 2017 و2020»."""
    if not _is_year(tokens, at):
        return None
    before = tokens.folds(max(0, at - 2), min(2, at))
    is_cued = any(forms(word) & {"between", "from", "بين", "من"} for word in before)
    links = ("-", "–", "/", "and", "to", "until", "و", "الي", "حتي")
    if tokens.folds(at + 1, 1) and tokens.all[at + 1].fold in links:
        other = at + 2 + (tokens.folds(at + 2, 1) in (["عام"], ["سنه"], ["العام"]))
        is_tied = tokens.all[at + 1].start == tokens.all[at].end and tokens.all[at + 1].fold in ("-", "–", "/")
        start, year = int(tokens.all[at].fold), _read_int(tokens, other)
        if is_tied and year < 100 and other < len(tokens.all) and len(tokens.all[other].text) == 2:
            year += start // 100 * 100
        if start < year <= _LAST and (is_tied or is_cued) and other < len(tokens.all) and tokens.all[other].is_number:
            return FoundTime(at, other + 1, tokens.cut(at, other + 1), "stated", f"{start}/{year}")
    return None


def _is_year(tokens: Tokens, at: int) -> bool:
    token = tokens.all[at]
    if not token.is_number or token.end - token.start != len("2020"):
        return False
    before = tokens.all[at - 1] if at else None
    is_tied = before is not None and before.end == token.start and before.fold in (":", "$", "€", "£", ".")
    is_old = before is not None and before.fold in ("in", "since", "dated", "عام", "سنه")
    return not is_tied and (_OLDEST if is_old else _FIRST) <= _read_int(tokens, at) <= _LAST


def _read_year(tokens: Tokens, at: int, units: UnitIndex) -> FoundTime | None:
    year = _read_int(tokens, at)
    if not at or not tokens.all[at].is_number or tokens.all[at].end - tokens.all[at].start != len("2020"):
        return None
    before = tokens.all[at - 1]
    if before.fold == "-" and at > 1 and tokens.all[at - 2].fold == "mid":
        before = tokens.all[at - 2]
    is_cued = bool(forms(before.fold) & (_BEFORE_YEAR[tokens.lang] | {*_SEASONS}))
    # 2017 and 2021, «عامي 2017 و2021»
    is_cued = is_cued or (before.fold in ("and", "or", "و", "او") and at > 1 and _is_year(tokens, at - 2))
    if _HIJRI_FIRST <= year <= _HIJRI_LAST and tokens.folds(at + 1, 1) == ["ه"] and is_cued:
        return FoundTime(at, at + 2, tokens.cut(at, at + 2), "stated", hijri=str(year))
    if not _is_year(tokens, at) or units.at(tokens, at + 1):
        return None
    after = tokens.all[at + 1 : at + 2]
    is_many = (
        bool(after)
        and after[0].fold.endswith("s")
        and tokens.lang == "en"
        and after[0].fold not in ("was", "has", "is", "as")
    )
    is_noun = bool(after) and after[0].is_word and not is_many
    is_described = before.fold in _DESCRIBES and is_noun
    is_bracketed = before.fold in ("(", ",") and bool(after) and after[0].fold in (")", ",", ".")
    is_sure = is_cued and not (is_many and before.fold in ("from", "to", "between", "by", "until", "before", "after"))
    if not (is_sure or is_described or is_bracketed):
        return None
    return FoundTime(at, at + 1, tokens.all[at].text, "stated", str(year))


def _read_int(tokens: Tokens, at: int) -> int:
    if not 0 <= at < len(tokens.all):
        return 0
    word = tokens.all[at].fold
    return int(word) if word.isdigit() else 0
