"""The record as tables: CSV that spreadsheets take for data alone, a code book in both languages, and a data package.

Source: RFC 4180, and Data Package and Table Schema 1 (https://specs.frictionlessdata.io).
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from musnad.derive.news import find_newest_day
from musnad.derive.people import is_protected
from musnad.derive.prices import find_unit_price
from musnad.exports.fields import list_shown
from musnad.pages.elements.columns import COLUMNS, TABLES, Column, Table, list_terms, tell_column
from musnad.pages.elements.passages import passage_href
from musnad.pages.elements.voices import make_lead
from musnad.pages.site import Site
from musnad.records.model import FOLDERS, Claim, Entity, Quantity, Source
from musnad.text.languages import LANGS, Lang

Cell = str | bool | int | tuple[str, ...] | None
"""As the column has it; a number is the text of a decimal one."""
Row = tuple[Cell, ...]
FOLDER = "data/tables/"
PACKAGE = f"{FOLDER}datapackage.json"
BOM = "\ufeff"
_FORMULA = tuple("=+-@\t\r\n＝＋－＠'")
"""What a spreadsheet may take a cell for a formula or a command for, and the sign that keeps it from that."""
CODEBOOK = ("list", "id", "label_ar", "label_en", "meaning_ar", "meaning_en", "type", "uses")


def iter_tables(site: Site) -> Iterator[tuple[Table, Iterator[Row]]]:
    """Yield each table with its rows, in the order of the records' ids."""
    for table in TABLES:
        yield table, _iter_rows(site, table)


def _iter_rows(site: Site, table: Table) -> Iterator[Row]:
    known: Mapping[str, Mapping[str, Any]] = {name: getattr(site.shown, name) for name in FOLDERS}
    plan = [
        (c.name, _find_path(c), c.lang, known[c.refers] if c.refers and not c.is_many else None) for c in table.columns
    ]
    for record, extra in _ROWS[table.name](site):
        shown = list_shown(record) if isinstance(record, Source | Entity | Claim) else None
        cells = (
            (extra[name] if name in extra else _read(record, path, lang, shown), ids) for name, path, lang, ids in plan
        )
        # Even the id of what is hidden may say too much.
        yield tuple(None if ids is not None and value not in ids else value for value, ids in cells)


def _find_path(column: Column) -> tuple[str, ...]:
    return tuple((column.path or column.name.removesuffix(f"_{column.lang}")).split("."))


def _read(record: Any, path: tuple[str, ...], lang: Lang | None, shown: frozenset[str] | None) -> Cell:
    """Return the value of a column, none where it is not there or may not be shown."""
    if shown is not None and path[0] not in shown:
        return None
    value = record
    for step in path:
        value = getattr(value, step, None)
        if value is None:
            return None
    return value[lang] if lang else value  # type: ignore[no-any-return]


Found = Iterator[tuple[Any, Mapping[str, Cell]]]
"""What a row is read from, and the values that stand in no field of it."""


def _iter_sources(site: Site) -> Found:
    for source in site.shown.sources.values():
        authors = source.authors if isinstance(source.authors, tuple) else (source.authors,)
        yield source, {**_tell_record(site, source), "authors": authors}


def _iter_entities(site: Site) -> Found:
    for entity in site.shown.entities.values():
        ids = {found.scheme: found.id for found in entity.external_ids}
        yield (
            entity,
            {
                **_tell_record(site, entity),
                **{f"name_{lang}": entity.name(lang) for lang in LANGS},
                "kind": entity.kind,
                "geonames": ids.get("geonames"),
                "wikidata": ids.get("wikidata"),
                "noindex": is_protected(entity, site.shown),
            },
        )


def _iter_names(site: Site) -> Found:
    for entity in site.shown.entities.values():
        for n, name in enumerate(entity.names, 1):
            yield name, {"entity": entity.id, "n": n}


def _iter_claims(site: Site) -> Found:
    for claim in site.shown.claims.values():
        source = site.shown.sources[claim.source_id]
        said = claim.status != "retracted"
        yield (
            claim,
            {
                **_tell_record(site, claim),
                **{
                    f"attributed_statement_{lang}": f"{_tell_opening(site, claim, lang)} {claim.statement[lang]}"
                    if said
                    else None
                    for lang in LANGS
                },
                "source": claim.source_id,
                "standing": site.derived.standings[claim.id],
                "inferred": tuple(inference.entity for inference in claim.inferred) if said else (),
                "locators": tuple(locator.spot.anchor for locator in claim.locators),
                "passages": tuple(href for found in claim.locators if (href := passage_href(source, found))),
                "noindex": is_protected(claim, site.shown),
            },
        )


def _iter_parts(site: Site) -> Found:
    for claim, opening in _iter_said(site):
        found: list[tuple[Any, dict[str, Cell]]] = [(part, {"part": "part", "at": None}) for part in claim.parts]
        places = claim.place.entities if claim.place else ()
        found += [(None, {"part": "place", "entity": entity}) for entity in places]
        found += [(stop, {"part": "way", "role": None}) for stop in claim.way]
        for n, (record, extra) in enumerate(found, 1):
            entity = extra.get("entity", getattr(record, "entity", None))
            is_inferred = isinstance(entity, str) and claim.is_inferred(entity)
            yield record, {**extra, **opening, "claim": claim.id, "n": n, "inferred": is_inferred}


def _iter_quantities(site: Site) -> Found:
    for claim, opening in _iter_said(site):
        for n, quantity in enumerate(claim.quantities, 1):
            yield quantity, {**opening, "claim": claim.id, "n": n, **_tell_quantity(quantity)}


def _tell_quantity(quantity: Quantity) -> dict[str, Cell]:
    held = quantity.range or quantity.change
    price = find_unit_price(quantity)
    prices = {figure.path[-1]: str(figure.number) for figure in price.quantity.figures} if price else {}
    forms = ("value", "vague", "phrase", "range", "change", "fraction")
    return {
        "form": next(form for form in forms if getattr(quantity, form) is not None),
        "from_value": held.from_ if held else None,
        "to_value": held.to if held else None,
        "from_comparator": held.from_comparator if held else None,
        "to_comparator": held.to_comparator if held else None,
        "unit_price": prices.get("value"),
        "unit_price_from": prices.get("from"),
        "unit_price_to": prices.get("to"),
        "unit_price_rounded": price.is_rounded if price else None,
    }


def _iter_links(site: Site) -> Found:
    for claim in site.shown.claims.values():
        for n, link in enumerate(claim.links, 1):
            yield link, {"claim": claim.id, "n": n}


def _iter_voices(site: Site) -> Found:
    for claim in site.shown.claims.values():
        for n, voice in enumerate(claim.attribution, 1):
            yield voice, {"claim": claim.id, "n": n}


def _iter_said(site: Site) -> Iterator[tuple[Claim, dict[str, Cell]]]:
    """Yield the claims that still say something, with their opening words."""
    for claim in site.shown.claims.values():
        if claim.status != "retracted":
            yield claim, {f"opening_{lang}": _tell_opening(site, claim, lang) for lang in LANGS}


def _tell_opening(site: Site, claim: Claim, lang: Lang) -> str:
    return make_lead(site.composers[lang], claim)


def _tell_record(site: Site, record: Source | Entity | Claim) -> dict[str, Cell]:
    find = site.options.addresses.find_absolute
    pages: dict[str, Cell] = {f"page_{lang}": find(f"{lang}/{record.ref}/") for lang in LANGS}
    return {"id": record.id, "reviews": len(record.reviews), **pages}


_ROWS = {
    "sources": _iter_sources,
    "entities": _iter_entities,
    "names": _iter_names,
    "claims": _iter_claims,
    "parts": _iter_parts,
    "quantities": _iter_quantities,
    "links": _iter_links,
    "voices": _iter_voices,
}


def export_tables(site: Site) -> Iterator[tuple[str, str]]:
    """Yield a CSV file for each table, the code book as CSV, and ``datapackage.json``."""
    resources = []
    for table, rows in iter_tables(site):
        names = [column.name for column in table.columns]
        numbers = [column.kind == "number" for column in table.columns]
        text = _write_csv(names, (map(_write_cell, row, numbers) for row in rows))
        yield f"{FOLDER}{table.name}.csv", text
        resources.append(_describe_table(site, table, text))
    text = _write_csv(CODEBOOK, (map(_write_cell, row) for row in list_codebook(site)))
    yield f"{FOLDER}codebook.csv", text
    fields = [{"name": name, "type": "string"} for name in CODEBOOK]
    schema = {"fields": fields, "missingValues": [""], "primaryKey": ["list", "id"]}
    resources.append(_describe("codebook", "Code book · دليل الأعمدة والمصطلحات", schema, text))
    yield PACKAGE, json.dumps(_describe_package(site, resources), ensure_ascii=False, indent=1) + "\n"


def _write_csv(names: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows(rows)
    return BOM + file.getvalue()


def _write_cell(value: Cell, is_number: bool = False) -> str:
    """Return a cell that no spreadsheet takes for a formula: where it might, an apostrophe stands before the text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = value if isinstance(value, str) else "\n".join(value) if isinstance(value, tuple) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) and not is_number else text


def read_cell(text: str) -> str:
    """Return the value of a cell of text."""
    return text[1:] if text.startswith("'") else text


def list_about(site: Site) -> Iterator[tuple[str, str]]:
    """Yield whose the record is, under which licence, and how old, by name."""
    words = site.shown.site
    if words:
        yield from ((f"name_{lang}", words.name[lang]) for lang in LANGS)
        yield from ((f"rights_{lang}", words.rights[lang]) for lang in LANGS if words.rights)
        if words.licence:
            yield "licence", words.licence
    yield "address", site.options.site_url
    yield "state", find_newest_day(site.shown, site.derived)


def list_codebook(site: Site) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the code book: every column, and every term of every list that columns have values of."""
    ar, en = site.words["ar"], site.words["en"]
    for name, column in COLUMNS.items():
        told = zip(*(tell_column(column, words) for words in (ar, en)), strict=True)
        yield ("columns", name, *(text for pair in told for text in pair), column.kind, column.terms)
    units = {unit for claim in site.shown.claims.values() if claim.status != "retracted" for unit in _list_units(claim)}
    lists = (list_terms(site.shown.vocabulary, words, units) for words in (ar, en))
    for (name, arabic), (_, english) in zip(*lists, strict=True):
        for a, e in zip(arabic, english, strict=True):
            yield name, a.id, a.label, e.label, a.meaning, e.meaning, "", ""


def _list_units(claim: Claim) -> Iterator[str]:
    for quantity in claim.quantities:
        found = (quantity.unit, quantity.per and quantity.per.unit, quantity.change and quantity.change.by_unit)
        yield from filter(None, found)


def _describe_package(site: Site, resources: list[dict[str, Any]]) -> dict[str, Any]:
    about = dict(list_about(site))
    names, rights = (
        [about[f"{name}_{lang}"] for lang in reversed(LANGS) if f"{name}_{lang}" in about]
        for name in ("name", "rights")
    )
    return {
        "profile": "tabular-data-package",
        "name": "record",
        "title": " · ".join(names),
        "description": "Who says what, and on whose word: every statement stands with its opening words. "
        "A cell of text that begins with an apostrophe is meant without it. "
        "مَن يقول ماذا، وعلى ذمّة مَن: كل قول مع عبارته الافتتاحية. والخلية النصية التي تبدأ بفاصلة عليا تُقرأ من دونها.",
        "homepage": about["address"],
        "version": about["state"],
        **({"licenses": [{"path": about["licence"], "title": " ".join(rights)}]} if "licence" in about else {}),
        **({"rights": " ".join(rights)} if rights else {}),
        "sources": [{"title": source.title["en"], "path": source.address} for source in site.shown.sources.values()],
        "resources": resources,
    }


def _describe_table(site: Site, table: Table, text: str) -> dict[str, Any]:
    ar, en = site.words["ar"], site.words["en"]
    keys = [
        {
            "fields": column.name,
            "reference": {"resource": column.refers if column.refers != table.name else "", "fields": "id"},
        }
        for column in table.columns
        if column.refers and not column.is_many
    ]
    key = list(table.key)
    schema = {
        "fields": [_describe_column(site, column, is_key=key == [column.name]) for column in table.columns],
        "missingValues": [""],
        "primaryKey": key,
        "foreignKeys": keys,
    }
    return _describe(table.name, f"{en.gettext(table.label)} · {ar.gettext(table.label)}", schema, text)


def _describe_column(site: Site, column: Column, *, is_key: bool) -> dict[str, Any]:
    told = [tell_column(column, site.words[lang]) for lang in reversed(LANGS)]
    limits = {**({"required": True} if column.is_always else {}), **({"unique": True} if is_key else {})}
    return {
        "name": column.name,
        "type": column.kind,
        "title": " · ".join(label for label, _ in told),
        **({"description": " · ".join(filter(None, (meaning for _, meaning in told)))} if told[0][1] else {}),
        **({"constraints": limits} if limits else {}),
    }


def _describe(name: str, title: str, schema: dict[str, Any], text: str) -> dict[str, Any]:
    raw = text.encode()
    return {
        "name": name,
        "title": title,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "bytes": len(raw),
        "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}",
        "schema": schema,
    }
