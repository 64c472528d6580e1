"""The command line: check, export, schema. Thin: each command calls one function and prints."""

import sys
from pathlib import Path

import click

from generator import __version__
from generator.check import check_entries, load_checked
from generator.exports.json import export_json
from generator.exports.markdown import export_markdown
from generator.locale import load_all_words, load_words
from generator.problems import ProblemsError
from generator.schemas import check_schemas, write_schemas
from generator.site import Site, SiteOptions
from generator.values import LANGS, Lang

_entries = click.option(
    "--entries",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path("entries"),
    show_default=True,
    help="Folder of the records.",
)
_lang = click.option("--lang", type=click.Choice(LANGS), default="en", show_default=True, help="Language of messages.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="isnad")
def cli() -> None:
    """Bilingual knowledge bases from attributed claims."""


@cli.command()
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=Path("entries"))
@_lang
def check(folder: Path, lang: Lang) -> None:
    """Check the records in DIR (default: entries)."""
    checked = check_entries(folder, prefix=f"{folder.as_posix().rstrip('/')}/")
    words = load_words(lang)
    for problem in checked.problems:
        click.echo(words.tell(problem))
    catalogue = checked.catalogue
    counts = f"{len(catalogue.sources)} sources, {len(catalogue.entities)} entities, {len(catalogue.claims)} claims"
    if checked.problems:
        click.echo(f"{len(checked.problems)} problem(s); {counts} could be read", err=True)
        sys.exit(1)
    click.echo(f"no problems: {counts}", err=True)


@cli.group()
def export() -> None:
    """Write the record in another form."""


def _load_site(entries: Path, site_url: str) -> Site:
    catalogue = load_checked(entries, prefix=f"{entries.as_posix().rstrip('/')}/")
    return Site.make(catalogue, load_all_words(), SiteOptions(site_url=site_url))


_site_url = click.option("--site-url", default="", help="Address of the published site, with a slash at the end.")


@export.command("json")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@_entries
@_site_url
def export_json_command(file: Path, entries: Path, site_url: str) -> None:
    """Write sources, entities and claims as one JSON object to FILE."""
    text = export_json(_load_site(entries, site_url))
    file.write_text(text, encoding="utf-8")
    click.echo(f"wrote {file}", err=True)


@export.command("markdown")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@_entries
@click.option(
    "--docs",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("docs"),
    show_default=True,
    help="Hand-written pages to take along.",
)
@click.option("--site-url", default="https://example.org/", show_default=True, help="Address of the published site.")
def export_markdown_command(folder: Path, entries: Path, docs: Path, site_url: str) -> None:
    """Write every page as a Markdown file, with a configuration to build them, to DIR (which must be new or empty)."""
    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"{folder} is not empty; name a new folder")
    count = export_markdown(_load_site(entries, site_url), docs, folder)
    click.echo(f"wrote {count} pages to {folder}", err=True)


@cli.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; fail when a schema is out of date.")
@click.argument(
    "folder", metavar="[DIR]", type=click.Path(path_type=Path, file_okay=False), default=Path("entries/schemas")
)
def schema(folder: Path, only_check: bool) -> None:
    """Write the JSON Schemas for editors into DIR (default: entries/schemas)."""
    if only_check:
        stale = check_schemas(folder)
        for name in stale:
            click.echo(f"{folder / name} is out of date; run isnad schema")
        sys.exit(1 if stale else 0)
    for name in write_schemas(folder):
        click.echo(f"wrote {folder / name}", err=True)


def main() -> None:
    """Run the command line; mistakes in records and files are told without a traceback."""
    try:
        cli(standalone_mode=False)
    except ProblemsError as error:
        for problem in error.problems:
            click.echo(str(problem))
        sys.exit(1)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(1)
    except OSError as error:
        click.echo(f"isnad: {error.strerror or error}: {error.filename or ''}", err=True)
        sys.exit(1)
