"""Builds split over machines: which share of a site each makes, and how the shares become the one site.

A shard is a folder with some of a site's files and a manifest. Every shard has what all machines make alike
(hand-written pages, assets), and its share of the rest. Joined they are the site of one build, to the byte.
"""

import hashlib
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from jinja2 import DictLoader
from jinja2.sandbox import SandboxedEnvironment
from pydantic import BaseModel, ConfigDict, ValidationError

from musnad.build.manifest import NAME as SITE_MANIFEST
from musnad.build.manifest import write_manifest
from musnad.editing.journal import RefusedError
from musnad.records.problems import N_
from musnad.text.digest import digest
from musnad.text.languages import LANGS, Lang

VARIABLE = "MUSNAD_SHARD"
"""Of the environment: which share a build makes."""
MANIFEST = "musnad-shard.json"
Crawler = Literal["sitemap.xml", "robots.txt"]
CRAWLERS: tuple[Crawler, ...] = ("sitemap.xml", "robots.txt")
"""What lists pages of all shards."""
_SHARE = re.compile(r"([1-9][0-9]{0,3})/([1-9][0-9]{0,3})")


class Share(NamedTuple):
    """One of the shares that a build is split into, counted from 1."""

    number: int
    total: int

    @classmethod
    def parse(cls, text: str) -> "Share":
        """Return the share that is written ``2/4``. Raises ValueError."""
        found = _SHARE.fullmatch(text)
        if found is None or int(found[1]) > int(found[2]):
            raise ValueError(text)
        return cls(int(found[1]), int(found[2]))

    @property
    def is_last(self) -> bool:
        """Whether it is the last: what hangs together falls to one share."""
        return self.number == self.total

    def has(self, name: str) -> bool:
        """Whether something falls to this share; by its name alone, so that every machine says the same."""
        return int(digest(name), 16) % self.total == self.number - 1


class Manifest(BaseModel):
    """What a shard holds, what it was built from, and what can only be told when all are there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    share: Share
    made_from: str
    """Digest of program, settings, records and hand-written pages."""
    files: dict[str, str]
    """Digests by address."""
    urls: dict[str, str]
    """Addresses of the pages that search engines may list, by their place."""
    site_url: str
    templates: dict[Crawler, str]
    """Of what lists pages."""


def digest_files(folder: Path) -> dict[str, str]:
    """Return the digest of each file below a folder, hidden ones too, by its address there."""
    return {
        path.relative_to(folder).as_posix(): _digest_file(path) for path in sorted(folder.rglob("*")) if path.is_file()
    }


def _digest_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def list_values(urls: Mapping[str, str], site_url: str) -> dict[str, object]:
    """Return what the templates of sitemap and robots.txt are filled with; nothing in it differs between builds."""
    rows = sorted((url, _find_alternates(place, urls)) for place, url in urls.items())
    return {"rows": rows, "site_url": site_url, "base": urlsplit(site_url).path}


def _find_alternates(place: str, urls: Mapping[str, str]) -> list[tuple[Lang, str]]:
    """Return the languages of a page with their addresses, when it is there in both."""
    pages = {lang: urls.get(f"{lang}/{place.partition('/')[2]}") for lang in LANGS}
    is_pair = place.partition("/")[0] in LANGS and None not in pages.values()
    return [(lang, url) for lang, url in pages.items() if url is not None] if is_pair else []


def render_crawlers(templates: Mapping[Crawler, str], values: Mapping[str, object]) -> dict[Crawler, str]:
    """Fill in templates by their text alone. Raises jinja2.TemplateError for those that need more."""
    environment = SandboxedEnvironment(loader=DictLoader({}))
    return {name: environment.from_string(text).render(values) for name, text in templates.items()}


def join_shards(folders: Sequence[Path], target: Path) -> None:
    """Put the shards of one build together in a folder that is new or empty: all of them, or nothing.

    Raises RefusedError.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise RefusedError(N_("{folder} is not empty: name a new folder"), folder=str(target))
    shards = {folder: _read_manifest(folder) for folder in folders}
    _check_shares(shards)
    places = _place_files(shards)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent.resolve()) as made:
        site = Path(made, "site")
        _copy_files(places, site)
        manifests = [*shards.values()]
        urls = {place: url for manifest in manifests for place, url in manifest.urls.items()}
        values = list_values(urls, manifests[0].site_url)
        digests = {address: made for address, (_, made) in places.items()}
        for name, text in render_crawlers(manifests[0].templates, values).items():
            (site / name).write_bytes(text.encode())
            digests[name] = _digest_file(site / name)
        (site / SITE_MANIFEST).write_bytes(write_manifest(digests).encode())
        if target.is_dir():
            target.rmdir()
        shutil.move(site, target)


def _read_manifest(folder: Path) -> Manifest:
    try:
        return Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        message = N_("{folder} is no shard: it has no {file}, which a build writes last")
        raise RefusedError(message, folder=str(folder), file=MANIFEST) from None
    except ValidationError:
        message = N_("{file} can't be read: it is damaged, or of another version of musnad")
        raise RefusedError(message, file=str(folder / MANIFEST)) from None


def _check_shares(shards: Mapping[Path, Manifest]) -> None:
    """Raise RefusedError unless these are all shards of one build, each once."""
    numbers: dict[int, Path] = {}
    for (one, known), (other, manifest) in pairwise([next(iter(shards.items())), *shards.items()]):
        folders = {"one": str(one), "other": str(other)}
        if manifest.share.total != known.share.total:
            totals = {"total": known.share.total, "others": manifest.share.total}
            message = N_("{one} is a shard of {total}, and {other} one of {others}: build all with the same number")
            raise RefusedError(message, **folders, **totals)
        if manifest.made_from != known.made_from:
            message = N_(
                "{one} and {other} were not built from the same: program, settings, records with their history, and "
                "hand-written pages have to be the same on all machines"
            )
            raise RefusedError(message, **folders)
        if (number := manifest.share.number) in numbers:
            message = N_("{one} and {other} are the same shard, {number}/{total}")
            raise RefusedError(message, one=str(numbers[number]), other=str(other), **manifest.share._asdict())
        numbers[number] = other
    total = next(iter(shards.values())).share.total
    if missing := sorted({*range(1, total + 1)} - numbers.keys()):
        raise RefusedError(N_("shard {number}/{total} is missing"), number=missing[0], total=total)


def _place_files(shards: Mapping[Path, Manifest]) -> dict[str, tuple[Path, str]]:
    """Return where each file of the site lies, with its digest. Raises RefusedError where shards contradict."""
    found: dict[str, tuple[Path, str]] = {}
    for folder, manifest in shards.items():
        here = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()} - {MANIFEST}
        for address in sorted(manifest.files.keys() - here):
            raise RefusedError(N_("{file} is missing: copy the shard again"), file=str(folder / address))
        for address in sorted(here - manifest.files.keys()):
            raise RefusedError(N_("{file} is no part of its shard: remove it"), file=str(folder / address))
        for address, made in manifest.files.items():
            other, known = found.setdefault(address, (folder, made))
            if known != made:
                message = N_("{address} is another file in {one} than in {other}: their machines differ")
                raise RefusedError(message, address=address, one=str(other), other=str(folder))
    return found


def _copy_files(places: Mapping[str, tuple[Path, str]], site: Path) -> None:
    for folder in sorted({(site / address).parent for address in places} | {site}):
        folder.mkdir(parents=True, exist_ok=True)
    for address, (folder, made) in places.items():
        shutil.copyfile(folder / address, site / address)
        if _digest_file(site / address) != made:
            message = N_("{file} is not as it was built: copy or build its shard again")
            raise RefusedError(message, file=str(folder / address))
