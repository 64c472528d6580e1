"""Every word of the interface is there in Arabic, with its plural forms and its places."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from jinja2 import Environment

from musnad.exports.cite import SCRIPTS as CITE
from musnad.exports.form import SCRIPTS as FORM
from musnad.exports.form import list_messages
from musnad.exports.table import SCRIPTS as VIEWS
from musnad.wording.words import LOCALES
from tests.conftest import PROJECT

_PLACE = re.compile(r"\{(\w+)\}")
GENERATOR = PROJECT / "generator/musnad"


def extract_python() -> Iterator[tuple[str, str | None]]:
    """Yield each message that ``N_`` marks in the Python files, with its plural where it is counted."""
    for path in sorted(GENERATOR.rglob("*.py")):
        calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
        plurals: set[str] = set()
        for call in calls:
            if isinstance(call.func, ast.Attribute) and call.func.attr == "plural":
                singular, plural = map(marked, call.args[:2])
                assert singular, f"{path}:{call.lineno}: both forms stand in N_()"
                assert plural, f"{path}:{call.lineno}: both forms stand in N_()"
                plurals.add(plural)
                yield singular, plural
        singles = {message for call in calls if (message := marked(call))}
        yield from ((message, None) for message in singles - plurals)


def marked(node: ast.AST) -> str | None:
    """Return the message of a call of ``N_``."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "N_":
        text = node.args[0]
        assert isinstance(text, ast.Constant), "N_ takes a text, not an expression"
        return str(text.value)
    return None


def extract_templates() -> Iterator[tuple[str, None]]:
    """Yield the messages of the templates and of the theme's overrides."""
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    for path in sorted((*GENERATOR.glob("pages/templates/*.j2"), *GENERATOR.glob("theme/overrides/**/*.html"))):
        for _line, _function, message in environment.extract_translations(path.read_text(encoding="utf-8")):  # type: ignore[attr-defined]
            if isinstance(message, str):
                yield message, None


def extract_scripts() -> Iterator[tuple[str, None]]:
    """Yield the messages of the scripts of citations, of the form and of the views."""
    yield from ((message, None) for scripts in (CITE, FORM, VIEWS) for message in list_messages(scripts))


FOUND = [*extract_python(), *extract_templates(), *extract_scripts()]
PLURALS = {message: plural for message, plural in FOUND if plural}
USED = {message for message, _plural in FOUND}


@pytest.fixture(scope="module")
def arabic() -> dict[str, Message]:
    """Return the Arabic catalogue by message."""
    path: Path = LOCALES / "ar.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale="ar", abort_invalid=True)
    return {
        message.id if isinstance(message.id, str) else message.id[0]: message for message in catalogue if message.id
    }


def test_messages_are_found_in_code_and_templates() -> None:
    """Guards the extraction: one of each way to mark a message."""
    assert {"{n} claim", "the field {field} is missing", "Full record", "According to {voice},"} <= USED


@pytest.mark.parametrize("message", sorted(USED), ids=ascii)
def test_message_is_translated(message: str, arabic: dict[str, Message]) -> None:
    """In Arabic letters, in all plural forms, with the same places to fill in."""
    found = arabic.get(message)
    assert found is not None, "not in ar.po"
    assert not found.fuzzy
    forms = [found.string] if isinstance(found.string, str) else list(found.string)
    assert all(forms)
    assert (found.id[1] if isinstance(found.id, tuple) else None) == PLURALS.get(message)
    if message in PLURALS:
        assert len(forms) == 6
        # "One claim" and "two claims" are words of their own in Arabic.
        assert all(set(_PLACE.findall(form)) <= set(_PLACE.findall(message)) for form in forms)
        assert all("{n}" in form for form in forms[3:])
    else:
        assert sorted(_PLACE.findall(forms[0])) == sorted(_PLACE.findall(message))
    if re.search(r"[A-Za-z]{2}", _PLACE.sub("", message)):
        assert re.search(r"[\u0621-\u064a]", forms[0])


def test_no_translation_is_left_over(arabic: dict[str, Message]) -> None:
    """A message nobody uses any more is deleted."""
    assert sorted(set(arabic) - USED) == []
