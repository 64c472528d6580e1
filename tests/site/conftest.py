"""The real site, built once, served on loopback, and a real browser to look at it."""

import contextlib
import functools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, Page, sync_playwright

from musnad.text.languages import Lang
from tests.second import SECOND
from tests.servers import running
from tests.site.odd import Odd, build_odd

ROOT = Path(__file__).parents[2]
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)


@dataclass(frozen=True)
class Builds:
    """Two strict builds of the real record, made as differently as machines differ."""

    first: Path
    second: Path
    output: str


def _copy_project(target: Path, *, backwards: bool) -> None:
    """Copy what a build reads; the order files are created in is the order some systems list them in."""
    files = sorted(path for name in ("entries", "docs") for path in (ROOT / name).rglob("*") if path.is_file())
    for path in reversed(files) if backwards else files:
        copy = target / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    shutil.copyfile(ROOT / "mkdocs.yml", target / "mkdocs.yml")


def _build(project: Path, environment: dict[str, str]) -> str:
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(project / "site")],
        cwd=project,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stderr


def _once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], str]) -> tuple[Path, str]:
    """Return a folder and what was said when it was made: by whichever process of the tests needs it first."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / f"{name}-shared"
    said = folder.with_suffix(".txt")
    with FileLock(folder.with_suffix(".lock")):
        if not said.exists():
            said.write_text(make(folder), encoding="utf-8")
    return folder, said.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def builds(tmp_path_factory: pytest.TempPathFactory) -> Builds:
    """Build the real record twice, side by side."""
    folder, output = _once(tmp_path_factory, "builds", _build_twice)
    return Builds(folder / "first/site", folder / "second/site", output)


def _build_twice(folder: Path) -> str:
    projects = [folder / "first", folder / "second"]
    for project, backwards in zip(projects, (False, True), strict=True):
        _copy_project(project, backwards=backwards)
    environments = [
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Adak", "LC_ALL": "C", "LANG": "ar_SY.UTF-8", "PYTHONHASHSEED": "2"},
    ]
    with ThreadPoolExecutor(2) as pool:
        return "".join(pool.map(_build, projects, environments))


@pytest.fixture(scope="session")
def flat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the real record with pages as files, strictly."""
    folder, output = _once(tmp_path_factory, "flat", _build_flat)
    assert "WARNING" not in output
    return folder / "site"


def _build_flat(project: Path) -> str:
    _copy_project(project, backwards=False)
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("use_directory_urls: false\n")
    return _build(project, {})


class _Quiet(SimpleHTTPRequestHandler):
    headers_sent: Mapping[str, str] = {}

    def end_headers(self) -> None:
        """Send what a host is told to send with every file."""
        for name, value in self.headers_sent.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def serve(site: Path, headers: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serve a built site, with the headers that a host is told to send; the address ends with a slash."""
    handler = type("_Sending", (_Quiet,), {"headers_sent": headers or {}})
    with running(ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(site)))) as address:
        yield f"{address}/"


@pytest.fixture(scope="session")
def address(builds: Builds) -> Iterator[str]:
    """Serve the real record."""
    with serve(builds.first) as address:
        yield address


@pytest.fixture(scope="session")
def second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the invented record, strictly."""
    return _once(tmp_path_factory, "second", lambda folder: _build(shutil.copytree(SECOND, folder), {}))[0] / "site"


@pytest.fixture(scope="session")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Odd:
    """Build the record with odd texts."""
    folder, _ = _once(tmp_path_factory, "odd", build_odd)
    return Odd(folder / "fast/site", folder / "plain/site")


@pytest.fixture(scope="session")
def odd_address(odd: Odd) -> Iterator[str]:
    """Serve the record with odd texts."""
    with serve(odd.site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium; without one, say so plainly, and fail where MUSNAD_REQUIRE_BROWSER is set."""
    if CHROMIUM is None:
        message = "no Chromium found: the browser tests did not run"
        if os.environ.get("MUSNAD_REQUIRE_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield started
        started.close()


SIZES: dict[Lang, tuple[int, int]] = {"ar": (360, 780), "en": (1440, 900)}


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """Open a page on a phone in Arabic, on a desk in English; nothing fails there, and nothing is asked of others."""
    width, height = SIZES[request.param]
    context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
    page = context.new_page()
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.on("request", lambda sent: failed.append(sent.url) if "127.0.0.1" not in sent.url else None)
    yield page
    assert failed == []
    context.close()


def lang_of(page: Page) -> Lang:
    """Return the language a page is tried in, by its width."""
    return "ar" if page.viewport_size and page.viewport_size["width"] == 360 else "en"


@pytest.fixture(scope="session")
def record(builds: Builds) -> dict[str, Any]:
    """Return the published data of the real record, which the numbers of views are counted from once more."""
    read: dict[str, Any] = json.loads((builds.first / "record.json").read_text(encoding="utf-8"))
    return read


@pytest.fixture(scope="module")
def modules(browser: Browser) -> Iterator[Page]:
    """Open a page that can load the modules of the form."""
    with serve(ROOT / "generator/musnad/theme/assets/propose") as address:
        page = browser.new_page()
        page.goto(f"{address}vendor/yaml.LICENSE.txt")
        yield page
        page.close()
