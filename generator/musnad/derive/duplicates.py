"""Warn of two records that may be one: a name of each is nearly the same, and neither warns of the other."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from musnad.records.model import Catalogue, Entity
from musnad.records.problems import N_, Problem
from musnad.records.yamltext import Origin
from musnad.text.likeness import compare_phrases
from musnad.text.words import read_phrase

LIKELY = 0.9
_MESSAGE = N_("{name} may be the same as {id} ({other}): use that record, or warn of it in distinct_from")


def find_duplicates(catalogue: Catalogue, origins: Mapping[str, Origin]) -> Iterator[Problem]:
    """Yield one warning for each pair, at the later record's name."""
    by_key: defaultdict[str, list[tuple[Entity, int]]] = defaultdict(list)
    for entity in catalogue.entities.values():
        for index, name in enumerate(entity.names):
            phrase = read_phrase(name.text)
            if phrase.words:
                by_key[phrase.tails[0].skeleton].append((entity, index))
    seen: set[tuple[str, str]] = set()
    for key in sorted(by_key):
        for n, (second, at) in enumerate(by_key[key]):
            for first, other in by_key[key][:n]:
                pair = (first.id, second.id)
                if first is second or pair in seen or _knows(first, second) or _knows(second, first):
                    continue
                theirs, own = first.names[other].text, second.names[at].text
                if compare_phrases(read_phrase(own), read_phrase(theirs)) >= LIKELY:
                    seen.add(pair)
                    path = ("names", at, "text")
                    yield origins[second.ref].problem(
                        path, "likely-duplicate", _MESSAGE, name=own, id=first.id, other=theirs
                    )


def _knows(entity: Entity, other: Entity) -> bool:
    return any(distinction.entity == other.id for distinction in entity.distinct_from)
