"""Quantities and unit prices in words."""

from musnad.derive.prices import find_unit_price
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.parts import Fact, QuantityView
from musnad.records.model import Quantity
from musnad.records.problems import N_


def make_quantity_fact(composer: Composer, quantity: Quantity) -> Fact:
    """Return a quantity under the name of what it measures."""
    label = composer.catalogue.vocabulary.measures[quantity.measures].label[composer.lang]
    return Fact(label, "quantity", quantity=make_quantity(composer, quantity))


def make_quantity(composer: Composer, quantity: Quantity) -> QuantityView:
    """Return a quantity in words, with its computed unit price."""
    vocabulary, words = composer.catalogue.vocabulary, composer.words
    before = words.hedge(quantity.comparator)
    after = computed = ""
    if quantity.phrase:
        amount = quantity.phrase[composer.lang]
    elif quantity.vague:
        unit = vocabulary.units[quantity.unit or ""]
        counted = unit.plural[composer.lang] if unit.plural else ""
        amount = vocabulary.amounts[quantity.vague].pattern[composer.lang].format(unit=counted)
    else:
        assert quantity.number is not None, "checked by the rule quantity"
        assert quantity.unit is not None, "checked by the rule quantity"
        amount = words.amount(quantity.number, vocabulary.units[quantity.unit])
    if quantity.per:
        after = words.fill(N_("per {item}"), item=words.per(quantity.per, vocabulary))
        computed = tell_unit_price(composer, quantity)
    wording = quantity.wording if quantity.comparator != "exact" and quantity.wording else ""
    return QuantityView(before, amount, after, computed, wording)


def tell_unit_price(composer: Composer, quantity: Quantity) -> str:
    """Return the computed price of one unit, hedged as the figure it comes from; empty without one."""
    price = find_unit_price(quantity)
    if price is None or quantity.per is None or quantity.unit is None:
        return ""
    units = composer.catalogue.vocabulary.units
    unit = units[quantity.per.unit]
    comparator = "about" if price.is_rounded and quantity.comparator == "exact" else quantity.comparator
    text = composer.words.fill(
        N_("{amount} per {item}"),
        amount=composer.words.amount(price.value, units[quantity.unit]),
        item=unit.single[composer.lang] if unit.single else "",
    )
    return " ".join(filter(None, [composer.words.hedge(comparator), text]))


def explain_unit_price(composer: Composer, quantity: Quantity) -> str:
    """Return how a unit price was computed, or nothing."""
    price = find_unit_price(quantity)
    if price is None or quantity.per is None or quantity.number is None or quantity.unit is None:
        return ""
    words, units = composer.words, composer.catalogue.vocabulary.units
    measure = units[quantity.per.unit]
    values = {
        "price": words.amount(quantity.number, units[quantity.unit]),
        "measure": words.amount(type(quantity.number)(quantity.per.value), measure),
        "result": words.amount(price.value, units[quantity.unit]),
        "item": measure.single[composer.lang] if measure.single else "",
    }
    text = words.fill(N_("{price} ÷ {measure} = {result} per {item}."), **values)
    hedge = words.hedge(quantity.comparator)
    if hedge:
        text += " " + words.fill(
            N_("“{hedge}” carries over: the result is no more exact than the figure it comes from."), hedge=hedge
        )
    return text + " " + words.fill(N_("The source itself gives no price per {item}."), **values)
