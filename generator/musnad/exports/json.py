"""The whole record as one JSON object, with what was recorded and what was derived told apart."""

import json
from collections.abc import Iterator
from typing import Any

from musnad import __version__
from musnad.derive.news import find_newest_day
from musnad.derive.people import is_protected
from musnad.derive.prices import find_growth, find_unit_price
from musnad.exports.fields import dump_inherited, dump_shown
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.passages import archived_href, passage_href
from musnad.pages.elements.voices import make_lead, tell_claim
from musnad.pages.site import Site
from musnad.records.model import Claim, Entity, Quantity, Source
from musnad.records.problems import N_
from musnad.text.languages import LANGS

SCHEMA_VERSION = 1
"""Of what is exported: raised when a field is renamed, removed or means something else; a new field leaves it."""
_write = json.JSONEncoder(ensure_ascii=False).encode


def export_json(site: Site) -> str:
    """Return ``{"about", "sources", "entities", "claims"}``; each record has ``record`` and ``derived``.

    Keys keep one order, records are sorted by id and stand on a line each; the text ends with a newline. Withheld and
    draft records are not in it.
    """
    composers = list(site.composers.values())
    catalogue = site.catalogue
    about = {
        "schema_version": SCHEMA_VERSION,
        "name": {lang: catalogue.site.name[lang] for lang in LANGS} if catalogue.site else None,
        "rights": {lang: catalogue.site.rights[lang] for lang in LANGS}
        if catalogue.site and catalogue.site.rights
        else None,
        "licence": catalogue.site.licence if catalogue.site else None,
        "address": site.options.site_url,
        "state": find_newest_day(site.shown, site.derived),
        "generator": f"musnad {__version__}",
        "note": N_(
            "record: as written by editors, statements excepted; "
            "derived: what follows from the records, and each statement with its opening words"
        ),
    }
    lists: dict[str, Iterator[dict[str, Any]]] = {
        "sources": (_export_source(site, composers, source) for source in catalogue.sources.values()),
        "entities": (_export_entity(site, composers, entity) for entity in catalogue.entities.values()),
        "claims": (_export_claim(site, composers, claim) for claim in catalogue.claims.values()),
    }
    parts = [f'"about": {_write(about)}']
    parts += [f'"{name}": [\n' + ",\n".join(map(_write, records)) + "\n]" for name, records in lists.items()]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _pages(site: Site, ref: str) -> dict[str, str]:
    return {lang: site.options.addresses.find_absolute(f"{lang}/{ref}/") for lang in LANGS}


def _list_edits(site: Site, record: Source | Entity | Claim) -> list[dict[str, Any]]:
    """Return what version control tells of a record: days, kinds and fields, and nobody."""
    edits = site.graph.edits.get(record.ref, ())
    return [{"date": edit.date, "kind": edit.kind, "fields": list(edit.fields)} for edit in edits]


def _export_source(site: Site, composers: list[Composer], source: Source) -> dict[str, Any]:
    coverage = site.graph.coverage.get(source.id, ())
    sentences = [{"paragraph": c.paragraph, "sentence": c.sentence, "claims": list(c.claim_ids)} for c in coverage]
    return {
        "id": source.id,
        "record": dump_shown(source),
        "derived": {
            "pages": _pages(site, source.ref),
            "edits": _list_edits(site, source),
            "sentences": sentences,
            "places": [
                {"at": found.spot.anchor, "claims": list(found.claim_ids)}
                for found in site.graph.places.get(source.id, ())
            ],
            "carried_by": list(site.graph.carriers.get(source.id, ())),
        },
    }


def _export_entity(site: Site, composers: list[Composer], entity: Entity) -> dict[str, Any]:
    mentions = [
        {"claim": m.claim_id, "as": m.part, **({"role": m.role} if m.role else {})}
        for m in site.graph.mentions.get(entity.id, ())
    ]
    derived = {
        "pages": _pages(site, entity.ref),
        "edits": _list_edits(site, entity),
        "mentions": mentions,
        "noindex": is_protected(entity, site.catalogue),
    }
    return {"id": entity.id, "kind": entity.kind, "record": dump_shown(entity), "derived": derived}


def _export_claim(site: Site, composers: list[Composer], claim: Claim) -> dict[str, Any]:
    source = site.catalogue.sources[claim.source_id]
    derived = {
        "pages": _pages(site, claim.ref),
        "edits": _list_edits(site, claim),
        "attributed_statement": None
        if claim.status == "retracted"
        else {c.lang: f"{make_lead(c, claim)} {claim.statement[c.lang]}" for c in composers},
        "standing": site.graph.standings[claim.id],
        "ties": [
            {"claim": t.other, "type": t.type, "stated_here": t.forward} for t in site.graph.ties.get(claim.id, ())
        ],
        "answers": [
            {
                "claim": tie.other,
                "type": tie.type,
                "attributed_statement": {
                    c.lang: " ".join(tell_claim(c, site.catalogue.claims[tie.other])) for c in composers
                },
            }
            for tie in site.graph.answers.get(claim.id, ())
        ],
        "unit_prices": [
            {
                **_dump_figures(price.quantity),
                "unit": q.unit,
                "per": q.per.unit,
                "comparator": q.comparator,
                "rounded": price.is_rounded,
            }
            for q in claim.quantities
            if q.per and (price := find_unit_price(q))
        ],
        "changes": [
            {
                "difference": str(growth.difference),
                "unit": q.unit,
                "percent": None if growth.percent is None else format(growth.percent, "f"),
                "exact": growth.is_exact,
                "rounded": growth.is_rounded,
            }
            for q in claim.quantities
            if (growth := find_growth(q))
        ],
        "passages": [passage_href(source, locator) for locator in claim.locators],
        "archived_passages": [archived_href(source, locator) or None for locator in claim.locators],
        "noindex": is_protected(claim, site.catalogue),
    }
    if inherited := dump_inherited(claim):
        derived["inherited"] = inherited
    return {"id": claim.id, "record": dump_shown(claim), "derived": derived}


def _dump_figures(quantity: Quantity) -> dict[str, Any]:
    """Return the figures of a quantity as texts, under the names of their fields."""
    return {figure.path[-1]: str(figure.number) for figure in quantity.figures}
