"""Who an entity is tied to: each line with the voices it rests on, and drawn whole only where it is firm."""

from dataclasses import dataclass
from typing import Literal

from musnad.derive.edges import Edge, is_firm
from musnad.derive.mentions import MentionAs
from musnad.derive.people import is_protected
from musnad.pages.elements import labels
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.links import link_entity
from musnad.pages.elements.parts import Link
from musnad.pages.elements.voices import name_voice
from musnad.records.model import Claim, Entity
from musnad.records.problems import N_

EXPLORER = "claims/relations/"
MOST = 6
MOST_VOICES = 2
Direction = Literal["out", "in", "both"]
PARTS: dict[MentionAs, str] = {
    "place": N_("Place"),
    "way": N_("Way"),
    "whole": N_("What an amount is taken of"),
}
HEADINGS: dict[MentionAs, str] = {
    "place": N_("Named as the place"),
    "way": N_("Named on the way"),
    "whole": N_("Named as what an amount is taken of"),
    "voice": N_("Named as the voice, or as whom it belongs to"),
}


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One line from an entity to another."""

    lead: str
    """Opening words: no line is shown without its voices."""
    label: str
    """Read from the entity whose page it is."""
    link: Link
    icon: str
    direction: Direction
    is_firm: bool
    claims: Link
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The lines that most claims stand behind."""

    rows: tuple[Neighbour, ...]
    more: Link
    is_protected: bool


def make_neighbourhood(composer: Composer, entity: Entity) -> Neighbourhood | None:
    """Return what is drawn on an entity's page, or None where nothing ties it to another."""
    edges = composer.graph.edges.get(entity.id, ())
    if not edges:
        return None
    shown, rest = edges[:MOST], len(edges) - MOST
    words = composer.words
    text = words.plural(N_("{n} more relation"), N_("{n} more relations"), rest) if rest > 0 else ""
    more = Link(text or words.gettext(N_("Explore the relations")), composer.href(f"{EXPLORER}?at={entity.id}"))
    claim_ids = dict.fromkeys(claim_id for edge in shown for claim_id in edge.claim_ids)
    return Neighbourhood(
        tuple(_make_neighbour(composer, entity.id, edge) for edge in shown),
        more,
        any(is_protected(composer.catalogue.claims[claim_id], composer.catalogue) for claim_id in claim_ids),
    )


def _make_neighbour(composer: Composer, own_id: str, edge: Edge) -> Neighbour:
    catalogue, vocabulary = composer.catalogue, composer.catalogue.vocabulary
    claims = [catalogue.claims[claim_id] for claim_id in edge.claim_ids]
    other_id = edge.other if edge.subject == own_id else edge.subject
    is_mutual = edge.part == "object" and vocabulary.predicates[edge.predicate].symmetric
    out, back = tell_edge(composer, edge.predicate, edge.part, edge.role)
    link = link_entity(composer, other_id)
    is_inferred = all(claim.is_inferred(other_id) for claim in claims)
    return Neighbour(
        lead=composer.words.fill(N_("According to {voice},"), voice=_join_voices(composer, claims)),
        label=out if edge.subject == own_id else back,
        link=Link(link.text, link.href, is_inferred=is_inferred),
        icon=vocabulary.kinds[catalogue.entities[other_id].kind].icon,
        direction="both" if is_mutual else "out" if edge.subject == own_id else "in",
        is_firm=any(is_firm(claim, vocabulary) for claim in claims),
        claims=Link(
            composer.words.plural(N_("{n} claim"), N_("{n} claims"), len(claims)),
            composer.href(f"claims/{claims[0].id}/" if len(claims) == 1 else f"{EXPLORER}?edge={write_edge(edge)}"),
        ),
        marks=tuple(_list_marks(composer, claims)),
    )


def _list_marks(composer: Composer, claims: list[Claim]) -> list[str]:
    t = composer.words.gettext
    if all(claim.polarity == "denied" for claim in claims):
        return [t(labels.POLARITY_DENIED)]
    return [t(N_("Denied or answered"))] if any(claim.id in composer.graph.answers for claim in claims) else []


def _join_voices(composer: Composer, claims: list[Claim]) -> str:
    """Return the voices of claims in words, each once; what is left out is counted."""
    voices = list(dict.fromkeys(name_voice(composer, claim) for claim in claims))
    rest = len(voices) - MOST_VOICES
    if rest > 0:
        voices[MOST_VOICES:] = [composer.words.plural(N_("{n} more voice"), N_("{n} more voices"), rest)]
    return composer.words.join(voices)


def tell_edge(composer: Composer, predicate_id: str, part: MentionAs, role_id: str | None) -> tuple[str, str]:
    """Return what a line says, read from the subject and from the other end."""
    vocabulary, lang, words = composer.catalogue.vocabulary, composer.lang, composer.words
    predicate = vocabulary.predicates[predicate_id]
    if part == "object":
        return predicate.label[lang], predicate.label[lang] if predicate.symmetric else predicate.inverse[lang]
    role = vocabulary.roles[role_id] if role_id else None
    here = role.label[lang] if role else words.gettext(PARTS[part])
    there = role.heading[lang] if role else words.gettext(HEADINGS[part])
    message = N_("{relation}: {part}")
    label = predicate.label[lang]
    return words.fill(message, relation=label, part=here), words.fill(message, relation=there, part=label)


def write_edge(edge: Edge) -> str:
    """Return what stands for an edge in an address, as ``theme/assets/views/relations.js`` reads it."""
    part = "" if edge.part == "object" else f"as-{edge.role}." if edge.role else f"{edge.part}."
    return f"{edge.subject}.{edge.predicate}.{part}{edge.other}"
