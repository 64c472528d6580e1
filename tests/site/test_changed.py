"""Records that were renamed and merged by commands make a site without a dead link, strictly built."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from musnad.cli import cli
from musnad.text.languages import LANGS
from tests.conftest import TOY
from tests.site.links import find_broken
from tests.site.test_empty import CONFIGURATION, ENVIRONMENT, SITE_URL

CHANGES = {
    "rename": [
        ("rename", "salt", "sea-salt"),
        ("rename", "tide-post-12", "tide-post-twelve"),
        ("rename", "quay-news-7/harbour-reopened", "harbour-open-again"),
    ],
    "merge": [("merge", "quillfeather", "bakers-guild"), ("merge", "salt", "rye-bread")],
}
MOVED = {"rename": ("entities/salt", "entities/sea-salt"), "merge": ("entities/salt", "entities/rye-bread")}


@pytest.mark.parametrize("name", CHANGES)
def test_no_link_is_dead_after_it(name: str, tmp_path: Path) -> None:
    """Each link and anchor of each page leads somewhere, and old addresses lead on."""
    entries = tmp_path / "entries"
    shutil.copytree(TOY, entries)
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(CONFIGURATION, encoding="utf-8")
    for words in CHANGES[name]:
        done = CliRunner().invoke(cli, [*words, "--entries", str(entries)])
        assert done.exit_code == 0, done.output
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    assert find_broken(tmp_path / "site", SITE_URL) == []
    old, new = MOVED[name]
    for lang in LANGS:
        page = (tmp_path / "site" / lang / old / "index.html").read_text(encoding="utf-8")
        assert f'<link rel="canonical" href="{SITE_URL}{lang}/{new}/">' in page
