"""Mend what has one right answer: digests that were left out, links that the other side lacks.

A digest that differs is left alone: the sentence changed, and somebody has to read whether the claim still holds.
"""

from musnad.editing.change import Draft
from musnad.editing.splice import add_item, add_key
from musnad.records.model import Catalogue, Claim
from musnad.records.problems import N_
from musnad.rules.claims import lacks_link_back


def mend(draft: Draft) -> None:
    """Work out everything that can be mended."""
    for claim in draft.loaded.catalogue.claims.values():
        mend_locators(draft, claim, draft.loaded.catalogue)
    for claim in draft.loaded.catalogue.claims.values():
        _mend_links(draft, claim)


def mend_locators(draft: Draft, claim: Claim, catalogue: Catalogue) -> None:
    """Add the digests that a claim's locators lack, as its source has them."""
    for index, locator in enumerate(claim.locators):
        source = catalogue.sources.get(locator.source)
        p, s = locator.spot.paragraph, locator.spot.sentence
        if locator.digest or not source or not 0 < p <= len(source.paragraphs):
            continue
        if 0 < s <= len(sentences := source.paragraphs[p - 1].sentences):
            place = claim.file
            draft.write(place, add_key(draft.read(place), ("locators", index), "digest", sentences[s - 1].digest))
            message = N_("{file}: the digest of paragraph {p}, sentence {s} was added")
            draft.tell(message, file=place, p=p, s=s)


def _mend_links(draft: Draft, claim: Claim) -> None:
    for link in claim.links:
        other = draft.loaded.catalogue.claims.get(link.claim)
        if not other or other is claim or not lacks_link_back(claim, link.type, other):
            continue
        place = draft.place(other.ref)
        item = {"type": link.type, "claim": claim.id}
        if "independence" in link.model_fields_set:
            item["independence"] = link.independence
        draft.write(place, add_item(draft.read(place), "links", item))
        draft.tell(N_("{file}: the link {type} back to {claim} was added"), file=place, type=link.type, claim=claim.id)
