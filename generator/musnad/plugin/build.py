"""One build: which pages to make, the rest taken over, and all of it moved over the site when it is done.

MkDocs builds in a folder beside the site's files; these are touched only where they change.
"""

import contextlib
import errno
import gc
import os
import re
import shutil
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, TemplateError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.utils import write_file

from musnad.build.history import History, read_history
from musnad.build.manifest import NAME as SITE_MANIFEST
from musnad.build.manifest import digest_file, write_manifest
from musnad.build.prints import Prints, find_changed, find_prints, find_version
from musnad.build.shards import (
    CRAWLERS,
    MANIFEST,
    Crawler,
    Manifest,
    Share,
    digest_files,
    list_values,
    render_crawlers,
)
from musnad.build.store import KeptFile, KeptPage, PackWriter, Store, list_files
from musnad.derive.edits import Edits
from musnad.exports.downloads import fill_pages
from musnad.exports.redirects import REDIRECTS, export_redirects
from musnad.pages.addresses import find_file, find_place, list_feeds
from musnad.pages.elements.downloads import PLACE as DOWNLOADS
from musnad.pages.elements.downloads import list_built
from musnad.pages.prose import Section, read_text
from musnad.pages.site import Site, SiteOptions
from musnad.pages.trace import Recalled
from musnad.plugin.extras import Taker, make_extras, plan_pictures, plan_rows, plan_shards
from musnad.plugin.pages import RecordFiles, RecordPage, Workshop, make_file, make_pages
from musnad.plugin.policy import HEADERS, write_headers
from musnad.plugin.publish import Stamp, find_stamp, holding, list_published, publish, resume
from musnad.plugin.shell import Shells
from musnad.plugin.written import WrittenPages
from musnad.records.guidance import write_choices
from musnad.records.model import Catalogue
from musnad.search.corpus import TermWeights
from musnad.search.index import Part
from musnad.text.digest import digest
from musnad.text.languages import LANGS, Lang
from musnad.wording.words import load_all_words

STAGING = ".musnad-new"
WEIGHTS = "words.pickle"
HISTORY = "history.pickle"
LINES = "lines.pickle"
LATER = ".musnad-later"
QUIET = 1.0
"""Seconds without another build before the data and the search index follow a page that was edited."""
MANY = 20
"""Pages of a type, of which one is made before the others are divided among processes."""
RARELY = 1_000_000
"""Objects made before garbage is looked for during a build while serving."""
# Settings that pages are made with, besides the theme's.
_SHAPING = (
    *("site_name", "site_url", "site_description", "site_author", "repo_url", "repo_name", "edit_uri", "copyright"),
    *(
        "edit_uri_template",
        "extra",
        "extra_css",
        "extra_javascript",
        "markdown_extensions",
        "mdx_configs",
        "use_directory_urls",
        "nav",
    ),
)


class KeptBuild:
    """What one build leaves for the next, in this process and in a store."""

    def __init__(self, store: Store, *, is_serving: bool) -> None:
        self.store = store
        self.state = store.load()
        self.is_serving = is_serving
        self._weights: TermWeights | None = None
        self._lines: dict[str, Recalled[Any]] | None = None
        self._has_new_lines = False
        self._history: History | None = None
        self.copied: dict[str, Stamp | None] = {}
        """Stamps of files that MkDocs has copied, by where to."""
        self.digests: dict[str, str] = {}
        """Of the files that the last faultless records were read from."""
        self.prints: Prints | None = None
        self.site: Site | None = None
        """While serving: what it made once is made again only where it changed."""
        self._stop = threading.Event()
        self._publishing = threading.Lock()
        self._thread: threading.Thread | None = None

    def load_weights(self) -> TermWeights:
        """Return what is known of the words of texts; what is found is put there."""
        if self._weights is None:
            known = self.store.load_aside(WEIGHTS)
            self._weights = known if isinstance(known, dict) else {}
        return self._weights

    def recall(self, site: Site) -> None:
        """Let a site take over what is kept of single records."""
        if self.store.folder is None and not self.is_serving:
            return
        version, prints = self.state.version, self.state.prints
        site.recall.begin(
            self._load_lines, lambda names: digest(version, *(f"{name} {prints.get(name)}" for name in names))
        )

    def _load_lines(self) -> Mapping[str, Recalled[Any]]:
        if self._lines is None:
            known = self.store.load_aside(LINES)
            self._lines = known if isinstance(known, dict) else {}
        return self._lines

    def keep_lines(self, site: Site) -> None:
        """Keep what was asked for of single records, if anything was."""
        if site.recall.made:
            self._lines, self._has_new_lines = site.recall.made, True

    def load_edits(self, entries: Path, catalogue: Catalogue, state: bytes | None) -> Edits:
        """Return what git tells of the records; while serving, what it told at the start.

        ``state`` is that of the repository, where it was asked for already.
        """
        if self._history is None or not self.is_serving:
            known = self.store.load_aside(HISTORY)
            known = known if isinstance(known, History) else None
            self._history = read_history(entries, catalogue, known, state) or History("", {})
            if known != self._history:
                self.store.save_aside(HISTORY, self._history)
        return self._history.edits

    def save(self) -> None:
        """Store everything for the next process."""
        self.store.save(self.state)
        if self._weights:
            self.store.save_aside(WEIGHTS, self._weights)
        if self._has_new_lines:
            self.store.save_aside(LINES, self._lines)

    def interrupt(self) -> None:
        """Stop what is still to be done for an earlier build; this one will do it."""
        with self._publishing:
            self._stop.set()
        self._stop = threading.Event()

    def follow(self, prepare: Callable[[threading.Event], Callable[[], None]]) -> None:
        """Do some work when no other build has begun for a moment, and what it leads to if none has begun since."""
        stop, earlier = self._stop, self._thread

        def wait_and_work() -> None:
            if earlier is not None:
                earlier.join()
            if stop.wait(QUIET):
                return
            finish = prepare(stop)
            with self._publishing:
                if not stop.is_set():
                    finish()

        self._thread = threading.Thread(target=wait_and_work, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Store what was made since the first build."""
        self.interrupt()
        if self._thread is not None:
            self._thread.join()
        if self.is_serving:
            self.save()


class Build:
    """One run of MkDocs."""

    nav: Navigation
    written: WrittenPages

    def __init__(
        self,
        kept: KeptBuild,
        config: MkDocsConfig,
        entries: Path,
        *,
        jobs: int,
        look: Mapping[str, str],
        share: Share | None,
        start: float,
    ) -> None:
        """Turn the build to a folder beside the site. ``start`` is when it began, by the monotonic clock.

        ``look`` has the colours of pictures; without any, none are made. With a ``share``, a shard is built.
        Raises BlockingIOError while another build holds the folder.
        """
        self._entries, self._look, self._share = entries, look, share
        self.sections: dict[Lang, list[Section]] = {lang: [] for lang in LANGS}
        self._kept, self._config, self._jobs, self._start = kept, config, jobs, start
        self._target = Path(config.site_dir)
        self._staging = self._target / STAGING
        self._is_first = kept.state.target != config.site_dir
        self._untouched: set[str] = set()
        self._made: list[str] = []
        self.pages: dict[str, None] = {}
        self.released: Mapping[str, str] = {}
        """Digests of what a release holds, by address."""
        self._hold = contextlib.ExitStack()
        self._hold.enter_context(holding(self._target))
        resume(self._target)
        shutil.rmtree(self._staging, ignore_errors=True)
        config.site_dir = str(self._staging)

    def make_site(
        self, catalogue: Catalogue, options: SiteOptions, *, has_history: bool, state: bytes | None = None
    ) -> Site:
        """Return the site to build, with what git tells of its records or without; ``state`` is the repository's."""
        edits = self._kept.load_edits(self._entries, catalogue, state) if has_history else None
        words = load_all_words(catalogue.site)
        self._site = Site.make(catalogue, words, options, self._kept.site, edits=edits)
        self._addresses = options.addresses
        return self._site

    def tells_protected(self, html: str) -> bool:
        """Whether a hand-written page has the name of a living person whom two have not reviewed."""
        return self._site.tells_protected(read_text(html))

    def add_pages(self, files: Files, written: Mapping[str, File], *, is_whole: bool, is_plain: bool) -> Files:
        """Return the files with every generated page; a hand-written page in the same place stands instead.

        Of a whole build, MkDocs goes through all pages itself; of a plain one, Python-Markdown does too.
        """
        self._is_whole = is_whole or is_plain
        instead = {find_file(place) for place in written}
        self.pages = dict.fromkeys(name for name in self._site.list_pages() if name not in instead)
        self.written = WrittenPages(written, self.pages, self._addresses)
        # An editor's own robots.txt stays, and so do own redirects.
        self._crawlers = [name for name in CRAWLERS if not _is_in_docs(files, name, self._config)]
        self._has_own_redirects = _is_in_docs(files, REDIRECTS, self._config)
        self._has_own_headers = _is_in_docs(files, HEADERS, self._config)
        # Drafts and what is excluded stand in no page's way.
        for name in [name for name in files.src_uris if name in self.pages]:
            files.remove(files.src_uris[name])
        self._pass_over_copies(files)
        if not self._is_whole:
            return RecordFiles(files, self._config, self.pages, self._untouched)
        self._made = list(self.pages)
        for name in self.pages:
            made = self._site.make_page(name)
            file = make_file(self._config, made, made.text)
            assert isinstance(file.page, RecordPage)
            file.page.is_plain = is_plain
            files.append(file)
        return RecordFiles(files, self._config, {}, self._untouched)

    def _pass_over_copies(self, files: Files) -> None:
        """Note files that would only be copied, where the copy that is served is as new as they are."""
        kept = self._kept
        for file in files:
            if file.abs_src_path is None or file.is_documentation_page():
                continue
            stamp = find_stamp(file.abs_src_path)
            if kept.is_serving and not self._is_first and kept.copied.get(file.dest_uri) == stamp:
                self._untouched.add(file.dest_uri)
            kept.copied[file.dest_uri] = stamp

    def find_title(self, file: File) -> str:
        """Return the title of a page; of a generated one that of its text, which may not be made yet."""
        if file.page is not None and not isinstance(file.page, RecordPage):
            return str(file.page.title)
        with self._site.trace.record():
            return str(self._site.make_page(file.src_uri).fields["title"])

    def make_pages(self, files: Files, environment: Environment) -> None:
        """Make the pages that are not as they should be, and bring back the others."""
        self._files, self._environment = files, environment
        config, kept, state = self._config, self._kept, self._kept.state
        settings = {name: config[name] for name in _SHAPING} | {"theme": dict(config.theme)}
        own = [Path(config.theme.custom_dir)] if config.theme.custom_dir else []
        version = find_version(self._site, kept.digests, settings, own)
        prints = find_prints(self._site, kept.digests, kept.prints)
        changed = find_changed(state.prints, prints.values)
        is_same = version == state.version
        if is_same and kept.site is not None:
            self._site.inherit(kept.site, changed)
        if isinstance(files, RecordFiles) and not self._is_whole:
            known = state.pages if is_same else {}
            fresh = {name: page for name, page in known.items() if changed.isdisjoint(page.seen) and name in self.pages}
            taken = self._take({self._addresses.find_output(name): page for name, page in fresh.items()})
            pages = {name: page for name, page in fresh.items() if self._addresses.find_output(name) in taken}
            wanted = [name for name in self.pages if name not in pages and self._has(name)]
            state.pages = pages | self._make(wanted, files)
            files.tell_anchors(state.pages)
        state.version, state.prints, kept.prints = version, prints.values, prints
        if kept.is_serving:
            kept.site = self._site

    def _has(self, name: str) -> bool:
        if self._share is None or find_place(name).partition("/")[2] != DOWNLOADS:
            return self._share is None or self._share.has(name)
        # With the files that it tells of.
        return self._share.is_last

    def _make(self, names: list[str], files: RecordFiles) -> dict[str, KeptPage]:
        self._made = names
        workshop = Workshop(
            self._config,
            files,
            files.documentation_pages(),
            self.nav,
            Shells(self._environment),
            self._site.trace,
            self._site.make_page,
        )
        # What they have others compile and read, several processes need not do each.
        first = _pick_samples(names)
        made = make_pages(workshop, first, self._kept.store, jobs=1) if first else {}
        rest = [name for name in names if name not in made]
        return made | make_pages(workshop, rest, self._kept.store, jobs=self._jobs)

    def _take(self, files: Mapping[str, KeptPage | KeptFile]) -> set[str]:
        """See that files of the last build, by address, are in the site; return the addresses of those that are."""
        written = self._kept.state.written
        here = set() if self._is_first else files.keys() & written.keys()
        # The folder that is served is ours alone; into any other, others may have written.
        if not self._kept.is_serving:
            here = {address for address in here if find_stamp(f"{self._target}/{address}") == written[address]}
        self._untouched |= here
        brought = set()
        for address in files.keys() - here:
            raw = self._kept.store.read(files[address].place)
            if raw is not None:
                write_file(raw, str(self._staging / address))
                brought.add(address)
        return here | brought

    def finish(self) -> str:
        """Write what is made from many records, move all over the site, and return a line that sums up."""
        kept, state = self._kept, self._kept.state
        # MkDocs has put an empty file in the place of the data, and templates where these are made from them.
        for name in (*list_built(), *list_feeds(), *self._crawlers):
            (self._staging / name).unlink(missing_ok=True)
        if kept.is_serving and not self._is_first:
            # The editor sees the page first; data and search index follow.
            self._untouched |= list_files(state.extras).keys() & state.written.keys()
            self._fill_downloads(self._site, self._staging)
            self._publish()
            kept.follow(self._make_later)
        else:
            kept.recall(self._site)
            with PackWriter(kept.store) as writer:
                taker = Taker(
                    state, writer, self._staging, lambda files: self._take(files) == files.keys(), share=self._share
                )
                state.extras = make_extras(self._site, self.sections, self._plan(self._site), kept.load_weights, taker)
            kept.keep_lines(self._site)
            self._fill_downloads(self._site, self._staging)
            if self._share is not None:
                self._write_manifest(self._share)
            elif not kept.is_serving:
                write_file(write_manifest(self._find_digests()).encode(), str(self._staging / SITE_MANIFEST))
            self._publish()
            kept.save()
            # What is there now stays: neither the end of the process nor a build while serving need go through it.
            gc.freeze()
            if kept.is_serving:
                gc.set_threshold(RARELY)
                self._help_editors()
        records = self.count_records()
        made, took = len(self._made), time.monotonic() - self._start
        if self._share is not None:
            return f"{records:,} records: {made:,} of {len(self.pages):,} pages made, {took:.1f} s"
        return f"{records:,} records: {made:,} pages made, {len(self.pages) - made:,} reused, {took:.1f} s"

    def count_records(self) -> int:
        """Return how many records the site shows."""
        shown = self._site.shown
        return len(shown.sources) + len(shown.entities) + len(shown.claims)

    def _fill_downloads(self, site: Site, folder: Path) -> None:
        """Write sizes and digests into the pages of downloads, of files in a folder or in the site below it."""
        pages = {lang: self._addresses.find_output(find_file(f"{lang}/{DOWNLOADS}")) for lang in LANGS}
        for address, raw in fill_pages(site, pages, (folder, self._target), self.released):
            write_file(raw, str(folder / address))

    def _find_digests(self) -> dict[str, str]:
        """Return the digest of each file that the site will have; most were found when the files were made."""
        state = self._kept.state
        kept = {self._addresses.find_output(name): page for name, page in state.pages.items() if not self._is_whole}
        places = {address: file.place for address, file in (kept | list_files(state.extras)).items()}
        made = list_published(self._staging)
        # Something was filled in since.
        filled = {self._addresses.find_output(find_file(f"{lang}/{DOWNLOADS}")) for lang in LANGS}
        found = {}
        for address in made | self._untouched:
            if address in places and address not in filled:
                found[address] = places[address].checksum.hex()
            else:
                with ((self._staging if address in made else self._target) / address).open("rb") as file:
                    found[address] = digest_file(file)
        return found

    def _publish(self) -> None:
        state = self._kept.state
        state.written = publish(
            self._staging, self._target, self._untouched, state.written, is_ours=self._kept.is_serving
        )
        state.target = self._config.site_dir = str(self._target)
        self._hold.close()

    def _make_later(self, stop: threading.Event) -> Callable[[], None]:
        """Make data and search index for the site that is served; return what moves them over it."""
        self._help_editors()
        site, state, folder = self._site.again(), self._kept.state, self._target / LATER
        shutil.rmtree(folder, ignore_errors=True)
        self._kept.recall(site)

        with PackWriter(self._kept.store) as writer:
            taker = Taker(state, writer, folder, lambda files: files.keys() <= state.written.keys(), stop=stop)
            extras = make_extras(site, self.sections, self._plan(site), self._kept.load_weights, taker)
        self._fill_downloads(site, folder)

        def publish_extras() -> None:
            gone = list_files(state.extras).keys() - list_files(extras).keys() - self._kept.copied.keys()
            state.extras = extras
            self._kept.keep_lines(site)
            state.written = publish(folder, self._target, state.written.keys() - gone, state.written, is_ours=True)
            # What earlier builds leave would wait for long to be looked for.
            gc.collect()

        return publish_extras

    def _help_editors(self) -> None:
        """Write the ids that there are now for editors' programs."""
        write_choices(self._site.catalogue, self._entries / "schemas")

    def _plan(self, site: Site) -> list[Part]:
        """Plan what is made from other things than the records alone."""
        state, entries = self._kept.state, self._entries
        shards, rows = plan_shards(site, state, entries), plan_rows(site, state)
        pictures = plan_pictures(site, self._look) if self._look else ()
        # Of a split build only the whole can be listed.
        crawlers = () if self._share is not None else (self._plan_crawlers(),)
        return [*crawlers, *self._plan_redirects(), *self._plan_headers(), *shards, *rows, *pictures]

    def _plan_redirects(self) -> Iterator[Part]:
        """Plan the list of old addresses, where there are any."""
        text = "" if self._has_own_redirects else export_redirects(self._site)
        if text:
            yield Part("redirects", digest(text), lambda: iter([(REDIRECTS, text)]))

    def _plan_headers(self) -> Iterator[Part]:
        """Plan the lines for hosts that send what pages say of themselves, and what they can't, as headers."""
        if not self._has_own_headers:
            path = "/".join(["", *urlsplit(self._site.options.site_url).path.split("/"), ""])
            text = write_headers(self._config.extra["policy"], re.sub("/+", "/", path))
            yield Part("headers", digest(text), lambda: iter([(HEADERS, text)]))

    def _plan_crawlers(self) -> Part:
        """Plan the sitemap and robots.txt."""
        values = list_values(self._list_urls(), self._site.options.site_url)
        templates = {name: self._environment.get_template(name) for name in self._crawlers}
        return Part(
            "crawlers",
            digest(repr(values), *templates),
            lambda: ((name, template.render(values)) for name, template in templates.items()),
        )

    def _list_urls(self) -> dict[str, str]:
        """Return the address of each page that was made or taken over, and may be listed, by its place."""
        pages = {file: file.page for file in self._files.documentation_pages() if file.page}
        urls = {find_place(file.src_uri): page.url for file, page in pages.items() if not page.meta.get("noindex")}
        if not self._is_whole:
            kept = self._kept.state.pages
            places = [find_place(name) for name, page in kept.items() if not page.is_noindex]
            urls |= {place: self._addresses.find(place) for place in places}
        return urls

    def list_bound(self) -> Iterator[str]:
        """Yield what lists pages and can't be filled in by the text of its template alone, when shards are joined."""
        values = list_values(self._list_urls(), self._site.options.site_url) if self._share is not None else {}
        for name, text in self._read_templates().items() if values else ():
            own = self._environment.get_template(name).render(values)
            with contextlib.suppress(TemplateError):
                if render_crawlers({name: text}, values)[name] == own:
                    continue
            yield name

    def _read_templates(self) -> dict[Crawler, str]:
        loader = self._environment.loader
        assert loader is not None
        return {name: loader.get_source(self._environment, name)[0] for name in self._crawlers}

    def _write_manifest(self, share: Share) -> None:
        """Write what the shards are joined by."""
        manifest = Manifest(
            share=share,
            made_from=self._kept.state.extras["whole"][0],
            files=digest_files(self._staging),
            urls=self._list_urls(),
            site_url=self._site.options.site_url,
            templates=self._read_templates(),
        )
        (self._staging / MANIFEST).write_text(manifest.model_dump_json(), encoding="utf-8", newline="\n")

    def is_unwritten(self, error: Exception) -> bool:
        """Whether a build failed because the site can't be written."""
        if not isinstance(error, OSError):
            return False
        is_there = error.filename is not None and Path(os.fsdecode(error.filename)).is_relative_to(self._target)
        return is_there or error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS)

    def abandon(self) -> None:
        """Leave nothing half-made beside the site; what would have been moved over it has to come there yet."""
        shutil.rmtree(self._staging, ignore_errors=True)
        self._hold.close()
        self._config.site_dir = str(self._target)
        self._kept.copied.clear()
        for name in self._made:
            self._kept.state.written.pop(self._addresses.find_output(name), None)


def _pick_samples(names: Sequence[str]) -> list[str]:
    """Return one page of each type and language that has many."""
    by_type: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for name in names:
        by_type[tuple(name.split("/")[:2])].append(name)
    return [found[-1] for found in by_type.values() if len(found) >= MANY]


def _is_in_docs(files: Files, name: str, config: MkDocsConfig) -> bool:
    file = files.get_file_from_path(name)
    return file is not None and file.src_dir == config.docs_dir and file.inclusion.value > InclusionLevel.DRAFT.value
