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
    wholes = (quantity.of.entity for quantity in claim.quantities if quantity.of)
    parties = [claim.subject, claim.object, *(part.entity for part in claim.parts), *wholes]
    return _find_living(parties, catalogue)


def living_people(claim: Claim, catalogue: Catalogue) -> list[Entity]:
    """Return the living people a claim names as a party or as a voice."""
    parties = living_parties(claim, catalogue)
    return [*parties, *(entity for entity in living_voices(claim, catalogue) if entity not in parties)]


def living_voices(claim: Claim, catalogue: Catalogue) -> list[Entity]:
    """Return the living people whose word a claim rests on, or whom a voice is said to be close to."""
    return _find_living([id_ for v in claim.attribution for id_ in (v.entity, v.affiliation, v.close_to)], catalogue)


def _find_living(ids: Iterable[str | None], catalogue: Catalogue) -> list[Entity]:
    return [entity for id_ in dict.fromkeys(ids) if (entity := catalogue.entities.get(id_ or "")) and is_living(entity)]


def is_protected(record: Entity | Claim, catalogue: Catalogue) -> bool:
    """Whether a record is about a living person and not reviewed: it is kept from search engines."""
    is_about_one = is_living(record) if isinstance(record, Entity) else bool(living_people(record, catalogue))
    return is_about_one and not is_reviewed(record)


def list_living_names(entities: Iterable[Entity]) -> Names:
    """Return the names of living people, as far as they have two words or more: one alone is many people's."""
    return Names.make((entity for entity in entities if is_living(entity)), SHORTEST)
