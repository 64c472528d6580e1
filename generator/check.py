"""Load entries and check them: the one gate in front of every build, export and command."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.duplicates import find_duplicates
from generator.load import Loaded, load_entries
from generator.model import HIDDEN, Catalogue
from generator.problems import N_, Problem, ProblemsError
from generator.rules import check_catalogue
from generator.rules.finding import iter_records


@dataclass(frozen=True)
class Checked:
    """A catalogue and everything that is wrong with it, in file order."""

    catalogue: Catalogue
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()
    """What an editor should look at, and may well be right."""


def check_entries(root: Path, *, prefix: str = "entries/") -> Checked:
    """Load and check a folder of entries."""
    loaded = load_entries(root, prefix=prefix)
    problems = [*loaded.problems]
    # Without its words nothing can be judged: each record would be reported for each word.
    if not any(problem.file.startswith(f"{prefix}vocabulary/") for problem in problems):
        problems += check_catalogue(loaded.catalogue, loaded.origins)
    problems += _check_site(loaded)
    warnings = find_duplicates(loaded.catalogue, loaded.origins)
    return Checked(loaded.catalogue, *(_in_file_order(found) for found in (problems, warnings)))


def _in_file_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.sort_key))


def load_checked(root: Path, *, prefix: str = "entries/") -> Catalogue:
    """Return a catalogue without any problem. Raises ProblemsError with all of them."""
    checked = check_entries(root, prefix=prefix)
    if checked.problems:
        raise ProblemsError(checked.problems)
    return checked.catalogue


def _check_site(loaded: Loaded) -> list[Problem]:
    """Report what the home page names and no record has."""
    site, origin = loaded.catalogue.site, loaded.origins.get("site")
    if site is None or origin is None:
        return []
    wanted: Mapping[tuple[str | int, ...], str] = {
        ("featured",): f"claims/{site.featured}",
        **{("examples", index): f"entities/{id_}" for index, id_ in enumerate(site.examples)},
    }
    missing = N_("there is no record {target}")
    hidden = N_("{id} is {status} and must not be named by a record that readers see")
    statuses = {record.ref: record.status for record in iter_records(loaded.catalogue)}
    problems = []
    for path, target in wanted.items():
        if target not in loaded.origins:
            problems.append(origin.problem(path, "dangling-reference", missing, target=target))
        elif (status := statuses.get(target)) in HIDDEN:
            problems.append(origin.problem(path, "hidden-reference", hidden, id=target, status=str(status)))
    return problems
