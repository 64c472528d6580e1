"""Rewriting the history of a clone leaves nothing of what was withheld, in no object, name or message."""

import csv
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from musnad.cli import cli
from musnad.records.overlay import Overlay
from musnad.text.fold import fold
from tests.repository import Repository

CANARIES = ("mira holt", "ميرا هولت", "mentioned-person", "salt-kept-back", "zimzum")


def run(*arguments: object) -> Result:
    """Run a command."""
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Return a history with a person under an earlier id, a side branch that was merged, tags and a message."""
    made = Repository.make(tmp_path / "publication")
    git = made.git
    git("tag", "v1")
    # The side line changes the record under its first name, and one that has nothing to do with it.
    git("switch", "--quiet", "--create", "side")
    claim = made.entries / "claims/tide-post-12/salt-kept-back.yaml"
    claim.write_text(claim.read_text("utf-8") + "# Zimzum says so\n", "utf-8")
    git("commit", "--quiet", "--all", "--message", "What Mira Holt\nsays of salt-kept-back")
    git("switch", "--quiet", "main")
    done = run("rename", "tide-post-12/salt-kept-back", "salt", "--entries", made.entries)
    assert done.exit_code == 0, done.output
    made.commit("2024-08-03")
    git("merge", "--quiet", "--no-edit", "side", day="2024-08-04")
    git("tag", "--annotate", "v2", "--message", "With Mira Holt")
    (made.folder / "notes.md").write_text("Ask Mira\n  Holt about it.\nThe rest stays.\n", "utf-8")
    git("add", "notes.md")
    git("commit", "--quiet", "--message", "Notes")
    git("rm", "--quiet", "notes.md")
    git("commit", "--quiet", "--message", "No notes")
    return made


@pytest.fixture
def overlay(repository: Repository, tmp_path: Path) -> Overlay:
    """Return the private folder after the person was withheld, and that was committed."""
    folder = tmp_path / "private"
    done = run(
        *("withhold", "mentioned-person", "--reason", "safety", "--yes"),
        *("--overlay", folder, "--entries", repository.entries),
    )
    assert done.exit_code == 0, done.output
    repository.commit("2024-08-06")
    repository.git("tag", "v3")
    return Overlay(folder)


def clone_of(repository: Repository, folder: Path) -> Path:
    """Return a fresh clone with everything."""
    command = ["git", "clone", "--quiet", "--no-local", "--mirror", str(repository.folder), str(folder)]
    subprocess.run(command, check=True)
    return folder


def ask(clone: Path, *arguments: str) -> bytes:
    """Return git's answer."""
    return subprocess.run(["git", *arguments], cwd=clone, capture_output=True, check=True).stdout


def find_canaries(clone: Path) -> set[str]:
    """Return which words are in any object, packed or loose, in any log or name."""
    told = b"".join(
        (
            ask(clone, "cat-file", "--batch-all-objects", "--batch", "--unordered"),
            ask(clone, "log", "-p", "-m", "--all"),
            ask(clone, "for-each-ref"),
            *(path.read_bytes() for path in clone.rglob("*") if path.is_file() and "objects" not in path.parts),
        )
    )
    text = " ".join(fold(told.decode(errors="ignore")).split())
    return {canary for canary in CANARIES if " ".join(fold(canary).split()) in text}


def expunge(repository: Repository, overlay: Overlay, clone: Path, *options: object) -> Result:
    """Expunge all that was withheld."""
    names = [name for name, _ in overlay]
    where = ("--repository", clone, "--overlay", overlay.root, "--entries", repository.entries)
    return run("expunge", *names, *where, "--map", clone.parent / "map.csv", *options)


TWO = ("--approved-by", "one", "--approved-by", "another", "--word", "Zimzum")


def test_nothing_is_found_afterwards_and_all_else_is(repository: Repository, overlay: Overlay, tmp_path: Path) -> None:
    """Merges, tags and every other line stay; old and new hashes are told."""
    clone = clone_of(repository, tmp_path / "clone.git")
    assert find_canaries(clone) == {*CANARIES}
    before = {tag: ask(clone, "ls-tree", "-r", "--name-only", tag).decode().splitlines() for tag in ("v1", "v2", "v3")}
    merges = len(ask(clone, "log", "--all", "--merges", "--format=%H").split())
    old = ask(clone, "rev-parse", "v2^{commit}").decode().strip()
    done = expunge(repository, overlay, clone, *TWO)
    assert done.exit_code == 0, done.output
    assert find_canaries(clone) == set()
    assert ask(clone, "fsck", "--full", "--strict") == b""
    after = {tag: ask(clone, "ls-tree", "-r", "--name-only", tag).decode().splitlines() for tag in before}
    ((_, kept),) = overlay
    earlier = {"entries/claims/tide-post-12/salt-kept-back.yaml"}
    gone = {f"entries/{place}" for place in kept.was if kept.became[place] is None} | earlier
    assert after == {tag: [path for path in paths if path not in gone] for tag, paths in before.items()}
    assert len(ask(clone, "log", "--all", "--merges", "--format=%H").split()) == merges
    assert b"The rest stays." in ask(clone, "log", "-p", "--all")
    with (tmp_path / "map.csv").open() as file:
        rows = {row["old"]: row["new"] for row in csv.DictReader(file)}
    assert rows[old] == ask(clone, "rev-parse", "v2^{commit}").decode().strip()
    # Neither in what the commands themselves kept.
    assert not (repository.folder / ".musnad-undo").exists()


def test_two_people_decide(repository: Repository, overlay: Overlay, tmp_path: Path) -> None:
    """One under two spellings is one."""
    clone = clone_of(repository, tmp_path / "clone.git")
    state = ask(clone, "rev-parse", "--all")
    done = expunge(repository, overlay, clone, "--approved-by", "One", "--approved-by", "one ")
    assert done.exit_code == 1
    assert "two people" in done.output
    assert ask(clone, "rev-parse", "--all") == state


def test_a_repository_in_use_is_refused(repository: Repository, overlay: Overlay) -> None:
    """Only a fresh clone is rewritten: elsewhere there is no way back."""
    state = ask(repository.folder, "rev-parse", "--all")
    done = expunge(repository, overlay, repository.folder, *TWO)
    assert done.exit_code == 1
    assert "clone" in done.output
    assert ask(repository.folder, "rev-parse", "--all") == state


def test_what_is_not_published_yet_is_refused(repository: Repository, tmp_path: Path) -> None:
    """The last state would lose a record without a word in public."""
    folder = tmp_path / "private"
    clone = clone_of(repository, tmp_path / "clone.git")
    run(
        "withhold", "mentioned-person", "--reason", "law", "--yes", "--overlay", folder, "--entries", repository.entries
    )
    done = expunge(repository, Overlay(folder), clone, *TWO)
    assert done.exit_code == 1
    assert "publish the withholding first" in done.output


def test_what_a_clone_knows_of_another_is_refused(repository: Repository, overlay: Overlay, tmp_path: Path) -> None:
    """Older or newer branches of the host would be taken for the clone's own, or lose what they have."""
    subprocess.run(["git", "clone", "--quiet", str(repository.folder), str(tmp_path / "worked-in")], check=True)
    clone = clone_of(Repository(tmp_path / "worked-in"), tmp_path / "clone.git")
    state = ask(clone, "rev-parse", "--all")
    done = expunge(repository, overlay, clone, *TWO)
    assert done.exit_code == 1
    assert "refs/remotes/origin" in done.output
    assert ask(clone, "rev-parse", "--all") == state
