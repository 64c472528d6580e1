"""Hear of changes at once, where the system tells of them; MkDocs asks every file twice a second whether it changed."""

from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

# Reading a file is an event too, and must not start a build.
_CHANGES = [FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent, FileClosedEvent]

SETTLING = 0.03
"""Seconds without another change before a build begins: an editor's programs write a file in several steps."""


class QuickObserver:
    """Watches folders through the system, and single files as MkDocs does."""

    def __init__(self, patient: Any) -> None:
        self._patient = patient
        self._quick = Observer()
        self._quick_watches: set[ObservedWatch] = set()

    def schedule(self, handler: FileSystemEventHandler, path: str, *, recursive: bool = False) -> ObservedWatch:
        """Watch a file or a folder."""
        if Path(path).is_dir():
            watch = self._quick.schedule(handler, path, recursive=recursive, event_filter=_CHANGES)
            self._quick_watches.add(watch)
            return watch
        patient: ObservedWatch = self._patient.schedule(handler, path, recursive=recursive)
        return patient

    def unschedule(self, watch: ObservedWatch) -> None:
        """Watch it no longer."""
        (self._quick if watch in self._quick_watches else self._patient).unschedule(watch)

    def start(self) -> None:
        """Start watching."""
        self._patient.start()
        self._quick.start()

    def stop(self) -> None:
        """Stop watching."""
        self._patient.stop()
        self._quick.stop()

    def join(self) -> None:
        """Wait for the end."""
        self._patient.join()
        self._quick.join()


def watch_quickly(server: LiveReloadServer, paths: list[str]) -> None:
    """Watch through the system what MkDocs has begun to watch."""
    for path in paths:
        server.unwatch(path)
    server.build_delay = SETTLING
    server.observer = QuickObserver(server.observer)  # type: ignore[assignment]
    for path in paths:
        server.watch(path)
