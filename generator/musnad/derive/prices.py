"""Which claims give a price, and prices of one unit."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact
from operator import attrgetter

from musnad.records.model import Claim, Quantity

# Significant digits of a computed price: more would pretend to an exactness no source has.
_UNIT_PRICE = Context(prec=4)
_position = attrgetter("position")


@dataclass(frozen=True)
class UnitPrice:
    """A computed price for one unit, with the comparator of the figure it comes from."""

    value: Decimal
    is_rounded: bool


def find_unit_price(quantity: Quantity) -> UnitPrice | None:
    """Divide a price by what it is counted by; None when there is nothing to divide."""
    if quantity.number is None or quantity.per is None or Decimal(quantity.per.value) == 1:
        return None
    context = _UNIT_PRICE.copy()
    value = context.divide(quantity.number, Decimal(quantity.per.value)).normalize()
    return UnitPrice(value, is_rounded=bool(context.flags[Inexact]))


def index_prices(claims: Iterable[Claim]) -> dict[str, tuple[str, ...]]:
    """Map each entity to the claims that say what it costs, in reading order; what was retracted says nothing."""
    priced = [claim for claim in claims if claim.status != "retracted" and any(q.per for q in claim.quantities)]
    found: defaultdict[str, list[str]] = defaultdict(list)
    for claim in sorted(priced, key=_position):
        found[claim.subject].append(claim.id)
    return {entity_id: tuple(claim_ids) for entity_id, claim_ids in found.items()}
