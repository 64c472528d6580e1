"""Commands that write the record in another form: one for each format, and the schemas for editors."""

import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from musnad.build.history import list_tags
from musnad.cli.changing import refusals
from musnad.cli.comparing import resolve
from musnad.cli.options import config_option, entries_option, history_option, lang_option, name_prefix, site_url_option
from musnad.cli.packing import pack_for_kiwix, pack_offline
from musnad.cli.sites import load_site
from musnad.editing.sheet import gather_records
from musnad.editing.workbook import write_workbook
from musnad.exports.artifacts import ArtifactsError, State, export_artifacts
from musnad.exports.database import export_database
from musnad.exports.downloads import Maker
from musnad.exports.extra import ReleaseError
from musnad.exports.ftm import FOLDER, export_ftm, name_dataset
from musnad.exports.geojson import export_geojson
from musnad.exports.json import export_json
from musnad.exports.markdown import export_markdown
from musnad.exports.offline import ZimError
from musnad.exports.parquet import export_parquet
from musnad.exports.tables import export_tables
from musnad.exports.trig import export_trig
from musnad.pages.site import Site, SiteOptions
from musnad.records.files import replacing
from musnad.records.guidance import CHOICES, write_choices
from musnad.records.load import load_entries
from musnad.records.problems import ProblemsError
from musnad.records.schemas import check_schemas, write_schemas
from musnad.rules.check import load_checked
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


@export.command("geojson")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@entries_option
@site_url_option
@history_option
def export_geojson_command(file: Path, entries: Path, site_url: str, has_history: bool) -> None:
    """Write places, and what is claimed at them, as GeoJSON to FILE."""
    ((_, text),) = export_geojson(load_site(entries, site_url, has_history=has_history))
    file.write_text(text, encoding="utf-8", newline="\n")
    click.echo(f"wrote {file}", err=True)


@export.command("trig")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@entries_option
@site_url_option
@history_option
def export_trig_command(folder: Path, entries: Path, site_url: str, has_history: bool) -> None:
    """Write named graphs, a nanopublication for each claim, and the shapes that they have, below DIR."""
    for address, text in export_trig(load_site(entries, site_url, has_history=has_history)):
        path = folder / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"wrote {path}", err=True)


def _add_command(name: str, told: str, make: Maker) -> None:
    @export.command(name, help=told)
    @click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
    @entries_option
    @site_url_option
    @history_option
    def write_files(folder: Path, entries: Path, site_url: str, has_history: bool) -> None:
        try:
            made = dict(make(load_site(entries, site_url, has_history=has_history)))
        except ReleaseError as error:
            raise click.ClickException(str(error)) from None
        folder.mkdir(parents=True, exist_ok=True)
        for address, content in made.items():
            (folder / Path(address).name).write_bytes(content.encode() if isinstance(content, str) else content)
        click.echo(f"wrote {len(made)} files to {folder}", err=True)


_add_command("tables", "Write tables as CSV with their code book and datapackage.json to DIR.", export_tables)
_add_command("database", "Write the tables as SQLite, with metadata.json for Datasette, to DIR.", export_database)
_add_command("parquet", "Write the tables as Parquet to DIR.", export_parquet)


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


@export.command("offline")
@click.argument("file", metavar="FILE.zip", type=click.Path(path_type=Path, dir_okay=False))
@config_option
def export_offline_command(file: Path, config_file: Path) -> None:
    """Write the whole site, search and views included, as FILE.zip: to be unpacked and opened without a server."""
    pack_offline(config_file, file)
    click.echo(f"wrote {file}", err=True)


@export.command("zim")
@click.argument("file", metavar="FILE.zim", type=click.Path(path_type=Path, dir_okay=False))
@config_option
@entries_option
def export_zim_command(file: Path, config_file: Path, entries: Path) -> None:
    """Write the whole site as FILE.zim for Kiwix, with the program zimwriterfs (of the package zim-tools)."""
    try:
        pack_for_kiwix(config_file, entries, file)
    except ZimError as error:
        raise click.ClickException(str(error) or "zimwriterfs is not installed: see zim-tools") from error
    click.echo(f"wrote {file}", err=True)


@export.command("ftm")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@entries_option
@site_url_option
@history_option
def export_ftm_command(folder: Path, entries: Path, site_url: str, has_history: bool) -> None:
    """Write entities and statements of FollowTheMoney to DIR, and a list of what that can't hold."""
    made = {
        address.removeprefix(FOLDER): text
        for address, text in export_ftm(load_site(entries, site_url, has_history=has_history))
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    click.echo(f"wrote {', '.join(made)} to {folder}", err=True)


@export.command("artifacts")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@entries_option
@click.option("--site-url", required=True, help="Address at which DIR will be published, with a slash at the end.")
@click.option("--tags", default="*", show_default=True, help="Which tags are versions: v*")
@click.option("--since", help="The first tag that is one.")
def export_artifacts_command(folder: Path, entries: Path, site_url: str, tags: str, since: str | None) -> None:
    """Write every tagged state of the records to DIR as a version of a data set of FollowTheMoney, as yente reads it.

    What is there already stays as it is.
    """
    found = list_tags(entries, tags)
    if found is None:
        raise click.ClickException(f"git knows nothing of {entries}")
    names = [name for name, _ in found]
    if since and since not in names:
        raise click.ClickException(f"{since} is none of the tags: {', '.join(names)}")
    wanted = found[names.index(since) if since else 0 :]
    present = load_site(entries, site_url)
    name = name_dataset(present)
    try:
        versions = export_artifacts(_unpack_states(wanted, entries, site_url), present, folder, name)
    except ArtifactsError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"wrote {len(versions)} versions of {name} to {folder}", err=True)


def _unpack_states(tags: Iterable[tuple[str, int]], entries: Path, site_url: str) -> Iterator[State]:
    for name, seconds in tags:
        with tempfile.TemporaryDirectory() as scratch:
            folder, prefix = resolve(f"refs/tags/{name}", entries, Path(scratch) / "state")
            catalogue = load_checked(folder, prefix=prefix)
        yield State(name, seconds, Site.make(catalogue, load_all_words(catalogue.site), SiteOptions(site_url=site_url)))


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
