"""A site is moved into place whole, or it is finished by whoever builds next."""

import errno
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from musnad.build.manifest import NAME as MANIFEST
from musnad.plugin import publish as publishing
from musnad.plugin.publish import READY, holding, publish, resume
from tests.conftest import PROJECT
from tests.kills import Case, list_cases, read_tree

CASES = {case.name: case for case in list_cases()}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_whatever_act_is_the_last_one_the_next_build_finishes_it(tmp_path: Path) -> None:
    """Every thirtieth act of publishing and of commands that change records; ``python -m tests.kills`` tries all."""
    command = [sys.executable, "-m", "tests.kills", "--every", "30"]
    # What is imported is ready before the first fork.
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    run = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    points = re.search(r"^(\d+) points$", run.stdout, re.MULTILINE)
    assert points
    assert int(points[1]) > 50


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_site_becomes_the_new_one(case: Case, tmp_path: Path) -> None:
    """With stamps of all its files, and nothing left beside it."""
    site, kept, written = case.prepare(tmp_path)
    now = publish(site / ".musnad-new", site, kept, written, is_ours=case.is_ours)
    assert read_tree(site) == case.new
    assert now.keys() == case.new.keys()
    assert all(publishing.find_stamp(str(site / name)) == stamp for name, stamp in now.items())
    assert not list(tmp_path.glob("**/.musnad-*"))
    assert (site / ".git/HEAD").exists() == case.has_hidden


@pytest.mark.parametrize("is_mounted", [False, True])
def test_first_build_takes_the_place_of_an_empty_folder_at_a_stroke(
    is_mounted: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unless the system refuses; then file by file."""
    site, kept, written = CASES["first build"].prepare(tmp_path)
    moved: list[str] = []
    replace = os.replace

    def move(source: Path, target: Path) -> None:
        moved.append(Path(source).name)
        if is_mounted and Path(source).name == f".site{READY}":
            raise OSError(errno.EBUSY, "mounted")
        replace(source, target)

    monkeypatch.setattr(os, "replace", move)
    publish(site / ".musnad-new", site, kept, written, is_ours=False)
    assert read_tree(site) == CASES["first build"].new
    assert ("index.html" in moved) == is_mounted
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]


def test_folder_with_looks_of_its_own_keeps_them(tmp_path: Path) -> None:
    """A group that the web server reads by stays."""
    site, kept, written = CASES["first build"].prepare(tmp_path)
    site.chmod(0o2750)
    publish(site / ".musnad-new", site, kept, written, is_ours=False)
    assert site.stat().st_mode & 0o7777 == 0o2750
    assert read_tree(site) == CASES["first build"].new


def test_order_is_new_then_changed_then_the_list_then_what_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No page leads to what is not there yet, and none to what is not there any more."""
    site, kept, written = CASES["one edit"].prepare(tmp_path)
    steps: list[str] = []
    monkeypatch.setattr(publishing, "patiently", lambda act: (steps.append(str(act)), act()))
    publish(site / ".musnad-new", site, kept, written, is_ours=False)
    wanted = ["en/new/index.html", "en/claims/3/index.html", MANIFEST, "en/claims/5"]
    found = [next((name for name in wanted if name in step), "") for step in steps]
    assert [name for name in found if name] == wanted


def test_foreign_plan_removes_nothing_elsewhere(tmp_path: Path) -> None:
    """Whoever put it there."""
    (tmp_path / "other.txt").write_bytes(b"x")
    ready = tmp_path / "site" / READY
    ready.mkdir(parents=True)
    (ready / publishing.PLAN).write_text(f'["../other.txt", "{tmp_path}/other.txt"]', encoding="utf-8")
    resume(tmp_path / "site")
    assert (tmp_path / "other.txt").is_file()
    assert not ready.exists()


@pytest.mark.skipif(publishing.fcntl is None, reason="no locks of this kind here")
def test_two_builds_do_not_write_to_one_folder_at_once(tmp_path: Path) -> None:
    """The second one is told, and nothing stays held."""
    with holding(tmp_path / "site"):
        with holding(tmp_path / "other"):
            pass
        with pytest.raises(BlockingIOError), holding(tmp_path / "site"):
            pass
    with holding(tmp_path / "site"):
        pass
