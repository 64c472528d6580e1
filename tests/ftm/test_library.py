"""What FollowTheMoney itself and its tools make of our export: the library of now, and the schemata that yente pins."""

import json
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from musnad.cli.sites import load_site
from musnad.exports.ftm import _TIES, _TYPES, COLUMNS, export_ftm
from musnad.pages.site import Site
from musnad.records.model import Catalogue
from musnad.records.vocabulary import FtmEnd, FtmThing
from tests.conftest import PROJECT, make_toy_site
from tests.exports.test_artifacts import Repository
from tests.exports.test_ftm import read_lines, review

PINNED: dict[str, Any] = json.loads((Path(__file__).with_name("model-4.9.2.json")).read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=["reviewed", "kinds", "record"])
def exported(
    request: pytest.FixtureRequest, toy: Catalogue, kinds_site: Site, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return a folder with what is exported of a record: the toy's, with sources of every kind, and our own."""
    site = {
        "reviewed": lambda: make_toy_site(review(toy)),
        "kinds": lambda: kinds_site,
        "record": lambda: load_site(PROJECT / "entries", "https://badia.example/"),
    }[request.param]()
    folder = tmp_path_factory.mktemp("ftm")
    for address, text in export_ftm(site):
        (folder / address.rpartition("/")[2]).write_text(text, encoding="utf-8", newline="")
    return folder


def read(folder: Path) -> list[dict[str, Any]]:
    """Return the entities of a folder."""
    return [json.loads(line) for line in (folder / "entities.ftm.json").read_text(encoding="utf-8").splitlines()]


def test_library_keeps_every_value_as_it_is(library: Any, exported: Path) -> None:
    """Read as text that nobody has cleaned, all values stay; nothing that a schema needs is missing."""
    for line in read(exported):
        proxy = library.model.get_proxy(line, cleaned=False)
        proxy.schema.validate(line)
        assert {prop: sorted(values) for prop, values in line["properties"].items()} == {
            prop: sorted(proxy.get(prop)) for prop in line["properties"]
        }


def test_entities_that_are_pointed_at_are_there(exported: Path) -> None:
    """And they are what the end of a tie may be, by the schemata that yente pins, as are all properties."""
    lines = {line["id"]: line for line in read(exported)}
    for line in lines.values():
        schema = PINNED[line["schema"]]
        assert {*schema["required"]} <= line["properties"].keys()
        for prop, values in line["properties"].items():
            kind, _, range_ = schema["properties"][prop].partition(":")
            assert kind == _TYPES.get(prop, "entity")
            assert not range_ or all(range_ in PINNED[lines[id_]["schema"]]["is"] for id_ in values)


def test_all_that_the_vocabulary_may_say_is_in_both_versions(library: Any) -> None:
    """Schemata for entities, and ties with their ends."""
    for name in FtmThing.__args__:
        assert PINNED[name]["is"] == sorted(schema.name for schema in library.model.get(name).schemata)
    for choice in FtmEnd.__args__:
        schema, _, end = choice.partition(".")
        tie = _TIES[schema]
        assert end in tie.ends
        for prop, range_ in tie.ends.items():
            assert PINNED[schema]["properties"][prop] == f"entity:{range_}"
            assert library.model.get(schema).get(prop).range.name == range_
        assert tie.says in PINNED[schema]["properties"]
        assert tie.has_status == ("status" in PINNED[schema]["properties"])


def test_statements_are_read_and_rolled_up_to_the_same(library: Any, exported: Path) -> None:
    """The columns and ids are the library's, and its entities made of statements are ours."""
    from followthemoney.statement.serialize import CSV_COLUMNS, read_csv_statements

    assert list(COLUMNS) == CSV_COLUMNS
    statements = [*read_csv_statements(BytesIO((exported / "statements.csv").read_bytes()))]
    assert all(one.id == one.generate_key() for one in statements)
    found: dict[str, dict[str, set[str]]] = {}
    for one in statements:
        assert one.prop_type == library.model.get(one.schema).get(one.prop).type.name
        found.setdefault(one.entity_id, {}).setdefault(one.prop, set()).add(one.value)
    assert found == {
        line["id"]: {prop: {*values} for prop, values in line["properties"].items()} for line in read(exported)
    }


def test_catalogue_is_read(library: Any, exported: Path) -> None:
    """What is said of the data set is what the library expects, with addresses and digests."""
    from followthemoney.dataset import Dataset

    data = json.loads((exported / "index.json").read_text(encoding="utf-8"))
    dataset = Dataset(data)
    assert dataset.model.entity_count == len(read(exported))
    assert [resource.name for resource in dataset.model.resources] == [
        "entities.ftm.json",
        "statements.csv",
        "lost.csv",
    ]
    assert all(resource.url and resource.checksum for resource in dataset.model.resources)


def run(command: str, folder: Path, *words: str) -> None:
    """Run a command of `ftm` over the entities."""
    program = [sys.executable, "-W", "ignore", "-c", "from followthemoney.cli.cli import cli; cli()"]
    made = [*program, command, "-i", str(folder / "entities.ftm.json"), *words]
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(made, check=False, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr


def test_tools_make_excel_gexf_and_cypher(library: Any, toy: Catalogue, tmp_path: Path) -> None:
    """Each has all entities, Arabic as it is, and no line between two parties without the voice it rests on."""
    from openpyxl import load_workbook

    site = make_toy_site(review(toy))
    for address, text in export_ftm(site):
        (tmp_path / address.rpartition("/")[2]).write_text(text, encoding="utf-8", newline="")
    lines = read_lines(site)
    run("export-excel", tmp_path, "-o", str(tmp_path / "made.xlsx"))
    book = load_workbook(tmp_path / "made.xlsx", read_only=True)
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert {*lines} <= {*cells}
    assert any("نقابة الخبّازين" in str(cell) for cell in cells)
    run("export-gexf", tmp_path, "-o", str(tmp_path / "made.gexf"))
    graph = ElementTree.parse(tmp_path / "made.gexf").getroot()
    space = {"g": graph.tag[1:].partition("}")[0]}
    things = {id_ for id_, line in lines.items() if "recordId" not in line["properties"]}
    assert {f"entity:{id_}" for id_ in things} <= {node.get("id") for node in graph.iterfind(".//g:node", space)}
    titles = {one.get("id"): one.get("title") for one in graph.iterfind(".//g:attribute", space)}
    edges = [
        {titles[value.get("for")]: value.get("value") or "" for value in edge.iterfind(".//g:attvalue", space)}
        for edge in graph.iterfind(".//g:edge", space)
    ]
    ties = [edge for edge in edges if edge["schema"] == "UnknownLink"]
    assert len(ties) == sum(line["schema"] == "UnknownLink" for line in lines.values())
    assert all("According to" in tie["role"] and "According to" in tie["summary"] for tie in ties)
    run("export-cypher", tmp_path, "-o", str(tmp_path / "made.cypher"))
    cypher = (tmp_path / "made.cypher").read_text(encoding="utf-8")
    assert all(id_ in cypher for id_ in things)
    assert json.dumps("نقابة الخبّازين")[1:-1] in cypher


@pytest.mark.skipif("MUSNAD_YENTE" not in os.environ, reason="MUSNAD_YENTE names no Python that has yente")
def test_yente_loads_what_its_manifest_leads_to(toy_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of it at first, deltas from any version on, and all of it anew from one that is offered no more."""
    monkeypatch.chdir(toy_copy.parent)
    repository = Repository(toy_copy.parent)
    repository.tag("v1")
    repository.edit("entities/outlet/quay-news.yaml", "Quay News", "Quayside News")
    repository.tag("v2")
    assert repository.export().exit_code == 0
    command = [os.environ["MUSNAD_YENTE"], str(PROJECT / "bench/with_yente.py"), "out"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    one, two = repository.versions()
    assert found["version"] == two
    assert found["from"][one] == {"incremental": True, "changed": found["from"][one]["changed"], "deleted": 0}
    assert found["from"][one]["changed"] > 0
    assert found["from"][two]["changed"] == 0
