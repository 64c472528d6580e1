"""A site on this machine, for tests of what fetches pages."""

import gzip
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from musnad.editing import fetch as fetching
from tests.servers import running


@dataclass
class Page:
    """What is answered at a path."""

    body: bytes = b""
    type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def gzipped(cls, body: bytes) -> "Page":
        """A page that comes packed."""
        return cls(gzip.compress(body), headers={"Content-Encoding": "gzip"})

    def in_encoding(self, encoding: str) -> "Page":
        """Return the same page in another encoding, of which the server says nothing."""
        return Page(self.body.decode().encode(encoding), "text/html")

    @classmethod
    def moved(cls, to: str, status: int = 301) -> "Page":
        """A page that leads on."""
        return cls(status=status, headers={"Location": to})


HOST = "web.example"


@dataclass
class Site:
    """Pages by path, and what was asked for."""

    address: str
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Paths and user agents."""


def _lead(host: str) -> str:
    return "127.0.0.1" if host == HOST else host


@contextmanager
def serve() -> Iterator[Site]:
    """Serve a site, at first without pages; as long as it lasts, its host counts as one of the web."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, self.headers["User-Agent"]))
            page = site.pages.get(self.path, Page(b"<html><body><p>Nothing here</p></body></html>", status=404))
            self.send_response(page.status)
            for name, value in {
                "Content-Type": page.type,
                "Content-Length": str(len(page.body)),
                **page.headers,
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(page.body)

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Site(f"http://{HOST}:{server.server_port}")
    is_public, find = fetching.is_public, socket.getaddrinfo
    with running(server, poll_interval=0.01), pytest.MonkeyPatch.context() as patch:
        patch.setattr(fetching, "is_public", lambda host: host == "127.0.0.1" or is_public(host))
        # No address of a record may be one of this machine.
        patch.setattr(socket, "getaddrinfo", lambda host, *rest, **more: find(_lead(host), *rest, **more))
        yield site
