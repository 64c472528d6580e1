"""What is published is compared with the list of what was built, in a folder and through the web."""

import contextlib
import functools
import gzip
import hashlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from musnad.build.manifest import NAME, read_manifest, write_manifest
from musnad.cli import cli
from musnad.editing.journal import RefusedError
from tests.servers import running

FILES = {
    "index.html": b"home",
    "ar/صفحة/index.html": "صفحة".encode() * 99,
    "assets/a b.css": b"",
    "data/all.json": b"{}",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a folder with a site and its manifest."""
    for name, raw in FILES.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    digests = {name: hashlib.sha256(raw).hexdigest() for name, raw in FILES.items()}
    (tmp_path / "site" / NAME).write_text(write_manifest(digests), encoding="utf-8")
    return tmp_path / "site"


class _Host(BaseHTTPRequestHandler):
    """A host that packs all it sends, or fails."""

    def __init__(self, folder: Path, codes: dict[str, int], *args: object) -> None:
        self.folder, self.codes = folder, codes
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Send a file."""
        from urllib.parse import unquote

        name = unquote(self.path).lstrip("/")
        path = self.folder / name
        code = self.codes.get(name, 200 if path.is_file() else 404)
        self.send_response(code)
        self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if code == 200:
            self.wfile.write(gzip.compress(path.read_bytes()))

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def _serve(folder: Path, codes: dict[str, int]) -> Iterator[str]:
    with running(ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Host, folder, codes))) as address:
        yield address


def _verify(place: str, *options: str) -> Result:
    return CliRunner().invoke(cli, ["verify-site", place, *options])


def test_site_as_it_was_built_is_told_so(site: Path) -> None:
    """As a folder, and served by a host that packs; what is hidden belongs to the host."""
    (site / ".git").mkdir()
    (site / ".git/HEAD").write_bytes(b"x")
    with _serve(site, {}) as address:
        for place in (str(site), address, f"{address}/"):
            result = _verify(place)
            assert result.exit_code == 0, result.output
            assert "files compared: 4; not as they should be: 0" in result.output


def test_differences_are_told(site: Path) -> None:
    """Missing, changed, and in a folder what does not belong there."""
    (site / "index.html").write_bytes(b"Home")
    (site / "data/all.json").unlink()
    (site / "data/more.json").write_bytes(b"{}")
    result = _verify(str(site))
    assert result.exit_code == 1
    assert sorted(result.stdout.splitlines()) == [
        "missing: data/all.json",
        "none of the site's: data/more.json",
        "not as it was built: index.html",
    ]
    with _serve(site, {"ar/صفحة/index.html": 503}) as address:
        result = _verify(address)
    assert result.exit_code == 1
    assert sorted(result.stdout.splitlines()) == [
        "can't be read: ar/صفحة/index.html",
        "missing: data/all.json",
        "not as it was built: index.html",
    ]


def test_list_from_elsewhere_tells_a_list_that_was_changed_along(site: Path, tmp_path: Path) -> None:
    """Whoever changes a site can change the list beside it."""
    kept = tmp_path / "kept.json"
    kept.write_bytes((site / NAME).read_bytes())
    (site / "index.html").write_bytes(b"forged")
    digests = read_manifest(kept.read_bytes(), "")
    forged = digests | {"index.html": hashlib.sha256(b"forged").hexdigest()}
    (site / NAME).write_text(write_manifest(forged), encoding="utf-8")
    assert _verify(str(site)).exit_code == 0
    result = _verify(str(site), "--manifest", str(kept), "--lang", "ar")
    assert result.exit_code == 1
    assert "ليس كما بُني: index.html" in result.output


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b'{"sha256": []}', b'{"sha256": {"a": 1}}', b"[" * 99999, b"\xff"])
def test_what_is_no_list_is_refused(raw: bytes, site: Path) -> None:
    """In words, and told apart from a site that differs."""
    (site / NAME).write_bytes(raw)
    with pytest.raises(RefusedError):
        read_manifest(raw, "x")
    result = _verify(str(site))
    assert result.exit_code == 2
    assert "is no list of files and digests" in result.output


def test_site_without_a_list_is_told(tmp_path: Path) -> None:
    """Of a folder, and of a host."""
    with _serve(tmp_path, {}) as address:
        for place in (str(tmp_path), address):
            assert _verify(place).exit_code == 2


def test_list_leads_to_nothing_outside_of_the_site(site: Path, tmp_path: Path) -> None:
    """An address with steps back is no file of the site, and nothing of it is told but that."""
    (tmp_path / "secret").write_bytes(b"x")
    digests = {"../secret": hashlib.sha256(b"x").hexdigest(), str(tmp_path / "secret"): "0"}
    with pytest.raises(RefusedError):
        read_manifest(write_manifest(digests).encode(), "x")
