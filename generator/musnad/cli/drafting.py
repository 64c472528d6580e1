"""Commands for whoever adds a record: what is known already, and drafts."""

import sys
from datetime import date
from pathlib import Path

import click

from musnad.cli.options import entries_option, find_terminal_lang, lang_option, name_prefix
from musnad.cli.sites import load_site
from musnad.editing.suggest import draft_files, measure_recall, suggest_article
from musnad.editing.telling import tell_suggestions
from musnad.records.load import load_entries
from musnad.search.corpus import Corpus
from musnad.search.documents import list_documents
from musnad.search.find import Finder
from musnad.search.index import WITHOUT
from musnad.text.languages import LANGS, Lang
from musnad.wording.words import load_words


@click.command()
@click.argument("query", nargs=-1, required=True)
@entries_option
@lang_option
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, help="Most records shown.")
def search(query: tuple[str, ...], entries: Path, lang: Lang, limit: int) -> None:
    """Find records however QUERY is spelled, in either script, as the site's search does."""
    site = load_site(entries, "")
    corpus = Corpus(list_documents(site), site.catalogue.vocabulary.synonyms.values())
    # In an environment without UTF-8 the words come as bytes in disguise.
    text = " ".join(query).encode(errors="surrogateescape").decode(errors="replace")
    hits = Finder(corpus, lang).find(text, limit=limit)
    for hit in hits:
        document = hit.document
        names = " · ".join(dict.fromkeys((document.title[lang], *document.title.values())))
        kind = f" ({document.kind[lang]})" if document.kind[lang] else ""
        without = f" [{site.words[lang].gettext(WITHOUT)} {' '.join(hit.missing)}]" if hit.missing else ""
        click.echo(f"{hit.score:.2f}  {document.file or document.path}  {names}{kind}{without}")
    if not hits:
        click.echo("nothing found", err=True)
        sys.exit(1)


@click.command()
@click.argument("article", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Folder for drafts; must be new.")
@click.option("--recall", is_flag=True, help="Compare with the record instead; the article is named <source-id>.txt.")
@entries_option
@click.option(
    "--lang", type=click.Choice(LANGS), default=find_terminal_lang, help="Language; that of the terminal if left out."
)
def suggest(article: Path, output: Path | None, recall: bool, entries: Path, lang: Lang) -> None:
    """Find known names, numbers, hedges, times and voices in ARTICLE, and draft a source and its claims."""
    # Whatever can be read helps, though some of it be wrong: digests are needed before there is a right record.
    loaded = load_entries(entries, prefix=name_prefix(entries))
    catalogue = loaded.catalogue
    for problem in loaded.problems:
        click.echo(f"not used: {problem}", err=True)
    text = _read_article(article)
    if recall:
        if article.stem not in catalogue.sources:
            known = ", ".join(catalogue.sources)
            raise click.ClickException(f"there is no source {article.stem}; there are: {known}")
        found, recorded = measure_recall(catalogue, article.stem, text)
        click.echo(f"{article.stem}: {found} of {recorded} recorded mentions found")
        return
    sentences = suggest_article(catalogue, text)
    for line in tell_suggestions(sentences, load_words(lang), catalogue.vocabulary):
        click.echo(line)
    if output is not None:
        if output.exists():
            raise click.ClickException(f"{output} is there already; name a new folder")
        keep_outside(output, entries)
        for name, draft in draft_files(article.stem, sentences, text, date.today().isoformat()):
            path = output / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(draft, encoding="utf-8", newline="\n")
        click.echo(f"wrote drafts to {output}; edit them, then move them into {entries}", err=True)


def keep_outside(output: Path, entries: Path) -> None:
    """Refuse a folder for drafts that lies among the records."""
    # Not every system tells names apart by their capitals.
    if any(folder.exists() and folder.samefile(entries) for folder in (output.resolve(), *output.resolve().parents)):
        raise click.ClickException(f"{output} is among the records; drafts are edited elsewhere first")


def _read_article(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{path} is not UTF-8 text; save it as UTF-8") from error
