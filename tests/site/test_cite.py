"""Citations as readers take them along, read by libraries for references; and addresses of versions."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from playwright.sync_api import Browser, Page, expect

from musnad.derive.people import is_protected
from musnad.rules.check import load_checked
from musnad.text.languages import LANGS, Lang
from musnad.wording.words import load_all_words
from tests.site.conftest import ROOT, SIZES, Builds
from tests.site.links import read_page

pytestmark = pytest.mark.browser
CLAIM = "claims/sy24-109221/flour-price"
# Half past nine in the evening in London is the next day in Damascus.
NOW, DAY = datetime(2027, 3, 1, 21, 30, tzinfo=UTC), "2027-03-02"
ODD = [
    r"A \ b {c} ~ d^e $5 & 10% #1 _x_",
    "«ما قيل»: 50% من «الطحين» & غيره",
    '“Quoted” and "plain", it’s so',
]


@pytest.fixture(params=LANGS)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """Open a page in Damascus, late in the evening: on a phone in Arabic, on a desk in English."""
    width, height = SIZES[request.param]
    context = browser.new_context(
        viewport={"width": width, "height": height}, timezone_id="Asia/Damascus", accept_downloads=True
    )
    page = context.new_page()
    page.clock.set_fixed_time(NOW)
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.on("request", lambda sent: failed.append(sent.url) if "127.0.0.1" not in sent.url else None)
    yield page
    assert failed == []
    context.close()


def lang_of(page: Page) -> Lang:
    """Return the language a page is tried in, by its width."""
    return "ar" if page.viewport_size and page.viewport_size["width"] == SIZES["ar"][0] else "en"


def read_head(site: Path, place: str) -> dict[str, str]:
    """Return what the head of a page says of it, by the names of the elements."""
    text = (site / place / "index.html").read_text(encoding="utf-8")
    found = re.findall(r'<meta name="((?:citation_|DC\.)\w+)" content="([^"]*)">', text)
    assert len(found) == len(dict(found)), place
    return {name: value.replace("&amp;", "&").replace("&#34;", '"') for name, value in found}


def read_bibtex(text: str) -> Any:
    """Return an entry with its names and title as LaTeX sets them, and the rest, an address among it, as it is."""
    plain, decoded = (
        bibtexparser.parse_string(text, append_middleware=more) for more in ([], [LatexDecodingMiddleware()])
    )
    assert not plain.failed_blocks
    (entry,), (other,) = plain.entries, decoded.entries
    for name in ("author", "organization", "title"):
        # The library's sign for this command is that of an accent.
        entry[name] = other[name].replace("\u02c6", "^")
    return entry


def check_forms(cited: dict[str, str], day: str, bibtex: str, ris: str, csl: str) -> str:
    """See that three forms hold what is cited, and nothing else; return their key."""
    entry = read_bibtex(bibtex)
    year, month, date = [*cited["date"].split("-"), "", ""][:3]
    months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    wanted = {
        "author": cited["publisher"],
        "organization": cited["publisher"],
        "title": cited["title"],
        "year": year,
        "month": months[int(month) - 1] if month else "",
        "date": cited["date"],
        "url": cited["url"],
        "urldate": day,
        "version": cited["version"],
        "langid": {"ar": "arabic", "en": "english"}[cited["language"]],
    }
    assert entry.entry_type == "online"
    assert {name: entry[name] for name in entry.fields_dict} == {name: value for name, value in wanted.items() if value}
    (record,) = rispy.loads(ris)
    slashes = "/".join((year, month, date)) if year else ""
    wanted_ris = {
        "type_of_reference": "ELEC",
        "id": entry.key,
        "authors": [cited["publisher"]],
        "title": cited["title"],
        "secondary_title": cited["publisher"],
        "publisher": cited["publisher"],
        "year": year,
        "date": slashes,
        "access_date": day.replace("-", "/"),
        "language": cited["language"],
        "urls": [cited["url"]],
    }
    notes = record.pop("notes", [])
    assert ([note.rpartition(" ")[2] for note in notes] or [""]) == [cited["version"]]
    assert record == {name: value for name, value in wanted_ris.items() if value}
    (item,) = json.loads(csl)
    parts = {
        name: {"date-parts": [[int(part) for part in value.split("-")]]}
        for name, value in (("issued", cited["date"]), ("accessed", day))
        if value
    }
    wanted_csl = {
        "id": entry.key,
        "type": "webpage",
        "title": cited["title"],
        "author": [{"literal": cited["publisher"]}],
        "container-title": cited["publisher"],
        "URL": cited["url"],
        "version": cited["version"],
        "language": cited["language"],
        **parts,
    }
    assert item == {name: value for name, value in wanted_csl.items() if value}
    return str(entry.key)


def render(csl: str) -> str:
    """Return an item in the one style that the library brings along."""
    items = json.loads(csl)
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    bibliography.register(Citation([CitationItem(items[0]["id"])]))
    (line,) = map(str, bibliography.bibliography())
    return line


def test_reader_takes_a_citation_along(page: Page, address: str, builds: Builds, record: dict[str, Any]) -> None:
    """Opened by the row of the particulars; with the reader's own day, which is not that of London; saved as files."""
    lang = lang_of(page)
    page.goto(f"{address}{lang}/{CLAIM}/")
    assert not page.locator("#cite").is_visible()
    page.locator(".slip a[href='#cite']").click()
    words = load_all_words(load_checked(ROOT / "entries").site)[lang]
    text = page.locator("#cite")
    expect(text).to_contain_text(words.date(DAY).replace("\u00a0", " "), use_inner_text=True)
    derived = next(c for c in record["claims"] if f"claims/{c['id']}" == CLAIM)["derived"]
    told = str(text.text_content())
    version = derived["version"]
    assert f"{derived['pages'][lang]}?v={version}" in told
    assert words.date(derived["changed"]) in told
    head = read_head(builds.first, f"{lang}/{CLAIM}")
    assert head["citation_title"] in told
    forms = page.locator(".cite pre").all_text_contents()
    cited = {name: head[f"citation_{name}"] for name in ("title", "publisher", "date", "language")}
    cited |= {"url": head["citation_public_url"], "version": version}
    key = check_forms(cited, DAY, *forms)
    assert key == f"{CLAIM.replace('/', '-')}-{version}-{lang}"
    line = render(forms[2])
    assert line.startswith(f"{cited['publisher']} (2026) {cited['title']}")
    assert f"{cited['url']} (Accessed: March 2, 2027)" in line
    for number, ending in enumerate(("bib", "ris", "json")):
        page.locator(".cite details summary").nth(number).click()
        with page.expect_download() as download:
            page.locator(".cite details a[download]").nth(number).click()
        assert download.value.suggested_filename == f"{key}.{ending}"
        assert Path(download.value.path()).read_bytes().decode() == forms[number]
    clipboard = "{value: {writeText: async text => { window.kept = text }}}"
    page.evaluate(f"Object.defineProperty(navigator, 'clipboard', {clipboard})")
    page.locator(".cite button").first.click()
    expect(page.locator(".cite [role=status]")).not_to_be_empty()
    assert page.evaluate("window.kept") == told


def test_forms_hold_whatever_a_title_holds(page: Page, address: str) -> None:
    """Signs of markup in all three, dates of which only the year or the month is known, and a page of no version."""
    page.goto(f"{address}{lang_of(page)}/{CLAIM}/")
    module = f"{address}assets/cite/cite.js"
    base = {
        "publisher": "R & {D}",
        "language": lang_of(page),
        "version": "0123456789ab",
        "url": f"{address}en/x/?v=1&w=2%20",
    }
    cases = [{**base, "title": title, "date": date} for title in ODD for date in ("", "2024", "2024-06", "2024-06-07")]
    cases.append({**base, "title": "Figures", "date": "", "version": ""})
    for cited in cases:
        made = page.evaluate(
            "async ([module, cited, day]) => { const m = await import(module);"
            " return [m.asBibtex(cited, day), m.asRis(cited, day), m.asCsl(cited, day)] }",
            [module, cited, DAY],
        )
        check_forms(cited, DAY, *made)
        assert cited["title"][:12] in render(made[2])


def test_address_of_another_version_says_so(page: Page, address: str, record: dict[str, Any]) -> None:
    """And leads to what was changed, in the other language as well; nothing that stands in the address is shown."""
    lang = lang_of(page)
    derived = next(c for c in record["claims"] if f"claims/{c['id']}" == CLAIM)["derived"]
    page.goto(f"{address}{lang}/{CLAIM}/?v={derived['version']}")
    page.locator(".cite summary").first.click()
    page.wait_for_selector(".cite pre", state="attached")
    assert page.locator(".notice[role=status]").count() == 0
    for asked in ("000000000000", "Anna%20lied", "%3Cb%3Ex%3C/b%3E", ""):
        page.goto(f"{address}{lang}/{CLAIM}/?v={asked}")
        notice = page.locator(".notice[role=status]")
        expect(notice).to_contain_text(derived["version"])
        assert not [word for word in ("000000", "Anna", "<b>", "lied") if word in str(notice.text_content())]
        expect(notice.locator("a[href='#history']")).to_be_visible()
    page.locator(".switch").click()
    expect(page.locator(".notice[role=status]")).to_contain_text(derived["version"])


def test_version_is_said_without_scripts(address: str, browser: Browser, record: dict[str, Any]) -> None:
    """With the citation, that a day is to be added, and the way to the data."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for group, id_ in (("claims", CLAIM.removeprefix("claims/")), ("entities", "flour"), ("sources", "sy24-109221")):
        page.goto(f"{address}en/{group}/{id_}/?v=000000000000")
        version = next(found for found in record[group] if found["id"] == id_)["derived"]["version"]
        assert version in str(page.locator(".slip").text_content())
        page.locator(".cite summary").click()
        assert f"/?v={version}" in str(page.locator("#cite").inner_text())
        assert page.locator(".cite .quiet").inner_text().startswith("Add the day")
        page.locator(".cite .quiet a").click()
        assert json.loads(page.locator("pre").inner_text())["about"]["name"]["en"] == "Badia Record"
    context.close()


@pytest.mark.parametrize("lang", LANGS)
def test_heads_say_what_the_data_say(builds: Builds, record: dict[str, Any], lang: Lang) -> None:
    """Of every record: title with opening words, version, day, address; Dublin Core says the same."""
    catalogue = load_checked(ROOT / "entries")
    rights = record["about"]["rights"][lang]
    protected = 0
    for group in ("sources", "entities", "claims"):
        for found in record[group]:
            place, derived = f"{lang}/{group}/{found['id']}", found["derived"]
            head = read_head(builds.first, place)
            names = ("title", "publisher", "date", "language")
            assert [head[f"DC.{name}"] for name in names] == [head[f"citation_{name}"] for name in names]
            assert head["citation_publisher"] == record["about"]["name"][lang]
            assert (head["citation_date"], head["citation_language"]) == (derived["changed"], lang)
            assert (
                head["citation_public_url"]
                == head["DC.identifier"]
                == f"{derived['pages'][lang]}?v={derived['version']}"
            )
            assert (head["DC.type"], head["DC.rights"]) == ("webpage", rights)
            title, own = head["citation_title"], getattr(catalogue, group)[found["id"]]
            if group == "claims" and not derived["noindex"]:
                label = found["record"]["title"][lang]
                assert title.endswith(f": {label}")
                assert len(title) > len(label) + 8
            elif group != "sources" and is_protected(own, catalogue):
                protected += 1
                names_of = own.title[lang] if group == "claims" else own.name(lang)
                assert names_of not in title
    assert protected > 3


def test_views_are_cited_and_lists_are_not(builds: Builds) -> None:
    """A view has no day and no version of its own."""
    for view in ("figures", "time", "map", "claims/relations", "exchange", "accounts", "questions", "claims/all"):
        head = read_head(builds.first, f"en/{view}")
        assert "citation_date" not in head
        assert head["citation_public_url"] == f"https://example.org/en/{view}/"
    for other in ("claims", "reading", "method", "corrections"):
        assert read_head(builds.first, f"en/{other}") == {}
        assert "cite" not in read_page(builds.first / f"en/{other}/index.html").anchors
