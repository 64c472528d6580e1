"""The scalar types and small values that records and vocabulary share.

Each type takes and refuses what its JSON Schema does of the same file, though we read text where other YAML readers see
numbers and truth values; a test compares them. A number has one spelling once it is read, whatever digits it was
written with.
"""

import re
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

from musnad.records.yamltext import Typed
from musnad.text.addresses import ADDRESS
from musnad.text.digits import list_digits, to_latin_digits
from musnad.text.languages import Lang

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
REGION = r"^[A-Z]{2}$"
UNKNOWN = "unknown"
MAX_TEXT = 2000
MAX_ORDINAL = 99_999
MAX_SECONDS = 99_999
_ANY = list_digits()
_LIMIT = 10**15


def _decimal(digits: str) -> str:
    """Return the pattern of a number below the limit."""
    some, fraction = f"[{digits}]", rf"[.٫][{digits}]"
    return rf"^[-+]?(?:{some}{{1,15}}(?:{fraction}*)?|{fraction}+|{some}{{1,5}}(?:{fraction}*)?[eE][-+]?{some})$"


def _date(digits: str) -> str:
    """Return the pattern of what looks like EDTF: a year of four digits or of more after Y, and its other signs."""
    year = rf"(?:-?[{digits}X]{{4}}|Y-?[{digits}])"
    return rf"^(?:unknown|(?:[?~%\[{{/]|\.\.)*{year}(?:[{digits}XYEST?~%:Z+/,\]}}-]|\.\.)*(?:\^\S)?)$"


LANGUAGE_TAG = r"^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?$"
MEDIA_TYPE = r"^[a-z]+/[a-z0-9][a-z0-9.+-]*$"
PLAIN_DECIMAL = r"^-?[0-9]{1,15}(?:\.[0-9]+)?$"
FRACTION = r"^[1-9][0-9]{0,4}/[1-9][0-9]{0,4}$"
HIJRI = r"^1[0-9]{3}(?:-[0-9]{2}){0,2}$"
EDTF = _date("0-9")
_DECIMAL = re.compile(_decimal("0-9"))
_ORDINAL = rf"^[{list_digits(0, 0)}]*[{list_digits(1, 9)}][{_ANY}]{{0,4}}$"
_CLOCK = (
    rf"^(?:[{_ANY}]{{1,5}}|[{_ANY}]{{1,3}}:[{list_digits(0, 5)}][{_ANY}]"
    rf"|(?:[{list_digits(0, 1)}]?[{_ANY}]|[{list_digits(2, 2)}][{list_digits(0, 3)}])"
    rf":[{list_digits(0, 5)}][{_ANY}]:[{list_digits(0, 5)}][{_ANY}])$"
)


def _as_text(value: object) -> object:
    return value.text if isinstance(value, Typed) else value


def _as_latin(value: object) -> object:
    text = _as_text(value)
    return to_latin_digits(text) if isinstance(text, str) else text


def _as_whole(value: object) -> object:
    """Return the whole number that YAML takes a text for, or what was given."""
    number = value.value if isinstance(value, Typed) else True
    is_whole = not isinstance(number, bool) and (isinstance(number, int) or number.is_integer())
    return int(number) if is_whole else value


def _read_decimal(value: object) -> object:
    """Return a number in plain digits; what is none does not fit their pattern."""
    text = _as_latin(value)
    if isinstance(text, str) and _DECIMAL.fullmatch(text):
        return format(Decimal(text.replace("٫", ".")), "f")
    # Another notation of YAML: 1_000, 0x10.
    number = value.value if isinstance(value, Typed) else True
    is_number = not isinstance(number, bool) and abs(number) < _LIMIT
    return format(Decimal(str(number)), "f") if is_number else text


def _read_ordinal(value: object) -> object:
    text = _as_text(value)
    return int(text) if isinstance(text, str) and re.fullmatch(_ORDINAL, text) else _as_whole(value)


def _read_seconds(value: object) -> object:
    """Return 1:02:05 or 2:05 as seconds; to YAML 1.1 these are numbers of the base 60, and seconds already."""
    text = _as_latin(value)
    if not isinstance(text, str) or not re.fullmatch(_CLOCK, text):
        return _as_whole(value)
    parts = [int(part) for part in text.split(":")]
    return sum(part * 60**place for place, part in enumerate(reversed(parts)))


def _read_date(value: object) -> object:
    # A bare year is a number to YAML.
    whole = _as_whole(value)
    return str(whole) if isinstance(whole, int) else _as_latin(whole)


def _read_flag(value: object) -> object:
    return value.value if isinstance(value, Typed) else value


def _read_yes_or_no(value: object) -> object:
    if isinstance(value, Typed) and isinstance(value.value, bool):
        return "yes" if value.value else "no"
    return value


_SCALARS = ["string", "number", "boolean"]
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TEXT),
    BeforeValidator(_as_text),
    WithJsonSchema({"type": _SCALARS, "pattern": rf"^\s*\S(?:[\s\S]{{0,{MAX_TEXT - 2}}}\S)?\s*$"}),
]
Slug = Annotated[str, StringConstraints(pattern=rf"^{SLUG}$", max_length=80)]
ClaimId = Annotated[str, StringConstraints(pattern=rf"^{SLUG}/{SLUG}$", max_length=161)]
Reference = Annotated[str, StringConstraints(pattern=rf"^(entities|sources)/{SLUG}$|^claims/{SLUG}/{SLUG}$")]
Digest = Annotated[str, StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$")]
Address = Annotated[str, StringConstraints(pattern=ADDRESS, max_length=2000)]
# Checked for meaning by the rule ``invalid-edtf``: parsing is too dear to do on every load.
Edtf = Annotated[
    str,
    StringConstraints(pattern=EDTF, max_length=60),
    BeforeValidator(_read_date),
    WithJsonSchema(
        {
            "type": ["string", "integer"],
            "pattern": _date(_ANY),
            "patternErrorMessage": "not a date in EDTF, such as 2024, 2024-06~ or 2024-06-01/2024-06-30",
            "maxLength": 60,
            # A year of fewer digits is no EDTF.
            "not": {"type": "integer", "minimum": -999, "maximum": 999},
        }
    ),
]
DecimalText = Annotated[
    str,
    StringConstraints(pattern=PLAIN_DECIMAL),
    BeforeValidator(_read_decimal),
    WithJsonSchema(
        {
            "type": ["string", "number"],
            "pattern": _decimal(_ANY),
            "patternErrorMessage": "not a decimal number such as 250 or 2.5",
            "exclusiveMinimum": -_LIMIT,
            "exclusiveMaximum": _LIMIT,
        }
    ),
]
Fraction = Annotated[
    str,
    StringConstraints(pattern=FRACTION, max_length=11),
    BeforeValidator(_as_latin),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": rf"^[{list_digits(1, 9)}][{_ANY}]{{0,4}}/[{list_digits(1, 9)}][{_ANY}]{{0,4}}$",
            "patternErrorMessage": "not a fraction such as 1/3",
        }
    ),
]
HijriDate = Annotated[
    str,
    StringConstraints(pattern=HIJRI),
    BeforeValidator(_read_date),
    WithJsonSchema(
        {
            "type": ["string", "integer"],
            "pattern": rf"^[{list_digits(1, 1)}][{_ANY}]{{3}}(?:-[{_ANY}]{{2}}){{0,2}}$",
            "patternErrorMessage": "not a Hijri date such as 1445, 1445-09 or 1445-09-17",
            "minimum": 1000,
            "maximum": 1999,
        }
    ),
]
IdentifierText = Annotated[
    str,
    StringConstraints(pattern=r"^\S+$", max_length=80),
    BeforeValidator(_as_latin),
    WithJsonSchema({"type": _SCALARS, "pattern": r"^\S+$", "maxLength": 80}),
]
Ordinal = Annotated[
    int,
    Field(strict=True, ge=1, le=MAX_ORDINAL),
    BeforeValidator(_read_ordinal),
    WithJsonSchema({"type": ["integer", "string"], "minimum": 1, "maximum": MAX_ORDINAL, "pattern": _ORDINAL}),
]
Seconds = Annotated[
    int,
    Field(strict=True, ge=0, le=MAX_SECONDS),
    BeforeValidator(_read_seconds),
    WithJsonSchema(
        {
            "type": ["integer", "string"],
            "minimum": 0,
            "maximum": MAX_SECONDS,
            "pattern": _CLOCK,
            "patternErrorMessage": "not a time such as 2:05 or 1:02:05",
        }
    ),
]
Region = Annotated[str, StringConstraints(pattern=REGION)]
# Which of them there are is checked by the rule ``language``.
LanguageTag = Annotated[str, StringConstraints(pattern=LANGUAGE_TAG)]
MediaType = Annotated[str, StringConstraints(pattern=MEDIA_TYPE, max_length=100)]
RowKey = Annotated[
    str,
    StringConstraints(pattern=r"^\S(?:.*\S)?$", max_length=80),
    BeforeValidator(_as_text),
    WithJsonSchema({"type": _SCALARS, "pattern": r"^\S(?:.*\S)?$", "maxLength": 80}),
]
Flag = Annotated[bool, Field(strict=True), BeforeValidator(_read_flag)]
YesNoUnknown = Annotated[
    Literal["yes", "no", "unknown"],
    BeforeValidator(_read_yes_or_no),
    WithJsonSchema({"enum": ["yes", "no", "unknown", True, False]}),
]


class Value(BaseModel):
    """A frozen value: unknown fields are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LocalizedText(Value):
    """The same words in both languages, each written as an original."""

    ar: Text
    """In Arabic."""
    en: Text
    """In English."""

    def __getitem__(self, lang: Lang) -> str:
        return self.ar if lang == "ar" else self.en
