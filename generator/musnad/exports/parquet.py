"""The tables as Parquet, with the types of their columns. Needs the extra ``exports``.

Source: https://parquet.apache.org/docs/file-format/
"""

import io
from collections.abc import Iterator
from typing import Any

from musnad.exports.extra import import_extra
from musnad.exports.tables import Cell, iter_tables, list_about
from musnad.pages.elements.columns import Kind, Table
from musnad.pages.site import Site

FOLDER = "data/parquet/"


def export_parquet(site: Site) -> Iterator[tuple[str, str | bytes]]:
    """Yield a file for each table, with licence, address and state of the record inside.

    Several values are a list; a number is a double. The bytes are the same each time under one version of pyarrow.
    Raises ReleaseError without it.
    """
    pa = import_extra("pyarrow")
    parquet = import_extra("pyarrow.parquet")
    types = {"string": pa.string(), "number": pa.float64(), "integer": pa.int32(), "boolean": pa.bool_()}
    about = dict(list_about(site))
    for table, rows in iter_tables(site):
        fields = [
            pa.field(c.name, pa.list_(pa.string()) if c.is_many else types[c.kind], nullable=not c.is_always)
            for c in table.columns
        ]
        columns = list(_turn(table, list(rows)))
        made = pa.table(columns, schema=pa.schema(fields, metadata=about))
        file = io.BytesIO()
        parquet.write_table(made, file, compression="zstd")
        yield f"{FOLDER}{table.name}.parquet", file.getvalue()


def _turn(table: Table, rows: list[tuple[Cell, ...]]) -> Iterator[list[Any]]:
    """Yield the values of each column."""
    for n, column in enumerate(table.columns):
        yield [_convert(row[n], column.kind) for row in rows]


def _convert(value: Cell, kind: Kind) -> Any:
    return float(value) if kind == "number" and isinstance(value, str) else value
