"""Currencies and units of measurement as CLDR has them, looked up when they are asked for.

Source: https://cldr.unicode.org, through Babel. Where its Arabic has one form for all numbers («3 طن متري»), the forms
are made here as the grammar wants them.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, overload

from babel import Locale

from musnad.records.base import Terms
from musnad.records.values import LocalizedText
from musnad.records.vocabulary import Dimension, LocalizedForms, PluralForms, Unit
from musnad.text.locales import find_locale

_ALIASES = {
    "kg": "kilogram",
    "g": "gram",
    "mg": "milligram",
    "t": "tonne",
    "lb": "pound",
    "oz": "ounce",
    "km": "kilometer",
    "m": "meter",
    "cm": "centimeter",
    "mm": "millimeter",
    "km2": "square-kilometer",
    "m2": "square-meter",
    "ha": "hectare",
    "l": "liter",
    "ml": "milliliter",
    "m3": "cubic-meter",
    "kwh": "kilowatt-hour",
    "kw": "kilowatt",
    "mw": "megawatt",
    "gw": "gigawatt",
}
# Precious metals, funds and codes for tests; the others with X are shared by several countries.
_NO_CURRENCY = re.compile(r"X(?!OF|AF|PF|CD|CG)..|ZZZ")
# What Arabic has no words for.
_NO_UNIT = re.compile(r".*-person|dot|gasoline-energy-density|.*ofglucose.*")
_DIMENSIONS: Mapping[str, Dimension] = {"duration": "time", "concentr": "share", "karat": "fineness"}
_NOUNS = """
دولار/دولارات دينار/دنانير درهم/دراهم ريال/ريالات جنيه/جنيهات ليرة/ليرات فرنك/فرنكات روبل/روبلات
روبية/روبيات شلن/شلنات شيكل/شواكل كرونة/كرونات مارك/ماركات أوقية/أوقيات وحدة/وحدات أونصة/أونصات غرام/غرامات
كيلوغرام/كيلوغرامات مليغرام/مليغرامات ميكروغرام/ميكروغرامات طن/أطنان رطل/أرطال قيراط/قراريط متر/أمتار
كيلومتر/كيلومترات سنتيمتر/سنتيمترات مليمتر/مليمترات ديسيمتر/ديسيمترات ميكرومتر/ميكرومترات ميل/أميال
قدم/أقدام بوصة/بوصات ياردة/ياردات قامة/قامات عقدة/عقد هكتار/هكتارات فدان/أفدنة دونم/دونمات لتر/لترات
مليلتر/مليلترات سنتيلتر/سنتيلترات ديسيلتر/ديسيلترات هكتولتر/هكتولترات ميغالتر/ميغالترات برميل/براميل
غالون/غالونات كوب/أكواب ملعقة/ملاعق قطرة/قطرات درجة/درجات نقطة/نقاط دورة/دورات سعرة/سعرات ثانية/ثوانٍ
دقيقة/دقائق ساعة/ساعات يوم/أيام ليلة/ليالٍ أسبوع/أسابيع شهر/أشهر سنة/سنوات عقد/عقود قرن/قرون جزء/أجزاء
"""
_PLURALS = dict(pair.split("/") for pair in _NOUNS.split())
"""Plurals of nouns that Arabic declines after numbers; what is not here (يورو، ين، واط) keeps its form."""
_ADJECTIVE = re.compile(r"\S+(?:ي|ية)|مربعة?|مكعبة?")
_PHRASE = re.compile(r"\s(?:في|لكل|بالم)\S*\s?.*")


class Units(Terms[Unit]):
    """The terms of units, and behind them those of CLDR."""

    def __init__(self, terms: Terms[Unit], region: str) -> None:
        super().__init__({}, terms, terms.off)
        self.own = terms.own
        self._region = region

    def __getitem__(self, id_: str) -> Unit:
        if found := self.get(id_):
            return found
        raise KeyError(id_)

    def __contains__(self, id_: object) -> bool:
        return super().__contains__(id_) or (isinstance(id_, str) and id_ not in self.off and bool(find_key(id_)))

    @overload
    def get(self, id_: str, default: None = None, /) -> Unit | None: ...
    @overload
    def get(self, id_: str, default: Unit, /) -> Unit: ...
    @overload
    def get(self, id_: str, default: Any, /) -> Any: ...
    def get(self, id_: str, default: Any = None, /) -> Any:
        """Return a unit with all its forms."""
        own = super().get(id_)
        if own is not None and own.cldr is None:
            return own
        known = None if id_ in self.off else make_unit(own.cldr if own and own.cldr else id_, self._region)
        if own is None or known is None:
            return own or known or default
        given = {name: getattr(own, name) for name in own.model_fields_set}
        return known.model_copy(update=given)


@cache
def find_key(id_: str) -> str | None:
    """Return what CLDR calls a currency (``USD``) or a unit (``mass-kilogram``), by its id or a short one."""
    english = find_locale("en")
    code = id_.upper()
    if code in english.currencies and not _NO_CURRENCY.fullmatch(code):
        return code
    name = _ALIASES.get(id_) or id_.replace("metre", "meter").replace("litre", "liter")
    return _list_units().get(name)


@cache
def _list_units() -> dict[str, str]:
    found = find_locale("en")._data["unit_patterns"]
    return {name: key for key in found if not _NO_UNIT.fullmatch(name := key.partition("-")[2])}


def list_ids() -> list[str]:
    """Return the ids of all units and currencies."""
    codes = (code.lower() for code in map(str, find_locale("en").currencies) if not _NO_CURRENCY.fullmatch(code))
    return sorted({*codes, *_ALIASES, *_list_units()})


@lru_cache(maxsize=1024)
def make_unit(id_: str, region: str) -> Unit | None:
    """Return a unit with its forms in both languages, or None where CLDR has none of that id."""
    key = find_key(id_)
    if key is None:
        return None
    arabic, english = (_find_forms(find_locale(lang, region), key) for lang in ("ar", "en"))
    if "other" not in arabic or "other" not in english:
        return None
    name, one = _bare(arabic["other"]), _bare(english.get("one", english["other"]))
    return Unit(
        amount=LocalizedForms(ar=_decline(name) or _fit(arabic), en=_fit(english)),
        attributive=LocalizedText(ar=f"{{n}} {name}", en=f"{{n}}-{one}"),
        plural=LocalizedText(ar=_tell_plural(name), en=_bare(english["other"])),
        single=LocalizedText(ar=name, en=one),
        dimension=find_dimension(key),
    )


def find_dimension(key: str) -> Dimension:
    """Return what a unit of CLDR measures."""
    category, _, name = key.partition("-")
    return _DIMENSIONS.get(name) or _DIMENSIONS.get(category) or (category if name else "money")  # type: ignore[return-value]


def _find_forms(locale: Locale, key: str) -> dict[str, str]:
    """Return the pattern of each plural form."""
    if "-" not in key:
        names = dict(locale._data["currency_names_plural"].get(key, {})) or {"other": locale.currencies.get(key, key)}
        return {form: f"{{0}} {name}" for form, name in names.items()}
    for width in ("long", "short"):
        forms: dict[str, str] = dict(locale._data["unit_patterns"].get(key, {}).get(width, {}))
        if "other" in forms:
            return forms
    return {}


def _bare(pattern: str) -> str:
    return pattern.replace("{0}", "").strip()


def _fit(forms: Mapping[str, str]) -> PluralForms:
    """Return CLDR's own forms; what is one for all numbers needs no more."""
    made = {form: text.replace("{0}", "{n}") for form, text in forms.items() if form in PluralForms.model_fields}
    return PluralForms(**{form: text for form, text in made.items() if form == "other" or text != made["other"]})


def _split(name: str) -> tuple[str, list[str], str] | None:
    """Return noun, adjectives and what follows them, as long as the noun can be declined."""
    phrase = _PHRASE.search(name)
    rest = phrase[0] if phrase else ""
    noun, *adjectives = name.removesuffix(rest).split()
    return (noun, adjectives, rest) if noun in _PLURALS and all(map(_ADJECTIVE.fullmatch, adjectives)) else None


def _decline(name: str) -> PluralForms | None:
    """Return the forms of an Arabic noun with its adjectives after numbers."""
    found = _split(name)
    if found is None:
        is_one_word = re.fullmatch(r"[ء-ي]+(?<!ة)", name)
        return PluralForms(one=f"{name} واحد", other=f"{{n}} {name}") if is_one_word else None
    noun, adjectives, rest = found
    is_feminine = noun.endswith("ة") or noun == "قدم"
    words = [noun, *adjectives]
    two = " ".join(word.removesuffix("ة") + ("تان" if word.endswith("ة") else "ان") for word in words)
    few = " ".join([_PLURALS[noun], *(word.removesuffix("ة") + "ة" for word in adjectives)])
    many = " ".join(word if word.endswith("ة") else f"{word}ًا" for word in words)
    one = "واحدة" if is_feminine else "واحد"
    return PluralForms(
        one=f"{name.removesuffix(rest)} {one}{rest}",
        two=f"{two}{rest}",
        few=f"{{n}} {few}{rest}",
        many=f"{{n}} {many}{rest}",
        other=f"{{n}} {name}",
    )


def _tell_plural(name: str) -> str:
    """Return the plural after a vague number: الدولارات الأمريكية."""
    found = _split(name)
    if found is None:
        return name if " " in name else f"ال{name}"
    noun, adjectives, rest = found
    # «ليالٍ» is «الليالي» with the article.
    plural = re.sub("ٍ$", "ي", _PLURALS[noun])
    return " ".join([f"ال{plural}", *(f"ال{word.removesuffix('ة')}ة" for word in adjectives)]) + rest
