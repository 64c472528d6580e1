"""Every rule has a bad example with the exact line it must give: one file in ``cases/`` each.

A case is a change of the toy record: ``-- path --`` puts a file there, ``-- path (deleted) --`` takes one
away, and ``-- expected --`` lists what must be reported, as ``musnad check`` does: problems, then warnings.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest

from musnad.records.yamltext import MAX_BYTES
from musnad.rules import RULES, WARNINGS
from musnad.rules.check import check_entries
from tests.conftest import PROJECT, TOY

_HEAD = re.compile(r"^-- (?P<path>.+?)(?P<deleted> \(deleted\))? --\n", re.MULTILINE)
_LINE = re.compile(r"^(?P<warning>warning: )?[^:\n]+:\d+:\d+: (?P<rule>[a-z-]+): ", re.MULTILINE)
# No date of a case is in the future then, unless it says so.
TODAY = "2024-12-31"
PACKAGE = PROJECT / "generator/musnad"
CASES = sorted(Path(__file__).with_name("cases").glob("*.txt"))
# Made in tests, here and in ``tests/records/test_files.py``: what is that large, of such bytes, or no file is not kept.
GENERATED = {"file-size", "encoding", "unreadable", "no-file", "empty-folder"}


class Section(NamedTuple):
    """One file of a case; no text means that it is taken away."""

    path: str
    text: str | None


def read_case(path: Path) -> list[Section]:
    """Split a case into its sections."""
    text = path.read_text(encoding="utf-8")
    heads = list(_HEAD.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return [
        Section(head["path"], None if head["deleted"] else text[head.end() : end])
        for head, end in zip(heads, ends, strict=True)
    ]


def lay_over(changes: Iterable[Section], entries: Path) -> None:
    """Put the files of a case among the entries, and take away those that it has not."""
    for change in changes:
        file = entries / change.path
        if change.text is None:
            file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(change.text, encoding="utf-8")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_bad_example_is_reported_exactly(path: Path, toy_copy: Path) -> None:
    """A bad example gives the expected lines, and no others."""
    *changes, expected = read_case(path)
    assert expected.path == "expected"
    lay_over(changes, toy_copy)
    checked = check_entries(toy_copy, today=TODAY)
    told = [*map(str, checked.problems), *(f"warning: {warning}" for warning in checked.warnings)]
    assert "".join(f"{line}\n" for line in told) == expected.text


def test_toy_record_has_no_problem() -> None:
    """What the cases change is good, so that a case shows its own mistakes alone."""
    checked = check_entries(TOY, today=TODAY)
    assert (checked.problems, checked.warnings) == ((), ())


def test_real_record_has_no_problem_and_no_warning() -> None:
    """No rule takes what is right for wrong."""
    checked = check_entries(PROJECT / "entries")
    assert (checked.problems, checked.warnings) == ((), ())


def test_rule_is_an_error_or_a_warning_as_its_case_shows() -> None:
    """And never both."""
    shown = {(m["rule"], bool(m["warning"])) for path in CASES for m in _LINE.finditer(read_case(path)[-1].text or "")}
    assert {rule for rule, is_warning in shown if is_warning} == {*WARNINGS}
    assert {rule for rule, is_warning in shown if not is_warning} & {*WARNINGS} == set()


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case_is_minimal_and_named_after_its_rule(path: Path) -> None:
    """A case fits on a screen or two, and its name begins with a rule that it shows."""
    expected = read_case(path)[-1].text or ""
    rules = {match["rule"] for match in _LINE.finditer(expected)}
    assert any(path.stem == rule or path.stem.startswith(f"{rule}-") for rule in rules)
    assert len(path.read_text(encoding="utf-8").splitlines()) < 100


def test_every_rule_has_a_case() -> None:
    """No rule of meaning, shape or YAML is without its bad example, and no case is of a rule that is gone."""
    shown = {match["rule"] for path in CASES for match in _LINE.finditer(read_case(path)[-1].text or "")}
    assert shown | GENERATED == set(RULES) | _shape_rules()


def _shape_rules() -> set[str]:
    """Collect the rule ids that stand in calls which make a problem."""
    names = ("records/yamltext.py", "records/shapes.py", "records/files.py", "records/load.py", "rules/check.py")
    call = re.compile(
        r'(?:(?:report|problem|Problem)\([^"\n]*(?:\n[^"]*?)?|return )"([a-z]+(?:-[a-z]+)+|encoding|unreadable)"'
    )
    found = {rule for name in names for rule in call.findall((PACKAGE / name).read_text(encoding="utf-8"))}
    # Guards the pattern: these are made in five different ways.
    assert found >= {"duplicate-field", "empty-value", "file-size", "encoding", "unknown-field", "file-place"}
    return found


def test_file_above_the_size_limit_is_reported(toy_copy: Path) -> None:
    """A file larger than the limit is not even parsed."""
    file = toy_copy / "entities/good/salt.yaml"
    file.write_bytes(file.read_bytes() + b"#" * MAX_BYTES)
    assert list(map(str, check_entries(toy_copy).problems)) == [
        "entries/entities/good/salt.yaml:1:1: file-size: the file is larger than 256 KiB"
    ]


def test_bytes_that_are_no_utf8_are_reported_where_they_stand(toy_copy: Path) -> None:
    """The column counts characters, also after Arabic text."""
    file = toy_copy / "entities/good/salt.yaml"
    file.write_bytes(file.read_bytes() + "# ملح ".encode() + b"caf\xe9\n")
    line = len(file.read_bytes().splitlines())
    assert list(map(str, check_entries(toy_copy).problems)) == [
        f"entries/entities/good/salt.yaml:{line}:10: encoding: the file is not UTF-8 text; save it as UTF-8"
    ]


def test_unreadable_record_is_reported_once_not_at_every_mention(toy_copy: Path) -> None:
    """Records that name a broken one are not blamed for it."""
    (toy_copy / "entities/group/dockers.yaml").write_text("names: [\n", encoding="utf-8")
    assert {problem.file for problem in check_entries(toy_copy).problems} == {"entries/entities/group/dockers.yaml"}


def test_broken_vocabulary_is_reported_alone(toy_copy: Path) -> None:
    """Without its words no record is judged."""
    (toy_copy / "vocabulary/roles.yaml").write_text("goods: {label: x}\n", encoding="utf-8")
    assert {problem.file for problem in check_entries(toy_copy).problems} == {"entries/vocabulary/roles.yaml"}
