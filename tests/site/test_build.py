"""Laws of the built site: no warning, no dead link, the same paths in both languages, the same bytes."""

from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest

from musnad.rules.check import load_checked
from musnad.text.languages import LANGS, Lang
from tests.conftest import PROJECT
from tests.site.conftest import Builds

SITE_URL = "https://example.org/"
ENTRIES = PROJECT / "entries"


class _Page(HTMLParser):
    """The links and anchors of one page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.anchors: list[str] = []
        self.lang = self.dir = ""
        self.robots = ""
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if values.get("id"):
            self.anchors.append(values["id"] or "")
        if tag == "html":
            self.lang, self.dir = values.get("lang") or "", values.get("dir") or ""
        if tag == "meta" and values.get("name") == "robots":
            self.robots = values.get("content") or ""
        for name in ("href", "src"):
            if values.get(name) and not (tag == "link" and values.get("rel") == "canonical"):
                self.links.append((tag, values[name] or ""))


@cache
def _read(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def _pages(site: Path) -> Iterator[Path]:
    yield from sorted(path for path in site.rglob("*.html"))


def _url(site: Path, path: Path) -> str:
    return SITE_URL + path.relative_to(site).as_posix().removesuffix("index.html")


def test_strict_build_says_nothing(builds: Builds) -> None:
    """A strict build of the real record gives no warning and no error."""
    assert "WARNING" not in builds.output
    assert "ERROR" not in builds.output


def test_every_link_and_anchor_resolves(builds: Builds) -> None:
    """Internal links lead to files, and their fragments to anchors, in raw HTML as well."""
    broken = []
    for path in _pages(builds.first):
        here = _url(builds.first, path)
        for _, link in _read(path).links:
            if link.startswith(("mailto:", "javascript:")):
                continue
            target = urlsplit(urljoin(here, link))
            if not target.geturl().startswith(SITE_URL) or link.startswith(SITE_URL + "badia-record/"):
                continue
            file = builds.first / unquote(target.path).lstrip("/")
            file = file / "index.html" if target.path.endswith("/") else file
            if not file.is_file():
                broken.append(f"{here}: {link}")
            elif file.suffix == ".html" and target.fragment and unquote(target.fragment) not in _read(file).anchors:
                broken.append(f"{here}: {link} (no such anchor)")
    assert broken == []


def test_anchors_are_unique_on_every_page(builds: Builds) -> None:
    """No id is given twice on a page."""
    twice = {
        _url(builds.first, path): sorted({anchor for anchor in anchors if anchors.count(anchor) > 1})
        for path in _pages(builds.first)
        if len(anchors := _read(path).anchors) != len(set(anchors))
    }
    assert twice == {}


def test_pages_load_nothing_from_elsewhere(builds: Builds) -> None:
    """Styles, scripts, pictures and fonts all come from the site itself."""
    foreign = [
        (path, link)
        for path in _pages(builds.first)
        for tag, link in _read(path).links
        if tag in ("link", "script", "img", "source", "iframe") and urlsplit(link).netloc
    ]
    assert foreign == []


def test_both_languages_have_the_same_paths(builds: Builds) -> None:
    """Whatever stands under /ar/ stands under /en/ too."""
    paths = {
        lang: {path.relative_to(builds.first / lang) for path in _pages(builds.first / lang)} for lang in ("ar", "en")
    }
    assert paths["ar"] == paths["en"]
    assert len(paths["ar"]) > 100


def test_every_page_has_its_language_and_direction(builds: Builds) -> None:
    """``lang`` and ``dir`` on <html> follow the path."""
    for lang, direction in (("ar", "rtl"), ("en", "ltr")):
        found = {(_read(path).lang, _read(path).dir) for path in _pages(builds.first / lang)}
        assert found == {(lang, direction)}


def test_two_builds_are_identical_to_the_byte(builds: Builds) -> None:
    """Time zone, locale, hash seed and file order leave no trace."""
    files = {path.relative_to(builds.first) for path in builds.first.rglob("*") if path.is_file()}
    assert files == {path.relative_to(builds.second) for path in builds.second.rglob("*") if path.is_file()}
    differing = [str(f) for f in sorted(files) if (builds.first / f).read_bytes() != (builds.second / f).read_bytes()]
    assert differing == []


def test_sitemap_pairs_the_languages_and_leaves_out_protected_pages(builds: Builds) -> None:
    """Each entry names its counterpart; what is kept from search engines is not in it."""
    root = ElementTree.parse(builds.first / "sitemap.xml").getroot()
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    listed = {}
    for url in root.findall("s:url", names):
        alternates = {link.get("hreflang"): link.get("href") for link in url.findall("x:link", names)}
        listed[url.findtext("s:loc", "", names)] = alternates
    # The entrance belongs to no language.
    assert listed.pop(SITE_URL) == {}
    for address, alternates in listed.items():
        lang = address.removeprefix(SITE_URL)[:2]
        other = "en" if lang == "ar" else "ar"
        assert alternates == {lang: address, other: address.replace(f"/{lang}/", f"/{other}/", 1)}
        assert not _read(builds.first / address.removeprefix(SITE_URL) / "index.html").robots
    assert SITE_URL + "en/entities/flour/" in listed
    assert SITE_URL + "en/entities/firas-al-iraqiya/" not in listed


@pytest.mark.parametrize("lang", LANGS)
def test_pages_about_the_living_person_are_kept_from_search_engines(builds: Builds, lang: Lang) -> None:
    """The person's page, the claims, and every page that repeats them, until two people reviewed them."""
    claims = load_checked(ENTRIES).claims.values()
    said = [strip(claim.statement[lang]) for claim in claims if "living-person" in claim.sensitivity]
    pages = {
        page.parent.relative_to(builds.first).as_posix(): _read(page)
        for page in builds.first.glob(f"{lang}/**/index.html")
    }
    repeating = {place for place, page in pages.items() if any(statement in strip(page.text) for statement in said)}
    assert len(repeating) > len(said)
    assert f"{lang}/entities/firas-al-iraqiya" in repeating
    assert f"{lang}/sources/sy24-109221" in repeating
    assert lang not in repeating
    assert [place for place in sorted(repeating) if "noindex" not in pages[place].robots] == []


def strip(text: str) -> str:
    """Return a text without what stands between its words."""
    return "".join(text.split())


def test_crawlers_are_kept_from_the_data_files(builds: Builds) -> None:
    """What pages keep from search engines does not reach them through the data."""
    rules = (builds.first / "robots.txt").read_text(encoding="utf-8").splitlines()
    assert {"Disallow: /record.json", "Disallow: /search/", f"Sitemap: {SITE_URL}sitemap.xml"} <= set(rules)


def test_nothing_accusing_stands_where_attribution_could_be_cut_off(builds: Builds) -> None:
    """Head of a protected claim: neither title nor description carries its statement."""
    for claim in load_checked(ENTRIES).claims.values():
        if "living-person" in claim.sensitivity:
            for lang in LANGS:
                html = (builds.first / lang / claim.ref / "index.html").read_text(encoding="utf-8")
                assert claim.statement[lang] not in html.partition("</head>")[0]
