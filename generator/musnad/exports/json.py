"""The whole record as one JSON object, with what was recorded and what was derived told apart."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import cast

from musnad.derive.mentions import Mention
from musnad.derive.people import is_protected
from musnad.derive.prices import UnitPrice, find_growth, find_unit_price
from musnad.derive.sensitive import is_coarsened
from musnad.derive.versions import find_day, find_version
from musnad.exports.about import describe_record
from musnad.exports.fields import dump_inherited, dump_shown
from musnad.exports.shapes import (
    About,
    Derived,
    DerivedOfClaim,
    DerivedOfEntity,
    DerivedOfSource,
    ExportedClaim,
    ExportedEntity,
    ExportedSource,
    Group,
    MentionShape,
    Texts,
    UnitPriceShape,
)
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.passages import archived_href, passage_href
from musnad.pages.elements.voices import make_lead, tell_claim
from musnad.pages.site import Site
from musnad.records.model import Claim, Entity, Per, Quantity, Source
from musnad.records.problems import N_
from musnad.records.values import LocalizedText
from musnad.text.languages import LANGS

DATA = "record.json"
SCHEMA_VERSION = 1
"""Of what is exported: raised when a field is renamed, removed or means something else; a new field leaves it."""
write_json = json.JSONEncoder(ensure_ascii=False).encode


Exported = ExportedSource | ExportedEntity | ExportedClaim


def export_json(site: Site) -> str:
    """Return ``{"about", "sources", "entities", "claims"}``; each record has ``record`` and ``derived``.

    Keys keep one order, records are sorted by id and stand on a line each; the text ends with a newline. Withheld and
    draft records are not in it.
    """
    return write_whole(site, {name: map(write_json, records) for name, records in dump_records(site).items()})


def write_whole(site: Site, lines: Mapping[Group, Iterable[str]]) -> str:
    """Return the same from records that are JSON already."""
    parts = [f'"about": {write_json(describe(site))}']
    parts += [f'"{name}": [\n' + ",\n".join(records) + "\n]" for name, records in lines.items()]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def describe(site: Site) -> About:
    """Return what the record is, whose rules hold for it, and how it is to be read."""
    return cast(
        "About",
        {
            "schema_version": SCHEMA_VERSION,
            **describe_record(site),
            "note": N_(
                "record: as written by editors, statements and places of sensitive claims excepted; "
                "derived: what follows from the records, and each statement with its opening words"
            ),
        },
    )


def dump_records(site: Site) -> dict[Group, Iterator[Exported]]:
    """Return all records as JSON could hold them, group by group."""
    return {group: map(dump, ids) for group, (ids, dump) in list_dumps(site).items()}


def list_dumps(site: Site) -> dict[Group, tuple[Iterable[str], Callable[[str], Exported]]]:
    """Return the ids of each group, and what gives a record of it as JSON could hold it; records are looked up then."""
    composers, catalogue = list(site.composers.values()), site.catalogue
    return {
        "sources": (catalogue.sources, lambda id_: _export_source(site, catalogue.sources[id_])),
        "entities": (catalogue.entities, lambda id_: _export_entity(site, catalogue.entities[id_])),
        "claims": (catalogue.claims, lambda id_: _export_claim(site, composers, catalogue.claims[id_])),
    }


def _list_texts(text: LocalizedText) -> Texts:
    return {lang: text[lang] for lang in LANGS}


def _derive(site: Site, record: Source | Entity | Claim) -> Derived:
    """Return what follows of any record."""
    edits = site.graph.edits.get(record.ref, ())
    return {
        "pages": {lang: site.options.addresses.find_absolute(f"{lang}/{record.ref}/") for lang in LANGS},
        "version": find_version(record),
        "changed": find_day(record, edits),
        # Days, kinds and fields, and nobody.
        "edits": [{"date": edit.date, "kind": edit.kind, "fields": list(edit.fields)} for edit in edits],
    }


def _export_source(site: Site, source: Source) -> ExportedSource:
    coverage = site.graph.coverage.get(source.id, ())
    derived: DerivedOfSource = {
        **_derive(site, source),
        "sentences": [
            {"paragraph": c.paragraph, "sentence": c.sentence, "claims": list(c.claim_ids)} for c in coverage
        ],
        "places": [
            {"at": found.spot.anchor, "claims": list(found.claim_ids)} for found in site.graph.places.get(source.id, ())
        ],
        "carried_by": list(site.graph.carriers.get(source.id, ())),
    }
    return {"id": source.id, "record": dump_shown(source), "derived": derived}


def _export_mention(mention: Mention) -> MentionShape:
    found: MentionShape = {"claim": mention.claim_id, "as": mention.part}
    if mention.role:
        found["role"] = mention.role
    return found


def _export_entity(site: Site, entity: Entity) -> ExportedEntity:
    derived: DerivedOfEntity = {
        **_derive(site, entity),
        "mentions": [_export_mention(mention) for mention in site.graph.mentions.get(entity.id, ())],
        "noindex": is_protected(entity, site.catalogue),
    }
    return {"id": entity.id, "kind": entity.kind, "record": dump_shown(entity), "derived": derived}


def _export_claim(site: Site, composers: list[Composer], claim: Claim) -> ExportedClaim:
    source = site.catalogue.sources[claim.source_id]
    derived: DerivedOfClaim = {
        # The checker of types thinks that it might hold "inherited" as well.
        **_derive(site, claim),  # type: ignore[typeddict-item]
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
            _export_unit_price(q, q.per, price) for q in claim.quantities if q.per and (price := find_unit_price(q))
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
    if is_coarsened(claim):
        derived["coarsened"] = ["place"]
    if inherited := dump_inherited(claim):
        derived["inherited"] = inherited
    return {"id": claim.id, "record": dump_shown(claim), "derived": derived}


def _export_unit_price(quantity: Quantity, per: Per, price: UnitPrice) -> UnitPriceShape:
    figures = {figure.path[-1]: str(figure.number) for figure in price.quantity.figures}
    told = {"unit": quantity.unit, "per": per.unit, "comparator": quantity.comparator, "rounded": price.is_rounded}
    return cast("UnitPriceShape", figures | told)
