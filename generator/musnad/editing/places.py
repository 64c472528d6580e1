"""Where a sentence says that something is, and the places of a way in their order, with names and known entities."""

from collections.abc import Collection, Iterator, Mapping
from typing import Literal, NamedTuple

from musnad.editing.candidates import Candidate
from musnad.editing.names import Mention
from musnad.editing.tokens import Tokens, forms, word_set
from musnad.text.languages import Lang

At = Literal["from", "through", "to"]


_IN: dict[Lang, frozenset[str]] = {
    "en": word_set("in at near outside inside around"),
    "ar": word_set("في قرب داخل خارج بريف بمدينه بقريه ببلده بمحافظه بمنطقه محيط عند"),
}
_WAY: dict[Lang, dict[str, At]] = {
    "en": {"from": "from", "through": "through", "via": "through", "across": "through", "to": "to", "towards": "to",
           "toward": "to", "into": "to"},
    "ar": {"من": "from", "عبر": "through", "مرورا": "through", "الي": "to", "نحو": "to", "باتجاه": "to", "صوب": "to",
           "وصولا": "to", "تجاه": "to"},
}  # fmt: skip
# What may stand between a preposition and a name: the port of, «مدينة».
_BETWEEN = word_set(
    "the of port town city village island border crossing camp province district region area coast capital "
    "mountains مدينه بلده قريه ميناء مرفا معبر منفذ مطار محافظه منطقه ناحيه ريف الحدود جزيره صوامع مستودعات"
)
_AND = word_set("and then و ثم")
_MOST_BETWEEN = 4


class Spot(NamedTuple):
    """A place that a sentence names."""

    start: int
    end: int
    text: str
    entity: str = ""
    """Its id, where the record knows it."""


class Stop(NamedTuple):
    """A place of a way."""

    at: At
    spot: Spot


def find_spots(
    tokens: Tokens, mentions: Collection[Mention], candidates: Collection[Candidate], places: Collection[str]
) -> list[Spot]:
    """Return known places and names that can be of places, in the order of the sentence."""
    spots = {
        at: Spot(at, at + length, tokens.cut(at, at + length), mention.entity_id)
        for mention in mentions
        if mention.entity_id in places
        for at, length in _findwords(tokens, mention.words)
    }
    for one in candidates:
        taken = any(spot.start < one.end and one.start < spot.end for spot in spots.values())
        if not taken and one.cue in ("place", "facility", ""):
            spots[one.start] = Spot(one.start, one.end, one.name or one.text)
    for at, token in enumerate(tokens.all[:-1]):
        after = tokens.all[at + 1]
        # «مروراً بالقطيفية» names a place by its word alone.
        is_by = token.fold in ("مرورا", "ومرورا") and after.fold.startswith("ب") and not forms(after.fold) & _BETWEEN
        if is_by and at + 1 not in spots:
            spots[at + 1] = Spot(at + 1, at + 2, after.text[1:])
    return [spots[at] for at in sorted(spots)]


def _findwords(tokens: Tokens, text: str) -> Iterator[tuple[int, int]]:
    length = len(Tokens.read(text).all)
    for at in range(len(tokens.all) - length + 1):
        if tokens.cut(at, at + length) == text:
            yield at, length


def find_way(tokens: Tokens, spots: Collection[Spot]) -> tuple[Stop, ...]:
    """Return the places of a way in their order: from one, through others, to the last; or nothing."""
    found: list[Stop] = []
    for spot in spots:
        at = _find_role(tokens, spot)
        if at is None and found and tokens.all[spot.start - 1].fold in _AND and found[-1].at == "through":
            at = "through"
        if at is None:
            continue
        if at == "from" and any(stop.at == "from" for stop in found):
            break
        found.append(Stop(at, spot))
    roles = [stop.at for stop in found]
    is_whole = ("to" in roles and ("from" in roles or "through" in roles)) or roles[:2] == ["from", "through"]
    order = {"from": 0, "through": 1, "to": 2}
    # The last of several ends is the end; those before it are passed through.
    told = [
        Stop("through", stop.spot) if stop.at == "to" and "to" in roles[n + 1 :] else stop
        for n, stop in enumerate(found)
    ]
    return tuple(sorted(told, key=lambda stop: order[stop.at])) if is_whole else ()


def _find_role(tokens: Tokens, spot: Spot) -> At | None:
    at = spot.start - 1
    if forms(tokens.all[spot.start].fold) & {"مرورا"} or (at >= 0 and tokens.all[at].fold in ("مرورا", "ومرورا")):
        return "through"
    ways = _WAY[tokens.lang]
    while at >= 0 and spot.start - at <= _MOST_BETWEEN:
        token = tokens.all[at]
        role = next((ways[form] for form in sorted(forms(token.fold)) if form in ways), None)
        if role:
            return role
        if not forms(token.fold) & _BETWEEN:
            return None
        at -= 1
    return None


def find_place(tokens: Tokens, spots: Collection[Spot], way: Collection[Stop]) -> tuple[Spot, ...]:
    """Return the known places in which the sentence says something is: in, at, near, «في»."""
    on_way = {stop.spot for stop in way}
    found = []
    for spot in spots:
        at = spot.start - 1
        while at >= 0 and spot.start - at <= _MOST_BETWEEN and forms(tokens.all[at].fold) & _BETWEEN:
            at -= 1
        is_in = at >= 0 and bool(forms(tokens.all[at].fold) & _IN[tokens.lang])
        first = tokens.all[spot.start].fold
        is_in = is_in or (tokens.lang == "ar" and first.startswith("بال") and at >= 0)
        if spot.entity and spot not in on_way and is_in:
            found.append(spot)
    return tuple(found)


def draft_way(way: Collection[Stop], unknown: str) -> list[Mapping[str, str]]:
    """Return the places of a way as a record writes them; a name that the record does not know is left open."""
    return [{"at": stop.at, "entity": stop.spot.entity or unknown} for stop in way]
