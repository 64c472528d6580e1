"""A table becomes drafts by a mapping, all or none; what a row did not change stays as it is."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from musnad.cli import cli
from musnad.editing.mapping import Amount, CellReader, read_date
from musnad.editing.splice import remove_key, set_value
from musnad.editing.style import format_text
from musnad.editing.table import read_table
from musnad.records.load import load_entries
from musnad.records.problems import ProblemsError
from musnad.rules.check import check_entries
from tests.conftest import TESTS
from tests.editing.test_change import read_files

TABLE = TESTS / "table"
SOURCE = "sources/water.yaml"
CLAIM = "claims/water/zaatar-well-2.yaml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of the table, its mapping and the record they belong to."""
    return Path(shutil.copytree(TABLE, tmp_path / "project"))


def run(project: Path, *words: str) -> Result:
    """Take the table in, told in English where no language is given."""
    files = [str(project / "water.csv"), "--entries", str(project / "entries")]
    return CliRunner().invoke(cli, ["import", *files, *([] if "--lang" in words else ["--lang", "en"]), *words])


def edit(path: Path, *pairs: tuple[str, str]) -> None:
    """Replace parts of a file, each of which must be there."""
    text = path.read_bytes().decode()
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_bytes(text.encode())


def find_changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    """Return the files that differ."""
    return {place for place in before.keys() | after.keys() if before.get(place) != after.get(place)}


def count_values(value: Any) -> int:
    """Return how many single values there are."""
    if isinstance(value, dict):
        return sum(map(count_values, value.values()))
    return sum(map(count_values, value)) if isinstance(value, list) else 1


def test_nineteen_rows_ask_for_53_values(project: Path) -> None:
    """A newcomer had to invent 257 before; now each is said once, in the mapping, and none in the records."""
    result = run(project)
    assert result.exit_code == 0, result.output
    mapping = yaml.load((project / "water.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    assert count_values(mapping) == 53
    entries = project / "entries"
    checked = check_entries(entries)
    assert (checked.problems, checked.warnings) == ((), ())
    assert len(checked.catalogue.claims) == 19
    assert {record.status for record in checked.catalogue.claims.values()} == {"draft"}
    made = [path for path in entries.rglob("*.yaml") if "water.csv" in path.read_text(encoding="utf-8")]
    assert len(made) == 1 + 5 + 19
    for path in made:
        text = path.read_text(encoding="utf-8")
        assert format_text(text, path.relative_to(entries).as_posix()) == text


def test_hedges_units_and_voices_come_from_the_cells(project: Path) -> None:
    """And read in both languages as pages tell them."""
    run(project)
    claims = load_entries(project / "entries").catalogue.claims
    about, range_ = claims["water/zaatar-well-2"], claims["water/wadi-station-18"]
    assert about.statement.ar == (
        "بلغ سعر الماء في بئر الزعتر نحو 270 ليرة سورية لكل بيدون سعة 20 لتر في 10 شباط 2025."
    )
    assert about.statement.en == (
        "water was sold at Zaatar Well for about 270 Syrian pounds per 20-litre jerrycan on 10 February 2025."
    )
    assert [voice.voice for voice in about.attribution] == ["outlet", "trader"]
    assert range_.quantities[0].range
    assert (range_.quantities[0].range.from_, range_.quantities[0].range.to) == ("3200", "3400")
    assert {claim.quantities[0].comparator for claim in claims.values()} == {
        "exact", "about", "at-least", "more-than", "not-more-than",
    }  # fmt: skip
    assert {claim.attribution[1].described.en for claim in claims.values() if claim.attribution[1].described} == {
        "a tanker driver", "a kiosk keeper",
    }  # fmt: skip


def test_published_record_builds_strictly(project: Path) -> None:
    """Five lines later: a source that is published publishes its claims."""
    run(project)
    for path in (project / "entries").rglob("*.yaml"):
        if "status: draft" in (text := path.read_text(encoding="utf-8")):
            path.write_text(text.replace("status: draft", "status: published"), encoding="utf-8")
    (project / "docs").mkdir()
    (project / "mkdocs.yml").write_text(
        "site_name: Water\nsite_url: https://water.example/\ntheme: material\nplugins: [musnad]\n", encoding="utf-8"
    )
    words = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    built = subprocess.run(words, cwd=project, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    page = (project / "site/en/claims/water/zaatar-well-2/index.html").read_text(encoding="utf-8")
    assert "According to a tanker driver as quoted by Rabwa Water Watch," in page


def test_same_table_changes_nothing_whatever_became_of_its_records(project: Path) -> None:
    """Words, status and comments are an editor's from then on."""
    run(project)
    path = project / "entries" / CLAIM
    edit(path, ("water was sold", "drinking water was sold"), ("subject:", "# Asked again.\nsubject:"))
    path.write_text(path.read_text(encoding="utf-8") + "status: published\n", encoding="utf-8")
    before = read_files(project)
    result = run(project)
    assert "nothing to change" in result.output
    assert find_changed(before, read_files(project)) == set()


def test_changed_row_changes_its_record_and_keeps_what_was_added(project: Path) -> None:
    """And the digest of the file that was read; comments and fields that the mapping does not give stay."""
    run(project)
    path = project / "entries" / CLAIM
    edit(path, ("subject:", "# Asked again.\nsubject:"), ("per: {value: 20", "wording: حوالي\n    per: {value: 20"))
    extra = "not_stated: [{ar: كم باع., en: How much was sold.}]\n"
    path.write_text(path.read_text(encoding="utf-8") + extra, encoding="utf-8")
    before = read_files(project / "entries")
    edit(project / "water.csv", ("حوالي 270", "275-280"))
    result = run(project)
    assert result.exit_code == 0, result.output
    assert find_changed(before, read_files(project / "entries")) == {SOURCE, CLAIM}
    text = path.read_text(encoding="utf-8")
    assert "# Asked again." in text
    assert "range: {from: 275, to: 280}" in text
    assert "value: 270" not in text
    claim = load_entries(project / "entries").catalogue.claims["water/zaatar-well-2"]
    assert (claim.quantities[0].wording, len(claim.not_stated)) == ("حوالي", 1)
    assert "275 to 280" in claim.statement.en
    assert format_text(text, CLAIM) == text
    CliRunner().invoke(cli, ["undo", "--entries", str(project / "entries")])
    assert find_changed(before, read_files(project / "entries")) == set()


def test_record_that_no_row_made_is_left_alone(project: Path) -> None:
    """A source, an entity or a claim of the same id is an editor's; so is one whose comment was taken out."""
    run(project)
    paths = [project / "entries" / place for place in (SOURCE, CLAIM, "entities/place/zaatar-well.yaml")]
    for path in paths:
        head, _, body = path.read_text(encoding="utf-8").partition("\n")
        path.write_text(f"{head}\n{body.partition(chr(10))[2]}", encoding="utf-8")
    before = read_files(project / "entries")
    edit(project / "water.csv", ("حوالي 270", "275-280"))
    result = run(project)
    assert result.exit_code == 0, result.output
    assert find_changed(before, read_files(project / "entries")) == set()


def test_table_of_entities_alone_needs_no_source(project: Path) -> None:
    """But claims do."""
    text = (project / "water.yaml").read_text(encoding="utf-8")
    start, entities, claims = (text.index(f"\n{name}:\n") for name in ("source", "entities", "claims"))
    row = text.index("\nrow:")
    (project / "water.yaml").write_text(text[:start] + text[row:], encoding="utf-8")
    assert "mapping: claims need a source" in run(project).output
    (project / "water.yaml").write_text(text[:start] + text[row:claims] + "\n", encoding="utf-8")
    assert run(project).exit_code == 0
    assert len(load_entries(project / "entries").catalogue.entities) == 3 + 5
    assert entities > row


def test_new_row_of_a_published_table_is_a_draft_and_a_row_that_is_gone_is_told(project: Path) -> None:
    """Nothing is published or taken away by an import."""
    run(project)
    for path in [project / "entries" / SOURCE, *(project / "entries/entities").rglob("*.yaml")]:
        edit(path, ("status: draft", "status: published"))
    table = project / "water.csv"
    lines = table.read_bytes().splitlines(keepends=True)
    table.write_bytes(b"".join(lines[:-1]) + lines[-1].replace(b"19;", b"20;").replace(b"3,500", b"3,600"))
    result = run(project)
    assert "new, as a draft: claims/water/wadi-station-20.yaml" in result.output
    assert "no row makes claims/water/wadi-station-19.yaml any more" in result.output
    claims = load_entries(project / "entries").catalogue.claims
    assert {id_ for id_, claim in claims.items() if claim.status == "draft"} == {"water/wadi-station-20"}


BAD = """\
الرقم;نقطة المياه;Water point;التاريخ;السعر;العبوة;البائع
1;بئر الزعتر;Zaatar Well;31/02/2025;250 ربما;صفيحة;صهريج
2;عين;;03/02/2025;;صفيحة;عربة
"""


@pytest.mark.parametrize(
    ("lang", "first"),
    [
        ("en", "31/02/2025 in the column التاريخ is no date of the order day-month-year"),
        ("ar", "ليس 31/02/2025 في العمود التاريخ تاريخًا ترتيبه day-month-year"),
    ],
)
def test_all_mistakes_are_told_at_their_cells_and_nothing_is_written(project: Path, lang: str, first: str) -> None:
    """With row and column as the spreadsheet counts them, in both languages."""
    (project / "water.csv").write_text(BAD, encoding="utf-8")
    before = read_files(project)
    result = run(project, "--lang", lang)
    assert result.exit_code == 1
    assert find_changed(before, read_files(project)) == set()
    places = [line.partition(": ")[0].rpartition("/")[2] for line in result.output.splitlines() if ".csv:" in line]
    assert places == [f"water.csv:{at}" for at in ("2:4", "2:5", "3:2", "3:3", "3:5", "3:7")]
    assert first in result.output.replace("\u2068", "").replace("\u2069", "").replace("\u200f", "")
    assert "    2 | التاريخ: 31/02/2025" in result.output


def test_mistake_that_check_finds_is_told_where_it_was_made(project: Path) -> None:
    """A constant at its line of the mapping, once; what a cell gives at the cell."""
    edit(project / "water.yaml", ("predicate: priced-at", "predicate: x"), ("صفيحة: {value: 20", "صفيحة: {value: -20"))
    told = [line.rpartition("project/")[2] for line in run(project).output.splitlines() if "project/" in line]
    assert "water.csv:2:5: quantity: per needs a value on both sides, and its own must be more than zero" in told
    assert [line.partition(": ")[0] for line in told if line.startswith("water.yaml")] == ["water.yaml:39:16"]
    assert len(told) == 1 + 12


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("subject: water", "subject: '{Ware}'", "38:14: mapping: the table has no column Ware; it has: الرقم"),
        ("  السعر: {is", "  Preis: {is", "15:10: mapping: the table has no column Preis"),
        ("{is: number}", "{is: count}", "15:15: wrong-value: count is not possible here"),
        ("outlet: rabwa", "publisher: x\n  outlet: rabwa", "3:3: unknown-field: there is no field publisher"),
        ("subject: water", "subject: …", "38:14: unfinished: subject is still to be filled in"),
        ("source:\n", "source:\n  id: …\n", "3:7: mapping: no id can be made of …"),
    ],
)
def test_mistake_in_the_mapping_is_told_at_its_line(project: Path, old: str, new: str, told: str) -> None:
    """Before anything is made of it, or from what check says."""
    edit(project / "water.yaml", (old, new))
    result = run(project)
    assert result.exit_code == 1
    assert f"water.yaml:{told}" in result.output


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("kind: place", "kind: '../../{Water point}'", "../../Zaatar Well is no kind of the vocabulary"),
        ("id: '{Water point}-{الرقم}'", "id: ؟", "no id can be made of ؟"),
        ("id: '{Water point}-{الرقم}'", "id: x", "row 2 makes a claim of the same id, x"),
        ("{Water point}', lang: en", "{السعر}', lang: en", "row 2 says something else of the same entity, zaatar-well"),
    ],
)
def test_cell_names_no_file_that_could_not_be(project: Path, old: str, new: str, told: str) -> None:
    """Neither outside the records, nor without a name, nor one of two rows."""
    edit(project / "water.yaml", (old, new))
    before = read_files(project.parent)
    result = run(project)
    assert result.exit_code == 1
    assert told in result.output
    assert find_changed(before, read_files(project.parent)) == set()


def test_ambiguous_name_is_told_and_decided_by_the_mapping(project: Path) -> None:
    """An id among the values of the column says which of two is meant."""
    run(project)
    well = project / "entries/entities/place/zaatar-well.yaml"
    edit(well, ("names:\n", "names:\n  - {text: البئر القديمة, lang: ar, role: alias}\n"))
    tank = project / "entries/entities/place/school-tank.yaml"
    edit(tank, ("names:\n", "names:\n  - {text: البئر القديمة, lang: ar, role: alias}\n"))
    edit(project / "water.csv", ("بئر الزعتر;Zaatar Well;10", "البئر القديمة;Zaatar Well;10"))
    text = (project / "water.yaml").read_text(encoding="utf-8")
    start, end = text.index("entities:\n"), text.index("claims:\n")
    (project / "water.yaml").write_text(text[:start] + text[end:], encoding="utf-8")
    assert "may be one of school-tank, zaatar-well" in run(project).output
    edit(project / "water.yaml", ("{is: entity}", "{is: entity, values: {البئر القديمة: zaatar-well}}"))
    assert run(project).exit_code == 0


def test_cell_is_text_and_nothing_else(project: Path) -> None:
    """Brackets, quotation marks and what YAML knows stand in the record as in the table."""
    nasty = "'{السعر}' \"{0}\" # no: [x] \\1 & *a"
    edit(project / "water.csv", ("الرقم;", "ملاحظة;الرقم;"))
    table = project / "water.csv"
    head, *rows = table.read_text(encoding="utf-8").splitlines()
    quoted = nasty.replace('"', '""')
    table.write_text("\n".join([head, *(f'"{quoted}";{row}' for row in rows)]), encoding="utf-8")
    edit(project / "water.yaml", ("ar: 'سعر الماء", "ar: 'سعر الماء {ملاحظة}"))
    result = run(project)
    assert result.exit_code == 0, result.output
    assert nasty in load_entries(project / "entries").catalogue.claims["water/zaatar-well-1"].title.ar


def test_text_that_is_still_open_makes_a_draft_that_check_lists(project: Path) -> None:
    """What nobody knows yet stops nothing while readers don't see it."""
    edit(
        project / "water.yaml",
        ("'{Water point}', lang: en", "…, lang: en"),
        ("en: An invented table, written for this record.", "en: …"),
    )
    result = run(project)
    assert result.exit_code == 0, result.output
    checked = check_entries(project / "entries")
    assert checked.problems == ()
    assert {(warning.rule, Path(warning.file).name) for warning in checked.warnings} >= {
        ("unfinished", "water.yaml"), ("unfinished", "zaatar-well.yaml"),
    }  # fmt: skip
    edit(project / "entries" / SOURCE, ("status: draft", "status: published"))
    assert any(problem.rule == "left-over" for problem in check_entries(project / "entries").problems)


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_begun_mapping_asks_for_what_no_table_says(project: Path, lang: str) -> None:
    """It is not written over, names every column, and is refused until it is filled in."""
    given = project / "water.yaml"
    assert "there already" in run(project, "--begin").output
    given.unlink()
    assert run(project, "--begin", "--lang", lang).exit_code == 0
    text = given.read_text(encoding="utf-8")
    assert ("ضع ما تعرفه" in text) == (lang == "ar")
    found = yaml.load(text, yaml.BaseLoader)
    assert found["columns"]["التاريخ"] == {"is": "day-month-year"}
    assert found["columns"]["السعر"] == {"is": "number"}
    assert found["row"] == "{الرقم}"
    result = run(project)
    assert {line.split(": ")[1] for line in result.output.splitlines() if ".yaml:" in line} == {"unfinished"}


PLAIN = "a,b\n1,مرحبا\n"


@pytest.mark.parametrize(
    "raw",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.replace(",", ";").replace("\n", "\r\n").encode("utf-8-sig"),
        PLAIN.replace(",", "\t").encode("utf-16"),
        b"sep=;\r\n" + PLAIN.replace(",", ";").encode(),
        'a , b,\n\n" 1 ","مرحبا",\n'.encode(),
    ],
    ids=["commas", "bom", "excel", "unicode-text", "sep", "quoted"],
)
def test_spreadsheets_write_tables_in_several_ways(raw: bytes) -> None:
    """All are read alike."""
    table = read_table(raw, "t.csv")
    assert (table.headers, [dict(row.cells) for row in table.rows]) == (("a", "b"), [{"a": "1", "b": "مرحبا"}])


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"a,,b\n1,2,3\n", "t.csv:1:2: table: this column has no header"),
        (b"a,a\n1,2\n", "t.csv:1:1: table: there are several columns a"),
        (b"a,b\n1,2,3\n", "t.csv:2:3: table: a cell without a header above it: 3"),
        (b"a,b\n", "t.csv:1:1: table: there are no rows below the headers"),
        (b"", "t.csv:1:1: table: there are no rows below the headers"),
        (b"a,b\n1,\xc7\n", "t.csv:2:3: encoding: the file is not UTF-8 text"),
        (b'a,b\n1,"2" x\n', "t.csv:2:1: table: the table can't be read here"),
    ],
)
def test_table_that_is_none_is_told(raw: bytes, told: str) -> None:
    """With row and column."""
    with pytest.raises(ProblemsError) as caught:
        read_table(raw, "t.csv")
    assert str(caught.value).startswith(told)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("250", {"value": "250", "comparator": "exact"}),
        ("٢٬٥٠٠", {"value": "2500", "comparator": "exact"}),
        ("≈ 2.5", {"value": "2.5", "comparator": "about"}),
        ("ما لا يقل عن 5", {"value": "5", "comparator": "at-least"}),
        ("between 30 and 40", {"range": {"from": "30", "to": "40"}, "comparator": "exact"}),
        ("30 – 40", {"range": {"from": "30", "to": "40"}, "comparator": "exact"}),
        ("عشرات", {"vague": "dozens", "comparator": "vague"}),
        ("250 or so they say", None),
        ("250 (est.)", None),
        ("unknown", None),
    ],
)
def test_number_is_read_with_its_hedge_or_not_at_all(cell: str, expected: dict[str, Any] | None) -> None:
    """A word that is no known hedge is never dropped."""
    amount, message, _ = CellReader(load_entries(TABLE / "entries").catalogue).read(cell, "number")
    assert (message == "") == (expected is not None)
    assert amount == (Amount(expected) if expected else None)


@pytest.mark.parametrize(
    ("cell", "order", "expected"),
    [
        ("03/02/2025", "day-month-year", "2025-02-03"),
        ("03/02/2025", "month-day-year", "2025-03-02"),
        ("٣.٢.٢٠٢٥", "day-month-year", "2025-02-03"),
        ("2025-02", "year-month-day", "2025-02"),
        ("2025-02-03", "day-month-year", None),
        ("03/02/25", "day-month-year", None),
        ("13/13/2025", "day-month-year", None),
    ],
)
def test_date_is_read_in_the_order_that_is_given(cell: str, order: str, expected: str | None) -> None:
    """A century is not guessed."""
    assert read_date(cell, order) == expected


NESTED = "a: {b: 1, c: [x, y]}\nd:\n  - e: 1\n    # kept\n    f: 2\n  - {g: 3}\nh: last\n"


@pytest.mark.parametrize(
    "path", [("a",), ("a", "b"), ("a", "c"), ("a", "c", 1), ("d",), ("d", 0), ("d", 0, "e"), ("d", 1, "g"), ("h",)]
)
def test_value_is_put_or_taken_away_at_its_path_alone(path: tuple[str | int, ...]) -> None:
    """Whatever its layout; the rest of the file says the same."""
    expected, gone = (yaml.load(NESTED, yaml.BaseLoader) for _ in range(2))
    for data in (expected, gone):
        holder = data
        for step in path[:-1]:
            holder = holder[step]
        if data is expected:
            holder[path[-1]] = {"new": ["1", "2"]}
        elif isinstance(path[-1], str):
            del holder[path[-1]]
    assert yaml.load(set_value(NESTED, path, {"new": [1, 2]}), yaml.BaseLoader) == expected
    if isinstance(path[-1], str) and path != ("d", 1, "g"):
        assert yaml.load(remove_key(NESTED, path), yaml.BaseLoader) == gone
