"""The theme's templates, as MkDocs sets them up, without what costs time and changes nothing."""

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from jinja2 import BytecodeCache, Environment, FileSystemLoader
from mkdocs.theme import Theme

from musnad.pages.quick import ThemeCode
from musnad.pages.render import keep_templates
from musnad.plugin.shell import share_shell
from musnad.records.files import list_visible
from musnad.wording.words import Words

# What HTML knows of no check box, and what stands in no block of the theme's layout.
_REMEMBERS = re.compile(r'(<input[^>{]* type="checkbox"[^>{]*) autocomplete="off"')
_EXTENDS = re.compile(r"""(\{%-?\s*extends\s+)(["'])(?:base|main)\.html\2""")


class VisibleLoader(FileSystemLoader):
    """Lists no hidden files: MkDocs passes over them, and Material has more than ten thousand icons there.

    What lies in ``own`` and extends the theme's layout, as its documentation has it, extends that of the record.
    """

    def __init__(self, folders: Sequence[str], own: str | None) -> None:
        super().__init__(folders)
        self._own = own

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return the text of a template, where it lies, and what tells whether it is as it was."""
        text, path, is_current = super().get_source(environment, template)
        if self._own and Path(path).is_relative_to(self._own):
            layout = "record" if template in ("main.html", "record.html") else "main"
            text = _EXTENDS.sub(rf"\1\2{layout}.html\2", text)
        elif template == "base.html":
            text = _REMEMBERS.sub(r"\1", text)
        return text, path, is_current

    def list_templates(self) -> list[str]:
        """Return the names of all files, as they stand below any of the folders."""
        return sorted({name for folder in self.searchpath for name in list_visible(folder)})


def make_environment(
    theme: Theme, compiled: BytecodeCache | None, words: Iterable[Words], *, are_edited: bool
) -> Environment:
    """Return MkDocs's environment; what is ``compiled`` is kept, and looked at again if it is edited."""
    keep_templates(compiled, words, are_edited=are_edited)
    environment = Theme.get_env(theme).overlay(
        loader=VisibleLoader(theme.dirs, theme.custom_dir),
        auto_reload=are_edited,
        bytecode_cache=compiled,
        cache_size=-1,
    )
    environment.code_generator_class = ThemeCode
    return share_shell(environment)
