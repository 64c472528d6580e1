"""Read one YAML file as text values, with the line and column of every field.

``no``, ``12:30``, ``010`` and dates stay what was written; with what other readers take for something else than text
stands what they take it for. Duplicate fields, tags, empty values, many aliases and large files are problems. Knows
nothing of records.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import yaml
from yaml.constructor import SafeConstructor

from musnad.records.problems import N_, Problem
from musnad.text.letters import NO_TEXT, STRANGE_SPACE

MAX_BYTES = 256 * 1024
MAX_ALIASES = 8
MAX_DEPTH = 12
_CONFLICT_MARKS = tuple(7 * mark for mark in "<|=>")
_CONFLICT = re.compile(rf"^(?:{'|'.join(map(re.escape, _CONFLICT_MARKS))})(?=\s|$)", re.MULTILINE)
_CURLY_QUOTE = re.compile(r"(?:^|[:,\[{-])\s*([“”„‟‘’‚‛])")
# Only a file with this many list and field openers can be nested deep enough to matter; see _is_bottomless.
_MANY_OPENERS = 400

TYPED = N_("YAML takes {value} for a number, for yes or no, or for nothing; put it in double quotes")
NOTHING = N_(
    "a code that is no letter or sign, or a pile of marks, stands here ({name}): delete it, and type the text again"
)
RETYPE = N_("an invisible or unusual space stands here: delete it, or type a plain one")
CURLY_QUOTES = N_("typographic quotation marks are none to YAML: type straight ones")

FieldPath = tuple[str | int, ...]


class Mark(NamedTuple):
    """1-based position in a file."""

    line: int
    column: int


@dataclass(frozen=True)
class Origin:
    """Where a record was written: its file, and the position of every field in it."""

    file: str
    values: Mapping[FieldPath, Mark] = field(default_factory=dict)
    keys: Mapping[FieldPath, Mark] = field(default_factory=dict)

    def problem(self, path: FieldPath, rule: str, message: str, *, at_key: bool = False, **values: str) -> Problem:
        """Make a problem at a field, or at the nearest field above it that was written."""
        return self.fill_problem(path, rule, message, values, at_key=at_key)

    def fill_problem(
        self, path: FieldPath, rule: str, message: str, values: Mapping[str, str], *, at_key: bool = False
    ) -> Problem:
        """Do the same with the values of the message in a mapping."""
        marks = (self.keys, self.values) if at_key else (self.values, self.keys)
        while True:
            for source in marks:
                if path in source:
                    return Problem(self.file, *source[path], rule, message, values)
            if not path:
                return Problem(self.file, 1, 1, rule, message, values)
            path = path[:-1]


@dataclass(frozen=True, slots=True)
class Typed:
    """A text without quotes that other YAML readers take for a number or a truth value, and what they take it for."""

    text: str
    value: int | float | bool

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Document:
    """What one file holds; ``data`` is None when nothing could be read."""

    data: dict[str, Any] | None
    origin: Origin
    problems: tuple[Problem, ...]


def read_yaml(raw: bytes, file: str) -> Document:
    """Read the bytes of a file that holds one mapping."""
    text = _decode(raw, file)
    problems = (text,) if isinstance(text, Problem) else tuple(_find_conflicts(text, file))
    node = problems[0] if problems else _compose(str(text), file)
    if isinstance(node, Problem):
        return Document(None, Origin(file), problems or (node,))
    reader = _Reader(file)
    data = reader.read(node)
    if isinstance(data, dict):
        return Document(data, reader.origin, tuple(reader.problems))
    reader.report((), "wrong-shape", N_("the file must hold fields (name: value)"))
    return Document(None, reader.origin, tuple(reader.problems))


def explain_encoding(error: UnicodeDecodeError, file: str) -> Problem:
    """Return the problem of a file that is no UTF-8, at its first bad byte."""
    before = error.object[: error.start].decode(errors="ignore")
    return Problem(file, *_end_of(before), "encoding", N_("the file is not UTF-8 text; save it as UTF-8"))


def _decode(raw: bytes, file: str) -> str | Problem:
    if len(raw) > MAX_BYTES:
        message = N_("the file is larger than {limit} KiB")
        return Problem(file, 1, 1, "file-size", message, {"limit": str(MAX_BYTES // 1024)})
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return explain_encoding(error, file)


def _find_conflicts(text: str, file: str) -> Iterator[Problem]:
    """Yield the lines that git leaves where two versions could not be merged."""
    if any(mark in text for mark in _CONFLICT_MARKS):
        message = N_("{marks} stands where two versions met: keep one of them, and delete the lines with such marks")
        for match in _CONFLICT.finditer(text):
            yield Problem(file, *_end_of(text[: match.start()]), "merge-conflict", message, {"marks": match[0]})


def _compose(text: str, file: str) -> yaml.Node | Problem:
    try:
        if _is_bottomless(text):
            return Problem(file, 1, 1, "yaml-depth", N_("this is nested too deeply for any record"))
        node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark, message, values = _explain_syntax(error, text)
        return Problem(file, *mark, "yaml-syntax", message, values)
    except yaml.reader.ReaderError as error:
        # The C parser counts bytes here.
        before = text.encode()[: error.position].decode(errors="ignore")
        message = N_("a character that YAML does not allow stands here; delete it and type it again")
        return Problem(file, *_end_of(before), "yaml-syntax", message)
    return node or Problem(file, 1, 1, "empty-file", N_("the file is empty"))


def _end_of(before: str) -> Mark:
    """Return the position just after a text."""
    return Mark(before.count("\n") + 1, len(before) - before.rfind("\n"))


def _is_bottomless(text: str) -> bool:
    """Whether a file is nested so deeply that composing it, a recursion in C, would end the process."""
    if sum(map(text.count, ("[", "{", "- ", "? "))) < _MANY_OPENERS:
        return False
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _MANY_OPENERS:
            return True
    return False


_STR, _MAP, _SEQ, _NULL = (f"tag:yaml.org,2002:{name}" for name in ("str", "map", "seq", "null"))
_MAKER = SafeConstructor()
_TYPES: Mapping[str, Callable[[yaml.ScalarNode], int | float | bool]] = {
    "tag:yaml.org,2002:int": _MAKER.construct_yaml_int,
    "tag:yaml.org,2002:float": _MAKER.construct_yaml_float,
    "tag:yaml.org,2002:bool": _MAKER.construct_yaml_bool,
}
_TYPED = frozenset({*_TYPES, _NULL})


class _Loader(yaml.CSafeLoader):
    """YAML 1.1 with the types that JSON has too: no dates, no merging."""

    yaml_implicit_resolvers = {  # noqa: RUF012 (PyYAML's own class attribute)
        first: [(tag, pattern) for tag, pattern in found if tag in _TYPED]
        for first, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


def read_nodes(text: str) -> yaml.Node:
    """Return the nodes of a text, with their places. Raises ValueError for what is no YAML of ours."""
    node = _compose(text, "")
    if isinstance(node, Problem):
        raise ValueError(node.message)
    return node


def is_text(value: str) -> bool:
    """Whether YAML takes a value without quotation marks for text, and not for a number, a flag or nothing."""
    found = _Loader.yaml_implicit_resolvers
    return bool(value) and not any(p.match(value) for _, p in [*found.get(value[0], ()), *found.get(None, ())])


@lru_cache(maxsize=4096)
def _is_strange(key: str) -> bool:
    """Whether the name of a field has what nobody sees; records have few names."""
    return bool(STRANGE_SPACE.search(key) or NO_TEXT.search(key))


class _Reader:
    """Turn one composed file into plain values, noting positions and problems on the way."""

    def __init__(self, file: str) -> None:
        self.values: dict[FieldPath, Mark] = {}
        self.keys: dict[FieldPath, Mark] = {}
        self.origin = Origin(file, self.values, self.keys)
        self.problems: list[Problem] = []
        self._seen: set[int] = set()
        self._aliases = 0

    def read(self, node: yaml.Node, path: FieldPath = ()) -> Any:
        self.values[path] = Mark(node.start_mark.line + 1, node.start_mark.column + 1)
        if not self._is_plain(node, path):
            return None
        if isinstance(node, yaml.MappingNode):
            return self._read_mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, (*path, index)) for index, item in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode)
        return self._read_scalar(node, path)

    def report(self, path: FieldPath, rule: str, message: str, **values: str) -> None:
        self.problems.append(self.origin.fill_problem(path, rule, message, values))

    def _is_plain(self, node: yaml.Node, path: FieldPath) -> bool:
        is_typed = isinstance(node, yaml.ScalarNode) and not node.style and node.tag in _TYPED
        if not is_typed and node.tag not in (_STR, _MAP, _SEQ):
            self._report_tag(node, path)
            return False
        if len(path) > MAX_DEPTH:
            self.report(path, "yaml-depth", N_("this is nested too deeply for any record"))
            return False
        if id(node) in self._seen:
            self._aliases += 1
            if self._aliases == MAX_ALIASES + 1:
                self.report(path, "yaml-alias", N_("too many aliases (*name); write the values out"))
            if self._aliases > MAX_ALIASES:
                return False
        self._seen.add(id(node))
        return True

    def _read_mapping(self, node: yaml.MappingNode, path: FieldPath) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            mark = Mark(key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if not isinstance(key_node, yaml.ScalarNode):
                self.keys[*path, "?"] = mark
                self.report((*path, "?"), "yaml-syntax", N_("a field name must be plain text"))
                continue
            key = key_node.value
            if _is_strange(key):
                self.problems.append(self._tell_strange(key, mark))
                continue
            if key_node.tag != _STR:
                self.problems.append(Problem(self.origin.file, *mark, "wrong-value", TYPED, {"value": key}))
                continue
            if node.flow_style and isinstance(value_node, yaml.ScalarNode) and _is_left_out(value_node):
                message = N_("{field} has no value; inside brackets, text with a comma must stand in double quotes")
                self.problems.append(Problem(self.origin.file, *mark, "empty-value", message, {"field": key}))
                self.keys.setdefault((*path, key), mark)
                found[key] = None
                continue
            if key in found:
                first = self.keys[*path, key]
                self.problems.append(
                    Problem(
                        self.origin.file,
                        *mark,
                        "duplicate-field",
                        N_("the field {field} is given twice; it is also on line {line}"),
                        {"field": key, "line": str(first.line)},
                    )
                )
                continue
            self.keys[*path, key] = mark
            found[key] = self.read(value_node, (*path, key))
        return found

    def _tell_strange(self, key: str, mark: Mark) -> Problem:
        if strange := STRANGE_SPACE.search(key):
            mark = mark._replace(column=mark.column + strange.start())
            return Problem(self.origin.file, *mark, "yaml-syntax", RETYPE)
        strange = NO_TEXT.search(key)
        values = {"name": name_character(strange)} if strange else {}
        return Problem(self.origin.file, *mark, "hidden-character", NOTHING, values)

    def _read_scalar(self, node: yaml.ScalarNode, path: FieldPath) -> str | Typed | None:
        text: str = node.value
        # Whoever leaves a value out, or writes null, has not said anything: that is never meant.
        if not text.strip() or node.tag == _NULL:
            name = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
            self.report(path, "empty-value", N_("{field} is empty; fill it in or remove the line"), field=name)
            return None
        if strange := NO_TEXT.search(text):
            self.report(path, "hidden-character", NOTHING, name=name_character(strange))
            return None
        if node.tag not in _TYPES:
            return text
        try:
            return Typed(text, _TYPES[node.tag](node))
        except (ValueError, KeyError):
            # Only a tag makes a number of what is none.
            self._report_tag(node, path)
            return None

    def _report_tag(self, node: yaml.Node, path: FieldPath) -> None:
        tag = node.tag.replace("tag:yaml.org,2002:", "!!")
        self.report(path, "yaml-tag", N_("the tag {tag} is not allowed; remove it"), tag=tag)


def name_character(found: re.Match[str]) -> str:
    """Return the code of the first character that was found, as Unicode writes it."""
    return f"U+{ord(found[0][0]):04X}"


def _is_left_out(node: yaml.ScalarNode) -> bool:
    return not node.style and not node.value


def _explain_syntax(error: yaml.MarkedYAMLError, text: str) -> tuple[Mark, str, dict[str, str]]:
    """Return where an editor should look, and what to do there."""
    detail, context = error.problem or "", error.context or ""
    mark = error.problem_mark or error.context_mark
    at = Mark(mark.line + 1, mark.column + 1) if mark else Mark(1, 1)
    opened = Mark(error.context_mark.line + 1, error.context_mark.column + 1) if error.context_mark else at
    character = _character_at(text, at)
    if curly := _find_in_lines(_CURLY_QUOTE, text, at, opened):
        return curly, CURLY_QUOTES, {}
    if character == "\t":
        return at, N_("indent with spaces, not with a tab"), {}
    if "cannot start any token" in detail:
        return at, N_("text that starts with {character} must stand in double quotes"), {"character": character}
    if "undefined alias" in detail or "scanning an alias" in context:
        start = at if "undefined alias" in detail else opened
        return start, N_("text that starts with {character} must stand in double quotes"), {"character": "*"}
    if "mapping values are not allowed" in detail:
        return at, N_("a colon stands where none can; put the text in double quotes, or check the indentation"), {}
    if "but found another document" in detail or "<document start>" in detail:
        return at, N_("a file holds one record; remove lines that are only --- or ..."), {}
    if "Unicode character escape" in detail or "escape character" in detail or "hexdecimal" in detail:
        return (
            at,
            N_("a backslash begins the code of a character here, and there is none of this code: type it again"),
            {},
        )
    if "quoted scalar" in context:
        return opened, N_("the quotation mark that opens here is never closed"), {}
    if "did not find expected ','" in detail:
        message = N_(
            "inside brackets, text with a colon, comma or bracket must stand in double quotes; "
            "or a closing bracket is missing"
        )
        return at, message, {}
    if strange := _find_in_lines(STRANGE_SPACE, text, at, opened):
        return strange, RETYPE, {}
    return at, N_("this is not valid YAML ({detail}); check indentation, quotes and brackets"), {"detail": detail}


def _find_in_lines(pattern: re.Pattern[str], text: str, *marks: Mark) -> Mark | None:
    """Return where a pattern, or its group, is found first in the lines of some marks."""
    lines = text.split("\n")
    for line in sorted({mark.line for mark in marks if mark.line <= len(lines)}):
        if match := pattern.search(lines[line - 1]):
            return Mark(line, match.start(pattern.groups) + 1)
    return None


def _character_at(text: str, mark: Mark) -> str:
    lines = text.split("\n")
    line = lines[mark.line - 1] if mark.line <= len(lines) else ""
    return line[mark.column - 1 : mark.column]
