"""All claims, to be filtered and sorted in the browser; without scripts, the first of them and ways to the rest."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from musnad.pages.elements import labels
from musnad.pages.elements.claims import make_claims
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.heads import make_page_head
from musnad.pages.elements.links import link_source
from musnad.pages.elements.parts import ClaimView, Link, PageView, is_any_protected
from musnad.records.problems import N_

PLACE = "claims/all/"
ROWS = 50
"""Rows that stand in the page, and in each of the files with the others."""
_ROW_ICONS = ("arrow", "clock", "denied", "locator", "page", "readings", "row")


@dataclass(frozen=True, slots=True)
class Row:
    """One claim of the table."""

    claim: ClaimView
    source: Link


@dataclass(frozen=True, slots=True)
class TableBody:
    """The table of all claims."""

    total: str
    rows: tuple[Row, ...]
    rest: str
    """How many claims do not stand in the page, or empty."""
    icons: tuple[str, ...]
    """Of all that a row may have."""


def make_table_view(composer: Composer) -> PageView:
    """Compose the page of all claims."""
    words, count = composer.words, len(composer.catalogue.claims)
    rows = make_rows(composer, composer.graph.selected["first"])
    rest = count - len(rows)
    body = TableBody(
        total=words.plural(N_("{n} claim"), N_("{n} claims"), count),
        rows=rows,
        rest=words.plural(N_("{n} more claim"), N_("{n} more claims"), rest) if rest else "",
        icons=list_row_icons(composer),
    )
    title = words.gettext(N_("All claims"))
    lede = words.gettext(N_("Every claim with its voice, to be filtered, sorted and taken along."))
    trail = (Link(words.gettext(N_("Claims")), composer.href("claims/")),)
    head = make_page_head(composer, PLACE, "table", title, lede, edit="", section="claims/", trail=trail)
    return PageView(replace(head, is_noindex=is_any_protected(row.claim for row in rows)), body)


def list_row_icons(composer: Composer) -> tuple[str, ...]:
    """Return the icons of all that a row may have."""
    modalities = (modality.icon for modality in composer.catalogue.vocabulary.modalities.values())
    return tuple(sorted({*labels.STANDINGS, *modalities, *_ROW_ICONS}))


def make_rows(composer: Composer, claim_ids: Iterable[str]) -> tuple[Row, ...]:
    """Return rows of the table."""
    return tuple(
        Row(claim, link_source(composer, composer.catalogue.claims[claim.id].source_id))
        for claim in make_claims(composer, claim_ids)
    )
