"""Every command does and says the same on other systems and in any environment, to the byte, in UTF-8."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from musnad.plugin.publish import publish
from tests.cli.test_issue import SOURCE, make_body
from tests.conftest import PROJECT, TESTS, copy_settings, mostly_long
from tests.edits import PRICE, replace
from tests.systems import MACOS, WINDOWS, before

Tree = dict[str, bytes]

SYSTEMS: dict[str, tuple[str, dict[str, str]]] = {
    "macOS": (MACOS, {"LANG": "ar_SY.UTF-8"}),
    "Windows, Western": (WINDOWS, {"PYTHONIOENCODING": "cp1252"}),
    "Windows, Arabic, in a console": (WINDOWS, {"PYTHONIOENCODING": "cp720"}),
    "Windows, in a console": (WINDOWS, {"PYTHONIOENCODING": "cp437"}),
    "Linux without a language": ("", {"LC_ALL": "C"}),
    "Linux without UTF-8": ("", {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
}
COMMANDS: dict[str, list[str]] = {
    "check": ["check"],
    "check in Arabic": ["check", "--lang", "ar"],
    "check of mistakes": ["check", "broken", "--lang", "ar"],
    "fmt": ["fmt"],
    "fmt of mistakes": ["fmt", "--entries", "broken", "--lang", "ar"],
    "rename": ["rename", "rye-bread", "dark-bread"],
    "merge of what differs": ["merge", "dockers", "rye-bread", "--lang", "ar"],
    "retract": ["retract", "tide-post-12/harbour-closed", "--reason-ar", "خطأ.", "--reason-en", "A slip."],
    "new": ["new", "entity", "--kind", "good", "--name-ar", "فحم", "--name-en", "Coal", "--yes"],
    "fix": ["fix", "--entries", "broken"],
    "undo of nothing": ["undo", "--lang", "ar"],
    "show": ["show", "rye-bread", "--lang", "ar"],
    "words": ["words"],
    "completion": ["completion", "bash"],
    "search": ["search", "خبز"],
    "search in vain": ["search", "قهوة"],
    "verify": ["verify", "--articles", "articles", "--lang", "ar"],
    "coverage": ["coverage"],
    "watch-sources of mistakes": ["watch-sources", "--entries", "broken", "--lang", "ar"],
    "pin": ["pin", "--lang", "ar"],
    "build of no share": ["build", "--shard", "3/2", "made"],
    "verify-site of no site": ["verify-site", "docs"],
    "withhold of nothing": ["withhold", "claims/tide-post-12/none", "--reason", "doubt", "--overlay", "../away"],
    "restore of nothing": ["restore", "harbour-closed", "--overlay", "away"],
    "expunge of nothing": ["expunge", "w-00000000", "--repository", ".", "--approved-by", "A", "--approved-by", "B"],
    "join of no shard": ["join", "joined", "entries"],
    "release over files": ["release", "entries"],
    "from-issue": ["from-issue", "issue.md", "--output", "drafts", "--lang", "ar"],
    "init": ["init", "new", "--yes", "--lang", "en"],
    "suggest": ["suggest", "articles/quay-news-7.txt", "--output", "drafts"],
    "suggest of an article in Arabic": ["suggest", "articles/خبر.txt"],
    "suggest among the records": ["suggest", "articles/quay-news-7.txt", "--output", "entries/drafts"],
    "import": ["import", "أسعار.csv", "--lang", "ar"],
    "import of mistakes": ["import", "أسعار.csv", "--mapping", "wrong.yaml", "--lang", "ar"],
    "import --begin": ["import", "أسعار.csv", "--begin", "--mapping", "new.yaml", "--lang", "ar"],
    "diff": ["diff", "entries", "changed"],
    "diff of revisions": ["diff", "one", "two"],
    "diff of no revision": ["diff", "one", "ثلاثة"],
    "export json": ["export", "json", "data.json"],
    "export markdown": ["export", "markdown", "pages"],
    "export of mistakes": ["export", "json", "data.json", "--entries", "broken"],
    "schema": ["schema"],
    "schema --check": ["schema", "--check"],
    "mistyped": ["check", "--lang", "عربي"],
}
_MAPPING = """\
entities:
  - id: '{Thing}'
    kind: good
    names: [{text: '{الشيء}', lang: ar, role: primary}, {text: '{Thing}', lang: en, role: primary}]
    description: {ar: وقود., en: Fuel.}
"""
# All commands on the system that differs most; where it is only said in another way, those that say much.
_EVERYWHERE = ("check of mistakes", "search", "suggest", "diff")
_EACH_TIME = (
    *("check in Arabic", "check of mistakes", "fmt", "rename", "new", "show", "search", "verify", "from-issue", "init"),
    *("suggest of an article in Arabic", "import of mistakes", "diff of revisions", "export markdown", "schema"),
)
TRIED = [
    pytest.param(system, command, marks=() if command in each_time else pytest.mark.long)
    for system in SYSTEMS
    for commands, each_time in [(COMMANDS, _EACH_TIME) if system == "Windows, Western" else (_EVERYWHERE, "suggest")]
    for command in commands
    if system != "macOS"
]


@dataclass(frozen=True)
class Done:
    """What a command left and said."""

    code: int
    output: bytes
    errors: bytes
    files: Tree


@cache
def template() -> Path:
    """Return a project with all that commands need: records, one changed and one broken, articles, a repository."""
    folder = Path(mkdtemp(prefix="musnad-test-")) / "project"
    shutil.copytree(TESTS / "toy", folder)
    copy_settings(folder)
    shutil.copyfile(folder / "articles/quay-news-7.txt", folder / "articles/خبر.txt")
    (folder / "أسعار.csv").write_text("الشيء;Thing\nفحم;Coal\n", encoding="utf-8")
    (folder / "أسعار.yaml").write_text(_MAPPING, encoding="utf-8")
    (folder / "wrong.yaml").write_text(_MAPPING.replace("kind: good", "kind: '{Kind}'"), encoding="utf-8")
    (folder / "issue.md").write_bytes(make_body("source", SOURCE | {"title": "الخبز أغلى"}).encode())
    for name, change in (
        ("changed", replace(PRICE, "costs ninety crowns", "costs some ninety crowns")),
        ("broken", replace(PRICE, "predicate: priced-at", "predicate: مسعّر")),
    ):
        shutil.copytree(folder / "entries", folder / name)
        change(folder / name)
    _git(folder, "init", "-q")
    for tag in ("one", "two"):
        if tag == "two":
            (folder / "entries/claims/tide-post-12/lamp-broken.yaml").unlink()
        _git(folder, "add", ".")
        _git(folder, "commit", "-q", "-m", tag)
        _git(folder, "tag", tag)
    return folder


def _git(folder: Path, *arguments: str) -> None:
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    names = ["-c", "user.name=Editor", "-c", "user.email=editor@record.example"]
    subprocess.run(["git", *names, *arguments], cwd=folder, env={**os.environ, **alone}, check=True, timeout=60)


@pytest.fixture(scope="module", autouse=True)
def _clear_away() -> object:
    """Remove the template, if it was made."""
    yield
    if template.cache_info().currsize:
        shutil.rmtree(template().parent)


def run(arguments: list[str], folder: Path, environment: dict[str, str]) -> Done:
    """Run a command in a copy of the project; return what it said, and the files it wrote or changed."""
    shutil.copytree(template(), folder / "project")
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=folder / "project",
        env=environment,
        capture_output=True,
        check=False,
        timeout=120,
    )
    files = {
        path.relative_to(folder / "project").as_posix(): path.read_bytes()
        for path in (folder / "project").rglob("*")
        if path.is_file() and not {".git", ".musnad-cache"}.intersection(path.parts)
    }
    return Done(done.returncode, done.stdout, done.stderr, files)


@cache
def usual(*arguments: str) -> Done:
    """Run a command as usual."""
    folder = Path(mkdtemp(prefix="usual-", dir=template().parent))
    return run([*arguments], folder, before(folder / "plain", "", LANG="C.UTF-8"))


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
@pytest.mark.parametrize(("system", "command"), TRIED)
@pytest.mark.sampled(4)
def test_command_does_and_says_the_same(system: str, command: str, tmp_path: Path) -> None:
    """Exit code, every byte that is said and every byte that is written."""
    code, variables = SYSTEMS[system]
    wanted = usual("musnad", *COMMANDS[command])
    found = run(["musnad", *COMMANDS[command]], tmp_path, before(tmp_path / "system", code, **variables))
    assert b"Traceback" not in found.errors
    assert (found.code, found.output.decode(), found.errors.decode()) == (
        wanted.code,
        wanted.output.decode(),
        wanted.errors.decode(),
    )
    assert found.files == wanted.files


def test_commands_are_all_tried() -> None:
    """Whoever adds a command adds it here."""
    from musnad.cli import COMMANDS as KNOWN

    assert {arguments[0] for arguments in COMMANDS.values()} == KNOWN.keys()


@pytest.mark.parametrize(
    "system", mostly_long(["macOS", "Windows, Western", "Linux without UTF-8"], "Windows, Western")
)
def test_site_is_the_same(system: str, tmp_path: Path) -> None:
    """Cold, warm, and after an edit; what is told of a mistake is Arabic, in UTF-8."""
    code, variables = SYSTEMS[system]
    environment = before(tmp_path / "system", code, **variables)
    wanted = usual("mkdocs", "build", "--strict")
    found = run(["mkdocs", "build", "--strict"], tmp_path, environment)
    assert found.code == 0, found.errors.decode()
    assert found.files == wanted.files
    project = tmp_path / "project"
    build = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    replace(PRICE, "costs ninety crowns", "costs a hundred crowns")(project / "entries")
    replace("mkdocs.yml", "entries: entries", "entries: entries\n      messages: ar")(project)
    done = subprocess.run(build, cwd=project, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert re.search(rb"records: [1-9]\d* pages made, [1-9]\d* reused", done.stderr)
    assert (
        b"costs a hundred crowns" in (project / "site/en/claims/tide-post-12/rye-bread-price/index.html").read_bytes()
    )
    replace(PRICE, "predicate: priced-at", "predicate: مسعّر")(project / "entries")
    done = subprocess.run(build, cwd=project, env=environment, capture_output=True, check=False)
    assert done.returncode == 1
    assert "مسعّر ليس" in done.stderr.decode()


_CHANGE = """
import os, sys
from pathlib import Path
from musnad.records.memory import RecordMemory
from musnad.rules.check import check_entries
entries, memory = Path(sys.argv[1]), RecordMemory()
file = entries / "claims/tide-post-12/rye-bread-price.yaml"
text = file.read_text(encoding="utf-8")
file.write_text(text, encoding="utf-8", newline="\\n")
time = os.stat(file).st_mtime_ns
check_entries(entries, memory=memory)
file.write_text(text.replace("ninety crowns", "eighty crowns"), encoding="utf-8", newline="\\n")
os.utime(file, ns=(time, time))
print(check_entries(entries, memory=memory).catalogue.claims["tide-post-12/rye-bread-price"].statement.en)
"""


def test_change_within_the_same_tick_of_the_clock_is_seen_on_windows(toy_copy: Path, tmp_path: Path) -> None:
    """There a file does not tell when it was last changed in any way; a fresh one is not trusted all the same."""
    environment = before(tmp_path / "system", WINDOWS)
    command = [sys.executable, "-c", _CHANGE, str(toy_copy)]
    assert b"eighty crowns" in subprocess.run(command, env=environment, capture_output=True, check=True).stdout


@pytest.mark.long
def test_store_works_where_open_files_can_not_be_removed(tmp_path: Path) -> None:
    """Its own tests hold on Windows too."""
    command = [sys.executable, "-m", "pytest", "-n", "0", str(TESTS / "build/test_store.py")]
    done = subprocess.run(
        command, cwd=PROJECT, env=before(tmp_path / "system", WINDOWS), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout.decode()


def test_what_goes_is_removed_before_what_comes_is_moved(tmp_path: Path) -> None:
    """Of a page renamed in its capitals alone nothing would be left on a system that does not tell them apart."""
    steps: list[tuple[str, str]] = []
    _hear.append(steps)
    for is_ours in (True, False):
        new, site = tmp_path / f"{is_ours}/new", tmp_path / f"{is_ours}/site"
        for file in (site / "About/index.html", site / "kept.html", new / "about/index.html"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(str(file), encoding="utf-8")
        written = dict.fromkeys(("About/index.html", "kept.html"), (1, 1, 1))
        steps.clear()
        assert {*publish(new, site, {"kept.html"}, written, is_ours=is_ours)} == {"about/index.html", "kept.html"}
        assert [event for event, path in steps if path.endswith("index.html")] == ["os.remove", "os.rename"]
    _hear.clear()


_hear: list[list[tuple[str, str]]] = []


def _listen(event: str, args: tuple[object, ...]) -> None:
    for steps in _hear:
        if event in ("os.remove", "os.rename"):
            steps.append((event, os.fspath(args[0])))  # type: ignore[call-overload]


# Python tells of every file that is removed or moved.
sys.addaudithook(_listen)
