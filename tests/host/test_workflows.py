"""The workflows' own commands, run here on a good and on a bad change."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import PROJECT

WORKFLOWS = {path.stem: path for path in sorted((PROJECT / ".github/workflows").glob("*.yml"))}
CLAIM = "entries/claims/sy24-109221/flour-price.yaml"
GH = """#!/bin/sh
echo "$@" >> "$GH_LOG"
case "$*" in
  *"run download"*) mkdir -p proposal && cp "$GH_TEXT" proposal/changes.md ;;
  *"/pulls"*) echo "$GH_NUMBER" ;;
  *"--method"*) cp comment.md "$GH_BODY" ;;
  *"/comments"*) echo "$GH_COMMENT" ;;
esac
"""


def load(name: str) -> dict[str, Any]:
    """Return a workflow."""
    found: dict[str, Any] = yaml.load(WORKFLOWS[name].read_text(encoding="utf-8"), yaml.BaseLoader)
    return found


def list_steps(name: str) -> list[dict[str, Any]]:
    """Return the steps of all jobs of a workflow."""
    return [step for job in load(name)["jobs"].values() for step in job["steps"]]


def run_step(name: str, step: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a step's commands as the host does."""
    (script,) = [found["run"] for found in list_steps(name) if found.get("name") == step]
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


@pytest.fixture
def proposal(tmp_path: Path) -> Path:
    """Make a repository whose last commit changes a price."""
    shutil.copytree(PROJECT / "entries", tmp_path / "entries")
    (tmp_path / ".venv").symlink_to(Path(sys.executable).parent.parent)
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    return tmp_path


def git(folder: Path, *arguments: str) -> None:
    """Run git as somebody."""
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def commit(folder: Path) -> None:
    """Commit the entries as they are."""
    git(folder, "add", "entries")
    git(folder, "commit", "--quiet", "--message", "x")


def change(folder: Path, old: str, new: str) -> None:
    """Change the claim and commit that."""
    text = (folder / CLAIM).read_text(encoding="utf-8")
    assert old in text
    (folder / CLAIM).write_text(text.replace(old, new), encoding="utf-8")
    commit(folder)


def test_good_change_passes_and_is_told(proposal: Path) -> None:
    """The summary says in both languages what readers will see."""
    change(proposal, "about 250 US dollars", "about 245 US dollars")
    summary = proposal / "summary.md"
    assert run_step("proposal", "Check the records", proposal).returncode == 0
    told = run_step("proposal", "Say what changes", proposal, GITHUB_STEP_SUMMARY=str(summary))
    assert told.returncode == 0, told.stderr
    text = summary.read_text(encoding="utf-8")
    assert "What this change does" in text
    assert "ما يفعله هذا التعديل" in text
    assert "245 US dollars" in text


def test_bad_change_fails_at_its_line_and_is_told(proposal: Path) -> None:
    """An annotation at the line; the summary has the message in both languages."""
    change(proposal, "predicate: priced-at", "predicate: priced-att")
    summary = proposal / "summary.md"
    checked = run_step("proposal", "Check the records", proposal)
    assert checked.returncode == 1
    assert re.search(
        rf"^::error file={CLAIM},line=\d+,col=12,title=unknown-term::.*did you mean priced-at", checked.stdout
    )
    told = run_step("proposal", "Say what changes", proposal, GITHUB_STEP_SUMMARY=str(summary))
    assert told.returncode == 0
    text = summary.read_text(encoding="utf-8")
    assert "did you mean priced-at?" in text
    assert "أتقصد priced-at؟" in text


@pytest.mark.parametrize("known", ["", "77"])
def test_comment_is_kept_up_to_date(tmp_path: Path, known: str) -> None:
    """One is made, or changed; what is too long for it is cut between letters."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/gh").write_text(GH, encoding="utf-8")
    (tmp_path / "bin/gh").chmod(0o755)
    (tmp_path / "text.md").write_text("تغيّر السعر. " * 9000, encoding="utf-8")
    environment = {
        "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
        "GH_LOG": str(tmp_path / "log"),
        "GH_TEXT": str(tmp_path / "text.md"),
        "GH_BODY": str(tmp_path / "body.md"),
        "GH_NUMBER": "12",
        "GH_COMMENT": known,
        "REPOSITORY": "o/r",
        "RUN": "5",
        "HEAD_SHA": "a" * 40,
    }
    for step in ("Fetch the text", "Keep one comment up to date"):
        done = run_step("comment", step, tmp_path, **environment)
        assert done.returncode == 0, done.stderr
    log = (tmp_path / "log").read_text(encoding="utf-8")
    assert ("--method PATCH repos/o/r/issues/comments/77" in log) == bool(known)
    assert ("--method POST repos/o/r/issues/12/comments" in log) == (not known)
    body = (tmp_path / "body.md").read_text(encoding="utf-8")
    assert body.startswith("<!-- musnad")
    assert len(body) < 65_536


def test_comment_on_no_open_proposal_is_not_made(tmp_path: Path) -> None:
    """What was checked may be gone by then."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/gh").write_text(GH, encoding="utf-8")
    (tmp_path / "bin/gh").chmod(0o755)
    environment = {"PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}", "GH_LOG": str(tmp_path / "log"), "GH_NUMBER": ""}
    done = run_step("comment", "Keep one comment up to date", tmp_path, **environment, REPOSITORY="o/r", HEAD_SHA="a")
    assert done.returncode == 0
    assert "--method" not in (tmp_path / "log").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", WORKFLOWS)
def test_workflow_has_no_more_rights_than_it_needs(name: str) -> None:
    """Actions by their whole digest; nothing a proposal wrote stands in a command, or runs where it may write."""
    workflow, steps = load(name), list_steps(name)
    assert workflow["permissions"] in ("{}", {}, {"contents": "read"})
    for step in steps:
        if "uses" in step:
            assert re.fullmatch(r"[\w.-]+/[\w.-]+@[0-9a-f]{40}", step["uses"]), step
        assert "${{" not in step.get("run", ""), step
    if "write" in json.dumps(workflow["jobs"]) and name != "publish":
        assert not any("checkout" in step.get("uses", "") for step in steps)
    if "pull_request" in json.dumps(workflow["on"]):
        assert "secrets." not in WORKFLOWS[name].read_text(encoding="utf-8")
        assert not any("cache" in step.get("uses", "") for step in steps)
