"""The built site as a folder that works without a server, and as one file: a zip, or a ZIM for Kiwix.

Browsers fetch nothing for pages that are opened as files, and start neither modules nor workers from there. So each
file that scripts read stands as a script that hands over its text (``theme/offline.js``). A ZIM comes with a server.
"""

import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from musnad.exports.pictures import draw_mark
from musnad.pages.elements.publication import require_site, tell_site
from musnad.pages.site import Site
from musnad.text.languages import LANGS

READ = ("data/", "search/", "propose/")
"""Where files stand that scripts read."""
KEPT = ("data/", "search/search_index.json")
"""What also stays as it is: what is given away, and what the theme asks a server for."""
SCRIPTS = "assets/"
_CLASSIC = ("assets/javascripts/", "assets/head.js", "assets/page.js", "assets/offline.js")
"""Scripts that pages run as they are."""
_START = "search/search_index"
_IMPORT = re.compile(r'\bimport\("\./([^"]+)"\)')
_LANGUAGES = {"ar": "ara", "en": "eng"}
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first time that a zip can tell: when its files were written is nobody's business."""


class ZimError(Exception):
    """The program that writes ZIM files failed, or is not there (then without a text)."""


def prepare_files(folder: Path) -> None:
    """Make a site, built with pages as files and for being opened as such, work so."""
    page_script = folder / "assets/page.js"
    text = page_script.read_text(encoding="utf-8")
    page_script.write_text(_IMPORT.sub(r'musnadImport("assets/\1")', text), encoding="utf-8", newline="\n")
    start = (folder / f"{_START}.json").read_text(encoding="utf-8")
    (folder / f"{_START}.js").write_text(f"var __index = {start}", encoding="utf-8", newline="\n")
    for place in list(_list_read(folder)):
        path = folder / place
        text = path.read_text(encoding="utf-8")
        script = f"musnadFile({json.dumps(place)}, {json.dumps(text, ensure_ascii=False)})\n"
        # Two separators of lines may stand in a string of JSON and, for older browsers, in none of a script.
        script = script.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
        path.with_name(f"{path.name}.text.js").write_text(script, encoding="utf-8", newline="\n")
        if not place.startswith(KEPT):
            path.unlink()


def _list_read(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder).as_posix()
        is_data = place.startswith(READ) and path.suffix in (".json", ".js") and place != f"{_START}.js"
        is_module = place.startswith(SCRIPTS) and path.suffix == ".js" and not place.startswith(_CLASSIC)
        if path.is_file() and (is_data or is_module):
            yield place


def pack_zip(folder: Path, name: str, file: BinaryIO) -> None:
    """Write a folder as a zip in which it is called ``name``; the same bytes for the same files."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            info = zipfile.ZipInfo(f"{name}/{path.relative_to(folder).as_posix()}", _EPOCH)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            packed.writestr(info, path.read_bytes())


def pack_zim(folder: Path, site: Site, file: Path) -> None:
    """Write a built site as a ZIM with the program ``zimwriterfs``. Raises ZimError."""
    program = shutil.which("zimwriterfs")
    if program is None:
        raise ZimError
    (folder / "illustration.png").write_bytes(draw_mark(folder / "assets/mark.svg"))
    words = require_site(site.catalogue)
    name = " · ".join(words.name[lang] for lang in LANGS)
    options = {
        "welcome": "index.html",
        "illustration": "illustration.png",
        "language": ",".join(_LANGUAGES[lang] for lang in LANGS),
        "name": re.sub(r"[^a-z0-9]+", "_", words.name["en"].lower()).strip("_"),
        "title": name,
        "description": tell_site(words, "tagline", site.words["en"])[:80],
        "creator": name,
        "publisher": name,
    }
    given = [part for key, value in options.items() for part in (f"--{key}", value)]
    run = subprocess.run([program, *given, str(folder), str(file)], capture_output=True, text=True, check=False)
    if run.returncode or not file.is_file():
        raise ZimError(f"{run.stdout}\n{run.stderr}".strip())
