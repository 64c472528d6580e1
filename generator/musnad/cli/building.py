"""Commands that build a site on several machines, put it together, and compare what is published with that."""

import sys
import zlib
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError

import click

from musnad.build.manifest import NAME, Fault, compare_folder, compare_site, fetch_file, read_manifest, read_unpacked
from musnad.build.shards import MANIFEST, VARIABLE, Share, join_shards
from musnad.cli.changing import refusals
from musnad.cli.options import config_option, lang_option, run_mkdocs
from musnad.editing.fetch import is_web
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


_FAULTS: dict[Fault, str] = {
    "missing": N_("missing: {file}"),
    "changed": N_("not as it was built: {file}"),
    "extra": N_("none of the site's: {file}"),
    "unread": N_("can't be read: {file}"),
}


@click.command("verify-site")
@click.argument("place", metavar="ADDRESS|DIR")
@click.option(
    "--manifest",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="List to compare with, from another place than the site itself, which could have been changed with it.",
)
@lang_option
def verify_site(place: str, manifest: Path | None, lang: Lang) -> None:
    """Compare a published site, or a folder of one, with the list of its files that was made when it was built.

    Fails with 1 where a file is missing, another one, or none of the site's (which only a folder tells); with 2 where
    there is no list to compare with.
    """
    words = load_words(lang)
    root = f"{place.rstrip('/')}/"
    try:
        if manifest is not None:
            name, raw = str(manifest), manifest.read_bytes()
        else:
            name = f"{root}{NAME}"
            with fetch_file(root, NAME) if is_web(place) else open(name, "rb") as file:
                raw = b"".join(read_unpacked(file))
        digests = read_manifest(raw, name)
    except RefusedError as error:
        click.echo(words.fill(error.message, **error.values), err=True)
        sys.exit(2)
    except (OSError, HTTPException, ValueError, zlib.error) as error:
        if isinstance(error, HTTPError):
            error.close()
        reason = getattr(error, "strerror", None) or str(error)
        click.echo(words.fill(N_("{file} can't be read: {reason}"), file=name, reason=reason), err=True)
        sys.exit(2)
    count = 0
    for finding in compare_site(root, digests) if is_web(place) else compare_folder(Path(place), digests):
        count += 1
        click.echo(words.fill(_FAULTS[finding.fault], file=finding.address))
    click.echo(
        words.fill(N_("files compared: {n}; not as they should be: {count}"), n=len(digests), count=count), err=True
    )
    sys.exit(1 if count else 0)
