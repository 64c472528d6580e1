"""Load entries and check them: the one gate in front of every build, export and command."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from musnad.derive.people import is_living
from musnad.records.files import NO_FILES, Files
from musnad.records.inherit import find_nearest
from musnad.records.load import Loaded, load_entries
from musnad.records.memory import RecordMemory
from musnad.records.model import FOLDERS, Catalogue, Claim, Entity, Source
from musnad.records.problems import Problem, ProblemsError
from musnad.records.walk import find_record
from musnad.records.yamltext import FieldPath, Origin
from musnad.rules import ERRORS, WARNINGS
from musnad.rules.finding import Finding
from musnad.rules.near import explain_near
from musnad.rules.rule import Known
from musnad.rules.run import Keys, Rules, check_all, check_changed, list_all_keys, list_keys
from musnad.text.today import find_today

# The first time zone to see a new day.


@dataclass(frozen=True)
class Checked:
    """A catalogue and everything that is wrong with it, in file order."""

    catalogue: Catalogue
    problems: tuple[Problem, ...]
    origins: Mapping[str, Origin]
    today: str
    idle: tuple[Problem, ...]
    """Warnings of loading."""

    @cached_property
    def warnings(self) -> tuple[Problem, ...]:
        """What an editor should look at, and may well be right; only found when asked for."""
        keys = list_all_keys(self.catalogue, WARNINGS)
        return _in_file_order((*self.idle, *_check(self.catalogue, self.origins, WARNINGS, keys, self.today)))


def check_entries(
    root: Path,
    *,
    prefix: str = "entries/",
    memory: RecordMemory | None = None,
    today: str | None = None,
    laid_over: Files = NO_FILES,
) -> Checked:
    """Load and check a folder of entries; with ``memory``, what changed since that was found without fault.

    What is ``laid_over`` the folder counts in place of the files there.
    No date of a record may lie after ``today``, which is that of the clock when none is given. What is right once
    stays right.
    """
    today = today or find_today()
    loaded = load_entries(root, prefix=prefix, memory=memory, laid_over=laid_over)
    problems = [*loaded.problems]
    # Without its words nothing can be judged: each record would be reported for each word. Nor without a whole folder.
    blind = (problem.file.startswith(f"{prefix}vocabulary/") or problem.rule == "unreadable" for problem in problems)
    if not any(blind):
        problems += _check_changed(loaded, memory, today) if memory else _check_afresh(loaded, today)
    if memory is not None:
        memory.is_clean = not problems
        if memory.is_clean:
            memory.changed.clear()
    told = explain_near(problems, loaded.catalogue)
    return Checked(loaded.catalogue, _in_file_order(told), loaded.origins, today, loaded.warnings)


def load_checked(root: Path, *, prefix: str = "entries/") -> Catalogue:
    """Return a catalogue without any problem. Raises ProblemsError with all of them."""
    checked = check_entries(root, prefix=prefix)
    if checked.problems:
        raise ProblemsError(checked.problems)
    return checked.catalogue


def _in_file_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems sorted, each once: two records can share more than one key."""
    return tuple(found for _, found in sorted({problem.sort_key: problem for problem in problems}.items()))


def _check_afresh(loaded: Loaded, today: str) -> tuple[Problem, ...]:
    return _check(loaded.catalogue, loaded.origins, ERRORS, list_all_keys(loaded.catalogue, ERRORS), today)


def _check_changed(loaded: Loaded, memory: RecordMemory, today: str) -> tuple[Problem, ...]:
    """Check what changed and what is tied to it; everything, when that finds anything or words changed."""
    catalogue, changed = loaded.catalogue, memory.changed
    _list_new_keys(catalogue, memory)
    # No record is judged by redirects, and they themselves are looked at each time.
    is_narrow = all(ref.partition("/")[0] in FOLDERS or ref in ("redirects", "withheld") for ref in changed)
    # Names of living people and of places are looked for in every record.
    is_narrow = is_narrow and not any(
        _list_sought(old) != _list_sought(find_record(catalogue, ref)) for ref, old in changed.items()
    )
    if memory.is_clean and not loaded.problems and is_narrow:
        before = [list_keys(old, ERRORS) for old in changed.values() if isinstance(old, Source | Entity | Claim)]
        touched = frozenset[str]().union(*before, *(memory.keys[ref] for ref in changed if ref in memory.keys))
        if not any(check_changed(Known.make(catalogue, today), ERRORS, memory.keys, changed.keys(), touched)):
            return ()
    return _check(catalogue, loaded.origins, ERRORS, memory.keys, today)


def _list_sought(record: object) -> object:
    """Return the names of an entity for which other records are looked through; None of any other."""
    if not isinstance(record, Entity):
        return None
    return record.names if is_living(record) else (record.names, record.location) if record.location else None


def _list_new_keys(catalogue: Catalogue, memory: RecordMemory) -> None:
    """Bring up to date what ties each record to others."""
    keys = memory.keys
    for ref in (keys.keys() - memory.records.keys()) | (keys.keys() & memory.changed.keys()):
        del keys[ref]
    for ref in memory.records.keys() - keys.keys():
        if record := find_record(catalogue, ref):
            keys[ref] = list_keys(record, ERRORS)


def _check(
    catalogue: Catalogue, origins: Mapping[str, Origin], rules: Rules, keys: Keys, today: str
) -> tuple[Problem, ...]:
    """Check everything, and put each finding on its line; those about records that could not be read are left out."""
    faults = [*check_all(Known.make(catalogue, today), rules, keys)]
    records = (ref for ref in origins if ref.partition("/")[0] in FOLDERS) if faults else ()
    unreadable = {ref for ref in records if not find_record(catalogue, ref)}
    return _in_file_order(
        origins[finding.ref].fill_problem(_place(catalogue, finding), name, finding.message, finding.values)
        for name, finding in faults
        if finding.target not in unreadable and not (finding.absence and unreadable)
    )


def _place(catalogue: Catalogue, finding: Finding) -> FieldPath:
    record = find_record(catalogue, finding.ref)
    return find_nearest(record, finding.path) if record else finding.path
