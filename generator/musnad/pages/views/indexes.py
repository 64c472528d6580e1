"""Pages that lead to records: sections, kinds, claims and sources."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from musnad.derive.prices import PRICE, is_price
from musnad.pages.elements.claims import make_claims
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.coverage import tell_coverage
from musnad.pages.elements.heads import find_terms, make_page_head
from musnad.pages.elements.links import find_map, link_entity, link_kind, link_section, link_source, tell_kind
from musnad.pages.elements.overview import Question, make_questions
from musnad.pages.elements.pairs import count_tensions
from musnad.pages.elements.parts import ClaimView, Link, PageView, QuantityView, is_any_protected
from musnad.pages.elements.quantities import make_quantity
from musnad.pages.elements.voices import name_voice
from musnad.records.model import Entity
from musnad.records.problems import N_
from musnad.text.collation import initial, sort_key
from musnad.text.languages import LANGS, OTHER

# A section shows the most claimed of each kind; the kind's own page has them all.
SECTION_ENTRIES = 40


@dataclass(frozen=True, slots=True)
class Price:
    """A price and the voice it rests on."""

    quantity: QuantityView
    voice: str
    href: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entity of an index."""

    link: Link
    other_name: str
    other_lang: str
    note: str
    count: str
    prices: tuple[Price, ...]


@dataclass(frozen=True, slots=True)
class EntryGroup:
    """Entities under a letter or a kind."""

    anchor: str
    label: str
    entries: tuple[Entry, ...]
    more: Link | None = None


@dataclass(frozen=True, slots=True)
class IndexBody:
    """An index of entities."""

    title: str
    lede: str
    groups: tuple[EntryGroup, ...]
    letters: tuple[Link, ...] = ()
    views: tuple[Link, ...] = ()
    """Pages that show what is claimed of them all."""


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One source of the index of sources."""

    link: Link
    title: str
    note: str
    coverage: str


@dataclass(frozen=True, slots=True)
class SourcesBody:
    """The index of sources."""

    entries: tuple[SourceEntry, ...]


@dataclass(frozen=True, slots=True)
class ClaimsBody:
    """The index of claims."""

    total: str
    questions: tuple[Question, ...]
    latest: tuple[ClaimView, ...]
    by_source: tuple[SourceEntry, ...]
    tensions: str
    """How many pairs of accounts are in tension, and how many claims are ambiguous; or empty."""
    ambiguous: str


def entity_entry(composer: Composer, entity: Entity) -> Entry:
    """Return an entity as one row of an index."""
    return composer.remember("entry", entity.id, lambda: _make_entry(composer, composer.catalogue.entities[entity.id]))


def _make_entry(composer: Composer, entity: Entity) -> Entry:
    lang, words = composer.lang, composer.words
    prices = tuple(_prices(composer, entity))
    is_good = composer.catalogue.vocabulary.kinds[entity.kind].trait == "good"
    note = words.gettext(N_("No unit price stated")) if is_good else entity.subkind[lang] if entity.subkind else ""
    count = words.plural(N_("{n} claim"), N_("{n} claims"), claim_count(composer, entity))
    return Entry(link_entity(composer, entity.id), entity.name(OTHER[lang]), OTHER[lang], note, count, prices)


def _prices(composer: Composer, entity: Entity) -> Iterator[Price]:
    """Yield the prices stated for an entity, each with its voice."""
    for claim in map(composer.catalogue.claims.__getitem__, composer.graph.priced.get(entity.id, ())):
        for quantity in claim.quantities:
            if is_price(quantity):
                href = composer.href(f"claims/{claim.id}/")
                yield Price(make_quantity(composer, quantity), name_voice(composer, claim), href)


def _is_priced(composer: Composer, entity: Entity) -> bool:
    return next(_prices(composer, entity), None) is not None


def claim_count(composer: Composer, entity: Entity) -> int:
    """Return how many claims name an entity."""
    return len({mention.claim_id for mention in composer.graph.mentions.get(entity.id, ())})


def _by_name(composer: Composer, entities: Iterable[Entity]) -> list[Entity]:
    return sorted(entities, key=lambda entity: (*sort_key(entity.name(composer.lang), composer.lang), entity.id))


def make_kind_view(composer: Composer, kind_id: str) -> PageView:
    """Compose the index of one kind, under the letters of the alphabet."""
    lang = composer.lang
    kind = composer.catalogue.vocabulary.kinds[kind_id]
    entities = _by_name(composer, (e for e in composer.catalogue.entities.values() if e.kind == kind_id))
    letters: dict[str, list[Entry]] = {}
    for entity in entities:
        letters.setdefault(initial(entity.name(lang), lang), []).append(entity_entry(composer, entity))
    groups = tuple(
        EntryGroup(f"letter-{n}", letter, tuple(found)) for n, (letter, found) in enumerate(letters.items(), 1)
    )
    title = kind.plural[lang]
    lede = composer.words.plural(N_("{n} record, sorted by name."), N_("{n} records, sorted by name."), len(entities))
    head = make_page_head(
        composer,
        f"browse/{kind.section}/{kind_id}/",
        "index",
        title,
        f"{title}. {lede}",
        section=f"browse/{kind.section}/",
        trail=(link_section(composer, kind.section),),
        edit=find_terms(composer, "kinds"),
    )
    jumps = tuple(Link(group.label, f"#{group.anchor}") for group in groups) if len(entities) > SECTION_ENTRIES else ()
    return PageView(head, IndexBody(title, lede, groups, jumps, tuple(_link_views(composer, [kind_id]))))


def make_section_view(composer: Composer, section_id: str) -> PageView:
    """Compose the index of a section: the most claimed of each of its kinds."""
    lang, vocabulary = composer.lang, composer.catalogue.vocabulary
    section = vocabulary.sections[section_id]
    groups = []
    for kind_id, kind in vocabulary.kinds.items():
        entities = [e for e in composer.catalogue.entities.values() if e.kind == kind_id]
        if kind.section != section_id or not entities:
            continue
        most = sorted(entities, key=lambda e: (not _is_priced(composer, e), -claim_count(composer, e), e.id))
        most = most[:SECTION_ENTRIES]
        text = composer.words.fill(N_("{kind}, all {n}"), kind=kind.plural[lang], n=len(entities))
        more = Link(text, link_kind(composer, kind_id).href)
        entries = tuple(entity_entry(composer, entity) for entity in _by_name(composer, most))
        groups.append(EntryGroup(kind_id, kind.plural[lang], entries, more))
    head = make_page_head(
        composer,
        f"browse/{section_id}/",
        "index",
        section.label[lang],
        section.blurb[lang],
        edit=find_terms(composer, "sections"),
    )
    views = tuple(_link_views(composer, [group.anchor for group in groups]))
    return PageView(head, IndexBody(section.label[lang], section.blurb[lang], tuple(groups), views=views))


def _link_views(composer: Composer, kind_ids: Iterable[str]) -> Iterator[Link]:
    """Yield the ways from places to the map, from goods to who supplies them and to what they cost."""
    traits = {composer.catalogue.vocabulary.kinds[id_].trait for id_ in kind_ids}
    if "place" in traits:
        yield Link(composer.words.gettext(N_("On the map")), find_map(composer))
    if "good" in traits and composer.graph.exchanges:
        yield Link(composer.words.gettext(N_("Who supplies what to whom")), composer.href("exchange/"))
    if "good" in traits and PRICE in composer.graph.figures:
        yield Link(composer.words.gettext(N_("All prices")), composer.href(f"figures/#measure-{PRICE}"))


def make_sources_view(composer: Composer) -> PageView:
    """Compose the index of sources."""
    title = composer.words.gettext(N_("Sources"))
    lede = composer.words.gettext(N_("What was read, sentence by sentence: what was taken from it and what was not."))
    return PageView(
        make_page_head(composer, "sources/", "sources", title, lede, edit="site.yaml"),
        SourcesBody(_source_entries(composer)),
    )


def _source_entries(composer: Composer) -> tuple[SourceEntry, ...]:
    published, unknown = N_("Published {date}"), composer.words.gettext(N_("Date of publication not established"))
    return tuple(
        SourceEntry(
            link_source(composer, source.id),
            source.title[composer.lang]
            if source.kind == "article" and source.language in LANGS
            else composer.words.fill(
                N_("{title} · {kind}"), title=source.title[composer.lang], kind=tell_kind(composer, source)
            ),
            unknown
            if source.published == "unknown"
            else composer.words.fill(published, date=composer.words.date(source.published)),
            tell_coverage(composer, source.id),
        )
        for source in composer.catalogue.sources.values()
    )


def make_claims_view(composer: Composer) -> PageView:
    """Compose the index of claims: the latest, all by source, and the ways to what is in tension or ambiguous."""
    words, claims, selected = composer.words, composer.catalogue.claims, composer.graph.selected
    title = words.gettext(N_("Claims"))
    tensions, ambiguous = count_tensions(composer, composer.graph.ties), len(selected["ambiguous"])
    body = ClaimsBody(
        total=words.plural(N_("{n} claim"), N_("{n} claims"), len(claims)),
        questions=make_questions(composer),
        latest=make_claims(composer, selected["latest"]),
        by_source=_source_entries(composer),
        tensions=words.plural(N_("{n} pair"), N_("{n} pairs"), tensions) if tensions else "",
        ambiguous=words.plural(N_("{n} claim"), N_("{n} claims"), ambiguous) if ambiguous else "",
    )
    lede = words.gettext(N_("The latest claims, the sources they come from, and what does not fit together."))
    head = make_page_head(composer, "claims/", "claims", title, lede, edit="site.yaml")
    return PageView(replace(head, is_noindex=is_any_protected(body.latest)), body)
