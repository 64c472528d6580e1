"""Fetch one page of the web: over http or https alone, from public addresses, within limits of time and size."""

import ipaddress
import re
import socket
import zlib
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPSConnection
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, Any, Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urljoin, urlsplit, urlunsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    getproxies,
)

from musnad import __version__
from musnad.editing.journal import RefusedError
from musnad.records.problems import N_

USER_AGENT = f"Musnad/{__version__} (reads a source that a record cites; one request a page)"
LIMIT = 20_000_000
"""Most bytes of a page, also once they are unpacked."""
TIMEOUT = 20.0
"""Seconds without an answer."""
PATIENCE = 60.0
"""Seconds for the whole page, from the first to the last step."""
_CHUNK = 1 << 16
GONE = frozenset({404, 410})
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


class FetchError(RefusedError):
    """A page that can't be had, and the status that the server gave, if it gave any."""

    def __init__(self, message: str, code: int | None = None, **values: object) -> None:
        super().__init__(message, **values)
        self.code = code


class NoSuchHostError(FetchError):
    """A page of a site whose name leads nowhere."""


@dataclass(frozen=True)
class Fetched:
    """What a server sent."""

    address: str
    """Where it was in the end."""
    body: bytes
    """Unpacked; empty where only the head was asked for."""
    media_type: str
    """Such as text/html; empty where the server does not say."""
    charset: str | None


class _Response(Protocol):
    headers: HTTPMessage
    url: str

    def read(self, amount: int, /) -> bytes: ...
    def close(self) -> None: ...


def is_public(host: str) -> bool:
    """Whether an IP address is one of the internet, and not of this machine or the network around it."""
    address = ipaddress.ip_address(host.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        # Some addresses stand for one of the older kind (RFC 4291, 3056, 6052).
        translated = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in _TRANSLATED else None
        address = address.ipv4_mapped or address.sixtofour or translated or address
    return address.is_global and not address.is_multicast


def _connect(address: tuple[str, int], timeout: float, source_address: None = None) -> socket.socket:
    """Connect to a site, wherever its name leads at this moment; what is not public is left alone."""
    hosts = [str(place[0]) for *_, place in socket.getaddrinfo(*address, type=socket.SOCK_STREAM)]
    if not _is_proxy(*address) and not all(map(is_public, hosts)):
        message = N_("{host} is no site of the web, but in a network of its own: save the page and name the file")
        raise FetchError(message, host=address[0])
    failure = OSError()
    for host in hosts:
        try:
            return socket.create_connection((host, address[1]), timeout)
        except OSError as error:
            failure = error
    raise failure


def _is_proxy(host: str, port: int) -> bool:
    """Whether a place is the proxy that who runs this has chosen: it may well stand on this machine."""
    proxies = (urlsplit(proxy if "//" in proxy else f"//{proxy}") for proxy in getproxies().values())
    return any((proxy.hostname, proxy.port or 80) == (host, port) for proxy in proxies)


class _Connection(HTTPConnection):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._create_connection = _connect


class _SecureConnection(HTTPSConnection):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._create_connection = _connect


class _Http(HTTPHandler):
    def http_open(self, req: Request) -> Any:
        """Open a connection to a public address."""
        return self.do_open(_Connection, req)


class _Https(HTTPSHandler):
    def https_open(self, req: Request) -> Any:
        """Open a connection to a public address."""
        return self.do_open(_SecureConnection, req)


class _Redirects(HTTPRedirectHandler):
    def redirect_request(  # noqa: PLR0917 (as the class above has it)
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """Follow to another page of the web, and nowhere else."""
        if not is_web(newurl):
            fp.close()
            raise FetchError(N_("the page leads on to {address}, which is no page of the web"), address=newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(address: str, *, only_head: bool = False) -> Fetched:
    """Return what stands at an address. Raises FetchError."""
    told = SimpleQueue[Fetched | FetchError]()

    def work() -> None:
        try:
            told.put(_fetch(address, only_head))
        except FetchError as error:
            told.put(error)

    # Names that are looked up, redirects and headers have no limit of time of their own.
    Thread(target=work, daemon=True).start()
    try:
        answer = told.get(timeout=PATIENCE)
    except Empty:
        message = N_("the page did not arrive within {seconds} seconds")
        raise FetchError(message, seconds=round(PATIENCE)) from None
    if isinstance(answer, FetchError):
        raise answer
    return answer


def _fetch(address: str, only_head: bool) -> Fetched:
    if not is_web(address):
        raise FetchError(N_("{address} is no address that begins with https:// or http://"), address=address)
    opener = OpenerDirector()
    # No handler of other schemes: whatever a page asks for, no file of this machine is read.
    for handler in (
        *(ProxyHandler(), _Http(), _Https()),
        *(HTTPDefaultErrorHandler(), _Redirects(), HTTPErrorProcessor()),
    ):
        opener.add_handler(handler)
    try:
        headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip", "Accept": "text/html,application/pdf,*/*;q=0.8"}
        response: _Response | None = opener.open(Request(make_ascii(address), headers=headers), timeout=TIMEOUT)
        if response is None:
            raise FetchError(N_("{address} can't be reached: {reason}"), address=address, reason="no answer")
        try:
            body = b"" if only_head else _unpack(_read(response, address), response.headers, address)
        finally:
            response.close()
    except HTTPError as error:
        error.close()
        raise _explain(error, address) from error
    except (URLError, HTTPException, OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        if isinstance(reason, socket.gaierror) and reason.errno == socket.EAI_NONAME:
            raise NoSuchHostError(N_("there is no site {host}"), host=urlsplit(address).hostname) from error
        told = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
        raise FetchError(N_("{address} can't be reached: {reason}"), address=address, reason=told) from error
    has_type = "Content-Type" in response.headers
    return Fetched(
        urljoin(response.url, urlsplit(address).fragment and f"#{urlsplit(address).fragment}"),
        body,
        response.headers.get_content_type() if has_type else "",
        response.headers.get_content_charset(),
    )


def _explain(error: HTTPError, address: str) -> FetchError:
    target = urljoin(address, error.headers.get("Location", ""))
    if not is_web(target):
        return FetchError(N_("the page leads on to {address}, which is no page of the web"), address=target)
    message = N_("the page is not there: the server answers {status}")
    if error.code not in GONE:
        message = N_("the server does not give the page: it answers {status}")
    # What the server says beside the number is its own text.
    return FetchError(message, error.code, status=error.code)


def is_web(address: str) -> bool:
    """Whether an address is one of http or https."""
    return re.match("https?:", address, re.IGNORECASE) is not None


def make_ascii(address: str) -> str:
    """Return an address with the letters of other scripts as the web sends them. Raises ValueError."""
    parts = urlsplit(address)
    if not parts.hostname:
        raise ValueError("no host")
    host = parts.hostname.encode("idna").decode() if not parts.hostname.isascii() else parts.hostname
    host = f"[{host}]" if ":" in host else host
    netloc = f"{host}:{parts.port}" if parts.port else host
    path = quote(parts.path, safe="/%:=&?~#+!$,;'@()*[]")
    return urlunsplit((parts.scheme, netloc, path, quote(parts.query, safe="/%:=&?~#+!$,;'@()*[]"), ""))


def _read(response: _Response, address: str) -> bytes:
    read = bytearray()
    while chunk := response.read(_CHUNK):
        read += chunk
        if len(read) > LIMIT:
            raise FetchError(N_("the page is larger than {limit} MB"), limit=LIMIT // 1_000_000)
    length = response.headers.get("Content-Length", "")
    if length.isdigit() and len(read) < int(length):
        raise FetchError(N_("{address} can't be reached: {reason}"), address=address, reason="it broke off")
    return bytes(read)


def _unpack(body: bytes, headers: HTTPMessage, address: str) -> bytes:
    encoding = headers.get("Content-Encoding", "identity").strip().lower()
    if not body or encoding in ("identity", ""):
        return body
    if not re.fullmatch("x-gzip|gzip|deflate", encoding):
        raise FetchError(N_("the page is packed in a way that is not known here: {encoding}"), encoding=encoding)
    # 32 + 15: gzip or zlib, whichever it is.
    packed = zlib.decompressobj(47)
    try:
        unpacked = packed.decompress(body, LIMIT + 1)
    except zlib.error as error:
        raise FetchError(N_("{address} can't be reached: {reason}"), address=address, reason=str(error)) from error
    if len(unpacked) > LIMIT:
        raise FetchError(N_("the page is larger than {limit} MB"), limit=LIMIT // 1_000_000)
    if not packed.eof:
        raise FetchError(N_("{address} can't be reached: {reason}"), address=address, reason="it broke off")
    return unpacked
