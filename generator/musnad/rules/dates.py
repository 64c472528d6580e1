"""Dates are EDTF, and what was done to a record was done in order and not in the future."""

import re
from collections.abc import Iterator

from musnad.records.model import Source
from musnad.records.problems import N_
from musnad.records.values import UNKNOWN
from musnad.records.yamltext import FieldPath
from musnad.rules.finding import Finding
from musnad.rules.rule import Known, Record
from musnad.text.edtf import check_date

_DATE_FIELDS = frozenset({"date", "edtf", "published", "retrieved"})
# Dates that are about something, uncertain or partly unknown are not compared.
_PLAIN = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?")


def check_invalid_edtf(ref: str, path: FieldPath, text: str) -> Iterator[Finding]:
    """A date that is no EDTF."""
    if path[-1] in _DATE_FIELDS and text != UNKNOWN:
        try:
            check_date(text)
        except ValueError:
            message = N_("{value} is not a date in EDTF, such as 2024, 2024-06~ or 2024-06-01/2024-06-30")
            yield Finding(ref, path, message, {"value": text})


def check_date_order(record: Record, known: Known) -> Iterator[Finding]:
    """A date in the future, or before what must have come first."""
    dates: dict[FieldPath, str] = {("extracted", "date"): record.extracted.date}
    after: list[tuple[FieldPath, FieldPath]] = []
    for name in ("reviews", "history"):
        for index, entry in enumerate(getattr(record, name)):
            at = (name, index, "date")
            dates[at] = entry.date
            after.append((at, ("extracted", "date")))
            if name == "history" and index:
                after.append((at, (name, index - 1, "date")))
    if isinstance(record, Source):
        dates |= {("published",): record.published, ("retrieved",): record.retrieved}
        after += [(("retrieved",), ("published",)), (("extracted", "date"), ("published",))]
    for path, date in dates.items():
        if is_before(known.today, date):
            yield Finding(record.ref, path, N_("{date} is in the future"), {"date": date})
    for later, earlier in after:
        if is_before(dates[later], dates[earlier]):
            values = {"date": dates[later], "other": dates[earlier], "field": str(earlier[0])}
            yield Finding(record.ref, later, N_("{date} is before {other}, which stands in {field}"), values)


def check_date_of_redirect(known: Known) -> Iterator[Finding]:
    """The same of the date when an id was given up, or records were withheld."""
    dated = [("redirects", old, redirect.date) for old, redirect in known.redirects.items()]
    dated += [("withheld", name, withholding.date) for name, withholding in known.withheld.items()]
    for ref, key, date in dated:
        if is_before(known.today, date):
            yield Finding(ref, (key, "date"), N_("{date} is in the future"), {"date": date})


def is_before(date: str, other: str) -> bool:
    """Whether all of a date is certainly before all of another one."""
    if not (_PLAIN.fullmatch(date) and _PLAIN.fullmatch(other)):
        return False
    # Text is compared: the end of every month is the 31st for that.
    return date + "-12-31"[len(date) - 4 :] < other + "-01-01"[len(other) - 4 :]
