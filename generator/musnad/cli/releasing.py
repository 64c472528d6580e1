"""The command that makes everything that is given away, also what no build makes."""

from pathlib import Path

import click

from musnad.cli.options import entries_option, history_option, load_site, site_url_option
from musnad.exports.downloads import make_release
from musnad.exports.extra import ReleaseError


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@entries_option
@site_url_option
@history_option
def release(folder: Path, entries: Path, site_url: str, has_history: bool) -> None:
    """Make everything that is given away in DIR (which must be new or empty), with SHA256SUMS.

    A site offers it where mkdocs.yml has release: DIR below musnad.
    """
    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"{folder} is not empty; name a new folder")
    try:
        made = make_release(load_site(entries, site_url, has_history=has_history), folder)
    except ReleaseError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"wrote {len(made)} files to {folder}", err=True)
