"""Ask for the fields of a record, in the language of the editor; what nobody knows yet stays open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import click

from musnad.editing.journal import RefusedError
from musnad.records.fieldwords import find_choice, find_words
from musnad.records.problems import N_
from musnad.records.shapes import OPEN
from musnad.rules.near import Named, find_near, find_same
from musnad.text.languages import LANGS
from musnad.wording.words import Words

_FEW = 60
"""Choices that are listed."""


def list_choices(keys: Iterable[str]) -> Named:
    """Return the choices of a field with what they are called."""
    return {key: [key, *(find_choice(key)[lang] for lang in LANGS)] for key in keys}


@dataclass(frozen=True)
class Asker:
    """Takes answers from options, and asks for the others if it may."""

    words: Words
    given: Mapping[str, str | None]
    """By the field, with its language: ``subject``, ``title_ar``."""
    is_silent: bool
    explained: set[str] = field(default_factory=set)
    """Fields of which help and choices were shown."""

    def ask(self, model: str, field: str, choices: Named | None = None, *, name: str = "", default: str = OPEN) -> str:
        """Return an answer; ``default`` where there is none. Raises RefusedError for a choice that there is not."""
        if answer := self.given.get(name or field):
            return self.choose(answer, choices, model, field)
        if self.is_silent:
            return default
        words = find_words(model, field)
        label = words.label[self.words.lang]
        if name.endswith(tuple(f"_{lang}" for lang in LANGS)):
            label = f"{label} ({find_words('LocalizedText', name[-2:]).label[self.words.lang]})"
        if field not in self.explained:
            self.explained.add(field)
            if words.help:
                click.echo(words.help[self.words.lang], err=True)
            if choices and len(choices) <= _FEW:
                click.echo(f"  {self._list(choices)}", err=True)
        while True:
            answer = click.prompt(label, default=default, show_default=bool(default), err=True).strip()
            try:
                return answer if answer == default else self.choose(answer, choices, model, field)
            except RefusedError as error:
                click.echo(self.words.fill(error.message, **error.values), err=True)

    def ask_texts(self, model: str, field: str) -> dict[str, str]:
        """Return a text in both languages."""
        return {lang: self.ask(model, field, name=f"{field}_{lang}") for lang in LANGS}

    def choose(self, answer: str, choices: Named | None, model: str, field: str) -> str:
        """Return the choice that is called so. Raises RefusedError when there is none, with what was probably meant."""
        if choices is None or answer == OPEN:
            return answer
        if found := find_same(answer, choices):
            return found
        told = {"field": find_words(model, field).label[self.words.lang], "value": answer}
        if near := find_near(answer, choices):
            raise RefusedError(N_("{field}: there is no {value}; did you mean {near}?"), **told, near=near)
        if len(choices) > _FEW:
            raise RefusedError(N_("{field}: there is no {value}; musnad search finds what there is"), **told)
        raise RefusedError(
            N_("{field}: there is no {value}; use one of: {options}"), **told, options=", ".join(choices)
        )

    def _list(self, choices: Named) -> str:
        """Return the choices with what they are called here."""
        at = 1 + LANGS.index(self.words.lang)
        named = ((key, [*names]) for key, names in choices.items())
        return " · ".join(f"{key} ({names[at]})" if len(names) > at else key for key, names in named)
