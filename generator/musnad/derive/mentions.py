"""Which claims name an entity, and as what."""

from collections import defaultdict
from collections.abc import Iterable
from operator import attrgetter
from typing import Literal, NamedTuple

from musnad.records.model import Claim

MentionAs = Literal["subject", "object", "part", "place", "way", "whole", "voice"]
_position = attrgetter("position")


class Mention(NamedTuple):
    """One claim that names an entity, and as what."""

    claim_id: str
    part: MentionAs
    role: str | None = None


def index_mentions(claims: Iterable[Claim]) -> dict[str, tuple[Mention, ...]]:
    """Map each entity to the claims that name it, in reading order; what was retracted names nobody."""
    found: defaultdict[str, list[Mention]] = defaultdict(list)
    for claim in sorted((claim for claim in claims if claim.status != "retracted"), key=_position):
        found[claim.subject].append(Mention(claim.id, "subject"))
        if claim.object:
            found[claim.object].append(Mention(claim.id, "object"))
        for part in claim.parts:
            if part.entity:
                found[part.entity].append(Mention(claim.id, "part", part.role))
        for place in claim.place.entities if claim.place else ():
            found[place].append(Mention(claim.id, "place"))
        for stop in dict.fromkeys(stop.entity for stop in claim.way if stop.entity):
            found[stop].append(Mention(claim.id, "way"))
        for whole in dict.fromkeys(q.of.entity for q in claim.quantities if q.of and q.of.entity):
            found[whole].append(Mention(claim.id, "whole"))
        for voice in claim.attribution:
            for speaker in {voice.entity, voice.affiliation, voice.close_to} - {None}:
                found[speaker or ""].append(Mention(claim.id, "voice"))
    return {entity_id: tuple(mentions) for entity_id, mentions in found.items()}
