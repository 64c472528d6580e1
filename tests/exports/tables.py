"""The tables as ``record.json`` says they must be, found by going through it; nothing is shared with the export."""

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]
FORMS = ("value", "vague", "phrase", "range", "change", "fraction")


def expect_tables(record: Json) -> dict[str, list[Json]]:
    """Return the rows of every table, values as JSON has them; numbers as texts, several values as lists."""
    claims = list(map(merge, record["claims"]))
    return {
        "sources": [source(found) for found in record["sources"]],
        "entities": [entity(found) for found in record["entities"]],
        "names": [
            {"entity": found["id"], "n": n, "source": None, **name}
            for found in record["entities"]
            for n, name in enumerate(found["record"]["names"], 1)
        ],
        "claims": [claim(found) for found in claims],
        "parts": [row for found in claims for row in number(found, parts(found))],
        "quantities": [row for found in claims for row in number(found, map(quantity, found.get("quantities", ())))],
        "links": [row for found in claims for row in number(found, map(link, found.get("links", ())), opening=False)],
        "voices": [row for found in claims for row in number(found, map(voice, found["attribution"]), opening=False)],
    }


def merge(found: Json) -> Json:
    """Return a claim with what it takes over from its source."""
    return {**found["record"], **found["derived"].get("inherited", {}), "id": found["id"], "derived": found["derived"]}


def pair(name: str, texts: Json | None) -> Json:
    """Return a column for each language."""
    return {f"{name}_{lang}": texts[lang] if texts else None for lang in ("ar", "en")}


def pick(found: Json, *names: str) -> Json:
    """Return fields, none where there are none."""
    return {name: found.get(name) for name in names}


def recorded(record: Json, derived: Json) -> Json:
    """Return what every record says of itself."""
    return {
        "status": record["status"],
        "extracted_date": record["extracted"]["date"],
        "extracted_method": record["extracted"]["method"],
        "reviews": len(record["reviews"]),
        **pair("page", derived["pages"]),
    }


def source(found: Json) -> Json:
    """Return a row of sources."""
    record = found["record"]
    authors = record["authors"]
    return {
        "id": found["id"],
        **pick(
            record,
            *[
                "kind",
                "outlet",
                "origin",
                "agency",
                "address",
                "archive",
                "language",
                "headline",
                "published",
                "retrieved",
            ],
        ),
        "authors": authors if isinstance(authors, list) else [authors],
        **pair("title", record["title"]),
        "title_origin": record["title"]["origin"],
        **pair("rights", record["rights"]),
        **recorded(record, found["derived"]),
    }


def entity(found: Json) -> Json:
    """Return a row of entities."""
    record, ids = found["record"], {}
    for register in record["external_ids"]:
        ids[register["scheme"]] = register["id"]
    place = record.get("location") or {}
    primary = {name["lang"]: name["text"] for name in record["names"] if name["role"] == "primary"}
    return {
        "id": found["id"],
        "kind": found["kind"],
        **pair("name", primary),
        **pair("subkind", record.get("subkind")),
        **pair("description", record["description"]),
        "living": record.get("living"),
        **pick(place, "precision", "within", "latitude", "longitude", "coordinates_from"),
        **pick(ids, "geonames", "wikidata"),
        "noindex": found["derived"]["noindex"],
        **recorded(record, found["derived"]),
    }


def claim(found: Json) -> Json:
    """Return a row of claims."""
    derived, time, place = found["derived"], found.get("time") or {}, found.get("place") or {}
    return {
        **pick(
            found, *["id", "subject", "predicate", "object", "polarity", "modality", "superseded_by", "sensitivity"]
        ),
        "source": found["id"].partition("/")[0],
        **pair("title", found["title"]),
        **pair("attributed_statement", derived["attributed_statement"]),
        **pair("literal", found.get("literal")),
        "standing": derived["standing"],
        "inferred": [inference["entity"] for inference in found.get("inferred", ())],
        "time_edtf": time.get("edtf"),
        "time_hijri": time.get("hijri"),
        "time_basis": time.get("basis"),
        "time_to_come": time.get("to_come"),
        **pair("time_phrase", time.get("phrase")),
        "place_precision": place.get("precision"),
        **pair("place_phrase", place.get("phrase")),
        **pair("question", (found.get("readings") or {}).get("question")),
        "locators": None,
        "passages": [address for address in derived["passages"] if address],
        "noindex": derived["noindex"],
        **recorded(found, derived),
    }


def parts(found: Json) -> Iterator[Json]:
    """Yield parties, places and stops."""
    none = {"role": None, "at": None, "entity": None, "text_ar": None, "text_en": None}
    for part in found.get("parts", ()):
        yield {**none, "part": "part", **pick(part, "role", "entity"), **pair("text", part.get("text"))}
    for id_ in (found.get("place") or {}).get("entities", ()):
        yield {**none, "part": "place", "entity": id_}
    for stop in found.get("way", ()):
        yield {**none, "part": "way", **pick(stop, "at", "entity"), **pair("text", stop.get("text"))}


def quantity(found: Json) -> Json:
    """Return a row of quantities, without what is computed."""
    ends = found.get("range") or found.get("change") or {}
    change, of, per = found.get("change") or {}, found.get("of") or {}, found.get("per") or {}
    return {
        **pick(found, "measures", "comparator", "value", "vague", "fraction", "unit", "wording"),
        "form": next(form for form in FORMS if found.get(form) is not None),
        **pair("phrase", found.get("phrase")),
        **{f"{end}_value": ends.get(end) for end in ("from", "to", "by")},
        **{f"{end}_comparator": ends.get(f"{end}_comparator") for end in ("from", "to", "by")},
        "by_unit": change.get("by_unit"),
        "of_entity": of.get("entity"),
        **pair("of_text", of.get("text")),
        **{f"per_{name}": per.get(name) for name in ("value", "unit", "container")},
    }


def link(found: Json) -> Json:
    """Return a row of links."""
    return {"type": found["type"], "other": found["claim"], "independence": found["independence"]} | pair(
        "note", found.get("note")
    )


def voice(found: Json) -> Json:
    """Return a row of voices."""
    names = pick(found, "voice", "entity", "number", "identity", "affiliation", "close_to")
    return {**names, **pair("called", found.get("called")), **pair("described", found.get("described"))}


def number(found: Json, rows: Any, *, opening: bool = True) -> Iterator[Json]:
    """Yield rows with the claim and their number; ``opening`` marks those that begin with its opening words."""
    prices = iter(found["derived"]["unit_prices"])
    inferred = {inference["entity"] for inference in found.get("inferred", ())}
    for n, row in enumerate(rows, 1):
        made = {"claim": found["id"], "n": n, **row}
        if "part" in row:
            made["inferred"] = row["entity"] in inferred
        if "measures" in row:
            is_priced = row["measures"] == "price" and row["per_unit"] and float(row["per_value"]) != 1
            price = next(prices) if is_priced else {}
            made["unit_price_rounded"] = price.get("rounded")
            keys = {"unit_price": "value", "unit_price_from": "from", "unit_price_to": "to"}
            made |= {name: price.get(key) for name, key in keys.items()}
        if opening:
            made["statement"] = found["derived"]["attributed_statement"]
        yield made
