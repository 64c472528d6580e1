"""What goes into an archive beside the data, so that libraries and repositories know what it is.

``CITATION.cff`` (Citation File Format 1.2), ``ro-crate-metadata.json`` (RO-Crate 1.1) and ``.zenodo.json``: pure
functions of a site and of the files in the archive. Authors are not made up: the publication is its own. No licence is
read out of what ``site.yaml`` says of rights: it stands there in its own words.
"""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

import yaml

from musnad.derive.versions import find_newest_day
from musnad.pages.elements.publication import require_site, tell_site
from musnad.pages.site import Site
from musnad.text.languages import LANGS

CITATION, CRATE, ZENODO = "CITATION.cff", "ro-crate-metadata.json", ".zenodo.json"
_CRATE_CONTEXT = "https://w3id.org/ro/crate/1.1"


class ArchivedFile(NamedTuple):
    """A file of an archive."""

    path: str
    """Below the root of the archive, with slashes."""
    size: int
    """In bytes."""
    digest: str
    """SHA-256, hexadecimal."""
    media_type: str
    about: str
    """What it is, in a line."""


def write_citation(site: Site) -> str:
    """Return ``CITATION.cff``; the day is that of the newest change, and left out where that is no whole day."""
    day = find_newest_day(site.shown, site.derived)
    fields: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "Cite the record that you use, with its version: each page says how. Of the whole, cite this.",
        "type": "dataset",
        "title": _join(site, "name"),
        "abstract": _join(site, "purpose"),
        "authors": [{"name": _join(site, "name")}],
    }
    if site.options.site_url:
        fields["url"] = site.options.site_url
    if len(day) == len("2026-11-27"):
        fields |= {"version": day, "date-released": day}
    return yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=120)


def write_crate(site: Site, files: Iterable[ArchivedFile]) -> str:
    """Return ``ro-crate-metadata.json``: the archive as a data set with each of its files."""
    listed = sorted(files)
    rights = _join(site, "rights")
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": _join(site, "name"),
        "description": _join(site, "purpose"),
        "inLanguage": [*LANGS],
        "publisher": {"@id": "#publication"},
        "hasPart": [{"@id": file.path} for file in listed],
    }
    if day := find_newest_day(site.shown, site.derived):
        root["datePublished"] = day
    if site.options.site_url:
        root["url"] = site.options.site_url
    graph = [
        {
            "@id": CRATE,
            "@type": "CreativeWork",
            "conformsTo": {"@id": _CRATE_CONTEXT},
            "about": {"@id": "./"},
        },
        root,
        {"@id": "#publication", "@type": "Organization", "name": _join(site, "name")},
    ]
    if rights:
        root["license"] = {"@id": "#rights"}
        graph.append({"@id": "#rights", "@type": "CreativeWork", "name": "Rights", "description": rights})
    graph += [
        {
            "@id": file.path,
            "@type": "File",
            "name": file.path,
            "description": file.about,
            "encodingFormat": file.media_type,
            "contentSize": str(file.size),
            "sha256": file.digest,
        }
        for file in listed
    ]
    return _write({"@context": f"{_CRATE_CONTEXT}/context", "@graph": graph})


def write_zenodo(site: Site) -> str:
    """Return ``.zenodo.json``. It names no licence, as Zenodo wants one of its own list: rights stand in the notes."""
    fields: dict[str, Any] = {
        "upload_type": "dataset",
        "title": _join(site, "name"),
        "description": _join(site, "purpose"),
        "creators": [{"name": _join(site, "name")}],
        "keywords": ["attributed claims", "open-source investigation"],
    }
    day = find_newest_day(site.shown, site.derived)
    if len(day) == len("2026-11-27"):
        fields |= {"publication_date": day, "version": day}
    if rights := _join(site, "rights"):
        fields["notes"] = rights
    if site.options.site_url:
        fields["related_identifiers"] = [
            {"identifier": site.options.site_url, "relation": "isIdenticalTo", "resource_type": "dataset"}
        ]
    return _write(fields)


def _join(site: Site, field: Any) -> str:
    """Return words of the publication in both languages; empty where there are none."""
    own = require_site(site.catalogue)
    if field == "name":
        return " · ".join(own.name[lang] for lang in LANGS)
    return " ".join(filter(None, (tell_site(own, field, site.words[lang]) for lang in LANGS)))


def _write(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
