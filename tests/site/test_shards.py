"""Builds split over machines: joined they are the site of one build, and nothing else can be joined."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError

from musnad.build.shards import MANIFEST, VARIABLE, join_shards
from musnad.editing.journal import RefusedError
from tests.conftest import TOY, copy_settings
from tests.site.test_warm import assert_same, read_tree

# MkDocs says so of what it once had, and our reading of it.
pytestmark = pytest.mark.filterwarnings("ignore:user_configs is never used")
LINK = "\n[There](claims/tide-post-12/rye-bread-price.md#related) and [nowhere](entities/salt.md#nowhere).\n"


@dataclass(frozen=True)
class Copy:
    """A copy of the toy record on some machine."""

    folder: Path

    @classmethod
    def make(cls, folder: Path) -> "Copy":
        """Make one with pages written by hand."""
        shutil.copytree(TOY, folder / "entries")
        copy_settings(folder)
        return cls(folder)

    def build(self, target: Path, share: str = "", *, strict: bool = True) -> Path:
        """Build all or a share of the site in this process, without its cache."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("MUSNAD_CACHE", "false")
            patch.setenv(VARIABLE, share)
            # While serving, the plugin lives on from one build to the next; here each build has its own.
            vars(MkDocsConfig.plugins)["plugin_cache"].clear()
            config = load_config(str(self.folder / "mkdocs.yml"), site_dir=str(target), strict=strict)
            build(config)
        return target

    def append(self, name: str, text: str) -> None:
        """Write something at the end of a file."""
        with (self.folder / name).open("a", encoding="utf-8") as file:
            file.write(text)

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command of musnad to its end."""
        return subprocess.run(
            [sys.executable, "-m", "musnad", *arguments],
            cwd=self.folder,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """Return a copy that stays as it is."""
    return Copy.make(tmp_path_factory.mktemp("machine") / "one")


@pytest.fixture(scope="module")
def whole(copy: Copy) -> dict[str, bytes]:
    """Return the site of one build."""
    return read_tree(copy.build(copy.folder.parent / "whole"))


@pytest.fixture(scope="module")
def first(copy: Copy) -> Path:
    """Return the first of two shards."""
    return copy.build(copy.folder.parent / "first", "1/2")


@pytest.fixture
def other(tmp_path: Path) -> Copy:
    """Return a copy to be changed."""
    return Copy.make(tmp_path / "other")


@pytest.mark.parametrize("total", [2, *(pytest.param(total, marks=pytest.mark.long) for total in (1, 3, 7))])
def test_joined_shards_are_one_build(total: int, copy: Copy, whole: dict[str, bytes], tmp_path: Path) -> None:
    """To the byte, whatever the number; and each generated page and file of data lies in one shard alone."""
    shards = [copy.build(tmp_path / str(n), f"{n}/{total}") for n in range(1, total + 1)]
    join_shards(shards, tmp_path / "joined")
    assert_same(read_tree(tmp_path / "joined"), whole)
    found = Counter(address for shard in shards for address in read_tree(shard))
    split = {address for address, times in found.items() if times == 1}
    alike = {address for address in found if address.startswith("assets/")} | {"404.html", MANIFEST}
    assert split >= {a for a in whole if a.endswith(".json") or "/claims/" in a or "/entities/" in a} - alike - {
        *("sitemap.xml", "robots.txt", "manifest.json")
    }
    if total > 1:
        assert split.isdisjoint(alike)
        assert all(split & read_tree(shard).keys() for shard in shards)


def _reword(copy: Copy) -> None:
    claim = copy.folder / "entries/claims/tide-post-12/rye-bread-price.yaml"
    claim.write_text(claim.read_text(encoding="utf-8").replace("a sack", "one sack"), encoding="utf-8")


DIFFERENT: dict[str, Callable[[Copy], None]] = {
    "record": _reword,
    "word of the site": lambda copy: copy.append("entries/site.yaml", "\n# Nobody sees this.\n"),
    "setting": lambda copy: copy.append("mkdocs.yml", "copyright: In the public domain\n"),
    "hand-written page": lambda copy: copy.append("docs/en/about.md", "\nMore.\n"),
}


@pytest.mark.parametrize("change", DIFFERENT.values(), ids=DIFFERENT)
def test_machines_that_have_something_else_are_noticed(
    change: Callable[[Copy], None], first: Path, other: Copy, tmp_path: Path
) -> None:
    """What was built there is not joined."""
    change(other)
    second = other.build(tmp_path / "second", "2/2")
    with pytest.raises(RefusedError, match="were not built from the same: program, settings, records"):
        join_shards([first, second], tmp_path / "joined")
    assert not (tmp_path / "joined").exists()


def test_links_to_anchors_are_checked_by_the_shard_that_makes_their_page(
    other: Copy, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Each shard has all pages that are written by hand: of a link that leads nowhere one warns, and no other."""
    other.append("docs/en/about.md", LINK)
    for n in (1, 2, 3):
        other.build(tmp_path / str(n), f"{n}/3", strict=False)
    warnings = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert len(warnings) == 1
    assert "does not contain an anchor '#nowhere'" in warnings[0]


def test_commands(copy: Copy, whole: dict[str, bytes], first: Path, tmp_path: Path) -> None:
    """The same from the command line, on another machine with its own hash seed, clock and language."""
    second, joined = tmp_path / "second", tmp_path / "joined"
    built = copy.run(
        "build", "--shard", "2/2", "--strict", str(second), PYTHONHASHSEED="7", TZ="Asia/Tokyo", LC_ALL="C"
    )
    assert built.returncode == 0, built.stderr
    assert "21 records: " in built.stderr
    told = copy.run("join", str(joined), str(first), str(second))
    assert (told.returncode, told.stderr) == (0, f"wrote {joined}\n")
    assert_same(read_tree(joined), whole)
    again = copy.run("join", str(joined), str(first), str(second), "--lang", "ar")
    assert (again.returncode, again.stdout) == (1, "")
    assert str(joined) in again.stderr
    wrong = copy.run("build", "--shard", "3/2", str(tmp_path / "third"))
    assert (wrong.returncode, "such as 2/4" in wrong.stderr) == (2, True)
    taken = copy.run("build", "--shard", "1/2", str(joined))
    assert (taken.returncode, "holds something else than a shard" in taken.stderr) == (1, True)
    assert_same(read_tree(joined), whole)


def test_build_that_fails_leaves_no_shard(other: Copy, tmp_path: Path) -> None:
    """Not even where warnings stop it once everything is written."""
    other.append("docs/en/about.md", "\n[Nowhere](nowhere.md)\n")
    other.build(tmp_path / "loose", "1/2", strict=False)
    assert (tmp_path / "loose" / MANIFEST).is_file()
    assert other.run("build", "--shard", "1/2", "--strict", str(tmp_path / "loose")).returncode == 1
    assert not (tmp_path / "loose" / MANIFEST).exists()


def test_what_must_see_all_pages_is_not_split(other: Copy, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Other plugins and hooks, and templates of what lists pages that hang on others."""
    with pytest.raises(ConfigurationError, match="MUSNAD_SHARD is 5/4, and has to be"):
        other.build(tmp_path / "site", "5/4")
    (other.folder / "own").mkdir()
    (other.folder / "own/sitemap.xml").write_text('{% from "rows.xml" import row %}', encoding="utf-8")
    (other.folder / "own/rows.xml").write_text("{% macro row() %}{% endmacro %}", encoding="utf-8")
    settings = (other.folder / "mkdocs.yml").read_text(encoding="utf-8")
    own = settings.replace("name: material\n", "name: material\n  custom_dir: own\n")
    (other.folder / "mkdocs.yml").write_text(own, encoding="utf-8")
    with pytest.raises(Abort, match="Aborted with a BuildError"):
        other.build(tmp_path / "site", "1/4")
    assert "needs more than its own text" in caplog.text
    assert not (tmp_path / "site" / MANIFEST).exists()
    (other.folder / "hook.py").write_text("", encoding="utf-8")
    (other.folder / "mkdocs.yml").write_text(f"{settings}\nhooks: [hook.py]\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="can't be split over machines"):
        other.build(tmp_path / "site", "1/4")
