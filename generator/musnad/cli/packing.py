"""The built site as one file, for the commands that give it away."""

import shutil
import tempfile
from pathlib import Path

import click

from musnad.build.manifest import NAME as MANIFEST
from musnad.build.manifest import write_manifest
from musnad.build.shards import digest_files
from musnad.cli.options import run_mkdocs
from musnad.cli.sites import load_site
from musnad.exports.offline import pack_zim, pack_zip, prepare_files
from musnad.records.files import replacing


def pack_offline(config_file: Path, file: Path, **environment: str) -> None:
    """Build the site and write it as a zip that works from a folder."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        _build(config_file, site, MUSNAD_OFFLINE="true", **environment)
        prepare_files(site)
        digests = digest_files(site)
        del digests[MANIFEST]
        (site / MANIFEST).write_bytes(write_manifest(digests).encode())
        with replacing(file) as packed:
            pack_zip(site, file.stem, packed)


def pack_for_kiwix(config_file: Path, entries: Path, file: Path, **environment: str) -> None:
    """Build the site and write it as a ZIM. Raises ZimError."""
    with tempfile.TemporaryDirectory() as folder:
        site, packed = Path(folder) / "site", Path(folder) / "record.zim"
        _build(config_file, site, MUSNAD_OFFLINE="zim", **environment)
        pack_zim(site, load_site(entries, ""), packed)
        shutil.move(packed, file)


def _build(config_file: Path, folder: Path, **environment: str) -> None:
    """Build the site with pages as files, as strictly as its configuration asks for."""
    run = run_mkdocs(config_file, folder, "--no-directory-urls", environment=environment)
    if run.returncode:
        raise click.ClickException(run.stderr.strip())
