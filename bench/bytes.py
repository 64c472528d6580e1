"""Build one project under many conditions and tell whether the bytes are the same.

``python bench/bytes.py [PROJECT] [--python PATH ...]`` copies mkdocs.yml, docs and entries of a project (default: this
one), builds it once as it is, then with another time zone, locale, hash seed, order of files in folders, umask and
path, in one process, warm, and by other interpreters (each in an environment of its own, with the pinned libraries),
and prints a row for each. It ends with status 1 when any file differs.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from musnad.build.shards import digest_files

ROOT = Path(__file__).resolve().parent.parent
# Folders list their files in an order by chance, the same for the same seed.
_DISORDER = """
import os, random
dice = random.Random({seed})
_scandir, _listdir = os.scandir, os.listdir
class Entries:
    def __init__(self, entries): self.left = entries
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def __iter__(self): return self
    def __next__(self):
        if not self.left: raise StopIteration
        return self.left.pop()
    def close(self): pass
def scandir(*args):
    with _scandir(*args) as found:
        entries = list(found)
    dice.shuffle(entries)
    return Entries(entries)
def listdir(*args):
    names = _listdir(*args)
    dice.shuffle(names)
    return names
os.scandir, os.listdir = scandir, listdir
"""


@dataclass
class Condition:
    """What differs from the build that all are compared with."""

    name: str
    environment: dict[str, str] = field(default_factory=dict)
    umask: int = 0o022
    folder: str = "project"
    settings: str = ""
    """Added below ``entries:`` in mkdocs.yml."""
    disorder: int | None = None
    """Seed of the order in which folders list their files."""
    builds: int = 1
    python: str = sys.executable


def list_conditions(pythons: list[str]) -> list[Condition]:
    """Return all conditions, the first as usual."""
    return [
        Condition("as usual"),
        Condition("time zone +14, Arabic locale", {"TZ": "Pacific/Kiritimati", "LC_ALL": "ar_SY.UTF-8", "LANG": "ar"}),
        Condition("time zone −10, locale C", {"TZ": "America/Adak", "LC_ALL": "C"}),
        Condition("hash seed 1", {"PYTHONHASHSEED": "1"}),
        Condition("hash seed 4294967295", {"PYTHONHASHSEED": "4294967295"}),
        Condition("files in another order", disorder=1),
        Condition("files in yet another order", disorder=2),
        Condition("umask 077", umask=0o077),
        Condition("umask 000", umask=0o000),
        Condition("path with spaces and Arabic letters", folder="a long path/سجل/project"),
        Condition("one process", settings="jobs: 1"),
        Condition("four processes", settings="jobs: 4"),
        Condition("warm", builds=2),
        Condition("without a cache", {"MUSNAD_CACHE": "false"}),
        *(Condition(f"{tell_version(python)}", python=python) for python in pythons),
    ]


def tell_version(python: str) -> str:
    """Return the name and version of an interpreter."""
    return subprocess.run([python, "-V"], capture_output=True, text=True, check=True).stdout.strip()


def make_environment(python: str, folder: Path) -> str:
    """Set up an environment for another interpreter; return its Python."""
    subprocess.run([python, "-m", "venv", str(folder)], check=True)
    own = str(folder / "bin/python")
    pip = [own, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "requirements.txt")], check=True)
    subprocess.run([*pip, "--no-build-isolation", "--editable", str(ROOT)], check=True)
    return own


def build(condition: Condition, project: Path, scratch: Path) -> dict[str, str]:
    """Build a copy of the project under a condition; return the digests of all files by address."""
    copy = scratch / condition.folder
    for name in ("entries", "docs"):
        shutil.copytree(project / name, copy / name)
    text = (project / "mkdocs.yml").read_text(encoding="utf-8")
    if condition.settings:
        text = text.replace("      entries: entries\n", f"      entries: entries\n      {condition.settings}\n")
        assert condition.settings in text
    (copy / "mkdocs.yml").write_text(text, encoding="utf-8")
    own = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON", "TZ"))}
    own |= {"NO_MKDOCS_2_WARNING": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"} | condition.environment
    if condition.disorder is not None:
        (scratch / "sitecustomize.py").write_text(_DISORDER.format(seed=condition.disorder), encoding="utf-8")
        own["PYTHONPATH"] = str(scratch)
    python = (
        condition.python if condition.python == sys.executable else make_environment(condition.python, scratch / "v")
    )
    for _ in range(condition.builds):
        command = [python, "-m", "mkdocs", "build", "--strict", "--quiet"]
        subprocess.run(command, cwd=copy, env=own, umask=condition.umask, check=True)
    return digest_files(copy / "site")


def find_differing(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """Return the addresses of files that are not the same in both."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("project", type=Path, nargs="?", default=ROOT)
    parser.add_argument("--python", action="append", default=[], help="another interpreter")
    parser.add_argument("--only", action="append", help="only conditions with this in their name, besides the first")
    given = parser.parse_args()
    print("| condition | files | files that differ |\n|---|--:|--:|")
    usual: dict[str, str] = {}
    has_failed = False
    for condition in list_conditions(given.python):
        if usual and given.only and not any(part in condition.name for part in given.only):
            continue
        with tempfile.TemporaryDirectory(prefix="musnad-bytes-") as scratch:
            found = build(condition, given.project, Path(scratch))
        usual = usual or found
        differing = find_differing(usual, found)
        has_failed |= bool(differing)
        told = f"{len(differing)}: {', '.join(differing[:3])}" if differing else "0"
        print(f"| {condition.name} | {len(found)} | {told} |", flush=True)
    sys.exit(has_failed)


if __name__ == "__main__":
    main()
