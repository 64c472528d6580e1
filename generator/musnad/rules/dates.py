"""Dates are EDTF, and what was done to a record was done in order and not in the future."""

import re
from collections.abc import Iterator

from musnad.records.model import Source
from musnad.records.problems import N_
from musnad.records.values import UNKNOWN
from musnad.records.yamltext import FieldPath
from musnad.rules.finding import Finding
from musnad.rules.rule import Known, Record
from musnad.text.edtf import check_date, has_long_year, list_years

_DATE_FIELDS = frozenset({"date", "edtf", "published", "retrieved"})
# Dates that are about something, uncertain or partly unknown are not compared.
_PLAIN = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?")


def check_invalid_edtf(ref: str, path: FieldPath, text: str) -> Iterator[Finding]:
    """A date that is no EDTF, or one of a time that nothing here can be of."""
    if path[-1] in _DATE_FIELDS and text != UNKNOWN and (message := _find_fault(text, is_time=path[-1] == "edtf")):
        yield Finding(ref, path, message, {"value": text})


def _find_fault(text: str, *, is_time: bool) -> str | None:
    # The library would work out any power of ten.
    if has_long_year(text):
        return N_("{value} has a year of more than four digits: write one such as 2024, or -0500 before our era")
    try:
        check_date(text)
    except ValueError:
        return N_("{value} is not a date in EDTF, such as 2024, 2024-06~ or 2024-06-01/2024-06-30")
    # What is told may have happened then, and nothing was recorded or published.
    if not is_time and min(list_years(text), default=1) < 1:
        return N_("{value} lies before our era: nothing was published or written down for this record then")
    return None


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
        if is_after(date, known.today):
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
        if is_after(date, known.today):
            yield Finding(ref, (key, "date"), N_("{date} is in the future"), {"date": date})


def is_after(date: str, today: str) -> bool:
    """Whether a date, or one that it may be, is certainly after a day; of what is marked, the year is compared."""
    return is_before(today, date) or max(list_years(date), default=0) > int(today[:4])


def is_before(date: str, other: str) -> bool:
    """Whether all of a date is certainly before all of another one."""
    if not (_PLAIN.fullmatch(date) and _PLAIN.fullmatch(other)):
        return False
    # Text is compared: the end of every month is the 31st for that.
    return date + "-12-31"[len(date) - 4 :] < other + "-01-01"[len(other) - 4 :]
