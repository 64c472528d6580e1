"""Compose the whole site: catalogue -> pages. No I/O, no builder."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from html import unescape
from types import SimpleNamespace
from typing import Any

from markupsafe import escape

from musnad.derive.concepts import add_concepts, has_same_names
from musnad.derive.edits import Edits
from musnad.derive.graph import Graph, has_same_graph, make_graph
from musnad.derive.news import has_news
from musnad.derive.people import is_protected
from musnad.derive.visible import publishable
from musnad.pages.addresses import Addresses, find_file, find_place, name_feed
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.downloads import PLACE as DOWNLOADS
from musnad.pages.elements.links import CORRECTIONS
from musnad.pages.elements.publication import SiteWord, require_site, tell_site
from musnad.pages.render import Renderer, SitePage, make_environment
from musnad.pages.trace import ANY, Recall, Trace, Traced
from musnad.pages.views import ViewMaker, list_kinds, list_sections, list_view_makers
from musnad.pages.views.kept import PLACE as KEPT
from musnad.records.model import FOLDERS, Catalogue
from musnad.records.problems import N_
from musnad.records.walk import iter_records
from musnad.text.bidi import enclose, isolate, split_runs
from musnad.text.languages import LANGS, Lang
from musnad.wording.words import Words

RECORDS = (*FOLDERS, "redirects", "withheld")
FOOT = {
    "method/": N_("How the record is made"),
    "about/": N_("About"),
    "contribute/": N_("Contribute"),
    "accessibility/": N_("Accessibility"),
}
"""Hand-written pages that every page links to, where there are such, by their place below the language."""

FEED = N_("Changes as a feed (Atom)")
PROMISE = N_("No cookies, no tracking, no requests to other sites.")
"""Said at the foot of each page, where the configuration bears it out."""


@dataclass(frozen=True)
class SiteOptions:
    """Addresses that the records do not know."""

    site_url: str = ""
    """With a slash at the end, or empty."""
    edit: str = ""
    """Where a file of the entries is edited, with ``{path}`` or ``{path_noext}`` for the file, or empty."""
    is_flat: bool = False
    """Whether pages are files and not folders."""
    has_own_ink: bool = False
    """Whether voices stand in another ink than red."""
    keeps: tuple[str, ...] = ()
    """What the theme keeps on a reader's device besides a scheme, by its names for that."""
    written: Mapping[str, str] = field(default_factory=dict)
    """Hand-written pages that generated ones link to, by their place, with their addresses."""
    released: tuple[str, ...] = ()
    """Files that ``musnad release`` made and the site offers, by their addresses."""

    @property
    def addresses(self) -> Addresses:
        """What decides the address of a page."""
        return Addresses(self.site_url, self.is_flat, self.written, self.edit, self.released)


@dataclass(frozen=True)
class Site:
    """A publishable catalogue with everything derived from it."""

    shown: Catalogue
    derived: Graph
    words: dict[Lang, Words]
    options: SiteOptions

    @classmethod
    def make(
        cls,
        catalogue: Catalogue,
        words: dict[Lang, Words],
        options: SiteOptions,
        before: "Site | None" = None,
        *,
        edits: Edits | None = None,
    ) -> "Site":
        """Leave out what readers may not see, and derive the rest once for both languages.

        What was derived for the site ``before`` is taken over when it would be the same.
        """
        shown = publishable(catalogue)
        is_same = before is not None and has_same_graph(before.shown, shown)
        if before is not None and is_same:
            graph = before.derived if has_same_names(before.shown, shown) else add_concepts(before.derived, shown)
        else:
            graph = add_concepts(make_graph(shown), shown)
        known = {ref: edits[ref] for record in iter_records(shown) if (ref := record.ref) in edits} if edits else {}
        return cls(shown, replace(graph, edits=known), words, options)

    def again(self) -> "Site":
        """Return the same site with nothing composed yet: two threads can't share what notes who looks at what."""
        return replace(self)

    @cached_property
    def trace(self) -> Trace:
        """Notes what of the catalogue and the graph is looked at while something is made."""
        return Trace()

    @cached_property
    def recall(self) -> Recall:
        """What is made of single records and kept, where a build keeps anything."""
        return Recall(self.trace)

    @cached_property
    def catalogue(self) -> Catalogue:
        """What is shown, looked at under the eyes of the trace."""
        records: dict[str, Any] = {name: Traced(name, getattr(self.shown, name), self.trace) for name in RECORDS}
        return replace(self.shown, **records)

    @cached_property
    def graph(self) -> Graph:
        """What is derived, looked at under the eyes of the trace."""
        facts = [(field.name, getattr(self.derived, field.name)) for field in fields(self.derived)]
        traced: dict[str, Any] = {name: Traced(name, found, self.trace) for name, found in facts}
        return replace(self.derived, **traced)

    def pages(self) -> Iterator[SitePage]:
        """Yield every page, in a fixed order."""
        return map(self.make_page, self.list_pages())

    def list_pages(self) -> list[str]:
        """Return the file of every page, in a fixed order."""
        return [find_file(""), *(find_file(f"{lang}/{path}") for lang in LANGS for path in self._view_makers)]

    def make_page(self, file: str) -> SitePage:
        """Make the page of a file that was listed."""
        lang, _, path = find_place(file).partition("/")
        if lang not in LANGS:
            return self._root_page()
        with self.trace.record() as noted:
            page = self._renderers[lang].render(self._view_makers[path](self.composers[lang]), file)
        if not page.fields.get("noindex") and self._names_protected(page, noted):
            page.fields["noindex"] = True
        return page

    def _names_protected(self, page: SitePage, noted: set[str]) -> bool:
        """Whether a page has the name of a living person whom two have not reviewed, of those looked at for it."""
        people = self._protected if f"entities/{ANY}" in noted else self._protected.keys() & noted
        told = f"{page.body}{page.fields['title']}{page.fields['description']}" if people else ""
        return any(name in told for ref in people for name in self._protected[ref])

    def tells_protected(self, text: str) -> bool:
        """Whether a text, without markup, has the name of a living person whom two have not reviewed."""
        return any(unescape(name) in text for names in self._protected.values() for name in names)

    @cached_property
    def _protected(self) -> dict[str, tuple[str, ...]]:
        """Names of living people whom two have not reviewed, as pages write them, by address."""
        people = (one for one in self.shown.entities.values() if is_protected(one, self.shown))
        return {one.ref: tuple(str(escape(name.text)) for name in one.names) for one in people}

    @cached_property
    def _renderers(self) -> dict[Lang, Renderer]:
        of = self.options
        return {lang: Renderer(self.words[lang], of.addresses, of.edit, of.has_own_ink, of.keeps) for lang in LANGS}

    @cached_property
    def composers(self) -> dict[Lang, Composer]:
        """One for each language, shared by pages and exports."""
        addresses = self.options.addresses
        return {lang: Composer(self.catalogue, self.graph, self.words[lang], self.trace, addresses) for lang in LANGS}

    def inherit(self, before: "Site", changed: set[str]) -> None:
        """Take over what was composed for an earlier site with the same words, from what has not changed."""
        for lang, composer in self.composers.items():
            composer.inherit(before.composers[lang], changed)

    @cached_property
    def _view_makers(self) -> dict[str, ViewMaker]:
        """What makes the view of every page, by its place below the language."""
        return dict(list_view_makers(self.shown, self.derived))

    def browse_links(self, composer: Composer) -> list[tuple[str, str, str]]:
        """Return place, title and a line about it for every page that leads to records, and for the guide."""
        lang, kinds = composer.lang, self.catalogue.vocabulary.kinds
        return [
            *self._section_links(lang),
            *((f"browse/{kinds[id_].section}/{id_}/", kinds[id_].plural[lang], "") for id_ in list_kinds(self.shown)),
            *self._fixed_links(lang),
        ]

    def _section_links(self, lang: Lang) -> list[tuple[str, str, str]]:
        sections = self.catalogue.vocabulary.sections
        return [
            (f"browse/{id_}/", sections[id_].label[lang], sections[id_].blurb[lang])
            for id_ in list_sections(self.shown)
        ]

    def _fixed_links(self, lang: Lang) -> list[tuple[str, str, str]]:
        t = self.words[lang].gettext
        return [
            ("sources/", t(N_("Sources")), ""),
            ("claims/", t(N_("Claims")), ""),
            ("reading/", t(N_("How to read this")), ""),
        ]

    def _root_page(self) -> SitePage:
        site = require_site(self.catalogue)
        halves = [
            SimpleNamespace(
                lang=lang,
                name=site.name[lang],
                purpose=tell_site(site, "purpose", self.words[lang]),
                href=self.options.addresses.find(f"{lang}/"),
                enter=self.words[lang].gettext(N_("Enter in English")),
            )
            for lang in LANGS
        ]
        head: dict[str, Any] = {
            "template": "root.html",
            "title": " · ".join(enclose(site.name[lang], lang) for lang in LANGS),
            "description": " ".join(enclose(half.purpose, lang) for half, lang in zip(halves, LANGS, strict=True)),
        }
        body = make_environment().get_template("root.md.j2").render(halves=halves)
        return SitePage(find_file(""), head, body)

    def interface_words(self) -> dict[str, Any]:
        """Return the words the theme's own templates need, by language."""
        return {lang: self._interface_words(lang) for lang in LANGS}

    @cached_property
    def has_feed(self) -> bool:
        """Whether there is any news to be told in feeds."""
        return bool(self.options.site_url) and has_news(self.shown, self.derived)

    def _interface_words(self, lang: Lang) -> dict[str, Any]:
        site = require_site(self.catalogue)

        def t(key: str) -> str:
            return isolate(self.words[lang].gettext(key), lang)

        def split(key: str) -> list[list[str | None]]:
            return [list(run) for run in split_runs(self.words[lang].gettext(key), lang)]

        names: tuple[SiteWord, ...] = ("tagline", "colophon", "rights")
        sentences = {name: tell_site(site, name, self.words[lang]) for name in names}
        find = self.options.addresses.find
        sections = [
            {"text": isolate(title, lang), "href": find(f"{lang}/{path}"), "section": path}
            for path, title, _ in (*self._section_links(lang), *self._fixed_links(lang))
        ]
        foot = {f"{lang}/{path}": t(title) for path, title in FOOT.items()}
        return {
            "start": find(f"{lang}/"),
            "site": isolate(site.name[lang], lang),
            "locale": self.words[lang].place_tag,
            **{name: [list(run) for run in split_runs(text, lang)] for name, text in sentences.items()},
            "promise": split(PROMISE),
            "sections": sections,
            "foot": [
                {"text": title, "href": find(place)} for place, title in foot.items() if place in self.options.written
            ]
            + [
                {"text": t(N_("Corrections")), "href": find(f"{lang}/{CORRECTIONS}")},
                {"text": t(N_("Downloads")), "href": find(f"{lang}/{DOWNLOADS}")},
                {"text": t(N_("What your browser keeps")), "href": find(f"{lang}/{KEPT}")},
            ],
            "feed": name_feed(lang) if self.has_feed else "",
            "feed_label": t(FEED),
            "feed_runs": split(FEED),
            "home": t(N_("Home")),
            "path": t(N_("You are here")),
            "preview": t(N_("A preview with what is withheld: show it to nobody, and save no page of it.")),
            "sections_label": t(N_("Sections")),
            "on_page": t(N_("On this page")),
            "this_record": t(N_("About this record")),
            "edit": t(N_("Correct this page")),
            "cite": t(N_("Cite this page")),
            "cite_day": t(N_("Add the day on which you read it.")),
            "cite_data": split(N_("This record as data (JSON)")),
            "skip": t(N_("Skip to content")),
            "search": t(N_("Search the record")),
            "search_off": t(N_("Search needs a web server and does not work here; the lists lead to every record.")),
            "search_guess": t(N_("Nothing found. Did you mean:")),
            "full_record": t(N_("Full record")),
            "close": t(N_("Close")),
            "dark": t(N_("Use the dark scheme")),
            "light": t(N_("Use the light scheme")),
            "system": t(N_("Use the scheme of the device")),
            "nothing": t(N_("Nothing at this address")),
            "nothing_more": t(
                N_(
                    "The search and the lists lead to every record. "
                    "One that was removed with a notice still gives the reason at its address."
                )
            ),
        }
