"""The base vocabulary, which the package brings along, and how a record's own terms are laid over it.

A record's own file names a term of the base with the fields that differ, switches it off, or adds a whole term.
"""

import contextlib
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import RootModel

from musnad.records.files import replacing
from musnad.records.values import Slug
from musnad.records.yamltext import Typed

BASE = Path(__file__).parent.parent / "vocabulary"
_OFF = ("off", "no", "false")
T = TypeVar("T")


class OwnTerms(RootModel[dict[Slug, Any]]):
    """A record's own file as it was written."""


class Terms(dict[str, T]):
    """All terms of one file: a record's own in its order, then the rest of the base."""

    def __init__(self, own: Mapping[str, T], rest: Mapping[str, T], off: Iterable[str]) -> None:
        super().__init__({**own, **rest})
        self.own = frozenset(own)
        """Ids that the record's own file names."""
        self.off = frozenset(off)
        """Ids of the base that the record switched off."""


def list_own(terms: Mapping[str, T]) -> list[tuple[str, T]]:
    """Return the terms that a record's own file names; those of the base are checked before they are shipped."""
    return [(id_, term) for id_, term in terms.items() if not isinstance(terms, Terms) or id_ in terms.own]


def list_off(terms: Mapping[str, Any]) -> frozenset[str]:
    """Return the ids that a record switched off."""
    return terms.off if isinstance(terms, Terms) else frozenset()


@dataclass(frozen=True)
class BaseFile:
    """One file of the base, as it was written and as terms."""

    raw: Mapping[str, Any] = field(default_factory=dict)
    terms: Mapping[str, Any] = field(default_factory=dict)


def load_base(name: str, model: type[RootModel[Any]]) -> BaseFile:
    """Return a file of the base; it is read once, and again when edited."""
    path = BASE / f"{name}.yaml"
    return _read(path, path.stat().st_mtime_ns, model)


@lru_cache(maxsize=32)
def _read(path: Path, changed: int, model: type[RootModel[Any]]) -> BaseFile:
    raw = _read_raw(path, changed)
    return BaseFile(raw, model.model_validate(raw).root)


def _read_raw(path: Path, changed: int) -> Mapping[str, Any]:
    """Return a file's terms; as YAML is slow to read, they are kept beside it, as Python keeps what it compiled."""
    kept = path.with_name("__pycache__") / f"{path.stem}.json"
    with contextlib.suppress(OSError, ValueError):
        stamp, raw = json.loads(kept.read_bytes())
        if stamp == changed:
            return dict(raw)
    # Ours, and read by a test as records are: no positions are needed.
    raw = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    if not sys.dont_write_bytecode:
        with contextlib.suppress(OSError), replacing(kept) as file:
            file.write(json.dumps([changed, raw]).encode())
    return dict(raw)


def is_off(value: object) -> bool:
    """Whether what stands for a term switches it off."""
    return str(value).lower() in _OFF if isinstance(value, str | Typed) else value is False


def lay_over(base: object, own: object, depth: int = 2) -> object:
    """Return a term of the base with the fields that differ; of a text, one language may be given alone."""
    if not depth or not isinstance(base, Mapping) or not isinstance(own, Mapping):
        return own
    changed = {key: lay_over(base.get(key), value, depth - 1) for key, value in own.items()}
    return {**base, **changed}


def drop_orphans(terms: Terms[T], field_name: str, above: Terms[Any]) -> Terms[T]:
    """Switch off terms of the base that stand under one that is switched off."""
    lost = {id_ for id_, term in terms.items() if id_ not in terms.own and getattr(term, field_name) in above.off}
    own = dict(list_own(terms))
    return Terms(own, {id_: term for id_, term in terms.items() if id_ not in lost}, terms.off | lost)
