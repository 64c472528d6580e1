"""What can be found: every page as one document with its names and its text in both languages."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from musnad.derive.facets import Facet, find_named, find_party_facet
from musnad.pages.elements import labels
from musnad.pages.elements.badges import make_standing_badge
from musnad.pages.elements.claims import tell_answered
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.concepts import PLACE as CONCEPTS
from musnad.pages.elements.concepts import list_words
from musnad.pages.elements.links import name_source, tell_kind
from musnad.pages.elements.places_times import make_place_fact, make_time_fact
from musnad.pages.elements.quantities import tell_quantity
from musnad.pages.elements.voices import name_voice
from musnad.pages.elements.ways import tell_way
from musnad.pages.prose import Section
from musnad.pages.site import Site
from musnad.records.model import Catalogue, Claim, Entity, Quantity, Source
from musnad.records.problems import N_
from musnad.records.values import LocalizedText
from musnad.text.languages import LANGS, Lang

Group = Literal["entity", "claim", "source", "page"]
Answer = Literal["money", "number", "place", "time", "party", "voice"]
Part = Literal["money", "number", "place", "time", "party", "voice"]
"""What a question may ask for, of which a claim tells."""
_ANY_NUMBER = ("some", "several")
"""Vague amounts that are no answer to how many."""
GROUPS: Mapping[Group, str] = {
    "entity": N_("Entities"),
    "claim": N_("Claims"),
    "source": N_("Sources"),
    "page": N_("Pages"),
}


@dataclass(frozen=True)
class Document:
    """One page, or one section of a hand-written page, in both languages."""

    path: str
    """Address below the language: ``entities/flour/``, ``method/#agreement``."""
    group: Group
    kind: Mapping[Lang, str]
    """A word for what it is; of a section, its page."""
    title: Mapping[Lang, str]
    context: Mapping[Lang, str]
    """One line below the title; a claim's begins with its voice."""
    names: tuple[str, ...] = ()
    """What it is called, in either language; claims have no names."""
    text: tuple[str, ...] = ()
    """What else is searched."""
    notes: tuple[str, ...] = ()
    """What is told of it beside; it counts for less."""
    answers: tuple[Answer, ...] = ()
    """What a question may ask for."""
    marks: Mapping[Lang, tuple[str, ...]] = field(default_factory=dict)
    """Of a claim: whether its voices are named, and how it is said; of a retracted one the first alone."""
    parts: Mapping[Lang, tuple[tuple[Part, str], ...]] = field(default_factory=dict)
    """What a claim tells of what a question asks for, each in words."""
    words: tuple[str, ...] = ()
    """Words any of which, typed alone, leads to it; nothing else of such a page is searched."""
    weight: int = 0
    """Number of claims; decides between equals."""
    file: str = ""
    """Below the entries folder; empty for pages that are no record."""


def list_documents(site: Site, prose: Mapping[Lang, Iterable[Section]] | None = None) -> list[Document]:
    """Return every document in a fixed order; ``prose`` are the sections of the hand-written pages."""
    composers = site.composers
    catalogue = site.catalogue
    return [
        *(_of_entity(composers, entity) for entity in catalogue.entities.values()),
        *(_of_source(composers, source) for source in catalogue.sources.values()),
        *_of_pages(site, composers),
        *_of_prose(prose or {}),
        # Last, so that the numbers of what has a name stay when a claim is added.
        *(_of_claim(composers, claim) for claim in catalogue.claims.values()),
    ]


def _of_entity(composers: Mapping[Lang, Composer], entity: Entity) -> Document:
    composer = composers["en"]
    kind = composer.catalogue.vocabulary.kinds[entity.kind]
    return Document(
        path=composer.addresses.find(f"entities/{entity.id}/"),
        group="entity",
        kind=_localize(kind.label),
        title={lang: entity.name(lang) for lang in LANGS},
        context=_localize(entity.description),
        names=tuple(dict.fromkeys(name.text for name in entity.names)),
        text=(
            *(entity.subkind[lang] for lang in LANGS if entity.subkind),
            *(external.id for external in entity.external_ids),
        ),
        notes=tuple(_note_entity(composer, entity)),
        answers=tuple(_answer_entity(composer, entity)),
        weight=len({mention.claim_id for mention in composer.graph.mentions.get(entity.id, ())}),
        file=entity.file,
    )


def _of_source(composers: Mapping[Lang, Composer], source: Source) -> Document:
    title = {lang: name_source(composer, source) for lang, composer in composers.items()}
    return Document(
        path=composers["en"].addresses.find(f"sources/{source.id}/"),
        group="source",
        kind={lang: composer.words.gettext(N_("Source")) for lang, composer in composers.items()},
        title=title,
        context={lang: source.title[lang] for lang in LANGS},
        names=tuple(filter(None, (*title.values(), source.id, source.headline))),
        text=() if source.kind == "article" else tuple(tell_kind(composer, source) for composer in composers.values()),
        weight=len(composers["en"].graph.coverage.get(source.id, composers["en"].graph.places.get(source.id, ()))),
        file=source.file,
    )


def _answer_entity(composer: Composer, entity: Entity) -> Iterator[Answer]:
    if entity.location:
        yield "place"
    if find_party_facet(entity, composer.catalogue) == "party":
        yield "party"


def _note_entity(composer: Composer, entity: Entity) -> Iterator[str]:
    """Yield what it must not be taken for, in either language."""
    for other in entity.distinct_from:
        if other.name:
            yield from _localize(other.name).values()
        elif other.entity and other.entity in composer.catalogue.entities:
            yield from (composer.catalogue.entities[other.entity].name(lang) for lang in LANGS)


def _of_claim(composers: Mapping[Lang, Composer], claim: Claim) -> Document:
    catalogue = composers["en"].catalogue
    is_told = claim.status != "retracted"
    return Document(
        path=composers["en"].addresses.find(f"claims/{claim.id}/"),
        group="claim",
        kind={lang: name_source(composer, catalogue.sources[claim.source_id]) for lang, composer in composers.items()},
        title={lang: claim.title[lang] for lang in composers},
        context={lang: tell_answered(composer, claim) for lang, composer in composers.items()},
        text=tuple(filter(None, (tell_way(c, claim) for c in composers.values()))) if is_told else (),
        notes=tuple(dict.fromkeys(_note_claim(composers, claim))) if is_told else (),
        answers=tuple(_list_answers(catalogue, claim)) if is_told else (),
        marks={lang: tuple(_list_marks(composer, claim)) for lang, composer in composers.items()},
        parts={lang: tuple(_list_parts(composer, claim)) for lang, composer in composers.items()} if is_told else {},
        file=claim.file,
    )


def _list_marks(composer: Composer, claim: Claim) -> Iterator[str]:
    yield composer.words.gettext(labels.NAMED[find_named(claim, composer.catalogue)])
    if claim.status != "retracted":
        yield composer.catalogue.vocabulary.modalities[claim.modality].label[composer.lang]


def _list_parts(composer: Composer, claim: Claim) -> Iterator[tuple[Part, str]]:
    """Yield what a claim tells, in the words of its page."""
    for quantity in claim.quantities:
        is_money = _is_money(composer.catalogue, quantity)
        if quantity.figures or quantity.vague:
            yield "money" if is_money else "number", tell_quantity(composer, quantity)
    if claim.place and (place := make_place_fact(composer, claim, claim.place).text):
        yield "place", place
    if claim.way:
        yield "place", tell_way(composer, claim)
    if claim.time and (time := make_time_fact(composer, claim.source_id, claim.time).text):
        yield "time", time
    # Where the source leaves open who one of the parties is, the other may not be who is asked for.
    is_open = any(map(claim.is_inferred, _list_ends(claim)))
    for party in _list_ends(claim):
        if _is_of(composer.catalogue, claim, party, "party") and not is_open:
            yield "party", composer.catalogue.entities[party].name(composer.lang)
        elif not claim.place and _is_of(composer.catalogue, claim, party, "place"):
            yield "place", composer.catalogue.entities[party].name(composer.lang)
    yield "voice", name_voice(composer, claim)


def _note_claim(composers: Mapping[Lang, Composer], claim: Claim) -> Iterator[str]:
    """Yield what a claim is about beside its words: its parties by all their names, and the words of the vocabulary."""
    catalogue = composers["en"].catalogue
    vocabulary = catalogue.vocabulary
    predicate = vocabulary.predicates[claim.predicate]
    for label in (predicate.label, predicate.inverse, vocabulary.modalities[claim.modality].label, claim.literal):
        if label:
            yield from _localize(label).values()
    for composer in composers.values():
        yield make_standing_badge(composer, claim).text
    for quantity in claim.quantities:
        yield from _localize(vocabulary.measures[quantity.measures].label).values()
    places = claim.place.entities if claim.place else ()
    for party in (claim.subject, claim.object, *(part.entity for part in claim.parts), *places):
        if party and party in catalogue.entities:
            yield from (name.text for name in catalogue.entities[party].names)
            yield from _localize(catalogue.entities[party].description).values()


def _list_answers(catalogue: Catalogue, claim: Claim) -> Iterator[Answer]:
    told = [quantity for quantity in claim.quantities if quantity.figures or quantity.vague]
    told = [quantity for quantity in told if quantity.vague not in _ANY_NUMBER]
    is_money = [_is_money(catalogue, quantity) for quantity in told]
    if any(is_money):
        yield "money"
    if not all(is_money):
        yield "number"
    if claim.place or claim.way or any(_is_of(catalogue, claim, party, "place") for party in _list_ends(claim)):
        yield "place"
    if claim.time:
        yield "time"
    if any(_is_of(catalogue, claim, party, "party") for party in _list_ends(claim)):
        yield "party"
    if claim.attribution and claim.attribution[-1].voice != "outlet":
        yield "voice"


def _list_ends(claim: Claim) -> list[str]:
    """Return subject and object."""
    return list(dict.fromkeys(filter(None, (claim.subject, claim.object))))


def _is_of(catalogue: Catalogue, claim: Claim, id_: str, facet: Facet) -> bool:
    """Whether the source names a party of that facet: goods, places and events are no answer to who."""
    return not claim.is_inferred(id_) and find_party_facet(catalogue.entities[id_], catalogue) == facet


def _is_money(catalogue: Catalogue, quantity: Quantity) -> bool:
    """Whether an amount is of money: by its unit, or without one by what it measures."""
    unit = catalogue.vocabulary.units.get(quantity.unit or "")
    dimensions = (unit.dimension,) if unit and unit.dimension else catalogue.vocabulary.measures[quantity.measures].of
    return "money" in dimensions


def _of_pages(site: Site, composers: Mapping[Lang, Composer]) -> Iterator[Document]:
    """Yield the indexes and the guide: pages of our own making that have a name."""
    links = {lang: site.browse_links(composer) for lang, composer in composers.items()}
    for n, (place, _, _) in enumerate(links["en"]):
        path = site.options.addresses.find(place)
        title = {lang: links[lang][n][1] for lang in LANGS}
        context = {lang: links[lang][n][2] for lang in LANGS}
        yield Document(path, "page", dict.fromkeys(LANGS, ""), title, context, names=tuple(title.values()))
    for id_, claim_ids in site.graph.concepts.items():
        yield Document(
            site.options.addresses.find(f"{CONCEPTS}{id_}/"),
            "page",
            {lang: composer.words.gettext(N_("Concept")) for lang, composer in composers.items()},
            _localize(site.catalogue.vocabulary.concepts[id_].label),
            {
                lang: composer.words.plural(N_("{n} claim"), N_("{n} claims"), len(claim_ids))
                for lang, composer in composers.items()
            },
            words=tuple(word for lang in LANGS for word in list_words(composers[lang], id_, lang)),
        )


def _of_prose(prose: Mapping[Lang, Iterable[Section]]) -> Iterator[Document]:
    """Yield each hand-written section; headings differ between languages, so each is a document of one language."""
    titles: dict[str, list[str]] = {}
    for sections in prose.values():
        for section in sections:
            if not section.heading:
                titles.setdefault(section.path, []).append(section.page)
    for lang, sections in prose.items():
        for section in sections:
            yield Document(
                section.path,
                "page",
                {lang: section.page if section.heading else ""},
                {lang: section.heading or section.page},
                {lang: section.text[:200].rsplit(" ", 1)[0] if len(section.text) > 200 else section.text},
                names=(section.heading,) if section.heading else tuple(titles[section.path]),
                text=(section.text,),
            )


def _localize(text: LocalizedText) -> dict[Lang, str]:
    return {lang: text[lang] for lang in LANGS}
