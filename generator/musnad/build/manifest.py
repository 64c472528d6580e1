"""The list of all published files with their digests, and what of a site differs from it."""

import hashlib
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPException
from itertools import repeat
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple
from urllib.error import HTTPError
from urllib.parse import quote, urljoin
from urllib.request import Request, urlopen

from musnad import __version__
from musnad.editing.fetch import GONE, make_ascii
from musnad.editing.journal import RefusedError
from musnad.records.problems import N_

NAME = "manifest.json"
"""At the root of a site."""
AT_ONCE = 8
"""Files that are fetched at the same time."""
LIMIT = 2_000_000_000
"""Most bytes of a file, also once they are unpacked."""
TIMEOUT = 20.0
"""Seconds without an answer."""
_CHUNK = 1 << 18
_PACKED = frozenset({"gzip", "x-gzip", "deflate"})
Fault = Literal["missing", "changed", "extra", "unread"]
Open = Callable[[str], BinaryIO]


class Finding(NamedTuple):
    """A file that is not as the manifest says."""

    address: str
    fault: Fault


def write_manifest(digests: Mapping[str, str]) -> str:
    """Return the manifest of a site: SHA-256 in hexadecimal by address, a file on each line."""
    return json.dumps({"sha256": digests}, ensure_ascii=False, sort_keys=True, separators=(",\n", ": ")) + "\n"


def read_manifest(raw: bytes, name: str) -> dict[str, str]:
    """Return the digests by address. Raises RefusedError."""
    try:
        digests = json.loads(raw)["sha256"]
        if all(_is_address(address) and isinstance(digest, str) for address, digest in digests.items()):
            return dict(digests)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        pass
    raise RefusedError(N_("{file} is no list of files and digests, as musnad writes it"), file=name)


def _is_address(text: str) -> bool:
    # Of another's list, nothing outside of the site is looked at.
    return (
        not text.startswith("/") and not {"", "..", "."} & {*text.split("/")} and "\\" not in text and ":" not in text
    )


def compare_folder(folder: Path, digests: Mapping[str, str]) -> Iterator[Finding]:
    """Yield how a folder differs from a manifest; what is hidden at its root counts as none of the site's."""
    yield from _compare(digests, lambda address: (folder / address).open("rb"), at_once=1)
    for path in sorted(folder.rglob("*")):
        address = path.relative_to(folder).as_posix()
        if not (address in digests or address == NAME or address.startswith(".") or path.is_dir()):
            yield Finding(address, "extra")


def compare_site(root: str, digests: Mapping[str, str]) -> Iterator[Finding]:
    """Yield how a site of the web differs from a manifest. What it has besides, nobody can list."""
    yield from _compare(digests, partial(fetch_file, root), at_once=AT_ONCE)


def _compare(digests: Mapping[str, str], open_file: Open, *, at_once: int) -> Iterator[Finding]:
    with ThreadPoolExecutor(at_once) as pool:
        faults = pool.map(_look, digests, digests.values(), repeat(open_file))
        for address, fault in zip(digests, faults, strict=True):
            if fault is not None:
                yield Finding(address, fault)


def _look(address: str, digest: str, open_file: Open) -> Fault | None:
    try:
        with open_file(address) as file:
            return None if digest_file(file) == digest else "changed"
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return "missing"
    except HTTPError as error:
        error.close()
        return "missing" if error.code in GONE else "unread"
    except (OSError, HTTPException, ValueError, zlib.error):
        return "unread"


def digest_file(file: BinaryIO) -> str:
    """Return the digest of what can be read, unpacked where a server packed it. Raises ValueError above the limit."""
    made = hashlib.sha256()
    for raw in read_unpacked(file):
        made.update(raw)
    return made.hexdigest()


def read_unpacked(file: BinaryIO) -> Iterator[bytes]:
    """Yield what can be read, unpacked where a server packed it. Raises ValueError above the limit."""
    headers = getattr(file, "headers", {})
    # 32 + 15: gzip or zlib, whichever it is.
    packed = zlib.decompressobj(47) if headers.get("Content-Encoding", "").strip().lower() in _PACKED else None
    total = 0
    while chunk := file.read(_CHUNK):
        while chunk:
            raw = packed.decompress(chunk, _CHUNK) if packed else chunk
            yield raw
            total += len(raw)
            chunk = packed.unconsumed_tail if packed else b""
            if total > LIMIT:
                raise ValueError(total)
    if packed:
        yield packed.flush()


def fetch_file(root: str, address: str) -> BinaryIO:
    """Open a file of a site whose address ends with a slash. Raises OSError, HTTPException and ValueError."""
    url = make_ascii(urljoin(root, quote(address)))
    headers = {"User-Agent": f"Musnad/{__version__} (compares a site with its manifest)", "Accept-Encoding": "identity"}
    opened: BinaryIO = urlopen(Request(url, headers=headers), timeout=TIMEOUT)
    return opened
