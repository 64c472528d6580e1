"""Commands that show a record in the terminal, and that complete ids there."""

from pathlib import Path

import click
from click.shell_completion import get_completion_class

from musnad.cli.changing import complete_id
from musnad.cli.options import entries_option, lang_option
from musnad.cli.sites import load_site
from musnad.editing.change import find_ref
from musnad.editing.journal import RefusedError
from musnad.editing.show import show_record
from musnad.records.load import load_entries
from musnad.records.problems import N_
from musnad.text.languages import Lang
from musnad.wording.words import load_words


@click.command()
@click.argument("id_", metavar="ID", shell_complete=complete_id)
@entries_option
@lang_option
def show(id_: str, entries: Path, lang: Lang) -> None:
    """Show the record ID as its page tells it: statement, chain, sources, and what refers to it."""
    words = load_words(lang)
    site = load_site(entries, "")
    try:
        click.echo(show_record(site, find_ref(load_entries(entries), id_), lang))
    except RefusedError as error:
        raise click.ClickException(words.fill(error.message, **error.values)) from None
    except KeyError:
        raise click.ClickException(
            words.fill(N_("readers see no page of {id}: it is a draft or withheld"), id=id_)
        ) from None


@click.command()
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what completes commands and ids in a shell: eval "$(musnad completion bash)"."""
    found = get_completion_class(shell)
    assert found
    click.echo(found(context.find_root().command, {}, "musnad", "_MUSNAD_COMPLETE").source())
