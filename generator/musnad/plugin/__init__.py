"""The MkDocs plugin, in the only room that imports mkdocs: its options, and its events, which ``hooks`` answers.

That is loaded when there is something to do: half of what a build takes that has nothing to do.
"""

import contextlib
import logging
import os
import time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mkdocs.config import config_options as option
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger

from musnad.build.idle import CACHE, Listener, Watch
from musnad.build.libraries import list_libraries, name_value
from musnad.editing.git import find_state
from musnad.text.today import find_today
from musnad.wording.output import print_utf8

if TYPE_CHECKING:
    from musnad.plugin.hooks import Hooks

PACKAGE = Path(__file__).parent.parent
PURE = frozenset(
    {
        *("abbr", "admonition", "attr_list", "codehilite", "def_list", "fenced_code", "footnotes", "md_in_html"),
        *("meta", "nl2br", "sane_lists", "smarty", "tables", "toc", "wikilinks"),
    }
)
"""Extensions of Markdown that read no files."""
SHAPING = ("MUSNAD", "SOURCE_DATE_EPOCH", "TZ")
"""What names of variables begin with that a build looks at itself."""

log = get_plugin_logger("musnad")


class MusnadConfig(Config):  # type: ignore[no-untyped-call]
    """Options of the plugin in mkdocs.yml."""

    entries = option.Dir(exists=True, default="entries")
    """Folder of the records, relative to mkdocs.yml."""
    edit_entries = option.Optional(option.Type(str))
    """Where entries are edited, below repo_url; without it, where hand-written pages are; empty for no edit links."""
    colours = option.Type(dict, default={})
    """Colours of one's own by role: one, or ``{light: …, dark: …}``."""
    history = option.Type(bool, default=True)
    """Whether pages tell what git knows of the changes of their records: days and kinds, nobody's name."""
    release = option.Optional(option.Dir())
    """Folder that ``musnad release`` made: the site offers what is in it besides what a build makes."""
    promise = option.Type(bool, default=True)
    """Whether the foot of the pages may say that they track nobody, where the configuration bears it out."""
    policy = option.Type((bool, dict), default=True)
    """Whether pages say what browsers may load and run for them, or what they may besides, by directive."""
    trusted = option.ListOfItems(option.Type(str), default=[])
    """Patterns of hand-written files, below ``docs_dir``, that may hold HTML outside of the stated set, or scripts."""
    pictures = option.Type(bool, default=False)
    """Whether each page has a picture for where its address is shared. None are made while serving."""
    messages = option.Choice(("ar", "en"), default="en")
    """Language of messages to editors."""
    cache = option.Type(bool, default=True)
    """Whether to keep what was made for the next build, in a folder beside mkdocs.yml; MUSNAD_CACHE=false is no."""
    jobs = option.Type(int, default=0)
    """Most processes that make pages; 0 for one on each core."""
    plain = option.Type(bool, default=False)
    """Leave every page to MkDocs, one after another: slow, and what the other way is compared with."""


def _late(name: str) -> Any:
    """Return what answers an event when it comes."""

    def answer(self: "MusnadPlugin", *given: Any, **more: Any) -> Any:
        return getattr(self._hooks, name)(*given, **more)

    return answer


class MusnadPlugin(BasePlugin[MusnadConfig]):  # type: ignore[no-untyped-call]
    """The events. One instance lives as long as MkDocs does."""

    _startup: tuple[Literal["build", "gh-deploy", "serve"], bool] | None = None
    _listener: Listener | None = None
    _watch: Watch | None = None
    _state: bytes | None = None

    @cached_property
    def _hooks(self) -> "Hooks":
        from musnad.plugin.hooks import Hooks  # noqa: PLC0415 (see above)

        hooks = Hooks(self.config)
        if self._startup is not None:
            command, dirty = self._startup
            hooks.on_startup(command=command, dirty=dirty)
        return hooks

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Keep this instance alive between rebuilds, and what it was made for."""
        print_utf8()
        self._startup = command, dirty
        # Of other commands more is expected than a site.
        if command == "build" and not dirty:
            self._listener = Listener()
            logging.getLogger("mkdocs").addHandler(self._listener)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """End here when this build would make and tell what the last one did. Raises SystemExit."""
        start = time.monotonic()
        if self._listener is not None and config.config_file_path:
            self._watch = self._look(config, Path(config.config_file_path))
            if self._watch is not None and (rest := self._watch.find_rest()):
                for level, name, message in rest.told:
                    logging.getLogger(name).log(level, message)
                took = time.monotonic() - start
                log.info(f"{rest.records:,} records: 0 pages made, {rest.pages:,} reused, {took:.1f} s")
                raise SystemExit(0)
        # MkDocs keeps the plugin while it serves, and gives it the options anew.
        self._hooks.config, self._hooks.state = self.config, self._state
        return self._hooks.on_config(config)

    def _look(self, config: MkDocsConfig, file: Path) -> Watch | None:
        """Look at all that a build depends on; None where that can't be told."""
        text = file.read_text(encoding="utf-8", errors="replace")
        # Another file is read with it, and any other extension may read files of its own. On Windows no time tells
        # of every change.
        if os.name == "nt" or "INHERIT" in text or not PURE.issuperset(config.markdown_extensions):
            return None
        entries, own = self.config.entries, (config.theme.custom_dir, self.config.release)
        places = [Path(place) for place in (PACKAGE, config.docs_dir, entries, *own) if place]
        set_ = sorted((name, value) for name, value in os.environ.items() if name.startswith(SHAPING) or name in text)
        # The theme's own text has sets in it, of which no two processes have the same order.
        given = [found for name, found in config.items() if name != "theme"] + [*config.theme.values()]
        settings = [text, str(file), repr(set_), str(config.theme.name), *map(name_value, given)]
        self._state = find_state(Path(entries))
        settings += [find_today(), str(self._state), *list_libraries()]
        level = logging.getLogger("mkdocs").getEffectiveLevel()
        with contextlib.suppress(OSError):
            return Watch(places, settings, file.parent / CACHE / "build", Path(config.site_dir), level)
        return None

    on_files = _late("on_files")
    on_nav = _late("on_nav")
    on_page_content = _late("on_page_content")
    on_env = _late("on_env")
    # After all others.
    on_post_page = event_priority(-100)(_late("on_post_page"))
    on_post_build = _late("on_post_build")
    on_build_error = _late("on_build_error")
    on_serve = _late("on_serve")

    def on_shutdown(self) -> None:
        """Keep what is to be kept."""
        if self._listener is not None:
            logging.getLogger("mkdocs").removeHandler(self._listener)
        # Not where nothing was to be done.
        if "_hooks" in vars(self):
            self._hooks.on_shutdown()
            if self._watch is not None and self._listener is not None:
                self._hooks.keep_rest(self._watch, self._listener)
