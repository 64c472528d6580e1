"""Digests of everything that pages are made from: what differs from the last build has to be made again."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from generator.graph import Graph
from generator.model import Claim, Entity
from generator.site import RECORDS, Site
from generator.text.digest import digest
from generator.trace import ANY, COUNT

PACKAGE = Path(__file__).parent
# Whatever stands between a record and the bytes of its page.
_LIBRARIES = ("mkdocs", "mkdocs-material", "markdown", "jinja2", "markupsafe", "pydantic", "babel", "edtf", "pyyaml")


def find_version(site: Site, digests: Mapping[str, str], configuration: Any, folders: Iterable[Path]) -> str:
    """Return a digest of what shapes every page: program, libraries, words, configuration, templates of the site."""
    files = [path for folder in (PACKAGE, *folders) for path in sorted(folder.rglob("*")) if path.is_file()]
    code = _digest_files(tuple((str(path), path.stat().st_mtime_ns) for path in files if path.suffix != ".pyc"))
    words = (f"{ref} {found}" for ref, found in sorted(digests.items()) if _is_word(ref))
    return digest(
        *(f"{name} {version(name)}" for name in _LIBRARIES),
        code,
        *words,
        json.dumps(site.interface_words(), ensure_ascii=False),
        json.dumps(configuration, default=str, sort_keys=True),
        repr(site.options),
    )


@lru_cache(maxsize=2)
def _digest_files(files: tuple[tuple[str, int], ...]) -> str:
    """Return the digest of names and bytes; files are read again when one has another time of change."""
    paths = (Path(name) for name, _ in files)
    return digest(*(part for path in paths for part in (path.name, path.read_bytes())))


def _is_word(ref: str) -> bool:
    return ref == "site" or ref.startswith("vocabulary/")


@dataclass(frozen=True)
class Prints:
    """Digests of everything a page can look at, by the name it is noted under, and the graph they were taken of."""

    values: dict[str, str]
    graph: Graph


def find_prints(site: Site, digests: Mapping[str, str], before: Prints | None = None) -> Prints:
    """Take the digests of a site, of records from those of their files; what is equal to ``before`` keeps its own."""
    values: dict[str, str] = {}
    for name in RECORDS:
        records: Mapping[str, Any] = getattr(site.catalogue, name)
        for key, record in records.items():
            ref = f"{name}/{key}"
            values[ref] = digests.get(ref) or digest(repr(record))
            if isinstance(record, Entity):
                # Its kind is its folder.
                values[ref] += record.kind
            if isinstance(record, Claim) and record.links:
                # Links to hidden claims are left out, which the file's digest does not tell.
                values[ref] += repr(record.links)
    for field in fields(site.graph):
        old: Mapping[str, Any] = getattr(before.graph, field.name) if before else {}
        for key, fact in getattr(site.graph, field.name).items():
            ref = f"{field.name}/{key}"
            is_same = before is not None and old.get(key) == fact
            values[ref] = before.values[ref] if before is not None and is_same else digest(repr(fact))
    groups: dict[str, list[str]] = {}
    for ref, value in values.items():
        groups.setdefault(ref.partition("/")[0], []).append(f"{ref} {value}")
    for name, lines in groups.items():
        values[f"{name}/{ANY}"] = digest("\n".join(sorted(lines)))
        values[f"{name}/{COUNT}"] = str(len(lines))
    return Prints(values, site.graph)


def find_changed(before: Mapping[str, str], now: Mapping[str, str]) -> set[str]:
    """Return the names of what is new, different or gone."""
    return {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}
