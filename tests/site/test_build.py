"""Laws of the built site: no warning, no dead link, the same paths in both languages, the same bytes."""

import json
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest

from musnad.records.model import FOLDERS
from musnad.rules.check import load_checked
from musnad.text.languages import LANGS, Lang
from tests.conftest import PROJECT
from tests.site.conftest import Builds
from tests.site.links import find_broken, find_url, list_pages, read_page

SITE_URL = "https://example.org/"
ENTRIES = PROJECT / "entries"


def test_strict_build_says_nothing(builds: Builds) -> None:
    """A strict build of the real record gives no warning and no error."""
    assert "WARNING" not in builds.output
    assert "ERROR" not in builds.output


def test_every_link_and_anchor_resolves(builds: Builds) -> None:
    """Internal links lead to files, and their fragments to anchors, in raw HTML as well."""
    assert find_broken(builds.first, SITE_URL, elsewhere=f"{SITE_URL}badia-record/") == []


def test_anchors_are_unique_on_every_page(builds: Builds) -> None:
    """No id is given twice on a page."""
    twice = {
        find_url(builds.first, path, SITE_URL): sorted({anchor for anchor in anchors if anchors.count(anchor) > 1})
        for path in list_pages(builds.first)
        if len(anchors := read_page(path).anchors) != len(set(anchors))
    }
    assert twice == {}


def test_pages_load_nothing_from_elsewhere(builds: Builds) -> None:
    """Styles, scripts, pictures and fonts all come from the site itself."""
    foreign = [
        (path, link)
        for path in list_pages(builds.first)
        for tag, link in read_page(path).links
        if tag in ("link", "script", "img", "source", "iframe") and urlsplit(link).netloc
    ]
    assert foreign == []


def test_both_languages_have_the_same_paths(builds: Builds) -> None:
    """Whatever stands under /ar/ stands under /en/ too."""
    paths = {
        lang: {path.relative_to(builds.first / lang) for path in list_pages(builds.first / lang)}
        for lang in ("ar", "en")
    }
    assert paths["ar"] == paths["en"]
    assert len(paths["ar"]) > 100


def test_every_page_has_its_language_and_direction(builds: Builds) -> None:
    """``lang`` and ``dir`` on <html> follow the path."""
    for lang, direction in (("ar", "rtl"), ("en", "ltr")):
        found = {(read_page(path).lang, read_page(path).dir) for path in list_pages(builds.first / lang)}
        assert found == {(lang, direction)}


def test_two_builds_are_identical_to_the_byte(builds: Builds) -> None:
    """Time zone, locale, hash seed and file order leave no trace."""
    files = {path.relative_to(builds.first) for path in builds.first.rglob("*") if path.is_file()}
    assert files == {path.relative_to(builds.second) for path in builds.second.rglob("*") if path.is_file()}
    differing = [str(f) for f in sorted(files) if (builds.first / f).read_bytes() != (builds.second / f).read_bytes()]
    assert differing == []


def test_sitemap_pairs_the_languages_and_leaves_out_protectedlist_pages(builds: Builds) -> None:
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
        assert not read_page(builds.first / address.removeprefix(SITE_URL) / "index.html").robots
    assert SITE_URL + "en/entities/flour/" in listed
    assert SITE_URL + "en/entities/person-sy24-109221/" not in listed


@pytest.mark.parametrize("lang", LANGS)
def test_pages_about_the_living_person_are_kept_from_search_engines(builds: Builds, lang: Lang) -> None:
    """The person's page, the claims, and every page that repeats them, until two people reviewed them."""
    claims = load_checked(ENTRIES).claims.values()
    said = [strip(claim.statement[lang]) for claim in claims if "living-person" in claim.sensitivity]
    pages = {
        page.parent.relative_to(builds.first).as_posix(): read_page(page)
        for page in builds.first.glob(f"{lang}/**/index.html")
    }
    repeating = {place for place, page in pages.items() if any(statement in strip(page.text) for statement in said)}
    assert len(repeating) > len(said)
    assert f"{lang}/entities/person-sy24-109221" in repeating
    assert f"{lang}/sources/sy24-109221" in repeating
    assert lang not in repeating
    assert [place for place in sorted(repeating) if "noindex" not in pages[place].robots] == []


def strip(text: str) -> str:
    """Return a text without what stands between its words."""
    return "".join(text.split())


def test_every_address_of_the_api_is_there(builds: Builds) -> None:
    """Those that its lists give, that its index gives, and that its description gives outside of lists."""
    api = builds.first / "api/v1"
    index = json.loads((api / "index.json").read_text(encoding="utf-8"))
    rows = [row for group in FOLDERS for row in json.loads((api / f"{group}.json").read_text(encoding="utf-8"))[group]]
    assert len(rows) == sum(index["counts"].values()) > 200
    paths = json.loads((api / "openapi.json").read_text(encoding="utf-8"))["paths"]
    named = [*(api / row["address"] for row in rows), *(api / address for address in index["addresses"].values())]
    named += [builds.first / path.removeprefix("/") for path in paths if "{" not in path]
    assert [path for path in named if not path.is_file()] == []
    assert {path.resolve() for path in api.rglob("*.json")} <= {path.resolve() for path in [*named, api / "index.json"]}


def test_crawlers_are_kept_from_the_data_files(builds: Builds) -> None:
    """What pages keep from search engines does not reach them through the data."""
    rules = (builds.first / "robots.txt").read_text(encoding="utf-8").splitlines()
    assert {
        "Disallow: /record.json",
        "Disallow: /api/",
        "Disallow: /search/",
        "Disallow: /propose/",
        f"Sitemap: {SITE_URL}sitemap.xml",
    } <= set(rules)


def test_nothing_accusing_stands_where_attribution_could_be_cut_off(builds: Builds) -> None:
    """Head of a protected claim: neither title nor description carries its statement."""
    for claim in load_checked(ENTRIES).claims.values():
        if "living-person" in claim.sensitivity:
            for lang in LANGS:
                html = (builds.first / lang / claim.ref / "index.html").read_text(encoding="utf-8")
                assert claim.statement[lang] not in html.partition("</head>")[0]


HELP = ("method/", "about/", "contribute/", "accessibility/", "corrections/")


def test_help_is_at_the_same_place_on_every_page(builds: Builds) -> None:
    """How the record is made, whose it is, how to say that something is wrong: at the foot, in one order."""
    without = set()
    for path in list_pages(builds.first):
        here = find_url(builds.first, path, SITE_URL)
        links = [urljoin(here, link) for tag, link in read_page(path).links if tag == "a"]
        wanted = [f"{SITE_URL}{read_page(path).lang}/{place}" for place in HELP]
        at = [max((n for n, link in enumerate(links) if link == place), default=-1) for place in wanted]
        if -1 in at:
            without.add(path.relative_to(builds.first).as_posix())
            continue
        assert at == sorted(at), here
        assert len(links) - at[0] < 25, here
    # Both languages stand there, and nothing else.
    assert without == {"index.html", "404.html"}
