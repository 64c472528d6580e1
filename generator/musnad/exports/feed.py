"""The news of the record as a feed for each language, in Atom and as JSON Feed: an entry for each record and day.

Sources: RFC 4287; https://jsonfeed.org/version/1.1. Statements stand with their opening words.
"""

import json
from collections.abc import Iterator
from typing import NotRequired
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from typing_extensions import TypedDict

from musnad.derive.edits import EditKind
from musnad.derive.news import News, Record, list_latest
from musnad.pages.addresses import name_data, name_feed, name_json_feed
from musnad.pages.elements.claims import tell_answered
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.history import tell_event, tell_kind
from musnad.pages.elements.links import link_record
from musnad.pages.elements.publication import tell_site
from musnad.pages.site import Site
from musnad.records.model import Claim, Entity
from musnad.records.problems import N_
from musnad.text.bidi import DIRECTIONS, isolate
from musnad.text.languages import LANGS, Lang

ATOM, XHTML = "http://www.w3.org/2005/Atom", "http://www.w3.org/1999/xhtml"
JSON_FEED = "https://jsonfeed.org/version/1.1"
LISTED = 50
TITLE, SUBTITLE = (
    N_("{site}: changes"),
    N_("Records that were added, reworded, corrected or retracted, the latest first."),
)


class Author(TypedDict):
    """Who publishes the feed."""

    name: str


class Told(TypedDict):
    """What a program wants to know of an item: the record by its address, what became of it, and its data."""

    record: str
    changes: list[EditKind]
    data: str


class Item(TypedDict):
    """What became of a record on one day."""

    id: str
    url: str
    title: str
    content_text: str
    date_published: str
    language: Lang
    tags: list[str]
    _musnad: Told


class Rights(TypedDict):
    """Who may do what with the records."""

    rights: str


class Feed(TypedDict):
    """A JSON Feed."""

    version: str
    title: str
    home_page_url: str
    feed_url: str
    description: str
    language: Lang
    authors: list[Author]
    items: list[Item]
    _musnad: NotRequired[Rights]


def export_feeds(site: Site) -> Iterator[tuple[str, str]]:
    """Yield name and text of each feed; none where there is no news, or the address of the site is unknown."""
    news = list_latest(site.shown, site.derived, LISTED) if site.options.site_url else []
    for lang in LANGS if news else ():
        feed = _make_feed(site.composers[lang], news)
        yield name_feed(lang), _write_atom(feed)
        yield name_json_feed(lang), json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def _make_feed(composer: Composer, news: list[News]) -> Feed:
    lang, addresses, site = composer.lang, composer.addresses, composer.catalogue.site
    feed: Feed = {
        "version": JSON_FEED,
        "title": isolate(composer.words.fill(N_("{site}: changes"), site=composer.site_name), lang),
        "home_page_url": addresses.find_absolute(composer.href("")),
        "feed_url": f"{addresses.site_url}{name_json_feed(lang)}",
        "description": composer.words.gettext(
            N_("Records that were added, reworded, corrected or retracted, the latest first.")
        ),
        "language": lang,
        "authors": [{"name": isolate(composer.site_name, lang)}],
        "items": [_make_item(composer, found) for found in news],
    }
    if site and site.rights:
        feed["_musnad"] = {"rights": isolate(tell_site(site, "rights", composer.words), lang)}
    return feed


def _make_item(composer: Composer, news: News) -> Item:
    lang, addresses = composer.lang, composer.addresses
    link = link_record(composer, news.record)
    title = composer.words.fill(N_("{change}: {note}"), change=tell_kind(composer, news.events[0].kind), note=link.text)
    told = (_tell(composer, news.record), *(tell_event(composer, news.record, event) for event in news.events))
    kinds = list(dict.fromkeys(event.kind for event in news.events))
    return {
        "id": f"tag:{urlsplit(addresses.site_url).hostname},{news.date}:{lang}/{news.ref}",
        "url": addresses.find_absolute(link.href or ""),
        "title": isolate(title, lang),
        "content_text": "\n\n".join(isolate(text, lang) for text in told),
        "date_published": _stamp(news.date),
        "language": lang,
        "tags": [tell_kind(composer, kind) for kind in kinds],
        "_musnad": {
            "record": news.record.ref,
            "changes": kinds,
            "data": f"{addresses.site_url}{name_data(news.record.ref)}",
        },
    }


def _write_atom(made: Feed) -> str:
    lang = made["language"]
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": lang})
    own = made["feed_url"].removesuffix(name_json_feed(lang)) + name_feed(lang)
    _add(feed, "id", own)
    _add(feed, "title", made["title"])
    _add(feed, "subtitle", made["description"])
    _add(feed, "updated", made["items"][0]["date_published"])
    _add(SubElement(feed, "author"), "name", made["authors"][0]["name"])
    if "_musnad" in made:
        _add(feed, "rights", made["_musnad"]["rights"])
    SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": own})
    _add_page(feed, lang, made["home_page_url"])
    for item in made["items"]:
        _add_entry(feed, item)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(feed, encoding="unicode")}\n'


def _add_entry(feed: Element, item: Item) -> None:
    lang = item["language"]
    entry = SubElement(feed, "entry")
    _add(entry, "id", item["id"])
    _add(entry, "title", item["title"])
    _add(entry, "updated", item["date_published"])
    for kind, label in zip(item["_musnad"]["changes"], item["tags"], strict=True):
        SubElement(entry, "category", {"term": kind, "label": label})
    _add_page(entry, lang, item["url"])
    SubElement(entry, "link", {"rel": "related", "type": "application/json", "href": item["_musnad"]["data"]})
    content = SubElement(entry, "content", {"type": "xhtml"})
    box = SubElement(content, "div", {"xmlns": XHTML, "xml:lang": lang, "dir": DIRECTIONS[lang]})
    for text in item["content_text"].split("\n\n"):
        _add(box, "p", text)


def _tell(composer: Composer, record: Record) -> str:
    """Return what a record says, a claim with its opening words."""
    if isinstance(record, Claim):
        return tell_answered(composer, record)
    return record.description[composer.lang] if isinstance(record, Entity) else record.title[composer.lang]


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text


def _add_page(parent: Element, lang: Lang, address: str) -> None:
    SubElement(parent, "link", {"rel": "alternate", "type": "text/html", "hreflang": lang, "href": address})


def _stamp(day: str) -> str:
    # Records know days, and the time of day is nobody's business.
    return f"{day}T00:00:00Z"
