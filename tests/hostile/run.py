"""What musnad says of all that is to be refused, within 5 seconds of a processor and 500 MB for each run.

``python -m tests.hostile.run FOLDER`` writes the answers to ``FOLDER/told.json``: number of the case → problems.
Cases that can lie side by side are checked in one run; whatever replaces a file of the record has a run of its own.
"""

import json
import resource
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from musnad.editing.style import format_text
from musnad.records.files import list_entries
from musnad.records.yamltext import read_yaml
from musnad.rules.check import check_entries
from musnad.wording.words import load_words
from tests.conftest import TOY
from tests.hostile.corpus import ADDRESSES, FILES, TEXTS, put_address, write_file, write_text

SECONDS, MEGABYTES = 5, 500
TODAY = "2024-12-31"


@contextmanager
def limited() -> Iterator[None]:
    """End the process if a run takes longer than it may."""
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)


def copy_toy(folder: Path) -> Path:
    """Return a new copy of the toy record."""
    shutil.rmtree(folder, ignore_errors=True)
    return Path(shutil.copytree(TOY, folder / "entries"))


def check(entries: Path) -> dict[str, list[str]]:
    """Return what is told of each file."""
    with limited():
        checked = check_entries(entries, prefix="", today=TODAY)
    found: dict[str, list[str]] = {}
    for problem in checked.problems:
        text = f"{problem.line}:{problem.column} {problem.rule} {problem.message}"
        assert "\n" not in load_words("ar").tell(problem)
        found.setdefault(problem.file, []).append(text)
    return found


def try_style(entries: Path) -> None:
    """Put every file into the style of records: what it says stays, or it is refused."""
    for place, sort in list_entries(entries):
        raw = (entries / place).read_bytes() if sort == "file" else b"["
        with limited():
            document = read_yaml(raw, place)
            if not document.problems:
                styled = format_text(raw.decode("utf-8-sig"), place)
                again = read_yaml(styled.encode(), place)
                # What grows too large for a file is left alone by the command.
                assert again.data == document.data or [p.rule for p in again.problems] == ["file-size"], place


def run_all(folder: Path) -> dict[str, list[str]]:
    """Return what is told of every case; their numbers begin with the name of their file."""
    told: dict[str, list[str]] = {"others": []}
    entries = copy_toy(folder / "beside")
    places = {f"address-{case.number}": put_address(case, entries) for case in ADDRESSES}
    for case in (case for case in TEXTS if case.must != "shown"):
        write_text(replace(case, number=case.number * 5 + 1), entries)
        places[f"text-{case.number}"] = f"entities/good/hostile-{case.number * 5 + 1}.yaml"
    alone = []
    for case in FILES:
        if case.given.get("place") == "entities/good/odd.yaml" and case.kind != "huge, deep, many":
            places[f"file-{case.number}"] = write_file(
                case.given | {"place": f"entities/good/odd-{case.number}.yaml"}, entries
            )
        else:
            alone.append(case)
    found = check(entries)
    told |= {name: found.get(place, []) for name, place in places.items()}
    try_style(entries)
    for case in alone:
        entries = copy_toy(folder / "alone")
        place = write_file(case.given, entries)
        found = check(entries)
        # What lies in a folder, or below a link, is its own.
        own = {
            file
            for file in found
            if place == file or f"{place}/".startswith(f"{file}/") or file.startswith(f"{place}/")
        }
        told[f"file-{case.number}"] = [line for file in sorted(own) for line in found[file]]
        if not case.given.get("link") or place.endswith(".yaml"):
            told["others"] += [f"{case.name}: {file}: {line}" for file in found.keys() - own for line in found[file]]
        if "link" not in case.given:
            try_style(entries)
    return told


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_DATA, (MEGABYTES * 2**20, MEGABYTES * 2**20))
    out = Path(sys.argv[1])
    (out / "told.json").write_text(json.dumps(run_all(out)), encoding="utf-8")
