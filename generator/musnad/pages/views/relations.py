"""Who is tied to whom, to be explored in the browser; without scripts, those with most ties, each a way to its page."""

from dataclasses import dataclass

from musnad.pages.elements.composer import Composer
from musnad.pages.elements.heads import make_page_head
from musnad.pages.elements.links import link_entity
from musnad.pages.elements.neighbours import EXPLORER
from musnad.pages.elements.parts import Link, PageView
from musnad.pages.views.table import list_row_icons
from musnad.records.problems import N_
from musnad.text.languages import OTHER


@dataclass(frozen=True, slots=True)
class Connected:
    """One entity and how many claims tie it to others."""

    link: Link
    other_name: str
    count: str


@dataclass(frozen=True, slots=True)
class RelationsBody:
    """What stands on the page before its script has come."""

    start: str
    """Id of the entity that the picture begins with, or empty."""
    connected: tuple[Connected, ...]
    icons: tuple[str, ...]
    """Of all marks that a claim may have."""


def make_relations_view(composer: Composer) -> PageView:
    """Compose the page on which relations are explored."""
    t = composer.words.gettext
    ids = composer.graph.selected["connected"]
    body = RelationsBody(
        start=next(iter(ids), ""),
        connected=tuple(_make_connected(composer, entity_id) for entity_id in ids),
        icons=list_row_icons(composer),
    )
    title = t(N_("Explore the relations"))
    lede = t(N_("Who is tied to whom, by which claims, and on whose word."))
    trail = (Link(t(N_("Claims")), composer.href("claims/")),)
    head = make_page_head(composer, EXPLORER, "relations", title, lede, edit="", section="claims/", trail=trail)
    return PageView(head, body)


def _make_connected(composer: Composer, entity_id: str) -> Connected:
    count = len({claim_id for edge in composer.graph.edges[entity_id] for claim_id in edge.claim_ids})
    return Connected(
        link_entity(composer, entity_id),
        composer.catalogue.entities[entity_id].name(OTHER[composer.lang]),
        composer.words.plural(N_("{n} claim"), N_("{n} claims"), count),
    )
