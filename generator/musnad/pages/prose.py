"""Hand-written pages below ``docs/<lang>/``: what they get from their place, and their text for the search."""

from html.parser import HTMLParser
from typing import Any, NamedTuple

from musnad.text.languages import LANGS, OTHER

_HEADING = "h2"
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


def prose_fields(file: str, title: str, edit_url: str | None) -> dict[str, Any]:
    """Return the front matter of a hand-written page; nothing for a file that belongs to no language."""
    lang, _, rest = file.partition("/")
    if lang not in LANGS:
        return {}
    path = rest.removesuffix(".md").removesuffix("index").rstrip("/")
    path = f"{path}/" if path else ""
    return {
        "lang": lang,
        "other": f"{OTHER[lang]}/{path}",
        "kind": "prose",
        "section": path,
        "short": [[title, None]],
        **({"edit": edit_url} if edit_url else {}),
    }


def read_sections(html: str, url: str, title: str) -> list[Section]:
    """Return the text of a page by its headings; ``url`` is below the site's root and begins with the language."""
    reader = _SectionReader()
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

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[list[str]] = [["", "", ""]]
        self._in_heading = self._is_unread = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a part at a heading."""
        self._is_unread = self._is_unread or tag in (*_NEVER_READ, "h1")
        if tag == _HEADING:
            self.parts.append([dict(attrs).get("id") or "", "", ""])
            self._in_heading = True
        elif tag in _BLOCKS:
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        """End a heading, or what is not read."""
        if tag == _HEADING:
            self._in_heading = False
        if tag in (*_NEVER_READ, "h1"):
            self._is_unread = False

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        if not self._is_unread:
            self.parts[-1][1 if self._in_heading else 2] += data
