"""Numbers and fractions where they stand in a sentence, and what tells that one is no amount or what it counts.

What they are amounts of is read in ``amounts.py``.
"""

from decimal import Decimal
from typing import Literal

from musnad.editing.tokens import Tokens, forms, word_set
from musnad.text.numbers import read_number

STOPS = word_set(
    "of the and or to in on at from by with for was were is are had have that who which said since before after as "
    "than about"
)
"""Words that no counted noun is, nor anything before it."""
# A number after these is a name: Resolution 2254, Brigade 47, the M4.
_NAMED = word_set(
    "no number article resolution brigade division route highway flight page paragraph chapter section law decree "
    "رقم القرار قرار الماده ماده اللواء لواء الفرقه فرقه الصفحه صفحه الفقره القانون قانون المرسوم مرسوم الفوج فوج "
    "الطريق طريق بند البند اللوحه لوحه الرقم هاتف الفصل فصل الملحق ملحق الساعه gate ring unit block channel line "
    "group"
)
_FRACTIONS = {
    "half": (1, 2), "third": (1, 3), "thirds": (1, 3), "quarter": (1, 4), "quarters": (1, 4), "fourth": (1, 4),
    "fifth": (1, 5), "fifths": (1, 5), "sixth": (1, 6), "seventh": (1, 7), "eighth": (1, 8), "tenth": (1, 10),
    "tenths": (1, 10), "نصف": (1, 2), "ثلث": (1, 3), "ربع": (1, 4), "خمس": (1, 5), "سدس": (1, 6), "ثمن": (1, 8),
    "ثلثا": (2, 3), "ثلثي": (2, 3), "ارباع": (1, 4), "اخماس": (1, 5), "اعشار": (1, 10),
}  # fmt: skip
_SEVERAL_PARTS = ("thirds", "quarters", "fifths", "tenths", "ارباع", "اخماس", "اعشار")
_OUT_OF = (("in",), ("out", "of"), ("of", "every"), ("in", "every"), ("من", "كل"), ("من", "اصل"), ("من", "بين", "كل"))
_OF_FRACTION = word_set("of the its their all")
_AFTER_FRACTION = word_set("was were is are has have had went came goes said . , )")
_CLOCK = word_set("a p am pm o gmt")
_TEENS = word_set("حادي ثاني ثالث رابع خامس سادس سابع ثامن تاسع")
_ONE_STOPS = word_set(
    "of another by more who that day thing side hand way time point could can can't is was has had will would said "
    "and or in on at to for with from example reason year month week morning night such must may"
)
_NO_NOUN = word_set(
    "more less other others per each he she it they we you i this these those his her its their now today yesterday "
    "later ago here there then also still only again would will could can may might should did do does been being "
    "be not than while because if so but when where until under over between into out up down off through during a "
    "an all both percent cent am pm times"
)
_NOUNS = word_set("people men women children sheep cattle fish feet police staff personnel mice geese")
_NO_ARABIC_NOUN = word_set(
    "في من الي علي عن مع ان انه انها التي الذي الذين بعد قبل منذ خلال كما هذا هذه ذلك تلك حيث او ثم لم لن لا ما قد "
    "كان كانت عند بين حتي امس اليوم منهم منها بينهم بينها اخرين اخري اخرون فقط يوميا شهريا سنويا اسبوعيا تقريبا لكل "
    "كل اي غير علما ضمن عبر نحو حوالي صباحا مساء فيما بينما ايضا هي هو هم تم جري مقابل مقارنه بسعر بقيمه سنه عام "
    "رغم دون سوي الا وهو وهي وهم اثر جراء بسبب اعتبارا تحت فوق امام"
)
_A_POWERS = ("hundred", "thousand", "million", "billion", "dozen")
_HALF_HOUR = word_set("الليل ساعه النهايي نهايي قرن")


def read_figure(tokens: Tokens, at: int) -> tuple[Decimal, int] | None:
    """Return the number at a token and how many tokens it takes; in Arabic also behind «و»."""
    words = tokens.folds(at)
    is_joined = tokens.lang == "ar" and len(words[0]) > 1 and words[0] not in ("واحد", "واحده") and words[0][0] == "و"
    read = read_number([words[0][1:], *words[1:]], tokens.lang) if is_joined else None
    read = read or read_number(words, tokens.lang)
    if read is None and tokens.lang == "en" and words[0] == "a" and words[1:2] and words[1] in _A_POWERS:
        read = read_number(["one", *words[1:]], "en")
    return read


def read_joined(tokens: Tokens, end: int, *, has_sign: bool) -> int:
    """Return what a letter written onto a number stands for: $5m, 300k."""
    if end >= len(tokens.all) or tokens.all[end].start != tokens.all[end - 1].end:
        return 0
    size = {"m": 10**6, "k": 1000, "b": 10**9}.get(tokens.all[end].fold, 0)
    return size if has_sign or tokens.all[end].fold == "k" else 0


def is_no_amount(tokens: Tokens, end: int) -> bool:
    """Whether a number is an ordinal, a decade or an hour: 19th, 1990s, 6 a.m., «8 صباحاً»."""
    after = tokens.all[end : end + 2]
    if not after or not tokens.all[end - 1].is_number:
        return False
    if after[0].start == tokens.all[end - 1].end and after[0].fold in ("st", "nd", "rd", "th", "s"):
        return True
    is_clock = (
        after[0].fold in _CLOCK and len(after) > 1 and (after[1].fold in (".", "’", "'") or len(after[0].fold) > 1)
    )
    return is_clock or after[0].fold in ("صباحا", "مساء", "ظهرا", "فجرا", "بتوقيت")


def is_titled(tokens: Tokens, at: int) -> bool:
    """Whether a number belongs to a name before it: Gate 4."""
    before = tokens.all[at - 1]
    return tokens.lang == "en" and at > 1 and before.is_word and before.text[0].isupper() and tokens.all[at].is_number


def is_age(tokens: Tokens, start: int, end: int) -> bool:
    """Whether a number stands behind a name: Mina Torv, 34, lives there."""
    before, after = tokens.all[max(0, start - 2) : start], tokens.folds(end, 1)
    is_behind = len(before) > 1 and before[1].fold == "," and before[0].is_word and before[0].text[0].isupper()
    return is_behind and after in ([","], ["."]) and tokens.all[start].is_number and end - start == 1


def find_part(tokens: Tokens, start: int, end: int) -> Literal["", "of_whom", "of_which"]:
    """Return which part of the count before it an amount is told as, if any."""
    near = [*tokens.folds(max(0, start - 2), min(2, start)), *tokens.folds(end, 2)]
    if {*near} & {"whom", "بينهم", "منهم"}:
        return "of_whom"
    return "of_which" if {*near} & {"which", "بينها", "منها"} else ""


def is_one_thing(tokens: Tokens, at: int, end: int) -> bool:
    """Whether "one" counts what follows: one resident, but not no one, the one, one of, one day."""
    before = tokens.folds(at - 1, 1) if at else []
    return before not in (["no"], ["the"], ["any"], ["every"], ["this"], ["that"]) and not (
        {*tokens.folds(end, 1)} & _ONE_STOPS
    )


def count_noun(tokens: Tokens, at: int) -> int:
    """Return how many words an English noun takes that is counted: olive trees."""
    for length in (1, 2, 3):
        words = tokens.all[at : at + length]
        if len(words) < length or not words[-1].is_word or words[-1].fold in STOPS | _NO_NOUN:
            break
        if words[-1].fold in _NOUNS or (
            words[-1].fold.endswith("s") and not words[-1].fold.endswith(("ss", "ous", "us"))
        ):
            return length
    first = tokens.all[at] if at < len(tokens.all) else None
    is_noun = first and first.is_word and first.fold not in STOPS | _NO_NOUN and first.text[0].islower()
    return int(bool(is_noun and first and not first.fold.endswith(("ed", "ly", "ing"))))


def is_arabic_noun(tokens: Tokens, at: int) -> bool:
    """Whether an Arabic word can be what is counted: it has no article, is no particle and is not joined by «و»."""
    if at >= len(tokens.all):
        return False
    word = tokens.all[at]
    if read_number([word.fold.removeprefix("و")], "ar") or word.fold.removeprefix("و") in _FRACTIONS:
        return False
    if not word.is_word or len(word.fold) <= len("من") or word.fold in _NO_ARABIC_NOUN:
        return False
    is_joined = word.fold[0] in "وفلب" and word.text[-1:] not in "اًةً"
    return not (is_joined or word.fold.startswith(("ال", "وال", "بال", "لل", "فال")))


def read_out_of(tokens: Tokens, at: int) -> tuple[int, int, int] | None:
    """Read "one in five", «أربعة من كل عشرة»; return both numbers and where they end."""
    first = read_figure(tokens, at)
    if first is None or first[0] != int(first[0]):
        return None
    end = at + first[1]
    if tokens.folds(end + 1, 1) == ["in"] and tokens.all[end].is_word and tokens.all[at].is_word:
        # One worker in three.
        end += 1
    for links in _OUT_OF:
        if tokens.folds(end, len(links)) == [*links] and end + len(links) < len(tokens.all):
            second = read_figure(tokens, end + len(links))
            # "10 in 2020" is none.
            if second and first[0] < second[0] <= (10 if links == ("in",) else 10**6) and second[0] == int(second[0]):
                return int(first[0]), int(second[0]), end + len(links) + second[1]
    return None


def _strip_owner(word: str) -> str:
    """Return the fraction of «ثلثها» or «نصفهم», or the word as it is."""
    owned = next((word.removesuffix(end) for end in ("ها", "هم", "هن") if word.endswith(end)), word)
    return next(
        (form for form in (owned, owned.lstrip("وبلكف")) if form in ("نصف", "ثلث", "ربع", "ثلثي", "ثلثا")), word
    )


def read_part(tokens: Tokens, at: int) -> tuple[int, int, int] | None:
    """Read "a third of", "two-thirds", «ثلاثة أرباع السكان»; return both numbers and where they end."""
    lang = tokens.lang
    words = tokens.folds(at, 6)
    count, taken = 1, 0
    small = read_number(words, lang)
    # Vowelled, خُمس is no number.
    is_vowelled = "\u064f" in tokens.all[at].text[:3]
    if small and small[0] < 10 and small[1] == 1 and words[1:2] and not is_vowelled:
        count, taken = int(small[0]), 2 if words[1] == "-" else 1
    elif lang == "en" and words[0] in ("a", "one"):
        taken = 2 if words[1:2] == ["-"] else 1
    if taken >= len(words):
        return None
    word = words[taken]
    bare = _strip_owner(word) if lang == "ar" and taken == 0 else word
    if bare != word and tokens.folds(at + 1, 1) != ["من"]:
        return (*_FRACTIONS[bare], at + 1)
    if (
        lang == "ar"
        and word.startswith("ال")
        and word[2:] in ("نصف", "ثلث", "ربع")
        and words[1:2] in (["."], ["،"], [])
    ):
        return (*_FRACTIONS[word[2:]], at + 1)
    bare = word if word in _FRACTIONS or (not taken and word[:1] not in "وبلك") else word[1:]
    bare = (
        bare
        if bare in _FRACTIONS
        else bare.removeprefix("ال")
        if tokens.folds(max(0, at - 1), 1) == ["بمقدار"]
        else bare
    )
    if bare not in _FRACTIONS or (count > 1) != (bare in _SEVERAL_PARTS):
        return None
    after = words[taken + 1 : taken + 2]
    if lang == "en":
        is_of = after and after[0] in _OF_FRACTION and (bare == "half" or after[0] == "of")
        is_sure = count > 1 or (bare in ("tenth", "third", "quarter", "fifth") and words[0] in ("a", "one"))
        is_by = at > 0 and tokens.all[at - 1].fold == "by"
        if not is_of and not is_by and not (is_sure and (not after or after[0] in _AFTER_FRACTION or count > 1)):
            return None
        if (
            tokens.folds(max(0, at - 1), 1) in (["first"], ["last"], ["second"], ["fourth"], ["the"])
            and bare == "quarter"
        ):
            return None
    elif (
        not after
        or not after[0][:1].isalpha()
        or after[0] in _HALF_HOUR
        or after[0].startswith("و")
        or (bare in ("خمس", "ثمن", "سدس") and not (is_vowelled or after[0].startswith("ال")))
    ):
        return None
    over, under = _FRACTIONS[bare]
    return over * count, under, at + taken + 1


def may_begin(tokens: Tokens, at: int) -> bool:
    """Whether a number may begin here: not inside a name such as SY24, M4, T-55 or after «رقم»."""
    token = tokens.all[at]
    if token.fold in ("احد", "احدي") and tokens.folds(at + 1, 1) not in (["عشر"], ["عشره"]):
        # «لا يعلم أحد»
        return False
    if not at:
        return True
    before = tokens.all[at - 1]
    if token.fold == "عشر" and before.fold.removeprefix("ال") in _TEENS:
        # «القرن الثاني عشر»
        return False
    if before.fold == "." and at > 1:
        before = tokens.all[at - 2]
    if token.is_number:
        is_joined = before.end == token.start
        if is_joined and before.is_word and before.fold not in ("و", "ب", "ل", "ال", "ف", "ك"):
            return False
        if is_joined and before.fold in ("-", ":", "/") and at > 1 and tokens.all[at - 2].end == before.start:
            return before.fold == "-" and tokens.all[at - 2].is_number
        after = tokens.all[at + 1 : at + 3]
        if len(after) > 1 and after[0].fold == ":" and after[0].start == token.end and after[1].is_number:
            return False
    return not (forms(before.fold) & _NAMED)
