"""The page of an entity: what is folded, how claims are grouped, and which rows and lists stand there."""

from dataclasses import replace
from typing import Any

import pytest

from musnad.pages.elements.neighbours import MOST, Neighbour
from musnad.pages.elements.parts import Link
from musnad.pages.views.entity import OPEN_IN_GROUP, OPEN_ON_PAGE, EntityBody, Group, NameRow, make_entity_view
from musnad.records.model import Catalogue, Name, Part, Place, Review, Voice
from tests.conftest import change, copy_claim, make_toy_site

SALE, RESALE, CLOSED = "tide-post-12/guild-sells-bread", "quay-news-7/dockers-buy-bread", "tide-post-12/harbour-closed"
REVIEWS = tuple(Review(date="2024-07-01", reviewer=name) for name in ("Ann", "Bo"))


def make_body(catalogue: Catalogue, entity_id: str) -> EntityBody:
    """Return what the English page of an entity shows."""
    body = make_entity_view(make_toy_site(catalogue).composers["en"], entity_id).body
    assert isinstance(body, EntityBody)
    return body


def repeat_claim(toy: Catalogue, count: int, *objects: str) -> Catalogue:
    """Return a catalogue with one claim many times over, for each of some objects, and no other claim."""
    named = [(object_, f"{object_}-{n:02}") for object_ in objects for n in range(count)]
    fields: dict[str, Any] = {"status": "published", "superseded_by": None}
    copies = [copy_claim(toy.claims[CLOSED], name, object=object_, **fields) for object_, name in named]
    return replace(toy, claims={claim.id: claim for claim in copies})


def list_neighbours(catalogue: Catalogue, entity_id: str) -> tuple[Neighbour, ...]:
    """Return what is drawn on the English page of an entity."""
    found = make_body(catalogue, entity_id).neighbours
    return found.rows if found else ()


def list_groups(body: EntityBody) -> list[Group]:
    """Return all groups of claims."""
    return [group for theme in body.themes for group in theme.groups]


@pytest.mark.parametrize(
    ("count", "shown", "label"),
    [
        (1, 1, "0 more claims"),
        (OPEN_IN_GROUP, OPEN_IN_GROUP, "0 more claims"),
        (OPEN_IN_GROUP + 1, OPEN_IN_GROUP + 1, "0 more claims"),
        (OPEN_IN_GROUP + 2, OPEN_IN_GROUP, "2 more claims"),
        (OPEN_IN_GROUP + 5, OPEN_IN_GROUP, "5 more claims"),
    ],
)
def test_long_group_is_folded(count: int, shown: int, label: str, toy: Catalogue) -> None:
    """After three; one claim alone is not worth a fold. Those that stand open are the first in reading order."""
    (group,) = list_groups(make_body(repeat_claim(toy, count, "salt"), "old-harbour"))
    ids = [f"tide-post-12/salt-{n:02}" for n in range(count)]
    assert [claim.id for claim in group.claims] == ids[:shown]
    assert [claim.id for claim in group.folded] == ids[shown:]
    assert group.fold_label == label


def test_long_page_is_folded(toy: Catalogue) -> None:
    """After twenty claims; what follows stands there as a line, with the number of all."""
    objects = ("bakers-guild", "dockers", "mentioned-person", "quay-news", "rye-bread", "salt", "tide-post")
    groups = list_groups(make_body(repeat_claim(toy, 5, *objects), "old-harbour"))
    assert [len(group.claims) for group in groups] == [3] * 6 + [2]
    assert sum(len(group.claims) for group in groups) == OPEN_ON_PAGE
    assert [group.fold_label for group in groups] == ["2 more claims"] * 6 + ["3 more claims"]
    objects = (*objects, "lantern-bay")
    last = list_groups(make_body(repeat_claim(toy, 5, *objects), "old-harbour"))[-1]
    assert (len(last.claims), len(last.folded), last.fold_label) == (0, 5, "5 claims")


def test_claims_are_grouped_by_what_they_say_of_whom(toy: Catalogue) -> None:
    """By theme in the order of the vocabulary, then by predicate and parties; what only names the entity comes last."""
    body = make_body(toy, "old-harbour")
    told = [
        (theme.anchor, theme.label, group.heading, [claim.id for claim in group.claims])
        for theme in body.themes
        for group in theme.groups
    ]
    assert told == [
        ("quay", "Life on the quay", "", ["quay-news-7/harbour-reopened"]),
        ("quay", "Life on the quay", "", [CLOSED]),
        ("named", "Also named in", "Named as the place", ["tide-post-12/rye-bread-price"]),
    ]
    inferred, plain = (group.relation for group in body.themes[0].groups)
    assert inferred is not None
    assert plain is not None
    assert (inferred.subject, plain.subject) == (Link("Old Harbour", is_inferred=True), Link("Old Harbour"))


@pytest.mark.parametrize(
    ("entity_id", "fields", "headings"),
    [
        ("salt", {"parts": (Part(role="goods", entity="salt"),)}, ["Named as the goods"]),
        ("salt", {"parts": (Part(role="witness", entity="salt"),)}, ["Named as witness"]),
        ("salt", {"place": Place(entities=("salt",), precision="spot")}, ["Named as the place"]),
        (
            "salt",
            {"attribution": (Voice(voice="outlet", entity="tide-post"), Voice(voice="bystander", affiliation="salt"))},
            ["Named as the voice, or as whom it belongs to"],
        ),
        (
            "salt",
            {
                "parts": (Part(role="goods", entity="salt"), Part(role="witness", entity="salt")),
                "place": Place(entities=("salt",), precision="spot"),
            },
            ["Named as the goods"],
        ),
        ("salt", {"object": "salt", "parts": (Part(role="goods", entity="salt"),)}, [""]),
        ("tide-post", {}, []),
        ("quay-news", {"attribution": (Voice(voice="outlet", entity="quay-news"),)},
         ["Named as the voice, or as whom it belongs to"]),
    ],
    ids=["goods", "witness", "place", "affiliation", "first of several", "object", "own article", "other’s article"],
)  # fmt: skip
def test_claim_stands_once_under_the_first_part_it_gives_the_entity(
    entity_id: str, fields: dict[str, Any], headings: list[str], toy: Catalogue
) -> None:
    """An outlet's own articles have their claims on their own pages."""
    catalogue = change(replace(toy, claims={SALE: toy.claims[SALE]}), "claims", SALE, **fields)
    assert [group.heading for group in list_groups(make_body(catalogue, entity_id))] == headings


def test_neighbours_are_drawn_with_their_voices(toy: Catalogue) -> None:
    """Read from either side; broken where nothing behind a line is firm; with a way to the claims."""
    (row,) = list_neighbours(toy, "dockers")
    assert (row.label, row.link.text, row.direction) == ("purchase from", "Bakers’ Guild", "in")
    assert row.lead == "According to the Quay News and people quoted by the Tide Post,"
    assert (row.claims.text, row.claims.href) == (
        "2 claims",
        "en/claims/relations/?edge=bakers-guild.sells-to.dockers",
    )
    catalogue = change(replace(toy, claims={SALE: toy.claims[SALE]}), "claims", SALE, polarity="denied")
    (row, *_) = list_neighbours(catalogue, "bakers-guild")
    assert (row.label, row.direction, row.is_firm, row.marks) == ("sale to", "out", False, ("Denied",))
    assert row.claims.href == f"en/claims/{SALE}/"


def test_neighbours_that_are_left_out_are_counted(toy: Catalogue) -> None:
    """No more are drawn than fit, the most claimed."""
    claims = [copy_claim(toy.claims[SALE], name, object=name, parts=(), place=None) for name in ("salt", "rye-bread")]
    claims += [
        copy_claim(toy.claims[SALE], f"n{n}", predicate=predicate, object="salt", parts=(), place=None)
        for n, predicate in enumerate(
            [name for name in toy.vocabulary.predicates if name != toy.claims[SALE].predicate][:20]
        )
    ]
    catalogue = replace(toy, claims={claim.id: claim for claim in claims})
    found = make_body(catalogue, "bakers-guild").neighbours
    assert found
    assert (len(found.rows), found.more.text) == (MOST, f"{len(claims) - MOST} more relations")
    assert found.more.href == "en/claims/relations/?at=bakers-guild"


def test_page_that_draws_a_protected_claim_is_kept_from_search_engines(toy: Catalogue) -> None:
    """A living person stands there with the opening words."""
    catalogue = change(replace(toy, claims={RESALE: toy.claims[RESALE]}), "claims", RESALE, object="mentioned-person")
    found = make_body(catalogue, "bakers-guild").neighbours
    assert found
    assert found.is_protected
    assert all(row.lead for row in found.rows)


def test_names_tell_what_they_are_and_where_they_are_used(toy: Catalogue) -> None:
    """Our own, those for searching, and those that a source uses."""
    roles = {
        "alias": "Other name",
        "former": "Former name",
        "abbreviation": "Abbreviation",
        "transliteration": "Spelling in Latin letters",
        "translation": "Translation, ours",
        "found-in-source": "Spelling found in a source",
        "misprint": "Misprint found in a source",
    }
    names = [Name(text=role, lang="en", role=role) for role in roles]  # type: ignore[arg-type]
    names[-1] = names[-1].model_copy(update={"source": "tide-post-12"})
    own = tuple(toy.entities["salt"].names)
    rows = make_body(change(toy, "entities", "salt", names=(*own, *names)), "salt").names
    assert rows[:2] == (
        NameRow("ملح", "ar", "Main name, Arabic", Link("This record")),
        NameRow("Salt", "en", "Main name, English", Link("This record")),
    )
    assert [(row.text, row.role) for row in rows[2:]] == list(roles.items())
    assert [row.where for row in rows[2:-1]] == [Link("For searching")] * 6
    assert rows[-1].where == Link("Tide Post, tide-post-12", "en/sources/tide-post-12/")


def test_tally_counts_what_is_checked_and_corroborated(toy: Catalogue) -> None:
    """Claims once each, their sources, and of the claims those two others bear out or have checked."""
    assert make_body(toy, "dockers").tally == (
        ("Claims", 2),
        ("Sources", 2),
        ("Independently corroborated", 2),
        ("Checked by two people", 0),
    )
    assert [n for _, n in make_body(toy, "rye-bread").tally] == [3, 2, 1, 1]


def test_place_tells_where_it_lies(toy: Catalogue) -> None:
    """What it is in, what is in it, its spot with where that was taken from, and the way to the map."""
    assert [
        (fact.label, fact.text, [link.text for link in fact.links]) for fact in make_body(toy, "old-harbour").where
    ] == [
        ("Lies in", "", ["Lantern Bay"]),
        ("Coordinates", "12.5°\u00a0N, 30.25°\u00a0W (from toy register 1.0)", []),
        ("Map", "", ["On the map"]),
    ]
    bay = make_body(toy, "lantern-bay")
    assert [(fact.label, [link.text for link in fact.links]) for fact in bay.where] == [
        ("Contains", ["New Harbour", "Old Harbour"]),
        ("Map", ["On the map"]),
    ]
    assert [step.label for step in bay.precision if step.is_current] == ["Region"]
    assert (make_body(toy, "salt").where, make_body(toy, "salt").precision) == ((), ())
    location = toy.entities["old-harbour"].location
    assert location is not None
    for field in ("latitude", "longitude"):
        half = location.model_copy(update={field: None})
        where = make_body(change(toy, "entities", "old-harbour", location=half), "old-harbour").where
        assert [fact.label for fact in where] == ["Lies in", "Map"]


def test_readings_stand_on_pages_of_places_alone(toy: Catalogue) -> None:
    """Where a place lies can hang on how a sentence is read."""
    readings = toy.claims["tide-post-12/salt-kept-back"].readings
    catalogue = change(toy, "claims", CLOSED, readings=readings)
    assert [pair.anchor for pair in make_body(catalogue, "old-harbour").readings] == [
        "readings-tide-post-12-harbour-closed"
    ]
    assert make_body(catalogue, "salt").readings == ()


@pytest.mark.parametrize(
    ("entity_id", "fields", "is_noindex", "is_protected"),
    [
        ("dockers", {}, False, False),
        ("mentioned-person", {}, True, True),
        ("mentioned-person", {"reviews": REVIEWS[:1]}, True, True),
        ("mentioned-person", {"reviews": REVIEWS}, True, False),
        ("mentioned-person", {"living": "unknown"}, True, True),
        ("mentioned-person", {"living": "no"}, False, False),
        ("bakers-guild", {}, True, False),
    ],
)
def test_what_is_kept_from_search_engines(
    entity_id: str, fields: dict[str, Any], is_noindex: bool, is_protected: bool, toy: Catalogue
) -> None:
    """Whoever is or may be living, until two have checked it; and what repeats a claim about them."""
    view = make_entity_view(make_toy_site(change(toy, "entities", entity_id, **fields)).composers["en"], entity_id)
    assert isinstance(view.body, EntityBody)
    assert (view.head.is_noindex, view.body.is_protected) == (is_noindex, is_protected)


def test_claim_that_is_only_folded_keeps_a_page_from_search_engines_too(toy: Catalogue) -> None:
    """It stands there as a line."""
    catalogue = repeat_claim(toy, 6, "salt")
    composer = make_toy_site(catalogue).composers["en"]
    assert not make_entity_view(composer, "old-harbour").head.is_noindex
    catalogue = change(
        catalogue, "claims", "tide-post-12/salt-05", parts=(Part(role="witness", entity="mentioned-person"),)
    )
    assert make_entity_view(make_toy_site(catalogue).composers["en"], "old-harbour").head.is_noindex


def test_sources_of_an_outlet_are_its_own(toy: Catalogue) -> None:
    """Of others, those that name them, each once."""
    assert [link.href for link in make_body(toy, "tide-post").sources] == ["en/sources/tide-post-12/"]
    assert [link.href for link in make_body(toy, "rye-bread").sources] == [
        "en/sources/quay-news-7/",
        "en/sources/tide-post-12/",
    ]


def test_names_that_are_taken_for_others_are_told(toy: Catalogue) -> None:
    """A record as a link, a name as text; what is not shown is left out."""
    notices = make_body(toy, "new-harbour").notices
    assert [(notice.name, notice.other_name) for notice in notices] == [
        (Link("Old Harbour", "en/entities/old-harbour/"), "الميناء القديم"),
        (Link("Harbour of Yesterday"), "ميناء الأمس"),
    ]
    hidden = change(toy, "entities", "old-harbour", status="withheld")
    hidden = replace(hidden, claims={})
    assert [notice.name.text for notice in make_body(hidden, "new-harbour").notices] == ["Harbour of Yesterday"]


def test_claims_of_a_group_stand_in_reading_order(toy: Catalogue) -> None:
    """In the order of their sentences, whatever their ids."""
    first, second = "tide-post-12/salt-00", "tide-post-12/salt-01"
    catalogue = repeat_claim(toy, 2, "salt")
    locator = catalogue.claims[first].locators[0]
    late = locator.model_copy(update={"paragraph": 3, "sentence": 1})
    catalogue = change(catalogue, "claims", first, locators=(late,))
    (group,) = list_groups(make_body(catalogue, "old-harbour"))
    assert [claim.id for claim in group.claims] == [second, first]
