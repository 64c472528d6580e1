"""Shelves are small, and what a key stands for is on the shelf it leads to."""

from hypothesis import given
from hypothesis import strategies as st

from musnad.search.shelve import KEY_LENGTH, shelve
from tests.search.shelves import find_shelf

LIMIT, TOP = 10, 2
SIZES = {entry: 1 + entry % 4 for entry in range(12)}
keys_strategy = st.dictionaries(
    st.text("abc", max_size=KEY_LENGTH + 2),
    st.dictionaries(st.sampled_from(list(SIZES)), st.booleans(), min_size=1, max_size=6),
    max_size=14,
)
Keys = dict[str, dict[int, bool]]


def size_of(entries: set[int]) -> int:
    """Return the bytes of some entries."""
    return sum(SIZES[entry] for entry in entries)


def below(keys: Keys, beginning: str) -> set[int]:
    """Return the entries with a key that begins so, as far as keys are looked at."""
    return {entry for key, found in keys.items() if key[:KEY_LENGTH].startswith(beginning) for entry in found}


def ending(keys: Keys, beginning: str) -> tuple[set[int], set[int]]:
    """Return the entries with just this key, and those that have no other."""
    found = [group for key, group in keys.items() if key[:KEY_LENGTH] == beginning]
    whole = {entry for group in found for entry, is_whole in group.items() if is_whole}
    return {entry for group in found for entry in group}, whole


@given(keys_strategy)
def test_key_leads_to_its_entries(keys: Keys) -> None:
    """All that have no other key; the others too, unless more have that key than a shelf holds."""
    shelves = shelve(keys, SIZES, LIMIT, TOP)
    for key in keys:
        alike, whole = ending(keys, key[:KEY_LENGTH])
        assert (alike if size_of(alike) <= LIMIT else whole) <= set(shelves[find_shelf(shelves, key)])


@given(keys_strategy)
def test_beginning_leads_to_the_first_that_begin_so(keys: Keys) -> None:
    """Someone who is still typing sees the most important ones."""
    shelves = shelve(keys, SIZES, LIMIT, TOP)
    for beginning in {key[:end] for key in keys for end in range(KEY_LENGTH + 1)}:
        assert set(sorted(below(keys, beginning))[:TOP]) <= set(shelves[find_shelf(shelves, beginning)])


@given(keys_strategy)
def test_shelf_keeps_to_the_limit(keys: Keys) -> None:
    """Unless it stands for a beginning that has too many: then it has those alone that nothing else leads to."""
    for name, entries in shelve(keys, SIZES, LIMIT, TOP).items():
        assert entries == sorted(set(entries))
        if size_of(set(entries)) > LIMIT:
            alike, whole = ending(keys, name)
            kept = alike if size_of(alike) <= LIMIT else whole
            assert set(entries) == kept | set(sorted(below(keys, name))[:TOP])


def test_small_shelves_stand_together() -> None:
    """There are no more files than needed: b and c share a shelf, as do the keys that begin with a."""
    keys = {"ab": {1: True, 2: True}, "ac": {3: True}, "b": {5: True}, "ca": {6: True}}
    sizes = {1: 3, 2: 3, 3: 3, 5: 4, 6: 4}
    assert shelve(keys, sizes, 9, 1) == {"": [1], "a": [1, 2, 3], "b": [5, 6]}


def test_without_keys_there_is_one_empty_shelf() -> None:
    """A reader's first query asks for it."""
    assert shelve({}, {}, 9, 1) == {"": []}
