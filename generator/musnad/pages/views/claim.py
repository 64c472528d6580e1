"""The page of one claim."""

from collections.abc import Iterable
from dataclasses import dataclass

from musnad.derive.graph import ClaimTie, find_unit_price
from musnad.derive.people import living_people
from musnad.pages.elements import labels
from musnad.pages.elements.composer import Composer, passage_href
from musnad.pages.elements.parts import Badge, ClaimView, Fact, Head, Link, PageView, Pair, Side
from musnad.records.model import Claim, Quantity
from musnad.records.problems import N_
from musnad.text.bidi import isolate


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a claim stands in its source."""

    badge: Badge
    href: str
    """The passage at the publisher's own address."""
    is_deep: bool
    digest: str


@dataclass(frozen=True, slots=True)
class Relation:
    """Subject, verbal noun, object; the entity whose page it is has no link."""

    subject: Link
    label: str
    object: Link | None
    is_symmetric: bool
    lead: str = ""
    """Opening words, where a living person is named: such a relation never stands without its voice."""


@dataclass(frozen=True, slots=True)
class Related:
    """Another claim and what ties it to this one."""

    label: str
    note: str
    claim: ClaimView


@dataclass(frozen=True, slots=True)
class ClaimBody:
    """Everything a claim's page shows."""

    claim: ClaimView
    eyebrow: str
    facts: tuple[Fact, ...]
    extra_badges: tuple[Badge, ...]
    notice: str
    """Reason of a correction, retraction or replacement; empty when nothing happened."""
    replacement: Link | None
    is_retracted: bool
    relation: Relation
    parties: tuple[Fact, ...]
    meanings: tuple[Fact, ...]
    computations: tuple[str, ...]
    readings: Pair | None
    passages: tuple[Passage, ...]
    source: Link
    tensions: tuple[Pair, ...]
    related: tuple[Related, ...]
    neighbours: tuple[ClaimView, ...]
    not_stated: tuple[str, ...]
    history: tuple[Fact, ...]
    citation: str


def make_claim_view(composer: Composer, claim: Claim, site_url: str) -> PageView:
    """Compose the page of a claim. ``site_url`` ends with a slash, or is empty."""
    body = _make_body(composer, claim, site_url)
    return PageView(_make_head(composer, claim, body), body)


def _make_head(composer: Composer, claim: Claim, body: ClaimBody) -> Head:
    t, lang = composer.words.fill, composer.lang
    is_protected = composer.is_protected(claim)
    source = composer.source_link(claim.source_id)
    if is_protected or body.is_retracted:
        # Nothing that accuses a living person stands where attribution could be cut off.
        description = t(N_("A claim from {source}."), source=source.text)
    else:
        description = f"{body.claim.lead} {body.claim.says}"
    title = t(N_("According to {voice}: {title}"), voice=composer.voice_phrase(claim), title=claim.title[lang])
    return Head(
        lang=lang,
        path=f"claims/{claim.id}/",
        template="claim",
        title=isolate(title, lang),
        description=isolate(description, lang),
        section="sources/",
        short=claim.title[lang],
        trail=(Link(composer.words.gettext(N_("Sources")), composer.href("sources/")), source),
        slip=composer.record_slip(claim, f"claims/{claim.id}.yaml"),
        edit=f"claims/{claim.id}.yaml",
        is_noindex=is_protected,
    )


def _make_body(composer: Composer, claim: Claim, site_url: str) -> ClaimBody:
    lang, words, vocabulary = composer.lang, composer.words, composer.catalogue.vocabulary
    view = composer.claim(claim.id)
    theme = vocabulary.themes[vocabulary.predicates[claim.predicate].theme].label[lang]
    source = composer.catalogue.sources[claim.source_id]
    changed = [change for change in claim.history if change.change == claim.status and change.note]
    ties = composer.graph.ties.get(claim.id, ())
    review = composer.review_badge(claim)
    return ClaimBody(
        claim=view,
        eyebrow=words.fill(N_("Claim: {theme}"), theme=theme),
        facts=_make_facts(composer, claim),
        extra_badges=(review,) if review else (),
        notice=changed[-1].note[lang] if changed and changed[-1].note else "",
        replacement=_replacement(composer, claim),
        is_retracted=claim.status == "retracted",
        relation=make_relation(composer, claim),
        parties=make_parties(composer, claim),
        meanings=_make_meanings(composer, claim),
        computations=tuple(filter(None, (_explain_price(composer, quantity) for quantity in claim.quantities))),
        readings=make_readings(composer, claim),
        passages=tuple(
            Passage(
                composer.locator_badge(locator), passage_href(source, locator), bool(locator.starts), locator.digest
            )
            for locator in claim.locators
        ),
        source=composer.source_link(claim.source_id),
        tensions=make_tensions(composer, [claim.id]),
        related=tuple(_make_related(composer, claim, tie) for tie in ties),
        neighbours=composer.claims(composer.graph.neighbours.get(claim.id, ())),
        not_stated=tuple(line[lang] for line in claim.not_stated),
        history=tuple(
            Fact(
                words.date(change.date),
                text=_tell_change(composer, change.change, change.note[lang] if change.note else ""),
            )
            for change in claim.history
        ),
        citation=_cite(composer, claim, site_url),
    )


def _make_facts(composer: Composer, claim: Claim) -> tuple[Fact, ...]:
    """Return all facts; a place or time that is not given is said to be missing."""
    facts = list(composer.facts(claim, is_full=True))
    if claim.place is None:
        missing = composer.words.gettext(N_("Not stated"))
        at = len(facts) - (claim.time is not None)
        facts.insert(at, Fact(composer.words.gettext(N_("Place")), "around", missing))
    if claim.time is None:
        facts.append(composer.time_fact(None))
    return tuple(facts)


def make_relation(composer: Composer, claim: Claim, own_id: str = "") -> Relation:
    """Return the relation a claim states; the entity ``own_id`` is left unlinked."""
    predicate = composer.catalogue.vocabulary.predicates[claim.predicate]

    def link(entity_id: str) -> Link:
        found = composer.entity_link(entity_id)
        return Link(found.text) if entity_id == own_id else found

    target = link(claim.object) if claim.object else None
    if claim.literal:
        target = Link(claim.literal[composer.lang])
    lead = composer.lead(claim) if living_people(claim, composer.catalogue) else ""
    return Relation(link(claim.subject), predicate.label[composer.lang], target, predicate.symmetric, lead)


def make_parties(composer: Composer, claim: Claim) -> tuple[Fact, ...]:
    """Return the further parties by role, each role once, entities before words."""
    lang, facts = composer.lang, []
    for role_id in dict.fromkeys(part.role for part in claim.parts):
        label = composer.catalogue.vocabulary.roles[role_id].label[lang]
        parts = [part for part in claim.parts if part.role == role_id]
        links = tuple(composer.entity_link(part.entity) for part in parts if part.entity)
        text = " ".join(part.text[lang] for part in parts if part.text)
        facts.append(Fact(label, links=links, text=text))
    if claim.place and claim.place.entities:
        links = tuple(composer.entity_link(entity_id) for entity_id in claim.place.entities)
        facts.append(Fact(composer.words.gettext(N_("Place")), links=links))
    return tuple(facts)


def _make_meanings(composer: Composer, claim: Claim) -> tuple[Fact, ...]:
    """Explain the claim's marks, each in a phrase."""
    modality = composer.catalogue.vocabulary.modalities[claim.modality]
    standing = composer.graph.standings[claim.id]
    t = composer.words.gettext
    return (
        Fact(modality.label[composer.lang], modality.icon, modality.meaning[composer.lang]),
        Fact(t(labels.STANDINGS[standing]), standing, t(labels.STANDING_MEANINGS[standing])),
    )


def _explain_price(composer: Composer, quantity: Quantity) -> str:
    """Return how a unit price was computed, or nothing."""
    price = find_unit_price(quantity)
    if price is None or quantity.per is None or quantity.number is None or quantity.unit is None:
        return ""
    words, units = composer.words, composer.catalogue.vocabulary.units
    measure = units[quantity.per.unit]
    values = {
        "price": words.amount(quantity.number, units[quantity.unit]),
        "measure": words.amount(type(quantity.number)(quantity.per.value), measure),
        "result": words.amount(price.value, units[quantity.unit]),
        "item": measure.single[composer.lang] if measure.single else "",
    }
    text = words.fill(N_("{price} ÷ {measure} = {result} per {item}."), **values)
    hedge = words.hedge(quantity.comparator)
    if hedge:
        text += " " + words.fill(
            N_("“{hedge}” carries over: the result is no more exact than the figure it comes from."), hedge=hedge
        )
    return text + " " + words.fill(N_("The source itself gives no price per {item}."), **values)


def make_readings(composer: Composer, claim: Claim) -> Pair | None:
    """Return the readings of an ambiguous sentence side by side."""
    if claim.readings is None:
        return None
    lang, words = composer.lang, composer.words
    ordinals = [N_("First reading"), N_("Second reading"), N_("Third reading"), N_("Fourth reading")]
    locators = tuple(composer.locator_badge(locator) for locator in claim.locators)
    sides = tuple(
        Side(words.gettext(ordinal), "", option[lang], (), locators)
        for ordinal, option in zip(ordinals, claim.readings.options, strict=False)
    )
    anchor = f"readings-{claim.id.replace('/', '-')}"
    return Pair("readings", anchor, claim.readings.question[lang], sides, claim.readings.decision[lang])


def make_tensions(composer: Composer, claim_ids: Iterable[str], limit: int | None = None) -> tuple[Pair, ...]:
    """Return every pair of accounts in tension that one of the claims is part of, each pair once."""
    ties = _find_tensions(composer, claim_ids)
    return tuple(_make_tension(composer, *ties[anchor], anchor) for anchor in sorted(ties)[:limit])


def count_tensions(composer: Composer, claim_ids: Iterable[str]) -> int:
    """Return how many pairs there are."""
    return len(_find_tensions(composer, claim_ids))


def _find_tensions(composer: Composer, claim_ids: Iterable[str]) -> dict[str, tuple[str, str, ClaimTie]]:
    """Map the anchor of each pair to its claims, the smaller id first, and to what ties them."""
    found = {}
    for claim_id in claim_ids:
        for tie in composer.graph.ties.get(claim_id, ()):
            if tie.type in ("in-tension-with", "contradicts"):
                first, second = sorted((claim_id, tie.other))
                found[f"tension-{first}-{second}".replace("/", "-")] = first, second, tie
    return found


def _make_tension(composer: Composer, first: str, second: str, tie: ClaimTie, anchor: str) -> Pair:
    """Return two accounts that do not fit together."""
    words, claims = composer.words, composer.catalogue.claims
    stated = [link for link in claims[first].links if link.claim == second and link.type == tie.type]
    note = stated[0].note[composer.lang] if stated and stated[0].note else ""
    title = (
        N_("Two accounts in tension")
        if tie.type == "in-tension-with"
        else N_("Two accounts that contradict each other")
    )
    foot = [words.gettext(N_("The record does not decide between them."))]
    if stated:
        foot.append(words.gettext(labels.INDEPENDENCE[stated[0].independence]))
    sides = []
    for tag, claim_id in ((N_("First account"), first), (N_("Second account"), second)):
        view = composer.claim(claim_id)
        badges = (view.badges[0], *view.locators)
        sides.append(Side(words.gettext(tag), view.lead, view.says, view.chain, badges, view.href))
    return Pair(
        "tension",
        anchor,
        f"{words.gettext(title)}: {note}" if note else words.gettext(title),
        tuple(sides),
        " ".join(foot),
    )


def _make_related(composer: Composer, claim: Claim, tie: ClaimTie) -> Related:
    forward = tie.forward or (tie.type, False) not in labels.LINKS
    claims = composer.catalogue.claims
    stating, stated = (claim, tie.other) if tie.forward else (claims[tie.other], claim.id)
    link = next(link for link in stating.links if link.claim == stated and link.type == tie.type)
    note = link.note[composer.lang] if link.note else ""
    independence = composer.words.gettext(labels.INDEPENDENCE[link.independence])
    label = composer.words.gettext(labels.LINKS[tie.type, forward])
    return Related(label, " ".join(filter(None, [note, independence])), composer.claim(tie.other))


def _replacement(composer: Composer, claim: Claim) -> Link | None:
    if claim.superseded_by is None or claim.superseded_by not in composer.catalogue.claims:
        return None
    other = composer.catalogue.claims[claim.superseded_by]
    return Link(other.title[composer.lang], composer.href(f"claims/{other.id}/"))


def _tell_change(composer: Composer, change: str, note: str) -> str:
    label = composer.words.gettext(labels.CHANGES[change])
    return composer.words.fill(N_("{change}: {note}"), change=label, note=note) if note else label


def _cite(composer: Composer, claim: Claim, site_url: str) -> str:
    """Return a citation with the state of the record, which is what a page can promise."""
    state = claim.history[-1].date if claim.history else claim.extracted.date
    return composer.words.fill(
        N_("{site}, claim {id}, as of {date}, {address}"),
        site=composer.site_name,
        id=claim.id,
        date=composer.words.date(state),
        address=f"{site_url}{composer.lang}/claims/{claim.id}/",
    )
