"""Names of the living: of several who are called alike, one is meant."""

import shutil
from pathlib import Path

import pytest

from musnad.rules.check import check_entries
from tests.edits import replace

MIRA = "entities/person/mentioned-person.yaml"
SALT = "claims/tide-post-12/salt-kept-back.yaml"


def check_with(entries: Path, arabic: str, english: str) -> list[str]:
    """Return what is told of another living person called so: a line each."""
    other = entries / "entities/person/another-person.yaml"
    shutil.copyfile(entries / MIRA, other)
    text = other.read_text(encoding="utf-8").replace("ميرا هولت", arabic).replace("Mira Holt", english)
    other.write_text(text.replace("status: published", "status: draft"), encoding="utf-8")
    return [str(problem) for problem in check_entries(entries).problems]


@pytest.mark.parametrize(
    ("arabic", "english"),
    [("ميرا هولت", "Mira Holt"), ("ميرا", "Mira"), ("ميرا الهولت", "Mira Holt")],
    ids=["same", "part", "with an article"],
)
def test_claim_names_one_of_those_who_are_called_alike(arabic: str, english: str, toy_copy: Path) -> None:
    """Whoever the claim is about; the other one's record may have the name too."""
    assert "Mira Holt" in (toy_copy / SALT).read_text(encoding="utf-8")
    assert check_with(toy_copy, arabic, english) == []


def test_longer_name_is_not_excused_by_a_part_of_it(toy_copy: Path) -> None:
    """Somebody whom the claim is not about stands there by more than the name of whom it is about."""
    replace(SALT, "Mira Holt", "Mira Holt Grey")(toy_copy)
    told = check_with(toy_copy, "ميرا هولت غراي", "Mira Holt Grey")
    assert [line.split(": ")[2] for line in told] == ["Mira Holt Grey is or may be alive"]
