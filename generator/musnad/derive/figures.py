"""What is measured of what: the figures of all claims in series of those that can be compared."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from musnad.derive.prices import find_unit_price, is_price
from musnad.records.model import Claim, Quantity

_position = attrgetter("position")


class Series(NamedTuple):
    """Figures of one measure that have the same unit, and are of the same where they are prices."""

    of: str
    """The entity that prices are of, or empty."""
    unit: str
    """Empty for amounts that are words alone."""
    per: str
    """The unit they are counted by, or empty."""
    per_value: str
    """How many of it; one for prices, which are computed for one."""
    found: tuple[tuple[str, int], ...]
    """Claims and places of the quantity in each: numbers from small to large, then words, in reading order."""


def index_figures(claims: Iterable[Claim]) -> dict[str, tuple[Series, ...]]:
    """Map each measure to its series, those with most numbers first; what was retracted says nothing."""
    found: defaultdict[tuple[str, str, str, str, str], list[tuple[Claim, int]]] = defaultdict(list)
    for claim in sorted((claim for claim in claims if claim.status != "retracted"), key=_position):
        for place, quantity in enumerate(claim.quantities):
            found[_find_key(claim, quantity)].append((claim, place))
    measured: defaultdict[str, list[tuple[int, Series]]] = defaultdict(list)
    for (measure, of, unit, per, per_value), members in sorted(found.items()):
        members.sort(key=lambda member: _find_rank(member[0].quantities[member[1]]))
        numbers = sum(bool(list_levels(claim.quantities[place])) for claim, place in members)
        series = Series(of, unit, per, per_value, tuple((claim.id, place) for claim, place in members))
        measured[measure].append((numbers, series))
    return {
        measure: tuple(series for _, series in sorted(own, key=lambda one: (-one[0], -len(one[1].found))))
        for measure, own in measured.items()
    }


def _find_key(claim: Claim, quantity: Quantity) -> tuple[str, str, str, str, str]:
    per = quantity.per
    of = claim.subject if is_price(quantity) else ""
    counted = (per.unit, "1" if of else str(Decimal(per.value).normalize())) if per else ("", "")
    return quantity.measures, of, quantity.unit or "", *counted


def _find_rank(quantity: Quantity) -> tuple[bool, Decimal]:
    numbers = list_levels(quantity)
    return not numbers, min(numbers, default=Decimal(0))


def find_comparable(quantity: Quantity) -> Quantity:
    """Return a quantity as it is compared: a price as that of one unit."""
    price = find_unit_price(quantity)
    return price.quantity if price else quantity


def list_levels(quantity: Quantity) -> list[Decimal]:
    """Return the numbers of a quantity that stand on a scale; by how much something changed does not."""
    return list(_list_levels(find_comparable(quantity)))


def _list_levels(quantity: Quantity) -> Iterator[Decimal]:
    yield from (figure.number for figure in quantity.figures if figure.path[-1] != "by")
