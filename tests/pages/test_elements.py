"""Quantities, times, voices and parties in words, as exactly as the source has them and no more."""

from typing import Any

import pytest

from musnad.pages.elements.parts import Fact, Link, QuantityView, VoiceView
from musnad.pages.elements.places_times import make_place_fact, make_time_fact
from musnad.pages.elements.quantities import explain_unit_price, make_quantity, tell_unit_price
from musnad.pages.elements.relations import make_parties, make_relation
from musnad.pages.elements.voices import make_chain, make_lead, name_voice
from musnad.pages.site import Site
from musnad.records.model import Catalogue, Part, Place, Quantity, Time, Voice
from musnad.records.values import LocalizedText
from tests.conftest import change, make_toy_site

SALE, PRICE, SALT = (f"tide-post-12/{name}" for name in ("guild-sells-bread", "rye-bread-price", "salt-kept-back"))
WORDS = LocalizedText(ar="بكلماتنا", en="in our words")
PER = {"value": "50", "unit": "kg", "container": "sack"}


def _price(**fields: Any) -> Quantity:
    return Quantity.model_validate(
        {"measures": "price", "value": "90", "unit": "crown", "comparator": "exact", **fields}
    )


QUANTITIES = {
    "number": (_price(), QuantityView("", "90 crowns", "", "", "")),
    "hedged": (_price(comparator="about"), QuantityView("about", "90 crowns", "", "", "")),
    "hedged in the source’s word": (
        _price(comparator="up-to", wording="some"), QuantityView("up to", "90 crowns", "", "", "some")
    ),
    "exact, with a word of the source": (_price(wording="just"), QuantityView("", "90 crowns", "", "", "")),
    "price of a measure": (
        _price(per=PER, comparator="at-least"),
        QuantityView("at least", "90 crowns", "per 50 kg sack", "at least 1.8 crowns per kg", ""),
    ),
    "price of one": (
        _price(per={"value": "1", "unit": "kg"}), QuantityView("", "90 crowns", "per kg", "", "")
    ),
    "rounded price": (
        _price(per={"value": "7", "unit": "kg"}),
        QuantityView("", "90 crowns", "per 7 kg", "about 12.86 crowns per kg", ""),
    ),
    "rounded price that was hedged": (
        _price(per={"value": "7", "unit": "kg"}, comparator="not-more-than"),
        QuantityView("not more than", "90 crowns", "per 7 kg", "not more than 12.86 crowns per kg", ""),
    ),
    "vague": (
        _price(value=None, vague="dozens", unit="loaf", comparator="vague"),
        QuantityView("", "dozens of loaves", "", "", ""),
    ),
    "our words": (_price(value=None, phrase=WORDS, unit=None), QuantityView("", "in our words", "", "", "")),
    "our words per measure": (
        _price(value=None, phrase=WORDS, per=PER), QuantityView("", "in our words", "per 50 kg sack", "", "")
    ),
}  # fmt: skip


def _with_spaces(view: QuantityView) -> QuantityView:
    """Return a quantity with plain spaces."""
    return QuantityView(*(getattr(view, name).replace("\u00a0", " ") for name in QuantityView.__slots__))


@pytest.mark.parametrize(("quantity", "view"), QUANTITIES.values(), ids=QUANTITIES)
def test_quantity_is_told_with_its_hedge(quantity: Quantity, view: QuantityView, toy_site: Site) -> None:
    """Before the amount its hedge, after it what it is counted by; the unit price is hedged as its figure is."""
    assert _with_spaces(make_quantity(toy_site.composers["en"], quantity)) == view


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        (_price(per=PER), "90 crowns ÷ 50 kg = 1.8 crowns per kg. The source itself gives no price per kg."),
        (
            _price(per=PER, comparator="about"),
            "90 crowns ÷ 50 kg = 1.8 crowns per kg. “about” carries over: the result is no more exact than the figure "
            "it comes from. The source itself gives no price per kg.",
        ),
        (_price(per={"value": "1", "unit": "kg"}), ""),
        (_price(), ""),
        (_price(value=None, vague="dozens", per=PER), ""),
    ],
    ids=["exact", "hedged", "of one", "no measure", "vague"],
)
def test_computation_is_explained(quantity: Quantity, text: str, toy_site: Site) -> None:
    """Wherever there was one, and only there."""
    composer = toy_site.composers["en"]
    assert explain_unit_price(composer, quantity).replace("\u00a0", " ") == text
    assert bool(tell_unit_price(composer, quantity)) == bool(text)


TIMES = {
    "stated": ({"edtf": "2024-03", "basis": "stated"}, "March 2024"),
    "in our words": ({"phrase": WORDS, "edtf": "2024-03", "basis": "stated"}, "in our words"),
    "relative": (
        {"edtf": "2024-03", "basis": "relative-to-publication"},
        "March 2024 (relative to the source, whose date is unknown)",
    ),
    "inferred": ({"edtf": "2024-03", "basis": "inferred"}, "March 2024 (inferred by the record)"),
}


@pytest.mark.parametrize(("fields", "text"), TIMES.values(), ids=TIMES)
@pytest.mark.parametrize("wording", [None, "this spring"])
def test_time_is_told_with_its_basis(wording: str | None, fields: dict[str, Any], text: str, toy: Catalogue) -> None:
    """And with the source's own word."""
    composer = make_toy_site(change(toy, "sources", "tide-post-12", published="unknown")).composers["en"]
    time = Time.model_validate({**fields, "wording": wording})
    assert make_time_fact(composer, "tide-post-12", time) == Fact("Time", "time", text, wording=wording or "")


@pytest.mark.parametrize(
    ("time", "text"),
    [
        (None, "Not stated. The source is dated 3 June 2024."),
        (
            Time(phrase=WORDS, basis="relative-to-publication"),
            "in our words (relative to the source, dated 3 June 2024)",
        ),
    ],
    ids=["none", "relative"],
)
def test_date_of_a_source_is_not_called_unknown_when_it_is_known(time: Time | None, text: str, toy: Catalogue) -> None:
    """Whatever a time hangs on."""
    composer = make_toy_site(change(toy, "sources", "tide-post-12", published="2024-06-03")).composers["en"]
    assert make_time_fact(composer, "tide-post-12", time).text.replace("\u00a0", " ") == text


PLACES = {
    "by name": ({"precision": "spot"}, "Old Harbour", "Old Harbour (Spot)", "place"),
    "by a pattern": ({"precision": "surroundings"}, *["surroundings of Old Harbour"] * 2, "around"),
    "in our words": ({"precision": "spot", "phrase": WORDS}, "in our words", "in our words", "place"),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "text", "full", "icon"), PLACES.values(), ids=PLACES)
def test_place_is_told_as_exactly_as_it_is_known(
    fields: dict[str, Any], text: str, full: str, icon: str, toy_site: Site
) -> None:
    """In full with its precision, where the words do not tell it."""
    composer, place = toy_site.composers["en"], Place.model_validate({"entities": ("old-harbour",), **fields})
    claim = toy_site.catalogue.claims[PRICE]
    assert make_place_fact(composer, claim, place) == Fact("Place", icon, text)
    assert make_place_fact(composer, claim, place, is_full=True) == Fact("Place", icon, full)


UNNAMED = {
    ("one", "not-stated"): ("Not named.", "not named"),
    ("one", "withheld"): ("Name withheld.", "names withheld"),
    ("several", "not-stated"): ("More than one, not named; how many is not said.", "not named"),
    ("several", "withheld"): ("More than one, names withheld; how many is not said.", "names withheld"),
    ("unknown", "not-stated"): ("Not named; whether one or more is not said.", "not named"),
    ("unknown", "withheld"): ("Names withheld; whether one or more is not said.", "names withheld"),
}


@pytest.mark.parametrize(("number", "identity"), UNNAMED)
def test_chain_tells_how_many_are_not_named(number: str, identity: str, toy: Catalogue) -> None:
    """In brackets in brief, in a sentence in full; a named voice is a link."""
    outlet = Voice(voice="outlet", entity="tide-post")
    fields = {"voice": "bystander", "number": number, "identity": identity, "described": WORDS}
    catalogue = change(toy, "claims", SALE, attribution=(outlet, Voice.model_validate(fields)))
    composer, claim = make_toy_site(catalogue).composers["en"], catalogue.claims[SALE]
    note, brief = UNNAMED[number, identity]
    assert make_chain(composer, claim) == (
        VoiceView("Tide Post", "en/entities/tide-post/", "outlet", False, "", "Paper that printed the article."),
        VoiceView("in our words", None, "group", True, brief, f"{note} Quoted by the Tide Post.", "on the word of"),
    )
    assert name_voice(composer, claim) == "in our words quoted by the Tide Post"
    assert make_lead(composer, claim) == "According to in our words quoted by the Tide Post,"


def test_parties_stand_by_role(toy: Catalogue) -> None:
    """Each role once, in the order of the claim, entities before words; then the place."""
    parts = (
        Part(role="witness", text=WORDS),
        Part(role="goods", entity="salt"),
        Part(role="witness", entity="dockers"),
        Part(role="witness", entity="mentioned-person"),
    )
    place = Place(entities=("old-harbour", "new-harbour"), precision="spot")
    catalogue = change(toy, "claims", SALE, parts=parts, place=place)
    facts = make_parties(make_toy_site(catalogue).composers["en"], catalogue.claims[SALE])
    assert [(fact.label, [link.text for link in fact.links], fact.text) for fact in facts] == [
        ("Witness", ["Dockers", "Mira Holt"], "in our words"),
        ("Goods", ["Salt"], ""),
        ("Place", ["Old Harbour", "New Harbour"], ""),
    ]


@pytest.mark.parametrize(
    ("fields", "own_id", "subject", "object_"),
    [
        ({}, "", True, Link("Dockers", "en/entities/dockers/")),
        ({}, "dockers", True, Link("Dockers")),
        ({}, "bakers-guild", False, Link("Dockers", "en/entities/dockers/")),
        ({"object": None}, "", True, None),
        ({"object": None, "literal": WORDS}, "", True, Link("in our words")),
    ],
    ids=["linked", "page of the object", "page of the subject", "no object", "words"],
)
def test_relation_links_whoever_is_not_the_page_itself(
    fields: dict[str, Any], own_id: str, subject: bool, object_: Link | None, toy: Catalogue
) -> None:
    """Words in place of an object are no link."""
    catalogue = change(toy, "claims", SALE, **fields)
    relation = make_relation(make_toy_site(catalogue).composers["en"], catalogue.claims[SALE], own_id)
    assert relation.subject == Link("Bakers’ Guild", "en/entities/bakers-guild/" if subject else None)
    assert (relation.object, relation.lead) == (object_, "")


@pytest.mark.parametrize(("predicate", "is_symmetric"), [("sells-to", False), ("works-with", True)])
def test_relation_says_whether_it_holds_both_ways(predicate: str, is_symmetric: bool, toy: Catalogue) -> None:
    """As its predicate does."""
    catalogue = change(toy, "claims", SALE, predicate=predicate)
    assert make_relation(make_toy_site(catalogue).composers["en"], catalogue.claims[SALE]).is_symmetric == is_symmetric


def test_relation_of_a_living_person_has_its_voice(toy: Catalogue) -> None:
    """It never stands without."""
    composer = make_toy_site(toy).composers["en"]
    relation = make_relation(composer, toy.claims[SALT])
    assert relation.lead == make_lead(composer, toy.claims[SALT])
