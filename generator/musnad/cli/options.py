"""What commands share: options, and how MkDocs is run."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from musnad.text.languages import LANGS, Lang

entries_option = click.option(
    "--entries",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path("entries"),
    show_default=True,
    help="Folder of the records.",
)
lang_option = click.option(
    "--lang", type=click.Choice(LANGS), default="en", show_default=True, help="Language of messages."
)
history_option = click.option(
    "--history/--no-history", "has_history", default=True, show_default=True, help="Tell what git knows of changes."
)
site_url_option = click.option("--site-url", default="", help="Address of the published site, with a slash at the end.")

config_option = click.option(
    "--config-file",
    "-f",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="Configuration of the site.",
)


def run_mkdocs(
    config_file: Path, folder: Path, *options: str, environment: Mapping[str, str], is_told: bool = False
) -> subprocess.CompletedProcess[str]:
    """Build the site into a folder, without its cache; what MkDocs says is told as it comes, or kept."""
    command = [sys.executable, "-m", "mkdocs", "build", "-f", str(config_file), "-d", str(folder.resolve()), *options]
    known = {**os.environ, "MUSNAD_CACHE": "false", "NO_MKDOCS_2_WARNING": "1", **environment}
    kept = None if is_told else subprocess.PIPE
    with subprocess.Popen(command, env=known, stdout=kept, stderr=kept, text=True) as started:
        try:
            output, errors = started.communicate()
        except BaseException:
            # Whoever asked was asked to end.
            started.terminate()
            raise
    return subprocess.CompletedProcess(command, started.returncode, output, errors)


def find_terminal_lang() -> Lang:
    """Return the language of the terminal, as far as we speak it."""
    found = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "ar" if found.lower().startswith("ar") else "en"


def name_prefix(folder: Path) -> str:
    """Return what problems call a folder of entries."""
    return f"{folder.as_posix().rstrip('/')}/"
