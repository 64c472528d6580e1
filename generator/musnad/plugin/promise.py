"""What a site loads from others and keeps of its readers: whether its foot may say that it does neither."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from musnad.records.files import list_visible
from musnad.records.problems import N_

NO_PROMISE = N_("the foot of the pages does not say that readers are not tracked, because of {reasons}")
BROKEN_PROMISE = N_(
    "{file} loads from {host}, where the foot of the pages says that none does: remove what loads it, or write "
    "promise: false below musnad in mkdocs.yml"
)

_HOST = r"(?:https?:)?//([\w.-]+\.\w+|localhost)"
_LOADS = re.compile(
    rf"""\s(?:src|srcset|poster|data)\s*=\s*["']?\s*{_HOST}"""
    rf"""|<link\b(?=[^>]*\brel=["']?(?:stylesheet|preload|preconnect|dns-prefetch|icon|prefetch|modulepreload|manifest))"""
    rf"""[^>]*\bhref=["']?\s*{_HOST}"""
    rf"""|(?:url\(|@import)\s*["']?\s*{_HOST}""",
    re.IGNORECASE,
)
_SCRIPTED = re.compile(rf"""["'`]{_HOST}""", re.IGNORECASE)
_NAMES = frozenset({"www.w3.org"})
"""Hosts that stand in names of languages, from which nothing is loaded."""


def find_loads(text: str) -> Iterator[str]:
    """Yield what HTML or a style sheet loads from elsewhere: hosts, and what the theme's script loads for diagrams."""
    yield from (next(filter(None, found.groups())) for found in _LOADS.finditer(text))
    if 'class="mermaid"' in text:
        # From the theme's own script.
        yield "unpkg.com"


def find_scripted(text: str) -> Iterator[str]:
    """Yield the hosts that a script names, and that it sets cookies."""
    yield from (found[1] for found in _SCRIPTED.finditer(text) if found[1] not in _NAMES)
    if "document.cookie" in text:
        yield "document.cookie"


def list_breaches(config: MkDocsConfig, files: Files, pages: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Yield what speaks against the promise: settings, and files with what they load; ``pages`` is what these load."""
    yield from (f"extra.{name}" for name in ("analytics", "consent") if config.extra.get(name))
    for name in [*config.extra_css, *map(str, config.extra_javascript), *map(str, config.extra.get("polyfills") or [])]:
        file = files.get_file_from_path(name)
        if re.match(_HOST, name):
            yield name
        elif file is not None and file.src_dir == config.docs_dir:
            find = find_loads if name in config.extra_css else find_scripted
            yield from (f"{name}: {host}" for host in find(file.content_string))
    yield from (name for key in ("logo", "favicon") if re.match(_HOST, name := str(config.theme.get(key) or "")))
    own = config.theme.custom_dir
    for name in list_visible(own) if own else ():
        if name.endswith((".html", ".css", ".js")):
            text = Path(own or "", name).read_text(encoding="utf-8", errors="replace")
            found = [*find_loads(text), *(find_scripted(text) if "<script" in text or name.endswith(".js") else ())]
            yield from (f"{name}: {host}" for host in found)
    yield from (f"{name}: {host}" for name, hosts in pages.items() for host in hosts)
