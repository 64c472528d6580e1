"""What is a price, prices of one unit, and how far the ends of a change lie apart."""

from dataclasses import dataclass
from decimal import Context, Decimal, Inexact

from musnad.records.model import Figure, Per, Quantity

# Significant digits of a computed price: more would pretend to an exactness no source has.
_UNIT_PRICE = Context(prec=4)
_PERCENT = Context(prec=3)
_COMPARABLE = {"exact", "about", "nearly"}
_FIELDS = {"from": "from_", "to": "to", "by": "by"}
PERCENT = "percent"
"""The unit of shares, of which no percentage is computed: ten to fifteen percent is not a rise of fifty."""

PRICE = "price"
"""The measure of what something costs; any other amount that is counted by something is a rate."""


@dataclass(frozen=True)
class UnitPrice:
    """What one unit costs, computed: the quantity with its figures divided, each hedged as before."""

    quantity: Quantity
    is_rounded: bool


@dataclass(frozen=True)
class Growth:
    """How far the ends of a change lie apart, computed."""

    difference: Decimal
    percent: Decimal | None
    """Of the first figure; none where that is not above zero."""
    is_exact: bool
    """Whether the difference is as exact as the source's own figures: neither end is hedged."""
    is_rounded: bool
    """Whether the percentage is."""


def is_price(quantity: Quantity) -> bool:
    """Whether a quantity says what so much of something costs."""
    return quantity.per is not None and quantity.measures == PRICE


def find_unit_price(quantity: Quantity) -> UnitPrice | None:
    """Divide a price by what it is counted by; None when there is nothing to divide."""
    if quantity.per is None or not is_price(quantity) or Decimal(quantity.per.value) == 1:
        return None
    context, per = _UNIT_PRICE.copy(), Decimal(quantity.per.value)

    def divide(figure: Figure) -> str:
        return format(context.divide(figure.number, per).normalize(), "f")

    # A rise in percent is the same for one unit.
    is_share = quantity.change is not None and quantity.change.by_unit is not None
    found = {f.path: divide(f) for f in quantity.figures if not (is_share and f.path[-1] == "by")}
    if not found:
        return None
    one = {"per": Per(unit=quantity.per.unit)}
    if quantity.value is not None:
        made = quantity.model_copy(update={**one, "value": found["value",]})
    else:
        name = "range" if quantity.range else "change"
        ends = {_FIELDS[path[-1]]: number for path, number in found.items()}
        made = quantity.model_copy(update={**one, name: getattr(quantity, name).model_copy(update=ends)})
    return UnitPrice(made, bool(context.flags[Inexact]))


def find_growth(quantity: Quantity) -> Growth | None:
    """Compare the ends of a change; None where an end is missing, only a bound, or itself a share."""
    if quantity.change is None or quantity.ends is None or quantity.unit == PERCENT:
        return None
    start, end = quantity.ends
    if not {start.comparator, end.comparator} <= _COMPARABLE:
        return None
    context = _PERCENT.copy()
    difference = end.number - start.number
    percent = context.divide(difference * 100, start.number).normalize() if start.number > 0 else None
    is_exact = start.comparator == end.comparator == "exact"
    return Growth(difference, percent, is_exact, is_rounded=bool(context.flags[Inexact]))
