"""How problems are printed: for people, for programs, and as annotations on the repository host."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import click

from musnad.records.problems import N_, Problem
from musnad.text.bidi import ARABIC
from musnad.text.letters import make_printable
from musnad.wording.words import Words

ANNOTATED = 10
"""Annotations of a kind that GitHub shows for a step."""
_WIDTH = 100
_OF_FILES = frozenset(
    ["unreadable", "encoding", "file-size", "file-name", "file-place", "no-file", "empty-folder", "missing-file"]
)
"""Rules that ask no line, but the whole file."""
_RIGHT_TO_LEFT = re.compile(f"[{ARABIC}]")
Report = Callable[[Iterable[Problem], Iterable[Problem], Words], Iterator[str]]
"""Makes lines of problems and warnings, in a language."""


def report_text(problems: Iterable[Problem], warnings: Iterable[Problem], words: Words) -> Iterator[str]:
    """Yield each problem with the line it stands on, and a sign below its place."""
    warning = words.gettext(N_("warning"))
    for problem, is_warning in _both(problems, warnings):
        yield f"{warning}: {words.tell(problem)}" if is_warning else words.tell(problem)
        yield from _show_line(problem)


def _both(problems: Iterable[Problem], warnings: Iterable[Problem]) -> Iterator[tuple[Problem, bool]]:
    yield from ((problem, False) for problem in problems)
    yield from ((problem, True) for problem in warnings)


def _show_line(problem: Problem) -> Iterator[str]:
    if problem.rule in _OF_FILES:
        return
    try:
        lines = Path(problem.file).read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return
    line = make_printable(lines[problem.line - 1].rstrip()) if problem.line <= len(lines) else ""
    if not line.strip():
        return
    start = max(0, problem.column - 1 - _WIDTH // 2)
    shown = ("…" if start else "") + line[start : start + _WIDTH] + ("…" if len(line) > start + _WIDTH else "")
    number = f"{problem.line:5} | "
    yield f"{number}{shown}"
    before = shown[: problem.column - 1 - start + (start > 0)]
    # Below a text that is read from the right, no sign would stand at the place.
    if not _RIGHT_TO_LEFT.search(before):
        yield " " * (len(number) + len(before)) + "^"


def report_json(problems: Iterable[Problem], warnings: Iterable[Problem], words: Words) -> Iterator[str]:
    """Yield one JSON object: ``{"problems": [{"file", "line", "column", "rule", "message", "warning"}]}``."""
    found = [_describe(problem, words, is_warning) for problem, is_warning in _both(problems, warnings)]
    yield json.dumps({"problems": found}, ensure_ascii=False, indent=1)


def _describe(problem: Problem, words: Words, is_warning: bool) -> Mapping[str, object]:
    place = {"file": problem.file, "line": problem.line, "column": problem.column}
    return {**place, "rule": problem.rule, "message": words.say(problem), "warning": is_warning}


def report_github(problems: Iterable[Problem], warnings: Iterable[Problem], words: Words) -> Iterator[str]:
    """Yield annotations, as many as the host shows, and then the rest in a line each."""
    for kind, found in (("error", [*problems]), ("warning", [*warnings])):
        for problem in found[:ANNOTATED]:
            place = f"file={_escape(problem.file, ':,')},line={problem.line},col={problem.column}"
            yield f"::{kind} {place},title={_escape(problem.rule, ':,')}::{_escape(words.say(problem))}"
        yield from map(words.tell, found[ANNOTATED:])


def _escape(text: str, signs: str = "") -> str:
    """Write what would end a command or a property of it as its code."""
    return re.sub(f"[%\r\n{signs}]", lambda sign: f"%{ord(sign[0]):02X}", text)


def report_gitlab(problems: Iterable[Problem], warnings: Iterable[Problem], words: Words) -> Iterator[str]:
    """Yield one JSON list, as GitLab reads reports of code quality."""
    found = []
    for problem, is_warning in _both(problems, warnings):
        # The same problem is known again when its line has moved.
        known_by = "\0".join((problem.file, problem.rule, words.say(problem)))
        found.append(
            {
                "description": words.say(problem),
                "check_name": problem.rule,
                "fingerprint": hashlib.sha256(known_by.encode()).hexdigest(),
                "severity": "minor" if is_warning else "major",
                "location": {"path": problem.file, "lines": {"begin": problem.line}},
            }
        )
    yield json.dumps(found, ensure_ascii=False, indent=1)


FORMATS: Mapping[str, Report] = {
    "text": report_text,
    "json": report_json,
    "github": report_github,
    "gitlab": report_gitlab,
}
format_option = click.option(
    "--format", "form", type=click.Choice([*FORMATS]), default="text", show_default=True, help="For whom."
)
