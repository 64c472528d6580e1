"""What pages that lead to records begin with: entities in the order readers come for, and on whose word that is.

An index looks at what it shows alone, and not at every claim.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from musnad.derive.figures import Series, list_levels
from musnad.derive.mentions import Mention
from musnad.derive.people import is_living
from musnad.derive.times import Moment, list_days
from musnad.records.model import Catalogue, Claim

Sort = Literal["priced", "dated", "claimed", "voiced", "bare", "living"]
"""Goods of which a price is stated; events of which a date is, the latest first; others that claims are about, those
with most first; what only speaks, and what no claim names; people who are, or may be, living, whom nothing ranks."""
End = Literal["", "lowest", "highest"]
VOICES = 3
PRICES = 3
DATES = 3
NEWEST = 5


class Price(NamedTuple):
    """A figure that stands for the prices of something."""

    claim_id: str
    place: int
    """Of the quantity in the claim."""
    end: End
    """Empty where there are so few that all are shown."""


class Summary(NamedTuple):
    """What an index tells of an entity. Lists are cut; what is left out is counted."""

    about: int = 0
    """Claims that are about it: voices are not what a claim is about."""
    voiced: int = 0
    """Claims in whose chain of voices it stands."""
    voices: tuple[tuple[str, int], ...] = ()
    """How many of the claims about it rest on one voice, with the first of them; those with most first."""
    more_voices: int = 0
    prices: tuple[Price, ...] = ()
    more_prices: int = 0
    dates: tuple[str, ...] = ()
    """Claims that date it, the earliest first."""
    more_dates: int = 0


class Listing(NamedTuple):
    """Entities of one kind that stand together, by their ids, in order."""

    sort: Sort
    entity_ids: tuple[str, ...]


def index_summaries(
    catalogue: Catalogue,
    mentions: Mapping[str, Sequence[Mention]],
    prices: Iterable[Series],
    dated: Iterable[Moment],
) -> dict[str, Summary]:
    """Map each entity that claims name to what an index tells of it."""
    kinds, entities = catalogue.vocabulary.kinds, catalogue.entities
    goods: defaultdict[str, list[Series]] = defaultdict(list)
    for series in prices:
        goods[series.of].append(series)
    events: defaultdict[str, list[str]] = defaultdict(list)
    for moment in dated:
        claim = catalogue.claims[moment.claim_id]
        for entity_id in {claim.subject, claim.object or claim.subject} if _stands(claim) else ():
            if kinds[entities[entity_id].kind].trait == "event":
                events[entity_id].append(claim.id)
    found = {}
    for entity_id, own in mentions.items():
        about = dict.fromkeys(mention.claim_id for mention in own if mention.part != "voice")
        voices = _count_voices(catalogue.claims[claim_id] for claim_id in about)
        chosen, rest = _choose_prices(catalogue, goods.get(entity_id, ()))
        dates = events.get(entity_id, [])
        found[entity_id] = Summary(
            about=len(about),
            voiced=len({mention.claim_id for mention in own if mention.part == "voice"}),
            voices=tuple(voices[:VOICES]),
            more_voices=len(voices[VOICES:]),
            prices=chosen,
            more_prices=rest,
            dates=tuple(dates[:DATES]),
            more_dates=len(dates[DATES:]),
        )
    return found


def _stands(claim: Claim) -> bool:
    """Whether a figure or a date can stand for others: its claim denies nothing, and none has taken its place."""
    return claim.polarity != "denied" and claim.status != "superseded"


def _count_voices(claims: Iterable[Claim]) -> list[tuple[str, int]]:
    """Return the first claim on each voice, as opening words tell voices apart, and how many there are."""
    found: dict[tuple[object, ...], list[str]] = {}
    for claim in claims:
        voice = tuple((v.voice, v.entity, v.called, v.close_to, v.described) for v in claim.attribution)
        found.setdefault(voice, []).append(claim.id)
    return sorted(((ids[0], len(ids)) for ids in found.values()), key=lambda voice: -voice[1])


def _choose_prices(catalogue: Catalogue, found: Iterable[Series]) -> tuple[tuple[Price, ...], int]:
    """Return all prices of one thing, or the ends of those that can be compared, and how many are left out."""
    each = [
        [(claim_id, place) for claim_id, place in series.found if _stands(catalogue.claims[claim_id])]
        for series in found
    ]
    count = sum(map(len, each))
    if count <= PRICES:
        return tuple(Price(*one, "") for own in each for one in own), 0
    chosen: list[Price] = []
    for own in each:
        ends = list(_find_ends(catalogue, own))
        # No lowest without its highest.
        chosen += ends if len(chosen) + len(ends) <= PRICES + 1 else []
    return tuple(chosen), count - len(chosen)


def _find_ends(catalogue: Catalogue, found: list[tuple[str, int]]) -> Iterator[Price]:
    levels = {one: list_levels(catalogue.claims[one[0]].quantities[one[1]]) for one in found}
    numbers = [one for one in found if levels[one]]
    if len(numbers) < 2:
        yield from (Price(*one, "") for one in (numbers or found)[:1])
        return
    lowest = min(numbers, key=lambda one: min(levels[one]))
    highest = max(numbers, key=lambda one: max(levels[one]))
    if lowest == highest:
        yield Price(*lowest, "")
    else:
        yield from (Price(*lowest, "lowest"), Price(*highest, "highest"))


def index_listings(
    catalogue: Catalogue, summaries: Mapping[str, Summary], dated: Iterable[Moment]
) -> dict[str, tuple[Listing, ...]]:
    """Map each kind to its entities, in the order of an index."""
    # A season is known to no calendar and comes last.
    times = {moment.claim_id: n for n, moment in enumerate(dated) if any(list_days([moment.span]))}
    found: defaultdict[tuple[str, Sort], list[tuple[int, int, str]]] = defaultdict(list)
    for entity in catalogue.entities.values():
        own = summaries.get(entity.id, Summary())
        sort: Sort = (
            "living"
            if is_living(entity)
            else "priced"
            if own.prices
            else "dated"
            if own.dates
            else "claimed"
            if own.about
            else "voiced"
            if own.voiced
            else "bare"
        )
        latest = -times.get(own.dates[0], -1) if own.dates else 0
        count = 0 if sort == "living" else own.voiced if sort == "voiced" else own.about
        found[entity.kind, sort].append((latest, -count, entity.id))
    listed: defaultdict[str, list[Listing]] = defaultdict(list)
    for sort in ("priced", "dated", "claimed", "voiced", "living", "bare"):
        for (kind, other), entries in found.items():
            if other == sort:
                listed[kind].append(Listing(other, tuple(entity_id for _, _, entity_id in sorted(entries))))
    return {kind: tuple(listings) for kind, listings in listed.items()}


def index_newest(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """Map each section to the entities that were extracted last; nothing of one where all were on the same day.

    A bare list names no living person.
    """
    days: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for entity in catalogue.entities.values():
        section = catalogue.vocabulary.kinds[entity.kind].section
        days[section][entity.extracted.date] += [] if is_living(entity) else [entity.id]
    found = {section: own[max(own)][:NEWEST] for section, own in days.items() if len(own) > 1}
    return {section: tuple(entity_ids) for section, entity_ids in found.items() if entity_ids}
