"""A page is fetched once, over http or https alone, within limits; whatever goes wrong is told."""

import gzip
import socket
from collections.abc import Iterator

import pytest

from musnad.editing import fetch as fetching
from musnad.editing.fetch import FetchError, fetch
from tests.editing.web import Page, Site, serve


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A site of pages of many kinds."""
    with serve() as made:
        made.pages |= {
            "/plain": Page(b"<html>one</html>"),
            "/packed": Page.gzipped(b"<html>two</html>"),
            "/cut": Page(gzip.compress(b"x" * 5000)[:20], headers={"Content-Encoding": "gzip"}),
            "/not-packed": Page(b"plain", headers={"Content-Encoding": "gzip"}),
            "/brotli": Page(b"x", headers={"Content-Encoding": "br"}),
            "/bomb": Page.gzipped(b"x" * (fetching.LIMIT + 10)),
            "/large": Page(b"x" * (fetching.LIMIT + 10)),
            "/moved": Page.moved("/plain"),
            "/moved-far": Page.moved("/moved", 302),
            "/file": Page.moved("file:///etc/passwd"),
            "/ftp": Page.moved("ftp://127.0.0.1/x"),
            "/circle": Page.moved("/circle"),
            "/gone": Page(status=410),
            "/forbidden": Page(status=403),
            "/broken": Page(status=500),
            "/short": Page(b"half", headers={"Content-Length": "4000"}),
            "/%D9%85%D9%84%D8%AD?%D8%A3=1": Page(b"salt"),
        }
        yield made


def test_page_comes_with_one_request_that_says_who_asks(site: Site) -> None:
    """No second request, and an agent that tells what it is."""
    site.asked.clear()
    fetched = fetch(f"{site.address}/plain#part")
    assert (fetched.body, fetched.media_type, fetched.charset) == (b"<html>one</html>", "text/html", "utf-8")
    assert site.asked == [("/plain", fetching.USER_AGENT)]


@pytest.mark.parametrize(
    ("path", "body", "end"),
    [
        ("/packed", b"<html>two</html>", "/packed"),
        ("/moved", b"<html>one</html>", "/plain"),
        ("/moved-far", b"<html>one</html>", "/plain"),
        ("/ملح?أ=1", b"salt", "/%D9%85%D9%84%D8%AD?%D8%A3=1"),
    ],
)
def test_page_is_unpacked_and_followed(site: Site, path: str, body: bytes, end: str) -> None:
    """The address is the one where it stood in the end."""
    fetched = fetch(site.address + path)
    assert (fetched.body, fetched.address) == (body, site.address + end)


@pytest.mark.parametrize(
    ("path", "message", "status"),
    [
        ("/missing", "the page is not there", 404),
        ("/gone", "the page is not there", 410),
        ("/forbidden", "the server does not give the page", 403),
        ("/broken", "the server does not give the page", 500),
        ("/circle", "the server does not give the page", 301),
        ("/file", "the page leads on to", None),
        ("/ftp", "the page leads on to", None),
        ("/large", "the page is larger than", None),
        ("/bomb", "the page is larger than", None),
        ("/cut", "{address} can't be reached", None),
        ("/not-packed", "{address} can't be reached", None),
        ("/short", "{address} can't be reached", None),
        ("/brotli", "the page is packed in a way", None),
    ],
)
def test_what_can_not_be_had_is_told(site: Site, path: str, message: str, status: int | None) -> None:
    """With the status that the server gave."""
    with pytest.raises(FetchError) as caught:
        fetch(site.address + path)
    assert caught.value.message.startswith(message)
    assert caught.value.code == status


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://host/x", "data:text/html,x", "javascript:1", "/etc"])
def test_other_addresses_are_refused(address: str) -> None:
    """No file of this machine is read."""
    with pytest.raises(FetchError, match="begins with https"):
        fetch(address)


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/x", "http://", "http://[::1/x", "https://host.invalid/x"])
def test_no_server_is_told(address: str) -> None:
    """Without a traceback."""
    with pytest.raises(FetchError):
        fetch(address)


def test_silent_server_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a time."""
    monkeypatch.setattr(fetching, "TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(FetchError, match="can't be reached"):
        fetch(f"http://127.0.0.1:{server.getsockname()[1]}/")
