"""Hear of changes at once, where the system tells of them, and look for them now and then, as it does not tell of all.

No word comes from network drives, from the other side of a container's folders, of what a link leads to, and of
anything when the system listens to too many folders already. MkDocs itself looks at every file twice a second.
"""

import contextlib
import errno
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import get_plugin_logger
from watchdog.events import (
    DirDeletedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from musnad.records.files import has_leftover, is_leftover

# Reading a file is an event too, and must not start a build.
_CHANGES = [FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent, FileClosedEvent, DirDeletedEvent]

SETTLING = 0.03
"""Seconds without another change before a build begins: an editor's programs write a file in several steps."""
OFTEN = 0.5
"""Seconds between looks at a folder that does not tell of all its changes."""
SELDOM = 3.0
"""Seconds between looks at a folder that is not known to have kept silent: 15 ms of each second with 10,000 files."""
GRACE = 0.5
"""Seconds in which the system may still tell of a change that was seen."""

Stamp = tuple[int, int]
"""Time of the last change in nanoseconds, and size; other marks of a file are not steady on every drive."""

log = get_plugin_logger("musnad")


def find_stamps(path: str) -> dict[str, Stamp]:
    """Return the stamps of a file, or of all below a folder, leftovers excepted; links are followed."""
    found: dict[str, Stamp] = {}
    if os.path.isdir(path):
        _find_below(path, found)
    elif os.path.isfile(path):
        stat = os.stat(path)
        found[path] = stat.st_mtime_ns, stat.st_size
    return found


def _find_below(folder: str, found: dict[str, Stamp]) -> None:
    # What is gone meanwhile, must not be read or leads nowhere is as if it were not there.
    with contextlib.suppress(FileNotFoundError, NotADirectoryError, PermissionError), os.scandir(folder) as entries:
        for entry in entries:
            with contextlib.suppress(OSError):
                is_folder = entry.is_dir()
                if is_leftover(entry.name, is_folder=is_folder):
                    continue
                if not is_folder:
                    stat = entry.stat()
                    found[entry.path] = stat.st_mtime_ns, stat.st_size
                elif not (entry.is_symlink() and _is_around(entry.path, folder)):
                    _find_below(entry.path, found)


def _is_around(link: str, folder: str) -> bool:
    """Whether a link leads to a folder that it lies in."""
    return Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(link))


class Watched(FileSystemEventHandler):
    """A file or folder, what was last seen there, and what the system has told of it since."""

    def __init__(self, path: str, handler: FileSystemEventHandler) -> None:
        self.path = path
        self.real = os.path.realpath(path)
        """The path without links, under which the system tells of it."""
        self.events: ObservedWatch | None = None
        """How the system tells of changes, if it does."""
        self.is_trusted = True
        """Whether there was no change yet that the system kept to itself."""
        self.due = 0.0
        """When to look again, by the monotonic clock."""
        self._handler = handler
        self._stamps = find_stamps(path)
        self._told: set[str] = set()
        self._told_before: set[str] = set()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Hear of a change from the system; of leftovers nobody need know."""
        paths = [os.fsdecode(path) for path in (event.src_path, event.dest_path) if path]
        self._told.update(map(os.path.realpath, paths))
        if not all(map(self._is_leftover, paths)):
            self.tell(paths[0])

    def _is_leftover(self, path: str) -> bool:
        return has_leftover(path.removeprefix(self.real).replace(os.sep, "/"))

    def tell(self, path: str) -> None:
        """Pass a change on; MkDocs cares for files alone, and not for which."""
        self._handler.dispatch(FileModifiedEvent(path))

    def look(self, stop: threading.Event) -> str | None:
        """Return a path that changed since the last look without a word from the system, if there is any."""
        stamps = find_stamps(self.path)
        changed = {path for path, _ in stamps.items() ^ self._stamps.items()}
        self._stamps = stamps
        if changed and self.events is not None:
            stop.wait(GRACE)
        silent = [path for path in changed if not self._was_told(path)]
        # The system may tell of a change before the look that sees it, or before the one after that.
        self._told_before, self._told = self._told, set()
        return min(silent, default=None)

    def _was_told(self, path: str) -> bool:
        told, real = self._told | self._told_before, os.path.realpath(path)
        return real in told or any(str(folder) in told for folder in Path(real).parents)


class Watcher:
    """Stands where MkDocs has an observer of its own."""

    def __init__(self) -> None:
        self._watched: list[Watched] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look_around, daemon=True)
        self._is_said = False
        self._observer: BaseObserver | None = None
        with self._telling():
            observer = Observer()
            if isinstance(observer, PollingObserver):
                raise OSError(errno.ENOSYS, "it has no way to do so")
            # Before there is anything to watch, so that each refusal is heard of.
            observer.start()
            self._observer = observer

    @contextlib.contextmanager
    def _telling(self) -> Iterator[None]:
        """Tell, once, that the system refuses to tell of changes: of everything, or of more than it does already."""
        try:
            yield
        except OSError as error:
            self._say(f"The system does not tell of changes ({error.strerror}): looking for them instead.")

    def _say(self, line: str) -> None:
        """Say once why changes take a little longer to be seen."""
        if not self._is_said:
            log.info(line)
        self._is_said = True

    def schedule(self, handler: FileSystemEventHandler, path: str, *, recursive: bool = False) -> Watched:
        """Watch a file, or a folder with all below it."""
        watched = Watched(path, handler)
        if self._observer is not None and os.path.isdir(path):
            with self._telling():
                watched.events = self._observer.schedule(
                    watched, watched.real, recursive=recursive, event_filter=_CHANGES
                )
        self._watched.append(watched)
        return watched

    def unschedule(self, watched: Watched) -> None:
        """Watch it no longer."""
        self._watched.remove(watched)
        if self._observer is not None and watched.events is not None:
            self._observer.unschedule(watched.events)

    def start(self) -> None:
        """Start looking; the system has been heard all along."""
        self._thread.start()

    def stop(self) -> None:
        """Stop watching."""
        self._stop.set()
        if self._observer is not None:
            self._observer.stop()

    def join(self) -> None:
        """Wait for the end."""
        if self._thread.is_alive():
            self._thread.join()
        if self._observer is not None:
            self._observer.join()

    def _look_around(self) -> None:
        while not self._stop.wait(OFTEN):
            for watched in [*self._watched]:
                if time.monotonic() >= watched.due and not self._stop.is_set():
                    self._look_at(watched)

    def _look_at(self, watched: Watched) -> None:
        start = time.monotonic()
        # What fails for a moment, as a drive that is far away, is looked at again.
        with contextlib.suppress(OSError):
            path = watched.look(self._stop)
            if path is not None:
                watched.tell(path)
                if watched.events is not None and watched.is_trusted:
                    watched.is_trusted = False
                    self._say(f"The system did not tell of a change of {path}: looking for changes as well.")
        took = time.monotonic() - start
        watched.due = start + took + max(SELDOM if watched.events and watched.is_trusted else 0, took)


def watch_quickly(server: LiveReloadServer, paths: list[str]) -> None:
    """Watch through the system what MkDocs has begun to watch."""
    for path in paths:
        server.unwatch(path)
    server.build_delay = SETTLING
    server.observer = Watcher()  # type: ignore[assignment]
    for path in paths:
        server.watch(path)
