"""Put entries on small shelves by the first letters of their keys, so that a query fetches only its own."""

from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

Entry = TypeVar("Entry", bound=int | str)
KEY_LENGTH = 10
"""Letters of a key that are looked at."""


def shelve(
    keys: Mapping[str, Mapping[Entry, bool]], sizes: Mapping[Entry, int], limit: int, top: int
) -> dict[str, list[Entry]]:
    """Return shelves by the first key on each; the shelf for a key is the last whose name is not after it.

    ``keys`` tells of each entry whether the key is all there is of it. A shelf has at most ``limit`` bytes. A beginning
    that more entries have than that gets a shelf of its own with those whose key it is, and the first ``top`` of all
    in the order of ``sizes``; of keys that can't be told apart, only entries that have no other are all kept.
    """
    cut: dict[str, dict[Entry, bool]] = {}
    for key, found in keys.items():
        group = cut.setdefault(key[:KEY_LENGTH], {})
        for entry, is_whole in found.items():
            group[entry] = group.get(entry, False) or is_whole
    shelver = _Shelver(cut, sizes, limit, top)
    shelver.split("", sorted(cut))
    return shelver.shelves


class _Shelver(Generic[Entry]):
    def __init__(
        self, keys: Mapping[str, Mapping[Entry, bool]], sizes: Mapping[Entry, int], limit: int, top: int
    ) -> None:
        self._keys, self._sizes, self._limit, self._top = keys, sizes, limit, top
        self._order = {entry: n for n, entry in enumerate(sizes)}
        self.shelves: dict[str, list[Entry]] = {}

    def split(self, prefix: str, below: list[str]) -> None:
        """Fill the shelves for the keys that begin with a prefix."""
        entries = self._entries(below)
        if self._fits(entries):
            self.shelves[prefix] = self._sorted(entries)
            return
        ending = self._keys.get(prefix, {})
        kept = {entry for entry, is_whole in ending.items() if is_whole or self._fits(ending)}
        self.shelves[prefix] = self._sorted(kept.union(self._sorted(entries)[: self._top]))
        by_letter: dict[str, list[str]] = {}
        for key in below:
            if key != prefix:
                by_letter.setdefault(key[: len(prefix) + 1], []).append(key)
        pack: list[str] = []
        first = ""
        for start, part in by_letter.items():
            if pack and not self._fits(self._entries([*pack, *part])):
                self.split(first, pack)
                pack = []
            if not pack:
                first = start
            pack += part
        if pack:
            self.split(first, pack)

    def _entries(self, keys: Iterable[str]) -> set[Entry]:
        return {entry for key in keys for entry in self._keys[key]}

    def _fits(self, entries: Iterable[Entry]) -> bool:
        return sum(self._sizes[entry] for entry in entries) <= self._limit

    def _sorted(self, entries: Iterable[Entry]) -> list[Entry]:
        return sorted(entries, key=self._order.__getitem__)
