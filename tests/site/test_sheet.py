"""The short sheet of the theme: what it leaves out, no page can show; where one may, pages have the theme's own."""

import re
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import material
import pytest
from playwright.sync_api import Browser

from musnad.plugin.sheet import ASSETS, SHEET, is_enough, list_given, list_left_out
from musnad.text.languages import LANGS
from musnad.text.shorten import shorten
from tests.conftest import TOY
from tests.site.conftest import Builds
from tests.site.test_settings import Project
from vendor.sheet import cut, drop_unused, make_sheet, parse, split, write

THEME = Path(material.__file__).parent / "templates"
OWN = ("assets/record.css", "assets/colours.css")
STATES = "[...document.querySelectorAll('[class]')].flatMap(element => [...element.classList])"


def make_config(**given: Any) -> Any:
    """Return what is asked of a configuration: the theme as we set it up, with what is given instead."""
    usual = {
        "custom_dir": None,
        "features": ["search.share"],
        "extra": {},
        "extra_javascript": [],
        "extra_css": [OWN[0]],
    }
    now = usual | {"dirs": [str(THEME)]} | given

    class Theme(dict[str, Any]):
        custom_dir, dirs = now["custom_dir"], now["dirs"]

    told = {name: now[name] for name in ("extra", "extra_javascript", "extra_css")}
    return SimpleNamespace(theme=Theme(features=now["features"]), **told)


def test_sheet_is_made_from_the_theme_that_is_installed() -> None:
    """``python -m vendor.sheet`` makes it again."""
    assert SHEET.read_text(encoding="utf-8") == make_sheet()


def test_rules_are_cut_selector_by_selector() -> None:
    """In their order; what stands in braces stays as it is, and so do alternatives, of which one may be there."""
    css = (
        'a[b="}"]{c:url("data:;{")}.md-nav a,.md-grid:not(.md-nav){d:e}.md-nav{f:g}'
        "@media print{.md-nav{h:i}.md-icon{j:k}}:is(.md-nav,p){l:m}"
        "[data-md-color-primary=red]{n:o}@font-face{p:q}.md-nav{}"
    )
    assert write(parse(css)) == css
    assert write([*cut(parse(css))]) == (
        'a[b="}"]{c:url("data:;{")}.md-grid:not(.md-nav){d:e}@media print{.md-icon{j:k}}'
        ":is(.md-nav,p){l:m}@font-face{p:q}"
    )
    assert split("a:is(b,c:not(d,e)),[f=','],g") == ["a:is(b,c:not(d,e))", "[f=',']", "g"]
    assert drop_unused("a{--x:url('y;}');--z:1;b:var(--z)}", "") == "a{--z:1;b:var(--z)}"


@pytest.mark.parametrize(
    "given",
    [
        {"custom_dir": "layouts"},
        {"features": ["content.tooltips"]},
        {"extra": {"consent": {"title": "x"}}},
        {"extra_javascript": ["own.js"]},
        {"extra_css": [OWN[0], "own.css"]},
        {"dirs": ["/another/version"]},
    ],
    ids=lambda given: next(iter(given)),
)
def test_whatever_may_show_more_has_all_styles(given: dict[str, Any]) -> None:
    """Layouts, scripts, styles and features of one's own, and another version of the theme."""
    assert is_enough(make_config(), OWN, {"lede", "md-grid"})
    assert not is_enough(make_config(**given), OWN, set())


def test_hand_written_page_may_use_whatever_markdown_makes() -> None:
    """A class that is left out is enough to have them all."""
    html = "<div class='admonition note'><p class=x>…</p></div><b CLASS=\"md-button md-button--primary\">"
    assert [*list_given(html)] == ["admonition", "note", "x", "md-button", "md-button--primary"]
    for name in (
        "admonition",
        "footnote",
        "highlight",
        "task-list-item",
        "tabbed-set",
        "mermaid",
        "keys",
        "arithmatex",
    ):
        assert not is_enough(make_config(), OWN, {name}), name


SETTINGS = """
site_name: Toy
site_url: https://harbour.example/
theme: {name: material}
plugins: [{musnad: {entries: entries, cache: false}}]
markdown_extensions: [admonition]
"""


def test_page_that_uses_more_brings_the_styles_of_the_theme_back(tmp_path: Path) -> None:
    """On every page, the one for all that is missing among them; without it, none links to them."""
    shutil.copytree(TOY, tmp_path / "entries")
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    project = Project(tmp_path, tmp_path / "site")
    for text, is_short in (("# One\n", True), ("# One\n\n!!! note\n\n    Two\n", False)):
        for lang in LANGS:
            (tmp_path / f"docs/{lang}").mkdir(exist_ok=True)
            (tmp_path / f"docs/{lang}/note.md").write_text(text, encoding="utf-8")
        project.build()
        for name in ("index.html", "404.html", "ar/index.html", "en/note/index.html"):
            html = project.read(name)
            assert ("/theme.css" in html or '"assets/theme.css' in html) == is_short, name
            assert ("stylesheets/main." in html, "stylesheets/palette." in html) == (not is_short, not is_short), name


@pytest.mark.browser
def test_no_page_shows_what_is_left_out(browser: Browser, address: str, builds: Builds) -> None:
    """Neither in the files of a site nor when the theme's script has run, the search open."""
    left_out = list_left_out(THEME)
    assert left_out is not None
    assert len(left_out) > 100
    found: set[str] = set()
    for path in builds.first.rglob("*.html"):
        found.update(list_given(path.read_text(encoding="utf-8")))
    page = browser.new_page()
    for place in ("ar/", "en/claims/all/", "ar/claims/relations/", "en/propose/", "en/entities/al-bukamal/"):
        page.goto(f"{address}{place}")
        page.locator(".md-search__input").click()
        page.keyboard.type("flour")
        page.locator(".md-search-result__item a").first.wait_for()
        found.update(page.evaluate(STATES))
    page.close()
    assert "md-search-result__link" in found
    # These two only stand beside others that are left out.
    assert found & left_out <= {"js", "s"}


@pytest.mark.parametrize("name", ["record.css", "head.js", "page.js"])
def test_what_is_published_without_comments_is_the_same(name: str) -> None:
    """No comment is left, and nothing else is gone: no string has lines, or what a comment begins with."""
    text = (ASSETS / name).read_text(encoding="utf-8")
    short = shorten(text)
    assert not [line for line in short.splitlines() if line.startswith(("//", "/*", " ")) or not line]
    assert set(short.splitlines()) <= {line.partition("  /* ")[0].rstrip().lstrip() for line in text.splitlines()}
    assert "*/" not in short
    assert re.findall(r"[{}()]", re.sub(r"/\*[\s\S]*?\*/|(?m:^\s*//.*$)", "", text)) == re.findall(r"[{}()]", short)
