"""Change files of a folder all or none, and take that back: what they held is kept beside the folder.

A change that was interrupted is rolled back by the next one, or by ``roll_back``.
"""

import json
import os
import shutil
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from musnad.records.files import Files, patiently, write_through
from musnad.records.problems import N_

FOLDER = ".musnad-undo"
KEPT = 20
"""Changes that can be taken back."""


class RefusedError(Exception):
    """A change that is not made, and why; nothing was written."""

    def __init__(self, message: str, **values: object) -> None:
        self.message, self.values = message, values
        super().__init__(message.format_map(values))


@dataclass(frozen=True)
class Journal:
    """What was changed in a folder."""

    root: Path

    @property
    def _folder(self) -> Path:
        root = self.root.resolve()
        return root.parent / FOLDER / root.name

    @property
    def _pending(self) -> Path:
        return self._folder / "pending"

    def write(self, before: Files, after: Files, title: str) -> None:
        """Bring files from what they hold to something else. Raises RefusedError when they no longer hold that."""
        for place, raw in before.items():
            if self._read(place) != raw:
                raise RefusedError(N_("{file} was changed meanwhile; nothing was written"), file=place)
        stage = self._folder / "new"
        if stage.exists():
            shutil.rmtree(stage)
        places = sorted(after, key=lambda place: (after[place] is None, place))
        for number, place in enumerate(places):
            for side, files in (("before", before), ("after", after)):
                if (raw := files[place]) is not None:
                    write_through(stage / side / str(number), raw)
        write_through(stage / "journal.json", json.dumps({"title": title, "places": places}).encode())
        # From here on the change is known, and is taken back if it is not finished.
        patiently(partial(os.replace, stage, self._pending))
        try:
            for place in places:
                self._put(place, after[place])
            patiently(partial(os.replace, self._pending, self._folder / f"{self._count() + 1:06d}"))
        except BaseException:
            self.roll_back()
            raise
        for old in self._list()[:-KEPT]:
            shutil.rmtree(old)

    def roll_back(self) -> bool:
        """Take back a change that was interrupted; return whether there was one. Raises RefusedError."""
        if not self._pending.is_dir():
            return False
        places, before, after = self._load(self._pending)
        for place in places:
            if self._read(place) not in (before[place], after[place]):
                message = N_("{file} was changed since; put it back, or delete {folder} to keep all as it is")
                raise RefusedError(message, file=place, folder=str(self._pending))
        for place in reversed(places):
            # What was never changed may be what can't be written.
            if before[place] is None or self._read(place) != before[place]:
                self._put(place, before[place])
        (self._folder / "part").unlink(missing_ok=True)
        shutil.rmtree(self._folder / "old", ignore_errors=True)
        patiently(partial(os.replace, self._pending, self._folder / "old"))
        shutil.rmtree(self._folder / "old")
        return True

    def undo(self) -> str:
        """Take back the last change and return its title. Raises RefusedError when files changed since."""
        if not (found := self._list()):
            raise RefusedError(N_("there is nothing to take back"))
        places, _, after = self._load(found[-1])
        for place in places:
            if self._read(place) != after[place]:
                raise RefusedError(N_("{file} was changed since; nothing was taken back"), file=place)
        title: str = json.loads((found[-1] / "journal.json").read_bytes())["title"]
        patiently(partial(os.replace, found[-1], self._pending))
        self.roll_back()
        return title

    def _list(self) -> list[Path]:
        return sorted(path for path in self._folder.glob("*") if path.name.isdecimal())

    def _count(self) -> int:
        return max((int(path.name) for path in self._list()), default=0)

    def _read(self, place: str) -> bytes | None:
        path = self.root / place
        return path.read_bytes() if path.is_file() else None

    def _load(self, folder: Path) -> tuple[list[str], dict[str, bytes | None], dict[str, bytes | None]]:
        places: list[str] = json.loads((folder / "journal.json").read_bytes())["places"]

        def load(side: str) -> dict[str, bytes | None]:
            paths = ((place, folder / side / str(number)) for number, place in enumerate(places))
            return {place: path.read_bytes() if path.is_file() else None for place, path in paths}

        return places, load("before"), load("after")

    def _put(self, place: str, raw: bytes | None) -> None:
        path = self.root / place
        if raw is None:
            if path.is_file():
                patiently(path.unlink)
            for folder in path.relative_to(self.root).parents[:-1]:
                if (self.root / folder).is_dir() and not any((self.root / folder).iterdir()):
                    (self.root / folder).rmdir()
            return
        part = self._folder / "part"
        write_through(part, raw)
        if path.is_file():
            shutil.copymode(path, part)
        path.parent.mkdir(parents=True, exist_ok=True)
        patiently(partial(os.replace, part, path.resolve()))
