"""The feeds: read by a feed parser, held against RFC 4287, and free of what readers must not get without its voice."""

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import pytest

from musnad.derive.edits import Edit
from musnad.derive.people import is_protected
from musnad.exports.feed import ATOM, LISTED, export_feeds
from musnad.pages.elements.voices import make_lead
from musnad.pages.site import Site, SiteOptions
from musnad.records.model import Catalogue, Change, Review
from musnad.text.languages import LANGS, Lang
from tests.conftest import change, copy_claim, make_toy_site

_NAMES = {"a": ATOM}
SALE = "tide-post-12/guild-sells-bread"


def read(site: Site, lang: Lang = "en") -> feedparser.FeedParserDict:
    """Return a feed as a reader's program has it."""
    found = feedparser.parse(dict(export_feeds(site))[f"{lang}/feed.xml"].encode())
    assert not found.bozo
    assert found.version == "atom10"
    return found


@pytest.mark.parametrize("lang", LANGS)
def test_feed_has_what_the_standard_demands(lang: Lang, toy_site: Site) -> None:
    """RFC 4287, 4.1.1 and 4.1.2: ids, titles, times, an author, a link to itself and to each page, all absolute."""
    feed = ElementTree.fromstring(dict(export_feeds(toy_site))[f"{lang}/feed.xml"])
    assert feed.tag == f"{{{ATOM}}}feed"
    entries = feed.findall("a:entry", _NAMES)
    assert entries
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            (one,) = element.findall(f"a:{name}", _NAMES)
            assert one.text
        datetime.strptime(element.findtext("a:updated", "", _NAMES), "%Y-%m-%dT%H:%M:%SZ")
        (page,) = element.findall("a:link[@rel='alternate']", _NAMES)
        assert page.get("href", "").startswith(f"https://harbour.example/{lang}/")
        assert page.get("hreflang") == lang
    (own,) = feed.findall("a:link[@rel='self']", _NAMES)
    assert own.get("href") == feed.findtext("a:id", "", _NAMES) == f"https://harbour.example/{lang}/feed.xml"
    assert feed.findtext("a:author/a:name", "", _NAMES)
    ids = [entry.findtext("a:id", "", _NAMES) for entry in entries]
    assert len(set(ids)) == len(ids)
    assert all(id_.startswith("tag:harbour.example,2024-") for id_ in ids)
    times = [entry.findtext("a:updated", "", _NAMES) for entry in entries]
    assert times == sorted(times, reverse=True)
    assert feed.findtext("a:updated", "", _NAMES) == times[0]
    assert {content.get("type") for content in feed.findall("a:entry/a:content", _NAMES)} == {"xhtml"}


def read_json(site: Site, lang: Lang = "en") -> dict[str, Any]:
    """Return the JSON twin of a feed."""
    found: dict[str, Any] = json.loads(dict(export_feeds(site))[f"{lang}/feed.json"])
    return found


@pytest.mark.parametrize("lang", LANGS)
def test_json_feed_has_what_its_standard_demands(lang: Lang, toy_site: Site) -> None:
    """JSON Feed 1.1: members by name and type, absolute addresses, own ids, times of RFC 3339, own members apart."""
    feed = read_json(toy_site, lang)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"https://harbour.example/{lang}/feed.json"
    assert feed["language"] == lang
    texts = {"version", "title", "home_page_url", "feed_url", "description", "language"}
    assert {name for name in feed if isinstance(feed[name], str)} == texts
    assert feed.keys() - texts - {"_musnad"} == {"authors", "items"}
    assert all(author["name"] for author in feed["authors"])
    assert feed["items"]
    for item in feed["items"]:
        assert item.keys() - {"_musnad"} == {
            *("id", "url", "title", "content_text", "date_published", "language", "tags"),
        }
        assert all(item[name] and isinstance(item[name], str) for name in item if name not in ("tags", "_musnad"))
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", item["date_published"])
        assert all(isinstance(tag, str) for tag in item["tags"])
    addresses = [feed["home_page_url"], feed["feed_url"], *(item["url"] for item in feed["items"])]
    assert all(urlsplit(address).netloc == "harbour.example" for address in addresses)
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"])
    own = [value for found in (feed, *feed["items"]) for name, value in found.items() if name.startswith("_")]
    assert all(isinstance(value, dict) for value in own)


@pytest.mark.parametrize("lang", LANGS)
def test_both_feeds_say_the_same(lang: Lang, toy_site: Site) -> None:
    """Entry by entry: id, title, day, address, text, what was done, and where the data of the record are."""
    atom = ElementTree.fromstring(dict(export_feeds(toy_site))[f"{lang}/feed.xml"])
    told = [
        (
            entry.findtext("a:id", "", _NAMES),
            entry.findtext("a:title", "", _NAMES),
            entry.findtext("a:updated", "", _NAMES),
            entry.find("a:link[@rel='alternate']", _NAMES).get("href"),  # type: ignore[union-attr]
            "\n\n".join("".join(p.itertext()) for p in entry.find("a:content", _NAMES)[0]),  # type: ignore[index]
            [category.get("term") for category in entry.findall("a:category", _NAMES)],
            [category.get("label") for category in entry.findall("a:category", _NAMES)],
            entry.find("a:link[@rel='related']", _NAMES).get("href"),  # type: ignore[union-attr]
        )
        for entry in atom.findall("a:entry", _NAMES)
    ]
    twin = read_json(toy_site, lang)
    names = ("id", "title", "date_published", "url", "content_text")
    assert told == [
        (*(item[name] for name in names), item["_musnad"]["changes"], item["tags"], item["_musnad"]["data"])
        for item in twin["items"]
    ]
    assert atom.findtext("a:rights", "", _NAMES) == twin["_musnad"]["rights"]
    assert {"created", "retracted"} <= {kind for item in twin["items"] for kind in item["_musnad"]["changes"]}
    for item in twin["items"]:
        assert item["_musnad"]["data"] == f"https://harbour.example/api/v1/{item['_musnad']['record']}.json"


def test_feed_tells_what_was_done_and_says_it_with_its_voice(toy_site: Site) -> None:
    """No statement stands without its opening words, and a retracted one not at all."""
    feed = read(toy_site)
    text = " ".join(chain.from_iterable((entry.title, entry.content[0].value) for entry in feed.entries))
    told = 0
    for claim in toy_site.shown.claims.values():
        statement, lead = claim.statement["en"], make_lead(toy_site.composers["en"], claim)
        assert text.count(statement) == text.count(f"{lead} {statement}"), claim.id
        told += text.count(statement)
    assert told > 3
    titles = [entry.title for entry in feed.entries]
    assert "Retracted: According to the Tide Post: A broken lamp" in titles
    assert "the lamp of the Old Harbour is broken" not in text
    assert "It was a question, not a report." in text


@pytest.mark.parametrize("lang", LANGS)
def test_nobody_living_and_nothing_hidden_is_in_a_feed(lang: Lang, toy: Catalogue) -> None:
    """Drafts, withheld records, people whom two have not reviewed and what is said of them."""
    text = "".join(text for name, text in export_feeds(make_toy_site(toy)) if name.startswith(f"{lang}/"))
    kept_back = [r.ref for r in (*toy.claims.values(), *toy.entities.values()) if is_protected(r, toy)]
    hidden = [r.ref for r in (*toy.claims.values(), *toy.entities.values()) if r.status in ("draft", "withheld")]
    assert kept_back
    assert hidden
    assert [ref for ref in (*kept_back, *hidden) if ref in text] == []
    assert toy.entities["mentioned-person"].name(lang) not in text


def test_reviewed_person_is_news(toy: Catalogue) -> None:
    """Two reviews are enough, and one is not."""
    reviews = tuple(Review(date="2024-07-01", reviewer=name) for name in ("Ann", "Bo"))
    for count in (1, 2):
        text = dict(export_feeds(make_toy_site(change(toy, "entities", "mentioned-person", reviews=reviews[:count]))))
        assert ("entities/mentioned-person" in text["en/feed.xml"]) == (count == 2)


def _edit(day: str, kind: str, file: str = f"claims/{SALE}.yaml", *, is_told: bool = False) -> Edit:
    return Edit(day, kind, ("title",), "0" * 40, file, is_told)  # type: ignore[arg-type]


def test_edits_that_git_knows_are_news_and_those_of_moves_and_reviews_are_not(toy_site: Site) -> None:
    """An entry keeps its id when the record moves on."""
    edits = (
        _edit("2024-08-01", "created", "claims/tide-post-12/old.yaml"),
        _edit("2024-08-02", "reworded"),
        _edit("2024-08-03", "moved"),
        _edit("2024-08-04", "reviewed"),
    )
    site = replace(toy_site, derived=replace(toy_site.derived, edits={f"claims/{SALE}": edits}))
    found = {entry.id: entry.title for entry in read(site).entries}
    mine = {id_: title for id_, title in found.items() if ",2024-08" in id_}
    assert list(mine) == [
        f"tag:harbour.example,2024-08-02:en/claims/{SALE}",
        "tag:harbour.example,2024-08-01:en/claims/tide-post-12/old",
    ]
    assert [title.partition(":")[0] for title in mine.values()] == ["Reworded", "Created"]


def test_one_day_of_a_record_is_one_entry(toy: Catalogue) -> None:
    """What weighs most gives the title; a date that is no day of a calendar gives none."""
    history = tuple(
        Change(date=date, change=kind)  # type: ignore[arg-type]
        for date, kind in (
            ("2024-06", "created"),
            ("2024-09-01", "reworded"),
            ("2024-09-01", "corrected"),
            ("2024-10~", "reworded"),
        )
    )
    entries = [e for e in read(make_toy_site(change(toy, "claims", SALE, history=history))).entries if SALE in e.id]
    assert [(entry.updated, entry.title.partition(":")[0]) for entry in entries] == [
        ("2024-09-01T00:00:00Z", "Corrected"),
        ("2024-06-01T00:00:00Z", "Created"),
    ]


def test_signs_of_markup_are_read_as_they_were_written(toy: Catalogue) -> None:
    """Escaped once, in titles and in content."""
    title = toy.claims[SALE].title.model_copy(update={"en": "A <b> & “c”"})
    entries = read(make_toy_site(change(toy, "claims", SALE, title=title))).entries
    (entry,) = [entry for entry in entries if SALE in entry.id]
    raw = dict(export_feeds(make_toy_site(change(toy, "claims", SALE, title=title))))["en/feed.xml"]
    assert "A &lt;b&gt; &amp; “c”" in raw
    assert entry.title.endswith("A <b> & “c”") or entry.title.endswith("A &lt;b&gt; &amp; “c”")


def test_feed_ends_somewhere_and_the_order_of_files_does_not_matter(toy: Catalogue) -> None:
    """The latest only; the same bytes whatever was loaded first."""
    claims = {**toy.claims, **_index(copy_claim(toy.claims[SALE], f"x{n}") for n in range(60))}
    site = make_toy_site(replace(toy, claims=claims))
    backwards = make_toy_site(replace(toy, claims=dict(reversed(claims.items()))))
    assert len(read(site).entries) == LISTED
    assert list(export_feeds(site)) == list(export_feeds(backwards))


def _index(claims: Iterable[object]) -> dict[str, object]:
    return {claim.id: claim for claim in claims}  # type: ignore[attr-defined]


def test_without_news_or_an_address_there_is_no_feed(toy: Catalogue, toy_site: Site) -> None:
    """And no link to one."""
    empty = make_toy_site(replace(toy, sources={}, entities={}, claims={}, redirects={}))
    nowhere = replace(toy_site, options=SiteOptions())
    for site in (empty, nowhere):
        assert list(export_feeds(site)) == []
        assert {words["feed"] for words in site.interface_words().values()} == {""}
    assert toy_site.interface_words()["ar"]["feed"] == "ar/feed.xml"
