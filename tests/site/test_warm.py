"""The law of the cache: whatever was kept, damaged or meddled with, the site is the one that MkDocs makes itself."""

import os
import pickle
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import copy_settings, mostly_long
from tests.edits import EDITS, GIVEN, PRICE, Step, append, apply, delete, replace
from tests.systems import MACOS, before

ROOT = Path(__file__).parents[2]
SUMMARY = re.compile(r"records: ([\d,]+) pages made, ([\d,]+) reused")
Tree = dict[str, bytes]


@dataclass(frozen=True)
class Project:
    """A folder with mkdocs.yml, docs, entries, and what is built there."""

    folder: Path

    @classmethod
    def make(cls, folder: Path) -> "Project":
        """Make a copy of the toy record."""
        shutil.copytree(ROOT / "tests/toy/entries", folder / "entries")
        copy_settings(folder)
        return cls(folder)

    @property
    def site(self) -> Path:
        """The folder of the built site."""
        return self.folder / "site"

    @property
    def cache(self) -> Path:
        """The folder of what is kept."""
        return self.folder / ".musnad-cache" / "build"

    def run(self, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a build to its end."""
        return subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", *options],
            cwd=self.folder,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def build(self, *options: str, **environment: str) -> tuple[int, int]:
        """Build strictly; return how many pages were made and how many reused."""
        run = self.run("--strict", *options, **environment)
        assert run.returncode == 0, run.stderr
        summary = SUMMARY.search(run.stderr)
        assert summary, run.stderr
        return int(summary[1].replace(",", "")), int(summary[2].replace(",", ""))

    def read(self) -> Tree:
        """Return every file of the site."""
        return read_tree(self.site)

    def build_plain(self, copy: Path) -> Tree:
        """Return the site that MkDocs makes without our help, and without a cache, of a copy."""
        for name in ("entries", "docs"):
            shutil.copytree(self.folder / name, copy / name)
        text = (self.folder / "mkdocs.yml").read_text(encoding="utf-8")
        plain = re.sub(r"(?m)^( +)entries: entries$", r"\1entries: entries\n\1plain: true", text)
        assert plain != text
        (copy / "mkdocs.yml").write_text(plain, encoding="utf-8")
        project = Project(copy)
        project.build()
        assert not project.cache.exists()
        return project.read()


def read_tree(site: Path) -> Tree:
    """Return every file below a folder."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def assert_same(found: Tree, wanted: Tree) -> None:
    """Compare two sites by what is missing, too much, or different."""
    assert found.keys() == wanted.keys()
    assert [name for name, raw in found.items() if raw != wanted[name]] == []


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """Return the site of the toy record as MkDocs makes it itself."""
    folder = tmp_path_factory.mktemp("toy")
    return Project.make(folder / "project").build_plain(folder / "plain")


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project that has been built once, without anything kept."""
    project = Project.make(tmp_path_factory.mktemp("built"))
    made, reused = project.build()
    assert (made > 0, reused) == (True, 0)
    return project


@pytest.fixture
def built(lasting: Project, plain: Tree) -> Project:
    """Return that project; what a failed test left there is built from nothing."""
    if lasting.site.is_dir() and lasting.read() == plain:
        return lasting
    shutil.rmtree(lasting.folder)
    Project.make(lasting.folder).build()
    return lasting


def test_cold_build_gives_what_mkdocs_gives(lasting: Project, plain: Tree) -> None:
    """Pages for both languages, data, search index and all the theme brings."""
    assert {
        "index.html",
        "en/claims/index.html",
        "record.json",
        "sitemap.xml",
        "robots.txt",
        "404.html",
    } <= plain.keys()
    assert_same(lasting.read(), plain)


def test_nothing_is_made_when_nothing_changed_whatever_the_hash_seed(built: Project, plain: Tree) -> None:
    """What Python does in another order each time changes no digest; and no page is written anew."""
    page = built.site / "en/claims/index.html"
    before = page.stat()
    for seed in ("1", "2", "3"):
        assert built.build(PYTHONHASHSEED=seed)[0] == 0
    assert page.stat() == before
    assert_same(built.read(), plain)


def _tamper(path: Path) -> None:
    """Change a byte, and put the times back."""
    stat = path.stat()
    raw = path.read_bytes()
    path.write_bytes(raw[:100] + b"?" + raw[101:])
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def _truncate_state(project: Project) -> None:
    state = project.cache / "state.pickle"
    state.write_bytes(state.read_bytes()[:-100])


def _damage_packs(project: Project) -> None:
    packs = list(project.cache.glob("*.pack"))
    assert packs
    for pack in packs:
        raw = bytearray(pack.read_bytes())
        raw[::50] = b"?" * len(raw[::50])
        pack.write_bytes(raw)


def _turn_bits(project: Project) -> None:
    """Turn one bit of each file that is kept: state, words, history, compiled templates, pages."""
    dice = random.Random(0)
    kept = sorted(path for path in project.cache.parent.rglob("*") if path.is_file())
    assert {path.suffix for path in kept} == {".pickle", ".cache", ".pack", ".json"}
    for path in kept:
        raw = bytearray(path.read_bytes())
        raw[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
        path.write_bytes(raw)


def _plant(project: Project) -> None:
    """Put in the place of all that is kept something that ends the build when it is read."""
    for path in project.cache.parent.rglob("*"):
        if path.is_file():
            path.write_bytes(pickle.dumps(_End()))


class _End:
    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return os._exit, (7,)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


_CLAIMS = "en/claims/index.html"
# What happens to a built project, and whether pages have to be made then.
_DISTURBANCES: dict[str, tuple[Callable[[Project], object], bool]] = {
    "page deleted": (lambda p: (p.site / _CLAIMS).unlink(), False),
    "page tampered with": (lambda p: _tamper(p.site / _CLAIMS), False),
    "data deleted": (lambda p: (p.site / "record.json").unlink(), False),
    "data tampered with": (lambda p: _tamper(p.site / "record.json"), False),
    "asset deleted": (lambda p: (p.site / "assets/record.css").unlink(), False),
    "asset tampered with": (lambda p: _tamper(p.site / "assets/record.css"), False),
    "search index deleted": (lambda p: shutil.rmtree(p.site / "search"), False),
    "site deleted": (lambda p: shutil.rmtree(p.site), False),
    "foreign file": (lambda p: _write(p.site / "en/claims/old.html", "old"), False),
    "foreign folder": (lambda p: _write(p.site / "en/old/deep/index.html", "old"), False),
    "foreign folder where a page is": (
        lambda p: ((p.site / _CLAIMS).unlink(), _write(p.site / _CLAIMS / "x.html", "x")),
        False,
    ),
    "foreign file where a folder is": (
        lambda p: (shutil.rmtree(p.site / "en/claims"), _write(p.site / "en/claims", "x")),
        False,
    ),
    "leftovers of a build that was killed": (lambda p: _write(p.site / ".musnad-new/en/x.html", "x"), False),
    "cache deleted": (lambda p: shutil.rmtree(p.cache.parent), True),
    "state truncated": (_truncate_state, True),
    "state of something else": (lambda p: (p.cache / "state.pickle").write_bytes(b"{}"), True),
    "a bit of each kept file turned": (_turn_bits, True),
    "evil files in the place of all that is kept": (_plant, True),
    "packs damaged under a good site": (_damage_packs, False),
    "packs damaged and a page deleted": (lambda p: (_damage_packs(p), (p.site / _CLAIMS).unlink()), True),
    "packs damaged and site deleted": (lambda p: (_damage_packs(p), shutil.rmtree(p.site)), True),
    "packs deleted and site deleted": (
        lambda p: ([pack.unlink() for pack in p.cache.glob("*.pack")], shutil.rmtree(p.site)),
        True,
    ),
    "times of all entries changed": (lambda p: [os.utime(path) for path in p.folder.rglob("*.yaml")], False),
}


_EACH_TIME = (
    *("page tampered with", "data deleted", "a bit of each kept file turned"),
    "evil files in the place of all that is kept",
)


@pytest.mark.parametrize("name", mostly_long(_DISTURBANCES, *_EACH_TIME))
def test_disturbed_site_or_cache_is_set_right_by_one_build(name: str, built: Project, plain: Tree) -> None:
    """The same bytes, no file more and none less; and the build after that has nothing to do."""
    disturb, makes = _DISTURBANCES[name]
    disturb(built)
    made, _ = built.build()
    assert (made > 0) == makes
    assert_same(built.read(), plain)
    assert built.build()[0] == 0
    assert_same(built.read(), plain)


def test_hidden_file_in_the_site_stays(built: Project, plain: Tree) -> None:
    """MkDocs leaves those alone: a branch for the published site has its .git there."""
    _write(built.site / ".git/HEAD", "ref")
    built.build()
    assert_same(built.read(), plain | {".git/HEAD": b"ref"})
    shutil.rmtree(built.site / ".git")


def test_build_without_cache_reads_and_writes_none(built: Project, plain: Tree) -> None:
    """Every page is made, and what was kept stays as it is."""
    before = {path: path.read_bytes() for path in built.cache.iterdir()}
    assert built.build(MUSNAD_CACHE="false")[1] == 0
    assert_same(built.read(), plain)
    assert {path: path.read_bytes() for path in built.cache.iterdir()} == before
    shutil.rmtree(built.cache.parent)
    built.build(MUSNAD_CACHE="false")
    assert not built.cache.parent.exists()
    built.build()
    assert built.build()[0] == 0


def _in_entries(*steps: Step) -> Callable[[Project], None]:
    return lambda project: apply(steps, project.folder / "entries")


_ABOUT = "en/about.md"
_EDITS: dict[str, Callable[[Project], None]] = {
    **{
        name: _in_entries(*GIVEN.get(name, ()), *EDITS[name])
        for name in ("statement", "claim added", "claim gone, with a notice", "another target of a redirect", "authors")
    },
    "entity renamed and a word of the vocabulary changed": _in_entries(
        *EDITS["shown entity renamed"], replace("vocabulary/roles.yaml", "en: Goods}, heading", "en: Wares}, heading")
    ),
    "name of the site": _in_entries(replace("site.yaml", "en: Harbour Record}", "en: Record of the Harbour}")),
    "prose": lambda project: append(_ABOUT, "\n## A new heading\n\nNew words.\n")(project.folder / "docs"),
    "setting": lambda project: replace("mkdocs.yml", "https://example.org/\n", "https://example.org/sub/\n")(
        project.folder
    ),
    "pages as files": lambda project: append("mkdocs.yml", "use_directory_urls: false\n")(project.folder),
    "page of the record written by hand": lambda project: _write(
        project.folder / "docs/en/entities/salt.md", "# Salt\n\nBy hand.\n"
    ),
}


@pytest.mark.parametrize(
    "edit",
    mostly_long(_EDITS, "statement", "claim gone, with a notice", "setting"),
)
def test_edit_and_its_undoing_give_what_mkdocs_gives(edit: str, tmp_path: Path, built: Project, plain: Tree) -> None:
    """After the edit the site is that of a fresh build; after taking it back it is the old one to the byte."""
    project = Project(tmp_path / "project")
    shutil.copytree(built.folder, project.folder)
    _EDITS[edit](project)
    wanted = project.build_plain(tmp_path / "plain")
    assert wanted != plain
    project.build()
    assert_same(project.read(), wanted)
    assert project.build()[0] == 0
    for name in ("entries", "docs", "mkdocs.yml"):
        path = project.folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    Project.make(project.folder)
    project.build()
    assert_same(project.read(), plain)


def test_edit_of_one_claim_leaves_most_pages_alone(built: Project, tmp_path: Path) -> None:
    """What was made for it is a small part."""
    project = Project(tmp_path / "project")
    shutil.copytree(built.folder, project.folder)
    _in_entries(*EDITS["statement"])(project)
    made, reused = project.build()
    assert 0 < made < reused


def test_page_of_a_concept_follows_claims_and_names(built: Project, tmp_path: Path) -> None:
    """Made when enough is on it, made again when a claim of it changes, and gone when a good is called otherwise."""
    project = Project(tmp_path / "project")
    shutil.copytree(built.folder, project.folder)
    concept = "baking: {label: {ar: خبز, en: Baking}, kinds: [good], words: {en: [bread]}}\n"
    _write(project.folder / "entries/vocabulary/concepts.yaml", concept)
    page = project.site / "en/concepts/baking/index.html"
    project.build()
    assert "costs ninety crowns" in page.read_text(encoding="utf-8")
    _in_entries(*EDITS["statement"])(project)
    project.build()
    assert "costs some ninety crowns" in page.read_text(encoding="utf-8")
    _in_entries(replace("entities/good/rye-bread.yaml", "text: Rye bread", "text: Rye loaves"))(project)
    project.build()
    assert not page.parent.exists()
    assert_same(project.read(), project.build_plain(tmp_path / "plain"))


def test_pages_of_a_claim_come_and_go_with_it(built: Project, tmp_path: Path) -> None:
    """Nothing of a record that is gone stays in the site or in the sitemap."""
    project = Project(tmp_path / "project")
    shutil.copytree(built.folder, project.folder)
    _in_entries(*EDITS["claim added"])(project)
    project.build()
    places = [f"{lang}/claims/tide-post-12/another" for lang in ("ar", "en")]
    assert all((project.site / place / "index.html").is_file() for place in places)
    assert all(place in (project.site / "sitemap.xml").read_text(encoding="utf-8") for place in places)
    _in_entries(delete("claims/tide-post-12/another.yaml"))(project)
    project.build()
    assert not any((project.site / place).exists() for place in places)
    assert not [name for name, raw in project.read().items() if b"tide-post-12/another" in raw]


_BROKEN = {
    "page that is not there": "[x](nowhere.md)",
    "record that is not there": "[x](claims/tide-post-12/nowhere.md)",
    "anchor that a record has not": "[x](claims/tide-post-12/rye-bread-price.md#nowhere)",
}


@pytest.mark.parametrize("link", mostly_long(_BROKEN, "anchor that a record has not"))
def test_broken_link_fails_a_strict_build_cold_and_warm(link: str, built: Project, tmp_path: Path) -> None:
    """A page that was not made again is known to links all the same."""
    project = Project(tmp_path / "project")
    shutil.copytree(built.folder, project.folder)
    good = "[x](claims/tide-post-12/rye-bread-price.md) [x](claims/tide-post-12/rye-bread-price.md#cite)"
    append(_ABOUT, f"\n{good}\n")(project.folder / "docs")
    project.build()
    append(_ABOUT, f"\n{_BROKEN[link]}\n")(project.folder / "docs")
    for _ in range(2):
        run = project.run("--strict")
        assert run.returncode == 1
        assert "nowhere" in run.stderr
    shutil.rmtree(project.cache)
    assert project.run("--strict").returncode == 1


def test_mistake_in_the_entries_leaves_the_site_and_is_forgotten_when_mended(built: Project, plain: Tree) -> None:
    """Nothing was built, and nothing half-made is left."""
    good = (built.folder / "entries" / PRICE).read_text(encoding="utf-8")
    _in_entries(replace(PRICE, "predicate:", "predicat:"))(built)
    run = built.run()
    assert run.returncode == 1
    assert "did you mean predicate?" in run.stderr
    assert_same(built.read(), plain)
    _write(built.folder / "entries" / PRICE, good)
    assert built.build()[0] == 0
    assert_same(built.read(), plain)


@pytest.mark.long
def test_two_builds_at_once_share_a_cache(tmp_path: Path, plain: Tree) -> None:
    """Each site is right, and so is the next build, whichever was kept."""
    project = Project.make(tmp_path / "project")
    for _ in range(2):
        sites = [tmp_path / "one", tmp_path / "two"]
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda site: project.build("--site-dir", str(site)), sites))
        for site in sites:
            assert_same(read_tree(site), plain)
        _in_entries(*EDITS["statement"])(project)
        project.build()
        shutil.rmtree(project.folder / "entries")
        shutil.copytree(ROOT / "tests/toy/entries", project.folder / "entries")
    project.build()
    assert_same(project.read(), plain)
    assert project.build()[0] == 0


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Tree]:
    """Return a project large enough to be shared out, and its site as MkDocs makes it itself."""
    folder = tmp_path_factory.mktemp("large")
    project = Project(folder / "project")
    made = subprocess.run(
        [sys.executable, str(ROOT / "bench/synthetic.py"), "250", str(project.folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    return project, project.build_plain(folder / "plain")


_JOBS = replace("mkdocs.yml", "entries: entries", "entries: entries\n      jobs: 2")


@pytest.mark.long
def test_many_processes_give_what_one_gives(large: tuple[Project, Tree], tmp_path: Path) -> None:
    """A record large enough to be shared out: the same bytes, everything kept, and edits on top of it."""
    project, plain = Project(tmp_path / "project"), large[1]
    shutil.copytree(large[0].folder, project.folder)
    _JOBS(project.folder)
    made_count, _ = project.build()
    assert made_count > 500
    # Pages of each type that are made before, each process, and data with the search index write their own pack.
    assert len(list(project.cache.glob("*.pack"))) == 4
    assert_same(project.read(), plain)
    assert project.build()[0] == 0
    shutil.rmtree(project.site)
    assert project.build()[0] == 0
    assert_same(project.read(), plain)


_FORKS = {
    "refused": "def fork():\n    raise OSError(11, 'Resource temporarily unavailable')\nos.fork = fork",
    "ended at once": "os.fork = lambda fork=os.fork: fork() or os._exit(1)",
    "ended while it tells": "import pickle\npickle.dumps = lambda *_, _dumps=pickle.dumps, **o: _dumps(*_, **o)[:-9]",
    "gone when it is waited for": "import signal\nsignal.signal(signal.SIGCHLD, signal.SIG_IGN)",
}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks here")
@pytest.mark.parametrize("fork", mostly_long(_FORKS, "refused", "ended while it tells"))
@pytest.mark.sampled(2)
def test_share_of_a_process_that_is_not_there_is_made_all_the_same(
    fork: str, large: tuple[Project, Tree], tmp_path: Path
) -> None:
    """A limit, a lack of memory, or libraries that can't be used in a fork, as of macOS, fail no build."""
    project = Project(tmp_path / "project")
    shutil.copytree(large[0].folder, project.folder)
    _JOBS(project.folder)
    project.build(PYTHONPATH=before(tmp_path / "fork", f"import os\n{_FORKS[fork]}\n")["PYTHONPATH"])
    assert_same(project.read(), large[1])


def test_cores_are_counted_where_the_system_tells_less(large: tuple[Project, Tree], tmp_path: Path) -> None:
    """MacOS has no way to ask how many of them a process may use."""
    project = Project(tmp_path / "project")
    shutil.copytree(large[0].folder, project.folder)
    project.build(PYTHONPATH=before(tmp_path / "system", MACOS)["PYTHONPATH"])
    assert_same(project.read(), large[1])
