"""Publishing and commands, ended before each of their acts on the file system: what is left, and what comes of it.

``python -m tests.kills`` goes through every act and prints a table; ``--every 5`` through every fifth. With two folders
of built sites, those are published one over the other instead of small invented ones.
"""

import argparse
import contextlib
import io
import os
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from musnad.cli import cli
from musnad.editing.journal import Journal
from musnad.plugin.publish import MANIFEST, READY, Stamp, find_stamp, publish, resume
from tests.conftest import TOY

_ACTS = frozenset({"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "os.link", "os.symlink"})
_MOVES = frozenset({"os.rename", "os.remove", "os.rmdir", "os.link"})
_STAGING = ".musnad-new"
Tree = dict[str, bytes]


def kill_at(
    number: int, work: Callable[[], object], folder: Path, *, tears: bool = False, has_writes: bool = True
) -> str:
    """Do something in a process that is killed before its n-th act below a folder; return the act, empty if it ended.

    With ``tears``, a file that would be opened to be written has lost its bytes by then. Without ``has_writes``, only
    moving and removing count.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        left = number

        def count(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal left
            is_write = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
            is_act = event in _ACTS or is_write if has_writes else event in _MOVES
            if not is_act or not isinstance(arguments[0], str | os.PathLike):
                return
            path = os.fspath(arguments[0])
            if os.path.isabs(path) and not path.startswith(str(folder)):
                return
            left -= 1
            if not left:
                if is_write and tears:
                    os.close(os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY))
                os.write(writer, f"{event} {os.path.basename(path)}".encode())
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            with contextlib.suppress(SystemExit):
                work()
            os._exit(0)
    os.close(writer)
    with open(reader, "rb") as told:
        act = told.read().decode()
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert ended == (-signal.SIGKILL if act else 0), (act, ended)
    return act


def read_tree(folder: Path) -> Tree:
    """Return every file below a folder, but for what is hidden at its root."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    found = {path.relative_to(folder).as_posix(): path for path in paths}
    return {name: path.read_bytes() for name, path in found.items() if not name.startswith(".")}


@dataclass
class Kill:
    """One act before which the end came."""

    case: str
    number: int
    act: str
    left: str
    """What readers see: ``none``, ``old``, ``new``, or ``between``, each file whole and each link leading on."""
    after: str
    """What the next build or command makes of it, before it does anything of its own."""


@dataclass
class Case:
    """A site of the last build, and what is to be published over it."""

    name: str
    old: Tree
    new: Tree
    has_hidden: bool = False
    is_ours: bool = False

    def prepare(self, folder: Path) -> tuple[Path, frozenset[str], dict[str, Stamp]]:
        """Lay out what a build finds before it publishes."""
        shutil.rmtree(folder, ignore_errors=True)
        site = folder / "site"
        _write(site, self.old)
        if self.has_hidden:
            _write(site, {".git/HEAD": b"ref"})
        kept = frozenset(name for name in self.old.keys() & self.new.keys() if self.old[name] == self.new[name])
        _write(site / _STAGING, {name: raw for name, raw in self.new.items() if name not in kept})
        stamps = {name: find_stamp(str(site / name)) for name in self.old}
        return site, kept, {name: stamp for name, stamp in stamps.items() if stamp}

    def run(self, folder: Path, every: int, *, tears: bool) -> Iterator[Kill]:
        """Publish, ended before each act."""
        number = 1
        while True:
            site, kept, written = self.prepare(folder)
            work = partial(publish, site / _STAGING, site, kept, written, is_ours=self.is_ours)
            act = kill_at(number, work, folder, tears=tears)
            if not act:
                break
            left = self.judge(site)
            is_known = (site / READY).is_dir() or left == "new" or (folder / f".site{READY}").is_dir()
            resume(site)
            after = self.judge(site)
            assert after == ("new" if is_known else left), (self.name, number, act, left, after)
            shutil.rmtree(site / _STAGING, ignore_errors=True)
            assert not list(folder.glob("**/.musnad-*")), (self.name, number)
            if self.has_hidden:
                assert (site / ".git/HEAD").read_bytes() == b"ref"
            yield Kill(self.name, number, act, left, after)
            number += every
        assert self.judge(site) == "new", self.name

    def judge(self, site: Path) -> str:
        """Return what readers see, as ``Kill.left`` has it; whatever else it is fails."""
        found = read_tree(site)
        if found == self.new:
            return "new"
        if found == self.old:
            return "old" if found else "none"
        for name, raw in found.items():
            assert raw in (self.old.get(name), self.new.get(name)), (self.name, name)
        is_new = {name: found.get(name) == raw and self.old.get(name) != raw for name, raw in self.new.items()}
        # What is new is there before anything that changes, pages after what they load, the manifest last.
        if any(is_new[name] for name in self.old.keys() & self.new.keys()):
            assert found.keys() >= self.new.keys(), self.name
        loaded = [name for name in self.new if not name.endswith(".html") and name != MANIFEST]
        if any(is_new[name] for name in self.old.keys() & self.new.keys() if name.endswith(".html")):
            assert all(found[name] == self.new[name] for name in loaded), self.name
        if is_new.get(MANIFEST):
            assert {name: found[name] for name in self.new} == self.new, self.name
        return "between"


def _write(folder: Path, tree: Tree) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, raw in tree.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)


def _make_site(version: int, pages: range) -> Tree:
    tree = {f"{lang}/claims/{n}/index.html": f"page {n} of {version}".encode() for n in pages for lang in ("ar", "en")}
    tree |= {f"assets/{n}.css": f"style {n}".encode() for n in range(8)}
    return tree | {"search/index.json": b"%d" % version, "index.html": b"%d" % version, MANIFEST: b"m%d" % version}


def list_cases() -> list[Case]:
    """Return the ways in which one site follows on another."""
    old, new = _make_site(1, range(24)), _make_site(2, range(4, 28))
    edited = old | {"en/claims/3/index.html": b"edited", "en/new/index.html": b"new", MANIFEST: b"edited"}
    del edited["en/claims/5/index.html"]
    moved = {"About.html" if name == "index.html" else name: raw for name, raw in old.items()}
    blocked = {"en/claims": b"a file", **{name: raw for name, raw in old.items() if not name.startswith("en/claims/")}}
    return [
        Case("first build", {}, new),
        Case("first build beside hidden files", {}, new, has_hidden=True),
        Case("everything else than before", old, new, has_hidden=True),
        Case("one edit", old, edited),
        Case("one edit while serving", old, edited, is_ours=True),
        Case("capitals", moved | {"x/old.html": b"x"}, old | {"about.html": b"2"}),
        Case("a file where a folder comes", blocked, old),
        Case("a folder where a file comes", old, blocked),
    ]


_NEW = ("--description-ar", "وصف محايد.", "--description-en", "A neutral line.", "--yes")
_REASONS = ("--reason-ar", "خطأ في القراءة.", "--reason-en", "Misread.")
COMMANDS: dict[str, tuple[str, ...]] = {
    "fmt": ("fmt",),
    "rename": ("rename", "tide-post-12", "tide-post-13"),
    "merge": ("merge", "rye-bread", "salt"),
    "retract": ("retract", "tide-post-12/rye-bread-price", *_REASONS),
    "new": ("new", "entity", "--kind", "good", "--name-ar", "شمع", "--name-en", "Beeswax", *_NEW),
}


def run_command(name: str, folder: Path, every: int, *, is_undone: bool) -> Iterator[Kill]:
    """Run a command, or take it back, ended before each act; the next command begins with a look at what is left."""
    entries = folder / "entries"
    words = [*COMMANDS[name], "--entries", str(entries)]
    case, number = f"undo {name}" if is_undone else name, 1
    undo = partial(cli, ["undo", "--entries", str(entries)], standalone_mode=False)
    do = partial(cli, words, standalone_mode=False)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(TOY, entries)
    for path in entries.glob("claims/*/*.yaml") if name == "fmt" else ():
        path.write_text(f"\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    start = folder.with_name("start")
    shutil.rmtree(start, ignore_errors=True)
    if not is_undone:
        shutil.copytree(folder, start)
    old = read_tree(entries)
    assert not kill_at(10**6, do, folder)
    new = read_tree(entries)
    assert old != new, name
    if is_undone:
        shutil.copytree(folder, start)
    trees = {True: "old", False: "new"}
    while True:
        shutil.rmtree(folder)
        shutil.copytree(start, folder)
        act = kill_at(number, undo if is_undone else do, folder)
        if not act:
            break
        found = read_tree(entries)
        left = trees[found == old] if found in (old, new) else "between"
        Journal(entries).roll_back()
        found = read_tree(entries)
        assert found in (old, new), (case, number, act)
        yield Kill(case, number, act, left, trees[found == old])
        number += every


def run_all(every: int, cases: list[Case], *, has_commands: bool) -> Iterator[Kill]:
    """Go through all cases, and commands too."""
    with tempfile.TemporaryDirectory(prefix="musnad-kills-") as scratch:
        folder = Path(scratch).resolve() / "x"
        for case in cases:
            for tears in (False, True):
                yield from case.run(folder, every, tears=tears)
        for name in COMMANDS if has_commands else ():
            for is_undone in (False, True):
                yield from run_command(name, folder, every, is_undone=is_undone)


def main() -> None:
    """Print how many points of each case left what."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--only", choices=["publishing", "commands"])
    parser.add_argument("--acts", action="store_true", help="tell each act")
    parser.add_argument("sites", nargs="*", type=Path)
    given = parser.parse_args()
    trees = [read_tree(site) for site in given.sites]
    cases = [Case("first build", {}, trees[0]), Case("second over first", *trees)] if trees else list_cases()
    cases = [] if given.only == "commands" else cases
    found: dict[str, Counter[tuple[str, str]]] = {}
    for kill in run_all(given.every, cases, has_commands=not trees and given.only != "publishing"):
        found.setdefault(kill.case, Counter())[kill.left, kill.after] += 1
        if given.acts:
            print(f"{kill.case}\t{kill.number}\t{kill.act}\t{kill.left}\t{kill.after}", flush=True)
    print("| case | points | what was left, and what the next one begins with |\n|---|---|---|")
    for case, counts in found.items():
        told = "; ".join(f"{count} {left} → {after}" for (left, after), count in counts.items())
        print(f"| {case} | {counts.total()} | {told} |")
    print(f"{sum(counts.total() for counts in found.values())} points")


if __name__ == "__main__":
    main()
