"""Ask rules: of every record, or of those that something changed, and of what shares a key with them."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import fields
from typing import Any

from musnad.records.model import FOLDERS, Catalogue, Claim
from musnad.records.vocabulary import Vocabulary
from musnad.records.walk import find_record, walk_values
from musnad.records.yamltext import FieldPath
from musnad.rules.finding import Finding
from musnad.rules.references import iter_references
from musnad.rules.rule import Findings, Known, Record, Rule

Rules = Mapping[str, Rule]
Keys = dict[str, frozenset[str]]
"""By the address of a record: the addresses it refers to, and the keys it is compared by, each after a rule and a space."""
Fault = tuple[str, Finding]
"""The rule and what it found."""


def list_keys(record: Record, rules: Rules) -> frozenset[str]:
    """Return what ties a record to others."""
    ties = [f"{found.folder}/{found.id}" for found in iter_references(record)]
    if isinstance(record, Claim):
        ties.append(f"sources/{record.source_id}")
    compared = [(name, rule.comparison.keys(record)) for name, rule in rules.items() if rule.comparison]
    return frozenset([*ties, *(f"{name} {key}" for name, keys in compared for key in keys)])


def list_all_keys(catalogue: Catalogue, rules: Rules) -> Keys:
    """Return what ties each record to others."""
    return {ref: list_keys(record, rules) for ref, record in _iter_by_address(catalogue)}


def _iter_by_address(catalogue: Catalogue) -> Iterator[tuple[str, Record]]:
    for folder in FOLDERS:
        yield from ((f"{folder}/{id_}", record) for id_, record in getattr(catalogue, folder).items())


def check_all(catalogue: Catalogue, rules: Rules, keys: Keys, today: str) -> Iterator[Fault]:
    """Ask every rule of everything."""
    compared: defaultdict[str, list[str]] = defaultdict(list)
    for ref, own in keys.items():
        for key in own:
            compared[key].append(ref)
    return _ask(rules, Known.make(catalogue, today), keys, compared)


def check_changed(
    catalogue: Catalogue, rules: Rules, keys: Keys, changed: Set[str], touched: Set[str], today: str
) -> Iterator[Fault]:
    """Ask of what changed and of what refers to it, and compare what shares a key that it has or had (``touched``)."""
    wanted = changed | touched
    compared: defaultdict[str, list[str]] = defaultdict(list)
    for ref, own in keys.items():
        if not own.isdisjoint(wanted):
            for key in own & wanted:
                compared[key].append(ref)
    tied = {ref for address in changed for ref in compared.get(address, ())}
    return _ask(rules, Known.make(catalogue, today), changed | tied, compared)


def _ask(rules: Rules, known: Known, refs: Set[str], compared: Mapping[str, list[str]]) -> Iterator[Fault]:
    """Ask of records by their addresses, of words, and of records by each key they share."""
    asked = {folder: [(name, check) for name, rule in rules.items() for check in rule.of(folder)] for folder in FOLDERS}
    valued: defaultdict[type, list[tuple[str, Callable[[str, FieldPath, Any], Findings]]]] = defaultdict(list)
    for name, rule in rules.items():
        for type_, check in rule.values.items():
            valued[type_].append((name, check))
    for ref, record in _find_all(known, refs):
        for name, ask in asked[ref.partition("/")[0]]:
            for finding in ask(record, known):
                yield name, finding
    for ref, root, value in (*_iter_words(known), *()):
        for path, inner in walk_values(value, root):
            for name, check in valued.get(type(inner), ()):
                for finding in check(ref, path, inner):
                    yield name, finding
    for name, rule in rules.items():
        if rule.words:
            yield from ((name, finding) for finding in rule.words(known))
