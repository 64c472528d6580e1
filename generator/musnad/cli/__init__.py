"""The command line. Thin: each command calls a function or two and prints; a file for each group of commands."""

import signal
import sys

import click

from musnad import __version__
from musnad.cli.building import build, join, verify_site
from musnad.cli.changing import merge_entities, rename_record, retract_record, undo
from musnad.cli.checking import check, coverage, verify
from musnad.cli.comparing import diff, missing_words
from musnad.cli.creating import fix, new
from musnad.cli.drafting import search, suggest
from musnad.cli.exporting import export, schema
from musnad.cli.formatting import fmt
from musnad.cli.importing import import_table
from musnad.cli.issues import from_issue
from musnad.cli.releasing import release
from musnad.cli.showing import completion, show
from musnad.cli.sources import watch
from musnad.cli.starting import init, pin
from musnad.cli.withholding import expunge_history, restore_records, withhold_records
from musnad.records.problems import ProblemsError
from musnad.wording.output import print_utf8


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="musnad")
def cli() -> None:
    """Bilingual knowledge bases from attributed claims."""


for command in (
    *(
        init,
        pin,
        check,
        fmt,
        search,
        verify,
        coverage,
        suggest,
        import_table,
        from_issue,
        diff,
        export,
        release,
        schema,
    ),
    *(new, fix, rename_record, merge_entities, retract_record, undo, show, missing_words, completion, watch),
    *(build, join, verify_site),
    *(withhold_records, restore_records, expunge_history),
):
    cli.add_command(command)


def main() -> None:
    """Run the command line; mistakes in records and files are told without a traceback."""
    print_utf8()
    # What was begun is put back, and what was started ends too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        cli(prog_name="musnad", standalone_mode=False)
    except ProblemsError as error:
        for problem in error.problems:
            click.echo(str(problem))
        sys.exit(1)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(1)
    except OSError as error:
        click.echo(f"musnad: {error.strerror or error}: {error.filename or ''}", err=True)
        sys.exit(1)
