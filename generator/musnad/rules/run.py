"""Ask rules: of everything, or of what changed and is tied to it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import fields
from typing import Any

from musnad.records.base import list_own
from musnad.records.model import FOLDERS, Catalogue, Claim
from musnad.records.vocabulary import Vocabulary
from musnad.records.walk import find_record, walk_values
from musnad.records.yamltext import FieldPath
from musnad.rules import records
from musnad.rules.finding import Finding
from musnad.rules.references import iter_references
from musnad.rules.rule import Known, Record, Rule

Rules = Mapping[str, Rule]
Keys = Mapping[str, frozenset[str]]
"""By the address of a record: the addresses it refers to, and the keys it is compared by, each after a rule's name."""
Fault = tuple[str, Finding]
"""A rule's name and what it found."""


def list_keys(record: Record, rules: Rules) -> frozenset[str]:
    """Return what ties a record to others."""
    ties = [f"{found.folder}/{found.id}" for found in iter_references(record)]
    if isinstance(record, Claim):
        # What two claims are to each other also hangs on the sources they are of.
        ties += [f"sources/{id_.partition('/')[0]}" for id_ in (record.id, *(link.claim for link in record.links))]
    compared = [(name, rule.comparison.keys(record)) for name, rule in rules.items() if rule.comparison]
    return frozenset([*ties, *(f"{name} {key}" for name, keys in compared for key in keys)])


def list_all_keys(catalogue: Catalogue, rules: Rules) -> Keys:
    """Return what ties each record to others."""
    groups = (getattr(catalogue, folder) for folder in FOLDERS)
    return {record.ref: list_keys(record, rules) for group in groups for record in group.values()}


def check_all(known: Known, rules: Rules, keys: Keys) -> Iterator[Fault]:
    """Ask every rule of everything."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for ref, own in keys.items():
        for key in own:
            groups[key].append(ref)
    return _ask(rules, known, keys, groups)


def check_changed(known: Known, rules: Rules, keys: Keys, changed: Set[str], touched: Set[str]) -> Iterator[Fault]:
    """Ask of what changed and of what refers to it, and compare all that share a key it has or had (``touched``)."""
    # What refers to the same record is not tied by that.
    wanted = changed | {key for key in touched if " " in key}
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for ref, own in keys.items():
        if not own.isdisjoint(wanted):
            for key in own & wanted:
                groups[key].append(ref)
    tied = {ref for address in changed for ref in groups.get(address, ())}
    return _ask(rules, known, changed | tied, groups)


def _ask(rules: Rules, known: Known, refs: Iterable[str], groups: Mapping[str, list[str]]) -> Iterator[Fault]:
    """Ask of records, of words, and of records by each key they share; a … in a draft is no mistake yet."""
    return (fault for fault in _ask_all(rules, known, refs, groups) if not records.is_open(fault[1], known))


def _ask_all(rules: Rules, known: Known, refs: Iterable[str], groups: Mapping[str, list[str]]) -> Iterator[Fault]:
    asked = {folder: [(name, ask) for name, rule in rules.items() for ask in rule.of(folder)] for folder in FOLDERS}
    valued = defaultdict(list)
    for name, rule in rules.items():
        for type_, ask_value in rule.values.items():
            valued[type_].append((name, ask_value))
    places: list[tuple[str, FieldPath, Any]] = [*_iter_words(known)]
    for ref in refs:
        if record := find_record(known, ref):
            places.append((ref, (), record))
            for name, ask in asked[ref.partition("/")[0]]:
                for finding in ask(record, known):
                    yield name, finding
    for ref, root, value in places:
        for path, inner in walk_values(value, root):
            for name, ask_value in valued.get(type(inner), ()):
                for finding in ask_value(ref, path, inner):
                    yield name, finding
    for name, rule in rules.items():
        if rule.words:
            yield from ((name, finding) for finding in rule.words(known))
    for tie, members in groups.items():
        name, space, key = tie.partition(" ")
        comparison = rules[name].comparison if space else None
        if comparison and (len(members) > 1 or comparison.is_alone_told):
            group = [record for ref in sorted(members) if (record := find_record(known, ref))]
            yield from ((name, finding) for finding in comparison.check(key, group, known))


def _iter_words(known: Known) -> Iterator[tuple[str, FieldPath, Any]]:
    """Yield what an editor wrote and is no record: the name of its file among the origins, where it stands, and it."""
    if known.site:
        yield "site", (), known.site
    for field in fields(Vocabulary):
        for key, value in list_own(getattr(known.vocabulary, field.name)):
            yield f"vocabulary/{field.name}", (key,), value
    yield from (("redirects", (key,), value) for key, value in known.redirects.items())
