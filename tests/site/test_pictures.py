"""Pictures of pages in the built site: each head names one that is there, and serving makes none."""

import io
import os
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest
from mkdocs.config import load_config
from mkdocs.exceptions import ConfigurationError
from PIL import Image

from musnad.plugin import hooks
from tests.conftest import TOY
from tests.site.test_settings import Project

URL = "https://host.example/deep/"
CONFIG = f"""\
site_name: Harbour
site_url: {URL}
theme: {{name: material}}
plugins: [musnad: {{pictures: true}}]
"""
IMAGE = re.compile(r'<meta property="og:image" content="([^"]*)">')


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the toy record, built with pictures."""
    folder = tmp_path_factory.mktemp("pictures")
    shutil.copytree(TOY, folder / "entries")
    (folder / "docs").mkdir()
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    project = Project(folder, folder / "site")
    project.build()
    return project


def _read_pictures(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.glob("pictures/**/*.png"))}


def test_each_page_names_a_picture_that_is_there(project: Project) -> None:
    """And each picture is named by a page."""
    named = {}
    for path in sorted(project.site.rglob("*.html")):
        if path.name != "404.html":
            (address,) = IMAGE.findall(path.read_text(encoding="utf-8")) or [""]
            assert address.startswith(URL), path
            named[path.relative_to(project.site).as_posix()] = unquote(address.removeprefix(URL))
    made = _read_pictures(project.site)
    assert set(named.values()) == made.keys()
    assert len(made) > 20
    for raw in made.values():
        assert Image.open(io.BytesIO(raw)).size == (800, 420)
    # Who is living has the picture of the site.
    assert named["en/entities/mentioned-person/index.html"] == "pictures/en.png"


def test_next_build_takes_them_over_and_makes_what_changed(project: Project) -> None:
    """A word of a statement that changes changes its two pictures and no other."""
    before = _read_pictures(project.site)
    project.build()
    assert _read_pictures(project.site) == before
    claim = project.folder / "entries/claims/tide-post-12/rye-bread-price.yaml"
    text = claim.read_text(encoding="utf-8")
    os.utime(claim, (0, 0))
    claim.write_text(re.sub(r"(?m)^(  en: )(.*)$", r"\1Now \2", text), encoding="utf-8")
    project.build()
    after = _read_pictures(project.site)
    assert after.keys() == before.keys()
    assert {name for name in after if after[name] != before[name]} == {
        "pictures/en/claims/tide-post-12/rye-bread-price.png"
    }


def test_missing_libraries_are_told(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one sentence names what to install; by a plugin that knew other options before, as while serving, too."""
    (tmp_path / "entries").symlink_to(project.folder / "entries")
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(CONFIG.replace("true", "false"), encoding="utf-8")
    other = load_config(str(tmp_path / "mkdocs.yml"))
    other.plugins["musnad"].on_config(other)
    monkeypatch.setattr(hooks, "can_draw", lambda: False)
    config = load_config(str(project.folder / "mkdocs.yml"))
    with pytest.raises(ConfigurationError, match=re.escape("install musnad[exports]")):
        config.plugins["musnad"].on_config(config)
