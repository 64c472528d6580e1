"""What a rule says is wrong, before anyone knows on which line it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from musnad.records.yamltext import FieldPath


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
