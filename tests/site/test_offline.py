"""The site as one file: opened as files in two browsers with search and views, and as a ZIM in Kiwix's own server."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from musnad.exports.offline import pack_zip
from tests.site.conftest import ROOT, SIZES, _copy_project, lang_of

pytestmark = pytest.mark.browser
FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
PUPPETEER = ROOT / "tests/tools/node_modules/puppeteer-core"


def need(*things: object, message: str) -> None:
    """Skip a test whose programs are not there; fail where they have to be."""
    if not all(things):
        if os.environ.get("MUSNAD_REQUIRE_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)


def run(*arguments: str, folder: Path) -> str:
    """Run musnad to its end."""
    command = [sys.executable, "-m", "musnad", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stderr


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the real record with its zip."""
    folder = tmp_path_factory.mktemp("offline")
    _copy_project(folder, backwards=False)
    run("export", "offline", "record.zip", folder=folder)
    return folder


@pytest.fixture(scope="module")
def files(project: Path) -> str:
    """Return the address of the unpacked site."""
    with zipfile.ZipFile(project / "record.zip") as packed:
        packed.extractall(project / "unpacked")
    return (project / "unpacked/record").as_uri() + "/"


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """Open a page on a phone in Arabic, on a desk in English, with no server and no network."""
    width, height = SIZES[request.param]
    context = browser.new_context(viewport={"width": width, "height": height}, offline=True)
    page = context.new_page()
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.on("console", lambda said: failed.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("request", lambda sent: None if sent.url.startswith(("file:", "blob:")) else failed.append(sent.url))
    yield page
    assert failed == []
    context.close()


def test_zip_has_no_time_and_no_path_of_the_machine(project: Path, files: str) -> None:
    """The same files make the same bytes; that builds do is tried elsewhere."""
    again = project / "again.zip"
    os.utime(project / "unpacked/record/index.html", (0, 0))
    with again.open("wb") as file:
        pack_zip(project / "unpacked/record", "record", file)
    assert again.read_bytes() == (project / "record.zip").read_bytes()
    assert str(project).encode() not in b"".join(path.read_bytes() for path in (project / "unpacked").rglob("*.*"))


def test_search_and_the_other_language(page: Page, files: str) -> None:
    """A name is found in either script, and its page leads to its counterpart."""
    lang = lang_of(page)
    page.goto(f"{files}{lang}/index.html")
    if lang == "ar":
        page.locator("label[for=__search].md-header__button").click()
    page.locator(".md-search__input").click()
    page.keyboard.type("Badia" if lang == "ar" else "البادية")
    page.locator(".md-search-result__item a").first.click()
    page.wait_for_url("**/entities/badia.html*")
    page.locator(".switch").click()
    other = {"ar": "en", "en": "ar"}[lang]
    expect(page.locator("html")).to_have_attribute("lang", other)
    assert f"/{other}/entities/badia.html" in page.url


def test_views_work(page: Page, files: str, project: Path) -> None:
    """The table is filtered and sorted, relations are drawn, the map is filtered, the form opens a record."""
    lang = lang_of(page)
    data: dict[str, Any] = json.loads((project / "unpacked/record/record.json").read_text(encoding="utf-8"))
    alleged = [claim for claim in data["claims"] if claim["record"]["modality"] == "alleged"]
    page.goto(f"{files}{lang}/claims/all.html?modality=alleged")
    expect(page.locator("table.claims")).to_have_attribute("aria-rowcount", str(len(alleged) + 1))
    expect(page.locator("table.claims tbody [aria-rowindex]").first).to_be_visible()
    page.goto(f"{files}{lang}/claims/relations.html")
    expect(page.locator(".web__picture svg").first).to_be_attached()
    page.goto(f"{files}{lang}/map.html")
    expect(page.locator(".filters").first).to_be_attached()
    claim = data["claims"][0]["id"]
    page.goto(f"{files}{lang}/propose.html?claims/{claim}")
    expect(page.locator("textarea, input[type=text]").first).to_be_visible()


@pytest.mark.parametrize("name", ["index.html", "ar/index.html", "en/claims/all.html"])
def test_every_address_in_a_page_is_a_file(files: str, project: Path, browser: Browser, name: str) -> None:
    """Nothing is named that is not in the folder."""
    page = browser.new_page()
    page.goto(files + name)
    named = page.evaluate("[...document.querySelectorAll('[href], [src]')].map(e => e.href || e.src)")
    page.close()
    local = {address.split("#")[0].split("?")[0] for address in named if str(address).startswith("file:")}
    assert len(local) > 5
    assert [address for address in sorted(local) if not Path(address.removeprefix("file://")).is_file()] == []


def test_firefox(files: str) -> None:
    """Search, switch, table and relations in the other browser that opens files."""
    need(FIREFOX, PUPPETEER.is_dir(), message="no Firefox, or no tool to drive it: it was not tried")
    command = ["node", str(ROOT / "tests/tools/firefox.mjs"), str(FIREFOX), files]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=180)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["errors"] == found["violations"] == []
    assert "/ar/entities/badia.html" in found["first"]
    assert found["title"].startswith("البادية السورية")
    assert found["switched"].endswith("/en/entities/badia.html")
    assert found["choices"] > 20
    assert found["hasPicture"]


def test_zim(project: Path, browser: Browser) -> None:
    """The checker finds no dead link; Kiwix finds titles in both languages, and its pages search and filter."""
    programs = [shutil.which(name) for name in ("zimwriterfs", "zimcheck", "kiwix-serve")]
    need(*programs, message="zim-tools or kiwix-tools are missing: the ZIM was not tried")
    run("export", "zim", "record.zim", folder=project)
    checked = subprocess.run(["zimcheck", "-A", "record.zim"], cwd=project, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
    assert "Overall Test Status: Pass" in checked.stdout + checked.stderr
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        ["kiwix-serve", "--address", "127.0.0.1", "--port", str(port), "record.zim"],
        cwd=project,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        for term, place in (("البادية", "ar/entities/badia.html"), ("Syrian Badia", "en/entities/badia.html")):
            assert place in _ask(f"{address}/suggest?content=record&term={quote(term)}")
        page = browser.new_page()
        page.goto(f"{address}/record/A/en/claims/all.html?modality=alleged")
        expect(page.locator("table.claims tbody [aria-rowindex]").first).to_be_visible()
        page.locator(".md-search__input").click()
        page.keyboard.type("Badia")
        expect(page.locator(".md-search-result__item a").first).to_be_visible()
        page.close()
    finally:
        server.kill()
        server.wait()


def _ask(address: str) -> str:
    for _ in range(100):
        try:
            with urlopen(address) as answer:
                return str(answer.read().decode())
        except URLError:
            time.sleep(0.1)
    pytest.fail("Kiwix's server does not answer")
