"""Versions of records: another one whenever what is said is another, in either language, and never else."""

from dataclasses import replace

import pytest
from pydantic import BaseModel

from musnad.derive.edits import Edit
from musnad.derive.news import find_newest_day
from musnad.derive.versions import find_day, find_version
from musnad.pages.site import Site
from musnad.records.model import Catalogue, Change, Claim, Review
from musnad.records.walk import iter_records
from tests.conftest import change

SALE = "tide-post-12/guild-sells-bread"


def test_every_record_has_a_version_of_its_own_form(toy: Catalogue) -> None:
    """Twelve digits, the same each time."""
    for record in iter_records(toy):
        assert len(found := find_version(record)) == 12
        assert int(found, 16) >= 0
        assert find_version(record.model_copy()) == found


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("field", ["title", "statement"])
def test_words_of_either_language_make_another_version(toy: Catalogue, field: str, lang: str) -> None:
    """A citation of the earlier words is told that these are others."""
    claim = toy.claims[SALE]
    words: BaseModel = getattr(claim, field)
    other = claim.model_copy(update={field: words.model_copy(update={lang: "other"})})
    assert find_version(other) != find_version(claim)


def test_who_checked_it_and_its_history_make_none(toy: Catalogue) -> None:
    """Nor does a value that is spelled out though it would be the same left out."""
    claim = toy.claims[SALE]
    reviews = (Review(date="2024-07-01", reviewer="Ann"),)
    history = (Change(date="2024-07-02", change="reworded"),)
    same = claim.model_copy(update={"reviews": reviews, "history": history, "polarity": "affirmed"})
    assert find_version(same) == find_version(claim)
    assert find_version(claim.model_copy(update={"polarity": "denied"})) != find_version(claim)


def test_kind_of_an_entity_belongs_to_it(toy: Catalogue) -> None:
    """It is its folder, and no field of its file."""
    entity = toy.entities["bakers-guild"]
    assert find_version(entity.model_copy(update={"kind": "outlet"})) != find_version(entity)


def test_retracted_claim_tells_nothing_of_what_it_said(toy: Catalogue) -> None:
    """Whoever guesses the words can't find out by the digest that they were right."""
    claim = toy.claims[SALE].model_copy(update={"status": "retracted"})
    other = claim.model_copy(update={"statement": toy.claims["tide-post-12/rye-bread-price"].statement})
    assert find_version(other) == find_version(claim) != find_version(toy.claims[SALE])


def test_day_is_that_of_the_last_dated_change(toy: Catalogue) -> None:
    """Of its extraction, its history or what git knows; what is no plain date counts for nothing."""
    claim = toy.claims[SALE]
    assert find_day(claim) == claim.extracted.date == "2024-05-20"
    told = _tell(claim, "2024-06", "2024-07~")
    assert find_day(told) == "2024-06"
    edit = Edit("2024-08-01", "reworded", ("title",), "0" * 40, f"claims/{SALE}.yaml", False)
    assert find_day(told, (edit,)) == "2024-08-01"
    unknown = claim.extracted.model_copy(update={"date": "unknown"})
    assert find_day(claim.model_copy(update={"extracted": unknown})) == ""


def _tell(claim: Claim, *dates: str) -> Claim:
    return claim.model_copy(update={"history": tuple(Change(date=date, change="reworded") for date in dates)})


def test_newest_day_is_that_of_any_record(toy: Catalogue, toy_site: Site) -> None:
    """And there is none where there is no record."""
    later = change(toy, "claims", SALE, history=(Change(date="2031-01-02", change="reworded"),))
    assert find_newest_day(later, toy_site.derived) == "2031-01-02"
    assert find_newest_day(replace(toy, sources={}, entities={}, claims={}), toy_site.derived) == ""
