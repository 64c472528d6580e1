"""What goes into an archive: read by the libraries and the schema of each format."""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import check_jsonschema
import pytest
import yaml
from jsonschema import Draft7Validator
from rocrate.rocrate import ROCrate

from musnad.exports.api import export_data
from musnad.exports.archive import ArchivedFile, write_citation, write_crate, write_zenodo
from musnad.pages.site import Site, SiteOptions
from musnad.records.model import Catalogue
from tests.conftest import change, make_toy_site

CFF_SCHEMA = Path(check_jsonschema.__file__).parent / "builtin_schemas/vendor/citation-file-format.json"


@pytest.fixture
def bare(toy: Catalogue, toy_site: Site) -> Site:
    """Return a site of which neither rights nor address are known, and no whole day."""
    own = toy.site.model_copy(update={"rights": None, "purpose": None}) if toy.site else None
    kept = {"tide-post-12": toy.sources["tide-post-12"]}
    catalogue = replace(toy, site=own, claims={}, entities=toy.entities, sources=kept)
    for group, ids in (("sources", kept), ("entities", toy.entities)):
        for id_ in ids:
            extracted = toy.sources["tide-post-12"].extracted.model_copy(update={"date": "2024-05"})
            catalogue = change(catalogue, group, id_, extracted=extracted, history=())
    return replace(make_toy_site(catalogue), options=SiteOptions())


def check_citation(text: str) -> dict[str, Any]:
    """Return a CITATION.cff that fits the schema of its format (dates as texts, as the schema has them)."""
    found: dict[str, Any] = yaml.load(text, yaml.BaseLoader)
    errors = Draft7Validator(json.loads(CFF_SCHEMA.read_text(encoding="utf-8"))).iter_errors(found)
    assert [f"{list(error.path)}: {error.message}" for error in errors] == []
    return found


def test_citation_file_fits_its_schema(toy_site: Site, bare: Site) -> None:
    """Version 1.2; the publication is its own author; without what nobody knows."""
    found = check_citation(write_citation(toy_site))
    assert found["authors"] == [{"name": "سجلّ الميناء · Harbour Record"}]
    assert (found["type"], found["url"]) == ("dataset", "https://harbour.example/")
    newest = max(
        record["derived"]["changed"]
        for group in ("sources", "entities", "claims")
        for record in json.loads(dict(export_data(toy_site))["record.json"])[group]
    )
    assert found["date-released"] == found["version"] == newest
    assert check_citation(write_citation(bare)).keys() & {"date-released", "version", "url", "license"} == set()
    with pytest.raises(AssertionError):
        check_citation(write_citation(toy_site).replace("type: dataset", "type: claims"))


def test_crate_is_read_by_its_library(toy_site: Site, tmp_path: Path) -> None:
    """With every file, its size, digest and type, the rights in their own words, and nothing that is not there."""
    files = []
    for address, text in export_data(toy_site):
        path = tmp_path / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        raw = text.encode()
        files.append(ArchivedFile(address, len(raw), sha256(raw).hexdigest(), "application/json", "Data"))
    text = write_crate(toy_site, files)
    assert write_crate(toy_site, reversed(files)) == text
    (tmp_path / "ro-crate-metadata.json").write_text(text, encoding="utf-8")
    crate = ROCrate(tmp_path)
    assert crate.name == "سجلّ الميناء · Harbour Record"
    rights = toy_site.shown.site.rights if toy_site.shown.site else None
    assert rights
    assert crate.dereference(crate.root_dataset["license"].id)["description"] == f"{rights.ar} {rights.en}"
    found = {entity.id: entity for entity in crate.data_entities}
    assert found.keys() == {file.path for file in files}
    for path, entity in found.items():
        raw = (tmp_path / path).read_bytes()
        assert entity["sha256"] == sha256(raw).hexdigest()
        assert entity["contentSize"] == str(len(raw))
        assert entity["encodingFormat"] == "application/json"


def test_crate_says_no_more_than_is_known(bare: Site) -> None:
    """No rights, no address; a month where no day is known."""
    graph = json.loads(write_crate(bare, []))["@graph"]
    (root,) = [node for node in graph if node["@id"] == "./"]
    assert root["datePublished"] == "2024-05"
    assert not root.keys() & {"license", "url"}
    assert [node["@id"] for node in graph] == ["ro-crate-metadata.json", "./", "#publication"]


def test_zenodo_is_told_what_it_asks_for(toy_site: Site, bare: Site) -> None:
    """Its required fields and choices (https://developers.zenodo.org), and no licence that nobody chose."""
    found = json.loads(write_zenodo(toy_site))
    assert found["upload_type"] == "dataset"
    assert all(found[name] for name in ("title", "description", "creators", "publication_date"))
    assert [set(creator) for creator in found["creators"]] == [{"name"}]
    assert found["related_identifiers"][0]["identifier"] == "https://harbour.example/"
    assert "license" not in found
    assert "Harbour" in found["title"]
    assert not json.loads(write_zenodo(bare)).keys() & {"notes", "publication_date", "related_identifiers"}


def test_nothing_of_the_records_is_in_them(toy: Catalogue, toy_site: Site) -> None:
    """They name the publication alone: nobody living, no claim."""
    text = write_citation(toy_site) + write_crate(toy_site, []) + write_zenodo(toy_site)
    said = [claim.title[lang] for claim in toy.claims.values() for lang in ("ar", "en")]
    said += [entity.name(lang) for entity in toy.entities.values() if entity.living for lang in ("ar", "en")]
    assert [words for words in said if words in text] == []
