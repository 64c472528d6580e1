"""Whatever is linked to by rule is there, or the build says which file to write."""

import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from musnad.text.languages import LANGS, OTHER
from tests.conftest import TOY
from tests.site.hosts import Host, crawl, list_files
from tests.site.test_settings import CLAIM, Project

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
SITE_URL = "https://host.example/records/"
CONFIGURATION = f"""\
site_name: Harbour
site_url: {SITE_URL}
theme:
  name: material
  palette: [{{scheme: default, primary: custom, accent: custom, toggle: {{icon: material/weather-night, name: dark}}}}]
plugins: [musnad]
"""


def _make(folder: Path, pages: dict[str, str], more: str = "") -> Project:
    """Make a project of the toy record with a few hand-written pages."""
    shutil.copytree(TOY, folder / "entries")
    (folder / "docs").mkdir()
    (folder / "mkdocs.yml").write_text(CONFIGURATION + more, encoding="utf-8")
    for name, text in pages.items():
        (folder / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "docs" / name).write_text(text, encoding="utf-8")
    return Project(folder, folder / "site")


def _read_sitemap(project: Project) -> dict[str, dict[str, str]]:
    """Return the addresses below the site that the sitemap lists, with those of the other language."""
    root = ElementTree.fromstring(project.read("sitemap.xml"))
    return {
        url.findtext("s:loc", "", NAMES).removeprefix(SITE_URL): {
            link.get("hreflang", ""): link.get("href", "").removeprefix(SITE_URL)
            for link in url.findall("x:link", NAMES)
        }
        for url in root.findall("s:url", NAMES)
    }


def _check_links(project: Project) -> None:
    _, broken = crawl(Host(), list_files(project.site), "")
    assert broken == []


def test_site_without_hand_written_pages_links_to_none(tmp_path: Path) -> None:
    """A strict build says nothing, and nothing on a page leads nowhere."""
    project = _make(tmp_path, {})
    assert "WARNING" not in project.build()
    _check_links(project)
    for lang in LANGS:
        assert re.findall(r"/(method|about|contribute)/", project.read(f"{lang}/index.html")) == []


def test_pages_link_to_the_hand_written_pages_that_are_there(tmp_path: Path) -> None:
    """In the foot of each, and at the end of the first."""
    text = "# M\n\n[a](reading.md) [b](claims.md#latest) [c](../index.md)\n"
    texts = {f"{lang}/method.md": text for lang in LANGS}
    project = _make(tmp_path, texts | {"index.md": "# Ours\n\n[en](en/index.md)\n"})
    assert "WARNING" not in project.build()
    _check_links(project)
    assert "Ours" in project.read("index.html")
    for lang in LANGS:
        linked = re.findall(r"/(method|about|contribute)/", project.read(f"{lang}/{CLAIM}/index.html"))
        assert linked == ["method"]
        assert f'href="../{lang}/method/"' in project.read(f"{lang}/index.html")


ONE_SIDED = {
    "en/notes.md": "# Notes\n",
    "ar/deep/er/index.md": "# عميق\n",
    "loose.md": "# Loose\n",
    "en/about.md": "---\nnoindex: true\n---\n# About\n",
    "ar/about.md": "# عنه\n",
    "en/entities/lantern-bay.md": "# Bay by hand\n",
    "en/hidden.md": "# Hidden\n",
    "en/draft.md": "# Draft\n",
    "ar/draft.md": "# مسودة\n",
}


@pytest.fixture(scope="module")
def one_sided(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, str]:
    """Build, not strictly, a site with pages in one language; return what was said too."""
    more = "exclude_docs: /en/hidden.md\ndraft_docs: /ar/draft.md\n"
    project = _make(tmp_path_factory.mktemp("one-sided"), ONE_SIDED, more)
    run = project.run("build")
    assert run.returncode == 0, run.stderr
    return project, run.stderr


def test_page_in_one_language_is_told_with_the_file_to_write(one_sided: tuple[Project, str]) -> None:
    """So is a page in none; a draft in the other language is not there yet; what stands for a record has its pair."""
    warnings = [line.partition("musnad: ")[2] for line in one_sided[1].splitlines() if line.startswith("WARNING")]
    assert sorted(line.partition(":")[0].partition(" ")[0] for line in warnings) == [
        "docs/ar/draft.md",
        "docs/ar/notes.md",
        "docs/en/deep/er/index.md",
        "docs/loose.md",
    ]
    assert (
        "docs/ar/notes.md is missing: docs/en/notes.md has no page in the other language; "
        "write it, or leave docs/en/notes.md out with exclude_docs in mkdocs.yml"
    ) in warnings


def test_page_in_one_language_fails_a_strict_build(one_sided: tuple[Project, str]) -> None:
    """Cold or warm."""
    project, _ = one_sided
    run = project.run("build", "--strict", "--site-dir", str(project.folder / "strict"))
    assert run.returncode == 1
    assert "4 warnings" in run.stdout + run.stderr


def test_page_in_one_language_leads_to_no_other(one_sided: tuple[Project, str]) -> None:
    """Neither by the switch nor in the sitemap; a page of two languages does."""
    project, _ = one_sided
    listed = _read_sitemap(project)
    for place in ("en/notes/", "ar/deep/er/", "loose/", "en/draft/"):
        assert 'class="switch"' not in project.read(f"{place}index.html")
        assert listed[place] == {}
    assert 'class="switch"' in project.read("ar/about/index.html")
    _check_links(project)


def test_sitemap_names_no_counterpart_that_is_kept_from_search_engines(one_sided: tuple[Project, str]) -> None:
    """Only what it lists itself; the entrance belongs to neither language."""
    listed = _read_sitemap(one_sided[0])
    assert "en/about/" not in listed
    assert listed["ar/about/"] == {}
    assert listed[""] == {}
    assert {other for alternates in listed.values() for other in alternates.values()} <= listed.keys()


def test_hand_written_page_stands_for_a_record_in_one_language(one_sided: tuple[Project, str]) -> None:
    """Its pair is the record's own page."""
    project, _ = one_sided
    assert "Bay by hand" in project.read("en/entities/lantern-bay/index.html")
    pair = {lang: f"{lang}/entities/lantern-bay/" for lang in LANGS}
    listed = _read_sitemap(project)
    assert {place: listed[place] for place in pair.values()} == dict.fromkeys(pair.values(), pair)
    for lang, place in pair.items():
        assert f'<a class="switch" href="../../../{pair[OTHER[lang]]}"' in project.read(f"{place}index.html")


def test_crawlers_are_told_the_base_path(one_sided: tuple[Project, str]) -> None:
    """And editors that crawlers read robots.txt at the root only."""
    project, said = one_sided
    assert "Disallow: /records/record.json\n" in project.read("robots.txt")
    assert f"Sitemap: {SITE_URL}sitemap.xml" in project.read("robots.txt")
    assert "copy its lines there from below /records/" in said
