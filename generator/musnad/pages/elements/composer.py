"""What every element and page is composed from: records, what is derived from them, the words of one language."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar

from musnad.derive.graph import Graph
from musnad.pages.addresses import Addresses
from musnad.pages.trace import Trace
from musnad.records.model import Catalogue
from musnad.wording.words import Words

Made = TypeVar("Made")


class Composer:
    """What pages of one language are composed from; what is made once is remembered here."""

    def __init__(self, catalogue: Catalogue, graph: Graph, words: Words, trace: Trace, addresses: Addresses) -> None:
        self.catalogue = catalogue
        self.graph = graph
        self.words = words
        self.lang = words.lang
        self.addresses = addresses
        self._trace = trace
        self._remembered: dict[tuple[str, str], tuple[Any, frozenset[str]]] = {}

    def inherit(self, before: "Composer", changed: set[str]) -> None:
        """Take over what an earlier composer made from what has not changed."""
        self._remembered = {key: made for key, made in before._remembered.items() if changed.isdisjoint(made[1])}

    def remember(self, what: str, key: str, make: Callable[[], Made]) -> Made:
        """Return what is made once, however often it is wanted."""
        known = self._remembered.get((what, key))
        if known is None:
            with self._trace.record() as noted:
                made = make()
            known = self._remembered[what, key] = made, frozenset(noted)
        self._trace.note(known[1])
        return known[0]

    @cached_property
    def site_name(self) -> str:
        """The publication's name."""
        return self.catalogue.site.name[self.lang] if self.catalogue.site else "Musnad"

    def href(self, path: str) -> str:
        """Return the place of a page below this language, maybe with an anchor."""
        return f"{self.lang}/{path}"
