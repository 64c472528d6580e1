"""Which dates are EDTF."""

import pytest

from musnad.text.edtf import parse_date

GOOD = [
    "2024", "2024-06", "2024-06-01", "2024?", "2024-06~", "2024-06-01%", "2023/2024", "2024-06-01/..", "../2024",
    "/2024", "2024/", "199X", "20XX", "2024-21", "2024-05~-03", "2024-06-1X", "[2023,2024]", "-0100", "2024-02-29",
]  # fmt: skip
BAD = [
    "May-2024", "2024-13", "2024-02-30", "2023-02-29", "2024-6", "24", "2024-06-31/2024-07-01", "1E3", "..", "2024-W01",
    "01/02/2024", "2024/06", "now", "2024/2023", "2024-06/2024-05",
]  # fmt: skip


@pytest.mark.parametrize("text", GOOD)
def test_date_is_read(text: str) -> None:
    """Levels 0 to 2, as far as the library knows them."""
    parse_date(text)


@pytest.mark.parametrize("text", BAD)
def test_other_text_is_no_date(text: str) -> None:
    """Neither other notations, nor days that no calendar has."""
    with pytest.raises(ValueError, match=r"."):
        parse_date(text)
