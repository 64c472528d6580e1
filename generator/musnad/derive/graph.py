"""Derive what records do not say outright: who is named where, relations, labels, unit prices, coverage.

Pure functions over a catalogue of checked records. Reads no files and knows no language. Records that
readers may not see (draft, withheld) are left out here, once, for every page and export.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Context, Decimal, Inexact
from heapq import nsmallest
from operator import attrgetter
from typing import Literal, NamedTuple

from musnad.records.model import FOLDERS, HIDDEN, Catalogue, Claim, Entity, LinkType, Quantity, Recorded, Source

Standing = Literal["single", "repeated", "independent", "contested", "corrected", "retracted"]
MentionAs = Literal["subject", "object", "part", "place", "voice"]
# Significant digits of a computed price: more would pretend to an exactness no source has.
_UNIT_PRICE = Context(prec=4)


_position = attrgetter("position")


# What nothing here looks at: most edits change only words.
UNSEEN: Mapping[type[Recorded], frozenset[str]] = {
    Source: frozenset({"title", "address", "address_basis", "archive", "authors", "rights", "unknowns"}),
    Entity: frozenset({"names", "description", "subkind", "external_ids", "distinct_from", "same_as", "unknowns"}),
    Claim: frozenset({"title", "statement", "literal", "predicate", "modality", "polarity", "time", "not_stated"}),
}


class Mention(NamedTuple):
    """One claim that names an entity, and as what."""

    claim_id: str
    part: MentionAs
    role: str | None = None


class ClaimTie(NamedTuple):
    """A link between two claims, seen from one of them."""

    other: str
    type: LinkType
    forward: bool
    """False when the other claim's record states the link."""


Selection = Literal["latest", "ambiguous", "reviewed", "chains"]
"""The newest, newest first; those with several readings; those checked by enough people; the first of each chain."""
LATEST = 30
REVIEWS_NEEDED = 2


@dataclass(frozen=True)
class UnitPrice:
    """A computed price for one unit, with the comparator of the figure it comes from."""

    value: Decimal
    is_rounded: bool


class Coverage(NamedTuple):
    """One sentence of a source and the claims that stand in it, in id order."""

    paragraph: int
    sentence: int
    claim_ids: tuple[str, ...]


@dataclass(frozen=True)
class Graph:
    """Everything derived. Maps have an entry only where there is something to say."""

    mentions: Mapping[str, tuple[Mention, ...]]
    """By entity id."""
    ties: Mapping[str, tuple[ClaimTie, ...]]
    """By claim id."""
    standings: Mapping[str, Standing]
    """By claim id."""
    coverage: Mapping[str, tuple[Coverage, ...]]
    """By source id, in reading order."""
    neighbours: Mapping[str, tuple[str, ...]]
    """Ids of the other claims in the sentences of a claim, by its id."""
    outlet_sources: Mapping[str, tuple[str, ...]]
    """Source ids by outlet."""
    contained: Mapping[str, tuple[str, ...]]
    """Place ids by containing place."""
    priced: Mapping[str, tuple[str, ...]]
    """Ids of the claims that give an entity's price, in reading order."""
    selected: Mapping[Selection, tuple[str, ...]]
    """Ids of claims that stand for all: what an index shows without going through every claim."""


def publishable(catalogue: Catalogue) -> Catalogue:
    """Return the catalogue without draft and withheld records and without redirects to them.

    A claim of a hidden source is hidden with it.
    """
    sources = {id_: source for id_, source in catalogue.sources.items() if source.status not in HIDDEN}
    claims = {
        id_: claim
        for id_, claim in catalogue.claims.items()
        if claim.status not in HIDDEN and claim.source_id in sources
    }
    # A hidden claim may be linked to from either side; a shown one must not lead to it.
    claims = {
        id_: claim.model_copy(update={"links": tuple(link for link in claim.links if link.claim in claims)})
        if any(link.claim not in claims for link in claim.links)
        else claim
        for id_, claim in claims.items()
    }
    entities = {id_: entity for id_, entity in catalogue.entities.items() if entity.status not in HIDDEN}
    shown = {record.ref for group in (sources, claims, entities) for record in group.values()}
    redirects = {
        old: redirect
        for old, redirect in catalogue.redirects.items()
        if redirect.gone or follow_redirect(catalogue, old) in shown
    }
    return replace(catalogue, sources=sources, claims=claims, entities=entities, redirects=redirects)


def follow_redirect(catalogue: Catalogue, old: str) -> str | None:
    """Return the address a redirect finally leads to; rules have made sure that there is no loop."""
    target = catalogue.redirects[old].to
    while target is not None and target in catalogue.redirects:
        target = catalogue.redirects[target].to
    return target


def make_graph(catalogue: Catalogue) -> Graph:
    """Derive everything from a publishable catalogue."""
    claims = catalogue.claims.values()
    ties = index_ties(claims)
    coverage = index_coverage(catalogue)
    return Graph(
        mentions=index_mentions(claims),
        ties=ties,
        standings={claim.id: find_standing(claim, ties.get(claim.id, ()), catalogue.claims) for claim in claims},
        coverage=coverage,
        neighbours=index_neighbours(cell.claim_ids for cells in coverage.values() for cell in cells),
        outlet_sources=_group((source.outlet, source.id) for source in catalogue.sources.values()),
        contained=_group(
            (entity.location.within, entity.id)
            for entity in catalogue.entities.values()
            if entity.location and entity.location.within
        ),
        priced=index_prices(claims),
        selected=select_claims(catalogue.claims),
    )


def has_same_graph(before: Catalogue, now: Catalogue) -> bool:
    """Whether what is derived from two publishable catalogues is the same, told by the records that differ."""
    for name in FOLDERS:
        old, new = getattr(before, name), getattr(now, name)
        if old.keys() != new.keys() or not all(map(_is_alike, old.values(), map(new.get, old))):
            return False
    return True


def _is_alike(old: Recorded, new: Recorded) -> bool:
    seen = () if old is new else type(new).model_fields.keys() - UNSEEN[type(new)]
    return all(getattr(old, name) == getattr(new, name) for name in seen)


def is_reviewed(record: Recorded) -> bool:
    """Whether enough people have checked a record."""
    return len(record.reviews) >= REVIEWS_NEEDED


def index_prices(claims: Iterable[Claim]) -> dict[str, tuple[str, ...]]:
    """Map each entity to the claims that say what it costs, in reading order; what was retracted says nothing."""
    priced = [claim for claim in claims if claim.status != "retracted" and any(q.per for q in claim.quantities)]
    found: defaultdict[str, list[str]] = defaultdict(list)
    for claim in sorted(priced, key=_position):
        found[claim.subject].append(claim.id)
    return {entity_id: tuple(claim_ids) for entity_id, claim_ids in found.items()}


def select_claims(claims: Mapping[str, Claim]) -> dict[Selection, tuple[str, ...]]:
    """Select the claims that indexes show."""
    by_date: defaultdict[str, list[Claim]] = defaultdict(list)
    chains: defaultdict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in claims.values():
        by_date[claim.history[-1].date if claim.history else claim.extracted.date].append(claim)
        chains[tuple(voice.voice for voice in claim.attribution)].append(claim)
    latest: list[Claim] = []
    for date in sorted(by_date, reverse=True):
        # Those of one day in reading order.
        latest += nsmallest(LATEST - len(latest), by_date[date], key=_position)
        if len(latest) == LATEST:
            break
    firsts = sorted((min(found, key=_position) for found in chains.values()), key=_position)
    return {
        "latest": tuple(claim.id for claim in latest),
        "ambiguous": tuple(claim.id for claim in claims.values() if claim.readings),
        "reviewed": tuple(claim.id for claim in claims.values() if is_reviewed(claim)),
        "chains": tuple(claim.id for claim in firsts),
    }


def _group(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(sorted(values)) for key, values in found.items()}


def index_mentions(claims: Iterable[Claim]) -> dict[str, tuple[Mention, ...]]:
    """Map each entity to the claims that name it, in reading order; what was retracted names nobody."""
    found: defaultdict[str, list[Mention]] = defaultdict(list)
    for claim in sorted((claim for claim in claims if claim.status != "retracted"), key=_position):
        found[claim.subject].append(Mention(claim.id, "subject"))
        if claim.object:
            found[claim.object].append(Mention(claim.id, "object"))
        for part in claim.parts:
            if part.entity:
                found[part.entity].append(Mention(claim.id, "part", part.role))
        for place in claim.place.entities if claim.place else ():
            found[place].append(Mention(claim.id, "place"))
        for voice in claim.attribution:
            for speaker in {voice.entity, voice.affiliation} - {None}:
                found[speaker or ""].append(Mention(claim.id, "voice"))
    return {entity_id: tuple(mentions) for entity_id, mentions in found.items()}


def index_ties(claims: Iterable[Claim]) -> dict[str, tuple[ClaimTie, ...]]:
    """Map each claim to its links in both directions; a mutual link counts once."""
    found: defaultdict[str, set[ClaimTie]] = defaultdict(set)
    stated = {(claim.id, link.claim, link.type) for claim in claims for link in claim.links}
    for one, other, type_ in sorted(stated):
        found[one].add(ClaimTie(other, type_, forward=True))
        if (other, one, type_) not in stated:
            found[other].add(ClaimTie(one, type_, forward=False))
    return {claim_id: tuple(sorted(ties)) for claim_id, ties in found.items()}


def find_standing(claim: Claim, ties: Iterable[ClaimTie], claims: Mapping[str, Claim]) -> Standing:
    """Return the label for who else says so; what changed or is disputed goes before counting witnesses."""
    if claim.status == "retracted":
        return "retracted"
    if claim.status == "corrected":
        return "corrected"
    said_again = False
    independent = False
    for tie in ties:
        if claims[tie.other].status == "retracted":
            # What was withdrawn neither disputes nor bears witness.
            continue
        if tie.type == "contradicts":
            return "contested"
        if tie.type in ("corroborates", "repeats"):
            said_again = True
            stating, stated = (claim, tie.other) if tie.forward else (claims[tie.other], claim.id)
            independent |= any(
                link.claim == stated and link.type == tie.type and link.independence == "independent"
                for link in stating.links
            )
    if independent:
        return "independent"
    return "repeated" if said_again else "single"


def find_unit_price(quantity: Quantity) -> UnitPrice | None:
    """Divide a price by what it is counted by; None when there is nothing to divide."""
    if quantity.number is None or quantity.per is None or Decimal(quantity.per.value) == 1:
        return None
    context = _UNIT_PRICE.copy()
    value = context.divide(quantity.number, Decimal(quantity.per.value)).normalize()
    return UnitPrice(value, is_rounded=bool(context.flags[Inexact]))


def index_coverage(catalogue: Catalogue) -> dict[str, tuple[Coverage, ...]]:
    """Map each source to its sentences with the claims that stand in them."""
    located: defaultdict[tuple[str, int, int], list[str]] = defaultdict(list)
    for claim in catalogue.claims.values():
        for locator in claim.locators:
            located[locator.source, locator.paragraph, locator.sentence].append(claim.id)
    return {
        source.id: tuple(
            Coverage(p, s, tuple(sorted(located[source.id, p, s])))
            for p, paragraph in enumerate(source.paragraphs, 1)
            for s, _ in enumerate(paragraph.sentences, 1)
        )
        for source in catalogue.sources.values()
    }


def index_neighbours(sentences: Iterable[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Map each claim to the others that stand in the same sentences, given the claims of each sentence."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for claim_ids in sentences:
        for claim_id in claim_ids:
            found[claim_id].update(claim_ids)
    return {claim_id: tuple(sorted(ids - {claim_id})) for claim_id, ids in found.items() if len(ids) > 1}
