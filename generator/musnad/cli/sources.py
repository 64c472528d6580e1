"""Commands of sources: to begin one from what was found, and to look at what became of it."""

import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from musnad.cli.changing import find_date
from musnad.cli.options import entries_option, lang_option, name_prefix
from musnad.derive.visible import publishable
from musnad.editing.article import Article
from musnad.editing.fetch import FetchError, fetch
from musnad.editing.intake import Intake, IntakeError, Reading, begin_source, read_source
from musnad.editing.watch import ALARMING, HEADINGS, Watched, render_watched, watch_sources
from musnad.records.load import load_entries
from musnad.records.problems import N_
from musnad.rules.check import load_checked
from musnad.text.languages import LANGS, Lang
from musnad.wording.words import Words, load_all_words, load_words


@click.group()
def source() -> None:
    """Begin the record of a source; see what became of those on record."""


@source.command("new")
@click.argument("what")
@click.option("--id", "id_", help="Default: made of the address.")
@click.option("--address", help="Where WHAT was published, if it is a file.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("drafts"),
    show_default=True,
    help="Folder for the draft, outside the records.",
)
@click.option(
    "--copies",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder that what was read is kept in, for musnad verify; outside the records.",
)
@entries_option
@lang_option
def new_source(
    *, what: str, id_: str | None, address: str | None, output: Path, copies: Path | None, entries: Path, lang: Lang
) -> None:
    """Begin a source from WHAT: an address (https://…), a saved page, a PDF or a text.

    Its paragraphs and sentences are listed as the record counts them; the record keeps digests, never the text.
    """
    words, today = load_words(lang), date.fromisoformat(find_date())
    for folder in filter(None, (output, copies)):
        # Not every system tells names apart by their capitals.
        if any(above.exists() and above.samefile(entries) for above in (folder.resolve(), *folder.resolve().parents)):
            message = N_("{folder} is among the records: name a folder elsewhere")
            raise click.ClickException(words.fill(message, folder=folder))
    loaded = load_entries(entries, prefix=name_prefix(entries))
    for problem in loaded.problems:
        click.echo(words.fill(N_("not used: {problem}"), problem=words.tell(problem)), err=True)
    try:
        reading = _read(what, address, today)
        both = load_all_words(loaded.catalogue.site)
        begun = begin_source(loaded.catalogue, reading, both, today, name=what, id_=id_)
    except (FetchError, IntakeError) as error:
        raise click.ClickException(words.fill(error.message, **error.values)) from error
    except ImportError as error:
        raise _tell_extra(error, words) from error
    _tell_source(begun, words)
    _write(begun, output, copies, words)


@source.command("watch")
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

    Nothing is changed. The exit code is 1 where a source is gone, or changed without a notice.
    """
    catalogue = publishable(load_checked(entries, prefix=name_prefix(entries)))
    words, watched = load_words(lang), []
    try:
        for found in watch_sources(catalogue, date.fromisoformat(find_date()), pause=pause):
            watched.append(found)
            if form == "text":
                for line in _tell_watched(found, words):
                    click.echo(line)
    except ImportError as error:
        raise _tell_extra(error, words) from error
    if form == "markdown":
        for each in LANGS:
            click.echo(render_watched(watched, load_words(each)))
    sys.exit(1 if any(found.state in ALARMING for found in watched) else 0)


def _tell_watched(found: Watched, words: Words) -> Iterator[str]:
    yield f"{found.source.id}: {words.gettext(HEADINGS[found.state])}"
    for message, values in found.told:
        yield f"  {words.fill(message, **values)}"
    if found.missing:
        places = " ".join(f"{paragraph}.{sentence}" for paragraph, sentence in found.missing)
        yield f"  {words.gettext(N_('no longer there (paragraph.sentence):'))} {places}"
    if found.claims:
        yield f"  {words.gettext(N_('claims that rest on it:'))} {' '.join(found.claims)}"
    if not found.is_archived:
        yield f"  {words.gettext(N_('Without an archived copy'))}"


def _read(what: str, address: str | None, today: date) -> Reading:
    path = Path(what)
    if "://" not in what:
        if not path.is_file():
            raise IntakeError(N_("there is no file {name}; an address begins with https://"), name=what)
        return read_source(path.name, path.read_bytes(), address, today)
    fetched = fetch(what)
    reading = read_source(what, fetched, fetched.address, today)
    if not reading.address:
        reading.address = fetched.address
    return reading


def _tell_extra(error: ImportError, words: Words) -> click.ClickException:
    message = N_("to read pages and PDFs, {name} is needed as well: pip install 'musnad[sources]'")
    return click.ClickException(words.fill(message, name=error.name or error))


def _tell_source(begun: Intake, words: Words) -> None:
    reading = begun.reading
    article = Article(reading.text)
    for place, sentence in article.sentences.items():
        page = f"{words.fill(N_('page {number}'), number=reading.pages[place[0] - 1])}  " if reading.pages else ""
        click.echo(f"{page}{place[0]}.{place[1]}  {sentence}")
    if article.sentences:
        counted = N_("{paragraphs} paragraphs, {sentences} sentences: see whether they are those of the article")
        click.echo("")
        click.echo(words.fill(counted, paragraphs=len(article.paragraphs), sentences=len(article.sentences)))
    said = [*reading.found.items(), *(("authors", author) for author in reading.authors)]
    for field, (value, origin) in said:
        click.echo(f"  {field}: {value}  ({words.gettext(origin)})")
    if reading.address:
        click.echo(f"  address: {reading.address}")
    if begun.missing:
        click.echo(words.fill(N_("not found: {fields}"), fields=words.join(begun.missing)))
    for message, values in reading.doubts:
        click.echo(f"{words.gettext(N_('look at this'))}: {words.fill(message, **values)}")


def _write(begun: Intake, output: Path, copies: Path | None, words: Words) -> None:
    suffix = {"html": "html", "pdf": "pdf", "text": "txt"}[begun.reading.sort]
    files = {output / f"sources/{begun.id}.yaml": begun.record.encode()}
    if copies:
        files[copies / f"{begun.id}.txt"] = begun.reading.text.encode()
        # A text is kept as it was read, byte for byte.
        files[copies / f"{begun.id}.{suffix}"] = begun.reading.body
    taken = [str(path) for path in files if path.exists()]
    if taken:
        message = N_("these are there already, and nothing was written: {names}")
        raise click.ClickException(words.fill(message, names=", ".join(taken)))
    # The record last: it is there only when all is.
    for path, body in reversed(files.items()):
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f".{path.name}.new")
        new.write_bytes(body)
        os.replace(new, path)
    click.echo("")
    for path in files:
        click.echo(words.fill(N_("wrote {file}"), file=path))
