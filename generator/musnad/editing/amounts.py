"""Quantities in a sentence as the model holds them: figures and words, ranges, changes, shares, hedges, units, per."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from musnad.editing.tokens import CueIndex, Found, Tokens, forms
from musnad.records.cldr import list_ids, make_unit
from musnad.records.vocabulary import Unit, Vocabulary
from musnad.text.fold import fold_words
from musnad.text.languages import LANGS, Lang
from musnad.text.numbers import read_number

UNKNOWN = "…"
_SIGNS = {"$": "usd", "us$": "usd", "€": "eur", "£": "gbp", "%": "percent", "٪": "percent"}
_BEFORE = ("$", "us$", "€", "£")
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
_NAMED = frozenset(
    "no number article resolution brigade division route highway flight page paragraph chapter section law decree "  # noqa: SIM905
    "رقم القرار قرار الماده ماده اللواء لواء الفرقه فرقه الصفحه صفحه الفقره القانون قانون المرسوم مرسوم الفوج فوج "
    "الطريق طريق بند البند".split()
)
_FRACTIONS = {
    "half": (1, 2), "third": (1, 3), "quarter": (1, 4), "thirds": (1, 3), "quarters": (1, 4), "fifth": (1, 5),
    "نصف": (1, 2), "ثلث": (1, 3), "ربع": (1, 4), "خمس": (1, 5), "ثلثا": (2, 3), "ثلثي": (2, 3), "ارباع": (1, 4),
}  # fmt: skip
_OF_FRACTION = frozenset("of the its their all".split())  # noqa: SIM905
_DEAD = frozenset(
    [
        "killed",
        "dead",
        "died",
        "deaths",
        "killing",
        "مقتل",
        "قتل",
        "قتلي",
        "قتيل",
        "قتيلا",
        "قتلت",
        "مصرع",
        "استشهاد",
        "استشهد",
        "شهيد",
        "شهيدا",
        "شهداء",
    ]
)
_HURT = frozenset(
    [
        "injured",
        "wounded",
        "injuring",
        "wounding",
        "hurt",
        "اصابه",
        "اصيب",
        "اصيبت",
        "جرح",
        "جريح",
        "جريحا",
        "جرحي",
        "مصاب",
        "مصابا",
        "مصابين",
        "مصابون",
    ]
)
_PRICE = frozenset(
    [
        "price",
        "prices",
        "cost",
        "costs",
        "sold",
        "selling",
        "priced",
        "سعر",
        "سعره",
        "سعرها",
        "اسعار",
        "الاسعار",
        "السعر",
        "ثمن",
        "يباع",
        "تباع",
        "بيع",
        "بسعر",
    ]
)
_BY_DIMENSION = {"time": "duration", "share": "share", "mass": "quantity", "volume": "quantity", "count": "count",
                 "area": "area", "length": "distance", "power": "power", "money": UNKNOWN}  # fmt: skip
_NEAR = 6
_LEAST = 3


@dataclass(frozen=True)
class FoundQuantity:
    """A quantity as the sentence has it."""

    start: int
    """Index of its first token."""
    end: int
    text: str
    fields: Mapping[str, Any]
    """Its fields as a record would write them; what is not known is ``…``."""


@dataclass(frozen=True)
class _Figure:
    start: int
    end: int
    value: Decimal
    unit: str = ""
    comparator: str = ""
    unit_at: int = 0


class UnitIndex:
    """Every name of every unit in both languages, also those of CLDR."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._names: dict[Lang, dict[tuple[str, ...], str]] = {"ar": {}, "en": {}}
        self._dimensions: dict[str, str] = {}
        ids = [*vocabulary.units, *(id_ for id_ in list_ids() if "-per-" not in id_ and id_ != "generic")]
        for id_ in dict.fromkeys(ids):
            unit = vocabulary.units.get(id_) or make_unit(id_, "")
            if unit is not None:
                self._dimensions[id_] = unit.dimension or ""
                for lang in LANGS:
                    for words in _name_unit(unit, lang):
                        self._names[lang].setdefault(words, id_)
        for cue in vocabulary.cues.values():
            if cue.kind == "unit":
                for name in cue.words:
                    for lang in LANGS:
                        id_ = cue.means.removeprefix("unit ")
                        self._names[lang][tuple(fold_words(name))] = id_
                        if id_ not in self._dimensions and (known := vocabulary.units.get(id_)):
                            self._dimensions[id_] = known.dimension or ""

        self._duals = {
            (word[0][:-1] + "ت" if word[0].endswith("ه") else word[0]) + ending: id_
            for word, id_ in self._names["ar"].items()
            if len(word) == 1 and len(word[0]) >= _LEAST
            for ending in ("ين", "ان")
            if not word[0].endswith("ي")
        }
        for dual in list(self._duals):
            if (dual,) in self._names["ar"] and self._names["ar"][dual,] != self._duals[dual]:
                del self._duals[dual]

    def at(self, tokens: Tokens, start: int) -> tuple[str, int] | None:
        """Return the unit named at a token and where its name ends."""
        if start < len(tokens.all) and tokens.all[start].fold in _SIGNS:
            return _SIGNS[tokens.all[start].fold], start + 1
        for length in (3, 2, 1):
            words = tokens.folds(start, length)
            if len(words) == length:
                for first in sorted(forms(words[0]), key=len, reverse=True):
                    if id_ := self._names[tokens.lang].get((first, *(word.removeprefix("ال") for word in words[1:]))):
                        return id_, start + length
        return None

    def single(self, dual: str) -> str | None:
        """Return the unit that an Arabic dual counts two of."""
        return self._duals.get(dual)

    def measures(self, id_: str) -> str:
        """Return the dimension of a unit."""
        return self._dimensions.get(id_, "")


def _name_unit(unit: Unit, lang: Lang) -> Iterator[tuple[str, ...]]:
    patterns = [*(unit.amount[lang].model_dump().values() if unit.amount else ())]
    names = [*patterns, unit.plural[lang] if unit.plural else None, unit.single[lang] if unit.single else None]
    for name in names:
        if name:
            words = fold_words(name.replace("{n}", " "))
            words = [word for word in words if word not in ("واحد", "واحده", "one")]
            if words and max(map(len, words)) >= _LEAST:
                yield tuple(word.removeprefix("ال") for word in words)


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
        changes = [cue.start for cue in cues if cue.means == "a change"]
        at = 0
        while at < len(tokens.all):
            if at in taken:
                at += 1
                continue
            found = self._read_fraction(tokens, at, hedges) or self._read_figures(tokens, at, hedges, changes, taken)
            if found is None and at in vague:
                found = self._read_vague(tokens, vague[at], hedges)
                is_word = vague[at].means.removeprefix("vague ") in (
                    "several",
                    "some",
                    "many",
                    "most",
                    "few",
                    "majority",
                )
                found = None if is_word and "unit" not in found.fields else found
            if found:
                yield found
            at = found.end if found else at + 1

    def _read_figure(self, tokens: Tokens, at: int, hedges: Mapping[int, list[Found]]) -> _Figure | None:
        start = at
        sign = ""
        if tokens.all[at].fold in _BEFORE and at + 1 < len(tokens.all):
            sign = _SIGNS[tokens.all[at].fold]
            at += 1
        if not _may_begin(tokens, at):
            return None
        words = tokens.folds(at)
        joined = tokens.lang == "ar" and len(words[0]) > 1 and words[0] not in ("واحد", "واحده") and words[0][0] == "و"
        read = read_number([words[0][1:] if joined else words[0], *words[1:]], tokens.lang) or read_number(
            words, tokens.lang
        )
        if read is None and tokens.lang == "en" and words[0] == "a" and words[1:2] and words[1] in _A_POWERS:
            read = read_number(["one", *words[1:]], "en")
        if read is None:
            return self._read_dual(tokens, at, hedges)
        value, length = read
        end = at + length
        if (
            sign
            and tokens.folds(end, 1)
            and tokens.all[end].fold == "m"
            and tokens.all[end].start == tokens.all[end - 1].end
        ):
            value, end = value * 10**6, end + 1
        unit = (sign, end) if sign else self._read_unit(tokens, end)
        # "One" counts only with what it counts.
        is_word = tokens.all[at].is_word
        if is_word and value == 1 and (not unit or tokens.folds(end, 1) == ["of"] or not self._is_counted(tokens, end)):
            return None
        comparator = self._read_hedge(tokens, start, unit[1] if unit else end, hedges)
        return _Figure(start, unit[1] if unit else end, value, unit[0] if unit else "", comparator, end)

    def _is_counted(self, tokens: Tokens, end: int) -> bool:
        return self.units.at(tokens, end) is not None

    def _read_dual(self, tokens: Tokens, at: int, hedges: Mapping[int, list[Found]]) -> _Figure | None:
        """Read «دولارين»; and «دولار واحد»."""
        word = tokens.all[at].fold
        if tokens.lang != "ar" or not tokens.all[at].is_word:
            return None
        for form in forms(word):
            if not word.startswith(("ال", "وال", "بال", "لل")) and (single := self.units.single(form)):
                return _Figure(at, at + 1, Decimal(2), single, self._read_hedge(tokens, at, at + 1, hedges), at)
        unit = self.units.at(tokens, at)
        if not unit:
            return None
        if tokens.folds(unit[1], 1) in (["واحد"], ["واحده"]) and not word.startswith(("ال", "لل", "لكل")):
            end = unit[1] + 1
            return _Figure(at, end, Decimal(1), unit[0], self._read_hedge(tokens, at, end, hedges), at)
        return None

    def _read_unit(self, tokens: Tokens, end: int) -> tuple[str, int] | None:
        """Read the unit after a number, in English also behind an adjective or a hyphen."""
        if found := self.units.at(tokens, end):
            return found
        skipped = tokens.folds(end, 1)
        if skipped in (["-"], ["من"]):
            return self.units.at(tokens, end + 1)
        if tokens.lang == "en":
            for n in (1, 2):
                between = tokens.all[end : end + n]
                if len(between) == n and all(t.is_word and t.fold not in _STOPS for t in between):
                    found = self.units.at(tokens, end + n)
                    if found and self.units.measures(found[0]) in ("count", "mass", "volume"):
                        return found
        return None

    def _read_hedge(self, tokens: Tokens, start: int, end: int, hedges: Mapping[int, list[Found]]) -> str:
        before = (
            [start, start - 1]
            if start and tokens.all[start - 1].fold in ("من", "ان", "ب", "عن", "علي", "the", "a")
            else [start]
        )
        for at in before:
            if hedges.get(at):
                return hedges[at][-1].means.removeprefix("comparator ")
        for n in range(end, min(end + 3, len(tokens.all))):
            found = self.hedges.at(tokens.all, n)
            if found and any(word in _AFTER for word in tokens.folds(n, found.end - n)):
                return found.means.removeprefix("comparator ")
        return ""

    def _read_figures(
        self,
        tokens: Tokens,
        at: int,
        hedges: Mapping[int, list[Found]],
        changes: list[int],
        taken: Collection[int],
    ) -> FoundQuantity | None:
        first = self._read_figure(tokens, at, hedges)
        if first is None or set(range(first.start, first.end)) & set(taken):
            return None
        lang = tokens.lang
        before = [token.fold for token in tokens.all[max(0, first.start - _NEAR) : first.start]]
        change = next((cue for cue in reversed(changes) if cue < first.start), None)
        is_change = change is not None and not any(
            token.fold in (".", ";", "؛") for token in tokens.all[change : first.start]
        )
        second = self._read_second(tokens, first, hedges, before)
        if second is not None and set(range(second.start, second.end)) & set(taken):
            second = None
        last = second or first
        unit = first.unit or (second.unit if second else "")
        fields: dict[str, Any] = {}
        hedge = {"comparator": first.comparator} if first.comparator else {}
        if second is not None:
            is_step = is_change and any(word in _FROM[lang] for word in before[-2:])
            ends = {"from": _tell(first.value), "to": _tell(second.value)}
            fields = {"change": ends} if is_step else {"range": ends}
            if first.comparator or second.comparator:
                fields["comparator"] = first.comparator or second.comparator
        elif is_change and any(word in _BY[lang] for word in before[-3:]):
            fields = {"change": {"by": _tell(first.value)}, **hedge}
        elif is_change and not first.comparator and any(word in ("to", "الي") for word in before[-1:]):
            fields = {"change": {"to": _tell(first.value)}, **hedge}
        else:
            fields = {"value": _tell(first.value), **hedge}
        per, end = self._read_per(tokens, last.end, unit)
        return self._make(tokens, (first.start, end), fields, unit, per)

    def _read_second(
        self, tokens: Tokens, first: _Figure, hedges: Mapping[int, list[Found]], before: list[str]
    ) -> _Figure | None:
        lang, end = tokens.lang, first.end
        words = tokens.folds(end, 3)
        if not words:
            return None
        if words[0] in _DASHES and tokens.all[end].start == tokens.all[end - 1].end and not first.unit:
            return self._read_at(tokens, end + 1, hedges, first)
        near = before[-2:]
        is_between = any(forms(word) & _BETWEEN[lang] for word in near)
        is_from = any(word in _FROM[lang] for word in near)
        links = ("and",) if lang == "en" and is_between else ("to",) if lang == "en" else ("الي", "و", "حتي")
        if words[0] in ("وبين",):
            return self._read_at(tokens, end + 1, hedges, first) if is_between else None
        if words[0] in links and (is_between or is_from or (words[0] in ("to", "الي"))):
            return self._read_at(tokens, end + 1, hedges, first)
        if lang == "ar" and is_between and words[0].startswith("و"):
            return self._read_at(tokens, end, hedges, first)
        return None

    def _read_at(self, tokens: Tokens, at: int, hedges: Mapping[int, list[Found]], first: _Figure) -> _Figure | None:
        for skipped in range(3):
            if at + skipped >= len(tokens.all):
                return None
            found = self._read_figure(tokens, at + skipped, hedges)
            if found is not None:
                is_alike = not first.unit or not found.unit or first.unit == found.unit
                return found if is_alike else None
            if not tokens.all[at + skipped].is_word or tokens.all[at + skipped].fold in _STOPS - {"about"}:
                return None
        return None

    def _read_fraction(self, tokens: Tokens, at: int, hedges: Mapping[int, list[Found]]) -> FoundQuantity | None:
        lang = tokens.lang
        words = tokens.folds(at, 6)
        count, taken = 1, 0
        small = read_number(words, lang)
        if small and small[0] < 10 and small[1] == 1 and words[1:2]:
            count, taken = int(small[0]), 1
            if words[1] == "-":
                taken = 2
        elif lang == "en" and words[0] in ("a", "one"):
            taken = 1
        if taken >= len(words):
            return None
        word = words[taken]
        bare = word[1:] if word not in _FRACTIONS and word[:1] in "وبلك" else word
        if bare not in _FRACTIONS or (count > 1) != (bare in ("thirds", "quarters", "ارباع", "fifths")):
            return None
        after = words[taken + 1 : taken + 2]
        if lang == "en" and not (after and after[0] in _OF_FRACTION and (bare == "half" or after[0] == "of")):
            return None
        if lang == "ar" and (not after or not after[0][:1].isalpha() or after[0] in _HALF_HOUR):
            return None
        over, under = _FRACTIONS[bare]
        end = at + taken + 1
        fields = {"fraction": _write_fraction(over * count, under)}
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
        words = tokens.folds(end, 3)
        if not words:
            return None, end
        if words[0] in _EACH:
            return {"unit": _EACH[words[0]]}, end + 1
        is_money = unit == UNKNOWN or self.units.measures(unit) == "money"
        at = end
        if words[0] in ("للـ",):
            at += 1
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
        measures = self._guess_measure(tokens, start, end, unit, per)
        made = {"measures": measures, **fields}
        if unit:
            made["unit"] = unit
        if per:
            made["per"] = per
        return FoundQuantity(start, end, tokens.cut(start, end), made)

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


_A_POWERS = ("hundred", "thousand", "million", "billion", "dozen")
_AFTER = frozenset("least most more less الاقل الاكثر تقريبا تقدير approximately".split())  # noqa: SIM905
_STOPS = frozenset(
    "of the and or to in on at from by with for was were is are had have that who which said since before after as "  # noqa: SIM905
    "than about".split()
)
_IN_TIME = frozenset("اليوم الشهر الاسبوع السنه الساعه العام يوم شهر اسبوع سنه ساعه".split())  # noqa: SIM905
_HALF_HOUR = frozenset(["الليل", "ساعه", "النهايي", "نهايي", "قرن"])


def _may_begin(tokens: Tokens, at: int) -> bool:
    """Whether a number may begin here: not inside a name such as SY24, M4, T-55 or after «رقم»."""
    token = tokens.all[at]
    if not at:
        return True
    before = tokens.all[at - 1]
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


def _write_fraction(over: int, under: int) -> str:
    return f"{over}/{under}"
