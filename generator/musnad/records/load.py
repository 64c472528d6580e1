"""Read the folder of entries into a catalogue of records.

Shape errors only: what records mean together is for ``rules``. Problems of all files are collected.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, RootModel, ValidationError

from musnad.records.base import BaseFile, OwnTerms, Terms, drop_orphans, is_off, lay_over, load_base
from musnad.records.cldr import Units, make_unit
from musnad.records.files import NO_FILES, UNREADABLE, Files, Sorted, list_entries, sort_entries
from musnad.records.inherit import inherit, lend_status, needs_source
from musnad.records.memory import Origins, RecordMemory
from musnad.records.model import Catalogue, Claim, Entity, Redirect, Source, Withholding
from musnad.records.problems import N_, Problem
from musnad.records.shapes import explain_unfinished, explain_validation
from musnad.records.values import Reference, Slug
from musnad.records.vocabulary import Site, Vocabulary
from musnad.records.yamltext import Origin, read_yaml
from musnad.text.locales import WORLD

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Loaded:
    """Records, where each was written, and what could not be read."""

    catalogue: Catalogue
    origins: Mapping[str, Origin]
    """By record address, ``vocabulary/<file>``, ``redirects``, ``withheld`` and ``site``."""
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    """What is there for nothing, or is a draft still to be finished, and harms nobody."""


def load_entries(
    root: Path, *, prefix: str = "entries/", memory: RecordMemory | None = None, laid_over: Files = NO_FILES
) -> Loaded:
    """Read every entry below a folder; ``prefix`` stands before file names in problems.

    What ``memory`` knows of unchanged files is not read again; what is read is put there. What is ``laid_over`` the
    folder counts in place of the files there.
    """
    memory = RecordMemory() if memory is None else memory
    memory.begin()
    loaded = _Folder(root, prefix, memory, laid_over).load()
    memory.finish()
    return loaded


def vocabulary_terms() -> dict[str, type[BaseModel]]:
    """Return the model of the terms in each vocabulary file, by file name."""
    return {field.name: get_args(field.type)[1] for field in fields(Vocabulary)}


@cache
def mapping_of(term: type[BaseModel]) -> type[RootModel[Any]]:
    """Return the model of a file that maps ids to terms."""
    made: type[RootModel[Any]] = RootModel[dict[Slug, term]]  # type: ignore[valid-type]
    return made


class _Folder:
    """One pass over a folder of entries."""

    def __init__(self, root: Path, prefix: str, memory: RecordMemory, laid_over: Files) -> None:
        self._root = root
        self._prefix = prefix
        self._memory = memory
        self._laid_over = laid_over
        self._problems: list[Problem] = []
        self._warnings: list[Problem] = []
        self._origins = Origins()

    def load(self) -> Loaded:
        # Tells of what no record is read from, before an editor wonders where it went.
        self._problems += self._sorted.problems
        site, sources = self._load_site(), self._load_sources()
        catalogue = Catalogue(
            sources=sources,
            entities=self._load_entities(),
            claims=self._load_claims(sources),
            vocabulary=self._load_vocabulary(site.region if site and site.region else WORLD),
            redirects=self._load_mapping("redirects.yaml", "redirects", RootModel[dict[Reference, Redirect]]),
            site=site,
            withheld=self._load_mapping("withheld.yaml", "withheld", RootModel[dict[Slug, Withholding]]),
        )
        return Loaded(catalogue, self._origins, tuple(self._problems), (*self._sorted.warnings, *self._warnings))

    @cached_property
    def _sorted(self) -> Sorted:
        if not self._root.is_dir():
            self._report("", "file-place", N_("there is no such folder"))
            return sort_entries((), self._prefix)
        return sort_entries(list_entries(self._root, self._laid_over), self._prefix)

    @property
    def _places(self) -> dict[str, list[tuple[str, str, str]]]:
        return self._sorted.places

    def _name(self, file: str) -> str:
        return (self._prefix + file).rstrip("/")

    def _report(self, file: str, rule: str, message: str, **values: str) -> None:
        self._problems.append(Problem(self._name(file), 1, 1, rule, message, values))

    def _load_sources(self) -> dict[str, Source]:
        made = {id_: self._make(Source, file, f"sources/{id_}", id=id_) for file, _, id_ in self._places["sources"]}
        return {id_: record for id_, record in made.items() if record}

    def _load_entities(self) -> dict[str, Entity]:
        places: dict[str, tuple[str, str]] = {}
        for file, kind, id_ in self._places["entities"]:
            first = places.setdefault(id_, (file, kind))[0]
            if first != file:
                message = N_("the id {id} is already used by {other}")
                self._report(file, "duplicate-id", message, id=id_, other=self._name(first))
        made = {
            id_: self._make(Entity, file, f"entities/{id_}", id=id_, kind=kind) for id_, (file, kind) in places.items()
        }
        return {id_: record for id_, record in made.items() if record}

    def _load_claims(self, sources: Mapping[str, Source]) -> dict[str, Claim]:
        # What leans on a source that can't be read can't be read either; of one that is not there, a rule tells.
        lost = {id_ for _, _, id_ in self._places["sources"]} - sources.keys()
        made = {}
        for file, _, id_ in self._places["claims"]:
            source_id = id_.partition("/")[0]
            status = "draft" if source_id in lost else lend_status(sources.get(source_id))
            made[id_] = self._make(Claim, file, f"claims/{id_}", status, id=id_)
        return {
            id_: self._inherit(record, sources)
            for id_, record in made.items()
            if record and not (record.source_id in lost and needs_source(record))
        }

    def _inherit(self, claim: Claim, sources: Mapping[str, Source]) -> Claim:
        whole = inherit(claim, sources.get(claim.source_id))
        if whole is not claim:
            self._memory.replace(claim.ref, whole)
        return whole

    def _load_vocabulary(self, region: str) -> Vocabulary:
        found = {name: self._load_terms(name, mapping_of(term), region) for name, term in vocabulary_terms().items()}
        found["kinds"] = drop_orphans(found["kinds"], "section", found["sections"])
        found["predicates"] = drop_orphans(found["predicates"], "theme", found["themes"])
        found["units"] = Units(found["units"], region)
        return Vocabulary(**found)

    def _load_terms(self, name: str, model_class: type[RootModel[Any]], region: str) -> Terms[Any]:
        """Lay a record's own terms over those of the base."""
        base, ref = load_base(name, model_class), f"vocabulary/{name}"
        own = self._load_mapping(f"{ref}.yaml", ref, OwnTerms)
        off = {id_ for id_, value in own.items() if is_off(value)}
        rest = {id_: term for id_, term in base.terms.items() if id_ not in own}
        known = {id_: _find_raw(name, base, id_, region) for id_ in own}
        for id_ in sorted(id_ for id_ in off if not known[id_]):
            message = N_("{term} is no term of the base vocabulary, so that it can't be switched off; remove the line")
            self._problems.append(self._origins[ref].problem((id_,), "unknown-term", message, at_key=True, term=id_))
        raw = {id_: lay_over(known[id_], value) for id_, value in own.items() if id_ not in off}
        try:
            made = model_class.model_validate(raw).root
        except ValidationError as error:
            self._problems += explain_validation(error, self._origins[ref], model_class)
            return Terms({}, rest, off)
        return Terms(made, rest, off)

    def _load_mapping(self, file: str, ref: str, model_class: type[RootModel[Any]]) -> dict[str, Any]:
        made = self._make(model_class, file, ref) if file in self._sorted.files else None
        return made.root if made else {}

    def _load_site(self) -> Site | None:
        file = "site.yaml"
        if file in self._sorted.files:
            return self._make(Site, file, "site")
        self._report(
            file,
            "missing-file",
            N_(
                "this file is needed; at the least it says what the publication is called: "
                "name: {{ar: …, en: …}} (musnad init writes all files of a new one)"
            ),
        )
        return None

    def _make(self, model_class: type[Model], file: str, ref: str, status: str = "", **given: str) -> Model | None:
        """Read one record; ``given`` are the fields that its place decides. None when it has a problem.

        ``status`` is what it has if it does not say so itself.
        """
        path, over = f"{self._root}/{file}", self._laid_over.get(file)
        if file not in self._sorted.files:
            self._origins[ref] = Origin(self._name(file))
            return None
        try:
            raw, known = self._memory.recall(ref, path, given, over)
        except OSError:
            self._origins[ref] = Origin(self._name(file))
            self._report(file, "unreadable", UNREADABLE)
            return None
        if isinstance(known, model_class):
            self._origins[ref] = lambda: read_yaml(over or Path(path).read_bytes(), self._name(file)).origin
            return known
        document = read_yaml(raw, self._name(file))
        self._origins[ref] = document.origin
        problems, unfinished = list(document.problems), list[Problem]()
        if document.data is not None:
            problems += _problems_of_given(given, document.data, document.origin)
            # Nobody sees a draft: what is open in it is told, and it is no record yet.
            if document.data.get("status", status) == "draft":
                unfinished = explain_unfinished(document.data, document.origin)
            try:
                record = model_class.model_validate({**document.data, **given})
            except ValidationError as error:
                found = explain_validation(error, document.origin, model_class, document.data)
                problems += (problem for problem in found if problem not in unfinished)
        self._problems += problems
        self._warnings += unfinished
        if problems or unfinished:
            return None
        self._memory.keep(ref, raw, record)
        return record


def _find_raw(name: str, base: BaseFile, id_: str, region: str) -> Mapping[str, Any] | None:
    """Return what is known of a term before the record says anything: from the base, and of units from CLDR."""
    raw: Mapping[str, Any] | None = base.raw.get(id_)
    if name != "units" or (raw and "cldr" not in raw):
        return raw
    unit = make_unit(raw["cldr"] if raw else id_, region)
    return {**unit.model_dump(exclude_unset=True), **(raw or {})} if unit else raw


def _problems_of_given(given: Mapping[str, str], data: Mapping[str, Any], origin: Origin) -> Iterator[Problem]:
    message = N_("remove {field}: it follows from the place and name of the file")
    for name in given.keys() & data.keys():
        yield origin.problem((name,), "unknown-field", message, at_key=True, field=name)
