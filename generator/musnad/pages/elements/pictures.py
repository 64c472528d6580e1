"""Which pages have a picture of their own, for where a link to them is shared."""

from musnad.derive.people import is_protected
from musnad.pages.elements.claims import make_claim, tell_answered
from musnad.pages.elements.composer import Composer
from musnad.records.model import Claim, Entity, Source

MOST = 900
"""Letters that can be read in a picture."""


def has_picture(composer: Composer, record: Source | Entity | Claim) -> bool:
    """Whether a record may stand in a picture of its own: not if it is retracted, protected, or too long."""
    if isinstance(record, Claim):
        is_short = len(tell_answered(composer, record)) <= MOST
        return record.status != "retracted" and not make_claim(composer, record.id).is_protected and is_short
    return not (isinstance(record, Entity) and is_protected(record, composer.catalogue))
