"""Compare what is suggested for the articles in ``articles/`` with what they are known to say."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from musnad.editing.amounts import UNKNOWN
from musnad.editing.suggest import SentenceSuggestion, suggest_article
from musnad.records.model import Catalogue

ARTICLES = Path(__file__).parent / "articles"
KINDS = ("voices", "quantities", "times", "names")


def load_article(path: Path) -> dict[str, Any]:
    """Return an article: ``sealed``, and ``sentences`` with their text and what they tell."""
    read: dict[str, Any] = yaml.safe_load(path.read_bytes())
    return read


def list_articles(lang: str, *, is_sealed: bool) -> list[Path]:
    """Return the articles in a language: those worked with, or those set aside."""
    return [path for path in sorted(ARTICLES.glob(f"*-{lang}.yaml")) if load_article(path)["sealed"] is is_sealed]


def compare(catalogue: Catalogue, paths: Iterable[Path]) -> Iterator[tuple[str, str, str, str]]:
    """Yield for each thing its kind, whether it is found, missed or false, what it is, and its sentence."""
    units = catalogue.vocabulary.units
    for path in paths:
        sentences = load_article(path)["sentences"]
        # A paragraph each: what splits one is told apart by its place.
        read = suggest_article(catalogue, "\n".join(sentence["text"] for sentence in sentences))
        for number, sentence in enumerate(sentences, 1):
            text, found = sentence["text"], list_found([one for one in read if one.paragraph == number])
            for kind in KINDS:
                left = list(found[kind])
                for known in sentence.get(kind, ()):
                    match = next((thing for thing in left if is_same(kind, thing, known, units)), None)
                    yield kind, "missed" if match is None else "found", str(known), text
                    if match is not None:
                        left.remove(match)
                # A name may be suggested that is none: it is a comment. One that crosses no name is counted as false.
                for thing in left:
                    is_part = kind == "names" and any(str(thing) in str(known) for known in sentence.get(kind, ()))
                    if not (is_part or (kind == "names" and _names_speaker(thing, sentence))):
                        yield kind, "false", str(thing), text


def _names_speaker(thing: object, sentence: Mapping[str, Any]) -> bool:
    return any(str(known) in str(thing) or str(thing) in str(known) for known in sentence.get("voices", ()))


def list_found(sentences: Iterable[SentenceSuggestion]) -> dict[str, list[Any]]:
    """Return what is found in a sentence, by kind."""
    found = [*sentences]
    return {
        "voices": [" ← ".join(filter(None, (voice.text, voice.before))) for one in found for voice in one.voices],
        "quantities": [quantity.fields for one in found for quantity in one.quantities],
        "times": [f"{time.edtf or time.hijri} {time.wording}" for one in found for time in one.times],
        "names": [candidate.text for one in found for candidate in one.candidates],
    }


def is_same(kind: str, found: Any, known: Any, units: Container[str] = ()) -> bool:
    """Whether what is found is what is known: a quantity with every field that is known, and no other hedge.

    A unit that the vocabulary lacks has to be left open in what is found.
    """
    if kind != "quantities":
        return str(known) in str(found)
    given = dict(found)
    told = {**given, **given.get("change", {})}
    for field in ("range", "change"):
        if field in given:
            told[field] = [given[field].get("from"), given[field].get("to")]
    if [*given.get("change", ())] == ["to"]:
        told["value"] = given["change"]["to"]
    if "per" in given:
        told["per"] = given["per"]["unit"]
    wanted = {"comparator": None, **known}
    for field in ("unit", "per"):
        wanted[field] = _UNITS.get(wanted.get(field, ""), wanted.get(field)) or told.get(field)
    if wanted["unit"] and wanted["unit"] not in units:
        wanted["unit"] = told.get("unit") if told.get("unit") in (None, UNKNOWN) else None
    if "vague" in known:
        wanted["vague"] = _VAGUE.get(known["vague"], known["vague"])
    if "by" in known and "by" in told:
        # Only the text's own figure is known, not its sign.
        told["by"] = str(told["by"]).removeprefix("-") if not str(known["by"]).startswith("-") else told["by"]
    wanted["comparator"] = _HEDGES.get(wanted["comparator"], wanted["comparator"])
    told["comparator"] = _HEDGES.get(told.get("comparator"), told.get("comparator"))
    return all(_plain(told.get(field)) == _plain(value) for field, value in wanted.items())


# How the answers call what the vocabulary calls otherwise.
_UNITS = {"kilogram": "kg", "kilometre": "km", "millimetre": "mm", "time": "times", "ton": "tonne"}
_VAGUE = {"عشرات": "dozens", "مئات": "hundreds", "آلاف": "thousands"}
_HEDGES = {"at-most": "not-more-than", "nearly": "about"}


def _plain(value: Any) -> Any:
    return [str(part) for part in value] if isinstance(value, list) else None if value is None else str(value)


def count(rows: Iterable[tuple[str, str, str, str]]) -> dict[str, Counter[str]]:
    """Return how many are found, missed and false of each kind."""
    table = {kind: Counter[str]() for kind in KINDS}
    for kind, verdict, _, _ in rows:
        table[kind][verdict] += 1
    return table
