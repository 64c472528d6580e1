"""The derived graph: what records do not say outright, all of it at once.

Pure functions over a publishable catalogue of checked records. Reads no files and knows no language.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from musnad.derive.accounts import Account, Question, find_corroborated, index_accounts, index_questions
from musnad.derive.coverage import Coverage, Located, index_coverage, index_neighbours, index_places
from musnad.derive.edges import Edge, find_connected, index_edges
from musnad.derive.edits import Edits
from musnad.derive.exchange import Exchange, index_exchanges
from musnad.derive.figures import Series, index_figures
from musnad.derive.mentions import Mention, index_mentions
from musnad.derive.origins import index_carriers
from musnad.derive.prices import PRICE
from musnad.derive.selection import Selection, select_claims
from musnad.derive.starts import Listing, Summary, index_listings, index_newest, index_summaries
from musnad.derive.ties import ClaimTie, Standing, find_standing, index_answers, index_ties
from musnad.derive.times import Lane, Moment, index_times
from musnad.records.model import FOLDERS, Catalogue, Claim, Entity, Recorded, Source

# What nothing here looks at: most edits change only words.
UNSEEN: Mapping[type[Recorded], frozenset[str]] = {
    Source: frozenset(
        {
            "title",
            "address",
            "address_basis",
            "archive",
            "authors",
            "rights",
            "unknowns",
            "headline",
            "language",
            "read",
        }
    ),
    Entity: frozenset({"names", "description", "subkind", "external_ids", "distinct_from", "same_as", "unknowns"}),
    Claim: frozenset({"title", "statement", "literal"}),
}


@dataclass(frozen=True)
class Graph:
    """Everything derived. Maps have an entry only where there is something to say."""

    mentions: Mapping[str, tuple[Mention, ...]]
    """By entity id."""
    ties: Mapping[str, tuple[ClaimTie, ...]]
    """By claim id."""
    answers: Mapping[str, tuple[ClaimTie, ...]]
    """Denials and other answers to a claim, by its id."""
    standings: Mapping[str, Standing]
    """By claim id."""
    coverage: Mapping[str, tuple[Coverage, ...]]
    """By source id, in reading order."""
    places: Mapping[str, tuple[Located, ...]]
    """The same of pages, times and rows."""
    carriers: Mapping[str, tuple[str, ...]]
    """Ids of the sources that carry a source's text, by its id."""
    neighbours: Mapping[str, tuple[str, ...]]
    """Ids of the other claims in the places of a claim, by its id."""
    outlet_sources: Mapping[str, tuple[str, ...]]
    """Source ids by outlet."""
    contained: Mapping[str, tuple[str, ...]]
    """Place ids by containing place."""
    summaries: Mapping[str, Summary]
    """What an index tells of an entity, by its id."""
    listed: Mapping[str, tuple[Listing, ...]]
    """Entities in the order of an index, by kind."""
    newest: Mapping[str, tuple[str, ...]]
    """Ids of the entities that were extracted last, by section."""
    figures: Mapping[str, tuple[Series, ...]]
    """Series of figures that can be compared, by what is measured."""
    times: Mapping[Lane, tuple[Moment, ...]]
    """Claims by how far the time that they tell can be put on a calendar."""
    edges: Mapping[str, tuple[Edge, ...]]
    """By entity id, most claimed first."""
    exchanges: Mapping[str, tuple[Exchange, ...]]
    """What is said to be handed over, by the id of the giver; of one that is not named, under none."""
    accounts: Mapping[str, Account]
    """What says the same as a claim, and of how many origins that is, by its id."""
    questions: Mapping[Question, tuple[str, ...]]
    """Ids of the claims that leave something open, in reading order."""
    selected: Mapping[Selection, tuple[str, ...]]
    """Ids of claims, or of entities, that stand for all: what an index shows without going through every claim."""
    concepts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Ids of the claims on each concept that has a page; this and what follows goes by names too (``concepts.py``)."""
    concept_entities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Ids of the entities that are of a concept: a good, a checkpoint."""
    concepts_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Concepts that a claim is on, by its id."""
    edits: Edits = field(default_factory=dict)
    """What version control tells of records, by their addresses: the one thing here that no record says."""


def make_graph(catalogue: Catalogue) -> Graph:
    """Derive everything from a publishable catalogue."""
    claims = catalogue.claims.values()
    ties = index_ties(claims)
    mentions = index_mentions(claims)
    edges = index_edges(claims, catalogue.vocabulary.predicates)
    coverage, places = index_coverage(catalogue), index_places(catalogue)
    together = [cell.claim_ids for cells in coverage.values() for cell in cells]
    together += [found.claim_ids for spots in places.values() for found in spots]
    standings = {claim.id: find_standing(claim, ties.get(claim.id, ()), catalogue) for claim in claims}
    figures, times, accounts = index_figures(claims), index_times(claims), index_accounts(catalogue, ties)
    dated = times.get("dated", ())
    summaries = index_summaries(catalogue, mentions, figures.get(PRICE, ()), dated)
    return Graph(
        mentions=mentions,
        ties=ties,
        answers=index_answers(ties, catalogue.claims),
        standings=standings,
        coverage=coverage,
        places=places,
        carriers=index_carriers(catalogue.sources.values()),
        neighbours=index_neighbours(together),
        outlet_sources=_group((source.outlet, source.id) for source in catalogue.sources.values()),
        contained=_group(
            (entity.location.within, entity.id)
            for entity in catalogue.entities.values()
            if entity.location and entity.location.within
        ),
        summaries=summaries,
        listed=index_listings(catalogue, summaries, dated),
        newest=index_newest(catalogue),
        figures=figures,
        times=times,
        exchanges=index_exchanges(catalogue),
        accounts=accounts,
        questions=index_questions(claims, standings),
        edges=edges,
        selected={
            **select_claims(catalogue, mentions),
            "connected": tuple(find_connected(catalogue, edges)),
            "corroborated": tuple(find_corroborated(catalogue, accounts)),
        },
    )


def has_same_graph(before: Catalogue, now: Catalogue) -> bool:
    """Whether what is derived from two publishable catalogues is the same, told by what differs in them."""
    if before.vocabulary != now.vocabulary:
        return False
    for name in FOLDERS:
        old, new = getattr(before, name), getattr(now, name)
        if old.keys() != new.keys() or not all(map(_is_alike, old.values(), map(new.get, old))):
            return False
    return True


def _is_alike(old: Recorded, new: Recorded) -> bool:
    seen = () if old is new else type(new).model_fields.keys() - UNSEEN[type(new)]
    return all(getattr(old, name) == getattr(new, name) for name in seen)


def _group(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(sorted(values)) for key, values in found.items()}
