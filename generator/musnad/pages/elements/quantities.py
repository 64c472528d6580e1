"""Quantities in words, and what is computed from them: unit prices, and how far an amount rose or fell."""

from decimal import Decimal

from musnad.derive.prices import find_growth, find_unit_price
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.parts import Fact, QuantityView
from musnad.records.model import Comparator, Figure, Portion, Quantity
from musnad.records.problems import N_
from musnad.records.vocabulary import Unit
from musnad.wording.fractions import tell_fraction


def make_quantity_fact(composer: Composer, quantity: Quantity) -> Fact:
    """Return a quantity under the name of what it measures."""
    label = composer.catalogue.vocabulary.measures[quantity.measures].label[composer.lang]
    return Fact(label, "quantity", quantity=make_quantity(composer, quantity))


def make_quantity(composer: Composer, quantity: Quantity) -> QuantityView:
    """Return a quantity in words, with what is computed from it."""
    words = composer.words
    before, amount = _tell_amount(composer, quantity)
    after = ""
    if quantity.per:
        after = words.rate(quantity.per, composer.catalogue.vocabulary)
    computed = tell_growth(composer, quantity), tell_unit_price(composer, quantity)
    wording = quantity.wording if quantity.comparator != "exact" and quantity.wording else ""
    return QuantityView(
        before,
        amount,
        after,
        words.gettext(N_("; ")).join(filter(None, computed)),
        wording,
        _tell_portions(composer, quantity),
    )


def tell_quantity(composer: Composer, quantity: Quantity) -> str:
    """Return a quantity as one text, without what is computed from it."""
    view = make_quantity(composer, quantity)
    return " ".join(filter(None, (view.before, view.amount, view.after)))


def _tell_amount(composer: Composer, quantity: Quantity) -> tuple[str, str]:
    """Return the hedge that stands before an amount, and the amount; some hold their hedges inside."""
    vocabulary, words, lang = composer.catalogue.vocabulary, composer.words, composer.lang
    hedge = words.hedge(quantity.comparator)
    whole = _name_whole(composer, quantity)
    if quantity.change:
        told = _tell_change(composer, quantity)
    elif quantity.range:
        hedge, told = _tell_range(composer, quantity, whole)
        whole = ""
    elif quantity.number is not None:
        return hedge, words.amount(quantity.number, _unit(composer, quantity), whole, is_oblique=bool(hedge))
    elif quantity.fraction:
        return hedge, tell_fraction(quantity.fraction, lang, whole, is_oblique=bool(hedge), figures=words.figures)
    elif quantity.phrase:
        told = quantity.phrase[lang]
    else:
        unit = vocabulary.units[quantity.unit or ""]
        counted = unit.plural[lang] if unit.plural else ""
        told = vocabulary.amounts[quantity.vague or ""].pattern[lang].format(unit=counted)
    is_inside = quantity.change is not None
    return "" if is_inside else hedge, words.fill(
        N_("{amount} of {whole}"), amount=told, whole=whole
    ) if whole else told


def _unit(composer: Composer, quantity: Quantity) -> Unit:
    assert quantity.unit is not None, "checked by the rule quantity"
    return composer.catalogue.vocabulary.units[quantity.unit]


def _name_whole(composer: Composer, quantity: Quantity) -> str:
    """Return what an amount is taken of, or nothing."""
    if quantity.of is None:
        return ""
    if quantity.of.entity:
        return composer.catalogue.entities[quantity.of.entity].name(composer.lang)
    return quantity.of.text[composer.lang] if quantity.of.text else ""


def _tell_range(composer: Composer, quantity: Quantity, whole: str) -> tuple[str, str]:
    """Return the hedge of both ends, if they share one, and the range."""
    words, unit = composer.words, _unit(composer, quantity)
    assert quantity.ends is not None, "checked by the rule quantity"
    low, high = quantity.ends
    start = (
        words.amount(low.number, unit, is_oblique=True) if words.is_word(low.number, unit) else words.number(low.number)
    )
    end = words.amount(high.number, unit, whole, is_oblique=True)
    hedges = words.hedge(low.comparator), words.hedge(high.comparator)
    if hedges[0] == hedges[1]:
        message = N_("{low} to {high}") if hedges[0] else N_("{start} to {end}")
        return hedges[0], words.fill(message, low=start, high=end, start=start, end=end)
    start, end = (" ".join(filter(None, told)) for told in zip(hedges, (start, end), strict=True))
    return "", words.fill(N_("{start} to {end}"), start=start, end=end)


def _tell_change(composer: Composer, quantity: Quantity) -> str:
    """Return a change with each figure hedged as it is: from about 250 to about 325 crowns."""
    words, step = composer.words, quantity.change
    assert step is not None, "called for changes"
    start, end, by = map(quantity.find, ("from", "to", "by"))
    notes = [note[composer.lang] if note else "" for note in (step.before, step.after)]
    told_by = ""
    if by:
        unit = composer.catalogue.vocabulary.units[step.by_unit] if step.by_unit else _unit(composer, quantity)
        told_by = _tell_step(composer, by.number, unit, by.comparator)
        # A note without its figure belongs to the step.
        for figure, note in ((start, notes[0]), (end, notes[1])):
            told_by = _add_note(composer, told_by, "" if figure else note)
    unit = _unit(composer, quantity)
    if start and end:
        # From 2 loaves to 1 loaf.
        is_one = 1 in (start.number, end.number) or words.is_word(start.number, unit)
        is_bare = not any(notes) and not is_one and start.comparator == end.comparator
        first = _hedge(composer, start, words.number(start.number) if is_bare else None, unit)
        values = {
            "start": _add_note(composer, first, notes[0]),
            "end": _add_note(composer, _hedge(composer, end, None, unit), notes[1]),
        }
        ends = words.fill(N_("from {start} to {end}"), **values)
        return words.fill(N_("{step}, {ends}"), step=told_by, ends=ends) if by else ends
    for figure, note, message in (
        (start, notes[0], N_("{step} from {amount}")),
        (end, notes[1], N_("{step} to {amount}")),
    ):
        if figure:
            amount = _add_note(composer, _hedge(composer, figure, None, unit), note)
            return words.fill(message, step=told_by, amount=amount)
    return told_by


def _hedge(composer: Composer, figure: Figure, told: str | None, unit: Unit) -> str:
    """Return a figure after a preposition, with its hedge."""
    words = composer.words
    amount = told or words.amount(figure.number, unit, is_oblique=True)
    return " ".join(filter(None, [words.hedge(figure.comparator), amount]))


def _add_note(composer: Composer, text: str, note: str) -> str:
    return composer.words.fill(N_("{amount} ({note})"), amount=text, note=note) if note else text


def _tell_step(composer: Composer, by: Decimal, unit: Unit, comparator: Comparator | None) -> str:
    """Return by how much something rose or fell."""
    words, hedge = composer.words, composer.words.hedge(comparator)
    amount = " ".join(filter(None, [hedge, words.amount(abs(by), unit, is_oblique=bool(hedge))]))
    return words.fill(N_("an increase of {amount}") if by > 0 else N_("a decrease of {amount}"), amount=amount)


def _tell_portions(composer: Composer, quantity: Quantity) -> str:
    """Return the parts of a count as the source tells them; what remains is not computed."""
    if not quantity.portions:
        return ""
    parts = composer.words.join(_tell_portion(composer, portion) for portion in quantity.portions)
    return composer.words.fill(N_("of whom {parts}") if quantity.of_whom else N_("of which {parts}"), parts=parts)


def _tell_portion(composer: Composer, portion: Portion) -> str:
    words, lang = composer.words, composer.lang
    who = portion.who[lang] if portion.who else ""
    if portion.phrase:
        told = portion.phrase[lang]
    elif portion.vague:
        told = composer.catalogue.vocabulary.amounts[portion.vague].pattern[lang].format(unit=who)
    else:
        assert portion.number is not None, "checked by the rule quantity"
        # One child and two children are one word each in Arabic.
        is_word = lang == "ar" and str(portion.number) in ("1", "2")
        told = who if is_word else f"{words.number(portion.number)}\u00a0{who}"
    return " ".join(filter(None, [words.hedge(portion.comparator), told]))


def tell_growth(composer: Composer, quantity: Quantity) -> str:
    """Return the computed difference of both ends and its percentage, as far as the source does not tell them."""
    growth, step = find_growth(quantity), quantity.change
    if growth is None or step is None or step.by_unit is not None:
        return ""
    words = composer.words
    percent = ""
    if growth.percent is not None:
        is_about = growth.is_rounded or not growth.is_exact
        share = words.fill(N_("{n}%"), n=words.number(abs(growth.percent)))
        percent = " ".join(filter(None, [words.hedge("about" if is_about else None), share]))
    if step.by is not None:
        return (
            words.fill(
                N_("an increase of {amount}") if growth.difference > 0 else N_("a decrease of {amount}"), amount=percent
            )
            if percent
            else ""
        )
    told = _tell_step(composer, growth.difference, _unit(composer, quantity), None if growth.is_exact else "about")
    return _add_note(composer, told, percent)


def explain_growth(composer: Composer, quantity: Quantity) -> str:
    """Return how the difference and the percentage of a change were computed, or nothing."""
    growth = find_growth(quantity)
    if growth is None or quantity.ends is None or not tell_growth(composer, quantity):
        return ""
    words = composer.words
    start, end = (figure.number for figure in quantity.ends)
    values = {
        "high": words.number(max(start, end)),
        "low": words.number(min(start, end)),
        "difference": words.number(abs(growth.difference)),
        "start": words.number(start),
    }
    text = words.fill(N_("{high} − {low} = {difference}."), **values)
    if growth.percent is not None:
        share = words.fill(N_("{n}%"), n=words.number(abs(growth.percent)))
        text += " " + words.fill(N_("{difference} ÷ {start} = {share}."), share=share, **values)
    return text


def tell_unit_price(composer: Composer, quantity: Quantity) -> str:
    """Return the computed price of one unit, hedged as the figures it comes from; empty without one."""
    price = find_unit_price(quantity)
    if price is None:
        return ""
    made = price.quantity
    if price.is_rounded:
        made = made.model_copy(update={"comparator": "about" if made.comparator == "exact" else made.comparator})
    before, amount = _tell_amount(composer, made)
    item = _name_one(composer, made)
    text = composer.words.fill(N_("{amount} per {item}"), amount=amount, item=item)
    return " ".join(filter(None, [before, text]))


def _name_one(composer: Composer, quantity: Quantity) -> str:
    """Return what one unit of what a price is counted by is called."""
    single = composer.catalogue.vocabulary.units[quantity.per.unit].single if quantity.per else None
    return single[composer.lang] if single else ""


def explain_unit_price(composer: Composer, quantity: Quantity) -> str:
    """Return how a unit price was computed, or nothing."""
    price = find_unit_price(quantity)
    if price is None or quantity.per is None:
        return ""
    words, unit, item = composer.words, _unit(composer, quantity), _name_one(composer, quantity)
    per = composer.catalogue.vocabulary.units[quantity.per.unit]
    measure = words.amount(Decimal(quantity.per.value), per, is_oblique=True)
    sentences = []
    for result in price.quantity.figures:
        figure = next(figure for figure in quantity.figures if figure.path == result.path)
        values = {
            "price": words.amount(figure.number, unit, is_oblique=True),
            "measure": measure,
            "result": words.amount(result.number, unit),
            "item": item,
        }
        sentences.append(words.fill(N_("{price} ÷ {measure} = {result} per {item}."), **values))
    for hedge in dict.fromkeys(filter(None, (words.hedge(figure.comparator) for figure in quantity.figures))):
        message = N_("“{hedge}” carries over: the result is no more exact than the figure it comes from.")
        sentences.append(words.fill(message, hedge=hedge))
    return " ".join([*sentences, words.fill(N_("The source itself gives no price per {item}."), item=item)])
