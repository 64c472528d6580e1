"""The page of a source: sentences without a claim say once why."""

from musnad.pages.views.source import PlaceClaims, SourceBody, make_source_view
from musnad.records.model import Catalogue, Sentence
from musnad.records.values import LocalizedText
from tests.conftest import change, make_toy_site

SOURCE = "tide-post-12"
BARE = "No claim has been taken from this sentence yet."


def list_places(catalogue: Catalogue) -> tuple[PlaceClaims, ...]:
    """Return what the English page shows sentence by sentence."""
    body = make_source_view(make_toy_site(catalogue).composers["en"], SOURCE).body
    assert isinstance(body, SourceBody)
    return body.places


def test_sentences_without_a_claim_say_once_why(toy: Catalogue) -> None:
    """Those that follow each other for the same reason stand together, each with its own anchor."""
    source = toy.sources[SOURCE]
    last = source.paragraphs[-1]
    number = len(source.paragraphs)
    reason = LocalizedText(ar="للسياق فقط.", en="Context alone.")
    first = last.sentences[0].model_copy(update={"no_claim": None})
    sentences: tuple[Sentence, ...] = (
        *last.sentences,
        first,
        first,
        first.model_copy(update={"no_claim": reason}),
        first.model_copy(update={"no_claim": reason}),
        first,
    )
    paragraphs = (*source.paragraphs[:-1], last.model_copy(update={"sentences": sentences}))
    before, after = list_places(toy), list_places(change(toy, "sources", SOURCE, paragraphs=paragraphs))
    count = len(last.sentences)
    anchors = [f"p{number}s{n}" for n in range(count + 1, count + 6)]
    found = [place for place in after if place.anchor not in {place.anchor for place in before}]
    assert [(place.anchor, place.reason, [anchor for anchor, _ in place.alike]) for place in found] == [
        (anchors[0], BARE, [anchors[1]]),
        (anchors[2], "Context alone.", [anchors[3]]),
        (anchors[4], BARE, []),
    ]
    page = make_toy_site(change(toy, "sources", SOURCE, paragraphs=paragraphs)).make_page(
        f"en/sources/{SOURCE}/index.md"
    )
    assert all(f'id="{anchor}"' in page.body for anchor in anchors)
    assert page.body.count("Context alone.") == 1
