"""The command that says what a change does."""

import subprocess
import tarfile
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from musnad.cli.options import entries_option, lang_option, name_prefix
from musnad.editing.diff import compare_catalogues, find_new_warnings, render_difference
from musnad.editing.words import list_missing, list_stale
from musnad.records.problems import Problem, ProblemsError
from musnad.rules.check import check_entries, load_checked
from musnad.text.languages import LANGS, Lang
from musnad.wording.words import load_words


@click.command()
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@click.option(
    "--entries",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("entries"),
    show_default=True,
    help="Folder of the records in a revision.",
)
def diff(old: str, new: str, entries: Path) -> None:
    """Say in both languages what the change from A to B does; each is a folder of entries or a git revision."""
    with TemporaryDirectory() as scratch:
        sides = [resolve(side, entries, Path(scratch) / name) for side, name in ((old, "a"), (new, "b"))]
        checked = [check_entries(folder, prefix=prefix) for folder, prefix in sides]
        for side in checked:
            if side.problems:
                raise ProblemsError(side.problems)
        warned = [_drop_prefix(side.warnings, prefix) for side, (_, prefix) in zip(checked, sides, strict=True)]
    difference = compare_catalogues(*(side.catalogue for side in checked))
    for lang in LANGS:
        click.echo(render_difference(difference, load_words(lang), find_new_warnings(*warned)))


def _drop_prefix(problems: Iterable[Problem], prefix: str) -> list[Problem]:
    return [replace(problem, file=problem.file.removeprefix(prefix)) for problem in problems]


@click.command("words")
@click.option("--since", default="HEAD", show_default=True, help="A git revision or a folder: what fell behind since.")
@click.option(
    "--in", "language", type=click.Choice(LANGS), multiple=True, help="The language looked at. [default: both]"
)
@entries_option
@lang_option
def missing_words(since: str, language: tuple[Lang, ...], entries: Path, lang: Lang) -> None:
    """Say what is missing in a language, and which texts fell behind when only the other one was changed."""
    words = load_words(lang)
    new = load_checked(entries, prefix=name_prefix(entries))
    with TemporaryDirectory() as scratch:
        folder, prefix = resolve(since, entries, Path(scratch) / "a")
        old = load_checked(folder, prefix=prefix)
    for message, values in list_missing(new):
        click.echo(words.fill(message, **values))
    for side in language or LANGS:
        for message, values in list_stale(old, new, side):
            click.echo(f"{side}: {words.fill(message, **values)}")


def resolve(side: str, entries: Path, scratch: Path) -> tuple[Path, str]:
    """Return a folder of entries, the one named or that of a git revision, unpacked; and what problems call it."""
    if Path(side).is_dir():
        return Path(side), name_prefix(Path(side))
    try:
        archive = subprocess.run(
            ["git", "archive", "--format=tar", f"{side}:./{entries.as_posix()}"], capture_output=True, check=True
        )
    except FileNotFoundError as error:
        raise click.ClickException("git is needed to compare revisions, and is not installed") from error
    except subprocess.CalledProcessError as error:
        detail = error.stderr.decode(errors="replace").strip()
        raise click.ClickException(f"{side} is neither a folder nor a revision with {entries}: {detail}") from error
    with tarfile.open(fileobj=BytesIO(archive.stdout)) as tar:
        # The first releases of Python 3.11 have no filters; what git packs needs one against links only.
        tar.extraction_filter = getattr(tarfile, "data_filter", None)
        try:
            tar.extractall(scratch)
        except tarfile.TarError as error:
            raise click.ClickException(f"{side} can't be unpacked: {error}") from error
    return scratch, f"{side}:{name_prefix(entries)}"
