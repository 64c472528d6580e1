"""Whether enough people have checked a record."""

from musnad.records.model import Recorded

REVIEWS_NEEDED = 2


def is_reviewed(record: Recorded) -> bool:
    """Whether enough people have checked a record."""
    return len(record.reviews) >= REVIEWS_NEEDED
