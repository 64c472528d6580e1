"""Move what a build made over the site of the last one; what is there already, and unchanged, is not touched."""

import contextlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

Written = dict[str, tuple[int, int, int]]


def find_stamp(path: str) -> tuple[int, int, int] | None:
    """Return size and times of a file, None when it is not there."""
    try:
        stat = os.stat(path)
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


def publish(staging: Path, target: Path, kept: Iterable[str], written: Written) -> Written:
    """Move every file of ``staging`` into ``target`` and remove what is neither there nor ``kept``.

    ``written`` are the stamps of the last time; returned are those of now. Hidden files are left alone, as by MkDocs.
    """
    now = {name: written[name] for name in kept}
    moved: set[str] = set()
    for folder, _, names in os.walk(staging):
        place = os.path.relpath(folder, staging)
        home = target if place == "." else target / place
        home.mkdir(parents=True, exist_ok=True)
        for name in names:
            address = name if place == "." else f"{place}/{name}".replace(os.sep, "/")
            os.replace(os.path.join(folder, name), home / name)
            moved.add(address)
            stamp = find_stamp(str(home / name))
            if stamp is not None:
                now[address] = stamp
    shutil.rmtree(staging, ignore_errors=True)
    _remove_others(target, now)
    return now


def _remove_others(target: Path, wanted: Written) -> None:
    for folder, folders, names in os.walk(target, topdown=True):
        folders[:] = [name for name in folders if not name.startswith(".")]
        place = os.path.relpath(folder, target)
        for name in names:
            address = name if place == "." else f"{place}/{name}".replace(os.sep, "/")
            if address not in wanted and not name.startswith("."):
                os.unlink(os.path.join(folder, name))
    for folder, _, _ in os.walk(target, topdown=False):
        if folder != str(target) and "/." not in folder[len(str(target)) :]:
            with contextlib.suppress(OSError):
                os.rmdir(folder)
