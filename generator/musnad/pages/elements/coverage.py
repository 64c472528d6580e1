"""How much of a source carries claims, in words."""

from musnad.derive.coverage import Coverage, Located
from musnad.pages.elements.composer import Composer
from musnad.records.problems import N_


def tell_coverage(composer: Composer, source_id: str) -> str:
    """Return a source's coverage in a sentence or two."""
    coverage = composer.graph.coverage.get(source_id, ())
    elsewhere = _tell_places(composer, composer.graph.places.get(source_id, ()))
    if coverage:
        return " ".join(filter(None, [_tell_sentences(composer, coverage), elsewhere]))
    return elsewhere or composer.words.gettext(N_("No claim has been taken from it yet."))


def _tell_places(composer: Composer, places: tuple[Located, ...]) -> str:
    """Return how many pages, times and rows carry claims."""
    words = composer.words
    pages = sum(bool(found.spot.page) for found in places)
    times = sum(found.spot.time >= 0 for found in places)
    counts = [
        words.plural(N_("{n} page"), N_("{n} pages"), pages) if pages else "",
        words.plural(N_("{n} moment"), N_("{n} moments"), times) if times else "",
        words.plural(N_("{n} row"), N_("{n} rows"), rows) if (rows := len(places) - pages - times) else "",
    ]
    claims = len({claim_id for found in places for claim_id in found.claim_ids})
    told = words.plural(N_("{n} claim"), N_("{n} claims"), claims)
    where = words.join(filter(None, counts))
    return words.fill(N_("{claims}, taken from {places}."), claims=told, places=where) if places else ""


def _tell_sentences(composer: Composer, coverage: tuple[Coverage, ...]) -> str:
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
