"""What happened to a record, in words: told by its own history, and by version control."""

from functools import partial

from musnad.derive.edits import EditKind, Event, list_events
from musnad.pages.elements import labels
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.parts import Fact, Link
from musnad.records.fieldwords import find_words
from musnad.records.model import Claim, Entity, Source
from musnad.records.problems import N_

Record = Source | Entity | Claim


def list_history(composer: Composer, record: Record) -> tuple[Event, ...]:
    """Return what happened to a record, oldest first."""
    return list_events(record, composer.graph.edits.get(record.ref, ()))


def make_history(composer: Composer, record: Record) -> tuple[Fact, ...]:
    """Return the changes of a record, each with its day; to files that tell too much no link leads."""
    return tuple(map(partial(_make_fact, composer, record), list_history(composer, record)))


def _make_fact(composer: Composer, record: Record, event: Event) -> Fact:
    href = None
    is_kept_back = record.status == "retracted" or record.ref in composer.catalogue.kept_back
    if event.edit and not is_kept_back:
        href = composer.addresses.find_version(event.edit.commit, event.edit.file)
    links = (Link(composer.words.gettext(N_("The file of that day")), href),) if href else ()
    return Fact(composer.words.date(event.date), text=tell_event(composer, record, event), pieces=links)


def tell_event(composer: Composer, record: Record, event: Event) -> str:
    """Return what was done, and why or in which fields: "Corrected: it is a sack’s price.", "Reworded: Title"."""
    kind = tell_kind(composer, event.kind)
    if event.note:
        return composer.words.fill(N_("{change}: {note}"), change=kind, note=event.note[composer.lang])
    # Fields that records no longer have had their name then.
    fields = [name for name in (event.edit.fields if event.edit else ()) if name in type(record).model_fields]
    names = [find_words(type(record).__name__, name).label[composer.lang] for name in fields]
    if not names:
        return kind
    told = composer.words.gettext(N_(", ")).join(names)
    return composer.words.fill(N_("{change}: {note}"), change=kind, note=told)


def tell_kind(composer: Composer, kind: EditKind) -> str:
    """Return what was done, in a word or two."""
    return composer.words.gettext(labels.EDITS[kind])
