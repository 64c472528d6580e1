"""The style of records: what is out of order comes back to it, and nothing is lost on the way."""

import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from musnad.cli import cli
from musnad.editing.style import format_text, model_of, write_record, write_scalar
from musnad.records import yamltext
from musnad.records.yamltext import read_nodes, read_yaml
from tests.conftest import PROJECT, TESTS, TOY

STYLED = (PROJECT / "entries", TESTS / "second/entries")
# A comment in every place.
ODD = """\
# of the file
statement:   # of the statement
    en: "hello: there"
    ar: >-
      مرحبا
      بكم
# above the title
title: {en: 'x', ar: "y"} # beside the title
# above the list
parts:
    # above an item
    - {role: buyer, # inside of brackets
       entity: a}
    - role: seller
      # above a field
      entity: "b"
not_stated:
- en: 'A #1 thing' # beside a text with a sign
  ar: "سطر\\nآخر"

# below a blank line
status: published


# at the end
"""
STYLED_ODD = """\
# yaml-language-server: $schema=../../schemas/claim.schema.json
# of the file
# above the title
title: {ar: y, en: x}  # beside the title
statement:  # of the statement
  ar: مرحبا بكم
  en: 'hello: there'
# above the list
parts:
  # above an item
  - {role: buyer, entity: a}  # inside of brackets
  - role: seller
    # above a field
    entity: b
not_stated:
  - ar: "سطر\\nآخر"
    en: 'A #1 thing'  # beside a text with a sign

# below a blank line
status: published

# at the end
"""


def list_files(*roots: Path) -> Iterator[tuple[Path, str]]:
    """Yield the files of records with their place."""
    for root in roots:
        for path in sorted(root.rglob("*.yaml")):
            place = path.relative_to(root).as_posix()
            if model_of(place):
                yield path, place


def shuffle(node: yaml.Node, chance: random.Random, *, is_open: bool) -> None:
    """Put the fields of a node, and of all below it, in another order."""
    if isinstance(node, yaml.MappingNode):
        if is_open:
            chance.shuffle(node.value)
        for _, value in node.value:
            shuffle(value, chance, is_open=True)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            shuffle(value, chance, is_open=True)


@pytest.mark.parametrize("root", STYLED, ids=["badia", "second"])
def test_records_are_in_their_style(root: Path) -> None:
    """Nothing is left to do."""
    for path, place in list_files(root):
        text = path.read_text(encoding="utf-8")
        assert format_text(text, place) == text, path


@pytest.mark.parametrize("root", STYLED, ids=["badia", "second"])
def test_what_is_out_of_order_comes_back(root: Path) -> None:
    """Fields in another order, other quotation marks, other widths and indents: the same file comes of it."""
    chance = random.Random(5)
    for path, place in list_files(root):
        text = path.read_text(encoding="utf-8")
        if "#" in text.replace("# yaml-language-server", ""):
            continue
        node = read_nodes(text)
        shuffle(node, chance, is_open=place.partition("/")[0] != "vocabulary" and place != "redirects.yaml")
        for style in ("'", '"'):
            for scalar in _iter_quoted(node):
                scalar.style = style
            assert format_text(lay_out(node), place) == text, path


class _Dumper(yaml.SafeDumper):
    """Takes for numbers and flags what records take for such, so that nothing needs a tag."""

    yaml_implicit_resolvers = yamltext._Loader.yaml_implicit_resolvers


def lay_out(node: yaml.Node) -> str:
    """Return nodes as YAML of another width and indentation."""
    return str(yaml.serialize(node, Dumper=_Dumper, allow_unicode=True, width=40, indent=4))


def _iter_quoted(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        if node.style:
            yield node
    elif isinstance(node, yaml.CollectionNode):
        for item in node.value:
            for part in item if isinstance(item, tuple) else (item,):
                yield from _iter_quoted(part)


@pytest.mark.parametrize("root", [TOY, TESTS / "kinds"], ids=["toy", "kinds"])
def test_what_a_file_says_stays(root: Path) -> None:
    """Files in another style say the same in ours, and the second time nothing changes."""
    for path, place in list_files(root):
        text = path.read_text(encoding="utf-8")
        made = format_text(text, place)
        assert read_yaml(made.encode(), place).data == read_yaml(text.encode(), place).data
        assert format_text(made, place) == made


def test_comments_stay_with_what_they_stand_at() -> None:
    """Above, beside, inside of brackets, at the end."""
    assert format_text(ODD, "claims/x/y.yaml") == STYLED_ODD
    assert format_text(STYLED_ODD, "claims/x/y.yaml") == STYLED_ODD


MOVED = [
    ("subject: x\n\n# About it.\n\ntitle: {ar: a, en: b}\n", ["# About it."]),
    ("# Above.\n\n# yaml-language-server: x\nsubject: x\n\ntitle: {ar: a, en: b}\n", ["# Above."]),
    ("subject: x\n# yaml-language-server: y\ntitle: {ar: a, en: b}  # Beside.\n", []),
]
"""What stands above a field that comes first, and what is left of it."""


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_lines_end_as_yaml_has_them_end(end: str) -> None:
    """Nothing that follows a comment becomes part of it, or is written twice."""
    text = "# of a\na: x\n\nb: y # beside\n# of c\nc: z\n"
    assert format_text(text.replace("\n", end), "redirects.yaml") == format_text(text, "redirects.yaml")


@pytest.mark.parametrize(("text", "above"), MOVED)
def test_what_comes_first_has_above_it_what_a_file_has(text: str, above: list[str]) -> None:
    """No blank line, and which schema it is of once: so that the style of what is styled is the same."""
    made = format_text(text, "claims/x/y.yaml")
    first, *rest = made.splitlines()
    assert first.startswith("# yaml-language-server: $schema=")
    assert rest[: len(above) + 1] == [*above, rest[len(above)]]
    assert rest[len(above)].startswith("title:")
    assert format_text(made, "claims/x/y.yaml") == made


def test_many_lines_take_no_longer_each() -> None:
    """As many as a file may have, each with a comment, within what a hostile file may cost."""
    text = "".join(f"k{n}: v  # c\n" for n in range(16_000))
    started = time.process_time()
    assert format_text(text, "claims/x/y.yaml").endswith(text)
    assert time.process_time() - started < 4


@pytest.mark.parametrize(
    "text",
    [
        *"-?:,[]{}#&*!|>'\"%@`=~",
        *(
            "- x",
            "a: b",
            "a #b",
            "#a",
            "a:",
            ":a",
            "-a",
            "?a",
            "a, b",
            "it's",
            'say "x"',
            "'x",
            "a[b",
            "\\",
            "...",
            "---",
        ),
        *(
            "no",
            "yes",
            "Off",
            "y",
            "null",
            "12:30",
            "010",
            "1_000",
            ".5",
            "1e3",
            "0x1F",
            "2024-01-01",
            "<<",
            "٣",
            "é",
            "🙂",
        ),
        *("x\ny", "x\u2028y", " x", "x ", "\t", "\ufeffx", "--- x", "a\u0085b"),
    ],
)
@pytest.mark.parametrize("in_brackets", [False, True])
def test_any_text_can_be_written(text: str, in_brackets: bool) -> None:
    """What is read again is the same text, never a number or a flag."""
    written = write_scalar(text, in_brackets=in_brackets)
    document = f"k: [{written}, {written}]\n" if in_brackets else f"k:\n  - {written}\n  - {written}\n"
    node = read_nodes(document)
    assert isinstance(node, yaml.MappingNode)
    values = node.value[0][1].value
    assert [(value.value, value.tag) for value in values] == [(text, "tag:yaml.org,2002:str")] * 2


def test_new_record_is_written_in_the_style() -> None:
    """Numbers stand alone, text that looks like one in quotation marks."""
    data = {"title": {"en": "313", "ar": "س"}, "quantities": [{"value": 250, "measures": "price"}], "subject": "no"}
    assert write_record(data, "claims/x/y.yaml").splitlines()[1:] == [
        "title: {ar: س, en: '313'}",
        "subject: 'no'",
        "quantities:",
        "  - measures: price",
        "    value: 250",
    ]


def test_command_changes_what_is_asked_for(tmp_path: Path) -> None:
    """One file or a folder; with --check nothing; a file with mistakes is left alone and told of."""
    entries = tmp_path / "entries"
    shutil.copytree(TOY, entries)
    claim, other = entries / "claims/tide-post-12/rye-bread-price.yaml", entries / "sources/quay-news-7.yaml"
    before = {path: path.read_bytes() for path in entries.rglob("*.yaml")}
    run = CliRunner().invoke(cli, ["fmt", "--entries", str(entries), "--check", str(claim)])
    assert (run.exit_code, claim.read_bytes()) == (1, before[claim])
    run = CliRunner().invoke(cli, ["fmt", "--entries", str(entries), str(claim.parent)])
    assert run.exit_code == 0
    changed = {path for path, raw in before.items() if path.read_bytes() != raw}
    assert claim in changed
    assert all(path.parent == claim.parent for path in changed)
    other.write_text("title: {ar: [}\n", encoding="utf-8")
    run = CliRunner().invoke(cli, ["fmt", "--entries", str(entries)])
    assert run.exit_code == 1
    assert "sources/quay-news-7.yaml:1:" in run.output
    assert other.read_text(encoding="utf-8") == "title: {ar: [}\n"
    assert not list(entries.rglob("*.new"))
    assert CliRunner().invoke(cli, ["fmt", "--entries", str(entries), str(tmp_path)]).exit_code == 1
