"""The page of times: lanes, and how dates are drawn as exactly as they are known."""

from datetime import date
from typing import Any

import pytest

from musnad.derive.facets import find_facets
from musnad.derive.graph import make_graph
from musnad.derive.times import index_times, list_days
from musnad.derive.visible import publishable
from musnad.pages.elements.calendar import make_calendar
from musnad.pages.views.time import TimeBody, make_time_view
from musnad.records.model import Catalogue, Time
from musnad.text.edtf import find_span
from tests.conftest import change, make_toy_site

CLAIM = "quay-news-7/dockers-buy-bread"


def set_time(toy: Catalogue, **fields: Any) -> Catalogue:
    """Return the toy record with another time of one claim."""
    return change(toy, "claims", CLAIM, time=Time.model_validate({"basis": "stated", **fields}))


def make_body(catalogue: Catalogue) -> TimeBody:
    """Return the English page."""
    body = make_time_view(make_toy_site(catalogue).composers["en"]).body
    assert isinstance(body, TimeBody)
    return body


@pytest.mark.parametrize(
    ("fields", "lane", "span"),
    [
        ({"edtf": "2024-03"}, "dated", ("2024-03-01", "2024-03-31")),
        ({"hijri": "1445-09"}, "dated", ("2024-03-11", "2024-04-09")),
        ({"edtf": "2024-03", "to_come": True}, "to-come", ("2024-03-01", "2024-03-31")),
        ({"basis": "relative-to-publication", "phrase": {"ar": "أمس", "en": "yesterday"}}, "relative", None),
        ({"phrase": {"ar": "قديمًا", "en": "long ago"}}, "worded", None),
    ],
)
def test_time_has_its_lane(fields: dict[str, Any], lane: str, span: tuple[str, str] | None, toy: Catalogue) -> None:
    """What is undated stays so; what was retracted says nothing."""
    changed = set_time(toy, **fields)
    found = {
        moment.claim_id: (name, moment.span)
        for name, own in index_times(changed.claims.values()).items()
        for moment in own
    }
    assert found[CLAIM][0] == lane
    days = tuple(day.isoformat() for day in list_days([found[CLAIM][1]]))
    assert days == (span or ())
    retracted = change(changed, "claims", CLAIM, status="retracted")
    assert CLAIM not in {moment.claim_id for own in index_times(retracted.claims.values()).values() for moment in own}


@pytest.mark.parametrize(
    ("edtf", "first", "last", "marks"),
    [
        ("2024-02", "2024-02-01", "2024-02-29", ""),
        ("2024-02-03T10:00:00Z", "2024-02-03", "2024-02-03", ""),
        ("202X", "2020-01-01", "2029-12-31", ""),
        ("2024-XX", "2024-01-01", "2024-12-31", ""),
        ("2024-05-XX", "2024-05-01", "2024-05-31", ""),
        ("2024~", "2024-01-01", "2024-12-31", "~"),
        ("?2024-05", "2024-05-01", "2024-05-31", "?"),
        ("2024%/2025", "2024-01-01", "2025-12-31", "~?"),
        ("2024-05/..", "2024-05-01", None, ""),
        ("/2024-05", None, "2024-05-31", ""),
    ],
)
def test_span_is_as_long_as_what_is_known(edtf: str, first: str | None, last: str | None, marks: str) -> None:
    """A month is a month; an open end has no day."""
    span = find_span(edtf)
    assert span
    assert [day and day.isoformat() for day in (span.first, span.last)] == [first, last]
    assert span.is_approximate == ("~" in marks)
    assert span.is_uncertain == ("?" in marks)


@pytest.mark.parametrize("edtf", ["2024-21", "Y-100000", "-0044", "0000", "2024-21/2024-23"])
def test_what_the_calendar_does_not_have_is_not_placed(edtf: str) -> None:
    """Seasons begin at other days elsewhere."""
    assert find_span(edtf) is None


@pytest.mark.parametrize(
    ("edtf", "drawn"),
    [
        ("2024-03-05", (["number"], [], False)),
        ("2024-03-05~", (["number"], [], True)),
        ("2024-03", ([], ["bar"], False)),
        ("2024-03~", ([], ["frame"], True)),
        ("2024-03?", ([], ["frame"], True)),
        ("2024-03-05/..", (["bound"], ["line"], False)),
    ],
)
def test_dates_are_drawn_as_they_are_known(edtf: str, drawn: tuple[list[str], list[str], bool], toy: Catalogue) -> None:
    """Days as points, months as long as they are, broken what is not firm; in Arabic time runs from the right."""
    span = find_span(edtf)
    assert span
    for lang, composer in make_toy_site(toy).composers.items():
        calendar = make_calendar(composer, [date(2024, 1, 1), date(2024, 12, 31)])
        assert calendar
        mark = calendar.mark(span, is_broken=False)
        is_loose = any(p.is_broken for p in mark.points) or any(s.kind == "frame" for s in mark.stretches)
        assert ([p.kind for p in mark.points], [s.kind for s in mark.stretches], is_loose) == drawn
        at = mark.points[0].at if mark.points else mark.stretches[0].middle
        assert (at < 50) == (lang == "en")


@pytest.mark.parametrize(
    ("days", "labels"),
    [
        (("2024-03-01", "2024-03-07"), ["1 March 2024", "3 March 2024", "5 March 2024", "7 March 2024"]),
        (("2024-03-05", "2024-03-05"), ["5 March 2024"]),
        (("2023-11-02", "2024-05-19"), ["January 2024", "March 2024", "May 2024"]),
        (("2011-01-01", "2024-05-19"), ["2015", "2020"]),
        (("0900-01-01", "2024-05-19"), ["1000", "1500", "2000"]),
    ],
)  # fmt: skip
def test_line_has_dates_that_suit_its_length(days: tuple[str, str], labels: list[str], toy: Catalogue) -> None:
    """Days, months, years or centuries, and few of them."""
    composer = make_toy_site(toy).composers["en"]
    calendar = make_calendar(composer, map(date.fromisoformat, days))
    assert calendar
    told = [tick.text.replace("\u00a0", " ") for tick in calendar.list_ticks(composer)]
    assert told == labels


def test_page_makes_no_date(toy: Catalogue) -> None:
    """What is relative to its source stands with that, in words alone; claims without a time are counted."""
    phrase = {"ar": "في ذلك الشهر", "en": "in that month"}
    body = make_body(set_time(toy, basis="relative-to-publication", phrase=phrase))
    (group,) = body.relative
    assert [(row.claim.id, row.mark) for row in group.rows] == [(CLAIM, None)]
    shown = publishable(toy)
    untimed = [c for c in shown.claims.values() if c.time is None and c.status != "retracted"]
    assert make_body(toy).unstated == f"{len(untimed)} claims"
    graph = make_graph(shown)
    marked = [c.id for c in shown.claims.values() if "untimed" in find_facets(c, shown, graph).get("mark", ())]
    assert marked == [c.id for c in untimed]
