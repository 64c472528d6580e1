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

from tests.conftest import PROJECT, TESTS
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
    "search": ["search", "خبز"],
    "search in vain": ["search", "قهوة"],
    "verify": ["verify", "--articles", "articles", "--lang", "ar"],
    "coverage": ["coverage"],
    "suggest": ["suggest", "articles/quay-news-7.txt", "--output", "drafts"],
    "suggest of an article in Arabic": ["suggest", "articles/خبر.txt"],
    "suggest among the records": ["suggest", "articles/quay-news-7.txt", "--output", "entries/drafts"],
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
# All commands on the system that differs most; where it is only said in another way, those that say much.
_EVERYWHERE = ("check of mistakes", "search", "suggest", "diff")
TRIED = [
    (system, command)
    for system in SYSTEMS
    for command in (COMMANDS if system == "Windows, Western" else _EVERYWHERE)
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
    shutil.copytree(PROJECT / "docs", folder / "docs")
    shutil.copyfile(PROJECT / "mkdocs.yml", folder / "mkdocs.yml")
    shutil.copyfile(folder / "articles/quay-news-7.txt", folder / "articles/خبر.txt")
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
    from musnad.cli import cli

    assert {arguments[0] for arguments in COMMANDS.values()} == set(cli.commands)


@pytest.mark.parametrize("system", ["macOS", "Windows, Western", "Linux without UTF-8"])
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
