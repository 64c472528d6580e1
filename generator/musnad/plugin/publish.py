"""Move what a build made over the site of the last one; what is there already, and unchanged, is not touched."""

import os
import shutil
from collections.abc import Iterable, Mapping, Set
from functools import partial
from itertools import groupby
from pathlib import Path

from musnad.records.files import patiently

Stamp = tuple[int, int, int]
"""Size, time of the last change of the bytes, and of the file, in nanoseconds."""


def find_stamp(path: str) -> Stamp | None:
    """Return what tells a file from a later one, None when it is not there."""
    try:
        stat = os.stat(path)
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


def publish(
    staging: Path, target: Path, kept: Iterable[str], written: Mapping[str, Stamp], *, is_ours: bool
) -> dict[str, Stamp]:
    """Move every file of ``staging`` into ``target`` and remove what is neither there nor ``kept``.

    ``written`` are the stamps of the last time; returned are those of now. Of a folder that is ours alone only what we
    wrote is removed; of any other whatever does not belong to the site, hidden files excepted, as MkDocs does.
    """
    now = {address: written[address] for address in kept if address in written}
    made = _list_files(staging)
    # First, as what goes may differ from what comes in its capitals alone, which not every system tells apart.
    if is_ours:
        for address in written.keys() - now.keys() - made.keys():
            patiently(partial((target / address).unlink, missing_ok=True))
    elif target.is_dir():
        _remove_others(target, now.keys() | made.keys())
    for place, addresses in groupby(made, lambda address: address.rpartition("/")[0]):
        _make_folder(target / place, target)
        for address in addresses:
            file = target / address
            if file.is_dir() and not file.is_symlink():
                shutil.rmtree(file)
            patiently(partial(os.replace, made[address], file))
            stamp = find_stamp(str(file))
            if stamp is not None:
                now[address] = stamp
    shutil.rmtree(staging, ignore_errors=True)
    return now


def _list_files(staging: Path) -> dict[str, str]:
    """Return the path of every file below a folder by its address there, a folder's own files one after another."""
    found: dict[str, str] = {}
    for folder, _, names in os.walk(staging):
        place = os.path.relpath(folder, staging).replace(os.sep, "/")
        found |= {name if place == "." else f"{place}/{name}": os.path.join(folder, name) for name in names}
    return found


def _make_folder(folder: Path, target: Path) -> None:
    """Make a folder; a file that stands in its way goes."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        for place in (folder, *folder.parents):
            if place != target and place.is_relative_to(target) and not place.is_dir():
                place.unlink(missing_ok=True)
        folder.mkdir(parents=True, exist_ok=True)


def _remove_others(target: Path, wanted: Set[str]) -> None:
    folders = {""}
    for address in wanted:
        place = address.rpartition("/")[0]
        while place not in folders:
            folders.add(place)
            place = place.rpartition("/")[0]
    _clean(str(target), "", wanted, folders)


def _clean(folder: str, place: str, wanted: Set[str], folders: set[str]) -> None:
    with os.scandir(folder) as entries:
        for entry in entries:
            address = f"{place}/{entry.name}" if place else entry.name
            if (not place and entry.name.startswith(".")) or address in wanted:
                continue
            if not entry.is_dir(follow_symlinks=False):
                patiently(partial(os.unlink, entry.path))
            elif address in folders:
                _clean(entry.path, address, wanted, folders)
            else:
                patiently(partial(shutil.rmtree, entry.path))
