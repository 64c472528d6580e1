"""Every fixed choice of the model has its word, and no word is left over."""

from collections.abc import Mapping
from typing import Any, get_args

import pytest

from musnad.derive.edits import EditKind
from musnad.derive.ties import Standing
from musnad.pages.elements import labels
from musnad.records.model import (
    SYMMETRIC_LINKS,
    Change,
    Comparator,
    Extraction,
    Independence,
    LinkType,
    NameRole,
    Status,
    Voice,
)
from musnad.wording.words import COMPARATORS


def list_choices(model: Any, field: str) -> set[Any]:
    """Return what a field of a model may hold, besides nothing."""
    annotation = model.model_fields[field].annotation
    parts = get_args(annotation)
    inner = [choice for part in parts for choice in get_args(part)]
    return set(inner or parts)


_NUMBERS, _IDENTITIES = list_choices(Voice, "number"), list_choices(Voice, "identity")
TABLES: dict[str, tuple[Mapping[Any, str], set[Any]]] = {
    "standings": (labels.STANDINGS, set(get_args(Standing))),
    "meanings of standings": (labels.STANDING_MEANINGS, set(get_args(Standing))),
    "statuses": (labels.STATUSES, set(get_args(Status))),
    "methods": (labels.METHODS, list_choices(Extraction, "method")),
    "changes": (labels.CHANGES, list_choices(Change, "change")),
    "edits": (labels.EDITS, set(get_args(EditKind))),
    "names": (
        labels.NAME_ROLES,
        {role for role in get_args(NameRole) if role != "primary"} | {("primary", "ar"), ("primary", "en")},
    ),
    "links": (
        labels.LINKS,
        {(type_, True) for type_ in get_args(LinkType)}
        | {(type_, False) for type_ in get_args(LinkType) if type_ not in SYMMETRIC_LINKS},
    ),
    "independence": (labels.INDEPENDENCE, set(get_args(Independence))),
    "not named": (
        labels.NOT_NAMED,
        {(number, identity) for number in _NUMBERS for identity in _IDENTITIES - {"pseudonym"}},
    ),
    "not named, in brief": (labels.NOT_NAMED_BRIEF, _IDENTITIES),
    "comparators": (COMPARATORS, set(get_args(Comparator)) - {"exact", "vague"}),
}


@pytest.mark.parametrize(("table", "choices"), TABLES.values(), ids=TABLES)
def test_every_choice_has_a_word_of_its_own(table: Mapping[Any, str], choices: set[Any]) -> None:
    """Whoever adds a choice adds its word, and two choices never read alike."""
    assert len(choices) > 1
    assert set(table) == choices
    assert len(set(table.values())) == len(table)
