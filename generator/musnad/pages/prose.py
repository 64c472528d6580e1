"""Hand-written pages below ``docs/<lang>/``: what they get from their place, and their text for the search.

Whoever writes them need not think of direction: runs that are read in the other one are isolated here.
"""

import html
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any, NamedTuple

from markdown import markdown

from musnad.pages.addresses import find_place
from musnad.pages.render import isolate_runs
from musnad.text.bidi import isolate, split_runs
from musnad.text.languages import LANGS, Lang

_TAG = re.compile(r"<[^>]*>")
_NEVER_READ = frozenset({"script", "style", "pre"})
# Where the author has decided, or nobody reads words.
_SET_APART = frozenset({"bdi", "bdo", "code", "math", "pre", "script", "style", "svg", "textarea"})
VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_BLOCKS = frozenset({"p", "br", "li", "tr", "h1", "h2", "h3", "h4", "td", "th", "div", "dt", "dd", "blockquote"})


class Section(NamedTuple):
    """A part of a hand-written page in one language."""

    path: str
    """Below the language, with the anchor of its heading."""
    page: str
    """Title of the page."""
    heading: str
    """Empty for what stands before the first heading."""
    text: str


def prose_fields(file: str, title: str, edit_url: str | None, other: str | None) -> dict[str, Any]:
    """Return the front matter of a hand-written page; nothing for a file that belongs to no language.

    ``other`` is the address of the page in the other language, if there is one.
    """
    lang, _, path = find_place(file).partition("/")
    if lang not in LANGS:
        return {}
    return {
        "lang": lang,
        "title": isolate(title, lang),
        **({"other": other} if other else {}),
        "kind": "prose",
        "section": path,
        "short": split_runs(title, lang),
        **({"edit": edit_url} if edit_url else {}),
    }


def find_title(text: str) -> str | None:
    """Return the first heading of the first level in Markdown as it is read, or None."""
    line = next((line for line in text.splitlines() if line.startswith("# ")), None)
    return html.unescape(_TAG.sub("", markdown(line, extensions=["attr_list"]))) if line else None


def read_text(text: str) -> str:
    """Return the words of HTML, without its markup."""
    return " ".join(html.unescape(_TAG.sub("", text)).split())


def isolate_html(text: str, lang: Lang) -> str:
    """Return HTML with each run that is read in the other direction in an element of its own."""
    isolator = _Isolator(lang)
    isolator.feed(text)
    isolator.close()
    return "".join(isolator.parts)


def isolate_heading(text: str, lang: Lang) -> str:
    """Return a heading's text, as HTML, with isolates where elements can't stand."""
    return html.escape(isolate(html.unescape(text), lang), quote=False)


def read_sections(text: str, url: str, title: str, toc: Mapping[str, Any] | None = None) -> list[Section]:
    """Return the text of a page by its headings; ``url`` is below the site's root and begins with the language.

    ``toc`` are the settings of the Markdown extension of that name, which decide what headings look like.
    """
    reader = _SectionReader(toc or {})
    reader.feed(text)
    reader.close()
    path = url.partition("/")[2]
    return [
        Section(f"{path}#{anchor}" if anchor else path, title, " ".join(heading.split()), " ".join(text.split()))
        for anchor, heading, text in reader.parts
        if text.strip() or not anchor
    ]


class _Isolator(HTMLParser):
    """Repeats HTML, with the runs of its text isolated."""

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._lang = lang
        self._apart: list[str] = []
        """Elements that are open, from the first one on that is left alone."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Repeat a tag."""
        self.parts.append(self.get_starttag_text() or "")
        is_apart = bool(self._apart) or tag in _SET_APART or any(name in ("dir", "lang") for name, _ in attrs)
        if is_apart and tag not in VOID:
            self._apart.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Repeat a tag that closes itself."""
        self.parts.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        """Repeat an end tag."""
        self.parts.append(f"</{tag}>")
        if self._apart and tag == self._apart[-1]:
            self._apart.pop()

    def handle_data(self, data: str) -> None:
        """Isolate the runs of a text."""
        if self.cdata_elem:
            self.parts.append(data)
        else:
            self.parts.append(html.escape(data, quote=False) if self._apart else isolate_runs(data, self._lang))

    def handle_comment(self, data: str) -> None:
        """Repeat a comment."""
        self.parts.append(f"<!--{data}-->")


class _SectionReader(HTMLParser):
    """Collects anchor, heading and text of each part."""

    def __init__(self, toc: Mapping[str, Any]) -> None:
        super().__init__()
        self.parts: list[list[str]] = [["", "", ""]]
        level = int(toc.get("baselevel", 1))
        self._heading = f"h{level + 1}"
        self._unread = {*_NEVER_READ, f"h{level}"}
        self._permalink = toc.get("permalink_class", "headerlink")
        self._in_heading = False
        self._unread_in = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a part at a heading."""
        values = dict(attrs)
        # The sign of a permalink is no word.
        if not self._unread_in and (tag in self._unread or (tag == "a" and values.get("class") == self._permalink)):
            self._unread_in = tag
        if tag == self._heading:
            self.parts.append([values.get("id") or "", "", ""])
            self._in_heading = True
        elif tag in _BLOCKS:
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        """End a heading, or what is not read."""
        if tag == self._heading:
            self._in_heading = False
        if tag == self._unread_in:
            self._unread_in = ""

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        if not self._unread_in:
            self.parts[-1][1 if self._in_heading else 2] += data
