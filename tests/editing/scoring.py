"""Compare what is suggested for the articles in ``articles/`` with what they are known to say."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from musnad.editing.article import Article
from musnad.editing.suggest import Reader, SentenceSuggestion
from musnad.records.model import Catalogue

ARTICLES = sorted((Path(__file__).parent / "articles").glob("*.yaml"))
KINDS = ("voices", "quantities", "times", "names")


def load_article(path: Path) -> dict[str, Any]:
    """Return an article: ``sealed``, and ``sentences`` with their text and what they tell."""
    read: dict[str, Any] = yaml.safe_load(path.read_bytes())
    return read


def compare(catalogue: Catalogue, paths: Iterable[Path]) -> Iterator[tuple[str, str, str, str]]:
    """Yield for each thing its kind, whether it is found, missed or false, what it is, and its sentence."""
    reader = Reader(catalogue)
    for path in paths:
        for sentence in load_article(path)["sentences"]:
            article = Article(sentence["text"])
            ((place, text),) = article.sentences.items()
            found = list_found(reader.read(article, place))
            for kind in KINDS:
                left = list(found[kind])
                for known in sentence.get(kind, ()):
                    match = next((thing for thing in left if is_same(kind, thing, known)), None)
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


def list_found(suggestion: SentenceSuggestion) -> dict[str, list[Any]]:
    """Return what is found in a sentence, by kind."""
    return {
        "voices": [voice.text for voice in suggestion.voices],
        "quantities": [quantity.fields for quantity in suggestion.quantities],
        "times": [time.edtf or time.wording for time in suggestion.times],
        "names": [candidate.text for candidate in suggestion.candidates],
    }


def is_same(kind: str, found: Any, known: Any) -> bool:
    """Whether what is found is what is known: a quantity with every field that is known, and no other hedge."""
    if kind != "quantities":
        return str(known) in str(found) or (kind == "voices" and not found)
    given = dict(found)
    told = {**given, **given.get("change", {})}
    for field in ("range", "change"):
        if field in given:
            told[field] = [given[field].get("from"), given[field].get("to")]
    if "per" in given:
        told["per"] = given["per"]["unit"]
    wanted = {"comparator": None, **known}
    return all(_plain(told.get(field)) == _plain(value) for field, value in wanted.items())


def _plain(value: Any) -> Any:
    return [str(part) for part in value] if isinstance(value, list) else None if value is None else str(value)


def count(rows: Iterable[tuple[str, str, str, str]]) -> dict[str, Counter[str]]:
    """Return how many are found, missed and false of each kind."""
    table = {kind: Counter[str]() for kind in KINDS}
    for kind, verdict, _, _ in rows:
        table[kind][verdict] += 1
    return table
