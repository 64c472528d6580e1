"""Generated pages through MkDocs: its own functions, called for the pages that have to be made, on all cores."""

import contextlib
import logging
import os
import pickle
import sys
import tempfile
import threading
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import click
from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from musnad.build.idle import PASSING
from musnad.build.store import KeptPage, PackWriter, Store
from musnad.pages.outline import convert_outline
from musnad.pages.prose import isolate_heading
from musnad.pages.render import SitePage
from musnad.pages.trace import Trace
from musnad.text.languages import LANGS, Lang

# Where main.html lets the content begin.
START = "__skip"
# What headings look like depends on these; with any other extension Python-Markdown does all the work.
_PLAIN_EXTENSIONS = frozenset({"toc", "tables", "fenced_code", "attr_list"})
FEW_PAGES = 200
"""So many are made sooner than another process is started."""

log = logging.getLogger("mkdocs.plugins.musnad")


class RecordPage(Page):
    """A generated page: its fields are known, and its few headings are converted without a Markdown parser."""

    made: SitePage | None = None
    is_plain = False
    """Whether to leave the text to Python-Markdown in any case."""

    def _set_canonical_url(self, base: str | None) -> None:
        """Set the address as MkDocs does, of which what the site's pages share is found once."""
        self.canonical_url = self.abs_url = None
        if base:
            start, path = _find_start(base)
            self.canonical_url, self.abs_url = start + self.url, path + self.url

    def read_source(self, config: MkDocsConfig) -> None:
        """Take over the fields and the text, as MkDocs would find them in the file."""
        if self.made is None or config.plugins.on_page_read_source(page=self, config=config) is not None:
            super().read_source(config)
            return
        self.markdown, self.meta = self.made.body.lstrip("\n"), dict(self.made.fields)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Convert the page, or leave it to Python-Markdown when it holds more than we made."""
        # How anchors are made is no matter to headings with ids.
        toc = config.mdx_configs.get("toc", {}).keys() - {"slugify"}
        has_usual = set(config.markdown_extensions) <= _PLAIN_EXTENSIONS and not toc
        outline = convert_outline(self.markdown or "") if has_usual and not self.is_plain else None
        # The theme's skip link leads to the first entry: the start of the page, not its first section.
        start = AnchorLink(str(self.title), START, level=1)
        if outline is None:
            super().render(config, files)
            start.children = list(self.toc)
            anchors = self.present_anchor_ids or set()
        else:
            self.content = outline.html
            start.children = [AnchorLink(text, anchor, level=2) for anchor, text in outline.headings]
            anchors = set(outline.anchors)
        self.toc = TableOfContents([start])
        self.present_anchor_ids = {START, *anchors, *(("cite",) if self.meta.get("cite") else ())}


@lru_cache(maxsize=8)
def _find_start(base: str) -> tuple[str, str]:
    """Return what addresses of pages begin with, whole and without the host."""
    start = urljoin(base.removesuffix("/") + "/", "x")[:-1]
    return start, urlsplit(start).path


def isolate_contents(contents: Iterable[AnchorLink], lang: Lang) -> None:
    """Isolate the runs in a hand-written page's table of contents."""
    for item in contents:
        item.title = isolate_heading(item.title, lang)
        isolate_contents(item.children, lang)


class RecordFiles(Files):
    """The files of a build, and the generated pages that MkDocs need not go through: only links lead to these.

    What stands ``untouched`` in the site is known to links as well, but not copied again.
    """

    def __init__(
        self, files: Files, config: MkDocsConfig, generated: Mapping[str, object], untouched: Container[str]
    ) -> None:
        super().__init__(files)
        self._config = config
        self._generated = generated
        self._untouched = untouched
        self._linked: dict[str, File] = {}

    def get_file_from_path(self, path: str) -> File | None:
        """Return a file, generated ones too."""
        found = super().get_file_from_path(path)
        if found is None and path in self._generated:
            if path not in self._linked:
                self._linked[path] = make_file(self._config, SitePage(path, {}, ""))
            found = self._linked[path]
        return found

    def copy_static_files(
        self, dirty: bool = False, *, inclusion: Callable[[InclusionLevel], bool] = InclusionLevel.is_included
    ) -> None:
        """Copy what is not a page and not there already."""
        for file in self:
            if not file.is_documentation_page() and inclusion(file.inclusion) and file.dest_uri not in self._untouched:
                file.copy_file(dirty)

    def tell_anchors(self, pages: Mapping[str, KeptPage]) -> None:
        """Let MkDocs know the anchors of generated pages that others link to, of those that were made."""
        for path, file in self._linked.items():
            if file.page is not None and path in pages:
                file.page.present_anchor_ids = set(pages[path].anchors)


def make_file(config: MkDocsConfig, made: SitePage, text: str = "") -> File:
    """Return a generated page as MkDocs wants it; its ``text`` is read by nobody but other plugins."""
    file = File.generated(config, made.file, content=text, inclusion=InclusionLevel.NOT_IN_NAV)
    page = RecordPage(None, file, config)
    page.made = made
    page.edit_url = made.fields.get("edit")
    file.page = page
    return file


@dataclass
class Workshop:
    """What is needed to make a page."""

    config: MkDocsConfig
    files: RecordFiles
    doc_files: Sequence[File]
    nav: Navigation
    templates: Any
    """What gives MkDocs a template by its name."""
    trace: Trace
    make_page: Callable[[str], SitePage]

    def make(self, name: str, writer: PackWriter) -> KeptPage:
        """Make one page, as MkDocs makes its own, and write it into the site."""
        with self.trace.record() as noted:
            made = self.make_page(name)
        file = make_file(self.config, made)
        page = file.page
        assert page is not None
        mkdocs_build._populate_page(page, self.config, self.files)
        mkdocs_build._build_page(page, self.config, self.doc_files, self.nav, self.templates)
        with open(file.abs_dest_path, "rb") as written:
            raw = written.read()
        anchors = tuple(sorted(page.present_anchor_ids or ()))
        return KeptPage(tuple(sorted(noted)), anchors, bool(made.fields.get("noindex")), writer.write(raw))


def make_pages(workshop: Workshop, names: Sequence[str], store: Store, *, jobs: int) -> dict[str, KeptPage]:
    """Make pages, in several processes when there are many; the parent makes its share too."""
    jobs = count_jobs(len(names), jobs)
    shares = divide(names, jobs)
    with contextlib.ExitStack() as stack:
        children = [stack.enter_context(_Child(workshop, share, store)) for share in shares[1:]]
        made = _make_share(workshop, shares[0], store, jobs)
        for child, share in zip(children, shares[1:], strict=True):
            # Memory or processes may have run out, and not every system's libraries work in a fork.
            found = child.collect()
            made |= _make_share(workshop, share, store) if found is None else found
    return made


def divide(names: Sequence[str], jobs: int) -> list[list[str]]:
    """Return the share of each process: of one language where there are enough of both, as nothing composed is shared.

    Within a language they take turns, so that no share has all the long pages.
    """
    first = f"{LANGS[0]}/"
    halves = [[name for name in names if name.startswith(first) == is_first] for is_first in (True, False)]
    if jobs % 2 or min(map(len, halves)) * 2 < max(map(len, halves)):
        return [list(names[n::jobs]) for n in range(jobs)]
    return [half[n :: jobs // 2] for half in halves for n in range(jobs // 2)]


def count_jobs(pages: int, jobs: int) -> int:
    """Return how many processes are worth starting. A process with threads can't be doubled safely."""
    if pages < FEW_PAGES or not hasattr(os, "fork") or threading.active_count() > 1:
        return 1
    return min(jobs or count_cores(), pages // (FEW_PAGES // 2))


def count_cores() -> int:
    """Return how many cores this process may use, or how many there are where the system tells no more."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _make_share(
    workshop: Workshop, names: Sequence[str], store: Store, jobs: int = 0, parent: int | None = None
) -> dict[str, KeptPage]:
    made = {}
    with PackWriter(store) as writer:
        for name in _tell_progress(names, jobs):
            if parent is not None and os.getppid() != parent:
                # Whoever wanted these pages was ended.
                os._exit(1)
            made[name] = workshop.make(name, writer)
    return made


def _tell_progress(names: Sequence[str], jobs: int) -> Iterator[str]:
    """Tell how far the parent's share is: a bar in a terminal, a line now and then elsewhere."""
    if not jobs or len(names) * jobs < FEW_PAGES or not log.isEnabledFor(logging.INFO):
        yield from names
    elif sys.stderr.isatty():
        with click.progressbar(names, label="Making pages", file=sys.stderr, show_pos=False) as bar:
            yield from bar
    else:
        step = max(1000, len(names) // 10)
        for n, name in enumerate(names):
            if n and n % step == 0:
                log.info(f"made {n * jobs:,} of about {len(names) * jobs:,} pages", extra=PASSING)
            yield name


class _Child:
    """A copy of this process that makes a share of the pages, and hands over what it made in a file."""

    def __init__(self, workshop: Workshop, names: Sequence[str], store: Store) -> None:
        handle, self._result = tempfile.mkstemp(prefix="musnad-")
        os.close(handle)
        self._pid: int | None = None
        self._parent = os.getpid()
        with contextlib.suppress(OSError):
            self._pid = os.fork()
        if self._pid == 0:
            self._work(workshop, names, store)

    def _work(self, workshop: Workshop, names: Sequence[str], store: Store) -> None:
        """Make the share and end: nothing of the parent's may run a second time."""
        records = _RecordKeeper()
        root = logging.getLogger("mkdocs")
        root.handlers = [records]
        root.propagate = False
        made: dict[str, KeptPage] = {}
        error = ""
        try:
            made = _make_share(workshop, names, store, parent=self._parent)
        except BaseException as caught:  # noqa: BLE001 (the parent tells it)
            error = f"{type(caught).__name__}: {caught}"
        try:
            Path(self._result).write_bytes(pickle.dumps((made, records.kept, error), protocol=5))
        finally:
            os._exit(0)

    def __enter__(self) -> "_Child":
        return self

    def __exit__(self, *_: Any) -> None:
        self._wait()
        Path(self._result).unlink(missing_ok=True)

    def _wait(self) -> None:
        # Of a process whose signals are ignored, as under some supervisors, none is there any more to be waited for.
        with contextlib.suppress(ChildProcessError):
            if self._pid is not None:
                os.waitpid(self._pid, 0)

    def collect(self) -> dict[str, KeptPage] | None:
        """Wait for the share, tell its warnings, and return it; None when the process never began or was ended.

        Raises RuntimeError when a page could not be made.
        """
        self._wait()
        try:
            made, warnings, error = pickle.loads(Path(self._result).read_bytes())
        except (EOFError, pickle.UnpicklingError):
            log.info("A process that made pages was ended; its share is made here.", extra=PASSING)
            return None
        for level, name, message in warnings:
            logging.getLogger(name).log(level, message)
        if error:
            raise RuntimeError(error)
        return made  # type: ignore[no-any-return]


class _RecordKeeper(logging.Handler):
    """Keeps what is logged, to be told by another process."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[tuple[int, str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one record."""
        self.kept.append((record.levelno, record.name, record.getMessage()))
