"""How much of a source carries claims, in words."""

from musnad.derive.coverage import Coverage
from musnad.pages.elements.composer import Composer
from musnad.records.problems import N_


def tell_coverage(composer: Composer, coverage: tuple[Coverage, ...]) -> str:
    """Return a source's coverage in a sentence or two."""
    words = composer.words
    claim_ids = {claim_id for cell in coverage for claim_id in cell.claim_ids}
    bare = sum(not cell.claim_ids for cell in coverage)
    counts = words.join(
        [
            words.plural(N_("{n} paragraph"), N_("{n} paragraphs"), len({cell.paragraph for cell in coverage})),
            words.plural(N_("{n} sentence"), N_("{n} sentences"), len(coverage)),
            words.plural(N_("{n} claim"), N_("{n} claims"), len(claim_ids)),
        ]
    )
    without = words.plural(N_("{n} sentence without a claim"), N_("{n} sentences without a claim"), bare)
    return words.fill(N_("{counts}; {without}."), counts=counts, without=without)
