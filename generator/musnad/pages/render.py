"""Turn page views into Markdown with front matter.

Templates do loops and ifs; whatever needs thought has happened in the views. Front matter is JSON, which
is YAML, so that any builder can read it.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.environment import TemplateModule
from markupsafe import Markup

from musnad.pages.addresses import Addresses, name_picture
from musnad.pages.elements.parts import Citation, Head, Link, PageView, Slip
from musnad.pages.quick import QuickCode
from musnad.text.bidi import DIRECTIONS, enclose, isolate, script_of, split_runs
from musnad.text.languages import OTHER, Lang, find_direction
from musnad.text.markdown import escape_markdown
from musnad.wording.words import Words

TEMPLATES = Path(__file__).parent / "templates"
PARTS = "parts.md.j2"
_encode = json.JSONEncoder(ensure_ascii=False).encode
_BDI = {
    "ar": Markup('<bdi lang="ar" dir="rtl">{}</bdi>'),
    "en": Markup('<bdi lang="en" dir="ltr">{}</bdi>'),
    None: Markup('<bdi dir="ltr">{}</bdi>'),
}
_WHOLE = Markup('<bdi lang="{}" dir="{}">{}</bdi>')
_ICON = Markup('<svg class="i{}" aria-hidden="true"><use href="#i-{}"/></svg>')


@lru_cache(maxsize=8)
def make_environment(words: Words | None = None) -> Environment:
    """Return the templates with one language's words. They are compiled once, and again when edited."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=-1,
        # Only where it does something: it is asked about all that is shown.
        finalize=words.show if words is not None and words.has_arabic_digits else None,
    )
    environment.code_generator_class = QuickCode
    environment.filters["script"] = script_of
    environment.filters["bdi_of"] = isolate_runs
    environment.filters["whole"] = isolate_whole
    environment.filters["quoted"] = quote_source
    environment.globals["directions"] = DIRECTIONS
    if words is not None:
        # Asked for some hundred times a page, and mostly for what was asked before.
        environment.filters["md"] = lru_cache(65536)(lambda text: escape_markdown(isolate(text, words.lang)))
        environment.filters["bdi"] = lru_cache(65536)(lambda text: isolate_runs(text, words.lang))
        environment.filters["enclose"] = lambda text: enclose(text, words.lang)
        environment.filters["isolate"] = lambda text: isolate(text, words.lang)
        environment.globals["icon"] = draw_icon
        environment.globals["_"] = words.gettext
        environment.globals["lang"] = words.lang
        environment.globals["other"] = OTHER[words.lang]
    return environment


@lru_cache(maxsize=65536)
def isolate_runs(text: str, lang: Lang) -> Markup:
    """Return a text of one language as HTML, with each run that is read in the other direction in its own element."""
    runs = split_runs(text, lang)
    return Markup("").join(_BDI[run.lang].format(run.text) if run.direction else run.text for run in runs)


def isolate_whole(text: str, lang: Lang) -> Markup:
    """Return a text that is all in one language, wherever it stands."""
    return _BDI[lang].format(isolate_runs(text, lang))


@cache
def quote_source(text: str, language: str = "") -> Markup:
    """Return a source's own words in quotation marks, in its language as far as they are in its script."""
    script = script_of(text) or "en"
    is_fit = language and find_direction(language) == DIRECTIONS[script]
    quoted = f"«{text}»" if script == "ar" else f"“{text}”"
    return _WHOLE.format(language if is_fit else script, DIRECTIONS[script], isolate_runs(quoted, script))


@cache
def draw_icon(name: str, turns: bool = False) -> Markup:
    """Return a picture that the page's theme holds one copy of; ``turns`` where it points in the reading direction."""
    return _ICON.format(" i--turns" if turns else "", name)


def keep_templates(cache: BytecodeCache | None, words: Iterable[Words], *, are_edited: bool) -> None:
    """Set where compiled templates are kept for other processes, and whether to look if one was edited since."""
    for environment in (make_environment(), *map(make_environment, words)):
        environment.bytecode_cache, environment.auto_reload = cache, are_edited


@dataclass(frozen=True)
class SitePage:
    """One page: where its Markdown stands below the docs folder, and what it says."""

    file: str
    fields: dict[str, Any]
    """Front matter, as JSON could hold it."""
    body: str

    @property
    def text(self) -> str:
        """The whole file."""
        return write_front_matter(self.fields) + self.body


@dataclass(frozen=True)
class Renderer:
    """Renders the pages of one language. ``edit`` is where a file of the entries is edited, or empty."""

    words: Words
    addresses: Addresses
    edit: str
    has_own_ink: bool = False
    keeps: tuple[str, ...] = ()

    def render(self, view: PageView, file: str) -> SitePage:
        """Return the page's front matter and Markdown."""
        url, ink = make_url(self.addresses, view.path), self.has_own_ink
        template = f"{view.head.template}.md.j2"
        body = print_template(self.words, template, url, body=view.body, has_own_ink=ink, keeps=self.keeps)
        return SitePage(file, self._front_matter(view.head), body)

    def _front_matter(self, head: Head) -> dict[str, Any]:
        other = OTHER[head.lang]
        return {
            "lang": head.lang,
            "other": self.addresses.find(f"{other}/{head.path}"),
            "kind": head.template,
            "title": isolate(head.title, head.lang),
            "description": isolate(head.description, head.lang),
            "section": head.section,
            "short": split_runs(head.short or head.title, head.lang),
            "trail": [self._step(link) for link in head.trail],
            "record": [row for slip in head.slip if (row := self._slip(slip)) is not None],
            **({"linked": head.linked} if head.linked else {}),
            **({"noindex": True} if head.is_noindex else {}),
            **({"picture": name_picture(head.lang, head.path.removesuffix("/"))} if head.has_picture else {}),
            **({"refresh": self.addresses.find(head.leads_to)} if head.leads_to else {}),
            **({"edit": self._edit(head.edit)} if head.edit and self.edit else {}),
            **({"cite": _write_citation(head.cite, head.lang)} if head.cite else {}),
        }

    def _step(self, link: Link) -> dict[str, Any]:
        href = link.href and self.addresses.find(link.href)
        return {"runs": split_runs(link.text, self.words.lang), "href": href}

    def _slip(self, slip: Slip) -> dict[str, Any] | None:
        href = slip.href
        if href and href.startswith("edit:"):
            if not self.edit:
                return None
            href = self._edit(href.removeprefix("edit:"))
        elif href and not href.startswith("#"):
            href = self.addresses.find(href)
        runs = split_runs(slip.value, self.words.lang)
        return {"label": slip.label, "runs": runs, "href": href, "code": slip.is_code}

    def _edit(self, file: str) -> str:
        return self.edit.format(path=file, path_noext=file.rpartition(".")[0])


def _write_citation(cite: Citation, lang: Lang) -> dict[str, Any]:
    """Return what the theme tells of a citation: as text with its runs, and in parts as data, without direction."""
    return {
        "title": cite.title,
        "site": cite.site,
        "runs": split_runs(cite.text, lang),
        "url": cite.address,
        "date": cite.date,
        "version": cite.version,
        "data": cite.data,
    }


def write_front_matter(fields: dict[str, Any]) -> str:
    """Return front matter, one JSON value a line."""
    lines = (f"{key}: {_encode(value)}" for key, value in fields.items())
    return "---\n" + "\n".join(lines) + "\n---\n\n"


def make_url(addresses: Addresses, place: str) -> Callable[[str], str]:
    """Return a function that makes places into addresses relative to a page: the same one for all of a depth."""
    return _make_url(addresses.find, "../" * addresses.find(place).count("/"))


@lru_cache(maxsize=32)
def _make_url(find: Callable[[str], str], base: str) -> Callable[[str], str]:
    @lru_cache(maxsize=65536)
    def url(href: str) -> str:
        return href if href.startswith(("#", "?", "http://", "https://")) else base + find(href)

    return url


def print_template(words: Words, name: str, url: Callable[[str], str], **names: object) -> str:
    """Return what a template prints; ``p`` in it are the parts that many templates have."""
    environment = make_environment(words)
    return environment.get_template(name).render(url=url, p=_make_parts(environment.get_template(PARTS), url), **names)


@lru_cache(maxsize=64)
def _make_parts(template: Template, url: Callable[[str], str]) -> TemplateModule:
    """Return the parts for pages of one depth: nothing else of a page is known to them."""
    return template.make_module({"url": url})
