"""Find in a new article what an editor would have to look up: known names, numbers, hedges, times, voices.

Offline, by folded words with attached particles; it suggests and never decides. The drafts it makes
are files to be edited, outside the entries.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import yaml

from musnad.editing.amounts import FoundQuantity, QuantityReader
from musnad.editing.article import Article, Place, draft_marks
from musnad.editing.candidates import Candidate, find_again, find_candidates
from musnad.editing.dates import FoundTime, find_times
from musnad.editing.names import Mention, NameIndex
from musnad.editing.places import Spot, Stop, draft_way, find_place, find_spots, find_way
from musnad.editing.speakers import UNKNOWN, FoundVoice, VoiceReader, carry_speakers
from musnad.editing.tokens import CueIndex, Tokens
from musnad.records.model import Catalogue
from musnad.text.bidi import script_of
from musnad.text.digest import digest_passage, outline_article
from musnad.text.fold import split_words
from musnad.text.fragments import Marks


@dataclass(frozen=True)
class SentenceSuggestion:
    """What was found in one sentence."""

    paragraph: int
    sentence: int
    digest: str
    marks: Marks
    mentions: tuple[Mention, ...]
    voices: tuple[FoundVoice, ...]
    quantities: tuple[FoundQuantity, ...]
    times: tuple[FoundTime, ...]
    candidates: tuple[Candidate, ...]
    place: tuple[Spot, ...] = ()
    """Known places where the sentence says something is."""
    way: tuple[Stop, ...] = ()
    """Places in their order."""


class Reader:
    """Reads sentences by the names and the terms of a record."""

    def __init__(self, catalogue: Catalogue) -> None:
        vocabulary = catalogue.vocabulary
        self._names = NameIndex(catalogue)
        kinds = {entity.id: entity.kind for entity in catalogue.entities.values()}
        self._places = {
            id_ for id_, kind in kinds.items() if kind in vocabulary.kinds and vocabulary.kinds[kind].trait == "place"
        }
        self._voices = VoiceReader(vocabulary, kinds)
        self._quantities = QuantityReader(vocabulary)
        self._times = CueIndex(vocabulary.cues.items(), "time")
        self._candidates = CueIndex(vocabulary.cues.items(), "name")

    def read(self, article: Article, place: Place) -> SentenceSuggestion:
        """Return what is found in a sentence of an article."""
        sentence = article.sentences[place]
        tokens = Tokens.read(sentence)
        mentions = tuple(self._names.find(split_words(sentence)))
        times = sorted(find_times(tokens, self._times, self._quantities.units), key=lambda found: found.start)
        dated = {at for found in times for at in range(found.start, found.end)}
        known = {word for mention in mentions for word in mention.words.split()}
        quantities = tuple(self._quantities.find(tokens, dated))
        counted = {at for found in quantities for at in range(found.start, found.end)}
        taken = dated | counted | {at for at, token in enumerate(tokens.all) if token.text in known}
        voices = tuple(self._voices.find(tokens, mentions, dated))
        candidates = [*find_candidates(tokens, self._candidates, taken)]
        candidates += find_again(tokens, _names_of_speakers(voices), candidates, taken)
        spots = find_spots(tokens, mentions, candidates, self._places)
        way = find_way(tokens, spots)
        passed = {stop.spot.text for stop in way if not stop.spot.entity}
        candidates += find_again(tokens, passed, candidates, taken)
        return SentenceSuggestion(
            *place,
            digest_passage(sentence),
            draft_marks(article, place),
            mentions,
            voices,
            quantities,
            tuple(times),
            tuple(candidates),
            find_place(tokens, spots, way),
            way,
        )


def _names_of_speakers(voices: Iterable[FoundVoice]) -> set[str]:
    """Return what is told of speakers behind a comma, and speakers of a capital word alone."""
    behind = {voice.text.partition("، ")[2] for voice in voices}
    alone = {
        voice.text
        for voice in voices
        if voice.text.istitle() and " " not in voice.text and not voice.is_same
        if voice.voice == "other-outlet" or not voice.text.endswith("s")
    }
    return {*filter(None, behind), *alone}


def suggest_article(catalogue: Catalogue, text: str) -> list[SentenceSuggestion]:
    """Return what is found in every sentence of an article, one paragraph a line."""
    reader, article = Reader(catalogue), Article(text)
    found = [reader.read(article, place) for place in article.sentences]
    voices = carry_speakers(sentence.voices for sentence in found)
    names = {one.name for sentence in found for one in sentence.candidates if one.name and one.cue in _SAID_AGAIN}
    # Bremin Holdings is told of as Bremin.
    names |= {name.split()[0] for name in names if name[0].isupper() and len(name.split()[0]) > len("The")}
    return [
        replace(sentence, voices=told, candidates=_add_names(article, sentence, names))
        for sentence, told in zip(found, voices, strict=True)
    ]


_SAID_AGAIN = ("place", "itself", "")


def _add_names(article: Article, sentence: SentenceSuggestion, names: set[str]) -> tuple[Candidate, ...]:
    """Return the names of a sentence with those that another sentence gave."""
    tokens = Tokens.read(article.sentences[sentence.paragraph, sentence.sentence])
    known = {word for mention in sentence.mentions for word in mention.words.split()}
    taken = {at for at, token in enumerate(tokens.all) if token.text in known}
    again = find_again(tokens, names, sentence.candidates, taken)
    return tuple(sorted((*sentence.candidates, *again)))


def best_mentions(mentions: Iterable[Mention]) -> list[str]:
    """Return entity ids, longer names before shorter ones, each once."""
    ordered = sorted(mentions, key=lambda mention: (-mention.length, mention.start, mention.entity_id))
    return list(dict.fromkeys(mention.entity_id for mention in ordered))


def draft_source(paragraphs: Iterable[str], today: str) -> dict[str, Any]:
    """Return a source record with everything a program can know; the rest is marked ``…``."""
    return {
        "outlet": "…",
        "address": "https://…",
        "language": "ar" if script_of(" ".join(paragraphs)) == "ar" else "…",
        "title": {"ar": "…", "en": "…", "origin": "ours"},
        "rights": {"ar": "…", "en": "…"},
        "paragraphs": outline_article("\n".join(paragraphs)),
        "status": "draft",
        "extracted": {"date": today, "method": "machine-assisted"},
        "history": [{"date": today, "change": "created"}],
    }


def draft_claim(found: SentenceSuggestion, today: str) -> dict[str, Any]:
    """Return a claim to be written from one sentence, with what was found in it as ``parts``.

    What its source says already (outlet, status, extraction) is left to it.
    """
    placed = [*dict.fromkeys(spot.entity for spot in found.place)]
    on_way = {stop.spot.entity for stop in found.way}
    spoken = {voice.entity for voice in found.voices[:1]}
    ids = [id_ for id_ in best_mentions(found.mentions) if id_ not in {*placed} | on_way | spoken]
    return {
        "title": {"ar": "…", "en": "…"},
        "statement": {"ar": "…", "en": "…"},
        "subject": ids[0] if ids else "…",
        "predicate": "…",
        "parts": [{"role": "…", "entity": entity_id} for entity_id in ids[1:]],
        "modality": "…",
        **({"attribution": chain} if (chain := [*_draft_chain(found)]) else {}),
        **({"quantities": quantities} if (quantities := draft_quantities(found.quantities)) else {}),
        **({"time": draft_time(found.times[0])} if found.times else {}),
        **({"place": {"entities": placed, "precision": UNKNOWN}} if placed else {}),
        **({"way": draft_way(found.way, UNKNOWN)} if found.way else {}),
        "locators": [
            {
                "paragraph": found.paragraph,
                "sentence": found.sentence,
                "digest": found.digest,
                **{name: words for name, words in found.marks._asdict().items() if words},
            }
        ],
        "history": [{"date": today, "change": "created"}],
    }


def draft_quantities(found: Iterable[FoundQuantity]) -> list[dict[str, Any]]:
    """Return quantities as a record writes them, a part of a count below what it is part of."""
    drafts: list[dict[str, Any]] = []
    for quantity in found:
        given = {name: quantity.fields[name] for name in ("value", "vague", "comparator") if name in quantity.fields}
        if quantity.part and drafts and "value" in drafts[-1] and {*given} & {"value", "vague"}:
            portion = {**given, "who": {"ar": UNKNOWN, "en": UNKNOWN}}
            drafts[-1].setdefault(quantity.part, []).append(portion)
        else:
            drafts.append(dict(quantity.fields))
    return drafts


def _draft_chain(found: SentenceSuggestion) -> Iterator[dict[str, str]]:
    """Yield the links of the first voice, from the outlet that passes it on; a refusal to comment is another claim."""
    for voice in found.voices[:1]:
        if voice.outlet:
            known = (mention.entity_id for mention in found.mentions if mention.words in voice.outlet)
            yield {"voice": "other-outlet", "entity": next(known, UNKNOWN)}
        yield draft_voice(voice)


def draft_voice(voice: FoundVoice) -> dict[str, str]:
    """Return a link of the chain with what the sentence tells of it."""
    fields = {"voice": voice.voice, "entity": voice.entity, "number": voice.number, "identity": voice.identity}
    return {name: value for name, value in fields.items() if value}


def draft_time(time: FoundTime) -> dict[str, str]:
    """Return a time: the date that is stated, or what is still to be worked out from the publication."""
    date_ = {"hijri": time.hijri} if time.hijri else {"edtf": time.edtf or "…"}
    return {**date_, "basis": time.basis, "wording": time.wording}


def draft_files(
    source_id: str, sentences: list[SentenceSuggestion], text: str, today: str
) -> Iterator[tuple[str, str]]:
    """Yield the path and the YAML of each draft: the source, and one claim for every sentence."""
    paragraphs = [line for line in text.splitlines() if line.strip()]
    yield f"sources/{source_id}.yaml", _to_yaml("source", 1, draft_source(paragraphs, today))
    for found in sentences:
        name = f"p{found.paragraph}s{found.sentence}"
        yield (
            f"claims/{source_id}/{name}.yaml",
            _to_yaml("claim", 2, draft_claim(found, today)) + _comment(found),
        )


def _to_yaml(schema: str, depth: int, record: dict[str, Any]) -> str:
    head = f"# yaml-language-server: $schema={'../' * depth}schemas/{schema}.schema.json\n"
    return head + yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=1000)


def _comment(found: SentenceSuggestion) -> str:
    """Return what has no field yet, as comments: what was counted, further voices and times, names to look up."""
    told = [
        *(f"quantity: {quantity.text}" for quantity in found.quantities),
        *(f"voice: {' ← '.join(filter(None, (voice.text, voice.before)))}" for voice in found.voices),
        *(f"time: {time.wording}" for time in found.times[1:]),
        *(f"name: {candidate.text}" for candidate in found.candidates),
    ]
    return "".join(f"# {line}\n" for line in told)


def measure_recall(catalogue: Catalogue, source_id: str, text: str) -> tuple[int, int]:
    """Return how many of the entities that claims name in each sentence are found, and how many there are."""
    suggested = {
        (found.paragraph, found.sentence): set(best_mentions(found.mentions))
        for found in suggest_article(catalogue, text)
    }
    recorded: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    for claim in catalogue.claims.values():
        for locator in claim.locators:
            if locator.source == source_id and locator.paragraph:
                recorded[locator.spot.paragraph, locator.spot.sentence] |= {*claim.named}
    found = sum(len(ids & suggested.get(place, set())) for place, ids in recorded.items())
    return found, sum(map(len, recorded.values()))
