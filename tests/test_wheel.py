"""The wheel holds the package and nothing else, and builds a site by itself."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from musnad.rules.check import load_checked
from tests.conftest import PROJECT, TOY
from tests.second import SECOND
from tests.site.links import find_broken

_PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
_CONFIGURATION = """\
site_name: Harbour
site_url: https://harbour.example/
theme:
  name: material
  font: false
  palette: [{scheme: default, primary: custom, accent: custom, toggle: {icon: material/weather-night, name: dark}}]
plugins: [musnad]
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a wheel from a copy of what the repository holds, without the network."""
    source, target = tmp_path_factory.mktemp("source") / "project", tmp_path_factory.mktemp("wheel")
    listed = subprocess.check_output(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=PROJECT, text=True)
    for name in listed.split("\0"):
        if name.startswith("generator/") or name in ("pyproject.toml", "README.md", "LICENSE"):
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            if (PROJECT / name).is_file():
                shutil.copyfile(PROJECT / name, source / name)
    subprocess.run([*_PIP, "wheel", "--no-deps", "--no-build-isolation", "-w", str(target), str(source)], check=True)
    return next(target.glob("*.whl"))


def test_wheel_has_one_package_at_its_top(wheel: Path) -> None:
    """No library may claim a name that is not its own."""
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"musnad"}
    assert wheel.name.startswith("musnad-")


def test_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    """Templates, words, fonts and scripts too."""
    held = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("musnad/")}
    listed = subprocess.check_output(["git", "ls-files", "-z", "generator"], cwd=PROJECT, text=True).split("\0")
    assert {name.removeprefix("generator/") for name in listed if (PROJECT / name).is_file()} <= held


@pytest.fixture(scope="module")
def packages(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into a folder of its own."""
    folder = tmp_path_factory.mktemp("packages")
    subprocess.run([*_PIP, "install", "--no-deps", "--target", str(folder), str(wheel)], check=True)
    return folder


def _run(packages: Path, project: Path, *arguments: str) -> str:
    """Run Python with the installed wheel and nothing of the repository in sight; return all that was said."""
    environment = {**os.environ, "PYTHONPATH": str(packages), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_wheel_builds_a_record_in_an_empty_folder(packages: Path, tmp_path: Path) -> None:
    """With nothing of the repository in sight."""
    project = tmp_path / "project"
    shutil.copytree(TOY, project / "entries")
    (project / "docs").mkdir()
    (project / "mkdocs.yml").write_text(_CONFIGURATION, encoding="utf-8")
    where = _run(packages, project, "-c", "import musnad; print(musnad.__file__)")
    assert Path(where.strip()).is_relative_to(packages)
    _run(packages, project, "-m", "musnad", "check")
    _run(packages, project, "-m", "mkdocs", "build", "--quiet")
    for lang in ("ar", "en"):
        assert (project / "site" / lang / "claims/tide-post-12/rye-bread-price/index.html").is_file()
    assert (project / "site/assets/fonts/plex-arabic-400.woff2").is_file()


@pytest.fixture(scope="module")
def second(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Check the second record, compare it with its sources and build it strictly with the wheel; return the site."""
    project = tmp_path_factory.mktemp("second")
    for name in ("entries", "docs", "articles", "overrides", "mkdocs.yml"):
        copy = shutil.copytree if (SECOND / name).is_dir() else shutil.copyfile
        copy(SECOND / name, project / name)
    for command in (("musnad", "check"), ("musnad", "verify", "--articles", "articles")):
        assert "warning" not in _run(packages, project, "-m", *command).lower()
    assert "WARNING" not in _run(packages, project, "-m", "mkdocs", "build", "--strict")
    return project / "site"


def _read_texts(site: Path) -> dict[str, str]:
    """Return every file of a site that is text."""
    kinds = {".html", ".js", ".json", ".css", ".svg", ".xml", ".txt"}
    files = [path for path in site.rglob("*") if path.suffix in kinds and path.name != "bundle.js"]
    return {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in files}


def test_second_record_says_on_each_page_that_it_is_fictional(second: Path) -> None:
    """In both languages; only the page for addresses that lead nowhere has nothing of the record."""
    pages = {name: text for name, text in _read_texts(second).items() if name.endswith(".html")}
    assert len(pages) > 150
    assert [name for name, text in pages.items() if not ("مُتخيَّل" in text and "fictional" in text)] == ["404.html"]


def test_second_record_has_nothing_of_the_first(second: Path) -> None:
    """No name of the first record's parties and places, of its publication or its country."""
    first = load_checked(PROJECT / "entries")
    # Words for goods and for people in general belong to no record.
    entities = [entity for entity in first.entities.values() if entity.kind not in ("commodity", "community", "event")]
    # A source's own words for a party may be anybody's: the organisation, the area.
    names = {name.text for entity in entities for name in entity.names if name.role != "found-in-source"} | {
        entity.id for entity in entities
    }
    names |= {"سوريا", "سورية", "السورية", "البادية", "Syria", "Syrian", "Badia", *first.sources}
    # Words of any text: a verb, capitals in a licence, warehouses among the synonyms of the base.
    names -= {"is", "IS", "مخازن"}
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})(?!\w)")
    found = {
        (name, match[0])
        for name, text in _read_texts(second).items()
        if "/vendor/" not in name
        for match in pattern.finditer(text)
    }
    assert found == set()


@pytest.mark.parametrize("terminal", ["ar_SY.UTF-8", "en_GB.UTF-8"])
def test_wheel_begins_a_publication(terminal: str, wheel: Path, tmp_path: Path) -> None:
    """From the package to pages in both languages, strictly, in a folder that is called as people call them."""
    packages, project = tmp_path / "packages", tmp_path / "سجلّ الوقود (new)"
    subprocess.run([*_PIP, "install", "--no-deps", "--target", str(packages), str(wheel)], check=True)
    environment = {**os.environ, "PYTHONPATH": str(packages), "NO_MKDOCS_2_WARNING": "1", "LANG": terminal}
    for name in ("LC_ALL", "LC_MESSAGES", "PYTHONUTF8"):
        environment.pop(name, None)

    def run(*arguments: str, cwd: Path = project) -> str:
        command = [sys.executable, "-m", *arguments]
        done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
        assert "WARNING" not in done.stderr
        return done.stdout

    told = run("musnad", "init", str(project), "--yes", "--name-ar", "سجلّ الوقود", "--host", "github", cwd=tmp_path)
    assert ("كُتبت الملفات" in told) == terminal.startswith("ar")
    assert (project / ".github/workflows/proposal.yml").is_file()
    assert (project / "wheels" / wheel.name).is_file()
    run("musnad", "check")
    for site in ("example", "empty"):
        run("mkdocs", "build", "--strict", "--site-dir", site)
        assert find_broken(project / site, "https://example.org/") == []
        for lang, name in (("ar", "سجلّ الوقود"), ("en", "New Record")):
            assert name in (project / site / lang / "index.html").read_text(encoding="utf-8")
            assert (project / site / lang / "about/index.html").is_file()
            is_shown = (project / site / lang / "claims/invented-article/market-opens/index.html").is_file()
            assert is_shown == (site == "example")
        run("musnad", "init", "--remove-example") if site == "example" else None
