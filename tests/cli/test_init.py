"""``musnad init`` begins a publication that is right from the first build, and takes its example away again."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from musnad import __version__
from musnad.editing.host import HOSTS, guess_host
from musnad.editing.starter import (
    ARTICLE,
    MARK,
    Answers,
    clean_answer,
    find_example,
    make_publication,
    write_publication,
)
from musnad.editing.starter import (
    TEMPLATES as STARTER,
)
from musnad.editing.style import format_text
from musnad.editing.verify import verify_records
from musnad.records.load import load_entries
from musnad.rules.check import check_entries
from tests.conftest import PROJECT

NASTY = "Fuel: “prices” #1, 'and' {more}\n--- \\ *x* <b>"
NASTY_AR = "سجلّ «الوقود»: أسعار #١، 'و' {غيرها}"


def musnad(*arguments: str | Path, cwd: Path, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command, with what is typed."""
    given = {key: value for key, value in os.environ.items() if key not in ("LANG", "LC_ALL", "LC_MESSAGES")}
    return subprocess.run(
        [sys.executable, "-m", "musnad", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        input=typed,
        cwd=cwd,
        env={**given, "PYTHONPATH": str(PROJECT / "generator"), **environment},
        check=False,
        timeout=60,
    )


def answers(**changed: object) -> Answers:
    """Return answers of an editor who took the defaults."""
    values: dict[str, object] = {
        "name": {"ar": "سجلّ جديد", "en": "New Record"},
        "subject": {"ar": "", "en": ""},
        "site_url": "https://example.org/",
        "repo_url": "",
        "region": "",
        "lang": "en",
        "host": "none",
        "today": "2024-06-01",
    }
    return Answers(**{**values, **changed})  # type: ignore[arg-type]


def list_files(folder: Path) -> dict[str, bytes]:
    """Return what lies below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def list_places(folder: Path) -> set[str]:
    """Return files and folders."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_new_publication_has_no_problem_and_no_warning(tmp_path: Path) -> None:
    """Its example agrees with its invented article, to the letter."""
    done = musnad("init", "new", "--yes", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    entries = tmp_path / "new/entries"
    checked = check_entries(entries)
    assert (checked.problems, checked.warnings) == ((), ())
    assert (len(checked.catalogue.sources), len(checked.catalogue.claims)) == (1, 2)
    verified = verify_records(load_entries(entries), tmp_path / "new/articles")
    assert (verified.problems, verified.warnings, verified.missing) == ((), (), ())
    assert {"README.md", ".gitignore", "requirements.txt", "mkdocs.yml", ARTICLE} <= set(list_files(tmp_path / "new"))
    for lang in ("ar", "en"):
        assert {path.name for path in (tmp_path / "new/docs" / lang).iterdir()} == {
            *("about.md", "contribute.md", "method.md")
        }


def test_schemas_for_editors_are_written(tmp_path: Path) -> None:
    """The first line of each record names one that is there; all of it is in the style of records."""
    write_publication(make_publication(answers()), tmp_path)
    for path in (tmp_path / "entries").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert format_text(text, path.relative_to(tmp_path / "entries").as_posix()) == text
        schema = text.splitlines()[0].partition("$schema=")[2]
        assert (path.parent / schema).resolve().is_file(), path


def test_answers_are_kept_to_the_letter(tmp_path: Path) -> None:
    """Whatever signs YAML or Markdown would take for their own."""
    name = {"ar": clean_answer(NASTY_AR), "en": clean_answer(NASTY)}
    done = musnad(
        *("init", "--yes", "--name-ar", NASTY_AR, "--name-en", NASTY, "--subject-ar", NASTY_AR, "--subject-en", NASTY),
        *("--site-url", "https://fuel.example/x", "--repo-url", "https://git.example/a/b"),
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    site = yaml.safe_load((tmp_path / "entries/site.yaml").read_text(encoding="utf-8"))
    assert site["name"] == name
    assert name["en"] in site["question"]["en"]
    configuration = yaml.safe_load((tmp_path / "mkdocs.yml").read_text(encoding="utf-8"))
    assert configuration["site_name"] == name["ar"]
    assert configuration["site_url"] == "https://fuel.example/x/"
    assert configuration["repo_url"] == "https://git.example/a/b"
    assert check_entries(tmp_path / "entries").problems == ()


QUESTIONS = {"ar": "اسم المنشور بالعربية", "en": "Name of the publication, in Arabic"}


@pytest.mark.parametrize(
    ("environment", "options", "lang"),
    [
        ({"LANG": "ar_SY.UTF-8"}, (), "ar"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "ar_MA.UTF-8"}, (), "ar"),
        ({"LANG": "de_DE.UTF-8"}, (), "en"),
        ({}, (), "en"),
        ({"LANG": "ar"}, ("--lang", "en"), "en"),
        ({}, ("--lang", "ar"), "ar"),
    ],
    ids=["terminal", "stronger", "other", "none", "option over terminal", "option"],
)
@pytest.mark.sampled(2)
def test_questions_are_asked_in_the_language_of_the_terminal(
    environment: dict[str, str], options: tuple[str, ...], lang: str, tmp_path: Path
) -> None:
    """And a wrong answer is asked for again."""
    texts = ["Harbour", "سجلّ الميناء", "Harbour Record", "الخبز", "bread"]
    typed = "\n".join([*texts, "harbour.example", "https://harbour.example", "", "forge", "none", "tn", ""])
    done = musnad("init", *options, cwd=tmp_path, typed=typed, **environment)
    assert done.returncode == 0, done.stdout + done.stderr
    assert QUESTIONS[lang] in done.stdout
    assert QUESTIONS["en" if lang == "ar" else "ar"] not in done.stdout
    assert "harbour.example" in done.stderr
    site = yaml.safe_load((tmp_path / "entries/site.yaml").read_text(encoding="utf-8"))
    assert site["name"] == {"ar": "سجلّ الميناء", "en": "Harbour Record"}
    assert site["region"] == "TN"
    assert "bread" in site["purpose"]["en"]
    assert yaml.safe_load((tmp_path / "mkdocs.yml").read_text(encoding="utf-8"))["plugins"] == [
        {"musnad": {"messages": lang}}
    ]


@pytest.mark.parametrize(
    "options",
    [
        ("--name-ar", "Harbour"),
        ("--name-en", "ميناء"),
        ("--subject-ar", "الخبز"),
        ("--subject-en", "bread"),
        ("--site-url", "harbour.example"),
        ("--repo-url", "git@host:a/b"),
        ("--host", "forge"),
        ("--region", "XX"),
        ("--region", "Syria"),
    ],
    ids=" ".join,
)
@pytest.mark.sampled(3)
def test_wrong_option_is_told_and_nothing_written(options: tuple[str, ...], tmp_path: Path) -> None:
    """In words, with exit code 1 and without a traceback."""
    done = musnad("init", "new", "--yes", *options, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("Error: ")
    assert "Traceback" not in done.stderr
    assert list_places(tmp_path) == set()


def test_files_that_are_there_are_never_written_over(tmp_path: Path) -> None:
    """None of the others is written either."""
    (tmp_path / "docs/en").mkdir(parents=True)
    (tmp_path / "docs/en/method.md").write_text("Ours", encoding="utf-8")
    (tmp_path / "articles").write_text("a file", encoding="utf-8")
    before = list_places(tmp_path)
    done = musnad("init", "--yes", cwd=tmp_path)
    assert done.returncode == 1
    assert "docs/en/method.md" in done.stderr
    assert ARTICLE in done.stderr
    assert list_places(tmp_path) == before


def test_folder_with_other_files_is_taken(tmp_path: Path) -> None:
    """Whoever has begun a repository need not move it away."""
    (tmp_path / "LICENSE").write_text("Ours", encoding="utf-8")
    assert musnad("init", "--yes", cwd=tmp_path).returncode == 0
    assert (tmp_path / "LICENSE").read_text(encoding="utf-8") == "Ours"


def test_nothing_is_left_when_writing_fails(tmp_path: Path) -> None:
    """All or nothing, new folders included."""
    files = {**make_publication(answers()), "z" * 300: "a name that no system takes"}
    with pytest.raises(OSError, match="z"):
        write_publication(files, tmp_path / "new")
    assert list_places(tmp_path) == set()


def test_example_goes_away_with_one_command(tmp_path: Path) -> None:
    """With its entities and its article; what is left is an empty record without fault."""
    assert musnad("init", "--yes", cwd=tmp_path).returncode == 0
    before = list_files(tmp_path)
    done = musnad("init", "--remove-example", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    gone = before.keys() - list_files(tmp_path).keys()
    assert gone == {ARTICLE, *(name for name, raw in before.items() if MARK.encode() in raw)}
    assert len(gone) == 1 + 1 + 3 + 2
    assert {path.name for path in (tmp_path / "entries").iterdir()} == {"schemas", "site.yaml"}
    checked = check_entries(tmp_path / "entries")
    assert (checked.problems, checked.warnings) == ((), ())
    again = musnad("init", "--remove-example", cwd=tmp_path)
    assert (again.returncode, again.stderr) == (1, "Error: there is no example here\n")


def _own_claim(folder: Path, **changed: str) -> None:
    """Add a source and a claim of the editor's own, on the market of the example."""
    text = (folder / "entries/claims/invented-article/market-opens.yaml").read_text(encoding="utf-8")
    source = (folder / "entries/sources/invented-article.yaml").read_text(encoding="utf-8")
    text, source = text.replace(f"{MARK}\n", ""), source.replace(f"{MARK}\n", "")
    words = {"source: invented-article": "source: own", "Example:": "Ours:", "مثال:": "لنا:", **changed}
    for old, new in words.items():
        text = text.replace(old, new)
    (folder / "entries/sources/own.yaml").write_text(
        source.replace("invented.example/article", "invented.example/own"), encoding="utf-8"
    )
    (folder / "entries/claims/own").mkdir()
    (folder / "entries/claims/own/opens.yaml").write_text(text, encoding="utf-8")


def test_what_other_records_name_stays(tmp_path: Path) -> None:
    """An entity of the example that was put to use is the editor's."""
    musnad("init", "--yes", cwd=tmp_path)
    _own_claim(tmp_path)
    done = musnad("init", "--remove-example", cwd=tmp_path)
    assert done.returncode == 0
    kept = {path.stem for path in (tmp_path / "entries/entities").rglob("*.yaml")}
    assert kept == {"invented-gazette", "invented-market"}
    assert "kept entities/invented-market: other records name it" in done.stdout
    assert check_entries(tmp_path / "entries").problems == ()


def test_example_stays_whole_while_a_record_rests_on_it(tmp_path: Path) -> None:
    """All or nothing: the records to change are named."""
    musnad("init", "--yes", cwd=tmp_path)
    own = "modality: asserted\nlinks: [{type: see-also, claim: invented-article/market-opens}]\nstatus: draft"
    _own_claim(tmp_path, **{"modality: asserted": own})
    before = list_files(tmp_path)
    done = musnad("init", "--remove-example", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout == "claims/own/opens names claims/invented-article/market-opens of the example\n"
    assert list_files(tmp_path) == before


def test_file_that_lost_its_mark_is_an_editors_own(tmp_path: Path) -> None:
    """So that an example can be made a record."""
    musnad("init", "--yes", cwd=tmp_path)
    path = tmp_path / "entries/entities/commodity/invented-bread.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(MARK, ""), encoding="utf-8")
    assert "entries/entities/commodity/invented-bread.yaml" not in find_example(tmp_path).files


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://github.com/a/b", "github"),
        ("https://gitlab.com/a/b", "gitlab"),
        ("https://gitlab.example.org/a", "gitlab"),
        ("https://git.example/github.com", "none"),
        ("https://github.com.example/a", "none"),
        ("https://notgitlab.example/a", "none"),
        ("", "none"),
    ],
)
def test_host_is_told_by_the_address_of_the_repository(address: str, host: str) -> None:
    """By its name, and by no other part of it."""
    assert guess_host(address) == host


def test_files_of_the_host_are_written(tmp_path: Path) -> None:
    """Those of the one asked for, by the address or by its name; edit links fit it."""
    assert musnad("init", "a", "--yes", "--repo-url", "https://github.com/o/r", cwd=tmp_path).returncode == 0
    options = ("--yes", "--repo-url", "https://code.example/o/r", "--host", "gitlab")
    assert musnad("init", "b", *options, cwd=tmp_path).returncode == 0
    github, gitlab = (list_files(tmp_path / name) for name in "ab")
    assert {".github/workflows/proposal.yml", ".github/ISSUE_TEMPLATE/claim.yml", "HOST.md"} <= github.keys()
    assert {".gitlab-ci.yml", ".gitlab/issue_templates/claim.md", "HOST.md"} <= gitlab.keys()
    assert not [name for name in github if "gitlab" in name]
    assert not [name for name in gitlab if name.startswith(".github")]
    assert b"edit_uri: -/edit/main/docs/" in gitlab["mkdocs.yml"]
    assert b"HOST.md" in github["README.md"]


def test_musnad_itself_is_pinned(tmp_path: Path) -> None:
    """The wheel beside the requirements is what they ask for, and works where nothing else of it is."""
    assert musnad("init", "--yes", cwd=tmp_path).returncode == 0
    text = (tmp_path / "requirements.txt").read_text(encoding="utf-8")
    own, rest = text.split("\n", 3)[1:3], text.split("\n", 3)[3]
    assert rest == (PROJECT / "requirements.txt").read_text(encoding="utf-8")
    (tmp_path / "own.txt").write_text("\n".join(own), encoding="utf-8")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index"]
    command += ["--no-deps", "--require-hashes", "-r", "own.txt", "--target", "packages"]
    subprocess.run(command, cwd=tmp_path, check=True)
    code = "import musnad.cli, musnad; print(musnad.__file__); musnad.cli.main()"
    environment = {**os.environ, "PYTHONPATH": "packages"}
    done = subprocess.run(
        [sys.executable, "-c", code, "check"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip().startswith(str(tmp_path / "packages"))


def test_pin_replaces_what_it_wrote_and_nothing_else(tmp_path: Path) -> None:
    """An older version goes; requirements of somebody's own stay."""
    (tmp_path / "wheels").mkdir()
    (tmp_path / "wheels/musnad-0.0.1-py3-none-any.whl").write_bytes(b"old")
    (tmp_path / "wheels/other-1.whl").write_bytes(b"theirs")
    assert musnad("pin", cwd=tmp_path).returncode == 0
    names = {path.name for path in (tmp_path / "wheels").iterdir()}
    assert names == {f"musnad-{__version__}-py3-none-any.whl", "other-1.whl"}
    before = list_files(tmp_path)
    assert musnad("pin", cwd=tmp_path).returncode == 0
    assert list_files(tmp_path) == before
    (tmp_path / "requirements.txt").write_text("mkdocs\n", encoding="utf-8")
    done = musnad("pin", cwd=tmp_path)
    assert (done.returncode, "requirements.txt" in done.stderr) == (1, True)
    assert (tmp_path / "requirements.txt").read_text(encoding="utf-8") == "mkdocs\n"


def test_requirements_in_the_package_are_those_of_the_lock() -> None:
    """make lock writes both."""
    for lock in ("requirements.txt", "requirements-sources.txt"):
        assert (STARTER / lock).read_bytes() == (PROJECT / lock).read_bytes()


@pytest.mark.parametrize("host", HOSTS)
def test_every_file_is_a_file_of_its_kind(host: str) -> None:
    """YAML that any reader takes."""
    files = make_publication(answers(region="MA", host=host))
    assert all(yaml.safe_load(text) for name, text in files.items() if name.endswith((".yaml", ".yml")))
    assert all(json.loads(text) for name, text in files.items() if name.endswith(".json"))
    signs = ("{%", "<%", "{{")
    assert not [name for name, text in files.items() for sign in signs if sign in text.replace("${{", "")]
