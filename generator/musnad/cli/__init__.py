"""The command line. Thin: each command calls a function or two and prints; a file for each group of commands."""

import signal
import sys
from importlib import import_module

import click

from musnad import __version__
from musnad.records.problems import ProblemsError
from musnad.wording.output import print_utf8

COMMANDS = {
    "build": "building:build",
    "check": "checking:check",
    "completion": "showing:completion",
    "coverage": "checking:coverage",
    "diff": "comparing:diff",
    "export": "exporting:export",
    "expunge": "withholding:expunge_history",
    "fix": "creating:fix",
    "fmt": "formatting:fmt",
    "from-issue": "issues:from_issue",
    "import": "importing:import_table",
    "init": "starting:init",
    "join": "building:join",
    "merge": "changing:merge_entities",
    "new": "sources:new",
    "pin": "starting:pin",
    "release": "releasing:release",
    "rename": "changing:rename_record",
    "restore": "withholding:restore_records",
    "retract": "changing:retract_record",
    "schema": "exporting:schema",
    "search": "drafting:search",
    "show": "showing:show",
    "suggest": "drafting:suggest",
    "undo": "changing:undo",
    "verify": "checking:verify",
    "verify-site": "building:verify_site",
    "watch-sources": "sources:watch",
    "withhold": "withholding:withhold_records",
    "words": "comparing:missing_words",
}
"""Where each command is: it is loaded when it is called, as all of them take longer than most of them do."""


class Commands(click.Group):
    """The commands, by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return their names."""
        del ctx
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command; None if there is none of that name."""
        del ctx
        module, _, name = COMMANDS.get(cmd_name, "").partition(":")
        return getattr(import_module(f"musnad.cli.{module}"), name) if module else None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="musnad")
def cli() -> None:
    """Bilingual knowledge bases from attributed claims."""


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
