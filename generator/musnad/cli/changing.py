"""Commands that change records: all or nothing, told in words, and taken back by ``undo``."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from musnad.cli.options import entries_option, lang_option, name_prefix
from musnad.cli.reports import report_text
from musnad.editing.change import Draft, merge, rename, retract
from musnad.editing.journal import Journal, RefusedError
from musnad.records.files import list_entries
from musnad.records.model import FOLDERS
from musnad.records.problems import N_, ProblemsError
from musnad.text.languages import LANGS, Lang
from musnad.wording.words import Words, load_words

dry_run_option = click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")


def complete_id(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the ids that begin so, with their folders."""
    root = Path(context.params.get("entries") or "entries")
    found = []
    for entry in list_entries(root) if root.is_dir() else ():
        folder, rest = entry.path.partition("/")[::2]
        if entry.sort == "file" and folder in FOLDERS and rest.endswith(".yaml"):
            id_ = rest.removesuffix(".yaml")
            id_ = id_.rpartition("/")[2] if folder == "entities" else id_
            if id_.startswith(incomplete):
                found.append(CompletionItem(id_, help=folder))
    return found


@click.command("rename")
@click.argument("old", shell_complete=complete_id)
@click.argument("new")
@entries_option
@dry_run_option
@lang_option
def rename_record(old: str, new: str, entries: Path, dry_run: bool, lang: Lang) -> None:
    """Give the entity, source or claim OLD the id NEW, everywhere; its old address leads on."""
    change(lambda draft: rename(draft, old, new, find_date()), entries, f"rename {old} {new}", lang, dry_run=dry_run)


@click.command("merge")
@click.argument("one", shell_complete=complete_id)
@click.argument("into", shell_complete=complete_id)
@entries_option
@dry_run_option
@lang_option
def merge_entities(one: str, into: str, entries: Path, dry_run: bool, lang: Lang) -> None:
    """Make the entity ONE part of the entity INTO: names, identifiers and references go over."""
    change(lambda draft: merge(draft, one, into, find_date()), entries, f"merge {one} {into}", lang, dry_run=dry_run)


@click.command("retract")
@click.argument("id_", metavar="ID", shell_complete=complete_id)
@click.option("--reason-ar", required=True, help="Why, for readers, in Arabic.")
@click.option("--reason-en", required=True, help="Why, for readers, in English.")
@entries_option
@dry_run_option
@lang_option
def retract_record(id_: str, entries: Path, dry_run: bool, lang: Lang, **told: str) -> None:
    """Retract the record ID: its page stays, and says why."""
    reasons = {name: told[f"reason_{name}"] for name in LANGS}
    change(
        lambda draft: retract(draft, id_, reasons, find_date()),
        entries,
        f"retract {id_}",
        lang,
        dry_run=dry_run,
        is_own=True,
    )


@click.command()
@entries_option
@lang_option
def undo(entries: Path, lang: Lang) -> None:
    """Take back the last change that a command made, if its files were not changed since."""
    words = load_words(lang)
    with refusals(words):
        if not roll_back(entries, words):
            click.echo(words.fill(N_("taken back: musnad {command}"), command=Journal(entries).undo()))


def find_date() -> str:
    """Return the date of today."""
    return date.today().isoformat()


@contextmanager
def refusals(words: Words) -> Iterator[None]:
    """Tell why a change is not made, in words."""
    try:
        yield
    except RefusedError as error:
        raise click.ClickException(words.fill(error.message, **error.values)) from None


@contextmanager
def unread(entries: Path, words: Words) -> Iterator[None]:
    """Tell, with their places, which files are in the way of a change."""
    try:
        yield
    except ProblemsError as error:
        found = [replace(problem, file=f"{name_prefix(entries)}{problem.file}") for problem in error.problems]
        for line in report_text(found, (), words):
            click.echo(line)
        message = N_("nothing was written: these files come first, as the change may concern what they say")
        raise click.ClickException(words.gettext(message)) from None


def roll_back(entries: Path, words: Words) -> bool:
    """Take back a change that was interrupted, and say so; return whether there was one."""
    was_interrupted = Journal(entries).roll_back()
    if was_interrupted:
        message = N_("the last change had been interrupted; all files are as they were before it")
        click.echo(words.gettext(message), err=True)
    return was_interrupted


def change(
    work: Callable[[Draft], None], entries: Path, title: str, lang: Lang, *, dry_run: bool, is_own: bool = False
) -> None:
    """Work out a change, check it, write it all or not at all, and say what was done.

    Only what changes nothing but a record's own file (``is_own``) goes on beside files that can't be read.
    """
    words = load_words(lang)
    with refusals(words), unread(entries, words):
        roll_back(entries, words)
        draft = Draft.begin(entries)
        if not is_own:
            draft.require_read()
        work(draft)
        if draft.before == draft.after:
            click.echo(words.gettext(N_("nothing to change")), err=True)
            return
        if problems := draft.find_new_problems(name_prefix(entries)):
            for problem in problems:
                click.echo(words.tell(problem))
            click.echo(words.gettext(N_("nothing was written: the records would have these mistakes")), err=True)
            sys.exit(1)
        if not dry_run:
            Journal(entries).write(draft.before, draft.after, title)
    for message, values in draft.told:
        click.echo(words.fill(message, **values))
    last = N_("nothing was written (--dry-run)") if dry_run else N_("to take it back: musnad undo")
    click.echo(words.gettext(last), err=True)
