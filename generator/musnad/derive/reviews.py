"""Whether enough people have checked a record."""

from musnad.records.model import Recorded, Review
from musnad.text.fold import fold_words

REVIEWS_NEEDED = 2


def is_reviewed(record: Recorded) -> bool:
    """Whether enough people have checked a record."""
    return len({name_reviewer(review) for review in record.reviews}) >= REVIEWS_NEEDED


def name_reviewer(review: Review) -> str:
    """Return what is the same however a reviewer is spelled."""
    return " ".join(fold_words(review.reviewer)) or review.reviewer
