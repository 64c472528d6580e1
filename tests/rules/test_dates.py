"""Dates are compared only where one is certainly before another, and time makes no record wrong."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from musnad.rules.check import check_entries
from musnad.rules.dates import is_before
from musnad.text.today import find_today
from tests.conftest import TOY

BEFORE = [
    ("2024-05-19", "2024-05-20"),
    ("2024-05", "2024-06-01"),
    ("2023", "2024"),
    ("2023-12-31", "2024"),
    ("0750", "0751"),
]
NOT_BEFORE = [
    *(("2024-05-20", "2024-05-20"), ("2024-05", "2024-05-01"), ("2024-05-31", "2024-05"), ("2024", "2024-12-31")),
    *(("2024-06-01", "2024"), ("2023~", "2024"), ("2023", "2024?"), ("2023/2024", "2025"), ("199X", "2024")),
    *(("unknown", "2024"), ("2024", "unknown"), ("2024-21", "2025"), ("2023-13", "2024")),
]


@pytest.mark.parametrize(("date", "other"), BEFORE)
def test_date_before_another(date: str, other: str) -> None:
    """All of it is, whichever day of it is meant."""
    assert is_before(date, other)
    assert not is_before(other, date)


@pytest.mark.parametrize(("date", "other"), NOT_BEFORE)
def test_dates_that_may_be_in_order_are_taken_to_be(date: str, other: str) -> None:
    """Parts of one another, uncertain ones, and what is no plain date."""
    assert not is_before(date, other)


@pytest.mark.parametrize("today", ["2024-05-19", "2024-05-20", "2024-06-05", "2024-07-01", "2034-01-01"])
def test_record_only_becomes_right_by_time_passing(today: str) -> None:
    """What is wrong later was wrong before."""
    now, later = (set(map(str, check_entries(TOY, today=date).problems)) for date in (today, "2044-01-01"))
    assert later <= now
    assert bool(now) == (today < "2024-06-05")


def test_today_is_the_latest_day_anywhere(tmp_path: Path) -> None:
    """An editor whose clock is ahead of the machine's writes no date in the future."""
    now = datetime.now(UTC)
    assert find_today() >= now.astimezone().date().isoformat()
    assert find_today() >= now.date().isoformat()
    text = (TOY / "entities/good/salt.yaml").read_text(encoding="utf-8")
    (tmp_path / "entities/good").mkdir(parents=True)
    (tmp_path / "entities/good/salt.yaml").write_text(text.replace("2024-05-20", find_today()), encoding="utf-8")
    assert "date-order" not in {problem.rule for problem in check_entries(tmp_path).problems}
