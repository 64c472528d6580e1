"""Change single values of a YAML text, and leave every other byte as it is."""

import re
from collections.abc import Mapping
from typing import Any

import yaml

from musnad.editing.style import LINE_BREAK, write_scalar
from musnad.records.yamltext import FieldPath, Typed, is_text, read_nodes

_NUMBER = re.compile(r"-?[0-9]+(?:[.-][0-9]+)*")


def replace_values(text: str, values: Mapping[FieldPath, str]) -> str:
    """Put ids in the place of those that stand at some paths; quotation marks stay."""
    root, starts = read_nodes(text), _list_starts(text)
    spans: dict[tuple[int, int], str] = {}
    for path, value in values.items():
        node = _find(root, path)
        assert isinstance(node, yaml.ScalarNode)
        start, end = (starts[mark.line] + mark.column for mark in (node.start_mark, node.end_mark))
        plain = value if node.style or is_text(value) else f"'{value}'"
        head, found, tail = text[start:end].rpartition(node.value)
        spans[start, end] = f"{head}{plain}{tail}" if found else write_scalar(value, in_brackets=True)
    for (start, end), made in sorted(spans.items(), reverse=True):
        text = f"{text[:start]}{made}{text[end:]}"
    return text


def replace_text(text: str, path: FieldPath, value: str) -> str:
    """Put another text, on one line, in the place of one at a path; a number that has no quotation marks gets none."""
    node = _find(read_nodes(text), path)
    assert isinstance(node, yaml.ScalarNode)
    start, end = _find_span(text, node)
    is_number = not node.style and not is_text(node.value) and _NUMBER.fullmatch(value)
    return f"{text[:start]}{value if is_number else write_scalar(value, in_brackets=True)}{text[end:]}"


def add_item(text: str, field: str, item: Mapping[str, Any]) -> str:
    """Put an item at the end of a list of the record, which begins at the end of the text where there is none."""
    root = read_nodes(text)
    node = next((value for key, value in root.value if key.value == field), None)
    written = f"- {write_flow(item)}"
    if node is None and getattr(root, "flow_style", False):
        return _append(text, root, f"{field}: {write_flow([item])}")
    if node is not None:
        return _append(text, node, written.removeprefix("- ") if node.flow_style else written)
    break_ = _find_break(text)
    return f"{_end(text, break_)}{field}:{break_}  {written}{break_}"


def add_key(text: str, path: FieldPath, key: str, value: Any) -> str:
    """Put a field at the end of the fields at a path."""
    node = _find(read_nodes(text), path)
    return _append(text, node, f"{key}: {write_flow(value)}")


def _append(text: str, node: yaml.Node, written: str) -> str:
    break_ = _find_break(text)
    if getattr(node, "flow_style", False):
        starts = _list_starts(text)
        at = starts[node.end_mark.line] + node.end_mark.column - 1
        inside = text[starts[node.start_mark.line] + node.start_mark.column + 1 : at]
        return f"{text[:at].rstrip()}{', ' if inside.strip() else ''}{written}{text[at:]}"
    mark = _find_end(node)
    text = _end(text, break_)
    at = _list_starts(text)[mark.line + (mark.column > 0)]
    return f"{text[:at]}{' ' * node.start_mark.column}{written}{break_}{text[at:]}"


def set_value(text: str, path: FieldPath, value: Any) -> str:
    """Put a value of any form in the place of the one at a path."""
    start, stop = _find_span(text, _find(read_nodes(text), path))
    return f"{text[:start]}{write_flow(value)}{text[stop:]}"


def append_item(text: str, path: FieldPath, item: Any) -> str:
    """Put an item at the end of a list that is there."""
    node = _find(read_nodes(text), path)
    written = write_flow(item)
    return _append(text, node, written if getattr(node, "flow_style", False) else f"- {written}")


def remove_item(text: str, path: FieldPath) -> str:
    """Take an item, not the only one, out of a list, with the lines that it alone stands on."""
    *above, index = path
    parent, starts = _find(read_nodes(text), tuple(above)), _list_starts(text)
    assert isinstance(index, int)
    item = parent.value[index]
    at = starts[item.start_mark.line] + item.start_mark.column
    if getattr(parent, "flow_style", False):
        if index + 1 < len(parent.value):
            mark = parent.value[index + 1].start_mark
            return text[:at] + text[starts[mark.line] + mark.column :]
        return text[:at].rstrip().removesuffix(",") + text[_find_span(text, item)[1] :]
    end = _find_end(item)
    line = end.line + (end.column > 0)
    stop = starts[line] if line < len(starts) else len(text)
    # From the dash on: it alone stands before the item.
    return _cut_lines(text, text.rindex("-", 0, at), stop)


def remove_key(text: str, path: FieldPath) -> str:
    """Take a field away, with the lines that it alone stands on."""
    *above, key = path
    parent, starts = _find(read_nodes(text), tuple(above)), _list_starts(text)
    index = next(n for n, (name, _) in enumerate(parent.value) if name.value == key)
    name, value = parent.value[index]
    at = starts[name.start_mark.line] + name.start_mark.column
    if getattr(parent, "flow_style", False):
        following = parent.value[index + 1 : index + 2]
        mark = following[0][0].start_mark if following else value.end_mark
        left = text[:at] if following else text[:at].rstrip().removesuffix(",")
        return left + text[starts[mark.line] + mark.column :]
    end = _find_end(value)
    stop = starts[end.line + (end.column > 0)] if end.line + (end.column > 0) < len(starts) else len(text)
    return _cut_lines(text, at, stop)


def _cut_lines(text: str, at: int, stop: int) -> str:
    """Leave out from the beginning of a line, or from a place behind the dash of an item, to the end of a line."""
    indent = text[:at].rpartition("\n")[2]
    if indent.strip():
        # The next field of the item takes its place behind the dash.
        return text[:at] + text[stop:].lstrip(" ")
    return text[: at - len(indent)] + text[stop:]


def add_field(text: str, field: str, value: Mapping[str, str]) -> str:
    """Put a field with fields of its own at the end of a text."""
    if re.search("^{", text, re.MULTILINE):
        return _append(text, read_nodes(text), write_flow({field: value})[1:-1])
    break_ = _find_break(text)
    lines = [f"{write_scalar(field)}:", *(f"  {key}: {write_scalar(text)}" for key, text in value.items())]
    return _end(text, break_) + "".join(f"{line}{break_}" for line in lines)


def write_flow(value: Any) -> str:
    """Return fields, lists and texts in brackets, on one line."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(write_flow, value))}]"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {write_flow(inner)}' for key, inner in value.items())}}}"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int | float | Typed) else write_scalar(str(value), in_brackets=True)


def _find_break(text: str) -> str:
    return found[0] if (found := LINE_BREAK.search(text)) else "\n"


def _end(text: str, break_: str) -> str:
    return text if not text or LINE_BREAK.fullmatch(text[-1]) else text + break_


def _list_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in LINE_BREAK.finditer(text))]


def _find(node: yaml.Node, path: FieldPath) -> yaml.Node:
    for step in path:
        node = node.value[step] if isinstance(step, int) else next(v for k, v in node.value if k.value == step)
    return node


def _find_span(text: str, node: yaml.Node) -> tuple[int, int]:
    """Return where a value begins and ends in a text; a block of text ends with its last line."""
    starts = _list_starts(text)
    end = node.end_mark if getattr(node, "flow_style", True) else _find_end(node)
    start, stop = (starts[mark.line] + mark.column for mark in (node.start_mark, end))
    is_block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
    return start, len(text[:stop].rstrip()) if is_block else stop


def _find_end(node: yaml.Node) -> yaml.Mark:
    """Return where the last value ends: that of a block is told to be where the next one begins."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node.end_mark
