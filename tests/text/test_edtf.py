"""Which dates are EDTF."""

from itertools import product

import pytest
from edtf import is_valid_edtf

from musnad.text.edtf import check_date

GOOD = [
    "2024", "2024-06", "2024-06-01", "2024?", "2024-06~", "2024-06-01%", "2023/2024", "2024-06-01/..", "../2024",
    "/2024", "2024/", "199X", "20XX", "2024-21", "2024-05~-03", "2024-06-1X", "[2023,2024]", "-0100", "2024-02-29",
]  # fmt: skip
BAD = [
    "May-2024", "2024-13", "2024-02-30", "2023-02-29", "2024-6", "24", "2024-06-31/2024-07-01", "1E3", "..", "2024-W01",
    "01/02/2024", "2024/06", "now", "2024/2023", "2024-06/2024-05",
    "../20", "../x", "../?", "20/..", "../..", "/", "../2024/..",
]  # fmt: skip


@pytest.mark.parametrize("text", GOOD)
def test_date_is_read(text: str) -> None:
    """Levels 0 to 2, as far as the library knows them."""
    check_date(text)


@pytest.mark.parametrize("text", BAD)
def test_other_text_is_no_date(text: str) -> None:
    """Neither other notations, nor days that no calendar has."""
    with pytest.raises(ValueError, match=r"."):
        check_date(text)


def test_usual_dates_are_told_from_others_as_the_library_does() -> None:
    """The library is not asked about these."""
    points = [
        *("2024", "9999", "202", "20245", "2024-01", "2024-12", "2024-00", "2024-13", "2024-6", "2024-21"),
        *("2024-06-01", "2024-06-30", "2024-06-1", "2024-06-011", "٢٠٢٤"),
    ]
    marked = [f"{point}{mark}" for point, mark in product(points, ("", "?", "~", "%", "~?", "T"))]
    for text in (*marked, *(f"{text}/9999" for text in marked), *(f"2000~/{text}" for text in marked)):
        try:
            check_date(text)
        except ValueError:
            assert not is_valid_edtf(text), text
        else:
            assert is_valid_edtf(text), text
