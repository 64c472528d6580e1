"""The tables: equal to ``record.json``, safe in spreadsheets, explained in both languages, valid as a data package."""

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from frictionless import validate

from musnad.exports.json import export_json
from musnad.exports.tables import BOM, FOLDER, PACKAGE, export_tables, read_cell
from musnad.pages.elements.columns import COLUMNS, TABLES, tell_column
from musnad.pages.site import Site
from musnad.records.model import Catalogue
from musnad.text.languages import LANGS
from tests.conftest import change, make_toy_site
from tests.exports.tables import expect_tables

CLAIM = "tide-post-12/rye-bread-price"


def read(text: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file, with its cells as they are meant."""
    assert text.startswith(BOM)
    assert "\r\n" in text
    rows = list(csv.DictReader(io.StringIO(text.removeprefix(BOM), newline="")))
    return [{name: read_cell(value) for name, value in row.items()} for row in rows]


def as_cell(value: Any) -> str:
    """Return a value of JSON as a cell has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "\n".join(value) if isinstance(value, list) else str(value)


def compare(found: Mapping[str, Any], wanted: Mapping[str, Any], to_cell: Any = as_cell) -> None:
    """See that a row is what it must be."""
    wanted = dict(wanted)
    said = wanted.pop("statement", None)
    assert {name: found[name] for name in wanted if wanted[name] is not None or name != "locators"} == {
        name: to_cell(value) for name, value in wanted.items() if value is not None or name != "locators"
    }
    openings = {f"opening_{lang}" for lang in LANGS} if said else set()
    assert set(found) == {*wanted, *openings}
    for lang in LANGS if said else ():
        assert said[lang].startswith(f"{found[f'opening_{lang}']} ")


@pytest.fixture(params=["toy_site", "kinds_site"])
def site(request: pytest.FixtureRequest) -> Site:
    """Return the toy record, and that with sources of every kind."""
    found: Site = request.getfixturevalue(request.param)
    return found


def test_every_value_is_that_of_the_json_export(site: Site) -> None:
    """Row by row and column by column; and no row or column more."""
    made = dict(export_tables(site))
    wanted = expect_tables(json.loads(export_json(site)))
    assert set(wanted) == {table.name for table in TABLES}
    for name, rows in wanted.items():
        found = read(made[f"{FOLDER}{name}.csv"])
        assert len(found) == len(rows) > 0, name
        for row, expected in zip(found, rows, strict=True):
            compare(row, expected)


def test_nothing_hidden_and_no_bare_statement_is_in_a_table(toy: Catalogue, toy_site: Site) -> None:
    """Statements stand behind their opening words, and what was retracted, drafted or withheld nowhere."""
    text = "".join(text for _, text in export_tables(toy_site))
    for claim in toy.claims.values():
        for lang in LANGS:
            plain = claim.statement[lang].replace('"', '""')
            if claim.id not in toy_site.shown.claims or claim.status == "retracted":
                assert plain not in text, claim.id
    hidden = [r for group in (toy.sources, toy.entities, toy.claims) for r in group.values()]
    hidden = [r for r in hidden if r.status in ("draft", "withheld")]
    assert hidden
    assert [r.id for r in hidden if re.search(rf"(?<![\w/-]){re.escape(r.id)}(?![\w-])", text)] == []
    for row in read(dict(export_tables(toy_site))[f"{FOLDER}claims.csv"]):
        statement = toy.claims[row["id"]].statement
        for lang in LANGS:
            others = [value for name, value in row.items() if name != f"attributed_statement_{lang}"]
            assert not any(statement[lang] in value for value in others)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "'", "''="])
def test_no_cell_is_a_formula_and_every_value_can_be_read_back(sign: str, toy: Catalogue) -> None:
    """Whatever a text begins with; numbers stay numbers."""
    title = toy.claims[CLAIM].title.model_copy(update={"en": f'{sign}HYPERLINK("https://x.example")'})
    made = dict(export_tables(make_toy_site(change(toy, "claims", CLAIM, title=title))))
    for address, text in made.items():
        if address.endswith(".csv"):
            for row in csv.reader(io.StringIO(text.removeprefix(BOM), newline="")):
                assert not any(cell.startswith(tuple("=+@\t\r＝＋－＠")) for cell in row)
                assert not any(cell.startswith("-") and not re.fullmatch(r"-[0-9.]+", cell) for cell in row)
    titles = [row["title_en"] for row in read(made[f"{FOLDER}claims.csv"])]
    assert title.en in titles


def test_negative_number_is_a_number(toy: Catalogue) -> None:
    """An apostrophe would make it a text."""
    claim = toy.claims[CLAIM]
    quantity = claim.quantities[0].model_copy(update={"value": "-5.50", "per": None})
    made = dict(export_tables(make_toy_site(change(toy, "claims", CLAIM, quantities=(quantity,)))))
    cells = {cell for row in csv.reader(io.StringIO(made[f"{FOLDER}quantities.csv"])) for cell in row}
    assert "-5.50" in cells


def test_package_is_valid_and_its_keys_hold(kinds_site: Site, tmp_path: Path) -> None:
    """As frictionless reads it: types, primary and foreign keys, sizes and digests; and one that is broken is not."""
    for address, text in export_tables(kinds_site):
        (tmp_path / Path(address).name).write_bytes(text.encode())
    report = validate(str(tmp_path / Path(PACKAGE).name))
    assert report.flatten(["code", "message"]) == []
    assert report.valid
    claims = tmp_path / "claims.csv"
    claims.write_bytes(claims.read_bytes().replace(b",rye-bread,", b",no-such-bread,"))
    assert not validate(str(tmp_path / Path(PACKAGE).name)).valid


def test_id_of_what_is_hidden_is_in_no_table(toy: Catalogue, tmp_path: Path) -> None:
    """A name may have been found in a source that readers do not know of; and the keys hold all the same."""
    names = tuple(name.model_copy(update={"source": "hidden-source"}) for name in toy.entities["bakers-guild"].names)
    hidden = next(iter(toy.sources.values())).model_copy(update={"id": "hidden-source", "status": "draft"})
    catalogue = replace(toy, sources={**toy.sources, "hidden-source": hidden})
    for address, text in export_tables(make_toy_site(change(catalogue, "entities", "bakers-guild", names=names))):
        assert "hidden-source" not in text
        (tmp_path / Path(address).name).write_bytes(text.encode())
    assert validate(str(tmp_path / Path(PACKAGE).name)).valid


def test_package_says_whose_it_is_and_how_old(toy_site: Site) -> None:
    """Licence, address, state of the record and sources."""
    site = toy_site.shown.site
    assert site is not None
    licensed = site.model_copy(update={"licence": "https://licence.example/"})
    made = json.loads(dict(export_tables(replace(toy_site, shown=replace(toy_site.shown, site=licensed))))[PACKAGE])
    assert made["licenses"][0]["path"] == "https://licence.example/"
    assert made["homepage"] == "https://harbour.example/"
    assert made["version"] == json.loads(export_json(toy_site))["about"]["state"] > "2024"
    assert len(made["sources"]) == len(toy_site.shown.sources)
    assert "licenses" not in json.loads(dict(export_tables(toy_site))[PACKAGE])


def test_every_column_and_every_value_is_in_the_code_book(kinds_site: Site) -> None:
    """With words in both languages; and the page has the same."""
    made = dict(export_tables(kinds_site))
    book = read(made[f"{FOLDER}codebook.csv"])
    known = {(row["list"], row["id"]) for row in book}
    assert all(row["label_ar"] and row["label_en"] for row in book)
    assert len(known) == len(book)
    for table in TABLES:
        for row in read(made[f"{FOLDER}{table.name}.csv"]):
            for column in table.columns:
                values = row[column.name].split("\n") if column.is_many else [row[column.name]]
                missing = [v for v in values if v and column.terms and (column.terms, v) not in known]
                assert missing == [], f"{table.name}.{column.name}"
    for lang in LANGS:
        page = kinds_site.make_page(f"{lang}/downloads/codebook.md").text
        assert all(f">{column.name}<" in page for column in COLUMNS.values())
        assert all(tell_column(column, kinds_site.words[lang])[0] for column in COLUMNS.values())


def test_bytes_are_the_same_each_time(toy_site: Site) -> None:
    """Whatever was composed before."""
    assert list(export_tables(toy_site)) == list(export_tables(toy_site.again()))
