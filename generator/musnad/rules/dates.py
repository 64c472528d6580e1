"""Dates are EDTF."""

from collections.abc import Iterator

from musnad.records.problems import N_
from musnad.records.values import UNKNOWN
from musnad.records.yamltext import FieldPath
from musnad.rules.finding import Finding
from musnad.text.edtf import parse_date

_DATE_FIELDS = frozenset({"date", "edtf", "published", "retrieved"})


def check_invalid_edtf(ref: str, path: FieldPath, text: str) -> Iterator[Finding]:
    """A date that is no EDTF."""
    if path[-1] in _DATE_FIELDS and text != UNKNOWN:
        try:
            parse_date(text)
        except ValueError:
            message = N_("{value} is not a date in EDTF, such as 2024, 2024-06~ or 2024-06-01/2024-06-30")
            yield Finding(ref, path, message, {"value": text})
