"""What a rule says is wrong, before anyone knows on which line it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from generator.model import FOLDERS, Catalogue, Claim, Entity, Source
from generator.yamltext import FieldPath


@dataclass(frozen=True)
class Finding:
    """A mistake at a field of a record.

    ``target`` is the record it points to, if it points to one. ``absence`` marks what is only true
    when every record could be read.
    """

    ref: str
    path: FieldPath
    message: str
    values: Mapping[str, str] = field(default_factory=dict)
    target: str | None = None
    absence: bool = False


def iter_records(catalogue: Catalogue) -> Iterator[Source | Entity | Claim]:
    """Yield every record: sources, entities, claims."""
    yield from catalogue.sources.values()
    yield from catalogue.entities.values()
    yield from catalogue.claims.values()


def find_record(catalogue: Catalogue, ref: str) -> Source | Entity | Claim | None:
    """Return the record with an address, or None when there is none."""
    folder, _, id_ = ref.partition("/")
    records: Mapping[str, Source | Entity | Claim] = getattr(catalogue, folder) if folder in FOLDERS else {}
    return records.get(id_)


def walk_values(value: Any, path: FieldPath = ()) -> Iterator[tuple[FieldPath, Any]]:
    """Yield every value inside a record with its path, outer before inner."""
    yield path, value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from walk_values(getattr(value, name), (*path, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from walk_values(item, (*path, index))
