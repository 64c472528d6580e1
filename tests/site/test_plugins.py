"""What others do with files and pages after us, by hooks that do the same as common plugins."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import TOY
from tests.site.test_settings import CLAIM, Project, _write

CONFIGURATION = """\
site_name: Harbour
site_url: https://harbour.example/
theme: material
plugins: [{musnad: {cache: false}}]
hooks: [hook.py]
"""
NEW_FILES = """\
from mkdocs.structure.files import Files

def on_files(files, config):
    return Files([file for file in files if not file.src_uri.endswith(ENDING)])
"""
FINDS = """\
def on_files(files, config):
    names = {file.src_uri for file in files.documentation_pages()}
    assert "ar/index.md" in names and files.get_file_from_path("ar/index.md") is not None
"""
LOADS = """\
def on_post_page(output, page, config):
    return output.replace("</body>", '<script src="https://cdn.example/x.js"></script></body>')
"""


def _make(folder: Path, hook: str, configuration: str = CONFIGURATION) -> Project:
    shutil.copytree(TOY, folder / "entries")
    (folder / "docs").mkdir()
    _write(folder / "hook.py", hook)
    _write(folder / "mkdocs.yml", configuration)
    return Project(folder, folder / "site")


def test_new_files_with_all_pages_are_built(tmp_path: Path) -> None:
    """As mkdocs-exclude hands them back, without what it was told to leave out."""
    project = _make(tmp_path, NEW_FILES.replace("ENDING", '".tmp"'))
    _write(tmp_path / "docs/own/left.tmp", "x")
    _write(tmp_path / "docs/own/kept.txt", "x")
    project.build()
    assert (project.site / f"ar/{CLAIM}/index.html").is_file()
    assert [path.name for path in (project.site / "own").iterdir()] == ["kept.txt"]


def test_new_files_without_pages_of_the_record_stop_the_build(tmp_path: Path) -> None:
    """Never a thinner site in silence."""
    project = _make(tmp_path, NEW_FILES.replace("ENDING", '"tide-post-12/rye-bread-price.md"'))
    run = project.run("build")
    assert run.returncode == 1
    assert f"2 pages of the record are missing, ar/{CLAIM}.md among them, after hook.py" in run.stderr
    assert not (project.site / "en").exists()


def test_pages_are_found_among_the_files(tmp_path: Path) -> None:
    """As redirects and others look for them."""
    _make(tmp_path, FINDS).build()


@pytest.mark.parametrize("has_promised", [True, False])
def test_promise_is_not_broken_by_others(has_promised: bool, tmp_path: Path) -> None:
    """The build stops, or the promise is left out."""
    text = CONFIGURATION if has_promised else CONFIGURATION.replace("cache: false", "cache: false, promise: false")
    project = _make(tmp_path, LOADS, text)
    run = project.run("build")
    assert run.returncode == has_promised
    if has_promised:
        assert "loads from cdn.example, where the foot of the pages says that none does" in run.stderr
        assert not (project.site / "en").exists()
    else:
        assert "No cookies" not in project.read("en/index.html")


OWN: dict[str, tuple[str, str, bool]] = {
    "style sheet of another site": ("extra_css: ['https://cdn.example/x.css']", "", False),
    "style sheet that loads": ("extra_css: [x.css]", "@import url(https://cdn.example/y.css);", False),
    "style sheet of one's own": ("extra_css: [x.css]", "b { background: url(y.png) }", True),
    "script of another site": ("extra_javascript: ['https://cdn.example/x.js']", "", False),
    "script that fetches": ("extra_javascript: [x.css]", "fetch('https://cdn.example/')", False),
    "script of one's own": ("extra_javascript: [x.css]", "document.title", True),
    "picture of another site": ("copyright: x", "![](https://cdn.example/x.png)", False),
    "frame of another site": ("copyright: x", '<iframe src="//cdn.example/x"></iframe>', False),
    "link to another site": ("copyright: x", "[there](https://cdn.example/x)", True),
}


@pytest.mark.parametrize(("setting", "text", "has_promised"), OWN.values(), ids=OWN)
@pytest.mark.sampled(3)
def test_promise_is_made_from_what_the_configuration_does(
    setting: str, text: str, has_promised: bool, tmp_path: Path
) -> None:
    """On every page or on none."""
    trusted = CONFIGURATION.replace("cache: false", "cache: false, trusted: ['*/about.md']")
    project = _make(tmp_path, "", trusted.replace("hooks: [hook.py]", setting))
    _write(tmp_path / "docs/x.css", text)
    for lang in ("ar", "en"):
        _write(tmp_path / f"docs/{lang}/about.md", f"# x\n\n{text if setting.startswith('copyright') else ''}\n")
    said = project.build()
    assert ("No cookies, no tracking" in project.read(f"en/{CLAIM}/index.html")) == has_promised
    assert ("cdn.example" in said) != has_promised
