"""Shells give what the templates give, whatever these look at; each way in which one could go wrong is tried."""

import logging
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import pytest
from jinja2 import DictLoader, Environment, Template
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import script_tag_filter, url_filter

from musnad.plugin.shell import Shells, share_shell

BASE = """\
{% set meta = page.meta if page and page.meta else {} %}<html lang="{{ meta.lang }}">
{% macro loud(text) %}{{ text | upper }}!{% endmacro %}
{% import "part.html" as part with context %}{{ part.say("kind") }}
{% if page.toc | first is defined %}<a href="{{ (page.toc | first).url | url }}">skip</a>{% endif %}
{% if self.announce() %}<aside>{% block announce %}{% endblock %}</aside>{% endif %}
{% for link in links %}<a href="{{ link | url }}"{% if link == meta.section %} class="on"{% endif %}>x</a>{% endfor %}
{{ "own.js" | script_tag }}
{% block head %}<title>{% block title %}{{ page.title | e }}{% endblock %} of {{ site }}</title>{% endblock %}
{% include "header.html" %}
{% block content %}{{ page.content }}{% for row in meta.rows %}{{ loop.index }}{{ loud(row) }}{% endfor %}{% endblock %}
{% block footer %}<footer>{{ site }} {{ meta.kind }}</footer>{% endblock %}
"""
PARTS = {
    "base.html": BASE,
    "part.html": "{% macro say(key) %}{{ key }} {{ page.meta.kind }}{% endmacro %}",
    "header.html": '<header>{% block switch %}{% if page.meta.other %}<a href="{{ page.meta.other | url }}">x</a>'
    "{% endif %}{% endblock %}</header>",
}
_OVER = '{% extends "base.html" %}'
FITTING = {
    "nothing of its own": _OVER,
    "a constant block": _OVER + "{% block announce %}Hear ye{% endblock %}",
    "a block that looks at the page": _OVER + "{% block footer %}{{ page.title }}{{ super() }}{% endblock %}",
    "a block that goes through it": _OVER
    + "{% block footer %}{% for run in page.meta.rows %}{{ run }}{% endfor %}{% endblock %}",
    "a block that compares": _OVER + "{% block footer %}{{ 'x' if page.title == 'Page 5' }}{% endblock %}",
    "a block that looks into": _OVER
    + "{% block footer %}{{ '5' in page.title }}{{ page.title | length }}{% endblock %}",
    "a block that asks what a thing is": _OVER
    + "{% block footer %}{{ meta is mapping }}{{ page.title is string }}{{ meta is iterable }}{% endblock %}",
    "a block around one that looks": _OVER
    + "{% block head %}<b>{{ super() }}</b>{% block more %}{{ page.title }}{% endblock %}{{ site }}{% endblock %}",
    "a block with names of a loop": _OVER
    + "{% block footer %}{% for n in [1, 2] %}{% block row scoped %}{{ n }}{{ page.title }}{% endblock %}"
    "{% endfor %}{% endblock %}",
    "fields that no page has": _OVER + "{% block footer %}{{ page.meta.nothing or 'none' }}{% endblock %}",
    "fields by their name in brackets": _OVER
    + "{% block footer %}{{ page.meta['title'] }}{{ page['title'] }}{% endblock %}",
    "names made of what is shared": _OVER
    + "{% set name = page.meta.kind ~ '!' %}{% block footer %}{{ name }}{{ page.title }}{% endblock %}",
    "a layout between": '{% extends "between.html" %}{% block title %}{{ super() }} on top{% endblock %}',
    "what is printed in a name": _OVER
    + "{% block footer %}{% set out %}{% block deep %}{{ page.title }}{% endblock %}{% endset %}"
    "<i>{{ out }}</i>{% endblock %}",
    "links of its own": _OVER
    + "{% block footer %}{% for link in links %}{{ link | url }}{% endfor %}{{ page.url | url }}{% endblock %}",
}
UNFIT = {
    "a title outside blocks": "{{ page.title }}" + BASE,
    "a name made of a title": _OVER + "{% set shown = page.title | upper %}{% block footer %}{{ shown }}{% endblock %}",
    "a block whose emptiness matters": _OVER
    + "{% block announce %}{{ page.title if '5' in page.title }}{% endblock %}",
    "a block that is changed": "{% filter upper %}{% block own %}{{ page.title }}{% endblock %}{% endfilter %}" + BASE,
    "a block that is escaped": "{% filter escape %}{% block own %}{{ page.title }}{% endblock %}{% endfilter %}" + BASE,
    "a block that is cut": "{% filter truncate(9) %}{% block own %}{{ page.title }}{{ page.url }}{% endblock %}"
    "{% endfilter %}" + BASE,
    "a block that is counted": BASE.replace("</html>", "")
    + "{% set x %}{% block own %}{{ page.title }}{% endblock %}{% endset %}{{ x | length }}",
    "a macro that looks at the page": "{% macro name() %}{{ page.title }}{% endmacro %}"
    "{% block own %}{{ name() }}{% endblock %}" + BASE,
    "a comparison outside blocks": "{% if page.title == 'Page 5' %}five{% endif %}" + BASE,
    "a choice among pages": "{% if page in [1, 2] %}{% endif %}" + BASE,
}


@dataclass
class APage:
    """What templates look at of a page."""

    number: int
    kind: str = "claim"
    folder: str = "en/claims/a/"
    title: str = ""
    meta: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        n = self.number
        self.title = f"Page {n}" + " <b>&amp; “more”</b>" * (n % 3)
        self.url = f"{self.folder}page-{n}/"
        self.content = f"<p>{n}</p>" * (n % 4)
        self.toc = [SimpleNamespace(url="#__skip", title=self.title)]
        self.meta = {"lang": "en", "kind": self.kind, "section": "en/claims/", "title": self.title}
        self.meta |= {"rows": ["x"] * (n % 3)} | ({"other": f"ar/claims/page-{n}/"} if n % 2 else {})


LINKS = ("en/", "en/claims/", "en/browse/people/", "assets/x.css", "https://host.example/a", "#top", "/root", "../up")


def render(layout: str, pages: list[APage]) -> Shells:
    """Render pages by shells and without, and compare; return the shells."""
    between = _OVER + "{% block title %}between {{ super() }}{% endblock %}"
    environment = Environment(loader=DictLoader({**PARTS, "between.html": between, "main.html": layout}))
    environment.filters.update(url=url_filter, script_tag=script_tag_filter)
    shells = Shells(share_shell(environment))
    for page in pages:
        names = {"page": page, "base_url": get_relative_url(".", page.url), "site": "The & site", "links": LINKS}
        wanted = cast("Template", environment.get_template("main.html")).render(names)
        assert shells.get_template("main.html").render(names) == wanted, page
    return shells


@pytest.mark.parametrize("layout", FITTING.values(), ids=FITTING)
def test_shell_is_used_and_gives_the_same(layout: str, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever blocks look at; nothing is said of it."""
    with caplog.at_level(logging.INFO):
        shells = render(layout, [APage(n) for n in range(12)])
    assert shells.filled == 12 - 3
    assert not caplog.records


@pytest.mark.parametrize("layout", UNFIT.values(), ids=UNFIT)
def test_what_no_shell_can_give_is_rendered_page_by_page(layout: str, caplog: pytest.LogCaptureFixture) -> None:
    """And told once, as no warning."""
    with caplog.at_level(logging.INFO):
        shells = render(layout, [APage(n) for n in range(12)])
    assert shells.filled == 0
    assert [record.levelname for record in caplog.records] == ["INFO"]
    assert "Pages of the kind claim are rendered each by itself" in caplog.text


def test_pages_that_differ_in_what_is_shared_have_shells_of_their_own() -> None:
    """Kind and depth. The first shell tells which places matter to links, and what came before is counted anew."""
    pages = [
        APage(n, kind, folder) for n in range(8) for kind in ("claim", "entity") for folder in ("en/", "en/claims/")
    ]
    assert render(FITTING["nothing of its own"], pages).filled == len(pages) - 4 * 3 - 3


def test_links_are_relative_to_each_page() -> None:
    """Where a page lies below the target of a link, or beside it; one that is linked to itself."""
    folders = ("en/browse/people/", "en/browse/goods/", "en/browse/", "ar/browse/people/", "en/claims/a/", "up/a/")
    pages = [APage(n, folder=folder) for n in range(6) for folder in folders]
    people = APage(0, folder="en/browse/")
    people.url = "en/browse/people/"
    assert render(FITTING["links of its own"], [*pages, people, *pages]).filled > len(pages)


def test_what_fails_fails_as_without_a_shell() -> None:
    """An error that only one page brings about."""
    layout = _OVER + "{% block footer %}{{ 1 / (page.number - 7) }}{% endblock %}"
    with pytest.raises(ZeroDivisionError):
        render(layout, [APage(n) for n in range(12)])
