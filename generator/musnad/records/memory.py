"""Remember records by the bytes of their files, so that only what changed is read and checked again.

Nothing here decides what a change means; see ``check`` and ``build``. What is remembered can be stored:
it holds no positions in files, which are read again when a problem has to be told.
"""

import os
import pickle
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pydantic import BaseModel

from musnad.records.model import Recorded
from musnad.records.yamltext import Origin
from musnad.text.digest import digest

Stamp = tuple[str, int, int, int, int]
"""Path, times of change of the bytes and of the file in nanoseconds, size, number of the file."""
SETTLED = 2_000_000_000
"""Nanoseconds after which a file with the same times and size is taken as the same."""


class Remembered(NamedTuple):
    """What one file held."""

    digest: str
    record: BaseModel | None
    packed: bytes = b""
    """The record as it was stored, which need not be done again."""


@dataclass
class RecordMemory:
    """Records by their address, and which of them the last reading found changed."""

    records: dict[str, Remembered] = field(default_factory=dict)
    is_clean: bool = False
    """Whether every rule held for all of them together."""
    changed: dict[str, BaseModel | None] = field(default_factory=dict)
    """What is new, different or gone since all was last clean, with what was there then."""
    keys: dict[str, frozenset[str]] = field(default_factory=dict)
    """What ties each record to others, as far as ``check`` has listed it."""
    _stamps: dict[str, Stamp] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    def __getstate__(self) -> dict[str, object]:
        records = {ref: (known.digest, _pack(known)) for ref, known in self.records.items()}
        return {**self.__dict__, "records": records, "_seen": set()}

    def __setstate__(self, state: dict[str, Any]) -> None:
        records = {
            ref: Remembered(digest, pickle.loads(packed) if packed else None, packed)
            for ref, (digest, packed) in state["records"].items()
        }
        self.__dict__.update(state, records=records)

    def begin(self) -> None:
        """Start a reading of all files."""
        self._seen = set()

    def recall(
        self, ref: str, path: str, given: Mapping[str, str], raw: bytes | None = None
    ) -> tuple[bytes, BaseModel | None]:
        """Return a file's bytes, and what they hold when that is known; the bytes need not be read for that.

        ``given`` are fields that follow from the file's place: the same bytes elsewhere are another record. ``raw`` are
        bytes that count in place of the file's.
        """
        self._seen.add(ref)
        if raw is not None:
            self._stamps.pop(ref, None)
            return raw, self._recognize(ref, raw, given)
        stat = os.stat(path)
        stamp = (path, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino)
        known = self.records.get(ref)
        if known is not None and known.record is not None and self._stamps.get(ref) == stamp:
            return b"", known.record
        with open(path, "rb") as file:
            raw = file.read()
        # A file that has just changed may change again before its time does. On Windows the second is when it was made.
        if time.time_ns() - max(stat.st_mtime_ns, stat.st_ctime_ns) > SETTLED:
            self._stamps[ref] = stamp
        return raw, self._recognize(ref, raw, given)

    def _recognize(self, ref: str, raw: bytes, given: Mapping[str, str]) -> BaseModel | None:
        """Return what bytes hold when that is known; anything else that was known of the record is forgotten."""
        known = self.records.get(ref)
        if known and known.digest == digest(raw) and (known.record is None or _has(known.record, given)):
            return known.record
        self.changed.setdefault(ref, known.record if known else None)
        self.records.pop(ref, None)
        return None

    def keep(self, ref: str, raw: bytes, record: BaseModel) -> None:
        """Remember what a file holds."""
        self.records[ref] = Remembered(digest(raw), record)

    def replace(self, ref: str, record: BaseModel) -> None:
        """Remember what a file says together with another one that changed."""
        known = self.records[ref]
        self.changed.setdefault(ref, known.record)
        self.records[ref] = Remembered(known.digest, record)

    def finish(self) -> None:
        """Forget the files that are gone."""
        for ref in self.records.keys() - self._seen:
            self.changed.setdefault(ref, self.records.pop(ref).record)


def _pack(known: Remembered) -> bytes:
    # The few files of words are made of classes without a name; they are only known to be the same, and read again.
    return known.packed or (pickle.dumps(known.record, protocol=5) if isinstance(known.record, Recorded) else b"")


def _has(record: BaseModel, given: Mapping[str, str]) -> bool:
    return all(getattr(record, name) == value for name, value in given.items())


class Origins(Mapping[str, Origin]):
    """Where records were written; of a remembered one, read only when it is asked for."""

    def __init__(self) -> None:
        self._found: dict[str, Origin | Callable[[], Origin]] = {}

    def __setitem__(self, ref: str, origin: Origin | Callable[[], Origin]) -> None:
        self._found[ref] = origin

    def __getitem__(self, ref: str) -> Origin:
        origin = self._found[ref]
        if not isinstance(origin, Origin):
            origin = self._found[ref] = origin()
        return origin

    def __contains__(self, ref: object) -> bool:
        return ref in self._found

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)
