"""Decide what a build has to make: pages that looked at something that is not as it was."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from importlib.metadata import version
from pathlib import Path
from typing import Any

from generator.model import Claim
from generator.site import RECORDS, Site
from generator.store import State
from generator.trace import ANY

PACKAGE = Path(__file__).parent
# Whatever stands between a record and the bytes of its page.
_LIBRARIES = ("mkdocs", "mkdocs-material", "markdown", "jinja2", "markupsafe", "pydantic", "babel", "edtf", "pyyaml")


def digest(*parts: str | bytes) -> str:
    """Return a digest of texts, which can't run into one another."""
    made = hashlib.sha256()
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        made.update(len(raw).to_bytes(8, "big"))
        made.update(raw)
    return made.hexdigest()[:32]


def find_version(site: Site, state: State, configuration: Any, folders: Iterable[Path]) -> str:
    """Return a digest of what shapes every page: program, libraries, words, configuration, templates of the site."""
    files = [path for folder in (PACKAGE, *folders) for path in sorted(folder.rglob("*")) if path.is_file()]
    code = (part for path in files if path.suffix != ".pyc" for part in (path.name, path.read_bytes()))
    words = (f"{ref} {known.digest}" for ref, known in sorted(state.memory.records.items()) if _is_word(ref))
    return digest(
        *(f"{name} {version(name)}" for name in _LIBRARIES),
        *code,
        *words,
        json.dumps(site.interface_words(), ensure_ascii=False),
        json.dumps(configuration, default=str, sort_keys=True),
        repr(site.options),
    )


def _is_word(ref: str) -> bool:
    return ref == "site" or ref.startswith("vocabulary/")


def find_prints(site: Site, state: State) -> dict[str, str]:
    """Return a digest for everything that a page can look at, by the name it is noted under."""
    prints: dict[str, str] = {}
    known = state.memory.records
    for name in RECORDS:
        records: Mapping[str, Any] = getattr(site.catalogue, name)
        for key, record in records.items():
            ref = f"{name}/{key}"
            prints[ref] = known[ref].digest if ref in known else digest(repr(record))
            if isinstance(record, Claim) and record.links:
                # Links to hidden claims are left out, which the file's digest does not tell.
                prints[ref] += repr(record.links)
    for field in fields(site.graph):
        for key, fact in getattr(site.graph, field.name).items():
            prints[f"{field.name}/{key}"] = digest(repr(fact))
    groups: dict[str, Any] = {}
    for ref, value in prints.items():
        group = groups.setdefault(ref.partition("/")[0], hashlib.sha256())
        group.update(f"{ref} {value}\n".encode())
    return prints | {f"{name}/{ANY}": group.hexdigest() for name, group in groups.items()}


def find_changed(before: Mapping[str, str], now: Mapping[str, str]) -> set[str]:
    """Return the names of what is new, different or gone."""
    return {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}
