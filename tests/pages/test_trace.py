"""What is looked at is noted, no more and no less."""

from collections.abc import Callable
from typing import Any

import pytest

from musnad.pages.elements.claims import make_claim
from musnad.pages.site import Site
from musnad.pages.trace import Trace, Traced


def _words(trace: Trace) -> Traced[int]:
    return Traced("words", {"one": 1, "two": 2}, trace)


@pytest.mark.parametrize(
    ("look", "noted"),
    [
        pytest.param(lambda words: words["one"], {"words/one"}, id="key"),
        pytest.param(lambda words: words.get("two"), {"words/two"}, id="get"),
        pytest.param(lambda words: words.get("three"), {"words/three"}, id="get what is missing"),
        pytest.param(lambda words: "one" in words, {"words/one"}, id="in"),
        pytest.param(lambda words: "three" in words, {"words/three"}, id="missing from"),
        pytest.param(lambda words: next(iter(words)), {"words/*"}, id="iteration"),
        pytest.param(len, {"words/#"}, id="length"),
        pytest.param(bool, {"words/#"}, id="truth"),
        pytest.param(lambda words: words.keys(), {"words/*"}, id="keys"),
        pytest.param(lambda words: words.values(), {"words/*"}, id="values"),
        pytest.param(lambda words: words.items(), {"words/*"}, id="items"),
        pytest.param(lambda words: None, set(), id="nothing"),
    ],
)
def test_what_is_looked_at_is_noted(look: Callable[[Any], object], noted: set[str]) -> None:
    """One entry by its key, whether it is there or not; how many there are; anything more as all."""
    trace = Trace()
    words = _words(trace)
    with trace.record() as found:
        look(words)
    assert found == noted


@pytest.mark.parametrize("take", [dict, lambda words: {**words}, lambda words: {} | words, sorted, max])
def test_whoever_takes_everything_has_looked_at_all(take: Callable[[Any], object]) -> None:
    """No way of copying or going through a mapping escapes."""
    trace = Trace()
    words = _words(trace)
    with trace.record() as found:
        take(words)
    assert "words/*" in found


def test_missing_key_raises_and_is_noted() -> None:
    """Whoever catches the error made something of it."""
    trace = Trace()
    words = _words(trace)
    with trace.record() as found, pytest.raises(KeyError):
        words["three"]
    assert found == {"words/three"}


def test_nothing_is_noted_outside_a_recording() -> None:
    """A recording has what was looked at while it lasted."""
    trace = Trace()
    words = _words(trace)
    words["one"]
    with trace.record() as found:
        pass
    words["two"]
    assert found == set()


def test_inner_recording_tells_the_outer_and_not_the_other_way_round() -> None:
    """What a part was made from, the whole was made from; also when the part failed."""
    trace = Trace()
    words = _words(trace)
    with trace.record() as outer:
        words["one"]
        with pytest.raises(ZeroDivisionError), trace.record() as inner:
            words["two"] // 0
    assert (inner, outer) == ({"words/two"}, {"words/one", "words/two"})


def test_what_is_used_again_is_noted_again() -> None:
    """A recording is told what a kept thing was made from, and only while there is one."""
    trace = Trace()
    trace.note(frozenset({"words/one"}))
    with trace.record() as found:
        trace.note(frozenset({"words/two"}))
    assert found == {"words/two"}


def test_claim_composed_before_notes_again_what_it_was_made_from(toy_site: Site) -> None:
    """A page that shows a kept claim depends on as much as the page that composed it."""
    composer = toy_site.composers["en"]
    with toy_site.trace.record() as first:
        view = make_claim(composer, "tide-post-12/rye-bread-price")
    with toy_site.trace.record() as second:
        again = make_claim(composer, "tide-post-12/rye-bread-price")
    assert again is view
    assert second == first
    assert first >= {
        "claims/tide-post-12/rye-bread-price",
        "entities/tide-post",
        "entities/old-harbour",
        "standings/tide-post-12/rye-bread-price",
    }
    assert not any(name.startswith("claims/quay-news-7") for name in first)


def test_every_view_of_the_same_claim_is_noted_alike_in_both_languages(toy_site: Site) -> None:
    """The languages differ in words, not in what they are made from."""
    for claim_id in list(toy_site.catalogue.claims):
        noted = []
        for composer in toy_site.composers.values():
            with toy_site.trace.record() as found:
                make_claim(composer, claim_id)
            noted.append(found)
        assert noted[0] == noted[1]
