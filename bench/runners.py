"""Build the record with runners and themes that may come after ours, and compare every byte with what ours makes.

    python -m bench.runners [NAME ...]

Each gets an environment of its own, thrown away afterwards, with the newest release that the index of packages has
(``pip`` must reach it). The table is Markdown; what differs or fails blocks nothing here. Zensical, which runs no
plugins, builds the exported Markdown: ``zensical.sh``.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from bench.bytes import ROOT, find_differing, make_environment
from musnad.build.shards import digest_files


class Runner(NamedTuple):
    """What builds instead of the pinned MkDocs and Material."""

    packages: tuple[str, ...]
    replaces: str = ""
    """The pinned package that it stands in for."""
    command: str = "mkdocs"


RUNNERS = {
    "pinned": Runner(()),
    "newest Material": Runner(("mkdocs-material",)),
    "ProperDocs": Runner(("properdocs", "mkdocs-material"), "mkdocs", "properdocs"),
    "ProperDocs beside MkDocs": Runner(("properdocs", "mkdocs-material"), command="properdocs"),
    "MkDocs NG": Runner(("mkdocs-ng", "mkdocs-material"), "mkdocs"),
}


class Result(NamedTuple):
    """What one runner made."""

    versions: str
    files: dict[str, str]
    """Digests by address."""
    complaint: str
    """The last line of what it said when it failed."""


def build(runner: Runner, folder: Path) -> Result:
    """Build the record with a runner in an environment of its own."""
    python = make_environment(sys.executable, folder / "venv")
    if runner.replaces:
        run([python, "-m", "pip", "uninstall", "--quiet", "--yes", runner.replaces])
    if runner.packages:
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        run([*pip, "--upgrade", *runner.packages])
    listed = run([python, "-m", "pip", "list", "--format", "freeze", "--disable-pip-version-check"])
    named = {"mkdocs", "properdocs", "mkdocs-ng", "mkdocs-material"}
    versions = ", ".join(line for line in listed.splitlines() if line.partition("==")[0] in named)
    command = [str(folder / "venv/bin" / runner.command), "build", "--strict", "--quiet", "-d", str(folder / "site")]
    environment = {**os.environ, "MUSNAD_CACHE": "false", "NO_MKDOCS_2_WARNING": "1"}
    built = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if built.returncode:
        return Result(versions, {}, (built.stderr.strip().splitlines() or ["no word"])[-1])
    return Result(versions, digest_files(folder / "site"), "")


def run(command: list[str]) -> str:
    """Run a command that has to succeed, and return what it says."""
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def tell(name: str, result: Result, pinned: Result) -> str:
    """Tell in a row of the table how near a result is to what is pinned."""
    if result.complaint:
        told = f"fails: {result.complaint}"
    else:
        others = find_differing(result.files, pinned.files)
        told = f"{len(result.files)} files, {len(others)} of them other than ours"
        if others:
            told += f": {', '.join(others[:3])}"
    return f"| {name} | {result.versions} | {told} |"


def main() -> None:
    """Build with each runner and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(RUNNERS)}")
    names = parser.parse_args().names or list(RUNNERS)
    print("| runner | versions | the record |\n|---|---|---|", flush=True)
    pinned = None
    for name in ["pinned", *(name for name in names if name != "pinned")]:
        with tempfile.TemporaryDirectory() as folder:
            result = build(RUNNERS[name], Path(folder))
        pinned = pinned or result
        print(tell(name, result, pinned), flush=True)
    if pinned is None or pinned.complaint:
        sys.exit("what is pinned does not build")


if __name__ == "__main__":
    main()
