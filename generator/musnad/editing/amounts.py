"""Quantities in a sentence as the model holds them: figures and words, ranges, changes, shares, hedges, units, per."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from musnad.editing.tokens import CueIndex, Found, Tokens, forms, word_set
from musnad.editing.units import SIGNS, UnitIndex
from musnad.records.vocabulary import Vocabulary
from musnad.text.numbers import read_number

UNKNOWN = "…"
_BEFORE = ("$", "us$", "€", "£", "₺", "₪")
_DASHES = ("-", "–", "—")
_BETWEEN = {"en": frozenset(["between"]), "ar": frozenset(["بين"])}
_FROM = {"en": frozenset(["from"]), "ar": frozenset(["من"])}
_TO = {"en": frozenset(["to", "and"]), "ar": frozenset(["الي", "و", "حتي"])}
_BY = {"en": frozenset(["by"]), "ar": frozenset(["بنسبه", "بمقدار", "بواقع", "بنحو", "بحوالي", "بقيمه"])}
_PER = {"en": frozenset(["per", "a", "an", "each", "every", "the", "for"]), "ar": frozenset(["لكل", "كل", "في"])}
_EACH = {
    "daily": "day", "weekly": "week", "monthly": "month", "annually": "year", "yearly": "year",
    "يوميا": "day", "اسبوعيا": "week", "شهريا": "month", "سنويا": "year",
}  # fmt: skip
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
_FALLS = "a change, down"
_CLOCK = word_set("a p am pm o gmt")
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
        if not sign and not _may_begin(tokens, at):
            return None
        read = _readwords(tokens, at)
        if read is None:
            return self._read_dual(tokens, at, hedges)
        value, length = read
        end = at + length
        if size := _read_joined(tokens, end, has_sign=bool(sign)):
            value, end = value * size, end + 1
        if _is_no_amount(tokens, end):
            return None
        unit = (sign, end) if sign else self._read_unit(tokens, end) or self._read_before(tokens, at, end)
        if not unit and at and _is_titled(tokens, at):
            return None
        # "One" counts only with what it counts.
        is_one = value == 1 and tokens.all[at].is_word
        if is_one and tokens.all[at].fold.startswith("ال"):
            return None
        if is_one and (not unit or tokens.folds(end, 1) == ["of"] or not _is_one_thing(tokens, at, end)):
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
        if word.endswith(("تين", "تان")) and len(word) > 4 and word not in _NO_DUAL and _is_arabic_noun(tokens, at):
            return _Figure(at, at + 1, Decimal(2), _COUNTED, self._read_hedge(tokens, at, at + 1, hedges), at)
        unit = self.units.at(tokens, at)
        is_one = tokens.folds(at + 1, 1) in (["واحد"], ["واحده"])
        if not unit and is_one and _is_arabic_noun(tokens, at) and word not in ("مره", "جهه", "دفعه", "لحظه"):
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
            return (_COUNTED, end + 1) if _is_arabic_noun(tokens, end) else None
        for n in (1, 2):
            between = tokens.all[end : end + n]
            if len(between) == n and all(t.is_word and t.fold not in _STOPS for t in between):
                found = self.units.at(tokens, end + n)
                if found and self.units.measures(found[0]) in ("count", "mass", "volume"):
                    return found
        length = _count_noun(tokens, end)
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
            or _readwords(tokens, end) is not None
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
            if not tokens.all[at + skipped].is_word or tokens.all[at + skipped].fold in _STOPS - {"about"}:
                return None
        return None

    def _read_fraction(self, tokens: Tokens, at: int, hedges: Mapping[int, list[Found]]) -> FoundQuantity | None:
        if not _may_begin(tokens, at):
            return None
        found = _read_out_of(tokens, at) or _read_part(tokens, at)
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
        if not unit and _is_age(tokens, start, end):
            return FoundQuantity(start, end, tokens.cut(start, end), {"measures": "age", **fields, "unit": "year"})
        measures = self._guess_measure(tokens, start, end, "" if is_counted else unit, per)
        made = {"measures": measures, **fields}
        if unit:
            made["unit"] = UNKNOWN if is_counted else unit
        if per:
            made["per"] = per
        return FoundQuantity(start, end, tokens.cut(start, end), made, _find_part(tokens, start, end))

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
_TEENS = word_set("حادي ثاني ثالث رابع خامس سادس سابع ثامن تاسع")
_NO_DUAL = word_set("بوتين مرتين مرتان لاتين كوفنتين فالنتين كورتين روتين بلاتين نيكوتين")
_MULTIPLIED = word_set("as the that its their what his her")
_MORE = word_set("يزيد تزيد يتجاوز تتجاوز يتعدي تتعدي زاد زادت تجاوز تجاوزت يربو")
_LESS = word_set("يقل تقل قل قلت")
_NOT = word_set("لا لم لن ليس not never تكن يكن")
_PER_AFTER = frozenset([*_EACH, "a", "per", "an", "each", "every", "لكل", "كل", "/"])
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
_AFTER = word_set("least most more less الاقل الاكثر تقريبا تقدير approximately")
_STOPS = word_set(
    "of the and or to in on at from by with for was were is are had have that who which said since before after as "
    "than about"
)
_IN_TIME = word_set("اليوم الشهر الاسبوع السنه الساعه العام يوم شهر اسبوع سنه ساعه")
_HALF_HOUR = word_set("الليل ساعه النهايي نهايي قرن")


def _readwords(tokens: Tokens, at: int) -> tuple[Decimal, int] | None:
    """Return the number at a token and how many tokens it takes; in Arabic also behind «و»."""
    words = tokens.folds(at)
    is_joined = tokens.lang == "ar" and len(words[0]) > 1 and words[0] not in ("واحد", "واحده") and words[0][0] == "و"
    read = read_number([words[0][1:], *words[1:]], tokens.lang) if is_joined else None
    read = read or read_number(words, tokens.lang)
    if read is None and tokens.lang == "en" and words[0] == "a" and words[1:2] and words[1] in _A_POWERS:
        read = read_number(["one", *words[1:]], "en")
    return read


def _read_joined(tokens: Tokens, end: int, *, has_sign: bool) -> int:
    """Return what a letter written onto a number stands for: $5m, 300k."""
    if end >= len(tokens.all) or tokens.all[end].start != tokens.all[end - 1].end:
        return 0
    size = {"m": 10**6, "k": 1000, "b": 10**9}.get(tokens.all[end].fold, 0)
    return size if has_sign or tokens.all[end].fold == "k" else 0


def _is_no_amount(tokens: Tokens, end: int) -> bool:
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


def _is_titled(tokens: Tokens, at: int) -> bool:
    """Whether a number belongs to a name before it: Gate 4."""
    before = tokens.all[at - 1]
    return tokens.lang == "en" and at > 1 and before.is_word and before.text[0].isupper() and tokens.all[at].is_number


def _is_age(tokens: Tokens, start: int, end: int) -> bool:
    """Whether a number stands behind a name: Mina Torv, 34, lives there."""
    before, after = tokens.all[max(0, start - 2) : start], tokens.folds(end, 1)
    is_behind = len(before) > 1 and before[1].fold == "," and before[0].is_word and before[0].text[0].isupper()
    return is_behind and after in ([","], ["."]) and tokens.all[start].is_number and end - start == 1


def _near(before: Sequence[str]) -> Sequence[str]:
    """Return the words right before a number, over "an average of"."""
    return before[-5:] if "average" in before[-3:] else before[-2:]


def _find_part(tokens: Tokens, start: int, end: int) -> Literal["", "of_whom", "of_which"]:
    """Return which part of the count before it an amount is told as, if any."""
    near = [*tokens.folds(max(0, start - 2), min(2, start)), *tokens.folds(end, 2)]
    if {*near} & {"whom", "بينهم", "منهم"}:
        return "of_whom"
    return "of_which" if {*near} & {"which", "بينها", "منها"} else ""


def _is_one_thing(tokens: Tokens, at: int, end: int) -> bool:
    before = tokens.folds(at - 1, 1) if at else []
    return before not in (["no"], ["the"], ["any"], ["every"], ["this"], ["that"]) and not (
        {*tokens.folds(end, 1)} & _ONE_STOPS
    )


def _ends_in_date(tokens: Tokens, figure: _Figure, taken: Collection[int]) -> bool:
    """Whether a bare number is the first of two days: between 1 and 14 July."""
    after = tokens.folds(figure.end, 1)
    is_joined = after in (["and"], ["to"], ["-"], ["–"], ["و"], ["الي"])
    return not figure.unit and is_joined and figure.end + 1 in taken and tokens.all[figure.end + 1].is_number


def _count_noun(tokens: Tokens, at: int) -> int:
    """Return how many words an English noun takes that is counted: olive trees."""
    for length in (1, 2, 3):
        words = tokens.all[at : at + length]
        if len(words) < length or not words[-1].is_word or words[-1].fold in _STOPS | _NO_NOUN:
            break
        if words[-1].fold in _NOUNS or (
            words[-1].fold.endswith("s") and not words[-1].fold.endswith(("ss", "ous", "us"))
        ):
            return length
    first = tokens.all[at] if at < len(tokens.all) else None
    is_noun = first and first.is_word and first.fold not in _STOPS | _NO_NOUN and first.text[0].islower()
    return int(bool(is_noun and first and not first.fold.endswith(("ed", "ly", "ing"))))


def _is_arabic_noun(tokens: Tokens, at: int) -> bool:
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


def _read_out_of(tokens: Tokens, at: int) -> tuple[int, int, int] | None:
    """Read "one in five", «أربعة من كل عشرة»; return both numbers and where they end."""
    first = _readwords(tokens, at)
    if first is None or first[0] != int(first[0]):
        return None
    end = at + first[1]
    if tokens.folds(end + 1, 1) == ["in"] and tokens.all[end].is_word and tokens.all[at].is_word:
        # One worker in three.
        end += 1
    for links in _OUT_OF:
        if tokens.folds(end, len(links)) == [*links] and end + len(links) < len(tokens.all):
            second = _readwords(tokens, end + len(links))
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


def _read_part(tokens: Tokens, at: int) -> tuple[int, int, int] | None:
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


def _may_begin(tokens: Tokens, at: int) -> bool:
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


def _tell(value: Decimal) -> str:
    return f"{value.normalize():f}"
