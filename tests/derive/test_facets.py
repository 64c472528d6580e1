"""By what claims are filtered: what each has of every facet."""

from musnad.derive.facets import FACETS, MARKS, NAMED, find_facets, find_party_facet
from musnad.derive.graph import make_graph
from musnad.derive.visible import publishable
from musnad.records.model import Catalogue


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
