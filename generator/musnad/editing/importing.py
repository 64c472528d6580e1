"""Make records of the rows of a table, as drafts; what is there already changes only where a row changed.

A record keeps, in a comment, the digest of what its row said: the same row leaves it alone, whatever became of it. Of
one that changed, the fields that the mapping gives follow the table; others, comments and layout stay.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

import yaml
from pydantic import ValidationError

from musnad.derive.graph import make_graph
from musnad.derive.people import LIVING
from musnad.derive.visible import publishable
from musnad.editing.change import Draft
from musnad.editing.create import propose_id, propose_neutral_id
from musnad.editing.mapping import COLUMN, NEEDED, ORDERS, CellReader, Column, Filled, Kind, MappingFile, RowFiller
from musnad.editing.splice import add_key, remove_key, set_value
from musnad.editing.style import RECORDS, format_text, write_record
from musnad.editing.table import Row, Table
from musnad.pages.addresses import Addresses
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.quantities import make_quantity
from musnad.pages.trace import Trace
from musnad.records.model import HIDDEN, Catalogue, Entity, Quantity
from musnad.records.problems import N_, Problem, ProblemsError
from musnad.records.shapes import UNFINISHED, explain_unfinished
from musnad.records.values import PLAIN_DECIMAL
from musnad.records.yamltext import FieldPath, Origin, Typed, read_yaml
from musnad.text.bidi import script_of
from musnad.text.digest import digest
from musnad.text.languages import LANGS, Lang
from musnad.wording.words import Words, load_all_words

_NO_ID = N_("no id can be made of {value}: give it Latin letters or digits")
_NUMBERS = frozenset({"value", "from", "to", "by", "row"})
_MARK = re.compile(r"^# (?P<from>.+): (?P<digest>[0-9a-f]{12})$", re.MULTILINE)
_OF_PLACE = frozenset({"id", "kind", "when"})
"""What a template says besides the fields of a record."""
_AMOUNTS = frozenset({"value", "range", "vague", "fraction", "change", "comparator", "unit"})
"""Fields that the same column of numbers may give in one row and not in another."""


@dataclass
class Import:
    """One table on its way into the records."""

    draft: Draft
    table: Table
    file: MappingFile
    today: str
    made: dict[str, Filled] = field(default_factory=dict)
    """By the place of the file."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def _name(self) -> str:
        return PurePosixPath(self.table.file).name

    def run(self) -> None:
        """Work out all files. Raises ProblemsError with everything that stands against it."""
        source_id = self._make_source() if self.file.mapped.source else ""
        if self.file.mapped.entities:
            reader, teller = CellReader(self.draft.loaded.catalogue), _Teller(self.draft.loaded.catalogue)
            for row in self.table.rows:
                self._fill_entities(RowFiller(self.table, row, self.file.mapped, reader, teller.tell, is_naming=True))
        catalogue = self._know_entities()
        reader, teller = CellReader(catalogue), _Teller(catalogue)
        for row in self.table.rows:
            self._fill_claims(row, source_id, RowFiller(self.table, row, self.file.mapped, reader, teller.tell))
        if self.problems:
            raise ProblemsError({problem.sort_key: problem for problem in self.problems}.values())
        for place, filled in self.made.items():
            self._put(place, filled)
        self._tell_gone(source_id)

    def _make_source(self) -> str:
        given = {**self.file.mapped.source}
        name = str(given.pop("id", PurePosixPath(self._name).stem))
        source_id = propose_id(name)
        if not source_id:
            self.problems.append(self.file.origin.problem(("source", "id"), "mapping", _NO_ID, value=name))
        raw = f"sha256:{hashlib.sha256(self.table.raw).hexdigest()}"
        what = {lang: _tell_read(words, self._name) for lang, words in load_all_words().items()}
        data = {"kind": "data", **given, "read": [{"digest": raw, "what": what, "media_type": self.table.media_type}]}
        self.made[f"sources/{source_id}.yaml"] = Filled(Row(0, {}), data, {(): ("source",)}, {})
        return source_id

    def _fill_entities(self, filler: RowFiller) -> None:
        for index, template in enumerate(self.file.mapped.entities):
            if not filler.has(str(template.get("when", ""))):
                continue
            own = {name: inner for name, inner in template.items() if name not in _OF_PLACE}
            filled = filler.fill(own, ("entities", index))
            kind, id_ = (
                filler.fill_text(str(template.get("kind", ""))),
                self._make_id(filler, str(template.get("id", ""))),
            )
            if kind not in self.draft.loaded.catalogue.vocabulary.kinds:
                # It becomes a folder.
                self._report(filled, N_("{kind} is no kind of the vocabulary"), kind=kind)
                continue
            if not id_:
                continue
            if filled.data.get("living") in LIVING:
                id_ = propose_neutral_id(kind, id_)
            place = f"entities/{kind}/{id_}.yaml"
            known = self.made.setdefault(place, filled)
            if known.data != filled.data:
                message = N_("row {other} says something else of the same entity, {id}")
                self._report(filled, message, other=str(known.row.number), id=id_)
        self.problems += filler.problems

    def _make_id(self, filler: RowFiller, template: str) -> str:
        """Return an id, or nothing where that is a mistake of the row."""
        text = filler.fill_text(template)
        if not (made := propose_id(text)):
            header = next(iter(COLUMN.findall(template)), self.table.headers[0])
            message = _NO_ID if text else NEEDED
            self.problems.append(self.table.problem(filler.row.number, header, message, value=text))
        return made

    def _report(self, filled: Filled, message: str, **values: str) -> None:
        header = next(iter(filled.columns.values()), self.table.headers[0])
        self.problems.append(self.table.problem(filled.row.number, header, message, **values))

    def _know_entities(self) -> Catalogue:
        """Return what is known with the entities of the table; what is wrong with one is told when all is checked."""
        catalogue = self.draft.loaded.catalogue
        entities = dict(catalogue.entities)
        for place, filled in self.made.items():
            folder, *rest = place.removesuffix(".yaml").split("/")
            if folder == "entities" and rest[1] not in entities:
                data = {**_plain(_native(filled.data)), "id": rest[1], "kind": rest[0], **self._begin(place)}
                try:
                    entities[rest[1]] = Entity.model_validate(data)
                except ValidationError:
                    continue
        return replace(catalogue, entities=entities)

    def _fill_claims(self, row: Row, source_id: str, filler: RowFiller) -> None:
        mapped = self.file.mapped
        name = filler.fill_text(mapped.row) if mapped.row else str(row.number)
        for index, template in enumerate(mapped.claims):
            if not filler.has(str(template.get("when", ""))):
                continue
            own = {name: inner for name, inner in template.items() if name not in _OF_PLACE}
            filled = filler.fill(own, ("claims", index))
            filled.data.setdefault("locators", [{"row": name}])
            id_ = self._make_id(filler, str(template.get("id", f"row-{name}")))
            if not id_:
                continue
            place = f"claims/{source_id}/{id_}.yaml"
            if place in self.made:
                message = N_("row {other} makes a claim of the same id, {id}: give each its own by a column with a key")
                self._report(filled, message, other=str(self.made[place].row.number), id=id_)
            self.made[place] = filled
        self.problems += filler.problems

    def _begin(self, place: str) -> dict[str, Any]:
        """Return what a new record says of itself; a claim leaves it to its source while that is a draft."""
        if not place.startswith("claims/"):
            return {"status": "draft", "extracted": {"date": self.today, "method": "machine-assisted"}}
        source = self.draft.loaded.catalogue.sources.get(place.split("/")[1])
        return {"status": "draft"} if source and source.status not in HIDDEN else {}

    def _put(self, place: str, filled: Filled) -> None:
        data = _native(filled.data)
        found = digest(json.dumps(_plain(data), ensure_ascii=False, sort_keys=True)).removeprefix("sha256:")[:12]
        row = f", {filled.row.number}" if filled.row.number else ""
        mark = f"# {self._name}{row}: {found}"
        text = self.draft.read(place)
        if not text:
            head, _, body = write_record({**data, **self._begin(place)}, place).partition("\n")
            self.draft.write(place, f"{head}\n{mark}\n{body}")
            self.draft.tell(N_("new, as a draft: {file}"), file=place)
            return
        known = _MARK.search(text)
        if known is None:
            self.draft.tell(N_("left alone: {file}, as no row made it"), file=place)
            return
        if known["digest"] == found:
            return
        old = yaml.load(text, Loader=yaml.CBaseLoader)
        template = self._find_template(filled)
        for name, value in data.items():
            text = _merge(text, (name,), value, old, template.get(name))
        for name in old.keys() & template.keys() - data.keys():
            text = remove_key(text, (name,))
        marked = _MARK.sub(lambda _: mark, text, count=1)
        self.draft.write(place, format_text(marked, place))
        self.draft.tell(N_("changed by its row: {file}"), file=place)

    def _find_template(self, filled: Filled) -> Mapping[str, Any]:
        section, *index = filled.places[()]
        if section == "source":
            return filled.data
        found: Any = getattr(self.file.mapped, str(section))
        return {name: v for name, v in (found[index[0]] if index else found).items() if name not in _OF_PLACE}

    def _tell_gone(self, source_id: str) -> None:
        """Tell of records that a row made which is no longer there; what becomes of them is the editor's to say."""
        for claim in self.draft.loaded.catalogue.claims.values():
            place = self.draft.place(claim.ref)
            if claim.source_id == source_id and place not in self.made and _MARK.search(self.draft.read(place)):
                message = N_("look at it: no row makes {file} any more; retract it, or delete it while it is a draft")
                self.draft.tell(message, file=place)

    def list_unfinished(self) -> Iterator[Problem]:
        """Yield each … that stands where no draft can leave it open: in the place of an id, a term or a number."""
        for place in self.made.keys() & self.draft.after.keys():
            document, given = read_yaml(self.draft.after[place] or b"", place), _read_place(place)
            model = RECORDS[place.partition("/")[0]]
            try:
                model.model_validate({**(document.data or {}), **given})
            except ValidationError as error:
                paths = {detail["loc"] for detail in error.errors() if detail["input"] in UNFINISHED}
                found = explain_unfinished(document.data, document.origin)
                yield from (problem for problem in found if find_path(document.origin, problem) in paths)

    def trace(self, problems: tuple[Problem, ...], prefix: str) -> list[Problem]:
        """Return mistakes of the records at the cells or the lines of the mapping that they come from."""
        found = (self._trace(problem, problem.file.removeprefix(prefix)) for problem in problems)
        return [*{problem.sort_key: problem for problem in found}.values()]

    def _trace(self, problem: Problem, place: str) -> Problem:
        filled, raw = self.made.get(place), self.draft.after.get(place)
        if filled is None or raw is None:
            return problem
        path, section = find_path(read_yaml(raw, place).origin, problem), filled.places[()][0]
        if problem.rule == "missing-field":
            path = (*path, problem.values["field"])
        column = filled.columns.get(path)
        while path and path not in filled.places and section != "source":
            path = path[:-1]
        is_key = problem.rule == "unknown-field"
        # Of what holds several values, the first that the row gives.
        below = (name for at, name in filled.columns.items() if path and at[: len(path)] == path)
        column = column or next(below, None)
        if column:
            at = self.table.problem(filled.row.number, column, "")
            return replace(problem, file=at.file, line=at.line, column=at.column)
        at = self.file.origin.problem(filled.places.get(path, ("source", *path)), "", "", at_key=is_key)
        return replace(problem, file=at.file, line=at.line, column=at.column)


def _tell_read(words: Words, name: str) -> str:
    """Tell which table was read; by its name, unless that would make Latin letters most of an Arabic text."""
    told = words.fill(N_("The table as it was read, {file}"), file=name)
    return told if script_of(told) == words.lang else words.gettext(N_("The table as it was read"))


def _read_place(place: str) -> dict[str, str]:
    """Return the fields that follow from where a record lies."""
    folder, *rest = place.removesuffix(".yaml").split("/")
    return {"id": rest[1], "kind": rest[0]} if folder == "entities" else {"id": "/".join(rest)}


class _Teller:
    """Tells in both languages what cells mean, as pages do."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue, graph = catalogue, make_graph(publishable(catalogue))
        words = load_all_words(catalogue.site)
        self._composers = {lang: Composer(catalogue, graph, words[lang], Trace(), Addresses()) for lang in LANGS}

    def tell(self, value: Mapping[str, Any] | str, column: Column, lang: Lang) -> str:
        composer = self._composers[lang]
        if isinstance(value, Mapping):
            try:
                view = make_quantity(composer, Quantity.model_validate(_plain(_native(value))))
            except (ValidationError, KeyError, AssertionError):
                # What is wrong with it is told when the records are checked.
                return "…"
            return " ".join(filter(None, (view.before, view.amount, view.after)))
        if column.is_ == "entity":
            return self._catalogue.entities[value].name(lang) if value in self._catalogue.entities else value
        return composer.words.date(value) if column.is_ in ORDERS else value


def _plain(value: Any) -> Any:
    """Return values as a file has them: all of them text."""
    if isinstance(value, Mapping):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [*map(_plain, value)]
    return str(value).lower() if isinstance(value, bool) else str(value)


def _native(value: Any, name: str = "") -> Any:
    """Return values as YAML should have them: a number without quotation marks where a number is meant."""
    if isinstance(value, Mapping):
        return {str(key): _native(inner, key) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_native(item, name) for item in value]
    if isinstance(value, str) and name in _NUMBERS and re.fullmatch(PLAIN_DECIMAL, value):
        return float(value) if "." in value else int(value)
    return value.value if isinstance(value, Typed) else value


def _merge(text: str, path: FieldPath, new: Any, holder: Any, template: Any) -> str:
    """Bring what stands at a path, in a mapping or a list, to what the table says; what it does not say stays."""
    *above, step = path
    if isinstance(holder, Mapping) and step not in holder:
        return add_key(text, tuple(above), str(step), new)
    old = holder[step]
    if _plain(new) == old:
        return text
    if isinstance(new, Mapping) and isinstance(old, Mapping):
        own = {*template} if isinstance(template, Mapping) else {*old}
        own |= _AMOUNTS if "value" in own else set()
        for name, value in new.items():
            inner = template.get(name) if isinstance(template, Mapping) else None
            text = _merge(text, (*path, name), value, old, inner)
        for name in old.keys() & own - new.keys():
            text = remove_key(text, (*path, name))
        return text
    if isinstance(new, list) and isinstance(old, list) and len(new) == len(old):
        items = template if isinstance(template, list | tuple) and len(template) == len(new) else [None] * len(new)
        for index, value in enumerate(new):
            text = _merge(text, (*path, index), value, old, items[index])
        return text
    return set_value(text, path, new)


def find_path(origin: Origin, problem: Problem) -> FieldPath:
    """Return the field at which a problem stands; a value goes before the key that begins it."""
    for places in (origin.values, origin.keys):
        if found := [path for path, mark in places.items() if mark == (problem.line, problem.column)]:
            return min(found, key=len)
    return ()


def iter_guesses(table: Table, catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """Yield each column with what its cells look like, and the first of them; … where that may be either."""
    reader = CellReader(catalogue)
    for header in table.headers:
        cells = [row.cells[header] for row in table.rows if row.cells[header]]
        kinds: tuple[Kind, ...] = (*ORDERS, "number", "entity")
        likely = [kind for kind in kinds if cells and all(not reader.read(cell, kind)[1] for cell in cells)]
        is_unclear = {"day-month-year", "month-day-year"} <= {*likely} and "year-month-day" not in likely
        yield header, "…" if is_unclear else next(iter(likely), "text"), cells[0] if cells else ""
