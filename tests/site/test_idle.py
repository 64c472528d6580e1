"""A build that has nothing to do does nothing; whatever it depends on makes it a build again."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import TOY, mostly_long
from tests.site.test_warm import read_tree

RUN = """\
import sys
import musnad.build.idle
musnad.build.idle.SETTLED = -(10**18)
from mkdocs.__main__ import cli
try:
    cli(["build", *sys.argv[1:]])
finally:
    print("loaded" if "musnad.plugin.hooks" in sys.modules else "idle")
"""
"""A build that need not wait until files have settled, and tells whether what makes pages was loaded."""
SETTINGS = """\
site_name: Harbour
site_url: https://harbour.example/
theme: {name: material, custom_dir: own}
plugins: [{musnad: {entries: entries, messages: !ENV [HARBOUR_MESSAGES, en]}}]
"""


def build(folder: Path, *options: str, **environment: str) -> tuple[str, bool]:
    """Build, and return what was told and whether there was nothing to do."""
    run = subprocess.run(
        [sys.executable, "-c", RUN, *options],
        cwd=folder,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stderr, run.stdout.strip() == "idle"


@pytest.fixture(scope="module")
def idle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project that was built once."""
    folder = tmp_path_factory.mktemp("idle")
    for name in ("entries", "docs", "own"):
        (folder / name).mkdir()
    (folder / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    for path in TOY.rglob("*.yaml"):
        target = folder / "entries" / path.relative_to(TOY)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    assert not build(folder)[1]
    return folder


def rewrite(name: str) -> Callable[[Path], None]:
    """Return what writes a file of the same length."""

    def change(folder: Path) -> None:
        raw = (folder / name).read_bytes()
        (folder / name).write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))
        (folder / name).write_bytes(raw)

    return change


def test_nothing_is_done_twice(idle: Path) -> None:
    """Nothing is loaded, and the site stays; the sum is that of a build that makes no page."""
    build(idle)
    before = read_tree(idle / "site")
    told, has_rested = build(idle)
    assert has_rested, told
    assert "0 pages made" in told
    assert read_tree(idle / "site") == before
    assert "INFO" not in build(idle, "-q")[0]


CHANGES: dict[str, Callable[[Path], object]] = {
    "a record": rewrite("entries/site.yaml"),
    "a new record": lambda folder: (folder / "entries/notes.txt").write_text("of nothing"),
    "settings": rewrite("mkdocs.yml"),
    "a page": lambda folder: (folder / "docs/about.md").write_text("# About"),
    "a layout": lambda folder: (folder / "own/main.html").write_text('{% extends "base.html" %}'),
    "the site": rewrite("site/index.html"),
    "a page that is gone": lambda folder: (folder / "site/index.html").unlink(),
    "something in the site": lambda folder: (folder / "site/more.txt").write_text("more"),
    "the state": rewrite(".musnad-cache/build/state.pickle"),
    "a build that was broken off": lambda folder: (folder / "site/.musnad-ready").mkdir(),
    "what was kept": rewrite(".musnad-cache/build/idle.json"),
}


@pytest.mark.parametrize("change", mostly_long(list(CHANGES), "a record", "a page that is gone", "a layout"))
def test_whatever_changed_is_seen(idle: Path, change: str) -> None:
    """Of the same length, too, and in the site as well as before it; a seal that was not broken stays whole."""
    build(idle)
    assert build(idle)[1]
    CHANGES[change](idle)
    assert build(idle)[1] == (change == "what was kept")
    assert "Harbour" in (idle / "site/index.html").read_text(encoding="utf-8")


def test_other_questions_are_answered_anew(idle: Path) -> None:
    """Another folder, a variable that the settings name, what a quiet build never said, and an odd seal."""
    build(idle)
    assert not build(idle, "-d", "other")[1]
    assert not build(idle, HARBOUR_MESSAGES="ar")[1]
    build(idle, "-q")
    assert not build(idle)[1]
    file = idle / ".musnad-cache/build/idle.json"
    file.write_bytes(file.read_bytes()[:-1] + b" ")
    assert not build(idle)[1]


def test_warnings_are_told_each_time(idle: Path) -> None:
    """A build that warned is no build to rest on."""
    page = idle / "docs/lonely.md"
    page.write_text("# Alone\n\n[Nowhere](nowhere.md)\n", encoding="utf-8")
    for _ in range(2):
        told, has_rested = build(idle)
        assert "nowhere.md" in told
        assert not has_rested
    page.unlink()
