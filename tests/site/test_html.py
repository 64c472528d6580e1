"""Every page, and pictures that are saved, before the Nu HTML Checker: no error, no warning, nothing left out."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from musnad.text.languages import LANGS
from tests.site.conftest import ROOT, Builds
from tests.site.odd import Odd

CHECKER = ROOT / "tests/tools/node_modules/vnu-jar/build/dist/vnu.jar"


@pytest.fixture(scope="session")
def checker() -> list[str]:
    """Return the command of the checker; without Java or npm, say so plainly."""
    java = shutil.which("java")
    if java is None or not CHECKER.exists():
        message = "the Nu HTML Checker needs Java, and npm that brings it"
        if os.environ.get("MUSNAD_REQUIRE_NODE"):
            pytest.fail(message)
        pytest.skip(message)
    # Deep pages need a deep stack.
    return [java, "-Xss8m", "-jar", str(CHECKER), "--format", "json", "--stdout", "--exit-zero-always"]


def find_messages(checker: list[str], *options: str | Path) -> list[str]:
    """Return all that the checker says, a line each.

    It takes files for files of no host, so that all are against a policy that allows one's own host, and data for a
    script that runs: what the policy says is tried in a browser (``test_policy.py``).
    """
    run = subprocess.run([*checker, *map(str, options)], capture_output=True, text=True, check=True)
    return [
        f"{said['url']}:{said.get('lastLine')}: {said['type']}: {said['message']} {said.get('extract', '')}"
        for said in json.loads(run.stdout)["messages"]
        if "violates Content Security Policy" not in said["message"]
    ]


def test_checker_sees_what_is_wrong(checker: list[str], tmp_path: Path) -> None:
    """It does speak."""
    page = tmp_path / "wrong.html"
    page.write_text('<!doctype html><html lang="en"><title>A</title><ul role="list"><p>b</ul></html>', encoding="utf-8")
    assert len(find_messages(checker, page)) == 2


def test_pages_are_html_without_a_word_against_them(checker: list[str], builds: Builds, second: Path, odd: Odd) -> None:
    """Of the real record, of the invented one, and of the one with odd texts."""
    sites = [builds.first, second, odd.site]
    assert all(len(list(site.rglob("*.html"))) > 50 for site in sites)
    assert find_messages(checker, "--skip-non-html", *sites) == []


@pytest.mark.browser
def test_saved_pictures_are_svg_without_a_word_against_them(
    checker: list[str], browser: Browser, address: str, tmp_path: Path
) -> None:
    """What the explorer saves, in both languages, and the mark of the site."""
    for lang in LANGS:
        page = browser.new_page()
        page.goto(f"{address}{lang}/claims/relations/?at=person-sy24-109221")
        page.wait_for_selector("#relations[data-ready=picture]")
        with page.expect_download() as download:
            page.locator(".explore__take button", has_text="SVG").click()
        download.value.save_as(tmp_path / f"{lang}.svg")
        page.close()
    shutil.copy(ROOT / "generator/musnad/theme/assets/mark.svg", tmp_path)
    assert find_messages(checker, "--svg", tmp_path) == []
