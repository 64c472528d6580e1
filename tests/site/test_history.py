"""Built sites know the history of their records: warm as cold, few pages for a commit, and no dead link."""

import re
import shutil
from pathlib import Path

import pytest

from musnad.text.languages import LANGS
from tests.edits import SALE, replace
from tests.repository import EDITOR, MESSAGE, Repository
from tests.site.links import find_broken
from tests.site.test_warm import Project, assert_same

SITE_URL = "https://example.org/"
CLAIM = "claims/tide-post-12/guild-sells-bread"
CHANGED = re.compile(r"\d+ August 2024</dt><dd><span>([^<]*)</span>")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project under version control that has been built once."""
    project = Project.make(tmp_path_factory.mktemp("repository"))
    shutil.rmtree(project.folder / "entries")
    Repository.make(project.folder)
    project.build()
    return project


def read_page(project: Project, ref: str) -> str:
    """Return the English page of a record."""
    return (project.site / f"en/{ref}/index.html").read_text(encoding="utf-8").replace("\u00a0", " ")


def test_commit_makes_the_pages_of_its_records_and_warm_is_as_cold(project: Project) -> None:
    """What is changed and not committed is told by nothing; a commit without changes makes no page."""
    repository = Repository(project.folder)
    assert CHANGED.findall(read_page(project, CLAIM)) == ["Created"]
    replace(SALE, "en: Bread for the dockers", "en: Bread sold to the dockers")(repository.entries)
    project.build()
    assert CHANGED.findall(read_page(project, CLAIM)) == ["Created"]
    repository.commit("2024-08-02")
    made, reused = project.build()
    assert (made, reused > 50) == (len(LANGS), True)
    assert CHANGED.findall(read_page(project, CLAIM)) == ["Created", "Reworded: Title"]
    repository.commit("2024-08-03")
    assert project.build()[0] == 0
    warm = project.read()
    shutil.rmtree(project.cache)
    shutil.rmtree(project.site)
    project.build()
    assert_same(project.read(), warm)
    told = b"".join(raw for raw in warm.values())
    assert not [word for word in (EDITOR, "somewhere.example", MESSAGE) if word.encode() in told]
    assert "2024-08-02T00:00:00Z" in warm["ar/feed.xml"].decode()
    assert find_broken(project.site, SITE_URL, elsewhere=f"{SITE_URL}badia-record/") == []


def test_history_is_switched_off_by_a_setting(project: Project, tmp_path: Path) -> None:
    """Then the records alone tell."""
    other = Project(tmp_path / "other")
    shutil.copytree(project.folder, other.folder)
    replace("mkdocs.yml", "entries: entries", "entries: entries\n      history: false")(other.folder)
    other.build()
    assert 'id="history"' not in read_page(other, CLAIM)
    assert 'id="history"' in read_page(other, "claims/tide-post-12/lamp-broken")
    assert "2024-08" not in (other.site / "en/feed.xml").read_text(encoding="utf-8")
