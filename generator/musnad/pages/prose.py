"""Hand-written pages below ``docs/<lang>/``: what they get from their place, and their text for the search."""

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any, NamedTuple

from musnad.pages.addresses import find_place
from musnad.text.languages import LANGS

_NEVER_READ = frozenset({"script", "style", "pre"})
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
        **({"other": other} if other else {}),
        "kind": "prose",
        "section": path,
        "short": [[title, None]],
        **({"edit": edit_url} if edit_url else {}),
    }


def read_sections(html: str, url: str, title: str, toc: Mapping[str, Any] | None = None) -> list[Section]:
    """Return the text of a page by its headings; ``url`` is below the site's root and begins with the language.

    ``toc`` are the settings of the Markdown extension of that name, which decide what headings look like.
    """
    reader = _SectionReader(toc or {})
    reader.feed(html)
    reader.close()
    path = url.partition("/")[2]
    return [
        Section(f"{path}#{anchor}" if anchor else path, title, " ".join(heading.split()), " ".join(text.split()))
        for anchor, heading, text in reader.parts
        if text.strip() or not anchor
    ]


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
