"""Where a sensitive claim happened is in no file of a built site, and in nothing that is exported."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from musnad.cli.sites import load_site
from musnad.exports.geojson import export_geojson
from musnad.exports.json import export_json
from musnad.exports.markdown import export_markdown
from musnad.exports.trig import export_trig
from musnad.text.fold import fold
from tests.conftest import TOY
from tests.sensitive import CANARIES, CLAIM, write_canaries
from tests.site.test_empty import CONFIGURATION, ENVIRONMENT, SITE_URL


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the toy record with a sensitive claim, with the form and the search."""
    project = tmp_path_factory.mktemp("sensitive")
    shutil.copytree(TOY, project / "entries")
    write_canaries(project / "entries")
    (project / "docs").mkdir()
    settings = "repo_url: https://host.example/record\nedit_uri: edit/main/docs/\n"
    (project / "mkdocs.yml").write_text(CONFIGURATION + settings, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=project, env=ENVIRONMENT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return project / "site"


def find_canaries(texts: Iterator[tuple[str, bytes]]) -> dict[str, set[str]]:
    """Return in which files, or at which addresses, which canaries are."""
    found: dict[str, set[str]] = {canary: set() for canary in CANARIES}
    for name, raw in texts:
        # As it is, and as the search folds it.
        text = f"{name} {raw.decode('utf-8', 'ignore')}".lower()
        for canary in CANARIES:
            if canary in text or canary in fold(text):
                found[canary].add(name)
    return found


def read_tree(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield all files of a folder that are no fonts or vendored programs."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not {"fonts", "vendor"} & set(path.parts) and path.suffix != ".map":
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def export_all(entries: Path, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield everything that is exported."""
    site = load_site(entries, SITE_URL)
    export_markdown(site, entries.parent / "docs", folder)
    yield from read_tree(folder)
    yield "record.json", export_json(site).encode()
    for export in (export_geojson, export_trig):
        yield from ((name, text.encode()) for name, text in export(site))


def test_built_site_has_none_of_it(built: Path) -> None:
    """Pages, data, search, the files that the form is filled in from; the claim itself is there."""
    assert {canary: files for canary, files in find_canaries(read_tree(built)).items() if files} == {}
    page = (built / f"en/claims/{CLAIM}/index.html").read_text("utf-8")
    assert "dockers guard a store" in page
    # Nor does a link lead to the file that has it.
    assert f"claims/{CLAIM}.yaml" not in page
    assert f"propose/?claims/{CLAIM}" not in page


def test_exports_have_none_of_it_and_would_without_the_mark(toy_copy: Path, tmp_path: Path) -> None:
    """So that the test above looks for what could be found."""
    write_canaries(toy_copy)
    (tmp_path / "docs").mkdir()
    found = find_canaries(export_all(toy_copy, tmp_path / "marked"))
    assert {canary: files for canary, files in found.items() if files} == {}
    write_canaries(shutil.copytree(TOY, tmp_path / "again/entries"), mark="")
    (tmp_path / "again/docs").mkdir()
    found = find_canaries(export_all(tmp_path / "again/entries", tmp_path / "plain"))
    assert all({"record.json", "data/places.geojson", "data/record.trig"} & files for files in found.values())
