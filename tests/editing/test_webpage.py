"""Pages of many kinds: the article without what stands around it, and what the page says of itself."""

from pathlib import Path

import pytest
import yaml

from musnad.editing.webpage import decode_page, list_blocks, read_page

PAGES = Path(__file__).parent / "webpages"
EXPECTED = yaml.safe_load((PAGES / "expected.yaml").read_text(encoding="utf-8"))
TODAY = "2026-01-02"


def test_every_page_has_its_answer() -> None:
    """No page lies there unread."""
    assert {path.name for path in PAGES.glob("*.html")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_page_is_read(name: str) -> None:
    """Each field as the page gives it; what it does not give is empty, whatever else stands on the page."""
    page = read_page((PAGES / name).read_text(encoding="utf-8"), "http://web.example/p", TODAY)
    expected = EXPECTED[name]
    for field in ("title", "publisher", "language"):
        said = getattr(page.metadata, field)
        assert (said and said.value) == expected.get(field), field
    assert [said.value for said in page.metadata.authors] == expected.get("authors", [])
    assert [said.value for said in page.metadata.published] == expected.get("published", [])
    assert page.metadata.canonical == expected.get("canonical")
    wanted = expected["paragraphs"]
    assert len(page.paragraphs) == len(wanted)
    assert all(text.startswith(start) for text, start in zip(page.paragraphs, wanted, strict=True))
    assert [said.value for said in page.metadata.unread] == expected.get("unread", [])
    assert (page.metadata.is_free, page.metadata.is_live) == (expected.get("free", True), expected.get("live", False))


ARABIC = "<html><body><p>أعلنت البلدية إغلاق معمل الحبال حتى إشعار آخر بعد الحريق</p></body></html>"
FRENCH = "<html><body><p>L’hôtel du port a été fermé après l’été, où les pêcheurs créèrent une école</p></body></html>"


@pytest.mark.parametrize(
    ("text", "encoding", "charset"),
    [
        (ARABIC, "utf-8", "windows-1256"),
        (ARABIC, "utf-8-sig", None),
        (ARABIC, "utf-16", None),
        (ARABIC, "cp1256", "windows-1256"),
        (ARABIC, "cp1256", "iso-8859-1"),
        (ARABIC, "cp1256", "utf-8"),
        (ARABIC, "cp1256", None),
        (ARABIC, "cp1256", "no-such-charset"),
        (ARABIC, "iso8859-6", "iso-8859-6"),
        (FRENCH, "cp1252", "iso-8859-1"),
        (FRENCH, "cp1252", None),
        (FRENCH, "utf-8", "iso-8859-1"),
    ],
)
def test_encoding_is_what_the_bytes_are(text: str, encoding: str, charset: str | None) -> None:
    """Whatever server and page declare."""
    assert decode_page(text.encode(encoding), charset)[0] == text


def _page(head: str, body: str = "") -> str:
    text = "<p>The agent of the ship said that it had left the bay at dawn with all of its cargo of salt.</p>" * 2
    return f"<html lang=en><head>{head}</head><body><article>{body}{text}</article></body></html>"


@pytest.mark.parametrize(
    ("head", "body", "days"),
    [
        ('<meta property="article:published_time" content="2024-03-05T23:30:00Z">', "", ["2024-03-05"]),
        # One moment, written in two zones.
        (
            '<meta property="article:published_time" content="2024-03-05T23:30:00Z">'
            '<meta name="date" content="2024-03-06T01:30:00+0200">',
            "",
            ["2024-03-05"],
        ),
        ('<meta name="date" content="Tue, 05 Mar 2024 23:30:00 GMT">', "", ["2024-03-05"]),
        ('<meta name="dc.date" content="20240305">', "", ["2024-03-05"]),
        ('<meta name="dc.date" content="1970-01-01">', "", []),
        ('<meta name="dc.date" content="2024-02-30">', "", []),
        ('<meta name="dc.date" content="2031-01-01">', "", []),
        ('<meta property="article:modified_time" content="2024-03-05">', "", []),
        ("", '<time class="updated" datetime="2024-03-05">5 March</time>', []),
        ("", '<time itemprop="datePublished" datetime="2024-03-05">5 March</time>', ["2024-03-05"]),
        ("", "<p>5 March 2024</p>", []),
        ('<script type="application/ld+json">{"@type": "NewsArticle", broken</script>', "", []),
        ('<script type="application/ld+json">{"@type":"WebPage","datePublished":"2024-03-05"}</script>', "", []),
    ],
)
def test_day_of_publication_is_never_guessed(head: str, body: str, days: list[str]) -> None:
    """Only what the page calls so counts, as the day that it writes."""
    page = read_page(_page(head, body), None, TODAY)
    assert [said.value for said in page.metadata.published] == days


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Ship sails | The Gazette</title>", "<h1>Ship sails</h1>", "Ship sails"),
        ("<title>Ship sails - port - The Gazette</title>", "", "Ship sails - port - The Gazette"),
        (
            '<title>Ship sails - The Gazette</title><meta property="og:site_name" content="The Gazette">',
            "",
            "Ship sails",
        ),
        ('<meta property="og:title" content="Salt &amp; rope">', "", "Salt & rope"),
        ("", "", None),
    ],
)
def test_headline_stands_without_the_name_of_the_outlet(head: str, body: str, title: str | None) -> None:
    """Where the page shows which part of it is the headline."""
    page = read_page(_page(head, body), None, TODAY)
    assert (page.metadata.title and page.metadata.title.value) == title


@pytest.mark.parametrize(
    ("lang", "found"),
    [("en-GB", "en"), ("EN", "en"), ("en_US", "en"), ("ar", None), ("123", None), ("english us", None), ("عربي", None)],
)
def test_language_is_a_tag_that_the_script_bears_out(lang: str, found: str | None) -> None:
    """What a template says wrongly or badly is no language."""
    page = read_page(_page("").replace("lang=en", f'lang="{lang}"'), None, TODAY)
    assert (page.metadata.language and page.metadata.language.value) == found


def test_all_text_of_a_page_is_listed_once() -> None:
    """Blocks with blocks in them, text beside blocks, lines, words in marks; nothing of scripts."""
    text = "<div>One <a href=/>two</a><p>three<b>four</b></p>five<br>six<ul><li>seven\n eight</ul></div>"
    assert [*list_blocks(f"<html><head><title>t</title></head><body>{text}<script>no</script>")] == [
        *("t", "One two", "threefour", "five", "six", "seven eight")
    ]


def test_page_that_would_take_minutes_is_refused() -> None:
    """Whoever made it so."""
    with pytest.raises(ValueError, match="elements"):
        read_page("<html><body>" + "<i>x</i>" * 100_001, None, TODAY)


@pytest.mark.parametrize(
    "objects",
    [
        '{"@type":"Article","publisher":{"@id":"x"}},{"@id":"x","name":{"@id":"x"},"a":1}',
        '{"@type":"Article","author":' + "[" * 800 + '"x"' + "]" * 800 + "}",
        '{"@type":"Article","url":"http://[","datePublished":"0001-01-01T00:00+14:00"}',
        '{"@type":"Article","datePublished":"Tue, 5 Mar 99999999999999999999 10:00:00 GMT"}',
        '{"@type":["Article",7,null],"datePublished":["2024-03-05"],"headline":{},"author":7,"@id":[]}',
    ],
)
def test_page_that_says_strange_things_is_read(objects: str) -> None:
    """What has no end or no sense is left out."""
    metadata = read_page(_page(f'<script type="application/ld+json">[{objects}]</script>'), "http://x/", TODAY).metadata
    assert (metadata.publisher, metadata.authors, metadata.published) == (None, (), ())
