"""The command that makes everything that is given away, also what no build makes."""

import tempfile
from pathlib import Path

import click

from musnad.cli.options import entries_option, history_option, site_url_option
from musnad.cli.packing import pack_for_kiwix, pack_offline
from musnad.cli.sites import load_site
from musnad.exports.downloads import RELEASE, make_release
from musnad.exports.extra import ReleaseError
from musnad.exports.offline import ZimError


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@entries_option
@site_url_option
@history_option
@click.option(
    "--offline",
    "config_file",
    metavar="mkdocs.yml",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="With the whole site, as this configuration builds it: a zip, and a ZIM where zimwriterfs is.",
)
def release(folder: Path, entries: Path, site_url: str, has_history: bool, config_file: Path | None) -> None:
    """Make everything that is given away in DIR (which must be new or empty), with SHA256SUMS.

    A site offers it where mkdocs.yml has release: DIR below musnad.
    """
    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"{folder} is not empty; name a new folder")
    site = load_site(entries, site_url, has_history=has_history)
    with tempfile.TemporaryDirectory() as scratch:
        if config_file:
            _pack(config_file, entries, Path(scratch))
        try:
            made = make_release(site, folder, Path(scratch))
        except ReleaseError as error:
            raise click.ClickException(str(error)) from None
    click.echo(f"wrote {len(made)} files to {folder}", err=True)


def _pack(config_file: Path, entries: Path, folder: Path) -> None:
    pack_offline(config_file, folder / "record.zip", **{RELEASE: "false"})
    try:
        pack_for_kiwix(config_file, entries, folder / "record.zim", **{RELEASE: "false"})
    except ZimError as error:
        if str(error):
            raise click.ClickException(str(error)) from error
        click.echo("zimwriterfs is not installed (see zim-tools): there is no ZIM", err=True)
