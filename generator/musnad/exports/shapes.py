"""The shapes of what is exported as JSON beside the records themselves.

What makes it returns these types, and the schemas of the API are made from them: one source for both.
"""

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from musnad.derive.edits import EditKind
from musnad.derive.mentions import MentionAs
from musnad.derive.ties import Standing
from musnad.records.model import Comparator, LinkType

Texts = dict[Literal["ar", "en"], str]
"""One in each language."""
Group = Literal["sources", "entities", "claims"]


class About(TypedDict):
    """What a file belongs to."""

    schema_version: int
    name: Texts | None
    rights: Texts | None
    licence: str | None
    address: str | None
    state: str | None
    """The newest day that the record tells of itself."""
    generator: str
    note: str


class EditShape(TypedDict):
    """What version control tells: a day, a kind, fields, and nobody."""

    date: str
    kind: EditKind
    fields: list[str]


class Derived(TypedDict):
    """What follows of any record. The version is a digest of what it says; the day is that of its last dated change."""

    pages: Texts
    version: str
    changed: str
    edits: list[EditShape]


class SentenceShape(TypedDict):
    """A sentence of a source and its claims."""

    paragraph: int
    sentence: int
    claims: list[str]


class PlaceShape(TypedDict):
    """A page, time or row of a source and its claims."""

    at: str
    claims: list[str]


class DerivedOfSource(Derived):
    """What follows of a source."""

    sentences: list[SentenceShape]
    places: list[PlaceShape]
    carried_by: list[str]


MentionShape = TypedDict("MentionShape", {"claim": str, "as": MentionAs, "role": NotRequired[str]})


class DerivedOfEntity(Derived):
    """What follows of an entity."""

    mentions: list[MentionShape]
    noindex: bool


class TieShape(TypedDict):
    """A link to another claim, whichever of the two states it."""

    claim: str
    type: LinkType
    stated_here: bool


class AnswerShape(TypedDict):
    """A denial or another answer, with its opening words."""

    claim: str
    type: LinkType
    attributed_statement: Texts


UnitPriceShape = TypedDict(
    "UnitPriceShape",
    {
        "value": NotRequired[str],
        "from": NotRequired[str],
        "to": NotRequired[str],
        "by": NotRequired[str],
        "unit": str | None,
        "per": str,
        "comparator": Comparator | None,
        "rounded": bool,
    },
)


class ChangeShape(TypedDict):
    """How far the ends of a change lie apart."""

    difference: str
    unit: str | None
    percent: str | None
    exact: bool
    rounded: bool


class DerivedOfClaim(Derived):
    """What follows of a claim. Its statement stands with its opening words; of a retracted one it stands nowhere."""

    attributed_statement: Texts | None
    standing: Standing
    ties: list[TieShape]
    answers: list[AnswerShape]
    unit_prices: list[UnitPriceShape]
    changes: list[ChangeShape]
    passages: list[str]
    archived_passages: list[str | None]
    noindex: bool
    coarsened: NotRequired[list[str]]
    inherited: NotRequired[dict[str, Any]]


class ExportedSource(TypedDict):
    """A source as written, and what follows."""

    id: str
    record: dict[str, Any]
    derived: DerivedOfSource


class ExportedEntity(TypedDict):
    """An entity as written, and what follows."""

    id: str
    kind: str
    record: dict[str, Any]
    derived: DerivedOfEntity


class ExportedClaim(TypedDict):
    """A claim as written, and what follows."""

    id: str
    record: dict[str, Any]
    derived: DerivedOfClaim
