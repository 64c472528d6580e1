"""Every id leads somewhere, to a record of the right kind that readers may see."""

from collections.abc import Iterator
from typing import NamedTuple

from musnad.records.model import HIDDEN, Catalogue, Claim, Entity, Source
from musnad.records.problems import N_
from musnad.records.walk import iter_records
from musnad.records.yamltext import FieldPath
from musnad.rules.finding import Finding


class Reference(NamedTuple):
    """A field that names another record."""

    path: FieldPath
    folder: str
    id: str


def iter_references(record: Source | Entity | Claim) -> Iterator[Reference]:
    """Yield every reference a record makes to another record."""
    if isinstance(record, Source):
        yield Reference(("outlet",), "entities", record.outlet)
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
        for field in ("entity", "affiliation"):
            if getattr(voice, field):
                yield Reference(("attribution", index, field), "entities", getattr(voice, field))
    for index, entity_id in enumerate(claim.place.entities if claim.place else ()):
        yield Reference(("place", "entities", index), "entities", entity_id)
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
        if quantity.per:
            yield Reference((*at, "per", "unit"), "units", quantity.per.unit)
            if quantity.per.container:
                yield Reference((*at, "per", "container"), "containers", quantity.per.container)


def check_dangling_reference(catalogue: Catalogue) -> Iterator[Finding]:
    """An id that no record has."""
    for record in iter_records(catalogue):
        for path, folder, id_ in iter_references(record):
            if id_ not in getattr(catalogue, folder):
                message = N_("there is no record {target}")
                yield Finding(record.ref, path, message, {"target": f"{folder}/{id_}"}, target=f"{folder}/{id_}")
    for claim in catalogue.claims.values():
        if claim.source_id not in catalogue.sources:
            target = f"sources/{claim.source_id}"
            message = N_("the folder is named after the source {id}, which has no record")
            yield Finding(claim.ref, (), message, {"id": claim.source_id}, target=target)


def check_unknown_term(catalogue: Catalogue) -> Iterator[Finding]:
    """A word that the vocabulary does not have."""
    vocabulary = catalogue.vocabulary
    for claim in catalogue.claims.values():
        for path, file, id_ in _iter_terms(claim):
            if id_ not in getattr(vocabulary, file):
                message = N_("{term} is not in vocabulary/{file}.yaml")
                yield Finding(claim.ref, path, message, {"term": id_, "file": file})
    for entity in catalogue.entities.values():
        if entity.kind not in vocabulary.kinds:
            message = N_("the folder {term} is not a kind in vocabulary/kinds.yaml")
            yield Finding(entity.ref, (), message, {"term": entity.kind})
        if entity.location and entity.location.precision not in vocabulary.precisions:
            values = {"term": entity.location.precision, "file": "precisions"}
            yield Finding(entity.ref, ("location", "precision"), N_("{term} is not in vocabulary/{file}.yaml"), values)
    for name, kind in vocabulary.kinds.items():
        if kind.section not in vocabulary.sections:
            values = {"term": kind.section, "file": "sections"}
            yield Finding("vocabulary/kinds", (name, "section"), N_("{term} is not in vocabulary/{file}.yaml"), values)
    for name, predicate in vocabulary.predicates.items():
        if predicate.theme not in vocabulary.themes:
            values = {"term": predicate.theme, "file": "themes"}
            yield Finding(
                "vocabulary/predicates", (name, "theme"), N_("{term} is not in vocabulary/{file}.yaml"), values
            )


def check_wrong_kind(catalogue: Catalogue) -> Iterator[Finding]:
    """An entity of a kind that can't stand in this field."""
    kinds = catalogue.vocabulary.kinds

    def wrong(id_: str, traits: tuple[str, ...]) -> bool:
        entity = catalogue.entities.get(id_)
        return bool(entity and entity.kind in kinds and kinds[entity.kind].trait not in traits)

    message = N_("{id} is of the kind {kind}; this field takes: {wanted}")
    for source in catalogue.sources.values():
        if wrong(source.outlet, ("outlet",)):
            values = {"id": source.outlet, "kind": catalogue.entities[source.outlet].kind, "wanted": "outlet"}
            yield Finding(source.ref, ("outlet",), message, values)
    for entity in catalogue.entities.values():
        within = entity.location.within if entity.location else None
        if within and wrong(within, ("place",)):
            values = {"id": within, "kind": catalogue.entities[within].kind, "wanted": "place"}
            yield Finding(entity.ref, ("location", "within"), message, values)
    for claim in catalogue.claims.values():
        for index, id_ in enumerate(claim.place.entities if claim.place else ()):
            if wrong(id_, ("place",)):
                values = {"id": id_, "kind": catalogue.entities[id_].kind, "wanted": "place"}
                yield Finding(claim.ref, ("place", "entities", index), message, values)
        for index, part in enumerate(claim.parts):
            role = catalogue.vocabulary.roles.get(part.role)
            named = catalogue.entities.get(part.entity or "")
            if role and named and role.kinds and named.kind not in role.kinds:
                values = {"id": named.id, "kind": named.kind, "wanted": ", ".join(role.kinds)}
                yield Finding(claim.ref, ("parts", index, "entity"), message, values)


def check_hidden_reference(catalogue: Catalogue) -> Iterator[Finding]:
    """A record readers see that names one they may not see."""
    for record in iter_records(catalogue):
        if record.status in HIDDEN:
            continue
        for path, folder, id_ in iter_references(record):
            target = getattr(catalogue, folder).get(id_)
            if target and target.status in HIDDEN:
                message = N_("{id} is {status} and must not be named by a record that readers see")
                yield Finding(record.ref, path, message, {"id": id_, "status": target.status})


def check_unused_entity(catalogue: Catalogue) -> Iterator[Finding]:
    """An entity that nothing mentions: it would be an empty page."""
    used = {
        reference.id
        for record in iter_records(catalogue)
        # What only hidden records mention would be an empty page all the same.
        if record.status not in HIDDEN
        for reference in iter_references(record)
        if reference.folder == "entities" and reference.path[0] != "distinct_from"
    }
    for entity in catalogue.entities.values():
        if entity.id not in used and entity.status not in HIDDEN:
            yield Finding(
                entity.ref, (), N_("no claim or source that readers see mentions {id}"), {"id": entity.id}, absence=True
            )
