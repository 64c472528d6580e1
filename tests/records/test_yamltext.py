"""YAML as text: what stands in the file is what the record gets."""

import math

import pytest

from musnad.records.yamltext import MAX_ALIASES, MAX_DEPTH, Mark, Typed, read_yaml


def read(text: str) -> object:
    """Return what a text holds; it must be without problems."""
    document = read_yaml(text.encode(), "f.yaml")
    assert document.problems == ()
    return document.data


@pytest.mark.parametrize("written", ["2024-01-01", "2024-01-01 10:00:00", "1e3", "0o17", "<<", "=", "y", "salt"])
def test_text_stays_as_written(written: str) -> None:
    """Nothing is turned into a date."""
    assert read(f"a: {written}\n") == {"a": written}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        *(("no", False), ("yes", True), ("on", True), ("true", True), ("12:30", 750), ("0x1F", 31), ("1_000", 1000)),
        *((".inf", math.inf), ("3.10", 3.1), ("010", 8)),
    ],
)
def test_text_that_others_take_for_something_else_stays_beside_that(written: str, value: float) -> None:
    """The text as it was written, and the value as YAML 1.1 has it; in quotes it is text alone."""
    assert read(f"a: {written}\n") == {"a": Typed(written, value)}
    assert str(Typed(written, value)) == written
    assert read(f"a: '{written}'\n") == {"a": written}


@pytest.mark.parametrize("written", ["!!int x", "!!bool maybe", "!!float ملح", "!!int '5'", "!!int " + "9" * 5000])
def test_tag_makes_no_number_of_what_is_none(written: str) -> None:
    """It is told, like every other tag."""
    document = read_yaml(f"a: {written}\n".encode(), "f.yaml")
    assert [problem.rule for problem in document.problems] == ["yaml-tag"]


@pytest.mark.parametrize("key", ["no", "12:30", "3.10", "~", "null"])
def test_key_that_is_no_text_to_others_must_be_quoted(key: str) -> None:
    """They would not find it."""
    document = read_yaml(f"{key}: a\n".encode(), "f.yaml")
    assert [problem.rule for problem in document.problems] == ["wrong-value"]
    assert read(f"'{key}': a\n") == {key: "a"}


@pytest.mark.parametrize("marks", ["<<<<<<< HEAD", "|||||||", "=======", ">>>>>>> a b"])
@pytest.mark.parametrize(
    "place", ["{}\na: b\n", "a: b\n{}\n", "a: |\n  b\n{}\n  c\n", 'a: "b\n{}\n  c"\n', "a: b\r\n{}\r\n"]
)
def test_conflict_of_versions_is_told_wherever_it_stands(marks: str, place: str) -> None:
    """Also where YAML would take the line for a part of a text."""
    text = place.format(marks)
    (problem,) = read_yaml(text.encode(), "f.yaml").problems
    line = text[: text.index(marks)].count("\n") + 1
    assert (problem.rule, problem.line, problem.column) == ("merge-conflict", line, 1)


@pytest.mark.parametrize(
    "text", ["a: =======\n", "# =======\na: b\n", "a: |\n  =======\n", "a: <<<<<<<x\n", "a: '========'\n"]
)
def test_line_of_signs_inside_a_text_is_no_conflict(text: str) -> None:
    """It does not begin its line, or is longer."""
    assert read(text)


@pytest.mark.parametrize("written", ["'~'", '"~"', "'null'"])
def test_quoted_null_is_text(written: str) -> None:
    """Quotes make a text of what would be nothing."""
    assert read(f"a: {written}\n") == {"a": written[1:-1]}


@pytest.mark.parametrize("written", ["", "~", "null", "Null", "NULL", "''", '"  "', "# x"])
def test_value_left_out_is_reported(written: str) -> None:
    """Nothing, null and blanks are never meant."""
    document = read_yaml(f"a: {written}\n".encode(), "f.yaml")
    assert [problem.rule for problem in document.problems] == ["empty-value"]
    assert document.data == {"a": None}


def test_byte_order_mark_is_no_text() -> None:
    """A mark some editors write at the start belongs to no field and shifts no column."""
    document = read_yaml("\ufeffa: b\n".encode(), "f.yaml")
    assert document.data == {"a": "b"}
    assert document.origin.keys["a",] == Mark(1, 1)


def test_every_field_knows_its_place() -> None:
    """Lines and columns count from 1, and in characters."""
    origin = read_yaml("عنوان: {ar: ملح 🧂 البحر, en: Salt}\nlist:\n  - x\n".encode(), "f.yaml").origin
    assert origin.keys["عنوان", "en"] == Mark(1, 26)
    assert origin.values["عنوان", "en"] == Mark(1, 30)
    assert origin.values["list", 0] == Mark(3, 5)


def test_problem_at_a_field_that_was_not_written_stands_at_the_one_above() -> None:
    """A missing field is reported where it is missing."""
    origin = read_yaml(b"a:\n  b: c\n", "f.yaml").origin
    problem = origin.problem(("a", "x", 3), "rule", "message")
    assert (problem.line, problem.column) == (2, 3)


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("a: 1\n\tb: 2\n", 2, 1, "indent with spaces, not with a tab"),
        ("a:\n\tb: 1\n", 2, 1, "indent with spaces, not with a tab"),
        ("a: `x\n", 1, 4, "text that starts with ` must stand in double quotes"),
        ("a: **x**\n", 1, 4, "text that starts with * must stand in double quotes"),
        ("a: *x\n", 1, 4, "text that starts with * must stand in double quotes"),
        ("a: 1\n...\nb: 2\n", 3, 1, "a file holds one record; remove lines that are only --- or ..."),
        ("a: b\nc: 'd\n", 2, 4, "the quotation mark that opens here is never closed"),
        ("a: b\nc: مر\x07حبا\n", 2, 6, "a character that YAML does not allow stands here; delete it and type it again"),
    ],
    ids=["tab", "tab-in-first-field", "backtick", "bold", "star", "end-mark", "quote", "control-character"],
)
def test_syntax_is_explained_where_it_went_wrong(text: str, line: int, column: int, message: str) -> None:
    """The parser's own words are for programmers."""
    (problem,) = read_yaml(text.encode(), "f.yaml").problems
    assert str(problem) == f"f.yaml:{line}:{column}: yaml-syntax: {message}"


@pytest.mark.parametrize("opener", ["[", "{a: ", "- ", "? "], ids=["list", "field", "dash", "key"])
def test_bottomless_nesting_is_reported_and_does_not_end_the_process(opener: str) -> None:
    """The YAML library would overflow the stack and take the editor's server with it."""
    (problem,) = read_yaml((opener * 40_000).encode(), "f.yaml").problems
    assert problem.rule in ("yaml-depth", "yaml-syntax")


def test_nesting_up_to_the_limit_is_read() -> None:
    """The limit is above what any record needs."""
    assert read("a: " + "[" * (MAX_DEPTH - 1) + "x" + "]" * (MAX_DEPTH - 1))


def test_few_aliases_are_read() -> None:
    """A few repeated values are no attack."""
    assert read("a: &x b\nc: [" + ", ".join(["*x"] * MAX_ALIASES) + "]\n") == {"a": "b", "c": ["b"] * MAX_ALIASES}


@pytest.mark.parametrize("text", ["a: &x [*x, *x]\n", "a: &x {b: *x, c: *x}\n"], ids=["list", "fields"])
def test_alias_to_itself_ends(text: str) -> None:
    """A value that contains itself is reported, once."""
    assert [problem.rule for problem in read_yaml(text.encode(), "f.yaml").problems] == ["yaml-alias"]
