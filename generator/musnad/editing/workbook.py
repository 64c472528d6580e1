"""Write records as a workbook that a person edits, and read one back as rows of texts.

Every cell is text, so that no program takes one for a formula, a number or a date. What a column is stands in the first
row, which is hidden: labels, order and width of columns are the editor's. Knows nothing of the files records are in.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from musnad.editing.grid import KIND, Cell, Column, Sheet, Spot, compare_as, list_sheets, say, unescape
from musnad.editing.journal import RefusedError
from musnad.records.fieldwords import find_choice
from musnad.records.guidance import list_names
from musnad.records.model import Catalogue
from musnad.records.problems import N_, Message
from musnad.text.languages import LANGS, OTHER, Lang
from musnad.wording.words import Words

RECORD, NUMBER, STATE = "record", "#", "state"
"""What stands in the hidden row above the columns that are no fields."""
FIRST = 3
"""The row of the first record: below the hidden one and the labels."""
_MOST_BYTES = 1 << 29
"""What a workbook may hold unpacked."""
_LAST = 1_048_576
_LINE, _HIGHEST = 15, 409
"""Points that a line takes, and that a row can be high."""
_ABOUT_WIDTH = 70
_WIDTHS = {"text": 24, "number": 12, "date": 14, "flag": 8, "list": 26, "fixed": 26}
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_CHOICES, _ABOUT = N_("Choices"), N_("Read first")


@dataclass
class Record:
    """One record on its way into a workbook, or out of one."""

    ref: str
    cells: Mapping[Spot, Cell]
    digest: str
    """Of its file."""


@dataclass
class Row:
    """A row of a sheet: its number there, whose it is, which item, and the texts of its cells by column."""

    number: int
    ref: str
    item: str
    texts: Mapping[tuple[str, ...], str]
    state: str = ""


class Place(NamedTuple):
    """A cell as a person finds it."""

    sheet: str
    row: int
    column: str
    """Its letters."""
    label: str


class Wrong(NamedTuple):
    """What is wrong with a workbook, and where; nowhere in particular where ``place`` is None."""

    place: Place | None
    message: str
    values: Mapping[str, object]


class SheetError(Exception):
    """A workbook that can't be taken in, with everything that is wrong with it."""

    def __init__(self, wrong: Iterable[Wrong]) -> None:
        self.wrong = tuple(wrong)
        super().__init__(*(one.message for one in self.wrong))


@dataclass
class Book:
    """What a workbook holds."""

    rows: Mapping[str, list[Row]]
    """By sheet."""
    titles: Mapping[str, str]
    letters: Mapping[str, Mapping[tuple[str, ...], str]]
    """The letters of the columns of each sheet."""
    lang: Lang

    def place(self, sheet: str, number: int, path: tuple[str, ...] = (RECORD,)) -> Place:
        """Return where a cell is found."""
        labels = {column.path: column.label[self.lang] for column in list_sheets()[sheet].columns}
        return Place(self.titles[sheet], number, self.letters[sheet].get(path, "A"), labels.get(path, ""))


def _load() -> Any:
    """Return the library for workbooks. Raises RefusedError where it is not installed."""
    try:
        return import_module("openpyxl")
    except ModuleNotFoundError:
        raise RefusedError(N_("workbooks need the library openpyxl: pip install 'musnad[exports]'")) from None


def sum_up(texts: Iterable[tuple[Spot, str]]) -> str:
    """Return a digest of what a workbook shows of a record, whatever the order of its rows."""
    shown = sorted((*spot[:2], ".".join(spot.path), compare_as(text)) for spot, text in texts if text.strip())
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:16]


def write_workbook(records: Iterable[Record], catalogue: Catalogue, words: Mapping[Lang, Words], lang: Lang) -> bytes:
    """Return a workbook, the same bytes for the same records. Raises RefusedError without the library."""
    openpyxl = _load()
    writer = _Writer(openpyxl, openpyxl.Workbook(write_only=True), catalogue, lang)
    writer.write_about(words)
    known = [*records]
    for sheet in list_sheets().values():
        writer.write_sheet(sheet, known)
    writer.write_choices()
    target = BytesIO()
    writer.book.save(target)
    return _settle(target.getvalue())


def _settle(raw: bytes) -> bytes:
    """Return the same file without what the clock wrote into it."""
    target = BytesIO()
    with ZipFile(BytesIO(raw)) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"1980-01-01T00:00:00Z", content)
            entry = ZipInfo(info.filename)
            entry.create_system, entry.compress_type, entry.external_attr = 3, ZIP_DEFLATED, 0o644 << 16
            new.writestr(entry, content)
    return target.getvalue()


class _Writer:
    """One workbook, sheet by sheet."""

    def __init__(self, openpyxl: Any, book: Any, catalogue: Catalogue, lang: Lang) -> None:
        self._openpyxl, self.book, self._catalogue, self._lang = openpyxl, book, catalogue, lang
        self._order: tuple[Lang, Lang] = (lang, OTHER[lang])
        self._ranges: dict[str, str] = {}
        self._lists = self._gather_lists()
        for name, (is_locked, side, is_bold) in _STYLES.items():
            self._add_style(name, side, is_locked=is_locked, is_bold=is_bold)

    def _gather_lists(self) -> dict[str, Mapping[str, Mapping[Any, str]]]:
        """Return all that is chosen from, by the name of a list; where it stands on its sheet is noted."""
        names = list_names(self._catalogue)
        found: dict[str, Mapping[str, Mapping[Any, str]]] = {}
        for column in (column for sheet in list_sheets().values() for column in sheet.columns):
            if column.pick:
                found[column.pick] = names[column.pick]
            elif column.choices:
                found[" ".join(column.choices)] = column.choices
            elif column.kind == "flag":
                found["true false"] = {"true": find_choice("yes"), "false": find_choice("no")}
        for number, (name, choices) in enumerate(found.items()):
            letter = self._letter(3 * number + 1)
            if choices:
                title = f"'{say(_CHOICES)[self._lang]}'"
                self._ranges[name] = f"{title}!${letter}${FIRST}:${letter}${len(choices) + FIRST - 1}"
        return found

    def _letter(self, number: int) -> str:
        found: str = self._openpyxl.utils.get_column_letter(number)
        return found

    def _add_style(self, name: str, side: str, *, is_locked: bool, is_bold: bool) -> None:
        styles = self._openpyxl.styles
        style = styles.NamedStyle(name, number_format="@", protection=styles.Protection(locked=is_locked))
        order = {"right": 2, "left": 1}.get(side, 0)
        indent = int(side in ("left", "right"))
        style.alignment = styles.Alignment(side, "top", wrap_text=True, readingOrder=order, indent=indent)
        style.font = styles.Font(name="Arial", size=11, bold=is_bold)
        if is_locked:
            style.fill = styles.PatternFill("solid", fgColor="DDDDDD" if is_bold else "F2F2F2")
        self.book.add_named_style(style)

    def _add_sheet(self, title: str) -> Any:
        sheet = self.book.create_sheet(title)
        sheet.sheet_view.rightToLeft = self._lang == "ar"
        return sheet

    def _make(self, sheet: Any, text: str, style: str) -> Any:
        cell = self._openpyxl.cell.WriteOnlyCell(sheet, escape(text))
        # Not a formula, whatever it begins with.
        cell.data_type = "s"
        cell.style = style
        return cell

    def _set_height(self, sheet: Any, number: int, texts: Iterable[tuple[str, int]]) -> None:
        """Make a row as high as its texts need at the widths of their columns; programs don't do that on opening."""
        counts = [sum(-(-len(line) // width) or 1 for line in text.split("\n")) for text, width in texts]
        sheet.row_dimensions[number].height = min(_LINE * max(counts, default=1) + 3, _HIGHEST)

    def write_about(self, words: Mapping[Lang, Words]) -> None:
        """Write the sheet that says what this is and how it is edited."""
        sheet = self._add_sheet(say(_ABOUT)[self._lang])
        sheet.protection.sheet = True
        for letter in "AB":
            sheet.column_dimensions[letter].width = _ABOUT_WIDTH
        site, lines = self._catalogue.site, list[Mapping[Lang, str]]()
        order = self._order
        if site:
            texts = [site.name, *([site.rights] if site.rights else [])]
            lines += [{lang: text[lang] for lang in order} for text in texts]
        lines += [{lang: words[lang].gettext(message) for lang in order} for message in _GUIDE]
        for number, line in enumerate(lines, 1):
            self._set_height(sheet, number, [(line[lang], _ABOUT_WIDTH) for lang in order])
            sheet.append([self._make(sheet, line[lang], f"musnad-{lang}") for lang in order])

    def write_sheet(self, sheet: Sheet, records: Sequence[Record]) -> None:
        """Write all records of a folder, or all items of a list."""
        page = self._add_sheet(sheet.label[self._lang])
        above = [(RECORD,), *([(NUMBER,)] if sheet.path else [])]
        paths = [*above, *(column.path for column in sheet.columns), *([] if sheet.path else [(STATE,)])]
        self._lay_out(page, sheet, paths, len(above))
        # Of a list that several folders have, only what is this sheet's.
        page.append([self._make(page, text, "musnad-head") for text in [sheet.name, *map(".".join, paths[1:])]])
        widths = [page.column_dimensions[self._letter(index)].width for index in range(1, len(paths) + 1)]
        number = 2
        for row in self._list_lines(page, sheet, paths, records):
            texts = ((str(cell.value), int(width)) for cell, width in zip(row, widths, strict=True) if cell is not None)
            self._set_height(page, number, texts)
            page.append(row)
            number += 1
        page.auto_filter.ref = f"A2:{self._letter(len(paths))}{max(number - 1, FIRST)}"
        self._add_choices(page, sheet, len(above))

    def _list_lines(
        self, page: Any, sheet: Sheet, paths: Sequence[tuple[str, ...]], records: Sequence[Record]
    ) -> Iterator[list[Any]]:
        yield [self._make_label(page, sheet, path) for path in paths]
        for record in records:
            if record.ref.partition("/")[0] in sheet.folders:
                yield from self._list_rows(page, sheet, record)

    def _lay_out(self, page: Any, sheet: Sheet, paths: Sequence[tuple[str, ...]], above: int) -> None:
        page.freeze_panes = f"{self._letter(above + 1)}{FIRST}"
        page.row_dimensions[1].hidden = True
        page.protection.sheet = True
        for may in ("sort", "autoFilter", "formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows"):
            setattr(page.protection, may, False)
        columns = {column.path: column for column in sheet.columns}
        for index, path in enumerate(paths, 1):
            dimension = page.column_dimensions[self._letter(index)]
            column = columns.get(path)
            dimension.width = _find_width(column, path)
            dimension.hidden = path == (STATE,)
            # New rows are text too, and can be written; what tells records apart can't be changed once it is there.
            style = self._openpyxl.styles
            dimension.number_format = "@"
            is_fixed = column is not None and column.kind == "fixed" and path != KIND
            dimension.protection = style.Protection(locked=is_fixed or path in ((STATE,), (NUMBER,)))
            dimension.alignment = style.Alignment(*_align(column), wrap_text=True)

    def _make_label(self, page: Any, sheet: Sheet, path: tuple[str, ...]) -> Any:
        column = next((column for column in sheet.columns if column.path == path), None)
        label = column.label if column else say(_OWN_LABELS[path[0]])
        cell = self._make(page, "\n".join(label[lang] for lang in self._order), "musnad-head")
        if column and column.help:
            cell.comment = self._openpyxl.comments.Comment(escape(column.help), "Musnad", height=160, width=320)
        return cell

    def _list_rows(self, page: Any, sheet: Sheet, record: Record) -> Iterator[list[Any]]:
        items: dict[int, dict[tuple[str, ...], Cell]] = {} if sheet.path else {0: {}}
        for spot, cell in record.cells.items():
            if spot.sheet == sheet.name:
                items.setdefault(spot.item, {})[spot.path] = cell
        for number, cells in items.items():
            row = [self._make(page, record.ref, "musnad-id")]
            row += [self._make(page, str(number), "musnad-id")] if number else []
            for column in sheet.columns:
                held = cells.get(column.path, Cell(""))
                is_locked = column.kind == "fixed" or held.is_fixed
                style = "musnad-fixed" if is_locked else _STYLE_OF.get(column.path[-1], "musnad-open")
                # Empty cells take the style of their column.
                row.append(self._make(page, held.text, style) if held.text or is_locked else None)
            if not number:
                shown = sum_up((spot, cell.text) for spot, cell in record.cells.items())
                row.append(self._make(page, f"{record.ref} {record.digest} {shown}", "musnad-id"))
            yield row

    def _add_choices(self, page: Any, sheet: Sheet, above: int) -> None:
        for index, column in enumerate(sheet.columns, above + 1):
            name = column.pick or " ".join(column.choices or (["true", "false"] if column.kind == "flag" else []))
            if not name or column.kind == "list" or name not in self._ranges:
                continue
            validation = self._openpyxl.worksheet.datavalidation.DataValidation("list", self._ranges[name])
            # A record that is new in the same workbook stands in no list yet.
            validation.errorStyle = "warning" if column.pick else "stop"
            validation.showErrorMessage, validation.allow_blank = True, True
            letter = self._letter(index)
            validation.add(f"{letter}{FIRST}:{letter}{_LAST}")
            page.data_validations.append(validation)

    def write_choices(self) -> None:
        """Write the sheet of all that is chosen from: ids and what they are called."""
        page = self._add_sheet(say(_CHOICES)[self._lang])
        page.protection.sheet = True
        page.freeze_panes = f"A{FIRST}"
        heads = [("id", *(_LANGUAGES[lang] for lang in LANGS))] * len(self._lists)
        page.append([self._make(page, self._name_list(name) if n == 0 else "", "musnad-head")
                     for name in self._lists for n in range(3)])  # fmt: skip
        page.append([self._make(page, text, "musnad-head") for head in heads for text in head])
        columns = [
            [(id_, *(names[lang] for lang in LANGS)) for id_, names in one.items()] for one in self._lists.values()
        ]
        for number in range(max(map(len, columns), default=0)):
            row: list[Any] = []
            for column in columns:
                texts = column[number] if number < len(column) else (None,) * 3
                row += [text and self._make(page, text, style) for text, style in zip(texts, _LIST_STYLES, strict=True)]
            page.append(row)

    def _name_list(self, name: str) -> str:
        columns = (column for sheet in list_sheets().values() for column in sheet.columns)
        first = next(c for c in columns if name in (c.pick, " ".join(c.choices or ())) or c.kind == "flag")
        return " · ".join(first.label[lang].rpartition(" › ")[2] for lang in LANGS)


_STYLES = {
    "musnad-id": (True, "left", False),
    "musnad-fixed": (True, "left", False),
    "musnad-head": (True, "center", True),
    "musnad-open": (False, "general", False),
    "musnad-ar": (False, "right", False),
    "musnad-en": (False, "left", False),
}
"""Whether it is locked, the side it is read from, and whether it is bold."""
_STYLE_OF = {"ar": "musnad-ar", "en": "musnad-en"}
_LIST_STYLES = ("musnad-id", "musnad-ar", "musnad-en")
_LANGUAGES = {lang: f"{find_choice(lang)['ar']} · {find_choice(lang)['en']}" for lang in LANGS}
_OWN_LABELS = {
    RECORD: N_("Record"),
    NUMBER: N_("Item no."),
    STATE: N_("As exported"),
}
_GUIDE = (
    N_(
        "This workbook holds the files of the records, drafts and withheld ones too. It is for editors, and not to be "
        "published."
    ),
    N_(
        "Change what stands in the white cells, save the workbook as .xlsx and take it back: musnad import FILE.xlsx. "
        "With --dry-run it is only told what would change; musnad undo takes the change back."
    ),
    N_(
        "Each record has a row in Sources, Entities or Claims. What it has several of, such as names, voices, "
        "quantities or places in the source, stands in sheets of their own, a row each."
    ),
    N_(
        "A new record is a new row with an address, such as entities/ID or claims/SOURCE/ID; for an entity choose the "
        "kind too. It becomes a draft, unless you give another status."
    ),
    N_(
        "A new item of a list is a new row with the address of its record and no number; it comes last. An item whose "
        "row you delete or empty is taken out of its record."
    ),
    N_("A record is never deleted because its row is missing. Ids are changed by musnad rename."),
    N_(
        "Of several values in one cell, such as places or authors, each has a line of its own. All that can be chosen "
        "stands with its names on the last sheet."
    ),
    N_(
        "Grey cells are only to be read. The digests of paragraphs, the vocabulary, the redirects and the words of the "
        "site are not in this workbook, and stay as they are."
    ),
    N_("Columns may be moved and hidden. A column of your own, with nothing in the hidden first row, is passed over."),
)


def _find_width(column: Column | None, path: tuple[str, ...]) -> int:
    if column is None:
        return {NUMBER: 8, STATE: 90}.get(path[0], 34)
    return 44 if path[-1] in LANGS else _WIDTHS[column.kind]


def _align(column: Column | None) -> tuple[str, str]:
    sides = {"ar": "right", "en": "left"}
    return (sides.get(column.path[-1], "general") if column else "left"), "top"


def escape(text: str) -> str:
    """Return a text as workbooks spell characters that their format can't hold."""
    return _UNSAFE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def read_workbook(raw: bytes, lang: Lang) -> Book:
    """Return what the sheets of a workbook hold. Raises SheetError with everything that can't be read."""
    openpyxl = _load()
    try:
        with ZipFile(BytesIO(raw)) as packed:
            is_huge = sum(info.file_size for info in packed.infolist()) > _MOST_BYTES
        if not is_huge:
            return _Reader(openpyxl, openpyxl.load_workbook(BytesIO(raw), read_only=True), lang).read()
    except (BadZipFile, KeyError, ValueError, SyntaxError, openpyxl.utils.exceptions.InvalidFileException):
        # What is no workbook, and what is broken inside.
        pass
    raise SheetError([Wrong(None, N_("this is no workbook that can be read (.xlsx), or it is far too large"), {})])


class _Reader:
    """One workbook, sheet by sheet."""

    def __init__(self, openpyxl: Any, book: Any, lang: Lang) -> None:
        self._openpyxl, self._book, self._lang = openpyxl, book, lang
        self._wrong: list[Wrong] = []

    def read(self) -> Book:
        rows: dict[str, list[Row]] = {}
        titles: dict[str, str] = {}
        letters: dict[str, Mapping[tuple[str, ...], str]] = {}
        for page in self._book.worksheets:
            page.reset_dimensions()
            lines = page.iter_rows()
            head = [str(cell.value or "") for cell in next(lines, ())]
            sheet = list_sheets().get(head[0]) if head else None
            if sheet is None:
                continue
            if sheet.name in rows:
                self._wrong.append(
                    Wrong(Place(page.title, 1, "A", ""), N_("this sheet is there twice: delete one"), {})
                )
            titles[sheet.name] = page.title
            places = {tuple(text.split(".")): index for index, text in enumerate(head) if text and index}
            places[RECORD,] = 0
            letters[sheet.name] = {path: self._letter(index + 1) for path, index in places.items()}
            self._check_columns(sheet, page.title, places)
            next(lines, ())
            book = Book({}, titles, letters, self._lang)
            rows[sheet.name] = [*self._read_rows(book, sheet, places, lines)]
        for sheet in list_sheets().values():
            if sheet.name not in rows:
                message = N_("the sheet {sheet} is missing; what is not in a workbook can't be compared")
                self._wrong.append(Wrong(None, message, {"sheet": sheet.label[self._lang]}))
        if self._wrong:
            raise SheetError(self._wrong)
        return Book(rows, titles, letters, self._lang)

    def _letter(self, number: int) -> str:
        found: str = self._openpyxl.utils.get_column_letter(number)
        return found

    def _check_columns(self, sheet: Sheet, title: str, places: Mapping[tuple[str, ...], int]) -> None:
        wanted = {column.path: column.label[self._lang] for column in sheet.columns}
        own = NUMBER if sheet.path else STATE
        wanted[own,] = say(_OWN_LABELS[own])[self._lang]
        for path in wanted.keys() - places.keys():
            message = N_("the column {column} is missing; what is not in a workbook can't be compared")
            self._wrong.append(Wrong(Place(title, 1, "A", ""), message, {"column": wanted[path]}))

    def _read_rows(
        self, book: Book, sheet: Sheet, places: Mapping[tuple[str, ...], int], lines: Iterator[Sequence[Any]]
    ) -> Iterator[Row]:
        kinds = {column.path: column for column in sheet.columns}
        for number, line in enumerate(lines, FIRST):
            texts = {}
            for path, index in places.items():
                cell = line[index] if index < len(line) else None
                if cell is None or cell.value is None:
                    continue
                text, message = _read_cell(cell, kinds.get(path))
                if message:
                    self._wrong.append(Wrong(book.place(sheet.name, number, path), message[0], message[1]))
                elif text.strip():
                    texts[path] = text
            if texts:
                own = {name: texts.pop((name,), "").strip() for name in (RECORD, NUMBER, STATE)}
                yield Row(number, own[RECORD], own[NUMBER], texts, own[STATE])


def _read_cell(cell: Any, column: Column | None) -> tuple[str, Message | None]:
    """Return the text of a cell, or why it has none that is certain."""
    value, kind = cell.value, cell.data_type
    if kind in ("s", "inlineStr", "str") and isinstance(value, str):
        return unescape(value), None
    if kind == "f":
        return "", (N_("a formula stands here: put its result in its place, as text"), {})
    if kind == "b":
        flags = {"flag": ("false", "true"), "text": ("no", "yes")} if column else {}
        is_choice = column is not None and (column.kind == "flag" or "yes" in (column.choices or ()))
        if column and is_choice:
            return flags[column.kind][bool(value)], None
    elif isinstance(value, datetime) and column and column.kind == "date":
        # A month that was typed has become the first day of it: only what shows a day is one.
        shows_day = {"d", "m", "y"} <= {*str(cell.number_format).lower()}
        if shows_day and (value.hour, value.minute, value.second) == (0, 0, 0):
            return value.date().isoformat(), None
    elif isinstance(value, int | float) and not isinstance(value, bool):
        text = str(int(value)) if float(value).is_integer() and abs(value) < 10**15 else repr(value)
        is_plain = re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,12})?", text) and cell.number_format in ("General", "0", "@")
        if is_plain:
            return text, None
    message = N_(
        "this is no text but a number, a date or an error ({value}), and what was typed may be lost: format the cell "
        "as text, and type it again"
    )
    return "", (message, {"value": str(value)})
