"""The command that takes tables in."""

import sys
from collections.abc import Iterable
from html import unescape
from pathlib import Path
from typing import NoReturn

import click

from musnad.cli.changing import change, dry_run_option, find_date
from musnad.cli.options import entries_option, find_terminal_lang, name_prefix
from musnad.editing.begin import begin_mapping
from musnad.editing.change import Draft
from musnad.editing.diff import render_difference
from musnad.editing.importing import Import
from musnad.editing.mapping import read_mapping
from musnad.editing.sheet import SheetImport
from musnad.editing.table import Table, read_table
from musnad.editing.workbook import SheetError, Wrong, read_workbook
from musnad.records.load import load_entries
from musnad.records.problems import N_, Problem, ProblemsError
from musnad.text.languages import LANGS, Lang
from musnad.wording.words import Words, load_words


@click.command("import")
@click.argument("table", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option(
    "--mapping",
    type=click.Path(path_type=Path, dir_okay=False),
    help="What says which column is which field. Default: beside TABLE, with the ending .yaml.",
)
@click.option("--begin", is_flag=True, help="Write a first mapping from the headers of TABLE, to be completed.")
@entries_option
@dry_run_option
@click.option("--lang", type=click.Choice(LANGS), help="Language of messages (default: that of the terminal).")
def import_table(
    *, table: Path, mapping: Path | None, begin: bool, entries: Path, dry_run: bool, lang: Lang | None
) -> None:
    """Make drafts of the rows of TABLE as a mapping says; a row that changed changes its record.

    TABLE is a CSV file, or has entities of FollowTheMoney (.json, one on each line). A workbook (.xlsx) of musnad
    export sheet needs no mapping: what was changed in it is changed in the records.
    """
    lang = lang or find_terminal_lang()
    words = load_words(lang)
    if table.suffix.lower() == ".xlsx":
        _import_sheet(table, entries, lang, dry_run=dry_run)
        return
    path = mapping or table.with_suffix(".yaml")
    try:
        read = read_table(table.read_bytes(), table.as_posix())
        if begin:
            _begin(read, path, entries, words)
            return
        if not path.is_file():
            message = N_("there is no mapping {file}; musnad import --begin writes a first one")
            raise click.ClickException(words.fill(message, file=path))
        file = read_mapping(path.read_bytes(), path.as_posix(), read)
    except ProblemsError as error:
        _refuse(error.problems, None, words)
    prefix = name_prefix(entries)

    def work(draft: Draft) -> None:
        found = Import(draft, read, file, find_date())
        try:
            found.run()
        except ProblemsError as error:
            _refuse(error.problems, read, words)
        # Mistakes are told where they were made, not in records that nobody wrote.
        if draft.before != draft.after and (problems := (*draft.find_new_problems(prefix), *found.list_unfinished())):
            _refuse(found.trace(problems, prefix), read, words)

    change(work, entries, f"import {table.name}", lang, dry_run=dry_run)


def _import_sheet(file: Path, entries: Path, lang: Lang, *, dry_run: bool) -> None:
    words, prefix = load_words(lang), name_prefix(entries)

    def work(draft: Draft) -> None:
        try:
            found = SheetImport(draft, read_workbook(file.read_bytes(), lang), find_date())
            found.run()
        except SheetError as error:
            _refuse_cells(error.wrong, words)
        if draft.before == draft.after:
            return
        if problems := draft.find_new_problems(prefix):
            told = [(found.trace(problem, prefix), problem) for problem in problems]
            for problem in (problem for wrong, problem in told if wrong.place is None):
                click.echo(words.tell(problem))
            _refuse_cells([wrong for wrong, _ in told if wrong.place], words)
        # It is Markdown for the host of a repository, where signs are escaped.
        click.echo(unescape(render_difference(found.compare(), words)))

    change(work, entries, f"import {file.name}", lang, dry_run=dry_run)


def _refuse_cells(wrong: Iterable[Wrong], words: Words) -> NoReturn:
    for place, message, values in wrong:
        told = words.fill(message, **values)
        if place:
            label = f" ({place.label})" if place.label else ""
            at = N_("{sheet}, row {row}, column {column}: {told}")
            column = f"{place.column}{label}"
            told = words.fill(at, sheet=place.sheet, row=place.row, column=column, told=told)
        click.echo(told)
    click.echo(words.gettext(N_("nothing was written")), err=True)
    sys.exit(1)


def _begin(table: Table, path: Path, entries: Path, words: Words) -> None:
    if path.exists():
        raise click.ClickException(words.fill(N_("{file} is there already; nothing was written"), file=path))
    text = begin_mapping(table, load_entries(entries).catalogue, words)
    path.write_text(text, encoding="utf-8", newline="\n")
    message = N_("wrote {file}: put what you know in the place of …, then musnad import {table}")
    click.echo(words.fill(message, file=path, table=table.file))


def _refuse(problems: Iterable[Problem], table: Table | None, words: Words) -> NoReturn:
    for problem in sorted(problems, key=lambda problem: problem.sort_key):
        click.echo(words.tell(problem))
        row = table and problem.file == table.file and next((r for r in table.rows if r.number == problem.line), None)
        if table and row:
            header = table.headers[problem.column - 1]
            click.echo(f"{problem.line:5} | {header}: {row.cells[header]}")
    click.echo(words.gettext(N_("nothing was written")), err=True)
    sys.exit(1)
