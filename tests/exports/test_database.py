"""The SQLite file: the tables of ``record.json``, and a search that the real Datasette answers in both languages."""

import json
import re
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from musnad.exports.database import DATABASE, METADATA, export_database
from musnad.exports.json import export_json
from musnad.pages.site import Site
from musnad.records.model import Catalogue
from musnad.text.fold import fold, list_folds
from musnad.text.languages import LANGS
from tests.exports.tables import expect_tables
from tests.exports.test_tables import compare

TIMEOUT = 60.0


def as_stored(value: Any) -> Any:
    """Return a value of JSON as SQLite holds it: truth values as 0 and 1, numbers as numbers, lists as lines."""
    if isinstance(value, list):
        return "\n".join(value) or None
    return int(value) if isinstance(value, bool) else value


@pytest.fixture(scope="module")
def folder(kinds_site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the database and what Datasette is told."""
    made = tmp_path_factory.mktemp("database")
    for address, content in export_database(kinds_site):
        (made / Path(address).name).write_bytes(content.encode() if isinstance(content, str) else content)
    return made


@pytest.fixture
def database(folder: Path) -> Iterator[sqlite3.Connection]:
    """Open the database."""
    with closing(sqlite3.connect(folder / "record.db")) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


NUMBERS = re.compile(r".*value|unit_price(_from|_to)?|latitude|longitude")


def test_every_value_is_that_of_the_json_export(database: sqlite3.Connection, kinds_site: Site) -> None:
    """Row by row; a number is the same number."""
    for name, rows in expect_tables(json.loads(export_json(kinds_site))).items():
        keys = ("id",) if "id" in rows[0] else ("entity", "n") if name == "names" else ("claim", "n")
        found = {tuple(row[key] for key in keys): dict(row) for row in database.execute(f"select * from {name}")}
        assert len(found) == len(rows)
        for row in rows:
            own = found[tuple(row[key] for key in keys)]
            for column in filter(NUMBERS.fullmatch, row):
                if row[column] is not None:
                    assert own[column] == float(row[column])
                    row[column] = own[column]
            compare(own, row, as_stored)


def test_file_is_whole_and_its_keys_hold(database: sqlite3.Connection) -> None:
    """As SQLite itself checks them."""
    assert [tuple(row) for row in database.execute("pragma integrity_check")] == [("ok",)]
    assert list(database.execute("pragma foreign_key_check")) == []
    about = dict(tuple(row) for row in database.execute("select * from about"))
    assert about["name_ar"] == "سجلّ الميناء"
    assert about["address"] == "https://harbour.example/"
    assert about["state"]


def test_bytes_are_the_same_each_time(toy_site: Site) -> None:
    """No clock and no path is in them."""
    assert list(export_database(toy_site)) == list(export_database(toy_site.again()))


def test_nothing_hidden_can_be_found(folder: Path, toy: Catalogue) -> None:
    """Neither in the tables nor in the index."""
    raw = (folder / "record.db").read_bytes().decode("utf-8", errors="replace")
    hidden = [claim for claim in toy.claims.values() if claim.status in ("draft", "withheld", "retracted")]
    assert hidden
    for claim in hidden:
        assert claim.statement["en"] not in raw
        assert " ".join(fold(claim.statement["en"]).split()[:4]) not in raw


@pytest.mark.parametrize(
    "text", ["مُسنَد", "أحمد إبراهيم آدم ٱلله", "مُؤَسَّسَة", "على الشّاطئ", "گەرمیان", "١٢٣ ۴۵", "سـلـام", "دِمَشْق’"]
)
def test_replacing_sign_by_sign_does_what_folding_does(text: str) -> None:
    """Of Arabic; capitals and Latin marks are left to the index."""
    for sign, letter in list_folds():
        text, before = text.replace(sign, letter), text
        assert fold(before) == fold(text)
    assert text == fold(text)


@pytest.fixture(scope="module")
def datasette(folder: Path) -> Iterator[str]:
    """Run the real Datasette on the two files, with nothing else."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    database, metadata = folder / Path(DATABASE).name, folder / Path(METADATA).name
    command = [
        sys.executable,
        "-m",
        "datasette",
        "serve",
        str(database),
        "--metadata",
        str(metadata),
        "--port",
        str(port),
    ]
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        address = f"http://127.0.0.1:{port}/"
        deadline = time.monotonic() + TIMEOUT
        while not _answers(address) and time.monotonic() < deadline and process.poll() is None:
            time.sleep(0.2)
        assert process.poll() is None, (folder / "log").read_text(encoding="utf-8")
        yield address
        process.terminate()


def _answers(address: str) -> bool:
    try:
        with urlopen(f"{address}-/versions.json", timeout=5):
            return True
    except (URLError, HTTPError, OSError):
        return False


def ask(address: str, question: str, **values: str) -> list[list[Any]]:
    """Return the rows of a canned question over HTTP."""
    with urlopen(
        f"{address}record/{question}.json?{urlencode({'_shape': 'arrays', **values})}", timeout=30
    ) as response:
        found: list[list[Any]] = json.load(response)["rows"]
    return found


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("asked", "entity"),
    [
        ("نقابة الخبازين", "bakers-guild"),
        ("نِقابةُ الخبّازين", "bakers-guild"),
        ("نقابه", "bakers-guild"),
        ("Bakers", "bakers-guild"),
        ("BÄKERS’ guild", "bakers-guild"),
        ("bak", "bakers-guild"),
    ],
)
def test_datasette_answers_in_both_languages(lang: str, asked: str, entity: str, datasette: str) -> None:
    """Whatever the spelling of what is asked, and whichever language it is in."""
    rows = ask(datasette, f"entities_{lang}", q=asked)
    assert entity in [row[0] for row in rows]
    assert all(f"/{lang}/" in row[3] for row in rows)
    claims = ask(datasette, f"claims_{lang}", q=asked)
    assert claims
    assert all(row[0].startswith("بحسب" if lang == "ar" else "According to") for row in claims if row[0])


@pytest.mark.parametrize("asked", ["", '"', "،", "zzzz", "(OR", "a\\", "' or 1 = 1 --"])
def test_datasette_has_no_answer_and_no_error(asked: str, datasette: str) -> None:
    """What means something to SQL, FTS5 or JSON means nothing here."""
    ask(datasette, "claims_en", q=asked)
    assert ask(datasette, "claims_en", q=f"{asked} zzzz") == []


def test_datasette_shows_licence_columns_and_every_question(datasette: str, folder: Path) -> None:
    """In both languages; the index itself is hidden."""
    questions = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))["databases"]["record"]["queries"]
    assert {name.rpartition("_")[2] for name in questions} == set(LANGS)
    for name in questions:
        rows = ask(datasette, name, q="خبز" if ":q" in questions[name]["sql"] else "")
        assert rows or name.startswith("prices"), name
    with urlopen(f"{datasette}record", timeout=30) as response:
        page = response.read().decode()
    assert "أي الروايات لا تتفق؟" in page
    with urlopen(f"{datasette}record/claims", timeout=30) as response:
        page = response.read().decode()
    assert "كيف قيل" in page
