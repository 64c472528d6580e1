"""Quantities in a sentence as the model holds them: figures and words, ranges, changes, shares, hedges, units, per."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from musnad.editing.figures import (
    STOPS,
    count_noun,
    find_part,
    is_age,
    is_arabic_noun,
    is_no_amount,
    is_one_thing,
    is_titled,
    may_begin,
    read_figure,
    read_joined,
    read_out_of,
    read_part,
)
from musnad.editing.tokens import CueIndex, Found, Tokens, forms, word_set
from musnad.editing.units import SIGNS, UnitIndex
from musnad.records.vocabulary import Vocabulary

UNKNOWN = "…"
_BEFORE = ("$", "us$", "€", "£", "₺", "₪")
_DASHES = ("-", "–", "—")
_BETWEEN = {"en": frozenset(["between"]), "ar": frozenset(["بين"])}
_FROM = {"en": frozenset(["from"]), "ar": frozenset(["من"])}
_BY = {"en": frozenset(["by"]), "ar": frozenset(["بنسبه", "بمقدار", "بواقع", "بنحو", "بحوالي", "بقيمه"])}
_PER = {"en": frozenset(["per", "a", "an", "each", "every", "the", "for"]), "ar": frozenset(["لكل", "كل", "في"])}
_EACH = {
    "daily": "day", "weekly": "week", "monthly": "month", "annually": "year", "yearly": "year",
    "يوميا": "day", "اسبوعيا": "week", "شهريا": "month", "سنويا": "year",
}  # fmt: skip
_FALLS = "a change, down"
_DEAD = word_set("killed dead died deaths killing مقتل قتل قتلي قتيل قتيلا قتلت مصرع استشهاد استشهد شهيد شهيدا شهداء")
_HURT = word_set("injured wounded injuring wounding hurt اصابه اصيب اصيبت جرح جريح جريحا جرحي مصاب مصابا مصابين مصابون")
_PRICE = word_set(
    "price prices cost costs sold selling priced سعر سعره سعرها اسعار الاسعار السعر ثمن يباع تباع بيع بسعر"
)
_BY_DIMENSION = {"time": "duration", "share": "share", "mass": "quantity", "volume": "quantity", "count": "count",
                 "area": "area", "length": "distance", "power": "power", "money": UNKNOWN}  # fmt: skip
_NEEDS_UNIT = ("several", "some", "many", "most", "few", "majority")
_NEAR = 6


@dataclass(frozen=True)
class FoundQuantity:
    """A quantity as the sentence has it."""

    start: int
    """Index of its first token."""
    end: int
    text: str
    fields: Mapping[str, Any]
    """Its fields as a record would write them; what is not known is ``…``."""
    part: Literal["", "of_whom", "of_which"] = ""
    """Whether it is told as part of the count before it, of people or of things: 300 of whom, «بينهم 5 أطفال»."""


@dataclass(frozen=True)
class _Figure:
    start: int
    end: int
    value: Decimal
    unit: str = ""
    comparator: str = ""
    unit_at: int = 0


class QuantityReader:
    """Reads the quantities of sentences by the terms of a record."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.units = UnitIndex(vocabulary)
        self.hedges = CueIndex(vocabulary.cues.items(), "hedge")
        self.numbers = CueIndex(vocabulary.cues.items(), "number")

    def find(self, tokens: Tokens, taken: Collection[int]) -> Iterator[FoundQuantity]:
        """Yield the quantities of a sentence but for tokens that are taken already, as those of dates are."""
        cues = [*self.numbers.find(tokens.all)]
        hedges: defaultdict[int, list[Found]] = defaultdict(list)
        for hedge in self.hedges.find(tokens.all):
            if hedge.means.startswith("comparator "):
                hedges[hedge.end].append(hedge)
        vague = {cue.start: cue for cue in cues if cue.means.startswith("vague ")}
        changes = [cue for cue in cues if cue.means in ("a change", _FALLS)]
        at = 0
        while at < len(tokens.all):
            if at in taken:
                at += 1
                continue
            found = self._read_fraction(tokens, at, hedges) or self._read_figures(tokens, at, hedges, changes, taken)
            if found is None and at in vague and tokens.folds(at - 1, 1) != ["as"]:
                found = self._read_vague(tokens, vague[at], hedges)
                name = vague[at].means.removeprefix("vague ")
                unit = found.fields.get("unit")
                is_open = unit is None or (unit == UNKNOWN and name not in ("several", "few"))
                found = None if is_open and name in _NEEDS_UNIT else found
            if found:
                yield found
            at = found.end if found else at + 1

    def _read_figure(self, tokens: Tokens, at: int, hedges: Mapping[int, list[Found]]) -> _Figure | None:
        start = at
        sign = ""
        if at + 1 < len(tokens.all) and tokens.all[at + 1].is_number:
            if tokens.all[at].fold in _BEFORE:
                sign, at = SIGNS[tokens.all[at].fold], at + 1
            elif self.units.is_code(tokens.all[at].text):
                sign, at = tokens.all[at].fold, at + 1
        if not sign and not may_begin(tokens, at):
            return None
        read = read_figure(tokens, at)
        if read is None:
            return self._read_dual(tokens, at, hedges)
        value, length = read
        end = at + length
        if size := read_joined(tokens, end, has_sign=bool(sign)):
            value, end = value * size, end + 1
        if is_no_amount(tokens, end):
            return None
        unit = (sign, end) if sign else self._read_unit(tokens, end) or self._read_before(tokens, at, end)
        if not unit and at and is_titled(tokens, at):
            return None
        # "One" counts only with what it counts.
        is_one = value == 1 and tokens.all[at].is_word
        if is_one and tokens.all[at].fold.startswith("ال"):
            return None
        if is_one and (not unit or tokens.folds(end, 1) == ["of"] or not is_one_thing(tokens, at, end)):
            return None
        stop = unit[1] if unit else end
        if unit and (after := self._read_half(tokens, stop)):
            value, stop = value + Decimal("0.5"), after
        return _Figure(start, stop, value, unit[0] if unit else "", self._read_hedge(tokens, start, stop, hedges), end)

    def _read_dual(self, tokens: Tokens, at: int, hedges: Mapping[int, list[Found]]) -> _Figure | None:
        """Read «دولارين»; and «دولار واحد»; and "twice as"."""
        word = tokens.all[at].fold
        if word == "twice" and {*tokens.folds(at + 1, 1)} & _MULTIPLIED:
            return _Figure(at, at + 1, Decimal(2), "times", self._read_hedge(tokens, at, at + 1, hedges), at)
        if tokens.lang != "ar" or not tokens.all[at].is_word:
            return None
        two = self.numbers.at(tokens.all, at)
        if two and two.means == "two" and not word.startswith(("ال", "وال", "بال", "لل")):
            name, end = self._read_unit(tokens, two.end) or (_COUNTED, two.end)
            return _Figure(at, end, Decimal(2), name, self._read_hedge(tokens, at, end, hedges), at)
        for form in forms(word):
            if not word.startswith(("ال", "وال", "بال", "لل")) and (single := self.units.single(form)):
                return _Figure(at, at + 1, Decimal(2), single, self._read_hedge(tokens, at, at + 1, hedges), at)
        if forms(word) & {"ضعفي", "ضعفا"}:
            return _Figure(at, at + 1, Decimal(2), "times", self._read_hedge(tokens, at, at + 1, hedges), at)
        if word.endswith(("تين", "تان")) and len(word) > 4 and word not in _NO_DUAL and is_arabic_noun(tokens, at):
            return _Figure(at, at + 1, Decimal(2), _COUNTED, self._read_hedge(tokens, at, at + 1, hedges), at)
        unit = self.units.at(tokens, at)
        is_one = tokens.folds(at + 1, 1) in (["واحد"], ["واحده"])
        if not unit and is_one and is_arabic_noun(tokens, at) and word not in ("مره", "جهه", "دفعه", "لحظه"):
            return _Figure(at, at + 2, Decimal(1), _COUNTED, self._read_hedge(tokens, at, at + 2, hedges), at)
        if not unit:
            return None
        if (after := self._read_half(tokens, unit[1])) and not word.startswith("ال"):
            return _Figure(at, after, Decimal("1.5"), unit[0], self._read_hedge(tokens, at, after, hedges), at)
        if tokens.folds(unit[1], 1) in (["واحد"], ["واحده"]) and not word.startswith(("ال", "لل", "لكل")):
            end = unit[1] + 1
            return _Figure(at, end, Decimal(1), unit[0], self._read_hedge(tokens, at, end, hedges), at)
        return None

    def _read_half(self, tokens: Tokens, at: int) -> int:
        """Return where «ونصف» and «ونصف العام» end behind a unit, or nothing."""
        if tokens.lang != "ar" or tokens.folds(at, 1) != ["ونصف"]:
            return 0
        unit = self.units.at(tokens, at + 1)
        if unit is None and tokens.all[at + 1 : at + 2] and tokens.all[at + 1].fold.startswith("ال"):
            # Half of something else.
            return 0
        return unit[1] if unit else at + 1

    def _read_unit(self, tokens: Tokens, end: int) -> tuple[str, int] | None:
        """Read the unit after a number, in English also behind adjectives or a hyphen; a noun that is none is ``…``."""
        if found := self.units.at(tokens, end):
            return found
        skipped = tokens.folds(end, 1)
        if skipped in (["-"], ["من"]):
            return self.units.at(tokens, end + 1)
        if tokens.lang == "ar":
            return (_COUNTED, end + 1) if is_arabic_noun(tokens, end) else None
        for n in (1, 2):
            between = tokens.all[end : end + n]
            if len(between) == n and all(t.is_word and t.fold not in STOPS for t in between):
                found = self.units.at(tokens, end + n)
                if found and self.units.measures(found[0]) in ("count", "mass", "volume"):
                    return found
        length = count_noun(tokens, end)
        return (_COUNTED, end + length) if length else None

    def _read_before(self, tokens: Tokens, at: int, end: int) -> tuple[str, int] | None:
        """Read «أطفالها الخمسة»: what is counted stands before a number that has the article."""
        word = tokens.all[at].fold
        if tokens.lang != "ar" or not at or not word.startswith("ال") or not tokens.all[at - 1].is_word:
            return None
        for ending in ("", "هما", "هم", "ها", "نا", "ه", "ي"):
            noun = tokens.all[at - 1]
            if noun.fold.endswith(ending):
                bare = noun._replace(fold=noun.fold.removesuffix(ending))
                if found := self.units.at(Tokens(tokens.text, "ar", (bare,)), 0):
                    return found[0], end
        return _COUNTED, end

    def _read_hedge(self, tokens: Tokens, start: int, end: int, hedges: Mapping[int, list[Found]]) -> str:
        before = (
            [start, start - 1]
            if start and tokens.all[start - 1].fold in ("من", "ان", "ب", "عن", "علي", "the", "a")
            else [start]
        )
        if tokens.lang == "ar" and start and tokens.all[start - 1].fold in ("عن", "علي"):
            words = tokens.folds(max(0, start - 7), min(7, start))
            verb = next((n for n, word in enumerate(words) if forms(word) & (_MORE | _LESS)), None)
            if verb and forms(words[verb - 1]) & _NOT:
                return "not-more-than" if forms(words[verb]) & _MORE else "at-least"
        for at in before:
            if hedges.get(at):
                hedge = hedges[at][-1]
                told = hedge.means.removeprefix("comparator ")
                is_denied = bool({*tokens.folds(max(0, hedge.start - 2), min(2, hedge.start))} & _NOT)
                return "not-more-than" if told == "more-than" and is_denied else told
        for n in range(end, min(end + 2, len(tokens.all))):
            found = self.hedges.at(tokens.all, n)
            is_after = found and any(word in _AFTER for word in tokens.folds(n, found.end - n))
            if found and is_after and not self._goes_with_next(tokens, found.end):
                return found.means.removeprefix("comparator ")
        return ""

    def _goes_with_next(self, tokens: Tokens, end: int) -> bool:
        """Whether a hedge belongs to what is behind it: three people and at least nine others."""
        ahead = tokens.folds(end, 1)
        return bool(ahead) and (
            tokens.all[end].is_number
            or ahead[0] in ("half", "a", "one", "$", "€", "£")
            or read_figure(tokens, end) is not None
        )

    def _read_figures(
        self,
        tokens: Tokens,
        at: int,
        hedges: Mapping[int, list[Found]],
        changes: list[Found],
        taken: Collection[int],
    ) -> FoundQuantity | None:
        first = self._read_figure(tokens, at, hedges)
        if first is None or {*range(first.start, first.unit_at or first.end)} & {*taken}:
            return None
        before = [token.fold for token in tokens.all[max(0, first.start - _NEAR) : first.start]]
        change = next((cue for cue in reversed(changes) if cue.start < first.start), None)
        if change and any(token.fold in (".", ";", "؛") for token in tokens.all[change.start : first.start]):
            change = None
        second = self._read_second(tokens, first, hedges, before, is_change=change is not None, taken=taken)
        if second is None and _ends_in_date(tokens, first, taken):
            return None
        last = second or first
        units = (first.unit, second.unit if second else "")
        unit = next((unit for unit in units if unit not in ("", _COUNTED, UNKNOWN)), units[0] or units[1])
        fields: dict[str, Any] = {}
        hedge = {"comparator": first.comparator} if first.comparator else {}
        if second is not None:
            is_step = change is not None and any(word in _FROM[tokens.lang] for word in _near(before))
            ends = {"from": _tell(first.value), "to": _tell(second.value)}
            fields = {"change": ends} if is_step else {"range": ends}
            if first.comparator or second.comparator:
                fields["comparator"] = first.comparator or second.comparator
        elif by := self._read_change(tokens, first, change, changes):
            fields = {"change": {"by": _tell(by)}, **hedge}
        elif change and not first.comparator and any(word in ("to", "الي") for word in before[-1:]):
            fields = {"change": {"to": _tell(first.value)}, **hedge}
        else:
            fields = {"value": _tell(first.value), **hedge}
        per, end = self._read_per(tokens, last.end, unit)
        if second and per is None:
            # From 310 mm a year to 190.
            per = self._read_per(tokens, first.end, unit)[0]
        return self._make(tokens, (first.start, end), fields, unit, per)

    def _read_change(
        self, tokens: Tokens, figure: _Figure, change: Found | None, changes: list[Found]
    ) -> Decimal | None:
        """Return by how much something rose or fell: by 5, rose 5 per cent, a 5 per cent rise."""
        before = tokens.folds(max(0, figure.start - 3), min(3, figure.start))
        behind = next((cue for cue in changes if figure.end <= cue.start < figure.end + 2), None)
        is_share = figure.unit in ("percent", "percentage-point")
        most = 5 if figure.comparator else 2
        is_near = change is not None and is_share and figure.start - change.end < most and not {*before} & {"to", "الي"}
        if change and (is_near or any(word in _BY[tokens.lang] for word in before)):
            found = change
        elif behind and is_share and tokens.lang == "en":
            found = behind
        else:
            return None
        return -figure.value if found.means == _FALLS else figure.value

    def _read_second(
        self,
        tokens: Tokens,
        first: _Figure,
        hedges: Mapping[int, list[Found]],
        before: list[str],
        *,
        is_change: bool,
        taken: Collection[int],
    ) -> _Figure | None:
        """Read the other end of a range or a change; between them may stand a noun and a date."""
        lang, end = tokens.lang, first.end
        words = tokens.folds(end, 8)
        if not words:
            return None
        near = _near(before)
        is_between = any(forms(word) & _BETWEEN[lang] for word in near)
        is_from = any(word in _FROM[lang] for word in near)
        found = None
        if words[0] in _DASHES and tokens.all[end].start == tokens.all[end - 1].end and not first.unit:
            found = self._read_at(tokens, end + 1, hedges, first, most=1)
            return found if found and found.value > first.value else None
        if is_from and is_change:
            to = next((n for n, word in enumerate(words) if word in ("to", "الي")), None)
            skipped = range(end, end + to) if to else ()
            if to and all(n in taken or tokens.all[n].is_word for n in skipped):
                found = self._read_at(tokens, end + to + 1, hedges, first)
                return found if found and found.start not in taken else None
        if words[0] in ("or", "او") and not first.unit:
            found = self._read_at(tokens, end + 1, hedges, first, most=1)
            return found if found and first.value < found.value <= 10 * first.value else None
        links = ("and",) if lang == "en" and is_between else ("to",) if lang == "en" else ("الي", "و", "حتي")
        most = 3 if is_between or is_from else 1
        if words[0] == "وبين":
            found = self._read_at(tokens, end + 1, hedges, first) if is_between else None
        elif words[0] in links and (is_between or is_from or words[0] in ("to", "الي")):
            found = self._read_at(tokens, end + 1, hedges, first, most=most)
        elif lang == "ar" and is_between and words[0].startswith("و"):
            found = self._read_at(tokens, end, hedges, first)
        if found is None or {*range(found.start, found.end)} & {*taken}:
            return None
        if most == 1 and first.unit and found.unit != first.unit:
            # Two kilometres to Gate 4.
            return None
        return found

    def _read_at(
        self, tokens: Tokens, at: int, hedges: Mapping[int, list[Found]], first: _Figure, most: int = 3
    ) -> _Figure | None:
        for skipped in range(most):
            if at + skipped >= len(tokens.all):
                return None
            found = self._read_figure(tokens, at + skipped, hedges)
            if found is not None:
                units = {first.unit, found.unit} - {"", _COUNTED, UNKNOWN}
                return found if len(units) < 2 else None
            if not tokens.all[at + skipped].is_word or tokens.all[at + skipped].fold in STOPS - {"about"}:
                return None
        return None

    def _read_fraction(self, tokens: Tokens, at: int, hedges: Mapping[int, list[Found]]) -> FoundQuantity | None:
        if not may_begin(tokens, at):
            return None
        found = read_out_of(tokens, at) or read_part(tokens, at)
        if found is None:
            return None
        over, under, end = found
        fields = {"fraction": f"{over}/{under}"}
        if hedge := self._read_hedge(tokens, at, end, hedges):
            fields["comparator"] = hedge
        return FoundQuantity(at, end, tokens.cut(at, end), {"measures": "share", **fields})

    def _read_vague(self, tokens: Tokens, cue: Found, hedges: Mapping[int, list[Found]]) -> FoundQuantity:
        end = cue.end
        unit = self._read_unit(tokens, end + 1 if tokens.folds(end, 1) == ["of"] else end)
        name, stop = unit or ("", end)
        fields: dict[str, Any] = {"vague": cue.means.removeprefix("vague ")}
        if hedge := self._read_hedge(tokens, cue.start, stop, hedges):
            fields["comparator"] = hedge
        return self._make(tokens, (cue.start, stop), fields, name, None)

    def _read_per(self, tokens: Tokens, end: int, unit: str) -> tuple[dict[str, str] | None, int]:
        words = tokens.folds(end, 4)
        if not words:
            return None, end
        if words[0] in ("of", "من") and len(words) > 2:
            # Twenty litres of water a day.
            skip = 3 if words[2] in ("water", "الشرب") and len(words) > 3 else 2
            per, stop = self._read_per(tokens, end + skip, unit) if words[skip] in _PER_AFTER else (None, end)
            return (per, stop) if per else (None, end)
        if words[0] in _EACH:
            return {"unit": _EACH[words[0]]}, end + 1
        is_money = unit == UNKNOWN or self.units.measures(unit) == "money"
        at = end
        if words[:2] in (["for", "each"], ["for", "every"]):
            at, words = end + 1, words[1:]
        if words[0] == "/" or words[0] in _PER[tokens.lang]:
            found = self.units.at(tokens, at + 1)
            fits = found and (self.units.measures(found[0]) == "time" or is_money or words[0] in ("per", "/"))
            if found and words[0] in ("في", "the", "for", "كل") and not (is_money and words[0] not in ("في",)):
                # In the month; in Arabic a rate has the article: في اليوم.
                fits = words[0] in ("في", "كل") and tokens.all[at + 1].fold in _IN_TIME
            if found and fits:
                return {"unit": found[0]}, found[1]
        if tokens.lang == "ar" and words[0].startswith("لل") and is_money:
            found = self.units.at(tokens, end)
            if found:
                stop = found[1] + (tokens.folds(found[1], 1) in (["الواحد"], ["الواحده"]))
                return {"unit": found[0]}, stop
        return None, end

    def _make(
        self,
        tokens: Tokens,
        place: tuple[int, int],
        fields: Mapping[str, Any],
        unit: str,
        per: dict[str, str] | None,
    ) -> FoundQuantity:
        start, end = place
        is_counted = unit == _COUNTED
        if not unit and is_age(tokens, start, end):
            return FoundQuantity(start, end, tokens.cut(start, end), {"measures": "age", **fields, "unit": "year"})
        measures = self._guess_measure(tokens, start, end, "" if is_counted else unit, per)
        made = {"measures": measures, **fields}
        if unit:
            made["unit"] = UNKNOWN if is_counted else unit
        if per:
            made["per"] = per
        return FoundQuantity(start, end, tokens.cut(start, end), made, find_part(tokens, start, end))

    def _guess_measure(self, tokens: Tokens, start: int, end: int, unit: str, per: dict[str, str] | None) -> str:
        dimension = self.units.measures(unit)
        if unit == UNKNOWN or dimension == "money":
            around = {token.fold for token in tokens.all}
            return "price" if around & _PRICE or (per and self.units.measures(per["unit"]) != "time") else UNKNOWN
        if dimension in ("", "count"):
            near = [*reversed(tokens.all[max(0, start - _NEAR) : start]), *tokens.all[start : end + _NEAR]]
            for token in near:
                if forms(token.fold) & _DEAD:
                    return "killed"
                if forms(token.fold) & _HURT:
                    return "injured"
        return _BY_DIMENSION.get(dimension, UNKNOWN)


_COUNTED = "counted"
_NO_DUAL = word_set("بوتين مرتين مرتان لاتين كوفنتين فالنتين كورتين روتين بلاتين نيكوتين")
_MULTIPLIED = word_set("as the that its their what his her")
_MORE = word_set("يزيد تزيد يتجاوز تتجاوز يتعدي تتعدي زاد زادت تجاوز تجاوزت يربو")
_LESS = word_set("يقل تقل قل قلت")
_NOT = word_set("لا لم لن ليس not never تكن يكن")
_PER_AFTER = frozenset([*_EACH, "a", "per", "an", "each", "every", "لكل", "كل", "/"])
_AFTER = word_set("least most more less الاقل الاكثر تقريبا تقدير approximately")
_IN_TIME = word_set("اليوم الشهر الاسبوع السنه الساعه العام يوم شهر اسبوع سنه ساعه")


def _near(before: Sequence[str]) -> Sequence[str]:
    """Return the words right before a number, over "an average of"."""
    return before[-5:] if "average" in before[-3:] else before[-2:]


def _ends_in_date(tokens: Tokens, figure: _Figure, taken: Collection[int]) -> bool:
    """Whether a bare number is the first of two days: between 1 and 14 July."""
    after = tokens.folds(figure.end, 1)
    is_joined = after in (["and"], ["to"], ["-"], ["–"], ["و"], ["الي"])
    return not figure.unit and is_joined and figure.end + 1 in taken and tokens.all[figure.end + 1].is_number


def _tell(value: Decimal) -> str:
    return f"{value.normalize():f}"
