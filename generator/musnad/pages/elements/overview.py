"""A reader's five questions as ways to the views over all claims."""

from dataclasses import dataclass

from musnad.pages.elements.composer import Composer
from musnad.pages.elements.concepts import PLACE as CONCEPTS
from musnad.pages.elements.links import MAP
from musnad.pages.elements.neighbours import EXPLORER
from musnad.pages.elements.parts import Link
from musnad.records.problems import N_

# Question, and the places that answer it with what they are called; some are left out where they would be empty.
_QUESTIONS = (
    (N_("Who?"), ((EXPLORER, N_("Explore the relations")), ("exchange/", N_("Who supplies what to whom")))),
    (
        N_("What?"),
        (("claims/all/", N_("All claims in one table")), ("figures/", N_("All figures")), (CONCEPTS, N_("Concepts"))),
    ),
    (N_("Where?"), ((MAP, N_("On the map")),)),
    (N_("When?"), (("time/", N_("When it is said to have been")),)),
    (
        N_("How do we know?"),
        (("accounts/", N_("Accounts side by side")), ("questions/", N_("Open questions")), ("sources/", N_("Sources"))),
    ),
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the pages that answer it."""

    label: str
    links: tuple[Link, ...]


def make_questions(composer: Composer) -> tuple[Question, ...]:
    """Return the questions that a record with claims can answer; none of an empty one."""
    if not composer.catalogue.claims:
        return ()
    t, graph = composer.words.gettext, composer.graph
    has = {
        MAP: bool(graph.selected["places"]),
        EXPLORER: bool(graph.selected["connected"]),
        "exchange/": bool(graph.exchanges),
        "figures/": bool(graph.figures),
        CONCEPTS: bool(graph.concepts),
    }
    found = (
        Question(t(label), tuple(Link(t(text), composer.href(at)) for at, text in answers if has.get(at, True)))
        for label, answers in _QUESTIONS
    )
    return tuple(question for question in found if question.links)
