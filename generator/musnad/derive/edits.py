"""When a record was edited, and how: what its own history tells, and what version control adds to it.

Pure functions; ``build/history.py`` asks git. Who edited is neither asked nor kept.
"""

from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Literal, NamedTuple

from musnad.records.files import name_record
from musnad.records.model import Recorded
from musnad.records.values import LocalizedText

EditKind = Literal[
    "created",
    "reworded",
    "corrected",
    "reclassified",
    "superseded",
    "retracted",
    "withheld",
    "moved",
    "reviewed",
    "changed",
]
"""The choices of ``Change.change``, and what only a comparison tells."""
AMENDING: frozenset[EditKind] = frozenset({"corrected", "superseded", "retracted"})
"""What the corrections page lists of a record's own history."""


class Edit(NamedTuple):
    """What became of a record on one day, as version control has it."""

    date: str
    """Day in UTC: 2026-11-27. The time of day would tell where an editor lives."""
    kind: EditKind
    fields: tuple[str, ...]
    """The top-level fields that differ."""
    commit: str
    """The last one of that day."""
    file: str
    """Its file below the entries as of then."""
    is_told: bool
    """Whether the record's own history tells of it."""

    @property
    def ref(self) -> str:
        """The address that the record had then."""
        return name_record(self.file) or ""


Edits = Mapping[str, tuple[Edit, ...]]
"""By the address of the record, ``claims/x/y``, oldest first."""


class Event(NamedTuple):
    """One line of what happened to a record."""

    date: str
    """EDTF."""
    kind: EditKind
    note: LocalizedText | None = None
    edit: Edit | None = None


def list_events(record: Recorded, edits: Iterable[Edit]) -> tuple[Event, ...]:
    """Return what happened to a record, oldest first: its own history, and the edits of which it tells nothing."""
    events = [Event(change.date, change.change, change.note) for change in record.history]
    others = []
    for edit in edits:
        # By kind and order, as days differ: of an editor in the east and of UTC, of the change and of its commit.
        at = next((at for at, event in enumerate(events) if event.kind == edit.kind and event.edit is None), None)
        if edit.is_told and at is not None:
            events[at] = events[at]._replace(edit=edit)
        else:
            others.append(Event(edit.date, edit.kind, edit=edit))
    return tuple(sorted((*events, *others), key=attrgetter("date")))
