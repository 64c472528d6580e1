"""What was withheld, and what is a draft, is in nothing that is built, kept or exported; nor is it published again."""

import io
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyarrow import parquet

from musnad.cli.sites import load_site
from musnad.exports.downloads import make_release
from musnad.exports.markdown import export_markdown
from musnad.exports.pictures import list_pictures
from musnad.text.fold import fold
from tests.conftest import TOY
from tests.repository import Repository
from tests.site.serving import serve
from tests.site.test_empty import CONFIGURATION, ENVIRONMENT, SITE_URL

GONE = ("mira holt", "ميرا هولت", "mentioned-person", "salt-kept-back")
"""Folded, as the search has it: names, ids and words of what the tests withhold."""
DRAFTS = ("quillfeather", "الخزامى", "pelican", "البجع")


def musnad(*arguments: object, folder: Path, **environment: str) -> str:
    """Run a command that succeeds."""
    command = [sys.executable, "-m", "musnad", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=folder, env={**ENVIRONMENT, **environment}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def build(project: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Build the site."""
    command = [sys.executable, "-m", "mkdocs", "build", *options]
    env = {**ENVIRONMENT, **environment}
    return subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, check=False)


def find_words(texts: Iterator[tuple[str, bytes]], words: tuple[str, ...]) -> dict[str, set[str]]:
    """Return which words are in which files, or in their names: as they are, and as the search folds them."""
    found: dict[str, set[str]] = {}
    for name, raw in texts:
        text = f"{name} {raw.decode('utf-8', 'ignore')}".lower()
        for word in words:
            if word in text or fold(word) in fold(text):
                found.setdefault(word, set()).add(name)
    return found


def read_tree(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield all files of a folder as what they hold: archives, tables and databases are opened."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not {"fonts", "vendor"} & set(path.parts) and path.suffix != ".map":
            yield from open_file(path.relative_to(folder).as_posix(), path.read_bytes(), path)


def open_file(name: str, raw: bytes, path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield what a file holds."""
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            yield from ((f"{name}/{inner}", archive.read(inner)) for inner in archive.namelist())
    elif name.endswith(".parquet"):
        yield name, str(parquet.read_table(path).to_pylist()).encode()
    elif name.endswith(".db"):
        with sqlite3.connect(path) as database:
            yield name, "\n".join(database.iterdump()).encode()
    else:
        yield name, raw


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a publication that was built and released with everything, and of which a person was withheld then."""
    folder = tmp_path_factory.mktemp("withheld") / "publication"
    repository = Repository.make(folder)
    repository.git("tag", "v1")
    (folder / "docs").mkdir()
    settings = CONFIGURATION.replace("{cache: false}", "{cache: true}")
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    done = build(folder)
    assert done.returncode == 0, done.stderr
    musnad("release", "release", "--site-url", SITE_URL, folder=folder)
    # So that the tests look for what could be found.
    for made in ("site", "release"):
        assert {*GONE} == find_words(read_tree(folder / made), GONE).keys()
    assert find_words(read_tree(folder / ".musnad-cache"), GONE)
    where = ("--overlay", folder.parent / "private")
    musnad("withhold", "mentioned-person", "--reason", "safety", "--yes", *where, folder=folder)
    repository.commit("2024-08-06")
    repository.git("tag", "v2")
    return folder


def test_warm_build_has_none_of_it_and_says_why(project: Path) -> None:
    """Pages, data, search, feeds, the API, what is kept for the next build; the public notice is there."""
    done = build(project, "--strict")
    assert done.returncode == 0, done.stderr
    assert find_words(read_tree(project / "site"), (*GONE, *DRAFTS)) == {}
    # What is a draft is in the public files too.
    assert find_words(read_tree(project / ".musnad-cache"), GONE) == {}
    for place, told in (("en", "For the safety of a person."), ("ar", "حفاظًا على سلامة إنسان.")):
        assert told in (project / f"site/{place}/corrections/index.html").read_text("utf-8")


def test_release_made_before_is_not_offered(project: Path) -> None:
    """A strict build stops; another one leaves all of it out."""
    (project / "old.yml").write_text(
        (project / "mkdocs.yml").read_text("utf-8").replace("cache: true", "cache: false, release: release"), "utf-8"
    )
    done = build(project, "-f", "old.yml", "-d", "old", "--strict")
    assert done.returncode != 0
    assert "may no longer see" in done.stderr
    build(project, "-f", "old.yml", "-d", "old")
    assert find_words(read_tree(project / "old"), GONE) == {}


def test_everything_exported_has_none_of_it(project: Path, tmp_path: Path) -> None:
    """Tables, database, Parquet, GeoJSON, TriG, FollowTheMoney, the API, archives' metadata, Markdown, versions."""
    site = load_site(project / "entries", SITE_URL)
    make_release(site, tmp_path / "release")
    export_markdown(site, project / "docs", tmp_path / "markdown")
    musnad("export", "artifacts", tmp_path / "artifacts", "--site-url", SITE_URL, folder=project)
    assert (tmp_path / "artifacts").is_dir()
    assert find_words(read_tree(tmp_path), (*GONE, *DRAFTS)) == {}


def test_copy_to_be_carried_has_none_of_it(project: Path, tmp_path: Path) -> None:
    """The zip of the whole site."""
    musnad("export", "offline", tmp_path / "site.zip", folder=project)
    assert find_words(read_tree(tmp_path), (*GONE, *DRAFTS)) == {}


def test_copy_for_kiwix_has_none_of_it(project: Path, tmp_path: Path) -> None:
    """The ZIM, with its titles and its index."""
    if not (shutil.which("zimwriterfs") and shutil.which("zimdump")):
        pytest.skip("zim-tools are missing: the ZIM was not tried")
    packed, out = tmp_path / "site.zim", tmp_path / "out"
    musnad("export", "zim", packed, folder=project)
    listed = subprocess.run(["zimdump", "list", str(packed)], capture_output=True, check=True).stdout
    subprocess.run(["zimdump", "dump", f"--dir={out}", str(packed)], capture_output=True, check=True)
    assert find_words(read_tree(out), ("rye",))
    assert find_words(iter([("list", listed), ("zim", packed.read_bytes())]), (*GONE, *DRAFTS)) == {}
    assert find_words(read_tree(out), (*GONE, *DRAFTS)) == {}


def test_pictures_have_none_of_it(tmp_path: Path) -> None:
    """Neither their texts nor their names; what was drawn before is gone from the site and from what is kept."""
    (tmp_path / "docs").mkdir()
    shutil.copytree(TOY, tmp_path / "entries")
    settings = CONFIGURATION.replace("{cache: false}", "{cache: true, pictures: true}")
    (tmp_path / "mkdocs.yml").write_text(settings, encoding="utf-8")
    words = ("bakers-guild", "bakers guild", "الخبازين")

    def find() -> tuple[set[str], set[str]]:
        done = build(tmp_path)
        assert done.returncode == 0, done.stderr
        site = load_site(tmp_path / "entries", SITE_URL)
        drawn = [(address, repr(picture).encode()) for address, picture in list_pictures(site)]
        assert {address for address, _ in drawn} == {
            path.relative_to(tmp_path / "site").as_posix() for path in tmp_path.glob("site/pictures/**/*.png")
        }
        assert find_words(iter(drawn), DRAFTS) == {}
        kept = find_words(read_tree(tmp_path / ".musnad-cache"), words)
        return {*find_words(iter(drawn), words)}, {*kept}

    # So that it is looked for what could be found.
    assert find() == ({*words}, {*words})
    musnad(
        *("withhold", "bakers-guild", "--reason", "law", "--yes", "--overlay", tmp_path.with_name("pictures-private")),
        folder=tmp_path,
    )
    assert find() == (set(), set())


def test_overlay_is_for_serving_alone(project: Path) -> None:
    """A build, a release and exports refuse it."""
    overlay = {"MUSNAD_OVERLAY": str(project.parent / "private")}
    done = build(project, "-d", "never", **overlay)
    assert done.returncode != 0
    assert "never published" in done.stderr
    assert not (project / "never").exists()
    command = [sys.executable, "-m", "musnad", "release", "never"]
    done = subprocess.run(
        command, cwd=project, env={**ENVIRONMENT, **overlay}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert not (project / "never").exists()


def test_served_with_overlay_it_is_marked_and_nothing_of_it_kept(project: Path, tmp_path: Path) -> None:
    """Each page says that it is a preview, and is kept from search engines."""
    copy = Path(
        shutil.copytree(project, tmp_path / "copy", ignore=shutil.ignore_patterns(".musnad-*", "site", "release"))
    )
    with serve(copy, {**ENVIRONMENT, "MUSNAD_OVERLAY": str(project.parent / "private")}) as server:
        for page in ("record/en/entities/mentioned-person/", "record/en/claims/tide-post-12/rye-bread-price/"):
            server.wait_until("serving", lambda page=page: server.has(page))
            text = server.get(page)
            assert "A preview with what is withheld" in text
            assert '<meta name="robots" content="noindex, noarchive">' in text
    (copy / "log").unlink()
    assert find_words(read_tree(copy), GONE) == {}


def test_withheld_while_served_it_goes_at_once(tmp_path: Path) -> None:
    """Its page, its mentions and the search of it; nothing of it is kept."""
    project = tmp_path / "publication"
    project.mkdir()
    shutil.copytree(TOY, project / "entries")
    (project / "docs").mkdir()
    (project / "mkdocs.yml").write_text(CONFIGURATION.replace("{cache: false}", "{cache: true}"), encoding="utf-8")
    page = "record/en/entities/mentioned-person/"
    with serve(project) as server:
        server.wait_until("serving", lambda: server.has(page))
        musnad(
            *("withhold", "mentioned-person", "--reason", "privacy", "--yes", "--overlay", tmp_path / "private"),
            folder=project,
        )
        server.wait_until("going", lambda: not server.has(page))
        server.wait_until("the rest going", lambda: "mira holt" not in server.get("record/record.json").lower())
        assert "mira" not in server.get("record/en/browse/people/").lower()
    assert (
        find_words(((n, r) for n, r in read_tree(project) if n != "log" and not n.startswith(".musnad-undo")), GONE)
        == {}
    )
