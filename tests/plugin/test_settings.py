"""What musnad can't honour stops a build with a sentence; what it derives follows MkDocs."""

from pathlib import Path
from typing import Any

import pytest
from mkdocs.config.base import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import get_files

from musnad.pages.site import Site
from musnad.plugin.settings import find_edit, list_clashes, list_nav, list_objections
from musnad.text.languages import LANGS, Lang
from musnad.wording.words import load_words

BASE: dict[str, Any] = {
    "site_name": "Harbour",
    "site_url": "https://harbour.example/",
    "theme": {"name": "material"},
    "plugins": [],
}


def _load(folder: Path, **settings: Any) -> MkDocsConfig:
    for name in ("docs", "entries", "layouts", "docs/records", "site/entries"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "mkdocs.yml").touch()
    return load_config(str(folder / "mkdocs.yml"), **(BASE | settings))


def _tell(config: MkDocsConfig, entries: Path, lang: Lang = "en", edit_entries: str | None = None) -> list[str]:
    words = load_words(lang)
    return [words.fill(o.message, **o.values) for o in list_objections(config, entries, edit_entries)]


OBJECTIONS: dict[str, tuple[dict[str, Any], str, str]] = {
    "no address": ({"site_url": ""}, "entries", "musnad needs site_url in mkdocs.yml"),
    "search of MkDocs": ({"plugins": ["search"]}, "entries", "remove search from plugins"),
    "search of the theme": ({"plugins": ["material/search"]}, "entries", "remove search from plugins"),
    "offline plugin": ({"plugins": ["material/offline"]}, "entries", "write use_directory_urls: false"),
    "another theme": ({"theme": {"name": "readthedocs"}}, "entries", "write name: material below theme"),
    "no theme": ({"theme": {"name": None, "custom_dir": "layouts"}}, "entries", "write name: material below theme"),
    "words of the theme": ({"extra": {"words": {}}}, "entries", "musnad itself sets extra.words"),
    "records below the docs": ({}, "docs/records", "move the folder records out of it"),
    "records below the site": ({}, "site/entries", "the folder entries is in it: choose another site_dir"),
    "edit pattern that hides the folder": (
        {"repo_url": "https://git.example/x", "edit_uri_template": "edit?file={path!q}"},
        "entries",
        "write edit_entries below musnad",
    ),
    "layout that knows no record": (
        {"theme": {"name": "material", "custom_dir": "layouts"}},
        "entries",
        "layouts/main.html takes the place of the layout of all pages: let it extend base.html or record.html",
    ),
}


@pytest.mark.parametrize(("settings", "entries", "sentence"), OBJECTIONS.values(), ids=OBJECTIONS)
def test_setting_that_cannot_be_honoured_is_told_with_what_to_change(
    settings: dict[str, Any], entries: str, sentence: str, tmp_path: Path
) -> None:
    """One sentence, in the language of the editors."""
    config = _load(tmp_path, **settings)
    (tmp_path / "layouts/main.html").write_text("<p>Of its own</p>", encoding="utf-8")
    (told,) = _tell(config, tmp_path / entries)
    assert sentence in told
    assert _tell(config, tmp_path / entries, "ar") != [told]


def test_usual_settings_meet_no_objection(tmp_path: Path) -> None:
    """Nor do a layout that extends ours, other names below ``extra``, and an address below a path."""
    theme = {"name": "material", "custom_dir": "layouts"}
    config = _load(tmp_path, theme=theme, extra={"mine": 1}, site_url="https://host.example/sub/")
    (tmp_path / "layouts/main.html").write_text('{% extends "record.html" %}', encoding="utf-8")
    assert _tell(config, tmp_path / "entries") == []
    hidden = {"repo_url": "https://git.example/x", "edit_uri_template": "edit?file={path!q}"}
    assert _tell(_load(tmp_path, **hidden), tmp_path / "entries", edit_entries="edit/entries/") == []


CLASHES: dict[str, tuple[dict[str, Any], str, str]] = {
    "data": ({}, "record.json", "docs/record.json stands where musnad writes a file of its own"),
    "index": ({}, "search/en.json", "docs/search/en.json stands where musnad writes a file of its own"),
    "page left out": (
        {"exclude_docs": "/en/reading.md"},
        "en/about.md",
        "exclude_docs in mkdocs.yml leaves out en/reading.md, a page of the record",
    ),
    "page made a draft": (
        {"draft_docs": "/ar/reading.md"},
        "en/about.md",
        "draft_docs in mkdocs.yml leaves out ar/reading.md, a page of the record",
    ),
}


@pytest.mark.parametrize(("settings", "name", "sentence"), CLASHES.values(), ids=CLASHES)
def test_file_or_pattern_that_clashes_with_what_is_generated_is_told(
    settings: dict[str, Any], name: str, sentence: str, tmp_path: Path, toy_site: Site
) -> None:
    """Rather than being overwritten, or left out of the site with every link to it."""
    config = _load(tmp_path, **settings)
    (tmp_path / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "docs" / name).touch()
    (clash,) = list_clashes(config, get_files(config), toy_site.list_pages())
    told = {lang: load_words(lang).fill(clash.message, **clash.values) for lang in LANGS}
    assert sentence in told["en"]
    assert told["ar"] != told["en"]


def test_hand_written_page_that_would_stand_for_a_record_may_be_left_out(tmp_path: Path, toy_site: Site) -> None:
    """Then the record's own page is there."""
    config = _load(tmp_path, exclude_docs="/en/reading.md", draft_docs="/en/claims.md")
    for name in ("reading.md", "claims.md"):
        (tmp_path / "docs/en").mkdir(exist_ok=True)
        (tmp_path / "docs/en" / name).touch()
    assert list(list_clashes(config, get_files(config), toy_site.list_pages())) == []


REPO = {"repo_url": "https://git.example/team/x"}
EDITS: dict[str, tuple[dict[str, Any], str | None, str]] = {
    "beside the docs": (
        REPO | {"edit_uri": "edit/main/docs/"},
        None,
        "https://git.example/team/x/edit/main/entries/a/b.yaml",
    ),
    "as a query": (
        REPO | {"edit_uri": "?query=root/docs/"},
        None,
        "https://git.example/team/x?query=root/entries/a/b.yaml",
    ),
    "pattern": (
        REPO | {"edit_uri_template": "blob/main/docs/{path}?plain=1"},
        None,
        "https://git.example/team/x/blob/main/entries/a/b.yaml?plain=1",
    ),
    "pattern without the ending": (
        REPO | {"edit_uri_template": "edit/docs/{path_noext}"},
        None,
        "https://git.example/team/x/edit/entries/a/b",
    ),
    "whole address": ({"edit_uri": "https://edit.example/docs/"}, None, "https://edit.example/entries/a/b.yaml"),
    "known host": (
        {"repo_url": "https://github.com/team/x"},
        None,
        "https://github.com/team/x/edit/master/entries/a/b.yaml",
    ),
    "unknown host": (REPO, None, ""),
    "no links": (REPO | {"edit_uri": ""}, None, ""),
    "nothing to join to": ({"edit_uri": "edit/main/docs/"}, None, ""),
    "somewhere else": (
        REPO | {"edit_uri": "edit/main/docs/"},
        "edit/records/",
        "https://git.example/team/x/edit/records/a/b.yaml",
    ),
    "nowhere": (REPO | {"edit_uri": "edit/main/docs/"}, "", ""),
    "braces": (
        REPO | {"edit_uri": "edit/{main}/docs/"},
        None,
        "https://git.example/team/x/edit/{main}/entries/a/b.yaml",
    ),
}


@pytest.mark.parametrize(("settings", "base", "address"), EDITS.values(), ids=EDITS)
def test_records_are_edited_where_hand_written_pages_are(
    settings: dict[str, Any], base: str | None, address: str, tmp_path: Path
) -> None:
    """Unless the plugin's own setting says where."""
    pattern = find_edit(_load(tmp_path, **settings), tmp_path / "entries", base)
    assert pattern is not None
    assert pattern.format(path="a/b.yaml", path_noext="a/b") == address


def test_edit_address_for_records_in_another_place(tmp_path: Path) -> None:
    """Neither docs nor records need stand where they usually do."""
    for name in ("text/pages", "data/records"):
        (tmp_path / name).mkdir(parents=True)
    config = _load(tmp_path, **REPO, edit_uri="edit/main/text/pages/", docs_dir=str(tmp_path / "text/pages"))
    pattern = find_edit(config, tmp_path / "data/records", None)
    assert pattern == "https://git.example/team/x/edit/main/data/records/{path}"


def test_nav_is_read_through_its_sections() -> None:
    """With titles where they are given."""
    nav = ["index.md", {"About": "en/about.md"}, {"More": ["en/more.md", {"Deep": [{"Last": "https://x.example/"}]}]}]
    assert list(list_nav(nav)) == [
        (None, "index.md"),
        ("About", "en/about.md"),
        (None, "en/more.md"),
        ("Last", "https://x.example/"),
    ]
    assert list(list_nav(None)) == []
