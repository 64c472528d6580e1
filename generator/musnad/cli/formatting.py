"""The command that puts files into the style of records."""

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import click

from musnad.cli.options import entries_option, lang_option, name_prefix
from musnad.editing.style import format_text, model_of
from musnad.records.files import list_entries, patiently
from musnad.records.yamltext import read_yaml
from musnad.text.languages import Lang
from musnad.wording.words import load_words


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True))
@entries_option
@click.option("--check", "is_check", is_flag=True, help="Change nothing; say which files would change, and fail then.")
@lang_option
def fmt(files: tuple[Path, ...], entries: Path, is_check: bool, lang: Lang) -> None:
    """Put FILES (default: all) into the style of records: order of fields, layout, quotation marks.

    Comments stay with what they stand at, and what a file says never changes. A file with mistakes is left alone.
    """
    words = load_words(lang)
    changed = failed = 0
    for place in sorted({*_find_places(entries, files)}):
        path = entries / place
        raw = path.read_bytes()
        document = read_yaml(raw, name_prefix(entries) + place)
        if document.problems:
            failed += 1
            for problem in document.problems:
                click.echo(words.tell(problem))
            continue
        text = raw.decode("utf-8-sig")
        made = format_text(text, place)
        # What a file says is more than its looks: should the two ever differ, nothing is written.
        if read_yaml(made.encode(), place).data != document.data or format_text(made, place) != made:
            raise click.ClickException(f"{path}: left alone, as it would not say the same")
        if made.encode() != raw:
            changed += 1
            click.echo(f"{'would change' if is_check else 'changed'}: {path}")
            if not is_check:
                replace_file(path, made)
    told = f"{failed} file(s) with mistakes left alone; " if failed else ""
    click.echo(f"{told}{changed} file(s) {'to change' if is_check else 'changed'}", err=True)
    sys.exit(1 if failed or (is_check and changed) else 0)


def _find_places(entries: Path, files: Iterable[Path]) -> Iterator[str]:
    """Yield the paths below the entries of files that are asked for, by themselves or with their folder."""
    known = [found.path for found in list_entries(entries) if found.sort == "file" and model_of(found.path)]
    root = entries.resolve()
    for path in [path.resolve() for path in files] or [root]:
        if path != root and root not in path.parents:
            raise click.ClickException(f"{path} is not below {entries}; name the folder of the records with --entries")
        below = path.relative_to(root).as_posix()
        yield from (place for place in known if below in (".", place) or place.startswith(f"{below}/"))


def replace_file(path: Path, text: str) -> None:
    """Put a text in the place of a file, whole or not at all."""
    new = path.with_name(f".{path.name}.new")
    new.write_text(text, encoding="utf-8", newline="\n")
    shutil.copymode(path, new)
    patiently(partial(os.replace, new, path))
