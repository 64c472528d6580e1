"""Templates compiled to quicker Python print what Jinja's own print."""

from dataclasses import dataclass

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError
from jinja2.compiler import CodeGenerator
from markupsafe import Markup

from musnad.pages import render
from musnad.pages.quick import QuickCode
from musnad.pages.site import Site

PARTS = """\
{% macro link(text, href="#", quiet=false) %}<a href="{{ href }}"{{ ' q' if quiet }}>{{ text }}</a>{% endmacro %}
{% macro outer(text) %}<i>{{ link(text) }}{{ link(text, quiet=true) }}</i>{{ word }}{% endmacro %}
{% macro boxed(title) %}<b>{{ title }}{{ caller() }}</b>{% endmacro %}
{% macro many() %}{{ varargs | length }}{{ kwargs['a'] }}{% endmacro %}
"""
TEXTS = {
    "signs of HTML": "{{ word }} {{ markup }} {{ number }} {{ none }} {{ word ~ markup }} {{ word | upper }}",
    "attributes": "{{ thing.word }} {{ thing.part.word }} {{ (thing or none).word }} {{ things[0].word }}",
    "a macro with some of its arguments": "{{ p.link(word) }}{{ p.link(word, '?a&b') }}{{ p.link(markup, '', true) }}",
    "arguments by name": "{{ p.link(word, quiet=true) }}{{ p.link(*[word, '/']) }}{{ p.link(**{'text': word}) }}",
    "a macro in a macro, with names of the page": "{{ p.outer(word) }}",
    "a macro around something": "{% call p.boxed(word) %}{{ word }}{% endcall %}",
    "a macro with any arguments": "{{ p.many(1, 2, a=3) }}",
    "a macro for a filter": "{{ [word, markup] | map('escape') | join(', ') }}{{ p.link(word) | length }}",
    "functions, loops": "{% for n in range(3) %}{{ loop.index }}{{ shout(word, n) }}{{ loop.cycle(1, 2) }}{% endfor %}",
    "what is set": "{% set x %}{{ word }}{% endset %}{{ x }}{% set y = p.link(word) %}{{ y }}",
}


@dataclass
class Thing:
    """Something with attributes."""

    word: str
    part: "Thing | None" = None


def make(text: str, generator: type[CodeGenerator], *, has_finalize: bool) -> str:
    """Return what a template prints."""
    environment = Environment(
        loader=DictLoader({"p": PARTS, "t": '{% import "p" as p with context %}' + text}),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=(lambda value: f"{value}<" if value == "<&>'\"" else value) if has_finalize else None,
    )
    environment.code_generator_class = generator
    environment.globals["shout"] = lambda text, n: Markup("<em>{}</em>").format(text * n)
    word, markup = "<&>'\"", Markup("<u>&amp;</u>")
    thing = Thing(word, Thing("&"))
    return environment.get_template("t").render(
        word=word, markup=markup, number=1.5, none=None, thing=thing, things=[thing]
    )


@pytest.mark.parametrize("has_finalize", [False, True])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_prints_what_jinja_prints(text: str, has_finalize: bool) -> None:
    """Whatever a template does."""
    wanted = make(text, CodeGenerator, has_finalize=has_finalize)
    assert make(text, QuickCode, has_finalize=has_finalize) == wanted


@pytest.mark.parametrize("text", ["{{ nothing }}", "{{ nothing.word }}", "{{ p.link() }}", "{{ thing.nothing }}"])
def test_what_is_missing_is_an_error(text: str) -> None:
    """Nothing is printed as nothing."""
    with pytest.raises((UndefinedError, AttributeError)):
        make(text, QuickCode, has_finalize=False)


def test_all_pages_are_those_of_jinja(toy_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page of the toy record, both ways."""
    quick = [page.text for page in toy_site.pages()]
    monkeypatch.setattr(render, "QuickCode", CodeGenerator)
    render.make_environment.cache_clear()
    slow = [page.text for page in toy_site.again().pages()]
    render.make_environment.cache_clear()
    assert quick == slow
