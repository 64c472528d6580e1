"""The command that begins a publication."""

import shlex
import sys
from collections import Counter
from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path

import click

from musnad.cli.options import find_terminal_lang
from musnad.editing.host import HOSTS, guess_host
from musnad.editing.packing import make_pin, write_pin
from musnad.editing.starter import (
    Answers,
    Fault,
    TakenError,
    clean_answer,
    find_example,
    find_fault_of_address,
    find_fault_of_host,
    find_fault_of_region,
    find_fault_of_text,
    make_publication,
    remove_files,
    write_publication,
)
from musnad.records.problems import N_
from musnad.text.languages import LANGS, Lang
from musnad.wording.words import Words, load_words

_NAMES: dict[Lang, str] = {"ar": "سجلّ جديد", "en": "New Record"}
_ADDRESS = "https://example.org/"
_SCHEMAS = "entries/schemas"


@click.command()
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option("--name-ar", help="Name of the publication in Arabic.")
@click.option("--name-en", help="Name of the publication in English.")
@click.option("--subject-ar", help="What it is about, in Arabic; follows “Who says what about …”.")
@click.option("--subject-en", help="The same in English.")
@click.option("--site-url", help="Address of the published site.")
@click.option("--repo-url", help="Address of the repository, if there is one.")
@click.option("--host", help="Whose workflows and forms are written: github, gitlab or none (default: by --repo-url).")
@click.option("--region", help="Country or territory, two letters (ISO 3166-1).")
@click.option("--yes", "is_silent", is_flag=True, help="Ask nothing; what is not given has a default.")
@click.option("--lang", type=click.Choice(LANGS), help="Language of questions (default: that of the terminal).")
@click.option("--remove-example", "is_removing", is_flag=True, help="Only take the invented source away again.")
def init(
    *,
    folder: Path,
    name_ar: str | None,
    name_en: str | None,
    subject_ar: str | None,
    subject_en: str | None,
    site_url: str | None,
    repo_url: str | None,
    host: str | None,
    region: str | None,
    is_silent: bool,
    lang: Lang | None,
    is_removing: bool,
) -> None:
    """Write a small complete publication into DIR (default: here), with an invented source as an example."""
    lang = lang or find_terminal_lang()
    words = load_words(lang)
    if is_removing:
        _remove_example(folder, words)
        return
    ask = _Asker(words, is_silent=is_silent)
    ask.check_free(folder)
    name: dict[Lang, str] = {
        "ar": ask.text(N_("Name of the publication, in Arabic"), name_ar, _NAMES["ar"], "ar"),
        "en": ask.text(N_("Name of the publication, in English"), name_en, _NAMES["en"], "en"),
    }
    subject = ask.subject(subject_ar, subject_en)
    address = ask.ask(N_("Address of the published site"), site_url, _ADDRESS, find_fault_of_address)
    repository = ask.ask(N_("Address of the repository (may be empty)"), repo_url, "", find_fault_of_address)
    hosting = N_("Files for its host: github, gitlab or none")
    chosen = ask.ask(hosting, host, guess_host(repository), find_fault_of_host)
    region = ask.ask(N_("Country or territory, two letters (may be empty)"), region, "", find_fault_of_region)
    answers = Answers(
        name=name,
        subject=subject,
        site_url=f"{address.rstrip('/')}/",
        repo_url=repository,
        host=next(name for name in HOSTS if name == chosen),
        region=region.upper(),
        lang=lang,
        today=date.today().isoformat(),
    )
    files: dict[str, str | bytes] = {**make_publication(answers), **make_pin()}
    try:
        problems = write_publication(files, folder)
    except TakenError as error:
        raise _refuse(words, error.names) from error
    if problems:
        for problem in problems:
            click.echo(words.tell(problem))
        click.echo(words.gettext(N_("nothing was written")), err=True)
        sys.exit(1)
    _tell_written(words, files.keys(), folder)


@click.command()
@click.argument(
    "folder", metavar="[DIR]", type=click.Path(path_type=Path, file_okay=False, exists=True), default=Path()
)
@click.option("--lang", type=click.Choice(LANGS), help="Language of messages (default: that of the terminal).")
def pin(folder: Path, lang: Lang | None) -> None:
    """Put this version of Musnad into DIR (default: here), with requirements.txt: it and all it needs, by digest."""
    words = load_words(lang or find_terminal_lang())
    if not (written := write_pin(folder)):
        message = N_("requirements.txt was not written by musnad: move what it asks for to another file first")
        raise click.ClickException(words.gettext(message))
    for name in written:
        click.echo(words.fill(N_("wrote {name}"), name=name))


class _Asker:
    """Takes each answer from an option, or asks for it; a wrong one is asked for again."""

    def __init__(self, words: Words, *, is_silent: bool) -> None:
        self._words = words
        self._is_silent = is_silent

    def check_free(self, folder: Path) -> None:
        """Refuse before the first question where an earlier publication stands."""
        taken = [name for name in ("mkdocs.yml", "entries/site.yaml") if (folder / name).exists()]
        if taken:
            raise _refuse(self._words, taken)

    def text(self, question: str, given: str | None, default: str, lang: Lang) -> str:
        """Return a text of a language."""
        return self.ask(question, given, default, lambda text: find_fault_of_text(text, lang))

    def subject(self, arabic: str | None, english: str | None) -> dict[Lang, str]:
        """Return what the publication is about: in both languages or in neither."""
        found: dict[Lang, str] = {}
        found["ar"] = self.text(
            N_("What it is about, in Arabic, after “who says what about” (may be empty)"), arabic, "", "ar"
        )
        if found["ar"] or english is not None:
            message = N_("What it is about, in English, after “who says what about”")
            found["en"] = self.text(message, english, "", "en")
        if bool(found["ar"]) != bool(found.get("en")):
            raise click.ClickException(
                self._words.gettext(N_("what the publication is about stands in both languages, or in neither"))
            )
        return {"ar": found["ar"], "en": found.get("en", "")}

    def ask(self, question: str, given: str | None, default: str, find_fault: Callable[[str], Fault | None]) -> str:
        """Return an answer without fault."""
        while True:
            answer = default if self._is_silent and given is None else given
            if answer is None:
                answer = click.prompt(self._words.gettext(question), default=default, show_default=bool(default))
            answer = clean_answer(answer)
            fault = find_fault(answer) if answer != default else None
            if fault is None:
                return answer
            told = self._words.fill(fault.message, **fault.values)
            if given is not None:
                raise click.ClickException(told)
            click.echo(told, err=True)


def _refuse(words: Words, names: Collection[str]) -> click.ClickException:
    message = N_("these are there already, and nothing was written: {names}")
    return click.ClickException(words.fill(message, names=", ".join(names)))


def _tell_written(words: Words, names: Collection[str], folder: Path) -> None:
    shown = Counter(_SCHEMAS + "/" if name.startswith(_SCHEMAS) else name for name in names)
    click.echo(words.fill(N_("wrote {count} files into {folder}:"), count=len(names), folder=folder))
    for name, count in shown.items():
        click.echo(f"  {name}" + (f" ({count})" if count > 1 else ""))
    click.echo(words.gettext(N_("See the pages, and go on from there:")))
    if folder.resolve() != Path.cwd():
        click.echo(f"  cd {shlex.quote(str(folder))}")
    click.echo("  mkdocs serve    # http://127.0.0.1:8000/")
    click.echo(words.gettext(N_("Then complete the pages in docs/, and take the invented source away:")))
    click.echo("  musnad init --remove-example")


def _remove_example(folder: Path, words: Words) -> None:
    example = find_example(folder)
    if example.named:
        for ref, target in example.named:
            click.echo(words.fill(N_("{record} names {target} of the example"), record=ref, target=target))
        click.echo(words.gettext(N_("nothing was removed: change these records first")), err=True)
        sys.exit(1)
    if not example.files:
        raise click.ClickException(words.gettext(N_("there is no example here")))
    remove_files(folder, example.files)
    for name in example.files:
        click.echo(words.fill(N_("removed {name}"), name=name))
    for ref in example.kept:
        click.echo(words.fill(N_("kept {record}: other records name it"), record=ref))
