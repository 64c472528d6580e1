"""Ways: read in both languages, linked, and on the pages of their stops."""

from typing import Any

import pytest

from musnad.derive.graph import make_graph
from musnad.derive.mentions import Mention
from musnad.derive.visible import publishable
from musnad.editing.diff import compare_catalogues
from musnad.exports.fields import dump_shown
from musnad.pages.elements.relations import make_parties
from musnad.pages.elements.ways import make_way_fact, tell_way
from musnad.records.model import Catalogue, Inference, Stop
from musnad.records.values import LocalizedText
from musnad.search.documents import list_documents
from musnad.text.languages import LANGS
from tests.conftest import change, make_toy_site

CLAIM = "tide-post-12/guild-sells-bread"
SEA, ROAD, LATIN = (
    {"text": {"ar": "البحر", "en": "the sea"}},
    {"text": {"ar": "طريق ترابي", "en": "a dirt road"}},
    {"text": {"ar": "M4", "en": "the M4"}},
)
OLD, NEW, BAY = ({"entity": id_} for id_ in ("old-harbour", "new-harbour", "lantern-bay"))
CASES: dict[str, tuple[list[tuple[str, dict[str, Any]]], str, str]] = {
    "from and to": (
        [("from", OLD), ("to", NEW)],
        "من الميناء القديم إلى الميناء الجديد",
        "from Old Harbour to New Harbour",
    ),
    "through one": (
        [("from", OLD), ("through", SEA), ("to", NEW)],
        "من الميناء القديم مرورًا بالبحر إلى الميناء الجديد",
        "from Old Harbour, through the sea, to New Harbour",
    ),
    "through several": (
        [("from", OLD), ("through", ROAD), ("through", BAY), ("through", SEA), ("to", NEW)],
        "من الميناء القديم مرورًا بطريق ترابي وخليج الفانوس والبحر إلى الميناء الجديد",
        "from Old Harbour, through a dirt road, Lantern Bay and the sea, to New Harbour",
    ),
    "without an end": (
        [("from", OLD), ("through", LATIN)],
        "من الميناء القديم مرورًا بـM4",
        "from Old Harbour, through the M4",
    ),
    "without a start": (
        [("through", OLD), ("to", NEW)],
        "مرورًا بالميناء القديم إلى الميناء الجديد",
        "through Old Harbour, to New Harbour",
    ),
    "through alone": (
        [("through", OLD), ("through", NEW)],
        "مرورًا بالميناء القديم والميناء الجديد",
        "through Old Harbour and New Harbour",
    ),
    "there and back": (
        [("from", OLD), ("through", SEA), ("to", OLD)],
        "من الميناء القديم مرورًا بالبحر إلى الميناء القديم",
        "from Old Harbour, through the sea, to Old Harbour",
    ),
}


def make_way(stops: list[tuple[str, dict[str, Any]]]) -> tuple[Stop, ...]:
    """Return stops in their order."""
    return tuple(Stop.model_validate({"at": at, **fields}) for at, fields in stops)


@pytest.mark.parametrize(("stops", "ar", "en"), CASES.values(), ids=CASES)
def test_way_reads_as_it_was_looked_at(
    stops: list[tuple[str, dict[str, Any]]], ar: str, en: str, toy: Catalogue
) -> None:
    """In the order of the source; the Arabic particle is written onto an Arabic word."""
    catalogue = change(toy, "claims", CLAIM, way=make_way(stops))
    composers = make_toy_site(catalogue).composers
    assert {lang: tell_way(composers[lang], catalogue.claims[CLAIM]) for lang in LANGS} == {"ar": ar, "en": en}


@pytest.fixture(scope="module")
def travelled(toy: Catalogue) -> Catalogue:
    """Return the toy record with a way that no other field names."""
    way = make_way([("from", NEW), ("through", SEA), ("to", BAY)])
    reason = LocalizedText(ar="لا يُذكر خليج غيره.", en="There is no other bay.")
    return change(toy, "claims", CLAIM, way=way, inferred=(Inference(entity="lantern-bay", reason=reason),))


def test_stops_are_linked_and_marked_where_they_are_inferred(travelled: Catalogue) -> None:
    """As parties are."""
    site = make_toy_site(travelled)
    fact = make_way_fact(site.composers["ar"], travelled.claims[CLAIM])
    links = [(piece.text, piece.href, piece.is_inferred) for piece in fact.pieces if piece.href]
    assert links == [
        ("الميناء الجديد", "ar/entities/new-harbour/", False),
        ("خليج الفانوس", "ar/entities/lantern-bay/", True),
    ]
    page = site.make_page(f"en/claims/{CLAIM}.md").text
    # Where something happened is told by its way.
    assert "Place</dt><dd><span>Not stated" not in page
    assert (
        'Way</dt><dd><span>from <a href="../../../../en/entities/new-harbour/">New Harbour</a>, through the sea, to '
        in page
    )
    assert [fact.label for fact in make_parties(site.composers["en"], travelled.claims[CLAIM])][-1] == (
        "Inferred by the record"
    )


def test_claim_stands_on_the_page_of_each_stop(travelled: Catalogue) -> None:
    """Under a heading of its own."""
    assert Mention(CLAIM, "way") in make_graph(publishable(travelled)).mentions["lantern-bay"]
    page = make_toy_site(travelled).make_page("en/entities/lantern-bay.md").text
    assert "Named on the way" in page


def test_way_is_searched_exported_and_told_as_a_change(toy: Catalogue, travelled: Catalogue) -> None:
    """In its order."""
    document = next(found for found in list_documents(make_toy_site(travelled)) if found.path == f"claims/{CLAIM}/")
    assert document.text[0] == "من الميناء الجديد مرورًا بالبحر إلى خليج الفانوس"
    assert [stop["at"] for stop in dump_shown(travelled.claims[CLAIM])["way"]] == ["from", "through", "to"]
    (changed,) = compare_catalogues(toy, travelled).changed
    assert {value.path[0] for value in changed.values} == {"way", "inferred"}
