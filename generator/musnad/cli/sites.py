"""The site of a folder of entries, for commands that tell of its pages or export it."""

from pathlib import Path

import click

from musnad.build.history import read_history
from musnad.cli.options import name_prefix
from musnad.pages.site import Site, SiteOptions
from musnad.records.overlay import VARIABLE, Overlay
from musnad.rules.check import load_checked
from musnad.wording.words import load_all_words


def load_site(entries: Path, site_url: str, *, has_history: bool = False) -> Site:
    """Return the site of a folder of entries without any problem, maybe with what git tells. Raises ProblemsError."""
    if Overlay.find():
        raise click.ClickException(f"{VARIABLE} names a folder of what is withheld: nothing is exported with it")
    catalogue = load_checked(entries, prefix=name_prefix(entries))
    history = read_history(entries, catalogue) if has_history else None
    words, options = load_all_words(catalogue.site), SiteOptions(site_url=site_url)
    return Site.make(catalogue, words, options, edits=history.edits if history else None)
