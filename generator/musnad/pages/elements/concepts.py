"""What claims are about, whoever they name: the links that lead there."""

from collections.abc import Mapping

from musnad.pages.elements.composer import Composer
from musnad.pages.elements.parts import Fact, Link
from musnad.records.problems import N_
from musnad.text.fold import fold_words
from musnad.text.languages import Lang
from musnad.text.words import FUNCTION_WORDS

PLACE = "concepts/"
_COMMAS: Mapping[Lang, str] = {"ar": "، ", "en": ", "}
_USUAL_WORDS = 12
"""Words of a group that a page tells: lists begin with those."""


def link_concept(composer: Composer, concept_id: str) -> Link:
    """Return the link to the page of a concept."""
    label = composer.catalogue.vocabulary.concepts[concept_id].label[composer.lang]
    return Link(label, composer.href(f"{PLACE}{concept_id}/"))


def make_concept_facts(composer: Composer, claim_id: str) -> tuple[Fact, ...]:
    """Return the concepts that a claim is on, if there are any."""
    links = tuple(link_concept(composer, id_) for id_ in composer.graph.concepts_of.get(claim_id, ()))
    return (Fact(composer.words.gettext(N_("Concepts")), links=links),) if links else ()


def list_words(composer: Composer, concept_id: str, lang: Lang, most: int | None = None) -> list[str]:
    """Return the words of a language that lead to a concept, its label first; at most so many of each group."""
    vocabulary = composer.catalogue.vocabulary
    concept = vocabulary.concepts[concept_id]
    groups = (vocabulary.synonyms.get(id_) for id_ in concept.synonyms)
    words = (word for group in groups if group for word in (group.ar if lang == "ar" else group.en)[:most])
    # A query is asked without its function words.
    leading = (word for word in words if FUNCTION_WORDS.isdisjoint(fold_words(word)))
    return list(dict.fromkeys((concept.label[lang], *leading)))


def tell_words(composer: Composer, concept_id: str, lang: Lang) -> str:
    """Return the most usual of them without the label, as one text."""
    return _COMMAS[lang].join(list_words(composer, concept_id, lang, _USUAL_WORDS)[1:])
