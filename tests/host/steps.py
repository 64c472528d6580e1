"""Run the commands of workflows as the host does, in a repository with a changed record."""

import os
import subprocess
from pathlib import Path
from typing import Any

import yaml

EXAMPLE = "entries/claims/invented-article/market-opens.yaml"


def load(path: Path) -> dict[str, Any]:
    """Return a workflow."""
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    return found


def list_steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the steps of all jobs of a workflow."""
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def run_step(path: Path, step: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a step's commands as the host does."""
    (script,) = [found["run"] for found in list_steps(load(path)) if found.get("name") == step]
    return run_script(script, folder, **environment)


def run_script(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run commands in the host's shell."""
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


def git(folder: Path, *arguments: str) -> str:
    """Run git as somebody; return what it says."""
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    return subprocess.run(
        ["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


def commit(folder: Path) -> str:
    """Commit all there is and return the commit."""
    git(folder, "add", "--all", "--", ":!.venv")
    git(folder, "commit", "--quiet", "--message", "x")
    return git(folder, "rev-parse", "HEAD")


def change(folder: Path, file: str, old: str, new: str) -> str:
    """Change a file and commit that."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    return commit(folder)


def put_program(folder: Path, name: str, script: str) -> str:
    """Put a program before all others; return the path to find programs by."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(script, encoding="utf-8")
    (folder / name).chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"
