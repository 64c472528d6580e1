"""Who supplies what to whom: told by what the vocabulary says of predicates and roles, and by nothing else."""

from dataclasses import replace
from typing import Any

import pytest

from musnad.derive.exchange import Exchange, index_exchanges
from musnad.derive.graph import has_same_graph
from musnad.derive.visible import publishable
from musnad.pages.views.exchange import ExchangeBody, make_exchange_view
from musnad.records.model import Catalogue, Part
from tests.conftest import change, make_toy_site

BOUGHT = "quay-news-7/dockers-buy-bread"
DEAL = "tide-post-12/guild-sells-bread"


def find_exchange(catalogue: Catalogue) -> tuple[Exchange, ...]:
    """Return what is taken from one claim: the guild sells loaves to the dockers."""
    found = index_exchanges(publishable(catalogue))
    return tuple(exchange for own in found.values() for exchange in own if DEAL in exchange.claim_ids)


def set_gives(toy: Catalogue, gives: str | None) -> Catalogue:
    """Return the toy record with another way of the goods in a sale."""
    predicates = dict(toy.vocabulary.predicates)
    predicates["sells-to"] = predicates["sells-to"].model_copy(update={"gives": gives})
    return replace(toy, vocabulary=replace(toy.vocabulary, predicates=predicates))


@pytest.mark.parametrize(
    ("gives", "pairs"),
    [
        ("subject", [("bakers-guild", "dockers", False)]),
        ("object", [("dockers", "bakers-guild", False)]),
        ("unsaid", [("bakers-guild", "dockers", True)]),
        (None, []),
    ],
)
def test_vocabulary_says_who_gives(gives: str | None, pairs: list[tuple[str, str, bool]], toy: Catalogue) -> None:
    """Without a word of it there nothing passes; another word for it is another graph."""
    changed = set_gives(toy, gives)
    assert [(e.giver, e.receiver, e.is_unsaid) for e in find_exchange(changed)] == pairs
    assert [e.goods[0].entity_id for e in find_exchange(changed)] == ["rye-bread"] * len(pairs)
    assert has_same_graph(toy, changed) == (toy.vocabulary == changed.vocabulary)


@pytest.mark.parametrize("fields", [{"polarity": "denied"}, {"status": "retracted"}])
def test_nothing_passes_where_that_is_denied(fields: dict[str, Any], toy: Catalogue) -> None:
    """Nor by what was retracted."""
    assert find_exchange(change(set_gives(toy, "subject"), "claims", DEAL, **fields)) == ()


def test_roles_name_sides_too(toy: Catalogue) -> None:
    """A receiver by a role; who gives is then not named."""
    roles = dict(toy.vocabulary.roles)
    roles["buyer"] = roles["goods"].model_copy(update={"trade": "receives", "kinds": ()})
    changed = set_gives(replace(toy, vocabulary=replace(toy.vocabulary, roles=roles)), None)
    parts = (*toy.claims[DEAL].parts, Part(role="buyer", entity="new-harbour"))
    (exchange,) = find_exchange(change(changed, "claims", DEAL, parts=parts))
    assert (exchange.giver, exchange.receiver) == ("", "new-harbour")


def test_living_person_stands_in_no_list(toy: Catalogue) -> None:
    """Only the claim is shown, which begins with its opening words."""
    changed = set_gives(change(toy, "claims", DEAL, subject="mentioned-person"), "subject")
    page = make_exchange_view(make_toy_site(changed).composers["en"])
    assert isinstance(page.body, ExchangeBody)
    assert DEAL in [claim.id for claim in page.body.people]
    links = [*page.body.columns, *(row.giver for row in page.body.rows), *(pair.giver for pair in page.body.pairs)]
    assert "Mira Holt" not in [link.text for link in links]
    assert page.head.is_noindex


@pytest.mark.parametrize("is_firm", [True, False])
def test_cell_leads_to_its_claims(is_firm: bool, toy: Catalogue) -> None:
    """And is broken where all their voices have no names."""
    fields = {} if is_firm else {"status": "retracted"}
    changed = change(set_gives(toy, "subject"), "claims", BOUGHT, **fields)
    body = make_exchange_view(make_toy_site(changed).composers["en"]).body
    assert isinstance(body, ExchangeBody)
    cells = [cell for row in body.rows for cell in row.cells if cell]
    pairs = {f"#{pair.anchor}": pair for pair in body.pairs}
    assert {cell.href for cell in cells} == set(pairs)
    cell = next(cell for cell in cells if "bakers-guild" in cell.href)
    assert [claim.id for claim in pairs[cell.href].claims] == [*([BOUGHT] if is_firm else []), DEAL]
    assert cell.is_firm == is_firm
