"""Commands of sources: to begin one from what was found, and to look at what became of them."""

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

import click

from musnad.cli.asking import Asker, list_choices
from musnad.cli.changing import change, find_date, refusals
from musnad.cli.creating import field_options, new, new_options, settle
from musnad.cli.options import entries_option, lang_option, name_prefix
from musnad.derive.visible import publishable
from musnad.editing.article import Article
from musnad.editing.change import Draft
from musnad.editing.create import create, find_same_sources
from musnad.editing.fetch import fetch
from musnad.editing.intake import (
    Reading,
    describe_reading,
    find_answers,
    find_doubts,
    find_own_lang,
    list_unknowns,
    propose_source_id,
    read_source,
)
from musnad.editing.journal import RefusedError
from musnad.editing.watch import render_watched, tell_watched, watch_sources
from musnad.records.fieldwords import find_words
from musnad.records.model import Catalogue, Source, SourceKind
from musnad.records.problems import N_, Message
from musnad.records.shapes import OPEN
from musnad.records.values import UNKNOWN
from musnad.rules.check import load_checked
from musnad.rules.near import name_records
from musnad.rules.sources import TEXT
from musnad.text.languages import LANGS, Lang
from musnad.wording.words import Words, load_all_words, load_words

_ORIGINS = ("published", "ours")
_RIGHTS = N_("The text belongs to its publisher and is not stored here.")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@new.command("source")
@click.argument("page", required=False)
@field_options("Source", "kind", "outlet", "address", "language", "title_ar", "title_en")
@click.option("--title-origin", type=click.Choice(_ORIGINS), help="Whose words the title is.")
@field_options("Source", "authors", "published", "rights_ar", "rights_en")
@click.option(
    "--copies",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder outside the records that the text is kept in, for musnad verify.",
)
@new_options
def new_source(
    *,
    page: str | None,
    id_: str | None,
    copies: Path | None,
    entries: Path,
    yes: bool,
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
        both = load_all_words(catalogue.site)
        reading = _read(page, given["address"], today)
        _tell_reading(catalogue, reading, words)
        found = find_answers(catalogue, reading, given["language"])
        ask = Asker(words, found | {name: told for name, told in given.items() if told}, yes)
        data = _ask_fields(ask, catalogue, reading, both)
        data |= describe_reading(reading, data["language"], both, today)
        if data["kind"] in TEXT and not reading.paragraphs:
            data["paragraphs"] = OPEN
        if data["kind"] == Source.model_fields["kind"].default:
            del data["kind"]
        if unknowns := list_unknowns(data, both):
            data["unknowns"] = unknowns
        called = propose_source_id(data["address"], data["title"]["en"])
        same = [(known.id, known.title[lang]) for known in find_same_sources(catalogue, data)]
        own = settle(ask, id_, called, same)
        method = "machine-assisted" if reading.sort else "by-hand"
        create(draft, f"sources/{own}.yaml", own, data, today, method=method)
        if copies:
            made.update(_name_copies(copies, own, reading, entries))

    change(work, entries, "new source", lang, dry_run=dry_run, is_own=True)
    for path, body in made.items() if not dry_run else ():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        click.echo(words.fill(N_("kept: {file}"), file=path))


def _ask_fields(ask: Asker, catalogue: Catalogue, reading: Reading, both: Mapping[Lang, Words]) -> dict[str, Any]:
    """Return the fields that a source has by its own word or an editor's, without those that nobody knows."""
    data: dict[str, Any] = {
        "kind": ask.ask(
            "Source", "kind", list_choices(get_args(SourceKind)), default=Source.model_fields["kind"].default
        ),
        "outlet": ask.ask("Source", "outlet", name_records(catalogue, "entities")),
        "address": ask.ask("Source", "address", default=f"https://{OPEN}"),
        "language": ask.ask("Source", "language"),
    }
    # Unless somebody looks at it, a title is not what the programs that made a PDF call it.
    hints = {} if ask.is_silent else reading.hints
    title = {each: ask.ask("Source", "title", name=f"title_{each}", default=hints.get("title", OPEN)) for each in LANGS}
    own = find_own_lang(data["language"])
    is_found = own is not None and title[own] == reading.get("title")
    origins = list_choices(_ORIGINS)
    origin = "published" if is_found else ask.ask("Title", "origin", origins, name="title_origin", default="ours")
    data["title"] = {**title, "origin": origin}
    authors = ask.ask("Source", "authors", default=hints.get("authors", UNKNOWN))
    data["authors"] = [name for part in authors.split(";") if (name := part.strip()) and name != UNKNOWN]
    published = ask.ask("Source", "published", default=UNKNOWN)
    data["published"] = published if published != UNKNOWN else None
    data["rights"] = {
        each: ask.ask("Source", "rights", name=f"rights_{each}", default=both[each].gettext(_RIGHTS)) for each in LANGS
    }
    return {name: value for name, value in data.items() if value}


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


def _tell_reading(catalogue: Catalogue, reading: Reading, words: Words) -> None:
    """Say what was read: sentences, what the page says of itself and what not, and what is to be looked at."""
    doubts = [*find_doubts(catalogue, reading)]
    _list_sentences(reading, words)
    _tell_found(reading, doubts, words)


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
    def name(field: str) -> str:
        return find_words("Source", "outlet" if field == "publisher" else field).label[words.lang]

    lines = [f"  {name(field)}: {said.value}  ({words.gettext(said.place)})" for field, said in reading.found.items()]
    for field, value in reading.hints.items():
        lines.append(words.fill(N_("the PDF gives this as {field}: {value}"), field=name(field), value=value))
    wanted = ("title", "publisher", "authors", "language", "published") if reading.sort else ()
    if missing := [name(field) for field in wanted if field not in reading.found]:
        lines.append(words.fill(N_("not found: {fields}"), fields=words.join(missing)))
    for message, values in doubts:
        lines.append(f"{words.gettext(N_('look at this'))}: {words.fill(message, **values)}")
    for line in lines:
        click.echo(_CONTROLS.sub("\ufffd", line))


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
    with refusals(words):
        watched = watch_sources(catalogue, find_date(), pause=pause)
    if form == "markdown":
        for each in LANGS:
            click.echo(render_watched(watched, load_words(each)))
    else:
        for line in tell_watched(watched, words):
            click.echo(_CONTROLS.sub("\ufffd", line))
    if watched and all(found.state == "unreached" for found in watched):
        sys.exit(2)
    sys.exit(1 if any(found.wants_editor for found in watched) else 0)
