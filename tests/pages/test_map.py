"""The map: places drawn as exactly as they are known, ways in their order, labels beside one another."""

import itertools
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.pages.elements.placing import SIZE, Label, Mark, estimate_width, place_labels
from musnad.pages.views.map import MOST_DRAWN, MapBody, PlaceView, make_map_view
from musnad.records.model import Catalogue, Location, Stop, Voice
from musnad.records.vocabulary import Sides
from musnad.text.languages import LANGS, Lang
from tests.conftest import change, make_toy_site

OLD, NEW, BAY = "old-harbour", "new-harbour", "lantern-bay"
CLAIM = "tide-post-12/guild-sells-bread"


def make_map(catalogue: Catalogue, lang: Lang = "en") -> MapBody:
    """Return the map of a record."""
    body = make_map_view(make_toy_site(catalogue).composers[lang]).body
    assert isinstance(body, MapBody)
    return body


def move(catalogue: Catalogue, entity_id: str, longitude: str, latitude: str, **fields: Any) -> Catalogue:
    """Return a record in which a place has coordinates."""
    location = catalogue.entities[entity_id].location
    assert location is not None
    where = {"latitude": latitude, "longitude": longitude, "coordinates_from": "toy register 1.0", **fields}
    return change(catalogue, "entities", entity_id, location=location.model_copy(update=where))


def find(body: MapBody, entity_id: str) -> PlaceView:
    """Return a place that is drawn."""
    return next(view for view in body.places if view.id == entity_id)


@pytest.mark.parametrize("lang", LANGS)
def test_place_without_coordinates_is_listed_and_not_drawn(toy: Catalogue, lang: Lang) -> None:
    """Under what it lies in; a region whose parts have no two spots among them stands nowhere on the picture."""
    body = make_map(toy, lang)
    assert [(view.id, view.shape, view.count) for view in body.places] == [(OLD, "spot", 3)]
    assert {place.id: group.heading.href for group in body.groups for place in group.places} == {
        BAY: None,
        NEW: f"{lang}/entities/{BAY}/",
    }
    assert body.nowhere is not None
    assert body.nowhere.href == f"{lang}/claims/all/?place=-"


def test_region_stands_in_the_middle_of_what_it_holds(toy: Catalogue) -> None:
    """As a name and never as a spot, marked as computed, and no more exactly than its precision allows."""
    body = make_map(move(toy, NEW, "-30.31", "12.58"))
    bay = find(body, BAY)
    assert bay.shape == "area"
    assert [link.text for link in bay.middle_of] == ["New Harbour", "Old Harbour"]
    ground = body.ground
    assert ground is not None
    # The middle is 30.28 W and 12.54 N, of which a region has one decimal place.
    assert ground.extent.west + bay.x / ground.width * (ground.extent.east - ground.extent.west) == pytest.approx(
        -30.3, abs=0.002
    )
    page = make_toy_site(move(toy, NEW, "-30.31", "12.58")).make_page("en/map.md").body
    drawn = re.search(f'<a class="place place--area".*?data-id="{BAY}".*?</a>', page)
    assert drawn
    assert 'class="dot' not in drawn[0]
    assert "stroke-dasharray" in drawn[0]


def test_own_coordinates_of_a_region_are_a_name_too(toy: Catalogue) -> None:
    """They are the record's, so nothing is computed."""
    bay = find(make_map(move(toy, BAY, "-30.2", "12.4")), BAY)
    assert (bay.shape, bay.middle_of) == ("area", ())


def test_claim_about_the_surroundings_breaks_the_circle(toy: Catalogue) -> None:
    """A harbour that is known to the spot has its disc; what a claim says of its surroundings is counted beside it."""
    assert find(make_map(toy), OLD).around == sum(
        claim.place is not None and claim.place.precision == "surroundings" and OLD in claim.place.entities
        for claim in make_toy_site(toy).shown.claims.values()
    )


def test_extent_of_the_publication_leaves_out_what_is_beyond(toy: Catalogue) -> None:
    """A place outside is listed as such; the picture goes over the line of dates where it is told to."""
    assert toy.site is not None
    sides = Sides(west="170", south="-8", east="-170", north="8")
    body = make_map(replace(toy, site=toy.site.model_copy(update={"map": sides})))
    assert body.places == ()
    assert body.ground is not None
    assert body.ground.extent.east == 190
    assert [group.heading.text for group in body.groups if group.places[0].id == OLD] == ["Outside this map"]


def test_record_without_coordinates_has_lists_and_no_picture(toy: Catalogue) -> None:
    """Nothing is drawn, and everything is there."""
    body = make_map(change(toy, "entities", OLD, location=Location(precision="spot")))
    assert (body.ground, body.places, body.data) == (None, (), "")
    assert {place.id for group in body.groups for place in group.places} == {OLD, NEW, BAY}


def test_record_without_places_has_no_map(toy: Catalogue) -> None:
    """And no link to one."""
    entities = {id_: entity for id_, entity in toy.entities.items() if entity.kind != "place"}
    claims = {id_: claim for id_, claim in toy.claims.items() if entities.keys() >= {*claim.named}}
    site = make_toy_site(replace(toy, entities=entities, claims=claims))
    assert not [page for page in site.list_pages() if "map" in page]
    assert not [page.file for page in site.pages() if "/map/" in page.text]


WAYS: dict[str, tuple[list[Stop], int, int]] = {
    "two places": ([Stop(at="from", entity=OLD), Stop(at="to", entity=NEW)], 1, 0),
    "unknown in between": (
        [Stop(at="from", entity=OLD), Stop(at="through", entity=BAY), Stop(at="to", entity=NEW)],
        0,
        1,
    ),
    "unknown end": ([Stop(at="from", entity=OLD), Stop(at="to", entity=BAY)], 0, 0),
    "there and back": (
        [Stop(at="from", entity=OLD), Stop(at="through", entity=NEW), Stop(at="to", entity=OLD)],
        2,
        0,
    ),
}


@pytest.mark.parametrize(("way", "firm", "broken"), WAYS.values(), ids=WAYS.keys())
def test_way_is_drawn_between_known_places(toy: Catalogue, way: list[Stop], firm: int, broken: int) -> None:
    """In its order, broken over a stop that nobody can place, and never to where nothing is known."""
    placed = move(toy, NEW, "-30.31", "12.58")
    # With a part alone the bay has no middle.
    outside = placed.entities[NEW].location
    assert outside is not None
    placed = change(placed, "entities", NEW, location=outside.model_copy(update={"within": None}))
    named = (Voice(voice="outlet", entity="tide-post"),)
    body = make_map(change(placed, "claims", CLAIM, way=tuple(way), attribution=named))
    (drawn,) = body.ways
    assert (drawn.firm.count("M"), drawn.broken.count("M")) == (firm, broken)
    assert drawn.claim.lead


def test_way_told_by_an_unnamed_voice_is_broken(toy: Catalogue) -> None:
    """However well its stops are known."""
    unnamed = (
        Voice(voice="outlet", entity="tide-post"),
        Voice(voice="correspondent", number="one", identity="not-stated"),
    )
    way = (Stop(at="from", entity=OLD), Stop(at="to", entity=NEW))
    body = make_map(change(move(toy, NEW, "-30.31", "12.58"), "claims", CLAIM, way=way, attribution=unnamed))
    assert (body.ways[0].firm, body.ways[0].broken.count("M")) == ("", 1)


def test_many_places_are_cut_off_and_told(toy: Catalogue) -> None:
    """The picture has the most claimed ones; the rest is counted, with a way to all."""
    known = move(toy, NEW, "-30.31", "12.58").entities[NEW]
    more = {f"pier-{n}": known.model_copy(update={"id": f"pier-{n}"}) for n in range(MOST_DRAWN + 20)}
    body = make_map(replace(toy, entities={**toy.entities, **more}))
    assert len(body.places) == MOST_DRAWN
    assert body.places[0].id == OLD
    assert body.rest is not None
    assert (body.rest.text, body.rest.href) == ("22 more places", "en/browse/harbour/place/")


texts = st.text("abcdefghij ABC ابتثجحخ", min_size=1, max_size=25)
marks = st.builds(
    Mark,
    x=st.floats(0, 800),
    y=st.floats(0, 600),
    radius=st.floats(4, 20),
    text=texts,
    number=st.integers(1, 150).map(str),
    is_area=st.booleans(),
)


def box(mark: Mark, label: Label, unit: float) -> tuple[float, float, float, float]:
    """Return the sides of a label's letters, worked out from how SVG sets text."""
    width = estimate_width(label.text) * unit
    start = {"start": 0, "middle": -width / 2, "end": -width}[label.anchor]
    left, base = mark.x + label.x * unit + start, mark.y + label.y * unit
    return left, base - SIZE * 0.8 * unit, left + width, base + SIZE * 0.2 * unit


@given(st.lists(marks, max_size=25), st.sampled_from([1.0, 2.5]), st.booleans())
def test_no_label_lies_over_another(found: list[Mark], unit: float, is_rtl: bool) -> None:
    """Nor outside the picture, nor over a mark of another place."""
    labels = place_labels(found, unit, (800, 600), is_rtl=is_rtl)
    boxes = [(mark, box(mark, label, unit)) for mark, label in zip(found, labels, strict=True) if label]
    for (_, one), (_, other) in itertools.combinations(boxes, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    for own, (left, top, right, bottom) in boxes:
        assert min(left, top) >= 0
        assert right <= 800
        assert bottom <= 600
        for mark in found:
            if mark is not own and not mark.is_area:
                assert not (left < mark.x < right and top < mark.y < bottom)
