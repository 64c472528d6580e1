"""Pages that lead to records: how much they list, in which order, and what the home page counts."""

import re
from dataclasses import replace

import pytest

from musnad.derive.selection import LATEST as LISTED
from musnad.pages.elements.parts import Link
from musnad.pages.views.home import LATEST, HomeBody, make_home_view
from musnad.pages.views.indexes import (
    SECTION_ENTRIES,
    ClaimsBody,
    EntryGroup,
    IndexBody,
    SourcesBody,
    make_claims_view,
    make_kind_view,
    make_section_view,
    make_sources_view,
)
from musnad.pages.views.reading import ReadingBody, make_reading_view
from musnad.records.model import Catalogue, Name, Review
from musnad.records.model import Link as Tie
from musnad.text.digits import to_arabic_digits
from musnad.text.languages import LANGS
from tests.conftest import change, copy_claim, make_toy_site

CLOSED, SALE, SALT = (f"tide-post-12/{name}" for name in ("harbour-closed", "guild-sells-bread", "salt-kept-back"))


def add_goods(toy: Catalogue, count: int) -> Catalogue:
    """Return a catalogue with so many goods in all, the new ones called by letters of their own."""
    entities = dict(toy.entities)
    for n in range(count - 2):
        name = f"{chr(97 + n % 26)}{n:02}"
        names = tuple(Name(text=name, lang=lang, role="primary") for lang in ("ar", "en"))
        entities[f"good-{n:02}"] = toy.entities["salt"].model_copy(update={"id": f"good-{n:02}", "names": names})
    return replace(toy, entities=entities)


def make_section(catalogue: Catalogue) -> dict[str, EntryGroup]:
    """Return what the section of the harbour lists, by kind."""
    body = make_section_view(make_toy_site(catalogue).composers["en"], "harbour").body
    assert isinstance(body, IndexBody)
    return {group.anchor: group for group in body.groups}


def make_kind(catalogue: Catalogue, kind: str) -> IndexBody:
    """Return what the index of a kind shows."""
    body = make_kind_view(make_toy_site(catalogue).composers["en"], kind).body
    assert isinstance(body, IndexBody)
    return body


@pytest.mark.parametrize("count", [2, SECTION_ENTRIES, SECTION_ENTRIES + 1])
def test_section_shows_the_most_claimed_of_each_kind(count: int, toy: Catalogue) -> None:
    """No more than forty, sorted by name; the kind's own page, a link away, has all."""
    goods = make_section(add_goods(toy, count))["good"]
    assert len(goods.entries) == min(count, SECTION_ENTRIES)
    assert goods.more == Link(f"Goods, all {count}", "en/browse/harbour/good/")
    names = [entry.link.text for entry in goods.entries]
    assert names == sorted(names, key=str.lower)
    assert {"Rye bread", "Salt"} <= set(names)


def test_section_keeps_what_has_a_price_however_few_claims_name_it(toy: Catalogue) -> None:
    """And of the rest what has most claims."""
    catalogue = add_goods(toy, SECTION_ENTRIES + 1)
    named = [(f"good-{n:02}", f"c-{n}-{m}") for n in range(SECTION_ENTRIES - 1) for m in range(5)]
    copies = [copy_claim(toy.claims[CLOSED], name, subject=good) for good, name in named]
    price = toy.claims["tide-post-12/rye-bread-price"].model_copy(update={"links": ()})
    catalogue = replace(catalogue, claims={claim.id: claim for claim in (*copies, price)})
    names = {entry.link.text for entry in make_section(catalogue)["good"].entries}
    assert "Rye bread" in names
    assert "Salt" not in names


def test_sections_show_their_own_kinds_alone(toy: Catalogue) -> None:
    """In the order of the vocabulary; a kind without entities is left out."""
    assert list(make_section(toy)) == ["place", "good"]
    entities = {id_: entity for id_, entity in toy.entities.items() if entity.kind != "good"}
    assert list(make_section(replace(toy, entities=entities, claims={}))) == ["place"]


@pytest.mark.parametrize(("count", "has_jumps"), [(SECTION_ENTRIES, False), (SECTION_ENTRIES + 1, True)])
def test_long_index_has_its_letters_at_the_top(count: int, has_jumps: bool, toy: Catalogue) -> None:
    """Each leads to its group."""
    body = make_kind(add_goods(toy, count), "good")
    assert [(link.text, link.href) for link in body.letters] == (
        [(group.label, f"#{group.anchor}") for group in body.groups] if has_jumps else []
    )
    assert [group.anchor for group in body.groups] == [f"letter-{n}" for n in range(1, len(body.groups) + 1)]
    assert sum(len(group.entries) for group in body.groups) == count
    assert body.lede == f"{count} records, sorted by name."


def test_entries_tell_prices_or_what_an_entity_is(toy: Catalogue) -> None:
    """Of a good its prices with their voices, or that there is none; of others the finer word for them."""
    entries = {
        entry.link.text: entry
        for kind in ("good", "place")
        for group in make_kind(toy, kind).groups
        for entry in group.entries
    }
    assert [(price.quantity.amount, price.voice, price.href) for price in entries["Rye bread"].prices] == [
        ("90\u00a0crowns", "the Quay News", "en/claims/quay-news-7/rye-bread-price/"),
        ("90\u00a0crowns", "a correspondent of the Tide Post", "en/claims/tide-post-12/rye-bread-price/"),
    ]
    assert {name: (entry.note, entry.count) for name, entry in entries.items()} == {
        "Rye bread": ("No unit price stated", "3 claims"),
        "Salt": ("No unit price stated", "1 claim"),
        "Lantern Bay": ("", "1 claim"),
        "New Harbour": ("", "1 claim"),
        "Old Harbour": ("harbour", "3 claims"),
    }
    assert (entries["Salt"].other_name, entries["Salt"].other_lang, entries["Salt"].prices) == ("ملح", "ar", ())


def test_index_of_sources_tells_when_each_was_published(toy: Catalogue) -> None:
    """Or that nobody knows."""
    body = make_sources_view(make_toy_site(toy).composers["en"]).body
    assert isinstance(body, SourcesBody)
    assert [(entry.title, entry.note) for entry in body.entries] == [
        ("On the bread of the harbour", "Date of publication not established"),
        ("Bread on the quay", "Published 4\u00a0May 2024"),
    ]
    assert body.entries[1].coverage == "3 paragraphs, 6 sentences and 5 claims; 1 sentence without a claim."


def multiply(toy: Catalogue, claim_id: str, count: int) -> Catalogue:
    """Return a catalogue with many copies of a claim, each in tension with the first."""
    tie = (Tie(type="in-tension-with", claim="tide-post-12/copy-00"),)
    copies = [copy_claim(toy.claims[claim_id], f"copy-{n:02}", links=tie if n else ()) for n in range(count)]
    return replace(toy, claims={claim.id: claim for claim in copies})


def test_index_of_claims_counts_what_other_pages_show(toy: Catalogue) -> None:
    """The latest are listed; those in tension and those with more than one reading are counted."""
    readings = toy.claims[SALT].readings
    catalogue = multiply(change(toy, "claims", SALE, readings=readings), SALE, LISTED + 2)
    body = make_claims_view(make_toy_site(catalogue).composers["en"]).body
    assert isinstance(body, ClaimsBody)
    assert (len(body.latest), body.tensions, body.ambiguous) == (LISTED, "31 pairs", "32 claims")
    assert body.total == "32 claims"
    home = make_home_view(make_toy_site(catalogue).composers["en"]).body
    assert isinstance(home, HomeBody)
    assert [claim.id for claim in home.latest] == [f"tide-post-12/copy-{n:02}" for n in range(LATEST)]
    assert {way.link.text: way.count for way in home.ways if "#" in (way.link.href or "")} == {
        "Accounts in tension": 31,
        "Claims with more than one reading": 32,
    }


def test_home_page_counts_everything(toy: Catalogue) -> None:
    """Sources, sentences, claims, and how many of these are borne out and checked."""
    reviews = (Review(date="2024-07-01", reviewer="Ann"), Review(date="2024-07-02", reviewer="Bo"))
    composer = make_toy_site(change(toy, "claims", SALE, reviews=reviews)).composers["en"]
    body = make_home_view(composer).body
    assert isinstance(body, HomeBody)
    assert body.counts == (
        ("sources", 2),
        ("sentences; 9 carry claims", 11),
        ("claims", 9),
        ("claims independently corroborated", 2),
        ("claims checked by two people", 2),
    )
    assert [(way.link.text, way.link.href, way.count) for way in body.ways] == [
        ("People", "en/browse/people/", 5),
        ("Harbour and goods", "en/browse/harbour/", 5),
        ("Sources", "en/sources/", 2),
        ("Claims", "en/claims/", 9),
        ("Accounts in tension", "en/accounts/#tensions", 1),
        ("Claims with more than one reading", "en/questions/#readings", 1),
    ]


def test_home_page_does_without_what_is_not_shown(toy: Catalogue) -> None:
    """An example that was withheld is no example, and a section without entities no way in."""
    assert toy.site is not None
    catalogue = change(toy, "claims", toy.site.featured, status="withheld")
    catalogue = change(catalogue, "entities", "old-harbour", status="withheld")
    entities = {id_: entity for id_, entity in catalogue.entities.items() if entity.kind in ("good", "place")}
    composer = make_toy_site(replace(catalogue, entities=entities, claims={}, sources={})).composers["en"]
    body = make_home_view(composer).body
    assert isinstance(body, HomeBody)
    assert (body.featured, body.figure) == (None, ())
    assert [link.text for link in body.examples] == ["Rye bread"]
    assert "People" not in [way.link.text for way in body.ways]


def test_guide_explains_every_mark_and_shows_every_chain_once(toy: Catalogue) -> None:
    """Marks that claims have, in the order of the vocabulary; of the same chain the first in reading order."""
    body = make_reading_view(make_toy_site(toy).composers["en"]).body
    assert isinstance(body, ReadingBody)
    assert [legend.anchor for legend in body.modalities] == ["asserted", "reported"]
    assert [(legend.anchor, legend.badge.icon) for legend in body.standings if legend.badge.is_stop] == [
        ("contested", "contested"),
        ("corrected", "corrected"),
        ("retracted", "retracted"),
        ("superseded", "corrected"),
    ]
    assert [(legend.anchor, legend.badge.icon) for legend in body.standings if not legend.badge.is_stop] == [
        ("single", "single"),
        ("repeated", "repeated"),
        ("independent", "independent"),
        ("denied", "denied"),
        ("unreviewed", "unreviewed"),
    ]
    assert [[voice.name for voice in chain] for chain in body.chains] == [
        ["Quay News"],
        ["Quay News", "its correspondent"],
        ["Tide Post", "people"],
    ]
    assert body.computed == "about 1.8\u00a0crowns per kg"
    assert body.steps == (("spot", "Spot"), ("around", "Surroundings"), ("area", "Region"))


def test_digits_of_a_publication_reach_its_arabic_pages_alone(toy: Catalogue) -> None:
    """Counts that templates show, dates and amounts; addresses and ids keep theirs."""
    assert toy.site is not None
    site = make_toy_site(replace(toy, site=toy.site.model_copy(update={"digits": "arabic"})))
    pages = {lang: site.make_page(f"{lang}/index.md").body for lang in LANGS}
    count = len(toy.sources)
    assert f"<dd>{count}</dd>" in pages["en"]
    assert f"<dd>{to_arabic_digits(str(count))}</dd>" in pages["ar"]
    assert re.findall(r"<(?:dd|b|b class=\"num\")>[^<]*[0-9]", pages["ar"]) == []
    assert re.findall(r'(?:id|href)="[^"]*[٠-٩]', pages["ar"]) == []
