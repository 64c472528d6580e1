"""Changes are seen wherever files lie, and whoever edits them; what programs leave beside files is not."""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from musnad.plugin.watch import GRACE, SELDOM
from tests.conftest import mostly_long
from tests.records.test_files import LEFT, LEFT_FOLDERS
from tests.site.serving import CLAIM, Server, copy_project, edit, serve
from tests.systems import MACOS, WINDOWS, before

pytestmark = pytest.mark.server

PRICE = "entries/claims/tide-post-12/rye-bread-price.yaml"
LONG = SELDOM + 2 * GRACE + 1.5
"""Seconds after which every file was looked at again."""
REFUSED = "The system does not tell of changes"
SILENT = "The system did not tell of a change of"

_INOTIFY = "import ctypes, errno, watchdog.observers.inotify_c as inotify\n"
_REFUSE = "def refuse(*_):\n    ctypes.set_errno(errno.{})\n    return -1\ninotify.inotify_{} = refuse\n"
REFUSALS = {
    "no more watches": (_INOTIFY + _REFUSE.format("ENOSPC", "add_watch"), REFUSED),
    "no more instances": (_INOTIFY + _REFUSE.format("EMFILE", "init"), REFUSED),
    "a system without events": ("import watchdog.utils.platform as known\nknown.is_linux = lambda: False\n", REFUSED),
    "no more watches for folders within": (
        _INOTIFY
        + "add, within = inotify.inotify_add_watch, ('/claims', '/tide-post-12', '/en')\n"
        + _REFUSE.format("ENOSPC", "add_watch")
        + "inotify.inotify_add_watch = lambda *a: refuse() if os.fsdecode(a[1]).endswith(within) else add(*a)\n",
        SILENT,
    ),
    "a folder that keeps silent": (_INOTIFY + "inotify.InotifyFD.handle_event = lambda *_: None\n", SILENT),
    "macOS": (MACOS, ""),
    "Windows": (WINDOWS, ""),
}


@pytest.mark.parametrize("refusal", mostly_long(REFUSALS, "no more watches for folders within", "macOS"))
def test_changes_are_seen_where_the_system_does_not_tell_of_them(refusal: str, tmp_path: Path) -> None:
    """Records, pages and settings, changed, added and removed; why it takes a little longer is said in one line."""
    code, told = REFUSALS[refusal]
    project = tmp_path / "project"
    copy_project(project)
    with serve(project, before(tmp_path / "system", f"import os\n{code}")) as server:
        edit(project / PRICE, "costs ninety crowns", "costs ninety crowns, once,")
        server.wait_until("the edit of a record", lambda: "once," in server.get(CLAIM))
        edit(project / PRICE, "once,", "twice,")
        server.wait_until("the second edit", lambda: "twice," in server.get(CLAIM))
        (project / "docs/en/more.md").write_text("# More\n\nAdded.\n", encoding="utf-8")
        server.wait_until("the new page", lambda: "Added." in server.get("en/more/"))
        (project / "docs/en/more.md").unlink()
        server.wait_until("the removal", lambda: not server.has("en/more/"))
        edit(project / "mkdocs.yml", "example.org/badia-record", "example.org/harbour-record")
        server.wait_until("the edit of the settings", lambda: "example.org/harbour-record/edit" in server.get(CLAIM))
        lines = [line for line in server.log.splitlines() if REFUSED in line or SILENT in line]
        assert [told in line for line in lines] == ([True] if told else [])
        assert "Traceback" not in server.log


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project that is not served yet."""
    copy_project(tmp_path / "project")
    return tmp_path / "project"


@pytest.fixture
def server(project: Path) -> Iterator[Server]:
    """Serve the project."""
    with serve(project) as running:
        yield running


def _link(path: Path, away: Path) -> Path:
    """Move a file or folder away and leave a link; return where it is now."""
    shutil.move(path, away)
    try:
        path.symlink_to(away)
    except OSError:
        pytest.skip("no links here")
    return away


def test_target_of_a_link_that_is_edited_shows(project: Path) -> None:
    """The target of a linked record, of a linked page and of a record in a linked folder lies elsewhere."""
    away = project / "elsewhere"
    away.mkdir()
    record = _link(project / PRICE, away / "price")
    page = _link(project / "docs/en/about.md", away / "about")
    folder = _link(project / "entries/claims/quay-news-7", away / "claims")
    with serve(project) as server:
        edit(record, "costs ninety crowns", "costs ninety crowns, linked,")
        server.wait_until("the edit of the record", lambda: "linked," in server.get(CLAIM))
        page.write_text(page.read_text(encoding="utf-8") + "\nA linked line.\n", encoding="utf-8")
        server.wait_until("the edit of the page", lambda: "A linked line." in server.get("en/about/"))
        edit(folder / "dockers-buy-bread.yaml", "title: {ar:", "title:\n  {ar: في مجلد، ")
        address = "ar/claims/quay-news-7/dockers-buy-bread/"
        server.wait_until("the edit in the folder", lambda: "في مجلد، " in server.get(address))


def test_linked_folder_of_entries_tells_of_its_changes(project: Path, tmp_path: Path) -> None:
    """The system is asked about the folder itself, and nothing has to be looked for."""
    entries = _link(project / "entries", tmp_path / "away")
    with serve(project) as server:
        edit(entries / "site.yaml", "مَن يقول ماذا", "من بعيد، مَن يقول ماذا")
        server.wait_until("the edit", lambda: "من بعيد، " in server.get("ar/"))
        time.sleep(LONG)
        assert (SILENT in server.log, server.builds) == (False, 1)


def _write(path: Path, raw: bytes) -> None:
    path.write_bytes(raw)


def _replace(path: Path, raw: bytes) -> None:
    new = path.with_name(f"{path.name}.tmp")
    new.write_bytes(raw)
    os.replace(new, path)


def _save_as_vim(path: Path, raw: bytes) -> None:
    path.with_name("4913").write_bytes(b"")
    path.with_name("4913").unlink()
    backup = path.with_name(f"{path.name}~")
    path.rename(backup)
    path.write_bytes(raw)
    backup.unlink()


def _save_as_emacs(path: Path, raw: bytes) -> None:
    lock = path.with_name(f".#{path.name}")
    lock.symlink_to("editor@machine.4711:1")
    path.with_name(f"#{path.name}#").write_bytes(raw)
    shutil.copyfile(path, path.with_name(f"{path.name}~"))
    path.write_bytes(raw)
    path.with_name(f"#{path.name}#").unlink()
    lock.unlink()


_WAYS = {save.__name__[1:]: save for save in (_write, _replace, _save_as_vim, _save_as_emacs)}


@pytest.mark.parametrize("save", mostly_long(_WAYS, "write", "save_as_vim"))
@pytest.mark.sampled(2)
def test_edit_is_built_once_however_an_editor_saves(save: str, server: Server) -> None:
    """The system tells of it, and no look at the files comes after that."""
    file = server.project / PRICE
    _WAYS[save](file, file.read_bytes().replace(b"costs ninety crowns", b"costs ninety crowns, saved,"))
    server.wait_until("the edit", lambda: "saved," in server.get(CLAIM))
    time.sleep(LONG)
    assert (SILENT in server.log, server.builds) == (False, 1)
    assert "WARNING" not in server.log


def test_folder_that_is_moved_away_is_missed(server: Server) -> None:
    """And is there again when it comes back."""
    folder = server.project / "entries/claims/quay-news-7"
    shutil.move(folder, server.project / "away")
    server.wait_until("the mistake", lambda: "there is no record claims/quay-news-7/" in server.log)
    builds = server.builds
    shutil.move(server.project / "away", folder)
    server.wait_until("the return", lambda: server.builds > builds)
    edit(server.project / PRICE, "costs ninety crowns", "costs ninety crowns, again,")
    server.wait_until("the edit", lambda: "again," in server.get(CLAIM))


def test_leftovers_stop_nothing_start_nothing_and_are_not_published(project: Path) -> None:
    """Those that were there, and those that come while it is served; also what is kept in our own folder."""
    folders = ("entries", "entries/claims/tide-post-12", "docs", "docs/en")

    def leave(suffix: str) -> None:
        for folder in folders:
            for name in LEFT:
                (project / folder / name).write_text(f"left {suffix}: [", encoding="utf-8")
            for name in LEFT_FOLDERS:
                (project / folder / name).mkdir(exist_ok=True)
                (project / folder / name / f"{suffix}.md").write_text("# Left", encoding="utf-8")

    leave("before")
    with serve(project) as server:
        leave("meanwhile")
        time.sleep(LONG)
        assert (server.builds, "WARNING" in server.log) == (0, False)
        assert not [name for name in ("salt.yaml~", "desktop.ini", "4913", "en/salt.yaml.orig") if server.has(name)]
        edit(project / PRICE, "costs ninety crowns", "costs ninety crowns, beside it all,")
        server.wait_until("the edit", lambda: "beside it all," in server.get(CLAIM))
