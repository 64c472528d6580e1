"""What readers may see: drafts, withheld records and where a sensitive claim happened leave here, once, for every page
and export.
"""

from dataclasses import replace

from musnad.derive.sensitive import coarsen
from musnad.records.model import HIDDEN, Catalogue, Redirect
from musnad.records.walk import iter_records


def publishable(catalogue: Catalogue) -> Catalogue:
    """Return the catalogue without draft and withheld records and without redirects to them.

    A claim of a hidden source is hidden with it. Sensitive claims tell no more of where than they may.
    """
    sources = {id_: source for id_, source in catalogue.sources.items() if source.status not in HIDDEN}
    claims = {
        id_: claim
        for id_, claim in catalogue.claims.items()
        if claim.status not in HIDDEN and claim.source_id in sources
    }
    # A hidden claim may be linked to from either side; a shown one must not lead to it.
    claims = {
        id_: claim.model_copy(update={"links": tuple(link for link in claim.links if link.claim in claims)})
        if any(link.claim not in claims for link in claim.links)
        else claim
        for id_, claim in claims.items()
    }
    entities = {id_: entity for id_, entity in catalogue.entities.items() if entity.status not in HIDDEN}
    told = coarsen(replace(catalogue, sources=sources, claims=claims, entities=entities))
    shown = {record.ref for record in iter_records(told)}
    redirects = {
        old: redirect
        for old, redirect in catalogue.redirects.items()
        if find_end(catalogue, old).gone or follow_redirect(catalogue, old) in shown
    }
    return replace(told, redirects=redirects)


def find_end(catalogue: Catalogue, old: str) -> Redirect:
    """Return the last redirect on the way from an old address; of a loop, which no published record has, some one."""
    redirect, seen = catalogue.redirects[old], {old}
    while redirect.to and redirect.to in catalogue.redirects and redirect.to not in seen:
        seen.add(redirect.to)
        redirect = catalogue.redirects[redirect.to]
    return redirect


def follow_redirect(catalogue: Catalogue, old: str) -> str | None:
    """Return the address a redirect finally leads to; None where the record is gone."""
    return find_end(catalogue, old).to
