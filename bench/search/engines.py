"""Build a project's site for each search engine, serve it, and ask the engine in a real browser.

What right answers are is no concern of this module. Material's search and ours are asked in the search box, with real
key presses; Pagefind through its own JavaScript interface, as it comes without a box in the theme.
"""

import gzip
import mimetypes
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
ENGINES = {
    "musnad": "`mkdocs build` with the musnad plugin; asked in the search box",
    "material": "plain mkdocs-material over the exported Markdown, its search plugin with `lang: [en, ar]`; asked in "
    "the search box",
    "pagefind": "Pagefind 1.5.2 over the articles of the same pages; asked through its JavaScript interface",
}
PAGEFIND = ("pagefind==1.5.2", "pagefind_bin==1.5.2")
LANGS = ("ar", "en")
ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(PROJECT), "PYTHONHASHSEED": "0"}
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# What a page of the theme loads without any search.
_NORMAL = re.compile(r"/(?:.*\.(?:html|css|woff2?|svg|png|ico)|assets/javascripts/bundle\.[^/]*\.js|(?:.*/)?)")
_TEXT = re.compile(r"text/.*|image/svg\+xml|application/(?:javascript|json|xml|wasm|manifest\+json)")
# Milliseconds without a change after which results stand; see watch.js.
QUIET, PATIENCE, FIRST_QUIET = 150, 2000, 500
# An empty page of the site, to start from.
BLANK = "blank"


@dataclass(frozen=True)
class Built:
    """A site on disk, and the seconds its making took (for Pagefind: beyond the pages)."""

    engine: str
    folder: Path
    seconds: float


@dataclass(frozen=True)
class Answer:
    """The pages a query led to, best first, without slashes at the ends, and milliseconds from the last key."""

    pages: tuple[str, ...]
    found: float
    """Until the first result was drawn that stayed the first."""
    took: float
    """Until all results were drawn."""


# Build


def run_child(command: list[str], folder: Path) -> float:
    """Run a command to its end; return the seconds it took, or leave with what it printed."""
    start = time.perf_counter()
    run = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    if run.returncode:
        sys.exit(f"{' '.join(command)}\n{run.stdout}{run.stderr}")
    return time.perf_counter() - start


def build_sites(engines: Iterable[str], project: Path, work: Path) -> dict[str, Built]:
    """Build a project for the engines below a work folder; what is already there is not built again."""
    work.mkdir(parents=True, exist_ok=True)
    makers = {"musnad": _build_musnad, "material": _build_material, "pagefind": _build_pagefind}
    built = {}
    for engine in engines:
        print(f"building {engine}", file=sys.stderr)
        built[engine] = Built(engine, work / engine, makers[engine](project, work))
    return built


def _build(configuration: Path, site: Path) -> float:
    """Build with MkDocs; return the seconds, 0 when the site is already there."""
    if site.is_dir():
        return 0
    unfinished = site.with_suffix(".unfinished")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(configuration), "-d", str(unfinished)]
    seconds = run_child(command, configuration.parent)
    unfinished.rename(site)
    return seconds


def _build_musnad(project: Path, work: Path) -> float:
    return _build(project / "mkdocs.yml", work / "musnad")


def _build_material(project: Path, work: Path) -> float:
    """Build the exported Markdown with the theme's own templates instead of ours."""
    exported = work / "markdown"
    if not exported.is_dir():
        command = [sys.executable, "-m", "musnad", "export", "markdown", str(exported)]
        run_child([*command, "--entries", str(project / "entries"), "--docs", str(project / "docs")], PROJECT)
        shutil.copytree(HERE / "stock", exported / "stock")
        file = exported / "mkdocs.yml"
        configuration = file.read_text(encoding="utf-8")
        file.write_text(configuration.replace("custom_dir: overrides\n", "custom_dir: stock\n"), encoding="utf-8")
    return _build(exported / "mkdocs.yml", work / "material")


def _build_pagefind(project: Path, work: Path) -> float:
    """Index the pages of the material engine; Pagefind itself goes into a throw-away environment."""
    _build_material(project, work)
    site = work / "pagefind"
    if site.is_dir():
        return 0
    unfinished = site.with_suffix(".unfinished")
    shutil.copytree(work / "material", unfinished)
    # Not a page that anyone looks for.
    (unfinished / "404.html").unlink()
    python = work / "venv/bin/python"
    if not python.is_file():
        run_child([sys.executable, "-m", "venv", str(work / "venv")], work)
        run_child([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PAGEFIND], work)
    command = [str(python), "-m", "pagefind", "--site", str(unfinished), "--root-selector", "article"]
    seconds = run_child(command, work)
    unfinished.rename(site)
    return seconds


# Serve


@dataclass(frozen=True)
class Transfer:
    """A response: the path asked for, and the bytes of its body as sent."""

    path: str
    size: int


def is_searching(engine: str, path: str) -> bool:
    """Whether a request is the search's: all that a page of the theme does not load anyway."""
    # The pages that Pagefind was run over have Material's search too.
    return path.startswith("/pagefind/") if engine == "pagefind" else not _NORMAL.fullmatch(path)


@cache
def compress(file: Path) -> bytes:
    """Return a file as a static host would send it to a browser that takes gzip."""
    content = file.read_bytes()
    return gzip.compress(content, 6) if _is_text(file) else content


def _is_text(file: Path) -> bool:
    return bool(_TEXT.fullmatch(mimetypes.guess_type(file.name)[0] or ""))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    server: "Server"

    def do_GET(self) -> None:
        """Send a file of the site."""
        path = unquote(urlsplit(self.path).path)
        file = self.server.folder / path.lstrip("/")
        file = file / "index.html" if path.endswith("/") else file
        is_there = file.is_file()
        time.sleep(self.server.latency)
        body = compress(file) if is_there else b""
        self.server.transfers.append(Transfer(path, len(body)))
        self.send_response(200 if is_there or path == f"/{BLANK}" else 404)
        kind = mimetypes.guess_type(file.name)[0] or ("application/octet-stream" if is_there else "text/html")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        if is_there and _is_text(file):
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Serves a folder as static hosts do and keeps count: it sees every request, those of workers too."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder = folder
        self.transfers: list[Transfer] = []
        self.latency = 0.0
        """Seconds before each response."""

    @property
    def address(self) -> str:
        """The address of the site, with a slash at the end."""
        return f"http://127.0.0.1:{self.server_port}/"


@contextmanager
def serve(folder: Path) -> Iterator[Server]:
    """Serve a folder on loopback."""
    server = Server(folder)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


# Ask


class Reader(Protocol):
    """Someone before an open page of one language who can search."""

    def ask(self, query: str, *, keys: int | None = None, pace: float = 0) -> Answer:
        """Search; ``keys``: how many last characters are pressed as keys, all if None; ``pace``: seconds per key."""


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Start a headless Chromium."""
    if not CHROMIUM:
        sys.exit("no Chromium found")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


def open_reader(engine: str, page: Page, server: Server, lang: str, *, is_patient: bool = True) -> Reader:
    """Open the first page of a language, and wait until it loads nothing more, or only until it can be used."""
    page.add_init_script(path=HERE / "watch.js")
    page.goto(f"{server.address}{lang}/", wait_until="networkidle" if is_patient else "load")
    return PagefindReader(page) if engine == "pagefind" else BoxReader(page)


def _path(address: str) -> str:
    """Return the path of a result, without the fragment and what Material adds for its highlighting."""
    return unquote(urlsplit(address).path).strip("/")


class BoxReader:
    """Types into the theme's search box. The first query must have a result: what it waits for is all of the search."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._keyboard = page.context.new_cdp_session(page)
        self._is_ready = False
        self.patience = PATIENCE

    def ask(self, query: str, *, keys: int | None = None, pace: float = 0) -> Answer:
        """Type a query over the last one and read the results once they stand."""
        self._page.evaluate("bench.clear()")
        at_once = "" if keys is None else query[:-keys]
        if at_once:
            self._keyboard.send("Input.insertText", {"text": at_once})
        for position, letter in enumerate(query[len(at_once) :]):
            if position and pace:
                time.sleep(pace)
            # Not Playwright's type(): it presses no keys for letters that a US keyboard lacks; Material waits for them.
            key = {"text": letter, "unmodifiedText": letter, "key": letter}
            self._keyboard.send("Input.dispatchKeyEvent", {"type": "keyDown", **key})
            self._keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", "key": letter})
        options = [QUIET, self.patience, 0] if self._is_ready else [FIRST_QUIET, self.patience, 1]
        found = self._page.evaluate("options => bench.settle(...options)", options)
        self._is_ready = True
        # A page's sections are results of their own, below the page's.
        return Answer(tuple(dict.fromkeys(map(_path, found["links"]))), found["found"], found["took"])


class PagefindReader:
    """Calls Pagefind in a page of the language. The time is that of the call, with loading the first five results."""

    _ASK = """async query => {
        const start = performance.now()
        const pagefind = await import("/pagefind/pagefind.js")
        const found = (await pagefind.search(query)).results.slice(0, 5)
        const results = await Promise.all(found.map(result => result.data()))
        return { links: results.map(result => result.url), took: performance.now() - start }
    }"""

    def __init__(self, page: Page) -> None:
        self._page = page

    def ask(self, query: str, *, keys: int | None = None, pace: float = 0) -> Answer:
        """Search for the whole query; there is no box to type in."""
        found = self._page.evaluate(self._ASK, query)
        return Answer(tuple(dict.fromkeys(map(_path, found["links"]))), found["took"], found["took"])
