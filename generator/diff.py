"""Say what a change of the records does, in a reader's terms: claims added, removed, reworded, restated.

Pure comparison of two catalogues; where they come from is the caller's business.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.graph import reading_order
from generator.model import Catalogue, Claim, Entity, Source, Title
from generator.rules.finding import iter_records, walk_values
from generator.values import LANGS, Lang, LocalizedText
from generator.yamltext import FieldPath

Record = Source | Entity | Claim


@dataclass(frozen=True)
class TextChange:
    """A text that changed; ``stale`` is the language left as it was while the other changed."""

    field: str
    old: LocalizedText | Title | None
    new: LocalizedText | Title | None
    stale: Lang | None


@dataclass(frozen=True)
class RecordChange:
    """Everything that changed in one record."""

    record: Record
    status: tuple[str, str] | None
    texts: tuple[TextChange, ...]
    fields: tuple[str, ...]
    """Other top-level fields that differ."""


@dataclass(frozen=True)
class Difference:
    """What a change does; records in reading or id order."""

    added: tuple[Record, ...]
    removed: tuple[Record, ...]
    changed: tuple[RecordChange, ...]
    vocabulary: tuple[str, ...]
    """Vocabulary files that differ."""

    @property
    def is_empty(self) -> bool:
        """Whether readers would see no difference."""
        return not (self.added or self.removed or self.changed or self.vocabulary)


def compare_catalogues(old: Catalogue, new: Catalogue) -> Difference:
    """Compare two catalogues."""
    before = {record.ref: record for record in iter_records(old)}
    after = {record.ref: record for record in iter_records(new)}
    both = [ref for ref in after if ref in before]
    changes = (_compare_records(before[ref], after[ref]) for ref in both if before[ref] != after[ref])
    return Difference(
        added=_ordered(after[ref] for ref in after.keys() - before.keys()),
        removed=_ordered(before[ref] for ref in before.keys() - after.keys()),
        changed=tuple(sorted(changes, key=lambda change: _order(change.record))),
        vocabulary=tuple(
            name for name, terms in vars(new.vocabulary).items() if terms != getattr(old.vocabulary, name)
        ),
    )


def _order(record: Record) -> tuple[int, tuple[Any, ...]]:
    if isinstance(record, Claim):
        return 0, reading_order(record)
    return (1 if isinstance(record, Entity) else 2), (record.id,)


def _ordered(records: Iterator[Record]) -> tuple[Record, ...]:
    return tuple(sorted(records, key=_order))


def _compare_records(old: Record, new: Record) -> RecordChange:
    texts = tuple(_compare_texts(_texts(old), _texts(new)))
    told = {change.field.partition(".")[0] for change in texts} | {"status", "history"}
    fields = tuple(
        name for name in type(new).model_fields if name not in told and getattr(old, name) != getattr(new, name)
    )
    return RecordChange(new, (old.status, new.status) if old.status != new.status else None, texts, fields)


def _texts(record: Record) -> dict[FieldPath, LocalizedText | Title]:
    # History tells of changes; it is not one of them.
    return {
        path: value
        for path, value in walk_values(record)
        if isinstance(value, LocalizedText | Title) and path[0] != "history"
    }


def _compare_texts(
    old: Mapping[FieldPath, LocalizedText | Title], new: Mapping[FieldPath, LocalizedText | Title]
) -> Iterator[TextChange]:
    for path in dict.fromkeys([*new, *old]):
        before, after = old.get(path), new.get(path)
        if before == after:
            continue
        stale: Lang | None = None
        if before and after:
            same = [lang for lang in LANGS if before[lang] == after[lang]]
            stale = same[0] if len(same) == 1 else None
        yield TextChange(".".join(map(str, path)), before, after, stale)
