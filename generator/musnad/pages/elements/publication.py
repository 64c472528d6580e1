"""The publication's own words, and what stands in their place where ``site.yaml`` leaves them out."""

from typing import Literal

from musnad.records.model import Catalogue
from musnad.records.problems import N_
from musnad.records.vocabulary import Site
from musnad.wording.words import Words

SiteWord = Literal["tagline", "purpose", "question", "search_placeholder", "colophon", "rights"]
DEFAULTS: dict[SiteWord, str] = {
    "purpose": N_(
        "Who says what, and on whose word. Every claim here is tied to a voice and to the passage it stands in."
    ),
    "question": N_("Who says what, and on whose word"),
    "search_placeholder": N_("A name or a word"),
    "colophon": N_("A record of what sources say, not a judgement of whether it is true."),
}
"""What is true of any record. A tagline and rights are nobody's to make up."""


def require_site(catalogue: Catalogue) -> Site:
    """Return the words of the publication, which a checked catalogue has."""
    assert catalogue.site is not None, "checked before pages are made"
    return catalogue.site


def tell_site(site: Site, field: SiteWord, words: Words) -> str:
    """Return the publication's own text, or the default; empty where there is none."""
    own = getattr(site, field)
    return str(own[words.lang]) if own else words.gettext(DEFAULTS.get(field, ""))
