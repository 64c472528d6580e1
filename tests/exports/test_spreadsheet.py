"""LibreOffice opens the tables: Arabic is Arabic, no cell is a formula, a negative number is a number.

It is 250 MB and not installed by ``make test``: ``apt-get install --no-install-recommends libreoffice-calc-nogui``.
"""

import csv
import io
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from musnad.exports.tables import BOM, export_tables
from musnad.records.model import Catalogue
from tests.conftest import change, make_toy_site

OFFICE = shutil.which("soffice")
CLAIM = "tide-post-12/rye-bread-price"
_TABLE, _OFFICE, _TEXT = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("table", "office", "text")
)
pytestmark = pytest.mark.skipif(OFFICE is None, reason="no LibreOffice found: the tables were not opened in it")


def iter_cells(file: Path) -> Iterator[ElementTree.Element]:
    """Yield the cells of a spreadsheet that hold something."""
    for cell in ElementTree.parse(file).iter(f"{_TABLE}table-cell"):
        if cell.get(f"{_OFFICE}value-type"):
            yield cell


def test_libreoffice_reads_text_as_text_and_numbers_as_numbers(toy: Catalogue, tmp_path: Path) -> None:
    """Each CSV file, opened as a reader opens it; a plain formula beside them shows what would happen."""
    claim = toy.claims[CLAIM]
    title = claim.title.model_copy(update={"en": '=HYPERLINK("https://x.example")', "ar": "＝1+1"})
    quantity = claim.quantities[0].model_copy(update={"value": "-5.50", "per": None})
    site = make_toy_site(change(toy, "claims", CLAIM, title=title, quantities=(quantity,)))
    made = {Path(address).stem: text for address, text in export_tables(site) if address.endswith(".csv")}
    made["plain"] = f"{BOM}a,b\r\n=1+1,x\r\n"
    for name, text in made.items():
        (tmp_path / f"{name}.csv").write_bytes(text.encode())
    # Its dialog takes UTF-8 from the mark at the beginning; without the dialog, it has to be told: 76.
    command = [str(OFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--infilter=CSV:44,34,76,1"]
    command += ["--convert-to", "fods", "--outdir", str(tmp_path), *(str(tmp_path / f"{name}.csv") for name in made)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    formulas = {name: [c for c in iter_cells(tmp_path / f"{name}.fods") if c.get(f"{_TABLE}formula")] for name in made}
    assert [name for name, found in formulas.items() if found] == ["plain"]
    for name in made.keys() - {"plain"}:
        rows = csv.reader(io.StringIO(made[name].removeprefix(BOM), newline=""))
        arabic = {cell for row in rows for cell in row if any("\u0600" <= sign <= "\u06ff" for sign in cell)}
        cells = list(iter_cells(tmp_path / f"{name}.fods"))
        texts = {"\n".join("".join(p.itertext()) for p in cell.iter(f"{_TEXT}p")) for cell in cells}
        assert arabic or name in ("sources", "links")
        assert arabic <= texts, name
        if name == "quantities":
            assert [c for c in cells if c.get(f"{_OFFICE}value-type") == "float" and c.get(f"{_OFFICE}value") == "-5.5"]
