"""What the table of all claims and other views read: facets of every claim, their labels, and rows ready to be shown.

``data/claims.json`` knows ids alone; ``data/<lang>/labels.json`` has their words; ``data/<lang>/claims/<n>.json`` has
the rows, in the order of the first, so many in each. What has many values, and few readers ask for, stands in files
of its own: ``data/parties.json`` and ``data/<lang>/names.json``.
"""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from musnad.derive.facets import FACETS, NOWHERE, Facet, Facets, Mark, find_facets
from musnad.exports.form import list_messages
from musnad.pages.elements import labels
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.links import name_source
from musnad.pages.render import make_url, print_template
from musnad.pages.site import Site
from musnad.pages.views.table import PLACE, ROWS, make_rows
from musnad.records.problems import N_
from musnad.text.bidi import isolate
from musnad.text.collation import sort_key
from musnad.text.languages import Lang

CLAIMS, PARTIES = "data/claims.json", "data/parties.json"
MANY: tuple[Facet, ...] = ("goods", "place", "party")
"""Facets with as many values as there are entities."""
FEW = tuple(facet for facet in FACETS if facet not in MANY)
SCRIPTS = Path(__file__).parents[1] / "theme/assets/views"
FACET_LABELS: Mapping[Facet, str] = {
    "source": N_("Source"),
    "voice": N_("Kind of voice"),
    "named": N_("Named or not"),
    "modality": N_("How it is said"),
    "standing": N_("Who else says so"),
    "predicate": N_("Relation"),
    "goods": N_("Goods"),
    "place": N_("Places"),
    "party": N_("Parties"),
    "mark": N_("Marks"),
}
MARK_LABELS: Mapping[Mark, str] = {
    "reviewed": N_("Checked by two people"),
    "unreviewed": N_("Not checked by two people"),
    "figure": N_("Gives a figure"),
    "readings": N_("More than one reading"),
    "tension": N_("In tension with another account"),
    "qualified": N_("Qualifies another, or is qualified"),
    "not-stated": N_("Something is not stated"),
    "inferred": N_("The record infers a party"),
    "answered": N_("Denied or answered"),
    "denied": labels.POLARITY_DENIED,
    "superseded": labels.STATUSES["superseded"],
    "way": N_("Tells a way"),
    "dated": N_("Gives a date"),
    "to-come": N_("Told as still to come"),
    "relative": N_("Seen from the source, without a date"),
    "worded": N_("In words that fit no calendar"),
    "untimed": N_("No time stated"),
}
_FIXED: Mapping[str, Mapping[Any, str]] = {"named": labels.NAMED, "mark": MARK_LABELS, "standing": labels.STANDINGS}
_ROW = re.compile("<tr>.*?</tr>", re.DOTALL)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def collect_facets(site: Site) -> list[Facets]:
    """Return the facets of every claim, in the order of the ids."""
    return [find_facets(claim, site.catalogue, site.graph) for claim in site.catalogue.claims.values()]


def export_claims(site: Site, found: Sequence[Facets]) -> str:
    """Return ``{"each", "ids", "facets"}``: how many rows a file has, all claims, and by facet ``{"values", "of"}``.

    ``of`` has for each claim the places of its values in ``values``.
    """
    return _encode({"each": ROWS, "ids": list(site.catalogue.claims), "facets": _make_columns(found, FEW)})


def export_parties(found: Sequence[Facets]) -> str:
    """Return ``{"facets"}``, the same of those with many values."""
    return _encode({"facets": _make_columns(found, MANY)})


def _make_columns(found: Sequence[Facets], facets: Sequence[Facet]) -> dict[str, Any]:
    return {facet: _make_column([one.get(facet, ()) for one in found]) for facet in facets}


def _make_column(found: Sequence[tuple[str, ...]]) -> dict[str, Any]:
    number = {id_: n for n, id_ in enumerate(dict.fromkeys(id_ for ids in found for id_ in ids))}
    return {"values": list(number), "of": [[number[id_] for id_ in ids] for ids in found]}


def export_labels(site: Site, lang: Lang, found: Sequence[Facets]) -> str:
    """Return ``{"address", "facets", "labels", "messages"}`` of one language.

    ``address`` is that of a claim below the site, with ``{id}`` in it; ``facets`` the words for all of them; ``labels``
    has by facet the words of its values by their ids, in alphabetical order.
    """
    composer = site.composers[lang]
    t = composer.words.gettext
    made = {
        "address": composer.addresses.find(composer.href("claims/{id}/")),
        "facets": {facet: t(label) for facet, label in FACET_LABELS.items()},
        "labels": _label(composer, found, FEW),
        "messages": {message: t(message) for message in list_messages(SCRIPTS)},
    }
    return _encode(made)


def export_names(site: Site, lang: Lang, found: Sequence[Facets]) -> str:
    """Return ``{"labels", "titles"}``: the words of what has many values; all claims in the order of their titles."""
    titles = [sort_key(claim.title[lang], lang) for claim in site.catalogue.claims.values()]
    order = sorted(range(len(titles)), key=titles.__getitem__)
    return _encode({"labels": _label(site.composers[lang], found, MANY), "titles": order})


def _label(composer: Composer, found: Sequence[Facets], facets: Sequence[Facet]) -> dict[str, dict[str, str]]:
    return {facet: dict(_list_labels(composer, facet, found)) for facet in facets}


def _list_labels(composer: Composer, facet: Facet, found: Sequence[Facets]) -> list[tuple[str, str]]:
    lang = composer.lang
    names = {id_: _name(composer, facet, id_) for id_ in {id_ for one in found for id_ in one.get(facet, ())}}
    order = sorted(names, key=lambda id_: (sort_key(names[id_], lang), id_))
    return [(id_, isolate(names[id_], lang)) for id_ in order]


def _name(composer: Composer, facet: Facet, id_: str) -> str:
    catalogue, vocabulary = composer.catalogue, composer.catalogue.vocabulary
    if id_ == NOWHERE:
        return composer.words.gettext(N_("No place named"))
    if facet in ("goods", "place", "party"):
        return catalogue.entities[id_].name(composer.lang)
    if facet == "source":
        return name_source(composer, catalogue.sources[id_])
    if facet in _FIXED:
        return composer.words.gettext(_FIXED[facet][id_])
    terms: Mapping[str, Mapping[str, Any]] = {
        "voice": vocabulary.voices,
        "modality": vocabulary.modalities,
        "predicate": vocabulary.predicates,
    }
    return str(terms[facet][id_].label[composer.lang])


def list_row_files(site: Site, lang: Lang) -> list[tuple[str, Sequence[str]]]:
    """Return the address of each file of rows in a language, and the ids of its claims."""
    ids = list(site.shown.claims)
    return [(f"data/{lang}/claims/{n // ROWS}.json", ids[n : n + ROWS]) for n in range(0, len(ids), ROWS)]


def export_rows(site: Site, lang: Lang, claim_ids: Sequence[str]) -> str:
    """Return rows as the page of all claims has them: a list of pairs of id and HTML."""
    composer = site.composers[lang]
    url = make_url(composer.addresses, composer.href(PLACE))
    rows = make_rows(composer, claim_ids)
    # Made at once, as most of the work of making one is what all have in common. No row has a row in it.
    made = _ROW.findall(print_template(composer.words, "rows.md.j2", url, rows=rows))
    return _encode([[row.claim.id, html] for row, html in zip(rows, made, strict=True)])
