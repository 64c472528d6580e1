"""What a claim takes over from its source where its own file does not say it; its own value wins.

Resolved once, on loading: status, extraction, the outlet's voice outside the chain, the source of a locator. What was
taken over is not among the fields that were set (``model_fields_set``), so that it can be told from what was written.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

from musnad.records.model import HIDDEN, Claim, Extraction, Locator, Source, Status, Voice
from musnad.records.yamltext import FieldPath

Model = TypeVar("Model", bound=BaseModel)
_OUTLET = "outlet"
"""The term of vocabulary/voices that stands outside the chain of every claim."""
_NOT_READ = Extraction(date="unknown", method="by-hand")
"""In the place of what a source that can't be read would say."""


def inherit(claim: Claim, source: Source | None) -> Claim:
    """Return a claim with what its source says for it; the same object where that changes nothing."""
    lent: dict[str, Any] = {}
    if "status" not in claim.model_fields_set:
        lent["status"] = lend_status(source)
    if "extracted" not in claim.model_fields_set:
        lent["extracted"] = source.extracted if source else _NOT_READ
    outlet = claim.attribution[:1] if takes_outlet(claim) else ()
    voices = claim.attribution[len(outlet) :]
    wanted = source.outlet if source and not _begins_with_outlet(voices, source) else None
    if (outlet[0].entity if outlet else None) != wanted:
        first = (Voice.model_construct(set(), voice=_OUTLET, entity=wanted),) if wanted else ()
        lent["attribution"] = (*first, *voices)
    if any(locator.source is None for locator in claim.locators):
        lent["locators"] = tuple(_lend_source(locator, claim.source_id) for locator in claim.locators)
    return _lay_over(claim, lent) if any(getattr(claim, name) != value for name, value in lent.items()) else claim


def lend_status(source: Source | None) -> Status:
    """Return the status of a claim that does not say its own.

    It is hidden with its source, and published otherwise: what else a source's status tells is of the source alone.
    """
    return "draft" if source and source.status in HIDDEN else "published"


def needs_source(claim: Claim) -> bool:
    """Whether nobody knows what a claim is without its source."""
    is_whole = {"status", "extracted"} <= claim.model_fields_set
    return not (is_whole and claim.attribution and claim.attribution[0].voice == _OUTLET)


def _begins_with_outlet(voices: tuple[Voice, ...], source: Source) -> bool:
    return bool(voices) and (voices[0].voice == _OUTLET or voices[0].entity == source.outlet)


def _lend_source(locator: Locator, source_id: str) -> Locator:
    return locator if locator.source else _lay_over(locator, {"source": source_id})


def _lay_over(value: Model, lent: Mapping[str, Any]) -> Model:
    # Not as an update, which would count as written.
    made = value.model_copy()
    made.__dict__.update(lent)
    return made


def takes_outlet(claim: Claim) -> bool:
    """Whether the first voice of the chain is the source's."""
    return bool(claim.attribution) and not claim.attribution[0].model_fields_set


def list_inherited(claim: Claim) -> dict[str, Any]:
    """Return the fields of which the source says something, as they are with it."""
    names = [name for name in ("status", "extracted") if name not in claim.model_fields_set]
    names += ["attribution"] if takes_outlet(claim) else []
    names += ["locators"] if any("source" not in locator.model_fields_set for locator in claim.locators) else []
    return {name: getattr(claim, name) for name in names}


def list_unwritten(claim: Claim) -> dict[str, Any]:
    """Return what its file does not say, in the form in which pydantic leaves values out."""
    without = {n: {"source"} for n, locator in enumerate(claim.locators) if "source" not in locator.model_fields_set}
    parts: dict[str, Any] = {"attribution": {0}, "locators": without}
    return {name: parts.get(name, True) for name in list_inherited(claim)}


def find_written(record: BaseModel, path: FieldPath) -> FieldPath | None:
    """Return where a value of a record stands in its file; None where its source says it."""
    if not isinstance(record, Claim) or not path or path[0] not in (left := list_unwritten(record)):
        return path
    if left[path[0]] is True:
        return None
    if path[0] == "attribution" and len(path) > 1:
        index = path[1]
        return (path[0], index - 1, *path[2:]) if isinstance(index, int) and index else None
    if path[0] == "locators" and path[2:] == ("source",) and path[1] in left["locators"]:
        return None
    return path


def find_nearest(record: BaseModel, path: FieldPath) -> FieldPath:
    """Return the same, or of what its source says the nearest field above it that stands in the file."""
    return find_written(record, path) or path[: 2 if path[:1] == ("locators",) else 1]
