"""Where a rule begins and ends to speak: the last value that is good, and the first that is not."""

from collections.abc import Iterable
from typing import Any

import pytest

from musnad.records.base import list_own
from musnad.records.model import Catalogue, Link, Name, Quantity, Time
from musnad.records.values import LocalizedText
from musnad.rules import RULES
from musnad.rules.bare import check_bare_accusation
from musnad.rules.claims import MAX_QUOTED_WORDS
from musnad.rules.rule import Known
from musnad.rules.run import check_all, list_all_keys
from tests.conftest import change
from tests.rules.test_cases import TODAY

PRICE, SALT, SALE = (f"tide-post-12/{name}" for name in ("rye-bread-price", "salt-kept-back", "guild-sells-bread"))
FULL, LONGER = " ".join(["word"] * MAX_QUOTED_WORDS), " ".join(["word"] * (MAX_QUOTED_WORDS + 1))


def find(catalogue: Catalogue, rule: str) -> list[str]:
    """Return the fields that a rule has something to say about."""
    rules = {rule: RULES[rule]}
    faults = check_all(Known.make(catalogue, TODAY), rules, list_all_keys(catalogue, rules))
    return [".".join(map(str, finding.path)) for _, finding in faults]


def with_locator(toy: Catalogue, **fields: Any) -> Catalogue:
    """Return the toy record with another locator of the price of bread."""
    return change(toy, "claims", PRICE, locators=(toy.claims[PRICE].locators[0].model_copy(update=fields),))


@pytest.mark.parametrize("field", ["starts", "ends", "before"])
def test_six_words_of_a_source_may_be_quoted_in_each_mark(field: str, toy: Catalogue) -> None:
    """And not a seventh."""
    assert find(with_locator(toy, **{field: FULL}), "long-quote") == []
    assert find(with_locator(toy, **{field: LONGER}), "long-quote") == [f"locators.0.{field}"]


@pytest.mark.parametrize(("words", "is_told"), [(FULL, False), (LONGER, True)])
def test_six_words_of_a_source_may_be_quoted_as_a_hedge(words: str, is_told: bool, toy: Catalogue) -> None:
    """Of a quantity and of a time."""
    quantity = toy.claims[PRICE].quantities[0].model_copy(update={"wording": words})
    assert find(change(toy, "claims", PRICE, quantities=(quantity,)), "long-quote") == (
        ["quantities.0.wording"] if is_told else []
    )
    time = Time(edtf="2024", basis="stated", wording=words)
    assert find(change(toy, "claims", SALE, time=time), "long-quote") == (["time.wording"] if is_told else [])


@pytest.mark.parametrize(
    ("field", "value", "is_on_earth"),
    [("latitude", "90", True), ("latitude", "-90", True), ("latitude", "90.1", False), ("latitude", "-90.1", False),
     ("longitude", "180", True), ("longitude", "-180", True), ("longitude", "180.1", False),
     ("longitude", "-180.1", False), ("longitude", "0", True)],
)  # fmt: skip
def test_coordinates_are_on_earth(field: str, value: str, is_on_earth: bool, toy: Catalogue) -> None:
    """From pole to pole, and once around."""
    location = toy.entities["old-harbour"].location
    assert location is not None
    catalogue = change(toy, "entities", "old-harbour", location=location.model_copy(update={field: value}))
    assert find(catalogue, "coordinates") == ([] if is_on_earth else [f"location.{field}"])


@pytest.mark.parametrize("missing", ["latitude", "longitude", "coordinates_from"])
def test_coordinates_are_given_together_or_not_at_all(missing: str, toy: Catalogue) -> None:
    """Each needs the others."""
    location = toy.entities["old-harbour"].location
    assert location is not None
    fields = ("latitude", "longitude", "coordinates_from")
    half = location.model_copy(update={missing: None})
    alone = location.model_copy(update=dict.fromkeys(set(fields) - {missing}))
    none = location.model_copy(update=dict.fromkeys(fields))
    found = [find(change(toy, "entities", "old-harbour", location=it), "coordinates") for it in (half, alone, none)]
    assert found == [["location"], ["location"], []]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"paragraph": 3, "sentence": 1}, ["locators.0.digest"]),
        ({"paragraph": 4, "sentence": 1}, ["locators.0.paragraph"]),
        ({"paragraph": 1, "sentence": 2}, ["locators.0.digest"]),
        ({"paragraph": 1, "sentence": 3}, ["locators.0.sentence"]),
        ({"source": "quay-news-7"}, ["locators.0.source"]),
        ({}, []),
    ],
    ids=["last paragraph", "one more", "last sentence", "one more sentence", "other source", "right"],
)
def test_locator_leads_to_a_sentence_that_there_is(fields: dict[str, Any], told: list[str], toy: Catalogue) -> None:
    """Of the source that the claim is filed under, with its digest."""
    assert find(with_locator(toy, **fields), "wrong-locator") == told


@pytest.mark.parametrize(("value", "is_good"), [("0.01", True), ("1", True), ("0", False), ("-1", False)])
def test_price_is_counted_by_more_than_nothing(value: str, is_good: bool, toy: Catalogue) -> None:
    """Nothing can be divided by zero."""
    fields = {"measures": "price", "value": "90", "comparator": "exact", "unit": "crown"}
    quantity = Quantity.model_validate({**fields, "per": {"value": value, "unit": "kg"}})
    catalogue = change(toy, "claims", PRICE, quantities=(quantity,))
    assert find(catalogue, "quantity") == ([] if is_good else ["quantities.0"])


def _forms(*given: str) -> dict[str, Any]:
    words = LocalizedText(ar="بعض", en="some")
    return {name: {"value": "3", "vague": "dozens", "phrase": words}[name] for name in given}


@pytest.mark.parametrize(
    ("fields", "is_good"),
    [
        (_forms("value"), True),
        (_forms(), False),
        (_forms("value", "vague"), False),
        (_forms("value", "phrase"), False),
        (_forms("vague", "phrase"), False),
        (_forms("value", "vague", "phrase"), False),
        ({**_forms("vague"), "comparator": "vague"}, True),
        ({**_forms("vague"), "comparator": "exact"}, False),
        ({**_forms("value"), "comparator": "vague"}, False),
        ({**_forms("phrase"), "comparator": "vague"}, True),
        ({**_forms("phrase"), "comparator": "vague", "unit": None}, True),
        ({**_forms("vague"), "comparator": "vague", "unit": None}, False),
        ({**_forms("value"), "unit": None}, False),
        ({**_forms("value"), "comparator": None}, False),
    ],
)
def test_quantity_says_one_thing_in_one_way(fields: dict[str, Any], is_good: bool, toy: Catalogue) -> None:
    """A number, a vague number or our words, with its comparator, and with a unit unless in our words."""
    quantity = Quantity.model_validate({"measures": "count", "comparator": "exact", "unit": "loaf", **fields})
    catalogue = change(toy, "claims", SALE, quantities=(quantity,))
    assert find(catalogue, "quantity") == ([] if is_good else ["quantities.0"])


@pytest.mark.parametrize("end", [".", "؟", "?", "»", "”"])
def test_statement_may_end_with_any_of_these(end: str, toy: Catalogue) -> None:
    """A stop, or a quotation that has its own."""
    catalogue = change(toy, "claims", SALE, statement=LocalizedText(ar=f"باعوا خبزًا{end}", en=f"they sold bread{end}"))
    assert find(catalogue, "typed-attribution") == []


@pytest.mark.parametrize(
    "text", ["they sold bread", "they sold bread,", "according to them, bread.", "According to X, bread."]
)
def test_statement_must_not_end_or_begin_so(text: str, toy: Catalogue) -> None:
    """Without a stop, or with words that are composed from the chain."""
    catalogue = change(toy, "claims", SALE, statement=LocalizedText(ar="باعوا خبزًا.", en=text))
    assert find(catalogue, "typed-attribution") == ["statement.en"]


@pytest.mark.parametrize("text", ["بحسب الشاهد باعوا.", "وفق الشاهد باعوا.", "وفقا للشاهد باعوا.", "حسب الشاهد باعوا."])
def test_arabic_statement_must_not_begin_so(text: str, toy: Catalogue) -> None:
    """With words that are composed from the chain."""
    catalogue = change(toy, "claims", SALE, statement=LocalizedText(ar=text, en="they sold bread."))
    assert find(catalogue, "typed-attribution") == ["statement.ar"]


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("count", [0, 1, 2])
def test_entity_has_one_main_name_in_each_language(count: int, lang: str, toy: Catalogue) -> None:
    """No less, no more."""
    others = [name for name in toy.entities["salt"].names if name.lang != lang]
    mine = [Name(text="X", lang=lang, role="primary")] * count  # type: ignore[arg-type]
    catalogue = change(toy, "entities", "salt", names=(*others, *mine))
    assert find(catalogue, "names") == ([] if count == 1 else ["names"])


def _link(type_: str, claim: str, independence: str = "not-established") -> Link:
    return Link(type=type_, claim=claim, independence=independence)  # type: ignore[arg-type]


def _tell_link(links: Iterable[Link], toy: Catalogue) -> list[str]:
    return find(change(toy, "claims", PRICE, links=tuple(links)), "claim-link")


@pytest.mark.parametrize("type_", ["corroborates", "contradicts", "in-tension-with", "see-also"])
def test_mutual_link_is_stated_by_both(type_: str, toy: Catalogue) -> None:
    """With the same type."""
    link = _link(type_, SALT)
    assert _tell_link([link], toy) == ["links.0"]
    back = (*toy.claims[SALT].links, _link(type_, PRICE))
    assert _tell_link([link], change(toy, "claims", SALT, links=back)) == []
    other = (*toy.claims[SALT].links, _link("repeats", PRICE))
    assert _tell_link([link], change(toy, "claims", SALT, links=other)) == ["links.0"]


@pytest.mark.parametrize("type_", ["repeats", "qualifies", "updates"])
def test_link_of_one_side_is_stated_by_one(type_: str, toy: Catalogue) -> None:
    """To a claim of any source, but not to itself."""
    assert _tell_link([_link(type_, SALT)], toy) == []
    assert _tell_link([_link(type_, "quay-news-7/dockers-buy-bread")], toy) == []
    assert _tell_link([_link(type_, PRICE)], toy) == ["links.0.claim"]


@pytest.mark.parametrize("type_", ["cause", "means", "circumstance"])
def test_link_that_keeps_a_word_of_the_source_stays_in_it(type_: str, toy: Catalogue) -> None:
    """The other claim is of the same source."""
    assert _tell_link([_link(type_, SALT)], toy) == []
    assert _tell_link([_link(type_, "quay-news-7/dockers-buy-bread")], toy) == ["links.0.type"]


def test_claims_of_one_source_are_not_independent(toy: Catalogue) -> None:
    """Those of two may be."""
    assert _tell_link([_link("qualifies", SALT, "independent")], toy) == ["links.0.independence"]
    assert _tell_link([_link("qualifies", SALT, "same-outlet")], toy) == []
    assert _tell_link([_link("qualifies", "quay-news-7/dockers-buy-bread", "independent")], toy) == []


@pytest.mark.parametrize(("living", "is_told"), [("yes", True), ("unknown", True), ("no", False)])
def test_claim_about_whoever_may_be_living_is_marked(living: str, is_told: bool, toy: Catalogue) -> None:
    """Unknown counts as living."""
    catalogue = change(toy, "entities", "mentioned-person", living=living)
    assert find(change(catalogue, "claims", SALT, sensitivity=()), "living-person") == (
        ["sensitivity"] if is_told else []
    )


@pytest.mark.parametrize(
    ("title", "is_told"),
    [("Mira Holt and salt", True), ("mira holt", True), ("The Mira  Holt", True), ("Mira Holton", False),
     ("Holt, Mira", False), ("Salt", False)],
)  # fmt: skip
def test_title_names_no_living_person(title: str, is_told: bool, toy: Catalogue) -> None:
    """By the words of a name in a row."""
    catalogue = change(toy, "claims", SALT, title=LocalizedText(ar="ملح", en=title))
    assert find(catalogue, "living-person") == (["title.en"] if is_told else [])


NEUTRAL = [
    ("تاجر أسماك.", "Fish trader."),
    ("وزير التموين والتجارة الداخلية.", "Minister of trade and supplies."),
    ("مسؤول عن الصحة في محافظة تدمر.", "Official responsible for health in Tadmur."),
    ("مهجّر من حمص، يورد اسمه تقرير صادر عن منظمة.", "Displaced person from Homs, named in a report."),
    ("قاضٍ سابق، حاكم المنطقة.", "Former judge, ruler of the district."),
    ("محقق صحفي وعضو مجلس.", "Reporter who investigates, and member of a council."),
    ("قائد فصيل مسلح وضابط متقاعد.", "Commander of an armed group, retired officer."),
]
"""Who somebody is, in words that are spelled like a deed, or that a deed has too."""


@pytest.mark.parametrize(("ar", "en"), NEUTRAL)
def test_what_somebody_is_accuses_nobody(ar: str, en: str, toy: Catalogue) -> None:
    """Words of predicates are forms that are said of a deed alone."""
    told = change(toy, "entities", "mentioned-person", description=LocalizedText(ar=ar, en=en))
    assert find(told, "bare-statement") == []


def test_who_is_called_like_an_accusation_can_be_described(toy: Catalogue) -> None:
    """After a place, say; not so with a second word that accuses and is in no name."""
    names = (*toy.entities["mentioned-person"].names, Name(text="سالم المدان", lang="ar", role="alias"))
    for end, fields in (("", []), (" مهرّب", ["description.ar"])):
        description = LocalizedText(ar=f"شخص يُنسب إلى المدان{end}", en="Is named after Al Madan")
        told = change(toy, "entities", "mentioned-person", names=names, description=description)
        assert find(told, "bare-statement") == fields
    told = change(toy, "entities", "mentioned-person", description=description)
    assert find(told, "bare-statement") == ["description.ar"]


def test_every_accusing_predicate_has_words(toy: Catalogue) -> None:
    """Of the base, in both languages, each of which is found where a living person is described."""
    predicates, known = toy.vocabulary.predicates, Known.make(toy, TODAY)
    own = dict(list_own(predicates))
    accusing = {id_: term for id_, term in predicates.items() if term.accusing and id_ not in own}
    assert len(accusing) > 40
    for id_, term in accusing.items():
        assert term.words, id_
        assert term.words.ar, id_
        assert term.words.en, id_
        for word in (*term.words.ar, *term.words.en):
            person = toy.entities["mentioned-person"].model_copy(
                update={"subkind": LocalizedText(ar=f"ما {word}", en="x")}
            )
            assert [*check_bare_accusation(person, known)], word
