"""What Zotero makes of our pages, by the rules of its translators "Embedded Metadata" and "RDF", told in our own words.

Source: https://github.com/zotero/translators of 26 June 2026 (AGPL, read and not taken over). Only what bears on pages
like ours is told: Highwire's names, Dublin Core and OpenGraph, no other vocabularies, no bylines.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

import html5lib
import pytest

from musnad.text.languages import LANGS, Lang
from tests.site.conftest import Builds

HIGHWIRE = {
    "citation_title": "title",
    "citation_date": "date",
    "citation_public_url": "url",
    "citation_language": "language",
}
KNOWN_TYPES = {"webpage", "book", "report", "thesis"}
DUBLIN_CORE, OPEN_GRAPH = "dc", "og"
OF_A_WEBPAGE = {"title", "date", "url", "language", "rights", "abstractNote", "websiteTitle"}


@dataclass
class Head:
    """The elements of a head: names with contents in their order, and the title."""

    names: list[tuple[str, str]] = field(default_factory=list)
    title: str = ""
    canonical: str = ""
    authors: list[str] = field(default_factory=list)


def read_head(path: Path) -> Head:
    """Return the head of a page, as a browser has it."""
    document = html5lib.parse(path.read_text(encoding="utf-8"), namespaceHTMLElements=False)
    found = Head(title=document.findtext("head/title") or "")
    for element in document.iter("meta"):
        name, content = element.get("name") or element.get("property"), element.get("content")
        if name and content:
            # One element may carry several names.
            found.names += [(part, content) for part in name.split()]
            found.authors += [content] if name.lower() == "author" else []
    found.canonical = next(
        (link.get("href", "") for link in document.iter("link") if link.get("rel") == "canonical"), ""
    )
    return found


def read_statements(head: Head) -> dict[str, dict[str, str]]:
    """Return by vocabulary what is stated first of each property; prefixes go without case, properties begin small."""
    found: dict[str, dict[str, str]] = {DUBLIN_CORE: {}, OPEN_GRAPH: {}}
    for name, content in head.names:
        prefix, *rest = re.split("[.:_]", name, maxsplit=1)
        if rest and prefix.lower() in found:
            found[prefix.lower()].setdefault(rest[0][:1].lower() + rest[0][1:], content)
    return found


def find_type(head: Head, stated: dict[str, dict[str, str]]) -> str:
    """Return the type of the item: what is sure before what is guessed.

    OpenGraph is sure of a website alone; Dublin Core is sure of a type that Zotero has. Where nothing sure is said, a
    title under Highwire's name makes an article of a journal of it; otherwise it is a web page.
    """
    if stated[OPEN_GRAPH].get("type") == "website":
        return "webpage"
    if stated[DUBLIN_CORE].get("type") in KNOWN_TYPES:
        return stated[DUBLIN_CORE]["type"]
    has_title = any(name.endswith("citation_title") for name, _ in head.names)
    return "journalArticle" if has_title else "webpage"


def read_item(path: Path) -> dict[str, object]:
    """Return the item that Zotero saves of a page."""
    head = read_head(path)
    stated = read_statements(head)
    dublin, graph = stated[DUBLIN_CORE], stated[OPEN_GRAPH]
    creators = [dublin[name] for name in ("creator", "contributor") if name in dublin][:1]
    item: dict[str, object] = {
        "itemType": find_type(head, stated),
        "title": dublin.get("title") or graph.get("title"),
        "date": dublin.get("date"),
        "language": dublin.get("language"),
        "rights": dublin.get("rights"),
        "url": graph.get("url"),
        "abstractNote": graph.get("description"),
        "websiteTitle": graph.get("site_name"),
    }
    # Highwire's names go before: the first element whose name ends so.
    for name, key in HIGHWIRE.items():
        given = next((content for found, content in head.names if found.endswith(name)), "")
        item[key] = " ".join(given.split()) or item[key]
    named = [content for found, content in head.names if found.endswith(("citation_author", "citation_authors"))]
    item["title"] = item["title"] or head.title
    item["url"] = item["url"] or head.canonical
    # The publication's name is taken off the end of a title.
    item["title"] = re.sub(
        rf"\s*[-–—=_:|~#]\s*{re.escape(str(item['websiteTitle']))}\s*$", "", str(item["title"]), flags=re.I
    )
    # Without any other, the author is that of the element of this name, and a name without a comma is a person's.
    item["creators"] = named or creators or head.authors
    return {name: value for name, value in item.items() if value}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.sampled(2)
def test_record_is_saved_as_a_web_page_with_all_that_is_cited(
    builds: Builds, record: dict[str, object], lang: Lang
) -> None:
    """Every record: no article of a journal, no person made up, and the address of the version."""
    about: dict[str, dict[str, str]] = record["about"]  # type: ignore[assignment]
    for group in ("sources", "entities", "claims"):
        for found in record[group]:  # type: ignore[attr-defined]
            derived = found["derived"]
            item = read_item(builds.first / lang / group / found["id"] / "index.html")
            assert item["itemType"] == "webpage"
            assert item["url"] == f"{derived['pages'][lang]}?v={derived['version']}"
            assert (item["date"], item["language"]) == (derived["changed"], lang)
            assert item["rights"] == about["rights"][lang]
            assert item["websiteTitle"] == about["name"][lang]
            assert item.keys() - {"itemType"} == OF_A_WEBPAGE
            if group == "claims" and not derived["noindex"]:
                says = derived["attributed_statement"][lang]
                assert says in str(item["abstractNote"]).translate({0x2068: None, 0x2069: None})
                assert str(item["title"]).endswith(f": {found['record']['title'][lang]}")


def test_without_its_type_a_page_would_be_an_article_of_a_journal(builds: Builds, tmp_path: Path) -> None:
    """The reason for the type, and for no author."""
    text = (builds.first / "en/claims/sy24-109221/flour-price/index.html").read_text(encoding="utf-8")
    page = tmp_path / "page.html"
    page.write_text(text.replace('name="DC.type"', 'name="x"'), encoding="utf-8")
    assert read_item(page)["itemType"] == "journalArticle"
    page.write_text(
        text.replace('name="DC.type"', 'name="author" content="A Person"><meta name="DC.type"'), encoding="utf-8"
    )
    assert read_item(page)["creators"] == ["A Person"]
