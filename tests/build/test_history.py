"""What git tells of records: from real repositories, in readers' terms, and nothing of what was kept back."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from musnad.build.history import read_history
from musnad.editing.style import format_text
from musnad.rules.check import load_checked
from tests.edits import BREAD, DRAFT, PRICE, SALE, Step, append, delete, move, replace, set_status, write
from tests.repository import EDITOR, MESSAGE, Repository

CLAIM, ENTITY = "claims/tide-post-12/guild-sells-bread", "entities/rye-bread"
CREATED = ("2024-08-01", "created", ())
TITLE = replace(SALE, "en: Bread for the dockers", "en: Bread sold to the dockers")

ASSERTED = replace(SALE, "modality: reported", "modality: asserted")


def restyle(path: str) -> Step:
    """Put a file into another layout."""

    def step(entries: Path) -> None:
        text = (entries / path).read_text(encoding="utf-8")
        other = "# A comment.\n" + "\n".join(reversed(_split_fields(text)))
        assert format_text(other, path) != text or other != text
        (entries / path).write_text(other.replace("{ar: ", "{ar:   "), encoding="utf-8")

    return step


def _split_fields(text: str) -> list[str]:
    fields: list[str] = []
    for line in text.splitlines():
        if line.startswith((" ", "-")):
            fields[-1] += f"\n{line}"
        else:
            fields.append(line)
    return fields


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a repository with one commit."""
    return Repository.make(tmp_path_factory.mktemp("begun") / "repository").folder


@pytest.fixture
def repository(begun: Path, tmp_path: Path) -> Repository:
    """Return a copy of it, to be changed."""
    return Repository(Path(shutil.copytree(begun, tmp_path / "repository")))


_KINDS: dict[str, tuple[tuple[Step, ...], list[tuple[str, str, tuple[str, ...]]]]] = {
    "words": ((TITLE,), [("2024-08-02", "reworded", ("title",))]),
    "what is said": ((ASSERTED,),
                     [("2024-08-02", "changed", ("modality",))]),
    "reviewed": ((append(SALE, "reviews: [{date: 2024-08-02, reviewer: Ann}]\n"),),
                 [("2024-08-02", "reviewed", ("reviews",))]),
    "corrected": (set_status(SALE, "corrected"), [("2024-08-02", "corrected", ())]),
    "retracted": ((*set_status(SALE, "retracted"), TITLE), [("2024-08-02", "retracted", ())]),
    "layout": ((restyle(SALE),), []),
    "another record": ((append(BREAD, "unknowns: [{ar: وزنه., en: Its weight.}]\n"),), []),
}  # fmt: skip


@pytest.mark.parametrize(("steps", "wanted"), _KINDS.values(), ids=_KINDS)
def test_edit_is_told_by_its_kind_and_fields(
    steps: tuple[Step, ...], wanted: list[tuple[str, str, tuple[str, ...]]], repository: Repository
) -> None:
    """What differs in layout alone is none, nor is what was done to other records."""
    repository.commit("2024-08-02", *steps)
    assert repository.tell(CLAIM) == [CREATED, *wanted]


def test_day_has_one_edit_and_is_that_of_utc(repository: Repository) -> None:
    """An editor's evening is not told; what was taken back the same day was not."""
    repository.commit("2024-08-02", TITLE, time="23:30:00-0500")
    repository.commit("2024-08-03", ASSERTED)
    assert repository.tell(CLAIM) == [CREATED, ("2024-08-03", "changed", ("title", "modality"))]
    before = (repository.entries / SALE).read_text(encoding="utf-8")
    repository.commit("2024-08-04", replace(SALE, "modality: asserted", "modality: reported"))
    repository.commit("2024-08-04", write(SALE, before))
    assert len(repository.tell(CLAIM)) == 2


def test_uncommitted_change_is_not_told(repository: Repository) -> None:
    """Neither is a record that was never committed."""
    before = repository.read()
    TITLE(repository.entries)
    assert repository.read() == before
    write("entities/good/rye.yaml", (repository.entries / BREAD).read_text(encoding="utf-8"))(repository.entries)
    assert repository.tell("entities/rye") == []


_MOVED = "claims/tide-post-12/bread-sold.yaml"


def test_record_that_moved_takes_its_edits_along(repository: Repository) -> None:
    """Twice, and with other words at once; each edit knows the file of then."""
    repository.commit("2024-08-02", TITLE)
    repository.commit("2024-08-03", *_rename(SALE, _MOVED), replace(_MOVED, "modality: reported", "modality: asserted"))
    again = "claims/tide-post-12/bread-for-dockers.yaml"
    repository.commit("2024-08-04", *_rename(_MOVED, again))
    ref = again.removesuffix(".yaml")
    assert repository.tell(ref) == [
        CREATED,
        ("2024-08-02", "reworded", ("title",)),
        ("2024-08-03", "moved", ("modality",)),
        ("2024-08-04", "moved", ()),
    ]
    assert [edit.file for edit in repository.list_edits(ref)] == [SALE, SALE, _MOVED, again]
    assert repository.tell(CLAIM) == []


def _rename(old: str, new: str) -> tuple[Step, ...]:
    """Move a claim with all that names it, as ``musnad rename`` does."""
    one, other = (path.removesuffix(".yaml").removeprefix("claims/") for path in (old, new))

    def refer(entries: Path) -> None:
        for path in entries.rglob("*.yaml"):
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace(one, other), encoding="utf-8")

    line = f"claims/{one}: {{to: claims/{other}, date: 2024-08-02}}\n"
    return refer, move(old, new), append("redirects.yaml", line)


def test_entity_of_another_kind_is_reclassified(repository: Repository) -> None:
    """Its file moved, its address did not."""
    repository.commit("2024-08-02", move(BREAD, "entities/group/rye-bread.yaml"))
    assert [kind for _, kind, _ in repository.tell(ENTITY)] == ["created", "reclassified"]


def test_branch_is_told_as_its_merge(repository: Repository) -> None:
    """What readers saw is the published line; the steps of a proposal are not told."""
    repository.git("switch", "--quiet", "--create", "proposal")
    repository.commit("2024-08-02", TITLE)
    repository.commit("2024-08-03", ASSERTED)
    repository.git("switch", "--quiet", "main")
    repository.commit("2024-08-04", append(BREAD, "unknowns: [{ar: وزنه., en: Its weight.}]\n"))
    repository.git("merge", "--quiet", "--no-ff", "proposal", "--message", MESSAGE, day="2024-08-05")
    assert repository.tell(CLAIM) == [CREATED, ("2024-08-05", "changed", ("title", "modality"))]


def test_time_as_a_draft_or_withheld_is_not_told(repository: Repository) -> None:
    """The record begins when readers first saw it, and nothing is told while they did not."""
    ref = DRAFT.removesuffix(".yaml")
    assert repository.tell(ref) == []
    repository.commit("2024-08-02", replace(DRAFT, "en: Dinner of the club", "en: Supper of the club"))
    repository.commit("2024-08-03", replace(DRAFT, "status: draft", "status: published"),
                      *_publish_club())  # fmt: skip
    repository.commit("2024-08-04", replace(DRAFT, "status: published", "status: withheld"))
    repository.commit("2024-08-05", replace(DRAFT, "en: Supper of the club", "en: Lunch of the club"))
    repository.commit("2024-08-06", replace(DRAFT, "status: withheld", "status: published"))
    assert repository.tell(ref) == [("2024-08-03", "created", ()), ("2024-08-06", "reworded", ("title",))]


def _publish_club() -> tuple[Step, ...]:
    return (replace("entities/group/pelican-club.yaml", "status: draft", "status: published"),)


def test_claims_begin_with_their_source(repository: Repository) -> None:
    """A claim of a source that was a draft was not seen either."""
    hidden, shown = ("status: draft", "status: published")
    source = "sources/tide-post-12.yaml"
    folder = repository.folder.parent / "other"
    shutil.copytree(repository.folder, folder, ignore=shutil.ignore_patterns(".git"))
    other = Repository(folder)
    other.git("init", "--quiet", "--initial-branch=main")
    other.commit("2024-08-01", replace(source, shown, hidden))
    other.commit("2024-08-02", TITLE)
    other.commit("2024-08-03", replace(source, hidden, shown))
    other.commit("2024-08-04", ASSERTED)
    edits = other.list_edits(CLAIM)
    assert [(edit.date, edit.kind) for edit in edits] == [("2024-08-03", "created"), ("2024-08-04", "changed")]
    assert edits[0].commit == other.list_edits("sources/tide-post-12")[0].commit


def test_nobody_and_no_message_is_in_it(repository: Repository) -> None:
    """Editors may be at risk."""
    repository.commit("2024-08-02", TITLE)
    told = repr(repository.read())
    assert "2024-08-02" in told
    assert not [word for word in (EDITOR, "somewhere.example", MESSAGE, "12:00") if word in told]


def test_the_same_state_is_not_read_again(repository: Repository) -> None:
    """A commit or another redirect makes another state."""
    first = repository.read()
    assert repository.read(first) is first
    repository.commit("2024-08-02", TITLE)
    second = repository.read(first)
    assert second != first
    assert second == repository.read()


def test_later_commit_changes_the_edits_of_its_records_alone(repository: Repository) -> None:
    """So that few pages are made again."""
    first = repository.read()
    repository.commit("2024-08-02", TITLE)
    second = repository.read()
    assert first
    assert second
    assert {ref for ref in second.edits if second.edits[ref] != first.edits.get(ref)} == {CLAIM}


def _make_shallow(repository: Repository, folder: Path) -> Path:
    repository.commit("2024-08-02", TITLE)
    url = repository.folder.as_uri()
    subprocess.run(["git", "clone", "--quiet", "--depth=1", url, str(folder)], check=True, capture_output=True)
    return folder / "entries"


def _make_partial(repository: Repository, folder: Path) -> Path:
    repository.git("config", "uploadpack.allowFilter", "true")
    url = repository.folder.as_uri()
    subprocess.run(["git", "clone", "--quiet", "--filter=blob:none", url, str(folder)], check=True, capture_output=True)
    return folder / "entries"


def _make_export(repository: Repository, folder: Path) -> Path:
    return Path(shutil.copytree(repository.entries, folder / "entries"))


def _make_empty(repository: Repository, folder: Path) -> Path:
    shutil.copytree(repository.entries, folder / "entries")
    Repository(folder).git("init", "--quiet")
    return folder / "entries"


_SILENT = {"shallow": _make_shallow, "partial": _make_partial, "no repository": _make_export, "no commit": _make_empty}


@pytest.mark.parametrize("make", _SILENT.values(), ids=_SILENT)
def test_git_that_does_not_know_all_is_not_asked(make: object, repository: Repository, tmp_path: Path) -> None:
    """Half a history would be a wrong one."""
    assert callable(make)
    entries = make(repository, tmp_path / "clone")
    assert read_history(entries, load_checked(entries)) is None


def test_entries_that_are_ignored_have_no_edits(repository: Repository) -> None:
    """They lie in a repository that does not know them."""
    (repository.folder / ".gitignore").write_text("private/\n", encoding="utf-8")
    private = Path(shutil.copytree(repository.entries, repository.folder / "private"))
    history = read_history(private, load_checked(private))
    assert history is not None
    assert history.edits == {}


def test_without_git_nothing_is_told(repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """And nothing fails; neither where git takes too long."""
    monkeypatch.setattr("musnad.editing.git.PATIENCE", 0)
    assert repository.read() is None
    monkeypatch.undo()
    assert repository.read() is not None
    monkeypatch.setenv("PATH", str(tmp_path))
    assert repository.read() is None


def test_hook_of_another_repository_does_not_matter(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hooks set where git looks."""
    wanted = repository.read()
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    assert repository.read() == wanted


def test_commits_of_any_time_have_a_day(repository: Repository) -> None:
    """Clocks can be wrong."""
    TITLE(repository.entries)
    repository.git("add", "entries")
    far = {"GIT_AUTHOR_DATE": "@99999999999999 +0000", "GIT_COMMITTER_DATE": "@99999999999999 +0000"}
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    command = ["git", *who, "commit", "--quiet", "--message", MESSAGE]
    subprocess.run(command, cwd=repository.folder, env={**os.environ, **far}, check=True)
    assert repository.tell(CLAIM) == [CREATED, ("9999-12-31", "reworded", ("title",))]


def test_broken_versions_do_not_matter(repository: Repository) -> None:
    """Files that no build would have taken, that are gone, links, and names with letters of any kind."""
    good = (repository.entries / SALE).read_text(encoding="utf-8")
    repository.commit("2024-08-02", write(SALE, "{title: [,\n"), write("claims/tide-post-12/قارب.yaml", "x: y\n"))
    repository.commit("2024-08-03", delete(SALE), delete("claims/tide-post-12/قارب.yaml"))
    repository.commit("2024-08-04", lambda entries: (entries / SALE).symlink_to("rye-bread-price.yaml"))
    repository.commit("2024-08-05", delete(SALE), write(SALE, good), TITLE)
    assert [date for date, *_ in repository.tell(CLAIM)] == ["2024-08-01", "2024-08-05"]
    assert repository.tell(PRICE.removesuffix(".yaml")) == [CREATED]
