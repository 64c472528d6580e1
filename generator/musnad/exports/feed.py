"""The news of the record as an Atom feed for each language: an entry for each record and day.

Source: RFC 4287. Statements stand with their opening words.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from musnad.derive.news import News, Record, list_latest
from musnad.pages.addresses import name_feed
from musnad.pages.elements.claims import tell_answered
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.history import tell_event, tell_kind
from musnad.pages.elements.links import link_record
from musnad.pages.site import Site
from musnad.records.model import Claim, Entity
from musnad.records.problems import N_
from musnad.text.bidi import DIRECTIONS, isolate
from musnad.text.languages import LANGS, Lang

ATOM, XHTML = "http://www.w3.org/2005/Atom", "http://www.w3.org/1999/xhtml"
LISTED = 50


def export_feeds(site: Site) -> Iterator[tuple[str, str]]:
    """Yield name and text of each feed; none where there is no news, or the address of the site is unknown."""
    news = list_latest(site.shown, site.derived, LISTED) if site.options.site_url else []
    for lang in LANGS if news else ():
        yield name_feed(lang), _write_feed(site.composers[lang], news)


def _write_feed(composer: Composer, news: list[News]) -> str:
    lang, addresses, fill = composer.lang, composer.addresses, composer.words.fill
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": lang})
    own = f"{addresses.site_url}{name_feed(lang)}"
    _add(feed, "id", own)
    _add(feed, "title", isolate(fill(N_("{site}: changes"), site=composer.site_name), lang))
    told = fill(N_("Records that were added, reworded, corrected or retracted, the latest first."))
    _add(feed, "subtitle", told)
    _add(feed, "updated", _stamp(news[0].date))
    _add(SubElement(feed, "author"), "name", isolate(composer.site_name, lang))
    SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": own})
    _add_page(feed, lang, addresses.find_absolute(composer.href("")))
    for found in news:
        _add_entry(feed, composer, found)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(feed, encoding="unicode")}\n'


def _add_entry(feed: Element, composer: Composer, news: News) -> None:
    lang, addresses = composer.lang, composer.addresses
    link = link_record(composer, news.record)
    title = composer.words.fill(N_("{change}: {note}"), change=tell_kind(composer, news.events[0].kind), note=link.text)
    entry = SubElement(feed, "entry")
    _add(entry, "id", f"tag:{urlsplit(addresses.site_url).hostname},{news.date}:{lang}/{news.ref}")
    _add(entry, "title", isolate(title, lang))
    _add(entry, "updated", _stamp(news.date))
    _add_page(entry, lang, addresses.find_absolute(link.href or ""))
    content = SubElement(entry, "content", {"type": "xhtml"})
    box = SubElement(content, "div", {"xmlns": XHTML, "xml:lang": lang, "dir": DIRECTIONS[lang]})
    for text in (_tell(composer, news.record), *(tell_event(composer, news.record, event) for event in news.events)):
        _add(box, "p", isolate(text, lang))


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
