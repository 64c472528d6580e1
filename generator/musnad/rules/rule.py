"""What a rule is: what it goes through, what it may look up meanwhile, and which records it compares.

A rule never goes through all records. It is asked about one, or about those that share a key, and looks others up by
their ids: so a check of what changed finds what a check of everything finds.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NoReturn, Self

from musnad.derive.named import Named, Names
from musnad.derive.people import list_living_names
from musnad.derive.sensitive import is_sensitive, list_exact_names
from musnad.derive.visible import publishable
from musnad.records.model import FOLDERS, HIDDEN, Catalogue, Claim, Entity, Source
from musnad.records.yamltext import FieldPath
from musnad.rules.finding import Finding
from musnad.text.digest import fold_sentence
from musnad.text.languages import LANGS

Record = Source | Entity | Claim
Findings = Iterable[Finding]


class Lookup(dict[str, Any]):
    """Records by their ids, which can't be gone through."""

    def __iter__(self) -> NoReturn:
        raise TypeError("a rule looks records up by id, and declares which it compares")

    keys = values = items = __len__ = __iter__


@dataclass(frozen=True)
class Known(Catalogue):
    """What a rule may look up: a record by its id, words, and the date."""

    today: str = field(kw_only=True)
    """The latest date that it is anywhere: no date before it was in the future when it was written."""
    living: Names = field(kw_only=True)
    """Names of living people, wherever they stand."""
    exact: Names = field(kw_only=True)
    """Names of places that no sensitive claim may tell; none where there is no such claim."""
    hidden: Names = field(kw_only=True)
    """Names of places whose records readers do not see, as only sensitive claims name them."""
    stated: Mapping[str, str] = field(kw_only=True)
    """What claims state, folded, and the id of one that does."""

    @cached_property
    def accusing(self) -> Names:
        """Words that accuse, by the id of a predicate."""
        terms = ((id_, term.words) for id_, term in self.vocabulary.predicates.items() if term.words)
        return Names.make_of(Named(id_, word) for id_, words in terms for word in (*words.ar, *words.en))

    @classmethod
    def make(cls, catalogue: Catalogue, today: str) -> Self:
        """Return what is known of a catalogue."""
        found = vars(catalogue) | {name: Lookup(getattr(catalogue, name)) for name in FOLDERS}
        entities = catalogue.entities.values()
        has_sensitive = any(map(is_sensitive, catalogue.claims.values()))
        exact = list_exact_names(entities if has_sensitive else (), catalogue.vocabulary)
        # They are looked for in old addresses alone.
        hidden = Names.make(_list_hidden(catalogue) if has_sensitive and catalogue.redirects else ())
        claims = catalogue.claims.values()
        stated = {fold_sentence(claim.statement[lang]): claim.id for claim in claims for lang in LANGS}
        return cls(**found, today=today, living=list_living_names(entities), exact=exact, hidden=hidden, stated=stated)


def _list_hidden(catalogue: Catalogue) -> Iterator[Entity]:
    shown = publishable(catalogue).entities
    for id_, entity in catalogue.entities.items():
        if entity.location and entity.status not in HIDDEN and id_ not in shown:
            yield entity


@dataclass(frozen=True)
class Comparison:
    """Records that share a key are compared with each other, and with no others.

    Keys follow from the record alone; the check is given a key and all that have it, in the order of their addresses.
    What it finds by more than one key is told once.
    """

    keys: Callable[[Record], Iterable[str]]
    check: Callable[[str, Sequence[Record], Known], Findings]
    is_alone_told: bool = False
    """Whether a record that shares its key with no other is a group too."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What must hold, and of what it is asked; each part is asked on its own."""

    sources: Callable[[Source, Known], Findings] | None = None
    entities: Callable[[Entity, Known], Findings] | None = None
    claims: Callable[[Claim, Known], Findings] | None = None
    records: Callable[[Any, Known], Findings] | None = None
    """Asked of each record of any kind."""
    values: Mapping[type, Callable[[str, FieldPath, Any], Findings]] = field(default_factory=dict)
    """Asked of each value of a type wherever it stands, in records and words, with the address and the path there."""
    words: Callable[[Known], Findings] | None = None
    """Asked once, of what is no record."""
    comparison: Comparison | None = None
    is_warning: bool = False
    """Whether what it finds may well be right, and is told without stopping anything."""

    def of(self, folder: str) -> Iterator[Callable[[Any, Known], Findings]]:
        """Yield what is asked of each record of a folder."""
        asked = (getattr(self, folder), self.records)
        yield from (check for check in asked if check)
