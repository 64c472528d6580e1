"""Which claims stand in each sentence of a source, and beside which others."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from musnad.records.model import Catalogue


class Coverage(NamedTuple):
    """One sentence of a source and the claims that stand in it, in id order."""

    paragraph: int
    sentence: int
    claim_ids: tuple[str, ...]


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
