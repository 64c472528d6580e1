"""The static API: every file that it names is there, has the shape it says, and holds what ``record.json`` does."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from musnad.exports.api import export_data, make_schemas
from musnad.exports.json import export_json
from musnad.pages.addresses import API
from musnad.pages.site import Site
from musnad.records.model import Catalogue
from tests.conftest import change, make_toy_site

SINGLE = {"sources": "source", "entities": "entity", "claims": "claim"}
SALE = "tide-post-12/guild-sells-bread"


def read(site: Site) -> dict[str, Any]:
    """Return every file of the API by its address, and the whole."""
    return {address: json.loads(text) for address, text in export_data(site)}


@pytest.fixture(scope="module", params=["toy_site", "kinds_site"])
def site(request: pytest.FixtureRequest) -> Site:
    """Return a record with claims of many forms."""
    found: Site = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def files(site: Site) -> dict[str, Any]:
    """Return its files."""
    return read(site)


@pytest.fixture(scope="module")
def openapi(files: dict[str, Any]) -> dict[str, Any]:
    """Return the description."""
    found: dict[str, Any] = files[f"{API}/openapi.json"]
    return found


def test_description_is_valid(openapi: dict[str, Any]) -> None:
    """OpenAPI 3.1, by a validator."""
    assert openapi["openapi"].startswith("3.1.")
    OpenAPIV31SpecValidator(openapi).validate()


def list_addresses(openapi: dict[str, Any], files: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each address that the description leads to, its places filled in from the lists, and its path there."""
    for path in openapi["paths"]:
        group = path.split("/")[3] if "{" in path else ""
        ids = [row["id"] for row in files[f"{API}/{group}.json"][group]] if group else [""]
        for id_ in ids:
            parts = iter(id_.split("/"))
            yield re.sub(r"\{\w+\}", lambda _: next(parts), path).removeprefix("/"), path  # noqa: B023


def test_every_file_is_described_and_has_its_shape(openapi: dict[str, Any], files: dict[str, Any]) -> None:
    """None is left over, and none has a member that is not described."""
    described = dict(list_addresses(openapi, files))
    assert files.keys() - {f"{API}/openapi.json"} == {address for address in described if "feed." not in address}
    for address, path in described.items():
        if "feed." not in address:
            (media,) = openapi["paths"][path]["get"]["responses"]["200"]["content"].values()
            check(openapi, media["schema"], files[address])


def check(openapi: dict[str, Any], schema: dict[str, Any], value: Any) -> None:
    """See that a value has a shape of the description."""
    errors = Draft202012Validator({**schema, "components": openapi["components"]}).iter_errors(value)
    assert [f"{list(error.absolute_path)}: {error.message}" for error in errors] == []


def test_shapes_refuse_what_they_do_not_name(openapi: dict[str, Any], files: dict[str, Any]) -> None:
    """The test above could fail: a member too many, one that is missing, and one of another type."""
    (address,) = [name for name in files if name.endswith(f"claims/{SALE}.json")]
    found = files[address]
    schema = openapi["paths"][f"/{API}/claims/{{source}}/{{name}}.json"]["get"]["responses"]["200"]["content"]
    for broken in (
        {**found, "more": 1},
        {"about": found["about"]},
        {**found, "claim": {**found["claim"], "record": {**found["claim"]["record"], "statement": {}}}},
        {**found, "claim": {**found["claim"], "derived": {**found["claim"]["derived"], "noindex": "no"}}},
    ):
        with pytest.raises(AssertionError):
            check(openapi, schema["application/json"]["schema"], broken)


def test_records_are_those_of_the_whole(site: Site, files: dict[str, Any]) -> None:
    """Every value, in every file; and the whole is the same as the command writes."""
    whole = json.loads(export_json(site))
    assert files["record.json"] == whole
    for group, one in SINGLE.items():
        records = {record["id"]: record for record in whole[group]}
        rows = files[f"{API}/{group}.json"][group]
        assert [row["id"] for row in rows] == list(records)
        for row in rows:
            file = files[f"{API}/{row['address']}"]
            assert file == {"about": whole["about"], one: records[row["id"]]}
            derived = records[row["id"]]["derived"]
            status = records[row["id"]]["record"].get("status") or derived["inherited"]["status"]
            assert (row["version"], row["changed"], row["status"]) == (derived["version"], derived["changed"], status)
        assert files[f"{API}/index.json"]["counts"][group] == len(rows)


def test_index_leads_to_every_list_and_tells_the_newest_day(files: dict[str, Any]) -> None:
    """Its addresses are relative to it."""
    index = files[f"{API}/index.json"]
    places = {f"{API}/{address}" for address in index["addresses"].values() if not address.startswith("../")}
    assert places == {f"{API}/{name}.json" for name in (*SINGLE, "openapi")}
    assert index["addresses"]["whole"] == "../../record.json"
    days = [record["derived"]["changed"] for group in SINGLE for record in files["record.json"][group]]
    assert index["changed"] == max(days)


def test_nothing_hidden_and_no_bare_statement_is_in_it(toy: Catalogue, toy_site: Site) -> None:
    """As in the whole."""
    text = "".join(text for _, text in export_data(toy_site))
    hidden = [r.ref for r in (*toy.claims.values(), *toy.entities.values()) if r.status in ("draft", "withheld")]
    assert hidden
    assert [ref for ref in hidden if f'"{ref.partition("/")[2]}"' in text] == []
    for claim in toy.claims.values():
        assert text.count(json.dumps(claim.statement.en, ensure_ascii=False)) == 0


def test_edit_changes_the_files_of_its_record_alone(toy: Catalogue, toy_site: Site) -> None:
    """So that few are written anew."""
    title = toy.claims[SALE].title.model_copy(update={"en": "Another title"})
    before, after = (
        dict(export_data(site)) for site in (toy_site, make_toy_site(change(toy, "claims", SALE, title=title)))
    )
    changed = {address for address in after if after[address] != before.get(address)}
    assert changed == {"record.json", f"{API}/claims.json", f"{API}/claims/{SALE}.json"}


def test_shapes_of_records_are_those_of_the_models() -> None:
    """With what may be shown alone, and what their fields are for."""
    schemas = make_schemas()
    assert "statement" not in schemas["Claim"]["properties"]
    assert schemas["Claim"]["properties"]["attribution"]["description"]
    assert schemas["Claim"]["required"] == ["title"]
