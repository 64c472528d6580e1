"""What indexes begin with, and what is told of an entity there."""

from dataclasses import replace
from typing import Any

import pytest

from musnad.derive.graph import Graph, make_graph
from musnad.derive.starts import Listing, Price
from musnad.records.model import Catalogue, Claim, Quantity, Time
from tests.conftest import change, copy_claim

PRICE, CLOSED = "tide-post-12/rye-bread-price", "tide-post-12/harbour-closed"
PER = {"value": "50", "unit": "kg", "container": "sack"}


def make_price(toy: Catalogue, name: str, fields: dict[str, Any], **others: Any) -> Claim:
    """Return a further claim of what a sack of rye bread costs."""
    price = Quantity.model_validate({"measures": "price", "unit": "crown", "per": PER, **fields})
    return copy_claim(toy.claims[PRICE], name, quantities=(price,), links=(), **others)


def derive(toy: Catalogue, *claims: Claim) -> Graph:
    """Return what is derived of just these claims."""
    return make_graph(replace(toy, claims={claim.id: claim for claim in claims}))


def list_prices(graph: Graph) -> tuple[list[tuple[str, str]], int]:
    """Return the prices that stand for those of rye bread, and how many are left out."""
    found = graph.summaries["rye-bread"]
    return [(price.claim_id.partition("/")[2], price.end) for price in found.prices], found.more_prices


def test_few_prices_are_all_told(toy: Catalogue) -> None:
    """Three at most, in whatever units."""
    assert make_graph(toy).summaries["rye-bread"].prices == (
        Price(PRICE, 0, ""),
        Price("quay-news-7/rye-bread-price", 0, ""),
    )


def test_many_prices_are_told_by_their_ends(toy: Catalogue) -> None:
    """Of one unit: the highest is the one that reaches highest; words stand for none, and the rest is counted."""
    claims = [
        make_price(toy, "b", {"value": "70", "comparator": "exact"}),
        make_price(toy, "c", {"value": "60", "comparator": "up-to"}),
        make_price(toy, "d", {"range": {"from": "65", "to": "90"}, "comparator": "exact"}),
        make_price(toy, "e", {"vague": "dozens", "comparator": "vague"}),
    ]
    assert list_prices(derive(toy, *claims)) == ([("c", "lowest"), ("d", "highest")], 2)
    widest = make_price(toy, "f", {"range": {"from": "10", "to": "99"}, "comparator": "exact"})
    assert list_prices(derive(toy, *claims, widest)) == ([("f", "")], 4)


@pytest.mark.parametrize("fields", [{"polarity": "denied"}, {"status": "superseded"}, {"status": "retracted"}])
def test_price_that_does_not_stand_is_no_price(fields: dict[str, Any], toy: Catalogue) -> None:
    """One that is denied, withdrawn or replaced tells nothing, and gives no place among what has a price."""
    claim = make_price(toy, "b", {"value": "70", "comparator": "exact"}, **fields)
    listed = derive(toy, claim, toy.claims[CLOSED].model_copy(update={"links": ()})).listed["good"]
    assert "priced" not in [listing.sort for listing in listed]


def test_kinds_are_listed_by_what_is_said_of_them(toy: Catalogue) -> None:
    """What only speaks is apart, and so are living people; each entity stands once."""
    listed = make_graph(toy).listed
    assert listed["good"] == (Listing("priced", ("rye-bread",)), Listing("claimed", ("salt",)))
    assert listed["outlet"] == (Listing("voiced", ("quay-news", "tide-post")),)
    assert listed["person"] == (Listing("living", ("mentioned-person",)),)
    dead = make_graph(change(toy, "entities", "mentioned-person", living="no")).listed
    assert [listing.sort for listing in dead["person"]] == ["claimed"]
    ids = [id_ for listings in listed.values() for listing in listings for id_ in listing.entity_ids]
    assert sorted(ids) == sorted(toy.entities)


def test_events_stand_by_date_the_latest_first(toy: Catalogue) -> None:
    """A season is on no calendar and comes last of those with a date; one without stands after them all."""
    kinds = dict(toy.vocabulary.kinds)
    kinds["group"] = kinds["group"].model_copy(update={"trait": "event"})
    events = {"dockers": "2024-03-01", "bakers-guild": "2024-05", "quillfeather": "2024-21", "pelican-club": None}
    claims = [
        copy_claim(
            toy.claims[CLOSED],
            event,
            status="published",
            subject=event,
            object=None,
            parts=(),
            links=(),
            time=Time(basis="stated", edtf=day) if day else None,
        )
        for event, day in events.items()
    ]
    catalogue = replace(toy, vocabulary=replace(toy.vocabulary, kinds=kinds))
    graph = derive(catalogue, *claims)
    assert graph.listed["group"] == (
        Listing("dated", ("bakers-guild", "dockers", "quillfeather")),
        Listing("claimed", ("pelican-club",)),
    )
    assert graph.summaries["dockers"].dates == ("tide-post-12/dockers",)
    assert derive(toy, *claims).summaries["dockers"].dates == ()


def test_what_most_independent_origins_say_comes_first(toy: Catalogue) -> None:
    """One claim stands for all that say so; none of one origin, and none that names a living person."""
    graph = make_graph(toy)
    origins = [graph.accounts[claim_id].origins for claim_id in graph.selected["corroborated"]]
    assert origins
    assert origins == sorted(origins, reverse=True)
    assert min(origins) > 1
    (claim_id,) = [id_ for id_ in graph.selected["corroborated"] if id_ in graph.accounts][:1]
    hidden = toy
    for other in graph.accounts[claim_id].claim_ids:
        hidden = change(hidden, "claims", other, object="mentioned-person")
    assert not set(graph.accounts[claim_id].claim_ids) & set(make_graph(hidden).selected["corroborated"])
