"""What was recorded twice, as far as two records show it: articles, claims, entities."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from operator import attrgetter

from musnad.records.model import Claim, Entity, Source
from musnad.records.problems import N_
from musnad.records.values import UNKNOWN
from musnad.rules.finding import Finding
from musnad.rules.rule import Known, Record
from musnad.text.addresses import find_page
from musnad.text.digest import digest
from musnad.text.languages import LANGS
from musnad.text.likeness import compare_phrases
from musnad.text.words import read_phrase

LIKELY = 0.9
# Statuses of claims that another one may repeat.
_REPLACED = frozenset({"superseded", "retracted", "withheld"})


def page_keys(record: Record) -> Iterator[str]:
    """Yield the pages that a source stands on."""
    if isinstance(record, Source):
        yield from (find_page(address) for address in (record.address, record.archive) if address != UNKNOWN)


def check_same_article(key: str, group: Sequence[Record], known: Known) -> Iterator[Finding]:
    """An article under a second id: it would count as a second source."""
    first, *others = group
    for other in others:
        if isinstance(other, Source):
            field = "address" if find_page(other.address) == key else "archive"
            message = N_("{id} is recorded from this address already")
            yield Finding(other.ref, (field,), message, {"id": first.id})


def article_keys(record: Record) -> Iterator[str]:
    """Yield the text of a source that is not said to be another's."""
    if isinstance(record, Source) and record.paragraphs and not record.origin:
        yield digest(*(paragraph.digest for paragraph in record.paragraphs))


def check_same_text(key: str, group: Sequence[Record], known: Known) -> Iterator[Finding]:
    """The text of an article under a second id: the same article, or a reprint."""
    first, *others = group
    for other in others:
        message = N_("{id} has the same paragraphs: if this is a reprint, its claims are no independent ones")
        yield Finding(other.ref, ("paragraphs",), message, {"id": first.id})


def statement_keys(record: Record) -> Iterator[str]:
    """Yield the statement of a claim that stands, in each language."""
    if isinstance(record, Claim) and record.status not in _REPLACED:
        yield from (f"{lang} {digest(_fold(record.statement[lang]))}" for lang in LANGS)


def statement_keys_in_source(record: Record) -> Iterator[str]:
    """Yield the same with the source."""
    if isinstance(record, Claim):
        yield from (f"{key} {record.source_id}" for key in statement_keys(record))


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def check_copied_claim(key: str, group: Sequence[Record], known: Known) -> Iterator[Finding]:
    """A claim that says what another says, of the same source and on the word of the same voices."""
    for first, other in _pair(group, attrgetter("attribution")):
        message = N_("{id} says the same on the same word: one claim can stand in several sentences (locators)")
        yield Finding(other.ref, ("statement", key[:2]), message, {"id": first.id})


def check_repeated_claim(key: str, group: Sequence[Record], known: Known) -> Iterator[Finding]:
    """A claim in the words of another: copied, or to be linked."""
    for first, other in _pair(group):
        is_copy = (first.source_id, first.attribution) == (other.source_id, other.attribution)
        if not is_copy and not _are_linked(first, other):
            message = N_("{id} has the same statement: link the two, or see that each says what its source says")
            yield Finding(other.ref, ("statement", key[:2]), message, {"id": first.id})


def fact_keys(record: Record) -> Iterator[str]:
    """Yield what a claim that stands says of whom, and where it stands, whatever its words."""
    if isinstance(record, Claim) and record.status not in _REPLACED:
        places = sorted(f"{locator.source} {locator.spot}" for locator in record.locators)
        fact = (record.subject, record.predicate, record.object, record.literal, record.polarity, record.parts)
        yield digest(repr(fact), repr(record.quantities), repr(record.way), *places)


def check_same_fact(key: str, group: Sequence[Record], known: Known) -> Iterator[Finding]:
    """A claim with another statement and the same fields as another."""
    for first, other in _pair(group, attrgetter("attribution")):
        if all(_fold(first.statement[lang]) != _fold(other.statement[lang]) for lang in LANGS):
            message = N_("{id} has the same subject, predicate, object and sentence: is this another claim?")
            yield Finding(other.ref, ("subject",), message, {"id": first.id})


def _pair(group: Sequence[Record], by: Callable[[Claim], object] = bool) -> Iterator[tuple[Claim, Claim]]:
    """Yield each claim with the one before it that is alike: of many, not all pairs."""
    last: dict[object, Claim] = {}
    for claim in group:
        if isinstance(claim, Claim):
            if by(claim) in last:
                yield last[by(claim)], claim
            last[by(claim)] = claim


def _are_linked(one: Claim, other: Claim) -> bool:
    return any(link.claim == there.id for here, there in ((one, other), (other, one)) for link in here.links)


def identifier_keys(record: Record) -> Iterator[str]:
    """Yield what other registers call an entity."""
    if isinstance(record, Entity):
        yield from (f"{external.scheme} {external.id}" for external in record.external_ids)


def check_same_identifier(key: str, group: Sequence[Record], known: Known) -> Iterator[Finding]:
    """Two entities that are one to another register."""
    first, *others = group
    for other in others:
        if isinstance(other, Entity):
            index = [f"{external.scheme} {external.id}" for external in other.external_ids].index(key)
            yield Finding(other.ref, ("external_ids", index), N_("{id} has the same identifier"), {"id": first.id})


def name_keys(record: Record) -> Iterator[str]:
    """Yield the consonants of each name of an entity."""
    if isinstance(record, Entity):
        phrases = (read_phrase(name.text) for name in record.names)
        yield from (phrase.tails[0].skeleton for phrase in phrases if phrase.words)


def check_likely_duplicate(key: str, group: Sequence[Record], known: Known) -> Iterator[Finding]:
    """Two records that may be one: a name of each is nearly the same, and neither warns of the other."""
    entities = [record for record in group if isinstance(record, Entity)]
    for first, second in combinations(entities, 2):
        found = find_alike(first, second) if not (_knows(first, second) or _knows(second, first)) else None
        if found:
            own, theirs = second.names[found[0]].text, first.names[found[1]].text
            message = N_("{name} may be the same as {id} ({other}): use that record, or warn of it in distinct_from")
            values = {"name": own, "id": first.id, "other": theirs}
            yield Finding(second.ref, ("names", found[0], "text"), message, values)


def find_alike(first: Entity, second: Entity) -> tuple[int, int] | None:
    """Return the first names of the second and of the first that are alike."""
    for at, own in enumerate(second.names):
        for index, theirs in enumerate(first.names):
            one, other = read_phrase(own.text), read_phrase(theirs.text)
            is_near = one.words and other.words and one.tails[0].skeleton == other.tails[0].skeleton
            if is_near and compare_phrases(one, other) >= LIKELY:
                return at, index
    return None


def _knows(entity: Entity, other: Entity) -> bool:
    return any(distinction.entity == other.id for distinction in entity.distinct_from)
