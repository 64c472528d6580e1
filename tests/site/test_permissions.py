"""Who may not read or write something is told so in words, and nothing is lost: tried as somebody else than root."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import TOY
from tests.kills import COMMANDS, Tree
from tests.site.test_empty import CONFIGURATION

NOBODY = 65534
# Another user; or, where only root may read the interpreter, root without the right to pass over what files forbid.
WAYS = {
    NOBODY: ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"),
    0: ("setpriv", "--bounding-set=-dac_override,-dac_read_search"),
}
SECRET = "entities/good/salt.yaml"
MKDOCS = ("mkdocs", "build")


def list_tree(folder: Path) -> Tree:
    """Return every file below a folder, hidden ones too."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@dataclass(frozen=True)
class Theirs:
    """A publication of another user than the one who runs the tests."""

    folder: Path
    user: int

    @property
    def entries(self) -> Path:
        """The folder of entries."""
        return self.folder / "entries"

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a program of the package as them."""
        # Git would not read a folder of somebody else's; their home is theirs.
        home = {"HOME": str(self.folder.parent / "home"), "PYTHONDONTWRITEBYTECODE": "1", "NO_MKDOCS_2_WARNING": "1"}
        return subprocess.run(
            [*WAYS[self.user], sys.executable, "-m", *arguments],
            cwd=self.folder, env={**os.environ, **home}, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def refuse(self, *arguments: str) -> str:
        """Run what must end in words; return these."""
        done = self.run(*arguments)
        assert done.returncode in (1, 2), (done.stdout, done.stderr)
        told = done.stdout + done.stderr
        assert "Traceback" not in told
        return told


def close(*paths: Path, mode: int = 0o555) -> None:
    """Take paths, and folders below them, out of anybody else's hands."""
    for path in (inner for outer in paths for inner in (outer, *outer.rglob("*"))):
        os.chown(path, 0, 0)
        path.chmod(mode if path.is_dir() else mode & 0o444)


@pytest.fixture
def theirs() -> Iterator[Theirs]:
    """Lay out the toy record as theirs, where they can get at it."""
    if shutil.which("setpriv") is None or os.geteuid() != 0:
        pytest.skip("only root can become somebody else")
    # Folders of pytest are the user's own.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "publication")
        (folder / "docs").mkdir(parents=True)
        Path(name, "home").mkdir()
        shutil.copytree(TOY, folder / "entries")
        (folder / "mkdocs.yml").write_text(CONFIGURATION.replace("cache: false", "cache: true"), "utf-8")
        Path(name).chmod(0o755)
        made = next(
            (one for user in WAYS if not (one := Theirs(folder, user)).run("musnad", "--help").returncode), None
        )
        if made is None:
            pytest.skip("nobody else can run this checkout")
        for path in Path(name).rglob("*"):
            os.chown(path, made.user, made.user)
        yield made


@pytest.mark.parametrize("arguments", [("musnad", "check"), ("musnad", "fmt"), MKDOCS], ids=" ".join)
@pytest.mark.sampled(3)
def test_record_that_may_not_be_read_is_named(theirs: Theirs, arguments: tuple[str, ...]) -> None:
    """By all that reads every record; nothing is changed, and no site appears without it."""
    close(theirs.entries / SECRET, mode=0o000)
    before = list_tree(theirs.entries)
    assert SECRET in theirs.refuse(*arguments)
    assert list_tree(theirs.entries) == before
    assert not (theirs.folder / "site").exists()


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.sampled(2)
def test_record_that_may_not_be_read_stays_as_it_is(theirs: Theirs, words: tuple[str, ...]) -> None:
    """Whatever a command does to others, which can be taken back."""
    raw = (theirs.entries / SECRET).read_bytes()
    before = list_tree(theirs.entries)
    close(theirs.entries / SECRET, mode=0o000)
    done = theirs.run("musnad", *words)
    assert "Traceback" not in done.stdout + done.stderr
    assert (theirs.entries / SECRET).read_bytes() == raw
    if done.returncode == 0 and list_tree(theirs.entries) != before:
        assert theirs.run("musnad", "undo").returncode == 0
    assert list_tree(theirs.entries) == before


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.sampled(2)
def test_folder_of_entries_that_may_not_be_written(theirs: Theirs, words: tuple[str, ...]) -> None:
    """No command changes a part."""
    for path in theirs.entries.glob("claims/*/*.yaml") if words == ("fmt",) else ():
        path.write_text(f"\n{path.read_text('utf-8')}", "utf-8")
    close(theirs.entries)
    before = list_tree(theirs.folder)
    told = theirs.refuse("musnad", *words)
    assert "Permission denied" in told
    # No step of a journal is left either.
    assert list_tree(theirs.folder) == before


def test_one_folder_that_may_not_be_written_takes_everything_back(theirs: Theirs) -> None:
    """A source is renamed in many files; those of one folder are not theirs."""
    close(theirs.entries / "claims/quay-news-7")
    before = list_tree(theirs.entries)
    told = theirs.refuse("musnad", *COMMANDS["merge"])
    assert "Permission denied" in told
    assert list_tree(theirs.entries) == before


def test_site_that_may_not_be_written_stays(theirs: Theirs) -> None:
    """And is written again once it may be."""
    done = theirs.run(*MKDOCS)
    assert done.returncode == 0, done.stderr
    site = theirs.folder / "site"
    before = list_tree(site)
    theirs.run("musnad", *COMMANDS["retract"])
    close(site)
    assert "the site can't be written" in theirs.refuse(*MKDOCS)
    assert list_tree(site) == before
    shutil.rmtree(site)
    assert theirs.run(*MKDOCS).returncode == 0
    assert list_tree(site).keys() >= {"index.html"}


def test_folder_of_the_site_that_is_nobodys(theirs: Theirs) -> None:
    """There is no site, and no part of one."""
    close(theirs.folder)
    assert "Permission denied" in theirs.refuse(*MKDOCS)
    assert sorted(path.name for path in theirs.folder.iterdir()) == ["docs", "entries", "mkdocs.yml"]


def _close_all(cache: Path) -> None:
    close(cache)


def _lock(cache: Path) -> None:
    close(cache, mode=0o000)


@pytest.mark.parametrize("shut", [_close_all, _lock], ids=["not written", "not read"])
@pytest.mark.sampled(2)
def test_cache_of_somebody_else_costs_time_alone(theirs: Theirs, shut: Callable[[Path], None]) -> None:
    """The site is the same without it."""
    assert theirs.run(*MKDOCS).returncode == 0
    wanted = list_tree(theirs.folder / "site")
    shutil.rmtree(theirs.folder / "site")
    shut(theirs.folder / ".musnad-cache")
    done = theirs.run(*MKDOCS)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    assert list_tree(theirs.folder / "site") == wanted


def test_private_folder_that_may_not_be_written_withholds_nothing(theirs: Theirs) -> None:
    """What is taken out of the public files has to be somewhere."""
    private = theirs.folder.parent / "private"
    private.mkdir(mode=0o555)
    before = list_tree(theirs.entries)
    told = theirs.refuse(
        *("musnad", "withhold", "mentioned-person", "--reason", "safety", "--yes", "--overlay", str(private))
    )
    assert "Permission denied" in told
    assert list_tree(theirs.entries) == before
