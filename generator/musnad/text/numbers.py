"""Numbers in running text, in figures and in words, as far as two languages can be compared by them.

One and two are left out: Arabic has a dual, and both languages have articles and pronouns for them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from musnad.text.digits import to_latin_digits
from musnad.text.fold import fold
from musnad.text.languages import Lang

# Not part of a name such as SY24 or T-55, nor of a decade, 1990s; in Arabic after a particle or the article: و200.
_FIGURE = re.compile(
    r"(?:(?<![^\W_])|(?<=\b[وفبلك])|(?<=\bال)|(?<=\b[وب]ال))(?<![^\W\d_]-)\d+(?:[,٬\u00a0\u202f]\d{3}(?!\d))*(?:[.٫]\d+|,\d{1,2}(?!\d))?(?!\d|s\b)"
)
_GROUPING = re.compile(r"[,٬\u00a0\u202f](?=\d{3})")
_WORD = re.compile(r"[^\W_]+|[،؛;]")
_LEAST = 3
_LARGE = 1000


def _count(words: str, first: int = 1, step: int = 1) -> dict[str, int]:
    """Return words with their numbers; several for one number stand between bars."""
    found = enumerate(words.split())
    return {word: first + step * index for index, both in found for word in both.split("|")}


_EN = {
    **_count("one|first two"),
    **_count("three|third four|fourth five|fifth six|sixth seven|seventh eight|eighth nine|ninth ten|tenth", 3),
    **_count("eleven|eleventh twelve|twelfth thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 11),
    **_count("twenty|twentieth thirty|thirtieth forty fifty sixty seventy eighty ninety", 20, 10),
}
_AR = {
    **_count("واحد|واحده|واحدا|احد|احدي|حادي اثنان|اثنين|اثنتان|اثنتين|اثنا|اثني|اثنتا|اثنتي|ثاني|ثانيه"),
    **_count(
        "ثلاث|ثلاثه|ثلاثا|ثالث|ثالثه اربع|اربعه|اربعا|رابع|رابعه خمس|خمسه|خمسا|خامس|خامسه ست|سته|ستا|سادس|سادسه "
        "سبع|سبعه|سبعا|سابع|سابعه",
        3,
    ),
    **_count("ثمان|ثماني|ثمانيه|ثمانيا|ثامن|ثامنه تسع|تسعه|تسعا|تاسع|تاسعه عشر|عشره|عاشر|عاشره", 8),
    **_count(
        "عشرون|عشرين ثلاثون|ثلاثين اربعون|اربعين خمسون|خمسين ستون|ستين سبعون|سبعين ثمانون|ثمانين تسعون|تسعين", 20, 10
    ),
    **_count("ميتان|ميتين|مايتان|مايتين|ميتا|ميتي|مايتا|مايتي", 200),
    **_count("الفان|الفين|الفي", 2000),
    **_count("مليونان|مليونين|مليوني", 2 * 10**6),
    **_count("ملياران|مليارين|ملياري", 2 * 10**9),
    **{
        unit + hundred: 100 * value
        for unit, value in _count("ثلاث اربع خمس ست سبع ثمان|ثماني تسع", 3).items()
        for hundred in ("ميه", "مايه")
    },
}
_POWERS: dict[Lang, dict[str, int]] = {
    "en": {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12},
    "ar": {
        "ميه": 100,
        "مايه": 100,
        "الف": 10**3,
        "الفا": 10**3,
        "الاف": 10**3,
        "مليون": 10**6,
        "مليونا": 10**6,
        "ملايين": 10**6,
        "مليار": 10**9,
        "مليارا": 10**9,
        "مليارات": 10**9,
        "تريليون": 10**12,
        "تريليونا": 10**12,
        "تريليونات": 10**12,
        "دزينه": 12,
    },
}
# Also a dual, before what is counted.
_DUALS = {"الفا": 2 * 10**3, "مليونا": 2 * 10**6, "مليارا": 2 * 10**9}
# Numbers nobody counts: the same word for the same size in both languages.
_VAGUE: dict[Lang, dict[str, str]] = {
    "en": {
        "dozens": "tens",
        "tens": "tens",
        "hundreds": "hundreds",
        "thousands": "thousands",
        "millions": "millions",
        "billions": "billions",
    },
    "ar": {
        "عشرات": "tens",
        "ميات": "hundreds",
        "مايات": "hundreds",
        "الوف": "thousands",
        "الاف": "thousands",
        "ملايين": "millions",
        "مليارات": "billions",
    },
}
_PARTS: dict[Lang, frozenset[str]] = {
    "en": frozenset(
        [
            "half",
            "halves",
            "third",
            "thirds",
            "quarter",
            "quarters",
            "twice",
            "couple",
            "pair",
            "double",
            "decade",
            "century",
        ]
    ),
    "ar": frozenset(
        ["نصف", "ثلث", "ثلثا", "ثلثي", "ربع", "ضعف", "ضعفا", "ضعفي", "مرتين", "مرتان", "عقد", "قرن", "دزينه"]
    ),
}
_WORDS: dict[Lang, dict[str, int]] = {"en": _EN, "ar": _AR}
_ATTACHED = re.compile("^(?:[وف]?(?:ال|بال|كال|لل|[بلك])|[وف])(?=..)")
# «آلاف» alone is no number, «ثلاثة آلاف» is one.
_PLURALS = ("الاف", "ملايين", "مليارات", "تريليونات")
_COUNTED_SHARES = ("quarters", "ارباع")
# Of a size: half a million, a quarter of a million, مليون ونصف.
_SHARES = {
    **dict.fromkeys(("half", "نصف"), Decimal("0.5")),
    **dict.fromkeys(("quarter", "ربع"), Decimal("0.25")),
    "quarters": Decimal("0.25"),
    "ارباع": Decimal("0.25"),
}
# What may stand inside a number: half of a million, two and a half.
_LINKS = frozenset({"and", "a", "an", "of"})
# Written onto a figure.
_SHORT = {"mn": 10**6, "bn": 10**9, "tn": 10**12}
# A hundred that is counted by, not counted.
_PERCENT = re.compile(r"\b(?:في ال|بال)(?:ميه|مايه)\b")


@dataclass(frozen=True)
class Numbers:
    """The numbers of a text."""

    figures: frozenset[Decimal]
    """Those in digits."""
    words: frozenset[Decimal]
    """Those that words can be read as, put together and one by one."""
    vague: frozenset[str]
    """Sizes without a number: tens, hundreds, thousands, millions."""
    is_divided: bool
    """Whether there are words for parts and multiples, which digits can stand for."""

    @property
    def all(self) -> frozenset[Decimal]:
        """All numbers."""
        return self.figures | self.words


@lru_cache(maxsize=4096)
def read_numbers(text: str, lang: Lang) -> Numbers:
    """Return the numbers of a text."""
    latin = to_latin_digits(text)
    words = [_strip(word, lang) for word in _WORD.findall(_PERCENT.sub(" ", fold(latin)))]
    figures = {number for number in _read_figures(latin, lang) if number >= _LEAST}
    spelled = {Decimal(number) for number in _read_words(words, lang) if number >= _LEAST}
    counted = any(number >= 10**3 for number in spelled | figures)
    vague = {_VAGUE[lang][word] for word in words if word in _VAGUE[lang]}
    is_divided = any(word in _PARTS[lang] for word in words)
    return Numbers(frozenset(figures), frozenset(spelled), frozenset(() if counted else vague), is_divided)


@lru_cache(maxsize=65536)
def _strip(word: str, lang: Lang) -> str:
    """Return an Arabic word without what is attached, where that leaves one that is known here."""
    known = (_WORDS[lang], _POWERS[lang], _VAGUE[lang], _PARTS[lang])
    bare = _ATTACHED.sub("", word)
    is_bare = lang == "ar" and not any(word in words for words in known) and any(bare in words for words in known)
    return bare if is_bare else word


def _read_figures(text: str, lang: Lang) -> Iterator[Decimal]:
    for match in _FIGURE.finditer(text):
        number = Decimal(re.sub("[,٫]", ".", _GROUPING.sub("", match[0])))
        after = re.match(r"\s*([^\W\d_]+)", text[match.end() :])
        size = _strip(fold(after[1]), lang) if after else ""
        yield number * (_POWERS[lang].get(size) or _SHORT.get(size, 1))


def _read_words(words: list[str], lang: Lang) -> Iterator[Decimal]:
    """Yield the number of each run of number words, of its beginnings, and each of its words alone."""
    total = current = share = size = Decimal(0)
    for word in [*words, ""]:
        value, power = Decimal(_WORDS[lang].get(word, 0)), Decimal(_POWERS[lang].get(word, 0))
        if value >= 1000:
            # A dual: two thousand.
            total, size = total + value, value / 2
            yield from (value, total)
        elif value:
            yield value
            current += value
        elif word in _SHARES:
            # Three quarters, two and a half; alone, of the size before it or after it.
            is_counted = word in _COUNTED_SHARES and current > 0
            share = _SHARES[word] * (current if is_counted else 1)
            current = share if is_counted else current + share
        elif power and (current or word not in _PLURALS):
            yield Decimal(_DUALS.get(word, power))
            current, share = (current or 1) * power, Decimal(0)
            if power > 100:
                total, current, size = total + current, Decimal(0), power
                yield total
        elif word not in _LINKS:
            yield total + (share * size if size and share == current else current)
            total = current = share = size = Decimal(0)


_ORDINALS = frozenset(
    fold(word)
    for word in "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth twentieth thirtieth "  # noqa: SIM905
    "حادي ثاني ثانية ثالث ثالثة رابع رابعة خامس خامسة سادس سادسة سابع سابعة ثامن ثامنة تاسع تاسعة عاشر عاشرة".split()
)
_DIGITS = re.compile(r"\d[\d,٬]*(?:[.٫]\d+)?")


def read_number(words: Sequence[str], lang: Lang) -> tuple[Decimal, int] | None:
    """Return the number that folded words begin with and how many of them it takes: 3 | ملايين | و | 500 | الف.

    An ordinal is none, nor a power in the plural without a number before it.
    """
    total, end = Decimal(0), 0
    below = Decimal("Infinity")
    while (found := _read_segment(words[end:], lang, is_first=not end)) and max(found[:2]) < below:
        number, below, taken = found
        total, end = total + number, end + taken
        share, taken = _read_rest(words[end:], below)
        total, end = total + share * below, end + taken
    return (total, end) if end else None


def _read_rest(words: Sequence[str], power: Decimal) -> tuple[Decimal, int]:
    """Return the share behind a size, مليون ونصف المليون, and how many words it takes."""
    at = 1 if words[:1] == ["و"] else 0
    word = words[at] if at < len(words) else ""
    share = _SHARES.get(word.removeprefix("و")) if at or word.startswith("و") else None
    if share is None or power < _LARGE:
        return Decimal(0), 0
    of = words[at + 1].removeprefix("ال") if at + 1 < len(words) else ""
    if of and _POWERS["ar"].get(of) != power and words[at + 1].startswith("ال"):
        # A million, and half of the harvest.
        return Decimal(0), 0
    return share, at + 1 + (_POWERS["ar"].get(of) == power)


def _read_segment(words: Sequence[str], lang: Lang, *, is_first: bool) -> tuple[Decimal, Decimal, int] | None:
    """Return a number below a thousand with the power it is counted in, that power, and how many words it takes."""
    at = 0
    if not is_first and words and words[0] in ("و", "and"):
        at = 1
    first = words[at] if at < len(words) else ""
    is_joined = is_first or at == 1 or (lang == "ar" and first.startswith("و")) or lang == "en"
    if not is_joined:
        return None
    current, taken = _read_small(words[at:], lang, is_first=is_first)
    at += taken
    if taken and current >= _LARGE and _strip(words[at - 1], lang) in _AR:
        # A dual: two thousand.
        return current, current / 2, at
    word = words[at] if at < len(words) else ""
    if not taken and lang == "ar":
        word = _strip(word, lang)
    if not taken and word in ("half", "quarter", "نصف", "ربع"):
        return _read_share(words, at, lang)
    power = _POWERS[lang].get(word, 0) or (_SHORT.get(word, 0) if taken else 0)
    if power in (12, 100) and lang == "ar":
        power = 0
    if not taken and (not power or word in _PLURALS or (lang == "en" and not at)):
        return None
    if lang == "en" and words[at : at + 3] == ["and", "a", "half"]:
        # Two and a half million; two and a half hours.
        current, at = current + Decimal("0.5"), at + 3
        power = _POWERS[lang].get(words[at], 0) if at < len(words) else 0
    if not power:
        return current, Decimal(1), at
    number = (current if taken else Decimal(_DUALS.get(word, power) / power)) * power
    return number, Decimal(power), at + 1


def _read_share(words: Sequence[str], at: int, lang: Lang) -> tuple[Decimal, Decimal, int] | None:
    """Return half a million, نصف مليون."""
    share = _SHARES[_strip(words[at], lang)]
    after = at + 1
    while after < len(words) and words[after] in _LINKS and lang == "en":
        after += 1
    power = _POWERS[lang].get(words[after], 0) if after < len(words) else 0
    return (share * power, Decimal(power), after + 1) if power >= _LARGE else None


def _read_small(words: Sequence[str], lang: Lang, *, is_first: bool) -> tuple[Decimal, int]:
    """Return the number in figures, or the one below a thousand or a dual in words, and how many words it takes."""
    if words and _DIGITS.fullmatch(words[0]):
        return Decimal(re.sub("[,٬]", "", words[0]).replace("٫", ".")), 1
    total, at, below = 0, 0, 10**12
    while at < len(words):
        word, link = words[at], 0
        if at and word in ("-", "و", "and") and at + 1 < len(words):
            word, link = words[at + 1], 1
        bare = _strip(word, lang) if (is_first or at or word.startswith("و")) else word
        value = (
            0
            if bare in _ORDINALS or (at and bare != word and not word.startswith("و"))
            else _CARDINALS[lang].get(bare, 0)
        )
        is_joined = link or bare != word
        if lang == "en" and word == "hundred" and 0 < total < _TEN:
            total, below, at = total * 100, 100, at + 1
            continue
        if lang == "ar" and value and 0 < total < _TEN and value == _TEN and not is_joined:
            return Decimal(total + value), at + 1
        fits = value and (not at or value < below or (lang == "ar" and total < _TEN < value < 100 and is_joined))
        if not fits or (at and lang == "ar" and not is_joined) or (at and link and words[at] == "and" and below != 100):
            break
        total, at = total + value, at + 1 + link
        if value >= _LARGE:
            break
        below = 100 if value >= 100 else _TEN if value >= 20 else 0
        if lang == "ar" and value >= 20 and value < 100:
            below = 0
    return Decimal(total), at


_TEN = 10
_CARDINALS: dict[Lang, dict[str, int]] = {
    "en": {word: value for word, value in _EN.items() if word not in _ORDINALS and not word.endswith("ieth")},
    "ar": {**{word: value for word, value in _AR.items() if word not in _ORDINALS}, "ميه": 100, "مايه": 100},
}


def differ(ar: Numbers, en: Numbers) -> bool:
    """Whether two texts that say the same have different numbers, as far as they can be compared."""
    only_ar, only_en = ar.figures - en.all, en.figures - ar.all
    if only_ar and only_en:
        return True
    other = en if only_ar else ar
    if (only_ar or only_en) and not other.words:
        # Words for sizes, parts and multiples may stand for a figure.
        return not (other.vague or other.is_divided)
    if ar.all and en.all:
        # The larger a number, the less it is one of many words that happen to stand in both.
        largest = max(ar.all), max(en.all)
        is_other = min(largest) >= _LARGE and largest[0] not in en.all and largest[1] not in ar.all
        return is_other or ar.all.isdisjoint(en.all)
    return bool(ar.vague and en.vague) and ar.vague.isdisjoint(en.vague)
