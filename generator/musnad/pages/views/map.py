"""Places on a map, each drawn as exactly as it is known, and the same as a list."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import hypot

from musnad.derive.facets import NOWHERE
from musnad.derive.positions import Position, find_position
from musnad.derive.selection import count_claims
from musnad.earth.extent import Extent, Frame, Spot
from musnad.pages.elements.claims import make_claims
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.drawing import WIDTH, Ground, draw_ground
from musnad.pages.elements.heads import make_page_head
from musnad.pages.elements.links import MAP, link_entity, link_kind, link_section
from musnad.pages.elements.parts import ClaimView, Link, PageView, is_any_protected
from musnad.pages.elements.places_times import Shape, find_shape
from musnad.pages.elements.placing import SIZE, Label, Mark, estimate_width, place_labels
from musnad.records.model import Catalogue, Entity
from musnad.records.problems import N_

MOST_DRAWN = 150
MOST_LISTED = 100
MOST_WAYS = 40
FLATTEST, TALLEST = 0.5, 1.2
"""Height of the picture in its width."""
WIDE, NARROW = 1.0, 2.5
"""How much larger than a unit letters and marks are where the picture is wide, and where it is narrow."""
RADII = ((20, 10.0), (5, 7.5), (2, 5.5), (0, 4.0))
"""Of marks, by the least number of claims."""
HEAD = 4.0
"""Half the width of an arrow."""
AROUND = 20.0
"""Radius of a broken circle, which tells of no distance."""


@dataclass(frozen=True, slots=True)
class PlaceView:
    """One place that is drawn."""

    id: str
    link: Link
    table: Link
    """To its claims."""
    count: int
    precision: str
    shape: Shape
    number: int
    x: float
    y: float
    radius: float
    reach: float
    """The radius of what stands around it, or its own."""
    halo: float
    """Half the width of what is broken around the name of an area."""
    wide: Label | None
    narrow: Label | None
    middle_of: tuple[Link, ...]
    """The places whose middle it is, which is computed; of none it has coordinates of its own."""
    around: int
    """How many of its claims are about its surroundings."""


@dataclass(frozen=True, slots=True)
class ListedPlace:
    """One place that is not drawn."""

    id: str
    link: Link
    table: Link
    count: int
    precision: str


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """Places that are not drawn, by what they lie in."""

    heading: Link
    places: tuple[ListedPlace, ...]


@dataclass(frozen=True, slots=True)
class WayView:
    """A way on the map: the stretches between stops that are drawn, as SVG's paths."""

    claim: ClaimView
    firm: str
    broken: str
    """Over stops that no coordinates are known of, or told by an unnamed voice."""
    heads: str
    """Of arrows, where they lead to."""


@dataclass(frozen=True, slots=True)
class MapBody:
    """The map and its lists."""

    title: str
    lede: str
    total: str
    ground: Ground | None
    places: tuple[PlaceView, ...]
    groups: tuple[PlaceGroup, ...]
    rest: Link | None
    """To all places, where some are left out for their number."""
    nowhere: Link | None
    """To the claims that name no place."""
    ways: tuple[WayView, ...]
    more_ways: Link | None
    data: str
    """Where coordinates are from."""


def has_map(shown: Catalogue) -> bool:
    """Whether there is anything to be placed."""
    kinds = shown.vocabulary.kinds
    return any(kinds[entity.kind].trait == "place" for entity in shown.entities.values())


def make_map_view(composer: Composer) -> PageView:
    """Compose the map."""
    words, catalogue = composer.words, composer.catalogue
    ids = composer.graph.selected["places"]
    found = {id_: position for id_ in ids if (position := _locate(composer, id_))}
    extent = _find_extent(composer, found.values())
    extent = extent.fit(FLATTEST, TALLEST) if extent else None
    frame = Frame(extent, WIDTH) if extent else None
    drawn = {id_: found[id_] for id_ in found if extent and extent.reach(found[id_].spot)} if extent else {}
    few = dict(list(drawn.items())[:MOST_DRAWN])
    places = _draw_places(composer, frame, few) if frame else ()
    kind = catalogue.entities[ids[0]].kind
    left = [id_ for id_ in ids if id_ not in drawn]
    ways = composer.graph.selected["ways"]
    more = len(ways) - MOST_WAYS
    rest = len(drawn) - len(few) + len(left[MOST_LISTED:])
    body = MapBody(
        title=words.gettext(N_("Map")),
        lede=words.gettext(
            N_("What the sources say of which place. Each is drawn as exactly as it is known, and no more.")
        ),
        total=words.plural(N_("{n} place"), N_("{n} places"), len(ids)),
        ground=draw_ground(composer, frame, ids) if frame else None,
        places=places,
        groups=tuple(_group_places(composer, left[:MOST_LISTED], found)),
        rest=Link(words.plural(N_("{n} more place"), N_("{n} more places"), rest), link_kind(composer, kind).href)
        if rest
        else None,
        nowhere=_link_nowhere(composer),
        ways=tuple(_draw_ways(composer, frame, drawn, ways[:MOST_WAYS])),
        more_ways=Link(
            words.plural(N_("{n} more claim"), N_("{n} more claims"), more), composer.href("claims/all/?mark=way")
        )
        if more > 0
        else None,
        data=words.join(sorted(_list_data(composer, few))),
    )
    section = catalogue.vocabulary.kinds[kind].section
    trail = (link_section(composer, section),)
    head = make_page_head(
        composer, MAP, "map", body.title, body.lede, edit="site.yaml", section=f"browse/{section}/", trail=trail
    )
    return PageView(replace(head, is_noindex=is_any_protected(way.claim for way in body.ways)), body)


def _locate(composer: Composer, entity_id: str) -> Position | None:
    entities = composer.catalogue.entities
    parts = (entities[id_] for id_ in composer.graph.contained.get(entity_id, ()))
    return find_position(entities[entity_id], parts, composer.catalogue.vocabulary.precisions)


def _find_extent(composer: Composer, positions: Iterable[Position]) -> Extent | None:
    sides = composer.catalogue.site.map if composer.catalogue.site else None
    if sides:
        return Extent.make(*(float(side) for side in (sides.west, sides.south, sides.east, sides.north)))
    return Extent.around(position.spot for position in positions)


def _list_data(composer: Composer, entity_ids: Iterable[str]) -> set[str]:
    found = (composer.catalogue.entities[id_].location for id_ in entity_ids)
    return {location.coordinates_from for location in found if location and location.coordinates_from}


def _link_nowhere(composer: Composer) -> Link | None:
    count = len(composer.graph.selected["placeless"])
    text = composer.words.plural(N_("{n} claim names no place"), N_("{n} claims name no place"), count)
    return Link(text, composer.href(f"claims/all/?place={NOWHERE}"), str(count)) if count else None


def _draw_places(composer: Composer, frame: Frame, found: Mapping[str, Position]) -> tuple[PlaceView, ...]:
    around = Counter(
        id_
        for claim_id in composer.graph.selected["around"]
        if (place := composer.catalogue.claims[claim_id].place) and find_shape(composer, place.precision) == "around"
        for id_ in place.entities
    )
    views = [
        _draw_place(composer, frame, composer.catalogue.entities[id_], position, number=number, around=around[id_])
        for number, (id_, position) in enumerate(found.items(), 1)
    ]
    marks = [_mark(composer, view) for view in views]
    room, is_rtl = (frame.width, frame.height), composer.lang == "ar"
    wide, narrow = (place_labels(marks, unit, room, is_rtl=is_rtl) for unit in (WIDE, NARROW))
    return tuple(replace(view, wide=w, narrow=n) for view, w, n in zip(views, wide, narrow, strict=True))


def _draw_place(
    composer: Composer, frame: Frame, entity: Entity, position: Position, *, number: int, around: int
) -> PlaceView:
    spot = frame.extent.reach(position.spot) or position.spot
    x, y = frame.project(spot)
    count, precision = _count(composer, entity.id), entity.location.precision if entity.location else ""
    shape = find_shape(composer, precision)
    name = entity.name(composer.lang)
    radius = AROUND if shape == "around" else next(radius for least, radius in RADII if count >= least)
    around *= shape in ("spot", "town")
    return PlaceView(
        id=entity.id,
        link=link_entity(composer, entity.id),
        table=_link_claims(composer, entity.id, count),
        count=count,
        precision=composer.catalogue.vocabulary.precisions[precision].label[composer.lang],
        shape=shape,
        number=number,
        x=round(x, 1),
        y=round(y, 1),
        radius=radius,
        reach=AROUND if around else radius,
        halo=round(estimate_width(name) / 2 + SIZE, 1) if shape == "area" else 0,
        wide=None,
        narrow=None,
        middle_of=tuple(link_entity(composer, part) for part in position.parts),
        around=around,
    )


def _mark(composer: Composer, view: PlaceView) -> Mark:
    number = composer.words.figures(str(view.number))
    return Mark(view.x, view.y, view.reach, view.link.text, number, view.shape == "area")


def _count(composer: Composer, entity_id: str) -> int:
    return count_claims(composer.graph.mentions.get(entity_id, ()))


def _link_claims(composer: Composer, entity_id: str, count: int) -> Link:
    text = composer.words.plural(N_("{n} claim"), N_("{n} claims"), count)
    return Link(text, composer.href(f"claims/all/?place={entity_id}") if count else None)


def _group_places(composer: Composer, entity_ids: Sequence[str], found: Mapping[str, Position]) -> Iterator[PlaceGroup]:
    """Yield places that are not drawn under what they lie in, groups as they come by the number of claims."""
    t, groups = composer.words.gettext, dict[str, list[str]]()
    for id_ in entity_ids:
        location = composer.catalogue.entities[id_].location
        key = "*" if id_ in found else (location.within if location else "") or ""
        groups.setdefault(key, []).append(id_)
    for key, ids in groups.items():
        if key == "*":
            heading = Link(t(N_("Outside this map")))
        else:
            heading = link_entity(composer, key) if key else Link(t(N_("What they lie in is not stated")))
        yield PlaceGroup(heading, tuple(_list_place(composer, composer.catalogue.entities[id_]) for id_ in ids))


def _list_place(composer: Composer, entity: Entity) -> ListedPlace:
    precisions = composer.catalogue.vocabulary.precisions
    label = precisions[entity.location.precision].label[composer.lang] if entity.location else ""
    count = _count(composer, entity.id)
    return ListedPlace(
        entity.id, link_entity(composer, entity.id), _link_claims(composer, entity.id, count), count, label
    )


def _draw_ways(
    composer: Composer, frame: Frame | None, drawn: Mapping[str, Position], claim_ids: Sequence[str]
) -> Iterator[WayView]:
    """Yield ways with the stretches between places that are drawn; no stretch leads to where nobody knows."""
    voices = composer.catalogue.vocabulary.voices
    for view in make_claims(composer, claim_ids):
        claim = composer.catalogue.claims[view.id]
        is_named = all(voices[voice.voice].named for voice in claim.attribution)
        known = [(n, drawn[id_].spot) for n, stop in enumerate(claim.way) if (id_ := stop.entity or "") in drawn]
        paths, heads = {True: "", False: ""}, ""
        for (first, one), (last, other) in pairwise(known):
            if frame:
                stretch, head = _stretch(frame, one, other)
                paths[is_named and last == first + 1] += stretch
                heads += head
        yield WayView(view, paths[True], paths[False], heads)


def _stretch(frame: Frame, one: Spot, other: Spot) -> tuple[str, str]:
    """Return a straight stretch, which ends short of its places so that their marks are seen, and its arrow's head."""
    (ax, ay), (bx, by) = (frame.project(frame.extent.reach(spot) or spot) for spot in (one, other))
    length = max(1.0, hypot(bx - ax, by - ay))
    gap, (dx, dy) = min(14.0, length / 4), ((bx - ax) / length, (by - ay) / length)
    x, y = bx - dx * gap, by - dy * gap
    sides = [(x - HEAD * (2 * dx + turn * dy), y - HEAD * (2 * dy - turn * dx)) for turn in (1, -1)]
    head = f"M{sides[0][0]:.1f} {sides[0][1]:.1f}L{x:.1f} {y:.1f}L{sides[1][0]:.1f} {sides[1][1]:.1f}"
    return f"M{ax + dx * gap:.1f} {ay + dy * gap:.1f}L{x:.1f} {y:.1f}", head
