"""Whatever is to be refused is refused, with file, line and column, within 5 seconds and 500 MB."""

import json
import subprocess
import sys

import pytest

from musnad.records.shapes import ADDRESS_FAULTS
from tests.conftest import PROJECT
from tests.hostile.corpus import ADDRESSES, FILES, SHOWN, TAKEN, TEXTS, Case

Told = dict[str, list[str]]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Return what is told of each case."""
    pytest.importorskip("resource")
    folder = tmp_path_factory.mktemp("refused")
    run = subprocess.run(
        [sys.executable, "-m", "tests.hostile.run", str(folder)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    found: Told = json.loads((folder / "told.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("case", [case for case in TEXTS if case.must != SHOWN], ids=lambda case: case.name)
@pytest.mark.sampled(2)
def test_text_is_refused_at_its_field(told: Told, case: Case) -> None:
    """The name of an entity stands on the second line, its description after it."""
    lines = told[f"text-{case.number}"]
    assert {line.split()[1] for line in lines} == {case.must}
    assert [line.split()[0] for line in lines][:1] == ["2:11"]


@pytest.mark.parametrize("case", ADDRESSES, ids=lambda case: case.name)
def test_address_is_taken_or_refused(told: Told, case: Case) -> None:
    """In words that say what is wrong with it."""
    lines = told[f"address-{case.number}"]
    if case.must == TAKEN:
        assert lines == []
    else:
        assert len(lines) == 1
        assert lines[0].startswith(("1:12 wrong-value ", "1:12 hidden-character "))
        assert case.must in lines[0]


def test_every_fault_of_an_address_is_tried() -> None:
    """But for the last one, of whatever is left."""
    assert all(any(case.must and case.must in message for case in ADDRESSES) for _, message in ADDRESS_FAULTS)


@pytest.mark.parametrize("case", FILES, ids=lambda case: case.name)
def test_file_is_refused_at_its_place(told: Told, case: Case) -> None:
    """With the rule that is meant first; a field that is changed has its own line."""
    lines = told[f"file-{case.number}"]
    if case.must == SHOWN:
        assert lines == []
        return
    place, _, rules = case.must.rpartition(" ")
    assert lines, "it was taken"
    assert any(line.split()[1] in rules.split("|") and line.startswith(place) for line in lines), lines


def test_nobody_else_is_blamed(told: Told) -> None:
    """Whoever mentions what can't be read has done nothing wrong."""
    assert told["others"] == []
