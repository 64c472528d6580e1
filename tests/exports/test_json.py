"""The JSON export: what editors wrote and what was computed, told apart."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from musnad.exports.fields import KEPT_BACK, SHOWN, SHOWN_OF_RETRACTED, dump_shown
from musnad.exports.json import SCHEMA_VERSION, export_json
from musnad.pages.site import Site
from musnad.records.model import Catalogue, Claim, Entity, Source
from musnad.text.languages import LANGS


@pytest.fixture(scope="module")
def exported(toy_site: Site) -> dict[str, Any]:
    """Return the exported toy record."""
    found: dict[str, Any] = json.loads(export_json(toy_site))
    return found


def by_id(exported: dict[str, Any], group: str) -> dict[str, Any]:
    """Return the records of a group by id."""
    return {record["id"]: record for record in exported[group]}


def test_groups_and_records_keep_their_order(exported: dict[str, Any]) -> None:
    """Readers of a difference see only what changed."""
    assert list(exported) == ["about", "sources", "entities", "claims"]
    for group in ("sources", "entities", "claims"):
        ids = [record["id"] for record in exported[group]]
        assert ids == sorted(ids)


def test_text_is_the_same_each_time_and_readable(toy_site: Site) -> None:
    """Arabic stays Arabic, and the file ends with a newline."""
    text = export_json(toy_site)
    assert export_json(toy_site) == text
    assert text.endswith("}\n")
    assert "نقابة الخبّازين" in text


def test_readers_are_told_what_to_expect(exported: dict[str, Any]) -> None:
    """A program that reads the data can tell whether it still understands them."""
    assert next(iter(exported["about"])) == "schema_version"
    assert exported["about"]["schema_version"] == SCHEMA_VERSION


def test_record_and_derived_are_told_apart(exported: dict[str, Any]) -> None:
    """What was computed is nowhere among what was written."""
    for group, keys in (
        ("sources", {"pages", "version", "changed", "edits", "sentences", "places", "carried_by"}),
        ("entities", {"pages", "version", "changed", "edits", "mentions", "noindex"}),
        (
            "claims",
            {
                "pages",
                "version",
                "changed",
                "edits",
                "attributed_statement",
                "standing",
                "ties",
                "unit_prices",
                "changes",
                "passages",
                "noindex",
                "answers",
                "archived_passages",
            },
        ),
    ):
        for found in exported[group]:
            assert set(found["derived"]) == keys
            assert set(found) - {"kind"} == {"id", "record", "derived"}
            assert not keys & set(found["record"])


def test_claim_is_exported_with_its_attribution(exported: dict[str, Any]) -> None:
    """A statement never stands without the words that say whose it is."""
    claim = by_id(exported, "claims")["tide-post-12/salt-kept-back"]
    assert claim["derived"]["attributed_statement"]["en"] == (
        "According to a former clerk quoted by the Tide Post, Mira Holt keeps back salt from the Bakers’ Guild."
    )
    assert claim["record"]["attribution"][0] == {"voice": "outlet", "entity": "tide-post"}
    assert claim["derived"]["noindex"] is True
    assert claim["derived"]["standing"] == "contested"
    assert claim["derived"]["ties"] == [
        {"claim": "quay-news-7/no-salt-kept-back", "type": "contradicts", "stated_here": True}
    ]


def test_unit_prices_are_texts_with_their_hedge(exported: dict[str, Any]) -> None:
    """A decimal is no binary fraction, and a computed price is no more exact than its figure."""
    claims = by_id(exported, "claims")
    assert claims["tide-post-12/rye-bread-price"]["derived"]["unit_prices"] == [
        {"value": "1.8", "unit": "crown", "per": "kg", "comparator": "about", "rounded": False}
    ]
    assert claims["quay-news-7/rye-bread-price"]["derived"]["unit_prices"] == [
        {"value": "12.86", "unit": "crown", "per": "loaf", "comparator": "exact", "rounded": True}
    ]
    assert claims["tide-post-12/rye-bread-price"]["record"]["quantities"][0]["value"] == "90"


def test_retracted_claim_keeps_its_place_and_history_alone(exported: dict[str, Any]) -> None:
    """What was said is gone from the data too."""
    claim = by_id(exported, "claims")["tide-post-12/lamp-broken"]
    assert claim["derived"]["attributed_statement"] is None
    assert not {"statement", "subject", "predicate", "literal"} & set(claim["record"])
    assert claim["record"]["history"][0]["change"] == "retracted"
    assert "lamp of the Old Harbour" not in json.dumps(exported)


@pytest.mark.parametrize("record", [Source, Entity, Claim])
def test_every_field_is_shown_or_kept_back(record: type[Source | Entity | Claim]) -> None:
    """Whoever adds a field decides whether readers may have it; until then no export does."""
    assert SHOWN[record] | KEPT_BACK[record] == set(record.model_fields)
    assert not SHOWN[record] & KEPT_BACK[record]


def test_fields_of_a_retracted_claim_are_a_list_of_what_may_be_shown(toy: Catalogue) -> None:
    """Filled in every field, it still gives no more than the notice."""
    claim = toy.claims["tide-post-12/rye-bread-price"].model_copy(update={"status": "retracted"})
    assert set(dump_shown(claim)) <= SHOWN_OF_RETRACTED
    assert SHOWN[Claim] > SHOWN_OF_RETRACTED


def test_no_statement_stands_without_its_opening_words(toy: Catalogue, toy_site: Site) -> None:
    """Nowhere in the file, however it is encoded."""
    values = list(walk_json(json.loads(export_json(toy_site))))
    for claim in toy.claims.values():
        for lang in LANGS:
            assert claim.statement[lang] not in values


def walk_json(value: Any) -> Iterator[Any]:
    """Yield everything in a JSON value."""
    yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for item in inner:
        yield from walk_json(item)


def test_passages_lead_to_the_sentence(exported: dict[str, Any]) -> None:
    """A text fragment where the record has words for one, the article's address where not."""
    claims = by_id(exported, "claims")
    assert claims["tide-post-12/rye-bread-price"]["derived"]["passages"] == [
        "https://tide.example/12#:~:text=A%20sack%20of,correspondent%20says"
    ]
    assert claims["tide-post-12/guild-sells-bread"]["derived"]["passages"] == ["https://tide.example/12"]


def test_addresses_of_pages_are_absolute(exported: dict[str, Any]) -> None:
    """Whoever has only the file finds the site."""
    assert by_id(exported, "entities")["salt"]["derived"]["pages"] == {
        "ar": "https://harbour.example/ar/entities/salt/",
        "en": "https://harbour.example/en/entities/salt/",
    }


def test_living_person_is_marked_for_search_engines(exported: dict[str, Any]) -> None:
    """Until two people have checked the record."""
    noindex = {found["id"] for found in exported["entities"] if found["derived"]["noindex"]}
    assert noindex == {"mentioned-person"}


def test_derived_facts_of_each_kind_of_record(exported: dict[str, Any]) -> None:
    """Claims of each sentence; who is named as what; ties from both sides."""
    sentences = by_id(exported, "sources")["tide-post-12"]["derived"]["sentences"]
    assert sentences[1:3] == [
        {"paragraph": 1, "sentence": 2, "claims": ["tide-post-12/guild-sells-bread"]},
        {"paragraph": 2, "sentence": 1, "claims": ["tide-post-12/salt-kept-back"]},
    ]
    assert sentences[-1] == {"paragraph": 3, "sentence": 1, "claims": []}
    entities = by_id(exported, "entities")
    assert entities["rye-bread"]["kind"] == "good"
    assert entities["rye-bread"]["derived"]["mentions"] == [
        {"claim": "quay-news-7/rye-bread-price", "as": "subject"},
        {"claim": "tide-post-12/rye-bread-price", "as": "subject"},
        {"claim": "tide-post-12/guild-sells-bread", "as": "part", "role": "goods"},
    ]
    assert by_id(exported, "claims")["tide-post-12/rye-bread-price"]["derived"]["ties"] == [
        {"claim": "quay-news-7/rye-bread-price", "type": "repeats", "stated_here": False}
    ]


def test_every_standing_is_exported_as_it_is_derived(exported: dict[str, Any], toy_site: Site) -> None:
    """And no claim is left out."""
    standings = {id_: claim["derived"]["standing"] for id_, claim in by_id(exported, "claims").items()}
    assert standings == dict(toy_site.graph.standings)


def test_file_says_whose_it_is(exported: dict[str, Any]) -> None:
    """Name and rights in both languages, what made it, and how to read it."""
    about = exported["about"]
    assert about["name"] == {"ar": "سجلّ الميناء", "en": "Harbour Record"}
    assert about["rights"] == {"ar": "لا حقوق محفوظة.", "en": "No rights reserved."}
    assert about["generator"].startswith("musnad ")
    assert "derived: what follows from the records" in about["note"]


def test_record_stands_on_a_line_of_its_own(toy_site: Site) -> None:
    """So that a difference of two exports names the records that differ."""
    lines = export_json(toy_site).splitlines()
    ids = [json.loads(line.rstrip(","))["id"] for line in lines if line.startswith('{"id"')]
    shown = toy_site.shown
    assert ids == [*shown.sources, *shown.entities, *shown.claims]
