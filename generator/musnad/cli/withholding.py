"""Commands that take records out of the public files, put them back, and take them out of the history."""

import shutil
from pathlib import Path

import click

from musnad.build.idle import CACHE
from musnad.cli.changing import change, complete_id, dry_run_option, find_date, refusals
from musnad.cli.options import entries_option, lang_option
from musnad.editing.change import Draft
from musnad.editing.expunge import expunge, find_root
from musnad.editing.journal import FOLDER, RefusedError
from musnad.editing.withhold import find_name, find_traces, keep, list_words, plan, restore, withhold
from musnad.pages.elements.labels import WITHHELD
from musnad.records.overlay import Overlay, Withheld
from musnad.records.problems import N_
from musnad.text.languages import Lang
from musnad.wording.words import Words, load_words

overlay_option = click.option(
    "--overlay",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Private folder of what is withheld, outside of the repository.",
)


@click.command("withhold")
@click.argument("ids", metavar="ID...", nargs=-1, required=True, shell_complete=complete_id)
@click.option(
    "--reason", type=click.Choice(tuple(WITHHELD)), required=True, help="Of which kind the reason is: it is public."
)
@click.option("--note", default="", help="What else there is to say; it stays in the private folder.")
@click.option("--notice", "has_notice", is_flag=True, help="Leave a notice at the address, where the id tells nothing.")
@click.option("--yes", is_flag=True, help="Ask nothing.")
@overlay_option
@entries_option
@dry_run_option
@lang_option
def withhold_records(
    *,
    ids: tuple[str, ...],
    reason: str,
    note: str,
    has_notice: bool,
    yes: bool,
    folder: Path,
    entries: Path,
    dry_run: bool,
    lang: Lang,
) -> None:
    """Take the records ID... out of the public files, with all that would tell of them (a takedown).

    What they say moves into the private folder; the public files keep a reason and a date.
    """
    words, overlay = load_words(lang), Overlay(folder)
    made: list[tuple[str, Withheld]] = []

    def work(draft: Draft) -> None:
        _refuse_public(folder, entries)
        planned = plan(draft, ids)
        for message, values in planned.tell():
            click.echo(words.fill(message, **values))
        if not (yes or dry_run):
            click.confirm(words.gettext(N_("Withhold this?")), abort=True)
        name = withhold(draft, planned, reason, find_date(), has_notice=has_notice)
        draft.tell(N_("told in public as {name}: a reason and a date, nothing else"), name=name)
        made.append((name, keep(draft, planned, reason, find_date(), note)))
        if not dry_run:
            overlay.write(*made[0])

    try:
        change(work, entries, f"withhold ({reason})", lang, dry_run=dry_run)
    except BaseException:
        # What was not taken out is kept nowhere else.
        if made and (folder / made[0][0]).is_dir():
            overlay.remove(made[0][0])
        raise
    if not dry_run:
        shutil.rmtree(entries.resolve().parent / CACHE, ignore_errors=True)
        click.echo(words.gettext(N_("what is left: build and publish; then make releases and versions anew")))
        _tell_traces(entries, made[0][1], words)


def _refuse_public(folder: Path, entries: Path) -> None:
    """Refuse a folder that is published with the records. Raises RefusedError."""
    root = find_root(entries) or entries.resolve().parent
    if folder.resolve().is_relative_to(root):
        message = N_("{folder} is part of what is public: name a folder outside of {root}")
        raise RefusedError(message, folder=folder, root=root)


def _tell_traces(entries: Path, withheld: Withheld, words: Words) -> None:
    """Tell where words of what was withheld still stand beside and among the records."""
    root = entries.resolve().parent
    for place in (entries, *(path for name in ("docs",) if (path := root / name).is_dir())):
        for file, line, found in find_traces(place, list_words(withheld)):
            message = N_("look at it: {file}:{line} still has «{words}»")
            click.echo(words.fill(message, file=f"{place}/{file}", line=line, words=found), err=True)


@click.command("restore")
@click.argument("id_", metavar="ID")
@overlay_option
@entries_option
@dry_run_option
@lang_option
def restore_records(id_: str, folder: Path, entries: Path, dry_run: bool, lang: Lang) -> None:
    """Put back what was withheld: ID is one of its records, or its name in withheld.yaml."""
    overlay = Overlay(folder)
    with refusals(load_words(lang)):
        name = find_name(overlay, id_)
    change(lambda draft: restore(draft, overlay, name), entries, f"restore {name}", lang, dry_run=dry_run)
    if not dry_run:
        overlay.remove(name)


@click.command("expunge")
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@click.option(
    "--repository",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    required=True,
    help="A fresh clone, which is rewritten: git clone --no-local --mirror.",
)
@click.option("--approved-by", "approvals", multiple=True, metavar="WHO", help="Who decided it: two people at least.")
@click.option("--word", "extra", multiple=True, metavar="WORDS", help="What else nobody may find: a name, a place.")
@click.option("--also", multiple=True, metavar="PATH", help="Another file that no version may keep.")
@click.option(
    "--map", "target", type=click.Path(path_type=Path, dir_okay=False), required=True, help="Old and new hashes."
)
@overlay_option
@entries_option
@lang_option
def expunge_history(
    *,
    names: tuple[str, ...],
    repository: Path,
    approvals: tuple[str, ...],
    extra: tuple[str, ...],
    also: tuple[str, ...],
    target: Path,
    folder: Path,
    entries: Path,
    lang: Lang,
) -> None:
    """Take what was withheld under NAME... out of every version in a clone; old and new hashes go to a file."""
    words, overlay = load_words(lang), Overlay(folder)
    with refusals(words):
        if len({who.strip().casefold() for who in approvals}) < 2:
            raise RefusedError(N_("two people decide this together: name both with --approved-by"))
        found = [overlay.read(find_name(overlay, name)) for name in names]
        root = find_root(entries)
        below = entries.resolve().relative_to(root).as_posix() if root else entries.name
        changed = expunge(repository, found, below, words=extra, also=also, target=target)
    for place in (FOLDER, CACHE):
        shutil.rmtree(entries.resolve().parent / place, ignore_errors=True)
    click.echo(words.fill(N_("versions that have another hash now: {n}; they are in {file}"), n=changed, file=target))
    click.echo(words.gettext(N_("nothing of it is left in the clone; what to do next stands in the guide")))
