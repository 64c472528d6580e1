"""Who supplies what to whom: a matrix whose cells lead to the claims, and the same as a list by who gives."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from musnad.derive.exchange import Exchange, Goods
from musnad.derive.facets import find_party_facet
from musnad.derive.people import is_living
from musnad.pages.elements.claims import make_claims
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.heads import make_page_head
from musnad.pages.elements.links import link_entity
from musnad.pages.elements.parts import ClaimView, Link, PageView, is_any_protected
from musnad.records.problems import N_

PLACE = "exchange/"
ROWS = 12
COLUMNS = 8
"""Givers and receivers in the matrix."""
PAIRS = 120
"""Pairs of a giver and a receiver in the list."""
CLAIMS = 5
"""Claims of a pair that are shown."""
IN_CELL = 4
"""Goods that a cell names."""


@dataclass(frozen=True, slots=True)
class Passing:
    """Goods with the number of claims that say so."""

    link: Link
    count: int


@dataclass(frozen=True, slots=True)
class Cell:
    """What passes from the party of a row to that of a column."""

    href: str
    goods: tuple[Passing, ...]
    more: str
    is_firm: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """What one party gives, by column."""

    giver: Link
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class PairView:
    """What passes between two parties, with the claims that say so."""

    anchor: str
    giver: Link
    receiver: Link
    goods: tuple[Passing, ...]
    is_firm: bool
    claims: tuple[ClaimView, ...]
    rest: Link | None


@dataclass(frozen=True, slots=True)
class ExchangeBody:
    """Who supplies what to whom."""

    columns: tuple[Link, ...]
    rows: tuple[MatrixRow, ...]
    cut: str
    """How much the matrix leaves out, or empty."""
    pairs: tuple[PairView, ...]
    unsaid: tuple[PairView, ...]
    people: tuple[ClaimView, ...]
    """Claims that name a living person as a side: each begins with its opening words, and no list names them."""
    people_rest: Link | None
    rest: Link | None
    """How many pairs are not shown, and the way to all claims that hand something over."""


def make_exchange_view(composer: Composer) -> PageView:
    """Compose the page of what is handed over."""
    words, entities = composer.words, composer.catalogue.entities
    exchanges = [exchange for own in composer.graph.exchanges.values() for exchange in own]
    exchanges.sort(key=lambda exchange: (-len(exchange.claim_ids), exchange.giver, exchange.receiver))

    def names_person(exchange: Exchange) -> bool:
        return any(party and is_living(entities[party]) for party in (exchange.giver, exchange.receiver))

    shown = [exchange for exchange in exchanges if not names_person(exchange)]
    one_way, unsaid = ([e for e in shown if e.is_unsaid == is_unsaid] for is_unsaid in (False, True))
    named = dict.fromkeys(id_ for exchange in exchanges if names_person(exchange) for id_ in exchange.claim_ids)
    columns, rows, cut = _make_matrix(composer, one_way)
    rest, unnamed = len(one_way[PAIRS:]) + len(unsaid[PAIRS:]), len(named) - PAIRS
    body = ExchangeBody(
        columns=columns,
        rows=rows,
        cut=words.plural(N_("{n} more pair"), N_("{n} more pairs"), cut) if cut else "",
        pairs=tuple(_make_pair(composer, exchange) for exchange in _sort_by_giver(one_way[:PAIRS])),
        unsaid=tuple(_make_pair(composer, exchange) for exchange in unsaid[:PAIRS]),
        people=make_claims(composer, list(named)[:PAIRS]),
        people_rest=_link_trade(composer, words.plural(N_("{n} more claim"), N_("{n} more claims"), unnamed))
        if unnamed > 0
        else None,
        rest=_link_trade(composer, words.plural(N_("{n} more pair"), N_("{n} more pairs"), rest)) if rest else None,
    )
    title = words.gettext(N_("Who supplies what to whom"))
    lede = words.gettext(N_("Goods as they are said to pass from one to another. Each field leads to its claims."))
    trail = (Link(words.gettext(N_("Claims")), composer.href("claims/")),)
    head = make_page_head(composer, PLACE, "exchange", title, lede, edit="", section="claims/", trail=trail)
    claims = [claim for pair in (*body.pairs, *body.unsaid) for claim in pair.claims]
    return PageView(replace(head, is_noindex=is_any_protected((*claims, *body.people))), body)


def _link_trade(composer: Composer, text: str) -> Link:
    """Lead to the claims whose predicates tell that goods pass from one to another."""
    chosen = [id_ for id_, predicate in composer.catalogue.vocabulary.predicates.items() if predicate.gives]
    query = urlencode({"predicate": ",".join(chosen)}, safe=",")
    return Link(text, composer.href(f"claims/all/?{query}"))


def _make_matrix(composer: Composer, exchanges: list[Exchange]) -> tuple[tuple[Link, ...], tuple[MatrixRow, ...], int]:
    """Return columns and rows, most claimed first and unnamed parties last, and how many pairs are left out."""
    givers, receivers = (
        sorted(counts, key=lambda party: (not party, -counts[party], party))
        for counts in (_count(exchanges, "giver"), _count(exchanges, "receiver"))
    )
    by_pair = {(exchange.giver, exchange.receiver): exchange for exchange in exchanges}
    rows = []
    for giver in givers[:ROWS]:
        found = (by_pair.get((giver, receiver)) for receiver in receivers[:COLUMNS])
        cells = tuple(_make_cell(composer, exchange) if exchange else None for exchange in found)
        rows.append(MatrixRow(_link_party(composer, giver, "gives"), cells))
    columns = tuple(_link_party(composer, receiver, "receives") for receiver in receivers[:COLUMNS])
    inside = sum(exchange.giver in givers[:ROWS] and exchange.receiver in receivers[:COLUMNS] for exchange in exchanges)
    return columns, tuple(rows), len(exchanges) - inside


def _count(exchanges: Iterable[Exchange], side: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for exchange in exchanges:
        counts[getattr(exchange, side)] += len(exchange.claim_ids)
    return counts


def _sort_by_giver(exchanges: list[Exchange]) -> list[Exchange]:
    """Return the pairs of each giver together, in the order of those with most claims; of none that is named, last."""
    order = {giver: place for place, giver in enumerate(dict.fromkeys(exchange.giver for exchange in exchanges))}
    return sorted(exchanges, key=lambda exchange: (not exchange.giver, order[exchange.giver]))


def _make_cell(composer: Composer, exchange: Exchange) -> Cell:
    goods = tuple(_make_passing(composer, each) for each in exchange.goods)
    rest = len(goods[IN_CELL:])
    more = composer.words.fill(N_("and {n} more"), n=rest) if rest else ""
    return Cell(f"#{_name_anchor(exchange)}", goods[:IN_CELL], more, exchange.is_firm)


def _make_pair(composer: Composer, exchange: Exchange) -> PairView:
    rest = len(exchange.claim_ids[CLAIMS:])
    link = None
    if rest:
        chosen: dict[str, str] = {}
        party = exchange.giver or exchange.receiver
        if party:
            chosen[find_party_facet(composer.catalogue.entities[party], composer.catalogue)] = party
        named = ",".join(each.entity_id for each in exchange.goods if each.entity_id)
        chosen |= {"goods": named} if named else {}
        text = composer.words.plural(N_("{n} more claim"), N_("{n} more claims"), rest)
        link = Link(text, composer.href(f"claims/all/?{urlencode(chosen, safe=',')}"))
    return PairView(
        _name_anchor(exchange),
        _link_party(composer, exchange.giver, "gives"),
        _link_party(composer, exchange.receiver, "receives"),
        tuple(_make_passing(composer, each) for each in exchange.goods),
        exchange.is_firm,
        make_claims(composer, exchange.claim_ids[:CLAIMS]),
        link,
    )


def _make_passing(composer: Composer, goods: Goods) -> Passing:
    unnamed = Link(composer.words.gettext(N_("goods not named")))
    return Passing(link_entity(composer, goods.entity_id) if goods.entity_id else unnamed, len(goods.claim_ids))


def _link_party(composer: Composer, entity_id: str, side: str) -> Link:
    if entity_id:
        return link_entity(composer, entity_id)
    return Link(composer.words.gettext(N_("No giver named") if side == "gives" else N_("No receiver named")))


def _name_anchor(exchange: Exchange) -> str:
    kind = "deal" if exchange.is_unsaid else "pair"
    return f"{kind}-{exchange.giver or '0'}-to-{exchange.receiver or '0'}"
