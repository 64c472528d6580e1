"""Commands that write the record in another form: one for each format, and the schemas for editors."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import click

from musnad.cli.changing import refusals
from musnad.cli.options import (
    entries_option,
    history_option,
    lang_option,
    load_site,
    name_prefix,
    site_url_option,
)
from musnad.editing.sheet import gather_records
from musnad.editing.workbook import write_workbook
from musnad.exports.json import export_json
from musnad.exports.markdown import export_markdown
from musnad.exports.offline import ZimError, pack_zim, pack_zip, prepare_files
from musnad.records.files import replacing
from musnad.records.guidance import CHOICES, write_choices
from musnad.records.load import load_entries
from musnad.records.problems import ProblemsError
from musnad.records.schemas import check_schemas, write_schemas
from musnad.text.languages import Lang
from musnad.wording.words import load_all_words, load_words


@click.group()
def export() -> None:
    """Write the record in another form."""


@export.command("json")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@entries_option
@site_url_option
@history_option
def export_json_command(file: Path, entries: Path, site_url: str, has_history: bool) -> None:
    """Write sources, entities and claims as one JSON object to FILE."""
    text = export_json(load_site(entries, site_url, has_history=has_history))
    file.write_text(text, encoding="utf-8", newline="\n")
    click.echo(f"wrote {file}", err=True)


@export.command("markdown")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@entries_option
@click.option(
    "--docs",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("docs"),
    show_default=True,
    help="Hand-written pages to take along.",
)
@click.option("--site-url", default="https://example.org/", show_default=True, help="Address of the published site.")
@history_option
def export_markdown_command(folder: Path, entries: Path, docs: Path, site_url: str, has_history: bool) -> None:
    """Write every page as a Markdown file, with a configuration to build them, to DIR (which must be new or empty)."""
    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"{folder} is not empty; name a new folder")
    count = export_markdown(load_site(entries, site_url, has_history=has_history), docs, folder)
    click.echo(f"wrote {count} pages to {folder}", err=True)


@export.command("sheet")
@click.argument("file", metavar="FILE.xlsx", type=click.Path(path_type=Path, dir_okay=False))
@entries_option
@lang_option
def export_sheet_command(file: Path, entries: Path, lang: Lang) -> None:
    """Write the files of all records, drafts and withheld ones too, as a workbook to be edited: FILE.xlsx.

    It is for editors, and not to be published. musnad import FILE.xlsx takes it back.
    """
    loaded = load_entries(entries, prefix="")
    if loaded.problems:
        raise ProblemsError(load_entries(entries, prefix=name_prefix(entries)).problems)
    with refusals(load_words(lang)):
        words = load_all_words(loaded.catalogue.site)
        raw = write_workbook(gather_records(entries, loaded), loaded.catalogue, words, lang)
    with replacing(file) as target:
        target.write(raw)
    click.echo(f"wrote {file}", err=True)


config_option = click.option(
    "--config-file",
    "-f",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="Configuration of the site.",
)


@export.command("offline")
@click.argument("file", metavar="FILE.zip", type=click.Path(path_type=Path, dir_okay=False))
@config_option
def export_offline_command(file: Path, config_file: Path) -> None:
    """Write the whole site, search and views included, as FILE.zip: to be unpacked and opened without a server."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        _build(config_file, site, MUSNAD_OFFLINE="true")
        prepare_files(site)
        with replacing(file) as packed:
            pack_zip(site, file.stem, packed)
    click.echo(f"wrote {file}", err=True)


@export.command("zim")
@click.argument("file", metavar="FILE.zim", type=click.Path(path_type=Path, dir_okay=False))
@config_option
@entries_option
def export_zim_command(file: Path, config_file: Path, entries: Path) -> None:
    """Write the whole site as FILE.zim for Kiwix, with the program zimwriterfs (of the package zim-tools)."""
    with tempfile.TemporaryDirectory() as folder:
        site, packed = Path(folder) / "site", Path(folder) / "record.zim"
        _build(config_file, site)
        try:
            pack_zim(site, load_site(entries, ""), packed)
        except ZimError as error:
            raise click.ClickException(str(error) or "zimwriterfs is not installed: see zim-tools") from error
        shutil.move(packed, file)
    click.echo(f"wrote {file}", err=True)


def _build(config_file: Path, folder: Path, **environment: str) -> None:
    """Build the site with pages as files, as strictly as its configuration asks for."""
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--no-directory-urls",
        "-f",
        str(config_file),
        "-d",
        str(folder),
    ]
    known = {**os.environ, "MUSNAD_CACHE": "false", "NO_MKDOCS_2_WARNING": "1", **environment}
    run = subprocess.run(command, env=known, capture_output=True, text=True, check=False)
    if run.returncode:
        raise click.ClickException(run.stderr.strip())


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; fail when a schema is out of date.")
@click.argument(
    "folder", metavar="[DIR]", type=click.Path(path_type=Path, file_okay=False), default=Path("entries/schemas")
)
def schema(folder: Path, only_check: bool) -> None:
    """Write the JSON Schemas for editors into DIR (default: entries/schemas), and the ids that there are now."""
    if only_check:
        stale = check_schemas(folder)
        for name in stale:
            click.echo(f"{folder / name} is out of date; run musnad schema")
        sys.exit(1 if stale else 0)
    for name in write_schemas(folder):
        click.echo(f"wrote {folder / name}", err=True)
    if (folder.parent / "site.yaml").is_file():
        write_choices(load_entries(folder.parent).catalogue, folder)
        click.echo(f"wrote {folder / CHOICES}", err=True)
