"""Runs of the other script in a text, so that each can be isolated.

Direction marks a reader sees no reason for reorder what follows them; isolates do not.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from musnad.text.languages import Lang

FSI, PDI = "\u2068", "\u2069"
# Letters that decide: Arabic blocks against Latin ones. Digits belong to neither.
_ARABIC = "\u0600-\u065f\u066a-\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
_LATIN = "A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff"
# Accents typed apart from their letters belong to the run.
_MARKS = "\u0300-\u036f"
# A run starts and ends with a letter of the script (or a digit glued to it) and may hold spaces,
# digits and light punctuation between.
_LATIN_RUN = re.compile(
    rf"[{_LATIN}](?:[{_LATIN}{_MARKS}0-9'’_/:.&%+()?=#-]|\s(?=[{_LATIN}0-9(]))*(?<=[{_LATIN}{_MARKS}0-9)])|[{_LATIN}]"
)
_ARABIC_RUN = re.compile(rf"[{_ARABIC}](?:[{_ARABIC}0-9'’ـ/.-]|\s(?=[{_ARABIC}]))*(?<=[{_ARABIC}0-9])|[{_ARABIC}]")
# Controls that would leak out of our isolates.
_CONTROLS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]")


class Run(NamedTuple):
    """A stretch of text; ``lang`` is set when it is in the other script."""

    text: str
    lang: Lang | None


@lru_cache(maxsize=65536)
def split_runs(text: str, lang: Lang) -> tuple[Run, ...]:
    """Split a text of one language into its own runs and those of the other script.

    Direction controls in the text are dropped: the runs take their place.
    """
    text = _CONTROLS.sub("", text)
    pattern, other = (_LATIN_RUN, "en") if lang == "ar" else (_ARABIC_RUN, "ar")
    runs: list[Run] = []
    end = 0
    while match := pattern.search(text, end):
        if match.start() > end:
            runs.append(Run(text[end : match.start()], None))
        runs.append(Run(_cut_open_brackets(match.group()), other))  # type: ignore[arg-type]
        end = match.start() + len(runs[-1].text)
    if end < len(text):
        runs.append(Run(text[end:], None))
    return tuple(runs)


def _cut_open_brackets(run: str) -> str:
    """Return a run up to a bracket without its counterpart: cut apart, the two would face the same way."""
    opened: list[int] = []
    for index, character in enumerate(run):
        if character == "(":
            opened.append(index)
        elif character == ")" and not opened:
            return run[:index]
        elif character == ")":
            opened.pop()
    return run[: opened[0]].rstrip() if opened else run


def isolate(text: str, lang: Lang) -> str:
    """Return plain text with each run of the other script between U+2068 and U+2069."""
    return "".join(run.text if run.lang is None else f"{FSI}{run.text}{PDI}" for run in split_runs(text, lang))


def script_of(text: str) -> Lang | None:
    """Return the language whose script the text's letters mostly have, or None without such letters."""
    arabic = len(re.findall(f"[{_ARABIC}]", text))
    latin = len(re.findall(f"[{_LATIN}]", text))
    if not arabic and not latin:
        return None
    return "ar" if arabic >= latin else "en"


def strip_marks(text: str) -> str:
    """Return the text without combining marks and tatweel, in NFC."""
    decomposed = unicodedata.normalize("NFD", text)
    kept = (c for c in decomposed if not unicodedata.combining(c) and c != "\u0640")
    return unicodedata.normalize("NFC", "".join(kept))
