"""The code book of the tables: what each column holds, and what each term means."""

from collections.abc import Iterator
from dataclasses import dataclass

from musnad.pages.elements.columns import TABLES, Column, Term, list_terms, list_uses, tell_column
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.downloads import PLACE as DOWNLOADS
from musnad.pages.elements.heads import make_page_head
from musnad.pages.elements.parts import Link, PageView
from musnad.records.problems import N_

PLACE = "downloads/codebook/"
_KINDS = {
    "string": N_("text"),
    "number": N_("number"),
    "integer": N_("whole number"),
    "boolean": N_("true or false"),
}


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One column of a table."""

    name: str
    label: str
    meaning: str
    kind: str
    notes: tuple[Link, ...]
    """Where its values are explained, or the table whose ids they are."""


@dataclass(frozen=True, slots=True)
class TableView:
    """One table."""

    name: str
    label: str
    columns: tuple[ColumnView, ...]


@dataclass(frozen=True, slots=True)
class TermsView:
    """One list of terms and the columns that have values of it."""

    name: str
    uses: tuple[str, ...]
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class CodebookBody:
    """The code book."""

    title: str
    lede: str
    reading: str
    tables: tuple[TableView, ...]
    lists: tuple[TermsView, ...]


def make_codebook_view(composer: Composer) -> PageView:
    """Compose the code book."""
    t = composer.words.gettext
    title = t(N_("Code book"))
    lede = t(N_("What each column of the tables holds, and what each term means."))
    body = CodebookBody(
        title=title,
        lede=lede,
        reading=t(
            N_(
                "The files are UTF-8, with commas and a header. A cell of text that begins with an apostrophe is meant "
                "without it; negative numbers have none. Several values of a cell stand on a line each. Dates are "
                "EDTF: a spreadsheet that takes them for its own changes them, so let it read columns as text."
            )
        ),
        tables=tuple(
            TableView(table.name, t(table.label), tuple(_make_column(composer, column) for column in table.columns))
            for table in TABLES
        ),
        lists=tuple(
            TermsView(name, tuple(list_uses(name)), tuple(terms))
            for name, terms in list_terms(composer.catalogue.vocabulary, composer.words)
        ),
    )
    trail = (Link(t(N_("Downloads")), composer.href(DOWNLOADS)),)
    return PageView(make_page_head(composer, PLACE, "codebook", title, lede, edit="", trail=trail), body)


def _make_column(composer: Composer, column: Column) -> ColumnView:
    label, meaning = tell_column(column, composer.words)
    return ColumnView(
        column.name, label, meaning, composer.words.gettext(_KINDS[column.kind]), tuple(_list_notes(column))
    )


def _list_notes(column: Column) -> Iterator[Link]:
    if column.refers:
        yield Link(f"{column.refers}.id", f"#{column.refers}")
    if column.terms:
        yield Link(column.terms, f"#list-{column.terms}")
