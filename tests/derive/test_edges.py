"""Who is tied to whom: one edge for all claims that say the same, and what of it is firm."""

from dataclasses import replace

import pytest

from musnad.derive.edges import Edge, find_connected, index_edges, is_firm
from musnad.derive.visible import publishable
from musnad.records.model import Catalogue, Part, Place
from tests.conftest import change, copy_claim

SALE, RESALE = "tide-post-12/guild-sells-bread", "quay-news-7/dockers-buy-bread"
REOPENED = "quay-news-7/harbour-reopened"


def index(catalogue: Catalogue) -> dict[str, tuple[Edge, ...]]:
    """Return the edges of what readers may see."""
    shown = publishable(catalogue)
    return index_edges(shown.claims.values(), shown.vocabulary.predicates)


def test_edge_is_known_from_both_ends_with_all_its_claims(toy: Catalogue) -> None:
    """Claims that say the same of the same two are one edge; the most claimed come first."""
    edges = index(toy)
    sale = Edge("bakers-guild", "sells-to", "object", None, "dockers", (RESALE, SALE))
    assert edges["bakers-guild"][0] == edges["dockers"][0] == sale
    for entity_id, own in edges.items():
        assert all(entity_id in (edge.subject, edge.other) for edge in own)
        assert [len(edge.claim_ids) for edge in own] == sorted((len(edge.claim_ids) for edge in own), reverse=True)


def test_every_party_is_an_end_and_nobody_is_tied_to_itself(toy: Catalogue) -> None:
    """By the role it has in the claim, or as its place."""
    claims = {SALE: toy.claims[SALE]}
    catalogue = change(
        replace(toy, claims=claims),
        "claims",
        SALE,
        object=None,
        parts=(Part(role="goods", entity="salt"), Part(role="buyer", entity="bakers-guild")),
        place=Place(entities=("old-harbour",), precision="spot"),
    )
    assert index(catalogue)["bakers-guild"] == (
        Edge("bakers-guild", "sells-to", "part", "goods", "salt", (SALE,)),
        Edge("bakers-guild", "sells-to", "place", None, "old-harbour", (SALE,)),
    )


def test_mutual_relation_is_one_edge_whichever_end_it_begins_with(toy: Catalogue) -> None:
    """One is said from either side, and both count."""
    there = copy_claim(toy.claims[SALE], "there", predicate="works-with", parts=())
    back = copy_claim(there, "back", subject="dockers", object="bakers-guild")
    mutual = {"works-with": toy.vocabulary.predicates["works-with"].model_copy(update={"symmetric": True})}
    edges = index_edges([there, back], mutual)
    (edge,) = edges["dockers"]
    assert (edge.subject, edge.other, len(edge.claim_ids)) == ("bakers-guild", "dockers", 2)


def test_what_was_retracted_ties_nobody(toy: Catalogue) -> None:
    """Nor does its edge stay with nothing behind it."""
    catalogue = change(change(toy, "claims", SALE, status="retracted"), "claims", RESALE, status="retracted")
    assert all(edge.other != "dockers" for edge in index(catalogue).get("bakers-guild", ()))


@pytest.mark.parametrize(
    "fields",
    [{"polarity": "denied"}, {"modality": "alleged"}, {"inferred": True}, {"attribution": True}],
    ids=["denied", "alleged", "inferred", "unnamed voice"],
)
def test_claim_that_is_not_firm(fields: dict[str, object], toy: Catalogue) -> None:
    """Denied, an accusation, of a party that the record infers, on the word of somebody without a name."""
    voices = toy.vocabulary.voices
    unnamed = next(
        claim.attribution
        for claim in toy.claims.values()
        if any(not voices[voice.voice].named for voice in claim.attribution)
    )
    named = next(
        claim
        for claim in toy.claims.values()
        if is_firm(claim, toy.vocabulary) and all(voices[voice.voice].named for voice in claim.attribution)
    )
    real = {"inferred": toy.claims[REOPENED].inferred, "attribution": unnamed}
    assert not is_firm(
        named.model_copy(update={name: real.get(name, value) for name, value in fields.items()}), toy.vocabulary
    )


def test_living_people_are_in_no_bare_list(toy: Catalogue) -> None:
    """The list of those with most claims behind their edges has no room for a voice."""
    shown = publishable(toy)
    edges = index(toy)
    living = {id_ for id_ in edges if shown.entities[id_].living in ("yes", "unknown")}
    assert "mentioned-person" in living
    assert set(find_connected(shown, edges)) == edges.keys() - living
