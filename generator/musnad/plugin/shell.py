"""What the theme prints alike on many pages, rendered once: the shell, with gaps for what is a page's own.

The theme is rendered for a page of which only what pages of one key share may be looked at. A block that looks at more
is a gap, which the block itself fills for each page; nothing outside the gaps can differ, as it was made without the
page. So blocks of a site's own need nothing for this. What looks at more outside any block is rendered page by page.
"""

import contextlib
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from posixpath import normpath
from typing import Any, Never

from jinja2 import Environment, Template
from jinja2.runtime import Context
from jinja2.utils import pass_context

from musnad.build.idle import PASSING
from musnad.plugin.pages import START, RecordPage

OVERRIDES = Path(__file__).parent.parent / "theme/overrides"

log = logging.getLogger("mkdocs.plugins.musnad")

_SHARED = ("lang", "kind", "section")
"""Fields that all pages of a key have alike."""
_CHECKED = 2
"""So many pages filled in are compared with what the theme prints for them."""
SYMBOLS = "symbols"
"""The block that draws what a page uses by these addresses."""
_USED = re.compile(r'#i-([^"]{1,23})"')
_SYMBOL = re.compile(r'(<symbol id="i-([^"]+)".*?</symbol>)', re.DOTALL)
_SIGN = "\x02<Gap {}> & \n\x03"
"""What stands in a gap. Any filter changes it, and then it is not found again."""


class AskedError(Exception):
    """A template looks at what differs from page to page."""


class Unknown:
    """Stands for a part of a page: it is there, and only what is ``known`` of it can be looked at."""

    def __init__(self, **known: object) -> None:
        vars(self).update(known)

    def __getattr__(self, name: str) -> Never:
        raise AskedError(name)

    def _refuse(self, *_: object) -> Never:
        raise AskedError

    def __bool__(self) -> bool:
        return True

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __hash__ = _refuse
    __str__ = __repr__ = __format__ = __iter__ = __len__ = __contains__ = __getitem__ = _refuse


class UnknownFields(Unknown, Mapping[str, Any]):
    """Stands for the fields of a page."""


class UnknownPage(Unknown):
    """Stands for a page."""

    draft: "_Draft"
    meta: UnknownFields


class ShellContext(Context):
    """Names for templates; those for an unknown page have a recorder before each block."""

    def __init__(self, environment: Environment, parent: dict[str, Any], *args: Any, **more: Any) -> None:
        super().__init__(environment, parent, *args, **more)
        if isinstance(page := parent.get("page"), UnknownPage):
            self.blocks = _Recorded(page.draft, self.blocks)


class _Recorded(dict[str, list[Callable[[Context], Iterator[str]]]]):
    """The blocks of a context by name, the innermost layout's first; before it a recorder."""

    def __init__(self, draft: "_Draft", blocks: Mapping[str, Any]) -> None:
        super().__init__({name: [_Recorder(name, draft), *stack] for name, stack in blocks.items()})
        self._draft = draft

    def setdefault(self, name: str, default: Any = None) -> Any:
        """Return the blocks of a name, to which Jinja adds that of an outer layout."""
        return super().setdefault(name, [_Recorder(name, self._draft)])


@dataclass
class _Recorder:
    """Takes the place of a block: yields what it prints, or leaves a gap."""

    name: str
    draft: "_Draft"

    def __call__(self, context: Context) -> Iterator[str]:
        gaps = self.draft.gaps
        before = len(gaps)
        try:
            yield "".join(context.blocks[self.name][1](context))
        except Exception:  # noqa: BLE001 (whatever is wrong is told when a page is made)
            # Gaps within stand in this one.
            gaps[before:] = [_Gap(self.name, context)]
            yield _SIGN.format(before)


@dataclass
class _Gap:
    """A block that prints something else on each page."""

    name: str
    context: Context


@dataclass
class _Draft:
    """What is found while a shell is rendered."""

    gaps: list[_Gap]
    links: set[str]
    """Addresses that were made relative to the page."""
    page: RecordPage
    base_url: str


def share_shell(environment: Environment) -> Environment:
    """Return MkDocs's environment, set up so that shells can be rendered with it."""
    environment.context_class = ShellContext
    for name in ("url", "script_tag"):
        environment.filters[name] = _note_links(environment.filters[name])
    return environment


def _note_links(apply: Callable[[Any, object], str]) -> Callable[[Any, object], str]:
    """Return a filter that makes addresses relative to a page, unknown ones too: they share what it depends on."""

    @pass_context
    def apply_and_note(context: Context, value: object) -> str:
        page = context["page"]
        if not isinstance(page, UnknownPage):
            return apply(context, value)
        page.draft.links.add(str(value))
        return apply({"page": page.draft.page, "base_url": page.draft.base_url}, value)

    return apply_and_note


class _Mould:
    """The names of a template, to be had for any page in place of the unknown one."""

    def __init__(self, context: Context, unknown: UnknownPage) -> None:
        # Without the recorders.
        self._rest = vars(context) | {"blocks": {name: stack[1:] for name, stack in context.blocks.items()}}
        self._names = [
            (names, _find_names(names, unknown), _find_names(names, unknown.meta))
            for names in (context.parent, context.vars)
        ]

    def cast(self, page: RecordPage) -> Context:
        """Return the names for a page."""
        fresh = object.__new__(Context)
        vars(fresh).update(self._rest)
        fresh.parent, fresh.vars = (
            {**names, **dict.fromkeys(pages, page), **dict.fromkeys(fields, page.meta)}
            for names, pages, fields in self._names
        )
        return fresh


def _find_names(names: Mapping[str, Any], part: Unknown) -> list[str]:
    return [name for name, value in names.items() if value is part]


class _Shell:
    """A template rendered for the pages of one key."""

    def __init__(self, texts: list[str], gaps: list[_Gap], unknown: UnknownPage) -> None:
        self._texts = texts
        self._gaps = gaps
        self._moulds = {id(gap.context): _Mould(gap.context, unknown) for gap in gaps}
        self._known: set[str] = set()
        """Symbols that a page asked for."""
        self._symbols: list[str] = []
        self._draws = [gap.name == SYMBOLS and _is_ours(gap) for gap in gaps]
        self.left = _CHECKED
        """How many pages are still to be compared."""

    def fill(self, page: RecordPage) -> str:
        """Return what the template prints for a page."""
        contexts = {key: mould.cast(page) for key, mould in self._moulds.items()}
        parts = self._texts[:1]
        for gap, draws, text in zip(self._gaps, self._draws, self._texts[1:], strict=True):
            context = contexts[id(gap.context)]
            parts += self._draw(gap, page) if draws else context.blocks[gap.name][0](context)
            parts.append(text)
        return "".join(parts)

    def _draw(self, gap: _Gap, page: RecordPage) -> Iterator[str]:
        """Yield the symbols of a page, each of which was printed once, with what stands around them."""
        used = {*_USED.findall(page.content or "")}
        if not self._symbols or not used <= self._known:
            self._known |= used
            every = copy(page)
            every.content = "".join(f'#i-{name}"' for name in self._known)
            context = self._moulds[id(gap.context)].cast(every)
            self._symbols = _SYMBOL.split("".join(context.blocks[gap.name][0](context)))
        # By turns what stands between symbols, a symbol, and its name.
        between, symbols, names = self._symbols[::3], self._symbols[1::3], self._symbols[2::3]
        yield between[0]
        for symbol, name, rest in zip(symbols, names, between[1:], strict=True):
            if name in used:
                yield symbol
            if rest:
                yield rest


def _is_ours(gap: _Gap) -> bool:
    """Whether our symbols are drawn, and nothing that a site has put in their place."""
    places = [stacked.__code__.co_filename for stacked in gap.context.blocks[gap.name][1:]]
    places.append(str(gap.context.environment.get_template("partials/symbols.html").filename))
    return all(Path(place).is_relative_to(OVERRIDES) for place in places)


class Shells:
    """The templates of a build, as MkDocs asks an environment for them."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._found: dict[tuple[object, ...], _Shell | int | None] = {}
        """By key: the shell, or how many pages there were without one, or None where there can't be any."""
        self.filled = 0
        """How many pages came from a shell alone."""
        self._places: set[str] = set()
        """Where addresses that shells have made relative lead to or through."""

    def get_template(self, name: str) -> "_Filling":
        """Return a template that prints what the one of that name prints."""
        return _Filling(self, self._environment.get_template(name))

    def render(self, template: Template, names: Mapping[str, Any]) -> str:
        """Print a template for a page, by its shell where there is one."""
        page: RecordPage = names["page"]
        found = self._found.get(key := self._find_key(template, names, page), 0)
        if isinstance(found, _Shell) and not found.left:
            with contextlib.suppress(AskedError):
                text = found.fill(page)
                self.filled += 1
                return text
            found = self._found[key] = None
        text = template.render(names)
        if found == 0:
            # Many kinds have one page.
            self._found[key] = 1
        elif found is not None:
            self._prove(found if isinstance(found, _Shell) else None, template, names, text)
        return text

    def _find_key(self, template: Template, names: Mapping[str, Any], page: RecordPage) -> tuple[object, ...]:
        """Return what pages with the same shell have in common. Relative addresses depend on the two last things."""
        passed = [place for place in accumulate(_split(page.url), "{}/{}".format) if place in self._places]
        shared = (page.meta.get(field) for field in _SHARED)
        return (template.name, *shared, names["base_url"], passed[-1] if passed else "")

    def _prove(self, shell: _Shell | None, template: Template, names: Mapping[str, Any], text: str) -> None:
        """Compare what a shell gives with what the theme prints; keep the shell if they are the same."""
        page: RecordPage = names["page"]
        try:
            shell = shell or self._make(template, names, page)
            if shell.fill(page) != text:
                raise AskedError
        except Exception as error:  # noqa: BLE001 (what can't be done with a shell can be done without)
            shell = None
            log.info(
                f"Pages of the kind {page.meta.get('kind')} are rendered each by itself, which takes longer: "
                f"outside its blocks, the layout looks at {error or 'more than they share'}.",
                extra=PASSING,
            )
        if shell is not None:
            shell.left -= 1
        self._found[self._find_key(template, names, page)] = shell

    def _make(self, template: Template, names: Mapping[str, Any], page: RecordPage) -> _Shell:
        draft = _Draft([], set(), page, names["base_url"])
        meta = UnknownFields(**{field: page.meta.get(field) for field in _SHARED})
        unknown = UnknownPage(draft=draft, meta=meta, toc=[Unknown(url=f"#{START}")])
        text = template.render({**names, "page": unknown})
        texts = []
        for number in range(len(draft.gaps)):
            before, sign, text = text.partition(_SIGN.format(number))
            if not sign or sign in text:
                raise AskedError
            texts.append(before)
        for link in draft.links:
            self._places.update(accumulate(_split(link), "{}/{}".format))
        return _Shell([*texts, text], draft.gaps, unknown)


def _split(address: str) -> list[str]:
    return [part for part in normpath(f"/{address}").split("/") if part]


@dataclass(frozen=True)
class _Filling:
    """Does what MkDocs asks of a template."""

    shells: Shells
    template: Template

    def render(self, names: Mapping[str, Any]) -> str:
        """Print the template for a page."""
        return self.shells.render(self.template, names)
