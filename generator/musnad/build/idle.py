"""Whether there is anything to do at all: nothing, while all that a site is made from, and all of it, is as it was.

Files are taken as unchanged while their sizes, times and numbers are, as git does. What a build told is told again.
Little is imported here: to load the rest of the program takes longer than to look at the files of 1,000 records.
"""

import contextlib
import json
import logging
import os
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from musnad.build.seal import read_key, unseal
from musnad.text.digest import digest

CACHE = ".musnad-cache"
"""Folder beside mkdocs.yml, of all that is kept."""
STATE = "state.pickle"
NAME = "idle.json"
SETTLED = 2_000_000_000
"""Nanoseconds after which a file with the same size and times is the same."""
OWN = ".musnad-"
"""What names of folders begin with that a build leaves in a site when it is broken off."""
PASSING = {"is_passing": True}
"""Marks what is told of one build alone (``extra``)."""
_USUAL = ("Cleaning site", "Building documentation", "Documentation built")
"""What MkDocs tells of each build."""
Told = tuple[int, str, str]
"""Level, name of the logger, message."""


class Rest(NamedTuple):
    """How a build left everything."""

    made_from: str
    site: str
    told: list[Told]
    level: int
    """From which level on messages were heard."""
    records: int
    pages: int


class Listener(logging.Handler):
    """Hears what a build tells."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[Told] = []
        self.has_warned = False

    def emit(self, record: logging.LogRecord) -> None:
        """Note what is told of what stays as it is."""
        message = record.getMessage()
        self.has_warned |= record.levelno >= logging.WARNING
        if record.levelno >= logging.INFO and not hasattr(record, "is_passing") and not message.startswith(_USUAL):
            self.told.append((record.levelno, record.name, message))


class Watch:
    """Looks at all that a build depends on, before it and after it."""

    def __init__(self, places: Sequence[Path], settings: Sequence[str], folder: Path, target: Path, level: int) -> None:
        """Begin with files at or below some places, and with what is set besides.

        ``folder`` is that of what is kept, ``target`` that of the site. Raises OSError where that can't be looked at.
        """
        self._places, self._settings, self._level = places, settings, level
        self._folder, self._target = folder, target
        self._start = time.time_ns()
        self._made_from, self._newest = self._look()

    def _look(self) -> tuple[str, int]:
        """Return a digest of what there is, and when a file of it changed last."""
        lines, newest = [*self._settings], 0
        for path, found in (each for place in self._places for each in _walk(str(place))):
            newest = max(newest, found.st_mtime_ns, found.st_ctime_ns)
            lines.append(_stamp(path, found))
        return digest(*lines), newest

    def find_rest(self) -> Rest | None:
        """Return what the last build left, when another one would make and tell the same; otherwise None."""
        key, raw = read_key(), None
        with contextlib.suppress(OSError):
            raw = unseal(key, NAME, (self._folder / NAME).read_bytes()) if key else None
        found = Rest(*json.loads(bytes(raw))) if raw else None
        if found is None or found.made_from != self._made_from or found.level > self._level:
            return None
        with contextlib.suppress(OSError):
            return found if found.site == self._find_made() else None
        return None

    def keep(self, write: Callable[[str, bytes], object], listener: Listener, records: int, pages: int) -> None:
        """Keep how a build left everything, unless it warned, or something changed meanwhile or just before."""
        # What may not be looked at may have changed.
        with contextlib.suppress(OSError):
            if not listener.has_warned and self._start - self._newest > SETTLED and self._look()[0] == self._made_from:
                rest = Rest(self._made_from, self._find_made(), listener.told, self._level, records, pages)
                write(NAME, json.dumps(rest).encode())

    def _find_made(self) -> str:
        """Return a digest of how site and state stand there. What is hidden is no part of a site, but for our own."""
        lines = [_stamp(path, found) for path, found in _walk(str(self._folder / STATE))]
        with contextlib.suppress(OSError), os.scandir(self._target) as entries:
            for entry in entries:
                if not entry.name.startswith(".") or entry.name.startswith(OWN):
                    lines += [entry.name, *(_stamp(path, found) for path, found in _walk(entry.path))]
        return digest(*sorted(lines))


def _stamp(path: str, found: os.stat_result) -> str:
    return f"{path} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"


def _walk(path: str, above: frozenset[tuple[int, int]] = frozenset()) -> Iterator[tuple[str, os.stat_result]]:
    """Yield every file at or below a path, with what the system says of it; links are followed, but not in circles."""
    with contextlib.suppress(FileNotFoundError):
        at = os.stat(path)
        if not stat.S_ISDIR(at.st_mode):
            yield path, at
        elif (place := (at.st_dev, at.st_ino)) not in above:
            with os.scandir(path) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
            for entry in found:
                if entry.is_dir():
                    yield from _walk(entry.path, above | {place}) if entry.name != "__pycache__" else ()
                else:
                    with contextlib.suppress(FileNotFoundError):
                        yield entry.path, entry.stat()
