"""What several claims are about, whoever they name: told by what they say, what they count, and whom they are about."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from musnad.derive.facets import list_parties
from musnad.derive.graph import Graph
from musnad.records.model import Catalogue, Claim, Entity
from musnad.records.vocabulary import Concept
from musnad.text.fold import fold_words
from musnad.text.languages import LANGS

LEAST = 3
"""Claims on a concept that has a page."""
_PARTICLES = "(?:[وف]?(?:ال|بال|كال|لل)?)?"


def add_concepts(graph: Graph, catalogue: Catalogue) -> Graph:
    """Return the graph with what claims of its catalogue are on; of a retracted one nothing is said."""
    concepts = catalogue.vocabulary.concepts
    named = {id_: _find_entities(concept, catalogue.entities.values()) for id_, concept in concepts.items()}
    by_term = _index_terms(concepts)
    by_entity: defaultdict[str, list[str]] = defaultdict(list)
    for id_, entities in named.items():
        for entity_id in entities:
            by_entity[entity_id].append(id_)
    claims: dict[str, list[str]] = {id_: [] for id_ in concepts}
    for claim in catalogue.claims.values():
        if claim.status != "retracted":
            for id_ in _list_concepts(claim, by_term, by_entity):
                claims[id_].append(claim.id)
    found = {id_: tuple(ids) for id_, ids in claims.items() if len(ids) >= LEAST}
    of_claim: defaultdict[str, list[str]] = defaultdict(list)
    for id_, ids in found.items():
        for claim_id in ids:
            of_claim[claim_id].append(id_)
    return replace(
        graph,
        concepts=found,
        concept_entities={id_: named[id_] for id_ in found},
        concepts_of={id_: tuple(ids) for id_, ids in of_claim.items()},
    )


def has_same_names(before: Catalogue, now: Catalogue) -> bool:
    """Whether all entities of two catalogues with the same graph are called the same."""
    old = before.entities
    return all(old[id_] is entity or old[id_].names == entity.names for id_, entity in now.entities.items())


def _index_terms(concepts: Mapping[str, Concept]) -> Mapping[tuple[str, str], list[str]]:
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for id_, concept in concepts.items():
        for file, terms in (("predicate", concept.predicates), ("measure", concept.measures)):
            for term in terms:
                found[file, term].append(id_)
    return found


def _list_concepts(
    claim: Claim, by_term: Mapping[tuple[str, str], list[str]], by_entity: Mapping[str, list[str]]
) -> set[str]:
    terms = [("predicate", claim.predicate), *(("measure", quantity.measures) for quantity in claim.quantities)]
    found = {id_ for term in terms for id_ in by_term.get(term, ())}
    if by_entity:
        found.update(id_ for party in list_parties(claim) for id_ in by_entity.get(party, ()))
    return found


def _find_entities(concept: Concept, entities: Iterable[Entity]) -> tuple[str, ...]:
    """Return the entities of the kinds of a concept whose name, in either language, has one of its words."""
    if not concept.kinds:
        return ()
    kinds = frozenset(concept.kinds)
    of_kind = [entity for entity in entities if entity.kind in kinds]
    if concept.words is None:
        return tuple(entity.id for entity in of_kind)
    words = "|".join(" ".join(fold_words(word)) for word in (*concept.words.ar, *concept.words.en))
    pattern = re.compile(f"(?:^| ){_PARTICLES}(?:{words})(?: |$)")
    return tuple(entity.id for entity in of_kind if any(map(pattern.search, _fold_names(entity))))


def _fold_names(entity: Entity) -> list[str]:
    return [" ".join(fold_words(entity.name(lang))) for lang in LANGS]
