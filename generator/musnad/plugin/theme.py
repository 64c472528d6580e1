"""The theme's templates, as MkDocs sets them up, without what costs time and changes nothing."""

from collections.abc import Iterable
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader
from mkdocs.theme import Theme

from musnad.pages.render import keep_templates
from musnad.records.files import list_visible
from musnad.wording.words import Words


class VisibleLoader(FileSystemLoader):
    """Lists no hidden files: MkDocs passes over them, and Material has more than ten thousand icons there."""

    def list_templates(self) -> list[str]:
        """Return the names of all files, as they stand below any of the folders."""
        return sorted({name for folder in self.searchpath for name in list_visible(folder)})


def make_environment(theme: Theme, cache: Path | None, words: Iterable[Words], *, are_edited: bool) -> Environment:
    """Return MkDocs's environment; compiled templates are kept in ``cache``, and looked at again if they are edited."""
    compiled = None
    if cache is not None:
        cache.mkdir(parents=True, exist_ok=True)
        compiled = FileSystemBytecodeCache(str(cache))
    keep_templates(compiled, words, are_edited=are_edited)
    return Theme.get_env(theme).overlay(
        loader=VisibleLoader(theme.dirs), auto_reload=are_edited, bytecode_cache=compiled, cache_size=-1
    )
