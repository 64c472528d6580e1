"""What tests of exports share: the three records as sites, and their JSON, which all other forms are held against."""

import json
from typing import Any, NamedTuple

import pytest

from musnad.cli.sites import load_site
from musnad.exports.json import export_json
from musnad.pages.site import Site
from tests.conftest import PROJECT, TESTS, TOY

ENTRIES = {"badia": PROJECT / "entries", "second": TESTS / "second/entries", "toy": TOY}


class Record(NamedTuple):
    """The site of a record, and what its ``record.json`` says, by folder and id."""

    site: Site
    about: dict[str, Any]
    sources: dict[str, Any]
    entities: dict[str, Any]
    claims: dict[str, Any]


@pytest.fixture(scope="package", params=ENTRIES)
def any_record(request: pytest.FixtureRequest) -> Record:
    """Return each of the three records."""
    site = load_site(ENTRIES[request.param], "https://record.example/")
    data = json.loads(export_json(site))
    lists = ({one["id"]: one for one in data[name]} for name in ("sources", "entities", "claims"))
    return Record(site, data["about"], *lists)
