"""The way from a key to its shelf, as the worker goes it (``findShelf`` in ``worker.js``)."""

from collections.abc import Iterable


def find_shelf(shelves: Iterable[str], key: str) -> str:
    """Return the last shelf whose name is not after a key; the shelf for the first keys has no name."""
    return max(name for name in shelves if name <= key)
