"""Statements and accusations that stand where no voice is before them: in titles, descriptions, notes, redirects."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields
from itertools import islice
from typing import Any

from musnad.derive.named import is_part
from musnad.derive.people import is_living
from musnad.records.base import list_own
from musnad.records.model import Claim, Entity, Source
from musnad.records.problems import N_
from musnad.records.values import LocalizedText
from musnad.records.vocabulary import Vocabulary
from musnad.records.walk import walk_values
from musnad.records.yamltext import FieldPath
from musnad.rules.finding import Finding
from musnad.rules.names import iter_texts
from musnad.rules.rule import Known, Record
from musnad.text.digest import SENTENCE_END, digest, fold_sentence
from musnad.text.languages import LANGS

_MAY_END = re.compile(r"[.!?؟۔।]")
_NO_VOICE = N_("this is what {id} states, and no voice is before it here: leave it to the claim, or write who says so")
_ACCUSES = N_(
    "{word} accuses, and {id} is or may be alive: leave it to a claim, behind its voices (such as one with the "
    "predicate {predicate})"
)


def _split(text: str) -> Iterator[str]:
    """Yield the sentences of a text, folded; most texts are one."""
    parts = SENTENCE_END.split(text) if _MAY_END.search(text, 0, len(text) - 1) else (text,)
    yield from filter(None, map(fold_sentence, filter(None, parts)))


def _list_bare(record: Record) -> Iterator[tuple[FieldPath, Any]]:
    """Yield the texts of a record that are shown without the voices of a claim."""
    yield from ((("history", n, "note"), change.note) for n, change in enumerate(record.history))
    if isinstance(record, Claim):
        yield ("title",), record.title
        yield from ((("not_stated", n), text) for n, text in enumerate(record.not_stated))
        return
    yield from ((("unknowns", n), text) for n, text in enumerate(record.unknowns))
    if isinstance(record, Source):
        yield ("title",), record.title if record.title.origin == "ours" else None
        for p, paragraph in enumerate(record.paragraphs):
            for s, sentence in enumerate(paragraph.sentences):
                yield ("paragraphs", p, "sentences", s, "no_claim"), sentence.no_claim
        return
    yield ("description",), record.description
    yield from ((("distinct_from", n, "note"), other.note) for n, other in enumerate(record.distinct_from))
    yield from ((("same_as", n, "reason"), other.reason) for n, other in enumerate(record.same_as))


def _find_bare(record: Record) -> Iterator[tuple[FieldPath, str]]:
    """Yield folded sentences of a record that have no voice, with their paths."""
    for path, text in _list_bare(record):
        for lang in LANGS if text else ():
            yield from (((*path, lang), sentence) for sentence in _split(text[lang]))


def sentence_keys(record: Record) -> Iterator[str]:
    """Yield what a claim states, and the sentences of a record that have no voice."""
    if isinstance(record, Claim):
        yield from map(digest, _list_stated(record))
    yield from (digest(sentence) for _, sentence in _find_bare(record))


def _list_stated(claim: Claim) -> list[str]:
    return [fold_sentence(claim.statement[lang]) for lang in LANGS]


def check_bare_statement(key: str, group: Sequence[Record], known: Known) -> Iterator[Finding]:
    """What a claim states, in the text of another record that is shown without the voices of the claim."""
    stating = [record for record in group if isinstance(record, Claim) and key in map(digest, _list_stated(record))]
    for record in group if stating else ():
        for path, sentence in _find_bare(record):
            if record != stating[0] and digest(sentence) == key:
                yield Finding(record.ref, path, _NO_VOICE, {"id": stating[0].id})


def check_bare_statement_of_claim(claim: Claim, known: Known) -> Iterator[Finding]:
    """The same in the claim's own title and notes."""
    stated = _list_stated(claim)
    for path, sentence in _find_bare(claim):
        if sentence in stated:
            yield Finding(claim.ref, path, _NO_VOICE, {"id": claim.id})


def check_bare_statement_of_words(known: Known) -> Iterator[Finding]:
    """The same in redirects, in the words of the site, and in words of one's own."""
    places: list[tuple[str, FieldPath, Any]] = [("redirects", (old,), found) for old, found in known.redirects.items()]
    places += [("site", (), known.site)]
    places += [
        (f"vocabulary/{field.name}", (key,), term)
        for field in fields(Vocabulary)
        for key, term in list_own(getattr(known.vocabulary, field.name))
    ]
    for ref, root, value in places:
        for path, text in walk_values(value, root):
            for lang in LANGS if isinstance(text, LocalizedText) else ():
                for sentence in _split(text[lang]):
                    if claim_id := known.stated.get(sentence):
                        yield Finding(ref, (*path, lang), _NO_VOICE, {"id": claim_id})


_UNVOICED = frozenset({"description", "subkind", "distinct_from", "same_as", "unknowns", "history"})


def check_bare_accusation(entity: Entity, known: Known) -> Iterator[Finding]:
    """A word that accuses in the record of a living person, where nobody says it, unless the person is called so."""
    for path, text in iter_texts(entity) if is_living(entity) else ():
        # A designation is the source's.
        if path[0] in _UNVOICED and path[-1] != "text":
            found = known.accusing.find(text)
            # One may be called after a place that is called like an accusation (المدان).
            bare = (each for each in found if not any(is_part(each.name, name.text) for name in entity.names))
            for predicate, word in islice(bare, 1):
                yield Finding(entity.ref, path, _ACCUSES, {"word": word, "id": entity.id, "predicate": predicate})
