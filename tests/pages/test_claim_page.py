"""The page of a claim: its marks, what it is tied to, what is missing, and what search engines get."""

from dataclasses import replace
from typing import Any

import pytest

from musnad.derive.versions import find_version
from musnad.pages.elements.badges import make_review_badge
from musnad.pages.elements.claims import make_claim
from musnad.pages.elements.parts import Badge, Citation
from musnad.pages.views.claim import ClaimBody, make_claim_view
from musnad.records.model import Catalogue, Claim, Link, Part, Review
from musnad.records.values import LocalizedText
from tests.conftest import change, make_toy_site

PRICE, SALE, SALT = (f"tide-post-12/{name}" for name in ("rye-bread-price", "guild-sells-bread", "salt-kept-back"))
CLOSED, LAMP = "tide-post-12/harbour-closed", "tide-post-12/lamp-broken"
REPEAT, RESALE = "quay-news-7/rye-bread-price", "quay-news-7/dockers-buy-bread"
NO_SALT, REOPENED = "quay-news-7/no-salt-kept-back", "quay-news-7/harbour-reopened"
REVIEWS = tuple(Review(date="2024-07-01", reviewer=name) for name in ("Ann", "Bo", "Cy"))
NOTE = LocalizedText(ar="لسبب.", en="For a reason.")


def cite_claim(catalogue: Catalogue, claim_id: str) -> Citation:
    """Return how the English page of a claim is cited."""
    found = make_claim_view(make_toy_site(catalogue).composers["en"], claim_id).head.cite
    assert found is not None
    return found


def make_body(catalogue: Catalogue, claim_id: str) -> ClaimBody:
    """Return what the English page of a claim shows."""
    body = make_claim_view(make_toy_site(catalogue).composers["en"], claim_id).body
    assert isinstance(body, ClaimBody)
    return body


def mark(icon: str, text: str, path: str, *, is_stop: bool = False) -> Badge:
    """Return a badge that leads to its meaning."""
    return Badge(icon, text, f"en/reading/#{path}", is_stop)


ASSERTED, REPORTED = mark("asserted", "Asserted", "asserted"), mark("reported", "Reported", "reported")
DENIED = mark("denied", "Denied", "denied")
SINGLE = mark("single", "Single source", "single")
REPEATED = mark("repeated", "Repeated, counted once", "repeated")
INDEPENDENT = mark("independent", "Independently corroborated", "independent")
CONTESTED = mark("contested", "Contested", "contested", is_stop=True)
CORRECTED = mark("corrected", "Corrected", "corrected", is_stop=True)
RETRACTED = mark("retracted", "Retracted", "retracted", is_stop=True)
SUPERSEDED = mark("corrected", "Superseded", "superseded", is_stop=True)


def _readings(claim_id: str) -> Badge:
    return Badge("readings", "More than one reading", f"en/claims/{claim_id}/#readings")


BADGES = {
    PRICE: [REPORTED, REPEATED],
    SALE: [REPORTED, INDEPENDENT],
    SALT: [REPORTED, CONTESTED, _readings(SALT)],
    CLOSED: [ASSERTED, SINGLE, SUPERSEDED],
    LAMP: [RETRACTED],
    NO_SALT: [DENIED, REPORTED, CONTESTED],
    REOPENED: [DENIED, ASSERTED, CORRECTED],
}


@pytest.mark.parametrize("claim_id", BADGES)
def test_marks_of_a_claim(claim_id: str, toy: Catalogue) -> None:
    """How firmly, who else says so, and what changed; each leads to where it is explained."""
    assert list(make_claim(make_toy_site(toy).composers["en"], claim_id).badges) == BADGES[claim_id]


@pytest.mark.parametrize(
    ("count", "told"), [(0, "Not reviewed yet"), (1, "No second reviewer yet"), (2, None), (3, None)]
)
def test_too_few_reviewers_are_told(count: int, told: str | None, toy: Catalogue) -> None:
    """Until two people have checked a claim, its page says so."""
    body = make_body(change(toy, "claims", SALE, reviews=REVIEWS[:count]), SALE)
    assert body.extra_badges == ((mark("unreviewed", told, "unreviewed"),) if told else ())


def test_every_mark_leads_to_its_explanation(toy: Catalogue) -> None:
    """On the guide there is an anchor for each badge that any claim bears."""
    site = make_toy_site(toy)
    composer = site.composers["en"]
    guide = site.make_page("en/reading.md").body
    badges = [badge for claim_id in toy.claims if claim_id in site.shown.claims for badge in
              (*make_claim(composer, claim_id).badges, make_review_badge(composer, toy.claims[claim_id]))]  # fmt: skip
    anchors = {badge.href.partition("#")[2] for badge in badges if badge and "/reading/" in badge.href}
    assert len(anchors) > 8
    assert {anchor for anchor in anchors if f'id="{anchor}"' not in guide} == set()


TIES = {
    "corroborates": ("Corroborates", "Corroborates", True),
    "repeats": ("Repeats", "Repeated by", True),
    "contradicts": ("Contradicts", "Contradicts", True),
    "in-tension-with": ("In tension with", "In tension with", True),
    "qualifies": ("Qualifies", "Qualified by", True),
    "updates": ("Updates", "Updated by", True),
    "cause": ("Because of, as the source has it", "Given as the cause of", False),
    "means": ("By means of, as the source has it", "Given as the means of", False),
    "circumstance": ("Under this circumstance, as the source has it", "Given as a circumstance of", False),
    "see-also": ("See also", "See also", False),
}


@pytest.mark.parametrize("type_", TIES)
def test_tie_is_told_from_both_sides(type_: str, toy: Catalogue) -> None:
    """With its note, and with how independent the two are, where witnesses are counted."""
    forward, backward, is_counted = TIES[type_]
    link = Link(type=type_, claim=CLOSED, independence="same-outlet", note=NOTE)  # type: ignore[arg-type]
    catalogue = change(change(toy, "claims", PRICE, links=(link,)), "claims", REPEAT, links=())
    catalogue = change(catalogue, "claims", REOPENED, links=())
    note = "For a reason. Both come from the same outlet." if is_counted else "For a reason."
    for claim_id, other, label in ((PRICE, CLOSED, forward), (CLOSED, PRICE, backward)):
        (related,) = make_body(catalogue, claim_id).related
        (tie,) = related.ties
        assert (tie.label, tie.text, related.claim.id) == (label, note, other)


def test_claim_that_is_tied_in_two_ways_stands_there_once(toy: Catalogue) -> None:
    """Below all that ties it."""
    links = tuple(Link(type=type_, claim=CLOSED) for type_ in ("means", "see-also"))  # type: ignore[arg-type]
    catalogue = change(change(toy, "claims", PRICE, links=links), "claims", REPEAT, links=())
    (related,) = make_body(catalogue, PRICE).related
    assert [tie.label for tie in related.ties] == [TIES["means"][0], TIES["see-also"][0]]


INDEPENDENCE = {
    "independent": "The two are independent.",
    "same-outlet": "Both come from the same outlet.",
    "same-origin": "Both go back to the same origin.",
    "not-established": "Whether the two are independent is not established.",
}


@pytest.mark.parametrize("independence", INDEPENDENCE)
@pytest.mark.parametrize(
    ("type_", "title"),
    [("in-tension-with", "Two accounts in tension"), ("contradicts", "Two accounts that contradict each other")],
)
@pytest.mark.parametrize("note", [None, NOTE], ids=["bare", "with a note"])
def test_accounts_in_tension_stand_side_by_side(
    note: LocalizedText | None, type_: str, title: str, independence: str, toy: Catalogue
) -> None:
    """Once, on the pages of both, the smaller id first, whoever states the link; the record does not decide."""
    back = Link(type=type_, claim=REPEAT, independence=independence)  # type: ignore[arg-type]
    link = Link(type=type_, claim=PRICE, independence=independence, note=note)  # type: ignore[arg-type]
    catalogue = change(change(toy, "claims", REPEAT, links=(link,)), "claims", PRICE, links=(back,))
    for claim_id in (PRICE, REPEAT):
        (pair,) = make_body(catalogue, claim_id).tensions
        assert pair.title == (f"{title}: For a reason." if note else title)
        assert pair.kind == "tension"
        assert pair.anchor == "tension-quay-news-7-rye-bread-price-tide-post-12-rye-bread-price"
        assert pair.foot == INDEPENDENCE[independence]
        assert [(side.tag, side.href) for side in pair.sides] == [
            ("First account", f"en/claims/{REPEAT}/"),
            ("Second account", f"en/claims/{PRICE}/"),
        ]
        composer = make_toy_site(catalogue).composers["en"]
        for side, of in zip(pair.sides, (REPEAT, PRICE), strict=True):
            view = make_claim(composer, of)
            assert (side.lead, side.says, side.chain) == (view.lead, view.says, view.chain)
            assert side.badges == (view.badges[0], *view.locators)


@pytest.mark.parametrize("type_", sorted(TIES.keys() - {"contradicts", "in-tension-with"}))
def test_other_ties_are_no_tension(type_: str, toy: Catalogue) -> None:
    """Only what does not fit together stands side by side."""
    link = Link(type=type_, claim=CLOSED)  # type: ignore[arg-type]
    assert make_body(change(toy, "claims", PRICE, links=(link,)), PRICE).tensions == ()


def test_link_stated_by_the_larger_id_alone_tells_no_independence(toy: Catalogue) -> None:
    """What the smaller one does not say is not said for it."""
    link = Link(type="in-tension-with", claim=REPEAT, independence="independent", note=NOTE)
    catalogue = change(change(toy, "claims", PRICE, links=(link,)), "claims", REPEAT, links=())
    (pair,) = make_body(catalogue, REPEAT).tensions
    assert (pair.title, pair.foot) == ("Two accounts in tension", "")


@pytest.mark.parametrize(
    ("fields", "labels"),
    [
        ({}, ["Price", "Place", "Time"]),
        ({"place": None}, ["Price", "Place", "Time"]),
        ({"time": None}, ["Price", "Place", "Time"]),
        ({"place": None, "time": None}, ["Price", "Place", "Time"]),
        ({"quantities": ()}, ["Place", "Time"]),
        ({"parts": (Part(role="goods", entity="salt"),)}, ["Price", "Goods", "Place", "Time"]),
        ({"parts": (Part(role="witness", entity="dockers"),)}, ["Price", "Place", "Time"]),
        ({"parts": (Part(role="goods", text=NOTE),)}, ["Price", "Place", "Time"]),
    ],
    ids=["all", "no place", "no time", "neither", "no quantity", "goods", "no goods", "goods in words"],
)
def test_facts_keep_their_order(fields: dict[str, Any], labels: list[str], toy: Catalogue) -> None:
    """Quantities, goods, place, time; on its own page a claim says which of the last two are missing."""
    facts = make_body(change(toy, "claims", PRICE, **fields), PRICE).facts
    assert [fact.label for fact in facts] == labels
    told = {fact.label: fact.text for fact in facts}
    assert (told["Place"] == "Not stated") == ("place" in fields)
    assert told["Time"].startswith("Not stated") == ("time" in fields)
    listed = make_claim(make_toy_site(change(toy, "claims", PRICE, **fields)).composers["en"], PRICE).facts
    assert [fact.label for fact in listed] == [
        label for label in labels if label.lower() not in fields or label == "Price"
    ]


def test_good_that_is_the_object_stands_with_its_companions(toy: Catalogue) -> None:
    """In one list, first; another object is no good."""
    parts = (Part(role="goods", entity="rye-bread"),)
    goods = {}
    for object_ in ("salt", "dockers"):
        catalogue = change(toy, "claims", SALE, object=object_, parts=parts, quantities=())
        goods[object_] = make_claim(make_toy_site(catalogue).composers["en"], SALE).facts
    assert [[(fact.label, fact.icon, [link.text for link in fact.links]) for fact in goods[id_]] for id_ in goods] == [
        [("Goods", "goods", ["Salt", "Rye bread"])],
        [("Goods", "goods", ["Rye bread"])],
    ]


@pytest.mark.parametrize(
    ("kinds", "is_listed"),
    [((), False), (("good",), True), (("good", "place"), False), (("place",), False)],
    ids=["any kind", "goods alone", "goods and places", "places"],
)
def test_goods_are_what_only_goods_can_be(kinds: tuple[str, ...], is_listed: bool, toy: Catalogue) -> None:
    """A role that others may have too is no list of goods."""
    roles = dict(toy.vocabulary.roles)
    roles["goods"] = roles["goods"].model_copy(update={"kinds": kinds})
    catalogue = replace(toy, vocabulary=replace(toy.vocabulary, roles=roles))
    labels = [fact.label for fact in make_claim(make_toy_site(catalogue).composers["en"], SALE).facts]
    assert ("Goods" in labels) == is_listed


def test_inferred_party_is_marked_wherever_it_stands(toy: Catalogue) -> None:
    """As subject, as place, and in a row of its own with the reason."""
    body = make_body(toy, REOPENED)
    assert body.relation.subject.is_inferred
    told = {fact.label: [(link.text, link.is_inferred) for link in fact.links] for fact in body.parties}
    assert told["Place"] == [("Old Harbour", True), ("Lantern Bay", False)]
    assert told["Inferred by the record"] == [("Old Harbour", False)]
    assert body.parties[-1].text == "The article speaks of no other one."
    place = toy.claims[REOPENED].place
    assert place is not None
    bare = change(toy, "claims", REOPENED, place=place.model_copy(update={"phrase": None}))
    (fact,) = (fact for fact in make_body(bare, REOPENED).facts if fact.label == "Place")
    assert fact.text == "Old Harbour and Lantern Bay (Region) (inferred by the record)"
    named = change(bare, "claims", REOPENED, inferred=())
    (fact,) = (fact for fact in make_body(named, REOPENED).facts if fact.label == "Place")
    assert fact.text == "Old Harbour and Lantern Bay (Region)"


@pytest.mark.parametrize("count", [2, 3, 4])
def test_readings_stand_side_by_side(count: int, toy: Catalogue) -> None:
    """Each with its number, at the same place in the source; the decision below."""
    readings = toy.claims[SALT].readings
    assert readings is not None
    options = tuple(LocalizedText(ar=f"قراءة {n}.", en=f"Reading {n}.") for n in range(count))
    catalogue = change(toy, "claims", SALT, readings=readings.model_copy(update={"options": options}))
    pair = make_body(catalogue, SALT).readings
    assert pair is not None
    assert (pair.kind, pair.anchor) == ("readings", "readings-tide-post-12-salt-kept-back")
    assert (pair.title, pair.foot) == ("Which salt?", "Left open.")
    tags = ["First reading", "Second reading", "Third reading", "Fourth reading"][:count]
    assert [(side.tag, side.says, side.lead) for side in pair.sides] == [
        (tag, f"Reading {n}.", "") for n, tag in enumerate(tags)
    ]
    assert all([badge.text for badge in side.badges] == ["Paragraph 2, sentence 1"] for side in pair.sides)


def test_claim_without_readings_shows_none(toy: Catalogue) -> None:
    """Most claims say one thing."""
    assert make_body(toy, PRICE).readings is None


def test_what_took_the_place_of_a_claim_is_linked_while_it_is_shown(toy: Catalogue) -> None:
    """Not when it was withheld since."""
    body = make_body(toy, CLOSED)
    assert body.replacement is not None
    assert body.replacement.href == f"en/claims/{REOPENED}/"
    assert body.notice == "A later report took its place."
    assert make_body(change(toy, "claims", REOPENED, status="withheld"), CLOSED).replacement is None
    assert make_body(toy, PRICE).replacement is None


def test_notice_is_the_last_reason_for_the_present_status(toy: Catalogue) -> None:
    """Not that of an earlier change, nor of another kind of change."""
    changes = [("2024-06-01", "corrected", "First."), ("2024-06-02", "corrected", "Second."),
               ("2024-06-03", "reworded", "Third.")]  # fmt: skip
    old = toy.claims[REOPENED].history[0]
    history = tuple(
        old.model_copy(update={"date": date, "change": kind, "note": LocalizedText(ar=note, en=note)})
        for date, kind, note in changes
    )
    body = make_body(change(toy, "claims", REOPENED, history=history), REOPENED)
    assert body.notice == "Second."
    assert [fact.text for fact in body.history] == ["Corrected: First.", "Corrected: Second.", "Reworded: Third."]
    cite = cite_claim(change(toy, "claims", REOPENED, history=history), REOPENED)
    assert f", as of 3\u00a0June 2024, https://harbour.example/en/claims/{REOPENED}/?v=" in cite.text
    assert cite.date == "2024-06-03"
    assert make_body(toy, PRICE).notice == ""


def test_citation_of_a_claim_without_history_has_the_day_of_its_extraction(toy: Catalogue) -> None:
    """Which is the state of the record that a page can promise."""
    version = find_version(toy.claims[SALE])
    title = "According to people quoted by the Tide Post: Bread for the dockers"
    assert cite_claim(toy, SALE).text == (
        f"Harbour Record: “{title}”, record {SALE}, version {version}, as of 20\u00a0May 2024, "
        f"https://harbour.example/en/claims/{SALE}/?v={version}"
    )


PROTECTED = "A claim from Tide Post, tide-post-12."


def test_citation_names_nobody_living_whom_two_have_not_reviewed(toy: Catalogue) -> None:
    """It stands where the page is not: neither the claim's title nor a voice is in it."""
    cite = cite_claim(toy, "tide-post-12/salt-kept-back")
    assert cite.title == PROTECTED.removesuffix(".")
    assert toy.claims["tide-post-12/salt-kept-back"].title.en not in cite.text


@pytest.mark.parametrize(
    ("claim_id", "fields", "description", "is_noindex"),
    [
        (SALE, {}, None, False),
        (SALT, {}, PROTECTED, True),
        (SALT, {"reviews": REVIEWS[:1]}, PROTECTED, True),
        (SALT, {"reviews": REVIEWS[:2], "links": ()}, None, False),
        (SALE, {"object": "mentioned-person"}, PROTECTED, True),
        (LAMP, {}, PROTECTED, False),
    ],
    ids=["nobody living", "living", "one review", "two reviews", "living object", "retracted"],
)
def test_what_search_engines_get(
    claim_id: str, fields: dict[str, Any], description: str | None, is_noindex: bool, toy: Catalogue
) -> None:
    """Nothing of a living person before two have checked it, nor what was retracted."""
    catalogue = change(change(toy, "claims", NO_SALT, links=()), "claims", claim_id, **fields)
    view = make_claim_view(make_toy_site(catalogue).composers["en"], claim_id)
    assert view.head.is_noindex == is_noindex
    if description is None:
        assert view.head.description.startswith("According to ")
    else:
        assert view.head.description == description


@pytest.mark.parametrize("by", ["neighbour", "tension", "related"])
def test_page_that_repeats_a_protected_claim_is_kept_back_too(by: str, toy: Catalogue) -> None:
    """Wherever it stands there."""
    bare = change(change(toy, "claims", NO_SALT, links=()), "claims", SALT, links=())
    assert not make_claim_view(make_toy_site(bare).composers["en"], CLOSED).head.is_noindex
    link = Link(type="in-tension-with" if by == "tension" else "qualifies", claim=SALT)
    fields: dict[str, Any] = {"links": (link,)}
    if by == "neighbour":
        fields = {"locators": toy.claims[SALT].locators}
    catalogue = change(bare, "claims", CLOSED, **fields)
    assert make_claim_view(make_toy_site(catalogue).composers["en"], CLOSED).head.is_noindex


def test_retracted_claim_shows_neither_chain_nor_facts(toy: Catalogue) -> None:
    """Its title alone, in lists as well."""
    claim: Claim = toy.claims[PRICE].model_copy(update={"status": "retracted"})
    catalogue = change(toy, "claims", PRICE, status="retracted")
    view = make_claim(make_toy_site(catalogue).composers["en"], PRICE)
    assert (view.chain, view.facts, view.lead) == ((), (), "")
    assert view.says == f"{claim.title.en}: retracted."


@pytest.mark.parametrize(
    ("claim_id", "is_deep", "href"),
    [
        (PRICE, True, "https://tide.example/12#:~:text=A%20sack%20of,correspondent%20says"),
        (SALE, False, "https://tide.example/12"),
    ],
)
def test_passage_leads_to_the_publisher(claim_id: str, is_deep: bool, href: str, toy: Catalogue) -> None:
    """As deep as the record has words for."""
    (passage,) = make_body(toy, claim_id).passages
    locator = toy.claims[claim_id].locators[0]
    assert (passage.href, passage.is_deep, passage.digest) == (href, is_deep, locator.digest)
    anchor = f"p{locator.paragraph}s{locator.sentence}"
    assert passage.badge == Badge(
        "locator",
        f"Paragraph {locator.paragraph}, sentence {locator.sentence}",
        f"en/sources/tide-post-12/#{anchor}",
        turns=True,
    )
