"""CLDR's data for a language in a region, read through Babel.

Babel keeps one copy of the data for a process and writes into it what was looked up: when plain ``ar`` was used first,
``ar_SY`` gets its month names (python-babel#1234). Here each locale has data of its own, whatever was used before.
"""

import pickle
import re
from functools import cache, cached_property
from typing import Any

from babel import Locale
from babel.core import get_global
from babel.localedata import LocaleDataDict, exists, merge, resolve_locale_filename

from musnad.text.languages import Lang

WORLD = "001"
"""The region of a publication that names none: the Arabic and English of no country in particular."""


class OwnLocale(Locale):
    """A locale that shares its data with no other."""

    @cached_property
    def _data(self) -> LocaleDataDict:
        return LocaleDataDict(_read(str(self)))


def _read(name: str) -> dict[str | int | None, Any]:
    parent = get_global("parent_exceptions").get(name) or name.rpartition("_")[0] or "root"
    data: dict[str | int | None, Any] = {} if name == "root" else _read(str(parent))
    with open(resolve_locale_filename(name), "rb") as file:
        merge(data, pickle.load(file))
    return data


def find_locale(lang: Lang, region: str = WORLD) -> Locale:
    """Return the locale of a language in a region, or where CLDR has none, that of the language alone.

    English is British, but in the United States.
    """
    if lang == "en":
        return _make_locale("en", "US" if region == "US" else "GB")
    return _make_locale("ar", region if exists(f"ar_{region}") else WORLD)


@cache
def _make_locale(lang: Lang, region: str) -> Locale:
    return OwnLocale(lang, region)


def list_regions() -> frozenset[str]:
    """Return the codes of all countries and territories, as in ISO 3166-1."""
    return frozenset(filter(re.compile("[A-Z]{2}").fullmatch, map(str, find_locale("en").territories))) - _NO_REGIONS


_NO_REGIONS = frozenset(("EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"))
