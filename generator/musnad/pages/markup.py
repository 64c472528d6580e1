"""What hand-written pages may hold: a stated set of HTML, kept by nh3 (Ammonia), which parses as browsers do.

Whatever is outside of the set is told, with its place in the text; and only what nh3 leaves of a page is published.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from html.parser import HTMLParser
from itertools import zip_longest
from typing import Any, NamedTuple

import nh3

from musnad.records.problems import N_, Problem
from musnad.records.shapes import ADDRESS_FAULTS
from musnad.text.addresses import ADDRESS

ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "*": frozenset({"id", "class", "lang", "dir", "title", "role"}),
    "a": frozenset({"href", "name", "hreflang", "target", "rel", "download", "type"}),
    "img": frozenset({"src", "alt", "width", "height", "loading", "decoding"}),
    "td": frozenset({"colspan", "rowspan", "headers", "style"}),
    "th": frozenset({"colspan", "rowspan", "headers", "scope", "abbr", "style"}),
    "ol": frozenset({"start", "type", "reversed"}),
    "input": frozenset({"type", "checked", "disabled"}),
    "time": frozenset({"datetime"}),
    "data": frozenset({"value"}),
    "li": frozenset({"value"}),
    "details": frozenset({"open"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
}
"""Attributes by element; those of any also begin with ``aria-`` or ``data-``, but not with ``data-md-``."""
_ELEMENTS = """
a abbr article aside b bdi bdo blockquote br caption cite code col colgroup data dd del details dfn div dl dt em
figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img input ins kbd label li mark ol p pre q rp rt ruby s
samp section small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr
"""
TAGS = frozenset(_ELEMENTS.split())
_FIELDS = "author cite data edit kind lang linked other picture record refresh section short trail"
MADE = frozenset(_FIELDS.split())
"""Fields that no front matter may have: templates make of them links, data or scripts."""
# The theme's own elements have ids that begin so; what highlighting and tabs make does too.
_THEME_ID = re.compile(r"__(?!codelineno-|span-|tabbed_)")
_ALIGNED = re.compile(r"\s*text-align\s*:\s*(?:left|right|center|start|end)\s*;?\s*")
_SCHEMES = frozenset({"http", "https", "mailto"})
_CODE = re.compile(
    r"^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)|(?P<tick>`+)(?!`).+?(?<!`)(?P=tick)(?!`)", re.DOTALL | re.MULTILINE
)
_NO_ELEMENT = N_("{value} is no element of a hand-written page: the contributor's guide lists those there are")
_NO_ATTRIBUTE = N_(
    "{value} is no attribute that {tag} has in a hand-written page: the contributor's guide lists those there are"
)
_NO_LINK = N_("{value} can't be linked to: write an address with https or http, one for mail, or a place in this site")
_NO_IMAGE = N_("{value} would be loaded from elsewhere: put the image among the files of the site")
_UNCLEAR = N_(
    "browsers read this page otherwise than it was written: look for elements and comments that are not closed, or "
    "stand where they can't"
)
NO_FIELD = N_("{value} can't stand in the front matter of a hand-written page: the generator itself decides it")
NO_PAGE = N_(
    "a file of this kind can run scripts of its own: write it as a page in Markdown, or list it below trusted in "
    "mkdocs.yml"
)
# Files that browsers open as pages, and drawings with more in them than is drawn.
_PAGE_FILE = re.compile(r"\.(?:[xs]?html?|xht|mht|mhtml|hta)$", re.IGNORECASE)
_DRAWING = re.compile(r"\.(?:svgz?|xml|xslt?)$", re.IGNORECASE)
_SCRIPTED = re.compile(
    rb"<\s*(?:[\w-]+:)?(?:script|foreignobject|iframe|handler|set|animate)\b|[\s\"'/]on\w+\s*=|script\s*:"
    rb"|<!entity|<!doctype[^>]*\[|<\?xml-stylesheet|&#|^\x1f\x8b|\0",
    re.IGNORECASE,
)
Attributes = tuple[tuple[str, str], ...]


class _Fault(NamedTuple):
    message: str
    value: str
    tag: str = ""


def clean_page(html: str, text: str, file: str) -> tuple[str, list[Problem]]:
    """Return what may be published of a page's HTML, and what is wrong with it; ``text`` is what it was made of."""
    cleaned = nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags={"script", "style", "iframe", "object", "template", "noscript"},
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        generic_attribute_prefixes={"aria-", "data-"},
        attribute_filter=lambda tag, name, value: None if _find_fault(tag, name, value) else value,
        url_schemes=set(_SCHEMES),
        filter_style_properties={"text-align"},
        link_rel=None,
    )
    if cleaned == html:
        # Nothing is outside of the set, and browsers read it as it was written.
        return html, []
    reader = _read(html)
    faults = list(dict.fromkeys(_list_faults(reader)))
    if not faults:
        wanted, found = _list_said(reader), _list_said(_read(cleaned))
        if wanted != found:
            faults = [_Fault(_UNCLEAR, _find_difference(wanted, found))]
    return cleaned, [_place(fault, text, file) for fault in faults]


def check_front_matter(fields: Iterable[str], text: str, file: str) -> Iterator[Problem]:
    """Yield a problem for each field that only the generator may fill in."""
    for name in sorted(MADE & set(fields)):
        yield _place(_Fault(NO_FIELD, name), text, file)


def may_be_scripted(name: str) -> bool:
    """Whether a file has to be looked into."""
    return bool(_PAGE_FILE.search(name) or _DRAWING.search(name))


def is_scripted(name: str, raw: bytes) -> bool:
    """Whether browsers would run what a file that is copied as it is says."""
    return bool(_PAGE_FILE.search(name) or (_DRAWING.search(name) and _SCRIPTED.search(raw)))


def _find_fault(tag: str, name: str, value: str) -> _Fault | None:
    """Return what is wrong with an attribute, None for nothing."""
    known = ATTRIBUTES["*"] | ATTRIBUTES.get(tag, frozenset())
    is_free = name.startswith(("aria-", "data-")) and not name.startswith("data-md-")
    if (name not in known and not is_free) or (name in ("id", "name") and _THEME_ID.match(value)):
        return _Fault(_NO_ATTRIBUTE, name if name not in ("id", "name") else f'{name}="{value}"', tag)
    if name == "style" and not _ALIGNED.fullmatch(value):
        return _Fault(_NO_ATTRIBUTE, name, tag)
    if name == "type" and tag == "input" and value != "checkbox":
        return _Fault(_NO_ATTRIBUTE, f'type="{value}"', tag)
    if name == "src" and (_scheme_of(value) or _is_elsewhere(value)):
        return _Fault(_NO_IMAGE, value)
    return _find_fault_of_link(value) if name == "href" else None


def _find_fault_of_link(value: str) -> _Fault | None:
    if _scheme_of(value) in ("http", "https"):
        told = next(told for fault, told in ADDRESS_FAULTS if re.search(fault, value, re.IGNORECASE))
        return None if ADDRESS.match(value) else _Fault(told, value)
    return _Fault(_NO_LINK, value) if _is_elsewhere(value) or _scheme_of(value) not in ("", "mailto") else None


def _scheme_of(address: str) -> str:
    """Return the scheme that a browser sees: it passes over controls and spaces."""
    found = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", re.sub(r"[\0-\x20\x7f]", "", address))
    return found[1].lower() if found else ""


def _is_elsewhere(address: str) -> bool:
    return re.match(r"[\0-\x20]*[/\\]{2}", address) is not None or "\\" in address.split("?", maxsplit=1)[0]


class _Reader(HTMLParser):
    """Start tags with their attributes, and the text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, Attributes]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a start tag."""
        self.tags.append((tag, tuple((name, value or "") for name, value in attrs)))

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.text += data


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def _list_said(reader: _Reader) -> list[Any]:
    """Return what HTML says: elements and their attributes, and the words; how tables are completed does not count."""
    tags = [
        (tag, {name: "" if name == "style" else value for name, value in attributes})
        for tag, attributes in reader.tags
        if tag not in ("tbody", "colgroup")
    ]
    return [*tags, "".join(reader.text.split())]


def _list_faults(reader: _Reader) -> Iterator[_Fault]:
    for tag, attributes in reader.tags:
        if tag not in TAGS:
            yield _Fault(_NO_ELEMENT, f"<{tag}>")
        for name, value in attributes if tag in TAGS else ():
            if fault := _find_fault(tag, name, value):
                yield fault


def _find_difference(wanted: list[Any], found: list[Any]) -> str:
    """Return the first element that browsers see otherwise."""
    pairs = zip_longest(wanted[:-1], found[:-1])
    return next((f"<{one[0]}>" for one, other in pairs if one and one != other), "")


def _place(fault: _Fault, text: str, file: str) -> Problem:
    """Return a problem at the place of the text that it is about, as far as that can be found; code is passed over."""
    readable = _CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    wanted = fault.value.removesuffix(">").partition('="')[0] if fault.tag or fault.value[:1] == "<" else fault.value
    at = (
        re.search(re.escape(wanted), unescape(readable) if "&" in wanted else readable, re.IGNORECASE)
        if wanted
        else None
    )
    before = readable[: at.start()] if at else ""
    mark = before.count("\n") + 1, len(before) - before.rfind("\n")
    values = {"value": fault.value[:200], "tag": f"<{fault.tag}>"}
    return Problem(file, *mark, "hand-written", fault.message, values)
