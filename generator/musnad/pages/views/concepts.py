"""Concepts: what claims are about, whoever they name; a page for each that enough are on, and the list of these."""

from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import urlencode

from musnad.derive.facets import find_party_facet, list_parties
from musnad.pages.elements.claims import make_claims
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.concepts import PLACE, link_concept, tell_words
from musnad.pages.elements.heads import find_terms, make_page_head
from musnad.pages.elements.links import link_entity, name_source
from musnad.pages.elements.parts import ClaimView, Link, PageView, is_any_protected
from musnad.records.problems import N_
from musnad.text.languages import OTHER

MOST_CLAIMS = 60
"""On one page; the table has the others."""
MOST_ENTITIES = 15


@dataclass(frozen=True, slots=True)
class SourceClaims:
    """Claims of one source."""

    anchor: str
    source: str
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class ConceptBody:
    """One concept."""

    title: str
    count: str
    words: str
    """What leads to it in the search, in the language of the page, or empty."""
    other_words: str
    tables: tuple[Link, ...]
    entities: tuple[Link, ...]
    sources: tuple[SourceClaims, ...]
    rest: str
    """How many claims are left out, or empty."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One concept in the list of all."""

    link: Link
    count: str


@dataclass(frozen=True, slots=True)
class ConceptsBody:
    """All concepts, those of most claims first."""

    concepts: tuple[Listed, ...]


def make_concepts_view(composer: Composer) -> PageView:
    """Compose the list of concepts."""
    words, graph = composer.words, composer.graph
    ids = sorted(graph.concepts, key=lambda id_: -len(graph.concepts[id_]))
    listed = tuple(
        Listed(
            link_concept(composer, id_),
            words.plural(N_("{n} claim"), N_("{n} claims"), len(graph.concepts[id_])),
        )
        for id_ in ids
    )
    title = words.gettext(N_("Concepts"))
    lede = words.gettext(N_("What several claims are about, whoever they name."))
    trail = (Link(words.gettext(N_("Claims")), composer.href("claims/")),)
    edit = find_terms(composer, "concepts")
    head = make_page_head(composer, PLACE, "concepts", title, lede, edit=edit, section="claims/", trail=trail)
    return PageView(head, ConceptsBody(listed))


def make_concept_view(composer: Composer, concept_id: str) -> PageView:
    """Compose the page of a concept: its claims by source, each with its opening words."""
    words, claims = composer.words, composer.catalogue.claims
    ids = composer.graph.concepts[concept_id]
    shown = sorted(ids[:MOST_CLAIMS], key=lambda id_: claims[id_].source_id)
    sources = tuple(
        SourceClaims(
            source_id, name_source(composer, composer.catalogue.sources[source_id]), make_claims(composer, found)
        )
        for source_id, found in groupby(shown, key=lambda id_: claims[id_].source_id)
    )
    rest = len(ids) - len(shown)
    title = composer.catalogue.vocabulary.concepts[concept_id].label[composer.lang]
    count = words.fill(
        N_("{claims}, {sources}"),
        claims=words.plural(N_("{n} claim"), N_("{n} claims"), len(ids)),
        sources=words.plural(N_("{n} source"), N_("{n} sources"), len({claims[id_].source_id for id_ in ids})),
    )
    body = ConceptBody(
        title=title,
        count=count,
        words=tell_words(composer, concept_id, composer.lang),
        other_words=tell_words(composer, concept_id, OTHER[composer.lang]),
        tables=tuple(_link_tables(composer, concept_id)),
        entities=_list_entities(composer, ids),
        sources=sources,
        rest=words.plural(N_("{n} more claim"), N_("{n} more claims"), rest) if rest else "",
    )
    trail = tuple(
        Link(words.gettext(text), composer.href(place))
        for text, place in ((N_("Claims"), "claims/"), (N_("Concepts"), PLACE))
    )
    head = make_page_head(
        composer,
        f"{PLACE}{concept_id}/",
        "concept",
        title,
        words.fill(N_("{title}: {count}, each with its voice."), title=title, count=count),
        edit=find_terms(composer, "concepts"),
        section="claims/",
        trail=trail,
    )
    is_noindex = is_any_protected(claim for found in sources for claim in found.claims)
    return PageView(replace(head, is_noindex=is_noindex), body)


def _link_tables(composer: Composer, concept_id: str) -> list[Link]:
    """Return ways to the table of all claims: by the relations of a concept, and by what is of it."""
    t, graph, catalogue = composer.words.gettext, composer.graph, composer.catalogue
    used = {catalogue.claims[id_].predicate for id_ in graph.concepts[concept_id]}
    predicates = [id_ for id_ in catalogue.vocabulary.concepts[concept_id].predicates if id_ in used]
    chosen = {"predicate": predicates}
    for entity_id in graph.concept_entities[concept_id]:
        chosen.setdefault(find_party_facet(catalogue.entities[entity_id], catalogue), []).append(entity_id)
    labels = {
        "predicate": N_("In the table, by relation"),
        "goods": N_("In the table, by goods"),
        "place": N_("In the table, by place"),
        "party": N_("In the table, by party"),
    }
    return [
        Link(t(labels[facet]), composer.href(f"claims/all/?{urlencode({facet: ','.join(ids)}, safe=',')}"))
        for facet, ids in chosen.items()
        if ids
    ]


def _list_entities(composer: Composer, claim_ids: tuple[str, ...]) -> tuple[Link, ...]:
    """Return who and what the claims name most."""
    found = Counter(id_ for claim_id in claim_ids for id_ in set(list_parties(composer.catalogue.claims[claim_id])))
    ids = sorted(found, key=lambda id_: (-found[id_], id_))
    return tuple(link_entity(composer, id_) for id_ in ids[:MOST_ENTITIES])
