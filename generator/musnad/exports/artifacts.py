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

    @property
    def time(self) -> datetime:
        """The time of the commit, in UTC."""
        return datetime.fromtimestamp(self.seconds, UTC)


class ArtifactsError(Exception):
    """Why nothing was written, in words."""


def export_artifacts(states: Iterable[State], present: Site, folder: Path, name: str) -> list[str]:
    """Write the versions of a data set into a folder, or nothing; return those that are offered, the oldest first.

    States come in the order of their times; ``present`` is the site as it is now. Raises ArtifactsError where the
    newest state holds what that no longer shows, and where a version is there already as something else, or is there
    and must be offered no more.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as scratch:
        made = Path(scratch, "made")
        versions, refs = _make_versions(states, made / FOLDER / name, name)
        if not _is_all_shown(refs, {one.ref for one in make_entities(present, name)}, present):
            raise ArtifactsError("the newest tag holds what readers may no longer see: give the present state a tag")
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


def _make_versions(states: Iterable[State], folder: Path, name: str) -> tuple[list[str], set[str]]:
    """Write versions and what leads to them into an empty folder; return them, and the records that the last tells."""
    versions: list[str] = []
    deltas: dict[str, str] = {}
    refs: set[str] = set()
    lines: Lines = {}
    catalog: dict[str, Any] = {}
    before: State | None = None
    for state in states:
        if before and before.seconds == state.seconds:
            raise ArtifactsError(f"{before.tag} and {state.tag} are of the same second; leave one of them out")
        before, entities = state, [*make_entities(state.site, name)]
        told = {made.ref for made in entities}
        if not _is_all_shown(refs, told, state.site):
            shutil.rmtree(folder)
            versions, deltas, lines = [], {}, {}
        now = {made.id: made.dump(name) for made in entities}
        delta = "".join(map(write_line, compare(lines, now)))
        files = write_ftm(state.site, name, f"{state.time:%Y-%m-%d}", entities)
        version = name_version(state.seconds, files)
        versions.append(version)
        index = _describe_version(state, name, version, files)
        if delta:
            deltas = dict([*deltas.items(), (version, index["index_url"].replace(INDEX, DELTA))][-WINDOW:])
        history = write_json({"items": versions[-WINDOW:], "last_successful": version})
        files |= {DELTA: delta, DELTAS: write_json({"versions": deltas}), INDEX: write_json(index), VERSIONS: history}
        _write(folder / version, files)
        _write(folder, {VERSIONS: history})
        catalog = {"datasets": [index], "updated_at": index["updated_at"]}
        refs, lines = told, now
    if not catalog:
        raise ArtifactsError("there is no tagged state of the record: git tag v1")
    _write(folder.parents[1], {CATALOG: write_json(catalog)})
    return versions, refs


def _describe_version(state: State, name: str, version: str, files: Mapping[str, str]) -> dict[str, Any]:
    place, time = f"{FOLDER}/{name}/{version}/", f"{state.time:%Y-%m-%dT%H:%M:%S}"
    url = f"{state.site.options.site_url}{place}"
    about = {"version": version, "last_export": time, "index_url": url + INDEX, "delta_url": url + DELTAS}
    return describe(state.site, name, time, files, place) | about | {"result": "success"}


def _is_all_shown(refs: Iterable[str], told: set[str], site: Site) -> bool:
    """Whether all records of an earlier state are told in a later one, maybe at another address."""
    redirects = site.shown.redirects
    return all(ref in told or (ref in redirects and follow_redirect(site.shown, ref) in told) for ref in refs)


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
