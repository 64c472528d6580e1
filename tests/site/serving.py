"""A real ``mkdocs serve`` on a copy of the toy record, to be edited meanwhile."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.conftest import TOY, copy_settings

CLAIM = "en/claims/tide-post-12/rye-bread-price/"
TIMEOUT = 90.0


@dataclass(frozen=True)
class Server:
    """A running ``mkdocs serve`` on a copy of the toy record."""

    project: Path
    address: str
    log_file: Path

    def get(self, path: str) -> str:
        """Return a page as it is served now."""
        with urlopen(self.address + path, timeout=30) as response:
            text: str = response.read().decode()
        return text

    def has(self, path: str) -> bool:
        """Whether there is anything at an address."""
        try:
            self.get(path)
        except HTTPError:
            return False
        return True

    @property
    def log(self) -> str:
        """What was said so far."""
        return self.log_file.read_text(encoding="utf-8")

    @property
    def builds(self) -> int:
        """How often a change was noticed."""
        return self.log.count("Detected file changes")

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
        pytest.fail(f"{what} did not happen:\n{self.log}")


def copy_project(folder: Path, more: str = "") -> None:
    """Make a project of the toy record, with more in its configuration."""
    shutil.copytree(TOY, folder / "entries")
    copy_settings(folder)
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write(more)


@contextmanager
def serve(project: Path, environment: Mapping[str, str] = os.environ, path: str = "") -> Iterator[Server]:
    """Serve a project below a path, and stop afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = project / "log"
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"],
            cwd=project,
            stdout=output,
            stderr=output,
            env={**environment, "NO_MKDOCS_2_WARNING": "1"},
        )
        running = Server(project, f"http://127.0.0.1:{port}/{path}", log)
        try:
            running.wait_until("the first build", lambda: "Serving on" in running.log or process.poll() is not None)
            assert process.poll() is None, running.log
            yield running
        finally:
            # Windows has no such signal for a single process.
            process.send_signal(signal.SIGINT) if os.name == "posix" else process.terminate()
            process.wait(timeout=30)


def edit(path: Path, old: str, new: str) -> None:
    """Change some words of a file, in place."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
