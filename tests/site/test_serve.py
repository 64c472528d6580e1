"""Editing while ``mkdocs serve`` runs: change, break, mend."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parents[2]
CLAIM = "en/claims/tide-post-12/rye-bread-price/"
TIMEOUT = 90.0

pytestmark = pytest.mark.server


@dataclass(frozen=True)
class Server:
    """A running ``mkdocs serve`` on a copy of the toy record."""

    project: Path
    address: str
    log: Path

    def get(self, path: str) -> str:
        """Return a page as it is served now."""
        with urlopen(self.address + path, timeout=30) as response:
            text: str = response.read().decode()
        return text

    def wait_until(self, what: str, holds: Callable[[], bool]) -> None:
        """Wait for a condition, or fail with the log."""
        deadline = time.monotonic() + TIMEOUT
        while time.monotonic() < deadline:
            try:
                if holds():
                    return
            except OSError:
                pass
            time.sleep(0.2)
        pytest.fail(f"{what} did not happen:\n{self.log.read_text(encoding='utf-8')}")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Serve a copy of the toy record, and stop afterwards."""
    shutil.copytree(ROOT / "tests" / "toy" / "entries", tmp_path / "entries")
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    shutil.copyfile(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path / "log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"],
            cwd=tmp_path,
            stdout=output,
            stderr=output,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        )
        running = Server(tmp_path, f"http://127.0.0.1:{port}/", log)
        running.wait_until("the first build", lambda: "Serving on" in log.read_text(encoding="utf-8"))
        yield running
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_edit_break_and_mend(server: Server) -> None:
    """An edit shows; a mistake is told and leaves the last good page; mending recovers without a restart."""
    claim = server.project / "entries" / "claims" / "tide-post-12" / "rye-bread-price.yaml"
    statement = re.search(r"^  en: (.+)$", claim.read_text(encoding="utf-8"), re.MULTILINE)
    assert statement
    _edit(claim, statement[1], "one loaf, edited while serving, is sold.")
    server.wait_until("the edit", lambda: "edited while serving" in server.get(CLAIM))

    _edit(claim, "predicate:", "predicat:")
    server.wait_until("the message", lambda: "did you mean predicate?" in server.log.read_text(encoding="utf-8"))
    assert "edited while serving" in server.get(CLAIM)

    _edit(claim, "predicat:", "predicate:")
    _edit(claim, "edited while serving", "mended while serving")
    server.wait_until("the mending", lambda: "mended while serving" in server.get(CLAIM))


def test_edit_made_while_another_record_is_broken_shows_once_that_is_mended(server: Server) -> None:
    """The good edit was read while the last good pages were shown; it is not forgotten."""
    claims = server.project / "entries" / "claims"
    broken = claims / "quay-news-7" / "dockers-buy-bread.yaml"
    _edit(broken, "predicate:", "predicat:")
    server.wait_until("the message", lambda: "did you mean predicate?" in server.log.read_text(encoding="utf-8"))
    _edit(
        claims / "tide-post-12" / "rye-bread-price.yaml", "costs ninety crowns", "costs ninety crowns, read meanwhile,"
    )
    told = server.log.read_text(encoding="utf-8").count("did you mean predicate?")
    server.wait_until(
        "the second message",
        lambda: server.log.read_text(encoding="utf-8").count("did you mean predicate?") > told,
    )
    assert "read meanwhile" not in server.get(CLAIM)
    _edit(broken, "predicat:", "predicate:")
    server.wait_until("the edit", lambda: "read meanwhile" in server.get(CLAIM))


def test_edit_made_while_a_hand_written_page_is_broken_shows_once_that_is_mended(server: Server) -> None:
    """The claim's page was made in a build that then failed, and never reached the site; nor did a style."""
    failed = "An error happened during the rebuild"
    about, style = (server.project / "docs" / name for name in ("en/about.md", "assets/extra.css"))
    text = about.read_text(encoding="utf-8")
    about.write_text(f"---\ntemplate: nowhere.html\n---\n{text}", encoding="utf-8")
    server.wait_until("the failure", lambda: failed in server.log.read_text(encoding="utf-8"))
    told = server.log.read_text(encoding="utf-8").count(failed)
    style.parent.mkdir(exist_ok=True)
    style.write_text("p {}", encoding="utf-8")
    _edit(
        server.project / "entries" / "claims" / "tide-post-12" / "rye-bread-price.yaml",
        "costs ninety crowns",
        "costs ninety crowns, made meanwhile,",
    )
    server.wait_until("the second failure", lambda: server.log.read_text(encoding="utf-8").count(failed) > told)
    about.write_text(text, encoding="utf-8")
    server.wait_until("the edit", lambda: "made meanwhile" in server.get(CLAIM))
    assert server.get("assets/extra.css") == "p {}"


def test_hand_written_page_is_rebuilt(server: Server) -> None:
    """Editing prose updates its page."""
    page = server.project / "docs" / "en" / "about.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nA line added while serving.\n", encoding="utf-8")
    server.wait_until("the prose", lambda: "A line added while serving." in server.get("en/about/"))
