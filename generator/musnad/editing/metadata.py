"""What a page of the web says of itself, in JSON-LD, meta elements, microdata and ``<time>``. Nothing is guessed."""

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from musnad.records.problems import N_
from musnad.text.digest import fold_passage
from musnad.text.languages import find_direction, is_language

_Node = Mapping[str, Any]
"""An object of a page's JSON-LD."""
_ARTICLE = re.compile(r"(?:\w*Article|BlogPosting|SocialMediaPosting|Report)$")
_ARABIC_LETTER = re.compile("[\u0621-\u064a]")
_OTHER_LETTER = re.compile("[پچژگکیےہٹڈڑںەۆێ]")
_PUBLISHERS = ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher", "application-name")
_TITLES = ("og:title", "dc.title", "dcterms.title", "citation_title", "twitter:title")
_AUTHORS = {
    *("author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author"),
    "sailthru.author",
}
_NO_AUTHORS = frozenset({"admin", "administrator", "editor", "webmaster"})
_LANGUAGES = ("og:locale", "content-language", "dc.language", "language")
_PUBLISHED = {
    *("article:published_time", "og:published_time", "og:article:published_time", "datepublished", "date"),
    *("pubdate", "publishdate", "publish-date", "publish_date", "parsely-pub-date", "sailthru.date", "dc.date"),
    *("dc.date.issued", "dcterms.date", "dcterms.issued", "dcterms.created", "citation_publication_date"),
    *("article.published", "published_time", "published-date", "cxenseparse:recs:publishtime", "bt:pubdate"),
}
_ASIDE = "ancestor-or-self::*[self::aside or self::nav or self::footer or contains(@class, 'comment') \
    or contains(@id, 'comment') or contains(@class, 'related')]"
_SEPARATORS = re.compile(r"\s+[|–—«»•·]\s+|\s+-\s+")


class Said(NamedTuple):
    """A value, and the part of the page that says it."""

    value: str
    place: str


@dataclass(frozen=True)
class Metadata:
    """What a page says of itself; empty where it says nothing."""

    title: Said | None
    publisher: Said | None
    authors: tuple[Said, ...]
    language: Said | None
    published: tuple[Said, ...]
    """Days (EDTF); more than one where the page contradicts itself."""
    unread: tuple[Said, ...]
    """Dates that can't be read."""
    modified: Said | None
    canonical: str | None
    """The address that the page gives as its own."""
    is_free: bool
    is_live: bool
    """Whether it goes on being written."""


class _Told(NamedTuple):
    tree: Any
    article: _Node
    """The article among the page's objects."""
    nodes: Mapping[str, _Node]
    """Objects by their ids."""
    metas: list[Said]

    def find_meta(self, *names: str) -> Said | None:
        """Return the first of some meta elements that is there."""
        by_name = {said.place: said for said in reversed(self.metas)}
        return next((by_name[name] for name in names if name in by_name), None)

    def list_names(self, field: str) -> list[Said]:
        """Return the names of persons or bodies in the article's object, or else in elements that are marked so."""
        named = [Said(name, f"JSON-LD {field}") for name in self._iter_names(self.article.get(field))]
        return named or [*self._iter_marked(field)]

    def _iter_names(self, value: Any, depth: int = 3) -> Iterator[str]:
        if isinstance(value, str):
            if (name := fold_passage(unescape(value))) and "://" not in name:
                yield name
        elif isinstance(value, Mapping):
            named = value.get("name") or self.nodes.get(str(value.get("@id")), {}).get("name")
            # An object may be its own name.
            yield from self._iter_names(named, depth - 1) if depth else ()
        elif isinstance(value, list):
            for each in value if depth else ():
                yield from self._iter_names(each, depth - 1)

    def _iter_marked(self, field: str) -> Iterator[Said]:
        for element in self.tree.xpath(f"//body//*[@itemprop='{field}'][not({_ASIDE})]"):
            for each in element.xpath(".//*[@itemprop='name']") or [element]:
                if name := fold_passage(each.get("content") or each.text_content()):
                    yield Said(name, f"itemprop {field}")


def read_metadata(tree: Any, address: str | None, text: str, today: str) -> Metadata:
    """Return what a page says of itself. ``text`` is that of its article, ``today`` the last day that is believed."""
    nodes = [*_iter_nodes(tree)]
    known = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 2}
    article = _choose_article(nodes, address)
    told = _Told(tree, article, known, [*_iter_metas(tree)])
    publisher = next(iter(told.list_names("publisher")), None) or told.find_meta(*_PUBLISHERS)
    published, unread = _find_dates(told, today)
    modified = _read_day(str(article.get("dateModified") or ""))
    return Metadata(
        _find_title(told, publisher),
        publisher,
        tuple(_find_authors(told, publisher)),
        _find_language(told, text),
        published,
        unread,
        Said(modified, "JSON-LD dateModified") if modified else None,
        _find_canonical(told, address),
        str(article.get("isAccessibleForFree", "")).casefold() != "false",
        "LiveBlogPosting" in _list_types(article),
    )


def _iter_metas(tree: Any) -> Iterator[Said]:
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = fold_passage(meta.get("content") or "")
        if name and content:
            yield Said(content, name.strip().casefold())


def _iter_nodes(tree: Any) -> Iterator[_Node]:
    """Yield every object of the page's JSON-LD, the outer ones first."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        text = re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[)|(?:-->|//\s*\]\]>)$", "", (script.text or "").rstrip("; \n\r\t"))
        try:
            waiting = deque([json.loads(text, strict=False)])
        except (ValueError, RecursionError):
            continue
        while waiting:
            node = waiting.popleft()
            if isinstance(node, Mapping):
                yield node
                waiting += (node[key] for key in ("@graph", "mainEntity", "author", "publisher") if key in node)
            elif isinstance(node, list):
                waiting += node


def _list_types(node: _Node) -> list[str]:
    types = node.get("@type", [])
    return [str(type_) for type_ in (types if isinstance(types, list) else [types])]


def _choose_article(nodes: list[_Node], address: str | None) -> _Node:
    """Return the article among a page's objects: the one at its address, or the first."""
    found = [node for node in nodes if any(map(_ARTICLE.search, _list_types(node)))]
    for node in found:
        own = node.get("mainEntityOfPage") or node.get("url")
        own = own.get("@id") if isinstance(own, Mapping) else own
        if address and isinstance(own, str) and _find_path(own) == _find_path(address):
            return node
    return found[0] if found else {}


def _find_path(address: str) -> str:
    """Return the path of an address, which is the same under http and https, with www and without."""
    return re.sub(r"^\w+://[^/]*|[?#].*", "", address).rstrip("/")


def _find_title(told: _Told, publisher: Said | None) -> Said | None:
    headline = told.article.get("headline")
    tag = next(told.tree.iter("title"), None)
    heads = [fold_passage(head.text_content()) for head in told.tree.iter("h1")]
    said = [
        Said(fold_passage(unescape(headline)), "JSON-LD headline") if isinstance(headline, str) else None,
        told.find_meta(*_TITLES),
        Said(heads[0], "h1") if len(heads) == 1 else None,
        Said(fold_passage(tag.text_content()), "title") if tag is not None else None,
    ]
    found = next((each for each in said if each and each.value), None)
    if found is None:
        return None
    # "Headline | Outlet" is a headline where the page says who the outlet is, or shows the headline by itself.
    parts = _SEPARATORS.split(found.value)
    own = [head for head in heads if head and found.value.startswith(head) and head != found.value]
    if own and _SEPARATORS.match(found.value[len(own[0]) :]):
        return Said(own[0], found.place)
    if len(parts) > 1 and publisher and parts[-1].casefold() == publisher.value.casefold():
        return Said(found.value[: found.value.rindex(parts[-1])].rstrip(" |–—-«»•·"), found.place)
    return found


def _find_authors(told: _Told, publisher: Said | None) -> Iterator[Said]:
    said = told.list_names("author") or [each for each in told.metas if each.place in _AUTHORS]
    seen = {publisher.value.casefold() if publisher else "", *_NO_AUTHORS}
    for each in said:
        if each.value.casefold() not in seen and "://" not in each.value and not each.value.startswith("@"):
            seen.add(each.value.casefold())
            yield each


def _find_language(told: _Told, text: str) -> Said | None:
    tree, article, is_arabic = told.tree, told.article, _is_arabic(text)
    said = [
        Said(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "", "html lang"),
        Said(article["inLanguage"], "JSON-LD inLanguage") if isinstance(article.get("inLanguage"), str) else None,
        *(told.find_meta(name) for name in _LANGUAGES),
    ]
    for each in filter(None, said):
        # The country is mostly that of the template.
        tag = re.split(r"[-_](?=[A-Z]{2}\b|[a-z]{2}\b|\d)", each.value.strip())[0].replace("_", "-")
        tag = tag[:3].casefold().rstrip("-") + tag[3:] if len(tag) > 3 else tag.casefold()
        # A template's language need not be the article's: the script must bear it out.
        if tag and is_language(tag) and is_arabic == (find_direction(tag) == "rtl"):
            return Said(tag, each.place)
    return read_script(text)


def _is_arabic(text: str) -> bool:
    return len(_ARABIC_LETTER.findall(text)) * 2 > len(re.findall(r"[^\W\d_]", text))


def read_script(text: str) -> Said | None:
    """Return Arabic where a text has the letters of no other language; of others, letters say little."""
    if _is_arabic(text) and not _OTHER_LETTER.search(text):
        return Said("ar", N_("the script"))
    return None


def _find_dates(told: _Told, today: str) -> tuple[tuple[Said, ...], tuple[Said, ...]]:
    """Return the days on which the page says it was published, each once, and what says so but can't be read."""
    tree, article = told.tree, told.article
    said = [Said(str(article["datePublished"]), "JSON-LD datePublished")] if article.get("datePublished") else []
    said += [each for each in told.metas if each.place in _PUBLISHED]
    for element in tree.xpath(f"//*[@itemprop='datePublished'][not(self::meta)][not({_ASIDE})]"):
        said.append(Said(element.get("datetime") or element.get("content") or element.text_content(), "datePublished"))
    if not said:
        within = tree.xpath(f"(//article | //main | //*[@itemprop='articleBody']/..)//time[@datetime][not({_ASIDE})]")
        others = tree.xpath(f"//time[@datetime][not({_ASIDE})]")
        for element in within or others:
            marks = f"{element.get('class', '')} {element.get('itemprop', '')}".casefold()
            if not re.search("updat|modif", marks):
                said.append(Said(element.get("datetime"), "<time>"))
    days: dict[str, Said] = {}
    instants: set[datetime] = set()
    unread = []
    for each in said:
        day, instant = _read_day(each.value), _read_instant(each.value)
        if not day or not "1990" < day <= today:
            unread.append(Said(fold_passage(each.value)[:60], each.place))
        elif instant not in instants and day not in days:
            days[day] = Said(day, each.place)
        if day and instant:
            instants.add(instant)
    return tuple(days.values()), tuple(unread)


def _read_day(text: str) -> str | None:
    """Return the day that a machine-readable date names, as the page writes it."""
    text = text.strip()
    found = re.match(r"(\d{4})([-/.]?)(\d{2})\2(\d{2})(?!\d)", text)
    try:
        if found:
            return date(int(found[1]), int(found[3]), int(found[4])).isoformat()
        return parsedate_to_datetime(text).date().isoformat() if re.match(r"[A-Z][a-z]{2}, \d", text) else None
    except (ValueError, OverflowError):
        return None


def _read_instant(text: str) -> datetime | None:
    try:
        instant = datetime.fromisoformat(re.sub(r"(\d{2}:\d{2})([+-]\d{2})(\d{2})$", r"\1\2:\3", text.strip()))
        return instant.astimezone(UTC) if instant.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _find_canonical(told: _Told, address: str | None) -> str | None:
    links = [link for link in told.tree.iter("link") if "canonical" in (link.get("rel") or "").casefold().split()]
    og = told.find_meta("og:url")
    for found in filter(None, [*(link.get("href") for link in links), og and og.value]):
        try:
            own = urlsplit(urljoin(address or "", found.strip()))
        except ValueError:
            continue
        if own.scheme in ("http", "https") and own.path.strip("/") + own.query:
            return str(own.geturl())
    return None
