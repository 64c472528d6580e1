"""Tell which sentences of a source have claims, for the terminal."""

from collections.abc import Iterator

from musnad.derive.coverage import index_coverage, index_places
from musnad.records.model import Catalogue


def tell_coverage_lines(catalogue: Catalogue, source_id: str) -> Iterator[str]:
    """Yield a line for each sentence: place, number of claims, their ids or the reason why there are none."""
    source = catalogue.sources[source_id]
    for cell in index_coverage(catalogue)[source_id]:
        sentence = source.paragraphs[cell.paragraph - 1].sentences[cell.sentence - 1]
        names = ", ".join(claim_id.partition("/")[2] for claim_id in cell.claim_ids)
        reason = sentence.no_claim.en if sentence.no_claim else "NOT COVERED"
        yield f"  p{cell.paragraph}s{cell.sentence}  {len(cell.claim_ids):3}  {names or reason}"
    for found in index_places(catalogue).get(source_id, ()):
        names = ", ".join(claim_id.partition("/")[2] for claim_id in found.claim_ids)
        yield f"  {found.spot.anchor}  {len(found.claim_ids):3}  {names}"
