"""Note what is looked at while something is made, so that it can be made again when that changes, and only then."""

from collections.abc import Callable, ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")
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


Recalled = tuple[tuple[str, ...], str, T]
"""What was looked at for something that is kept, a digest of that, and the thing."""


class Recall:
    """Things made of single records, taken over from an earlier build while what was looked at for them is the same."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._load: Callable[[], Mapping[str, Recalled[Any]]] = dict
        self._before: Mapping[str, Recalled[Any]] | None = None
        self._print: Callable[[Iterable[str]], str] | None = None
        self.made: dict[str, Recalled[Any]] = {}
        """What was asked for, by its name."""

    def begin(
        self, load: Callable[[], Mapping[str, Recalled[Any]]], find_print: Callable[[Iterable[str]], str]
    ) -> None:
        """Load what was made before when it is asked for; ``find_print`` gives a digest of what names stand for."""
        self._load, self._print = load, find_print

    def take(self, name: str, make: Callable[[], T]) -> T:
        """Return what is kept under a name, or make it."""
        if self._print is None:
            return make()
        if self._before is None:
            self._before = self._load()
        found = self._before.get(name)
        if found is None or found[1] != self._print(found[0]):
            with self._trace.record() as noted:
                made = make()
            seen = tuple(sorted(noted))
            found = seen, self._print(seen), made
        self.made[name] = found
        return found[2]
