"""Whatever is to be shown is the plain text it is: on every page, in every export, in the form, in a real browser."""

import csv
import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page
from rdflib import Dataset, Literal

from musnad.cli import cli
from musnad.text.bidi import FSI, PDI
from tests.conftest import TOY, copy_settings
from tests.hostile.corpus import ADDRESSES, FOLDER, MARKED, PAGES, SHOWN, TAKEN, TEXTS, mark, put_address, write_text
from tests.site.conftest import serve

CASES = [case for case in TEXTS if case.must == SHOWN]
pytestmark = pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph)[. ]:DeprecationWarning")
WANTED = {str(case.number): " ".join(str(case.given).split()) for case in CASES}
WRITTEN = [case for case in PAGES if case.must == SHOWN]


IDS = ("404", "all", "assets", "claims", "entities", "propose", "relations", "search", "sources")
"""Ids of records that are called as other addresses of the site are."""


def _write_twin(entries: Path, id_: str) -> None:
    """Write a claim and its entity under an id, with the first text."""
    first = f"hostile-{CASES[0].number}"
    for place in ("claims/tide-post-12", "entities/good"):
        text = (entries / f"{place}/{first}.yaml").read_text("ascii")
        text = text.replace(" xQ", f" xQ {id_}").replace(f'"{first}"', f'"{id_}"')
        (entries / f"{place}/{id_}.yaml").write_text(text, encoding="ascii")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write one project with everything that is to be shown."""
    folder = tmp_path_factory.mktemp("hostile")
    shutil.copytree(TOY, folder / "entries")
    copy_settings(folder)
    for case in CASES:
        write_text(case, folder / "entries")
    for id_ in IDS:
        _write_twin(folder / "entries", id_)
    for case in ADDRESSES:
        if case.must == TAKEN:
            put_address(case, folder / "entries")
    for case in WRITTEN:
        for lang in ("ar", "en"):
            (folder / f"docs/{lang}/hostile-{case.number}.md").write_text(case.given, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def site(project: Path) -> Path:
    """Build it once; that is the check, too."""
    limit = "import resource as r; r.setrlimit(r.RLIMIT_DATA, (500 << 20,) * 2); from mkdocs.__main__ import cli; cli()"
    run = subprocess.run(
        [sys.executable, "-c", limit, "build", "--strict"], cwd=project, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr[-3000:]
    return project / "site"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Serve the site."""
    with serve(site) as address:
        yield address


def find_broken(texts: list[str]) -> tuple[set[str], list[str]]:
    """Return the numbers of the texts that are there, and those that are not what they were."""
    found: set[str] = set()
    broken = []
    for text in texts:
        plain = " ".join(text.replace(FSI, "").replace(PDI, "").split())
        for number, inside in MARKED.findall(plain):
            found.add(number)
            if inside != WANTED[number]:
                broken.append(inside)
    return found, broken


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for part in value.values() for text in _strings(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in _strings(part))


def _read_lines(path: Path) -> list[str]:
    return [text for line in path.read_text("utf-8").splitlines() for text in _strings(json.loads(line))]


def _read_csv(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [cell for row in csv.reader(file) for cell in row]


def _read_database(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = (row for name in names for row in connection.execute(f'SELECT * FROM "{name}"'))
        return [cell for row in rows for cell in row if isinstance(cell, str)]


def _read_workbook(path: Path) -> list[str]:
    cells = [cell for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    return [str(cell.value) for cell in cells if cell.value is not None]


def _read_graphs(path: Path) -> list[str]:
    graphs = Dataset().parse(data=path.read_text("utf-8"), format="trig")
    return [str(thing) for _, _, thing, _ in graphs.quads() if isinstance(thing, Literal)]


def _read_json(path: Path) -> list[str]:
    return _read_lines(path) if path.name.endswith(".ftm.json") else [*_strings(json.loads(path.read_text("utf-8")))]


READERS: dict[str, Callable[[Path], list[str]]] = {
    ".json": _read_json,
    ".geojson": _read_json,
    ".csv": _read_csv,
    ".xlsx": _read_workbook,
    ".sqlite": _read_database,
    ".db": _read_database,
    ".trig": _read_graphs,
}


@pytest.mark.parametrize(
    ("name", "target"),
    [
        *(("json", "x.json"), ("geojson", "x.geojson"), ("trig", "x"), ("tables", "x")),
        *(("database", "x"), ("sheet", "x.xlsx"), ("ftm", "x"), ("markdown", "x")),
    ],
)
def test_export_gives_every_text_back(project: Path, tmp_path: Path, name: str, target: str) -> None:
    """As other programs read it."""
    command = ["export", name, str(tmp_path / target), "--entries", str(project / "entries")]
    # Readers of graphs want an address that others can be below.
    site = ["--site-url", "https://x.example/"] if name == "trig" else []
    done = CliRunner().invoke(cli, [*command, *site])
    assert done.exit_code == 0, done.output[-2000:]
    files = [path for path in tmp_path.rglob("*") if path.suffix in READERS]
    found, broken = find_broken([text for path in files for text in READERS[path.suffix](path)])
    assert broken == []
    # Places alone, and pages that another builder will make.
    if name not in ("geojson", "markdown", "ftm"):
        assert found == WANTED.keys()


@pytest.mark.parametrize("id_", IDS)
@pytest.mark.sampled(3)
def test_record_may_be_called_as_an_address_is(site: Path, id_: str) -> None:
    """It stands below its own folder, and in nobody's way."""
    for lang in ("ar", "en"):
        for place in (f"entities/{id_}", f"claims/tide-post-12/{id_}"):
            assert f"xQ {id_}" in (site / lang / place / "index.html").read_text("utf-8")
    assert (site / "404.html").is_file()


def test_data_of_the_site_gives_every_text_back(site: Path) -> None:
    """The record, and the API."""
    paths = [site / "record.json", *(site / "api").rglob("*.json")]
    found, broken = find_broken([text for path in paths for text in _read_json(path)])
    assert broken == []
    assert found == WANTED.keys()


def test_style_and_difference_keep_every_text(project: Path, tmp_path: Path) -> None:
    """``musnad fmt`` changes the looks of files alone; ``musnad diff`` tells every text."""
    entries = Path(shutil.copytree(project / "entries", tmp_path / "entries"))
    done = CliRunner().invoke(cli, ["fmt", "--entries", str(entries)])
    assert done.exit_code == 0, done.output[-2000:]
    for case in CASES:
        for place in (f"claims/tide-post-12/hostile-{case.number}.yaml", f"entities/good/hostile-{case.number}.yaml"):
            both = (root / place for root in (project / "entries", entries))
            old, new = (yaml.load(path.read_text("utf-8"), yaml.CBaseLoader) for path in both)
            assert old == new
    done = CliRunner().invoke(cli, ["diff", str(TOY), str(entries)])
    assert done.exit_code == 0, done.output[-2000:]
    assert all(f"Qx{case.number} " in done.output for case in CASES)


READ_PAGES = (FOLDER / "read-pages.js").read_text(encoding="utf-8")


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Open a page that hears of dialogs, requests to others, errors, and of canaries that sing."""
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    heard: list[str] = []
    page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda sent: None if sent.url.startswith((address, "blob:")) else heard.append(sent.url))
    page.on("download", lambda download: heard.append(download.url))
    page.expose_function("sing", lambda: heard.append("canary"))
    page.add_init_script("window.canary = () => window.sing()")
    yield page
    page.wait_for_timeout(200)
    assert heard == []
    context.close()


@pytest.mark.browser
def test_every_page_shows_texts_and_nothing_made_of_them(page: Page, site: Path, address: str) -> None:
    """As a browser parses it."""
    paths = sorted(f"/{path.relative_to(site).as_posix()}" for path in site.rglob("*.html"))
    page.goto(f"{address}en/")
    found: set[str] = set()
    for start in range(0, len(paths), 50):
        for path, acts, texts in page.evaluate(READ_PAGES, paths[start : start + 50]):
            assert acts == [], path
            here, broken = find_broken(texts)
            assert broken == [], path
            found |= here
    assert found == WANTED.keys()


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.sampled(2)
def test_nothing_sings_where_scripts_run(page: Page, address: str, lang: str) -> None:
    """The lists, which hold every text, what scripts draw, and one page of each type."""
    number = CASES[25].number
    for path in (
        "", "claims/", "sources/", "browse/harbour/good/", "relations/", "table/", "corrections/", "propose/",
        f"claims/tide-post-12/hostile-{number}/", f"entities/hostile-{number}/", f"sources/hostile-{number // 5 * 5}/",
        *(f"hostile-{case.number}/" for case in WRITTEN),
    ):  # fmt: skip
        page.goto(f"{address}{lang}/{path}")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    page.goto(f"{address}{lang}/")
    page.click(".md-search__input")
    page.keyboard.type("Qx")
    page.locator(".md-search-result__item").first.wait_for(timeout=20_000)


@pytest.mark.browser
def test_form_holds_every_text(page: Page, address: str) -> None:
    """A record is opened and changed; its file says the same, and what is shown on the way is text."""
    for case in CASES[::12]:
        page.goto(f"{address}en/propose/?claims/tide-post-12/hostile-{case.number}")
        page.wait_for_selector("#f-statement-en", timeout=20_000)
        assert " ".join(page.locator("#f-statement-en").input_value().split()) == " ".join(f"{mark(case)} 1.".split())
        page.locator("#f-note-en").fill(mark(case))
        page.wait_for_timeout(400)
        text = str(page.locator(".outcome pre code").first.text_content())
        assert yaml.load(text, yaml.CBaseLoader)["statement"]["en"] == f"{mark(case)} 1."
