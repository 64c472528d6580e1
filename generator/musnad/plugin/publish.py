"""Move what a build made over the site of the last one; what is there already, and unchanged, is not touched.

Nothing of the site is touched before all that will stand there lies beside it under a name that says so. From then on
the change is finished by whoever builds next, should it be broken off. Every file is replaced at a stroke: first what
is new, then what changed, so that no page leads to what is not there yet; what goes, goes last.
"""

import contextlib
import json
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import partial
from pathlib import Path

from musnad.build.manifest import NAME as MANIFEST
from musnad.records.files import patiently

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

READY = ".musnad-ready"
"""Folder in that of the site, with all that will be moved over it."""
PLAN = ".musnad-plan"
"""In it: what will be removed."""
Stamp = tuple[int, int, int]
"""Size, time of the last change of the bytes, and of the file, in nanoseconds."""


def find_stamp(path: str) -> Stamp | None:
    """Return what tells a file from a later one, None when it is not there."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns


@contextlib.contextmanager
def holding(target: Path) -> Iterator[None]:
    """Hold the folder of a site against other builds, where the system can. Raises BlockingIOError."""
    if fcntl is None:
        yield
        return
    target.mkdir(parents=True, exist_ok=True)
    handle = os.open(target, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise
        except OSError:
            # Some network drives know no locks.
            pass
        yield
    finally:
        os.close(handle)


def publish(
    staging: Path, target: Path, kept: Iterable[str], written: Mapping[str, Stamp], *, is_ours: bool
) -> dict[str, Stamp]:
    """Move every file of ``staging`` into ``target`` and remove what is neither there nor ``kept``.

    ``written`` are the stamps of the last time; returned are those of now. Of a folder that is ours alone only what we
    wrote is removed; of any other whatever does not belong to the site, hidden files excepted, as MkDocs does.
    """
    resume(target)
    staging.mkdir(parents=True, exist_ok=True)
    target.mkdir(parents=True, exist_ok=True)
    now = {address: written[address] for address in kept if address in written}
    made = list_published(staging)
    wanted = now.keys() | made
    gone = sorted(written.keys() - wanted if is_ours else _find_others(target, wanted))
    (staging / PLAN).write_text(json.dumps(gone), encoding="utf-8")
    # From here on the next build finishes what this one does not.
    patiently(partial(os.replace, staging, target / READY))
    if not _take_place(target):
        _carry_out(target, made, gone)
    stamps = ((address, find_stamp(f"{target}/{address}")) for address in made)
    return now | {address: stamp for address, stamp in stamps if stamp is not None}


def resume(target: Path) -> None:
    """Finish what an earlier build could not."""
    beside, ready = _find_beside(target), target / READY
    if beside.is_dir():
        with contextlib.suppress(OSError):
            os.replace(beside, target)
        shutil.rmtree(beside, ignore_errors=True)
    (target / PLAN).unlink(missing_ok=True)
    if ready.is_dir():
        # Without a plan, all is done and only this folder left; a damaged one is none.
        with contextlib.suppress(FileNotFoundError, ValueError):
            gone = json.loads((ready / PLAN).read_bytes())
            made = {address for address in list_published(ready) if not address.startswith(PLAN)}
            _carry_out(target, made, [address for address in gone if _is_below(address)])
        shutil.rmtree(ready, ignore_errors=True)


def _is_below(address: str) -> bool:
    return not address.startswith("/") and ".." not in address.split("/")


def _find_beside(target: Path) -> Path:
    return target.with_name(f".{target.name}{READY}")


def _take_place(target: Path) -> bool:
    """Put a whole site in the place of an empty folder at one stroke, where the system can."""
    ready, beside = target / READY, _find_beside(target)
    looks = [(found.st_mode, found.st_uid, found.st_gid) for found in (ready.stat(), target.lstat())]
    if os.listdir(target) != [READY] or looks[0] != looks[1] or not stat.S_ISDIR(looks[1][0]):
        return False
    try:
        os.rename(ready, beside)
    except OSError:
        return False
    try:
        os.replace(beside, target)
    except OSError:
        # Windows replaces no folder, and nothing one that is mounted.
        os.rename(beside, ready)
        return False
    (target / PLAN).unlink()
    return True


def _carry_out(target: Path, made: Set[str], gone: Iterable[str]) -> None:
    ready = target / READY
    ways = {way.casefold() for address in made for way in _list_ways(address)}
    # What stands in the way goes first, also what differs in its capitals alone, which not every system tells apart.
    first = [address for address in gone if address.casefold() in ways]
    for address in first:
        _remove(target / address)
    if first:
        # Not once more, when something else stands there.
        gone = [address for address in gone if address not in first]
        part = ready / f"{PLAN}.part"
        part.write_text(json.dumps(gone), encoding="utf-8")
        patiently(partial(os.replace, part, ready / PLAN))
    new = {address for address in made if not os.path.lexists(f"{target}/{address}")}
    for place in sorted({address.rpartition("/")[0] for address in new}):
        _make_folder(target / place, target)
    for address in [*_sort(new), *_sort(made - new)]:
        file = target / address
        if address not in new and file.is_dir() and not file.is_symlink():
            shutil.rmtree(file)
        patiently(partial(os.replace, ready / address, file))
    for address in gone:
        _remove(target / address)
    shutil.rmtree(ready, ignore_errors=True)


def _sort(addresses: Iterable[str]) -> list[str]:
    """Return the addresses with pages after what they load, and last what tells of all."""
    return sorted(addresses, key=lambda address: (address == MANIFEST, address.endswith(".html"), address))


def _list_ways(address: str) -> Iterator[str]:
    """Yield an address and the folders it lies in."""
    while address:
        yield address
        address = address.rpartition("/")[0]


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        patiently(partial(shutil.rmtree, path))
    else:
        patiently(partial(path.unlink, missing_ok=True))


def list_published(folder: Path) -> set[str]:
    """Return the address of every file below a folder."""
    found: set[str] = set()
    for place, _, names in os.walk(folder):
        way = os.path.relpath(place, folder).replace(os.sep, "/")
        found |= {name if way == "." else f"{way}/{name}" for name in names}
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


def _find_others(target: Path, wanted: Set[str]) -> Iterator[str]:
    """Yield files and folders that do not belong to the site."""
    folders = {""}
    for address in wanted:
        folders.update(_list_ways(address.rpartition("/")[0]))
    yield from _find_below(str(target), "", wanted, folders)


def _find_below(folder: str, place: str, wanted: Set[str], folders: Set[str]) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            address = f"{place}/{entry.name}" if place else entry.name
            if (not place and entry.name.startswith(".")) or address in wanted:
                continue
            if address in folders and entry.is_dir(follow_symlinks=False):
                yield from _find_below(entry.path, address, wanted, folders)
            else:
                yield address
