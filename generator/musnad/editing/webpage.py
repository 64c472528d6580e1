"""Read a page of the web: its article, and what the page itself says of it. Nothing is guessed.

The article is found by trafilatura, which comes with the extra ``sources``.
"""

import codecs
import json
import logging
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from importlib import import_module
from itertools import takewhile
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from musnad.editing.change import Message
from musnad.editing.journal import RefusedError
from musnad.records.problems import N_
from musnad.text.digest import fold_passage
from musnad.text.languages import find_direction, is_language

_ARTICLE = re.compile(r"(?:\w*Article|BlogPosting|SocialMediaPosting|Report)$")
_META_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w:-]+)""", re.IGNORECASE)
_LATIN = frozenset({"iso8859-1", "cp1252", "latin-1", "ascii", "iso8859-15"})
_ARABIC_LETTER = re.compile("[\u0621-\u064a]")
_OTHER_LETTER = re.compile("[پچژگیکےہٹڈڑںەۆێ]")
_LATIN_SIGN = re.compile("[\u00a1-\u00ff]")
_PUBLISHED = {
    *("article:published_time", "og:published_time", "og:article:published_time", "datepublished", "date"),
    *("pubdate", "publishdate", "publish-date", "publish_date", "parsely-pub-date", "sailthru.date", "dc.date"),
    *("dc.date.issued", "dcterms.date", "dcterms.issued", "dcterms.created", "citation_publication_date"),
    *("article.published", "published_time", "published-date", "cxenseparse:recs:publishtime", "bt:pubdate"),
}
_ASIDE = "ancestor-or-self::*[self::aside or self::nav or self::footer or contains(@class, 'comment') \
    or contains(@id, 'comment') or contains(@class, 'related')]"
_BLOCKS = ("p", "head", "quote", "code", "item", "row", "list", "table", "fw", "ab")
_BLOCK_TAGS = frozenset(["p", "div", "table", "ul", "ol", "blockquote", "section", "h1", "h2", "h3", "h4", "figure"])
_INLINE_TAGS = {
    *(
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "del",
        "em",
        "font",
        "i",
        "ins",
        "mark",
        "q",
        "s",
        "small",
        "span",
    ),
    *("strong", "sub", "sup", "time", "u", "wbr"),
}
_MOST_ELEMENTS = 100_000
_BREAKS = re.compile(r"<br\s*/?>(?:\s*<br\s*/?>)+", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s+[|–—«»•·]\s+|\s+-\s+")


class Said(NamedTuple):
    """A value, and the part of the page that says it."""

    value: str
    place: str


@dataclass(frozen=True)
class WebPage:
    """An article as a page shows it, and what the page says of it."""

    paragraphs: tuple[str, ...]
    title: Said | None
    publisher: Said | None
    authors: tuple[Said, ...]
    language: Said | None
    published: tuple[Said, ...]
    """Days (EDTF); more than one where the page contradicts itself."""
    modified: Said | None
    canonical: str | None
    doubts: tuple[Message, ...]
    """What an editor should look at."""


def decode_page(body: bytes, charset: str | None) -> tuple[str, str]:
    """Return a page's text and the encoding it is really in; what server and page declare may be wrong."""
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body.decode("utf-16", errors="replace"), "utf-16"
    try:
        # Hardly any text in another encoding happens to be right UTF-8.
        return body.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        pass
    declared = [charset, *(name.decode() for name in _META_CHARSET.findall(body[:4096]))]
    for name in filter(None, declared):
        try:
            codec = codecs.lookup(name).name
            # As browsers do: who says Latin-1 means its larger brother.
            codec = "cp1252" if codec in _LATIN else codec
            text = body.decode(codec, errors="replace")
        except (LookupError, UnicodeError):
            continue
        if codec == "utf-8":
            # A few wrong bytes, such as a letter that was cut in two, make no other encoding of it.
            if text.count("\ufffd") * 20 < len(text.encode()) - len(text):
                return text, codec
        elif codec not in _LATIN or not _is_arabic_in_disguise(text):
            return text, codec
    as_arabic = body.decode("cp1256")
    if len(_ARABIC_LETTER.findall(as_arabic)) * 2 > len(
        _LATIN_SIGN.findall(body.decode("latin-1"))
    ) and _is_arabic_in_disguise(body.decode("latin-1")):
        return as_arabic, "cp1256"
    return body.decode("cp1252", errors="replace"), "cp1252"


def _is_arabic_in_disguise(latin: str) -> bool:
    """Whether what was read as Latin has words of nothing but the signs that stand where Arabic letters would."""
    return len(re.findall("[\u00c0-\u00ff]{3,}", latin)) > 5


def import_extra(name: str) -> Any:
    """Return a module that comes with the extra ``sources``. Raises RefusedError without it."""
    # What libraries have to say of a page may hold its text.
    logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        return import_module(name)
    except ModuleNotFoundError:
        message = N_("to read pages and PDFs, {name} is needed as well: pip install 'musnad[sources]'")
        raise RefusedError(message, name=name) from None


def _parse(text: str) -> Any:
    """Return a page as a tree. Raises ValueError where it is none, or so large that reading it would take minutes."""
    tree = import_extra("trafilatura").load_html(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    if tree is None:
        raise ValueError("no HTML")
    if sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        raise ValueError(f"more than {_MOST_ELEMENTS} elements")
    return tree


def read_page(text: str, address: str | None, today: str) -> WebPage:
    """Return what a page says. Raises RefusedError without the extra, ValueError where it is no page."""
    # What two line breaks divide are paragraphs.
    tree = _parse(_BREAKS.sub("<p>", text))
    metas = [*_iter_metas(tree)]
    nodes = [*_iter_nodes(tree)]
    article = _choose_article(nodes, address)
    known = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 2}
    canonical = _find_canonical(tree, metas, address)
    doubts: list[Message] = []
    publisher = _find_publisher(tree, article, known, metas)
    title = _find_title(tree, article, metas, publisher)
    dates, unread = _find_dates(tree, article, metas, today)
    doubts += [
        (N_("a date on the page can't be read: {text} ({place})"), {"text": said.value, "place": said.place})
        for said in unread
    ]
    if str(article.get("isAccessibleForFree", "")).casefold() == "false":
        doubts.append((N_("the page says that it is not free to read: the text may be only its beginning"), {}))
    if "LiveBlogPosting" in _types(article):
        doubts.append((N_("this page goes on being written: keep an archived copy of it as it is now"), {}))
    paragraphs = tuple(_read_paragraphs(tree, title.value if title else ""))
    modified = _read_day(str(article.get("dateModified") or ""))
    return WebPage(
        paragraphs,
        title,
        publisher,
        tuple(_find_authors(tree, article, known, metas, publisher)),
        _find_language(tree, article, metas, " ".join(paragraphs)),
        dates,
        Said(modified, "JSON-LD dateModified") if modified else None,
        canonical,
        tuple(doubts),
    )


def _iter_metas(tree: Any) -> Iterator[Said]:
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = fold_passage(meta.get("content") or "")
        if name and content:
            yield Said(content, name.strip().casefold())


def _iter_nodes(tree: Any) -> Iterator[Mapping[str, Any]]:
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


def _types(node: Mapping[str, Any]) -> list[str]:
    types = node.get("@type", [])
    return [str(type_) for type_ in (types if isinstance(types, list) else [types])]


def _choose_article(nodes: list[Mapping[str, Any]], address: str | None) -> Mapping[str, Any]:
    """Return the article among the page's objects: the one at its address, or the first."""
    found = [node for node in nodes if any(map(_ARTICLE.search, _types(node)))]
    for node in found:
        own = node.get("mainEntityOfPage") or node.get("url")
        own = own.get("@id") if isinstance(own, Mapping) else own
        if address and isinstance(own, str) and urlsplit(own).path.rstrip("/") == urlsplit(address).path.rstrip("/"):
            return node
    return found[0] if found else {}


def _names(value: Any, known: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield the names of persons or bodies in JSON-LD."""
    if isinstance(value, list):
        for item in value:
            yield from _names(item, known)
    elif isinstance(value, Mapping):
        name = value.get("name") or known.get(str(value.get("@id")), {}).get("name")
        yield from _names(name, known) if name else ()
    elif isinstance(value, str) and fold_passage(value) and "://" not in value:
        yield fold_passage(unescape(value))


def _meta(metas: Iterable[Said], *names: str) -> Said | None:
    by_name = {said.place: said for said in reversed([*metas])}
    return next((by_name[name] for name in names if name in by_name), None)


def _read_microdata(tree: Any, name: str) -> Iterator[Said]:
    """Yield the names in elements that are marked as author or publisher."""
    for element in tree.xpath(f"//body//*[@itemprop='{name}'][not({_ASIDE})]"):
        names = element.xpath(".//*[@itemprop='name']")
        for each in names or [element]:
            if text := fold_passage(each.get("content") or each.text_content()):
                yield Said(text, f"itemprop {name}")


def _find_publisher(
    tree: Any, article: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]], metas: list[Said]
) -> Said | None:
    name = next(_names(article.get("publisher"), known), None)
    if name:
        return Said(name, "JSON-LD publisher")
    if marked := next(_read_microdata(tree, "publisher"), None):
        return marked
    return _meta(metas, "og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher", "application-name")


def _find_title(tree: Any, article: Mapping[str, Any], metas: list[Said], publisher: Said | None) -> Said | None:
    headline = article.get("headline")
    tag = next(tree.iter("title"), None)
    heads = [fold_passage(head.text_content()) for head in tree.iter("h1")]
    said = [
        Said(fold_passage(unescape(headline)), "JSON-LD headline") if isinstance(headline, str) else None,
        _meta(metas, "og:title", "dc.title", "dcterms.title", "citation_title", "twitter:title"),
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


def _find_authors(
    tree: Any,
    article: Mapping[str, Any],
    known: Mapping[str, Mapping[str, Any]],
    metas: list[Said],
    publisher: Said | None,
) -> Iterator[Said]:
    said = [Said(name, "JSON-LD author") for name in _names(article.get("author"), known)]
    wanted = (
        "author",
        "article:author",
        "dc.creator",
        "dcterms.creator",
        "citation_author",
        "parsely-author",
        "sailthru.author",
    )
    said = said or [*_read_microdata(tree, "author")] or [each for each in metas if each.place in wanted]
    outlet = publisher.value.casefold() if publisher else ""
    seen = {outlet, "admin", "administrator", "editor", "webmaster"}
    for each in said:
        if each.value.casefold() not in seen and "://" not in each.value and not each.value.startswith("@"):
            seen.add(each.value.casefold())
            yield each


def _find_language(tree: Any, article: Mapping[str, Any], metas: list[Said], text: str) -> Said | None:
    is_arabic = _is_arabic(text)
    said = [
        Said(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "", "html lang"),
        Said(article["inLanguage"], "JSON-LD inLanguage") if isinstance(article.get("inLanguage"), str) else None,
        *(_meta(metas, name) for name in ("og:locale", "content-language", "dc.language", "language")),
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


def _find_dates(
    tree: Any, article: Mapping[str, Any], metas: list[Said], today: str
) -> tuple[tuple[Said, ...], tuple[Said, ...]]:
    """Return the days on which the page says it was published, each once, and what says so but can't be read."""
    said = [Said(str(article["datePublished"]), "JSON-LD datePublished")] if article.get("datePublished") else []
    said += [each for each in metas if each.place in _PUBLISHED]
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
    except ValueError:
        return None


def _read_instant(text: str) -> datetime | None:
    try:
        instant = datetime.fromisoformat(re.sub(r"(\d{2}:\d{2})([+-]\d{2})(\d{2})$", r"\1\2:\3", text.strip()))
    except ValueError:
        return None
    return instant.astimezone(UTC) if instant.tzinfo else None


def _find_canonical(tree: Any, metas: list[Said], address: str | None) -> str | None:
    """Return the address that the page gives as its own."""
    links = [
        link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").casefold().split()
    ]
    og = _meta(metas, "og:url")
    for found in filter(None, [*links, og.value if og else None]):
        try:
            own = urljoin(address or "", str(found).strip())
            if urlsplit(own).scheme in ("http", "https") and urlsplit(own).path.strip("/") + urlsplit(own).query:
                return own
        except ValueError:
            continue
    return None


def _read_paragraphs(tree: Any, title: str) -> Iterator[str]:
    _prepare(tree)
    found = import_extra("trafilatura").bare_extraction(
        tree, include_comments=False, include_images=False, include_links=False
    )
    body = getattr(found, "body", None)
    if body is None:
        return
    is_first = True
    for paragraph in _iter_blocks(body):
        # The headline stands in the field for it.
        if not (is_first and paragraph == title):
            yield paragraph
        is_first = False


def _prepare(tree: Any) -> None:
    """Say in today's markup what older pages say with tables and line breaks; take out what stands for scripts."""
    for element in tree.xpath("//noscript"):
        element.drop_tree()
    for element in tree.xpath("//body//*[self::td or self::div or self::ul][count(.//a) > 1]"):
        # What holds nothing but links leads elsewhere.
        if not re.search(r"\w", "".join(element.xpath(".//text()[not(ancestor::a)]"))):
            element.drop_tree()
    for table in tree.xpath("//table[.//table or .//p or .//div or .//h1 or .//br/following-sibling::*[1][self::br]]"):
        for element in table.xpath("descendant-or-self::*[self::table or self::tbody or self::tr or self::td]"):
            if element.tag == "table" and element is not table and not element.xpath(".//p | .//div | .//h1 | .//br"):
                continue
            element.tag = "div"
    for element in tree.xpath("//*[self::font or self::center or self::span][.//p]"):
        element.tag = "div"
    for element in tree.xpath("//*[self::div or self::article or self::section or self::main or self::body][p]"):
        _wrap_beginning(element)


def _wrap_beginning(element: Any) -> None:
    """Make a paragraph of what stands before the first one."""
    first = element.makeelement("p")
    first.text, element.text = element.text, None
    for child in takewhile(lambda child: child.tag not in _BLOCK_TAGS, [*element]):
        first.append(child)
    if first.text_content().strip():
        element.insert(0, first)


def _iter_blocks(element: Any) -> Iterator[str]:
    """Yield the paragraphs of trafilatura's tree; a line break ends one, a row of a table is one."""
    lines = [""]
    is_row = element.tag == "row"

    def add(text: str | None) -> None:
        lines[-1] += text or ""

    def flush() -> Iterator[str]:
        yield from filter(None, map(fold_passage, lines))
        lines[:] = [""]

    add(element.text)
    for child in element:
        if child.tag == "lb":
            lines.append("")
        elif child.tag in _BLOCKS and not is_row:
            yield from flush()
            yield from _iter_blocks(child)
        else:
            add(" " if is_row else "")
            add("".join(child.itertext()))
        add(child.tail)
    yield from flush()


def list_blocks(text: str) -> Iterator[str]:
    """Yield all text of a page, block by block, whether of the article or not. Raises ValueError as read_page does."""
    tree = _parse(text)
    for element in tree.xpath("//script | //style | //noscript | //template"):
        element.drop_tree()
    for element in tree.iter():
        end = "" if element.tag in _INLINE_TAGS else "\n"
        element.text, element.tail = (end + (text or "").replace("\n", " ") for text in (element.text, element.tail))
    yield from filter(None, map(fold_passage, "".join(tree.itertext("*")).split("\n")))
