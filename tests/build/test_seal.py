"""What a build keeps is run by the next one only if this user kept it, to the last bit."""

import marshal
import os
import pickle
import random
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment
from jinja2.bccache import bc_magic

from musnad.build import seal
from musnad.build.seal import SIZE, VARIABLE, read_key
from musnad.build.store import CompiledTemplates, PackWriter, State, Store

NAME = "words.pickle"
TEXT = "{% for n in range(3) %}{{ n }} صفحة {% endfor %}"


class _Canary:
    """Leaves a file behind when it is read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return os.mkdir, (str(self.path),)


def _render(folder: Path) -> str:
    environment = Environment(
        loader=DictLoader({"page.html": TEXT}), bytecode_cache=CompiledTemplates(folder), autoescape=True
    )
    return environment.get_template("page.html").render()


def _list_flips(raw: bytes, count: int) -> list[bytes]:
    """Return copies with one bit turned: each of the first bytes, and as many others as are asked for."""
    dice = random.Random(len(raw))
    places = [*range(min(len(raw), 2 * SIZE)), *(dice.randrange(len(raw)) for _ in range(count))]
    return [raw[:n] + bytes([raw[n] ^ (1 << dice.randrange(8))]) + raw[n + 1 :] for n in places]


def test_one_bit_of_what_was_kept_is_enough_to_lose_it(tmp_path: Path) -> None:
    """At each of many places, cut short, empty, and longer than it was."""
    store = Store(tmp_path)
    assert store.save_aside(NAME, {"word": [1.5] * 500})
    good = (tmp_path / NAME).read_bytes()
    for raw in [*_list_flips(good, 500), *(good[:n] for n in range(0, len(good), 7)), good + b"x"]:
        (tmp_path / NAME).write_bytes(raw)
        assert Store(tmp_path).load_aside(NAME) is None
    (tmp_path / NAME).write_bytes(good)
    assert Store(tmp_path).load_aside(NAME) == {"word": [1.5] * 500}


def test_one_bit_of_a_compiled_template_is_enough_to_compile_it_again(tmp_path: Path) -> None:
    """The page is the same, and what is kept is good again."""
    wanted = _render(tmp_path)
    (path,) = tmp_path.iterdir()
    good = path.read_bytes()
    for raw in [*_list_flips(good, 100), good[:50], good[:-1], b""]:
        path.write_bytes(raw)
        assert _render(tmp_path) == wanted
        assert path.read_bytes() == good


def test_one_bit_of_a_pack_is_enough_to_lose_its_page_alone(tmp_path: Path) -> None:
    """And no other page is read in its place."""
    pages = [f"page {n} صفحة".encode() * 20 for n in range(4)]
    with PackWriter(Store(tmp_path)) as writer:
        places = [writer.write(page) for page in pages]
    (path,) = tmp_path.iterdir()
    for raw in _list_flips(path.read_bytes(), 100):
        path.write_bytes(raw)
        found = [Store(tmp_path).read(place) for place in places]
        assert sum(a != b for a, b in zip(found, pages, strict=True)) == found.count(None) == 1


def test_reading_runs_nothing_that_another_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pickle without a seal, with that of another key, of another version of the program, under another name."""
    canary = tmp_path / "canary"
    evil = pickle.dumps(_Canary(canary))

    def keep() -> bool:
        return Store(tmp_path).write_sealed(NAME, evil)

    (tmp_path / NAME).write_bytes(evil)
    assert Store(tmp_path).load_aside(NAME) is None
    with monkeypatch.context() as patch:
        patch.setenv(VARIABLE, "of a proposal")
        assert keep()
    assert Store(tmp_path).load_aside(NAME) is None
    with monkeypatch.context() as patch:
        patch.setattr(seal, "_PROGRAM", b"another")
        assert keep()
    assert Store(tmp_path).load_aside(NAME) is None
    assert keep()
    (tmp_path / NAME).rename(tmp_path / "state.pickle")
    assert Store(tmp_path).load() == State()
    assert not canary.exists()
    # It does run where the user kept it: so the test can fail.
    assert keep()
    Store(tmp_path).load_aside(NAME)
    assert canary.is_dir()


def test_compiled_template_of_another_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has the digest of the right text, and a canary in its code."""
    wanted, canary = _render(tmp_path), tmp_path / "canary"
    (path,) = tmp_path.iterdir()
    head = path.read_bytes()[SIZE:]
    text = f"import os\nos.mkdir({str(canary)!r})\nname = ''\nblocks = debug_info = {{}}\nroot = None"
    code = compile(text, "x", "exec")
    checksum = pickle.dumps(
        Environment().overlay(bytecode_cache=CompiledTemplates(None)).bytecode_cache.get_source_checksum(TEXT), 2
    )  # type: ignore[union-attr]
    evil = bc_magic + checksum + marshal.dumps(code)
    assert head.startswith(bc_magic + checksum)
    path.write_bytes(evil)
    assert _render(tmp_path) == wanted
    with monkeypatch.context() as patch:
        patch.setenv(VARIABLE, "of a proposal")
        assert CompiledTemplates(tmp_path).write_sealed(path.name, evil)
    assert _render(tmp_path) == wanted
    assert not canary.exists()
    assert CompiledTemplates(tmp_path).write_sealed(path.name, evil)
    with pytest.raises(TypeError):
        _render(tmp_path)
    assert canary.is_dir()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a user's settings who has no key yet."""
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setattr("click.get_app_dir", lambda name: str(tmp_path / "home" / name))
    return tmp_path / "home"


def test_key_is_made_once_for_the_user_alone(home: Path) -> None:
    """It stays, and nobody else may read it, whatever the umask; one that was cut short is made anew."""
    before = os.umask(0)
    try:
        key = read_key()
    finally:
        os.umask(before)
    assert key is not None
    assert len(key) == SIZE
    assert read_key() == key
    (path,) = (home / "musnad").iterdir()
    assert path.read_bytes() == key
    if os.name != "nt":
        assert [stat.S_IMODE(place.stat().st_mode) for place in (path, path.parent)] == [0o600, 0o700]
    path.write_bytes(key[:-1])
    assert read_key() not in (None, key)
    assert len(read_key() or b"") == SIZE


def _put_file(home: Path) -> None:
    home.write_bytes(b"")


def _put_folder(home: Path) -> None:
    (home / "musnad/cache-key").mkdir(parents=True)


@pytest.mark.parametrize("obstruct", [_put_file, _put_folder])
def test_nothing_is_kept_where_there_is_no_place_for_a_key(obstruct: Callable[[Path], None], home: Path) -> None:
    """A home that can't be written to is no mistake."""
    obstruct(home)
    assert read_key() is None
    assert Store(home.parent / "cache").folder is None
    assert not Store(home.parent / "cache").save_aside(NAME, {})


def test_key_of_the_environment_counts(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And none is written."""
    monkeypatch.setenv(VARIABLE, "one")
    key = read_key()
    monkeypatch.setenv(VARIABLE, "two")
    assert read_key() not in (None, key)
    assert not home.exists()
