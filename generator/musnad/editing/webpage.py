"""Read a page of the web: the paragraphs of its article, and what it says of itself.

The article is found by trafilatura, which comes with the extra ``sources``.
"""

import codecs
import logging
import re
from collections.abc import Iterator
from copy import deepcopy
from importlib import import_module
from itertools import takewhile
from typing import Any, NamedTuple

from musnad.editing.journal import RefusedError
from musnad.editing.metadata import Metadata, read_metadata
from musnad.records.problems import N_
from musnad.text.digest import fold_passage

_META_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w:-]+)""", re.IGNORECASE)
_LATIN = frozenset({"iso8859-1", "cp1252", "latin-1", "ascii", "iso8859-15"})
_BLOCKS = ("p", "head", "quote", "code", "item", "row", "list", "table", "fw", "ab")
_BLOCK_TAGS = frozenset(["p", "div", "table", "ul", "ol", "blockquote", "section", "h1", "h2", "h3", "h4", "figure"])
_INLINE_TAGS = frozenset(
    (*("a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "em", "font", "i", "ins", "mark", "q", "s", "small"),
     *("span", "strong", "sub", "sup", "time", "u", "wbr"))
)  # fmt: skip
_MOST_ELEMENTS = 100_000
_BREAKS = re.compile(r"<br\s*/?>(?:\s*<br\s*/?>)+", re.IGNORECASE)


class WebPage(NamedTuple):
    """An article as a page shows it, and what the page says of it."""

    paragraphs: tuple[str, ...]
    metadata: Metadata


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
    latin = body.decode("cp1252", errors="replace")
    return (body.decode("cp1256"), "cp1256") if _is_arabic_in_disguise(latin) else (latin, "cp1252")


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
    # Finding the article changes the tree.
    body = _find_article(deepcopy(tree))
    paragraphs = [*_iter_blocks(body)] if body is not None else []
    metadata = read_metadata(tree, address, " ".join(paragraphs), today)
    # The headline stands in the field for it.
    if paragraphs and metadata.title and paragraphs[0] == metadata.title.value:
        del paragraphs[0]
    return WebPage(tuple(paragraphs), metadata)


def _find_article(tree: Any) -> Any:
    """Return the article of a page as trafilatura's tree, or None."""
    _prepare(tree)
    found = import_extra("trafilatura").bare_extraction(
        tree, include_comments=False, include_images=False, include_links=False
    )
    return getattr(found, "body", None)


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
