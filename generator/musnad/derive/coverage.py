"""Which claims stand in each sentence or other place of a source, and beside which others."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from musnad.records.model import Catalogue, Spot


class Coverage(NamedTuple):
    """One sentence of a source and the claims that stand in it, in id order."""

    paragraph: int
    sentence: int
    claim_ids: tuple[str, ...]


class Located(NamedTuple):
    """A page, time or row of a source and the claims that stand there, in id order."""

    spot: Spot
    claim_ids: tuple[str, ...]


def index_coverage(catalogue: Catalogue) -> dict[str, tuple[Coverage, ...]]:
    """Map each source to its sentences with the claims that stand in them."""
    located: defaultdict[tuple[str, int, int], list[str]] = defaultdict(list)
    for claim in catalogue.claims.values():
        for locator in claim.locators:
            if locator.spot.paragraph:
                located[locator.source, *locator.spot[:2]].append(claim.id)
    return {
        source.id: tuple(
            Coverage(p, s, tuple(sorted(located[source.id, p, s])))
            for p, paragraph in enumerate(source.paragraphs, 1)
            for s, _ in enumerate(paragraph.sentences, 1)
        )
        for source in catalogue.sources.values()
    }


def index_places(catalogue: Catalogue) -> dict[str, tuple[Located, ...]]:
    """Map each source to its pages, times and rows in order, with the claims that stand there and in no sentence."""
    found: defaultdict[str, defaultdict[Spot, list[str]]] = defaultdict(lambda: defaultdict(list))
    for claim in catalogue.claims.values():
        spots = {locator.spot for locator in claim.locators}
        # What was heard is read in its transcript.
        for spot in () if any(spot.paragraph for spot in spots) else spots:
            found[claim.source_id][spot].append(claim.id)
    return {
        source_id: tuple(Located(spot, tuple(sorted(claims[spot]))) for spot in sorted(claims))
        for source_id, claims in found.items()
    }


def index_neighbours(sentences: Iterable[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Map each claim to the others that stand in the same sentences, given the claims of each sentence."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for claim_ids in sentences:
        for claim_id in claim_ids:
            found[claim_id].update(claim_ids)
    return {claim_id: tuple(sorted(ids - {claim_id})) for claim_id, ids in found.items() if len(ids) > 1}
