"""The style of records: order of fields, layout, quotation marks; comments stay with what they stand at.

``theme/propose/yamlio.js`` is the same for the browser; a test puts every record to both.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import PurePosixPath
from typing import Any

import yaml
from pydantic import BaseModel, RootModel
from pydantic.fields import FieldInfo

from musnad.records.load import mapping_of, vocabulary_terms
from musnad.records.model import Claim, Entity, Recorded, Redirect, Source, Withholding
from musnad.records.shapes import find_model
from musnad.records.values import Reference, Slug
from musnad.records.vocabulary import Site
from musnad.records.yamltext import is_text, read_nodes

LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""What ends a line in YAML."""
WIDTH = 120
"""Columns that what stands in brackets may take with its line."""
_HEADS = ["title", "subkind", "name", "names", "external_ids", "extracted", "reviews", "history"]
_SAID = ["attribution", "parts", "place", "time", "per", "range", "change", "of", "of_whom", "of_which", "way", "read"]
ON_A_LINE = frozenset([*_HEADS, *_SAID])
"""Fields of records that stand in brackets on one line, where they hold single values only and there is room."""
RECORDS: Mapping[str, type[BaseModel]] = {"claims": Claim, "entities": Entity, "sources": Source}
_MODELINE = "# yaml-language-server:"
_COMMENT = re.compile(r"(?:(?<=\s)|^)#.*")
# What YAML would take for something else than the beginning of a text, or its end.
_PLAIN = re.compile(r"(?![-?:](?:\s|$))[^\s,\[\]{}#&*!|>'\"%@`](?:.*\S)?", re.DOTALL)
_UNSEEN = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff"
_SPECIAL = re.compile(rf":(?:\s|$)|\s#|[{_UNSEEN}\ud800-\udfff\ufffe\uffff]|^(?:---|\.\.\.)")
_IN_BRACKETS = re.compile(r"[,\[\]{}]|:$|^[?:-]")
_ESCAPED = re.compile(f"[{_UNSEEN}]")


@dataclass
class _Entry:
    """A field of a mapping or an item of a list, with what stands above and beside it."""

    line: int
    last: int
    key: str | None
    name: str
    """Of the field; of an item, that of its list."""
    value: yaml.Node
    before: list[str] = field(default_factory=list)
    """Comments and, as empty texts, blank lines."""
    beside: str = ""
    entries: list["_Entry"] = field(default_factory=list)


def format_text(text: str, place: str) -> str:
    """Return a file's text in the style of records.

    ``place`` is its path below the entries, such as ``claims/x/y.yaml``: it decides which fields there are and which
    schema the first line names. Raises ValueError for a text that is no YAML of ours.
    """
    return _Writer(text.removeprefix("\ufeff"), place).write()


def write_record(data: Mapping[str, Any], place: str) -> str:
    """Return a new record in the same style; numbers and flags as such, all else as text."""
    return format_text(yaml.safe_dump(dict(data), allow_unicode=True, sort_keys=False, width=10**6), place)


def model_of(place: str) -> type[BaseModel] | None:
    """Return the model of a file of the entries, None where nothing is known of it."""
    folder, _, rest = place.partition("/")
    terms = vocabulary_terms()
    name = rest.removesuffix(".yaml")
    if folder == "vocabulary" and name in terms:
        return mapping_of(terms[name])
    alone: dict[str, type[BaseModel]] = {
        "site.yaml": Site,
        "redirects.yaml": RootModel[dict[Reference, Redirect]],
        "withheld.yaml": RootModel[dict[Slug, Withholding]],
    }
    return RECORDS.get(folder) or alone.get(place)


class _Writer:
    """One file: its nodes with their comments, and the lines they make."""

    def __init__(self, text: str, place: str) -> None:
        self._place = place
        self._is_record = place.partition("/")[0] in RECORDS
        self._model = model_of(place)
        root = read_nodes(text)
        if not isinstance(root, yaml.MappingNode):
            raise ValueError("the file must hold fields")
        self._flat: list[_Entry] = []
        self._scalars: dict[int, list[tuple[int, int]]] = {}
        self._entries = [*self._list_entries(root)]
        self._head, self._foot = self._place_comments(LINE_BREAK.split(text))

    def write(self) -> str:
        """Return the whole text."""
        written = [*self._write_entries(self._entries, self._model, 0)] or ["{}"]
        # What stands above a field that comes first now stands above the file.
        above = [*takewhile(lambda line: not line or line.startswith("#"), written)]
        head = [*self._head, *above]
        if self._is_record:
            head = [line for line in head if line]
        lines = [*self._add_modeline(head), *written[len(above) :], *self._foot]
        while lines and not lines[-1]:
            lines.pop()
        return "".join(f"{line.rstrip()}\n" for line in lines)

    def _list_entries(self, node: yaml.Node, above: str = "") -> Iterator[_Entry]:
        """Yield what a node holds, and note where texts stand."""
        pairs: list[tuple[yaml.Node | None, yaml.Node]] = []
        if isinstance(node, yaml.MappingNode):
            pairs = node.value
        elif isinstance(node, yaml.SequenceNode):
            pairs = [(None, item) for item in node.value]
        for key, value in pairs:
            start, end = (key or value).start_mark, value.end_mark
            last = end.line - (end.column == 0 and end.line > start.line)
            entry = _Entry(start.line, last, key.value if key else None, key.value if key else above, value)
            for scalar in (key, value):
                if isinstance(scalar, yaml.ScalarNode):
                    self._note_scalar(scalar)
            if not getattr(node, "flow_style", False):
                self._flat.append(entry)
            entry.entries = [*self._list_entries(value, entry.name)]
            yield entry

    def _note_scalar(self, node: yaml.ScalarNode) -> None:
        start, end = node.start_mark, node.end_mark
        for line in range(start.line, end.line + 1):
            left = start.column if line == start.line else 0
            right = end.column if line == end.line else 10**6
            if right > left:
                self._scalars.setdefault(line, []).append((left, right))

    def _place_comments(self, lines: list[str]) -> tuple[list[str], list[str]]:
        """Put comments to the entries below or beside them; return those of the whole file, before and after."""
        first = self._flat[0].line if self._flat else len(lines)
        head: list[str] = []
        waiting: list[str] = []
        begun = 0
        for number, line in enumerate(lines):
            comment = self._find_comment(number, line)
            is_alone = comment == line.strip()
            is_blank = not line.strip() and number not in self._scalars
            if number < first:
                head += [line.strip()] if is_alone or is_blank else []
                continue
            before = begun
            while begun < len(self._flat) and self._flat[begun].line <= number:
                begun += 1
            here = self._flat[before] if before < begun else None
            if here and waiting:
                here.before += waiting
                waiting = []
            if is_blank and not (waiting and not waiting[-1]):
                waiting.append("")
            elif comment:
                owner = self._flat[begun - 1]
                is_inside = owner.line < number <= owner.last and not _is_block(owner.value)
                if is_alone and not is_inside:
                    waiting.append(comment)
                elif is_alone or owner.beside:
                    owner.before.append(comment)
                else:
                    owner.beside = comment
        return head, waiting

    def _find_comment(self, number: int, line: str) -> str | None:
        for match in _COMMENT.finditer(line):
            taken = self._scalars.get(number, ())
            if not any(left <= match.start() < right for left, right in taken):
                return match[0].rstrip()
            # A sign inside a text may be followed by a comment after it.
            after = max((right for left, right in taken if left <= match.start() < right), default=0)
            rest = re.compile(r"(?<=\s)#.*").search(line, after)
            if rest and not any(left <= rest.start() < right for left, right in taken):
                return rest[0].rstrip()
        return None

    def _add_modeline(self, head: list[str]) -> list[str]:
        if self._model is None:
            return head
        parts = PurePosixPath(self._place).parts
        names = {"claims": "claim", "entities": "entity", "sources": "source"}
        name = names.get(parts[0], PurePosixPath(parts[-1]).stem)
        schema = f"{_MODELINE} $schema={'../' * (len(parts) - 1)}schemas/{name}.schema.json"
        return [schema, *(line for line in head if not line.startswith(_MODELINE))]

    def _write_entries(self, entries: list[_Entry], model: type[BaseModel] | None, depth: int) -> Iterator[str]:
        for entry in self._sort(entries, model):
            yield from self._write_entry(entry, _find_below(model, entry), depth)

    def _sort(self, entries: list[_Entry], model: type[BaseModel] | None) -> list[_Entry]:
        """Return fields in the order of their model; terms, items and what is not known stay where they are."""
        if model is None or issubclass(model, RootModel) or any(entry.key is None for entry in entries):
            return entries
        order = {field.alias or name: n for n, (name, field) in enumerate(list_fields(model))}
        return sorted(entries, key=lambda entry: order.get(entry.key or "", len(order)))

    def _write_entry(self, entry: _Entry, model: type[BaseModel] | None, depth: int) -> Iterator[str]:
        """Yield the lines of a field with all below it."""
        indent, beside = " " * depth, f"  {entry.beside}" if entry.beside else ""
        yield from (f"{indent}{line}" if line else "" for line in entry.before)
        head = f"{indent}{write_scalar(entry.key)}:" if entry.key is not None else f"{indent}-"
        line = self._write_on_a_line(entry, model, len(head) + 1)
        if line is not None:
            yield f"{head} {line}{beside}"
        elif entry.key is None and isinstance(entry.value, yaml.MappingNode):
            first, *rest = self._sort(entry.entries, model)
            # Above an item is above its first field.
            yield from (f"{indent}{line}" if line else "" for line in first.before)
            first.before = []
            inner = [*self._write_entry(first, _find_below(model, first), depth + 2)]
            yield f"{head} {inner[0].lstrip()}{beside}"
            yield from inner[1:]
            for below in rest:
                yield from self._write_entry(below, _find_below(model, below), depth + 2)
        else:
            yield f"{head}{beside}"
            yield from self._write_entries(entry.entries, model, depth + 2)

    def _write_on_a_line(self, entry: _Entry, model: type[BaseModel] | None, width: int) -> str | None:
        """Return a value as it stands on the line of its field, None where it takes lines of its own."""
        if isinstance(entry.value, yaml.ScalarNode):
            return _write_node(entry.value)
        line = self._write_in_brackets(entry, model)
        if line is None or not entry.entries:
            return line
        if not self._is_record:
            return None if _is_block(entry.value) else line
        may_be = isinstance(entry.value, yaml.SequenceNode) or entry.name in ON_A_LINE
        return line if may_be and width + len(line) <= WIDTH else None

    def _write_in_brackets(self, entry: _Entry, model: type[BaseModel] | None) -> str | None:
        """Return a list or fields in brackets, None where something stands in it that needs lines."""
        is_list = isinstance(entry.value, yaml.SequenceNode)
        parts = []
        for below in self._sort(entry.entries, model):
            if below.before or below.beside:
                return None
            if isinstance(below.value, yaml.ScalarNode):
                text: str | None = _write_node(below.value, in_brackets=True)
            elif self._is_record and (is_list or not _is_list_of_texts(below)):
                return None
            else:
                text = self._write_in_brackets(below, _find_below(model, below))
            if text is None:
                return None
            parts.append(text if below.key is None else f"{write_scalar(below.key, in_brackets=True)}: {text}")
        return f"[{', '.join(parts)}]" if is_list else f"{{{', '.join(parts)}}}"


def _find_below(model: type[BaseModel] | None, entry: _Entry) -> type[BaseModel] | None:
    """Return the model of what an entry holds; an item is of the model of its list."""
    return model if entry.key is None else find_model(model, entry.key)


def _is_list_of_texts(entry: _Entry) -> bool:
    is_list = isinstance(entry.value, yaml.SequenceNode)
    return is_list and all(isinstance(below.value, yaml.ScalarNode) for below in entry.entries)


def _is_block(node: yaml.Node) -> bool:
    return isinstance(node, yaml.CollectionNode) and not node.flow_style


def _write_node(node: yaml.ScalarNode, *, in_brackets: bool = False) -> str:
    """Return a value as text; a number or a flag that has no quotation marks gets none."""
    if not node.style and not is_text(node.value):
        return str(node.value)
    return write_scalar(node.value, in_brackets=in_brackets)


def write_scalar(text: str, *, in_brackets: bool = False) -> str:
    """Return a text as YAML, without quotation marks where it can do without."""
    is_plain = _PLAIN.fullmatch(text) and not _SPECIAL.search(text) and is_text(text)
    if is_plain and not (in_brackets and _IN_BRACKETS.search(text)):
        return text
    if "'" not in text and not _ESCAPED.search(text):
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return '"' + _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", escaped) + '"'


def list_fields(model: type[BaseModel]) -> list[tuple[str, FieldInfo]]:
    """Return the fields of a model, in the order they are written in: what all records say stands last."""
    return sorted(model.model_fields.items(), key=lambda field: field[0] in Recorded.model_fields)
