"""Where a claim stands: in words, on the source's page, and at the publisher."""

from musnad.pages.elements.composer import Composer
from musnad.records.model import Locator, Source
from musnad.records.problems import N_
from musnad.text.fragments import add_fragment


def tell_locator(composer: Composer, paragraph: int, sentence: int) -> str:
    """Return "Paragraph 3, sentence 1"."""
    return composer.words.fill(N_("Paragraph {paragraph}, sentence {sentence}"), paragraph=paragraph, sentence=sentence)


def sentence_anchor(paragraph: int, sentence: int) -> str:
    """Return the anchor of a sentence on its source's page."""
    return f"p{paragraph}s{sentence}"


def passage_href(source: Source, locator: Locator) -> str:
    """Return the source's address, leading to the passage where the record has words to find it by."""
    return add_fragment(source.address, locator.marks) if locator.marks else source.address
