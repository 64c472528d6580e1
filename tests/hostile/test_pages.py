"""Hand-written pages hold a stated set of HTML: whatever else stops the build, with file, line and column."""

import re
import shutil
import subprocess
import sys

import pytest
from markdown import markdown

from musnad.pages.markup import clean_page
from tests.conftest import TOY
from tests.hostile.corpus import PAGES, SHOWN, Case

CONFIGURATION = """\
site_name: Harbour
site_url: https://harbour.example/
theme: material
plugins: [{musnad: {cache: false, trusted: [en/trusted.md, trusted.html]}}]
"""
FILES = {
    "page.html": b"<script>canary()</script>",
    "page.XHTML": b"x",
    "page.htm": b"x",
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>canary()</script></svg>',
    "handler.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="canary()"/>',
    "foreign.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><foreignObject/></svg>',
    "link.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><a href="javascript:canary()"/></svg>',
    "entity.svg": b'<!DOCTYPE svg [<!ENTITY x "y">]><svg xmlns="http://www.w3.org/2000/svg"/>',
    "style.xml": b'<?xml-stylesheet type="text/xsl" href="x.xsl"?><x/>',
}
GOOD = {
    "plain.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h1"/></svg>',
    "trusted.html": b"<script>canary()</script>",
    "table.csv": b"=1+1",
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Build a site with every bad page and file, once; return what is told of each."""
    folder = tmp_path_factory.mktemp("pages")
    shutil.copytree(TOY, folder / "entries")
    (folder / "mkdocs.yml").write_text(CONFIGURATION, encoding="utf-8")
    (folder / "docs/en").mkdir(parents=True)
    for case in PAGES:
        (folder / f"docs/en/page-{case.number}.md").write_text(case.given, encoding="utf-8")
    (folder / "docs/en/trusted.md").write_text("<script>canary()</script>\n", encoding="utf-8")
    for name, raw in {**FILES, **GOOD}.items():
        (folder / "docs" / name).write_bytes(raw)
    (folder.parent / "secret.txt").write_text("secret", encoding="utf-8")
    (folder / ".hidden").write_text("token", encoding="utf-8")
    (folder / "docs/away.txt").symlink_to(folder.parent / "secret.txt")
    (folder / "docs/hidden.txt").symlink_to("../.hidden")
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    assert not (folder / "site/index.html").exists()
    found: dict[str, list[str]] = {}
    for file, place, rule in re.findall(r"docs/(\S+?):(\d+:\d+): ([\w-]+): ", run.stderr):
        found.setdefault(file, []).append(f"{place} {rule}")
    assert found, run.stderr[-2000:]
    return found


@pytest.mark.parametrize("case", PAGES, ids=lambda case: case.name)
def test_page_is_refused_at_its_place(told: dict[str, list[str]], case: Case) -> None:
    """Or built."""
    lines = told.get(f"en/page-{case.number}.md", [])
    assert lines[:1] == ([] if case.must == SHOWN else [f"{case.must} hand-written"])


def test_files_that_browsers_run_and_links_out_are_refused(told: dict[str, list[str]]) -> None:
    """Drawings and tables are not; nor what the configuration lists."""
    files = {file: lines for file, lines in told.items() if not file.startswith("en/page-")}
    links = {key: ["1:1 no-file"] for key in ("away.txt", "hidden.txt")}
    assert files == {key: ["1:1 hand-written"] for key in FILES} | links


@pytest.mark.parametrize("case", PAGES, ids=lambda case: case.name)
def test_what_is_left_of_a_page_is_harmless(case: Case) -> None:
    """Even where nobody would look at what is told."""
    body = re.sub(r"\A---\n.*?\n---\n", "", case.given, flags=re.DOTALL)
    html = markdown(body, extensions=["toc", "tables", "fenced_code", "attr_list"])
    cleaned, _ = clean_page(html, case.given, "x.md")
    tags = "".join(re.findall(r"<[^>]*>", cleaned))
    assert not re.search(
        r"<(?:script|iframe|svg|math|style|form|base|meta|link|object|embed)\b|\son\w+=|javascript:", tags
    )
