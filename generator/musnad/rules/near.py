"""What was probably meant by a name that nothing has: another spelling, a label, a name in either language."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from musnad.records.fieldwords import find_choice
from musnad.records.model import Catalogue, Entity
from musnad.records.problems import N_, Problem
from musnad.rules.references import UNKNOWN_TERM
from musnad.text.fold import fold_words
from musnad.text.languages import LANGS

Named = Mapping[str, Iterable[str]]
"""Ids or keys → what each is called, in either language."""
_CLOSE = 0.7
_LOST = frozenset({"file-name", "file-place"})
"""Rules of files that are never read, so that whatever names them finds nothing."""


def explain_near(problems: Iterable[Problem], catalogue: Catalogue) -> list[Problem]:
    """Return problems with what was probably meant; what only follows from a misnamed file or outlet is left out."""
    found = list(problems)
    lost = {_simplify(p.file.rpartition("/")[2].removesuffix(".yaml")) for p in found if p.rule in _LOST}
    dangling = {p.values["target"] for p in found if p.rule == "dangling-reference" and "target" in p.values}
    return [_explain(problem, catalogue) for problem in found if not _follows(problem, lost, dangling)]


def _follows(problem: Problem, lost: set[str], dangling: set[str]) -> bool:
    target = problem.values.get("target", "").rpartition("/")[2]
    # No claim of a source has the outlet that there is not.
    is_of_outlet = problem.rule == "missing-attribution" and f"entities/{problem.values.get('id')}" in dangling
    return is_of_outlet or (bool(target) and _simplify(target) in lost)


def _explain(problem: Problem, catalogue: Catalogue) -> Problem:
    values = problem.values
    match problem.rule:
        case "dangling-reference" if "target" in values:
            folder, _, id_ = values["target"].partition("/")
            near = find_near(id_.rpartition("/")[2], name_records(catalogue, folder))
            return _tell(problem, N_("there is no record {target}; did you mean {near}?"), near)
        case "unknown-term" if problem.message == UNKNOWN_TERM:
            terms = getattr(catalogue.vocabulary, values["file"])
            named = {id_: [id_, *list_labels(term)] for id_, term in terms.items()}
            message = N_("{term} is not in vocabulary/{file}.yaml, nor in the base vocabulary; did you mean {near}?")
            return _tell(problem, message, find_near(values["term"], named))
        case "wrong-value" if "options" in values:
            named = {option: [option, *_list_choices(option)] for option in values["options"].split(", ")}
            message = N_("{value} is not possible here; did you mean {near}? Use one of: {options}")
            return _tell(problem, message, find_near(values["value"], named))
    return problem


def _tell(problem: Problem, message: str, near: str | None) -> Problem:
    return replace(problem, message=message, values={**problem.values, "near": near}) if near else problem


def find_near(name: str, named: Named) -> str | None:
    """Return the id that is called so, or nearly; ``named`` has the names of each."""
    return find_same(name, named) or _find_close(_simplify(name), named)


def find_same(name: str, named: Named) -> str | None:
    """Return the id that is called so; ``named`` has the names of each."""
    wanted = _simplify(name)
    return next((id_ for id_, names in named.items() if wanted in map(_simplify, names)), None)


def _find_close(wanted: str, named: Named) -> str | None:
    ids = {_simplify(name): id_ for id_, names in named.items() for name in names}
    close = difflib.get_close_matches(wanted, ids, n=1, cutoff=_CLOSE)
    return ids[close[0]] if close else None


def _simplify(name: str) -> str:
    """Return what is the same for an id and a name: folded words with hyphens."""
    return "-".join(fold_words(name.replace("-", " ").replace("_", " ")))


def name_records(catalogue: Catalogue, folder: str) -> Mapping[str, list[str]]:
    """Return what each record of a folder is called: a claim by its own id alone, as its source is that of many."""
    records = getattr(catalogue, folder, {})
    names = {id_: [name.text for name in record.names] for id_, record in records.items() if isinstance(record, Entity)}
    return {id_: [id_.rpartition("/")[2], *names.get(id_, ())] for id_ in records}


def list_labels(term: object) -> Iterable[str]:
    """Return what a term is called in both languages."""
    label = getattr(term, "label", None)
    return (label[lang] for lang in LANGS) if label else ()


def _list_choices(option: str) -> Iterable[str]:
    try:
        return find_choice(option).values()
    except KeyError:
        return ()
