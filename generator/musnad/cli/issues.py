"""The command that makes of an issue, as a form on the repository host wrote it, what a program can."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import click
import yaml

from musnad.cli.changing import change, find_date
from musnad.cli.drafting import keep_outside
from musnad.cli.options import entries_option, lang_option, name_prefix
from musnad.cli.sites import load_site
from musnad.editing.change import Draft
from musnad.editing.host import FORMS, TEMPLATES
from musnad.editing.issue import (
    LONGEST,
    Form,
    Issue,
    Started,
    correct,
    find_correction,
    find_page_record,
    list_naming,
    read_forms,
    read_issue,
    start_claim,
    start_source,
)
from musnad.editing.journal import RefusedError
from musnad.editing.show import show_record
from musnad.pages.site import Site
from musnad.records.load import load_entries
from musnad.records.model import Catalogue
from musnad.records.problems import N_
from musnad.text.languages import LANGS, Lang
from musnad.wording.words import Words, load_words


@dataclass(frozen=True)
class _Order:
    """What was asked for beside the issue."""

    entries: Path
    output: Path | None
    id_: str | None
    is_applied: bool


@click.command("from-issue")
@click.argument("file", type=click.File("rb"))
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Folder for a draft of a new record.")
@click.option("--id", "id_", help="Id of the new record; default: made from the issue.")
@click.option("--apply", "is_applied", is_flag=True, help="Change the value that a correction names, if it names one.")
@entries_option
@lang_option
def from_issue(
    *, file: BinaryIO, output: Path | None, id_: str | None, is_applied: bool, entries: Path, lang: Lang
) -> None:
    """Read an issue made by a form (FILE, or - for what is typed), show it, and draft or change what it is about.

    Nothing is written without --output or --apply, and nothing at all for a takedown.
    """
    words = load_words(lang)
    site = load_site(entries, "")
    catalogue = site.catalogue
    order = _Order(entries, output, id_, is_applied)
    try:
        form, issue = _read(file, entries)
        for line in _tell_issue(form, issue, lang):
            click.echo(line)
        if issue.form in ("source", "claim"):
            start = start_source if issue.form == "source" else start_claim
            _put_draft(start(catalogue, issue, id_, find_date()), order, words)
        elif issue.form == "correction":
            _correct(site, issue, order, words)
        elif issue.form == "takedown":
            for line in _tell_takedown(catalogue, issue, order, words):
                click.echo(line)
        else:
            raise RefusedError(N_("this is no form that a command knows: {name}"), name=issue.form)
    except RefusedError as error:
        raise click.ClickException(words.fill(error.message, **error.values)) from None


def _read(file: BinaryIO, entries: Path) -> tuple[Form, Issue]:
    """Read an issue by the publication's own forms, or by those that come with the package."""
    raw = file.read(LONGEST + 1)
    if len(raw) > LONGEST:
        raise RefusedError(N_("this is longer than any issue"))
    own = entries.resolve().parent / f".{FORMS}"
    try:
        forms = read_forms(own if own.is_dir() else TEMPLATES / FORMS)
        issue = read_issue(raw.decode("utf-8-sig"), forms)
    except UnicodeDecodeError:
        raise RefusedError(N_("this is not UTF-8 text; save it as UTF-8")) from None
    except yaml.YAMLError as error:
        raise click.ClickException(f"{own}: {error}") from None
    return next(form for form in forms if form.name == issue.form), issue


def _tell_issue(form: Form, issue: Issue, lang: Lang) -> Iterator[str]:
    """Yield what was filled in, each line with a sign before it: it is nobody's command."""
    for field, label in form.labels.items():
        if answer := issue.answers.get(field):
            parts = label.split(" · ")
            yield parts[LANGS.index(lang)] if len(parts) == len(LANGS) else label
            yield from (f"  | {line}" for line in answer.splitlines())


def _put_draft(started: Started, order: _Order, words: Words) -> None:
    if order.output is None:
        click.echo(f"\n# {started.place}\n{started.text}", nl=False)
        click.echo(words.gettext(N_("nothing was written: --output names a folder for the draft")), err=True)
        return
    keep_outside(order.output, order.entries)
    path = order.output / started.place
    if path.exists():
        raise RefusedError(N_("{file} is there already; nothing was written"), file=str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(started.text, encoding="utf-8", newline="\n")
    message = N_("wrote {name}: put what the source says in the place of …, then move it into {folder}")
    click.echo(words.fill(message, name=path.as_posix(), folder=order.entries.as_posix()), err=True)


def _tell_place(ref: str, order: _Order, words: Words) -> str:
    file = load_entries(order.entries, prefix=name_prefix(order.entries)).origins[ref].file
    return words.fill(N_("This is about {id}, which lies in {file}."), id=ref, file=file)


def _correct(site: Site, issue: Issue, order: _Order, words: Words) -> None:
    ref = find_page_record(site.catalogue, issue.line("page"))
    click.echo(_tell_place(ref, order, words))
    # Readers see no page of a draft.
    with suppress(KeyError):
        click.echo(f"\n{show_record(site, ref, words.lang)}\n")
    found = find_correction(Draft(order.entries, load_entries(order.entries, prefix="")), ref, issue)
    if found is None:
        click.echo(words.gettext(N_("It names no field with its value: whoever knows the source edits the file.")))
        return
    click.echo(f"{found.field}: {found.old} → {found.new}")
    if not order.is_applied:
        click.echo(words.gettext(N_("nothing was written: --apply changes this value")), err=True)
        return
    title = f"from-issue {ref}"
    change(lambda draft: correct(draft, ref, found), order.entries, title, words.lang, dry_run=False, is_own=True)
    message = N_(
        "Then compare it with the source, say in history what changed and why, and drop reviews of what it was."
    )
    click.echo(words.gettext(message))


def _tell_takedown(catalogue: Catalogue, issue: Issue, order: _Order, words: Words) -> Iterator[str]:
    ref = find_page_record(catalogue, issue.line("page"))
    yield _tell_place(ref, order, words)
    yield from (words.fill(N_("{other} names it"), other=other) for other in list_naming(catalogue, ref))
    for message in (
        N_("Whoever maintains the publication decides, at once; two people decide afterwards whether it comes back."),
        N_("To withhold it: musnad withhold, into a private folder. With the next build it is gone from all pages."),
        N_("What can’t stand without it goes along; the command says so before it asks."),
        N_("musnad retract is something else: the page stays and says why."),
        N_("The history of the files still holds it: two people decide whether musnad expunge takes it out."),
        N_("The issue itself is public: what may harm someone there is to be deleted on the host."),
    ):
        yield f"- {words.gettext(message)}"
