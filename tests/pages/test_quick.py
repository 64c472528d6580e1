"""Templates compiled to quicker Python print what Jinja's own print."""

from dataclasses import dataclass

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Context
from jinja2.utils import pass_context
from markupsafe import Markup

from musnad.pages import render
from musnad.pages.quick import QuickCode, ThemeCode
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


LAYOUT = """\
{% macro runs(items, tag="b") %}{% for run in items %}<{{ tag }}>{{ run[0] | e }}</{{ tag }}>{% endfor %}{% endmacro %}
{% macro boxed(title) %}<b>{{ title }}{{ caller() }}</b>{% endmacro %}
{% set shown = "set" %}{% block inner %}{{ PRINTS }}{% endblock %}
"""
PRINTS = {
    "what is escaped, and what is not": "{{ word | e }}{{ word }}{{ markup | e }}"
    "{{ word | escape | upper }}{{ none | e }}",
    "items, attributes, and neither": "{{ page.meta.kind }}{{ page.meta.nothing }}{{ page.meta.nothing or 'x' }}"
    "{{ thing.word }}",
    "names that both may be": "{{ page.meta.items is callable }}{{ page.meta.copy().kind }}{{ page.meta.get('kind') }}",
    "a choice of one": "{{ ' q' if word }}{{ ' q' if none }}{{ (word if none) or 'y' }}",
    "macros": "{{ runs([[word], [markup]]) }}{{ runs([[word]], 'i') }}"
    "{{ runs([[word]], tag='u') }}{{ runs(items=[]) }}",
    "a macro around something": "{% call boxed(word) %}{{ word | e }}{% endcall %}",
    "functions that want the context": "{% set own = 'own' %}{{ tell('own') }}{{ tell('word') }}"
    "{% for own in [1, 2] %}{{ tell('own') }}{{ tell(name='own') }}{% endfor %}",
    "methods and types": "{{ word.upper() }}{{ dict(a=1) }}{{ dict([(1, 2)]) }}"
    "{{ word.split('&') | join('|') }}{{ [3, 1] | sort }}",
    "another block": "{% block deep %}{{ tell('word') }}{{ self.deep.name }}{% endblock %}",
}


@pass_context
def tell(context: Context, name: str) -> str:
    """Return what a name stands for."""
    return f"{name}={context.get(name)}"


@pytest.mark.parametrize("text", PRINTS.values(), ids=PRINTS)
def test_layouts_print_what_jinja_prints(text: str) -> None:
    """With items behind dots, functions that want the context, and no escaping but what is asked for."""
    printed = []
    for generator in (CodeGenerator, ThemeCode):
        environment = Environment(loader=DictLoader({"t": LAYOUT.replace("{{ PRINTS }}", text)}), autoescape=False)
        environment.code_generator_class = generator
        environment.globals["tell"] = tell
        names = {"word": "<&>", "markup": Markup("<u>"), "none": None, "thing": Thing("<&>")}
        page = Thing("page")
        page.meta = {"kind": "claim", "items": 5}  # type: ignore[attr-defined]
        printed.append(environment.get_template("t").render(**names, page=page))
    assert printed[0] == printed[1]


def test_all_pages_are_those_of_jinja(toy_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page of the toy record, both ways."""
    quick = [page.text for page in toy_site.pages()]
    monkeypatch.setattr(render, "QuickCode", CodeGenerator)
    render.make_environment.cache_clear()
    slow = [page.text for page in toy_site.again().pages()]
    render.make_environment.cache_clear()
    assert quick == slow
