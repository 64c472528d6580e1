"""Settings of MkDocs that can't be honoured, each with what to write instead, and what follows from the others."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from musnad.build.manifest import NAME as MANIFEST
from musnad.pages.addresses import API, list_feeds
from musnad.pages.elements.downloads import list_built
from musnad.plugin.material import FAVICON, list_theme_objections
from musnad.plugin.objection import Objection
from musnad.plugin.others import list_plugin_objections
from musnad.records.problems import N_

OWN_NAMES = ("words", "search_worker", "pictures", "offline", "policy", "theme_sheet")
"""What the theme's templates find below ``extra``."""
# Stand for a file while the patterns are filled in; letters, so that quoting leaves them as they are.
_PATH, _STEM = "ENTRYPATH", "ENTRYSTEM"
_STEP_BACK = re.compile(r"(?<![^/?#=&])(?<!//)(?!\.\./)[^/?#=&]+/\.\./")


NO_DRAWING = N_(
    "pictures: true below musnad in mkdocs.yml needs libraries that are not installed: install musnad[{extra}], or "
    "leave the setting out"
)
BUSY = N_(
    "another build writes to {folder} at this moment: wait until it is done, or name another folder with --site-dir"
)
UNWRITTEN = N_(
    "the site can't be written ({reason} {file}): make room or see to the permissions, and build again; no page is "
    "half-written"
)
NO_KEY = N_(
    "What was made is not kept for the next build: there is no place for the key that it is sealed with. {name} in the "
    "environment can be one."
)
NO_SHARE = N_("{name} is {text}, and has to be the number of a shard and how many there are, such as 2/4")
NO_SHARDS = N_(
    "with other plugins, hooks, templates of your own or plain: true in mkdocs.yml each build sees every page: it "
    "can't be split over machines"
)
NO_TEMPLATE = N_(
    "{file} in your theme's folder needs more than its own text, and a build with it can't be split over machines"
)
NO_OVERLAY = N_("{name} names a folder of what is withheld: that is for mkdocs serve alone, and never published")
OLD_RELEASE = N_(
    "the release in {folder} tells what readers may no longer see, so that nothing of it is offered: "
    "delete it, and make it again with musnad release"
)
ROBOTS = N_("crawlers read robots.txt at the root of a host alone: copy its lines there from below {path}")


def list_objections(config: MkDocsConfig, entries: Path, edit_entries: str | None) -> Iterator[Objection]:
    """Yield what no build could honour."""
    if not config.site_url:
        yield Objection(N_("musnad needs site_url in mkdocs.yml: canonical addresses and citations use it"))
    yield from list_plugin_objections(config)
    if config.theme.name != "material":
        yield Objection(
            N_("musnad has pages for the theme material only: write name: material below theme in mkdocs.yml")
        )
    else:
        yield from list_theme_objections(config)
    for name in config.extra.keys() & set(OWN_NAMES):
        yield Objection(N_("musnad itself sets extra.{name}: choose another name in mkdocs.yml"), {"name": name})
    if entries.is_relative_to(config.docs_dir) or _has_records(Path(config.docs_dir), entries):
        yield Objection(
            N_("records below docs_dir would be published with their drafts: move the folder {folder} out of it"),
            {"folder": entries.name},
        )
    if entries.is_relative_to(config.site_dir):
        yield Objection(
            N_("a build empties site_dir, and the folder {folder} is in it: choose another site_dir"),
            {"folder": entries.name},
        )
    if find_edit(config, entries, edit_entries) is None:
        yield Objection(
            N_("edit_uri_template tells no address for records: write edit_entries below musnad in mkdocs.yml")
        )


def _has_records(docs: Path, entries: Path) -> bool:
    """Whether the folder of the docs leads to that of the records, by links, or holds a copy of it."""
    seen: set[Path] = set()
    for folder, folders, files in os.walk(docs, followlinks=True):
        if (place := Path(folder).resolve()) in seen:
            folders.clear()
            continue
        seen.add(place)
        if place.is_relative_to(entries.resolve()) or ("site.yaml" in files and {"sources", "vocabulary"} & {*folders}):
            return True
        if any(Path(folder, name).resolve().is_relative_to(entries.resolve()) for name in files):
            return True
    return False


def list_clashes(config: MkDocsConfig, files: Files, pages: Iterable[str]) -> Iterator[Objection]:
    """Yield which files of the docs folder, or patterns for them, clash with what is generated."""
    for name in files.src_uris:
        is_of_search = name.startswith("search/") and name.endswith((".js", ".json"))
        if name in (MANIFEST, *list_built(), *list_feeds()) or is_of_search or name.startswith(f"{API}/"):
            yield Objection(
                N_("{file} stands where musnad writes a file of its own: give it another name"),
                {"file": f"{Path(config.docs_dir).name}/{name}"},
            )
    for setting in ("logo", "favicon"):
        name = str(config.theme.get(setting) or "")
        if name and not urlsplit(name).scheme and name not in files.src_uris and name != FAVICON:
            yield Objection(
                N_(
                    "{setting} in mkdocs.yml: there is no file {file}; put it there, or correct the path below docs_dir"
                ),
                {"setting": f"theme.{setting}", "file": f"{Path(config.docs_dir).name}/{name}"},
            )
    for setting in ("exclude_docs", "draft_docs"):
        spec = config[setting]
        # A hand-written page that would stand instead may well be left out.
        for name in (name for name in pages if name not in files.src_uris) if spec else ():
            if spec.match_file(name):
                yield Objection(
                    N_(
                        "{setting} in mkdocs.yml leaves out {file}, a page of the record: records are left out by "
                        "status: draft or withheld"
                    ),
                    {"setting": setting, "file": name},
                )


def find_edit(config: MkDocsConfig, entries: Path, base: str | None) -> str | None:
    """Return where a file of the entries is edited, with places for its path; empty for nowhere, None if unknown.

    ``base`` is below repo_url; without it the entries are edited where hand-written pages are.
    """
    if base is not None:
        return f"{_escape(config.repo_url.rstrip('/'))}/{_escape(base)}{{path}}" if config.repo_url and base else ""
    folder = Path(os.path.relpath(entries, config.docs_dir)).as_posix()
    if config.edit_uri_template:
        pattern = config.edit_uri_template.format(f"{folder}/{_PATH}", f"{folder}/{_STEM}")
    elif config.edit_uri:
        pattern = f"{config.edit_uri}{folder}/{_PATH}"
    else:
        return ""
    home = (config.repo_url or "").rstrip("/")
    pattern = urljoin(home if pattern.startswith(("?", "#")) else f"{home}/", pattern)
    if "://" not in pattern:
        return ""
    while (shorter := _STEP_BACK.sub("", pattern, count=1)) != pattern:
        pattern = shorter
    if ".." in pattern:
        return None
    return _escape(pattern).replace(_PATH, "{path}").replace(_STEM, "{path_noext}")


def _escape(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def list_nav(nav: object) -> Iterator[tuple[str | None, str]]:
    """Yield title and target of everything in the setting ``nav``, sections passed through."""
    if isinstance(nav, str):
        yield None, nav
    elif isinstance(nav, list):
        for item in nav:
            yield from list_nav(item)
    elif isinstance(nav, Mapping):
        for title, item in nav.items():
            found = [(title, item)] if isinstance(item, str) else list_nav(item)
            yield from found
