"""Pages that lead to records: sections, kinds and sources begin with what readers come for; claims with the latest."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import urlencode

from musnad.derive.facets import find_party_facet
from musnad.derive.people import is_living, is_protected, living_voices
from musnad.derive.prices import PRICE
from musnad.derive.reviews import is_reviewed
from musnad.derive.starts import End, Listing, Price, Sort, Summary
from musnad.pages.elements.claims import make_answers, make_claims
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.coverage import tell_coverage
from musnad.pages.elements.heads import find_terms, make_page_head
from musnad.pages.elements.links import (
    find_map,
    link_entity,
    link_kind,
    link_section,
    link_source,
    name_source,
    tell_kind,
)
from musnad.pages.elements.neighbours import EXPLORER
from musnad.pages.elements.overview import Question, make_questions
from musnad.pages.elements.pairs import count_tensions, make_tensions
from musnad.pages.elements.parts import AnswerView, ClaimView, Fact, Link, PageView, Pair, is_any_protected
from musnad.pages.elements.places_times import make_time_fact
from musnad.pages.elements.quantities import make_quantity_fact
from musnad.pages.elements.voices import make_lead, name_voice
from musnad.records.model import Entity, Source
from musnad.records.problems import N_
from musnad.records.values import UNKNOWN
from musnad.text.collation import initial, sort_key
from musnad.text.languages import LANGS, OTHER

# A section shows the first of each kind; the kind's own page has them all.
SECTION_ENTRIES = 40
OPEN = 10
"""Entries of a list, and latest claims, that stand open; the rest is folded."""
SOURCES = 6
"""Sources that the page of claims names."""
PAIRS = 1
"""Pairs in tension that the page of claims shows; their own page has all."""
_ENDS: dict[End, str] = {"lowest": N_("Lowest:"), "highest": N_("Highest:")}
_SORTS: dict[Sort, str] = {
    "priced": N_("With a price, and who states it"),
    "dated": N_("With a date, the latest first"),
    "claimed": "",
    "voiced": N_("Named as voices alone"),
    "bare": N_("No claim names these"),
    "living": N_("People who are, or may be, living, by name; on whose word claims about them rest"),
}
_WITHOUT = {"good": N_("No unit price stated"), "event": N_("No date stated")}
"""Of kinds that are looked through for something, what is said where there is none."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A price or a date, behind the opening words of the claim that gives it."""

    label: str
    lead: str
    href: str
    fact: Fact
    language: str
    """The source's, in which its own words are."""
    answers: tuple[AnswerView, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """A voice, with the number of claims that rest on it, or nothing."""

    voice: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of an index."""

    link: Link
    other_name: str
    notes: tuple[str, ...]
    count: Link | None
    """How many claims are about it, leading to them."""
    figures: tuple[Figure, ...] = ()
    rest: Link | None = None
    """How many figures are left out."""
    voices: tuple[Heard, ...] = ()
    more_voices: str = ""
    is_protected: bool = False
    """Whether it repeats what a living person says, or what is said of one, that two people have not checked."""


@dataclass(frozen=True, slots=True)
class EntryList:
    """Entries that stand together for a reason, which is said once; the folded ones come after."""

    label: str
    entries: tuple[Entry, ...]
    folded: tuple[Entry, ...] = ()
    fold_label: str = ""


@dataclass(frozen=True, slots=True)
class EntryGroup:
    """Lists under a letter or a kind."""

    anchor: str
    label: str
    lists: tuple[EntryList, ...]
    more: Link | None = None


@dataclass(frozen=True, slots=True)
class Newest:
    """What came last, with the day."""

    label: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class IndexBody:
    """An index of records."""

    title: str
    lede: str
    groups: tuple[EntryGroup, ...]
    order: str = ""
    letters: tuple[Link, ...] = ()
    views: tuple[Link, ...] = ()
    """Pages that show what is claimed of them all."""
    newest: Newest | None = None


@dataclass(frozen=True, slots=True)
class ClaimDay:
    """Claims that were extracted or last changed on one day."""

    label: str
    claims: tuple[ClaimView, ...]
    folded: tuple[ClaimView, ...]
    fold_label: str


@dataclass(frozen=True, slots=True)
class Corroborated:
    """A claim with how often it is said and of how many origins that is."""

    claim: ClaimView
    origins: str


@dataclass(frozen=True, slots=True)
class ClaimsBody:
    """The index of claims."""

    questions: tuple[Question, ...]
    table: Link
    latest: tuple[ClaimDay, ...]
    corroborated: tuple[Corroborated, ...]
    sources: tuple[Entry, ...]
    more_sources: str
    pairs: tuple[Pair, ...]
    """The first in tension."""
    tensions: str
    """How many pairs of accounts are in tension, and how many claims are ambiguous; or empty."""
    ambiguous: str


def make_kind_view(composer: Composer, kind_id: str) -> PageView:
    """Compose the index of one kind, under the letters of the alphabet."""
    lang = composer.lang
    kind = composer.catalogue.vocabulary.kinds[kind_id]
    ids = [entity_id for listing in composer.graph.listed[kind_id] for entity_id in listing.entity_ids]
    letters: dict[str, list[Entry]] = {}
    for entity in _by_name(composer, ids):
        entry = _remember_entry(composer, entity.id)
        # Of thousands, a number is lighter than a link.
        entry = replace(entry, count=entry.count and Link(entry.count.text))
        letters.setdefault(initial(entity.name(lang), lang), []).append(entry)
    groups = tuple(
        EntryGroup(f"letter-{n}", letter, (EntryList("", tuple(found)),))
        for n, (letter, found) in enumerate(letters.items(), 1)
    )
    title = kind.plural[lang]
    lede = composer.words.plural(N_("{n} record, sorted by name."), N_("{n} records, sorted by name."), len(ids))
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
    jumps = tuple(Link(group.label, f"#{group.anchor}") for group in groups) if len(ids) > SECTION_ENTRIES else ()
    head = replace(head, is_noindex=_is_any_protected(groups))
    return PageView(head, IndexBody(title, lede, groups, letters=jumps, views=tuple(_link_views(composer, [kind_id]))))


def make_section_view(composer: Composer, section_id: str) -> PageView:
    """Compose the index of a section: of each of its kinds first what readers come for."""
    lang, vocabulary = composer.lang, composer.catalogue.vocabulary
    section = vocabulary.sections[section_id]
    kinds = [id_ for id_, kind in vocabulary.kinds.items() if kind.section == section_id]
    groups = tuple(_make_group(composer, id_, found) for id_ in kinds if (found := composer.graph.listed.get(id_)))
    head = make_page_head(
        composer,
        f"browse/{section_id}/",
        "index",
        section.label[lang],
        section.blurb[lang],
        edit=find_terms(composer, "sections"),
    )
    body = IndexBody(
        section.label[lang],
        section.blurb[lang],
        groups,
        composer.words.gettext(N_("In each list what most claims are about comes first, unless it says otherwise.")),
        views=tuple(_link_views(composer, [group.anchor for group in groups])),
        newest=_make_newest(composer, section_id),
    )
    return PageView(replace(head, is_noindex=_is_any_protected(groups)), body)


def _is_any_protected(groups: Iterable[EntryGroup]) -> bool:
    """Whether an index is kept from search engines, as are other pages that repeat such claims."""
    lists = (found for group in groups for found in group.lists)
    return any(entry.is_protected for found in lists for entry in (*found.entries, *found.folded))


def _make_group(composer: Composer, kind_id: str, listings: Iterable[Listing]) -> EntryGroup:
    kind, words, entities = composer.catalogue.vocabulary.kinds[kind_id], composer.words, composer.catalogue.entities
    count, lists = 0, []
    for listing in listings:
        # Whoever is kept from search engines stands by name on the kind's page alone, so that they may have this one.
        open_ids = [id_ for id_ in listing.entity_ids if not is_protected(entities[id_], composer.catalogue)]
        shown = tuple(open_ids[: max(0, SECTION_ENTRIES - count)])
        count += len(listing.entity_ids)
        if shown:
            lists.append(_make_list(composer, kind.trait, Listing(listing.sort, shown)))
    more = words.fill(N_("{kind}, all {n}, by name"), kind=kind.plural[composer.lang], n=count)
    return EntryGroup(kind_id, kind.plural[composer.lang], tuple(lists), Link(more, link_kind(composer, kind_id).href))


def _make_list(composer: Composer, trait: str | None, listing: Listing) -> EntryList:
    text = _WITHOUT.get(trait or "", "") if listing.sort == "claimed" else _SORTS[listing.sort]
    ids = [entity.id for entity in _rank(composer, listing)]
    count = _count_open(ids)
    return EntryList(
        composer.words.gettext(text) if text else "",
        tuple(_add_voices(composer, entity_id) for entity_id in ids[:count]),
        tuple(_remember_entry(composer, entity_id) for entity_id in ids[count:]),
        composer.words.plural(N_("{n} more record"), N_("{n} more records"), len(ids[count:])),
    )


def _count_open(found: list[str]) -> int:
    # One entry is not worth a fold.
    return len(found) if len(found) <= OPEN + 1 else OPEN


def _rank(composer: Composer, listing: Listing) -> list[Entity]:
    """Return entities in the order of their list; what has as many claims stands by name."""
    entities, summaries = _by_name(composer, listing.entity_ids), composer.graph.summaries
    if listing.sort == "dated":
        return [composer.catalogue.entities[entity_id] for entity_id in listing.entity_ids]
    if listing.sort in ("living", "bare"):
        return entities
    own = {entity.id: summaries[entity.id] for entity in entities}
    return sorted(entities, key=lambda e: -(own[e.id].voiced if listing.sort == "voiced" else own[e.id].about))


def _by_name(composer: Composer, entity_ids: Iterable[str]) -> list[Entity]:
    entities = map(composer.catalogue.entities.__getitem__, entity_ids)
    return sorted(entities, key=lambda entity: (*sort_key(entity.name(composer.lang), composer.lang), entity.id))


def _remember_entry(composer: Composer, entity_id: str) -> Entry:
    return composer.remember("entry", entity_id, lambda: _make_entry(composer, composer.catalogue.entities[entity_id]))


def _make_entry(composer: Composer, entity: Entity) -> Entry:
    """Return an entity with its prices or dates; beside nobody living stands a number."""
    lang, words = composer.lang, composer.words
    found = composer.graph.summaries.get(entity.id, Summary())
    notes = [entity.subkind[lang]] if entity.subkind else []
    is_counted = not is_living(entity)
    if is_counted and found.voiced and not found.about:
        notes.append(words.fill(N_("In chains of voices: {n}"), n=found.voiced))
    facet = find_party_facet(entity, composer.catalogue)
    figures = [_make_price(composer, price) for price in found.prices]
    figures += [_make_date(composer, claim_id) for claim_id in found.dates]
    rest = None
    if found.more_prices:
        text = words.plural(N_("{n} more price"), N_("{n} more prices"), found.more_prices)
        rest = _link_table(composer, text, **{facet: entity.id, "mark": "figure"})
    elif found.more_dates:
        text = words.plural(N_("{n} more claim"), N_("{n} more claims"), found.more_dates)
        rest = _link_table(composer, text, **{facet: entity.id, "mark": "dated"})
    count = words.plural(N_("{n} claim"), N_("{n} claims"), found.about)
    shown = {*(price.claim_id for price in found.prices), *found.dates}
    shown |= {tie.other for claim_id in shown for tie in composer.graph.answers.get(claim_id, ())}
    return Entry(
        link_entity(composer, entity.id),
        other if (other := entity.name(OTHER[lang])) != entity.name(lang) else "",
        tuple(notes),
        _link_table(composer, count, **{facet: entity.id}) if is_counted and found.about else None,
        tuple(figures),
        rest,
        is_protected=any(is_protected(composer.catalogue.claims[id_], composer.catalogue) for id_ in shown),
    )


def _add_voices(composer: Composer, entity_id: str) -> Entry:
    """Return an entry with whom the claims about it rest on; figures have voices of their own."""
    entry, words = _remember_entry(composer, entity_id), composer.words
    found = composer.graph.summaries.get(entity_id, Summary())
    if entry.figures:
        return entry
    heard = [(composer.catalogue.claims[claim_id], count) for claim_id, count in found.voices]
    voices = tuple(Heard(name_voice(composer, claim), count if entry.count else None) for claim, count in heard)
    is_kept_back = any(living_voices(claim, composer.catalogue) and not is_reviewed(claim) for claim, _ in heard)
    more = words.plural(N_("and {n} other voice"), N_("and {n} other voices"), found.more_voices)
    return replace(entry, voices=voices, more_voices=more if found.more_voices else "", is_protected=is_kept_back)


def _make_price(composer: Composer, price: Price) -> Figure:
    quantity = composer.catalogue.claims[price.claim_id].quantities[price.place]
    label = composer.words.gettext(_ENDS[price.end]) if price.end else ""
    return _make_figure(composer, price.claim_id, label, make_quantity_fact(composer, quantity))


def _make_date(composer: Composer, claim_id: str) -> Figure:
    claim = composer.catalogue.claims[claim_id]
    return _make_figure(composer, claim_id, "", make_time_fact(composer, claim.source_id, claim.time))


def _make_figure(composer: Composer, claim_id: str, label: str, fact: Fact) -> Figure:
    claim = composer.catalogue.claims[claim_id]
    language = composer.catalogue.sources[claim.source_id].language
    href, answers = composer.href(f"claims/{claim_id}/"), make_answers(composer, claim_id)
    return Figure(label, make_lead(composer, claim), href, fact, language, answers)


def _link_table(composer: Composer, text: str, **chosen: str) -> Link:
    return Link(text, composer.href(f"claims/all/?{urlencode(chosen)}"))


def _make_newest(composer: Composer, section_id: str) -> Newest | None:
    ids = composer.graph.newest.get(section_id, ())
    if not ids:
        return None
    date = composer.words.date(composer.catalogue.entities[ids[0]].extracted.date)
    label = composer.words.fill(N_("Newest, extracted {date}:"), date=date)
    return Newest(label, tuple(link_entity(composer, entity_id) for entity_id in ids))


def _link_views(composer: Composer, kind_ids: Iterable[str]) -> Iterator[Link]:
    """Yield the ways to pages that show what is claimed of entities of some kinds."""
    t, traits = composer.words.gettext, {composer.catalogue.vocabulary.kinds[id_].trait for id_ in kind_ids}
    if "place" in traits:
        yield Link(t(N_("On the map")), find_map(composer))
    if "good" in traits and composer.graph.exchanges:
        yield Link(t(N_("Who supplies what to whom")), composer.href("exchange/"))
    if "good" in traits and PRICE in composer.graph.figures:
        yield Link(t(N_("All prices")), composer.href(f"figures/#measure-{PRICE}"))
    if "event" in traits:
        yield Link(t(N_("When it is said to have been")), composer.href("time/"))
    if traits - {"place", "good", "event"} and composer.graph.selected["connected"]:
        yield Link(t(N_("Explore the relations")), composer.href(EXPLORER))


def make_sources_view(composer: Composer) -> PageView:
    """Compose the index of sources: the latest first, and all of them by name."""
    words = composer.words
    title = words.gettext(N_("Sources"))
    lede = words.gettext(N_("What was read, sentence by sentence: what was taken from it and what was not."))
    sources = list(composer.catalogue.sources.values())
    by_name = sorted(sources, key=lambda s: (*sort_key(name_source(composer, s), composer.lang), s.id))
    groups = []
    for anchor, label, is_known in (
        ("published", N_("Published, the latest first"), True),
        ("undated", N_("Date of publication not established; the last extracted first"), False),
    ):
        found = [source for source in by_name if (source.published != UNKNOWN) == is_known]
        found.sort(key=lambda s: s.published if is_known else s.extracted.date, reverse=True)
        if found:
            groups.append(EntryGroup(anchor, words.gettext(label), (_fold_sources(composer, found),)))
    if len(sources) > OPEN:
        entries = tuple(Entry(link_source(composer, source.id), "", (), None) for source in by_name)
        count = words.plural(N_("{n} source"), N_("{n} sources"), len(sources))
        folded = EntryList("", (), entries, count)
        groups.append(EntryGroup("by-name", words.gettext(N_("All sources, by name")), (folded,)))
    views = []
    if sources:
        views.append(Link(words.gettext(N_("When the sources were published")), composer.href("time/#published")))
        views.append(Link(words.gettext(N_("Accounts side by side")), composer.href("accounts/")))
    head = make_page_head(composer, "sources/", "index", title, lede, edit="site.yaml")
    return PageView(head, IndexBody(title, lede, tuple(groups), views=tuple(views)))


def _fold_sources(composer: Composer, sources: list[Source]) -> EntryList:
    count = _count_open([source.id for source in sources])
    entries = tuple(_make_source_entry(composer, source, is_full=n < count) for n, source in enumerate(sources))
    rest = composer.words.plural(N_("{n} more source"), N_("{n} more sources"), len(sources) - count)
    return EntryList("", entries[:count], entries[count:], rest)


def _make_source_entry(composer: Composer, source: Source, *, is_full: bool = True) -> Entry:
    words, graph = composer.words, composer.graph
    title = source.title[composer.lang]
    if source.kind != "article" or source.language not in LANGS:
        title = words.fill(N_("{title} · {kind}"), title=title, kind=tell_kind(composer, source))
    dated = N_("Extracted {date}") if source.published == UNKNOWN else N_("Published {date}")
    day = source.extracted.date if source.published == UNKNOWN else source.published
    claims = {id_ for cell in graph.coverage.get(source.id, ()) for id_ in cell.claim_ids}
    claims |= {id_ for found in graph.places.get(source.id, ()) for id_ in found.claim_ids}
    count = words.plural(N_("{n} claim"), N_("{n} claims"), len(claims))
    return Entry(
        link_source(composer, source.id),
        "",
        (title, *([tell_coverage(composer, source.id)] if is_full else []), words.fill(dated, date=words.date(day))),
        _link_table(composer, count, source=source.id) if claims else None,
    )


def make_claims_view(composer: Composer) -> PageView:
    """Compose the index of claims: the latest, what most origins say, and the ways to all others."""
    words, graph = composer.words, composer.graph
    title = words.gettext(N_("Claims"))
    count, ambiguous = len(composer.catalogue.claims), len(graph.selected["ambiguous"])
    tensions = count_tensions(composer, graph.ties)
    sources = sorted(composer.catalogue.sources.values(), key=lambda s: (s.extracted.date, s.id), reverse=True)
    rest = len(sources) - SOURCES
    body = ClaimsBody(
        questions=make_questions(composer),
        table=Link(words.fill(N_("All claims in one table: {n}"), n=count), composer.href("claims/all/")),
        latest=tuple(_list_days(composer)),
        corroborated=tuple(
            Corroborated(claim, _tell_origins(composer, claim.id))
            for claim in make_claims(composer, graph.selected["corroborated"])
            if not claim.is_protected
        ),
        sources=tuple(_make_source_entry(composer, source) for source in sources[:SOURCES]),
        more_sources=words.plural(N_("{n} more source"), N_("{n} more sources"), rest) if rest > 0 else "",
        pairs=tuple(pair for pair in make_tensions(composer, graph.ties, PAIRS) if not pair.is_protected),
        tensions=words.plural(N_("{n} pair"), N_("{n} pairs"), tensions) if tensions else "",
        ambiguous=words.plural(N_("{n} claim"), N_("{n} claims"), ambiguous) if ambiguous else "",
    )
    lede = words.gettext(N_("The latest claims, the sources they come from, and what does not fit together."))
    head = make_page_head(composer, "claims/", "claims", title, lede, edit="site.yaml")
    shown = [claim for day in body.latest for claim in (*day.claims, *day.folded)]
    return PageView(replace(head, is_noindex=is_any_protected(shown)), body)


def _list_days(composer: Composer) -> Iterator[ClaimDay]:
    """Yield the latest claims by the day of their last change or else of their extraction."""
    words, claims = composer.words, composer.catalogue.claims
    left = OPEN

    def find_day(claim_id: str) -> str:
        claim = claims[claim_id]
        return claim.history[-1].date if claim.history else claim.extracted.date

    for day, found in groupby(composer.graph.selected["latest"], key=find_day):
        views = make_claims(composer, found)
        count = min(left, len(views))
        left -= count
        rest = words.plural(N_("{n} more claim"), N_("{n} more claims"), len(views) - count)
        if not count:
            rest = words.plural(N_("{n} claim"), N_("{n} claims"), len(views))
        label = words.fill(N_("Extracted or last changed {date}"), date=words.date(day))
        yield ClaimDay(label, views[:count], views[count:], rest)


def _tell_origins(composer: Composer, claim_id: str) -> str:
    account = composer.graph.accounts[claim_id]
    message = N_("Claims that say so: {claims}; independent origins: {n}.")
    return composer.words.fill(message, claims=len(account.claim_ids), n=account.origins)
