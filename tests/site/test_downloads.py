"""The page of downloads says of each file what it is in the site that stands there, however that was built."""

import hashlib
import html
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from musnad.pages.elements.downloads import list_built
from tests.edits import EDITS, apply
from tests.site.conftest import Builds
from tests.site.serving import Server, copy_project, edit, serve
from tests.site.test_warm import Project

_FILE = re.compile(r'data-digest="(?P<name>[^"]+)">(?P<digest>[^<]*)<')


def read_digests(page: str) -> dict[str, str]:
    """Return the digests that a page tells, by the addresses of the files."""
    return {html.unescape(found["name"]): found["digest"] for found in _FILE.finditer(page)}


def find_digests(site: Path, names: object) -> dict[str, str]:
    """Return the digests of files."""
    return {name: hashlib.sha256((site / name).read_bytes()).hexdigest() for name in names}  # type: ignore[attr-defined]


def check(site: Path, *, is_flat: bool = False) -> dict[str, str]:
    """See that both pages tell what lies there; return it."""
    found = {}
    for lang in ("ar", "en"):
        page = (site / lang / ("downloads.html" if is_flat else "downloads/index.html")).read_text(encoding="utf-8")
        found = read_digests(page)
        assert "record.json" in found
        assert found == find_digests(site, found)
        sizes = re.findall(r'data-size="([^"]+)">([^<]*)<', page)
        assert [name for name, _ in sizes] == list(found)
        assert all(told.strip("\u2068\u2069")[0].isdigit() for _, told in sizes)
    return found


def test_digests_are_those_of_the_files(builds: Builds, flat: Path) -> None:
    """In folders and in flat sites."""
    check(builds.first)
    check(flat, is_flat=True)


def test_digests_follow_every_edit_and_stay_without_one(tmp_path: Path) -> None:
    """Cold, warm, edited, without a cache, and from the cache into an empty folder."""
    project = Project.make(tmp_path)
    project.build()
    cold = check(project.site)
    page = project.site / "en/downloads/index.html"
    before = page.stat()
    project.build()
    assert page.stat() == before
    apply(EDITS["statement"], project.folder / "entries")
    project.build()
    edited = check(project.site)
    assert edited["record.json"] != cold["record.json"]
    for path in sorted(project.site.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    project.build()
    assert check(project.site) == edited
    project.build(MUSNAD_CACHE="false")
    assert check(project.site) == edited


@pytest.mark.server
def test_digests_are_those_of_the_files_while_serving(tmp_path: Path) -> None:
    """Once the data have followed an edit, so has the page."""
    copy_project(tmp_path)
    with serve(tmp_path) as server:
        _wait(server)
        before = server.get("record.json")
        edit(tmp_path / "entries/claims/tide-post-12/rye-bread-price.yaml", "ninety crowns", "ninety crowns, edited,")
        server.wait_until("the data", lambda: server.get("record.json") != before)
        _wait(server)


def _wait(server: Server) -> None:
    def is_right() -> bool:
        told = read_digests(server.get("ar/downloads/"))["record.json"]
        return told == hashlib.sha256(server.get("record.json").encode()).hexdigest()

    server.wait_until("the digest", is_right)


def test_release_is_offered_with_its_digests_and_told_when_it_is_of_another_record(tmp_path: Path) -> None:
    """Copied as it is, listed, marked after an edit, refused when it was tampered with."""
    project = Project.make(tmp_path)
    release = tmp_path / "release"
    config = tmp_path / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("entries: entries", "entries: entries\n      release: release"), encoding="utf-8")
    make = ["release", str(release), "--entries", str(tmp_path / "entries"), "--site-url", "https://example.org/"]
    make += ["--no-history", "--offline", str(config)]
    subprocess.run([sys.executable, "-m", "musnad", *make], check=True, capture_output=True)
    project.build()
    found = check(project.site)
    assert {"data/record.db", "data/metadata.json", "data/parquet/claims.parquet", "offline/record.zip"} <= set(found)
    with zipfile.ZipFile(release / "offline/record.zip") as packed:
        assert {"record/index.html", "record/ar/index.html"} <= set(packed.namelist())
        assert "record/data/record.db" not in packed.namelist()
    assert (project.site / "data/record.db").read_bytes() == (release / "data/record.db").read_bytes()
    page = project.site / "en/downloads/index.html"
    assert "Made from another state" not in page.read_text(encoding="utf-8")
    apply(EDITS["statement"], project.folder / "entries")
    project.build()
    check(project.site)
    assert page.read_text(encoding="utf-8").count("Made from another state") == len(found) - len(list_built())
    (release / "data/metadata.json").write_text("{}", encoding="utf-8")
    run = project.run()
    assert run.returncode == 1
    assert "data/metadata.json is not as SHA256SUMS says: make the release again" in run.stderr
