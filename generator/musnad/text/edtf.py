"""Read EDTF dates. Parsing takes milliseconds, so that every text is parsed once."""

import re
from datetime import date
from functools import lru_cache
from typing import Any

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

_PLAIN = re.compile(r"\d{4}(?:-\d{2}){0,2}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@lru_cache(maxsize=4096)
def parse_date(text: str) -> Any:
    """Return the parsed EDTF (levels 0 to 2 as the ``edtf`` package knows them).

    Raises ValueError when the text is no EDTF, or names a day that no calendar has.
    """
    for day in _DAY.findall(text):
        date.fromisoformat(day)
    start, slash, end = text.partition("/")
    if slash and {start, end} <= {"", ".."}:
        raise ValueError(f"an interval without any date: {text}")
    if _PLAIN.fullmatch(start) and _PLAIN.fullmatch(end) and end < start[: len(end)]:
        raise ValueError(f"an interval ends before it starts: {text}")
    try:
        return parse_edtf(text, fail_silently=False)
    except EDTFParseException as error:
        raise ValueError(f"not an EDTF date: {text}") from error
