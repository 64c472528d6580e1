"""Which files count: the places of records below the folder of entries, and what is passed over everywhere.

Looks at names and at what sort of thing stands under each; opens nothing.
"""

import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from fnmatch import translate
from functools import lru_cache, partial
from operator import itemgetter
from pathlib import Path
from threading import get_ident
from types import MappingProxyType
from typing import BinaryIO, NamedTuple
from unicodedata import normalize

from musnad.records.problems import N_, Problem
from musnad.records.values import SLUG
from musnad.records.vocabulary import Vocabulary

LEFTOVERS = (
    # Copies that editors, patches and merges keep.
    *("*~", "*.bak", "*.orig", "*.rej"),
    *(f"*_{side}_[0-9]*.{ending}" for side in ("backup", "base", "local", "remote") for ending in ("yaml", "md")),
    # What stands beside a file while it is edited: Vim, Emacs, Kate, JetBrains, office programs, sed.
    *("*.swp", ".*.sw[a-p]", "4913", "#*#", ".#*", "*.kate-swp", "*___jb_*___", ".~lock.*#", "~$*"),
    "sed" + 6 * "[a-z0-9]",
    # What stands for a file while it is saved, copied or still open.
    *("*.tmp", ".goutputstream-*", ".nfs*", ".fuse_hidden*", ".smbdelete*", "~syncthing~*", ".syncthing.*"),
    # What systems and file managers put into every folder.
    *("thumbs.db", "ehthumbs.db", "desktop.ini", "$recycle.bin", "system volume information", "lost+found"),
    *(".ds_store", "._*", ".appledouble", ".spotlight-v100", ".trashes", ".trash*", ".fseventsd", "icon\r"),
    *(".directory", "@eadir", ".stfolder*", ".stignore", ".stversions", ".dropbox*"),
    # Version control, settings of tools, and what we keep ourselves.
    *(".git*", ".hg*", ".svn", ".jj", ".keep", ".editorconfig", ".vscode", ".idea", ".vs", ".zed", ".obsidian"),
    *(".yamllint*", ".prettier*", "__pycache__", "*.pyc", ".musnad-*"),
)
"""Names of files and folders that nobody means to publish, without regard to capitals."""
UNREADABLE = N_("this can't be read; look at its permissions, and whether another program holds it")
ASTRAY = N_("this link leads out of the project, or to something hidden in it: put the file itself here")
_LEFTOVER = re.compile("|".join(map(translate, LEFTOVERS)))

_ID = re.compile(SLUG)
_TERMS = "|".join(field.name for field in fields(Vocabulary))
_RECORD = re.compile(rf"(?P<kind>sources|entities|claims)(?:/(?P<folder>{SLUG}))?/(?P<id>{SLUG})\.yaml")
_LAYOUT = re.compile(
    r"(?:sources|entities/[^/]+|claims/[^/]+)/[^/]+\.yaml"
    rf"|vocabulary/(?:{_TERMS})\.yaml|(?:redirects|site|withheld)\.yaml"
    rf"|schemas/(?:{_TERMS}|claim|entity|source|site|redirects|withheld)\.schema\.json"
)
_FOLDER = re.compile(r"sources|(?:entities|claims)(?:/[^/]+)?|vocabulary|schemas")
PATIENCE = 20
"""Times that a file another program holds is tried again."""


def patiently(action: Callable[[], None]) -> None:
    """Replace or remove a file; Windows refuses that while another program, such as a virus scanner, reads it."""
    for left in reversed(range(PATIENCE)):
        try:
            action()
            break
        except PermissionError:
            if not left:
                raise
            time.sleep(0.05)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a file to be written that takes the place of another when it is whole, and else leaves nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}-{get_ident()}")
    try:
        with part.open("wb") as file:
            yield file
        patiently(partial(os.replace, part, path))
    finally:
        part.unlink(missing_ok=True)


def write_through(path: Path, raw: bytes) -> None:
    """Write a file below a folder that may not be there yet, and wait until the disk has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())


@lru_cache(maxsize=65536)
def is_leftover(name: str, *, is_folder: bool = False) -> bool:
    """Whether a file or folder of this name is none of ours; see ``LEFTOVERS``."""
    # A source may well be called 4913, but not a record's file.
    return _LEFTOVER.match(name.lower()) is not None and not (is_folder and _ID.fullmatch(name))


def has_leftover(path: str) -> bool:
    """Whether a file, by its path with slashes, or a folder it lies in is a leftover."""
    *folders, name = path.split("/")
    return is_leftover(name) or any(is_leftover(folder, is_folder=True) for folder in folders)


def list_visible(root: str | Path) -> list[str]:
    """Return the files below a folder without hidden ones and leftovers, in the same order on every machine."""
    found: list[str] = []
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".") and not is_leftover(name, is_folder=True)]
        place = os.path.relpath(folder, root).replace(os.sep, "/")
        wanted = (name for name in names if not name.startswith(".") and not is_leftover(name))
        found += [name if place == "." else f"{place}/{name}" for name in wanted]
    return sorted(found)


Files = Mapping[str, bytes | None]
"""Path below a folder → what it holds; None where there is no file."""
NO_FILES: Files = MappingProxyType({})


def name_record(path: str) -> str | None:
    """Return the address of the record whose file a path below the entries is: ``claims/x/y``; None for others."""
    found = _RECORD.fullmatch(path)
    if found is None or (found["kind"] == "sources") != (found["folder"] is None):
        return None
    return f"entities/{found['id']}" if found["kind"] == "entities" else path.removesuffix(".yaml")


class Found(NamedTuple):
    """Something below the folder of entries, by its path there: a ``file``, or what no record can be read from."""

    path: str
    sort: str
    """Also ``folder`` (where no record can lie), ``empty`` and ``closed`` (folders where one can), ``other``, and
    ``astray`` (a link out of the project)."""


def list_entries(root: Path, laid_over: Files = NO_FILES) -> tuple[Found, ...]:
    """Return whatever lies below the folder of entries, leftovers excepted, in the same order on every machine.

    Links are followed, and folders where no record can lie are not looked into, so that no link leads in a circle.
    What is ``laid_over`` the folder counts in place of the files there.
    """
    found = [entry for entry in _list_folder(str(root), "") if entry.path not in laid_over]
    return tuple(sorted([*found, *(Found(path, "file") for path, raw in laid_over.items() if raw is not None)]))


def _list_folder(folder: str, place: str) -> Iterator[Found]:
    try:
        with os.scandir(folder) as listed:
            entries = [(entry, _find_sort(entry, folder, place)) for entry in listed]
    except OSError:
        yield Found(place, "closed")
        return
    meant = [(entry, sort) for entry, sort in entries if not is_leftover(entry.name, is_folder=sort == "folder")]
    if not meant and "/" in place:
        yield Found(place, "empty")
    for entry, sort in meant:
        path = f"{place}/{entry.name}" if place else entry.name
        if sort == "folder" and _FOLDER.fullmatch(path):
            yield from _list_folder(entry.path, path)
        else:
            yield Found(path, sort)


def leads_astray(path: str, project: str) -> bool:
    """Whether a link leads out of a folder, or to something hidden in it, such as what git keeps."""
    try:
        within = os.path.relpath(os.path.realpath(path), os.path.realpath(project))
    except ValueError:
        # On another drive.
        return True
    return any(name.startswith(".") and name != "." for name in within.split(os.sep))


def _find_sort(entry: os.DirEntry[str], folder: str, place: str) -> str:
    try:
        if entry.is_symlink() and os.path.exists(entry.path):
            # By the names alone: a folder on the way may be a link itself.
            project = os.path.normpath(os.path.join(folder, *[".."] * (place.count("/") + 1 + bool(place))))
            if leads_astray(entry.path, project):
                return "astray"
        return "file" if entry.is_file() else "folder" if entry.is_dir() else "other"
    except OSError:
        # A link into a closed folder, or to itself.
        return "other"


class Sorted(NamedTuple):
    """What lies below the folder of entries, told apart by its name."""

    places: dict[str, list[tuple[str, str, str]]]
    """Path, folder and id by kind of record, in order of ids, of all that is called as a record is."""
    files: frozenset[str]
    """Those of them, and of everything else, that can be read."""
    problems: list[Problem]
    warnings: list[Problem]


@lru_cache(maxsize=2)
def sort_entries(entries: tuple[Found, ...], prefix: str) -> Sorted:
    """Find the records, and tell of everything that none is read from; ``prefix`` stands before names in problems.

    While a site is served, the names are mostly the same as before.
    """
    places: dict[str, list[tuple[str, str, str]]] = {"sources": [], "entities": [], "claims": []}
    faults: list[tuple[str, str, str]] = []
    for path, sort in entries:
        if (match := _RECORD.fullmatch(path)) and sort in ("file", "other", "astray"):
            kind, folder, id_ = match.group("kind", "folder", "id")
            places[kind].append((path, folder, f"{folder or kind}/{id_}" if kind == "claims" else id_))
            if sort == "file" and (kind == "sources") == (folder is None):
                continue
        if fault := _find_fault(path, sort):
            faults.append((path, *fault))
    for found in places.values():
        found.sort(key=itemgetter(2))
    twins = _find_twins(entries, {path for path, *_ in faults}) if faults else {}
    problems, warnings = [], []
    for path, rule, message in faults:
        if rule == "empty-folder":
            warnings.append(Problem(prefix + path, 1, 1, rule, message))
        elif rule in ("file-name", "file-place") and path in twins:
            clash = N_("some systems can't tell this name from {other}: rename one of the two")
            problems.append(Problem(prefix + path, 1, 1, rule, clash, {"other": prefix + twins[path]}))
        else:
            problems.append(Problem((prefix + path).rstrip("/"), 1, 1, rule, message))
    files = frozenset(path for path, sort in entries if sort == "file")
    return Sorted(places, files, problems, warnings)


def _find_fault(path: str, sort: str) -> tuple[str, str] | None:
    """Return rule and message for what is wrong with a name, or with what stands under it."""
    stem, suffix = os.path.splitext(path)
    if sort == "closed":
        return "unreadable", UNREADABLE
    if sort == "astray":
        return "no-file", ASTRAY
    if sort == "other":
        return "no-file", N_("this is no file, but a link that leads nowhere, a pipe or a device; remove it")
    if sort == "empty":
        if _is_slug(path):
            return "empty-folder", N_("no record lies in this folder; add one, or remove it")
    elif sort == "file" and suffix in (".yml", ".YAML", ".YML"):
        return "file-name", N_("rename the file so that it ends in .yaml")
    elif sort == "folder" or not _LAYOUT.fullmatch(path):
        return "file-place", N_("no record is read from this place; see the contributor's guide")
    elif path.startswith("schemas/") or _is_slug(stem):
        return None
    return "file-name", N_("names of files and folders have only lower-case letters a to z, digits and hyphens")


def _is_slug(path: str) -> bool:
    return all(map(_ID.fullmatch, path.split("/")))


def _find_twins(entries: tuple[Found, ...], faulty: set[str]) -> dict[str, str]:
    """Return another path, best a faultless one, for each that differs from it only in what some system does not keep.

    That is capitals, how accents are put together, and full stops and spaces at the end of a name.
    """
    alike: dict[str, list[str]] = {}
    for path, _ in entries:
        key = "/".join(name.rstrip(". ") for name in normalize("NFC", path).casefold().split("/"))
        alike.setdefault(key, []).append(path)
    for found in alike.values():
        found.sort(key=faulty.__contains__)
    return {path: found[path == found[0]] for found in alike.values() if len(found) > 1 for path in found}
