"""Pages that lead to records: home, sections, kinds, claims, sources, and how to read the marks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from generator.graph import reading_order
from generator.model import Claim, Entity
from generator.problems import N_
from generator.text.bidi import isolate
from generator.text.collation import initial, sort_key
from generator.values import OTHER
from generator.views import labels
from generator.views.claim import make_tension
from generator.views.compose import REVIEWS_NEEDED, Composer
from generator.views.parts import Badge, ClaimView, Fact, Link, PageView, Pair, QuantityView, VoiceView
from generator.views.source import tell_coverage

# A section shows the most claimed of each kind; the kind's own page has them all.
SECTION_ENTRIES = 40
LISTED = 30


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
    latest: tuple[ClaimView, ...]
    by_source: tuple[SourceEntry, ...]
    tensions: tuple[Pair, ...]
    ambiguous: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One way into the record."""

    link: Link
    count: int
    blurb: str


@dataclass(frozen=True, slots=True)
class HomeBody:
    """The home page of a language."""

    question: str
    placeholder: str
    examples: tuple[Link, ...]
    figure: tuple[VoiceView, ...]
    counts: tuple[tuple[str, int], ...]
    featured: ClaimView | None
    ways: tuple[Way, ...]
    latest: tuple[ClaimView, ...]
    trust: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Legend:
    """One mark and its meaning."""

    anchor: str
    badge: Badge
    meaning: str


@dataclass(frozen=True, slots=True)
class ReadingBody:
    """How to read every mark."""

    example: ClaimView | None
    chains: tuple[tuple[VoiceView, ...], ...]
    modalities: tuple[Legend, ...]
    standings: tuple[Legend, ...]
    computed: str
    steps: tuple[str, ...]


def entity_entry(composer: Composer, entity: Entity) -> Entry:
    """Return an entity as one row of an index."""
    lang, words = composer.lang, composer.words
    prices = tuple(_prices(composer, entity))
    is_good = composer.catalogue.vocabulary.kinds[entity.kind].trait == "good"
    note = words.gettext(N_("No price stated")) if is_good else entity.subkind[lang] if entity.subkind else ""
    count = words.plural(N_("{n} claim"), N_("{n} claims"), _claim_count(composer, entity))
    return Entry(composer.entity_link(entity.id), entity.name(OTHER[lang]), OTHER[lang], note, count, prices)


def _prices(composer: Composer, entity: Entity) -> Iterator[Price]:
    """Yield the prices stated for an entity, each with its voice."""
    claim_ids = dict.fromkeys(m.claim_id for m in composer.graph.mentions.get(entity.id, ()) if m.part == "subject")
    for claim in map(composer.catalogue.claims.__getitem__, claim_ids):
        for quantity in claim.quantities:
            if quantity.per:
                href = composer.href(f"claims/{claim.id}/")
                yield Price(composer.quantity(quantity), composer.voice_phrase(claim), href)


def _is_priced(composer: Composer, entity: Entity) -> bool:
    return next(_prices(composer, entity), None) is not None


def _claim_count(composer: Composer, entity: Entity) -> int:
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
    head = composer.page_head(
        f"browse/{kind.section}/{kind_id}/",
        "index",
        title,
        f"{title}. {lede}",
        section=f"browse/{kind.section}/",
        trail=(composer.section_link(kind.section),),
    )
    jumps = tuple(Link(group.label, f"#{group.anchor}") for group in groups) if len(entities) > SECTION_ENTRIES else ()
    return PageView(head, IndexBody(title, lede, groups, jumps))


def make_section_view(composer: Composer, section_id: str) -> PageView:
    """Compose the index of a section: the most claimed of each of its kinds."""
    lang, vocabulary = composer.lang, composer.catalogue.vocabulary
    section = vocabulary.sections[section_id]
    groups = []
    for kind_id, kind in vocabulary.kinds.items():
        entities = [e for e in composer.catalogue.entities.values() if e.kind == kind_id]
        if kind.section != section_id or not entities:
            continue
        most = sorted(entities, key=lambda e: (not _is_priced(composer, e), -_claim_count(composer, e), e.id))
        most = most[:SECTION_ENTRIES]
        text = composer.words.fill(N_("{kind}, all {n}"), kind=kind.plural[lang], n=len(entities))
        more = Link(text, composer.kind_link(kind_id).href) if len(entities) > len(most) else None
        entries = tuple(entity_entry(composer, entity) for entity in _by_name(composer, most))
        groups.append(EntryGroup(kind_id, kind.plural[lang], entries, more or composer.kind_link(kind_id)))
    head = composer.page_head(f"browse/{section_id}/", "index", section.label[lang], section.blurb[lang])
    return PageView(head, IndexBody(section.label[lang], section.blurb[lang], tuple(groups)))


def make_sources_view(composer: Composer) -> PageView:
    """Compose the index of sources."""
    title = composer.words.gettext(N_("Sources"))
    lede = composer.words.gettext(N_("What was read, sentence by sentence: what was taken from it and what was not."))
    return PageView(composer.page_head("sources/", "sources", title, lede), SourcesBody(_source_entries(composer)))


def _source_entries(composer: Composer) -> tuple[SourceEntry, ...]:
    published, unknown = N_("Published {date}"), composer.words.gettext(N_("Date of publication not established"))
    return tuple(
        SourceEntry(
            composer.source_link(source.id),
            source.title[composer.lang],
            unknown
            if source.published == "unknown"
            else composer.words.fill(published, date=composer.words.date(source.published)),
            tell_coverage(composer, composer.graph.coverage.get(source.id, ())),
        )
        for source in composer.catalogue.sources.values()
    )


def _latest(composer: Composer, limit: int) -> tuple[ClaimView, ...]:
    """Return the claims whose records changed last; those of one day in reading order."""

    def changed(claim: Claim) -> str:
        return claim.history[-1].date if claim.history else claim.extracted.date

    claims = sorted(composer.catalogue.claims.values(), key=reading_order)
    claims.sort(key=changed, reverse=True)
    return composer.claims(claim.id for claim in claims[:limit])


def make_claims_view(composer: Composer) -> PageView:
    """Compose the index of claims: the latest, all by source, what is in tension, what is ambiguous."""
    words, claims = composer.words, composer.catalogue.claims
    title = words.gettext(N_("Claims"))
    body = ClaimsBody(
        total=words.plural(N_("{n} claim"), N_("{n} claims"), len(claims)),
        latest=_latest(composer, LISTED),
        by_source=_source_entries(composer),
        tensions=find_tensions(composer)[:LISTED],
        ambiguous=composer.claims([claim.id for claim in claims.values() if claim.readings][:LISTED]),
    )
    lede = words.gettext(N_("The latest claims, the sources they come from, and what does not fit together."))
    return PageView(composer.page_head("claims/", "claims", title, lede), body)


def find_tensions(composer: Composer) -> tuple[Pair, ...]:
    """Return every pair of accounts in tension, once."""
    pairs = {}
    for claim_id, ties in composer.graph.ties.items():
        for tie in ties:
            if tie.type in ("in-tension-with", "contradicts"):
                pair = make_tension(composer, composer.catalogue.claims[claim_id], tie)
                pairs[pair.anchor] = pair
    return tuple(pairs[anchor] for anchor in sorted(pairs))


def make_home_view(composer: Composer) -> PageView:
    """Compose the home page of a language."""
    lang, site = composer.lang, composer.catalogue.site
    assert site is not None, "checked before pages are made"
    featured = composer.catalogue.claims.get(site.featured)
    examples = (composer.catalogue.entities[id_] for id_ in site.examples if id_ in composer.catalogue.entities)
    names = [entity.name(lang) for entity in examples]
    body = HomeBody(
        question=site.question[lang],
        placeholder=site.search_placeholder[lang],
        examples=tuple(Link(name, "?" + urlencode({"q": name})) for name in names),
        figure=composer.chain(featured) if featured else (),
        counts=_count_everything(composer),
        featured=composer.claim(featured.id) if featured else None,
        ways=_make_ways(composer),
        latest=_latest(composer, 3),
        trust=tuple(Fact(heading.title[lang], text=heading.text[lang]) for heading in site.trust),
    )
    head = composer.page_head("", "home", isolate(site.name[lang], lang), site.purpose[lang])
    return PageView(head, body)


def _count_everything(composer: Composer) -> tuple[tuple[str, int], ...]:
    words, catalogue, graph = composer.words, composer.catalogue, composer.graph
    cells = [cell for cells in graph.coverage.values() for cell in cells]
    covered = sum(bool(cell.claim_ids) for cell in cells)
    standings = list(graph.standings.values())
    reviewed = sum(len(claim.reviews) >= REVIEWS_NEEDED for claim in catalogue.claims.values())
    return (
        (words.gettext(N_("articles read")), len(catalogue.sources)),
        (words.fill(N_("sentences; {covered} carry claims"), covered=covered), len(cells)),
        (words.gettext(N_("claims")), len(catalogue.claims)),
        (words.gettext(N_("claims independently corroborated")), standings.count("independent")),
        (words.gettext(N_("claims checked by a second reviewer")), reviewed),
    )


def _make_ways(composer: Composer) -> tuple[Way, ...]:
    t, vocabulary, catalogue = composer.words.gettext, composer.catalogue.vocabulary, composer.catalogue
    counts = dict.fromkeys(vocabulary.sections, 0)
    for entity in catalogue.entities.values():
        counts[vocabulary.kinds[entity.kind].section] += 1
    ways = [
        Way(composer.section_link(id_), counts[id_], section.blurb[composer.lang])
        for id_, section in vocabulary.sections.items()
        if counts[id_]
    ]
    ambiguous = sum(claim.readings is not None for claim in catalogue.claims.values())
    ways += [
        Way(
            Link(t(N_("Sources")), composer.href("sources/")),
            len(catalogue.sources),
            t(N_("Sentence by sentence: what was taken, what was not")),
        ),
        Way(
            Link(t(N_("Claims")), composer.href("claims/")),
            len(catalogue.claims),
            t(N_("The latest, and all of them by source")),
        ),
        Way(
            Link(t(N_("Accounts in tension")), composer.href("claims/#tensions")),
            len(find_tensions(composer)),
            t(N_("Where two accounts do not fit together")),
        ),
        Way(
            Link(t(N_("Sentences with two readings")), composer.href("claims/#ambiguous")),
            ambiguous,
            t(N_("Where the wording leaves the sense open")),
        ),
    ]
    return tuple(ways)


def make_reading_view(composer: Composer) -> PageView:
    """Compose the guide to every mark."""
    t, lang, catalogue = composer.words.gettext, composer.lang, composer.catalogue
    featured = catalogue.claims.get(catalogue.site.featured) if catalogue.site else None
    chains: dict[tuple[str, ...], Claim] = {}
    for claim in sorted(catalogue.claims.values(), key=reading_order):
        chains.setdefault(tuple(voice.voice for voice in claim.attribution), claim)
    modalities = tuple(
        Legend(id_, Badge(m.icon, m.label[lang], ""), m.meaning[lang])
        for id_, m in catalogue.vocabulary.modalities.items()
    )
    standings = [
        Legend(
            id_,
            Badge(id_, t(text), "", id_ in ("contested", "corrected", "retracted")),
            t(labels.STANDING_MEANINGS[id_]),
        )
        for id_, text in labels.STANDINGS.items()
    ]
    standings += [
        Legend("denied", Badge("denied", t(labels.POLARITY_DENIED), ""), t(N_("The source says that it is not so."))),
        Legend(
            "superseded",
            Badge("corrected", t(labels.STATUSES["superseded"]), "", is_stop=True),
            t(N_("Another claim of this record has taken its place.")),
        ),
        Legend(
            "unreviewed",
            Badge("unreviewed", t(N_("No second reviewer yet")), ""),
            t(N_("Extracted with machine assistance and not yet checked by two people.")),
        ),
    ]
    computed = next((composer.unit_price(quantity) for quantity in featured.quantities), "") if featured else ""
    body = ReadingBody(
        example=composer.claim(featured.id) if featured else None,
        chains=tuple(composer.chain(claim) for claim in chains.values()),
        modalities=modalities,
        standings=tuple(standings),
        computed=computed,
        steps=tuple(precision.label[lang] for precision in catalogue.vocabulary.precisions.values()),
    )
    lede = t(
        N_(
            "The record passes on what sources say and does not judge whether it is true. "
            "Each claim carries marks that tell how much it can bear."
        )
    )
    return PageView(composer.page_head("reading/", "reading", t(N_("How to read this record")), lede), body)
