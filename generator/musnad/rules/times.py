"""When something happened follows from what the source says, and from when it says so."""

import re
from collections.abc import Iterator
from datetime import date

from musnad.records.model import Claim
from musnad.records.problems import N_
from musnad.records.values import UNKNOWN
from musnad.records.yamltext import FieldPath
from musnad.rules.dates import is_before
from musnad.rules.finding import Finding
from musnad.rules.rule import Known
from musnad.text.hijri import can_meet, read_hijri
from musnad.text.languages import LANGS
from musnad.text.weekdays import find_weekdays

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PLAIN = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?")


def check_time(claim: Claim, known: Known) -> Iterator[Finding]:
    """A date that the source does not state, without how it was found, or that nothing can be found from."""
    time, source = claim.time, known.sources.get(claim.source_id)
    if time is None or time.edtf is None:
        return
    if time.basis == "relative-to-publication" and source and source.published == UNKNOWN:
        message = N_("the date of publication is unknown, so that no date follows from it: give a phrase instead")
        yield Finding(claim.ref, ("time", "edtf"), message)
    elif time.basis != "stated" and time.worked_out is None:
        message = N_("the source does not state this date: say in worked_out how it was found")
        yield Finding(claim.ref, ("time", "edtf"), message)
    start, _, end = time.edtf.partition("/")
    if time.hijri and _PLAIN.fullmatch(start) and _PLAIN.fullmatch(end or start):
        try:
            is_same = can_meet(read_hijri(time.hijri), start, end or start)
        except ValueError:
            return
        if not is_same:
            message = N_("{date} and {hijri} are different days")
            yield Finding(claim.ref, ("time", "edtf"), message, {"date": time.edtf, "hijri": time.hijri})


def check_invalid_hijri(ref: str, path: FieldPath, text: str) -> Iterator[Finding]:
    """A day that the Hijri calendar does not have."""
    if path[-1] == "hijri":
        try:
            read_hijri(text)
        except ValueError:
            message = N_("{value} is no year, month or day of the calendar of Umm al-Qura, from 1343 to 1500")
            yield Finding(ref, path, message, {"value": text})


def check_late_time(claim: Claim, known: Known) -> Iterator[Finding]:
    """Something that is told as past, and came after the source."""
    time, source = claim.time, known.sources.get(claim.source_id)
    if time and source and time.edtf and not time.to_come and is_before(source.published, time.edtf):
        message = N_("{date} is after {other}, when the source was published: if it tells what is to come, say to_come")
        yield Finding(claim.ref, ("time", "edtf"), message, {"date": time.edtf, "other": source.published})


def check_other_weekday(claim: Claim, known: Known) -> Iterator[Finding]:
    """A day that is another day of the week than the words for it say."""
    time = claim.time
    if time is None or not time.edtf or not _DAY.fullmatch(time.edtf):
        return
    try:
        weekday = date.fromisoformat(time.edtf).weekday()
    except ValueError:
        return
    said: list[tuple[FieldPath, str]] = [(("time", "wording"), time.wording or "")]
    said += [(("time", "phrase", lang), time.phrase[lang]) for lang in LANGS if time.phrase]
    for path, text in said:
        found = find_weekdays(text)
        if found and weekday not in found:
            yield Finding(claim.ref, path, N_("{date} is another day of the week"), {"date": time.edtf})
