"""What is left of a site, and what of the next build, where the disk is full or can't be written."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.edits import EDITS, apply
from tests.site.test_warm import Project


def _mount(folder: Path, *options: str) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@contextlib.contextmanager
def _disk(folder: Path, size: int) -> Iterator[None]:
    """Put a disk of so many bytes in the place of a folder, where that is allowed."""
    folder.mkdir(parents=True, exist_ok=True)
    if os.name == "nt" or shutil.which("mount") is None or not _mount(folder, f"size={size}"):
        pytest.skip("no disk can be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_full_or_closed_disk_leaves_the_site_as_it_was(tmp_path: Path) -> None:
    """In words; and once there is room, the next build makes the new one."""
    project = Project.make(tmp_path / "project")
    project.build(MUSNAD_CACHE="false")
    old = project.read()
    size = sum(len(raw) + 8192 for raw in old.values())
    shutil.rmtree(project.site)
    with _disk(project.site, 2 * size):
        project.build(MUSNAD_CACHE="false")
        apply(EDITS["statement"], project.folder / "entries")
        for options, reason in ((f"size={size * 13 // 10}", "No space left"), (f"size={2 * size},ro", "Read-only")):
            assert _mount(project.site, "remount", options)
            run = project.run(MUSNAD_CACHE="false")
            assert run.returncode == 1
            assert "the site can't be written" in run.stderr
            assert reason in run.stderr
            assert "Traceback" not in run.stderr
            assert project.read() == old
        assert _mount(project.site, "remount", f"size={2 * size},rw")
        project.build(MUSNAD_CACHE="false")
        assert project.read().keys() == old.keys()
        assert project.read() != old


@pytest.mark.long
def test_full_or_closed_cache_costs_time_alone(tmp_path: Path) -> None:
    """The site is built without what could not be kept."""
    project = Project.make(tmp_path / "project")
    project.build(MUSNAD_CACHE="false")
    wanted = project.read()
    with _disk(project.cache.parent, 300_000):
        for options in ("rw", "ro"):
            assert _mount(project.cache.parent, "remount", options)
            made, reused = project.build()
            assert made > 0 == reused
            assert project.read() == wanted
