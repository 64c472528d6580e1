"""What every call of git is given to live in."""

import os

_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
"""Set where a hook of another repository runs the program."""


def make_environment() -> dict[str, str]:
    """Return an environment in which git answers of the folder it is asked about, fetches nothing and asks nobody."""
    kept = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    return {**kept, "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
