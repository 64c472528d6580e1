"""How problems are printed: with their line, as data, and as the repository host wants them."""

import json
import re
from pathlib import Path

from click.testing import CliRunner

from musnad.cli import cli
from musnad.cli.reports import ANNOTATED
from tests.site.rewriting import rewrite

CLAIM = "claims/tide-post-12/rye-bread-price.yaml"


def run(*arguments: str | Path) -> tuple[int, str]:
    """Return exit code and output of musnad check."""
    done = CliRunner().invoke(cli, ["check", *map(str, arguments)])
    return done.exit_code, done.stdout


def break_records(entries: Path, *, many: bool = False) -> None:
    """Make mistakes that are near what was meant."""
    path = entries / CLAIM
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub("subject: .*", "subject: rye-bred", text), encoding="utf-8")
    if many:
        for file in (entries / "entities").rglob("*.yaml"):
            rewrite(file, lambda record: record | {"status": "no,\nsuch: 100%"})


def test_line_is_shown_with_its_place(toy_copy: Path) -> None:
    """The sign stands below the value that is wrong, and what was meant is named."""
    break_records(toy_copy)
    code, told = run(toy_copy)
    assert code == 1
    lines = told.splitlines()
    at = next(n for n, line in enumerate(lines) if "did you mean rye-bread?" in line)
    assert lines[at + 1].endswith(" | subject: rye-bred")
    assert lines[at + 2].index("^") == lines[at + 1].index("rye-bred")


def test_no_sign_stands_below_a_text_from_the_right(toy_copy: Path) -> None:
    """It would point at something else."""
    path = toy_copy / CLAIM
    path.write_text(
        re.sub("title: .*", "title: {ar: ثمن, em: Price}", path.read_text(encoding="utf-8")), encoding="utf-8"
    )
    told = run(toy_copy)[1].splitlines()
    shown = [n for n, line in enumerate(told) if "| title: {ar: ثمن, em: Price}" in line]
    of_field = next(n for n in shown if "unknown-field" in told[n - 1])
    assert "^" not in "".join(told[of_field + 1 : of_field + 2])


def test_data_has_all_of_it(toy_copy: Path) -> None:
    """Places, rules and messages in the language asked for."""
    break_records(toy_copy)
    (problem,) = [
        p for p in json.loads(run(toy_copy, "--format", "json", "--lang", "ar")[1])["problems"] if not p["warning"]
    ]
    assert problem["file"].endswith(CLAIM)
    assert problem["rule"] == "dangling-reference"
    assert "أتقصد rye-bread؟" in problem["message"]


def test_annotations_are_within_the_limits_of_the_host(toy_copy: Path) -> None:
    """No more than are shown, those of changed files first, and nothing in a value can end a command."""
    break_records(toy_copy, many=True)
    changed = (toy_copy / "entities/good/rye-bread.yaml").as_posix()
    code, told = run(toy_copy, "--format", "github", "--first", changed)
    assert code == 1
    errors = [line for line in told.splitlines() if line.startswith("::error ")]
    assert len(errors) == ANNOTATED
    assert f"file={changed}," in errors[0]
    assert all(re.fullmatch(r"::error file=[^:,]+,line=\d+,col=\d+,title=[a-z-]+::[^\r\n]+", line) for line in errors)
    assert "100%25" in told


def test_misnamed_file_is_told_of_once(toy_copy: Path) -> None:
    """Not again by each record that names it."""
    (toy_copy / "entities/good/rye-bread.yaml").rename(toy_copy / "entities/good/Rye_Bread.yaml")
    told = [line for line in run(toy_copy)[1].splitlines() if re.match(r"\S+:\d+:\d+: ", line)]
    assert [line.split(": ")[1] for line in told] == ["file-name"]
