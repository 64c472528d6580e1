"""Keep what a build made for the next one: records, what each page looked at, and the finished pages.

The folder holds one state, replaced at a stroke, and packs of pages, written once and never changed. Whatever can't
be read, or was not sealed with the user's key, is taken as not there, and made again; what can't be written is not
kept. Packs that no page of the last build lies in are removed.
"""

import contextlib
import gc
import hashlib
import mmap
import os
import pickle
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, NamedTuple

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from musnad.build.idle import STATE
from musnad.build.seal import find_seal, read_key, unseal
from musnad.records.files import replacing
from musnad.records.memory import RecordMemory

PACK = ".pack"
MOST_PACKS = 40
"""More than these are packed anew."""


class Place(NamedTuple):
    """Where a finished page lies: name of its pack, offset, length, SHA-256."""

    pack: str
    offset: int
    length: int
    checksum: bytes


class KeptPage(NamedTuple):
    """A finished page and what it was made from."""

    seen: tuple[str, ...]
    """Names of what was looked at (see ``trace``)."""
    anchors: tuple[str, ...]
    is_noindex: bool
    place: Place


class KeptFile(NamedTuple):
    """A file that is no page."""

    digest: str
    place: Place


Parts = dict[str, tuple[str, dict[str, KeptFile]]]
"""What is made from many records, by name: digest of what each was made from, and its files by their address."""


def list_files(parts: Parts) -> dict[str, KeptFile]:
    """Return the files of all parts by their address."""
    return {address: file for _, files in parts.values() for address, file in files.items()}


@dataclass
class State:
    """What one build leaves for the next."""

    version: str = ""
    """Digest of what shapes all pages."""
    memory: RecordMemory = field(default_factory=RecordMemory)
    prints: dict[str, str] = field(default_factory=dict)
    """Digest of each record and derived fact by its name."""
    pages: dict[str, KeptPage] = field(default_factory=dict)
    """By the file of their Markdown."""
    extras: Parts = field(default_factory=dict)
    target: str = ""
    """The folder of the published site."""
    written: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    """Size and times of each file there, as we left it, by its address."""


class Sealed:
    """A folder of files under seal; nothing is kept without a folder, or where there is no place for a key."""

    def __init__(self, folder: Path | None) -> None:
        key = read_key() if folder else None
        self.folder = folder if key else None
        self._key = key or b""

    def read_sealed(self, name: str) -> memoryview | None:
        """Return what was saved under a name, or None when it can't be read or has no seal of ours."""
        if self.folder is None:
            return None
        try:
            return unseal(self._key, name, (self.folder / name).read_bytes())
        except OSError:
            return None

    def write_sealed(self, name: str, raw: bytes) -> bool:
        """Save what can be made again, and return whether there was room; the last to save it wins."""
        with contextlib.suppress(OSError):
            if self.folder is not None:
                with replacing(self.folder / name) as file:
                    file.write(find_seal(self._key, name, raw))
                    file.write(raw)
                return True
        return False


class CompiledTemplates(Sealed, BytecodeCache):
    """Templates as Jinja has compiled them, which is code."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in what was compiled from the same text."""
        raw = self.read_sealed(f"{bucket.key}.cache")
        if raw is not None:
            bucket.bytecode_from_string(bytes(raw))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self.write_sealed(f"{bucket.key}.cache", bucket.bytecode_to_string())


class Store(Sealed):
    """A folder with a state and packs."""

    def __init__(self, folder: Path | None) -> None:
        super().__init__(folder)
        self._packs: dict[str, mmap.mmap | None] = {}
        self._stamp = self._find_stamp()

    def load(self) -> State:
        """Return the last state, or an empty one when there is none that can be read."""
        state = self.load_aside(STATE)
        return state if isinstance(state, State) else State()

    def load_aside(self, name: str) -> Any:
        """Return what was saved under a name, or None when it can't be read or another program saved it."""
        raw = self.read_sealed(name)
        if raw is None:
            return None
        # Much is made at a stroke, and none of it is garbage.
        gc.disable()
        try:
            return pickle.loads(raw)
        except Exception:  # noqa: BLE001 (a library may not know any more what another version of it kept)
            return None
        finally:
            gc.enable()

    def save_aside(self, name: str, value: object) -> bool:
        """Save what is worth keeping and can be made again, and return whether there was room."""
        return self.folder is not None and self.write_sealed(name, pickle.dumps(value, protocol=5))

    def read(self, place: Place) -> bytes | None:
        """Return what lies at a place, or None when it is not there as it was."""
        if place.pack not in self._packs:
            self._packs[place.pack] = self._open(place.pack)
        pack = self._packs[place.pack]
        raw = pack[place.offset : place.offset + place.length] if pack is not None else b""
        return raw if len(raw) == place.length and hashlib.sha256(raw).digest() == place.checksum else None

    def _open(self, pack: str) -> mmap.mmap | None:
        try:
            with (self.folder or Path()).joinpath(pack).open("rb") as file:
                return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError):
            return None

    def _close(self, pack: str) -> None:
        """Let go of a pack: on Windows it can't be removed before."""
        opened = self._packs.pop(pack, None)
        if opened is not None:
            opened.close()

    def save(self, state: State) -> None:
        """Replace the state, unless another build has done so since this store was opened."""
        if self.folder is None or self._find_stamp() != self._stamp:
            return
        if len(_find_packs(state)) > MOST_PACKS:
            self._pack_anew(state)
        if not self.save_aside(STATE, state):
            return
        self._stamp = self._find_stamp()
        used = _find_packs(state)
        for path in self.folder.glob(f"*{PACK}"):
            if path.name not in used:
                self._close(path.name)
                # What another build still reads goes the next time.
                with contextlib.suppress(OSError):
                    path.unlink()

    def _pack_anew(self, state: State) -> None:
        with PackWriter(self) as writer:
            for name, page in list(state.pages.items()):
                raw = self.read(page.place)
                if raw is None:
                    del state.pages[name]
                else:
                    state.pages[name] = page._replace(place=writer.write(raw))
            for _, files in state.extras.values():
                for address, file in files.items():
                    raw = self.read(file.place)
                    # What is lost is noticed when it is wanted.
                    if raw is not None:
                        files[address] = file._replace(place=writer.write(raw))

    def _find_stamp(self) -> tuple[int, int] | None:
        try:
            stat = (self.folder / STATE).stat() if self.folder else None
        except OSError:
            return None
        return (stat.st_mtime_ns, stat.st_ino) if stat else None


def _find_packs(state: State) -> set[str]:
    pages = {page.place.pack for page in state.pages.values()}
    return pages | {file.place.pack for file in list_files(state.extras).values()}


class PackWriter:
    """Writes one pack; nothing is written when the store keeps nothing, or can't."""

    def __init__(self, store: Store) -> None:
        self._file: BinaryIO | None = None
        self._name = ""
        self._offset = 0
        self._folder = store.folder

    def __enter__(self) -> "PackWriter":
        if self._folder is not None:
            with contextlib.suppress(OSError):
                self._folder.mkdir(parents=True, exist_ok=True)
                handle, name = tempfile.mkstemp(dir=self._folder, suffix=PACK)
                self._file, self._name = os.fdopen(handle, "wb"), Path(name).name
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
            self._file = None

    def write(self, raw: bytes) -> Place:
        """Append a page; where there is no room for it, the next build makes it again."""
        place = Place(self._name, self._offset, len(raw), hashlib.sha256(raw).digest())
        try:
            if self._file is not None:
                self._file.write(raw)
                self._offset += len(raw)
        except OSError:
            self._close()
        return place
