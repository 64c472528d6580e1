"""Parquet: the values of ``record.json`` with their types; and ten questions whose answers DuckDB must find."""

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet
import pytest

from musnad.exports.extra import ReleaseError
from musnad.exports.json import export_json
from musnad.exports.parquet import export_parquet
from musnad.exports.tables import export_tables
from musnad.pages.elements.columns import TABLES
from musnad.pages.site import Site
from musnad.rules.check import load_checked
from musnad.text.languages import LANGS, Lang
from tests.conftest import PROJECT, make_toy_site
from tests.exports.tables import Json, expect_tables, merge
from tests.exports.test_database import NUMBERS
from tests.exports.test_tables import compare

Rows = list[tuple[Any, ...]]
_SQL = re.compile(r"```sql\n(.*?)```", re.DOTALL)


def write(site: Site, folder: Path) -> Path:
    """Write Parquet and CSV side by side."""
    for address, content in (*export_parquet(site), *export_tables(site)):
        (folder / Path(address).name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def test_every_value_is_that_of_the_json_export(kinds_site: Site, tmp_path: Path) -> None:
    """Row by row, in the same order; several values are a list, a number is the same number."""
    folder = write(kinds_site, tmp_path)
    for name, rows in expect_tables(json.loads(export_json(kinds_site))).items():
        found = pyarrow.parquet.read_table(folder / f"{name}.parquet").to_pylist()
        assert len(found) == len(rows)
        for own, row in zip(found, rows, strict=True):
            for column in filter(NUMBERS.fullmatch, row):
                if row[column] is not None:
                    assert isinstance(own[column], float)
                    row[column] = float(row[column])
            many = [column for column, value in own.items() if isinstance(value, list)]
            compare(own, {**row, **{column: row[column] or [] for column in many if column != "locators"}}, lambda v: v)


def test_file_says_whose_it_is_and_the_bytes_are_the_same_each_time(toy_site: Site, tmp_path: Path) -> None:
    """Licence where there is one, address, and state of the record."""
    folder = write(toy_site, tmp_path)
    about = pyarrow.parquet.read_schema(folder / "claims.parquet").metadata
    assert about[b"address"] == b"https://harbour.example/"
    assert about[b"name_ar"].decode() == "سجلّ الميناء"
    assert list(export_parquet(toy_site)) == list(export_parquet(toy_site.again()))


def test_without_the_library_it_is_said_what_to_install(toy_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the name of the extra."""

    def refuse(name: str) -> Any:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr("musnad.exports.extra.import_module", refuse)
    with pytest.raises(ReleaseError, match=r"pyarrow is needed as well: pip install 'musnad\[exports\]'"):
        list(export_parquet(toy_site))


def _count(values: Any) -> Rows:
    return sorted(Counter(values).items())


def _most(values: Any) -> Rows:
    return sorted(Counter(values).items(), key=lambda found: (-found[1], found[0]))[:5]


def _list_prices(claims: list[Json], names: dict[str, Json], lang: Lang) -> Rows:
    rows = []
    for claim in claims:
        prices = iter(claim["derived"]["unit_prices"])
        for quantity in claim.get("quantities", ()):
            if quantity["measures"] != "price":
                continue
            per = quantity.get("per") or {}
            computed = next(prices)["value"] if per and float(per["value"]) != 1 else None
            value = quantity.get("value")
            rows.append(
                (
                    names[claim["subject"]][lang],
                    quantity.get("comparator"),
                    value and float(value),
                    quantity.get("unit"),
                    float(per["value"]) if per else None,
                    per.get("unit"),
                    computed and float(computed),
                )
            )
    return rows


def _list_parties(claim: Json) -> set[str]:
    parts = (found.get("entity") for found in (*claim.get("parts", ()), *claim.get("way", ())))
    places = (claim.get("place") or {}).get("entities", ())
    return {id_ for id_ in (claim.get("subject"), claim.get("object"), *parts, *places) if id_}


def answer(record: Json, lang: Lang) -> list[Rows]:
    """Return the ten answers, from ``record.json`` alone; of prices without the opening words."""
    claims = list(map(merge, record["claims"]))
    said = {claim["id"]: claim["derived"]["attributed_statement"] for claim in claims}
    primary = {
        entity["id"]: {name["lang"]: name["text"] for name in entity["record"]["names"] if name["role"] == "primary"}
        for entity in record["entities"]
    }
    apart = ("contradicts", "in-tension-with", "denies")
    return [
        _count(claim["id"].partition("/")[0] for claim in claims),
        _count(len(claim["attribution"]) for claim in claims),
        [(sum(any(voice.get("identity") for voice in claim["attribution"]) for claim in claims),)],
        _most(claim["predicate"] for claim in claims if "predicate" in claim),
        _list_prices(claims, primary, lang),
        _most(id_ for claim in claims for id_ in _list_parties(claim)),
        [
            (said[claim["id"]][lang], said[link["claim"]][lang])
            for claim in claims
            for link in claim["links"]
            if link["type"] in apart
        ],
        _count(claim["derived"]["standing"] for claim in claims),
        [(claim["id"], claim["readings"]["question"][lang]) for claim in claims if claim.get("readings")],
        _most(
            entity["id"]
            for entity in record["entities"]
            for name in entity["record"]["names"]
            if name["role"] in ("found-in-source", "misprint")
        ),
    ]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Json]:
    """Write the tables of the real record; return their folder and its ``record.json``."""
    site = make_toy_site(load_checked(PROJECT / "entries"))
    return write(site, tmp_path_factory.mktemp("record")), json.loads(export_json(site))


def _read_csv(path: Path) -> str:
    return f"read_csv('{path}', header = true)"


def _read_parquet(path: Path) -> str:
    return f"'{path}'"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("form", "read"), [("parquet", _read_parquet), ("csv", _read_csv)], ids=["parquet", "csv"])
def test_ten_questions_have_the_answers_of_the_record(
    lang: Lang, form: str, read: Callable[[Path], str], record: tuple[Path, Json]
) -> None:
    """As they stand on the page, asked of the real record, over both forms of the tables."""
    folder, found = record
    questions = _SQL.findall((PROJECT / f"docs/{lang}/ask.md").read_text(encoding="utf-8"))
    wanted = answer(found, lang)
    assert len(questions) == len(wanted) == 10
    with duckdb.connect() as connection:
        for table in TABLES:
            connection.execute(f"create view {table.name} as from {read(folder / f'{table.name}.{form}')}")
        for number, (question, rows) in enumerate(zip(questions, wanted, strict=True), 1):
            asked = connection.execute(question).fetchall()
            assert rows, number
            if "opening" in question:
                assert all(row[0].startswith("بحسب" if lang == "ar" else "According to") for row in asked)
                asked = [row[1:] for row in asked]
            assert asked == rows, number


def test_both_languages_ask_the_same() -> None:
    """But for the columns of the language."""
    pages = ((PROJECT / f"docs/{lang}/ask.md").read_text(encoding="utf-8").replace(f"_{lang}", "_") for lang in LANGS)
    assert len({tuple(_SQL.findall(page)) for page in pages}) == 1
