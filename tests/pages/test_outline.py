"""Generated pages come out as Python-Markdown makes them; anything else is left to it."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown import Markdown
from mkdocs.utils.meta import get_data

from musnad.pages.outline import convert_outline
from musnad.pages.site import Site, SiteOptions
from musnad.rules.check import load_checked
from musnad.wording.words import load_all_words
from tests.conftest import PROJECT, TOY

EXTENSIONS = ["attr_list", "tables", "toc", "fenced_code"]


class Ids(HTMLParser):
    """Collects the ids of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {value for name, value in attrs if name == "id" and value}


@pytest.mark.parametrize("entries", [TOY, PROJECT / "entries"], ids=["toy", "real"])
@pytest.mark.sampled(2)
def test_every_page_is_what_python_markdown_makes_of_it(entries: Path) -> None:
    """HTML to the byte, and the ids and names of the table of contents."""
    parser = Markdown(extensions=EXTENSIONS)
    site = Site.make(load_checked(entries), load_all_words(), SiteOptions(site_url="https://record.example/"))
    headings = 0
    for page in site.pages():
        text, _fields = get_data(page.text)
        outline = convert_outline(text)
        assert outline is not None, page.file
        assert outline.html == parser.reset().convert(text), page.file
        tokens = [(token["id"], token["name"]) for token in parser.toc_tokens]  # type: ignore[attr-defined]
        assert list(outline.headings) == tokens, page.file
        assert outline.anchors == Ids(outline.html).found, page.file
        headings += len(tokens)
    assert headings > 100


@pytest.mark.parametrize(
    "text",
    [
        "<p>a</p>\n",
        "<div>\n<p>a *b*</p>\n</div>\n\n## ملح {: #salt }\n\n<p>c</p>\n\n## D&#46; e {: #d-2 }\n\n<ol>\n</ol>\n",
        "## A {: #a }\n\n<p>b</p>\n",
        "<p>a</p>\n\n## B {: #b }\n",
        "<p>a</p>\n## B {: #b }\n\n## C {: #c }\n<p>d</p>",
    ],
    ids=["block", "blocks and headings", "heading first", "heading last", "no blank lines"],
)
def test_blocks_and_headings_are_converted(text: str) -> None:
    """With nothing else on the page, no parser is needed."""
    outline = convert_outline(text)
    assert outline is not None
    assert outline.html == Markdown(extensions=EXTENSIONS).convert(text)


HEAD = "<p>a</p>\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "Some *text*.\n",
        f"{HEAD}Some *text*.\n",
        f"{HEAD}## B {{: #b }}\n\nSome *text*.\n",
        "<p>a</p>\nSome *text*.\n",
        f"{HEAD}- one\n- two\n",
        f"{HEAD}1. one\n",
        f"{HEAD}    code\n",
        f"{HEAD}```\ncode\n```\n",
        f"{HEAD}| a | b |\n|---|---|\n| c | d |\n",
        f"{HEAD}# B {{: #b }}\n",
        f"{HEAD}### B {{: #b }}\n",
        f"{HEAD}## B\n",
        f"{HEAD}## B {{: #b .c }}\n",
        f"{HEAD}## B *c* {{: #b }}\n",
        f"{HEAD}## B &amp; c {{: #b }}\n",
        f"{HEAD}## B # {{: #b }}\n",
        f"{HEAD}B\n---\n",
        f"{HEAD}> quoted\n",
        f"{HEAD}## B {{: #b }}\n\n<span>*c*</span>\n",
    ],
    ids=[
        "paragraph", "paragraph after block", "paragraph after heading", "text right after block", "list",
        "numbered list", "code", "fence", "table", "first level", "third level", "no id", "class",
        "emphasis in heading", "entity in heading", "closing mark in heading", "underlined heading",
        "quotation", "inline tag",
    ],
)  # fmt: skip
def test_anything_else_is_left_to_python_markdown(text: str) -> None:
    """Rather slow than wrong."""
    assert convert_outline(text) is None
