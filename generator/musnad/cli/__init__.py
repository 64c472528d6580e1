"""The command line. Thin: each command calls a function or two and prints."""

import subprocess
import sys
import tarfile
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from musnad import __version__
from musnad.editing.coverage import tell_coverage_lines
from musnad.editing.diff import compare_catalogues, render_difference
from musnad.editing.suggest import draft_files, measure_recall, suggest_article, tell_suggestions
from musnad.editing.verify import verify_records
from musnad.exports.json import export_json
from musnad.exports.markdown import export_markdown
from musnad.pages.site import Site, SiteOptions
from musnad.records.load import load_entries
from musnad.records.problems import N_, ProblemsError
from musnad.records.schemas import check_schemas, write_schemas
from musnad.rules.check import check_entries, load_checked
from musnad.search.corpus import Corpus
from musnad.search.documents import list_documents
from musnad.search.find import find_documents
from musnad.text.languages import LANGS, Lang
from musnad.wording.words import load_all_words, load_words

_entries = click.option(
    "--entries",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path("entries"),
    show_default=True,
    help="Folder of the records.",
)
_lang = click.option("--lang", type=click.Choice(LANGS), default="en", show_default=True, help="Language of messages.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="musnad")
def cli() -> None:
    """Bilingual knowledge bases from attributed claims."""


@cli.command()
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=Path("entries"))
@_lang
def check(folder: Path, lang: Lang) -> None:
    """Check the records in DIR (default: entries)."""
    checked = check_entries(folder, prefix=_prefix(folder))
    words = load_words(lang)
    for problem in checked.problems:
        click.echo(words.tell(problem))
    catalogue = checked.catalogue
    for warning in checked.warnings:
        click.echo(f"{words.gettext(N_('warning'))}: {words.tell(warning)}")
    counts = f"{len(catalogue.sources)} sources, {len(catalogue.entities)} entities, {len(catalogue.claims)} claims"
    if checked.problems:
        click.echo(f"{len(checked.problems)} problem(s); {counts} could be read", err=True)
        sys.exit(1)
    click.echo(f"no problems: {counts}", err=True)


@cli.command()
@click.option(
    "--articles",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    required=True,
    help="Folder of local copies, <source-id>.txt, one paragraph a line.",
)
@_entries
@_lang
def verify(articles: Path, entries: Path, lang: Lang) -> None:
    """Compare place marks, digests and quoted words with local copies of the articles."""
    found = verify_records(load_entries(entries, prefix=_prefix(entries)), articles)
    words = load_words(lang)
    for problem in found.problems:
        click.echo(words.tell(problem))
    for source_id in found.missing:
        click.echo(f"not compared: {source_id} (no {source_id}.txt)", err=True)
    total = len(found.compared) + len(found.missing) + len(found.unreadable)
    click.echo(f"compared {len(found.compared)} of {total} sources", err=True)
    sys.exit(1 if found.problems or not found.compared else 0)


@cli.command()
@click.argument("source", required=False)
@_entries
def coverage(source: str | None, entries: Path) -> None:
    """List the sentences of SOURCE (default: of all) with their claims, and those without."""
    catalogue = load_checked(entries, prefix=_prefix(entries))
    if source and source not in catalogue.sources:
        raise click.ClickException(f"there is no source {source}; there are: {', '.join(catalogue.sources)}")
    for source_id in [source] if source else catalogue.sources:
        click.echo(source_id)
        for line in tell_coverage_lines(catalogue, source_id):
            click.echo(line)


@cli.command()
@click.argument("article", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Folder for drafts; must be new.")
@click.option("--recall", is_flag=True, help="Compare with the record instead; the article is named <source-id>.txt.")
@_entries
def suggest(article: Path, output: Path | None, recall: bool, entries: Path) -> None:
    """Find known names, numbers, hedges, times and voices in ARTICLE, and draft a source and its claims."""
    catalogue = load_checked(entries, prefix=_prefix(entries))
    text = _read_article(article)
    if recall:
        if article.stem not in catalogue.sources:
            known = ", ".join(catalogue.sources)
            raise click.ClickException(f"there is no source {article.stem}; there are: {known}")
        found, recorded = measure_recall(catalogue, article.stem, text)
        click.echo(f"{article.stem}: {found} of {recorded} recorded mentions found")
        return
    sentences = suggest_article(catalogue, text)
    for line in tell_suggestions(sentences):
        click.echo(line)
    if output is not None:
        if output.exists():
            raise click.ClickException(f"{output} is there already; name a new folder")
        if output.resolve().is_relative_to(entries.resolve()):
            raise click.ClickException(f"{output} is among the records; drafts are edited elsewhere first")
        for name, draft in draft_files(article.stem, sentences, text, date.today().isoformat()):
            path = output / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(draft, encoding="utf-8")
        click.echo(f"wrote drafts to {output}; edit them, then move them into {entries}", err=True)


def _read_article(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{path} is not UTF-8 text; save it as UTF-8") from error


@cli.command()
@click.argument("query", nargs=-1, required=True)
@_entries
@_lang
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, help="Most records shown.")
def search(query: tuple[str, ...], entries: Path, lang: Lang, limit: int) -> None:
    """Find records however QUERY is spelled, in either script, as the site's search does."""
    site = _load_site(entries, "")
    corpus = Corpus(list_documents(site), site.catalogue.vocabulary.synonyms.values())
    hits = find_documents(corpus, " ".join(query), limit=limit)
    for document, score in hits:
        names = " · ".join(dict.fromkeys((document.title[lang], *document.title.values())))
        kind = f" ({document.kind[lang]})" if document.kind[lang] else ""
        click.echo(f"{score:.2f}  {document.file or document.path}  {names}{kind}")
    if not hits:
        click.echo("nothing found", err=True)
        sys.exit(1)


@cli.command()
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@click.option(
    "--entries",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("entries"),
    show_default=True,
    help="Folder of the records in a revision.",
)
def diff(old: str, new: str, entries: Path) -> None:
    """Say in both languages what the change from A to B does; each is a folder of entries or a git revision."""
    with TemporaryDirectory() as scratch:
        sides = [_resolve(side, entries, Path(scratch) / name) for side, name in ((old, "a"), (new, "b"))]
        difference = compare_catalogues(*(load_checked(folder, prefix=prefix) for folder, prefix in sides))
    for lang in LANGS:
        click.echo(render_difference(difference, load_words(lang)))


def _resolve(side: str, entries: Path, scratch: Path) -> tuple[Path, str]:
    """Return a folder of entries, the one named or that of a git revision, unpacked; and what problems call it."""
    if Path(side).is_dir():
        return Path(side), _prefix(Path(side))
    try:
        archive = subprocess.run(
            ["git", "archive", "--format=tar", f"{side}:./{entries.as_posix()}"], capture_output=True, check=True
        )
    except FileNotFoundError as error:
        raise click.ClickException("git is needed to compare revisions, and is not installed") from error
    except subprocess.CalledProcessError as error:
        detail = error.stderr.decode(errors="replace").strip()
        raise click.ClickException(f"{side} is neither a folder nor a revision with {entries}: {detail}") from error
    with tarfile.open(fileobj=BytesIO(archive.stdout)) as tar:
        tar.extractall(scratch, filter="data")
    return scratch, f"{side}:{_prefix(entries)}"


def _prefix(folder: Path) -> str:
    return f"{folder.as_posix().rstrip('/')}/"


@cli.group()
def export() -> None:
    """Write the record in another form."""


def _load_site(entries: Path, site_url: str) -> Site:
    catalogue = load_checked(entries, prefix=_prefix(entries))
    return Site.make(catalogue, load_all_words(), SiteOptions(site_url=site_url))


_site_url = click.option("--site-url", default="", help="Address of the published site, with a slash at the end.")


@export.command("json")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@_entries
@_site_url
def export_json_command(file: Path, entries: Path, site_url: str) -> None:
    """Write sources, entities and claims as one JSON object to FILE."""
    text = export_json(_load_site(entries, site_url))
    file.write_text(text, encoding="utf-8")
    click.echo(f"wrote {file}", err=True)


@export.command("markdown")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@_entries
@click.option(
    "--docs",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("docs"),
    show_default=True,
    help="Hand-written pages to take along.",
)
@click.option("--site-url", default="https://example.org/", show_default=True, help="Address of the published site.")
def export_markdown_command(folder: Path, entries: Path, docs: Path, site_url: str) -> None:
    """Write every page as a Markdown file, with a configuration to build them, to DIR (which must be new or empty)."""
    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"{folder} is not empty; name a new folder")
    count = export_markdown(_load_site(entries, site_url), docs, folder)
    click.echo(f"wrote {count} pages to {folder}", err=True)


@cli.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; fail when a schema is out of date.")
@click.argument(
    "folder", metavar="[DIR]", type=click.Path(path_type=Path, file_okay=False), default=Path("entries/schemas")
)
def schema(folder: Path, only_check: bool) -> None:
    """Write the JSON Schemas for editors into DIR (default: entries/schemas)."""
    if only_check:
        stale = check_schemas(folder)
        for name in stale:
            click.echo(f"{folder / name} is out of date; run musnad schema")
        sys.exit(1 if stale else 0)
    for name in write_schemas(folder):
        click.echo(f"wrote {folder / name}", err=True)


def main() -> None:
    """Run the command line; mistakes in records and files are told without a traceback."""
    try:
        cli(standalone_mode=False)
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
