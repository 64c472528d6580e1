"""A real build, ended before acts of its own: what is left is a site, and the next build makes the new one.

``.venv/bin/pytest -m long tests/site/test_killed.py``; ``MUSNAD_KILLS=1`` goes through every act.
"""

import os
import shutil
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from tests.conftest import TOY
from tests.edits import EDITS, apply
from tests.kills import Case, Tree, kill_at, read_tree
from tests.site.test_empty import CONFIGURATION

pytestmark = pytest.mark.long
EVERY = int(os.environ.get("MUSNAD_KILLS", "0"))
Change = Callable[[Path], object]


def build_site(folder: Path) -> None:
    """Build the site of a folder, in this process."""
    os.chdir(folder)
    config = load_config(str(folder / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    build(config)


def make_project(folder: Path, *changes: Change) -> Path:
    """Lay out the toy record, changed."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(TOY, folder / "entries")
    (folder / "docs").mkdir()
    (folder / "mkdocs.yml").write_text(CONFIGURATION.replace("cache: false", "cache: true"), "utf-8")
    for change in changes:
        change(folder)
    return folder


def edit(folder: Path) -> None:
    """Change one statement."""
    apply(EDITS["statement"], folder / "entries")


def rename(folder: Path) -> None:
    """Change what stands on every page."""
    place = folder / "entries/site.yaml"
    place.write_text(place.read_text("utf-8").replace("Harbour Record", "Record of the Harbour"), "utf-8")


def read_site(folder: Path, *changes: Change) -> Tree:
    """Return the site of a changed record, from a build of its own."""
    make_project(folder, *changes)
    assert not kill_at(10**9, partial(build_site, folder), folder)
    return read_tree(folder / "site")


@pytest.mark.parametrize(
    ("change", "has_writes", "every"),
    [(None, True, 60), (edit, False, 2), (rename, False, 40), (edit, True, 12)],
    ids=["first build", "one edit", "every page", "one edit, writes too"],
)
def test_build_ended_anywhere_leaves_a_site(
    tmp_path: Path, change: Change | None, has_writes: bool, every: int
) -> None:
    """The old one, the new one, or each file of one of them, whole; and the next build makes the new one."""
    folder, start = tmp_path / "publication", tmp_path / "start"
    changes = [change] if change else []
    case = Case("real", read_site(tmp_path / "old") if change else {}, read_site(tmp_path / "new", *changes))
    assert case.old != case.new
    make_project(folder)
    if change:
        assert not kill_at(10**9, partial(build_site, folder), folder)
        assert read_tree(folder / "site") == case.old
        change(folder)
    shutil.copytree(folder, start, symlinks=True)
    number, found = 1, Counter[str]()
    while True:
        shutil.rmtree(folder)
        shutil.copytree(start, folder)
        act = kill_at(number, partial(build_site, folder), folder, has_writes=has_writes)
        if not act:
            break
        site = folder / "site"
        found[case.judge(site) if site.is_dir() else "none"] += 1
        assert not kill_at(10**9, partial(build_site, folder), folder)
        assert read_tree(site) == case.new, (number, act)
        assert not [*site.glob(".musnad-*"), *folder.glob(".site*")], (number, act)
        number += EVERY or every
    assert found.total() > 4
    assert read_tree(folder / "site") == case.new
    print(change, found)
