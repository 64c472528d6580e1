"""Read the folder of entries into a catalogue of records.

Shape errors only: what records mean together is for ``rules``. Problems of all files are collected.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, RootModel, ValidationError

from generator.model import Catalogue, Claim, Entity, Redirect, Source
from generator.problems import N_, Problem
from generator.shapes import explain_validation
from generator.values import SLUG, Reference, Slug
from generator.vocabulary import Site, Vocabulary
from generator.yamltext import Origin, read_yaml

Model = TypeVar("Model", bound=BaseModel)

_ID = re.compile(rf"^{SLUG}$")
_TERMS = "|".join(field.name for field in fields(Vocabulary))
_LAYOUT = re.compile(
    rf"^(?:sources|entities/[^/]+|claims/[^/]+)/[^/]+\.yaml$|^vocabulary/(?:{_TERMS})\.yaml$|^(?:redirects|site)\.yaml$"
)


@dataclass(frozen=True)
class Loaded:
    """Records, where each was written, and what could not be read."""

    catalogue: Catalogue
    origins: Mapping[str, Origin]
    """By record address, ``vocabulary/<file>``, ``redirects`` and ``site``."""
    problems: tuple[Problem, ...]


def load_entries(root: Path, *, prefix: str = "entries/") -> Loaded:
    """Read every entry below a folder; ``prefix`` stands before file names in problems."""
    return _Folder(root, prefix).load()


def vocabulary_terms() -> dict[str, type[BaseModel]]:
    """Return the model of the terms in each vocabulary file, by file name."""
    return {field.name: get_args(field.type)[1] for field in fields(Vocabulary)}


def mapping_of(term: type[BaseModel]) -> type[RootModel[Any]]:
    """Return the model of a file that maps ids to terms."""
    made: type[RootModel[Any]] = RootModel[dict[Slug, term]]  # type: ignore[valid-type]
    return made


class _Folder:
    """One pass over a folder of entries."""

    def __init__(self, root: Path, prefix: str) -> None:
        self._root = root
        self._prefix = prefix
        self._problems: list[Problem] = []
        self._origins: dict[str, Origin] = {}

    def load(self) -> Loaded:
        if not self._root.is_dir():
            self._report(self._root, "file-place", N_("there is no such folder"))
        self._check_layout()
        catalogue = Catalogue(
            sources=self._load_sources(),
            entities=self._load_entities(),
            claims=self._load_claims(),
            vocabulary=self._load_vocabulary(),
            redirects=self._load_mapping("redirects.yaml", "redirects", RootModel[dict[Reference, Redirect]]),
            site=self._make(Site, self._root / "site.yaml", "site"),
        )
        return Loaded(catalogue, self._origins, tuple(self._problems))

    def _files(self, pattern: str) -> Iterator[Path]:
        """Yield files in an order that does not differ between machines."""
        return iter(sorted(self._root.glob(pattern), key=lambda path: path.relative_to(self._root).as_posix()))

    def _named(self, pattern: str) -> Iterator[Path]:
        """Yield the files whose names, and whose folders' names, can be ids; the others were reported."""
        return (path for path in self._files(pattern) if _ID.match(path.stem) and _ID.match(path.parent.name))

    def _name(self, path: Path) -> str:
        relative = path.relative_to(self._root).as_posix()
        return self._prefix.rstrip("/") if relative == "." else self._prefix + relative

    def _report(self, path: Path, rule: str, message: str, **values: str) -> None:
        self._problems.append(Problem(self._name(path), 1, 1, rule, message, values))

    def _check_layout(self) -> None:
        """Report files that no record is read from, before an editor wonders where they went."""
        for path in self._files("**/*"):
            relative = path.relative_to(self._root).as_posix()
            if path.is_dir() or "/." in f"/{relative}" or relative.startswith("schemas/"):
                continue
            if path.suffix in (".yml", ".YAML", ".YML"):
                self._report(path, "file-name", N_("rename the file so that it ends in .yaml"))
            elif path.suffix != ".yaml" or not _LAYOUT.match(relative):
                self._report(path, "file-place", N_("no record is read from this place; see the contributor's guide"))
            elif not all(map(_ID.match, relative.removesuffix(".yaml").split("/"))):
                message = N_("names of files and folders have only lower-case letters a to z, digits and hyphens")
                self._report(path, "file-name", message)

    def _load_sources(self) -> dict[str, Source]:
        paths = {path.stem: path for path in self._named("sources/*.yaml")}
        made = {id_: self._make(Source, path, f"sources/{id_}", id=id_) for id_, path in paths.items()}
        return {id_: record for id_, record in sorted(made.items()) if record}

    def _load_entities(self) -> dict[str, Entity]:
        paths: dict[str, Path] = {}
        for path in self._named("entities/*/*.yaml"):
            first = paths.setdefault(path.stem, path)
            if first != path:
                message = N_("the id {id} is already used by {file}")
                self._report(path, "duplicate-id", message, id=path.stem, file=self._name(first))
        made = {
            id_: self._make(Entity, path, f"entities/{id_}", id=id_, kind=path.parent.name)
            for id_, path in paths.items()
        }
        return {id_: record for id_, record in sorted(made.items()) if record}

    def _load_claims(self) -> dict[str, Claim]:
        paths = {f"{path.parent.name}/{path.stem}": path for path in self._named("claims/*/*.yaml")}
        made = {id_: self._make(Claim, path, f"claims/{id_}", id=id_) for id_, path in paths.items()}
        return {id_: record for id_, record in sorted(made.items()) if record}

    def _load_vocabulary(self) -> Vocabulary:
        return Vocabulary(
            **{
                name: self._load_mapping(f"vocabulary/{name}.yaml", f"vocabulary/{name}", mapping_of(term))
                for name, term in vocabulary_terms().items()
            }
        )

    def _load_mapping(self, name: str, ref: str, model_class: type[RootModel[Any]]) -> dict[str, Any]:
        path = self._root / name
        made = self._make(model_class, path, ref) if path.is_file() else None
        return made.root if made else {}

    def _make(self, model_class: type[Model], path: Path, ref: str, **given: str) -> Model | None:
        """Read one record; ``given`` are the fields that its place decides. None when it has a problem."""
        if not path.is_file():
            self._report(path, "missing-file", N_("this file is needed"))
            return None
        document = read_yaml(path.read_bytes(), self._name(path))
        self._origins[ref] = document.origin
        problems = list(document.problems)
        if document.data is not None:
            problems += _problems_of_given(given, document.data, document.origin)
            try:
                record = model_class.model_validate({**document.data, **given})
            except ValidationError as error:
                problems += explain_validation(error, document.origin, model_class)
        self._problems += problems
        return None if problems else record


def _problems_of_given(given: Mapping[str, str], data: Mapping[str, Any], origin: Origin) -> Iterator[Problem]:
    message = N_("remove {field}: it follows from the place and name of the file")
    for name in given.keys() & data.keys():
        yield origin.problem((name,), "unknown-field", message, at_key=True, field=name)
