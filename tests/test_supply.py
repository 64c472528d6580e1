"""What the project is made of is told as it is: licences, origins, digests, and a bill of materials."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from tests.conftest import PROJECT
from vendor.supply import PAGE, add_assets, find_licence, list_assets, list_pins, write_page

# What may build a site: words of licences that ask nothing of those who publish it.
PERMISSIVE = re.compile(r"MIT|BSD|Apache|ISC|PSF|MPL|Mozilla Public|Python Software Foundation|CNRI|Unlicense|HPND")
PACKAGE = PROJECT / "generator/musnad"
# What of others is committed, and where its digest stands.
COMMITTED = {
    "vendor/README.md": [*PACKAGE.glob("theme/assets/*/vendor/*.js"), PACKAGE / "earth/natural-earth.txt"],
    "fonts/README.md": list(PACKAGE.glob("theme/assets/fonts/*.woff2")),
}


def test_page_of_licences_is_up_to_date() -> None:
    """Every pinned package is on it with its version; what this system has no wheel of keeps what was told of it."""
    told, made = PAGE.read_text(encoding="utf-8").splitlines(), write_page().splitlines()
    absent = "| — |"
    for old, new in zip(told, made, strict=True):
        assert old == new or (new.endswith(absent) and old.startswith(new.removesuffix(absent)))


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-sources.txt"])
def test_what_builds_a_site_is_permissive(name: str) -> None:
    """A choice of licences may offer another one beside."""
    found = {package: find_licence(package) for package in list_pins(name)}
    assert len(found) > 10
    assert {package: licence for package, licence in found.items() if not PERMISSIVE.search(licence)} == {}


@pytest.mark.parametrize("name", COMMITTED)
def test_what_is_committed_is_what_the_table_of_origins_says(name: str) -> None:
    """Somebody who changes a library of pages by hand has to change its digest as well, where it is seen."""
    text = (PROJECT / name).read_text(encoding="utf-8")
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in COMMITTED[name]}
    assert found
    assert {file for file, digest in found.items() if digest not in text} == set()


def test_bill_of_materials_has_what_is_committed(tmp_path: Path) -> None:
    """Beside the packages, which get their licences."""
    path = tmp_path / "sbom.cdx.json"
    path.write_text(json.dumps({"components": [{"name": "markdown", "version": "3"}]}), encoding="utf-8")
    add_assets(path)
    found = {c["name"]: c["licenses"][0]["license"]["name"] for c in json.loads(path.read_text("utf-8"))["components"]}
    assert found == {"markdown": find_licence("markdown")} | {asset.name: asset.licence for asset in list_assets()}
    assert {"diff", "@ibm/plex-sans", "Natural Earth"} <= found.keys()
