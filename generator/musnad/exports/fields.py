"""Which fields of a record any export may hold: a list of what may be shown, so that a new field can't leak.

A statement never leaves without its opening words; see ``attributed_statement`` in each export.
"""

from collections.abc import Mapping
from typing import Any

from musnad.records.inherit import list_inherited, list_unwritten
from musnad.records.model import Claim, Entity, Source

_RECORDED = "status extracted reviews history"
_SOURCE = (
    "kind outlet origin agency address address_basis archive language title headline authors published retrieved "
    "rights paragraphs read unknowns"
)
_ENTITY = "names description subkind external_ids location living distinct_from same_as unknowns"
_CLAIM = (
    "title subject predicate object literal parts polarity modality attribution inferred quantities time place way "
    "readings locators links sensitivity superseded_by not_stated"
)
_NOTICE = "title attribution locators links sensitivity superseded_by"
SHOWN: Mapping[type[Source | Entity | Claim], frozenset[str]] = {
    Source: frozenset(f"{_SOURCE} {_RECORDED}".split()),
    Entity: frozenset(f"{_ENTITY} {_RECORDED}".split()),
    Claim: frozenset(f"{_CLAIM} {_RECORDED}".split()),
}
KEPT_BACK: Mapping[type[Source | Entity | Claim], frozenset[str]] = {
    # Not part of what was written: the place of the file says them.
    Source: frozenset({"id"}),
    Entity: frozenset({"id", "kind"}),
    Claim: frozenset({"id", "statement"}),
}
SHOWN_OF_RETRACTED = frozenset(f"{_NOTICE} {_RECORDED}".split())
"""The notice stays: whose claim it was, where it stood, what happened to it; what was said does not."""


def list_shown(record: Source | Entity | Claim) -> frozenset[str]:
    """Return the fields of a record that may be shown."""
    return SHOWN_OF_RETRACTED if record.status == "retracted" and isinstance(record, Claim) else SHOWN[type(record)]


def dump_shown(record: Source | Entity | Claim) -> dict[str, Any]:
    """Return what may be shown of a record and stands in its file, as JSON could hold it, in the order of the model."""
    left = list_unwritten(record) if isinstance(record, Claim) else None
    shown = set(list_shown(record))
    return record.model_dump(mode="json", include=shown, exclude=left, exclude_none=True, by_alias=True)


def dump_inherited(claim: Claim) -> dict[str, Any]:
    """Return the same of the fields of which its source says something, with that."""
    names = list_inherited(claim).keys() & list_shown(claim)
    return claim.model_dump(mode="json", include=names, exclude_none=True, by_alias=True) if names else {}
