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


def walk_values(value: Any, path: FieldPath = ()) -> Iterator[tuple[FieldPath, Any]]:
    """Yield every value inside a record with its path, outer before inner."""
    yield path, value
    if isinstance(value, BaseModel):
        found = vars(value)
        for name in type(value).model_fields:
            yield from walk_values(found[name], (*path, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from walk_values(item, (*path, index))
