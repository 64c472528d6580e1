"""A record that holds nothing yet builds, and its home page says what comes next."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from musnad.text.languages import LANGS
from tests.conftest import TOY
from tests.site.links import find_broken, list_pages

SITE_URL = "https://empty.example/record/"
CONFIGURATION = f"""\
site_name: Empty
site_url: {SITE_URL}
theme:
  name: material
  font: false
  palette: [{{scheme: default, primary: custom, accent: custom, toggle: {{icon: material/weather-night, name: dark}}}}]
plugins: [musnad: {{cache: false}}]
"""
ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
NAME = "name: {ar: سجلّ فارغ, en: Empty Record}\n"
NEXT = {"ar": "الخطوات التالية", "en": "What comes next"}


def build(project: Path, *words: Path, plain: bool = False) -> Path:
    """Build a record of nothing but its name and some files of words, strictly."""
    (project / "entries").mkdir(parents=True)
    (project / "docs").mkdir()
    (project / "entries/site.yaml").write_text(NAME, encoding="utf-8")
    for folder in words:
        shutil.copytree(folder, project / "entries" / folder.name)
    text = CONFIGURATION.replace("cache: false", "cache: false, plain: true") if plain else CONFIGURATION
    (project / "mkdocs.yml").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=project,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return project / "site"


@pytest.fixture(scope="module", params=[(), (TOY / "vocabulary",)], ids=["nothing", "words"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a record without records, with and without a vocabulary."""
    return build(tmp_path_factory.mktemp("empty"), *request.param)


@pytest.mark.parametrize("lang", LANGS)
def test_home_of_an_empty_record_says_what_comes_next(lang: str, site: Path) -> None:
    """And shows nothing that there is not: no count of zero, no claim, no empty list."""
    text = (site / lang / "index.html").read_text(encoding="utf-8")
    assert NEXT[lang] in text
    assert "musnad suggest my-source.txt --output drafts" in text
    assert not re.search(r'class="(?:counts|hero__figure|ways|lines|trust|claim)"|id="(?:latest|example|trust)"', text)


def test_no_page_of_an_empty_record_has_an_empty_list(site: Path) -> None:
    """Nor a heading with nothing below it, nor a field that is missing."""
    pages = [*list_pages(site)]
    assert len(pages) == 2 + 2 * 16
    for path in pages:
        content = path.read_text(encoding="utf-8").partition("<article")[2].partition("</article>")[0]
        assert not re.search(r"<(ul|ol|dl|table)\b[^>]*>\s*</\1>", content), path
        assert not re.search(r"</h2>\s*(?:<h2|$)", content), path
        assert "None<" not in content


def test_links_of_an_empty_record_lead_somewhere(site: Path) -> None:
    """Pages that nobody wrote are not linked to."""
    assert find_broken(site, SITE_URL) == []


def test_empty_record_is_the_same_through_mkdocs_itself(
    site: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """What templates leave out leaves no Markdown behind that reads otherwise."""
    plain = build(tmp_path / "plain", *request.node.callspec.params["site"], plain=True)
    for path in list_pages(site):
        assert path.read_bytes() == (plain / path.relative_to(site)).read_bytes(), path
