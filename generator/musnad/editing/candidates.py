"""Names in a sentence that the record may not know yet: capitalised runs in English, words after cues in Arabic."""

import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import NamedTuple

from babel import Locale

from musnad.editing.tokens import CueIndex, Found, Tokens, forms, word_set
from musnad.text.fold import fold, fold_words
from musnad.text.weekdays import find_weekdays

_LINKS = word_set("of al el ul bin ibn de abu the for and")
_NO_NAME = word_set(
    "tv bc ad am pm gmt ceo gdp maj brig col lt capt sgt prof u.s u i a an the mr mrs ms dr gen no us$ monday january"
)
_STOPS = word_set(
    "في من الي عن علي ان انه انها التي الذي الذين بعد قبل منذ خلال كما وفق بحسب حسب هذا هذه ذلك تلك حيث مع او ثم لم "
    "لن لا ما قد كان كانت عند بين حتي امس اليوم وقال قال قالت واضاف عبر قرب نحو حوالي مساء صباح ليل فجر يوم شمال "
    "جنوب شرق غرب شمالي جنوبي شرقي غربي وسط داخل خارج ضد اثر جراء بسبب دون غير سوي ضمن حول لدي تحت فوق امام خلف "
    "اثناء عقب بان بانه بانها وان لان كل اي بعض احد عام سنه شهر اعتبارا باتجاه ريف بريف سابق سابقا حاليا التواصل "
    "قوله قولها تعليقا ردا باسم مرورا وصولا انطلاقا مقابل بهدف بغيه بشان ايضا فقط هناك هنا علما فان"
)
# A place whose name goes on: عين الشيح, دير الزور, تل الهوى.
_BEGINS_PLACE = word_set(
    "عين دير تل خان كفر بيت ام ابو راس وادي جسر بني بير جبل باب حي برج سد قلعه دار بو ابن سيدي قصر نبع خربه شيخ مرج "
    "خشم جزيره شط بحر سوق قناه تله نهر عيون الشيخ ذات ذي مدينه بلده قريه ميناء كوم سهل"
)
_PLACE, _PERSON, _FACILITY = "place", "person", "facility"
_MOST = 6
_DAYS = ("New Year", "Christmas", "Easter", "Ramadan", "Eid")
_QUOTES = ("«", "“", '"')
_SHORT = ("st", "mt", "ft", "pt")


class Candidate(NamedTuple):
    """Words that look like a name."""

    start: int
    end: int
    text: str
    cue: str = ""
    """What it was recognised by: a kind of entity, or nothing."""
    name: str = ""
    """The name alone, without the noun before it: الحويز of قرية الحويز."""


def find_candidates(tokens: Tokens, cues: CueIndex, taken: Collection[int]) -> Iterator[Candidate]:
    """Yield the names of a sentence but for tokens that are known already."""
    yield from (_find_arabic if tokens.lang == "ar" else _find_english)(tokens, cues, taken)


def find_again(
    tokens: Tokens, names: Collection[str], found: Collection[Candidate], taken: Collection[int]
) -> Iterator[Candidate]:
    """Yield names that another sentence gave, where they stand alone: «من الحويز», or first in a sentence."""
    covered = {*taken, *(at for one in found for at in range(one.start, one.end))}
    words = {tuple(token.fold for token in Tokens.read(name).all) for name in names}
    for at, token in enumerate(tokens.all):
        for name in words:
            end = at + len(name)
            is_there = bool(name) and tokens.folds(at + 1, len(name) - 1) == [*name[1:]] and (
                name[0] in forms(token.fold)
                if tokens.lang == "ar"
                else name[0] == fold(re.sub("['’]s$", "", token.text)) and token.text[0].isupper()
            )  # fmt: skip
            if is_there and not covered & {*range(at, end)}:
                covered |= {*range(at, end)}
                yield Candidate(at, end, tokens.cut(at, end))


def _find_arabic(tokens: Tokens, cues: CueIndex, taken: Collection[int]) -> Iterator[Candidate]:
    last = 0
    yield from _find_countries(tokens, taken)
    found = [*cues.find(tokens.all)]
    nouns = {cue.start for cue in found}
    taken = {*taken, *(cue.start for cue in found if cue.means.endswith(_PERSON))}
    for cue in found:
        kind = cue.means.removeprefix("a name, ")
        if cue.start < last or (cue.start in taken and kind != _PERSON):
            continue
        end = cue.end if kind == "itself" else _end_arabic(tokens, cue, kind, taken)
        # «إدارة النادي» names nobody.
        is_general = (
            kind in ("authority", _FACILITY, _PERSON)
            and end == cue.end + 1
            and cue.end in nouns
            and tokens.all[cue.end].fold.startswith("ال")
        )
        if (end > cue.end and not is_general) or kind == "itself":
            last = end
            yield Candidate(cue.start, end, tokens.cut(cue.start, end), kind, tokens.cut(cue.end, end))


@cache
def _list_countries() -> frozenset[tuple[str, ...]]:
    """Return the folded Arabic names of countries, but for those that are other words too."""
    territories = Locale.parse("ar").territories.items()
    names = {tuple(fold_words(name)) for id_, name in territories if id_.isalpha()}
    return frozenset(names - {("مالي",), ("بنين",), ("عمان",), ("غير", "معروف")})


def _find_countries(tokens: Tokens, taken: Collection[int]) -> Iterator[Candidate]:
    countries = _list_countries()
    for at, token in enumerate(tokens.all):
        for length in (3, 2, 1):
            rest = tuple(tokens.folds(at + 1, length - 1))
            is_there = at not in taken and any((form, *rest) in countries for form in forms(token.fold))
            if is_there and len(token.fold) > 3:
                yield Candidate(at, at + length, tokens.cut(at, at + length), "place")
                break


def _end_arabic(tokens: Tokens, cue: Found, kind: str, taken: Collection[int]) -> int:
    """Return where the name ends that follows a noun such as قرية or وزارة."""
    end = cue.end
    if tokens.folds(end, 1) and tokens.all[end].fold in _QUOTES:
        close = next((n for n in range(end + 1, min(end + 8, len(tokens.all))) if tokens.all[n].fold in '»”"'), None)
        return close + 1 if close else end
    # «البلدة» is one that was named before; «المحكمة الجزائية» has a name.
    is_definite = tokens.all[cue.start].fold.removeprefix("و").startswith(("ال", "لل", "بال")) and kind != _PERSON
    if is_definite and kind in (_PLACE, _FACILITY) and tokens.all[cue.start].fold != "الجامعه":
        return end
    is_definite = is_definite and cue.end - cue.start == 1
    while end < len(tokens.all) and end - cue.end < _MOST and _goes_on(tokens, cue.end, end, kind, taken):
        if is_definite and end == cue.end and not _is_adjective(tokens.all[end].fold):
            break
        end += 1
    while end > cue.end and not tokens.all[end - 1].is_word:
        end -= 1
    return end


def _goes_on(tokens: Tokens, start: int, at: int, kind: str, taken: Collection[int]) -> bool:
    token, length = tokens.all[at], at - start
    if token.fold == ".":
        return length > 0 and len(tokens.all[at - 1].fold) == 1
    if not token.is_word or at in taken or _is_stop(token.fold) or token.fold.startswith(("وال", "فال")):
        return False
    if not length:
        return not token.fold.startswith(("بال", "لل"))
    before = tokens.all[at - 1]
    has_article = token.fold.startswith("ال")
    if kind == _PERSON:
        is_kunya = tokens.all[start - 1].fold.lstrip("و") in ("ابو", "ام")
        return length < (1 if is_kunya else 3) + (tokens.all[start + 1].fold == ".") and _is_name(token.fold)
    if kind == _PLACE:
        is_begun = before.fold in _BEGINS_PLACE or (has_article and not before.fold.startswith("ال"))
        return length < 2 and is_begun and token.fold[0] not in "وبلف"
    if has_article:
        return True
    if len(token.fold) > 3 and (token.fold.startswith("لل") or (token.fold[0] == "ل" and length)):
        # «مركز النقاء لعلاج الإدمان», «وكالة الساحل للأنباء»
        ahead = tokens.folds(at + 1, 1)
        return token.fold.startswith("لل") or (bool(ahead) and ahead[0].startswith("ال"))
    return False


def _is_adjective(word: str) -> bool:
    """Whether a word with the article looks like one that describes: «المحكمة الجزائية», not «الحركة الاتهامات»."""
    return word.startswith("ال") and (word.endswith(("ي", "يه")) or word in _ADJECTIVES)


_ADJECTIVES = word_set("العامه العام العليا الاعلي الحر الكبري المركزيه المتحده المشتركه المستقله الموقته")


def _is_stop(word: str) -> bool:
    """Whether a name ends before a word; «الفجر» goes on, «فجر» does not."""
    return word in _STOPS or (not word.startswith("ال") and bool(forms(word) & _STOPS))


def _is_name(word: str) -> bool:
    """Whether an Arabic word can be part of a person's name, and is not joined to what is before it."""
    return word in _W_NAMES or not word.startswith(("و", "لل", "لوكال", "لموقع", "لقنا", "لصحيف", "لاذاع", "لراديو"))


_W_NAMES = word_set("وليد وايل وسيم وجيه وداد وفاء وسام واثق وهيب ودود")


def _find_english(tokens: Tokens, cues: CueIndex, taken: Collection[int]) -> Iterator[Candidate]:
    known = {cue.start: cue for cue in cues.find(tokens.all)}
    at = 0
    while at < len(tokens.all):
        end = at
        while end < len(tokens.all) and _is_part(tokens, end, at) and end not in taken:
            end += 1
        while end > at and not tokens.all[end - 1].text[0].isupper():
            end -= 1
        start = at
        # A sentence begins with a capital, whatever word it is.
        if start == 0 or tokens.all[start - 1].fold in ('"', "“", "‘", ":"):
            is_run = end - start > 1 and tokens.all[start].fold not in _COMMON
            start = start if is_run else start + 1
            while start < end and not tokens.all[start].text[0].isupper():
                start += 1
        while (
            start < end and tokens.all[start].fold in _NO_NAME and (tokens.all[start].fold != "the" or end - start < 2)
        ):
            start += 1
        if (
            start < end
            and tokens.all[start].text[0].isupper()
            and tokens.cut(start, end) not in _DAYS
            and not find_weekdays(tokens.cut(start, end).removesuffix("s"))
        ):
            end = _end_number(tokens, end)
            cue = next((known[n].means.removeprefix("a name, ") for n in range(start, end) if n in known), "")
            text = re.sub("['’]s$", "", tokens.cut(start, end))
            yield Candidate(start, end, text, cue, text)
        at = max(end, at + 1)


def _end_number(tokens: Tokens, end: int) -> int:
    """Return where a name ends that goes on with a number: Ring Road No. 6, Gate 4."""
    ahead = tokens.all[end : end + 3]
    if tokens.all[end - 1].fold == "no" and len(ahead) > 1 and ahead[0].fold == "." and ahead[1].is_number:
        return end + 2
    is_number = bool(ahead) and ahead[0].is_number and len(ahead[0].text) < 4
    return (
        end + 1
        if is_number and (len(ahead) < 2 or not ahead[1].is_word or ahead[1].fold in _LINKS | {"in", "on"})
        else end
    )


def _is_part(tokens: Tokens, at: int, start: int) -> bool:
    token = tokens.all[at]
    if token.is_word and token.text[0].isupper():
        return True
    if at == start:
        return False
    after = tokens.all[at + 1] if at + 1 < len(tokens.all) else None
    if token.fold == ".":
        # St. Marin, M. J. Corvane
        is_short = tokens.all[at - 1].fold in _SHORT or len(tokens.all[at - 1].fold) == 1
        return is_short and after is not None and after.is_word and after.text[0].isupper()
    if token.text in "'’" and tokens.all[at - 1].fold.endswith("s") and after and after.is_word:
        return after.text[0].isupper()
    if token.text in "-'’&" and after is not None and after.is_word:
        return token.fold == "&" or (tokens.all[at - 1].end == token.start and after.start == token.end)
    if token.fold in ("and", "on"):
        # UN Office on Drugs and Crime
        is_long = {"of", "on", "for"} & {*tokens.folds(start, at - start)} or token.fold == "on"
        is_office = tokens.all[at - 1].fold in (
            "office",
            "commission",
            "committee",
            "council",
            "institute",
            "centre",
            "center",
        )
        return bool(is_long) and after is not None and after.is_word and after.text[0].isupper() and (
            is_office or token.fold == "and"
        )  # fmt: skip
    return token.fold in ("of", "al", "el", "bin", "ibn", "abu", "for") or (
        token.is_word and tokens.all[at - 1].fold == "-"
    )


_COMMON = word_set(
    "the a an in on at by for from after before as but and if when while since until it he she they there this "
    "these that those some most many more least about around nearly almost over under between several dozens "
    "hundreds thousands according one two three four five six seven eight nine ten both all no not our local his "
    "her their of to with during despite although though because however meanwhile earlier later last next citing "
    "asked without"
)
