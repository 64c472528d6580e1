"""Hijri dates and the days they stand for."""

from datetime import timedelta
from itertools import pairwise

import pytest

from musnad.text.hijri import can_meet, name_month, read_hijri
from musnad.text.weekdays import find_weekdays


@pytest.mark.parametrize(
    ("hijri", "edtf"),
    [
        ("1445", "2023-07-19/2024-07-06"),
        ("1445-09", "2024-03-11/2024-04-09"),
        ("1445-09-01", "2024-03-11"),
        ("1400-01-01", "1979-11-20"),
        ("1500-12", "2077-10-18/2077-11-16"),
    ],
)
def test_hijri_date_is_its_days(hijri: str, edtf: str) -> None:
    """By the calendar of Umm al-Qura, to the ends of its tables."""
    assert read_hijri(hijri).edtf == edtf


def test_every_month_begins_when_the_one_before_it_is_over() -> None:
    """And years with their first and last months."""
    months = [read_hijri(f"{year}-{month:02}") for year in range(1343, 1501) for month in range(1, 13)]
    assert all(after.first - before.last == timedelta(days=1) for before, after in pairwise(months))
    assert (read_hijri("1343").first, read_hijri("1500").last) == (months[0].first, months[-1].last)


@pytest.mark.parametrize("text", ["1445-13", "1445-00", "1445-09-31", "1445-09-00", "1342", "1501-01-01"])
def test_day_that_the_calendar_does_not_have_is_refused(text: str) -> None:
    """And one that it does not reach."""
    with pytest.raises(ValueError, match=r"."):
        read_hijri(text)


def test_date_can_lie_a_day_to_either_side() -> None:
    """As months begin by what is seen of the moon."""
    days = read_hijri("1445-09-02")
    assert [can_meet(days, day, day) for day in ("2024-03-10", "2024-03-11", "2024-03-13", "2024-03-14")] == [
        False, True, True, False,
    ]  # fmt: skip
    assert can_meet(days, "2024-03", "2024-03")
    assert not can_meet(days, "2024-04", "2024")


def test_every_month_has_a_name() -> None:
    """In both languages."""
    assert [name_month(month, "ar") for month in (4, 9, 12)] == ["ربيع الثاني", "رمضان", "ذو الحجة"]
    assert [name_month(month, "en") for month in (4, 9)] == ["Rabi’ al-Thani", "Ramadan"]
    assert len({name_month(month, "en") for month in range(1, 13)}) == 12


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("last Tuesday", {1}),
        ("يوم الثلاثاء الماضي", {1}),
        ("بالأحد", {6}),
        ("on Monday and Friday", {0, 4}),
        ("الجمعة", {4}),
        ("yesterday", set()),
        ("أمس", set()),
    ],
)
def test_week_days_are_found(text: str, days: set[int]) -> None:
    """In either language, with what Arabic attaches."""
    assert find_weekdays(text) == days
