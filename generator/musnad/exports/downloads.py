"""What makes each form of the record that is given away, all of them at once, and what such a release holds.

What each is for is told in ``pages/elements/downloads.py``. What the page of downloads says of files is filled in here,
when they are there and as they are there.
"""

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from pathlib import Path

from musnad.derive.news import find_newest_day
from musnad.derive.visible import follow_redirect
from musnad.exports.api import export_data
from musnad.exports.archive import (
    CITATION,
    CRATE,
    ZENODO,
    ArchivedFile,
    write_citation,
    write_crate,
    write_zenodo,
)
from musnad.exports.extra import ReleaseError
from musnad.exports.geojson import export_geojson
from musnad.exports.json import DATA
from musnad.exports.tables import export_tables
from musnad.pages.elements.downloads import DOWNLOADS, PLACE, FileFacts, fill_facts, find_media_type, list_built
from musnad.pages.elements.linked import File, describe_dataset, write_linked
from musnad.pages.site import Site
from musnad.records.model import FOLDERS, Catalogue
from musnad.records.problems import N_
from musnad.records.walk import find_record
from musnad.text.languages import Lang

Made = Iterator[tuple[str, str | bytes]]
Maker = Callable[[Site], Made]
"""Yields addresses below the site with what stands there, the same bytes each time."""
RECORD = DATA
SUMS = "SHA256SUMS"
RELEASE = "MUSNAD_RELEASE"
"""The variable by which ``false`` builds a site without what a release holds: for a release."""
_NODE = re.compile(r'(<script type=["\']?application/ld\+json["\']?>)[^<]*')


def _on_demand(name: str) -> Maker:
    """Return what makes a form that no build makes; builds begin sooner without it."""

    def make(site: Site) -> Made:
        made: Made = getattr(import_module(f"musnad.exports.{name}"), f"export_{name}")(site)
        return made

    return make


MAKERS: Mapping[str, Maker] = {
    "json": export_data,
    "tables": export_tables,
    "geojson": export_geojson,
    "database": _on_demand("database"),
    "parquet": _on_demand("parquet"),
    "trig": _on_demand("trig"),
    "ftm": _on_demand("ftm"),
}
"""By the names in ``DOWNLOADS``."""


def make_release(site: Site, folder: Path, packed: Path | None = None) -> list[str]:
    """Write everything that is given away, and ``SHA256SUMS``, to a folder that is new or empty; all or nothing.

    ``packed`` holds the built site as one file, in the forms that there are. Returns the addresses. Raises
    ReleaseError where a library is missing.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as scratch:
        root, files = Path(scratch, "release"), list[ArchivedFile]()
        for download in DOWNLOADS:
            made = read_packed(packed, download.files) if download.is_packed else MAKERS[download.name](site)
            for address, content in made:
                files.append(_write_file(root, address, content, site.words["en"].gettext(download.title)))
        # What the page of downloads lists; each record by itself is in a list of those.
        listed = [file for file in files if any(file.path in download.files for download in DOWNLOADS)]
        told = {CITATION: write_citation(site), ZENODO: write_zenodo(site), CRATE: write_crate(site, listed)}
        files += [_write_file(root, address, text, "") for address, text in told.items()]
        sums = "".join(f"{file.digest}  {file.path}\n" for file in sorted(files))
        _write_file(root, SUMS, sums, "")
        if folder.is_dir():
            folder.rmdir()
        shutil.move(root, folder)
    return [*sorted(file.path for file in files), SUMS]


def read_packed(folder: Path | None, addresses: Iterable[str]) -> Made:
    """Yield what there is of the built site as one file."""
    for address in addresses:
        path = folder and folder / Path(address).name
        if path and path.is_file():
            yield address, path.read_bytes()


def _write_file(root: Path, address: str, content: str | bytes, about: str) -> ArchivedFile:
    raw = content.encode() if isinstance(content, str) else content
    path = root / address
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    media_type = "text/plain" if address == SUMS else find_media_type(address)
    return ArchivedFile(address, len(raw), hashlib.sha256(raw).hexdigest(), media_type, about)


def find_facts(path: Path) -> FileFacts:
    """Return size and digest of a file; it is read once, and again when it has changed."""
    stat = path.stat()
    return FileFacts(stat.st_size, _digest_file(path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns))


@lru_cache(maxsize=256)
def _digest_file(path: Path, *_stamp: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_release(folder: Path) -> dict[str, str]:
    """Return the digests of what a release holds that no build makes, by address, and that of its ``record.json``.

    Raises ReleaseError where a file is missing or another one.
    """
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise ReleaseError(N_("{file} is missing: make it with musnad release"), file=str(folder / SUMS)) from None
    found = {}
    for digest, _, address in (line.partition("  ") for line in lines):
        if address != RECORD and not any(d.is_on_demand and d.holds(address) for d in DOWNLOADS):
            continue
        path = folder / address
        if ".." in address.split("/") or not path.is_file() or find_facts(path).digest != digest:
            message = N_("{file} is not as {sums} says: make the release again with musnad release")
            raise ReleaseError(message, file=str(path), sums=SUMS)
        found[address] = digest
    return found


def tells_more(folder: Path, shown: Catalogue) -> bool:
    """Whether a release has a record that readers may not see any more, or one of which they see less now."""
    path = folder / RECORD
    told = json.loads(path.read_bytes()) if path.is_file() else {}
    for name in FOLDERS:
        for one in told.get(name, ()):
            ref = f"{name}/{one['id']}"
            ref = (follow_redirect(shown, ref) or ref) if ref in shown.redirects else ref
            record = find_record(shown, ref)
            is_less = ref in shown.kept_back and not one["derived"].get("coarsened")
            if record is None or is_less or (record.status == "retracted" and one["record"]["status"] != "retracted"):
                return True
    return False


def fill_pages(
    site: Site, pages: Mapping[Lang, str], folders: Sequence[Path], released: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    """Yield the page of downloads in each language, by its address, with sizes and digests, where it has to be written.

    What lies in the first folder will be moved over the second; where it holds nothing of this, all is as it was.
    ``released`` are digests of what was made on demand, and of the ``record.json`` that it was made from.
    """
    listed = [*list_built(), *(address for address in released if address != RECORD)]
    if not any((folders[0] / address).is_file() for address in (*pages.values(), *listed)):
        return
    found = {address: find_facts(path) for address in listed if (path := _find(folders, address))}
    if RECORD in found and found[RECORD].digest != released.get(RECORD):
        found |= {address: facts._replace(is_other=True) for address, facts in found.items() if address in released}
    day = find_newest_day(site.shown, site.derived)
    for lang, address in pages.items():
        path = _find(folders, address)
        text = path.read_text(encoding="utf-8") if path else ""
        filled = fill_facts(text, site.words[lang], found, day)
        files = (File(name, find_media_type(name), *facts[:2]) for name, facts in found.items() if not facts.is_other)
        filled = _describe(filled, write_linked(describe_dataset(site.composers[lang], files, day, PLACE)))
        if filled != text:
            yield address, filled.encode()


def _describe(text: str, node: str) -> str:
    return _NODE.sub(lambda match: f"{match[1]}{node}", text)


def _find(folders: Sequence[Path], address: str) -> Path | None:
    return next((path for folder in folders if (path := folder / address).is_file()), None)
