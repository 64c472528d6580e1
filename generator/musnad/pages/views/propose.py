"""The form for proposals; without scripts, the other ways to propose a change."""

from dataclasses import dataclass

from musnad.pages.elements.composer import Composer
from musnad.pages.elements.heads import make_page_head
from musnad.pages.elements.parts import PageView
from musnad.records.problems import N_

PLACE = "propose/"


@dataclass(frozen=True, slots=True)
class ProposeBody:
    """Nothing of the record: all of it is made in the browser."""


def make_propose_view(composer: Composer) -> PageView:
    """Compose the page of the form."""
    t = composer.words.gettext
    lede = t(N_("Nothing is sent anywhere while you type, and nothing is kept unless you ask for it."))
    return PageView(make_page_head(composer, PLACE, "propose", t(N_("Propose a change")), lede, edit=""), ProposeBody())
