"""The command line as it is used: exit codes, lines, and never a traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECT, TOY

BAD = "nothing: {ar: لا شيء, en: Nothing}\n"


def isnad(*arguments: str | Path, cwd: Path = PROJECT) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "generator", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(PROJECT)},
        check=False,
        timeout=60,
    )


def test_check_of_a_good_record_prints_nothing_to_mend() -> None:
    """Exit code 0, no line on the standard output, a summary beside it."""
    done = isnad("check", TOY)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "no problems: 2 sources, 12 entities, 11 claims\n"


def test_check_prints_a_line_for_each_problem(toy_copy: Path) -> None:
    """Exit code 1; the lines begin with the folder as it was given, so that an editor can open them."""
    (toy_copy / "claims/tide-post-12/lamp-broken.yaml").unlink()
    (toy_copy / "entities/good/salt.yaml").write_text(BAD, encoding="utf-8")
    done = isnad("check", "entries", cwd=toy_copy.parent)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        *(
            f"entries/entities/good/salt.yaml:1:1: missing-field: the field {field} is missing"
            for field in ("description", "extracted", "names", "status")
        ),
        "entries/entities/good/salt.yaml:1:1: unknown-field: there is no field nothing here",
    ]
    assert done.stderr == "5 problem(s); 2 sources, 11 entities, 10 claims could be read\n"


def test_check_speaks_arabic(toy_copy: Path) -> None:
    """Place and rule stay as they are."""
    (toy_copy / "site.yaml").unlink()
    english, arabic = isnad("check", toy_copy), isnad("check", "--lang", "ar", toy_copy)
    assert english.returncode == arabic.returncode == 1
    place = f"{toy_copy.as_posix()}/site.yaml:1:1: missing-file: "
    assert english.stdout == f"{place}this file is needed\n"
    assert arabic.stdout.startswith(place)
    assert "needed" not in arabic.stdout


def test_real_record_is_good() -> None:
    """What is checked in has no problem."""
    done = isnad("check")
    assert done.stdout == ""
    assert done.returncode == 0


def test_export_writes_the_same_bytes_each_time(tmp_path: Path) -> None:
    """Two runs, two processes, one file."""
    for name in ("one.json", "two.json"):
        done = isnad("export", "json", tmp_path / name, "--entries", TOY)
        assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    assert set(json.loads((tmp_path / "one.json").read_text(encoding="utf-8"))) == {
        "about",
        "sources",
        "entities",
        "claims",
    }


def test_export_of_a_bad_record_writes_nothing(toy_copy: Path, tmp_path: Path) -> None:
    """The problems are told as ``check`` tells them."""
    (toy_copy / "site.yaml").unlink()
    done = isnad("export", "json", tmp_path / "out.json", "--entries", toy_copy)
    assert done.returncode == 1
    assert "site.yaml:1:1: missing-file: this file is needed" in done.stdout
    assert not (tmp_path / "out.json").exists()


def test_markdown_export_refuses_a_folder_in_use(tmp_path: Path) -> None:
    """Nothing is written over."""
    (tmp_path / "mine.txt").write_text("mine")
    done = isnad("export", "markdown", tmp_path, "--entries", TOY)
    assert done.returncode == 1
    assert "is not empty" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_schema_check_tells_stale_schemas(tmp_path: Path) -> None:
    """Exit code 1 and the command that mends it; after that 0."""
    stale = isnad("schema", "--check", tmp_path)
    assert stale.returncode == 1
    assert f"{tmp_path / 'claim.schema.json'} is out of date; run isnad schema" in stale.stdout.splitlines()
    assert list(tmp_path.iterdir()) == []
    assert isnad("schema", tmp_path).returncode == 0
    assert isnad("schema", "--check", tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check", "nowhere"], 1),
        (["check", "README.md"], 1),
        (["check", "--lang", "fr"], 2),
        (["chek"], 2),
        (["export"], 2),
        (["export", "json"], 2),
        (["export", "json", "out.json", "--entries", "nowhere"], 2),
        (["export", "json", "no/such/folder/out.json", "--entries", str(TOY)], 1),
        (["export", "json", "tests", "--entries", str(TOY)], 2),
        (["schema", "--chek"], 2),
        ([], 2),
        (["--help"], 0),
        (["--version"], 0),
    ],
    ids=lambda value: " ".join(value) or "nothing" if isinstance(value, list) else str(value),
)
def test_mistyped_command_is_answered_without_a_traceback(arguments: list[str], code: int) -> None:
    """Whoever mistypes is told what is wrong."""
    done = isnad(*arguments)
    assert done.returncode == code
    assert done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
