"""Digests of everything that pages are made from: what differs from the last build has to be made again."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from musnad.build.libraries import list_libraries, name_value
from musnad.derive.sensitive import is_sensitive
from musnad.pages.site import RECORDS, Site
from musnad.pages.trace import ANY, COUNT
from musnad.records.files import is_leftover
from musnad.records.inherit import list_inherited
from musnad.records.model import Claim, Entity
from musnad.text.digest import digest

PACKAGE = Path(__file__).parent.parent


def find_version(site: Site, digests: Mapping[str, str], configuration: Any, folders: Iterable[Path]) -> str:
    """Return a digest of what shapes every page: program, libraries, words, configuration, templates of the site."""
    paths = (path for folder in (PACKAGE, *folders) for path in sorted(folder.rglob("*")) if path.is_file())
    files = [path for path in paths if not is_leftover(path.name)]
    code = _digest_files(tuple((str(path), path.stat().st_mtime_ns) for path in files))
    words = (f"{ref} {found}" for ref, found in sorted(digests.items()) if _is_word(ref))
    return digest(
        *list_libraries(),
        code,
        *words,
        json.dumps(site.interface_words(), ensure_ascii=False),
        json.dumps(configuration, default=name_value, sort_keys=True),
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
    """Digests of everything a page can look at, by the name it is noted under, and what they were taken of."""

    values: dict[str, str]
    groups: dict[str, Mapping[str, Any]]


def find_prints(site: Site, digests: Mapping[str, str], before: Prints | None = None) -> Prints:
    """Take the digests of a site, of records from those of their files; what is as ``before`` keeps its own."""
    groups: dict[str, Mapping[str, Any]] = {name: getattr(site.shown, name) for name in RECORDS}
    groups |= {field.name: getattr(site.derived, field.name) for field in fields(site.derived)}
    values = dict(before.values) if before else {}
    for name, group in groups.items():
        old = before.groups[name] if before else {}
        gone = old.keys() - group.keys()
        for key in gone:
            del values[f"{name}/{key}"]
        # What was neither read nor derived again is the same object.
        other = [key for key, found in group.items() if old.get(key) is not found]
        for key in other:
            ref = f"{name}/{key}"
            if name in RECORDS:
                values[ref] = _digest_record(ref, group[key], digests)
            elif old.get(key) != group[key]:
                values[ref] = digest(repr(group[key]))
        if gone or other or before is None:
            lines = sorted(f"{name}/{key} {values[f'{name}/{key}']}" for key in group)
            values[f"{name}/{ANY}"] = digest("\n".join(lines))
            values[f"{name}/{COUNT}"] = str(len(lines))
    return Prints(values, groups)


def _digest_record(ref: str, record: Any, digests: Mapping[str, str]) -> str:
    made = digests.get(ref) or digest(repr(record))
    if isinstance(record, Entity):
        # Its kind is its folder; what it is told apart from may be kept back.
        return made + record.kind + (repr(record.distinct_from) if record.distinct_from else "")
    if isinstance(record, Claim):
        # What the file's digest does not tell: links to hidden claims are left out, other records tell how exactly a
        # sensitive one may be placed, and its source says something.
        made += repr(record.links) if record.links else ""
        made += repr((record.place, record.inferred)) if is_sensitive(record) else ""
        made += repr(lent) if (lent := list_inherited(record)) else ""
    return made


def find_changed(before: Mapping[str, str], now: Mapping[str, str]) -> set[str]:
    """Return the names of what is new, different or gone."""
    return {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}
