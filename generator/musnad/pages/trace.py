"""Note what is looked at while something is made, so that it can be made again when that changes, and only then."""

from collections.abc import ItemsView, Iterator, KeysView, ValuesView
from contextlib import contextmanager
from typing import Any, TypeVar

V = TypeVar("V")
ANY = "*"
"""In place of a key: all of a mapping."""
COUNT = "#"
"""In place of a key: how many there are."""


class Trace:
    """Collects the names of the entries that are looked at while it records."""

    def __init__(self) -> None:
        self.noted: set[str] | None = None

    @contextmanager
    def record(self) -> Iterator[set[str]]:
        """Record into a new set; whoever was recording before is told of it too."""
        before, self.noted = self.noted, set()
        noted = self.noted
        try:
            yield noted
        finally:
            self.noted = before
            if before is not None:
                before |= noted

    def note(self, noted: frozenset[str]) -> None:
        """Note what was looked at when something was made that is now used again."""
        if self.noted is not None:
            self.noted |= noted


class Traced(dict[str, V]):
    """A mapping that tells a trace which of its entries are looked at, as ``name/key``, or ``name/*`` for all."""

    def __init__(self, name: str, entries: dict[str, V], trace: Trace) -> None:
        super().__init__(entries)
        self._prefix = f"{name}/"
        self._all = f"{name}/{ANY}"
        self._count = f"{name}/{COUNT}"
        # One string for each name, however many notes there are.
        self._names = {key: self._prefix + key for key in entries}
        self._trace = trace

    def _note(self, key: Any) -> None:
        if self._trace.noted is not None:
            self._trace.noted.add(self._names.get(key) or f"{self._prefix}{key}")

    def _note_all(self) -> None:
        if self._trace.noted is not None:
            self._trace.noted.add(self._all)

    def __getitem__(self, key: str) -> V:
        # As ``_note`` does, which would take as long again.
        if (noted := self._trace.noted) is not None:
            noted.add(self._names.get(key) or f"{self._prefix}{key}")
        return dict.__getitem__(self, key)

    def get(self, key: str, default: Any = None) -> Any:
        """Look at one entry, which may be missing."""
        if (noted := self._trace.noted) is not None:
            noted.add(self._names.get(key) or f"{self._prefix}{key}")
        return dict.get(self, key, default)

    def __contains__(self, key: object) -> bool:
        self._note(key)
        return super().__contains__(key)

    def __iter__(self) -> Iterator[str]:
        self._note_all()
        return super().__iter__()

    def __len__(self) -> int:
        if self._trace.noted is not None:
            self._trace.noted.add(self._count)
        return super().__len__()

    def keys(self) -> KeysView[str]:  # type: ignore[override]
        """Look at all keys."""
        self._note_all()
        return super().keys()

    def values(self) -> ValuesView[V]:  # type: ignore[override]
        """Look at all values."""
        self._note_all()
        return super().values()

    def items(self) -> ItemsView[str, V]:  # type: ignore[override]
        """Look at everything."""
        self._note_all()
        return super().items()
