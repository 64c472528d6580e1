"""The two languages of a record, and those that its sources are in."""

from functools import cache
from typing import Literal

from babel import Locale
from babel.core import get_global, parse_locale

Lang = Literal["ar", "en"]
LANGS: tuple[Lang, Lang] = ("ar", "en")
OTHER: dict[Lang, Lang] = {"ar": "en", "en": "ar"}
# Scripts that are written from right to left, by their ISO 15924 codes.
_RTL = frozenset(["Adlm", "Arab", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"])
_NAMES = Locale("en")
# As the site's other words spell it.
_OURS: dict[tuple[str, Lang], str] = {("en", "ar"): "الإنكليزية"}


@cache
def is_language(tag: str) -> bool:
    """Whether CLDR has a name for every part of a BCP 47 tag such as ``ku-Latn`` or ``ar-SY``."""
    try:
        language, territory, script = parse_locale(tag, sep="-")[:3]
    except ValueError:
        return False
    return (
        language in _NAMES.languages
        and (script is None or script in _NAMES.scripts)
        and (territory is None or territory in _NAMES.territories)
    )


@cache
def find_direction(tag: str) -> Literal["rtl", "ltr"]:
    """Return the direction of a language, by the script that its tag names or that CLDR thinks likely."""
    language, territory, script = parse_locale(tag, sep="-")[:3]
    if script is None:
        likely = get_global("likely_subtags")
        found = likely.get(f"{language}_{territory}") or likely.get(language) or language
        script = parse_locale(found)[2]
    return "rtl" if script in _RTL else "ltr"


@cache
def name_language(tag: str, lang: Lang) -> str:
    """Return the name of a language as CLDR has it, with script and country in brackets where the tag has them."""
    language, territory, script = parse_locale(tag, sep="-")[:3]
    names = Locale(lang)
    name = _OURS.get((language, lang)) or names.languages.get(language, language)
    written = names.scripts.get(script or "", "")
    written = written and (f"الكتابة {written}" if lang == "ar" else f"{written} script")
    more = [written, names.territories.get(territory or "", "")]
    within = ("، " if lang == "ar" else ", ").join(filter(None, more))
    return f"{name} ({within})" if within else name
