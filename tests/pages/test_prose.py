"""Hand-written pages are searched by their sections."""

import pytest

from musnad.pages.prose import Section, prose_fields, read_sections
from musnad.text.bidi import FSI, PDI

PAGE = """
<h1 id="method">Method</h1>
<p>First <em>words</em>&amp;more.</p><ul><li>one</li><li>two</li></ul>
<h2 id="how">How <code>it</code>
is made</h2>
<p>Text&nbsp;of how.</p><h3 id="finer">Finer</h3><p>More.</p>
<script>never()</script><style>.never {}</style>
<h2 id="empty">Empty</h2>
<h2 id="why">Why</h2><table><tr><th>a</th><td>b</td></tr></table>
"""


def test_page_is_read_by_its_headings() -> None:
    """Each second-level heading begins a section with its anchor; one without text is left out."""
    assert read_sections(PAGE, "en/method/", "Method") == [
        Section("method/", "Method", "", "First words&more. one two"),
        Section("method/#how", "Method", "How it is made", "Text of how. Finer More."),
        Section("method/#why", "Method", "Why", "a b"),
    ]


@pytest.mark.parametrize(
    ("html", "text"),
    [("", ""), ("<h1>Title</h1>", ""), ("bare", "bare"), ("<p>one</p><p>two</p>", "one two"), ("a &lt; b", "a < b"),
     ("a<br>b", "a b"), ("<h1>Title</h1><p>نصّ</p>", "نصّ")],
    ids=["nothing", "title alone", "bare text", "two blocks", "escaped", "line break", "Arabic"],
)  # fmt: skip
def test_page_without_headings_is_one_section(html: str, text: str) -> None:
    """Also when nothing stands on it: a page is found by its title."""
    assert read_sections(html, "ar/about/", "T") == [Section("about/", "T", "", text)]


@pytest.mark.parametrize("tag", ["p", "li", "tr", "h3", "h4", "td", "th", "div", "dt", "dd", "blockquote", "br"])
def test_words_of_two_blocks_never_run_together(tag: str) -> None:
    """Whatever kind of block begins between them; what only marks words keeps them together."""
    assert read_sections(f"one<{tag}>two", "en/x/", "T")[0].text == "one two"
    assert read_sections("o<em>n</em>e", "en/x/", "T")[0].text == "one"


@pytest.mark.parametrize("tag", ["script", "style", "pre"])
def test_what_is_no_prose_is_not_read(tag: str) -> None:
    """Nor does it end what comes after it."""
    assert read_sections(f"one <{tag}>never</{tag}> two", "en/x/", "T")[0].text == "one two"


@pytest.mark.parametrize(
    ("file", "given", "fields"),
    [
        ("en/method.md", (None, "ar/method/"), {"lang": "en", "other": "ar/method/", "section": "method/"}),
        ("ar/index.md", (None, "en/"), {"lang": "ar", "other": "en/", "section": ""}),
        ("ar/help/index.md", (None, None), {"lang": "ar", "section": "help/"}),
        ("en/method.md", ("https://edit.example/x", None), {"lang": "en", "section": "method/",
                                                            "edit": "https://edit.example/x"}),
    ],
    ids=["page", "first page", "folder without counterpart", "edited"],
)  # fmt: skip
def test_hand_written_page_gets_its_fields_from_its_place(
    file: str, given: tuple[str | None, str | None], fields: dict[str, str]
) -> None:
    """Language, section, and where its counterpart is and where it is edited, if anywhere."""
    found = prose_fields(file, "T", *given)
    assert (found.pop("kind"), found.pop("title").strip(FSI + PDI)) == ("prose", "T")
    assert [run.text for run in found.pop("short")] == ["T"]
    assert found == fields


def test_first_page_of_a_language_has_no_path() -> None:
    """It stands at the language itself."""
    assert read_sections("<p>x</p>", "ar/", "T") == [Section("", "T", "", "x")]
