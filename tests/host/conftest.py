"""A newsroom's repository, as ``musnad init`` makes it."""

import shutil
import sys
from pathlib import Path
from typing import Literal

import pytest

from musnad.editing.starter import Answers, make_publication, write_publication
from tests.host.steps import commit, git

Host = Literal["github", "gitlab"]


def begin(folder: Path, host: Host) -> Path:
    """Write a publication and commit it."""
    answers = Answers(
        name={"ar": "سجلّ جديد", "en": "New Record"},
        subject={"ar": "", "en": ""},
        site_url="https://record.example/",
        repo_url=f"https://{host}.com/o/r",
        host=host,
        region="",
        lang="en",
        today="2024-06-01",
    )
    assert write_publication(make_publication(answers), folder) == ()
    # Set up already: steps that install are not run here.
    (folder / ".venv").symlink_to(Path(sys.executable).parent.parent)
    git(folder, "init", "--quiet", "--initial-branch", "main")
    commit(folder)
    return folder


@pytest.fixture(scope="session")
def _newsrooms(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    hosts: list[Host] = ["github", "gitlab"]
    return {host: begin(tmp_path_factory.mktemp("newsroom") / host, host) for host in hosts}


@pytest.fixture
def newsroom(_newsrooms: dict[str, Path], tmp_path: Path) -> Path:
    """Return a repository for GitHub, to be changed."""
    return Path(shutil.copytree(_newsrooms["github"], tmp_path / "newsroom", symlinks=True))


@pytest.fixture
def gitlab_newsroom(_newsrooms: dict[str, Path], tmp_path: Path) -> Path:
    """Return a repository for GitLab, to be changed."""
    return Path(shutil.copytree(_newsrooms["gitlab"], tmp_path / "newsroom", symlinks=True))
