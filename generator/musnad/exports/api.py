"""A static API: a JSON file for each record and each list, and an OpenAPI file that describes them.

The records are those of ``record.json``, word for word: what is made for one is used for the other.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any, cast

from pydantic import TypeAdapter
from typing_extensions import TypedDict

from musnad.derive.versions import find_newest_day
from musnad.exports.feed import Feed
from musnad.exports.fields import SHOWN, SHOWN_OF_RETRACTED
from musnad.exports.json import DATA, Exported, describe, list_dumps, write_json, write_whole
from musnad.exports.shapes import About, ExportedClaim, ExportedEntity, ExportedSource, Group
from musnad.pages.addresses import API, name_data, name_feed, name_json_feed
from musnad.pages.site import Site
from musnad.records.model import FOLDERS, Claim, Entity, Source
from musnad.records.schemas import make_output_schemas
from musnad.text.languages import LANGS

LINKED = (DATA, f"{API}/index.json", f"{API}/openapi.json")
"""Files that pages may lead to; they are written when the pages are done."""
_OPENAPI = "3.1.1"
_UP = "../" * (API.count("/") + 1)
_REF = "#/components/schemas/{model}"
_GROUPS: Mapping[Group, tuple[str, type[Source | Entity | Claim], Any]] = {
    "sources": ("source", Source, ExportedSource),
    "entities": ("entity", Entity, ExportedEntity),
    "claims": ("claim", Claim, ExportedClaim),
}
_FEEDS = {"json": (name_json_feed, "application/feed+json"), "atom": (name_feed, "application/atom+xml")}


class Row(TypedDict):
    """A record in a list: what tells whether a copy of it is out of date."""

    id: str
    version: str
    changed: str
    status: str
    address: str


class Index(TypedDict):
    """Where everything is, and of which day its newest change is."""

    about: About
    changed: str
    counts: dict[Group, int]
    addresses: dict[str, str]


def export_data(site: Site) -> Iterator[tuple[str, str]]:
    """Yield address and text of the file of all records and of each file of the API."""
    about = write_json(describe(site))
    lines: dict[Group, list[str]] = {}
    for group, (ids, dump) in list_dumps(site).items():
        lines[group], rows = [], []
        for id_ in ids:
            line, row = site.recall.take(f"{group}/{id_}", partial(_encode, group, dump, id_))
            lines[group].append(line)
            rows.append(row)
            yield name_data(f"{group}/{id_}"), f'{{"about": {about},\n"{_GROUPS[group][0]}": {line}}}\n'
        listed = ",\n".join(rows)
        yield f"{API}/{group}.json", f'{{"about": {about},\n"{group}": [\n{listed}\n]}}\n'
    yield DATA, write_whole(site, lines)
    yield f"{API}/index.json", _write(_make_index(site, {group: len(found) for group, found in lines.items()}))
    yield f"{API}/openapi.json", _write(make_openapi(site))


def _encode(group: Group, dump: Callable[[str], Exported], id_: str) -> tuple[str, str]:
    """Return a record, and its row in the list of its group."""
    record = dump(id_)
    return write_json(record), write_json(_make_row(group, record))


def _write(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _make_row(group: Group, record: Exported) -> Row:
    derived = record["derived"]
    inherited = cast("Mapping[str, Any]", derived.get("inherited", {}))
    return {
        "id": record["id"],
        "version": derived["version"],
        "changed": derived["changed"],
        "status": record["record"].get("status") or inherited["status"],
        "address": name_data(f"{group}/{record['id']}").removeprefix(f"{API}/"),
    }


def _make_index(site: Site, counts: dict[Group, int]) -> Index:
    lists = {name: f"{name}.json" for name in FOLDERS}
    others = {"whole": DATA, **{name: address for name, (address, _) in _list_feeds(site).items()}}
    return {
        "about": describe(site),
        "changed": find_newest_day(site.shown, site.derived),
        "counts": counts,
        "addresses": {**lists, "openapi": "openapi.json", **{name: f"{_UP}{place}" for name, place in others.items()}},
    }


def _list_feeds(site: Site) -> dict[str, tuple[str, str]]:
    """Return address and media type of the feeds, as far as there are any."""
    kinds = _FEEDS.items() if site.has_feed else ()
    return {f"changes.{lang}.{kind}": (name(lang), media) for lang in LANGS for kind, (name, media) in kinds}


def make_openapi(site: Site) -> dict[str, Any]:
    """Return the description of the API: every address, and the shape of what is there."""
    about = describe(site)
    info = {"title": " · ".join((about["name"] or {}).values()), "version": API.rpartition("/v")[2]}
    rights = {"license": {"name": " ".join(about["rights"].values())}} if about["rights"] else {}
    paths = {
        f"/{API}/index.json": _get("Where everything is, and the day of the newest change", "Index"),
        f"/{DATA}": _get("All records in one file", "Whole"),
    }
    for group, (one, _, _) in _GROUPS.items():
        names = ("source", "name") if group == "claims" else ("id",)
        place = "/".join(f"{{{name}}}" for name in names)
        paths[f"/{API}/{group}.json"] = _get(f"All {group} with their versions", f"All{group.capitalize()}")
        paths[f"/{API}/{group}/{place}.json"] = _get(f"One {one}", f"One{one.capitalize()}", names)
    for address, media in _list_feeds(site).values():
        shape = "Feed" if media.endswith("json") else ""
        paths[f"/{address}"] = _get("The latest changes", shape, media=media)
    return {
        "openapi": _OPENAPI,
        "info": {**info, "description": about["note"], **rights},
        # Relative to this file, so that it holds in every copy of the site.
        "servers": [{"url": _UP.removesuffix("/")}],
        "paths": paths,
        # They hang on the program alone, and took most of what an edit makes again of the API.
        "components": {"schemas": site.recall.take("api-schemas", make_schemas)},
    }


def _get(summary: str, shape: str, names: tuple[str, ...] = (), media: str = "application/json") -> dict[str, Any]:
    schema = {"$ref": _REF.format(model=shape)} if shape else {"type": "string"}
    parameters = [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]
    answer = {"description": summary, "content": {media: {"schema": schema}}}
    return {"get": {"summary": summary, "responses": {"200": answer}}, **({"parameters": parameters} if names else {})}


@cache
def make_schemas() -> dict[str, Any]:
    """Return the schema of each shape by its name: of records from their models, of the rest from its types."""
    made = make_output_schemas(_REF)
    for group, (one, model, exported) in _GROUPS.items():
        name, single = model.__name__, exported.__name__
        fields, record = SHOWN[model], made[name]
        always = SHOWN_OF_RETRACTED & fields if model is Claim else fields
        record["properties"] = {key: value for key, value in record["properties"].items() if key in fields}
        # What a claim takes over from its source stands in ``inherited``.
        record["required"] = [key for key in record["required"] if key in always]
        made |= _make_schema(exported)
        made[single]["properties"]["record"] = {"$ref": _REF.format(model=name)}
        made[f"One{one.capitalize()}"] = _wrap({one: {"$ref": _REF.format(model=single)}})
        made[f"All{group.capitalize()}"] = _wrap({group: _list_of("Row")})
    made |= _make_schema(About) | _make_schema(Row) | _make_schema(Index) | _make_schema(Feed)
    made["Whole"] = _wrap({group: _list_of(exported.__name__) for group, (_, _, exported) in _GROUPS.items()})
    for schema in made.values():
        if schema.get("type") == "object":
            schema.setdefault("additionalProperties", False)
    return dict(sorted(made.items()))


def _make_schema(shape: Any) -> dict[str, Any]:
    schema = TypeAdapter(shape).json_schema(ref_template=_REF)
    return {**schema.pop("$defs", {}), shape.__name__: schema}


def _wrap(properties: dict[str, Any]) -> dict[str, Any]:
    every = {"about": {"$ref": _REF.format(model="About")}, **properties}
    return {"type": "object", "properties": every, "required": [*every]}


def _list_of(model: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": _REF.format(model=model)}}
