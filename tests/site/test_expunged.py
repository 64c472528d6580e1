"""The runbook of docs/en/takedown.md on a copy of this repository's own history: what was taken out is found nowhere.

``.venv/bin/pytest -m long tests/site/test_expunged.py`` takes some minutes.
"""

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.conftest import PROJECT
from tests.editing.test_expunge import ask
from tests.repository import Repository
from tests.site.serving import serve
from tests.site.test_withheld import build, find_words, musnad, read_tree

pytestmark = pytest.mark.long

# In names, ids, a statement, notes and messages; written backwards, as this file is in the history too.
CANARIES = tuple(word[::-1] for word in ("xawelbdnirb", "شبوقرز", "llirdnaps"))
NAME, NAME_AR, ELSEWHERE = CANARIES
"""The last one no command knows of."""
PERSON, CLAIM = f"person-q7{NAME}", f"sy24-109221/{NAME}-and-the-depot"
_COMMON = {"status": "published", "extracted": {"date": "2026-11-22", "method": "by-hand"}}


def write_canaries(entries: Path) -> None:
    """Add a person and a claim about them to the real record."""
    price = yaml.safe_load((entries / "claims/sy24-109221/flour-price.yaml").read_text("utf-8"))
    names = [(f"قمر {NAME_AR}", "ar"), (f"Qamar {NAME.title()}", "en")]
    person = {
        "names": [{"text": text, "lang": lang, "role": "primary"} for text, lang in names],
        "description": {"ar": "شخص يسمّيه موقع SY24.", "en": "Person whom SY24 names."},
        "living": "unknown",
    }
    claim = {
        "title": {"ar": "كلام عن مستودع", "en": "Words about a depot"},
        "statement": {"ar": f"قمر {NAME_AR} يعرف المستودع.", "en": f"Qamar {NAME.title()} knows of the depot."},
        "subject": PERSON,
        "predicate": "described-as",
        "literal": {"ar": "عارف بالمستودع", "en": "one who knows of the depot"},
        "modality": "reported",
        "attribution": price["attribution"],
        "locators": price["locators"],
        "sensitivity": ["living-person"],
    }
    for place, record in ((f"entities/person/{PERSON}", person), (f"claims/{CLAIM}", claim)):
        text = yaml.safe_dump(record | _COMMON, allow_unicode=True, sort_keys=False)
        (entries / f"{place}.yaml").write_text(text, "utf-8")


def find_in_history(clone: Path) -> set[str]:
    """Return which canaries are in any object, packed or loose, in logs, references and whatever else lies there."""
    lines = (
        ask(clone, "cat-file", "--batch-all-objects", "--batch", "--unordered"),
        ask(clone, "log", "-p", "-m", "--all"),
        ask(clone, "reflog", "--all"),
        ask(clone, "for-each-ref"),
        *(path.read_bytes() for path in clone.rglob("*") if path.is_file() and "objects" not in path.parts),
    )
    return {word for text in lines for word in find_words(iter([("", text)]), CANARIES)}


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """Return a clone of this repository with canaries some versions back, built and released then."""
    folder = tmp_path_factory.mktemp("expunged") / "publication"
    asked = subprocess.run(
        ["git", "clone", "--quiet", "--no-local", str(PROJECT), str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if (
        asked.returncode
        or not (folder / "entries").is_dir()
        or ask(folder, "rev-parse", "--is-shallow-repository") != b"false\n"
    ):
        pytest.skip("no whole history here")
    made = Repository(folder)
    made.git("checkout", "--quiet", "-B", "main")
    made.git("remote", "remove", "origin")
    made.git("switch", "--quiet", "--create", "side", "HEAD~3")
    write_canaries(made.entries)
    (folder / "notes.md").write_text(f"Qamar\n  {NAME.title()}, near {ELSEWHERE}\nThe rest stays.\n", "utf-8")
    made.git("add", "--all")
    made.git("commit", "--quiet", "--message", f"What Qamar {NAME.title()} says", day="2026-11-23")
    made.git("switch", "--quiet", "main")
    made.git("merge", "--quiet", "--no-edit", "--no-ff", "side", day="2026-11-24")
    made.git("tag", "--annotate", "before", "--message", f"With {CLAIM}")
    made.git("rm", "--quiet", "notes.md")
    made.git("commit", "--quiet", "--message", "No notes", day="2026-11-25")
    done = build(folder, "--strict")
    assert done.returncode == 0, done.stderr
    musnad("release", "out/before", "--site-url", "https://host.example/", folder=folder)
    for name in ("site", "out/before", ".musnad-cache"):
        assert find_words(read_tree(folder / name), CANARIES[:2]).keys() >= {NAME}, name
    return made


def test_runbook_leaves_nothing_of_it_anywhere(publication: Repository, tmp_path: Path) -> None:
    """History, pages, indexes, feeds, exports, caches, cold and warm, while serving; what was built before stays so."""
    folder, clone = publication.folder, tmp_path / "expunged.git"
    where = ("--overlay", tmp_path / "private", "--entries", "entries")
    page = f"en/entities/{PERSON}/"
    with serve(folder) as server:
        server.wait_until("serving", lambda: server.has(page))
        musnad("withhold", PERSON, "--reason", "safety", "--yes", *where, folder=folder)
        server.wait_until("going", lambda: not server.has(page))
        server.wait_until("the data going", lambda: NAME not in server.get("record.json").lower())
    (folder / "log").unlink()
    publication.git("add", "--all")
    publication.git("commit", "--quiet", "--message", "Withheld", day="2026-11-26")
    publication.git("tag", "after")
    done = build(folder, "--strict")
    assert done.returncode == 0, done.stderr
    for name in ("site", ".musnad-cache"):
        assert find_words(read_tree(folder / name), CANARIES) == {}, name
    # What was made before still has it, and a strict build does not offer it.
    assert find_words(read_tree(folder / "out/before"), CANARIES)
    shutil.copyfile(folder / "mkdocs.yml", folder / "old.yml")
    settings = (folder / "old.yml").read_text("utf-8").replace("- musnad:\n", "- musnad:\n      release: out/before\n")
    (folder / "old.yml").write_text(settings, "utf-8")
    assert build(folder, "-f", "old.yml", "-d", "out/old", "--strict").returncode != 0
    (folder / "old.yml").unlink()
    shutil.rmtree(folder / "out")

    command = ["git", "clone", "--quiet", "--no-local", "--mirror", str(folder), str(clone)]
    subprocess.run(command, check=True)
    assert find_in_history(clone) == {*CANARIES}
    count = ask(clone, "rev-list", "--all", "--count")
    (name,) = yaml.safe_load((folder / "entries/withheld.yaml").read_text("utf-8"))
    two = ("--approved-by", "one", "--approved-by", "another", "--word", ELSEWHERE)
    told = musnad("expunge", name, "--repository", clone, *where, *two, "--map", tmp_path / "map.csv", folder=folder)
    assert told
    assert find_in_history(clone) == set()
    assert ask(clone, "rev-list", "--all", "--count") == count
    assert ask(clone, "fsck", "--full", "--strict") == b""
    assert b"The rest stays." in ask(clone, "log", "-p", "--all")
    for left in (".musnad-cache", ".musnad-undo"):
        assert not (folder / left).exists()

    fresh = tmp_path / "fresh"
    subprocess.run(["git", "clone", "--quiet", str(clone), str(fresh)], check=True)
    # Made for editors while serving, and in no repository.
    (folder / "entries/schemas/.musnad-choices.json").unlink()
    assert ask(fresh, "diff", "--stat", "--no-index", str(folder / "entries"), str(fresh / "entries")) == b""
    for made in ("cold", "warm"):
        done = build(fresh, "--strict")
        assert done.returncode == 0, (made, done.stderr)
        musnad("release", f"out/{made}", "--site-url", "https://host.example/", folder=fresh)
        assert find_words(read_tree(fresh), CANARIES) == {}, made
    # The same site as before, whole: no page says which version of git it is of.
    old, new = (dict(read_tree(one / "site")) for one in (folder, fresh))
    assert new.keys() == old.keys()
    assert {name for name in new if new[name] != old[name]} == set()
    musnad("export", "artifacts", "out/versions", "--site-url", "https://host.example/", folder=fresh)
    assert find_words(read_tree(fresh / "out"), CANARIES) == {}
