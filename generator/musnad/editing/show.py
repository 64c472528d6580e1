"""Tell a record in the terminal as its page tells it: opening words, chain, sources, and who refers to it."""

import re
from html.parser import HTMLParser

from musnad.pages.addresses import find_file
from musnad.pages.site import Site
from musnad.text.languages import Lang

_HEADING = re.compile(r"^## (.*?) \{: #.*\}$", re.MULTILINE)
_BLOCKS = frozenset(("p", "div", "li", "ol", "ul", "dl", "h1", "h2", "h3", "h4", "article", "section", "table", "tr"))
_SPACED = frozenset(("dd", "td", "th", "span", "a"))
_HIDDEN = frozenset(("svg", "script", "style", "template", "button"))


def show_record(site: Site, ref: str, lang: Lang) -> str:
    """Return the text of a record's page. Raises KeyError where readers see no such page."""
    page = site.make_page(find_file(f"{lang}/{ref}/"))
    reader = _TextReader()
    reader.feed(_HEADING.sub(r"<h2>\1</h2>", page.body))
    reader.close()
    lines = (re.sub(r"\s+([,،.;؛:])", r"\1", " ".join(line.split())) for line in "".join(reader.parts).split("\n"))
    return "\n".join(f"\n{line[2:]}" if line.startswith("##") else line for line in lines if line)


class _TextReader(HTMLParser):
    """Gathers what is seen of a page, a line for a block."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _HIDDEN
        if tag in _BLOCKS:
            self.parts.append({"li": "\n- ", "h2": "\n##"}.get(tag, "\n"))
        elif tag in _SPACED:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _HIDDEN
        self.parts.append({"dt": ": ", "h1": "\n", "h2": "\n"}.get(tag, "\n" if tag in _BLOCKS else ""))

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(re.sub(r"\s+", " ", data))
