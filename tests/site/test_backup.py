"""A backup is one file, and what is restored from it is the same site to the byte; what is ended ends as a whole."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import copy_settings
from tests.edits import EDITS
from tests.repository import Repository
from tests.site.test_warm import Project, assert_same


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_restored_record_gives_the_same_site(tmp_path: Path) -> None:
    """From a bundle alone, with the changes that git knows of; the list of the first one tells it."""
    repository = Repository.make(tmp_path / "first")
    copy_settings(repository.folder)
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message", "pages", day="2024-09-01")
    repository.commit("2024-09-02", *EDITS["statement"])
    first, bundle = Project(repository.folder), tmp_path / "record.bundle"
    first.build()
    repository.git("bundle", "create", "--quiet", str(bundle), "--all")
    wanted = first.read()
    assert b"2024-09-02" in wanted["record.json"]
    shutil.rmtree(repository.folder)
    subprocess.run(["git", "clone", "--quiet", "--branch=main", str(bundle), "restored"], cwd=tmp_path, check=True)
    restored = Project(tmp_path / "restored")
    restored.build()
    assert_same(restored.read(), wanted)
    kept = tmp_path / "manifest.json"
    kept.write_bytes(wanted["manifest.json"])
    command = [sys.executable, "-m", "musnad", "verify-site", str(restored.site), "--manifest", str(kept)]
    assert subprocess.run(command, check=False).returncode == 0
    (restored.site / "index.html").write_bytes(b"x")
    assert subprocess.run(command, check=False).returncode == 1


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="processes are found below /proc")
def test_build_that_is_asked_to_end_leaves_no_process(tmp_path: Path) -> None:
    """Neither MkDocs nor what it started goes on writing."""
    project = Project.make(tmp_path / "project")
    command = [sys.executable, "-m", "musnad", "build", "--shard", "1/1", str(tmp_path / "shard")]
    with subprocess.Popen(command, cwd=project.folder, stderr=subprocess.DEVNULL) as started:
        children = Path(f"/proc/{started.pid}/task/{started.pid}/children")
        while not (tmp_path / "shard/.musnad-new").exists():
            assert started.poll() is None
            time.sleep(0.05)
        found = children.read_text(encoding="ascii").split()
        assert found
        started.send_signal(signal.SIGTERM)
        assert started.wait() == 128 + signal.SIGTERM
    assert not any(os.path.exists(f"/proc/{child}") for child in found)
