"""Every id leads somewhere, to a record of the right kind that readers may see."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from musnad.records.base import list_off, list_own
from musnad.records.model import HIDDEN, Claim, Entity, Source
from musnad.records.problems import N_
from musnad.records.walk import find_record
from musnad.records.yamltext import FieldPath
from musnad.rules.finding import Finding
from musnad.rules.rule import Known, Record

UNKNOWN_TERM = N_("{term} is not in vocabulary/{file}.yaml, nor in the base vocabulary")

FIELDS = {
    "affiliation": "entities",
    "agency": "entities",
    "claim": "claims",
    "close_to": "entities",
    "entities": "entities",
    "entity": "entities",
    "object": "entities",
    "origin": "sources",
    "outlet": "entities",
    "source": "sources",
    "subject": "entities",
    "superseded_by": "claims",
    "within": "entities",
}
"""In which folder a record lies that a field of this name names: for files that no record is read from."""


class Reference(NamedTuple):
    """A field that names another record."""

    path: FieldPath
    folder: str
    id: str


def iter_references(record: Record) -> Iterator[Reference]:
    """Yield every reference a record makes to another record."""
    if isinstance(record, Source):
        yield Reference(("outlet",), "entities", record.outlet)
        if record.origin:
            yield Reference(("origin",), "sources", record.origin)
        if record.agency:
            yield Reference(("agency",), "entities", record.agency)
    elif isinstance(record, Entity):
        yield from _entity_references(record)
    else:
        yield from _claim_references(record)


def _entity_references(entity: Entity) -> Iterator[Reference]:
    if entity.location and entity.location.within:
        yield Reference(("location", "within"), "entities", entity.location.within)
    for index, distinction in enumerate(entity.distinct_from):
        if distinction.entity:
            yield Reference(("distinct_from", index, "entity"), "entities", distinction.entity)
    for index, name in enumerate(entity.names):
        if name.source:
            yield Reference(("names", index, "source"), "sources", name.source)
    for index, same in enumerate(entity.same_as):
        if same.source:
            yield Reference(("same_as", index, "source"), "sources", same.source)


def _claim_references(claim: Claim) -> Iterator[Reference]:
    yield Reference(("subject",), "entities", claim.subject)
    if claim.object:
        yield Reference(("object",), "entities", claim.object)
    for index, part in enumerate(claim.parts):
        if part.entity:
            yield Reference(("parts", index, "entity"), "entities", part.entity)
    for index, voice in enumerate(claim.attribution):
        for field in ("entity", "affiliation", "close_to"):
            if getattr(voice, field):
                yield Reference(("attribution", index, field), "entities", getattr(voice, field))
    for index, entity_id in enumerate(claim.place.entities if claim.place else ()):
        yield Reference(("place", "entities", index), "entities", entity_id)
    for index, stop in enumerate(claim.way):
        if stop.entity:
            yield Reference(("way", index, "entity"), "entities", stop.entity)
    for index, quantity in enumerate(claim.quantities):
        if quantity.of and quantity.of.entity:
            yield Reference(("quantities", index, "of", "entity"), "entities", quantity.of.entity)
    for index, inference in enumerate(claim.inferred):
        yield Reference(("inferred", index, "entity"), "entities", inference.entity)
    for index, locator in enumerate(claim.locators):
        yield Reference(("locators", index, "source"), "sources", locator.source)
    for index, link in enumerate(claim.links):
        yield Reference(("links", index, "claim"), "claims", link.claim)
    if claim.superseded_by:
        yield Reference(("superseded_by",), "claims", claim.superseded_by)


def _iter_terms(claim: Claim) -> Iterator[Reference]:
    """Yield every vocabulary term a claim uses."""
    yield Reference(("predicate",), "predicates", claim.predicate)
    yield Reference(("modality",), "modalities", claim.modality)
    for index, part in enumerate(claim.parts):
        yield Reference(("parts", index, "role"), "roles", part.role)
    for index, voice in enumerate(claim.attribution):
        yield Reference(("attribution", index, "voice"), "voices", voice.voice)
    if claim.place:
        yield Reference(("place", "precision"), "precisions", claim.place.precision)
    for index, quantity in enumerate(claim.quantities):
        at: FieldPath = ("quantities", index)
        yield Reference((*at, "measures"), "measures", quantity.measures)
        if quantity.vague:
            yield Reference((*at, "vague"), "amounts", quantity.vague)
        if quantity.unit:
            yield Reference((*at, "unit"), "units", quantity.unit)
        if quantity.change and quantity.change.by_unit:
            yield Reference((*at, "change", "by_unit"), "units", quantity.change.by_unit)
        for name in ("of_whom", "of_which"):
            for number, portion in enumerate(getattr(quantity, name)):
                if portion.vague:
                    yield Reference((*at, name, number, "vague"), "amounts", portion.vague)
        if quantity.per:
            yield Reference((*at, "per", "unit"), "units", quantity.per.unit)
            if quantity.per.container:
                yield Reference((*at, "per", "container"), "containers", quantity.per.container)


def check_dangling_reference(record: Record, known: Known) -> Iterator[Finding]:
    """An id that no record has."""
    for path, folder, id_ in iter_references(record):
        if id_ not in getattr(known, folder):
            yield _no_record(record.ref, path, f"{folder}/{id_}")
    if isinstance(record, Claim) and record.source_id not in known.sources:
        message = N_("the folder is named after the source {id}, which has no record")
        yield Finding(record.ref, (), message, {"id": record.source_id}, target=f"sources/{record.source_id}")


def _no_record(ref: str, path: FieldPath, target: str) -> Finding:
    return Finding(ref, path, N_("there is no record {target}"), {"target": target}, target=target)


def check_dangling_reference_of_site(known: Known) -> Iterator[Finding]:
    """The same of the home page."""
    for path, target in _iter_shown(known):
        if not find_record(known, target):
            yield _no_record("site", path, target)


def _iter_shown(known: Known) -> Iterator[tuple[FieldPath, str]]:
    """Yield what the home page names."""
    if known.site and known.site.featured:
        yield ("featured",), f"claims/{known.site.featured}"
    for index, id_ in enumerate((known.site and known.site.examples) or ()):
        yield ("examples", index), f"entities/{id_}"


def _unknown_term(ref: str, path: FieldPath, term: str, file: str, known: Known) -> Finding:
    message = UNKNOWN_TERM
    if term in list_off(getattr(known.vocabulary, file)):
        message = N_("{term} is switched off in vocabulary/{file}.yaml: use another term, or delete that line")
    return Finding(ref, path, message, {"term": term, "file": file})


def check_unknown_term(claim: Claim, known: Known) -> Iterator[Finding]:
    """A word that the vocabulary does not have."""
    for path, file, id_ in _iter_terms(claim):
        if id_ not in getattr(known.vocabulary, file):
            yield _unknown_term(claim.ref, path, id_, file, known)


def check_unknown_term_of_entity(entity: Entity, known: Known) -> Iterator[Finding]:
    """The same of a kind and of how exactly a place is known."""
    if entity.kind not in known.vocabulary.kinds:
        message = N_("the folder {term} is not a kind in vocabulary/kinds.yaml, nor in the base vocabulary")
        if entity.kind in list_off(known.vocabulary.kinds):
            message = N_("the folder {term} is a kind that is switched off, itself or with its section")
        yield Finding(entity.ref, (), message, {"term": entity.kind})
    if entity.location and entity.location.precision not in known.vocabulary.precisions:
        yield _unknown_term(entity.ref, ("location", "precision"), entity.location.precision, "precisions", known)


def check_unknown_term_of_words(known: Known) -> Iterator[Finding]:
    """The same of words that name others."""
    for name, kind in known.vocabulary.kinds.items():
        if kind.section not in known.vocabulary.sections:
            yield _unknown_term("vocabulary/kinds", (name, "section"), kind.section, "sections", known)
    for name, predicate in known.vocabulary.predicates.items():
        if predicate.theme not in known.vocabulary.themes:
            yield _unknown_term("vocabulary/predicates", (name, "theme"), predicate.theme, "themes", known)
    for name, concept in list_own(known.vocabulary.concepts):
        for file in ("synonyms", "predicates", "measures", "kinds"):
            for place, id_ in enumerate(getattr(concept, file)):
                if id_ not in getattr(known.vocabulary, file):
                    yield _unknown_term("vocabulary/concepts", (name, file, place), id_, file, known)


def check_wrong_kind_of_outlet(source: Source, known: Known) -> Iterator[Finding]:
    """A source published by what is no outlet."""
    yield from _check_trait(source.ref, ("outlet",), source.outlet, "outlet", known)


def check_wrong_kind_of_container(entity: Entity, known: Known) -> Iterator[Finding]:
    """A place that lies in what is none."""
    if entity.location and entity.location.within:
        yield from _check_trait(entity.ref, ("location", "within"), entity.location.within, "place", known)


def check_wrong_kind(claim: Claim, known: Known) -> Iterator[Finding]:
    """An entity of a kind that can't stand in this field."""
    for index, id_ in enumerate(claim.place.entities if claim.place else ()):
        yield from _check_trait(claim.ref, ("place", "entities", index), id_, "place", known)
    for index, stop in enumerate(claim.way):
        if stop.entity:
            yield from _check_trait(claim.ref, ("way", index, "entity"), stop.entity, "place", known)
    for index, part in enumerate(claim.parts):
        role = known.vocabulary.roles.get(part.role)
        named = known.entities.get(part.entity or "")
        if role and named and role.kinds and named.kind not in role.kinds:
            yield _wrong_kind(claim.ref, ("parts", index, "entity"), named, ", ".join(role.kinds))


def _check_trait(ref: str, path: FieldPath, id_: str, trait: str, known: Known) -> Iterator[Finding]:
    entity = known.entities.get(id_)
    kind = known.vocabulary.kinds.get(entity.kind) if entity else None
    if entity and kind and kind.trait != trait:
        kinds = [name for name, kind in known.vocabulary.kinds.items() if kind.trait == trait]
        yield _wrong_kind(ref, path, entity, ", ".join(kinds))


def _wrong_kind(ref: str, path: FieldPath, entity: Entity, wanted: str) -> Finding:
    message = N_("{id} is of the kind {kind}; this field takes: {wanted}")
    return Finding(ref, path, message, {"id": entity.id, "kind": entity.kind, "wanted": wanted})


def check_hidden_reference(record: Record, known: Known) -> Iterator[Finding]:
    """A record readers see that names one they may not see."""
    if record.status not in HIDDEN:
        for path, folder, id_ in iter_references(record):
            yield from _check_hidden(record.ref, path, getattr(known, folder).get(id_), id_)


def check_hidden_reference_of_site(known: Known) -> Iterator[Finding]:
    """The same of the home page."""
    for path, target in _iter_shown(known):
        yield from _check_hidden("site", path, find_record(known, target), target)


def _check_hidden(ref: str, path: FieldPath, target: Record | None, name: str) -> Iterator[Finding]:
    if target and target.status in HIDDEN:
        message = N_("{id} is {status} and must not be named by a record that readers see")
        yield Finding(ref, path, message, {"id": name, "status": target.status})


def mention_keys(record: Record) -> Iterator[str]:
    """Yield the entities that readers see mentioned, and the entity itself."""
    if isinstance(record, Entity):
        yield record.id
    # What only hidden records mention would be an empty page all the same.
    if record.status not in HIDDEN:
        for reference in iter_references(record):
            if reference.folder == "entities" and reference.path[0] != "distinct_from":
                yield reference.id


def check_unused_entity(key: str, group: Sequence[Record], known: Known) -> Iterator[Finding]:
    """An entity that nothing mentions: it would be an empty page."""
    entity = known.entities.get(key)
    if entity and entity.status not in HIDDEN and all(record is entity for record in group):
        yield Finding(
            entity.ref, (), N_("no claim or source that readers see mentions {id}"), {"id": key}, absence=True
        )
