"""Who is a living person, and which claims name one."""

from collections.abc import Iterable

from musnad.derive.named import SHORTEST, Names
from musnad.derive.reviews import is_reviewed
from musnad.records.model import Catalogue, Claim, Entity

LIVING = ("yes", "unknown")
"""What the field ``living`` says of those who are protected."""


def is_living(entity: Entity) -> bool:
    """Whether an entity is a person who is, or may be, alive."""
    return entity.living in LIVING


def living_parties(claim: Claim, catalogue: Catalogue) -> list[Entity]:
    """Return the living people a claim names as a party."""
    return _find_living(_list_parties(claim), catalogue)


def living_people(claim: Claim, catalogue: Catalogue) -> list[Entity]:
    """Return the living people a claim names as a party or as a voice."""
    return _find_living([*_list_parties(claim), *_list_voices(claim)], catalogue)


def living_voices(claim: Claim, catalogue: Catalogue) -> list[Entity]:
    """Return the living people whose word a claim rests on, or whom a voice is said to be close to."""
    return _find_living(_list_voices(claim), catalogue)


def _list_parties(claim: Claim) -> list[str | None]:
    wholes = (quantity.of.entity for quantity in claim.quantities if quantity.of)
    return [claim.subject, claim.object, *(part.entity for part in claim.parts), *wholes]


def _list_voices(claim: Claim) -> list[str | None]:
    return [id_ for voice in claim.attribution for id_ in (voice.entity, voice.affiliation, voice.close_to)]


def _find_living(ids: Iterable[str | None], catalogue: Catalogue) -> list[Entity]:
    found = (catalogue.entities.get(id_) for id_ in dict.fromkeys(ids) if id_)
    return [entity for entity in found if entity and is_living(entity)]


def is_protected(record: Entity | Claim, catalogue: Catalogue) -> bool:
    """Whether a record is about a living person and not reviewed: it is kept from search engines."""
    is_about_one = is_living(record) if isinstance(record, Entity) else bool(living_people(record, catalogue))
    return is_about_one and not is_reviewed(record)


def list_living_names(entities: Iterable[Entity]) -> Names:
    """Return the names of living people, as far as they have two words or more: one alone is many people's."""
    return Names.make((entity for entity in entities if is_living(entity)), SHORTEST)
