"""Where a sensitive claim happened is told no more exactly than its district or region."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from musnad.build.prints import find_prints
from musnad.derive.visible import publishable
from musnad.exports.json import export_json
from musnad.pages.elements.places_times import COARSENED
from musnad.pages.site import Site
from musnad.records.model import Catalogue, Location, Place
from musnad.rules.check import load_checked
from tests.conftest import change, make_toy_site
from tests.sensitive import CLAIM, COVE, QUAY, write_canaries


@pytest.fixture
def marked(toy_copy: Path) -> Catalogue:
    """Return the toy record with a sensitive claim."""
    write_canaries(toy_copy)
    return load_checked(toy_copy)


def test_only_the_region_that_holds_it_is_shown(marked: Catalogue) -> None:
    """No way, no words, nothing inferred, and neither the place nor what holds it and is as exact."""
    shown = publishable(marked)
    claim = shown.claims[CLAIM]
    assert claim.place == Place(entities=("lantern-bay",), precision="region")
    assert (claim.way, claim.inferred) == ((), ())
    assert claim.statement == marked.claims[CLAIM].statement
    assert {COVE, QUAY} & shown.entities.keys() == set()
    assert COVE in str(marked.entities["old-harbour"].distinct_from)
    assert COVE not in str(shown.entities["old-harbour"].distinct_from)


def test_claim_without_the_mark_is_shown_as_it_is(toy_copy: Path) -> None:
    """Living people and private ones are protected otherwise."""
    write_canaries(toy_copy, "sensitivity: [private-people]\n")
    catalogue = load_checked(toy_copy)
    shown = publishable(catalogue)
    assert shown.claims[CLAIM] is catalogue.claims[CLAIM]
    assert COVE in shown.entities


def test_place_that_others_name_stays(marked: Catalogue) -> None:
    """It is known anyway; only that this claim is about it is not."""
    other = Place(entities=(COVE,), precision="spot")
    shown = publishable(change(marked, "claims", "quay-news-7/dockers-buy-bread", place=other))
    assert {COVE, QUAY} <= shown.entities.keys()
    assert shown.claims[CLAIM].place == Place(entities=("lantern-bay",), precision="region")


def test_place_in_nothing_vague_is_not_told_at_all(marked: Catalogue) -> None:
    """The page says that it is kept back, not that the source is silent."""
    alone = change(marked, "entities", QUAY, location=Location(precision="spot"))
    site = make_toy_site(change(alone, "claims", CLAIM, way=()))
    assert site.shown.claims[CLAIM].place == Place(precision="region")
    for lang, words in site.words.items():
        page = site.make_page(f"{lang}/claims/{CLAIM}.md").body
        assert words.gettext(COARSENED) in page
        assert words.gettext("Not stated") not in page.partition(words.gettext(COARSENED))[0]


def test_vaguer_precision_of_the_claim_stays(marked: Catalogue) -> None:
    """A surroundings of what is itself known as a district is no sharper than either."""
    district = replace(marked, entities=marked.entities | {"lantern-bay": marked.entities["lantern-bay"]})
    shown = publishable(change(district, "claims", CLAIM, place=Place(entities=("lantern-bay",), precision="spot")))
    found = shown.claims[CLAIM].place
    assert found is not None
    assert found.precision == "region"


def test_data_say_that_a_place_was_coarsened(marked: Catalogue) -> None:
    """And of no other claim."""
    claims = {claim["id"]: claim for claim in json.loads(export_json(make_toy_site(marked)))["claims"]}
    told = {id_: claim["derived"]["coarsened"] for id_, claim in claims.items() if "coarsened" in claim["derived"]}
    assert told == {CLAIM: ["place"]}
    assert claims[CLAIM]["record"]["place"] == {"entities": ["lantern-bay"], "precision": "region"}


def test_page_is_made_again_when_what_holds_the_place_changes(marked: Catalogue) -> None:
    """Though not one byte of the claim's own file has changed."""
    digests = {f"claims/{CLAIM}": "the same bytes"}

    def take(catalogue: Catalogue) -> str:
        site: Site = make_toy_site(catalogue)
        return find_prints(site, digests).values[f"claims/{CLAIM}"]

    alone = change(marked, "claims", CLAIM, way=())
    moved = change(alone, "entities", QUAY, location=Location(precision="spot"))
    assert take(alone) == take(replace(alone))
    assert take(alone) != take(moved)
