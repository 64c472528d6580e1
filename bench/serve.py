"""Measure edits while a server runs: from the moment a file is written until the page shows it over HTTP.

``build.py`` prepares what is served and prints the result. Only files below the given folders are changed.
"""

import contextlib
import itertools
import json
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import ProxyHandler, build_opener

import yaml

PROJECT = Path(__file__).resolve().parent.parent
POLL = 0.01
# A server is quiet when it has written nothing into its log for this long and then answers.
QUIET = 2.0
# No more rounds of edits once they have taken this long, after the second round.
LONG = 300.0
LIMIT = 3600.0
_OPENER = build_opener(ProxyHandler({}))
# What every edit puts into a file: no two are the same in a run.
MARKS = (f"Edit{number}" for number in itertools.count(1001))
_MARK = re.compile(r" Edit\d{4}")


@dataclass(frozen=True)
class Edit:
    """A change that is made with a mark; the mark is then looked for on a page, in what ``page`` returns for it."""

    name: str
    write: Callable[[str], None]
    page: Callable[[str], str]


@dataclass(frozen=True)
class Waits:
    """How long each edit of one kind took to be seen, in seconds."""

    server: str
    edit: str
    seconds: tuple[float, ...]


@dataclass(frozen=True)
class Served:
    """How to start a server in a folder, on the port its command gets, and what to edit there."""

    name: str
    command: Callable[[int], list[str]]
    folder: Path
    environment: Mapping[str, str]
    edits: tuple[Edit, ...]
    first: str
    """A page that is there from the start."""


@dataclass(frozen=True)
class Server:
    """A running server."""

    process: subprocess.Popen[bytes]
    address: str
    log: Path

    def get(self, page: str) -> str:
        """Return a page as it is served now, empty when there is none."""
        try:
            with _OPENER.open(self.address + page, timeout=LIMIT) as response:
                text: str = response.read().decode()
        except OSError:
            return ""
        return text

    def wait_for(self, text: str, page: str) -> None:
        """Return as soon as the page has the text; raise TimeoutError when it never does."""
        deadline = time.monotonic() + LIMIT
        while text not in self.get(page):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise TimeoutError(f"{page} never had {text!r}:\n{self.log.read_text(encoding='utf-8')[-3000:]}")
            time.sleep(POLL)

    def wait_until_quiet(self, page: str) -> None:
        """Return when nothing is being built any more."""
        written = -1
        while written != (written := self.log.stat().st_size):
            time.sleep(QUIET)
            # MkDocs answers when a rebuild has ended, Hugo at once.
            self.get(page)


def find_claim(entries: Path) -> Path:
    """Return the claim that is edited: the middle one of those without links, which a copy can do without."""
    claims = sorted((entries / "claims").rglob("*.yaml"))
    alone = [claim for claim in claims if "\nlinks:" not in claim.read_text(encoding="utf-8")]
    return alone[len(alone) // 2]


def name_page(claim: Path) -> str:
    """Return the address of a claim's page in English, below the site."""
    return f"en/claims/{claim.parent.name}/{claim.stem}/"


def mark_text(text: str, mark: str) -> str:
    """Put a mark behind a text, or before its full stop, in place of an earlier one."""
    plain = _MARK.sub("", text)
    return f"{plain.removesuffix('.')} {mark}{'.' if plain.endswith('.') else ''}"


def change_field(file: Path, name: str, change: Callable[[Any], Any]) -> str:
    """Return a record's text with one field of it changed; all else stays as it stands."""
    text = file.read_text(encoding="utf-8")
    found = re.search(rf"^{name}:.*?(?=^[a-z#]|\Z)", text, re.MULTILINE | re.DOTALL)
    if not found:
        raise ValueError(f"{file} has no {name}")
    value = change(yaml.safe_load(found[0])[name])
    # JSON is YAML.
    return f"{text[: found.start()]}{name}: {json.dumps(value, ensure_ascii=False)}\n{text[found.end() :]}"


def change_statement(claim: Path, mark: str) -> str:
    """Return a claim's text with another statement in both languages."""
    return change_field(claim, "statement", lambda texts: {lang: mark_text(text, mark) for lang, text in texts.items()})


def change_names(entity: Path, mark: str) -> str:
    """Return an entity's text with other main names."""

    def change(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{**row, "text": mark_text(row["text"], mark)} if row["role"] == "primary" else row for row in rows]

    return change_field(entity, "names", change)


def list_record_edits(entries: Path, claim: Path, templates: Path) -> tuple[Edit, ...]:
    """Return the edits of records, and one of our templates, with the claim's page as the place to look."""
    subject = yaml.safe_load(claim.read_text(encoding="utf-8"))["subject"]
    entity = next((entries / "entities").rglob(f"{subject}.yaml"))
    template = templates / "claim.md.j2"
    whole = template.read_text(encoding="utf-8")

    def name_added(mark: str) -> Path:
        return claim.with_name(f"{claim.stem}-{mark.lower()}.yaml")

    def same(_mark: str) -> str:
        return name_page(claim)

    return (
        Edit("a claim’s statement", lambda mark: _write(claim, change_statement(claim, mark)), same),
        Edit("an entity’s name, on another page", lambda mark: _write(entity, change_names(entity, mark)), same),
        Edit(
            "a record added",
            lambda mark: _write(name_added(mark), change_statement(claim, mark)),
            lambda mark: name_page(name_added(mark)),
        ),
        Edit("a template of the generator", lambda mark: _write(template, f"{whole}\n<p>{mark}</p>\n"), same),
    )


def list_page_edits(address: str, pages: Path) -> tuple[Edit, ...]:
    """Return the edit of a claim's page in Markdown."""
    page = pages / f"{address.rstrip('/')}.md"

    def write(mark: str) -> None:
        text = page.read_text(encoding="utf-8")
        _write(page, re.sub(r"( Edit\d+)?</h1>", f" {mark}</h1>", text, count=1))

    return (Edit("a claim’s statement", write, lambda _mark: address),)


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def copy_generator(folder: Path, environment: Mapping[str, str], project: Path) -> dict[str, str]:
    """Copy the generator into a new folder, so that its templates can be edited; return the environment to use it."""
    shutil.copytree(PROJECT / "generator/musnad", folder / "musnad", ignore=shutil.ignore_patterns("__pycache__"))
    found = {**environment, "PYTHONPATH": str(folder)}
    command = [sys.executable, "-c", "import musnad; print(musnad.__file__)"]
    imported = Path(subprocess.check_output(command, cwd=project, env=found, text=True).strip())
    if not imported.is_relative_to(folder):
        raise RuntimeError(f"the copy in {folder} is not used, but {imported}")
    return found


def list_servers(
    project: Path, exported: Path, hugo: tuple[Path, Path] | None, work: Path, environment: Mapping[str, str]
) -> Iterator[Served]:
    """Yield our server, plain MkDocs and, given its binary and project, Hugo."""

    def serve(port: int) -> list[str]:
        return [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]

    # Chosen once: later there are more records.
    claim = find_claim(project / "entries")
    first = name_page(claim)
    package = work / f"{project.name}-package"
    ours = copy_generator(package, environment, project)
    edits = list_record_edits(project / "entries", claim, package / "musnad/pages/templates")
    yield Served("musnad", serve, project, ours, edits, first)
    yield Served("plain", serve, exported, environment, list_page_edits(first, exported / "docs"), first)
    if hugo:
        binary, folder = hugo

        def serve_hugo(port: int) -> list[str]:
            return [str(binary), "server", "--port", str(port), "--bind", "127.0.0.1", "--renderToMemory"]

        yield Served("hugo", serve_hugo, folder, environment, list_page_edits(first, folder / "content"), first)


@contextlib.contextmanager
def run_server(served: Served, log: Path) -> Iterator[Server]:
    """Start a server, wait until it answers, and stop it afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with log.open("wb") as output:
        process = subprocess.Popen(
            served.command(port), cwd=served.folder, env=served.environment, stdout=output, stderr=output
        )
    try:
        server = Server(process, f"http://127.0.0.1:{port}/", log)
        server.wait_for("</h1>", served.first)
        yield server
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def measure_edits(served: Served, repeat: int, log: Path) -> list[Waits]:
    """Make every edit in turn, ``repeat`` times over; return how long each took to be seen."""
    seconds: defaultdict[str, list[float]] = defaultdict(list)
    spent = 0.0
    with run_server(served, log) as server:
        for finished in range(repeat):
            if finished >= 2 and spent > LONG:
                break
            for edit in served.edits:
                server.wait_until_quiet(served.first)
                mark = next(MARKS)
                edit.write(mark)
                start = time.perf_counter()
                server.wait_for(mark, edit.page(mark))
                seconds[edit.name].append(time.perf_counter() - start)
                spent += seconds[edit.name][-1]
                print(f"{served.name}, {edit.name}: {seconds[edit.name][-1]:.2f} s", file=sys.stderr)
    return [Waits(served.name, name, tuple(found)) for name, found in seconds.items()]


def tell_waits(found: Iterable[tuple[str, Waits]]) -> Iterator[str]:
    """Yield the table of edits, given the case of each."""
    yield "| case | server | what is edited | times | seen after, s (median) | max |"
    yield "|---|---|---|--:|--:|--:|"
    for case, waits in found:
        median, most = statistics.median(waits.seconds), max(waits.seconds)
        yield f"| {case} | {waits.server} | {waits.edit} | {len(waits.seconds)} | {median:.2f} | {most:.2f} |"
