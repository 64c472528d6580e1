"""Keep what a build made for the next one: records, what each page looked at, and the finished pages.

The folder holds one state, replaced at a stroke, and packs of pages, written once and never changed. Whatever can't
be read is taken as not there, and made again. Packs that no page of the last build lies in are removed.
"""

import contextlib
import gc
import mmap
import os
import pickle
import sys
import tempfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, NamedTuple

from musnad.records.files import list_visible, replacing
from musnad.records.memory import RecordMemory
from musnad.text.digest import digest

PACKAGE = Path(__file__).parent.parent
STATE = "state.pickle"
PACK = ".pack"
MOST_PACKS = 40
"""More than these are packed anew."""
_CODE = (PACKAGE / name for name in list_visible(PACKAGE) if name.endswith(".py"))
_PROGRAM = digest(sys.version, *(path.read_bytes() for path in _CODE)).encode()


class Place(NamedTuple):
    """Where a finished page lies: name of its pack, offset, length, checksum."""

    pack: str
    offset: int
    length: int
    checksum: int


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


class Store:
    """A folder with a state and packs; without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._packs: dict[str, mmap.mmap | None] = {}
        self._stamp = self._find_stamp()

    def load(self) -> State:
        """Return the last state, or an empty one when there is none that can be read."""
        state = self.load_aside(STATE)
        return state if isinstance(state, State) else State()

    def load_aside(self, name: str) -> Any:
        """Return what was saved under a name, or None when it can't be read or another program saved it."""
        if self.folder is None:
            return None
        # Much is made at a stroke, and none of it is garbage.
        gc.disable()
        try:
            raw = (self.folder / name).read_bytes()
            return pickle.loads(raw[len(_PROGRAM) :]) if raw.startswith(_PROGRAM) else None
        except FileNotFoundError:
            return None
        except Exception:  # noqa: BLE001 (a damaged pickle can raise nearly anything)
            self._drop()
            self._stamp = self._find_stamp()
            return None
        finally:
            gc.enable()

    def save_aside(self, name: str, value: object) -> None:
        """Save what is worth keeping and can be made again; the last to save it wins."""
        if self.folder is None:
            return
        with replacing(self.folder / name) as file:
            file.write(_PROGRAM)
            pickle.dump(value, file, protocol=5)

    def _drop(self) -> None:
        for path in self.folder.glob("*") if self.folder else ():
            with contextlib.suppress(OSError):
                path.unlink()

    def read(self, place: Place) -> bytes | None:
        """Return what lies at a place, or None when it is not there as it was."""
        if place.pack not in self._packs:
            self._packs[place.pack] = self._open(place.pack)
        pack = self._packs[place.pack]
        raw = pack[place.offset : place.offset + place.length] if pack is not None else b""
        return raw if len(raw) == place.length and zlib.crc32(raw) == place.checksum else None

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
        self.save_aside(STATE, state)
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
    """Writes one pack; nothing is written when the store keeps nothing."""

    def __init__(self, store: Store) -> None:
        self._file: BinaryIO | None = None
        self._name = ""
        self._offset = 0
        self._folder = store.folder

    def __enter__(self) -> "PackWriter":
        if self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder, suffix=PACK)
            self._file, self._name = os.fdopen(handle, "wb"), Path(name).name
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def write(self, raw: bytes) -> Place:
        """Append a page."""
        place = Place(self._name, self._offset, len(raw), zlib.crc32(raw))
        if self._file is not None:
            self._file.write(raw)
            self._offset += len(raw)
        return place
