"""Measure a build that is split over machines, one share after another on this one, and prove what comes of it.

``python bench/shards.py N DIR [--shards 4] [--split-only]`` makes N synthetic records in DIR (unless they are
there), builds the site whole and in shards, joins these and compares all files byte for byte; it ends with status 1
when any differs. Prints a row for each step as it ends. Times and memory are taken as by ``build.py``.
"""

import argparse
import shutil
import sys
from pathlib import Path

from build import Bench, Run, build_command, tell_machine

HEAD = """\
| step | user CPU, s | system, s | wall, s | peak, MiB | files | MiB |
|---|--:|--:|--:|--:|--:|--:|"""
BLOCK = 1 << 20


def measure_files(folder: Path) -> tuple[int, float]:
    """Return the number of files below a folder and their MiB."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes) / 1024**2


def tell_run(name: str, run: Run, folder: Path) -> str:
    """Return a row of the table."""
    files, size = measure_files(folder)
    times = f"{run.user:,.1f} | {run.cpu - run.user:,.1f} | {run.wall:,.1f} | {run.peak:,.0f}"
    return f"| {name} | {times} | {files:,} | {size:,.1f} |"


def list_differences(one: Path, other: Path) -> list[str]:
    """Return the addresses that only one of two folders has, or that hold other bytes."""
    found = [{path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()} for site in (one, other)]
    differing = (name for name in found[0] & found[1] if not has_same_bytes(one / name, other / name))
    return sorted([*(found[0] ^ found[1]), *differing])


def has_same_bytes(one: Path, other: Path) -> bool:
    """Whether two files hold the same."""
    if one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as left, other.open("rb") as right:
        while block := left.read(BLOCK):
            if block != right.read(BLOCK):
                return False
    return True


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", metavar="N", type=int, help="number of records")
    parser.add_argument("folder", metavar="DIR", type=Path, help="where records and sites are written")
    parser.add_argument("--shards", type=int, default=4)
    parser.add_argument("--split-only", action="store_true", help="make no whole build, and compare nothing")
    arguments = parser.parse_args()
    work, total = arguments.folder.resolve(), arguments.shards
    work.mkdir(parents=True, exist_ok=True)
    bench, project = Bench(work), work / "record"
    bench.environment["MUSNAD_CACHE"] = "false"

    def tell(name: str, folder: Path, *command: str) -> None:
        print(tell_run(name, bench.run(*command, folder=project), folder), flush=True)

    print(f"{tell_machine()}\n\n{HEAD}", flush=True)
    musnad = (sys.executable, "-m", "musnad")
    if not project.exists():
        made = bench.run(sys.executable, Path(__file__).with_name("synthetic.py"), str(arguments.count), project)
        print(tell_run("made-up records", made, project / "entries"), flush=True)
    tell("`musnad check`", project / "entries", *musnad, "check", "entries")
    whole, joined = work / "whole", work / "joined"
    shards = [work / f"shard-{number}" for number in range(1, total + 1)]
    for folder in (whole, joined, *shards):
        shutil.rmtree(folder, ignore_errors=True)
    if not arguments.split_only:
        tell("one build", whole, *build_command(whole))
    for number, shard in enumerate(shards, 1):
        tell(f"shard {number}/{total}", shard, *musnad, "build", "--shard", f"{number}/{total}", str(shard))
    tell("`musnad join`", joined, *musnad, "join", str(joined), *map(str, shards))
    if not arguments.split_only:
        differing = list_differences(whole, joined)
        files = measure_files(whole)[0]
        print(f"\n{files:,} files compared byte for byte: {len(differing)} differ {differing[:5] or ''}")
        sys.exit(1 if differing else 0)


if __name__ == "__main__":
    main()
