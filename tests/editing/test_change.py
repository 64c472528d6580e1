"""Records are renamed, merged and retracted all or not at all, with every other byte left as it is."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from musnad.cli import cli
from musnad.editing.change import Draft, merge, rename
from musnad.editing.journal import FOLDER, Journal
from musnad.editing.splice import add_item, replace_values
from musnad.records.load import load_entries
from musnad.records.walk import iter_records
from musnad.records.yamltext import read_yaml
from musnad.rules.check import check_entries
from musnad.rules.references import FIELDS, iter_references
from tests.conftest import PROJECT, TOY
from tests.kills import kill_at

TODAY = "2026-11-27"


def copy_record(folder: Path, record: Path = TOY) -> Path:
    """Return a copy of a record that may be changed."""
    entries = folder / "entries"
    shutil.copytree(record, entries)
    return entries


def read_files(root: Path) -> dict[str, bytes]:
    """Return what the files below a folder hold, and the folders, by their paths."""
    return {path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else b"" for path in root.rglob("*")}


def run(*words: str | Path) -> Result:
    """Run a command."""
    return CliRunner().invoke(cli, [*map(str, words)])


@pytest.mark.parametrize(
    ("old", "new", "target"),
    [
        ("salt", "sea-salt", "entities/sea-salt"),
        ("tide-post-12", "tide-post-13", "sources/tide-post-13"),
        ("tide-post-12/rye-bread-price", "bread-price", "claims/tide-post-12/bread-price"),
    ],
)
def test_renaming_reaches_everything_that_names_the_record(tmp_path: Path, old: str, new: str, target: str) -> None:
    """The record is without fault after it, old addresses lead on, and it can be taken back."""
    entries = copy_record(tmp_path)
    before = read_files(entries)
    result = run("rename", old, new, "--entries", entries)
    assert result.exit_code == 0, result.output
    checked = check_entries(entries)
    assert not checked.problems
    folder, _, id_ = target.partition("/")
    assert id_ in getattr(checked.catalogue, folder)
    assert target in {redirect.to for redirect in checked.catalogue.redirects.values()}
    assert run("undo", "--entries", entries).exit_code == 0
    assert read_files(entries) == before


def test_every_entity_of_the_record_can_be_renamed(tmp_path: Path) -> None:
    """Only the id changes in files that name it."""
    loaded = load_entries(PROJECT / "entries", prefix="")
    assert not loaded.problems
    for id_ in loaded.catalogue.entities:
        draft = Draft(PROJECT / "entries", loaded)
        rename(draft, f"entities/{id_}", "zzz-new", TODAY)
        for place, raw in draft.after.items():
            if raw is not None and place != "redirects.yaml" and draft.before[place] is not None:
                assert raw.replace(b"zzz-new", id_.encode()) == draft.before[place]


def test_a_merged_entity_leaves_its_names_and_leads_on(tmp_path: Path) -> None:
    """Names go over as aliases, references follow."""
    entries = copy_record(tmp_path)
    before = read_files(entries)
    result = run("merge", "pelican-club", "quillfeather", "--entries", entries)
    assert result.exit_code == 0, result.output
    checked = check_entries(entries)
    assert not checked.problems
    old = load_entries(TOY).catalogue.entities["pelican-club"]
    assert {name.text for name in old.names} <= {n.text for n in checked.catalogue.entities["quillfeather"].names}
    assert checked.catalogue.redirects["entities/pelican-club"].to == "entities/quillfeather"
    assert run("undo", "--entries", entries).exit_code == 0
    assert read_files(entries) == before


@pytest.mark.parametrize("text", ["{}\n", "# ours\n{sources/a: {to: sources/tide-post-12, date: 2024-05-20}}\n"])
def test_an_address_leads_on_whatever_the_redirects_are_written_like(tmp_path: Path, text: str) -> None:
    """In brackets, or with nothing in them."""
    entries = copy_record(tmp_path)
    (entries / "redirects.yaml").write_text(text, encoding="utf-8")
    result = run("rename", "salt", "sea-salt", "--entries", entries)
    assert result.exit_code == 0, result.output
    checked = check_entries(entries)
    assert not checked.problems
    assert checked.catalogue.redirects["entities/salt"].to == "entities/sea-salt"


def test_a_change_is_checked_as_the_files_it_makes_are(tmp_path: Path) -> None:
    """What is laid over the folder gives the problems that the same files in it give; what was wrong before stays."""
    entries = copy_record(tmp_path)
    draft = Draft.begin(entries)
    place = "claims/tide-post-12/rye-bread-price.yaml"
    draft.write(place, draft.read(place).replace("subject: rye-bread", "subject: rye-bred"))
    draft.write("entities/good/Odd.yaml", "x: y\n")
    draft.remove("entities/person/mentioned-person.yaml")
    found = draft.find_new_problems("entries/")
    Journal(entries).write(draft.before, draft.after, "test")
    assert found == check_entries(entries).problems
    assert len({problem.rule for problem in found}) > 1
    assert not Draft.begin(entries).find_new_problems("entries/")


def test_what_would_make_mistakes_is_not_written(tmp_path: Path) -> None:
    """An id that is none, one that is taken, and a plain file where a record would be hidden."""
    entries = copy_record(tmp_path)
    before = read_files(entries)
    for words in (("rename", "salt", "Sea Salt"), ("rename", "salt", "rye-bread"), ("rename", "nothing", "x")):
        assert run(*words, "--entries", entries).exit_code == 1
    assert run("merge", "salt", "salt", "--entries", entries).exit_code == 1
    assert read_files(entries) == before


BROKEN = {
    "claims/quay-news-7/sacks-left.yaml": (b"title: [\n", "2:1: yaml-syntax"),
    "entities/place/old-harbour.yaml": (b"names: \xff\n", "1:8: encoding"),
    "redirects.yaml": (b"entities/wrack: {too: entities/salt, date: 2024-05-01}\n", "1:18: unknown-field"),
}
"""What can't be read, for what place and reason."""
WHOLE = {
    "rename": ("rename", "salt", "sea-salt"),
    "merge": ("merge", "rye-bread", "salt"),
    "withhold": ("withhold", "salt", "--reason", "request", "--overlay", "{out}", "--yes"),
    "restore": ("restore", "tide-post-12/lamp-broken", "--overlay", "{out}"),
    "import": ("import", "{table}", "--mapping", "{mapping}"),
    "workbook": ("import", "{workbook}"),
}
"""Commands that other files than the one in hand may concern."""
OWN = {
    "retract": (
        "retract",
        "tide-post-12/rye-bread-price",
        "--reason-ar",
        "خطأ في القراءة",
        "--reason-en",
        "A misreading",
    ),
    "new": ("new", "entity", "--kind", "good", "--name-ar", "زنجبيل", "--name-en", "Ginger", "--yes"),
    "fix": ("fix",),
}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a record of which a claim was withheld, and tables to be taken in."""
    folder = tmp_path_factory.mktemp("prepared")
    entries = copy_record(folder / "record")
    lamp = ("tide-post-12/lamp-broken", "--reason", "request", "--overlay", folder / "out", "--yes")
    assert run("withhold", *lamp, "--entries", entries).exit_code == 0
    assert run("export", "sheet", folder / "all.xlsx", "--entries", entries).exit_code == 0
    (folder / "goods.csv").write_text("id,en,ar\nginger,Ginger,زنجبيل\n", encoding="utf-8")
    assert run("import", folder / "goods.csv", "--begin", "--entries", entries).exit_code == 0
    return folder


def fill(words: Sequence[str], folder: Path) -> list[str]:
    """Return a command with the paths of what was prepared."""
    names = {"out": "out", "table": "goods.csv", "mapping": "goods.yaml", "workbook": "all.xlsx"}
    paths = {name: str(folder / path) for name, path in names.items()}
    return [word.format(**paths) for word in words]


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("file", BROKEN)
def test_beside_what_cant_be_read_nothing_changes_that_it_may_name(
    tmp_path: Path, prepared: Path, name: str, file: str
) -> None:
    """The file is told with line and column, and everything is as it was, the private folder too."""
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    entries = tmp_path / "record/entries"
    raw, place = BROKEN[file]
    (entries / file).write_bytes(raw)
    before = read_files(tmp_path)
    result = run(*fill(WHOLE[name], tmp_path), "--entries", entries)
    assert result.exit_code == 1
    assert f"{entries}/{file}:{place}: " in result.output
    assert "nothing was written: these files come first" in result.output
    assert read_files(tmp_path) == before


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("file", BROKEN)
def test_a_record_of_ones_own_goes_on_beside_it(tmp_path: Path, name: str, file: str) -> None:
    """What can't be read stays as it is."""
    entries = copy_record(tmp_path)
    (entries / file).write_bytes(BROKEN[file][0])
    result = run(*OWN[name], "--entries", entries)
    assert result.exit_code == 0, result.output
    assert (entries / file).read_bytes() == BROKEN[file][0]


def begin(folder: Path) -> tuple[Path, Path]:
    """Return a record with a draft that still has open fields, and that draft."""
    entries = copy_record(folder / "record")
    begun = ("new", "claim", "tide-post-12", "--id", "begun", "--subject", "salt", "--title-en", "salt", "--yes")
    assert run(*begun, "--entries", entries).exit_code == 0
    return entries, entries / "claims/tide-post-12/begun.yaml"


@pytest.mark.parametrize(
    ("words", "old", "new"),
    [
        (("rename", "salt", "sea-salt"), "subject: salt", "subject: sea-salt"),
        (("merge", "salt", "rye-bread"), "subject: salt", "subject: rye-bread"),
        (("rename", "tide-post-12", "sea-salt"), "source: tide-post-12", "source: sea-salt"),
    ],
)
def test_a_draft_that_is_no_record_yet_names_what_has_another_id(
    tmp_path: Path, words: Sequence[str], old: str, new: str
) -> None:
    """A word of a text that is spelled like the id stays; a draft below a source moves with it."""
    entries, draft = begin(tmp_path)
    text = draft.read_text("utf-8")
    result = run(*words, "--entries", entries)
    assert result.exit_code == 0, result.output
    place = draft if draft.exists() else entries / "claims/sea-salt/begun.yaml"
    assert place.read_text("utf-8") == text.replace(old, new) != text
    assert load_entries(entries).problems == ()
    assert "begun" not in (entries / "redirects.yaml").read_text("utf-8")


def test_a_draft_that_is_no_record_yet_is_withheld_with_its_source(tmp_path: Path) -> None:
    """One that names what goes, and would be left behind, is told."""
    entries, draft = begin(tmp_path)
    raw, before = draft.read_bytes(), read_files(entries)
    line = raw.decode().splitlines().index("subject: salt") + 1
    result = run(*fill(WHOLE["withhold"], tmp_path), "--entries", entries)
    assert result.exit_code == 1
    assert f"{draft}:{line}:10: unfinished: this draft is no record yet and names entities/salt" in result.output
    assert read_files(entries) == before
    result = run("withhold", "tide-post-12", *fill(WHOLE["withhold"][2:], tmp_path), "--entries", entries)
    assert result.exit_code == 0, result.output
    assert not draft.exists()
    kept = [path for path in (tmp_path / "out").rglob("*") if path.is_file() and path.read_bytes() == raw]
    assert len(kept) == 1


def test_fields_that_name_records_are_known_by_their_names() -> None:
    """What is looked for in files that no record is read from is what records have."""
    for entries in (TOY, PROJECT / "entries"):
        for record in iter_records(load_entries(entries).catalogue):
            for path, folder, _ in iter_references(record):
                assert FIELDS[next(step for step in reversed(path) if isinstance(step, str))] == folder


def test_a_retracted_claim_says_why(tmp_path: Path) -> None:
    """Status and history are set, with both reasons."""
    entries = copy_record(tmp_path)
    reasons = ("--reason-ar", "لم يقل: ذلك", "--reason-en", "It says: no, never #1")
    result = run("retract", "tide-post-12/guild-sells-bread", *reasons, "--entries", entries)
    assert result.exit_code == 0, result.output
    claim = check_entries(entries).catalogue.claims["tide-post-12/guild-sells-bread"]
    assert claim.status == "retracted"
    assert claim.history[-1].note
    assert (claim.history[-1].note.ar, claim.history[-1].note.en) == (reasons[1], reasons[3])


def test_undo_leaves_what_was_changed_since(tmp_path: Path) -> None:
    """An edit after the command is not lost."""
    entries = copy_record(tmp_path)
    run("rename", "salt", "sea-salt", "--entries", entries)
    path = entries / "redirects.yaml"
    path.write_bytes(path.read_bytes() + b"# mine\n")
    before = read_files(entries)
    result = run("undo", "--entries", entries)
    assert result.exit_code == 1
    assert "redirects.yaml" in result.output
    assert read_files(entries) == before


@pytest.mark.parametrize("break_", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "written",
    ["names: [{text: a}]\nx: y\n", "names:\n- {text: a}  # one\n# two\n\nx: y\n", "names:\n  - text: |\n      a\nx: y",
     "x: y", "x: y\n# end\n", "names: [\n  {text: a}\n]\nx: y\n"],
)  # fmt: skip
def test_an_item_is_added_and_the_rest_stays(written: str, break_: str) -> None:
    """In brackets or in lines, with comments and either kind of line end."""
    text = written.replace("\n", break_)
    made = add_item(text, "names", {"text": "ب, ج", "lang": "ar"})
    old, new = (read_yaml(side.encode(), "x").data for side in (text, made))
    assert old is not None
    assert new == {**old, "names": [*old.get("names", []), {"text": "ب, ج", "lang": "ar"}]}
    assert [*filter(made.__contains__, ("# one", "# two", "# end"))] == [
        *filter(text.__contains__, ("# one", "# two", "# end"))
    ]
    assert made.count("\r\n") == made.count("\n") or break_ not in text or break_ == "\n"


@pytest.mark.parametrize("value", ["old", "'old'", '"old"', "&a old", ">-\n  old\n", '"\\u006fld"'])
def test_an_id_is_replaced_however_it_is_written(value: str) -> None:
    """With its quotation marks, as an anchor or a block."""
    text = f"# old\nx:   {value}  # old\ny: b\n" if not value.startswith(">") else f"x: {value}y: b\n"
    made = replace_values(text, {("x",): "n-1"})
    data = read_yaml(made.encode(), "x").data
    assert data is not None
    assert {key: str(found).strip() for key, found in data.items()} == {"x": "n-1", "y": "b"}
    assert made.count("# old") == text.count("# old")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("is_undone", [False, True], ids=["change", "undo"])
@pytest.mark.sampled(2)
def test_a_command_that_is_killed_at_any_point_leaves_all_or_nothing(tmp_path: Path, is_undone: bool) -> None:
    """After the next command looked, files are as before or as after; never in between."""
    entries = copy_record(tmp_path)
    draft = Draft.begin(entries)
    rename(draft, "tide-post-12", "tide-post-13", TODAY)
    journal, before = Journal(entries), read_files(entries)
    journal.write(draft.before, draft.after, "rename")
    after = read_files(entries)
    if not is_undone:
        journal.undo()
        assert read_files(entries) == before
    killed = 0
    while True:
        work = journal.undo if is_undone else lambda: journal.write(draft.before, draft.after, "rename")
        if not kill_at(killed + 1, work, tmp_path):
            break
        killed += 1
        journal.roll_back()
        found = read_files(entries)
        assert found in (before, after), f"killed at {killed}"
        # Each kill starts from the same files.
        if is_undone and found == before:
            journal.write(draft.before, draft.after, "rename")
        elif not is_undone and found == after:
            journal.undo()
    assert killed > 30
    assert not [*(tmp_path / FOLDER / "entries").glob("pending")]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_putting_files_into_style_is_all_or_nothing(tmp_path: Path) -> None:
    """Killed at any point, all files are as before or in style; undone, they are as before to the byte."""
    entries = copy_record(tmp_path)
    claims = sorted(entries.glob("claims/tide-post-12/*.yaml"))[:2]
    for path in claims:
        path.write_text(re.sub("(?m)^(subject: .*\n)(predicate: .*\n)", r"\2\1", path.read_text("utf-8")), "utf-8")
    before = read_files(entries)

    def work() -> None:
        run("fmt", *claims, "--entries", entries)

    killed = 0
    while kill_at(killed + 1, work, tmp_path):
        killed += 1
        Journal(entries).roll_back()
        if read_files(entries) != before:
            # What was finished before the end came is taken back as a whole.
            Journal(entries).undo()
        assert read_files(entries) == before, f"killed at {killed}"
    assert killed > len(claims) * 4
    assert run("fmt", "--check", *claims, "--entries", entries).exit_code == 0
    assert run("undo", "--entries", entries).exit_code == 0
    assert read_files(entries) == before


def test_an_error_while_writing_puts_all_back(tmp_path: Path) -> None:
    """A folder in the way of a file that is to be written."""
    entries = copy_record(tmp_path)
    draft = Draft.begin(entries)
    merge(draft, "pelican-club", "quillfeather", TODAY)
    (entries / "zzz").mkdir()
    draft.before["zzz"], draft.after["zzz"] = None, b"x"
    before = read_files(entries)
    with pytest.raises(OSError, match="zzz"):
        Journal(entries).write(draft.before, draft.after, "merge")
    assert read_files(entries) == before


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_record_is_shown_as_its_page_tells_it(lang: str) -> None:
    """Statement, chain and what ties it; a draft has no page."""
    claim = load_entries(TOY).catalogue.claims["tide-post-12/guild-sells-bread"]
    shown = run("show", claim.id, "--lang", lang, "--entries", TOY)
    assert shown.exit_code == 0
    assert claim.statement.model_dump()[lang] in shown.output
    assert "<" not in shown.output
    assert run("show", "tide-post-12/pelican-dinner", "--entries", TOY).exit_code == 1
    assert "draft" in run("show", "tide-post-12/pelican-dinner", "--entries", TOY).output


def test_ids_are_completed() -> None:
    """By their beginning, in the folder that is named."""
    found = run("completion", "zsh")
    assert "_MUSNAD_COMPLETE=zsh_complete" in found.output
    words = {"COMP_WORDS": f"musnad show --entries {TOY} sa", "COMP_CWORD": "4", "_MUSNAD_COMPLETE": "bash_complete"}
    completed = CliRunner(env=words).invoke(cli, [], prog_name="musnad")
    assert completed.output == "plain,salt\n"


# What each shell is told to do with a word that is begun: zsh shows what it was offered, as none is typing.
SHELLS = {
    "bash": """
eval "$(musnad completion bash)"
COMP_WORDS=(musnad show --entries "$ENTRIES" sa) COMP_CWORD=4
$(complete -p musnad | sed 's/.*-F \\([^ ]*\\).*/\\1/') musnad
printf '%s\\n' "${COMPREPLY[@]}"
""",
    "fish": """
musnad completion fish | source
complete -C "musnad show --entries $ENTRIES sa"
""",
    "zsh": """
autoload -Uz compinit; compinit -u -D
eval "$(musnad completion zsh)"
words=(musnad show --entries $ENTRIES sa) CURRENT=5
_describe() { print -r -- ${(P)3} }
$_comps[musnad]
""",
}


@pytest.mark.parametrize("shell", SHELLS)
def test_ids_are_completed_in_a_shell(shell: str, tmp_path: Path) -> None:
    """What a shell is told by the command makes it ask for ids and offer them."""
    if not shutil.which(shell) or sys.platform == "win32":
        pytest.skip(f"no {shell} here")
    (tmp_path / "musnad").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m musnad "$@"\n', encoding="utf-8")
    (tmp_path / "musnad").chmod(0o755)
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([str(tmp_path), os.environ["PATH"]]),
        "PYTHONPATH": str(PROJECT / "generator"),
        "HOME": str(tmp_path),
        "ENTRIES": str(TOY),
    }
    done = subprocess.run(
        [shell, "-c", SHELLS[shell]], env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert [re.split(r"[\t:]", line)[0] for line in done.stdout.splitlines()] == ["salt"]


def test_fix_adds_what_has_one_right_answer(tmp_path: Path) -> None:
    """A digest that was left out comes back, one that differs stays; a second run changes nothing."""
    entries = copy_record(tmp_path)
    path = entries / "claims/tide-post-12/guild-sells-bread.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r",? *\n? *digest: sha256:[0-9a-f]{64}", "", text), encoding="utf-8")
    assert check_entries(entries).problems
    result = run("fix", "--entries", entries)
    assert result.exit_code == 0, result.output
    assert not check_entries(entries).problems
    after = read_files(entries)
    assert run("fix", "--entries", entries).exit_code == 0
    assert read_files(entries) == after
    wrong = re.sub("sha256:....", "sha256:0123", text)
    path.write_text(wrong, encoding="utf-8")
    run("fix", "--entries", entries)
    assert path.read_text(encoding="utf-8") == wrong


ANSWERS = ("--description-ar", "وصف محايد.", "--description-en", "A neutral line.", "--yes")


def test_a_new_entity_is_a_draft_without_fault(tmp_path: Path) -> None:
    """Its id comes from its name, and a taken one is refused."""
    entries = copy_record(tmp_path)
    words = ("new", "entity", "--kind", "good", "--name-ar", "شمع", "--name-en", "Bees’ Wáx", *ANSWERS)
    result = run(*words, "--entries", entries)
    assert result.exit_code == 0, result.output
    checked = check_entries(entries)
    assert not checked.problems
    assert checked.catalogue.entities["bees-wax"].status == "draft"
    before = read_files(entries)
    assert run(*words, "--entries", entries).exit_code == 1
    assert read_files(entries) == before


def test_a_new_entity_that_exists_is_told_and_asked_about(tmp_path: Path) -> None:
    """By a spelling of its own; without a yes nothing is written."""
    entries = copy_record(tmp_path)
    before = read_files(entries)
    words = ("new", "entity", "--kind", "person", "--name-ar", "ميرا هولت", "--name-en", "Mirah Holt", "--living", "no")
    words += (*ANSWERS[:-1], "--id", "mirah", "--entries", str(entries))
    result = CliRunner().invoke(cli, words, input="n\n")
    assert "mentioned-person" in result.output
    assert result.exit_code == 1
    assert read_files(entries) == before


def test_words_tell_of_texts_that_fell_behind(tmp_path: Path) -> None:
    """A statement changed in English alone is behind in Arabic, and only there."""
    entries = copy_record(tmp_path)
    path = entries / "claims/tide-post-12/guild-sells-bread.yaml"
    claim = load_entries(entries).catalogue.claims["tide-post-12/guild-sells-bread"]
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(claim.statement.en, f"in May {claim.statement.en}"), encoding="utf-8")
    told = run("words", "--since", TOY, "--entries", entries)
    assert told.exit_code == 0, told.output
    assert "ar: claims/tide-post-12/guild-sells-bread: statement changed" in told.output
    assert "en: claims" not in told.output
    assert "ar: claims" not in run("words", "--in", "en", "--since", TOY, "--entries", entries).output


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("vocabulary/kinds.yaml", "en: Person}", "en: Human}", "ar: vocabulary/kinds.yaml: person.label changed"),
        ("vocabulary/units.yaml", "{n} loaves", "{n} loafs", "ar: vocabulary/units.yaml: loaf.amount changed"),
        ("site.yaml", "Harbour Record", "Record", "ar: site.yaml: name changed"),
    ],
)
def test_words_tell_which_terms_fell_behind(tmp_path: Path, file: str, old: str, new: str, told: str) -> None:
    """By the term and its field, as by the record and its field; nothing else of the file."""
    entries = copy_record(tmp_path)
    text = (entries / file).read_text(encoding="utf-8")
    assert old in text
    (entries / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    result = run("words", "--since", TOY, "--entries", entries)
    assert [line for line in result.output.splitlines() if "changed" in line] == [f"{told} in the other language only"]
