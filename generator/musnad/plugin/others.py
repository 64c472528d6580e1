"""Plugins beside ours: those that can't do their work on pages of records, each with what to write instead."""

from collections.abc import Container, Iterable, Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from musnad.plugin.objection import Objection
from musnad.records.problems import N_

_NAV = N_(
    "{plugin} puts a navigation in order that pages of records do not have: remove it, and write nav in mkdocs.yml"
)
_NO_FILE = N_("{plugin} looks for the file of each page, and pages of records have none: remove it from plugins")
REFUSED = {
    "search": N_("musnad brings its own search: remove search from plugins in mkdocs.yml"),
    "offline": N_(
        "pages of the plugin offline fetch a script from another site: remove it from plugins in mkdocs.yml, "
        "and write use_directory_urls: false for copies that are opened as files"
    ),
    "blog": N_(
        "posts of the plugin blog would be in no language: remove it, and write pages below docs/ar and docs/en"
    ),
    "projects": N_("the plugin projects joins sites, and a record is one: remove it, and build each by itself"),
    "social": N_("the plugin social has letters for one script, and asks other sites for them: remove it from plugins"),
    "tags": N_("records are found by kind and in the search, not by tags: remove the plugin tags from mkdocs.yml"),
    "typeset": N_("headings keep their form without the plugin typeset: remove it from plugins in mkdocs.yml"),
    "print-site": N_("print-site prints what is in nav, and records are not: remove it; each page can be printed"),
    "i18n": N_("musnad itself joins the pages of the two languages: remove i18n from plugins in mkdocs.yml"),
    "git-revision-date-localized": N_(
        "records carry their history with them: remove git-revision-date-localized from plugins in mkdocs.yml"
    ),
    "awesome-pages": _NAV,
    "awesome-nav": _NAV,
    "literate-nav": _NAV,
    "section-index": _NAV,
    "rss": _NO_FILE,
}
"""By the names that stand in mkdocs.yml, without the theme's name before its own."""
AFTER = frozenset({"redirects"})
"""Plugins that look for pages as soon as they hear of files."""


def list_plugin_objections(config: MkDocsConfig) -> Iterator[Objection]:
    """Yield which plugins can't stand beside ours, or not before it."""
    names = list(config.plugins)
    for name in names:
        if message := REFUSED.get(short := name.removeprefix("material/")):
            yield Objection(message, {"plugin": short})
    own = names.index("musnad") if "musnad" in names else 0
    for name in names[:own]:
        if name in AFTER:
            yield Objection(
                N_("{plugin} finds no page of the record: write it after musnad in plugins"), {"plugin": name}
            )


def list_thinner(config: MkDocsConfig, pages: Iterable[str], files: Container[str]) -> Iterator[Objection]:
    """Yield that pages of the record are gone from the files, and which plugins and hooks heard of these after us."""
    gone = [name for name in pages if name not in files]
    if gone:
        names = list(config.plugins)
        later = names[names.index("musnad") + 1 :] if "musnad" in names else names
        yield Objection(
            N_(
                "{count} pages of the record are missing, {file} among them, after {plugins}: let it leave them alone, "
                "or remove it; records are left out by status: draft or withheld"
            ),
            {"count": str(len(gone)), "file": gone[0], "plugins": ", ".join(Path(name).name for name in later)},
        )
