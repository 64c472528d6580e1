"""The notice that stands where a record used to be."""

from dataclasses import dataclass

from musnad.derive.visible import find_end
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.parts import Head, Link, PageView
from musnad.records.problems import N_


@dataclass(frozen=True, slots=True)
class GoneBody:
    """Where the record went, or why it is gone."""

    title: str
    id: str
    date: str
    reason: str
    target: Link | None


def make_gone_view(composer: Composer, old: str) -> PageView:
    """Compose the notice at an old address, with the living record that it finally leads to."""
    redirect, end = composer.catalogue.redirects[old], find_end(composer.catalogue, old)
    target = end.to
    t, words = composer.words.gettext, composer.words
    title = t(N_("This record has moved")) if target else t(N_("This record is gone"))
    link = Link(t(N_("Go to the record")), composer.href(f"{target}/")) if target else None
    body = GoneBody(title, old, words.date(redirect.date), end.gone[composer.lang] if end.gone else "", link)
    head = Head(
        composer.lang,
        f"{old}/",
        "gone",
        title,
        title,
        edit="redirects.yaml",
        is_noindex=True,
        leads_to=link.href if link else None,
    )
    return PageView(head, body)
