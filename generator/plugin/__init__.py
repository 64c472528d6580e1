"""The MkDocs plugin: adds the record's pages to a build. The only importer of mkdocs.

Nothing is written into the docs folder. Pages are made when something they show changed, by MkDocs's own functions, in
a folder beside the site, and moved over it when all are done. While serving, entries with mistakes leave the last good
pages.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator
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
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from generator.build import digest, find_changed, find_prints, find_version
from generator.check import check_entries
from generator.exports.json import export_json
from generator.locale import LOCALES, load_all_words, load_words
from generator.model import Catalogue
from generator.plugin.pages import RecordFiles, RecordPage, Workshop, make_file, make_pages
from generator.plugin.publish import find_stamp, publish
from generator.prose import Section, prose_fields, read_sections
from generator.render import TEMPLATES, SitePage
from generator.search.documents import list_documents
from generator.search.index import make_index, name_worker
from generator.site import Site, SiteOptions
from generator.store import KeptPage, PackWriter, Place, State, Store
from generator.values import LANGS, OTHER, Lang

PACKAGE = Path(__file__).parent.parent
OVERRIDES = PACKAGE / "overrides"
ASSETS = PACKAGE / "assets"
STYLESHEET = "assets/record.css"
CACHE = ".isnad-cache"
STAGING = ".isnad-new"

# Settings that pages are made with, besides the theme's.
_SHAPING = (
    *("site_name", "site_url", "site_description", "site_author", "repo_url", "repo_name", "edit_uri", "copyright"),
    *("extra", "extra_css", "extra_javascript", "markdown_extensions", "mdx_configs", "use_directory_urls", "nav"),
)

log = get_plugin_logger("isnad")


class IsnadConfig(Config):  # type: ignore[no-untyped-call]
    """Options of the plugin in mkdocs.yml."""

    entries = option.Dir(exists=True, default="entries")
    """Folder of the records, relative to mkdocs.yml."""
    edit_entries = option.Type(str, default="edit/main/entries/")
    """Where entries are edited, below repo_url; empty for no edit links."""
    messages = option.Choice(LANGS, default="en")
    """Language of messages to editors."""
    cache = option.Type(bool, default=True)
    """Whether to keep what was made for the next build, in a folder beside mkdocs.yml."""
    jobs = option.Type(int, default=0)
    """Most processes that make pages; 0 for one on each core."""
    plain = option.Type(bool, default=False)
    """Leave every page to MkDocs, one after another: slow, and what the other way is compared with."""


class IsnadPlugin(BasePlugin[IsnadConfig]):  # type: ignore[no-untyped-call]
    """Hooks, each calling one plain function."""

    _is_serving = False
    _is_alone = False
    _last_good: Catalogue | None = None
    _store: Store | None = None
    _state: State
    _target = ""
    _start = 0.0
    _site: Site
    _nav: Navigation
    _environment: Environment
    _makers: dict[str, Callable[[], SitePage]]
    _untouched: list[str]
    _made_count = 0
    _files: Files
    _sections: dict[Lang, list[Section]]

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Keep this instance alive between rebuilds."""
        self._is_serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load the entries; bring along theme, style and words; build beside the site."""
        self._start = time.monotonic()
        if not config.site_url:
            raise ConfigurationError("isnad needs site_url in mkdocs.yml: canonical addresses and citations use it")
        if "search" in config.plugins or "material/search" in config.plugins:
            raise ConfigurationError("isnad brings its own search: remove search from plugins in mkdocs.yml")
        self._add_theme(config)
        self._open_store(config)
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
        self._target, self._untouched, self._made_count = config.site_dir, [], 0
        config.site_dir = os.path.join(config.site_dir, STAGING)
        shutil.rmtree(config.site_dir, ignore_errors=True)
        return config

    def _add_theme(self, config: MkDocsConfig) -> None:
        if str(OVERRIDES) not in config.theme.dirs:
            # After the site's own overrides, before the theme.
            config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(OVERRIDES))
        if STYLESHEET not in config.extra_css:
            config.extra_css.insert(0, STYLESHEET)
        # MkDocs would also write a gzipped copy with the build's path and date in it; see on_post_build.
        config.theme.static_templates.discard("sitemap.xml")

    def _open_store(self, config: MkDocsConfig) -> None:
        if self._store is None:
            root = Path(config.config_file_path or ".").parent
            # Other plugins may change pages by what we can't know, and count on seeing all of them.
            self._is_alone = set(config.plugins) == {"isnad"} and not config.hooks
            is_kept = self.config.cache and not self.config.plain and self._is_alone
            # The address of the site is part of its pages, and another one while serving.
            self._store = Store(root / CACHE / ("serve" if self._is_serving else "build") if is_kept else None)
            self._state = self._store.load()

    def _load_catalogue(self) -> Catalogue:
        folder = Path(self.config.entries)
        checked = check_entries(folder, prefix=f"{folder.name}/", memory=self._state.memory)
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
        """Add the assets and the data, and make known every page."""
        makers = {name: make for name, make in self._site.page_makers().items() if name not in files.src_uris}
        self._makers = makers
        for path in sorted(ASSETS.rglob("*")):
            if path.is_file():
                name = f"assets/{path.relative_to(ASSETS).as_posix()}"
                if name not in files.src_uris:
                    files.append(File.generated(config, name, abs_src_path=str(path)))
        files.append(File.generated(config, "record.json", content=""))
        if self.config.plain:
            for make in makers.values():
                file = make_file(config, make(), self._site.options.edit_base)
                assert isinstance(file.page, RecordPage)
                file.page.is_plain = True
                files.append(file)
            return files
        return RecordFiles(files, config, makers)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keep what pages are made with."""
        self._nav = nav
        return nav

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
        """Make the pages that are not as they should be."""
        self._environment, self._files = env, files
        if isinstance(files, RecordFiles):
            self._make_pages(config, files)
        return env

    def _make_pages(self, config: MkDocsConfig, files: RecordFiles) -> None:
        state, store = self._state, self._store
        assert store is not None, "opened with the configuration"
        own = [Path(folder) for folder in (config.theme.custom_dir,) if folder]
        settings = {name: config[name] for name in _SHAPING} | {"theme": dict(config.theme)}
        version = find_version(self._site, state, settings, own)
        prints = find_prints(self._site, state)
        changed = find_changed(state.prints, prints)
        kept = {
            name: page
            for name, page in state.pages.items()
            if version == state.version and name in self._makers and changed.isdisjoint(page.seen)
        }
        self._untouched = self._restore(kept, Path(config.site_dir))
        todo = [name for name in self._makers if name not in kept]
        workshop = Workshop(
            config,
            files,
            files.documentation_pages(),
            self._nav,
            self._environment,
            self._site.options.edit_base,
            self._site.trace,
            self._makers,
        )
        made = make_pages(workshop, todo, store, jobs=self.config.jobs if self._is_alone else 1)
        state.version, state.prints = version, prints
        state.pages = {name: kept.get(name) or made[name] for name in self._makers}
        self._made_count = len(made)
        files.anchors = {name: page.anchors for name, page in state.pages.items()}
        files.tell_anchors()

    def _restore(self, kept: dict[str, KeptPage], staging: Path) -> list[str]:
        """Bring back kept pages that the site does not have; return the addresses of those it has."""
        state, untouched = self._state, []
        for name in list(kept):
            address = find_address(name)
            known = state.written.get(address) if state.target == self._target else None
            if known and (self._is_serving or find_stamp(f"{self._target}/{address}") == known):
                untouched.append(address)
            elif not self._write_kept(kept[name].place, staging / address):
                del kept[name]
        return untouched

    def _write_kept(self, place: Place, path: Path) -> bool:
        raw = self._store.read(place) if self._store else None
        if raw is None:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
        return True

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what is made from everything, and move it all over the site."""
        state, staging = self._state, Path(config.site_dir)
        self._write_for_crawlers(config)
        self._write_extras(staging)
        state.written = publish(staging, Path(self._target), self._untouched, state.written)
        state.target = self._target
        config.site_dir = self._target
        if self._store and self._store.folder:
            self._store.save(state)
        catalogue = self._site.catalogue
        records = len(catalogue.sources) + len(catalogue.entities) + len(catalogue.claims)
        reused = len(self._makers) - self._made_count
        took = time.monotonic() - self._start
        log.info(f"{records:,} records: {self._made_count:,} pages made, {reused:,} reused, {took:.1f} s")

    def _write_for_crawlers(self, config: MkDocsConfig) -> None:
        """Write the sitemap and robots.txt, without anything in them that differs between builds."""
        files, pages = self._files.documentation_pages(), self._state.pages
        urls = {file.url: bool(file.page and file.page.meta.get("noindex")) for file in files}
        urls |= {find_address(name).removesuffix("index.html"): page.is_noindex for name, page in pages.items()}
        parts = [(url, *url.split("/", 1)) for url, is_noindex in sorted(urls.items()) if "/" in url and not is_noindex]
        rows = [(url, lang, f"{OTHER[lang]}/{rest}") for url, lang, rest in parts if lang in LANGS]
        values = {
            "rows": rows,
            "site_url": self._site.options.site_url,
            "base": urlsplit(self._site.options.site_url).path,
        }
        for name in ("sitemap.xml", "robots.txt"):
            text = self._environment.get_template(name).render(values)
            utils.write_file(text.encode(), str(Path(config.site_dir) / name))

    def _write_extras(self, staging: Path) -> None:
        """Write the data and the search index, or bring them back when nothing has changed."""
        state = self._state
        made_from = digest(state.version, *sorted(state.prints.values()), repr(self._sections))
        if made_from == state.extras_print and all(
            self._write_kept(place, staging / name) for name, place in state.extras.items()
        ):
            return
        assert self._store is not None, "opened with the configuration"
        state.extras_print = made_from
        with PackWriter(self._store) as writer:
            state.extras = {}
            for name, text in self._make_extras():
                raw = text.encode()
                utils.write_file(raw, str(staging / name))
                state.extras[name] = writer.write(raw)

    def _make_extras(self) -> Iterator[tuple[str, str]]:
        yield "record.json", export_json(self._site)
        documents = list_documents(self._site, self._sections)
        yield from make_index(documents, self._site.catalogue.vocabulary.synonyms.values(), self._site.words)

    def on_build_error(self, *, error: Exception) -> None:
        """Leave nothing half-made beside the site."""
        if self._target:
            shutil.rmtree(os.path.join(self._target, STAGING), ignore_errors=True)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Rebuild when a record, a template, a word or a style changes."""
        for folder in (Path(self.config.entries), TEMPLATES, LOCALES, ASSETS, OVERRIDES):
            server.watch(str(folder))
        return server


def find_address(file: str) -> str:
    """Return where below the site a page's HTML stands."""
    stem = file.removesuffix(".md")
    return f"{stem}.html" if stem == "index" or stem.endswith("/index") else f"{stem}/index.html"
