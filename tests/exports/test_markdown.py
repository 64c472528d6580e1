"""The Markdown export: the site's own pages, hand-written ones with what their place tells, and a configuration."""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml
from mkdocs.utils.meta import get_data

from musnad.exports.json import export_json
from musnad.exports.markdown import export_markdown
from musnad.pages.site import Site
from musnad.text.languages import LANGS

PROSE = {
    "ar/method.md": "# الطريقة\n\nنصّ.\n",
    "en/method.md": "Before.\n\n# Method\n\nText.\n\n# Not the title\n",
    "ar/help/index.md": "بلا عنوان.\n",
    "en/help/index.md": "No title.\n",
    "en/only.md": "# Only in English\n",
}
SLUGIFY = "markdown.extensions.toc.slugify_unicode"


@pytest.fixture(scope="module")
def exported(toy_site: Site, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """Return the folder of an export, and how many pages it is said to have."""
    docs = tmp_path_factory.mktemp("docs")
    for file, text in PROSE.items():
        (docs / file).parent.mkdir(parents=True, exist_ok=True)
        (docs / file).write_text(text, encoding="utf-8")
    folder = tmp_path_factory.mktemp("exported") / "new" / "deep"
    return folder, export_markdown(toy_site, docs, folder)


def with_prose(site: Site) -> Site:
    """Return the site that knows of the hand-written pages."""
    places = [f"{lang}/{path}" for lang in LANGS for path in ("method/", "help/")]
    return replace(site, options=replace(site.options, written={place: place for place in places}))


def test_every_page_is_written_as_it_is(exported: tuple[Path, int], toy_site: Site) -> None:
    """Byte for byte what the site is built from, and the data beside it."""
    folder, count = exported
    pages = {page.file: page.text for page in with_prose(toy_site).pages()}
    written = {
        path.relative_to(folder / "docs").as_posix(): path.read_text(encoding="utf-8")
        for path in (folder / "docs").rglob("*.md")
    }
    digest = sha256((folder / "docs/record.json").read_bytes()).hexdigest()
    for file in ("ar/downloads.md", "en/downloads.md"):
        # What is said of files is filled in.
        assert digest in written[file]
        assert digest not in pages[file]
        pages[file] = written[file]
    assert {file: written[file] for file in pages} == pages
    assert count == len(written) == len(pages) + 4
    assert (folder / "docs/record.json").read_text(encoding="utf-8") == export_json(toy_site)


def test_hand_written_page_is_completed(exported: tuple[Path, int]) -> None:
    """With title, counterpart and section; one without a heading goes by its file, one in one language is left out."""
    fields = {}
    for file in ("ar/method.md", "en/method.md", "en/help/index.md"):
        text, fields[file] = get_data((exported[0] / "docs" / file).read_text(encoding="utf-8"))
        assert text.strip() == PROSE[file].strip()
    own = {
        "lang": "en",
        "other": "ar/method/",
        "kind": "prose",
        "section": "method/",
        "short": [["Method", None, None]],
    }
    assert fields["en/method.md"] == {"title": "Method", **own}
    assert fields["ar/method.md"]["title"] == "الطريقة"
    assert (fields["en/help/index.md"]["title"], fields["en/help/index.md"]["other"]) == (
        "en/help/index.md",
        "ar/help/",
    )
    assert not (exported[0] / "docs/en/only.md").exists()


def test_theme_is_exported_without_what_another_builder_has_itself(exported: tuple[Path, int]) -> None:
    """No search box, and no files for crawlers."""
    overrides = {path.name for path in (exported[0] / "overrides").rglob("*")}
    assert "root.html" in overrides
    assert not overrides & {"sitemap.xml", "robots.txt", "search.html"}
    assert (exported[0] / "docs/assets/record.css").is_file()


def test_configuration_makes_the_same_site(exported: tuple[Path, int], toy_site: Site) -> None:
    """Each line of it matters to a builder that knows nothing of records."""
    text = (exported[0] / "mkdocs.yml").read_text(encoding="utf-8").replace("!!python/name:", "").replace(" ''\n", "\n")
    found: dict[str, Any] = yaml.safe_load(text)
    words = found["extra"].pop("words")
    assert words == json.loads(json.dumps(with_prose(toy_site).interface_words()))
    toggles = [
        {"media": "(prefers-color-scheme: light)", "scheme": "default", "primary": "custom", "accent": "custom",
         "toggle": {"icon": "material/weather-night", "name": "dark"}},
        {"media": "(prefers-color-scheme: dark)", "scheme": "slate", "primary": "custom", "accent": "custom",
         "toggle": {"icon": "material/weather-sunny", "name": "light"}},
    ]  # fmt: skip
    assert found == {
        "site_name": "سجلّ الميناء · Harbour Record",
        "site_url": "https://harbour.example/",
        "theme": {
            "name": "material",
            "custom_dir": "overrides",
            "font": False,
            "language": "en",
            "variant": "classic",
            "features": ["search.highlight"],
            "palette": toggles,
        },
        "extra_css": ["assets/record.css"],
        "plugins": [{"search": {"lang": ["en", "ar"]}}],
        "markdown_extensions": ["attr_list", "tables", {"toc": {"slugify": SLUGIFY}}],
        "validation": {"links": {"anchors": "ignore"}},
        "nav": ["index.md", "ar/index.md", "en/index.md"],
        "not_in_nav": "/*/*\n",
        "extra": {},
    }
