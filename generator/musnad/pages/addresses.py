"""Where pages stand: the one place that decides what a page's address is.

Inside, a page goes by its place, whatever its address will be: language and path with a slash at the end,
``en/claims/x/y/``; nothing for the entrance. Addresses are those that MkDocs gives to the files of the places.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from musnad.text.languages import LANGS, Lang

API = "api/v1"
"""Where the static API stands; another number when a file of it is renamed, removed or means something else."""
_INDEX = ("index", "README")
# Before a query and an anchor.
_PLACE = re.compile("[^?#]*")
_EDIT = re.compile(r"(?P<repo>https?://.+?)(?P<lab>/-)?/edit/(?P<branch>[^/]+)/(?P<folder>.*)\{path\}")


def find_file(place: str) -> str:
    """Return the Markdown file of a place: ``en/claims/x/y.md``."""
    # The first page of a language is that of a folder; no other of ours is called so (``rules/records.py``).
    return f"{place.removesuffix('/')}.md" if "/" in place.removesuffix("/") else f"{place}index.md"


def find_place(file: str) -> str:
    """Return the place of a Markdown file, however the file of it is called."""
    stem = file.rpartition(".")[0]
    folder, slash, name = stem.rpartition("/")
    return f"{folder}{slash}" if name in _INDEX else f"{stem}/"


def name_feed(lang: Lang) -> str:
    """Return where the feed of a language stands."""
    return f"{lang}/feed.xml"


def name_picture(lang: Lang, ref: str = "") -> str:
    """Return where the picture of a record stands, or that of the site."""
    return f"pictures/{lang}/{ref}.png" if ref else f"pictures/{lang}.png"


def name_json_feed(lang: Lang) -> str:
    """Return where the same stands as JSON Feed."""
    return f"{lang}/feed.json"


def list_feeds() -> list[str]:
    """Return where all feeds stand."""
    return [name(lang) for lang in LANGS for name in (name_feed, name_json_feed)]


def name_data(ref: str) -> str:
    """Return where the data of a record stand, by its address without a language: ``claims/x/y``."""
    return f"{API}/{ref}.json"


def find_host(edit: str) -> Mapping[str, str] | None:
    """Return where files are proposed, from the address where one is edited; None where that tells nothing."""
    match = _EDIT.fullmatch(edit)
    if match is None:
        return None
    kind = "gitlab" if match["lab"] else "github"
    return {"kind": kind, "repo": match["repo"], "branch": match["branch"], "folder": match["folder"]}


@dataclass(frozen=True)
class Addresses:
    """The addresses of one site."""

    site_url: str = ""
    """With a slash at the end, or empty."""
    is_flat: bool = False
    """Whether pages are files, ``claims.html``, and not folders, ``claims/``."""
    written: Mapping[str, str] = field(default_factory=dict)
    """Hand-written pages that others link to by their place, with their addresses."""
    edit: str = ""
    """Where a file of the entries is edited, as of ``SiteOptions``."""
    released: tuple[str, ...] = ()
    """Files that no build makes, but ``musnad release`` did, as far as the site offers them."""

    def find(self, href: str) -> str:
        """Return the address, below the site, of a place with what follows it; what is no place stays as it is."""
        if not self.is_flat:
            return href
        place = _PLACE.match(href)[0]  # type: ignore[index]
        if href and (not place.endswith("/") or "://" in place):
            return href
        return f"{self.written.get(place) or self.find_output(find_file(place))}{href.removeprefix(place)}"

    def find_absolute(self, place: str) -> str:
        """Return the whole address of a place, as far as that of the site is known."""
        return self.site_url + self.find(place)

    def find_version(self, commit: str, file: str) -> str | None:
        """Return where the repository host shows a file of the entries as of a commit; None where that is unknown.

        It is the file, and not the commit: beside the record, that shows what else was changed, and a message.
        """
        host = find_host(self.edit)
        if host is None:
            return None
        lab = "/-" if host["kind"] == "gitlab" else ""
        return f"{host['repo']}{lab}/blob/{commit}/{host['folder']}{file}".replace("{{", "{").replace("}}", "}")

    def find_output(self, file: str) -> str:
        """Return where below the site the HTML of a Markdown file stands."""
        stem = file.removesuffix(".md")
        is_folder = not self.is_flat and stem.rpartition("/")[2] not in _INDEX
        return f"{stem}/index.html" if is_folder else f"{stem}.html"
