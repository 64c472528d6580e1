"""The weekly look at the sources, as the host runs it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import PROJECT
from tests.editing.web import HOST, Page, serve
from tests.host.steps import load, run_step

WORKFLOW = PROJECT / ".github/workflows/sources.yml"

# The program, to which this machine counts as part of the web.
PROGRAM = f"""#!{sys.executable}
import socket
from musnad.editing import fetch
from musnad.cli import main
fetch.is_public = lambda host: True
find = socket.getaddrinfo
socket.getaddrinfo = lambda host, *rest, **more: find("127.0.0.1" if host == "{HOST}" else host, *rest, **more)
main()
"""


def test_weekly_look_writes_a_summary_without_text_and_changes_nothing(toy_copy: Path, tmp_path: Path) -> None:
    """The step fails where somebody has to look; what it says is in both languages."""
    program = tmp_path / ".venv/bin/musnad"
    program.parent.mkdir(parents=True)
    program.write_text(PROGRAM, encoding="utf-8")
    program.chmod(0o755)
    article = (PROJECT / "tests/toy/articles/tide-post-12.txt").read_text(encoding="utf-8")
    with serve() as site:
        for id_, host in (("quay-news-7", "https://quay.example"), ("tide-post-12", "https://tide.example")):
            record = toy_copy / f"sources/{id_}.yaml"
            record.write_text(record.read_text(encoding="utf-8").replace(host, site.address), encoding="utf-8")
        shutil.copytree(toy_copy, tmp_path / "before")
        site.pages["/12"] = Page(f"<html><body><p>{article.replace('Dozens', 'Hundreds')}</p></body></html>".encode())
        step = run_step(WORKFLOW, "Look at the sources", tmp_path, GITHUB_STEP_SUMMARY=str(tmp_path / "summary.md"))
    assert (step.returncode, step.stdout, step.stderr) == (1, "", "")
    summary = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert (
        summary.index("### لم تعد") < summary.index("### Gone (1)") < summary.index("### Changed without a notice (1)")
    )
    assert not [line for line in article.splitlines() if line and line in summary]
    assert "loaves" not in summary
    told = subprocess.run(
        ["diff", "-r", "before", "entries"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stdout) == (0, ""), os.listdir(tmp_path)


def test_weekly_look_may_only_read() -> None:
    """No secret, no right to write, on no proposal."""
    workflow = load(WORKFLOW)
    assert workflow["permissions"] == {"contents": "read"}
    assert workflow["on"].keys() == {"schedule", "workflow_dispatch"}
    assert "permissions" not in workflow["jobs"]["watch"]
    assert "secrets." not in WORKFLOW.read_text(encoding="utf-8")
