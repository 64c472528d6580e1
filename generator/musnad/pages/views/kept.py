"""What the pages leave on a reader's device, all of it, and how to clear it: ``assets/kept.js`` does."""

from dataclasses import dataclass

from musnad.pages.elements.composer import Composer
from musnad.pages.elements.heads import make_page_head
from musnad.pages.elements.parts import PageView
from musnad.records.problems import N_

PLACE = "kept/"
DRAFT = "musnad-proposal"
"""Where the form keeps a draft (``propose/form.js``)."""


@dataclass(frozen=True, slots=True)
class KeptBody:
    """The page."""

    title: str
    lede: str
    draft: str


def make_kept_view(composer: Composer) -> PageView:
    """Compose the page of what browsers keep."""
    t = composer.words.gettext
    title = t(N_("What your browser keeps"))
    lede = t(N_("What the pages leave on your device, all of it, and how to clear it."))
    return PageView(make_page_head(composer, PLACE, "kept", title, lede, edit=""), KeptBody(title, lede, DRAFT))
