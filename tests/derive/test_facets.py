"""By what claims are filtered: what each has of every facet."""

from musnad.derive.facets import FACETS, MARKS, NAMED, find_facets, find_party_facet
from musnad.derive.graph import make_graph
from musnad.derive.visible import publishable
from musnad.records.model import Catalogue, Time
from tests.conftest import change


def test_claim_has_its_facets(toy: Catalogue) -> None:
    """Parties by what they are; a chain with one unnamed voice rests on it."""
    shown = publishable(toy)
    graph = make_graph(shown)
    found = {id_: find_facets(claim, shown, graph) for id_, claim in shown.claims.items()}
    for id_, claim in shown.claims.items():
        assert found[id_]["source"] == (claim.source_id,)
        assert set(found[id_]) <= set(FACETS)
        assert set(found[id_]["named"]) <= set(NAMED)
        assert set(found[id_].get("mark", ())) <= set(MARKS)
        voices = [shown.vocabulary.voices[voice.voice] for voice in claim.attribution]
        assert found[id_]["named"] == (("unnamed",) if any(not voice.named for voice in voices) else ("named",))
    assert {"goods", "place", "party"} == {find_party_facet(entity, shown) for entity in shown.entities.values()}


def test_retracted_claim_says_nothing_of_what_it_said(toy: Catalogue) -> None:
    """Only whose it was, and that it was withdrawn."""
    shown = publishable(toy)
    graph = make_graph(shown)
    retracted = [claim for claim in shown.claims.values() if claim.status == "retracted"]
    assert retracted
    for claim in retracted:
        assert set(find_facets(claim, shown, graph)) == {"source", "voice", "named", "standing"}
        assert find_facets(claim, shown, graph)["standing"] == ("retracted",)


def test_what_views_cut_off_is_found_by_marks(toy: Catalogue) -> None:
    """Accounts in tension, what is qualified, not stated or told as a way, and how far a time is on a calendar."""
    salt, closed = "tide-post-12/salt-kept-back", "quay-news-7/harbour-reopened"
    shown = publishable(toy)
    graph = make_graph(shown)

    def find_marks(claim_id: str, catalogue: Catalogue = shown) -> set[str]:
        return set(find_facets(catalogue.claims[claim_id], catalogue, graph).get("mark", ()))

    assert "tension" in find_marks(salt)
    assert "tension" not in find_marks(closed)
    assert {id_ for id_, claim in shown.claims.items() if claim.status != "retracted" and claim.not_stated} == {
        id_ for id_ in shown.claims if "not-stated" in find_marks(id_)
    }
    for time, mark in (
        (None, "untimed"),
        (Time(basis="stated", edtf="2024"), "dated"),
        (Time(basis="relative-to-publication"), "relative"),
        (Time(basis="stated", to_come=True), "to-come"),
        (Time(basis="stated"), "worded"),
    ):
        assert mark in find_marks(closed, change(shown, "claims", closed, time=time))
