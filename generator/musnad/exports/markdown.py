"""The same pages as real Markdown files that another builder can use, with a configuration for it."""

import re
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from types import FunctionType

import yaml
from markdown.extensions.toc import slugify_unicode

from musnad.exports.downloads import MAKERS, fill_pages
from musnad.exports.feed import export_feeds
from musnad.pages.addresses import find_file, find_place
from musnad.pages.elements.downloads import PLACE, list_offered
from musnad.pages.prose import find_title, prose_fields
from musnad.pages.render import write_front_matter
from musnad.pages.site import Site
from musnad.records.files import LEFTOVERS, list_visible
from musnad.text.languages import LANGS, OTHER

PACKAGE = Path(__file__).parent.parent
_FRONT_MATTER = re.compile(r"---\n(?P<fields>(?:.*\n)*?)---\n")


class _Dumper(yaml.SafeDumper):
    """Writes functions by their names."""

    def represent_function(self, function: FunctionType) -> yaml.Node:
        """Return the name, as YAML for Python has it."""
        return self.represent_scalar(f"tag:yaml.org,2002:python/name:{function.__module__}.{function.__qualname__}", "")


_Dumper.add_representer(FunctionType, _Dumper.represent_function)


def export_markdown(site: Site, docs: Path, folder: Path) -> int:
    """Write ``docs/``, ``overrides/`` and ``mkdocs.yml`` below a new folder; return the number of pages."""
    generated = site.list_pages()
    written = _list_written(docs, generated)
    places = {place: place for place in map(find_place, written)}
    site = replace(site, options=replace(site.options, written=places))
    for page in site.pages():
        _write(folder / "docs" / page.file, page.text)
    for file in written:
        _write(folder / "docs" / file, _complete((docs / file).read_text(encoding="utf-8-sig"), file))
    shutil.copytree(PACKAGE / "theme/assets", folder / "docs" / "assets", ignore=shutil.ignore_patterns(*LEFTOVERS))
    shutil.copytree(PACKAGE / "theme/overrides", folder / "overrides", ignore=_left_out)
    for download in list_offered(()):
        for name, content in MAKERS[download.name](site):
            _write(folder / "docs" / name, content)
    downloads = {lang: find_file(f"{lang}/{PLACE}") for lang in LANGS}
    for name, content in fill_pages(site, downloads, (folder / "docs",), {}):
        _write(folder / "docs" / name, content)
    for name, text in export_feeds(site):
        _write(folder / "docs" / name, text)
    _write(folder / "mkdocs.yml", _configuration(site))
    return len({*generated, *written})


def _list_written(docs: Path, generated: Iterable[str]) -> list[str]:
    """Return the hand-written pages; one without a counterpart is no page of the site but reading for developers."""
    files = [f"{lang}/{name}" for lang in LANGS for name in list_visible(docs / lang) if name.endswith(".md")]
    pages = {*files, *generated}
    return [file for file in files if _swap_language(file) in pages]


def _swap_language(file: str) -> str:
    lang, slash, rest = file.partition("/")
    return f"{OTHER[lang]}{slash}{rest}" if lang in LANGS else file


# What crawlers read is made by the plugin; the search box is that of mkdocs-material, another builder has its own.
_left_out = shutil.ignore_patterns("sitemap.xml", "robots.txt", "search.html", *LEFTOVERS)


def _write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def _complete(text: str, file: str) -> str:
    """Put the fields that the plugin works out in front of a hand-written page."""
    own = _FRONT_MATTER.match(text)
    written = own["fields"] if own else ""
    known = yaml.safe_load(written) or {}
    body = text[own.end() :] if own else text
    title = str(known.get("title") or find_title(body) or file)
    fields = {"title": title, **prose_fields(file, title, None, find_place(_swap_language(file)))}
    missing = {name: value for name, value in fields.items() if name not in known}
    return write_front_matter(missing).replace("---\n", f"---\n{written}", 1) + body


def _configuration(site: Site) -> str:
    palette = [
        {
            "media": f"(prefers-color-scheme: {name})",
            "scheme": scheme,
            "primary": "custom",
            "accent": "custom",
            "toggle": {"icon": f"material/{icon}", "name": toggle},
        }
        for name, scheme, icon, toggle in (
            ("light", "default", "weather-night", "dark"),
            ("dark", "slate", "weather-sunny", "light"),
        )
    ]
    names = " · ".join(site.catalogue.site.name[lang] for lang in LANGS) if site.catalogue.site else "Musnad"
    configuration = {
        "site_name": names,
        "site_url": site.options.site_url,
        "theme": {
            "name": "material",
            "custom_dir": "overrides",
            "font": False,
            "language": "en",
            "variant": "classic",
            "features": ["search.highlight"],
            "palette": palette,
        },
        "extra_css": ["assets/record.css"],
        "plugins": [{"search": {"lang": ["en", "ar"]}}],
        "markdown_extensions": ["attr_list", "tables", {"toc": {"slugify": slugify_unicode}}],
        # The symbols that <use> refers to stand in the theme, where Zensical does not look.
        "validation": {"links": {"anchors": "ignore"}},
        "nav": ["index.md", *(f"{lang}/index.md" for lang in LANGS)],
        "not_in_nav": "/*/*\n",
        "extra": {"words": site.interface_words()},
    }
    return yaml.dump(configuration, Dumper=_Dumper, allow_unicode=True, sort_keys=False)
