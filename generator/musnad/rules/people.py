"""Claims about living people: attributed in full, marked, and never accusing in a title."""

from collections.abc import Iterator

from musnad.derive.people import living_parties, living_people
from musnad.records.model import Claim
from musnad.records.problems import N_
from musnad.rules.finding import Finding
from musnad.rules.rule import Known
from musnad.text.collation import sort_key


def check_living_person(claim: Claim, known: Known) -> Iterator[Finding]:
    """A claim about a living person that is not marked, or whose title names the person."""
    people = living_people(claim, known)
    if people and "living-person" not in claim.sensitivity:
        is_voice = not living_parties(claim, known)
        message = (
            N_("the voice {id} is a living person: add sensitivity [living-person]")
            if is_voice
            else N_("the claim names the living person {id}: add sensitivity [living-person]")
        )
        yield Finding(claim.ref, ("sensitivity",), message, {"id": people[0].id})
    for person in people:
        for name in person.names:
            if _stands_in(sort_key(name.text, name.lang)[0], sort_key(claim.title[name.lang], name.lang)[0]):
                message = N_("a title must not name a living person")
                yield Finding(claim.ref, ("title", name.lang), message)


def _stands_in(name: str, text: str) -> bool:
    """Whether a name's words stand in a text in a row, as whole words."""
    return f" {' '.join(name.split())} " in f" {' '.join(text.split())} "


def check_unattributed_accusation(claim: Claim, known: Known) -> Iterator[Finding]:
    """A living person accused by nobody in particular, or by a voice that is not described."""
    predicate = known.vocabulary.predicates.get(claim.predicate)
    if not predicate or not predicate.accusing or not living_parties(claim, known):
        return
    if not claim.attribution or not claim.locators:
        yield Finding(claim.ref, (), N_("a living person is accused: the claim needs attribution and locator"))
    elif (modality := known.vocabulary.modalities.get(claim.modality)) and modality.aside:
        message = N_("an accusation against a living person is never made in passing: who says it, and how firmly?")
        yield Finding(claim.ref, ("modality",), message)
    elif modality and len(claim.attribution) == 1 and not modality.accusation:
        options = ", ".join(name for name, term in known.vocabulary.modalities.items() if term.accusation)
        message = N_(
            "the outlet itself accuses a living person: mark the claim as an accusation, with one of: {options}"
        )
        yield Finding(claim.ref, ("modality",), message, {"options": options})
