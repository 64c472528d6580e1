"""Two records that may be one are told once, and only until an editor has said that they are two."""

from pathlib import Path

import pytest

from musnad.rules.check import Checked, check_entries
from tests.conftest import TOY

RECORD = """\
names:
  - {{text: {ar}, lang: ar, role: primary}}
  - {{text: {en}, lang: en, role: primary}}
description: {{ar: تجربة., en: A trial.}}
{more}status: draft
extracted: {{date: 2024-05-20, method: by-hand}}
"""
WARNED = "distinct_from:\n  - {entity: salt, note: {ar: غيره., en: Another.}}\n"


def add(entries: Path, *, ar: str, en: str, more: str = "") -> Checked:
    """Check the toy record with one more entity."""
    path = entries / "entities/good/trial.yaml"
    path.write_text(RECORD.format(ar=ar, en=en, more=more), encoding="utf-8")
    return check_entries(entries)


def test_toy_record_has_no_likely_duplicate() -> None:
    """Its two harbours are known to be two."""
    assert check_entries(TOY).warnings == ()


ALIKE = {
    "the same name": ("ملح", "Halite", "2:12: likely-duplicate: ملح may be the same as salt (ملح)"),
    "with article and marks": ("المِـلح", "Halite", "2:12: likely-duplicate: المِـلح may be the same as salt (ملح)"),
    "in both languages": ("الملح", "Salt", "2:12: likely-duplicate: الملح may be the same as salt (ملح)"),
    "in the second language": ("هاليت", "The Salt", "3:12: likely-duplicate: The Salt may be the same as salt (Salt)"),
}


@pytest.mark.parametrize(("ar", "en", "told"), ALIKE.values(), ids=ALIKE)
def test_likely_duplicate_is_told_once(toy_copy: Path, ar: str, en: str, told: str) -> None:
    """At the later record's name, whichever of its names are alike; it is no problem."""
    checked = add(toy_copy, ar=ar, en=en)
    assert [str(warning) for warning in checked.warnings] == [
        f"entries/entities/good/trial.yaml:{told}: use that record, or warn of it in distinct_from"
    ]
    assert not any(problem.rule == "likely-duplicate" for problem in checked.problems)


def test_known_distinction_is_not_told(toy_copy: Path) -> None:
    """One of the two is enough here; that both must warn is a rule of its own."""
    assert add(toy_copy, ar="ملح", en="Salt", more=WARNED).warnings == ()


@pytest.mark.parametrize("name", ["Malt", "Salty dogs", "Silt", "Salt works"])
def test_other_names_are_not_told(toy_copy: Path, name: str) -> None:
    """Near is not the same."""
    assert add(toy_copy, ar="قصب", en=name).warnings == ()


def test_name_shared_by_three_is_told_for_each_pair(toy_copy: Path) -> None:
    """In file order."""
    second = toy_copy / "entities/good/another.yaml"
    second.write_text(RECORD.format(ar="ملح", en="Halite", more=""), encoding="utf-8")
    warnings = add(toy_copy, ar="ملح", en="Ore").warnings
    assert [(Path(warning.file).stem, warning.values["id"]) for warning in warnings] == [
        ("salt", "another"),
        ("trial", "another"),
        ("trial", "salt"),
    ]
