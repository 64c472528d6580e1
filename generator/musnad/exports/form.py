"""What the form for proposals is made from: schemas, terms, patterns and words, and the files of records.

One file for all that is the same for every proposal, and the text of each record's own file in a few larger ones.
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from musnad.pages.addresses import find_host
from musnad.pages.site import Site
from musnad.records.cldr import find_dimension, find_key, list_ids
from musnad.records.model import Catalogue, Claim, Entity, Source
from musnad.records.schemas import make_record_schemas
from musnad.records.shapes import ADDRESS_FAULTS
from musnad.records.walk import iter_records
from musnad.rules.sources import PLACES
from musnad.rules.texts import OF_NOTHING
from musnad.text import bidi, digest, letters
from musnad.text.languages import LANGS

Record = Source | Entity | Claim
FORM = "propose/form.json"
SCRIPTS = Path(__file__).parents[1] / "theme/assets/propose"
_EACH = 40
"""About how many records lie in one file."""
_PRIME, _START = 0x01000193, 0x811C9DC5
_MESSAGE = re.compile(r'\bN_\(\s*("(?:[^"\\]|\\.)*")')
_TERMS = {
    "predicates": ["label", "subjects", "objects", "takes", "accusing"],
    "modalities": ["label", "meaning", "aside", "accusation"],
    "voices": ["label", "named", "thing", "phrase", "short", "note"],
    "roles": ["label", "kinds", "private"],
    "measures": ["label", "of", "per"],
    "precisions": ["label", "decimals"],
    "kinds": ["label", "trait"],
    "amounts": ["pattern"],
    "containers": ["pattern"],
}
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def list_messages(scripts: Path = SCRIPTS) -> list[str]:
    """Return the messages that scripts mark with ``N_``, each once: those of the form, or of another folder."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(scripts.glob("*.js")))
    return sorted({json.loads(found[1]) for text in texts for found in _MESSAGE.finditer(text)})


def export_form(site: Site) -> str:
    """Return what is the same for every proposal, as one JSON object."""
    catalogue, words = site.catalogue, site.words
    messages = sorted({*list_messages(), *(message for _, message in ADDRESS_FAULTS)})
    found = {
        "host": find_host(site.options.edit),
        "shards": count_shards(site.shown),
        "schemas": site.recall.take("record-schemas", make_record_schemas),
        "terms": {name: dict(_list_terms(catalogue, name, fields)) for name, fields in _TERMS.items()},
        "units": _list_units(catalogue),
        "sources": {id_: _outline_source(site, id_) for id_ in site.shown.sources},
        "places": PLACES,
        "patterns": _list_patterns(),
        "addresses": ADDRESS_FAULTS,
        "messages": {message: {lang: words[lang].gettext(message) for lang in LANGS} for message in messages},
    }
    return _encode(found)


def _list_terms(catalogue: Catalogue, name: str, fields: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for id_, term in getattr(catalogue.vocabulary, name).items():
        dumped = term.model_dump(include=set(fields), exclude_none=True)
        yield id_, {key: value for key, value in dumped.items() if value not in (False, (), "")}


def _list_units(catalogue: Catalogue) -> dict[str, dict[str, Any]]:
    """Return the forms of the vocabulary's units, and of those that only CLDR knows what they measure."""
    units = catalogue.vocabulary.units
    forms = {"plural", "single", "rate", "dimension"}
    found = {id_: units[id_].model_dump(include=forms, exclude_none=True) for id_ in units}
    british = (id_.replace("meter", "metre").replace("liter", "litre") for id_ in list_ids())
    others = ((id_, find_key(id_)) for id_ in sorted({*list_ids(), *british}) if id_ not in found and id_ in units)
    return found | {id_: {"dimension": find_dimension(key), "cldr": True} for id_, key in others if key}


def _outline_source(site: Site, id_: str) -> dict[str, Any]:
    source = site.shown.sources[id_]
    return {
        "title": {lang: source.title[lang] for lang in LANGS},
        "kind": source.kind,
        "outlet": source.outlet,
        "published": source.published,
        "paragraphs": [[sentence.digest for sentence in paragraph.sentences] for paragraph in source.paragraphs],
    }


def _list_patterns() -> dict[str, str | list[str]]:
    """Return the patterns of rules that Python and the browser share."""
    return {
        "arabic": f"[{bidi.ARABIC}]",
        "latin": f"[{bidi.LATIN}]",
        "unseen": letters.UNSEEN.pattern,
        "noText": letters.NO_TEXT.pattern,
        "latinLetter": letters.LATIN.pattern,
        "otherLetter": letters.GREEK_OR_CYRILLIC.pattern,
        "looksLatin": letters.LOOK_LATIN.pattern,
        "persian": letters.PERSIAN.pattern,
        "ofNothing": sorted(OF_NOTHING),
        "sentenceEnd": digest.SENTENCE_END.pattern,
        "abbreviated": digest.ABBREVIATED.pattern,
        "beforeNumber": digest.BEFORE_NUMBER.pattern,
        "mayEnd": digest.MAY_END.pattern,
        "begins": f"^(?:{digest.BEGINS.pattern})",
    }


def count_shards(shown: Catalogue) -> int:
    """Return into how many files the records are put: twice as many only when there are twice as many records."""
    count = sum(1 for _ in iter_records(shown))
    return 1 << max(0, (count // _EACH).bit_length())


def find_shard(ref: str, shards: int) -> int:
    """Return the number of the file that a record is put into: FNV-1a of its address, of 32 bits."""
    value = _START
    for byte in ref.encode():
        value = (value ^ byte) * _PRIME & 0xFFFFFFFF
    return value % shards


def list_shards(shown: Catalogue) -> list[list[Record]]:
    """Return the records in each file.

    What was retracted is not corrected any more, and some files tell more than readers may see.
    """
    shards: list[list[Record]] = [[] for _ in range(count_shards(shown))]
    for record in iter_records(shown):
        if record.status != "retracted" and record.ref not in shown.kept_back:
            shards[find_shard(record.ref, len(shards))].append(record)
    return shards


def export_shard(records: Iterable[Record], entries: Path) -> str:
    """Return the files of some records, by their address: ``{"file", "text"}``."""
    found = {}
    for record in records:
        text = (entries / record.file).read_text(encoding="utf-8-sig")
        found[record.ref] = {"file": record.file, "text": text}
    return _encode(found)
