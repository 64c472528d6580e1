"""A page is fetched once, over http or https alone, within limits; whatever goes wrong is told."""

import contextlib
import gzip
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from musnad.editing import fetch as fetching
from musnad.editing.fetch import FetchError, NoSuchHostError, fetch
from tests.editing.web import Page, Site, serve

# Before any site of this machine counts as one of the web.
IS_PUBLIC = fetching.is_public


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
            "/inside": Page.moved("http://127.0.0.2/"),
            "/cloud": Page.moved("http://169.254.169.254/latest/meta-data/"),
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
        ("/inside", "{host} is no site of the web", None),
        ("/cloud", "{host} is no site of the web", None),
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


@pytest.mark.parametrize(
    "host",
    [
        *(
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.9",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
        ),
        *("224.0.0.1", "255.255.255.255", "::", "::1", "fe80::1%eth0", "fd00::1", "ff02::1", "::ffff:127.0.0.1"),
        *("64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1"),
    ],
)
def test_no_network_but_the_internet_is_reached(host: str) -> None:
    """This machine, the network around it, a host's own services, and what only stands for one of these."""
    assert not IS_PUBLIC(host)


@pytest.mark.parametrize("host", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"])
def test_internet_is_reached(host: str) -> None:
    """Also where addresses are translated, as on phones."""
    assert IS_PUBLIC(host)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_machine_itself_is_not_asked(host: str, scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under whatever name, and not so much as a connection is made."""
    monkeypatch.setattr(fetching, "is_public", IS_PUBLIC)
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        with pytest.raises(FetchError, match="is no site of the web"):
            fetch(f"{scheme}://{host}:{server.getsockname()[1]}/")
        with pytest.raises(BlockingIOError):
            server.accept()


def test_proxy_of_who_runs_it_is_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may stand on this machine, as those that hide who asks do; names of sites are not looked up then."""
    monkeypatch.setattr(fetching, "is_public", IS_PUBLIC)
    monkeypatch.setenv("http_proxy", site.address)
    site.pages["http://gazette.invalid/salt"] = Page(b"<html>salt</html>")
    assert fetch("http://gazette.invalid/salt").body == b"<html>salt</html>"


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/x", "http://", "http://[::1/x", "http://a..b/x", "http://x:99999/"]
)
def test_no_server_is_told(site: Site, address: str) -> None:
    """Without a traceback."""
    with pytest.raises(FetchError):
        fetch(address)


@pytest.mark.parametrize(("number", "kind"), [(socket.EAI_NONAME, NoSuchHostError), (socket.EAI_AGAIN, FetchError)])
def test_site_without_a_name_is_told_apart(
    number: int, kind: type[FetchError], monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a line that is down."""

    def look_up(*_: object, **__: object) -> None:
        raise socket.gaierror(number, "told by the system")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with pytest.raises(FetchError) as caught:
        fetch("https://gazette.example/x")
    assert type(caught.value) is kind


def test_silent_server_is_given_up(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a time."""
    monkeypatch.setattr(fetching, "TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(FetchError, match="can't be reached"):
        fetch(f"http://127.0.0.1:{server.getsockname()[1]}/")


def test_server_that_never_ends_is_given_up(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though it always has something more to say, be it in the header."""
    monkeypatch.setattr(fetching, "PATIENCE", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            connection, _ = server.accept()
            with connection, contextlib.suppress(OSError):
                connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
                while True:
                    connection.sendall(b"x")
                    time.sleep(0.05)

        threading.Thread(target=drip, daemon=True).start()
        with pytest.raises(FetchError, match="did not arrive"):
            fetch(f"http://127.0.0.1:{server.getsockname()[1]}/")
