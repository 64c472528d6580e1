"""The private folder of what was withheld, outside of the repository: for previews, for taking it back, for expunging.

It has a folder for each withholding, under the name that this has in ``withheld.yaml``: ``record.json``, and the files
of the entries as they were (``was/``), and what those that were changed along became (``is/``).
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

from musnad.records.files import Files, patiently, write_through

VARIABLE = "MUSNAD_OVERLAY"
"""Names the folder while a site is served; no other build knows it."""
RECORD = "record.json"


@dataclass(frozen=True)
class Withheld:
    """Records that were withheld together."""

    refs: tuple[str, ...]
    reason: str
    date: str
    note: str
    """For those who may know."""
    was: Mapping[str, bytes]
    """Files of the entries, of the records and of what was changed along."""
    became: Files
    """What is in their place since; None where there is no file."""


@dataclass(frozen=True)
class Overlay:
    """A folder of what was withheld."""

    root: Path

    @classmethod
    def find(cls) -> Self | None:
        """Return the overlay that the environment names."""
        return cls(Path(name)) if (name := os.environ.get(VARIABLE)) else None

    @cached_property
    def _names(self) -> list[str]:
        return sorted(path.parent.name for path in self.root.glob(f"*/{RECORD}"))

    def __iter__(self) -> Iterator[tuple[str, Withheld]]:
        """Yield what was withheld, by its name."""
        return ((name, self.read(name)) for name in self._names)

    def read(self, name: str) -> Withheld:
        """Return what was withheld under a name."""
        folder = self.root / name
        told = json.loads((folder / RECORD).read_bytes())
        places = told.pop("places")
        was = {place: (folder / "was" / place).read_bytes() for place in places}
        became = {place: _read(folder / "is" / place) for place in places}
        return Withheld(tuple(told.pop("refs")), **told, was=was, became=became)

    def write(self, name: str, withheld: Withheld) -> None:
        """Keep what is withheld: whole, or nothing of it."""
        part = self.root / f".{name}"
        for side, files in (("was", withheld.was), ("is", withheld.became)):
            for place, raw in files.items():
                if raw is not None:
                    write_through(part / side / place, raw)
        told = {key: value for key, value in asdict(withheld).items() if key not in ("was", "became")}
        write_through(part / RECORD, json.dumps({**told, "places": sorted(withheld.was)}, ensure_ascii=False).encode())
        patiently(lambda: os.replace(part, self.root / name))

    def remove(self, name: str) -> None:
        """Forget what was withheld under a name."""
        shutil.rmtree(self.root / name)

    def lay(self, root: Path) -> dict[str, bytes | None]:
        """Return the files of entries as they would be with everything that is withheld.

        A file that was changed since is left as it is.
        """
        laid: dict[str, bytes | None] = {}
        for _, withheld in reversed([*self]):
            for place, raw in withheld.was.items():
                if laid.get(place, _read(root / place)) == withheld.became[place]:
                    laid[place] = raw
        return laid


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
