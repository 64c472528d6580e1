"""Which claims stand for all: the latest, the ambiguous, the reviewed, the first of each chain; who is protected."""

from dataclasses import replace

import pytest

from musnad.derive.graph import make_graph
from musnad.derive.people import is_living, is_protected, living_people
from musnad.derive.reviews import REVIEWS_NEEDED, is_reviewed
from musnad.derive.selection import EXAMPLES, LATEST, select_claims
from musnad.records.model import Catalogue, Change, Claim, Part, Review, Voice
from tests.conftest import change, copy_claim

SALE, PRICE, CLOSED = (f"tide-post-12/{name}" for name in ("guild-sells-bread", "rye-bread-price", "harbour-closed"))
REVIEWS = tuple(Review(date="2024-07-01", reviewer=name) for name in ("Ann", "Bo", "Cy"))


def make_claim(toy: Catalogue, name: str, date: str = "2024-05-20", claim_id: str = SALE, sentence: int = 2) -> Claim:
    """Return a claim made on a day, that stands in a sentence of the first paragraph."""
    claim = toy.claims[claim_id]
    locator = claim.locators[0].model_copy(update={"paragraph": 1, "sentence": sentence})
    extracted = claim.extracted.model_copy(update={"date": date})
    return copy_claim(claim, name, extracted=extracted, history=(), locators=(locator,))


def with_claims(toy: Catalogue, *claims: Claim) -> Catalogue:
    """Return a catalogue with just these claims."""
    return replace(toy, claims={claim.id: claim for claim in claims})


@pytest.mark.parametrize("count", [LATEST - 1, LATEST, LATEST + 1])
def test_no_more_than_thirty_are_the_latest(count: int, toy: Catalogue) -> None:
    """The newest first, of one day in reading order."""
    claims = [make_claim(toy, f"c-{n:02}", f"2024-05-{1 + n // 10:02}") for n in range(count)]
    newest_first = sorted(claims, key=lambda claim: (-int(claim.extracted.date[-2:]), claim.id))
    selected = select_claims(with_claims(toy, *reversed(claims)), {})
    assert selected["latest"] == tuple(claim.id for claim in newest_first[:LATEST])


def test_latest_goes_by_the_last_change(toy: Catalogue) -> None:
    """Not by the first one, nor by the extraction where there is a history."""
    history = tuple(Change(date=date, change="created") for date in ("2024-05-01", "2024-06-01"))
    new, changed = make_claim(toy, "a"), copy_claim(make_claim(toy, "b"), "b", history=history)
    assert select_claims(with_claims(toy, new, changed), {})["latest"] == ("tide-post-12/b", "tide-post-12/a")


def test_latest_names_no_living_person_before_two_have_checked_it(toy: Catalogue) -> None:
    """The home page is for search engines too."""
    salt = "tide-post-12/salt-kept-back"
    assert salt not in select_claims(toy, {})["latest"]
    assert salt in select_claims(change(toy, "claims", salt, reviews=REVIEWS[:2]), {})["latest"]


@pytest.mark.parametrize(("count", "is_enough"), [(0, False), (1, False), (2, True), (3, True)])
def test_two_reviews_are_enough(count: int, is_enough: bool, toy: Catalogue) -> None:
    """For the home page's count, for marks, and for search engines."""
    catalogue = change(toy, "claims", SALE, reviews=REVIEWS[:count], object="mentioned-person")
    claim = catalogue.claims[SALE]
    assert REVIEWS_NEEDED == 2
    assert is_reviewed(claim) == is_enough
    assert (SALE in select_claims(catalogue, {})["reviewed"]) == is_enough
    assert is_protected(claim, catalogue) == (not is_enough)


@pytest.mark.parametrize(("living", "expected"), [("yes", True), ("unknown", True), ("no", False), (None, False)])
def test_who_may_be_living_is_protected(living: str | None, expected: bool, toy: Catalogue) -> None:
    """Unknown counts as living; what is no person does not live."""
    catalogue = change(toy, "entities", "mentioned-person", living=living)
    person = catalogue.entities["mentioned-person"]
    assert (is_living(person), is_protected(person, catalogue)) == (expected, expected)
    assert is_protected(catalogue.claims["tide-post-12/salt-kept-back"], catalogue) == expected


def test_living_people_of_a_claim_are_its_parties_and_voices(toy: Catalogue) -> None:
    """Subject, object, parts and voices, each once; a group is nobody."""
    witness, voice = Part(role="witness", entity="mentioned-person"), Voice(voice="outlet", entity="mentioned-person")
    sale = toy.claims[SALE]
    cases = [
        ({"subject": "mentioned-person"}, 1),
        ({"object": "mentioned-person"}, 1),
        ({"parts": (witness,)}, 1),
        ({"subject": "mentioned-person", "object": "mentioned-person"}, 1),
        ({"attribution": (voice,)}, 1),
        ({"object": None}, 0),
    ]
    assert [len(living_people(sale.model_copy(update=fields), toy)) for fields, _ in cases] == [n for _, n in cases]


def test_first_claim_of_each_chain_stands_for_it(toy: Catalogue) -> None:
    """In reading order; what kinds of voices speak makes the chain, not who they are."""
    later, earlier = (make_claim(toy, name, sentence=sentence) for name, sentence in (("a", 3), ("b", 1)))
    outlet = make_claim(toy, "c", claim_id=CLOSED)
    assert select_claims(with_claims(toy, later, earlier, outlet), {})["chains"] == (earlier.id, outlet.id)


def test_claims_with_readings_are_ambiguous(toy: Catalogue) -> None:
    """In id order."""
    readings = toy.claims["tide-post-12/salt-kept-back"].readings
    catalogue = change(toy, "claims", PRICE, readings=readings)
    assert select_claims(catalogue, {})["ambiguous"] == (PRICE, "tide-post-12/salt-kept-back")


def test_examples_are_what_most_claims_are_about(toy: Catalogue) -> None:
    """No voices, which every claim has, and no living people."""
    examples = make_graph(toy).selected["examples"]
    assert examples == ("bakers-guild", "dockers", "old-harbour")
    assert len(examples) == EXAMPLES
    assert not {"tide-post", "quay-news", "mentioned-person"} & set(examples)


def test_claim_with_the_longest_chain_is_featured(toy: Catalogue) -> None:
    """If it may be shown to anybody; none is, where there is none such."""
    (featured,) = select_claims(toy, {})["featured"]
    claim = toy.claims[featured]
    assert not is_protected(claim, toy)
    assert len(claim.attribution) == max(
        len(other.attribution)
        for other in toy.claims.values()
        if other.status == "published" and not is_protected(other, toy)
    )
    salt = toy.claims["tide-post-12/salt-kept-back"]
    assert select_claims(with_claims(toy, salt), {})["featured"] == ()
    assert select_claims(with_claims(toy, claim.model_copy(update={"status": "retracted"})), {})["featured"] == ()
