"""The MkDocs plugin: adds the record's pages to a build. The only importer of mkdocs.

Nothing is written into the docs folder. While serving, entries with mistakes leave the last good pages.
"""

from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from jinja2 import Environment
from mkdocs import utils
from mkdocs.config import config_options as option
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from generator.check import check_entries
from generator.exports.json import export_json
from generator.locale import LOCALES, load_all_words, load_words
from generator.model import Catalogue
from generator.outline import convert_outline
from generator.prose import Section, prose_fields, read_sections
from generator.render import TEMPLATES
from generator.search.documents import list_documents
from generator.search.index import make_index, name_worker
from generator.site import Site, SiteOptions
from generator.values import LANGS, Lang

PACKAGE = Path(__file__).parent
OVERRIDES = PACKAGE / "overrides"
ASSETS = PACKAGE / "assets"
STYLESHEET = "assets/record.css"
# Where main.html lets the content begin.
START = "__skip"

log = get_plugin_logger("isnad")


# What headings look like depends on these; with any other extension Python-Markdown does all the work.
_PLAIN_EXTENSIONS = frozenset({"toc", "tables", "fenced_code", "attr_list"})


class RecordPage(Page):
    """A generated page: its few headings are converted without a Markdown parser, with the same result."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Convert the page, or leave it to Python-Markdown when it holds more than we made."""
        is_plain = set(config.markdown_extensions) <= _PLAIN_EXTENSIONS and not config.mdx_configs.get("toc")
        outline = convert_outline(self.markdown or "") if is_plain else None
        if outline is None:
            super().render(config, files)
            return
        self.content = outline.html
        # The theme's skip link leads to the first entry: the start of the page, not its first section.
        start = AnchorLink(str(self.title), START, level=1)
        start.children = [AnchorLink(text, anchor, level=2) for anchor, text in outline.headings]
        self.toc = TableOfContents([start])
        self.present_anchor_ids = {START, *outline.anchors}


class IsnadConfig(Config):  # type: ignore[no-untyped-call]
    """Options of the plugin in mkdocs.yml."""

    entries = option.Dir(exists=True, default="entries")
    """Folder of the records, relative to mkdocs.yml."""
    edit_entries = option.Type(str, default="edit/main/entries/")
    """Where entries are edited, below repo_url; empty for no edit links."""
    messages = option.Choice(LANGS, default="en")
    """Language of messages to editors."""


class IsnadPlugin(BasePlugin[IsnadConfig]):  # type: ignore[no-untyped-call]
    """Hooks, each calling one plain function."""

    _is_serving = False
    _last_good: Catalogue | None = None
    _site: Site
    _environment: Environment
    _files: Files
    _sections: dict[Lang, list[Section]]

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Keep this instance alive between rebuilds."""
        self._is_serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load the entries; bring along theme, style and words."""
        if not config.site_url:
            raise ConfigurationError("isnad needs site_url in mkdocs.yml: canonical addresses and citations use it")
        if "search" in config.plugins or "material/search" in config.plugins:
            raise ConfigurationError("isnad brings its own search: remove search from plugins in mkdocs.yml")
        self._add_theme(config)
        options = SiteOptions(
            site_url=config.site_url.rstrip("/") + "/",
            edit_base=f"{config.repo_url.rstrip('/')}/{self.config.edit_entries}"
            if config.repo_url and self.config.edit_entries
            else "",
        )
        self._site = Site.make(self._load_catalogue(), load_all_words(), options)
        config.extra["words"] = self._site.interface_words()
        config.extra["search_worker"] = name_worker()
        self._sections = {lang: [] for lang in LANGS}
        return config

    def _add_theme(self, config: MkDocsConfig) -> None:
        if str(OVERRIDES) not in config.theme.dirs:
            # After the site's own overrides, before the theme.
            config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(OVERRIDES))
        if STYLESHEET not in config.extra_css:
            config.extra_css.insert(0, STYLESHEET)
        # MkDocs would also write a gzipped copy with the build's path and date in it; see on_post_build.
        config.theme.static_templates.discard("sitemap.xml")

    def _load_catalogue(self) -> Catalogue:
        checked = check_entries(Path(self.config.entries), prefix=f"{Path(self.config.entries).name}/")
        if not checked.problems:
            self._last_good = checked.catalogue
            return checked.catalogue
        words = load_words(self.config.messages)
        for problem in checked.problems:
            log.warning(words.tell(problem))
        if self._is_serving and self._last_good is not None:
            log.warning("The pages show the records as they were before these mistakes.")
            return self._last_good
        raise PluginError(f"The entries have {len(checked.problems)} mistake(s), listed above; nothing was built.")

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add every page, the assets and the data."""
        for page in self._site.pages():
            if page.file in files.src_uris:  # a hand-written page of that name stands instead
                continue
            file = File.generated(config, page.file, content=page.text, inclusion=InclusionLevel.NOT_IN_NAV)
            # Absolute, so that MkDocs does not put its own edit_uri for docs before it.
            file.edit_uri = (
                self._site.options.edit_base + page.edit if page.edit and self._site.options.edit_base else None
            )
            file.page = RecordPage(None, file, config)
            files.append(file)
        for path in sorted(ASSETS.rglob("*")):
            if path.is_file():
                name = f"assets/{path.relative_to(ASSETS).as_posix()}"
                if name not in files.src_uris:
                    files.append(File.generated(config, name, abs_src_path=str(path)))
        files.append(File.generated(config, "record.json", content=export_json(self._site)))
        return files

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Give hand-written pages the fields that generated ones have."""
        if page.file.generated_by is None:
            for name, value in prose_fields(page.file.src_uri, str(page.title), page.edit_url).items():
                page.meta.setdefault(name, value)
        return markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Keep the text of hand-written pages for the search."""
        if page.meta.get("kind") == "prose" and page.file.generated_by is None:
            self._sections[page.meta["lang"]] += read_sections(html, page.file.url, str(page.title))
        return html

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Keep what the sitemap is made from."""
        self._environment, self._files = env, files
        return env

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what crawlers read and the search index, without anything in it that differs between builds."""
        pages = sorted(self._files.documentation_pages(), key=lambda file: file.url)
        base = urlsplit(self._site.options.site_url).path
        for name in ("sitemap.xml", "robots.txt"):
            text = self._environment.get_template(name).render(pages=pages, config=config, base=base)
            utils.write_file(text.encode(), str(Path(config.site_dir) / name))
        documents = list_documents(self._site, self._sections)
        synonyms = self._site.catalogue.vocabulary.synonyms.values()
        for name, text in make_index(documents, synonyms, self._site.words):
            utils.write_file(text.encode(), str(Path(config.site_dir) / name))

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Rebuild when a record, a template, a word or a style changes."""
        for folder in (Path(self.config.entries), TEMPLATES, LOCALES, ASSETS, OVERRIDES):
            server.watch(str(folder))
        return server
