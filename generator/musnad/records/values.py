"""The scalar types and small values that records and vocabulary share."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

from musnad.text.languages import Lang

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
UNKNOWN = "unknown"

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Slug = Annotated[str, StringConstraints(pattern=rf"^{SLUG}$", max_length=80)]
ClaimId = Annotated[str, StringConstraints(pattern=rf"^{SLUG}/{SLUG}$", max_length=161)]
Reference = Annotated[str, StringConstraints(pattern=rf"^(entities|sources)/{SLUG}$|^claims/{SLUG}/{SLUG}$")]
Digest = Annotated[str, StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$")]
Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$", max_length=2000)]
# Checked for meaning by the rule ``invalid-edtf``: parsing is too dear to do on every load.
EDTF = r"^[^\s]+$"
Edtf = Annotated[
    str,
    StringConstraints(pattern=EDTF, max_length=60),
    # A bare year looks like a number to an editor's YAML checker.
    WithJsonSchema({"type": ["string", "integer"], "pattern": EDTF, "maxLength": 60}),
]
DecimalText = Annotated[
    str,
    StringConstraints(pattern=r"^-?\d+(\.\d+)?$", max_length=40),
    WithJsonSchema({"type": ["string", "number"], "pattern": r"^-?\d+(\.\d+)?$"}),
]
# An identifier such as 169577 looks like a number to an editor's YAML checker, and is text to us.
IdentifierText = Annotated[
    str, StringConstraints(pattern=r"^\S+$", max_length=80), WithJsonSchema({"type": ["string", "integer"]})
]


def _whole_number(value: object) -> object:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdecimal() and value[0] != "0" else value


def _truth(value: object) -> object:
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


Ordinal = Annotated[int, BeforeValidator(_whole_number), Field(strict=True, ge=1, le=100_000)]
Flag = Annotated[bool, BeforeValidator(_truth), Field(strict=True)]


class Value(BaseModel):
    """A frozen value: unknown fields are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class LocalizedText(Value):
    """The same words in both languages, each written as an original."""

    ar: Text
    """In Arabic."""
    en: Text
    """In English."""

    def __getitem__(self, lang: Lang) -> str:
        return self.ar if lang == "ar" else self.en
