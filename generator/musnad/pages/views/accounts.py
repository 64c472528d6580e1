"""Accounts side by side: what is said again, qualified or in tension, and of how many origins it is."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from musnad.derive.accounts import SAME, TENSIONS
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.heads import make_page_head
from musnad.pages.elements.links import link_entity, link_source
from musnad.pages.elements.pairs import find_pairs, make_pairs
from musnad.pages.elements.parts import Fact, Link, PageView, Pair, is_any_protected
from musnad.records.model import LinkType, Source
from musnad.records.problems import N_

PLACE = "accounts/"
PAIRS = 30
"""Pairs of each sort that are shown."""
_SECTIONS: tuple[tuple[str, str, tuple[LinkType, ...], str], ...] = (
    ("tensions", N_("Accounts in tension"), TENSIONS, "mark=tension"),
    ("same", N_("Said more than once"), SAME, "standing=repeated,independent"),
    ("qualified", N_("One qualifies the other"), ("qualifies",), "mark=qualified"),
)
"""Anchors, titles, links, and how the claims are chosen in the table of all."""


@dataclass(frozen=True, slots=True)
class PairSection:
    """Pairs of one sort."""

    anchor: str
    title: str
    count: int
    pairs: tuple[Pair, ...]
    rest: Link | None
    """How many are not shown, and the way to their claims."""


@dataclass(frozen=True, slots=True)
class OriginView:
    """A source that does not stand for itself, and why."""

    source: Link
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class AccountsBody:
    """Accounts side by side."""

    sections: tuple[PairSection, ...]
    single: Link | None
    """Claims that one source alone makes."""
    origins: tuple[OriginView, ...]


def make_accounts_view(composer: Composer) -> PageView:
    """Compose the page of accounts."""
    words = composer.words
    single = sum(standing == "single" for standing in composer.graph.standings.values())
    text = words.plural(N_("{n} claim"), N_("{n} claims"), single)
    body = AccountsBody(
        sections=tuple(_make_section(composer, *section) for section in _SECTIONS),
        single=Link(text, composer.href("claims/all/?standing=single")) if single else None,
        origins=tuple(_list_origins(composer)),
    )
    title = words.gettext(N_("Accounts side by side"))
    lede = words.gettext(N_("Who says the same, who says otherwise, and how many origins that comes down to."))
    trail = (Link(words.gettext(N_("Claims")), composer.href("claims/")),)
    head = make_page_head(composer, PLACE, "accounts", title, lede, edit="", section="claims/", trail=trail)
    pairs = [pair for section in body.sections for pair in section.pairs]
    return PageView(replace(head, is_noindex=is_any_protected(pairs)), body)


def _make_section(composer: Composer, anchor: str, title: str, types: tuple[LinkType, ...], chosen: str) -> PairSection:
    words = composer.words
    found = find_pairs(composer, composer.graph.ties, types)
    rest = len(found) - PAIRS
    text = words.plural(N_("{n} more pair"), N_("{n} more pairs"), rest)
    return PairSection(
        anchor,
        words.gettext(title),
        len(found),
        make_pairs(composer, found, PAIRS),
        Link(text, composer.href(f"claims/all/?{chosen}")) if rest > 0 else None,
    )


def _list_origins(composer: Composer) -> Iterator[OriginView]:
    """Yield the sources that carry a text of another one, or of an agency."""
    for source in composer.catalogue.sources.values():
        if source.origin or source.agency:
            yield OriginView(link_source(composer, source.id), tuple(_tell_origin(composer, source)))


def _tell_origin(composer: Composer, source: Source) -> Iterator[Fact]:
    t = composer.words.gettext
    if source.origin:
        yield Fact(t(N_("Carries the text of")), "repeated", links=(link_source(composer, source.origin),))
    if source.agency:
        yield Fact(t(N_("Text supplied by")), "repeated", links=(link_entity(composer, source.agency),))
