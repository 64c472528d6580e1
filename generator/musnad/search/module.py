"""What reads and compares words, as one ES module for other projects: ``python -m musnad.search.module FOLDER``."""

import sys
from pathlib import Path

from musnad.search.index import read_scripts

NAME = "musnad-search.mjs"
EXPORTS = ("fold", "readPhrase", "readQuery", "findRoot", "compareWords", "comparePhrases")


def read_module() -> str:
    """Return the very scripts of the worker with the names that others may use; it imports and fetches nothing."""
    return f"{read_scripts('analyse.js', 'roots.js', 'match.js')}\nexport {{ {', '.join(EXPORTS)} }}\n"


def write_module(folder: Path) -> Path:
    """Write the module into a folder, which is made if there is none, and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    path.write_text(read_module(), encoding="utf-8")
    return path


if __name__ == "__main__":
    print(write_module(Path(sys.argv[1])))
