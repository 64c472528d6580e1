"""What was corrected, replaced, retracted, moved, removed or withheld: told by the records themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from musnad.derive.edits import AMENDING
from musnad.derive.people import is_protected
from musnad.derive.visible import find_end
from musnad.pages.elements import labels
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.heads import make_page_head
from musnad.pages.elements.history import tell_kind
from musnad.pages.elements.links import CORRECTIONS, link_record
from musnad.pages.elements.parts import Fact, Link, PageView
from musnad.records.model import Claim, Entity, Source
from musnad.records.problems import N_
from musnad.records.walk import find_record


@dataclass(frozen=True, slots=True)
class Day:
    """What was done on one day."""

    anchor: str
    label: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class CorrectionsBody:
    """All of it, newest first."""

    title: str
    lede: str
    days: tuple[Day, ...]


def make_corrections_view(composer: Composer) -> PageView:
    """Compose the page of corrections. Its link texts name nobody living, so that search engines may have it."""
    t = composer.words.gettext
    found = (*_list_amended(composer), *_list_moved(composer), *_list_withheld(composer))
    dated = sorted(found, key=itemgetter(0), reverse=True)
    days = tuple(
        Day(f"day-{n}", composer.words.date(date), tuple(fact for _, fact in found))
        for n, (date, found) in enumerate(groupby(dated, key=itemgetter(0)), 1)
    )
    title = t(N_("Corrections"))
    lede = t(
        N_("What was corrected, replaced, retracted, moved, removed or withheld in this record, the latest first.")
    )
    head = make_page_head(composer, CORRECTIONS, "corrections", title, lede, edit="site.yaml")
    return PageView(head, CorrectionsBody(title, lede, days))


def _list_amended(composer: Composer) -> Iterator[tuple[str, Fact]]:
    """Yield what was corrected, replaced and retracted, with its date."""
    for ref in composer.graph.selected["amended"]:
        record = find_record(composer.catalogue, ref)
        assert record is not None
        for change in record.history:
            if change.change in AMENDING:
                note = change.note[composer.lang] if change.note and not _is_kept_back(composer, record) else ""
                fact = Fact(tell_kind(composer, change.change), links=(link_record(composer, record),), text=note)
                yield change.date, fact


def _list_moved(composer: Composer) -> Iterator[tuple[str, Fact]]:
    """Yield what is found at another address now, or nowhere any more, with its date."""
    t = composer.words.gettext
    for old, redirect in composer.catalogue.redirects.items():
        end = find_end(composer.catalogue, old)
        record = find_record(composer.catalogue, end.to) if end.to else None
        if record is not None:
            note = "" if _is_kept_back(composer, record) else composer.words.fill(N_("before: {id}"), id=old)
            yield redirect.date, Fact(t(N_("Moved or merged")), links=(link_record(composer, record),), note=note)
        elif end.gone:
            # Nobody knows any more whether its id names somebody.
            link = Link(t(N_("The notice at its address")), composer.href(f"{old}/"))
            yield redirect.date, Fact(t(N_("Taken out")), links=(link,), text=end.gone[composer.lang])


def _list_withheld(composer: Composer) -> Iterator[tuple[str, Fact]]:
    """Yield what was withheld: a kind of reason and a date."""
    t = composer.words.gettext
    for withholding in composer.catalogue.withheld.values():
        yield withholding.date, Fact(t(N_("Withheld")), text=t(labels.WITHHELD[withholding.reason]))


def _is_kept_back(composer: Composer, record: Source | Entity | Claim) -> bool:
    return not isinstance(record, Source) and is_protected(record, composer.catalogue)
