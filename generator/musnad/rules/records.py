"""What holds for every record: names, identity, status, redirects."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from typing import Any

from musnad.derive.reviews import name_reviewer
from musnad.derive.visible import follow_redirect
from musnad.records.model import (
    HIDDEN,
    Change,
    Claim,
    Distinction,
    Entity,
    ExternalId,
    Inference,
    Link,
    Locator,
    Name,
    Paragraph,
    Quantity,
    Sentence,
    Source,
    Stop,
    Voice,
)
from musnad.records.problems import N_
from musnad.records.walk import find_record
from musnad.records.yamltext import FieldPath
from musnad.rules.finding import Finding
from musnad.rules.rule import Known, Record
from musnad.text.addresses import find_page, has_loose_end, is_front_page
from musnad.text.languages import LANGS

# Windows has no file of such a name, whatever its ending; "index" is where a folder's own page stands.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
_START = "index"


def check_names(entity: Entity, known: Known) -> Iterator[Finding]:
    """An entity without one primary name in each language, or a found spelling without its source."""
    primary = Counter(name.lang for name in entity.names if name.role == "primary")
    wrong = [lang for lang in LANGS if primary[lang] != 1]
    # A name under the wrong language makes both numbers wrong.
    for lang in wrong[:1] if sorted(primary[lang] for lang in wrong) == [0, 2] else wrong:
        message = N_("there must be exactly one primary name in {language}; there are {count}")
        yield Finding(entity.ref, ("names",), message, {"language": lang, "count": str(primary[lang])})
    for index, name in enumerate(entity.names):
        if name.role in ("found-in-source", "misprint") and not name.source:
            yield Finding(entity.ref, ("names", index), N_("a spelling found in a source needs its source"))


def check_distinction(entity: Entity, known: Known) -> Iterator[Finding]:
    """A warning of confusion that only one of the two entities gives, or that names nothing."""
    for index, distinction in enumerate(entity.distinct_from):
        at = ("distinct_from", index)
        other = known.entities.get(distinction.entity or "")
        # A record that readers see can't name a hidden one.
        is_waiting = other is not None and entity.status in HIDDEN and other.status not in HIDDEN
        if (distinction.entity is None) == (distinction.name is None):
            yield Finding(entity.ref, at, N_("give either entity or name"))
        elif other and not is_waiting and all(back.entity != entity.id for back in other.distinct_from):
            message = N_("{id} must warn of this entity too")
            yield Finding(entity.ref, at, message, {"id": other.id})


def check_identity(entity: Entity, known: Known) -> Iterator[Finding]:
    """Fields that an entity's kind needs or can't have."""
    kind = known.vocabulary.kinds.get(entity.kind)
    if kind is None:
        return
    if (kind.trait == "person") != (entity.living is not None):
        lacks = N_("a person needs the line living: yes, no or unknown")
        has = N_("{id} is of the kind {kind}: only persons have the field living")
        values = {"id": entity.id, "kind": entity.kind}
        yield Finding(entity.ref, ("living",) if entity.living else (), has if entity.living else lacks, values)
    if kind.trait == "place" and entity.location is None:
        yield Finding(entity.ref, (), N_("a place needs a location, at least its precision"))


def check_status(record: Record, known: Known) -> Iterator[Finding]:
    """A change of status without its reason, for readers."""
    told = {change.change for change in record.history if change.note}
    if record.status in ("corrected", "superseded", "retracted") and record.status not in told:
        message = N_("a {status} record needs a line in its history with that change and a note")
        yield Finding(record.ref, ("status",), message, {"status": record.status})
    if isinstance(record, Claim) and (record.status == "superseded") != (record.superseded_by is not None):
        message = N_("the status superseded and the field superseded_by go together")
        yield Finding(record.ref, ("status",), message)


def check_withheld(record: Record, known: Known) -> Iterator[Finding]:
    """What is withheld, and can still be read where everybody reads."""
    if record.status == "withheld":
        message = N_(
            "what is withheld has no words here: musnad withhold takes them into a folder of your own "
            "(what is only unfinished is a draft)"
        )
        yield Finding(record.ref, ("status",), message)


def check_redirect(known: Known) -> Iterator[Finding]:
    """A redirect that loops, hides a living record, or leads nowhere."""
    for old, redirect in known.redirects.items():
        if (redirect.to is None) == (redirect.gone is None):
            yield Finding("redirects", (old,), N_("give either to (the new address) or gone (the reason)"))
        if find_record(known, old):
            yield Finding("redirects", (old,), N_("{id} is a record; the redirect would hide it"), {"id": old})
        target = follow_redirect(known, old)
        if target in known.redirects:
            yield Finding("redirects", (old, "to"), N_("the redirect leads back to itself"))
        elif target and target == redirect.to and not find_record(known, target):
            yield Finding(
                "redirects", (old, "to"), N_("there is no record {target}"), {"target": target}, target=target
            )


# What makes two entries of a list the same; of other entries, everything does.
_SAME: Mapping[type, Callable[[Any], object]] = {
    Name: attrgetter("lang", "text", "source"),
    ExternalId: attrgetter("scheme", "id"),
    Distinction: attrgetter("entity", "name"),
    Inference: attrgetter("entity"),
    Quantity: lambda quantity: quantity.model_copy(update={"wording": None}),
    Locator: attrgetter("source", "paragraph", "sentence", "starts"),
    Link: attrgetter("type", "claim"),
}
# May be the same: lines of an article, voices of which nothing is known, what was done on one day.
_REPEATABLE = (Sentence, Paragraph, Voice, Change, Stop)


def check_twice(ref: str, path: FieldPath, entries: tuple[Any, ...]) -> Iterator[Finding]:
    """An entry that stands in its list already."""
    if len(entries) < 2 or isinstance(entries[0], _REPEATABLE):
        return
    find_key = _SAME.get(type(entries[0]))
    seen: dict[object, int] = {}
    for index, entry in enumerate(entries):
        first = seen.setdefault(find_key(entry) if find_key else entry, index)
        if first != index:
            message = N_("this is the same as number {number} of the list")
            yield Finding(ref, (*path, index), message, {"number": str(first + 1)})


def check_itself(record: Record, known: Known) -> Iterator[Finding]:
    """A record that names itself where another is meant, or lies in what lies in it."""
    message, values = N_("{id} can't stand here in its own record"), {"id": record.id}
    if isinstance(record, Claim) and record.superseded_by == record.id:
        yield Finding(record.ref, ("superseded_by",), message, values)
    if isinstance(record, Entity):
        for index, distinction in enumerate(record.distinct_from):
            if distinction.entity == record.id:
                yield Finding(record.ref, ("distinct_from", index, "entity"), message, values)
        within = record.location.within if record.location else None
        container = known.entities.get(within or "")
        if within == record.id:
            yield Finding(record.ref, ("location", "within"), message, values)
        elif container and container.location and container.location.within == record.id:
            yield Finding(
                record.ref, ("location", "within"), N_("{id} lies in this place itself"), {"id": container.id}
            )


def check_same_reviewer(record: Record, known: Known) -> Iterator[Finding]:
    """A reviewer under two spellings, or twice: two people are wanted."""
    seen: dict[str, int] = {}
    for index, review in enumerate(record.reviews):
        if seen.setdefault(name_reviewer(review), index) != index:
            message = N_("{name} has reviewed this before: it counts as one reviewer")
            yield Finding(record.ref, ("reviews", index, "reviewer"), message, {"name": review.reviewer})


def check_address(source: Source, known: Known) -> Iterator[Finding]:
    """An address that is given again as its own archive."""
    if find_page(source.archive) == find_page(source.address):
        yield Finding(source.ref, ("archive",), N_("this is the address of the article itself"))


def check_odd_address(source: Source, known: Known) -> Iterator[Finding]:
    """An address that was copied with the end of a sentence, or leads to no article."""
    for field in ("address", "archive"):
        if has_loose_end(getattr(source, field)):
            yield Finding(source.ref, (field,), N_("the address ends with a mark that may not belong to it"))
    if is_front_page(source.address):
        yield Finding(source.ref, ("address",), N_("this address leads to a whole site, not to an article"))


def check_reserved_name(record: Record, known: Known) -> Iterator[Finding]:
    """An id that can't be the name of a file, or of a page, on every system."""
    yield from _find_reserved(record.ref, (), record.id.rpartition("/")[2])


def check_reserved_name_of_words(known: Known) -> Iterator[Finding]:
    """The same of what becomes a part of an address otherwise."""
    for name in ("kinds", "sections"):
        for id_ in getattr(known.vocabulary, name):
            yield from _find_reserved(f"vocabulary/{name}", (id_,), id_)
    for old in known.redirects:
        for id_ in old.split("/")[1:]:
            yield from _find_reserved("redirects", (old,), id_)


def _find_reserved(ref: str, path: FieldPath, id_: str) -> Iterator[Finding]:
    if id_ in _DEVICES:
        yield Finding(ref, path, N_("Windows can't hold a file called {name}: choose another id"), {"name": id_})
    elif id_ == _START:
        message = N_("{name} is the name of a folder's own page: choose another id")
        yield Finding(ref, path, message, {"name": id_})
