"""Records leave as a workbook and come back: without an edit nothing differs, with one just that value."""

import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from difflib import unified_diff
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from click.testing import CliRunner, Result

from musnad.cli import cli
from musnad.editing.change import Draft
from musnad.editing.grid import list_sheets, make_item, split
from musnad.editing.sheet import SheetImport, gather_records
from musnad.editing.splice import append_item, remove_item, replace_text, set_value
from musnad.editing.workbook import Book, SheetError, read_workbook, write_workbook
from musnad.records.load import load_entries
from musnad.records.yamltext import read_yaml
from musnad.text.languages import LANGS, Lang
from musnad.wording.words import load_all_words
from tests.conftest import KINDS, PROJECT, TESTS, TOY
from tests.editing.test_change import read_files

CLAIM = "claims/quay-news-7/quillfeather-deal.yaml"
HOSTILE = (
    *("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "'quoted", "1/3", "2024-06", "TRUE", "1E5", "007", "#N/A"),
    *(
        "a\nb",
        "_x0041_",
        "__x0041_",
        "a\u2028b",
        "مرحبا =1",
        "<b>&amp;",
    ),
)


def export(entries: Path) -> bytes:
    """Return the workbook of a folder."""
    loaded = load_entries(entries, prefix="")
    assert not loaded.problems
    return write_workbook(gather_records(entries, loaded), loaded.catalogue, load_all_words(), "en")


def take(entries: Path, book: Book) -> Draft:
    """Return what a workbook makes of a folder; nothing is written or checked."""
    draft = Draft.begin(entries)
    SheetImport(draft, book, "2026-11-28").run()
    return draft


def find_changed(draft: Draft) -> dict[str, list[str]]:
    """Return the lines that differ in each file."""
    found = {}
    for place, raw in draft.after.items():
        sides = [(side or b"").decode().splitlines() for side in (draft.before[place], raw)]
        if lines := [line for line in unified_diff(*sides, n=0, lineterm="") if line[:3] not in ("---", "+++", "@@ ")]:
            found[place] = lines
    return found


def lay_over_toy(folder: Path) -> Path:
    """Return the toy record with sources and claims of all kinds."""
    shutil.copytree(TOY, folder)
    shutil.copytree(KINDS, folder, dirs_exist_ok=True)
    return folder


def write_synthetic(folder: Path) -> Path:
    """Write a made-up record of a thousand files."""
    subprocess.run([sys.executable, str(PROJECT / "bench/synthetic.py"), "1000", str(folder)], check=True)
    return folder / "entries"


@pytest.fixture
def entries(tmp_path: Path) -> Path:
    """Return a copy of the toy record."""
    return Path(shutil.copytree(TOY, tmp_path / "entries"))


class Workbook:
    """A workbook as a person has it open."""

    def __init__(self, entries: Path, *words: str) -> None:
        self.entries, self.file = entries, entries.parent / "record.xlsx"
        made = CliRunner().invoke(cli, ["export", "sheet", str(self.file), "--entries", str(entries), *words])
        assert made.exit_code == 0, made.output
        self.book = openpyxl.load_workbook(self.file)
        self.sheets = {sheet["A1"].value: sheet for sheet in self.book.worksheets}

    def find(self, sheet: str, ref: str, item: str = "") -> int:
        """Return the row of a record or an item."""
        rows = self.sheets[sheet].iter_rows(min_row=3)
        return next(row[0].row for row in rows if row[0].value == ref and (not item or row[1].value == item))

    def cell(self, sheet: str, row: int, path: str) -> Any:
        """Return a cell by its column."""
        column = next(cell.column for cell in self.sheets[sheet][1] if cell.value == path)
        return self.sheets[sheet].cell(row, column)

    def add(self, sheet: str, ref: str, **texts: str) -> int:
        """Write a new row below the others; in names of columns __ stands for a dot."""
        row: int = self.sheets[sheet].max_row + 1
        self.sheets[sheet].cell(row, 1).value = ref
        for name, text in texts.items():
            self.cell(sheet, row, name.replace("__", ".")).value = text
        return row

    def take(self, *words: str) -> Result:
        """Save it and take it back."""
        self.book.save(self.file)
        words = ("import", str(self.file), "--entries", str(self.entries), "--lang", "en", *words)
        return CliRunner().invoke(cli, words)


@pytest.fixture
def workbook(entries: Path) -> Workbook:
    """Return the workbook of the toy record."""
    return Workbook(entries)


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda _: PROJECT / "entries", id="real"),
        pytest.param(lambda _: TESTS / "second/entries", id="second"),
        pytest.param(lay_over_toy, id="kinds"),
        pytest.param(write_synthetic, id="1000 records", marks=pytest.mark.long),
    ],
)
def test_export_and_import_make_no_difference(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    """Every cell is looked at too: with no digest to trust, all of them say what the files say."""
    entries = make(tmp_path / "record")
    raw = export(entries)
    book = read_workbook(raw, "en")
    assert take(entries, book).after == {}
    doubted = {name: [replace(row, state=_doubt(row.state)) for row in rows] for name, rows in book.rows.items()}
    draft = take(entries, replace(book, rows=doubted))
    assert len(draft.after) == sum(len(book.rows[name]) for name in ("sources", "entities", "claims"))
    assert draft.after == draft.before


def _doubt(state: str) -> str:
    ref, digest, *_ = [*state.split(), "", ""]
    return f"{ref} {digest} -" if ref else ""


def test_workbook_is_the_same_each_time(entries: Path) -> None:
    """Neither clock nor order of reading shows in it."""
    assert export(entries) == export(entries)


def test_any_edited_cell_changes_its_value_alone(entries: Path) -> None:
    """The files' other lines, comments among them, stay."""
    for place in entries.rglob("claims/*/*.yaml"):
        text = place.read_text(encoding="utf-8")
        place.write_text(text.replace("\n", "  # kept\n", 1).replace("statement:", "# above\nstatement:"), "utf-8")
    book, draft, rng = read_workbook(export(entries), "en"), Draft.begin(entries), random.Random(15)
    spots = list(_list_editable(book))
    for name, index, path in rng.sample(spots, 60):
        row = book.rows[name][index]
        draft.before, draft.after = {}, {}
        edited = [*book.rows[name]]
        edited[index] = replace(row, texts={**row.texts, path: f"{row.texts[path]}9"})
        SheetImport(draft, replace(book, rows={**book.rows, name: edited}), "2026-11-28").run()
        ((place, lines),) = find_changed(draft).items()
        assert place.removesuffix(".yaml").endswith(row.ref.partition("/")[2])
        assert len(lines) == 2, lines
        (old, new) = (_read(raw[place] or b"", place) for raw in (draft.before, draft.after))
        assert {spot for spot in old.keys() | new.keys() if old.get(spot) != new.get(spot)} == {
            next(spot for spot in old if (spot.sheet, spot.path) == (name, path) and spot.item == int(row.item or 0))
        }


def _list_editable(book: Book) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    for name, sheet in list_sheets().items():
        open_ = {column.path for column in sheet.columns if column.kind not in ("fixed", "list", "flag")}
        yield from ((name, n, path) for n, row in enumerate(book.rows[name]) for path in row.texts if path in open_)


def _read(raw: bytes, place: str) -> Any:
    return split(place.partition("/")[0], read_yaml(raw, place).data or {})


def test_no_text_becomes_a_formula_and_every_text_comes_back(entries: Path) -> None:
    """Whatever a text begins with or holds, a workbook has it as text."""
    claims = sorted(entries.rglob("claims/*/*.yaml"))
    paths = [(field, lang) for lang in ("en", "ar") for field in ("statement", "title")]
    for index, hostile in enumerate(HOSTILE):
        place = claims[index % len(claims)]
        text = place.read_bytes().decode()
        place.write_bytes(replace_text(text, paths[index // len(claims)], hostile).encode())
    raw = export(entries)
    book = openpyxl.load_workbook(BytesIO(raw))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert not [
        c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "n" and c.value is not None
    ]
    read = read_workbook(raw, "en")
    texts = {text for row in read.rows["claims"] for text in row.texts.values()}
    assert set(HOSTILE) <= texts
    assert take(entries, read).after == {}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_saves_it_unharmed(workbook: Workbook, entries: Path) -> None:
    """Opened and saved by another program, it still says the same."""
    row = workbook.find("claims", CLAIM.removesuffix(".yaml"))
    workbook.cell("claims", row, "statement.en").value = "=1+1"
    workbook.cell("claims", row, "statement.en").data_type = "s"
    workbook.book.save(workbook.file)
    target = entries.parent / "saved"
    home = f"-env:UserInstallation={(entries.parent / 'home').as_uri()}"
    words = ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", str(target), str(workbook.file)]
    subprocess.run(words, check=True, capture_output=True)
    draft = take(entries, read_workbook((target / "record.xlsx").read_bytes(), "en"))
    ((place, lines),) = find_changed(draft).items()
    assert (place, lines[1]) == (CLAIM, "+  en: =1+1")


def test_difference_is_told_in_words_and_can_be_taken_back(workbook: Workbook, entries: Path) -> None:
    """A dry run only tells; an import writes; undo brings every byte back."""
    before = read_files(entries)
    row = workbook.find("claims", "claims/quay-news-7/rye-bread-price")
    workbook.cell("claims", row, "title.en").value = "Rye bread, and its price"
    told = workbook.take("--dry-run")
    assert "`title`" in told.output
    assert "Rye bread, and its price" in told.output
    assert read_files(entries) == before
    assert workbook.take().exit_code == 0
    assert {place for place, raw in read_files(entries).items() if before[place] != raw} == {
        "claims/quay-news-7/rye-bread-price.yaml"
    }
    again = workbook.take()
    assert "nothing to change" in again.output
    CliRunner().invoke(cli, ["undo", "--entries", str(entries)])
    assert read_files(entries) == before


def test_rows_make_records_and_items_and_take_items_away(workbook: Workbook, entries: Path) -> None:
    """A new entity with its names and a new claim are drafts; an item goes with its row; a record does not."""
    texts = {"description__ar": "رصيف", "description__en": "a pier", "location__precision": "spot"}
    workbook.add("entities", "entities/new-pier", kind="place", **texts)
    for lang, text in (("ar", "الرصيف الجديد"), ("en", "New Pier")):
        workbook.add("names", "new-pier", text=text, lang=lang, role="primary")
    ref = "claims/tide-post-12/guild-sells-bread"
    before = load_entries(entries).catalogue.claims["tide-post-12/guild-sells-bread"]
    workbook.add("not_stated", ref, ar="السبب.", en="Why.")
    workbook.sheets["parts"].delete_rows(workbook.find("parts", ref, str(len(before.parts))))
    workbook.sheets["claims"].delete_rows(workbook.find("claims", "claims/tide-post-12/lamp-broken"))
    for name, sheet in workbook.sheets.items():
        if name in list_sheets():
            gone = [r[0].row for r in sheet.iter_rows(min_row=3) if r[0].value == "claims/tide-post-12/lamp-broken"]
            for number in reversed(gone):
                sheet.delete_rows(number)
    result = workbook.take()
    assert result.exit_code == 0, result.output
    assert "claims/tide-post-12/lamp-broken" in result.output
    after = load_entries(entries).catalogue
    assert after.entities["new-pier"].status == "draft"
    assert after.entities["new-pier"].name("ar") == "الرصيف الجديد"
    changed = after.claims[before.id]
    assert changed.parts == before.parts[:-1]
    assert changed.not_stated[-1].en == "Why."
    assert "tide-post-12/lamp-broken" in after.claims


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        pytest.param("subject", "nobody", "column F (Subject): there is no record entities/nobody", id="no record"),
        pytest.param(
            "statement.ar", None, "column D (Statement › In Arabic): the text in ar is missing", id="one language"
        ),
        pytest.param("subject", "=A1", "column F (Subject): a formula stands here", id="formula"),
        pytest.param(
            "title.en", 1e20, "column C (Title › In English): this is no text", id="number of unknown spelling"
        ),
        pytest.param("#ref", "claims/quay-news-7/other", "column A: the address was claims/", id="another id"),
        pytest.param("#ref", "nonsense !", "column A: nonsense ! is no address of a record", id="no address"),
    ],
)
def test_refused_with_sheet_row_and_column(workbook: Workbook, entries: Path, path: str, value: Any, told: str) -> None:
    """And nothing is written."""
    before = read_files(entries)
    row = workbook.find("claims", CLAIM.removesuffix(".yaml"))
    cell = workbook.sheets["claims"].cell(row, 1) if path == "#ref" else workbook.cell("claims", row, path)
    cell.value = value
    workbook.cell("claims", workbook.find("claims", "claims/quay-news-7/rye-bread-price"), "title.en").value = "Good"
    result = workbook.take()
    assert result.exit_code == 1
    assert f"Claims, row {row}, {told}" in result.output
    assert read_files(entries) == before


def test_numbers_days_and_flags_are_read_if_they_are_certain(workbook: Workbook, entries: Path) -> None:
    """A program may make a number of 300 and a day of 2024-06-01; of a month it makes a day that nobody typed."""
    row = workbook.find("quantities", "claims/quay-news-7/rye-bread-price", "1")
    workbook.cell("quantities", row, "value").value = 300
    day = workbook.cell("sources", 3, "retrieved")
    day.value, day.number_format = datetime(2026, 1, 2), "yyyy-mm-dd"
    assert workbook.take().exit_code == 0
    text = (entries / "claims/quay-news-7/rye-bread-price.yaml").read_text(encoding="utf-8")
    assert "value: 300" in text
    day.number_format = "mmm yy"
    refused = workbook.take()
    assert f"Sources, row 3, column {day.column_letter}" in refused.output


def test_record_that_changed_meanwhile_is_a_conflict_only_if_its_row_was_edited(
    workbook: Workbook, entries: Path
) -> None:
    """What somebody else wrote is never overwritten, and does not stand in the way of other rows."""
    path = entries / CLAIM
    path.write_text(f"{path.read_text(encoding='utf-8')}# by somebody else\n", encoding="utf-8")
    other = workbook.find("claims", "claims/quay-news-7/rye-bread-price")
    workbook.cell("claims", other, "title.en").value = "Another title"
    assert workbook.take("--dry-run").exit_code == 0
    row = workbook.find("claims", CLAIM.removesuffix(".yaml"))
    workbook.cell("claims", row, "title.en").value = "Mine"
    result = workbook.take()
    assert result.exit_code == 1
    assert f"Claims, row {row}, column A: {CLAIM} was changed since the workbook was made" in result.output


def test_missing_columns_and_sheets_are_no_deletions(workbook: Workbook, entries: Path) -> None:
    """They are told of, and nothing is written; columns may be moved, and sheets renamed."""
    workbook.sheets["names"].title = "Our names"
    workbook.sheets["claims"].move_range(f"AI1:AI{workbook.sheets['claims'].max_row}", cols=3)
    assert "nothing to change" in workbook.take().output
    workbook.sheets["claims"].delete_cols(2)
    workbook.book.remove(workbook.sheets["names"])
    result = workbook.take()
    assert "Claims, row 1, column A: the column Title › In Arabic is missing" in result.output
    assert "the sheet Names is missing" in result.output


def _spoil_sheet(raw: bytes) -> bytes:
    target = BytesIO()
    with ZipFile(BytesIO(raw)) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"</row>", b"", 1))
    return target.getvalue()


@pytest.mark.parametrize(
    "spoil", [lambda raw: b"nothing", lambda raw: raw[:4000], _spoil_sheet], ids=["text", "cut", "xml"]
)
def test_broken_workbook_is_told(entries: Path, spoil: Callable[[bytes], bytes]) -> None:
    """In words, and not as a fault of the program."""
    with pytest.raises(SheetError, match="no workbook that can be read"):
        read_workbook(spoil(export(entries)), "en")


def test_item_that_only_a_file_can_hold_stays(entries: Path) -> None:
    """Lists inside lists are shown, and an attempt to change them is refused."""
    path = entries / CLAIM
    text = path.read_text(encoding="utf-8")
    data = "quantities:\n  - {measures: count, value: 3, unit: vehicle, of_which: [{value: 1}]}\n"
    path.write_text(text + data, encoding="utf-8")
    book = read_workbook(export(entries), "en")
    index, row = next((n, row) for n, row in enumerate(book.rows["quantities"]) if ("of_which",) in row.texts)
    edited = [*book.rows["quantities"]]
    edited[index] = replace(row, texts={**row.texts, ("value",): "4.50"})
    draft = take(entries, replace(book, rows={**book.rows, "quantities": edited}))
    assert b"value: 4.50" in (draft.after[CLAIM] or b"")
    assert b"[{value: 1}]" in (draft.after[CLAIM] or b"")


@pytest.mark.parametrize("path", [("subject",), ("object",)], ids=lambda path: path[0])
def test_file_whose_values_lean_on_one_another_is_not_changed(entries: Path, path: tuple[str, ...]) -> None:
    """A change at an anchor would be one elsewhere too."""
    text = (entries / CLAIM).read_text(encoding="utf-8")
    text = text.replace("subject: quillfeather", "subject: &one quillfeather").replace(
        "object: dockers", "object: *one"
    )
    (entries / CLAIM).write_text(text, encoding="utf-8")
    book = read_workbook(export(entries), "en")
    rows = [
        replace(row, texts={**row.texts, path: "dockers"}) if row.ref == CLAIM.removesuffix(".yaml") else row
        for row in book.rows["claims"]
    ]
    with pytest.raises(SheetError, match="written in a way"):
        take(entries, replace(book, rows={**book.rows, "claims": rows}))


def test_copied_row_begins_a_record_and_a_copied_item_needs_no_number(workbook: Workbook, entries: Path) -> None:
    """What is missing in a new row is told at the cell where it would stand."""
    sheet = workbook.sheets["claims"]
    sheet.append([cell.value for cell in sheet[workbook.find("claims", "claims/quay-news-7/rye-bread-price")]])
    row = sheet.max_row
    sheet.cell(row, 1).value = "claims/quay-news-7/rye-bread-again"
    workbook.cell("claims", row, "statement.en").value = None
    names = workbook.sheets["names"]
    names.append([cell.value for cell in names[3]])
    refused = workbook.take()
    assert f"Names, row {names.max_row}, column B: 1 is no item of this record, or stands twice" in refused.output
    names.delete_rows(names.max_row)
    refused = workbook.take()
    assert f"Claims, row {row}, column E (Statement › In English): the text in en is missing" in refused.output
    workbook.cell("claims", row, "statement.en").value = "salt is salt."
    workbook.cell("claims", row, "status").value = None
    workbook.cell("claims", row, "subject").value = "salt"
    workbook.cell("claims", row, "statement.ar").value = "الملح ملح."
    workbook.add("locators", "claims/quay-news-7/rye-bread-again", paragraph="1", sentence="1")
    result = workbook.take()
    assert result.exit_code == 0, result.output
    assert "new, as a draft: claims/quay-news-7/rye-bread-again.yaml" in result.output
    assert "the digest of paragraph 1, sentence 1 was added" in result.output


@pytest.mark.parametrize("lang", LANGS)
def test_names_of_sheets_are_names_that_programs_allow(entries: Path, lang: Lang) -> None:
    """Up to 31 characters, each once, in both languages; all choices stand where the lists say."""
    workbook = Workbook(entries, "--lang", lang)
    titles = workbook.book.sheetnames
    assert len({*titles}) == len(titles) == len(list_sheets()) + 2
    assert all(len(title) <= 31 and not set(title) & set("[]:*?/\\") for title in titles)
    (rule,) = (
        rule
        for rule in workbook.sheets["claims"].data_validations.dataValidation
        if workbook.cell("claims", 3, "predicate").coordinate in rule
    )
    page, _, cells = rule.formula1.rpartition("!")
    ids = [row[0].value for row in workbook.book[page.strip("'")][cells.replace("$", "")]]
    assert set(load_entries(entries).catalogue.vocabulary.predicates) == set(ids)
    assert workbook.sheets["claims"].protection.sheet
    assert workbook.sheets["claims"]["A3"].protection.locked
    assert not workbook.cell("claims", 3, "subject").protection.locked


def test_without_the_library_it_is_named(entries: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is to be installed is said."""
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    result = CliRunner().invoke(cli, ["export", "sheet", str(entries / "x.xlsx"), "--entries", str(entries)])
    assert "pip install 'musnad[exports]'" in result.output


@pytest.mark.parametrize(
    ("text", "index", "left"),
    [
        ("a:\n  - x  # one\n  # two\n  - y\nb: 1\n", 1, "a:\n  - x  # one\n  # two\nb: 1\n"),
        ("a:\n  - {b: 1}\n  - c: 2\n    d: 3\n", 0, "a:\n  - c: 2\n    d: 3\n"),
        ("a: [x, y, z]\n", 1, "a: [x, z]\n"),
        ("a: [x, y]\n", 1, "a: [x]\n"),
    ],
)
def test_item_is_taken_out_of_a_list(text: str, index: int, left: str) -> None:
    """With its lines, and nothing else."""
    assert remove_item(text, ("a", index)) == left


def test_values_and_items_are_put_in_place() -> None:
    """Blocks of text end where they end; a list may stand in brackets."""
    assert set_value("a: |\n  x\n  y\nb: 1\n", ("a",), "z") == "a: z\nb: 1\n"
    assert append_item("a: [x]\nb: 1\n", ("a",), "y") == "a: [x, y]\nb: 1\n"
    assert append_item("a:\n  - x\nb: 1\n", ("a",), {"c": "y"}) == "a:\n  - x\n  - {c: y}\nb: 1\n"
    made = make_item(list_sheets()["quantities"], {("value",): "2.50", ("per", "unit"): "day"})
    assert [str(made["value"]), made["per"]] == ["2.50", {"unit": "day"}]
