"""The page of one entity: its names, and what is claimed, grouped by predicate and direction."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from musnad.derive.people import is_protected
from musnad.derive.reviews import is_reviewed
from musnad.pages.elements import labels
from musnad.pages.elements.citing import cite_record
from musnad.pages.elements.claims import make_claims
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.heads import make_record_slip
from musnad.pages.elements.history import make_history
from musnad.pages.elements.linked import describe_entity, find_external, write_linked
from musnad.pages.elements.links import find_map, link_entity, link_source, list_kind_trail, name_record
from musnad.pages.elements.neighbours import HEADINGS, Neighbourhood, make_neighbourhood
from musnad.pages.elements.pairs import make_readings
from musnad.pages.elements.parts import ClaimView, Fact, Head, Link, PageView, Pair, is_any_protected
from musnad.pages.elements.pictures import has_picture
from musnad.pages.elements.relations import Relation, make_relation
from musnad.records.model import Entity
from musnad.records.problems import N_
from musnad.text.collation import sort_key
from musnad.text.languages import OTHER

# A group shows this many claims in full, a page so many; the rest is folded and stands there as lines.
OPEN_IN_GROUP = 3
OPEN_ON_PAGE = 20


@dataclass(frozen=True, slots=True)
class Group:
    """Claims that say the same kind of thing about the same two parties."""

    heading: str
    relation: Relation | None
    claims: tuple[ClaimView, ...]
    folded: tuple[ClaimView, ...]
    fold_label: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A section of an entity's page."""

    anchor: str
    label: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class NameRow:
    """One name, what it is, and where it is used."""

    text: str
    lang: str
    role: str
    where: Link


@dataclass(frozen=True, slots=True)
class PrecisionStep:
    """One step of the precision scale."""

    label: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """A name this entity may be taken for."""

    name: Link
    other_name: str
    text: str


@dataclass(frozen=True, slots=True)
class EntityBody:
    """Everything an entity's page shows."""

    icon: str
    eyebrow: str
    name: str
    other_name: str
    description: str
    tally: tuple[tuple[str, int], ...]
    notices: tuple[Notice, ...]
    precision: tuple[PrecisionStep, ...]
    where: tuple[Fact, ...]
    themes: tuple[Theme, ...]
    readings: tuple[Pair, ...]
    neighbours: Neighbourhood | None
    names: tuple[NameRow, ...]
    same_as: tuple[Fact, ...]
    external: tuple[Fact, ...]
    sources: tuple[Link, ...]
    unknowns: tuple[str, ...]
    is_protected: bool
    history: tuple[Fact, ...]


def make_entity_view(composer: Composer, entity_id: str) -> PageView:
    """Compose the page of an entity."""
    entity = composer.catalogue.entities[entity_id]
    lang, words = composer.lang, composer.words
    kind = composer.catalogue.vocabulary.kinds[entity.kind]
    body = _make_body(composer, entity)
    count = words.plural(N_("{n} claim"), N_("{n} claims"), body.tally[0][1])
    groups = [group for theme in body.themes for group in theme.groups]
    shown: list[ClaimView | Pair] = [*body.readings]
    shown += [claim for group in groups for claim in (*group.claims, *group.folded)]
    head = Head(
        lang=lang,
        path=f"entities/{entity.id}/",
        template="entity",
        # A title goes where the page does not: into tabs, histories, bookmarks, link previews.
        title=name_record(composer, entity),
        short=entity.name(lang),
        description=f"{entity.description[lang]} {count}.",
        section=f"browse/{kind.section}/",
        trail=list_kind_trail(composer, entity.kind),
        slip=make_record_slip(composer, entity),
        has_picture=has_picture(composer, entity),
        cite=cite_record(composer, entity),
        edit=entity.file,
        linked=write_linked(describe_entity(composer, entity)),
        is_noindex=body.is_protected
        or is_any_protected(shown)
        or bool(body.neighbours and body.neighbours.is_protected),
    )
    return PageView(head, body)


def _make_body(composer: Composer, entity: Entity) -> EntityBody:
    lang, words = composer.lang, composer.words
    kind = composer.catalogue.vocabulary.kinds[entity.kind]
    claim_ids = list(dict.fromkeys(mention.claim_id for mention in composer.graph.mentions.get(entity.id, ())))
    subkind = entity.subkind[lang] if entity.subkind else ""
    claims = [composer.catalogue.claims[claim_id] for claim_id in claim_ids]
    source_ids = sorted({claim.source_id for claim in claims})
    # Where a place lies can hang on how a sentence is read; elsewhere the claim's own page shows the readings.
    pairs = [make_readings(composer, claim) for claim in claims] if entity.location else []
    return EntityBody(
        icon=kind.icon,
        eyebrow=words.fill(N_("{kind}, {subkind}"), kind=kind.label[lang], subkind=subkind)
        if subkind
        else kind.label[lang],
        name=entity.name(lang),
        other_name=entity.name(OTHER[lang]),
        description=entity.description[lang],
        tally=_tally(composer, claim_ids, source_ids),
        notices=_make_notices(composer, entity),
        precision=_make_precision(composer, entity),
        where=_make_where(composer, entity),
        themes=_make_themes(composer, entity),
        readings=tuple(pair for pair in pairs if pair),
        neighbours=make_neighbourhood(composer, entity),
        names=_make_names(composer, entity),
        same_as=tuple(
            Fact(same.text, text=same.reason[lang], links=(link_source(composer, same.source),) if same.source else ())
            for same in entity.same_as
        ),
        external=tuple(
            Fact(
                _SCHEMES[found.scheme],
                links=(Link(found.id, find_external(found), found.verified_with),),
            )
            for found in entity.external_ids
        ),
        sources=tuple(
            link_source(composer, id_) for id_ in composer.graph.outlet_sources.get(entity.id, ()) or source_ids
        ),
        unknowns=tuple(line[lang] for line in entity.unknowns),
        is_protected=is_protected(entity, composer.catalogue),
        history=make_history(composer, entity),
    )


_SCHEMES = {"geonames": "GeoNames", "wikidata": "Wikidata"}


def _tally(composer: Composer, claim_ids: list[str], source_ids: list[str]) -> tuple[tuple[str, int], ...]:
    t = composer.words.gettext
    standings = Counter(composer.graph.standings[claim_id] for claim_id in claim_ids)
    reviewed = sum(is_reviewed(composer.catalogue.claims[claim_id]) for claim_id in claim_ids)
    return (
        (t(N_("Claims")), len(claim_ids)),
        (t(N_("Sources")), len(source_ids)),
        (t(N_("Independently corroborated")), standings["independent"]),
        (t(N_("Checked by two people")), reviewed),
    )


def _make_notices(composer: Composer, entity: Entity) -> tuple[Notice, ...]:
    lang, other = composer.lang, OTHER[composer.lang]
    notices = []
    for distinction in entity.distinct_from:
        if distinction.entity and distinction.entity in composer.catalogue.entities:
            name = link_entity(composer, distinction.entity)
            other_name = composer.catalogue.entities[distinction.entity].name(other)
        elif distinction.name:
            name, other_name = Link(distinction.name[lang]), distinction.name[other]
        else:
            continue
        notices.append(Notice(name, other_name, distinction.note[lang]))
    return tuple(notices)


def _make_precision(composer: Composer, entity: Entity) -> tuple[PrecisionStep, ...]:
    if entity.location is None:
        return ()
    precisions = composer.catalogue.vocabulary.list_precisions()
    return tuple(PrecisionStep(p.label[composer.lang], id_ == entity.location.precision) for id_, p in precisions)


def _make_where(composer: Composer, entity: Entity) -> tuple[Fact, ...]:
    t, location, facts = composer.words.gettext, entity.location, []
    if location and location.within:
        facts.append(Fact(t(N_("Lies in")), "place", links=(link_entity(composer, location.within),)))
    inside = composer.graph.contained.get(entity.id, ())
    if inside:
        facts.append(Fact(t(N_("Contains")), "place", links=_links_by_name(composer, inside)))
    if location and location.latitude and location.longitude:
        spot = composer.words.coordinates(Decimal(location.latitude), Decimal(location.longitude))
        text = composer.words.fill(N_("{spot} (from {data})"), spot=spot, data=location.coordinates_from)
        facts.append(Fact(t(N_("Coordinates")), "around", text))
    if composer.catalogue.vocabulary.kinds[entity.kind].trait == "place":
        facts.append(Fact(t(N_("Map")), "place", links=(Link(t(N_("On the map")), find_map(composer, entity.id)),)))
    return tuple(facts)


def _links_by_name(composer: Composer, entity_ids: Iterable[str]) -> tuple[Link, ...]:
    links = (link_entity(composer, id_) for id_ in entity_ids)
    return tuple(sorted(links, key=lambda link: sort_key(link.text, composer.lang)))


def _make_themes(composer: Composer, entity: Entity) -> tuple[Theme, ...]:
    """Group the claims by theme, then by predicate, direction and other party; roles come after."""
    lang, vocabulary = composer.lang, composer.catalogue.vocabulary
    by_theme: defaultdict[str, defaultdict[tuple[str, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
    roles: defaultdict[str, list[str]] = defaultdict(list)
    shown: set[str] = set()
    mentions = composer.graph.mentions.get(entity.id, ())
    for mention in mentions:
        claim = composer.catalogue.claims[mention.claim_id]
        if mention.part in ("subject", "object") and claim.id not in shown:
            shown.add(claim.id)
            inferred = " ".join(id_ for id_ in (claim.subject, claim.object or "") if claim.is_inferred(id_))
            said = claim.literal[lang] if claim.literal else ""
            key = (claim.predicate, claim.subject, claim.object or "", said, inferred)
            by_theme[vocabulary.predicates[claim.predicate].theme][key].append(claim.id)
    for mention in mentions:
        if mention.claim_id not in shown and not _is_own_article(composer, entity, mention.claim_id):
            heading = (
                vocabulary.roles[mention.role].heading[lang]
                if mention.role
                else composer.words.gettext(HEADINGS[mention.part])
            )
            # A claim that names the entity in two roles stands under the first.
            shown.add(mention.claim_id)
            roles[heading].append(mention.claim_id)
    opener = _Opener(composer)
    themes = [
        Theme(theme_id, theme.label[lang], tuple(opener.group(entity, ids) for ids in by_theme[theme_id].values()))
        for theme_id, theme in vocabulary.themes.items()
        if theme_id in by_theme
    ]
    if roles:
        groups = tuple(opener.group(None, ids, heading) for heading, ids in roles.items())
        themes.append(Theme("named", composer.words.gettext(N_("Also named in")), groups))
    return tuple(themes)


def _is_own_article(composer: Composer, entity: Entity, claim_id: str) -> bool:
    """Whether an outlet published the claim's source: its sources' pages list such claims."""
    source = composer.catalogue.sources[composer.catalogue.claims[claim_id].source_id]
    return source.outlet == entity.id


class _Opener:
    """Decide which claims of a page stand open, in the order of the page."""

    def __init__(self, composer: Composer) -> None:
        self._composer = composer
        self._left = OPEN_ON_PAGE

    def group(self, entity: Entity | None, claim_ids: list[str], heading: str = "") -> Group:
        """Make a group; what stands open counts towards the page."""
        composer = self._composer
        # One claim is not worth a fold.
        wanted = len(claim_ids) if len(claim_ids) <= OPEN_IN_GROUP + 1 else OPEN_IN_GROUP
        count = min(wanted, self._left)
        self._left -= count
        shown, folded = claim_ids[:count], claim_ids[count:]
        relation = make_relation(composer, composer.catalogue.claims[claim_ids[0]], entity.id) if entity else None
        label = composer.words.plural(N_("{n} more claim"), N_("{n} more claims"), len(folded))
        if not shown:
            label = composer.words.plural(N_("{n} claim"), N_("{n} claims"), len(folded))
        return Group(heading, relation, make_claims(composer, shown), make_claims(composer, folded), label)


def _make_names(composer: Composer, entity: Entity) -> tuple[NameRow, ...]:
    t = composer.words.gettext
    rows = []
    for name in entity.names:
        role = labels.NAME_ROLES[(name.role, name.lang) if name.role == "primary" else name.role]
        found = name.source in composer.catalogue.sources
        where = (
            link_source(composer, name.source)
            if found and name.source
            else Link(t(N_("This record")) if name.role == "primary" else t(N_("For searching")))
        )
        rows.append(NameRow(name.text, name.lang, t(role), where))
    return tuple(rows)
