"""Ask git, and what every call of it is given to live in."""

import os
import subprocess
from pathlib import Path

PATIENCE = 60
"""Seconds that git may take for one question."""
_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
"""Set where a hook of another repository runs the program."""


def make_environment() -> dict[str, str]:
    """Return an environment in which git answers of the folder it is asked about, fetches nothing and asks nobody."""
    kept = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    return {**kept, "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}


def ask_git(folder: Path, *arguments: str, given: bytes = b"") -> bytes | None:
    """Return git's answer, or None where there is none."""
    try:
        asked = subprocess.run(
            ["git", "-C", str(folder), *arguments],
            input=given,
            capture_output=True,
            check=False,
            timeout=PATIENCE,
            env=make_environment() | {"GIT_OPTIONAL_LOCKS": "0"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return asked.stdout if asked.returncode == 0 else None


def find_state(entries: Path) -> bytes | None:
    """Return what tells one state of a repository from another: place in it, whether it is shallow, and the commit."""
    return ask_git(entries, "rev-parse", "--show-prefix", "--is-shallow-repository", "HEAD")
