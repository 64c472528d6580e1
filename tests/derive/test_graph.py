"""What is derived from claims: who is named where, ties, labels, unit prices, coverage, and what is left out."""

from dataclasses import replace
from typing import Any

import pytest

from musnad.derive.coverage import Coverage
from musnad.derive.graph import UNSEEN, has_same_graph, make_graph
from musnad.derive.mentions import Mention, index_mentions
from musnad.derive.prices import find_unit_price
from musnad.derive.ties import ClaimTie, find_standing, index_ties
from musnad.derive.visible import publishable
from musnad.records.model import Catalogue, Claim, Entity, Link, Quantity, Recorded, Redirect, Source
from tests.conftest import change

PRICE, DEAL = "tide-post-12/rye-bread-price", "tide-post-12/guild-sells-bread"
REPEAT, BUY = "quay-news-7/rye-bread-price", "quay-news-7/dockers-buy-bread"


def test_entity_is_mentioned_in_every_part_it_plays(toy: Catalogue) -> None:
    """Subject, object, role, place and voice, in reading order."""
    mentions = make_graph(publishable(toy)).mentions
    assert mentions["dockers"] == (Mention(BUY, "object"), Mention(DEAL, "object"), Mention(DEAL, "voice"))
    assert mentions["rye-bread"] == (
        Mention(REPEAT, "subject"),
        Mention(PRICE, "subject"),
        Mention(DEAL, "part", "goods"),
    )
    assert mentions["new-harbour"] == (Mention(BUY, "place"),)
    assert [mention.claim_id for mention in mentions["quay-news"]] == [
        BUY, REPEAT, "quay-news-7/no-salt-kept-back", "quay-news-7/harbour-reopened",
    ]  # fmt: skip


def test_entity_nobody_mentions_has_no_mentions(toy: Catalogue) -> None:
    """There is an entry only where there is something to say."""
    assert "pelican-club" not in make_graph(publishable(toy)).mentions
    assert "dockers" in make_graph(toy).mentions


def test_tie_is_seen_from_both_sides(toy: Catalogue) -> None:
    """The claim that states a link looks forward, the other back; a mutual link counts once on each side."""
    ties = make_graph(publishable(toy)).ties
    assert ties[REPEAT] == (ClaimTie(PRICE, "repeats", forward=True),)
    assert ties[PRICE] == (ClaimTie(REPEAT, "repeats", forward=False),)
    assert ties[BUY] == (ClaimTie(DEAL, "corroborates", forward=True),)
    assert ties[DEAL] == (ClaimTie(BUY, "corroborates", forward=True),)
    assert "tide-post-12/lamp-broken" not in ties


def test_ties_of_a_claim_stand_in_one_order(toy: Catalogue) -> None:
    """By the other claim, then by type; a mutual one stands once."""
    types = ("updates", "see-also", "qualifies", "cause", "repeats")
    links = tuple(Link(type=type_, claim=claim) for claim in (REPEAT, DEAL) for type_ in types)  # type: ignore[arg-type]
    back = Link(type="qualifies", claim=PRICE)
    claims = [
        toy.claims[PRICE].model_copy(update={"links": links}),
        toy.claims[REPEAT].model_copy(update={"links": (back, Link(type="means", claim=PRICE))}),
        toy.claims[DEAL].model_copy(update={"links": ()}),
    ]
    ties = index_ties(claims)[PRICE]
    assert ties == tuple(sorted(ties))
    assert [(tie.type, tie.forward) for tie in ties if tie.other == REPEAT] == [
        ("cause", True),
        ("means", False),
        ("qualifies", True),
        ("repeats", True),
        ("see-also", True),
        ("updates", True),
    ]


def test_standings_of_the_toy_record(toy: Catalogue) -> None:
    """Each label occurs, and each claim has one."""
    assert make_graph(publishable(toy)).standings == {
        BUY: "independent",
        "quay-news-7/harbour-reopened": "corrected",
        "quay-news-7/no-salt-kept-back": "contested",
        REPEAT: "repeated",
        DEAL: "independent",
        "tide-post-12/harbour-closed": "single",
        "tide-post-12/lamp-broken": "retracted",
        PRICE: "repeated",
        "tide-post-12/salt-kept-back": "contested",
    }


@pytest.mark.parametrize(
    ("status", "links", "other_status", "standing"),
    [
        ("published", [], "published", "single"),
        ("published", [("qualifies", "independent")], "published", "single"),
        ("published", [("in-tension-with", "independent")], "published", "single"),
        ("published", [("repeats", "same-origin")], "published", "repeated"),
        ("published", [("corroborates", "not-established")], "published", "repeated"),
        ("published", [("corroborates", "same-outlet")], "published", "repeated"),
        ("published", [("corroborates", "independent")], "published", "independent"),
        ("published", [("repeats", "same-origin"), ("corroborates", "independent")], "published", "independent"),
        ("published", [("corroborates", "independent"), ("contradicts", "independent")], "published", "contested"),
        ("published", [("corroborates", "independent")], "retracted", "single"),
        ("published", [("contradicts", "independent")], "retracted", "single"),
        ("corrected", [("contradicts", "independent")], "published", "corrected"),
        ("retracted", [("corroborates", "independent")], "published", "retracted"),
    ],
)
def test_standing_of_a_claim(
    toy: Catalogue, status: str, links: list[tuple[str, str]], other_status: str, standing: str
) -> None:
    """What changed or is disputed goes before counting witnesses; what was withdrawn is no witness."""
    made = tuple(Link(type=type_, claim=BUY, independence=independence) for type_, independence in links)  # type: ignore[arg-type]
    claim = toy.claims[PRICE].model_copy(update={"status": status, "links": made})
    other = toy.claims[BUY].model_copy(update={"status": other_status, "links": ()})
    found = replace(toy, claims={claim.id: claim, other.id: other})
    forward = [ClaimTie(other.id, link.type, forward=True) for link in made]
    assert find_standing(claim, forward, found) == standing
    if status == other_status == "published":
        backward = [ClaimTie(claim.id, link.type, forward=False) for link in made]
        assert find_standing(other, backward, found) == standing


@pytest.mark.parametrize(
    ("value", "per", "price"),
    [
        ("500", "200", ("2.5", False)),
        ("90", "50", ("1.8", False)),
        ("90", "7", ("12.86", True)),
        ("100000", "3", ("33330", True)),
        ("100000", "10", ("10000", False)),
        ("0.10", "0.4", ("0.25", False)),
        ("90", "1", None),
        ("90", "1.0", None),
        ("90", None, None),
    ],
)
def test_unit_price_is_divided_and_says_when_it_is_rounded(
    value: str, per: str | None, price: tuple[str, bool] | None
) -> None:
    """Four digits and no more; nothing to divide gives no price."""
    counted = {"value": per, "unit": "kg"} if per else None
    fields = {"measures": "price", "value": value, "comparator": "exact", "unit": "crown", "per": counted}
    found = find_unit_price(Quantity.model_validate(fields))
    assert (found and (found.quantity.value, found.is_rounded)) == price


def test_vague_price_has_no_unit_price() -> None:
    """Dozens per sack can't be divided."""
    fields = {"measures": "price", "vague": "dozens", "unit": "crown", "per": {"value": "2", "unit": "kg"}}
    assert find_unit_price(Quantity.model_validate(fields)) is None


def test_coverage_lists_every_sentence_with_its_claims(toy: Catalogue) -> None:
    """Sentences without claims are there too, and hidden claims are not."""
    coverage = make_graph(publishable(toy)).coverage
    assert coverage["quay-news-7"] == (
        Coverage(1, 1, (BUY,)),
        Coverage(1, 2, (REPEAT,)),
        Coverage(2, 1, ("quay-news-7/no-salt-kept-back",)),
        Coverage(2, 2, ()),
        Coverage(2, 3, ("quay-news-7/harbour-reopened",)),
    )
    assert coverage["tide-post-12"][1] == Coverage(1, 2, (DEAL,))
    assert coverage["tide-post-12"][-1] == Coverage(3, 1, ())


def test_neighbours_are_the_other_claims_of_a_sentence(toy: Catalogue) -> None:
    """A claim that stands in two sentences has those of both; one that stands alone has none."""
    neighbours = make_graph(publishable(toy)).neighbours
    assert {PRICE, DEAL}.isdisjoint(neighbours)
    locators = toy.claims[PRICE].locators + toy.claims[DEAL].locators
    salt = "tide-post-12/salt-kept-back"
    neighbours = make_graph(publishable(change(toy, "claims", salt, locators=locators))).neighbours
    assert (neighbours[salt], neighbours[PRICE], neighbours[DEAL]) == ((DEAL, PRICE), (salt,), (salt,))


def test_reading_order_follows_the_source(toy: Catalogue) -> None:
    """Claims stand in the order of their sentences, not of their ids."""
    ordered = sorted(
        (claim for claim in toy.claims.values() if claim.source_id == "tide-post-12"), key=lambda claim: claim.position
    )
    assert [claim.locators[0].sentence + 10 * claim.locators[0].paragraph for claim in ordered] == [
        11,
        12,
        12,
        21,
        22,
        23,
    ]


def test_places_and_sources_are_grouped(toy: Catalogue) -> None:
    """A place knows what lies in it, an outlet what it published."""
    graph = make_graph(publishable(toy))
    assert graph.contained == {"lantern-bay": ("new-harbour", "old-harbour")}
    assert graph.outlet_sources == {"quay-news": ("quay-news-7",), "tide-post": ("tide-post-12",)}


@pytest.mark.parametrize("kind", UNSEEN)
def test_what_is_derived_is_the_same_whatever_the_words_are(kind: type[Recorded], toy: Catalogue) -> None:
    """Nothing is derived from a field that is said to be looked at by nothing."""
    shown = publishable(toy)
    group = {Source: "sources", Entity: "entities", Claim: "claims"}[kind]
    for field in UNSEEN[kind]:
        records = {id_: record.model_copy(update={field: "other"}) for id_, record in getattr(shown, group).items()}
        other = replace(shown, **{group: records})
        assert other != shown
        assert has_same_graph(shown, other)
        assert make_graph(other) == make_graph(shown)


@pytest.mark.parametrize(
    ("group", "id_", "fields"),
    [
        ("claims", PRICE, {"subject": "lantern-bay"}),
        ("claims", PRICE, {"status": "retracted"}),
        ("claims", PRICE, {"quantities": ()}),
        ("claims", DEAL, {"predicate": "works-with"}),
        ("claims", DEAL, {"links": ()}),
        ("claims", DEAL, {"locators": ()}),
        ("sources", "tide-post-12", {"outlet": "lantern-bay"}),
        ("entities", "old-harbour", {"location": None}),
        ("entities", "old-harbour", {"status": "draft"}),
    ],
)
def test_what_is_derived_is_not_taken_for_the_same_after_other_changes(
    group: str, id_: str, fields: dict[str, Any], toy: Catalogue
) -> None:
    """A change of what facts are derived from, and a record that is gone."""
    assert not has_same_graph(publishable(toy), publishable(change(toy, group, id_, **fields)))


def test_what_is_derived_hangs_on_the_terms_too(toy: Catalogue) -> None:
    """A relation that holds both ways is one edge from either side."""
    predicates = toy.vocabulary.predicates
    other = {**predicates, "sells-to": predicates["sells-to"].model_copy(update={"symmetric": True})}
    vocabulary = replace(toy.vocabulary, predicates=other)
    assert not has_same_graph(publishable(toy), publishable(replace(toy, vocabulary=vocabulary)))


def test_draft_and_withheld_records_are_left_out(toy: Catalogue) -> None:
    """Entities and claims readers may not see are in no map."""
    shown = publishable(toy)
    assert set(toy.entities) - set(shown.entities) == {"pelican-club", "quillfeather"}
    assert set(toy.claims) - set(shown.claims) == {"tide-post-12/pelican-dinner", "quay-news-7/quillfeather-deal"}


def test_claims_of_a_hidden_source_are_hidden_with_it(toy: Catalogue) -> None:
    """So are the links that lead to them."""
    shown = publishable(change(toy, "sources", "quay-news-7", status="withheld"))
    assert set(shown.sources) == {"tide-post-12"}
    assert {claim.source_id for claim in shown.claims.values()} == {"tide-post-12"}
    assert not any(claim.links for claim in shown.claims.values())
    assert make_graph(shown).standings[DEAL] == "single"


def test_redirects_to_hidden_records_are_left_out(toy: Catalogue) -> None:
    """An old address must not name what is withheld, not even through another one."""
    redirects = {
        **toy.redirects,
        "entities/quill": Redirect(to="entities/quillfeather", date="2024"),
        "entities/quills": Redirect(to="entities/quill", date="2024"),
    }
    shown = publishable(replace(toy, redirects=redirects))
    assert set(shown.redirects) == set(toy.redirects)


def test_order_of_claims_makes_no_difference(toy: Catalogue) -> None:
    """Whatever is listed in reading order is so however the claims come."""
    claims = list(publishable(toy).claims.values())
    for index in (index_mentions, index_ties):
        assert index(claims) == index(claims[::-1])
    shown = publishable(toy)
    backwards = replace(shown, claims=dict(reversed(shown.claims.items())))
    assert make_graph(backwards).coverage == make_graph(shown).coverage
    assert make_graph(backwards).neighbours == make_graph(shown).neighbours
    assert make_graph(backwards).summaries == make_graph(shown).summaries
    assert make_graph(backwards).listed == make_graph(shown).listed


@pytest.mark.parametrize(
    ("fields", "is_priced"),
    [({}, True), ({"status": "retracted"}, False), ({"status": "corrected"}, True), ({"quantities": ()}, False)],
)
def test_price_is_what_is_counted_by_something(fields: dict[str, Any], is_priced: bool, toy: Catalogue) -> None:
    """And was not retracted; a mere number is no price."""
    claims = change(change(toy, "claims", PRICE, **fields), "claims", REPEAT, quantities=())
    prices = make_graph(claims).summaries["rye-bread"].prices
    assert [price.claim_id for price in prices] == ([PRICE] if is_priced else [])
