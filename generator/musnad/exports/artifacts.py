"""Tagged states of the record as versions of a data set of FollowTheMoney, in the layout that yente reads.

``artifacts/<name>/<version>/`` has entities, statements, what was lost, ``entities.delta.json`` (what differs from the
version before), ``delta.json`` (where those files are), ``index.json`` and ``versions.json``; ``catalog.json`` leads to
the newest. What is there is never written over. A version that holds what readers may no longer see (retracted,
withheld, removed) is offered no more, nor is any before it: who has loaded one of them loads everything anew.

Source: the archive of OpenSanctions, and what yente 5.5 asks of it.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from string import ascii_lowercase
from typing import Any, NamedTuple

from musnad.derive.visible import follow_redirect
from musnad.exports.ftm import INDEX, describe, make_entities, write_ftm, write_json, write_line
from musnad.pages.site import Site

FOLDER = "artifacts"
CATALOG, VERSIONS, DELTA, DELTAS = "catalog.json", "versions.json", "entities.delta.json", "delta.json"
WINDOW = 100
"""Versions that are listed."""
Lines = Mapping[str, dict[str, Any]]


class State(NamedTuple):
    """One tagged state of the record, and when it was committed: seconds since 1970."""

    tag: str
    seconds: int
    site: Site


class ArtifactsError(Exception):
    """Why nothing was written, in words."""


def export_artifacts(states: Iterable[State], folder: Path, name: str) -> list[str]:
    """Write the versions of a data set into a folder, or nothing; return those that are offered, the oldest first.

    States come in the order of their times. Raises ArtifactsError where a version is there already as something else,
    or is there and must be offered no more.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as scratch:
        made = Path(scratch, "made")
        versions = _make_versions(states, made / FOLDER / name, name)
        _refuse_changes(made / FOLDER / name, folder / FOLDER / name, versions)
        _publish(made, folder)
    return versions


def name_version(seconds: int, files: Mapping[str, str]) -> str:
    """Return 20261127143000-kxq: the time, and three letters that follow from what the version holds."""
    digest = hashlib.sha256("".join(files.values()).encode()).digest()
    letters = "".join(ascii_lowercase[byte % 26] for byte in digest[:3])
    return f"{datetime.fromtimestamp(seconds, UTC):%Y%m%d%H%M%S}-{letters}"


def compare(before: Lines, now: Lines) -> Iterator[dict[str, Any]]:
    """Yield what makes the second of two versions out of the first, in the order of the ids."""
    for id_ in sorted(before.keys() | now.keys()):
        if id_ not in now:
            yield {"op": "DEL", "entity": {"id": id_}}
        elif before.get(id_) != now[id_]:
            yield {"op": "MOD" if id_ in before else "ADD", "entity": now[id_]}


def _make_versions(states: Iterable[State], folder: Path, name: str) -> list[str]:
    """Write versions and what leads to them into an empty folder."""
    versions: list[str] = []
    deltas: dict[str, str] = {}
    refs: set[str] = set()
    lines: Lines = {}
    latest: tuple[str, dict[str, Any]] | None = None
    before: State | None = None
    for state in states:
        if before and before.seconds == state.seconds:
            raise ArtifactsError(f"{before.tag} and {state.tag} are of the same second; leave one of them out")
        before, entities = state, [*make_entities(state.site, name)]
        told = {made.ref for made in entities}
        if not all(_is_shown(ref, told, state.site) for ref in refs):
            shutil.rmtree(folder)
            versions, deltas, lines = [], {}, {}
        time = datetime.fromtimestamp(state.seconds, UTC)
        files = write_ftm(state.site, name, f"{time:%Y-%m-%d}", entities)
        version = name_version(state.seconds, files)
        now = {made.id: made.dump(name) for made in entities}
        place = f"{FOLDER}/{name}/{version}/"
        url = f"{state.site.options.site_url}{place}"
        if delta := "".join(map(write_line, compare(lines, now))):
            deltas = dict([*deltas.items(), (version, f"{url}{DELTA}")][-WINDOW:])
        versions.append(version)
        index = describe(state.site, name, f"{time:%Y-%m-%dT%H:%M:%S}", files, place) | {
            "version": version,
            "last_export": f"{time:%Y-%m-%dT%H:%M:%S}",
            "index_url": f"{url}{INDEX}",
            "delta_url": f"{url}{DELTAS}",
            "result": "success",
        }
        history = write_json({"items": versions[-WINDOW:], "last_successful": version})
        files |= {DELTA: delta, DELTAS: write_json({"versions": deltas}), INDEX: write_json(index), VERSIONS: history}
        _write(folder / version, files)
        refs, lines, latest = told, now, (history, index)
    if latest is None:
        raise ArtifactsError("there is no tagged state of the record: git tag v1")
    _write(folder, {VERSIONS: latest[0]})
    catalog = {"datasets": [latest[1]], "updated_at": latest[1]["updated_at"]}
    _write(folder.parents[1], {CATALOG: write_json(catalog)})
    return versions


def _is_shown(ref: str, refs: set[str], site: Site) -> bool:
    """Whether a record of an earlier state is told in a later one, maybe at another address."""
    return ref in refs or (ref in site.shown.redirects and follow_redirect(site.shown, ref) in refs)


def _write(folder: Path, files: Mapping[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in files.items():
        (folder / file).write_text(text, encoding="utf-8", newline="")


def _refuse_changes(made: Path, there: Path, versions: list[str]) -> None:
    """Refuse to write over a version, and to leave one that must be offered no more."""
    known = sorted(path.name for path in there.iterdir() if path.is_dir()) if there.is_dir() else []
    times = {version.partition("-")[0] for version in versions}
    for version in known:
        if version in versions and _read(made / version) != _read(there / version):
            raise ArtifactsError(f"{there / version} is there already and is never written over; nothing was written")
        # The same state as another release of Musnad told it may stay.
        if version.partition("-")[0] not in times:
            raise ArtifactsError(
                f"{there / version} is offered no more: it holds what readers may no longer see, or its tag is gone. "
                "Delete it, here and where it was published, then try again; nothing was written"
            )


def _read(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _publish(made: Path, folder: Path) -> None:
    """Move what is new into a folder: versions first, then what leads to them."""
    for path in sorted(made.rglob("*"), key=lambda path: (path.name in (VERSIONS, CATALOG), path)):
        target = folder / path.relative_to(made)
        if path.is_file() and (not target.is_file() or target.read_bytes() != path.read_bytes()):
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
