"""Pages that lead to records: how much they list, in which order, and what the home page counts."""

import re
from dataclasses import replace

import pytest

from musnad.derive.selection import LATEST as LISTED
from musnad.pages.elements.parts import Link
from musnad.pages.views.home import LATEST, HomeBody, make_home_view
from musnad.pages.views.indexes import (
    OPEN,
    SECTION_ENTRIES,
    ClaimsBody,
    EntryGroup,
    EntryList,
    IndexBody,
    Newest,
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


def list_names(found: EntryList) -> list[str]:
    """Return the names of a list, the folded ones after the others."""
    return [entry.link.text for entry in (*found.entries, *found.folded)]


@pytest.mark.parametrize("count", [3, OPEN + 2, OPEN + 3, SECTION_ENTRIES, SECTION_ENTRIES + 1])
def test_section_begins_with_prices_and_folds_what_is_long(count: int, toy: Catalogue) -> None:
    """Goods with a price, then those of which none is stated, which is said once; forty at most, and a way to all."""
    goods = make_section(add_goods(toy, count))["good"]
    assert goods.more == Link(f"Goods, all {count}, by name", "en/browse/harbour/good/")
    assert [(found.label, list_names(found)[0]) for found in goods.lists] == [
        ("With a price, and who states it", "Rye bread"),
        ("No unit price stated", "Salt"),
        ("No claim names these", "a00"),
    ]
    assert sum(len(list_names(found)) for found in goods.lists) == min(count, SECTION_ENTRIES)
    bare = goods.lists[-1]
    assert list_names(bare) == sorted(list_names(bare))
    assert (len(bare.entries), len(bare.folded)) == (
        (count - 2, 0) if count - 2 <= OPEN + 1 else (OPEN, min(count, SECTION_ENTRIES) - 2 - OPEN)
    )


def test_section_keeps_what_has_a_price_however_few_claims_name_it(toy: Catalogue) -> None:
    """And of the rest what has most claims, by name where it is as many."""
    catalogue = add_goods(toy, SECTION_ENTRIES + 2)
    named = [(f"good-{n:02}", f"c-{n}-{m}") for n in range(SECTION_ENTRIES) for m in range(2 if n % 2 else 5)]
    copies = [copy_claim(toy.claims[CLOSED], name, subject=good) for good, name in named]
    price = toy.claims["tide-post-12/rye-bread-price"].model_copy(update={"links": ()})
    catalogue = replace(catalogue, claims={claim.id: claim for claim in (*copies, price)})
    priced, claimed = make_section(catalogue)["good"].lists
    assert list_names(priced) == ["Rye bread"]
    assert "Salt" not in list_names(claimed)
    counts = [entry.count.text for entry in (*claimed.entries, *claimed.folded) if entry.count]
    assert counts == ["5 claims"] * 20 + ["2 claims"] * 19
    names = list_names(claimed)
    assert names == [*sorted(names[:20]), *sorted(names[20:])]


def test_entry_tells_on_whose_word_claims_rest(toy: Catalogue) -> None:
    """The voices with most claims first, and how many others there are; the number leads to the claims."""
    voices = [toy.claims[SALE].attribution, *(claim.attribution for claim in toy.claims.values())]
    chains = list(dict.fromkeys(voices))
    copies = [
        copy_claim(toy.claims[CLOSED], f"c-{n}-{m}", subject="salt", object=None, attribution=chain, links=())
        for n, chain in enumerate(chains)
        for m in range(n + 1)
    ]
    body = make_section(replace(toy, claims={claim.id: claim for claim in copies}))["good"].lists[0]
    (salt,) = [entry for entry in body.entries if entry.link.text == "Salt"]
    total = len(copies)
    assert salt.count == Link(f"{total} claims", "en/claims/all/?goods=salt")
    assert [heard.count for heard in salt.voices] == [len(chains), len(chains) - 1, len(chains) - 2]
    assert salt.more_voices == f"and {len(chains) - 3} other voices"


def test_nobody_living_is_ranked_or_counted(toy: Catalogue) -> None:
    """By name behind whoever speaks of them, with no number; before two reviews, on the index of the kind alone."""
    body = make_section_view(make_toy_site(toy).composers["en"], "people").body
    assert isinstance(body, IndexBody)
    (people,) = [group for group in body.groups if group.anchor == "person"]
    assert (people.lists, people.more is None) == ((), False)
    reviews = (Review(date="2024-07-01", reviewer="Ann"), Review(date="2024-07-02", reviewer="Bo"))
    reviewed = change(toy, "entities", "mentioned-person", reviews=reviews)
    body = make_section_view(make_toy_site(reviewed).composers["en"], "people").body
    assert isinstance(body, IndexBody)
    (people,) = [group for group in body.groups if group.anchor == "person"]
    (living,) = people.lists
    assert living.label.startswith("People who are, or may be, living")
    (mira,) = living.entries
    assert (mira.link.text, mira.count, mira.notes) == ("Mira Holt", None, ())
    assert mira.voices
    assert [heard.count for heard in mira.voices] == [None] * len(mira.voices)
    (again,) = make_kind(toy, "person").groups[0].lists[0].entries
    assert (again.count, again.voices) == (None, ())


def test_every_page_with_the_name_is_kept_from_search_engines(toy: Catalogue) -> None:
    """Whatever it is for, until two people have reviewed the person's record; not the sections."""
    site = make_toy_site(toy)
    names = [name.text for name in toy.entities["mentioned-person"].names]
    named = {page.file: bool(page.fields.get("noindex")) for page in site.pages() if any(n in page.text for n in names)}
    assert all(named.values()), named
    assert {"en/browse/people/person.md", "ar/browse/people/person.md"} <= named.keys()
    assert not site.make_page("en/browse/people.md").fields.get("noindex")
    reviews = (Review(date="2024-07-01", reviewer="Ann"), Review(date="2024-07-02", reviewer="Bo"))
    reviewed = make_toy_site(change(toy, "entities", "mentioned-person", reviews=reviews))
    assert not reviewed.make_page("en/browse/people/person.md").fields.get("noindex")


def test_index_that_repeats_a_living_voice_is_kept_from_search_engines(toy: Catalogue) -> None:
    """A price or a count on the word of a living person, until two people have checked it."""
    price = "tide-post-12/rye-bread-price"
    voice = (toy.claims[price].attribution[0].model_copy(update={"entity": "mentioned-person"}),)
    catalogue = change(toy, "claims", price, attribution=voice, reviews=())

    def is_hidden(shown: Catalogue) -> list[bool]:
        composer = make_toy_site(shown).composers["en"]
        pages = make_section_view(composer, "harbour"), make_kind_view(composer, "good")
        return [page.head.is_noindex for page in pages]

    assert is_hidden(toy) == [False, False]
    assert is_hidden(catalogue) == [True, True]
    reviews = (Review(date="2024-07-01", reviewer="Ann"), Review(date="2024-07-02", reviewer="Bo"))
    assert is_hidden(change(catalogue, "claims", price, reviews=reviews)) == [False, False]


def test_newest_of_a_section_have_their_day(toy: Catalogue) -> None:
    """No living people; nothing where all came on one day."""
    later = toy.entities["salt"].extracted.model_copy(update={"date": "2024-06-03"})
    assert find_newest(toy, "harbour") is None
    assert find_newest(change(toy, "entities", "salt", extracted=later), "harbour") == Newest(
        "Newest, extracted 3\u00a0June 2024:", (Link("Salt", "en/entities/salt/"),)
    )
    assert find_newest(change(toy, "entities", "mentioned-person", extracted=later), "people") is None


def find_newest(catalogue: Catalogue, section: str) -> Newest | None:
    """Return what came last in a section."""
    body = make_section_view(make_toy_site(catalogue).composers["en"], section).body
    assert isinstance(body, IndexBody)
    return body.newest


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
    assert sum(len(found.entries) for group in body.groups for found in group.lists) == count
    assert body.lede == f"{count} records, sorted by name."


def test_entries_tell_prices_behind_their_voices(toy: Catalogue) -> None:
    """On the index by name too, where nothing is said of goods without one; of others the finer word for them."""
    entries = {
        entry.link.text: entry
        for kind in ("good", "place")
        for group in make_kind(toy, kind).groups
        for found in group.lists
        for entry in found.entries
    }
    figures = entries["Rye bread"].figures
    assert [(f.label, f.lead, f.href, f.fact.quantity and f.fact.quantity.amount) for f in figures] == [
        (
            "",
            "According to a correspondent of the Tide Post,",
            "en/claims/tide-post-12/rye-bread-price/",
            "90\u00a0crowns",
        ),
        ("", "According to the Quay News,", "en/claims/quay-news-7/rye-bread-price/", "90\u00a0crowns"),
    ]
    assert {name: (entry.notes, entry.count and entry.count.text) for name, entry in entries.items()} == {
        "Rye bread": ((), "3 claims"),
        "Salt": ((), "1 claim"),
        "Lantern Bay": ((), "1 claim"),
        "New Harbour": ((), "1 claim"),
        "Old Harbour": (("harbour",), "3 claims"),
    }
    assert (entries["Salt"].other_name, entries["Salt"].figures) == ("ملح", ())


def test_index_of_sources_tells_which_date_it_goes_by(toy: Catalogue) -> None:
    """By publication, the latest first; what has none, said once, by the day of extraction."""
    body = make_sources_view(make_toy_site(toy).composers["en"]).body
    assert isinstance(body, IndexBody)
    found = {group.label: group.lists[0].entries for group in body.groups}
    assert {label: [entry.notes for entry in entries] for label, entries in found.items()} == {
        "Published, the latest first": [
            (
                "Bread on the quay",
                "3 paragraphs, 6 sentences and 5 claims; 1 sentence without a claim.",
                "Published 4\u00a0May 2024",
            )
        ],
        "Date of publication not established; the last extracted first": [
            (
                "On the bread of the harbour",
                "2 paragraphs, 5 sentences and 4 claims; 1 sentence without a claim.",
                "Extracted 20\u00a0May 2024",
            )
        ],
    }


def test_many_sources_are_folded_and_stand_by_name_besides(toy: Catalogue) -> None:
    """Newer ones first; of one day by name."""
    source = toy.sources["tide-post-12"]
    days = {f"tide-{n:02}": f"2024-05-{1 + n % 28:02}" for n in range(30)}
    sources = {id_: source.model_copy(update={"id": id_, "published": day}) for id_, day in days.items()}
    body = make_sources_view(make_toy_site(replace(toy, sources=sources, claims={})).composers["en"]).body
    assert isinstance(body, IndexBody)
    published, by_name = (group.lists[0] for group in body.groups)
    newest = sorted(sources, key=lambda id_: (-int(days[id_][-2:]), id_))
    assert list_names(published) == [f"Tide Post, {id_}" for id_ in newest]
    assert (len(published.entries), published.fold_label) == (OPEN, "20 more sources")
    assert list_names(by_name) == [f"Tide Post, {id_}" for id_ in sorted(sources)]


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
    (day,) = body.latest
    assert (day.label, len(day.claims)) == ("Extracted or last changed 20\u00a0May 2024", OPEN)
    assert (len(day.folded), day.fold_label) == (LISTED - OPEN, "20 more claims")
    assert (body.tensions, body.ambiguous, len(body.pairs)) == ("31 pairs", "32 claims", 1)
    assert body.table.text == "All claims in one table: 32"
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
