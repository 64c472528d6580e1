"""What is wrong with the entries, in words an editor understands.

A problem keeps its message as a translatable pattern with values, so that it can be told in either
language. Problems are collected and reported together; nothing here decides what to do about them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


def N_(message: str) -> str:  # noqa: N802 (the conventional marker for later translation)
    """Mark a message for the translation catalogue without translating it."""
    return message


Message = tuple[str, Mapping[str, object]]
"""A pattern with its values, to be told in either language."""


@dataclass(frozen=True)
class Problem:
    """One mistake: file relative to the project, 1-based line and column, rule, message."""

    file: str
    line: int
    column: int
    rule: str
    message: str
    values: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.rule}: {self.message.format_map(self.values)}"

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order by place, then rule."""
        return self.file, self.line, self.column, self.rule, str(self)


class ProblemsError(Exception):
    """Entries that can't be published, with everything that is wrong with them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.sort_key))
        super().__init__("\n".join(map(str, self.problems)))
