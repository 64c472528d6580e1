"""The words, numbers, dates and lists of one language.

Words come from ``locales/<lang>.po`` with English as the key; formats from CLDR, for the publication's region. Digits
are Latin in both languages, so that a figure can be compared, copied and found across them, unless a publication wants
Arabic ones on its Arabic pages.
"""

import re
from collections.abc import Iterable
from decimal import Decimal, localcontext
from functools import cached_property, lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from musnad.records.model import Comparator, Per
from musnad.records.problems import N_, Problem
from musnad.records.values import UNKNOWN
from musnad.records.vocabulary import Digits, PluralForms, Site, Unit, Vocabulary
from musnad.text.digits import to_arabic_digits
from musnad.text.hijri import name_month
from musnad.text.languages import LANGS, Lang
from musnad.text.letters import make_printable
from musnad.text.locales import WORLD, find_locale
from musnad.wording.dates import NBSP, DateTeller

LOCALES = Path(__file__).parent / "locales"
ALM = "\u061c"
"""Mark of direction that CLDR puts before signs; ``text.bidi`` sees to that."""
MOST_PLACES = 3
"""Decimal places of a coordinate that are shown: about a hundred metres."""
COMPARATORS = {
    "about": N_("about"),
    "nearly": N_("nearly"),
    "up-to": N_("up to"),
    "at-least": N_("at least"),
    "more-than": N_("more than"),
    "less-than": N_("less than"),
    "not-more-than": N_("not more than"),
}


class Words:
    """One language's words and formats."""

    def __init__(self, lang: Lang, translations: NullTranslations, region: str, digits: Digits) -> None:
        self.lang = lang
        self._translations = translations
        self._region = region
        self._digits: Digits = digits if lang == "ar" else "latin"
        self._told: dict[str, str] = {}
        self._messages = {"": ""}
        self._counted: dict[tuple[str, int], str] = {}

    @cached_property
    def _locale(self) -> Locale:
        return find_locale(self.lang, self._region)

    def gettext(self, message: str) -> str:
        """Translate a message; the empty one stays empty."""
        found = self._messages.get(message)
        if found is None:
            found = self._messages[message] = self._translations.gettext(message)
        return found

    def fill(self, message: str, **values: object) -> str:
        """Translate a message and fill in its named places."""
        told = self.gettext(message)
        if self.has_arabic_digits:
            return told.format_map({name: self.show(value) for name, value in values.items()})
        return told.format_map(values)

    def show(self, value: object) -> object:
        """Return a whole number as it is written here, and anything else as it is."""
        return self.figures(str(value)) if type(value) is int else value

    def plural(self, singular: str, plural: str, n: int) -> str:
        """Translate a counted phrase; ``{n}`` is the formatted number."""
        found = self._counted.get((singular, n))
        if found is None:
            found = self._translations.ngettext(singular, plural, n).format(n=self.number(n))
            self._counted[singular, n] = found
        return found

    def number(self, value: Decimal | int) -> str:
        """Format a number with grouping; no digit is added or lost."""
        numbers = "arab" if self.has_arabic_digits else "latn"
        return self.figures(_format_number(str(value or abs(value)), self._locale, numbers))

    def join(self, items: Iterable[str]) -> str:
        """Join items as the language lists them."""
        return format_list(list(items), locale=self._locale)

    def date(self, edtf: str) -> str:
        """Tell an EDTF date, or that it is unknown."""
        if edtf not in self._told:
            told = self.gettext(N_("unknown")) if edtf == UNKNOWN else self.figures(self._dates.tell(edtf))
            self._told[edtf] = told
        return self._told[edtf]

    @property
    def has_arabic_digits(self) -> bool:
        """Whether numbers are written in Arabic digits."""
        return self._digits == "arabic"

    @property
    def place_tag(self) -> str:
        """Language and country as Open Graph wants them, ``ar_SY``; empty where no country is known."""
        territory = self._locale.territory or ""
        return f"{self.lang}_{territory}" if territory.isalpha() else ""

    @property
    def locale_tag(self) -> str:
        """The locale for programs in the browser, with our calendar and digits (BCP 47)."""
        place = f"-{self._locale.territory}" if self._locale.territory else ""
        return f"{self.lang}{place}-u-ca-gregory-nu-{'arab' if self.has_arabic_digits else 'latn'}"

    def figures(self, text: str) -> str:
        """Return a text of ours with its digits as the language writes them here."""
        return to_arabic_digits(text) if self.has_arabic_digits else text

    @cached_property
    def _dates(self) -> DateTeller:
        return DateTeller(self.fill, self.join, self._locale)

    def hijri(self, text: str) -> str:
        """Tell a Hijri date as it is written: ``17 Ramadan 1445 AH``."""
        year, *rest = text.split("-")
        named = " ".join(filter(None, [name_month(int(rest[0]), self.lang) if rest else "", year]))
        day = f"{int(rest[1])}{NBSP}" if len(rest) > 1 else ""
        return self.figures(self.fill(N_("{date} AH"), date=day + named))

    def coordinates(self, latitude: Decimal, longitude: Decimal) -> str:
        """Tell a spot with its hemispheres, to a thousandth of a degree at most; no digit is added."""
        return self.fill(
            N_("{latitude}, {longitude}"),
            latitude=self.latitude(latitude),
            longitude=self.longitude(longitude),
        )

    def latitude(self, value: Decimal) -> str:
        """Tell a latitude with its hemisphere."""
        return self._degrees(value, N_("{degrees}° N"), N_("{degrees}° S"))

    def longitude(self, value: Decimal) -> str:
        """Tell a longitude with its hemisphere."""
        return self._degrees(value, N_("{degrees}° E"), N_("{degrees}° W"))

    def _degrees(self, value: Decimal, positive: str, negative: str) -> str:
        places = max(0, -int(value.as_tuple().exponent))
        shown = value if places <= MOST_PLACES else round(value, MOST_PLACES)
        message = positive if shown > 0 else negative if shown < 0 else "{degrees}°"
        return self.fill(message, degrees=self.number(abs(shown))).replace(" ", NBSP)

    def hedge(self, comparator: Comparator | None) -> str:
        """Return a comparator in words; exact and vague need none."""
        return self.gettext(COMPARATORS.get(comparator or "", ""))

    def amount(self, value: Decimal, unit: Unit, whole: str = "", *, is_oblique: bool = False) -> str:
        """Format a number of a unit in the form the language wants; number and unit never part.

        ``whole`` is what it is taken of; ``is_oblique`` is for Arabic after a preposition or a noun: دولارين.
        """
        assert unit.amount is not None, "checked by the rule unit"
        forms = (unit.taken_of if whole and unit.taken_of else unit.amount)[self.lang]
        pattern = self._pattern(value, forms)
        if is_oblique and self.lang == "ar" and "{n}" not in pattern:
            pattern = _make_oblique(pattern)
        told = pattern.replace("{n} ", "{n}" + NBSP).format(n=self.number(value), of=whole)
        return told if not whole or unit.taken_of else self.fill(N_("{amount} of {whole}"), amount=told, whole=whole)

    def _pattern(self, value: Decimal, forms: PluralForms) -> str:
        pattern = forms.pattern(str(self._locale.plural_form(value)))
        if "{n}" not in pattern and str(value) not in ("0", "1", "2"):
            # "One litre" is neither −1 litre nor 1.0 litres.
            return forms.other
        return pattern

    def is_word(self, value: Decimal, unit: Unit) -> bool:
        """Whether a number of a unit has no digits: دولاران."""
        return unit.amount is not None and "{n}" not in self._pattern(value, unit.amount[self.lang])

    def rate(self, per: Per, vocabulary: Vocabulary) -> str:
        """Tell what a price or rate is counted by: ``per 50 kg sack``, ``per day``."""
        told = vocabulary.units[per.unit].rate
        if told and Decimal(per.value) == 1 and not per.container:
            return told[self.lang]
        return self.fill(N_("per {item}"), item=self.per(per, vocabulary))

    def per(self, per: Per, vocabulary: Vocabulary) -> str:
        """Format what a price is counted by, such as ``50 kg sack``."""
        unit = vocabulary.units[per.unit]
        value = Decimal(per.value)
        if unit.attributive and per.container:
            measure = unit.attributive[self.lang].replace("{n} ", "{n}" + NBSP).format(n=self.number(value))
        elif value == 1 and unit.single and not per.container:
            measure = unit.single[self.lang]
        else:
            measure = self.amount(value, unit, is_oblique=True)
        if per.container:
            return vocabulary.containers[per.container].pattern[self.lang].format(measure=measure)
        return measure

    def tell(self, problem: Problem) -> str:
        """Return a problem as one line in this language."""
        file = make_printable(problem.file)
        return f"{file}:{problem.line}:{problem.column}: {problem.rule}: {self.say(problem)}"

    def say(self, problem: Problem) -> str:
        """Return what is wrong in this language, without its place."""
        return self.gettext(problem.message).format_map(problem.values)


def _make_oblique(pattern: str) -> str:
    """Return an Arabic dual as it is after a preposition; of the construct state too: ضعفا السعر, ضعفي السعر."""
    noun, of, rest = pattern.partition(" من ")
    made = re.sub(r"ان\b", "ين", noun)
    return (made if made != noun else re.sub(r"ا(?= )", "ي", noun, count=1)) + of + rest


@lru_cache(maxsize=4096)
def _format_number(value: str, locale: Locale, numbers: str) -> str:
    """Format a number, given as text: 1.0 and 1 are equal, and written differently."""
    number = Decimal(value)
    places = max(0, -int(number.as_tuple().exponent))
    # The usual context holds 28 digits, a record up to 40 characters.
    with localcontext(prec=60):
        pattern = "#,##0." + "0" * places if places else "#,##0"
        return format_decimal(number, format=pattern, locale=locale, numbering_system=numbers).replace(ALM, "")


def _read_translations(path: Path) -> NullTranslations:
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.stem)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def load_words(lang: Lang, region: str = WORLD, digits: Digits = "latin") -> Words:
    """Load a language's words for a region; an edited catalogue is read again."""
    path = LOCALES / f"{lang}.po"
    return _make_words(lang, path, path.stat().st_mtime_ns if path.is_file() else 0, region, digits)


@lru_cache(maxsize=16)
def _make_words(lang: Lang, path: Path, changed: int, region: str, digits: Digits) -> Words:
    # English words are the keys of the catalogues.
    return Words(lang, _read_translations(path) if changed else NullTranslations(), region, digits)


def load_all_words(site: Site | None = None) -> dict[Lang, Words]:
    """Load the words of both languages as a publication wants them."""
    region, digits = (site.region or WORLD, site.digits) if site else (WORLD, "latin")
    return {lang: load_words(lang, region, digits) for lang in LANGS}
