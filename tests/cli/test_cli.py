"""The command line as it is used: exit codes, lines, and never a traceback."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from musnad.cli import main
from tests.conftest import PROJECT, TESTS, TOY

BAD = "nothing: {ar: لا شيء, en: Nothing}\n"


class Answer(NamedTuple):
    """What a command gave back and said."""

    code: int
    output: str
    errors: str


def musnad(*arguments: str | Path, cwd: Path = PROJECT) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "musnad", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(PROJECT / "generator")},
        check=False,
        timeout=60,
    )


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[[list[str]], Answer]:
    """Return a function that runs a command in this process, which is sooner; what nobody caught goes on."""

    def run(arguments: list[str]) -> Answer:
        monkeypatch.setattr(sys, "argv", ["musnad", *arguments])
        monkeypatch.setattr(signal, "signal", lambda *_: None)
        monkeypatch.chdir(PROJECT)
        try:
            code = main()
        except SystemExit as end:
            code = end.code
        return Answer(int(code or 0), *capsys.readouterr())

    return run


def test_check_of_a_good_record_prints_nothing_to_mend() -> None:
    """Exit code 0, no line on the standard output, a summary beside it."""
    done = musnad("check", TOY)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "no problems: 2 sources, 12 entities, 11 claims\n"


def test_check_prints_a_line_for_each_problem(toy_copy: Path) -> None:
    """Exit code 1; lines begin with the folder as it was given, so that an editor can open them."""
    (toy_copy / "claims/tide-post-12/lamp-broken.yaml").unlink()
    (toy_copy / "entities/good/salt.yaml").write_text(BAD, encoding="utf-8")
    done = musnad("check", "entries", cwd=toy_copy.parent)
    assert done.returncode == 1
    told = [line for line in done.stdout.splitlines() if line.startswith("entries/")]
    assert told == [
        *(
            f"entries/entities/good/salt.yaml:1:1: missing-field: the field {field} is missing"
            for field in ("description", "extracted", "names", "status")
        ),
        "entries/entities/good/salt.yaml:1:1: unknown-field: there is no field nothing here",
    ]
    assert done.stderr == "5 problem(s); 2 sources, 11 entities, 10 claims could be read\n"


def test_check_speaks_arabic(toy_copy: Path) -> None:
    """Place and rule stay as they are."""
    (toy_copy / "site.yaml").unlink()
    english, arabic = musnad("check", toy_copy), musnad("check", "--lang", "ar", toy_copy)
    assert english.returncode == arabic.returncode == 1
    place = f"{toy_copy.as_posix()}/site.yaml:1:1: missing-file: "
    assert english.stdout.startswith(f"{place}this file is needed; ")
    assert arabic.stdout.startswith(place)
    assert "needed" not in arabic.stdout


def test_real_record_is_good() -> None:
    """What is checked in has no problem."""
    done = musnad("check")
    assert done.stdout == ""
    assert done.returncode == 0


def test_export_writes_the_same_bytes_each_time(tmp_path: Path) -> None:
    """Two runs, two processes, one file."""
    for name in ("one.json", "two.json"):
        done = musnad("export", "json", tmp_path / name, "--entries", TOY)
        assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    assert set(json.loads((tmp_path / "one.json").read_text(encoding="utf-8"))) == {
        "about",
        "sources",
        "entities",
        "claims",
    }


def test_export_of_a_bad_record_writes_nothing(toy_copy: Path, tmp_path: Path) -> None:
    """The problems are told as ``check`` tells them."""
    (toy_copy / "site.yaml").unlink()
    done = musnad("export", "json", tmp_path / "out.json", "--entries", toy_copy)
    assert done.returncode == 1
    assert "site.yaml:1:1: missing-file: this file is needed" in done.stdout
    assert not (tmp_path / "out.json").exists()


def test_markdown_export_refuses_a_folder_in_use(tmp_path: Path) -> None:
    """Nothing is written over."""
    (tmp_path / "mine.txt").write_text("mine")
    done = musnad("export", "markdown", tmp_path, "--entries", TOY)
    assert done.returncode == 1
    assert "is not empty" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_schema_check_tells_stale_schemas(tmp_path: Path) -> None:
    """Exit code 1 and the command that mends it; after that 0."""
    stale = musnad("schema", "--check", tmp_path)
    assert stale.returncode == 1
    assert f"{tmp_path / 'claim.schema.json'} is out of date; run musnad schema" in stale.stdout.splitlines()
    assert list(tmp_path.iterdir()) == []
    assert musnad("schema", tmp_path).returncode == 0
    assert musnad("schema", "--check", tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check", "nowhere"], 1),
        (["check", "README.md"], 1),
        (["check", "--lang", "fr"], 2),
        (["chek"], 2),
        (["export"], 2),
        (["export", "json"], 2),
        (["export", "json", "out.json", "--entries", "nowhere"], 2),
        (["export", "json", "no/such/folder/out.json", "--entries", str(TOY)], 1),
        (["export", "json", "tests", "--entries", str(TOY)], 2),
        (["schema", "--chek"], 2),
        (["search"], 2),
        (["search", "salt", "--limit", "0"], 2),
        (["search", "salt", "--entries", "nowhere"], 2),
        ([], 2),
        (["--help"], 0),
        (["--version"], 0),
    ],
    ids=lambda value: " ".join(value) or "nothing" if isinstance(value, list) else str(value),
)
def test_mistyped_command_is_answered(arguments: list[str], code: int, answer: Callable[[list[str]], Answer]) -> None:
    """Whoever mistypes is told what is wrong."""
    done = answer(arguments)
    assert done.code == code
    assert done.output + done.errors


def test_check_warns_of_a_likely_duplicate(toy_copy: Path) -> None:
    """Exit code 0: whether the two are one is for the editor to say."""
    salt = toy_copy / "entities/good/salt.yaml"
    shutil.copy(salt, toy_copy / "entities/good/sea-salt.yaml")
    use = toy_copy / "claims/tide-post-12/salt-kept-back.yaml"
    use.write_text(
        use.read_text(encoding="utf-8").replace("entity: salt}", "entity: salt}\n  - {role: goods, entity: sea-salt}"),
        encoding="utf-8",
    )
    done = musnad("check", "entries", cwd=toy_copy.parent)
    assert (done.returncode, done.stderr) == (0, "no problems: 2 sources, 13 entities, 11 claims\n")
    assert done.stdout == (
        "warning: entries/entities/good/sea-salt.yaml:2:12: likely-duplicate: ملح may be the same as salt (ملح): "
        "use that record, or warn of it in distinct_from\n"
        "    2 |   - {text: ملح, lang: ar, role: primary}\n"
        "                   ^\n"
    )
    arabic = musnad("check", "entries", "--lang", "ar", cwd=toy_copy.parent)
    assert arabic.returncode == 0
    assert arabic.stdout.startswith("تنبيه: entries/entities/good/sea-salt.yaml:2:12: likely-duplicate: ")
    assert "same" not in arabic.stdout


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["rye", "bread"], "1.00  entities/good/rye-bread.yaml  Rye bread · خبز الجاودار (Good)"),
        (["خبز اسود", "--lang", "ar"], "1.00  entities/good/rye-bread.yaml  خبز الجاودار · Rye bread (سلعة)"),
        (["Dockers"], "1.00  entities/group/dockers.yaml  Dockers · عمّال المرفأ (Group)"),
        (
            ["quay-news-7"],
            "1.00  sources/quay-news-7.yaml  Quay News, quay-news-7 · أخبار الرصيف، quay-news-7 (Source)",
        ),
        (["papers"], "1.00  browse/people/outlet/  Papers · الصحف"),
    ],
    ids=["English", "Arabic", "name alone", "source", "page that is no record"],
)
def test_search_prints_a_line_for_each_record(arguments: list[str], line: str) -> None:
    """How near it is, its file below the entries, its names, what it is; no more lines than asked for."""
    done = musnad("search", *arguments, "--entries", TOY, "--limit", "1")
    assert (done.returncode, done.stdout.splitlines(), done.stderr) == (0, [line], "")


def test_search_for_what_is_not_there(toy_copy: Path) -> None:
    """Exit code 1 as of other tools that search; what is withheld or in draft is not there."""
    for query in ("zanzibar", "Quillfeather", "نادي البجع"):
        done = musnad("search", query, "--entries", TOY)
        assert (done.returncode, done.stdout, done.stderr) == (1, "", "nothing found\n")
    (toy_copy / "site.yaml").unlink()
    done = musnad("search", "salt", "--entries", toy_copy)
    assert done.returncode == 1
    assert "site.yaml:1:1: missing-file: this file is needed" in done.stdout


ARTICLES = TESTS / "toy" / "articles"


def problems_of(stdout: str) -> str:
    """Return what is told as a problem, and neither as a warning nor as the line that is shown below."""
    lines = stdout.splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(("warning: ", "تنبيه: ", " ")))


def test_verify_of_a_good_record_tells_what_was_compared() -> None:
    """Exit code 0, no problem on the standard output; warnings are told as such."""
    done = musnad("verify", "--articles", ARTICLES, "--entries", TOY)
    assert (done.returncode, problems_of(done.stdout), done.stderr) == (0, "", "sources compared: 2 of 2\n")
    assert "warning: " in done.stdout


def test_verify_prints_a_line_for_each_problem_in_either_language(toy_copy: Path) -> None:
    """Exit code 1; the lines can be opened by an editor."""
    claim = toy_copy / "claims/tide-post-12/rye-bread-price.yaml"
    claim.write_text(claim.read_text(encoding="utf-8").replace("some ninety", "many"), encoding="utf-8")
    place = "entries/claims/tide-post-12/rye-bread-price.yaml:17:14: wrong-mark: "
    done = musnad("verify", "--articles", ARTICLES, cwd=toy_copy.parent)
    assert (done.returncode, problems_of(done.stdout)) == (
        1,
        f"{place}these words do not stand in the sentence: many\n",
    )
    assert "\n   17 |     wording: many\n                     ^\n" in done.stdout
    found = json.loads(musnad("verify", "--articles", ARTICLES, "--format", "json", cwd=toy_copy.parent).stdout)
    assert [problem["rule"] for problem in found["problems"] if not problem["warning"]] == ["wrong-mark"]
    arabic = musnad("verify", "--articles", ARTICLES, "--lang", "ar", cwd=toy_copy.parent)
    assert arabic.returncode == 1
    assert problems_of(arabic.stdout).startswith(place)
    assert "sentence" not in arabic.stdout


def test_verify_names_missing_copies_and_fails_only_without_any(tmp_path: Path) -> None:
    """Whoever has one article can verify that one; without any, nothing was verified."""
    nothing = musnad("verify", "--articles", tmp_path, "--entries", TOY)
    assert (nothing.returncode, nothing.stdout) == (1, "")
    assert nothing.stderr.splitlines() == [
        "not compared: quay-news-7 (no quay-news-7.txt)",
        "not compared: tide-post-12 (no tide-post-12.txt)",
        "sources compared: 0 of 2",
    ]
    shutil.copy(ARTICLES / "tide-post-12.txt", tmp_path)
    one = musnad("verify", "--articles", tmp_path, "--entries", TOY)
    assert (one.returncode, problems_of(one.stdout)) == (0, "")
    assert one.stderr.splitlines() == ["not compared: quay-news-7 (no quay-news-7.txt)", "sources compared: 1 of 2"]


def test_article_in_another_encoding_is_told_without_a_traceback(tmp_path: Path) -> None:
    """By every command that reads one."""
    path = tmp_path / "quay-news-7.txt"
    path.write_bytes("ملح".encode("cp1256"))
    done = musnad("verify", "--articles", tmp_path, "--entries", TOY)
    assert done.returncode == 1
    message = "the file is not UTF-8 text; save it as UTF-8"
    assert done.stdout == f"{path.as_posix()}:1:1: encoding: {message}\n"
    assert done.stderr.splitlines()[-1] == "sources compared: 0 of 2"
    done = musnad("suggest", path, "--entries", TOY)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"Error: {path} is not UTF-8 text; save it as UTF-8\n"


def test_coverage_lists_sentences_by_source() -> None:
    """Of all sources, or of the one that is named."""
    both, one = musnad("coverage", "--entries", TOY), musnad("coverage", "quay-news-7", "--entries", TOY)
    assert both.returncode == one.returncode == 0
    assert one.stdout.splitlines() == [
        "quay-news-7",
        "  p1s1    1  dockers-buy-bread",
        "  p1s2    1  rye-bread-price",
        "  p2s1    1  no-salt-kept-back",
        "  p2s2    1  quillfeather-deal",
        "  p2s3    1  harbour-reopened",
    ]
    assert both.stdout.startswith(one.stdout)
    assert "\ntide-post-12\n  p1s1    1  rye-bread-price\n" in both.stdout


def test_coverage_of_an_unknown_source_names_those_there_are() -> None:
    """Exit code 1."""
    done = musnad("coverage", "quay", "--entries", TOY)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "Error: there is no source quay; there are: quay-news-7, tide-post-12\n"


def test_suggest_prints_and_writes_drafts_elsewhere(tmp_path: Path, toy_copy: Path) -> None:
    """A source and a claim for each sentence, in a new folder, and nothing among the records."""
    before = {path: path.read_bytes() for path in toy_copy.rglob("*") if path.is_file()}
    article = ARTICLES / "tide-post-12.txt"
    done = musnad("suggest", article, "--output", "drafts", cwd=tmp_path)
    assert done.returncode == 0
    assert "  entity: mentioned-person (Mira Holt)" in done.stdout.splitlines()
    assert done.stderr == "wrote drafts to drafts; edit them, then move them into entries\n"
    assert {path.relative_to(tmp_path / "drafts").as_posix() for path in tmp_path.glob("drafts/*/**/*.yaml")} == {
        "sources/tide-post-12.yaml",
        *(f"claims/tide-post-12/{place}.yaml" for place in ("p1s1", "p1s2", "p2s1", "p2s2", "p2s3", "p3s1")),
    }
    again = musnad("suggest", article, "--output", "drafts", cwd=tmp_path)
    assert again.returncode == 1
    assert again.stderr == "Error: drafts is there already; name a new folder\n"
    inside = musnad("suggest", article, "--output", "entries/claims/new", cwd=tmp_path)
    assert inside.returncode == 1
    assert inside.stderr == "Error: entries/claims/new is among the records; drafts are edited elsewhere first\n"
    assert {path: path.read_bytes() for path in toy_copy.rglob("*") if path.is_file()} == before


def test_suggest_without_a_folder_writes_nothing(toy_copy: Path) -> None:
    """It only tells."""
    done = musnad("suggest", ARTICLES / "tide-post-12.txt", cwd=toy_copy.parent)
    assert (done.returncode, done.stderr) == (0, "")
    assert [path.name for path in toy_copy.parent.iterdir()] == ["entries"]


@pytest.mark.parametrize("is_empty", [True, False], ids=["empty", "with mistakes"])
def test_suggest_works_where_a_record_begins_or_has_mistakes(is_empty: bool, tmp_path: Path, toy_copy: Path) -> None:
    """Digests come from it, and no record is right without them."""
    entries = toy_copy
    if is_empty:
        entries = tmp_path / "new"
        entries.mkdir()
    else:
        (entries / "entities/good/salt.yaml").write_text(BAD, encoding="utf-8")
    drafts = tmp_path / "drafts"
    done = musnad("suggest", ARTICLES / "tide-post-12.txt", "--output", drafts, "--entries", entries)
    assert done.returncode == 0
    assert "not used: " in done.stderr
    assert ("rye-bread" in done.stdout) == (not is_empty)
    assert "salt  (" not in done.stdout
    assert "digest: sha256:" in (drafts / "sources/tide-post-12.yaml").read_text(encoding="utf-8")


def test_suggest_recall_compares_with_the_record(tmp_path: Path) -> None:
    """The article is named after its source; any other name is told."""
    done = musnad("suggest", ARTICLES / "tide-post-12.txt", "--recall", "--entries", TOY)
    assert (done.returncode, done.stdout) == (0, "tide-post-12: 5 of 11 recorded mentions found\n")
    other = shutil.copy(ARTICLES / "tide-post-12.txt", tmp_path / "mine.txt")
    done = musnad("suggest", other, "--recall", "--entries", TOY)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "Error: there is no source mine; there are: quay-news-7, tide-post-12\n"


def test_diff_of_two_folders_speaks_both_languages(toy_copy: Path) -> None:
    """Anywhere, also where there is no folder called entries."""
    salt = toy_copy / "entities/good/salt.yaml"
    salt.write_text(salt.read_text(encoding="utf-8").replace("Sea salt", "Salt of the sea"), encoding="utf-8")
    done = musnad("diff", TOY, toy_copy, cwd=toy_copy)
    assert (done.returncode, done.stderr) == (0, "")
    arabic, english = done.stdout.split("## ")[1], done.stdout.split("## ")[-1]
    assert "`description`: ~~Sea salt&#46;~~ Salt of the sea&#46; **Only one language changed" in english
    assert "`description`: ملح البحر&#46; **" in done.stdout.partition("What this change does")[0]
    assert "What this change does" not in arabic


@pytest.fixture
def repository(toy_copy: Path) -> Path:
    """Return a scratch repository: the toy record at ``one``, then without a claim, then broken."""
    root = toy_copy.parent

    def git(*arguments: str) -> None:
        alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        names = ["-c", "user.name=Editor", "-c", "user.email=editor@record.example"]
        subprocess.run(["git", *names, *arguments], cwd=root, env={**os.environ, **alone}, check=True, timeout=60)

    git("init", "-q")
    for tag in ("one", "two", "broken"):
        if tag == "two":
            (toy_copy / "claims/tide-post-12/lamp-broken.yaml").unlink()
        if tag == "broken":
            (toy_copy / "site.yaml").unlink()
        git("add", ".")
        git("commit", "-q", "-m", tag)
        git("tag", tag)
    return root


without_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@without_git
def test_diff_of_two_revisions(repository: Path) -> None:
    """Whatever the folder looks like now, and with a folder on either side."""
    done = musnad("diff", "one", "two", cwd=repository)
    assert (done.returncode, done.stderr) == (0, "")
    removed = "### Removed\n\n- `claims/tide-post-12/lamp-broken`: A broken lamp&#58; retracted&#46;\n"
    assert removed in done.stdout
    assert done.stdout.count("`claims/tide-post-12/lamp-broken`") == 2
    assert removed in musnad("diff", TOY, "two", cwd=repository).stdout
    assert "Readers will see no difference." in musnad("diff", "one", TOY, cwd=repository).stdout


@without_git
def test_diff_of_what_is_no_revision_or_has_mistakes_is_explained(repository: Path) -> None:
    """Exit code 1, and the revision stands before the file that is to blame."""
    done = musnad("diff", "one", "three", cwd=repository)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: three is neither a folder nor a revision with entries: ")
    done = musnad("diff", "one", "two", "--entries", "records", cwd=repository)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: one is neither a folder nor a revision with records: ")
    done = musnad("diff", "one", "broken", cwd=repository)
    assert done.returncode == 1
    assert done.stdout.startswith("broken:entries/site.yaml:1:1: missing-file: this file is needed; ")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["verify"], 2),
        (["verify", "--articles", "nowhere"], 2),
        (["coverage", "--entries", "nowhere"], 2),
        (["suggest"], 2),
        (["suggest", "nowhere.txt"], 2),
        (["suggest", "tests"], 2),
        (["diff", "one"], 2),
        (["diff", "nowhere", "nothing"], 1),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_mistyped_editors_command_is_answered(
    arguments: list[str], code: int, answer: Callable[[list[str]], Answer]
) -> None:
    """Whoever mistypes is told what is wrong."""
    done = answer(arguments)
    assert (done.code, done.output) == (code, "")
    assert done.errors
