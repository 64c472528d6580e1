"""Commands that build a site on several machines and put it together."""

from pathlib import Path

import click

from musnad.build.shards import MANIFEST, VARIABLE, Share, join_shards
from musnad.cli.changing import refusals
from musnad.cli.options import config_option, lang_option, run_mkdocs
from musnad.editing.journal import RefusedError
from musnad.records.problems import N_
from musnad.text.languages import Lang
from musnad.wording.words import load_words


def _parse_share(context: click.Context, parameter: click.Parameter, text: str) -> Share:
    try:
        return Share.parse(text)
    except ValueError:
        raise click.BadParameter("write the number of a shard and how many there are, such as 2/4") from None


@click.command()
@click.option("--shard", "share", metavar="I/N", callback=_parse_share, required=True, help="Which of how many shards.")
@config_option
@click.option("--strict", is_flag=True, help="Let warnings stop the build.")
@lang_option
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def build(share: Share, config_file: Path, strict: bool, lang: Lang, folder: Path) -> None:
    """Build a share of the site into DIR, to be joined with the others (the whole site: mkdocs build)."""
    manifest, options = folder / MANIFEST, ["--strict"] if strict else []
    with refusals(load_words(lang)):
        # Hidden is what a build leaves that was ended.
        if not manifest.is_file() and any(not path.name.startswith(".") for path in folder.glob("*")):
            message = N_("{folder} holds something else than a shard, and a build empties it: name a new folder")
            raise RefusedError(message, folder=folder)
        environment = {VARIABLE: f"{share.number}/{share.total}"}
        if run_mkdocs(config_file, folder, *options, environment=environment, is_told=True).returncode:
            # Warnings stop a strict build when all is written.
            manifest.unlink(missing_ok=True)
            raise RefusedError(N_("no shard was built, for the reasons above"))


@click.command()
@click.argument("target", metavar="OUT", type=click.Path(path_type=Path, file_okay=False))
@click.argument(
    "shards", metavar="DIR...", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, file_okay=False)
)
@lang_option
def join(target: Path, shards: tuple[Path, ...], lang: Lang) -> None:
    """Put the site together in OUT (which must be new or empty) from its shards, one in each DIR."""
    with refusals(load_words(lang)):
        join_shards(shards, target)
    click.echo(f"wrote {target}", err=True)
