"""Whatever lies among the records is read, named, or known to be a leftover: nothing is passed over by accident."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import pytest

from musnad.records.files import LEFTOVERS, has_leftover, is_leftover, list_entries
from musnad.rules.check import check_entries
from musnad.wording.words import load_words
from tests.conftest import PROJECT, TOY

LEFT = [
    *("salt.yaml~", "salt.yaml.~1~", "salt.yaml.bak", "salt.yaml.orig", "salt.yaml.rej", "salt_BACKUP_4711.yaml"),
    *("salt_BASE_4711.yaml", "salt_LOCAL_4711.yaml", "salt_REMOTE_4711.yaml", ".salt.yaml.swp", ".salt.yaml.swo"),
    *("salt.swp", "4913", "#salt.yaml#", ".#salt.yaml", ".salt.yaml.kate-swp", "salt.yaml___jb_tmp___", "~$salt.yaml"),
    *("salt.yaml___jb_old___", ".~lock.salt.yaml#", "sedA1b2C3", "salt.yaml.tmp", "salt.yaml~RF4d2a1.TMP"),
    *(".goutputstream-X1Y2Z3", ".nfs000001", ".fuse_hidden0001", ".smbdeleteAAA1", ".syncthing.salt.yaml.tmp"),
    "~syncthing~salt.yaml.tmp",
    *("Thumbs.db", "ehthumbs.db", "desktop.ini", "Desktop.ini", ".DS_Store", "._salt.yaml", "Icon\r", ".directory"),
    *(".gitignore", ".gitkeep", ".gitattributes", ".keep", ".editorconfig", ".yamllint", ".yamllint.yaml"),
    *(".prettierrc", "salt.cpython-311.pyc", ".dropbox", ".stignore"),
]
LEFT_FOLDERS = [
    *(".git", ".hg", ".svn", ".jj", ".vscode", ".idea", ".vs", ".zed", ".obsidian", "__pycache__", ".musnad-cache"),
    *("$RECYCLE.BIN", "System Volume Information", "lost+found", ".Spotlight-V100", ".Trashes", ".Trash-1000"),
    *(".fseventsd", ".AppleDouble", "@eaDir", ".stfolder", ".stversions"),
]
MEANT = [
    *("salt.yaml", "sed.yaml", "sediment.yaml", "tmp.yaml", "bak.yaml", "orig.yaml", "lost-found.yaml", "thumbs.yaml"),
    *("new-base-2.yaml", "map_base_2.png", "film.swf", "icon.svg", "record.css", "about.md", "2024", "49130", "keep"),
]


@pytest.mark.parametrize("place", ["", "entities/good/", "claims/tide-post-12/", "sources/", "vocabulary/", "schemas/"])
def test_leftovers_are_passed_over_without_a_word(place: str, toy_copy: Path) -> None:
    """What programs leave beside files stops nothing, wherever it lies."""
    (toy_copy / place).mkdir(exist_ok=True)
    for name in LEFT:
        (toy_copy / place / name).write_bytes(b"\0left: [")
    for name in LEFT_FOLDERS:
        (toy_copy / place / name).mkdir()
        (toy_copy / place / name / "salt.yaml").write_bytes(b"\0left: [")
    checked = check_entries(toy_copy)
    assert (checked.problems, checked.warnings) == ((), ())


def test_every_kind_of_leftover_is_tried() -> None:
    """No line of the list is there for a name that nobody has seen."""
    whole, names = LEFTOVERS, [*LEFT, *LEFT_FOLDERS]
    idle = [pattern for pattern in whole if not any(_matches(pattern, name) for name in names)]
    # One of four words with one of two endings.
    assert idle == [f"*_{side}_[0-9]*.md" for side in ("backup", "base", "local", "remote")]


def _matches(pattern: str, name: str) -> bool:
    from fnmatch import fnmatchcase

    return fnmatchcase(name.lower(), pattern)


@pytest.mark.parametrize("name", MEANT)
def test_names_that_only_look_like_leftovers_are_meant(name: str) -> None:
    """A record, a page or an image is not lost for its name."""
    assert not is_leftover(name)


def test_a_source_may_be_called_as_a_leftover_is() -> None:
    """A folder with a name that can be an id is a folder of claims."""
    assert is_leftover("4913")
    assert has_leftover("claims/tide-post-12/4913")
    assert not has_leftover("claims/4913/salt.yaml")
    assert not has_leftover("claims/sednews24/salt.yaml")
    assert has_leftover(".git/salt.yaml")


def _pipe(path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes here")
    os.mkfifo(path)


def _link(target: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        try:
            path.symlink_to(target)
        except OSError:
            pytest.skip("no links here")

    return make


def _file(raw: bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(raw) and None


_NO_FILE = "no-file: this is no file, but a link that leads nowhere, a pipe or a device; remove it"
_PLACE = "file-place: no record is read from this place; see the contributor's guide"
_NAME = "file-name: names of files and folders have only lower-case letters a to z, digits and hyphens"
_UTF8 = "encoding: the file is not UTF-8 text; save it as UTF-8"
ODD: dict[str, tuple[str, Callable[[Path], None], str]] = {
    "pipe": ("pipe", _pipe, _NO_FILE),
    "pipe called as a record": ("entities/good/pipe.yaml", _pipe, _NO_FILE),
    "pipe called as words": ("vocabulary/synonyms.yaml", _pipe, _NO_FILE),
    "link to nowhere": ("link", _link("nowhere"), _NO_FILE),
    "link to nowhere called as a record": ("claims/tide-post-12/link.yaml", _link("nowhere"), _NO_FILE),
    "link to itself": ("sources/link.yaml", _link("link.yaml"), _NO_FILE),
    "folder": ("notes", Path.mkdir, _PLACE),
    "folder in a folder of claims": ("claims/tide-post-12/old", Path.mkdir, _PLACE),
    "folder called as a record": ("entities/good/sugar.yaml", Path.mkdir, _PLACE),
    "folder called as a source": ("sources/sugar.yaml", Path.mkdir, _PLACE),
    "empty folder with a wrong name": ("entities/My Kind", Path.mkdir, _NAME),
    "hidden folder": (".notes", Path.mkdir, _PLACE),
    "hidden folder among kinds": ("entities/.notes", Path.mkdir, _NAME),
    "link to a folder around it": ("claims/tide-post-12/round", _link("../.."), _PLACE),
    "hidden file": (".notes.txt", _file(b"x"), _PLACE),
    "hidden record": ("entities/good/.sugar.yaml", _file(b"x"), _NAME),
    "file without ending": ("entities/good/sugar", _file(b"x"), _PLACE),
    "file that is only an ending": ("entities/good/.yaml", _file(b"x"), _PLACE),
    "name that ends in a new line": ("entities/good/salt.yaml\n", _file(b"x"), _PLACE),
    "binary file": ("photo.jpg", _file(b"\xff\xd8\xff\xe0\0"), _PLACE),
    "binary record": ("entities/good/sugar.yaml", _file(b"\xff\xd8\xff\xe0\0"), _UTF8),
    "record in UTF-16": ("entities/good/sugar.yaml", _file("names: []".encode("utf-16")), _UTF8),
    "empty record": ("entities/good/sugar.yaml", _file(b""), "empty-file: the file is empty"),
    "schema of nothing": ("schemas/sugar.schema.json", _file(b"{}"), _PLACE),
    "note among schemas": ("schemas/notes.txt", _file(b"x"), _PLACE),
}


@pytest.mark.parametrize("name", ODD)
def test_whatever_is_no_record_is_named(name: str, toy_copy: Path) -> None:
    """Of any kind, at any place, and alone: no other record is blamed."""
    place, make, message = ODD[name]
    (toy_copy / place).parent.mkdir(exist_ok=True)
    make(toy_copy / place)
    assert [str(problem) for problem in check_entries(toy_copy).problems] == [f"entries/{place}:1:1: {message}"]


def test_record_that_others_name_and_is_no_file_is_reported_alone(toy_copy: Path) -> None:
    """Who mentions it is not to blame."""
    salt = toy_copy / "entities/good/salt.yaml"
    salt.unlink()
    _link("nowhere")(salt)
    assert [str(problem) for problem in check_entries(toy_copy).problems] == [
        f"entries/entities/good/salt.yaml:1:1: {_NO_FILE}"
    ]


@pytest.mark.parametrize("place", ["claims/quay-news-8", "entities/ship"])
def test_empty_folder_is_a_warning(place: str, toy_copy: Path) -> None:
    """It harms nobody, also when only a leftover lies in it; whoever has mistyped its name wants to know."""
    (toy_copy / place).mkdir()
    for _ in range(2):
        checked = check_entries(toy_copy)
        assert checked.problems == ()
        assert [str(warning) for warning in checked.warnings] == [
            f"entries/{place}:1:1: empty-folder: no record lies in this folder; add one, or remove it"
        ]
        (toy_copy / place / ".DS_Store").write_bytes(b"\0")


def test_linked_file_and_folder_are_read(toy_copy: Path) -> None:
    """A link stands for what it leads to."""
    away = toy_copy.parent / "away"
    (toy_copy / "claims/tide-post-12").rename(away)
    (toy_copy / "entities/good/salt.yaml").rename(away.parent / "salt")
    _link(str(away))(toy_copy / "claims/tide-post-12")
    _link(str(away.parent / "salt"))(toy_copy / "entities/good/salt.yaml")
    assert check_entries(toy_copy).catalogue == check_entries(TOY).catalogue


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("salt.yaml", "Salt.yaml", id="capitals"),
        pytest.param("salt.yaml", "salt.yaml.", id="full stop at the end"),
        pytest.param("salt.yaml", "salt.yaml ", id="space at the end"),
        pytest.param(normalize("NFC", "café.yaml"), normalize("NFD", "café.yaml"), id="accents"),
        pytest.param(normalize("NFC", "آب.yaml"), normalize("NFD", "آب.yaml"), id="Arabic letters"),
    ],
)
def test_two_names_that_a_system_takes_for_one_are_told_in_both_languages(
    first: str, second: str, toy_copy: Path
) -> None:
    """Each that is not as it should be is told, with the other one."""
    folder = toy_copy / "entities/good"
    for name in (first, second):
        if not (folder / name).exists():
            (folder / name).write_text("{}", encoding="utf-8")
    if len({path.name for path in folder.iterdir()} & {first, second}) < 2:
        pytest.skip("this system takes the two for one itself")
    problems = [problem for problem in check_entries(toy_copy).problems if problem.rule in ("file-name", "file-place")]
    wanted = {second: first} if first == "salt.yaml" else {first: second, second: first}
    assert {problem.file: problem.values for problem in problems} == {
        f"entries/entities/good/{name}": {"other": f"entries/entities/good/{other}"} for name, other in wanted.items()
    }
    assert all("لا تميّز" in load_words("ar").tell(problem) for problem in problems)


def test_listing_does_not_depend_on_the_order_on_the_disk(toy_copy: Path) -> None:
    """Sorted by path."""
    found = list_entries(toy_copy)
    assert list(found) == sorted(found)
    assert {path for path, sort in found} == {path.relative_to(TOY).as_posix() for path in TOY.rglob("*.*")}
    assert {sort for _, sort in found} == {"file"}


_CLOSE = """\
import os, sys
def refuse(event, args):
    if event in ("open", "os.scandir") and str(args[0]).endswith({closed!r}):
        raise PermissionError(13, "Permission denied", args[0])
sys.addaudithook(refuse)
"""
_SALT, _TIDE = "entities/good/salt.yaml", "claims/tide-post-12"


@pytest.mark.parametrize("closed", [_SALT, _TIDE, "site.yaml", "vocabulary/roles.yaml", "entries"])
def test_file_or_folder_that_must_not_be_read_is_named_alone(closed: str, toy_copy: Path, tmp_path: Path) -> None:
    """As on Windows while another program holds it; nothing is said of what is missing for that."""
    place = "entries" if closed == "entries" else f"entries/{closed}"
    (tmp_path / "closed").mkdir()
    (tmp_path / "closed/sitecustomize.py").write_text(_CLOSE.format(closed=place), encoding="utf-8")
    path = os.pathsep.join([str(tmp_path / "closed"), str(PROJECT / "generator")])
    done = subprocess.run(
        [sys.executable, "-m", "musnad", "check", "entries"],
        cwd=toy_copy.parent,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    message = "this can't be read; look at its permissions, and whether another program holds it"
    lines = [line for line in done.stdout.splitlines() if "missing-file" not in line]
    assert (done.returncode, lines) == (1, [f"{place}:1:1: unreadable: {message}"])
    assert "Traceback" not in done.stderr
