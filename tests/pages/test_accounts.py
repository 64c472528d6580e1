"""Accounts side by side, how many origins they have, and what stays open."""

from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from musnad.derive.accounts import index_accounts
from musnad.derive.ties import index_ties
from musnad.pages.elements.parts import Link as Shown
from musnad.pages.views.accounts import AccountsBody, PairSection, make_accounts_view
from musnad.pages.views.questions import QuestionsBody, make_questions_view
from musnad.records.model import Catalogue, Claim, Link
from tests.conftest import change, copy_claim, make_toy_site

PRICE, REPEAT = "tide-post-12/rye-bread-price", "quay-news-7/rye-bread-price"
SALE, BOUGHT = "tide-post-12/guild-sells-bread", "quay-news-7/dockers-buy-bread"


def make_section(catalogue: Catalogue, anchor: str) -> PairSection:
    """Return one sort of pairs of the English page."""
    body = make_accounts_view(make_toy_site(catalogue).composers["en"]).body
    assert isinstance(body, AccountsBody)
    return next(section for section in body.sections if section.anchor == anchor)


def find_foot(catalogue: Catalogue, *claim_ids: str) -> str:
    """Return what stands below the pair of two claims that say the same."""
    hrefs = {f"en/claims/{claim_id}/" for claim_id in claim_ids}
    pairs = make_section(catalogue, "same").pairs
    return next(pair.foot for pair in pairs if {side.href for side in pair.sides} == hrefs)


@pytest.mark.parametrize(
    ("independence", "fields", "foot"),
    [
        ("independent", {}, "The two are independent. Claims that say so: 2; independent origins: 2."),
        (
            "not-established",
            {},
            "Whether the two are independent is not established. Claims that say so: 2; independent origins: 1.",
        ),
        ("same-outlet", {}, "Both come from the same outlet. Claims that say so: 2; independent origins: 1."),
        (
            "independent",
            {"origin": "tide-post-12"},
            "Both sources carry one text. Claims that say so: 2; independent origins: 1.",
        ),
        (
            "independent",
            {"agency": "tide-post"},
            "One agency supplied the text of both sources. Claims that say so: 2; independent origins: 1.",
        ),
    ],
)
def test_two_sources_count_as_one_for_a_reason(
    independence: str, fields: dict[str, Any], foot: str, toy: Catalogue
) -> None:
    """Two only where the record says so, and never where they carry one text."""
    link = Link(type="corroborates", claim=SALE, independence=independence)
    catalogue = change(change(toy, "claims", SALE, links=()), "claims", BOUGHT, links=(link,))
    assert find_foot(change(catalogue, "sources", "quay-news-7", **fields), SALE, BOUGHT) == foot


@pytest.mark.parametrize(
    ("independent", "origins"),
    [([], 1), ([(0, 1)], 1), ([(0, 1), (1, 2)], 2), ([(0, 1), (1, 2), (0, 2)], 3)],
)
def test_three_accounts_have_the_origins_that_are_established(
    independent: list[tuple[int, int]], origins: int, toy: Catalogue
) -> None:
    """Whoever is not said to be independent of another counts with it as one."""
    outlets = {f"paper-{n}": toy.sources["quay-news-7"].model_copy(update={"id": f"paper-{n}"}) for n in range(3)}
    claims: dict[int, Claim] = {}
    for n in range(3):
        copy = toy.claims[REPEAT].model_copy(update={"id": f"paper-{n}/price", "links": ()})
        locators = tuple(locator.model_copy(update={"source": f"paper-{n}"}) for locator in copy.locators)
        claims[n] = copy.model_copy(update={"locators": locators})
    for one, other in combinations(range(3), 2):
        named = "independent" if (one, other) in independent else "not-established"
        link = Link(type="repeats", claim=f"paper-{other}/price", independence=named)
        claims[one] = claims[one].model_copy(update={"links": (*claims[one].links, link)})
    catalogue = replace(toy, sources={**toy.sources, **outlets}, claims={claim.id: claim for claim in claims.values()})
    accounts = index_accounts(catalogue, index_ties(catalogue.claims.values()))
    assert {account.origins for account in accounts.values()} == {origins}
    assert {account.claim_ids for account in accounts.values()} == {tuple(claim.id for claim in claims.values())}


def test_what_was_retracted_bears_witness_to_nothing(toy: Catalogue) -> None:
    """And what is said once has no account."""
    changed = change(toy, "claims", BOUGHT, status="retracted")
    accounts = index_accounts(changed, index_ties(changed.claims.values()))
    assert not accounts.keys() & {BOUGHT, SALE}


def test_one_that_qualifies_stands_first(toy: Catalogue) -> None:
    """Though its id is the larger one."""
    catalogue = change(toy, "claims", PRICE, links=(Link(type="qualifies", claim=REPEAT),))
    (pair,) = make_section(catalogue, "qualified").pairs
    assert [side.href for side in pair.sides] == [f"en/claims/{PRICE}/", f"en/claims/{REPEAT}/"]


def test_pairs_that_are_not_shown_are_counted(toy: Catalogue) -> None:
    """Thirty of each sort are."""
    tie = (Link(type="in-tension-with", claim="tide-post-12/copy-00"),)
    copies = [copy_claim(toy.claims[SALE], f"copy-{n:02}", links=tie if n else ()) for n in range(33)]
    section = make_section(replace(toy, claims={claim.id: claim for claim in copies}), "tensions")
    assert (len(section.pairs), section.count, section.rest) == (
        30,
        32,
        Shown("2 more pairs", "en/claims/all/?mark=tension"),
    )


def test_pages_that_name_a_living_person_are_kept_from_search_engines(toy: Catalogue) -> None:
    """Whatever pair or question names one."""
    catalogue = replace(toy, claims={SALE: toy.claims[SALE], PRICE: toy.claims[PRICE]})
    readings = toy.claims["tide-post-12/salt-kept-back"].readings
    catalogue = change(catalogue, "claims", SALE, object="mentioned-person", links=(), readings=readings)
    catalogue = change(catalogue, "claims", PRICE, links=(Link(type="contradicts", claim=SALE),))
    composers = make_toy_site(catalogue).composers
    assert make_accounts_view(composers["en"]).head.is_noindex
    assert make_questions_view(composers["en"]).head.is_noindex


def test_open_questions_are_gathered(toy: Catalogue) -> None:
    """Readings with their question, figures of one source alone, and what is not said; no list begins with a person."""
    body = make_questions_view(make_toy_site(toy).composers["en"]).body
    assert isinstance(body, QuestionsBody)
    for reading in body.readings:
        assert len(reading.options) > 1
    assert [claim.id for claim in body.figures] == [
        claim.id
        for claim in sorted(toy.claims.values(), key=lambda claim: claim.position)
        if claim.quantities and claim.id not in (PRICE, REPEAT, SALE) and claim.status == "published"
    ]
    assert PRICE in [unsaid.claim.id for unsaid in body.claims]
    assert not any("Mira Holt" in unsaid.link.text for unsaid in body.others)
