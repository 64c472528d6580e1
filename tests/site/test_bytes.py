"""The same record gives the same bytes, whatever the order of files, who may read them, and where they lie."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.site.test_warm import ROOT, Project


@pytest.mark.skipif(sys.platform == "win32", reason="there is no umask here")
def test_order_umask_and_path_leave_no_trace(tmp_path: Path) -> None:
    """The cheap part of ``bench/bytes.py``; time zones, locales and hash seeds are those of all other builds."""
    project = Project.make(tmp_path / "project")
    wanted = ("in another order", "umask 077", "Arabic letters")
    command = [sys.executable, str(ROOT / "bench/bytes.py"), str(project.folder)]
    only = [part for name in wanted for part in ("--only", name)]
    run = subprocess.run([*command, *only], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    rows = run.stdout.splitlines()[2:]
    assert len(rows) == len(wanted) + 1
    assert all(row.endswith(" | 0 |") for row in rows)
