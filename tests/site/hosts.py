"""Static hosts as they are: each way to answer requests for the files of a site, a small server for it, a crawler."""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from posixpath import dirname, normpath
from urllib.parse import unquote, urlsplit

from tests.servers import running

TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
BELOW = "archive/2024/"
Files = Mapping[str, Path]
"""The files of a site by their address below it."""


@dataclass(frozen=True)
class Answer:
    """A file, or where to ask instead."""

    status: int
    file: Path | None = None
    location: str = ""


Way = Callable[[Files, str], Answer]
"""Answers a request for a path, which begins after the first slash."""


def list_files(site: Path) -> Files:
    """Return the files of a site by their address."""
    return {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*")) if path.is_file()}


def _found(files: Files, *addresses: str) -> Answer:
    found = next((address for address in addresses if address in files), None)
    return Answer(200, files[found]) if found is not None else Answer(404, files["404.html"])


def serve_folders(files: Files, path: str) -> Answer:
    """The usual: a folder is answered with its index, and asked for without the slash, sent to it."""
    if f"{path}/index.html" in files:
        return Answer(301, location=f"/{path}/")
    return _found(files, f"{path}index.html" if not path or path.endswith("/") else path)


def serve_below(files: Files, path: str) -> Answer:
    """Below a path that the build knew nothing of."""
    answer = serve_folders(files, path.removeprefix(BELOW)) if path.startswith(BELOW) else _found(files)
    return replace(answer, location=f"/{BELOW}{answer.location[1:]}") if answer.location else answer


def serve_alike(files: Files, path: str) -> Answer:
    """Whether or not there is a slash at the end, or an ending."""
    bare = path.rstrip("/")
    return _found(files, bare, f"{bare}/index.html".lstrip("/"), f"{bare}.html")


def serve_without_slash(files: Files, path: str) -> Answer:
    """Every address loses its slash and its ending."""
    bare = path.removesuffix(".html").removesuffix("index").rstrip("/")
    return Answer(308, location=f"/{bare}") if bare != path else serve_alike(files, path)


def serve_without_ending(files: Files, path: str) -> Answer:
    """Only the ending is lost: ``x.html`` is ``x``, ``x/index.html`` is ``x/``."""
    bare = path.removesuffix(".html").removesuffix("index")
    if bare != path:
        return Answer(308, location=f"/{bare}")
    return serve_folders(files, path) if f"{path}.html" not in files else _found(files, f"{path}.html")


def serve_index_by_name(files: Files, path: str) -> Answer:
    """A folder is sent to its index."""
    index = f"{path}index.html" if not path or path.endswith("/") else f"{path}/index.html"
    return Answer(302, location=f"/{index}") if index in files else _found(files, path)


def serve_files_only(files: Files, path: str) -> Answer:
    """There are no folders, only names."""
    return _found(files, path)


def drop_hidden(files: Files) -> Files:
    """Leave out what begins with an underscore or a dot."""
    return {address: file for address, file in files.items() if not any(part[0] in "_." for part in address.split("/"))}


def fold_names(files: Files) -> Files:
    """Store all names in small letters."""
    return {address.lower(): file for address, file in files.items()}


@dataclass(frozen=True)
class Host:
    """A kind of host. ``types`` are the endings that it knows; of other files it tells no type."""

    way: Way = serve_folders
    store: Callable[[Files], Files] = dict
    types: Mapping[str, str] = field(default_factory=lambda: TYPES)

    @contextmanager
    def run(self, site: Path) -> Iterator[str]:
        """Serve a site, and yield the address of the host with a slash at the end."""
        files = self.store(list_files(site))
        with _run(lambda path: self.way(files, path), self.types) as address:
            yield address


@contextmanager
def _run(answer_to: Callable[[str], Answer], types: Mapping[str, str]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answer = answer_to(unquote(urlsplit(self.path).path)[1:])
            body = answer.file.read_bytes() if answer.file else b""
            self.send_response(answer.status)
            if answer.location:
                query = urlsplit(self.path).query
                self.send_header("Location", answer.location + (f"?{query}" if query else ""))
            elif answer.file and (found := types.get(answer.file.suffix)):
                self.send_header("Content-Type", found)
            self.send_header("X-Content-Type-Options", "nosniff")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Leaving a page breaks off what it was still asking for."""

    with running(Server(("127.0.0.1", 0), Handler)) as address:
        yield f"{address}/"


# Written by one program, so that there is one way to write a link.
_LINK = re.compile(r'(?:(?<!rel="canonical" )href|src|content="0; url)="?([^"]+)"')


@cache
def _read_links(file: Path) -> frozenset[str]:
    """Return the links of a page to other files of the site, without anchors."""
    links = (urlsplit(html.unescape(link)) for link in _LINK.findall(file.read_text(encoding="utf-8")))
    return frozenset(unquote(link.path) for link in links if link.path and not (link.scheme or link.netloc))


def crawl(host: Host, files: Files, base: str) -> tuple[set[str], list[str]]:
    """Follow every link from every page below a path; return the files that links reach, and what leads nowhere."""
    own = {file: address for address, file in files.items()}
    pages = [address for address in files if address.endswith(".html") and address != "404.html"]
    waiting = {base + address: "" for address in pages}
    linked: set[str] = set()
    answered: dict[str, str] = {}
    broken = []
    while waiting:
        path, linked_from = waiting.popitem()
        answer = host.way(files, path)
        while answer.location:
            answer = host.way(files, answer.location[1:])
        if answer.status != 200 or answer.file is None:
            broken.append(f"{linked_from} links to {path}")
            continue
        answered[path] = own[answer.file]
        if answer.file.suffix == ".html":
            # From the page's own address: what it does at another one is for the browser to tell.
            folder = f"{base}{dirname(own[answer.file])}"
            targets = {_resolve(folder, link) for link in _read_links(answer.file)}
            linked |= targets
            waiting |= dict.fromkeys(targets - answered.keys(), path)
    return {answered[path] for path in linked & answered.keys()}, broken


def _resolve(folder: str, link: str) -> str:
    path = normpath(f"/{folder}/{link}").lstrip("/")
    return f"{path}/" if path and link.endswith(("/", "..")) else path
