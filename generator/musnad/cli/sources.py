"""Commands of sources: to begin one from what was found, and to look at what became of them."""

import re
import sys
from pathlib import Path
from typing import get_args

import click

from musnad.cli.changing import change, dry_run_option, find_date
from musnad.cli.creating import new
from musnad.cli.options import entries_option, lang_option, name_prefix
from musnad.derive.visible import publishable
from musnad.editing.article import Article
from musnad.editing.change import Draft, Message
from musnad.editing.fetch import fetch
from musnad.editing.intake import (
    Reading,
    create_source,
    find_answers,
    find_doubts,
    find_own_lang,
    propose_source_id,
    read_source,
)
from musnad.editing.journal import RefusedError
from musnad.editing.watch import render_watched, tell_watched, watch_sources
from musnad.records.model import Catalogue, SourceKind
from musnad.records.problems import N_
from musnad.records.values import UNKNOWN
from musnad.rules.check import load_checked
from musnad.text.languages import LANGS, Lang
from musnad.wording.words import Words, load_all_words, load_words

_CHOICES = {"kind": get_args(SourceKind), "title_origin": ("published", "ours")}
_QUESTIONS = {
    "kind": N_("Kind"),
    "address": N_("Address of the page (https://…)"),
    "outlet": N_("Outlet: the id of the entity that published it"),
    "language": N_("Language, such as ar or en"),
    "title_ar": N_("Title in Arabic"),
    "title_en": N_("Title in English"),
    "title_origin": N_("Whose words the title is: published (its own) or ours"),
    "authors": N_("Authors, with semicolons between them"),
    "published": N_("Day of publication, such as 2024-06-30"),
    "rights_ar": N_("Whose the text is, in Arabic"),
    "rights_en": N_("The same in English"),
    "id": N_("Id"),
}
_RIGHTS = N_("The text belongs to its publisher and is not stored here.")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@new.command("source")
@click.argument("page", required=False)
@click.option("--kind", type=click.Choice(_CHOICES["kind"]), help="Default: article, or document for a PDF.")
@click.option("--address", help="Where PAGE was published, if it is a file.")
@click.option("--outlet", help="Id of the entity that published it.")
@click.option("--language", help="Such as ar, en or ku-Latn.")
@click.option("--title-ar")
@click.option("--title-en")
@click.option("--title-origin", type=click.Choice(_CHOICES["title_origin"]), help="Whose words the title is.")
@click.option("--authors", help="With semicolons between them.")
@click.option("--published", help="A date in EDTF.")
@click.option("--rights-ar")
@click.option("--rights-en")
@click.option("--id", help="Default: made of the address.")
@click.option(
    "--copies",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder outside the records that the text is kept in, for musnad verify.",
)
@click.option("--yes", is_flag=True, help="Ask nothing; what may be unknown is.")
@entries_option
@dry_run_option
@lang_option
def new_source(
    *,
    page: str | None,
    copies: Path | None,
    yes: bool,
    entries: Path,
    dry_run: bool,
    lang: Lang,
    **given: str | None,
) -> None:
    """Begin a source from PAGE: an address (https://…), a saved page, a PDF or a text; or from nothing.

    Its paragraphs and sentences are listed as the record counts them; the record keeps their digests, never the text.
    What neither PAGE nor an option says is asked for.
    """
    words, today = load_words(lang), find_date()
    made: dict[Path, bytes] = {}

    def work(draft: Draft) -> None:
        catalogue = draft.loaded.catalogue
        reading = _read(page, given["address"], today)
        both = load_all_words(catalogue.site)
        _list_sentences(reading, words)
        doubts = [*find_doubts(catalogue, reading)]
        _tell_found(reading, doubts, words)
        answers = find_answers(catalogue, reading) | {name: value for name, value in given.items() if value}

        def ask(name: str, proposed: str | None = None) -> None:
            if name in answers:
                return
            if yes and proposed is None:
                raise RefusedError(N_("give {option} as well"), option=f"--{name.replace('_', '-')}")
            answers[name] = proposed if yes and proposed else _prompt(name, proposed, catalogue, words)

        for name in ("kind", "address", "outlet", "language"):
            ask(name)
        own, title = find_own_lang(answers["language"]), reading.get("title")
        if own and title and answers.setdefault(f"title_{own}", title) == title:
            answers.setdefault("title_origin", "published")
        # With --yes nobody sees what the programs that made a PDF call it.
        hints = {} if yes else reading.hints
        for each in LANGS:
            ask(f"title_{each}", hints.get("title"))
        ask("title_origin", "ours")
        for name in ("authors", "published"):
            ask(name, hints.get(name, UNKNOWN))
        for each in LANGS:
            ask(f"rights_{each}", both[each].gettext(_RIGHTS))
        ask("id", propose_source_id(answers["address"], answers["title_en"]))
        create_source(draft, reading, answers, both, today)
        if copies:
            made.update(_name_copies(copies, answers["id"], reading, entries))

    change(work, entries, "new source", lang, dry_run=dry_run)
    for path, body in made.items() if not dry_run else ():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        click.echo(words.fill(N_("kept: {file}"), file=path))


def _prompt(name: str, proposed: str | None, catalogue: Catalogue, words: Words) -> str:
    def check(value: str) -> str:
        if name == "outlet" and value not in catalogue.entities:
            raise click.BadParameter(
                words.fill(N_("there is no entity {id}: begin it with musnad new entity"), id=value)
            )
        return value

    answer: str = click.prompt(
        words.gettext(_QUESTIONS[name]),
        default=proposed,
        type=click.Choice(_CHOICES[name]) if name in _CHOICES else None,
        value_proc=None if name in _CHOICES else check,
    )
    return answer


def _read(page: str | None, address: str | None, today: str) -> Reading:
    if page is None:
        return Reading(address=address)
    if "://" in page:
        fetched = fetch(page)
        return read_source(page, fetched, fetched.address, today)
    path = Path(page)
    if not path.is_file():
        raise RefusedError(N_("there is no file {name}; an address begins with https://"), name=page)
    return read_source(path.name, path.read_bytes(), address, today)


def _list_sentences(reading: Reading, words: Words) -> None:
    article = Article(reading.text)
    for place, sentence in article.sentences.items():
        page = f"{words.fill(N_('page {number}'), number=reading.pages[place[0] - 1])}  " if reading.pages else ""
        click.echo(_CONTROLS.sub("\ufffd", f"{page}{place[0]}.{place[1]}  {sentence}"))
    if article.sentences:
        counted = N_("{paragraphs} paragraphs, {sentences} sentences: see whether they are those of the article")
        click.echo("")
        click.echo(words.fill(counted, paragraphs=len(article.paragraphs), sentences=len(article.sentences)))


def _tell_found(reading: Reading, doubts: list[Message], words: Words) -> None:
    for name, (value, origin) in reading.found.items():
        click.echo(_CONTROLS.sub("\ufffd", f"  {name}: {value}  ({words.gettext(origin)})"))
    for name, value in reading.hints.items():
        told = words.fill(N_("the PDF gives this as {field}: {value}"), field=name, value=value)
        click.echo(_CONTROLS.sub("\ufffd", told))
    wanted = ("title", "publisher", "authors", "language", "published") if reading.sort else ()
    if missing := [name for name in wanted if name not in reading.found]:
        click.echo(words.fill(N_("not found: {fields}"), fields=words.join(missing)))
    for message, values in doubts:
        told = f"{words.gettext(N_('look at this'))}: {words.fill(message, **values)}"
        click.echo(_CONTROLS.sub("\ufffd", told))


def _name_copies(folder: Path, id_: str, reading: Reading, entries: Path) -> dict[Path, bytes]:
    """Return the files to be kept: the text, and the page or PDF that it was read from. Raises RefusedError."""
    # Not every system tells names apart by their capitals.
    if any(above.exists() and above.samefile(entries) for above in (folder.resolve(), *folder.resolve().parents)):
        raise RefusedError(N_("{folder} is among the records: name a folder elsewhere"), folder=folder)
    files = {folder / f"{id_}.txt": reading.text.encode()} if reading.paragraphs else {}
    if reading.sort in ("html", "pdf"):
        files[folder / f"{id_}.{reading.sort}"] = reading.body
    for path in files:
        if path.exists():
            raise RefusedError(N_("{file} is there already; nothing was written"), file=path)
    return files


@click.command("watch-sources")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "markdown")),
    default="text",
    show_default=True,
    help="Markdown is in both languages.",
)
@click.option("--pause", type=click.FloatRange(min=0), default=1.0, show_default=True, help="Seconds between requests.")
@entries_option
@lang_option
def watch(form: str, pause: float, entries: Path, lang: Lang) -> None:
    """Say which published sources are gone from the web, which sentences changed, and what has no archived copy.

    Nothing is changed. The exit code is 1 where somebody has to look at a source, and 2 where no site could be reached.
    """
    catalogue = publishable(load_checked(entries, prefix=name_prefix(entries)))
    words = load_words(lang)
    try:
        watched = watch_sources(catalogue, find_date(), pause=pause)
    except RefusedError as error:
        raise click.ClickException(words.fill(error.message, **error.values)) from None
    if form == "markdown":
        for each in LANGS:
            click.echo(render_watched(watched, load_words(each)))
    else:
        for line in tell_watched(watched, words):
            click.echo(_CONTROLS.sub("\ufffd", line))
    if watched and all(found.state == "unreached" for found in watched):
        sys.exit(2)
    sys.exit(1 if any(found.wants_editor for found in watched) else 0)
