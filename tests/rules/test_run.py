"""How rules are asked: of one record or of those that share a key, so that a check of what changed misses nothing."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from musnad.records.load import load_entries
from musnad.records.model import FOLDERS, Catalogue, Claim
from musnad.records.walk import find_record, iter_records
from musnad.rules import ERRORS, RULES, WARNINGS
from musnad.rules.finding import Finding
from musnad.rules.rule import Comparison, Known, Lookup, Record, Rule
from musnad.rules.run import check_all, check_changed, list_all_keys, list_keys
from tests.conftest import TOY
from tests.edits import EDITS, GIVEN, apply
from tests.rules.test_cases import CASES, TODAY, read_case


@pytest.mark.parametrize("go_through", [list, len, sorted, Lookup.keys, Lookup.values, Lookup.items])
def test_rule_can_not_go_through_records(go_through: Callable[[Any], object], toy: Catalogue) -> None:
    """It would see too much, or, when only what changed is checked, too little."""
    known = Known.make(toy, TODAY)
    for folder in FOLDERS:
        records = getattr(known, folder)
        assert records.get("no such id") is None
        with pytest.raises(TypeError, match="looks records up by id"):
            go_through(records)


class Noted(Lookup):
    """Records of which it is noted which are looked up."""

    def __init__(self, folder: str, records: dict[str, Any], noted: set[str]) -> None:
        super().__init__(records)
        self._folder, self._noted = folder, noted

    def get(self, key: str, default: Any = None) -> Any:
        # Nothing has no id.
        self._noted |= {f"{self._folder}/{key}"} if key else set()
        return super().get(key, default)

    def __getitem__(self, key: str) -> Any:
        return self.get(key)

    def __contains__(self, key: object) -> bool:
        return self.get(str(key)) is not None


def _load_cases(folder: Path) -> Iterator[Catalogue]:
    """Yield the toy record, and what can be read of it with each bad example."""
    yield load_entries(TOY).catalogue
    for path in CASES:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(TOY, folder)
        for change in read_case(path)[:-1]:
            file = folder / change.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.unlink() if change.text is None else file.write_text(change.text, encoding="utf-8")
        yield load_entries(folder).catalogue


def test_rule_looks_up_only_what_its_record_refers_to(tmp_path: Path) -> None:
    """Else a change of what it looked up would not have it asked again."""
    asked = set()
    for catalogue in _load_cases(tmp_path / "entries"):
        noted: set[str] = set()
        tables = {folder: Noted(folder, getattr(catalogue, folder), noted) for folder in FOLDERS}
        # No record is judged by redirects either: `check` counts on it.
        known = replace(Known.make(catalogue, TODAY), **tables, redirects=Noted("redirects", {}, noted))
        for record in iter_records(catalogue):
            folder = record.ref.partition("/")[0]
            for name, rule in RULES.items():
                for check in rule.of(folder):
                    noted.clear()
                    list(check(record, known))
                    assert noted <= {record.ref, *list_keys(record, {})}, name
                    asked |= {name} if noted else set()
    # Guards the note: rules of which it is known that they do.
    assert asked >= {"dangling-reference", "wrong-locator", "claim-link", "distinction", "living-person", "itself"}


def _tell_group(key: str, group: Sequence[Record], known: Known) -> Iterator[Finding]:
    yield from (Finding(record.ref, (), key, {"group": " ".join(other.ref for other in group)}) for record in group)


def _predicate_keys(record: Record) -> Iterable[str]:
    return [record.predicate, record.status] if isinstance(record, Claim) else [record.status]


SHARING = {"sharing": Rule(comparison=Comparison(_predicate_keys, _tell_group, is_alone_told=True))}


def _tell(faults: Iterable[tuple[str, Finding]], keys: Iterable[str] | None = None) -> set[str]:
    return {str(finding) for _, finding in faults if keys is None or finding.message in keys}


@pytest.mark.parametrize("name", EDITS)
def test_changed_is_compared_with_all_that_shares_or_shared_a_key(name: str, toy_copy: Path) -> None:
    """What a comparing rule finds of the groups that an edit touched, it finds of everything."""
    apply(GIVEN.get(name, ()), toy_copy)
    before = load_entries(toy_copy).catalogue
    apply(EDITS[name], toy_copy)
    after = load_entries(toy_copy).catalogue
    old, new = list_all_keys(before, SHARING), list_all_keys(after, SHARING)
    changed = {ref for ref in {*old, *new} if find_record(before, ref) != find_record(after, ref)}
    touched = frozenset[str]().union(*(keys.get(ref, frozenset()) for keys in (old, new) for ref in changed))
    known = Known.make(after, TODAY)
    groups = {key.partition(" ")[2] for key in touched if " " in key}
    assert _tell(check_changed(known, SHARING, new, changed, touched)) == _tell(check_all(known, SHARING, new), groups)


def test_keys_follow_from_the_record_alone(toy: Catalogue) -> None:
    """They are kept as long as the record's file does not change; and no key of a rule looks like an address."""
    for rules in (ERRORS, WARNINGS):
        keys = list_all_keys(toy, rules)
        assert keys == {record.ref: list_keys(record.model_copy(deep=True), rules) for record in iter_records(toy)}
        names = {key.partition(" ")[0] for own in keys.values() for key in own if " " in key}
        assert names == {name for name, rule in rules.items() if rule.comparison}
