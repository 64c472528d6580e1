"""What the plugin does at MkDocs's events: adds the record's pages to a build.

Nothing is written into the docs folder. Pages are made when something they show changed, by MkDocs's own functions, in
a folder beside the site, and moved over it when all are done. While serving, entries with mistakes leave the last good
pages.
"""

import gc
import itertools
import os
import time
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from jinja2 import Environment
from markdown.extensions.toc import slugify_unicode
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.theme import Theme

from musnad.build.idle import CACHE, PASSING, Listener, Watch
from musnad.build.seal import VARIABLE as CACHE_KEY
from musnad.build.shards import VARIABLE, Share
from musnad.build.store import CompiledTemplates, Store
from musnad.derive.visible import publishable
from musnad.exports.downloads import RECORD, RELEASE, read_release, tells_more
from musnad.exports.extra import ReleaseError
from musnad.exports.pictures import EXTRA, can_draw
from musnad.pages.addresses import list_feeds
from musnad.pages.elements.downloads import list_built
from musnad.pages.markup import check_front_matter, clean_page
from musnad.pages.prose import isolate_html, prose_fields, read_sections
from musnad.pages.render import TEMPLATES
from musnad.pages.site import SiteOptions
from musnad.plugin.build import Build, KeptBuild
from musnad.plugin.look import draw_mark, list_colour_objections, list_schemes, mix_colours, write_colours
from musnad.plugin.material import FAVICON, list_kept
from musnad.plugin.objection import Objection
from musnad.plugin.others import list_thinner
from musnad.plugin.pages import RecordPage, isolate_contents
from musnad.plugin.policy import (
    INLINE,
    NO_POLICY,
    OFFLINE,
    SERVING,
    allow_addresses,
    allow_templates,
    find_inline,
    list_policy_objections,
    write_policy,
)
from musnad.plugin.promise import BROKEN_PROMISE, NO_PROMISE, find_loads, list_breaches
from musnad.plugin.settings import (
    BUSY,
    NO_DRAWING,
    NO_KEY,
    NO_OVERLAY,
    NO_SHARDS,
    NO_SHARE,
    NO_TEMPLATE,
    OLD_RELEASE,
    ROBOTS,
    UNWRITTEN,
    find_edit,
    list_clashes,
    list_objections,
)
from musnad.plugin.sheet import SHEET, is_enough, list_given
from musnad.plugin.shell import OVERRIDES
from musnad.plugin.theme import make_environment
from musnad.plugin.watch import watch_quickly
from musnad.plugin.written import find_written, is_trusted, list_linked, list_listed, list_scripted, name_written
from musnad.records.base import BASE
from musnad.records.files import NO_FILES, has_leftover, list_visible, name_record
from musnad.records.model import Catalogue
from musnad.records.overlay import VARIABLE as OVERLAY
from musnad.records.overlay import Overlay
from musnad.records.problems import Problem
from musnad.rules.check import check_entries
from musnad.search.index import ANSWERS, name_worker
from musnad.text.languages import Lang
from musnad.text.shorten import shorten
from musnad.wording.output import print_utf8
from musnad.wording.words import LOCALES, load_all_words, load_words

PACKAGE = Path(__file__).parent.parent
ASSETS = PACKAGE / "theme/assets"
OFFLINE_SCRIPT = PACKAGE / "theme/offline.js"
STYLESHEET = "assets/record.css"
COLOURS = "assets/colours.css"
MARK = "assets/mark.svg"
EVERYWHERE = (STYLESHEET, "assets/head.js", "assets/page.js")
"""What every page loads of ours: published without comments and indents."""
TEMPLATE_CACHE = "templates"
SELDOM = (10_000, 500, 100)
"""When to look for garbage: records and pages are many and stay; looking through them all takes a sixth of the time.

What pages leave is looked for oftener, while it is still at hand in the processor's memory.
"""

log = get_plugin_logger("musnad")


class Hooks:
    """One for each event, each calling one plain function."""

    _is_serving = False
    _last_good: Catalogue | None = None
    _kept: KeptBuild | None = None
    _environment: Environment | None = None
    _theme_dirs: tuple[str, ...] = ()
    is_done = False
    """Whether a build came to its end."""
    state: bytes | None = None
    """That of the repository, where it was asked for already."""
    _build: Build
    _catalogue: Catalogue
    _faults: list[Problem]
    _has_pictures = False
    _is_whole = False
    _has_promised = False
    _patterns: tuple[object, object] = (None, None)

    def __init__(self, config: Any) -> None:
        """Begin with the options of the plugin (``MusnadConfig``)."""
        self.config = config

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Keep this instance alive between rebuilds; say everything in UTF-8."""
        print_utf8()
        gc.set_threshold(*SELDOM)
        self._is_serving = command == "serve"
        if Overlay.find() and not self._is_serving:
            raise ConfigurationError(self._tell(Objection(NO_OVERLAY, {"name": OVERLAY})))

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load the entries; bring along theme, style and words; build beside the site."""
        start = time.monotonic()
        objections = list_objections(config, Path(self.config.entries), self.config.edit_entries)
        own = list_colour_objections(self.config.colours), list_policy_objections(self.config.policy)
        for objection in itertools.chain(objections, *own):
            raise ConfigurationError(self._tell(objection))
        self._has_pictures = self.config.pictures and not self._is_serving
        if self._has_pictures and not can_draw():
            raise ConfigurationError(self._tell(Objection(NO_DRAWING, {"extra": EXTRA})))
        self._add_theme(config)
        # Ids of headings are written as attributes.
        if "attr_list" not in config.markdown_extensions:
            config.markdown_extensions.append("attr_list")
        # Anchors of Arabic headings are made of their letters.
        config.mdx_configs.setdefault("toc", {}).setdefault("slugify", slugify_unicode)
        # Others may change pages by what we can't know, and count on seeing all of them.
        templates = config.theme.static_templates - {"404.html"}
        self._is_whole = set(config.plugins) != {"musnad"} or bool(config.hooks or config.extra_templates or templates)
        share = self._find_share()
        if self._kept is None:
            # A workflow that must not read what a proposal brings along can rely on no configuration.
            is_kept = self.config.cache and os.environ.get("MUSNAD_CACHE") != "false"
            is_kept = is_kept and not self.config.plain and not self._is_whole and share is None
            # What is withheld is in no file but those of its own folder.
            is_kept = is_kept and not Overlay.find()
            # The address of the site is part of its pages, and another one while serving.
            folder = Path(config.config_file_path or ".").parent / CACHE / ("serve" if self._is_serving else "build")
            store = Store(folder if is_kept else None)
            if is_kept and store.folder is None:
                log.info(self._tell(Objection(NO_KEY, {"name": CACHE_KEY})))
            self._kept = KeptBuild(store, is_serving=self._is_serving)
        self._kept.interrupt()
        config.theme.get_env = partial(self._keep_environment, config.theme, self._kept.store)  # type: ignore[method-assign]
        self._catalogue = self._load_catalogue(self._kept)
        look = mix_colours(self.config.colours)["light"] if self._has_pictures else {}
        entries, jobs = Path(self.config.entries), self.config.jobs
        try:
            self._build = Build(self._kept, config, entries, jobs=jobs, look=look, share=share, start=start)
        except BlockingIOError:
            raise PluginError(self._tell(Objection(BUSY, {"folder": config.site_dir}))) from None
        except OSError as error:
            raise PluginError(self._tell_unwritten(error)) from None
        self._build.released = self._read_release()
        return config

    def _read_release(self) -> Mapping[str, str]:
        if not self.config.release or os.environ.get(RELEASE) == "false":
            return {}
        try:
            released = read_release(Path(self.config.release))
            if tells_more(Path(self.config.release), publishable(self._catalogue)):
                log.warning(self._tell(Objection(OLD_RELEASE, {"folder": self.config.release})))
                return {}
            return released
        except ReleaseError as error:
            raise PluginError(self._tell(Objection(error.message, error.values))) from None

    def _find_share(self) -> Share | None:
        """Return which share of the site to make, None for all of it."""
        text = "" if self._is_serving else os.environ.get(VARIABLE, "")
        if text and (self._is_whole or self.config.plain):
            raise ConfigurationError(self._tell(Objection(NO_SHARDS)))
        try:
            return Share.parse(text) if text else None
        except ValueError:
            raise ConfigurationError(self._tell(Objection(NO_SHARE, {"name": VARIABLE, "text": text}))) from None

    def _tell(self, objection: Objection) -> str:
        return load_words(self.config.messages).fill(objection.message, **objection.values)

    def _add_theme(self, config: MkDocsConfig) -> None:
        if str(OVERRIDES) not in config.theme.dirs:
            # After the site's own overrides, before the theme.
            config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(OVERRIDES))
        styles = [STYLESHEET, *([COLOURS] if self.config.colours else [])]
        config.extra_css[:0] = [name for name in styles if name not in config.extra_css]
        theme = config.theme
        theme["palette"] = list_schemes(theme.get("palette"))
        theme["own_favicon"] = theme.get("favicon") if theme.get("favicon") != FAVICON else None
        if self.config.colours:
            theme["papers"] = {name: colours["paper"] for name, colours in mix_colours(self.config.colours).items()}
        # MkDocs would also write a gzipped copy with the build's path and date in it; ours is written with the data.
        config.theme.static_templates.discard("sitemap.xml")

    def _keep_environment(self, theme: Theme, store: Store) -> Environment:
        """Return the environment of the last build: templates that were compiled need not be compiled again."""
        if self._environment is None or self._theme_dirs != tuple(theme.dirs):
            compiled = CompiledTemplates(store.folder.parent / TEMPLATE_CACHE) if store.folder else None
            words = load_all_words(self._catalogue.site).values()
            self._environment = make_environment(theme, compiled, words, are_edited=self._is_serving)
            self._theme_dirs = tuple(theme.dirs)
        return self._environment

    def _load_catalogue(self, kept: KeptBuild) -> Catalogue:
        folder, overlay = Path(self.config.entries), Overlay.find()
        laid_over = overlay.lay(folder) if overlay else NO_FILES
        checked = check_entries(folder, prefix=f"{folder.name}/", memory=kept.state.memory, laid_over=laid_over)
        if not checked.problems:
            # No form is given files that are not there, and no page leads to them.
            hidden = frozenset(ref for place in laid_over if (ref := name_record(place)))
            self._last_good = replace(checked.catalogue, kept_back=hidden)
            kept.digests = {ref: known.digest for ref, known in kept.state.memory.records.items()}
            return self._last_good
        words = load_words(self.config.messages)
        for problem in checked.problems:
            log.warning(words.tell(problem))
        if self._is_serving and self._last_good is not None:
            log.warning("The pages show the records as they were before these mistakes.")
            return self._last_good
        raise PluginError(f"The entries have {len(checked.problems)} mistake(s), listed above; nothing was built.")

    def _stop_for(self, faults: list[Problem]) -> None:
        words = load_words(self.config.messages)
        for fault in sorted(faults, key=lambda fault: fault.sort_key):
            log.warning(words.tell(fault))
        if faults:
            raise PluginError(f"The hand-written pages have {len(faults)} mistake(s), listed above; nothing was built.")

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the assets, and make every page known. Settings that another plugin changed meanwhile count."""
        for file in list(files):
            if has_leftover(file.src_uri):
                files.remove(file)
        self._faults = [*list_scripted(config, files, self.config.trusted)]
        is_flat = not config.use_directory_urls
        written = find_written(files, with_drafts=self._is_serving)
        options = SiteOptions(
            site_url=(config.site_url or "").rstrip("/") + "/",
            edit=find_edit(config, Path(self.config.entries), self.config.edit_entries) or "",
            is_flat=is_flat,
            written=dict(list_linked(written, is_flat)),
            released=tuple(sorted(self._build.released.keys() - {RECORD})),
            has_own_ink="accent" in self.config.colours,
            keeps=tuple(list_kept(config)),
        )
        self._loads: dict[str, list[str]] = {}
        self._classes: set[str] = set()
        site = self._build.make_site(self._catalogue, options, has_history=self.config.history, state=self.state)
        config.extra["words"] = site.interface_words()
        # Copies for reading offline have the whole worker at hand, and start it in ways of their own.
        config.extra["search_worker"] = ANSWERS if os.environ.get("MUSNAD_OFFLINE") else name_worker()
        config.extra["pictures"] = self._has_pictures
        config.extra["policy"] = ""
        config.extra["preview"] = bool(Overlay.find())
        config.extra["offline"] = is_offline = os.environ.get("MUSNAD_OFFLINE") == "true"
        patterns = config.exclude_docs, config.draft_docs
        # While serving, looking through all pages again would cost time at each edit.
        for objection in list_clashes(config, files, site.list_pages() if patterns != self._patterns else ()):
            raise PluginError(self._tell(objection))
        self._patterns = patterns
        for path in list_visible(ASSETS):
            name = f"assets/{path}"
            if name in files.src_uris:
                continue
            if name in EVERYWHERE:
                files.append(File.generated(config, name, content=shorten((ASSETS / path).read_text("utf-8")).encode()))
            else:
                files.append(File.generated(config, name, abs_src_path=str(ASSETS / path)))
        if is_offline:
            files.append(File.generated(config, f"assets/{OFFLINE_SCRIPT.name}", abs_src_path=str(OFFLINE_SCRIPT)))
        if self.config.colours:
            files.append(File.generated(config, COLOURS, content=write_colours(self.config.colours).encode()))
            files.remove(files.src_uris[MARK])
            files.append(File.generated(config, MARK, content=draw_mark(self.config.colours).encode()))
        # Written at the end, and known before, for links that lead to it.
        for name in (*list_built(), *(list_feeds() if site.has_feed else ())):
            files.append(File.generated(config, name, content=""))
        for name in options.released:
            files.append(File.generated(config, name, abs_src_path=str(Path(self.config.release or "", name))))
        files = self._build.add_pages(files, written, is_whole=self._is_whole, is_plain=self.config.plain)
        for lack in self._build.written.list_lacks(Path(config.docs_dir).name):
            log.warning(self._tell(lack))
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keep what pages are made with."""
        for objection in list_thinner(config, self._build.pages if self._is_whole else (), files.src_uris):
            raise PluginError(self._tell(objection))
        self._build.nav = nav
        return nav

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Give hand-written pages the fields that generated ones have; isolate runs; keep their text for the search."""
        if isinstance(page, RecordPage):
            return html
        if not is_trusted(page.file.src_uri, self.config.trusted):
            text, name = page.file.content_string, name_written(config, page.file)
            html, faults = clean_page(html, text, name)
            self._faults += [*check_front_matter(page.meta, text, name), *faults]
        self._loads[page.file.src_uri] = list(find_loads(html))
        self._classes.update(list_given(html))
        toc = config.mdx_configs.get("toc", {})
        # MkDocs looks for the title in a heading of the first level.
        is_given = "title" in page.meta or "title" in vars(page)
        is_lower = toc.get("baselevel", 1) != 1 and not is_given and bool(page.toc.items)
        # What was found in the text is HTML; what stands in the front matter or in nav is as it was typed.
        title = str(page.title) if is_given else unescape(str(page.toc.items[0].title if is_lower else page.title))
        fields = prose_fields(page.file.src_uri, title, page.edit_url, self._build.written.find_other(page.file))
        if not fields:
            return html
        page.meta = {**fields, **page.meta, "title": fields["title"]}
        if self._build.tells_protected(f"{title} {html}"):
            page.meta["noindex"] = True
        lang: Lang = fields["lang"]
        if not (page.meta.get("search") or {}).get("exclude"):
            self._build.sections[lang] += read_sections(html, page.file.url, title, toc)
        isolate_contents(page.toc, lang)
        return isolate_html(html, lang)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Make the pages that are not as they should be. Titles are known now."""
        self._stop_for(self._faults)
        for lang, words in config.extra["words"].items():
            above = {link["href"] for link in words["sections"]}
            listed = list_listed(config, files, lang, self._build.find_title)
            foot = {link["href"]: link for link in (*words["foot"], *listed) if link["href"] not in above}
            words["foot"] = list(foot.values())
        breaches = list(list_breaches(config, files, self._loads))
        self._has_promised = self.config.promise and not breaches
        if not self._has_promised:
            for words in config.extra["words"].values():
                words["promise"] = []
        if self.config.promise and breaches:
            log.info(self._tell(Objection(NO_PROMISE, {"reasons": ", ".join(breaches)})))
        self._loads = {}
        self._inline: list[str] = []
        config.extra["policy"] = self._write_policy(config, env)
        # While serving, a class that a hand-written page gets must not have all pages made again.
        is_ours = not (self._is_whole or self._is_serving or self.config.trusted)
        is_short = is_ours and is_enough(config, (STYLESHEET, COLOURS), self._classes)
        config.extra["theme_sheet"] = f"assets/{SHEET.name}" if is_short else ""
        self._build.make_pages(files, env)
        return env

    def _write_policy(self, config: MkDocsConfig, env: Environment) -> str:
        """Return the policy of the pages; empty for none: what is measured for others loads what they choose."""
        own = self.config.policy
        # Programs that read a ZIM serve its pages in ways of their own, without a network.
        if own is False or os.environ.get("MUSNAD_OFFLINE") == "zim":
            return ""
        if own is True and config.extra.get("analytics"):
            log.info(self._tell(Objection(NO_POLICY, {"reasons": "extra.analytics"})))
            return ""
        given = own if isinstance(own, Mapping) else {}
        if self._is_serving:
            return write_policy(SERVING, allow_addresses(config), given)
        besides = OFFLINE if config.extra["offline"] else {}
        return write_policy(besides, allow_templates(config, env), allow_addresses(config), given)

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Note what pages load after others have changed them: the foot may have promised that they load nothing.

        And what would not run, on pages that others than we have written.
        """
        policy = config.extra["policy"]
        if policy and (self._is_whole or not isinstance(page, RecordPage)):
            is_kept_back = (digest not in policy for _, digest in find_inline(output))
            if any(is_kept_back) and "'unsafe-inline'" not in policy:
                self._inline.append(page.file.src_uri)
        if self._is_whole and self._has_promised and (found := list(find_loads(output))):
            self._loads[page.file.src_uri] = found
        return output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Move everything over the site, and say what was done."""
        for file, hosts in self._loads.items():
            raise PluginError(self._tell(Objection(BROKEN_PROMISE, {"file": file, "host": hosts[0]})))
        for file in self._inline[:1]:
            log.warning(self._tell(Objection(INLINE, {"file": file})))
        for name in self._build.list_bound():
            raise PluginError(self._tell(Objection(NO_TEMPLATE, {"file": name})))
        log.info(self._build.finish(), extra=PASSING)
        self.is_done = True
        path = urlsplit(config.site_url or "").path
        if path.strip("/") and not self._is_serving:
            log.info(self._tell(Objection(ROBOTS, {"path": path})))

    def on_build_error(self, *, error: Exception) -> None:
        """Leave nothing half-made beside the site."""
        if "_build" in vars(self):
            self._build.abandon()
            if isinstance(error, OSError) and self._build.is_unwritten(error):
                raise PluginError(self._tell_unwritten(error)) from None

    def _tell_unwritten(self, error: OSError) -> str:
        return self._tell(Objection(UNWRITTEN, {"reason": error.strerror or "", "file": error.filename or ""}))

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Rebuild when a record, a template, a word or a style changes, and hear of it at once."""
        watch_quickly(server, [path for path in (config.docs_dir, config.config_file_path) if path])
        own = [Path(folder) for folder in (self.config.entries, self.config.release) if folder]
        for folder in (*own, BASE, TEMPLATES, LOCALES, ASSETS, OVERRIDES):
            server.watch(str(folder))
        return server

    def on_shutdown(self) -> None:
        """Keep what was made while serving."""
        if self._kept is not None:
            self._kept.close()

    def keep_rest(self, watch: Watch, listener: Listener) -> None:
        """Keep how a build left everything, where anything is kept."""
        if self._kept is not None and self.is_done:
            watch.keep(self._kept.store.write_sealed, listener, self._build.count_records(), len(self._build.pages))
