"""Where a claim stands: in words, on the source's page, and at the publisher."""

from urllib.parse import quote

from musnad.pages.elements.composer import Composer
from musnad.records.model import Locator, Source
from musnad.records.problems import N_


def tell_locator(composer: Composer, paragraph: int, sentence: int) -> str:
    """Return "Paragraph 3, sentence 1"."""
    return composer.words.fill(N_("Paragraph {paragraph}, sentence {sentence}"), paragraph=paragraph, sentence=sentence)


def sentence_anchor(paragraph: int, sentence: int) -> str:
    """Return the anchor of a sentence on its source's page."""
    return f"p{paragraph}s{sentence}"


def passage_href(source: Source, locator: Locator) -> str:
    """Return the source's address with a text fragment where the record has one.

    Source of the syntax: https://wicg.github.io/scroll-to-text-fragment/
    """
    if not locator.starts:
        return source.address
    words = [quote(part, safe="") for part in (locator.starts, locator.ends) if part]
    return f"{source.address}#:~:text={','.join(words)}"
