"""Relations and parties: who does what with whom, and in which role."""

from dataclasses import dataclass

from musnad.derive.people import living_parties
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.links import link_entity, link_party
from musnad.pages.elements.parts import Fact, Link
from musnad.pages.elements.voices import make_lead
from musnad.records.model import Claim
from musnad.records.problems import N_


@dataclass(frozen=True, slots=True)
class Relation:
    """Subject, verbal noun, object; the entity whose page it is has no link."""

    subject: Link
    label: str
    object: Link | None
    is_symmetric: bool
    lead: str = ""
    """Opening words, where a living person is named: such a relation never stands without its voice."""


def make_relation(composer: Composer, claim: Claim, own_id: str = "") -> Relation:
    """Return the relation a claim states; the entity ``own_id`` is left unlinked."""
    predicate = composer.catalogue.vocabulary.predicates[claim.predicate]

    def link(entity_id: str) -> Link:
        found = link_party(composer, claim, entity_id)
        return Link(found.text, is_inferred=found.is_inferred) if entity_id == own_id else found

    target = link(claim.object) if claim.object else None
    if claim.literal:
        target = Link(claim.literal[composer.lang])
    lead = make_lead(composer, claim) if living_parties(claim, composer.catalogue) else ""
    return Relation(link(claim.subject), predicate.label[composer.lang], target, predicate.symmetric, lead)


def make_parties(composer: Composer, claim: Claim) -> tuple[Fact, ...]:
    """Return the further parties by role, each role once, entities before words."""
    lang, facts = composer.lang, []
    for role_id in dict.fromkeys(part.role for part in claim.parts):
        label = composer.catalogue.vocabulary.roles[role_id].label[lang]
        parts = [part for part in claim.parts if part.role == role_id]
        links = tuple(link_party(composer, claim, part.entity) for part in parts if part.entity)
        text = " ".join(part.text[lang] for part in parts if part.text)
        facts.append(Fact(label, links=links, text=text))
    if claim.place and claim.place.entities:
        links = tuple(link_party(composer, claim, entity_id) for entity_id in claim.place.entities)
        facts.append(Fact(composer.words.gettext(N_("Place")), links=links))
    wholes = dict.fromkeys(quantity.of.entity for quantity in claim.quantities if quantity.of and quantity.of.entity)
    if wholes:
        links = tuple(link_party(composer, claim, entity_id) for entity_id in wholes if entity_id)
        facts.append(Fact(composer.words.gettext(N_("What an amount is taken of")), links=links))
    for inference in claim.inferred:
        links = (link_entity(composer, inference.entity),)
        facts.append(
            Fact(composer.words.gettext(N_("Inferred by the record")), links=links, text=inference.reason[lang])
        )
    return tuple(facts)
