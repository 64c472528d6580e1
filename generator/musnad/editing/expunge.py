"""Take what was withheld out of every version that a clone of the repository has: files, words, messages.

Git itself is rewritten by git-filter-repo. Nothing is sent anywhere: whoever decided it does that, after the guide.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from musnad.editing.git import make_environment
from musnad.editing.journal import RefusedError
from musnad.editing.withhold import list_words
from musnad.records.files import name_record
from musnad.records.overlay import Withheld
from musnad.records.problems import N_

ALIKE = "60%"
"""How much of a file has to be the same for it to count as moved."""
IN_PLACE = "WITHHELD"


def find_root(folder: Path) -> Path | None:
    """Return the folder of the repository that a folder is part of, None where it is in none."""
    asked = _run_git(folder, "rev-parse", "--show-toplevel", is_needed=False)
    return Path(asked.decode().strip()) if asked else None


def expunge(
    clone: Path, withheld: Sequence[Withheld], below: str, *, words: Sequence[str], also: Sequence[str], target: Path
) -> int:
    """Rewrite a clone without what was withheld, check that it is gone, and return how many versions have new hashes.

    ``below`` is the folder of entries in the repository; old and new hashes are written to ``target``. Raises
    RefusedError before anything is changed, or where something of it was found afterwards.
    """
    if find_spec("git_filter_repo") is None:
        raise RefusedError(N_("git-filter-repo is missing: pip install 'musnad[expunge]'"))
    if others := _run_git(clone, "for-each-ref", "--count=1", "--format=%(refname)", "refs/remotes").decode().strip():
        # They would become branches, or give way to branches of the same name, and be pushed as such.
        message = N_("the clone has what somebody's clone knew of another ({name}): clone from where all publish")
        raise RefusedError(message, name=others)
    records = {f"{below}/{place}" for one in withheld for place in one.was if name_record(place) in one.refs}
    present = set(_run_git(clone, "ls-tree", "-r", "-z", "--name-only", "HEAD").decode().split("\0"))
    if still := sorted(present & records):
        raise RefusedError(N_("the clone still has {file}: publish the withholding first"), file=still[0])
    gone = _trace(clone, records)
    told = {word for one in withheld for word in list_words(one)}
    patterns = [_write_pattern(word) for word in sorted({*told, *_list_ids(gone, below, present), *words})]
    with tempfile.TemporaryDirectory() as folder:
        paths, texts = Path(folder, "paths"), Path(folder, "texts")
        paths.write_bytes(b"".join(f"literal:{path}\n".encode() for path in sorted({*gone, *also})))
        texts.write_bytes(b"".join(b"regex:" + pattern + f"==>{IN_PLACE}\n".encode() for pattern in patterns))
        # Every version has its counterpart, so that the public list of hashes is whole.
        options = ("--prune-empty", "never", "--prune-degenerate", "never")
        chosen = ("--invert-paths", "--paths-from-file", paths, "--replace-text", texts, "--replace-message", texts)
        command = [sys.executable, "-m", "git_filter_repo", *map(str, (*options, *chosen))]
        done = subprocess.run(command, cwd=clone, env=make_environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RefusedError(N_("git-filter-repo refused: {told}"), told=done.stderr.strip())
    changed = _move_map(clone, target)
    if left := sorted(_find_left(clone, patterns)):
        raise RefusedError(N_("words of it are still there, look at: {objects}"), objects=", ".join(left[:20]))
    return changed


def _trace(clone: Path, paths: Iterable[str]) -> set[str]:
    """Return files with the names that they had before they were moved."""
    log = _run_git(
        clone, "log", "--all", "-m", f"-M{ALIKE}", "--diff-filter=R", "--format=", "--name-status", "-z"
    ).decode(errors="surrogateescape")
    told = [field for field in log.split("\0") if field]
    moves = list(zip(told[1::3], told[2::3], strict=True))
    found = set(paths)
    while more := {old for old, new in moves if new in found and old not in found}:
        found |= more
    return found


def _list_ids(paths: Iterable[str], below: str, present: Iterable[str]) -> Iterator[str]:
    """Yield ids of files as other files and messages name them; one of a single word may mean anything."""
    others = {path.rpartition("/")[2] for path in present}
    for path in paths:
        if ref := name_record(path.removeprefix(f"{below}/")):
            id_ = ref.partition("/")[2]
            last = id_.rpartition("/")[2]
            yield from (ref, *([id_] if "/" in id_ else []))
            # Of two claims with the same last part, only one goes.
            if "-" in last and f"{last}.yaml" not in others:
                yield last


def _write_pattern(words: str) -> bytes:
    """Return what finds words, whole and however they are broken into lines."""
    inner = rb"\s+".join(re.escape(word.encode()) for word in words.split())
    return rb"(?i)(?<![\w-])" + inner + rb"(?![\w-])"


def _move_map(clone: Path, target: Path) -> int:
    """Write old and new hashes of versions that have another one, and remove what the rewriting left."""
    (made,) = clone.glob("**/filter-repo/commit-map")
    rows = [line.split() for line in made.read_text().splitlines()[1:]]
    changed = [row for row in rows if row[0] != row[1]]
    target.write_text("".join(f"{old},{new}\n" for old, new in [("old", "new"), *changed]), encoding="utf-8")
    for path in made.parent.iterdir():
        path.unlink()
    made.parent.rmdir()
    return len(changed)


def _find_left(clone: Path, patterns: Iterable[bytes]) -> Iterator[str]:
    """Yield the objects, and names of branches and tags, that still have one of the words."""
    wanted = [re.compile(pattern) for pattern in patterns]
    raw = _run_git(clone, "cat-file", "--batch-all-objects", "--batch", "--unordered")
    at = 0
    while at < len(raw):
        end = raw.index(b"\n", at)
        name, _, size = raw[at:end].split(b" ")
        content = raw[end + 1 : end + 1 + int(size)]
        if any(pattern.search(content) for pattern in wanted):
            yield name.decode()
        at = end + 2 + int(size)
    for name in _run_git(clone, "for-each-ref", "--format=%(refname)").splitlines():
        if any(pattern.search(name) for pattern in wanted):
            yield name.decode(errors="replace")


def _run_git(folder: Path, *arguments: str, is_needed: bool = True) -> bytes:
    """Return git's answer; nothing where it has none and is not needed. Raises RefusedError."""
    asked = subprocess.run(
        ["git", "-C", str(folder), *arguments], capture_output=True, check=False, env=make_environment()
    )
    if asked.returncode and is_needed:
        raise RefusedError(N_("git refused: {told}"), told=asked.stderr.decode(errors="replace").strip())
    return b"" if asked.returncode else asked.stdout
