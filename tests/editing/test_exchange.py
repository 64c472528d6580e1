"""What other systems export becomes drafts: bulletins and actors of Bayanat, entities of FollowTheMoney."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from musnad.cli import cli
from musnad.editing.mapping import read_date
from musnad.editing.style import format_text
from musnad.editing.table import read_table
from musnad.exports.ftm import export_ftm
from musnad.pages.site import Site
from musnad.records.load import load_entries
from musnad.records.problems import ProblemsError
from musnad.rules.check import check_entries
from tests.conftest import TESTS
from tests.editing.test_change import read_files

BAYANAT = TESTS / "bayanat"
TABLES = ("bulletins.csv", "actors.csv", "registry.ftm.json")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of the tables, their mappings and the record they belong to."""
    return Path(shutil.copytree(BAYANAT, tmp_path / "project"))


def run(project: Path, table: str, *words: str) -> Result:
    """Take a table in."""
    files = [str(project / table), "--entries", str(project / "entries"), "--lang", "en"]
    return CliRunner().invoke(cli, ["import", *files, *words])


def test_tables_become_drafts_that_check_and_build(project: Path) -> None:
    """In one style, without a problem; published, the claims build strictly, each behind its voice."""
    for table in TABLES:
        result = run(project, table)
        assert result.exit_code == 0, result.output
    entries = project / "entries"
    checked = check_entries(entries)
    assert (checked.problems, checked.warnings) == ((), ())
    catalogue = checked.catalogue
    assert [*catalogue.claims] == [
        *("rabwa-bulletins/1041", "rabwa-bulletins/1042", "rabwa-bulletins/1043", "rabwa-registry/reg-3")
    ]
    made = [path for path in entries.rglob("*.yaml") if any(t in path.read_text(encoding="utf-8") for t in TABLES)]
    assert len(made) == 2 + 4 + 4
    for path in made:
        text = path.read_text(encoding="utf-8")
        assert format_text(text, path.relative_to(entries).as_posix()) == text
        assert "status: draft" in text or "claims" in path.parts
    # The id of somebody who may be alive tells no name.
    people = [e for e in catalogue.entities.values() if any(name.text == "Sami Rahhal" for name in e.names)]
    (person,) = people
    assert (person.living, "sami" in person.id) == ("unknown", False)
    assert catalogue.entities["rabwa-council"].living is None
    for path in entries.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        # Whom no claim names stays a draft: readers are shown nobody without a reason.
        if "actors.csv" not in text:
            path.write_text(text.replace("status: draft", "status: published"), encoding="utf-8")
    (project / "docs").mkdir()
    (project / "mkdocs.yml").write_text(
        "site_name: Rabwa\nsite_url: https://rabwa.example/\ntheme: material\nplugins: [musnad]\n", encoding="utf-8"
    )
    words = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    built = subprocess.run(words, cwd=project, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    page = (project / "site/en/claims/rabwa-bulletins/1042/index.html").read_text(encoding="utf-8")
    assert "According to a resident who works for the council as quoted by Rabwa Documentation," in page


def test_ties_become_claims(project: Path) -> None:
    """The ends by the names of the entities that they lead to, what was empty left out."""
    assert run(project, "registry.ftm.json").exit_code == 0
    claim = load_entries(project / "entries").catalogue.claims["rabwa-registry/reg-3"]
    assert (claim.subject, claim.predicate, claim.object) == ("wadi-wells-association", "owns", "rabwa-water-company")
    assert claim.time
    assert claim.time.edtf == "2024-06-01/.."
    assert claim.quantities[0].value == "60"
    assert claim.locators[0].row == "reg-3"
    source = load_entries(project / "entries").catalogue.sources["rabwa-registry"]
    assert source.read[0].media_type == "application/json"


@pytest.mark.parametrize("table", TABLES)
def test_same_table_changes_nothing(project: Path, table: str) -> None:
    """However often it is taken in."""
    assert run(project, table).exit_code == 0
    before = read_files(project / "entries")
    assert run(project, table).exit_code == 0
    assert read_files(project / "entries") == before


@pytest.mark.parametrize("table", TABLES)
def test_first_mapping_knows_the_columns(project: Path, table: str) -> None:
    """Every column has its line, and of FollowTheMoney every schema its record."""
    path = (project / table).with_suffix(".yaml")
    path.unlink()
    assert run(project, table, "--begin").exit_code == 0
    begun = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    headers = read_table((project / table).read_bytes(), table).headers
    assert {*headers} - {"id"} == {*begun["columns"]}
    assert begun["row"] == "{id}"
    if table.endswith(".json"):
        assert [(one["when"], one["kind"]) for one in begun["entities"]] == [
            ("{Company}", "company"),
            ("{Organization}", "…"),
        ]
        assert [(one["when"], one["subject"], one["object"]) for one in begun["claims"]] == [
            ("{Ownership}", "{owner name}", "{asset name}")
        ]


def test_our_own_entities_are_read_as_a_table(toy_site: Site) -> None:
    """What we give away as FollowTheMoney can be taken in: each value in a column, each end with its name."""
    text = dict(export_ftm(toy_site))["data/ftm/entities.ftm.json"]
    table = read_table(text.encode(), "entities.ftm.json")
    lines = [json.loads(line) for line in text.splitlines()]
    assert [row.number for row in table.rows] == [*range(1, len(lines) + 1)]
    for row, line in zip(table.rows, lines, strict=True):
        assert row.cells[line["schema"]] == row.cells["id"] == line["id"]
        for prop, values in line["properties"].items():
            cells = [row.cells[prop], *(row.cells[f"{prop} {n}"] for n in range(2, len(values) + 1))]
            assert cells == [" ".join(value.split()) for value in values]


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ('{"id": "a", "schema": "Person", "properties": {}}\n{"id": }', 2, 8, "can't be read as JSON"),
        ('{"id": "a", "schema": "Person", "properties": {"name": "x"}}', 1, 1, "no entity of FollowTheMoney"),
        ('\n{"id": "a", "schema": "Person"}', 2, 1, "no entity of FollowTheMoney"),
        ("[1]", 1, 1, "no entity of FollowTheMoney"),
        ("\n", 1, 1, "there are no entities"),
        ('{"id": "a", "schema": "P{x}", "properties": {}}', 1, 1, "no entity of FollowTheMoney"),
    ],
)
def test_broken_lines_are_told_with_their_place(text: str, line: int, column: int, words: str) -> None:
    """All at once, and none of the file is taken in."""
    with pytest.raises(ProblemsError) as caught:
        read_table(text.encode(), "x.ftm.json")
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (line, column)
    assert words in problem.message


def test_a_counting_column_without_a_header_is_passed_over() -> None:
    """As programs write it; any other column without a header is a mistake."""
    assert read_table(b",id,a\n0,7,x\n1,8,y\n", "x.csv").headers == ("id", "a")
    with pytest.raises(ProblemsError):
        read_table(b",id,a\n0,7,x\n5,8,y\n", "x.csv")


@pytest.mark.parametrize("cell", ["2025-02-03T09:30", "2025-02-03 09:30:00", "2025-02-03T09:30:00Z", "2025-02-03"])
def test_records_know_no_time_of_day(cell: str) -> None:
    """A date with one is the day."""
    assert read_date(cell, "year-month-day") == "2025-02-03"


def test_rows_of_another_schema_make_no_entity(project: Path) -> None:
    """``when`` chooses among the rows, for entities as for claims."""
    mapping: dict[str, Any] = yaml.load((project / "registry.ftm.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    assert all("when" in one for one in mapping["entities"])
    assert run(project, "registry.ftm.json").exit_code == 0
    kinds = {entity.kind for entity in load_entries(project / "entries").catalogue.entities.values()}
    assert kinds == {"company", "organisation", "outlet", "place"}
