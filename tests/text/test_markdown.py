"""Escaped text shows the same text through Python-Markdown, in a heading with attributes and contents."""

import html
import re

import markdown
from hypothesis import given

from musnad.text.markdown import escape_markdown
from tests.text.strategies import texts

_HEADING = re.compile(r'<h2 id="given">(.*)</h2>')


def fold(text: str) -> str:
    """Return the text as a browser shows it: white space folded."""
    return re.sub(r"\s+", " ", text).strip()


@given(texts.filter(fold))
def test_escaped_heading_shows_the_text(text: str) -> None:
    """Not a character more or less, no markup, and the id that was given."""
    source = f"before\n\n## {escape_markdown(text)} {{: #given }}\n\nafter\n"
    shown = markdown.markdown(source, extensions=["attr_list", "tables", "toc"])
    found = _HEADING.fullmatch(shown.removeprefix("<p>before</p>\n").removesuffix("\n<p>after</p>"))
    assert found is not None
    assert "<" not in found[1]
    assert html.unescape(found[1]) == fold(text)


@given(texts.filter(fold))
def test_contents_list_the_text(text: str) -> None:
    """The table of contents is made from the same heading."""
    converter = markdown.Markdown(extensions=["attr_list", "toc"])
    converter.convert(f"## {escape_markdown(text)} {{: #given }}\n")
    (token,) = converter.toc_tokens
    assert token["id"] == "given"
    assert fold(html.unescape(token["name"])) == fold(text)


@given(texts)
def test_escaped_text_is_one_line_without_active_characters(text: str) -> None:
    """Nothing is left that HTML or Markdown could read as its own."""
    assert not re.search(r"[\n<>*_`\[\]{}]|&(?!#\d+;)", escape_markdown(text))
