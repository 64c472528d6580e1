"""Load entries and check them: the one gate in front of every build, export and command."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from musnad.derive.duplicates import find_duplicates
from musnad.records.load import Loaded, load_entries
from musnad.records.memory import RecordMemory
from musnad.records.model import FOLDERS, HIDDEN, Catalogue, Claim, Entity, Source
from musnad.records.problems import N_, Problem, ProblemsError
from musnad.records.walk import find_record
from musnad.records.yamltext import Origin
from musnad.rules import check_catalogue
from musnad.rules.references import iter_references


@dataclass(frozen=True)
class Checked:
    """A catalogue and everything that is wrong with it, in file order."""

    catalogue: Catalogue
    problems: tuple[Problem, ...]
    origins: Mapping[str, Origin]
    idle: tuple[Problem, ...]
    """Warnings of loading."""

    @cached_property
    def warnings(self) -> tuple[Problem, ...]:
        """What an editor should look at, and may well be right; only found when asked for."""
        return _in_file_order((*self.idle, *find_duplicates(self.catalogue, self.origins)))


def check_entries(root: Path, *, prefix: str = "entries/", memory: RecordMemory | None = None) -> Checked:
    """Load and check a folder of entries; with ``memory``, what changed since that was found without fault."""
    loaded = load_entries(root, prefix=prefix, memory=memory)
    problems = [*loaded.problems]
    # Without its words nothing can be judged: each record would be reported for each word. Nor without a whole folder.
    blind = (problem.file.startswith(f"{prefix}vocabulary/") or problem.rule == "unreadable" for problem in problems)
    if not any(blind):
        problems += _check_changed(loaded, memory) if memory else check_catalogue(loaded.catalogue, loaded.origins)
        problems += _check_site(loaded)
    if memory is not None:
        memory.is_clean = not problems
        if memory.is_clean:
            memory.changed.clear()
    return Checked(loaded.catalogue, _in_file_order(problems), loaded.origins, loaded.warnings)


def _in_file_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.sort_key))


def load_checked(root: Path, *, prefix: str = "entries/") -> Catalogue:
    """Return a catalogue without any problem. Raises ProblemsError with all of them."""
    checked = check_entries(root, prefix=prefix)
    if checked.problems:
        raise ProblemsError(checked.problems)
    return checked.catalogue


class _Focus(Mapping[str, Any]):
    """Records that can all be looked up, of which only some are gone through."""

    def __init__(self, folder: str, records: Mapping[str, Any], focus: set[str]) -> None:
        self._records = records
        self._keys = [key for key in records if f"{folder}/{key}" in focus]

    def __getitem__(self, key: str) -> Any:
        return self._records[key]

    def __contains__(self, key: object) -> bool:
        return key in self._records

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def _check_changed(loaded: Loaded, memory: RecordMemory) -> list[Problem]:
    """Check what changed and what is tied to it; everything, when that finds anything or words changed."""
    catalogue, changed = loaded.catalogue, memory.changed
    _list_all_references(catalogue, memory)
    is_record = [ref.partition("/")[0] in FOLDERS for ref in changed]
    if memory.is_clean and not loaded.problems and all(is_record):
        focus = _find_tied(memory)
        limited: dict[str, Any] = {name: _Focus(name, getattr(catalogue, name), focus) for name in FOLDERS}
        focused = replace(catalogue, **limited)
        if not check_catalogue(focused, loaded.origins):
            return []
    return check_catalogue(catalogue, loaded.origins)


def _list_all_references(catalogue: Catalogue, memory: RecordMemory) -> None:
    """Bring up to date what each record refers to."""
    references = memory.references
    for ref in (references.keys() - memory.records.keys()) | (references.keys() & memory.changed.keys()):
        del references[ref]
    for ref in memory.records.keys() - references.keys():
        if record := find_record(catalogue, ref):
            references[ref] = _list_references(record)


def _find_tied(memory: RecordMemory) -> set[str]:
    """Return the addresses of what changed with those that it refers to, or did, and those that refer to it."""
    changed, references = memory.changed, memory.references
    tied = {*changed, *(ref for ref, targets in references.items() if not targets.isdisjoint(changed))}
    for ref, before in changed.items():
        tied |= references.get(ref, frozenset())
        if isinstance(before, Source | Entity | Claim):
            tied |= _list_references(before)
    return tied


def _list_references(record: Source | Entity | Claim) -> frozenset[str]:
    own = {f"sources/{record.source_id}"} if isinstance(record, Claim) else set()
    return frozenset(own.union(f"{found.folder}/{found.id}" for found in iter_references(record)))


def _check_site(loaded: Loaded) -> list[Problem]:
    """Report what the home page names and no record has."""
    site, origins = loaded.catalogue.site, loaded.origins
    if site is None:
        return []
    wanted: Mapping[tuple[str | int, ...], str] = {
        ("featured",): f"claims/{site.featured}",
        **{("examples", index): f"entities/{id_}" for index, id_ in enumerate(site.examples)},
    }
    missing = N_("there is no record {target}")
    hidden = N_("{id} is {status} and must not be named by a record that readers see")
    problems = []
    for path, target in wanted.items():
        record = find_record(loaded.catalogue, target)
        if target not in origins:
            problems.append(origins["site"].problem(path, "dangling-reference", missing, target=target))
        elif record and record.status in HIDDEN:
            problems.append(origins["site"].problem(path, "hidden-reference", hidden, id=target, status=record.status))
    return problems
