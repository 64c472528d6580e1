"""The page of all figures: what is drawn together, how hedges are drawn, and what stands in words."""

from dataclasses import replace
from typing import Any

import pytest

from musnad.derive.figures import index_figures, list_levels
from musnad.pages.elements.scales import Mark, make_scale
from musnad.pages.views.figures import FiguresBody, SeriesView, make_figures_view
from musnad.records.model import Catalogue, Quantity
from musnad.text.languages import Lang
from tests.conftest import copy_claim, make_toy_site

PRICE = "tide-post-12/rye-bread-price"
PER = {"value": "50", "unit": "kg", "container": "sack"}


def make_price(**fields: Any) -> Quantity:
    """Return a price of a sack."""
    return Quantity.model_validate({"measures": "price", "unit": "crown", "per": PER, **fields})


def add_prices(toy: Catalogue, *prices: Quantity, **fields: Any) -> Catalogue:
    """Return the toy record with further claims of what rye bread costs."""
    claim = toy.claims[PRICE]
    more = [copy_claim(claim, f"price-{n}", quantities=(price,), **fields) for n, price in enumerate(prices)]
    return replace(toy, claims={**toy.claims, **{one.id: one for one in more}})


def find_series(catalogue: Catalogue, lang: Lang = "en") -> SeriesView:
    """Return how the prices of rye bread by weight are shown."""
    body = make_figures_view(make_toy_site(catalogue).composers[lang]).body
    assert isinstance(body, FiguresBody)
    return next(s for m in body.measures for s in m.series if s.numbers and s.numbers[0].claim.id.startswith("tide"))


def test_prices_are_compared_as_those_of_one_unit(toy: Catalogue) -> None:
    """A sack of fifty and one of a hundred stand together, from small to large; loaves do not."""
    per = {**PER, "value": "100"}
    changed = add_prices(toy, make_price(value="100", per=per, comparator="exact"))
    prices = index_figures(changed.claims.values())["price"]
    assert [(one.of, one.unit, one.per, [claim for claim, _ in one.found]) for one in prices] == [
        ("rye-bread", "crown", "kg", ["tide-post-12/price-0", PRICE]),
        ("rye-bread", "crown", "loaf", ["quay-news-7/rye-bread-price"]),
    ]
    assert [row.claim.id for row in find_series(changed).numbers] == ["tide-post-12/price-0", PRICE]


def test_one_figure_alone_is_not_drawn(toy: Catalogue) -> None:
    """There is nothing to compare it with."""
    series = find_series(toy)
    assert series.ticks == ()
    assert [row.mark for row in series.numbers] == [None]


def test_words_and_denials_stand_in_a_lane_of_their_own(toy: Catalogue) -> None:
    """Neither has a place on the scale."""
    vague = make_price(vague="dozens", comparator="vague")
    changed = add_prices(toy, make_price(value="80", comparator="exact"), vague)
    denied = add_prices(toy, make_price(value="80", comparator="exact"), polarity="denied")
    assert [row.mark for row in find_series(changed).words] == [None]
    assert len(find_series(changed).numbers) == 2
    assert [row.claim.id for row in find_series(denied).words] == ["tide-post-12/price-0"]
    assert find_series(denied).ticks == ()


@pytest.mark.parametrize(
    ("fields", "stretches", "broken"),
    [
        ({"value": "60", "comparator": "exact"}, [], [False]),
        ({"value": "60", "comparator": "about"}, [], [True]),
        ({"value": "60", "comparator": "up-to"}, [("line", "left")], [False]),
        ({"value": "60", "comparator": "less-than"}, [("line", "left")], [False]),
        ({"value": "60", "comparator": "at-least"}, [("line", "right")], [False]),
        ({"value": "60", "comparator": "more-than"}, [("line", "right")], [False]),
        ({"range": {"from": "20", "to": "60"}, "comparator": "exact"}, [("bar", None)], [False, False]),
        ({"change": {"from": "60", "to": "20"}, "comparator": "about"}, [("line", "left")], [True, True]),
        ({"change": {"by": "20"}, "comparator": "exact"}, [], []),
    ],
)  # fmt: skip
def test_hedges_are_drawn(
    fields: dict[str, Any], stretches: list[tuple[str, str | None]], broken: list[bool], toy: Catalogue
) -> None:
    """A bound is open at one end, an approximate number broken, a range a bar; in Arabic it runs the other way."""
    quantity = Quantity.model_validate({"measures": "count", "unit": "loaf", **fields})
    site = make_toy_site(toy)
    marks: dict[str, Mark] = {
        lang: make_scale(composer, [quantity.figures[0].number]).mark(quantity, is_computed=False)
        for lang, composer in site.composers.items()
    }
    turned = {"left": "right", "right": "left", None: None}
    assert [(stretch.kind, stretch.arrow) for stretch in marks["en"].stretches] == stretches
    assert [(stretch.kind, turned[stretch.arrow]) for stretch in marks["ar"].stretches] == stretches
    assert [point.is_broken for point in marks["en"].points] == broken
    for here, there in zip(marks["en"].points, marks["ar"].points, strict=True):
        assert here.at + there.at == 100


@pytest.mark.parametrize("numbers", [["0"], ["3", "7"], ["-4", "9"], ["0.02", "0.5"], ["1000000", "12"], ["-3", "-2"]])
def test_scale_holds_its_figures(numbers: list[str], toy: Catalogue) -> None:
    """Zero is on it, and steps are few and round."""
    quantities = [Quantity(measures="count", unit="loaf", value=number, comparator="exact") for number in numbers]
    composer = make_toy_site(toy).composers["en"]
    scale = make_scale(composer, [level for quantity in quantities for level in list_levels(quantity)])
    ticks = scale.list_ticks(composer)
    assert 2 <= len(ticks) <= 7
    assert "0" in [tick.text for tick in ticks]
    places = [tick.at for tick in ticks]
    for quantity in quantities:
        assert places[0] <= scale.mark(quantity, is_computed=False).points[0].at <= places[-1]


def test_what_is_left_out_is_counted(toy: Catalogue) -> None:
    """With a way to it in the table of all claims."""
    changed = add_prices(toy, *(make_price(value=str(n), comparator="exact") for n in range(40)))
    series = find_series(changed)
    assert len(series.numbers) == 25
    assert series.rest
    assert series.rest.text == "16 more figures"
    assert series.rest.href == "en/claims/all/?mark=figure&goods=rye-bread"
