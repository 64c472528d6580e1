"""Records as a workbook, and a workbook taken back: only values that were changed in it change in the files.

What the workbook showed of a record is compared with what it shows now, by a digest that it brings along: only a record
that was edited is looked at. If its file was changed meanwhile too, nothing is written.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from musnad.editing.change import Draft
from musnad.editing.diff import Difference, compare_catalogues
from musnad.editing.grid import (
    KIND,
    Column,
    Sheet,
    Spot,
    compare_as,
    list_items,
    list_sheets,
    make_item,
    make_value,
    read_path,
    split,
    tidy,
)
from musnad.editing.importing import find_path
from musnad.editing.mend import mend_locators
from musnad.editing.splice import (
    add_item,
    add_key,
    append_item,
    remove_item,
    remove_key,
    replace_text,
    set_value,
    write_flow,
)
from musnad.editing.style import format_text
from musnad.editing.workbook import NUMBER, RECORD, Book, Place, Record, Row, SheetError, Wrong, sum_up
from musnad.records.files import name_record
from musnad.records.inherit import inherit
from musnad.records.load import Loaded, load_entries
from musnad.records.model import FOLDERS, HIDDEN, Claim
from musnad.records.problems import N_, Problem
from musnad.records.values import SLUG
from musnad.records.yamltext import FieldPath, Typed, read_yaml

_REF = re.compile(rf"(?:sources|entities)/{SLUG}|claims/{SLUG}/{SLUG}")
_NO_ITEM = N_("{value} is no item of this record, or stands twice: leave the number of a new item empty")
_THERE = N_("{file} is there already, and says something else: export again, and change it there")
_FIXED = N_("this can't be changed in a sheet: change it in {file}")
_NAMED = 5
"""Records without a row that are named."""


def gather_records(root: Path, loaded: Loaded) -> Iterator[Record]:
    """Yield every record as its file has it, drafts and withheld ones too."""
    for ref in _list_refs(loaded):
        place = loaded.origins[ref].file
        raw = (root / place).read_bytes()
        yield Record(ref, split(ref.partition("/")[0], _read(raw, place)), _digest(raw))


def _list_refs(loaded: Loaded) -> list[str]:
    return [ref for folder in FOLDERS for ref in loaded.origins if ref.startswith(f"{folder}/")]


def _read(raw: bytes, place: str) -> dict[str, Any]:
    """Return what a file says, and the kind that its folder says of an entity."""
    folder, *rest = place.split("/")
    given = {"kind": rest[0]} if folder == "entities" else {}
    data = read_yaml(raw, place).data
    return {**given, **data} if data else {}


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()[:16]


class _Rows(NamedTuple):
    """All rows of one record."""

    main: Row
    lists: Mapping[str, list[Row]]


@dataclass
class SheetImport:
    """One workbook on its way into the records."""

    draft: Draft
    book: Book
    today: str
    wrong: list[Wrong] = field(default_factory=list)
    rows: dict[str, _Rows] = field(default_factory=dict)
    cells: dict[str, dict[FieldPath, Place]] = field(default_factory=dict)
    """By the place of a file: where each of its values stands in the workbook."""

    def run(self) -> None:
        """Work out all files. Raises SheetError with everything that stands against it."""
        self._gather()
        for ref, rows in self.rows.items():
            self._take(ref, rows)
        if self.wrong:
            raise SheetError(self.wrong)
        self._mend()
        if left := [ref for ref in _list_refs(self.draft.loaded) if ref not in self.rows]:
            named = ", ".join(left[:_NAMED]) + (" …" if len(left) > _NAMED else "")
            message = N_("records that have no row stay as they are ({n}): {ids}")
            self.draft.tell(message, n=len(left), ids=named)

    def compare(self) -> Difference:
        """Return what the change does to the records; asked before the check, it would hide what that looks for."""
        draft = self.draft
        after = load_entries(draft.root, prefix="", memory=draft.memory, laid_over=draft.after)
        return compare_catalogues(draft.loaded.catalogue, after.catalogue)

    def _mend(self) -> None:
        """Add digests of sentences, which nobody can know in a workbook."""
        catalogue = self.draft.loaded.catalogue
        for place, raw in [*self.draft.after.items()]:
            if place.startswith("claims/") and raw and raw != self.draft.before[place]:
                try:
                    claim = Claim.model_validate({**_read(raw, place), "id": place[len("claims/") : -len(".yaml")]})
                except ValidationError:
                    # What is wrong with it is told when the records are checked.
                    continue
                mend_locators(self.draft, inherit(claim, catalogue.sources.get(claim.source_id)), catalogue)

    def report(self, sheet: str, row: Row, path: tuple[str, ...], message: str, **values: object) -> None:
        """Note what is wrong with a cell."""
        self.wrong.append(Wrong(self.book.place(sheet, row.number, path), message, values))

    def _gather(self) -> None:
        """Put the rows of each record together."""
        lists: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        sheets: dict[str, str] = {}
        seen: set[tuple[str, str, str]] = set()
        for sheet in list_sheets().values():
            for row in self.book.rows[sheet.name]:
                ref = self._name(sheet, row)
                if row.item and (sheet.name, ref, row.item) in seen:
                    self.report(sheet.name, row, (NUMBER,), _NO_ITEM, value=row.item)
                seen.add((sheet.name, ref, row.item))
                if ref and sheet.path:
                    lists[ref][sheet.name].append(row)
                    sheets.setdefault(ref, sheet.name)
                elif ref in self.rows:
                    self.report(sheet.name, row, (RECORD,), N_("there is another row of {record}"), record=ref)
                elif ref:
                    self.rows[ref] = _Rows(row, lists[ref])
        for ref in sorted(lists.keys() - self.rows.keys()):
            message = N_("there is no row of {record} in the sheet {title}")
            title = self.book.titles[ref.partition("/")[0]]
            self.report(sheets[ref], lists[ref][sheets[ref]][0], (RECORD,), message, record=ref, title=title)

    def _name(self, sheet: Sheet, row: Row) -> str:
        """Return the address of the record that a row is of, or nothing where that is a mistake."""
        ref = row.ref.strip("/").removesuffix(".yaml")
        if len(sheet.folders) == 1 and ref and not ref.startswith(f"{sheet.folders[0]}/"):
            ref = f"{sheet.folders[0]}/{ref}"
        if not _REF.fullmatch(ref) or ref.partition("/")[0] not in sheet.folders:
            message = N_("{value} is no address of a record for this sheet, such as {example}")
            example = {"claims": "claims/SOURCE/ID"}.get(sheet.folders[0], f"{sheet.folders[0]}/ID")
            self.report(sheet.name, row, (RECORD,), message, value=row.ref or "…", example=example)
            return ""
        return ref

    def _take(self, ref: str, rows: _Rows) -> None:
        known = ref in self.draft.loaded.origins
        origin, digest, shown = [*rows.main.state.split(), "", "", ""][:3]
        folder = ref.partition("/")[0]
        if origin and origin != ref:
            if origin not in self.rows:
                message = N_("the address was {old}: an id is changed by musnad rename")
                self.report(folder, rows.main, (RECORD,), message, old=origin)
                return
            # Its row was copied to begin another record with.
            origin = ""
        if origin and shown == sum_up(self._iter_texts(folder, rows)):
            return
        if not known and origin:
            self.report(folder, rows.main, (RECORD,), N_("the record is no longer there, and its row was changed"))
        elif not known:
            self._make(ref, rows)
        elif not self._is_same(ref, rows):
            raw = self.draft.before[self.draft.place(ref)] or b""
            if digest == _digest(raw) and origin:
                _Change(self, ref, rows).run()
            elif origin:
                message = N_("{file} was changed since the workbook was made, and so was this row: export again")
                self.report(folder, rows.main, (RECORD,), message, file=self.draft.place(ref))
            else:
                self.report(folder, rows.main, (RECORD,), _THERE, file=self.draft.place(ref))

    def _iter_texts(self, folder: str, rows: _Rows) -> Iterator[tuple[Spot, str]]:
        yield from ((Spot(folder, 0, path), text) for path, text in rows.main.texts.items())
        for name, items in rows.lists.items():
            for row in items:
                number = int(row.item) if row.item.isdecimal() else -row.number
                yield from ((Spot(name, number, path), text) for path, text in row.texts.items())

    def _is_same(self, ref: str, rows: _Rows) -> bool:
        """Whether the file says what the rows say, whatever it said when the workbook was made."""
        place = self.draft.place(ref)
        self.draft.read(place)
        folder = ref.partition("/")[0]
        base = (
            (spot, cell.text) for spot, cell in split(folder, _read(self.draft.before[place] or b"", place)).items()
        )
        return _line_up(base) == _line_up(self._iter_texts(folder, rows))

    def _make(self, ref: str, rows: _Rows) -> None:
        """Begin a record; what its row leaves open of status and extraction is that of a draft made by hand."""
        folder, _, id_ = ref.partition("/")
        sheets, place = list_sheets(), f"{ref}.yaml"
        if folder == "entities":
            kind = rows.main.texts.get(KIND, "").strip()
            if kind not in self.draft.loaded.catalogue.vocabulary.kinds:
                message = N_("{kind} is no kind of the vocabulary")
                self.report(folder, rows.main, KIND, message, kind=kind or "…")
                return
            place = f"{folder}/{kind}/{id_}.yaml"
        data = {**self._begin(place), **make_item(sheets[folder], rows.main.texts)}
        self.cells[place] = self.map_row(folder, rows.main, ())
        for name, items in rows.lists.items():
            path, holder = sheets[name].path, data
            for step in path[:-1]:
                holder = holder.setdefault(step, {})
            for row in items:
                self.check_new(sheets[name], row, place)
                if item := make_item(sheets[name], row.texts):
                    made = holder.setdefault(path[-1], [])
                    self.cells[place] |= self.map_row(name, row, (*path, len(made)))
                    made.append(item)
        if self.draft.read(place):
            self.report(folder, rows.main, (RECORD,), _THERE, file=place)
            return
        text = "".join(f"{name}: {write_flow(value)}\n" for name, value in data.items())
        self.draft.write(place, format_text(text, place))
        is_draft = data.get("status", "draft") == "draft"
        self.draft.tell(N_("new, as a draft: {file}") if is_draft else N_("new: {file}"), file=place)

    def check_new(self, sheet: Sheet, row: Row, place: str) -> None:
        """Report what a new row gives and only a file can hold."""
        for column in sheet.columns:
            if column.kind == "fixed" and column.path != KIND and column.path in row.texts:
                self.report(sheet.name, row, column.path, _FIXED, file=place)

    def _begin(self, place: str) -> dict[str, Any]:
        if not place.startswith("claims/"):
            return {"status": "draft", "extracted": {"date": self.today, "method": "by-hand"}}
        source = self.draft.loaded.catalogue.sources.get(place.split("/")[1])
        return {"status": "draft"} if source and source.status not in HIDDEN else {}

    def map_row(self, sheet: str, row: Row, path: FieldPath) -> dict[FieldPath, Place]:
        """Return where the values of a record or an item stand, whether they are given or not."""
        found: dict[FieldPath, Place] = {path: self.book.place(sheet, row.number)}
        for column in list_sheets()[sheet].columns:
            found[*path, *column.path] = self.book.place(sheet, row.number, column.path)
        return found

    def _map_rows(self, rows: _Rows, place: str) -> dict[FieldPath, Place]:
        """Do so for a record that was not changed."""
        found = self.map_row(place.partition("/")[0], rows.main, ())
        for name, items in rows.lists.items():
            for row in filter(lambda row: row.item.isdecimal(), items):
                found |= self.map_row(name, row, (*list_sheets()[name].path, int(row.item) - 1))
        return found

    def trace(self, problem: Problem, prefix: str) -> Wrong:
        """Return a mistake of the records at the cell that it comes from, if it comes from one."""
        place = problem.file.removeprefix(prefix)
        rows = self.rows.get(name_record(place) or "")
        if place not in self.cells and rows:
            self.cells[place] = self._map_rows(rows, place)
        self.draft.read(place)
        raw = self.draft.after[place]
        path: FieldPath = find_path(read_yaml(raw, place).origin, problem) if raw else ()
        if problem.rule in ("missing-field", "missing-translation"):
            path = (*path, problem.values.get("field", problem.values.get("language", "")))
        cells = self.cells.get(place, {})
        # Of what holds several values, the first.
        below = next((at for at in cells if at != path and at[: len(path)] == path), path) if path else path
        found = path if path in cells and path not in self._list_holders(place) else below
        while found and found not in cells:
            found = found[:-1]
        return Wrong(cells.get(found), problem.message, problem.values)

    def _list_holders(self, place: str) -> frozenset[FieldPath]:
        """Return the items: a mistake of a whole one is told at its first value."""
        return frozenset(at for at in self.cells.get(place, {}) if at and isinstance(at[-1], int))


def _line_up(texts: Iterator[tuple[Spot, str]]) -> Mapping[str, list[dict[tuple[str, ...], str]]]:
    """Return what stands in each sheet, item by item; new items, with negative numbers, come last."""
    found: dict[str, dict[int, dict[tuple[str, ...], str]]] = defaultdict(lambda: defaultdict(dict))
    for spot, text in texts:
        if text.strip():
            found[spot.sheet][spot.item][spot.path] = compare_as(text)
    order = {name: sorted(items, key=lambda item: (item < 0, abs(item))) for name, items in found.items()}
    return {name: [found[name][item] for item in items] for name, items in order.items()}


class _Change:
    """One record that was changed in the workbook alone."""

    def __init__(self, work: SheetImport, ref: str, rows: _Rows) -> None:
        self._work, self._rows = work, rows
        self._folder, self._place = ref.partition("/")[0], work.draft.place(ref)
        self._text = self._old = work.draft.read(self._place)
        self._data = _read(self._old.encode(), self._place)
        self._base = split(self._folder, self._data)
        self._wanted: dict[Spot, str] = {}
        self._cells: dict[FieldPath, Place] = {}

    def run(self) -> None:
        """Put the change into the draft, or report why that can't be."""
        count = len(self._work.wrong)
        try:
            self._change_row(list_sheets()[self._folder], self._rows.main, 0, (), 0)
            for sheet in list_sheets().values():
                if sheet.path and self._folder in sheet.folders:
                    self._change_list(sheet, self._rows.lists.get(sheet.name, []))
            is_done = self._is_as_wanted()
        except ValueError:
            # An anchor was changed, and what leans on it can't be read any more.
            is_done = False
        if len(self._work.wrong) > count:
            return
        if not is_done:
            message = N_("{file} is written in a way that this can't be changed in: change it there")
            self._work.report(self._folder, self._rows.main, (RECORD,), message, file=self._place)
            return
        if format_text(self._old, self._place) == self._old:
            # What was in the style of records stays so.
            self._text = format_text(self._text, self._place)
        self._work.draft.write(self._place, self._text)
        self._work.cells[self._place] = self._cells
        self._work.draft.tell(N_("changed: {file}"), file=self._place)

    def _read(self) -> dict[str, Any]:
        if not (data := _read(self._text.encode(), self._place)):
            raise ValueError("the file can't be read any more")
        return data

    def _is_as_wanted(self) -> bool:
        """Whether the changed file says what the workbook says, and of all else what it said before."""
        data = self._read()
        found = {spot: compare_as(cell.text) for spot, cell in split(self._folder, data).items()}
        shown = {column.path[0] for column in list_sheets()[self._folder].columns}
        shown |= {sheet.path[0] for sheet in list_sheets().values() if sheet.path}
        rest = [{name: str(value) for name, value in side.items() if name not in shown} for side in (self._data, data)]
        return found == self._wanted and rest[0] == rest[1]

    def _change_list(self, sheet: Sheet, rows: list[Row]) -> None:
        there = dict(list_items(sheet, self._data))
        kept: dict[int, Row] = {}
        new: list[Row] = []
        for row in rows:
            is_empty = not make_item(sheet, row.texts)
            number = int(row.item) if row.item.isdecimal() else 0
            if not row.item:
                new += [] if is_empty else [row]
            elif number not in there:
                self._work.report(sheet.name, row, (NUMBER,), _NO_ITEM, value=row.item)
            elif not is_empty:
                kept[number] = row
        gone = [path for number, path in there.items() if number not in kept]
        indexes = [path[-1] for path in there.values() if path not in gone]
        whole = read_path(self._data, sheet.path)
        count = len(whole) if isinstance(whole, list) else 0
        for number, row in kept.items():
            self._change_row(sheet, row, number, there[number], indexes.index(number - 1) + 1)
        for offset, row in enumerate(new):
            self._work.check_new(sheet, row, self._place)
            self._add(sheet, make_item(sheet, row.texts))
            self._want(sheet, row, count - len(gone) + offset + 1, (*sheet.path, count - len(gone) + offset))
        if gone and len(gone) == count and not new:
            self._drop(sheet.path, 0)
            return
        for path in reversed(gone):
            self._text = remove_item(self._text, path)

    def _want(self, sheet: Sheet, row: Row, number: int, path: FieldPath) -> None:
        texts = {at: compare_as(text) for at, text in row.texts.items()}
        for column in sheet.columns:
            if column.kind == "list" and column.path in texts:
                texts[column.path] = "\n".join(filter(None, map(str.strip, texts[column.path].splitlines())))
        self._wanted |= {Spot(sheet.name, number, at): text for at, text in texts.items()}
        self._cells |= self._work.map_row(sheet.name, row, path)

    def _add(self, sheet: Sheet, item: Any) -> None:
        data = self._read()
        if isinstance(read_path(data, sheet.path), list):
            self._text = append_item(self._text, sheet.path, item)
        elif len(sheet.path) == 1 and sheet.path[0] not in data:
            self._text = add_item(self._text, sheet.path[0], item)
        else:
            self._put(data, sheet.path, [item])

    def _change_row(self, sheet: Sheet, row: Row, number: int, at: FieldPath, new_number: int) -> None:
        """Bring one record or one item to what its row says; ``at`` is where it stood before."""
        self._want(sheet, row, new_number, (*at[:-1], new_number - 1) if at else ())
        changes: list[tuple[Column, str]] = []
        for column in sheet.columns:
            old = self._base.get(Spot(sheet.name, number, column.path))
            new = tidy(row.texts.get(column.path, ""))
            if compare_as(new) == (compare_as(old.text) if old else ""):
                continue
            if column.kind == "fixed" or (old and old.is_fixed):
                self._work.report(sheet.name, row, column.path, _FIXED, file=self._place)
            else:
                changes.append((column, new))
        # What is emptied goes last, so that nothing has to stand empty in between.
        for column, new in sorted(changes, key=lambda change: not change[1]):
            self._set(column, (*at, *column.path), new, len(at))

    def _set(self, column: Column, path: FieldPath, new: str, depth: int) -> None:
        data = self._read()
        current = read_path(data, path)
        if not new:
            self._drop(path, depth)
        elif current is None:
            self._put(data, path, make_value(column, new))
        else:
            value = make_value(column, new)
            is_text = isinstance(value, str) and isinstance(current, str | Typed)
            self._text = replace_text(self._text, path, value) if is_text else set_value(self._text, path, value)

    def _put(self, data: Mapping[str, Any], path: FieldPath, value: Any) -> None:
        """Write a value where none is, with all that it stands in."""
        depth = next(n for n in reversed(range(len(path))) if isinstance(read_path(data, path[:n]), Mapping))
        for step in reversed(path[depth + 1 :]):
            value = {step: value}
        if read_path(data, path[: depth + 1]) is None:
            self._text = add_key(self._text, path[:depth], str(path[depth]), value)
        else:
            # An open part (…) stands there.
            self._text = set_value(self._text, path[: depth + 1], value)

    def _drop(self, path: FieldPath, depth: int) -> None:
        """Take a value away, and all above it that holds nothing else, down to a depth."""
        data = self._read()
        while len(path) - 1 > depth and len(read_path(data, path[:-1])) == 1:
            path = path[:-1]
        self._text = remove_key(self._text, path)
