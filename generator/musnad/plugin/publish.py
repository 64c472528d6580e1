"""Move what a build made over the site of the last one; what is there already, and unchanged, is not touched."""

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

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
    for folder, _, names in os.walk(staging):
        place = os.path.relpath(folder, staging).replace(os.sep, "/")
        home = target if place == "." else target / place
        _make_folder(home, target)
        for name in names:
            address = name if place == "." else f"{place}/{name}"
            if (home / name).is_dir() and not (home / name).is_symlink():
                shutil.rmtree(home / name)
            os.replace(os.path.join(folder, name), home / name)
            stamp = find_stamp(str(home / name))
            if stamp is not None:
                now[address] = stamp
    shutil.rmtree(staging, ignore_errors=True)
    if is_ours:
        for address in written.keys() - now.keys():
            (target / address).unlink(missing_ok=True)
    else:
        _remove_others(target, now)
    return now


def _make_folder(folder: Path, target: Path) -> None:
    """Make a folder; a file that stands in its way goes."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        for place in (folder, *folder.parents):
            if place != target and place.is_relative_to(target) and not place.is_dir():
                place.unlink(missing_ok=True)
        folder.mkdir(parents=True, exist_ok=True)


def _remove_others(target: Path, wanted: Mapping[str, Stamp]) -> None:
    folders = {""}
    for address in wanted:
        place = address.rpartition("/")[0]
        while place not in folders:
            folders.add(place)
            place = place.rpartition("/")[0]
    _clean(str(target), "", wanted, folders)


def _clean(folder: str, place: str, wanted: Mapping[str, Stamp], folders: set[str]) -> None:
    with os.scandir(folder) as entries:
        for entry in entries:
            address = f"{place}/{entry.name}" if place else entry.name
            if (not place and entry.name.startswith(".")) or address in wanted:
                continue
            if not entry.is_dir(follow_symlinks=False):
                os.unlink(entry.path)
            elif address in folders:
                _clean(entry.path, address, wanted, folders)
            else:
                shutil.rmtree(entry.path)
