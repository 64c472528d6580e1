"""Two people have to check a record."""

import pytest

from musnad.derive.reviews import is_reviewed
from musnad.records.model import Catalogue, Review


@pytest.mark.parametrize(
    ("reviewers", "is_enough"),
    [
        ((), False),
        (("Ann",), False),
        (("Ann", "Bo"), True),
        (("Ann Bo", " ann  BO"), False),
        (("أُسامة", "اسامه"), False),
        (("أسامة", "سامي"), True),
        (("Ann", "ann", "Bo"), True),
        (("…", "!"), True),
    ],
)
def test_reviewer_counts_once_however_spelled(toy: Catalogue, reviewers: tuple[str, ...], is_enough: bool) -> None:
    """Case, spaces and spellings of Arabic do not make two of one."""
    reviews = tuple(Review(date="2024-05-21", reviewer=name) for name in reviewers)
    assert is_reviewed(toy.entities["salt"].model_copy(update={"reviews": reviews})) == is_enough
