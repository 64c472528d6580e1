"""The command that puts files into the style of records."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from musnad.cli.changing import refusals, roll_back
from musnad.cli.options import entries_option, lang_option, name_prefix
from musnad.cli.reports import report_text
from musnad.editing.journal import Journal
from musnad.editing.style import format_text, model_of
from musnad.records.files import list_entries
from musnad.records.problems import N_, Problem
from musnad.records.yamltext import read_yaml
from musnad.text.languages import Lang
from musnad.wording.words import load_words


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True))
@entries_option
@click.option("--check", "is_check", is_flag=True, help="Change nothing; say which files would change, and fail then.")
@lang_option
def fmt(files: tuple[Path, ...], entries: Path, is_check: bool, lang: Lang) -> None:
    """Put FILES (default: all) into the style of records: order of fields, layout, quotation marks.

    Comments stay with what they stand at, and what a file says never changes. A file with mistakes is left alone.
    """
    words = load_words(lang)
    before: dict[str, bytes] = {}
    after: dict[str, bytes] = {}
    problems: list[Problem] = []
    with refusals(words):
        if not is_check:
            roll_back(entries, words)
        for place in sorted({*_find_places(entries, files)}):
            raw = (entries / place).read_bytes()
            document = read_yaml(raw, name_prefix(entries) + place)
            if document.problems:
                problems += document.problems
                continue
            text = raw.decode("utf-8-sig")
            made = format_text(text, place)
            # What a file says is more than its looks: should the two ever differ, nothing is written.
            if read_yaml(made.encode(), place).data != document.data or format_text(made, place) != made:
                raise click.ClickException(f"{entries / place}: left alone, as it would not say the same")
            if made.encode() != raw:
                before[place], after[place] = raw, made.encode()
        if after and not is_check:
            Journal(entries).write(before, after, "fmt")
    for line in report_text(problems, (), words):
        click.echo(line)
    for place in after:
        click.echo(words.fill(N_("would change: {file}") if is_check else N_("changed: {file}"), file=entries / place))
    if failed := len({problem.file for problem in problems}):
        click.echo(words.fill(N_("files with mistakes, left alone: {n}"), n=failed), err=True)
    total = N_("files to change: {n}") if is_check else N_("files changed: {n}")
    click.echo(words.fill(total, n=len(after)), err=True)
    if after and not is_check:
        click.echo(words.gettext(N_("to take it back: musnad undo")), err=True)
    sys.exit(1 if failed or (is_check and after) else 0)


def _find_places(entries: Path, files: Iterable[Path]) -> Iterator[str]:
    """Yield the paths below the entries of files that are asked for, by themselves or with their folder."""
    known = [found.path for found in list_entries(entries) if found.sort == "file" and model_of(found.path)]
    root = entries.resolve()
    for path in [path.resolve() for path in files] or [root]:
        if path != root and root not in path.parents:
            raise click.ClickException(f"{path} is not below {entries}; name the folder of the records with --entries")
        below = path.relative_to(root).as_posix()
        yield from (place for place in known if below in (".", place) or place.startswith(f"{below}/"))
