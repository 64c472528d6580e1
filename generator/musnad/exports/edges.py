"""What the explorer of relations reads: which entities which claims tie, by ids alone, and the words for them.

Numbers of claims are those of ``data/claims.json``, numbers of entities those of ``data/edges.json``.
"""

import json
from typing import Any

from musnad.derive.edges import Edge, is_firm
from musnad.derive.people import is_living
from musnad.pages.elements.neighbours import tell_edge
from musnad.pages.elements.voices import make_lead
from musnad.pages.site import Site
from musnad.text.bidi import isolate
from musnad.text.languages import Lang

EDGES = "data/edges.json"
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
Way = tuple[str, str, str | None]


def _list_edges(site: Site) -> list[Edge]:
    return [edge for id_, own in site.graph.edges.items() for edge in own if edge.subject == id_]


def _list_ways(edges: list[Edge]) -> list[Way]:
    return sorted({_way_of(edge) for edge in edges}, key=repr)


def _way_of(edge: Edge) -> Way:
    return edge.predicate, edge.part, edge.role


def export_edges(site: Site) -> str:
    """Return ``{"entities", "kinds", "living", "ways", "edges", "loose"}``.

    ``entities`` are pairs of id and number of the kind; ``living`` numbers of those who are or may be living people;
    ``ways`` the predicate of an edge, what the other end is in the claims, its role or null, and whether it holds both
    ways; ``edges`` the subject, the other end, the way, the claims; ``loose`` the claims that are not firm.
    """
    catalogue, edges = site.catalogue, _list_edges(site)
    entities = {id_: n for n, id_ in enumerate(site.graph.edges)}
    claims = {id_: n for n, id_ in enumerate(catalogue.claims)}
    ways = {way: n for n, way in enumerate(_list_ways(edges))}
    kinds = list(dict.fromkeys(catalogue.entities[id_].kind for id_ in entities))
    predicates = catalogue.vocabulary.predicates
    made: dict[str, Any] = {
        "entities": [[id_, kinds.index(catalogue.entities[id_].kind)] for id_ in entities],
        "kinds": kinds,
        "living": [n for id_, n in entities.items() if is_living(catalogue.entities[id_])],
        "ways": [[*way, way[1] == "object" and predicates[way[0]].symmetric] for way in ways],
        "edges": [
            [entities[e.subject], entities[e.other], ways[_way_of(e)], [claims[id_] for id_ in e.claim_ids]]
            for e in edges
        ],
        "loose": [n for id_, n in claims.items() if not is_firm(catalogue.claims[id_], catalogue.vocabulary)],
    }
    return _encode(made)


def export_edge_labels(site: Site, lang: Lang) -> str:
    """Return ``{"address", "names", "kinds", "ways", "leads", "lead_of", "rights"}`` of one language.

    ``address`` is that of an entity below the site, with ``{id}`` in it; ``ways`` what each says, read from the subject
    and from the other end; ``lead_of`` has for each claim the number of its opening words, none for what was retracted.
    """
    composer = site.composers[lang]
    catalogue = composer.catalogue
    rights = catalogue.site.rights if catalogue.site else None
    leads = [make_lead(composer, c) if c.status != "retracted" else "" for c in catalogue.claims.values()]
    numbers = {lead: n for n, lead in enumerate(dict.fromkeys(filter(None, leads)))}
    kinds = dict.fromkeys(catalogue.entities[id_].kind for id_ in composer.graph.edges)
    made: dict[str, Any] = {
        "address": composer.addresses.find(composer.href("entities/{id}/")),
        "names": [isolate(catalogue.entities[id_].name(lang), lang) for id_ in composer.graph.edges],
        "kinds": [isolate(catalogue.vocabulary.kinds[kind].plural[lang], lang) for kind in kinds],
        "ways": [[isolate(t, lang) for t in tell_edge(composer, *way)] for way in _list_ways(_list_edges(site))],  # type: ignore[arg-type]
        "leads": [isolate(lead, lang) for lead in numbers],
        "lead_of": [numbers.get(lead) for lead in leads],
        "rights": isolate(rights[lang], lang) if rights else "",
    }
    return _encode(made)
