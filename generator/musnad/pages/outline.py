"""Turn the Markdown of generated pages into HTML without a Markdown parser.

Our templates give HTML blocks and ``## heading {: #id }`` lines and nothing else, so that little is left
to convert. Whatever looks different is left to Python-Markdown; a test compares the two on every page.
"""

import re
from typing import NamedTuple

# Headings are escaped: one with a bare Markdown character is not ours. The end of the line before it is part of it, as
# that is looked for at a stroke, and the beginning of a line at every letter.
_HEADING = re.compile(r"\n## (?P<text>(?:&#\d+;|[^\\`*_{}\[\]<>&#\n])+) \{: #(?P<id>[a-z0-9-]+) \}(?=\n)")
_ID = re.compile(r' id="([^"]+)"')
# What only a Markdown parser understands at the start of a line: a block of ours starts with a tag.
_BLOCK = re.compile(r"<(?:/?(?:article|aside|details|div|dl|footer|form|header|h1|nav|ol|p|section|table|ul))\b")
_NO_TAG = re.compile(r"\n[^<\n]")


class Outline(NamedTuple):
    """A page's HTML, its headings as (id, text in HTML), and every anchor in it."""

    html: str
    headings: tuple[tuple[str, str], ...]
    anchors: frozenset[str]


def convert_outline(text: str) -> Outline | None:
    """Return the HTML of a generated page, or None when it holds more than HTML blocks and headings."""
    html: list[str] = []
    headings: list[tuple[str, str]] = []
    text, end = f"\n{text}", 0
    for match in _HEADING.finditer(text):
        html += [text[end : match.start() + 1].lstrip("\n"), f'<h2 id="{match["id"]}">{match["text"]}</h2>\n']
        headings.append((match["id"], match["text"]))
        end = match.end()
    html.append(text[end:].lstrip("\n"))
    blocks = html[::2]
    if not all(_BLOCK.match(block) for block in blocks if block) or any(map(_NO_TAG.search, blocks)):
        return None
    whole = "".join(html).strip()
    return Outline(whole, tuple(headings), frozenset(_ID.findall(whole)))
