"""A seal on what builds keep for themselves, some of which is run when it is read again.

The key lies with the user and in no repository, so that neither a proposal nor another machine can make a seal. What
has none of ours is taken as not there: what was changed, cut short, or kept by another program, user or machine.
"""

import contextlib
import hmac
import os
import secrets
import sys
import tempfile
from pathlib import Path

import click

from musnad.text.digest import digest

VARIABLE = "MUSNAD_CACHE_KEY"
"""Of the environment: the key, where nothing of the user stays."""
SIZE = 32
"""Bytes of a key and of a seal."""
PACKAGE = Path(__file__).parent.parent
_PROGRAM = digest(sys.version, *(path.read_bytes() for path in sorted(PACKAGE.rglob("*.py")))).encode()


def read_key() -> bytes | None:
    """Return the user's key, made the first time; None where there is no place for one."""
    if given := os.environ.get(VARIABLE):
        return given.encode()
    path = Path(click.get_app_dir("musnad"), "cache-key")
    with contextlib.suppress(OSError):
        return _read(path) or _make(path)
    return None


def _read(path: Path) -> bytes | None:
    with contextlib.suppress(FileNotFoundError):
        key = path.read_bytes()
        return key if len(key) == SIZE else None
    return None


def _make(path: Path) -> bytes | None:
    """Write a new key where only the user can read it; of two at once the last one stays."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(SIZE))
        os.replace(part, path)
    finally:
        Path(part).unlink(missing_ok=True)
    return _read(path)


def unseal(key: bytes, name: str, sealed: bytes) -> memoryview | None:
    """Return what stands behind a seal, or None when that is not ours."""
    raw = memoryview(sealed)[SIZE:]
    return raw if secrets.compare_digest(find_seal(key, name, raw), sealed[:SIZE]) else None


def find_seal(key: bytes, name: str, raw: bytes | memoryview) -> bytes:
    """Return what stands before the bytes that are kept under a name by this version of the program."""
    made = hmac.new(key, f"{name}\0".encode() + _PROGRAM, "sha256")
    made.update(raw)
    return made.digest()
