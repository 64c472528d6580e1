"""Find in a new article what an editor would have to look up: known names, numbers, hedges, times, voices.

Offline, by folded words with attached particles; it suggests and never decides. The drafts it makes
are files to be edited, outside the entries.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import yaml

from musnad.editing.article import Article, Place, draft_marks
from musnad.editing.names import Mention, NameIndex
from musnad.records.model import Catalogue
from musnad.text.bidi import script_of
from musnad.text.digest import digest_passage
from musnad.text.fold import bare_forms, fold, fold_words, split_words, stems
from musnad.text.fragments import Marks

_NUMBER = re.compile(r"\d+(?:[.,٫٬]\d+)*")


class Cue(NamedTuple):
    """A word that often introduces something a claim must keep."""

    kind: str
    means: str
    words: str


@dataclass(frozen=True)
class SentenceSuggestion:
    """What was found in one sentence."""

    paragraph: int
    sentence: int
    digest: str
    marks: Marks
    mentions: tuple[Mention, ...]
    cues: tuple[Cue, ...]
    numbers: tuple[str, ...]


def suggest_article(catalogue: Catalogue, text: str) -> list[SentenceSuggestion]:
    """Return what is found in every sentence of an article, one paragraph a line."""
    names = NameIndex(catalogue)
    cues = [
        (fold_words(pattern), Cue(cue.kind, cue.means, pattern))
        for cue in catalogue.vocabulary.cues.values()
        for pattern in cue.words
    ]
    article = Article(text)
    return [_suggest_sentence(names, cues, article, place) for place in article.sentences]


def _suggest_sentence(
    names: NameIndex, cues: list[tuple[list[str], Cue]], article: Article, place: Place
) -> SentenceSuggestion:
    sentence = article.sentences[place]
    words = split_words(sentence)
    forms = [set(stems(fold(word))) | set(bare_forms(fold(word))) for word in words]
    found = [
        cue
        for pattern, cue in cues
        if any(
            all(part in forms[i + n] for n, part in enumerate(pattern)) for i in range(len(forms) - len(pattern) + 1)
        )
    ]
    return SentenceSuggestion(
        *place,
        digest_passage(sentence),
        draft_marks(article, place),
        tuple(names.find(words)),
        tuple(found),
        tuple(_NUMBER.findall(fold(sentence))),
    )


def best_mentions(mentions: Iterable[Mention]) -> list[str]:
    """Return entity ids, longer names before shorter ones, each once."""
    ordered = sorted(mentions, key=lambda mention: (-mention.length, mention.start, mention.entity_id))
    return list(dict.fromkeys(mention.entity_id for mention in ordered))


def draft_source(sentences: list[SentenceSuggestion], paragraphs: list[str], today: str) -> dict[str, Any]:
    """Return a source record with everything a program can know; the rest is marked ``…``."""
    by_paragraph: defaultdict[int, list[dict[str, str]]] = defaultdict(list)
    for found in sentences:
        by_paragraph[found.paragraph].append({"digest": found.digest})
    return {
        "outlet": "…",
        "address": "https://…",
        "language": "ar" if script_of(" ".join(paragraphs)) == "ar" else "…",
        "title": {"ar": "…", "en": "…", "origin": "ours"},
        "rights": {"ar": "…", "en": "…"},
        "paragraphs": [
            {"digest": digest_passage(text), "sentences": by_paragraph[number]}
            for number, text in enumerate(paragraphs, 1)
        ],
        "status": "draft",
        "extracted": {"date": today, "method": "machine-assisted"},
        "history": [{"date": today, "change": "created"}],
    }


def draft_claim(source_id: str, found: SentenceSuggestion, today: str) -> dict[str, Any]:
    """Return a claim to be written from one sentence, with what was found in it as ``parts``."""
    ids = best_mentions(found.mentions)
    return {
        "title": {"ar": "…", "en": "…"},
        "statement": {"ar": "…", "en": "…"},
        "subject": ids[0] if ids else "…",
        "predicate": "…",
        "parts": [{"role": "…", "entity": entity_id} for entity_id in ids[1:]],
        "modality": "…",
        "attribution": [{"voice": "outlet", "entity": "…"}],
        "locators": [
            {
                "source": source_id,
                "paragraph": found.paragraph,
                "sentence": found.sentence,
                "digest": found.digest,
                **{name: words for name, words in found.marks._asdict().items() if words},
            }
        ],
        "status": "draft",
        "extracted": {"date": today, "method": "machine-assisted"},
        "history": [{"date": today, "change": "created"}],
    }


def draft_files(
    source_id: str, sentences: list[SentenceSuggestion], text: str, today: str
) -> Iterator[tuple[str, str]]:
    """Yield the path and the YAML of each draft: the source, and one claim for every sentence."""
    paragraphs = [line for line in text.splitlines() if line.strip()]
    yield f"sources/{source_id}.yaml", _to_yaml("source", 1, draft_source(sentences, paragraphs, today))
    for found in sentences:
        name = f"p{found.paragraph}s{found.sentence}"
        yield f"claims/{source_id}/{name}.yaml", _to_yaml("claim", 2, draft_claim(source_id, found, today))


def _to_yaml(schema: str, depth: int, record: dict[str, Any]) -> str:
    head = f"# yaml-language-server: $schema={'../' * depth}schemas/{schema}.schema.json\n"
    return head + yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=1000)


def tell_suggestions(sentences: Iterable[SentenceSuggestion]) -> Iterator[str]:
    """Yield what was found, for the terminal: entities, cues with what they mean, numbers."""
    for found in sentences:
        yield f"paragraph {found.paragraph}, sentence {found.sentence}  {' … '.join(filter(None, found.marks[:2]))}"
        for entity_id in best_mentions(found.mentions):
            words = next(mention.words for mention in found.mentions if mention.entity_id == entity_id)
            yield f"  entity  {entity_id}  ({words})"
        for cue in found.cues:
            yield f"  {cue.kind}  {cue.words}  -> {cue.means}"
        if found.numbers:
            yield f"  numbers  {', '.join(found.numbers)}"


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
