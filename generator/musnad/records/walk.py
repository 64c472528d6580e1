"""Go through records: all of them, one by its address, every value inside one."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from musnad.records.model import FOLDERS, Catalogue, Claim, Entity, Source
from musnad.records.yamltext import FieldPath


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


def walk_values(value: Any, path: FieldPath = ()) -> list[tuple[FieldPath, Any]]:
    """Return every value inside a record with its path, outer before inner; fields that were left out have none."""
    found: list[tuple[FieldPath, Any]] = []
    _walk(value, path, found)
    return found


def _walk(value: Any, path: FieldPath, found: list[tuple[FieldPath, Any]]) -> None:
    found.append((path, value))
    if isinstance(value, BaseModel):
        fields = value.__dict__
        for name, field in type(value).__pydantic_fields__.items():
            if (inner := fields[name]) is not None:
                _walk(inner, (*path, field.alias or name), found)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            _walk(item, (*path, index), found)
