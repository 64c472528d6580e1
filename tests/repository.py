"""Real git repositories of records, with days of their own."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from musnad.build.history import History, read_history
from musnad.derive.edits import Edit
from musnad.records.load import load_entries
from tests.conftest import TOY
from tests.edits import Step, apply

EDITOR = "Editor Nobody"
MESSAGE = "a message that nobody must read"


@dataclass(frozen=True)
class Repository:
    """A folder under version control with a folder of entries."""

    folder: Path

    @classmethod
    def make(cls, folder: Path, day: str = "2024-08-01") -> "Repository":
        """Make one of the toy record."""
        made = cls(folder)
        shutil.copytree(TOY, made.entries)
        made.git("init", "--quiet", "--initial-branch=main")
        made.commit(day)
        return made

    @property
    def entries(self) -> Path:
        """The folder of entries."""
        return self.folder / "entries"

    def git(self, *arguments: str, day: str = "2024-08-01", time: str = "12:00:00+0000") -> str:
        """Run git on a day."""
        date = f"{day}T{time}"
        who = {f"GIT_{role}_{part}": value for role in ("AUTHOR", "COMMITTER") for part, value in (
            ("NAME", EDITOR), ("EMAIL", "editor@somewhere.example"), ("DATE", date))}  # fmt: skip
        run = subprocess.run(
            ["git", *arguments], cwd=self.folder, env={**os.environ, **who}, capture_output=True, text=True, check=True
        )
        return run.stdout

    def commit(self, day: str, *steps: Step, time: str = "12:00:00+0000") -> None:
        """Change the entries and commit that."""
        apply(steps, self.entries)
        self.git("add", "--all", "entries")
        self.git("commit", "--quiet", "--allow-empty", "--message", MESSAGE, day=day, time=time)

    def read(self, known: History | None = None) -> History | None:
        """Return what git tells of the records as they lie there."""
        return read_history(self.entries, load_entries(self.entries).catalogue, known)

    def tell(self, ref: str) -> list[tuple[str, str, tuple[str, ...]]]:
        """Return day, kind and fields of each edit of a record."""
        return [(edit.date, edit.kind, edit.fields) for edit in self.list_edits(ref)]

    def list_edits(self, ref: str) -> tuple[Edit, ...]:
        """Return the edits of a record."""
        history = self.read()
        assert history is not None
        return history.edits.get(ref, ())
