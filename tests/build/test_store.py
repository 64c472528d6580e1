"""What was kept is given back as it was, or not at all."""

import importlib
import os
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from musnad.build.idle import STATE
from musnad.build.store import MOST_PACKS, PACK, KeptFile, KeptPage, PackWriter, Place, State, Store
from musnad.records.memory import RecordMemory

PAGES = {f"page-{n}.md": f"page {n} صفحة\n".encode() * (n + 1) for n in range(5)}


def _keep(store: Store, pages: dict[str, bytes], state: State | None = None) -> State:
    """Write pages into one pack, and add them to a state."""
    state = state or State()
    with PackWriter(store) as writer:
        for name, raw in pages.items():
            state.pages[name] = KeptPage(("claims/a",), ("top",), False, writer.write(raw))
    return state


def _read_all(store: Store) -> dict[str, bytes | None]:
    return {name: store.read(page.place) for name, page in store.load().pages.items()}


def _packs(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{PACK}"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a state and a pack in it."""
    store = Store(tmp_path / "cache" / "build")
    state = _keep(store, PAGES)
    state.version = "one"
    store.save(state)
    assert store.folder is not None
    return store.folder


def test_what_was_saved_is_loaded(folder: Path) -> None:
    """Pages, what they were made from, and the rest of the state."""
    store = Store(folder)
    state = store.load()
    assert state.version == "one"
    assert state.pages["page-0.md"].seen == ("claims/a",)
    assert _read_all(store) == PAGES


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _garble(path: Path) -> None:
    path.write_bytes(os.urandom(path.stat().st_size))


def _swap_bytes(path: Path) -> None:
    path.write_bytes(path.read_bytes().swapcase())


def _append(path: Path) -> None:
    path.write_bytes(b"x" + path.read_bytes())


@pytest.mark.parametrize("damage", [_truncate, _empty, _garble, _swap_bytes, _append, Path.unlink])
def test_damaged_state_is_taken_as_none_and_can_be_replaced(damage: Callable[[Path], None], folder: Path) -> None:
    """The next build makes everything, and what it saves is good again."""
    damage(folder / STATE)
    store = Store(folder)
    assert store.load() == State()
    store.save(_keep(store, PAGES))
    assert _read_all(Store(folder)) == PAGES
    assert len(_packs(folder)) == 1


@pytest.mark.parametrize("other", [RecordMemory(), {"pages": {}}, None, KeptFile("", Place("", 0, 0, b""))])
def test_state_of_another_class_is_taken_as_none(other: object, folder: Path) -> None:
    """Whatever an earlier version kept there, with a seal or without."""
    (folder / STATE).write_bytes(pickle.dumps(other))
    assert Store(folder).load() == State()
    assert Store(folder).save_aside(STATE, other)
    assert Store(folder).load() == State()


class _Unknown:
    """What the libraries of today know nothing of any more."""

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return importlib.import_module, ("musnad.gone",)


def test_state_of_a_class_that_is_gone_is_taken_as_none(folder: Path) -> None:
    """Another version of a library may have kept it."""
    assert Store(folder).save_aside(STATE, _Unknown())
    assert Store(folder).load() == State()


@pytest.mark.parametrize("damage", [_truncate, _empty, _garble, _swap_bytes, _append, Path.unlink])
def test_damaged_pack_loses_pages_and_gives_none_wrong(damage: Callable[[Path], None], folder: Path) -> None:
    """A checksum tells; a page that is still whole may be used."""
    (pack,) = _packs(folder)
    damage(pack)
    found = _read_all(Store(folder))
    assert found.keys() == PAGES.keys()
    assert None in found.values()
    assert all(raw in (None, PAGES[name]) for name, raw in found.items())


def test_place_with_another_checksum_is_taken_as_empty(folder: Path) -> None:
    """Bytes that are there, but not those that were kept."""
    store = Store(folder)
    place = store.load().pages["page-1.md"].place
    assert store.read(place) == PAGES["page-1.md"]
    assert store.read(place._replace(checksum=bytes(32))) is None
    assert store.read(place._replace(length=place.length + 1)) is None
    assert store.read(place._replace(offset=place.offset + 1)) is None
    assert store.read(place._replace(pack="none.pack")) is None


def test_store_saved_by_another_meanwhile_is_not_overwritten(folder: Path) -> None:
    """Of two builds at once, the one that ends first is kept, with its pages."""
    first, second = Store(folder), Store(folder)
    mine, theirs = first.load(), second.load()
    mine.version, theirs.version = "mine", "theirs"
    _keep(first, {"page-0.md": b"mine"}, mine)
    _keep(second, {"page-0.md": b"theirs"}, theirs)
    second.save(theirs)
    first.save(mine)
    last = Store(folder)
    assert last.load().version == "theirs"
    assert _read_all(last) == PAGES | {"page-0.md": b"theirs"}


def test_store_begun_by_another_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    """Also when there was none before."""
    first, second = Store(tmp_path), Store(tmp_path)
    second.save(State(version="theirs"))
    first.save(State(version="mine"))
    assert Store(tmp_path).load().version == "theirs"


def test_store_can_be_saved_many_times_by_its_owner(folder: Path) -> None:
    """What was saved by this very store is not another's."""
    store = Store(folder)
    for version in ("two", "three"):
        state = store.load()
        state.version = version
        store.save(state)
    assert Store(folder).load().version == "three"


def test_packs_that_hold_no_page_are_removed(folder: Path) -> None:
    """Those of earlier builds and of builds that were broken off; those in use stay."""
    before = _packs(folder)
    store = Store(folder)
    state = store.load()
    _keep(store, {"never.md": b"saved"})
    _keep(store, {"page-0.md": b"new"}, state)
    state.extras["json"] = "digest", {}
    with PackWriter(store) as writer:
        state.extras["json"][1]["record.json"] = KeptFile("digest", writer.write(b"{}"))
    store.save(state)
    assert len(_packs(folder)) == 3
    assert set(before) < set(_packs(folder))
    store = Store(folder)
    state = store.load()
    _keep(store, PAGES, state)
    store.save(state)
    assert set(before).isdisjoint(_packs(folder))
    assert len(_packs(folder)) == 2
    store = Store(folder)
    assert _read_all(store) == PAGES
    assert store.read(store.load().extras["json"][1]["record.json"].place) == b"{}"


def test_many_packs_are_packed_anew_and_keep_every_page(folder: Path) -> None:
    """Pages and other files lie in one pack then; one that was damaged is left out."""
    store = Store(folder)
    state = store.load()
    wanted: dict[str, bytes] = dict(PAGES)
    for n in range(MOST_PACKS):
        wanted[f"later-{n}.md"] = f"later {n}".encode()
        _keep(store, {f"later-{n}.md": wanted[f"later-{n}.md"]}, state)
    with PackWriter(store) as writer:
        state.extras["json"] = "digest", {"record.json": KeptFile("digest", writer.write(b"{}"))}
    (folder / state.pages["later-7.md"].place.pack).write_bytes(b"wrong")
    store.save(state)
    assert len(_packs(folder)) == 1
    store = Store(folder)
    assert _read_all(store) == {name: raw for name, raw in wanted.items() if name != "later-7.md"}
    assert store.read(store.load().extras["json"][1]["record.json"].place) == b"{}"


def test_as_many_packs_as_allowed_stay(folder: Path) -> None:
    """Nothing is copied while there is no need."""
    store = Store(folder)
    state = store.load()
    for n in range(MOST_PACKS - 1):
        _keep(store, {f"later-{n}.md": b"later"}, state)
    store.save(state)
    assert len(_packs(folder)) == MOST_PACKS


def test_store_without_a_folder_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does it find anything."""
    monkeypatch.chdir(tmp_path)
    store = Store(None)
    state = _keep(store, PAGES)
    store.save(state)
    assert store.load() == State()
    assert {store.read(page.place) for page in state.pages.values()} == {None}
    assert list(tmp_path.iterdir()) == []


def test_folder_is_made_when_there_is_something_to_keep(tmp_path: Path) -> None:
    """Looking for a state leaves no trace."""
    store = Store(tmp_path / "cache")
    assert store.load() == State()
    assert list(tmp_path.iterdir()) == []
    store.save(_keep(store, PAGES))
    assert sorted(path.suffix for path in (tmp_path / "cache").iterdir()) == [PACK, ".pickle"]
