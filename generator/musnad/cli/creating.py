"""Commands that begin records, and that mend them."""

from pathlib import Path

import click
from pydantic import ValidationError

from musnad.cli.changing import change, dry_run_option, find_date
from musnad.cli.options import entries_option, lang_option
from musnad.editing.change import Draft
from musnad.editing.create import create, find_likely, make_entity, propose_id
from musnad.editing.mend import mend
from musnad.records.problems import N_
from musnad.text.languages import Lang
from musnad.wording.words import load_words

QUESTIONS = {
    "name_ar": N_("Name in Arabic"),
    "name_en": N_("Name in English"),
    "description_ar": N_("One neutral line in Arabic that claims nothing"),
    "description_en": N_("The same line in English"),
}


@click.group()
def new() -> None:
    """Begin a record: a draft, checked."""


@new.command()
@click.option("--kind", help="A kind of the vocabulary, such as person or place.")
@click.option("--name-ar")
@click.option("--name-en")
@click.option("--description-ar")
@click.option("--description-en")
@click.option("--living", type=click.Choice(("yes", "no", "unknown")), help="Of persons.")
@click.option("--precision", help="Of places: a term of the vocabulary.")
@click.option("--id", "id_", help="Default: made from the English name.")
@click.option("--yes", is_flag=True, help="Ask nothing; go on in spite of likely duplicates.")
@entries_option
@dry_run_option
@lang_option
def entity(id_: str | None, entries: Path, yes: bool, dry_run: bool, lang: Lang, **given: str | None) -> None:
    """Begin an entity; what no option gives is asked for."""
    words = load_words(lang)

    def work(draft: Draft) -> None:
        catalogue = draft.loaded.catalogue
        kinds, precisions = catalogue.vocabulary.kinds, catalogue.vocabulary.precisions
        answers = {name: value for name, value in given.items() if value}

        def ask(name: str, question: str, choices: click.Choice[str] | None = None) -> None:
            if name not in answers and yes:
                raise click.UsageError(f"--{name.replace('_', '-')}")
            answers[name] = answers.get(name) or click.prompt(question, type=choices)

        ask("kind", words.gettext(N_("Kind")), click.Choice([*kinds]))
        for name, question in QUESTIONS.items():
            ask(name, words.gettext(question))
        trait = kinds[answers["kind"]].trait if answers["kind"] in kinds else None
        if trait == "person":
            ask("living", words.gettext(N_("Is the person living?")), click.Choice(("yes", "no", "unknown")))
        if trait == "place":
            ask("precision", words.gettext(N_("How exactly is the place known?")), click.Choice([*precisions]))
        proposed = id_ or propose_id(answers["name_en"])
        chosen = proposed if yes or id_ else click.prompt(words.gettext(N_("Id")), default=proposed or None)
        try:
            made = make_entity(chosen, answers, find_date())
        except ValidationError as error:
            told = "; ".join(f"{'.'.join(map(str, found['loc']))}: {found['msg']}" for found in error.errors())
            raise click.ClickException(told) from None
        likely = [*find_likely(catalogue, made)]
        for known, name in likely:
            click.echo(
                words.fill(N_("this may be {id} ({name}), which has a record"), id=known.id, name=name), err=True
            )
        if likely and not yes:
            click.confirm(words.gettext(N_("Begin another record all the same?")), abort=True)
        create(draft, made)

    change(work, entries, "new entity", lang, dry_run=dry_run)


@click.command()
@entries_option
@dry_run_option
@lang_option
def fix(entries: Path, dry_run: bool, lang: Lang) -> None:
    """Mend what has one right answer: digests left out, links that the other side lacks (layout: musnad fmt)."""
    change(mend, entries, "fix", lang, dry_run=dry_run)
