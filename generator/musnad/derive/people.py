"""Who is a living person, and which claims name one."""

from musnad.derive.reviews import is_reviewed
from musnad.records.model import Catalogue, Claim, Entity


def is_living(entity: Entity) -> bool:
    """Whether an entity is a person who is, or may be, alive."""
    return entity.living in ("yes", "unknown")


def living_people(claim: Claim, catalogue: Catalogue) -> list[Entity]:
    """Return the living people a claim names as a party."""
    wholes = (quantity.of.entity for quantity in claim.quantities if quantity.of)
    named = [claim.subject, claim.object, *(part.entity for part in claim.parts), *wholes]
    return [entity for id_ in named if (entity := catalogue.entities.get(id_ or "")) and is_living(entity)]


def is_protected(record: Entity | Claim, catalogue: Catalogue) -> bool:
    """Whether a record is about a living person and not reviewed: it is kept from search engines."""
    is_about_one = is_living(record) if isinstance(record, Entity) else bool(living_people(record, catalogue))
    return is_about_one and not is_reviewed(record)
