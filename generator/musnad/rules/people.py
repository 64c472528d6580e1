"""Claims about living people: attributed in full, marked, and never accusing in a title."""

from collections.abc import Iterator

from musnad.derive.people import is_protected, living_parties, living_people
from musnad.records.model import Claim
from musnad.records.problems import N_
from musnad.rules.finding import Finding
from musnad.rules.rule import Known
from musnad.text.collation import sort_key


def check_living_person(claim: Claim, known: Known) -> Iterator[Finding]:
    """A claim about a living person that is not marked, or whose title names the person."""
    people = living_people(claim, known)
    if people and "living-person" not in claim.sensitivity:
        message = N_(
            "{id} is or may be alive (living: {living} in that record), so that the claim needs the line "
            "sensitivity: [living-person]"
        )
        yield Finding(claim.ref, ("sensitivity",), message, {"id": people[0].id, "living": people[0].living or ""})
    for person in people:
        for name in person.names:
            if _stands_in(sort_key(name.text, name.lang)[0], sort_key(claim.title[name.lang], name.lang)[0]):
                message = N_("the title names {name}, who is or may be alive: leave the name to the statement")
                yield Finding(claim.ref, ("title", name.lang), message, {"name": name.text})


def _stands_in(name: str, text: str) -> bool:
    """Whether a name's words stand in a text in a row, as whole words."""
    return f" {' '.join(name.split())} " in f" {' '.join(text.split())} "


def check_shown_person(known: Known) -> Iterator[Finding]:
    """A living person on the home page, before two people have checked what is said there."""
    site = known.site
    claim = known.claims.get(site.featured or "") if site else None
    if claim and is_protected(claim, known):
        message = N_(
            "{id} is about a person who is or may be alive, and the home page is for search engines too: "
            "name another claim, or have two people review this one first"
        )
        yield Finding("site", ("featured",), message, {"id": claim.id})
    for index, entity_id in enumerate((site and site.examples) or ()):
        entity = known.entities.get(entity_id)
        if entity and is_protected(entity, known):
            message = N_(
                "{id} is or may be alive, and the home page is for search engines too: "
                "name another entity, or have two people review this one first"
            )
            yield Finding("site", ("examples", index), message, {"id": entity_id})


def check_unattributed_accusation(claim: Claim, known: Known) -> Iterator[Finding]:
    """A living person accused by nobody in particular, or by a voice that is not described."""
    predicate = known.vocabulary.predicates.get(claim.predicate)
    if not predicate or not predicate.accusing or not living_parties(claim, known):
        return
    if (modality := known.vocabulary.modalities.get(claim.modality)) and modality.aside:
        message = N_("an accusation against a living person is never made in passing: who says it, and how firmly?")
        yield Finding(claim.ref, ("modality",), message)
    elif modality and len(claim.attribution) == 1 and not modality.accusation:
        options = ", ".join(name for name, term in known.vocabulary.modalities.items() if term.accusation)
        message = N_(
            "the outlet itself accuses a living person: mark the claim as an accusation, with one of: {options}"
        )
        yield Finding(claim.ref, ("modality",), message, {"options": options})
    living = {person.id for person in living_parties(claim, known)}
    for index, inference in enumerate(claim.inferred):
        if inference.entity in living:
            message = N_("{id} is or may be alive, and nobody accuses them by name: an accusation is never inferred")
            yield Finding(claim.ref, ("inferred", index, "entity"), message, {"id": inference.entity})
