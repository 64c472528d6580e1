"""Commands that check: records by themselves, and against articles."""

import sys
from pathlib import Path

import click

from musnad.cli.options import entries_option, lang_option, name_prefix
from musnad.cli.reports import FORMATS, format_option
from musnad.editing.coverage import tell_coverage_lines
from musnad.editing.verify import verify_records
from musnad.editing.withhold import find_traces, list_words
from musnad.records.files import NO_FILES
from musnad.records.load import load_entries
from musnad.records.overlay import Overlay
from musnad.records.problems import N_
from musnad.rules.check import check_entries, load_checked
from musnad.text.languages import Lang
from musnad.wording.words import Words, load_words


@click.command()
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=Path("entries"))
@lang_option
@format_option
@click.option(
    "--first", multiple=True, metavar="FILE", help="Files that are told of before all others, as those that changed."
)
@click.option(
    "--overlay",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Private folder of what is withheld: whether any of its words are left, and whether it would still be right.",
)
def check(folder: Path, lang: Lang, form: str, first: tuple[str, ...], overlay: Path | None) -> None:
    """Check the records in DIR (default: entries)."""
    if overlay:
        _check_withheld(Overlay(overlay), folder, load_words(lang))
    laid_over = Overlay(overlay).lay(folder) if overlay else NO_FILES
    checked = check_entries(folder, prefix=name_prefix(folder), laid_over=laid_over)
    catalogue, wanted = checked.catalogue, {Path(name).as_posix() for name in first}
    problems, warnings = (sorted(f, key=lambda p: p.file not in wanted) for f in (checked.problems, checked.warnings))
    for line in FORMATS[form](problems, warnings, load_words(lang)):
        click.echo(line)
    counts = f"{len(catalogue.sources)} sources, {len(catalogue.entities)} entities, {len(catalogue.claims)} claims"
    if checked.problems:
        click.echo(f"{len(checked.problems)} problem(s); {counts} could be read", err=True)
        sys.exit(1)
    click.echo(f"no problems: {counts}", err=True)


def _check_withheld(overlay: Overlay, folder: Path, words: Words) -> None:
    """Stop where words of what is withheld stand among the records."""
    wanted = [word for _, withheld in overlay for word in list_words(withheld)]
    left = [*find_traces(folder, wanted)]
    for file, line, found in left:
        message = N_("{file}:{line} still has «{words}», which is withheld")
        click.echo(words.fill(message, file=f"{name_prefix(folder)}{file}", line=line, words=found))
    if left:
        sys.exit(1)


@click.command()
@click.option(
    "--articles",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    required=True,
    help="Folder of local copies, <source-id>.txt, one paragraph a line.",
)
@entries_option
@lang_option
@format_option
def verify(articles: Path, entries: Path, lang: Lang, form: str) -> None:
    """Compare place marks, digests and quoted words with local copies of the articles."""
    found = verify_records(load_entries(entries, prefix=name_prefix(entries)), articles)
    words = load_words(lang)
    for line in FORMATS[form](found.problems, found.warnings, words):
        click.echo(line)
    for source_id in found.missing:
        click.echo(words.fill(N_("not compared: {source} (no {source}.txt)"), source=source_id), err=True)
    total = len(found.compared) + len(found.missing) + len(found.unreadable)
    message = N_("sources compared: {n} of {total}")
    click.echo(words.fill(message, n=len(found.compared), total=total), err=True)
    sys.exit(1 if found.problems or not found.compared else 0)


@click.command()
@click.argument("source", required=False)
@entries_option
def coverage(source: str | None, entries: Path) -> None:
    """List the sentences of SOURCE (default: of all) with their claims, and those without."""
    catalogue = load_checked(entries, prefix=name_prefix(entries))
    if source and source not in catalogue.sources:
        raise click.ClickException(f"there is no source {source}; there are: {', '.join(catalogue.sources)}")
    for source_id in [source] if source else catalogue.sources:
        click.echo(source_id)
        for line in tell_coverage_lines(catalogue, source_id):
            click.echo(line)
