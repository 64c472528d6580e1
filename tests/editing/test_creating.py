"""Records are begun from answers: drafts that can be checked, with what nobody knows yet left open."""

import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from musnad.cli import cli
from musnad.editing.create import propose_id
from musnad.records.load import load_entries
from musnad.rules.check import check_entries
from musnad.text.digest import digest_passage
from tests.conftest import TESTS

IDS: list[dict[str, str]] = yaml.safe_load(Path(__file__).with_name("ids.yaml").read_text(encoding="utf-8"))
ARTICLE = TESTS / "toy/articles/tide-post-12.txt"
CLAIM = (
    *("--title-ar", "ملح للعمّال", "--title-en", "Salt for the dockers", "--subject", "Bakers’ Guild"),
    *("--statement-ar", "باعت نقابة الخبّازين ملحًا.", "--statement-en", "the Bakers’ Guild sold salt."),
    *("--predicate", "sells-to", "--object", "dockers", "--modality", "reported"),
)


def run(*words: str | Path, typed: str = "") -> Result:
    """Run a command, with what is typed at its questions."""
    return CliRunner().invoke(cli, [*map(str, words)], input=typed)


def test_a_claim_from_options_is_a_draft_without_fault(toy_copy: Path) -> None:
    """Names serve as ids, the digest is that of the record, a living person is marked; the same again is told."""
    words = ("new", "claim", "tide-post-12", *CLAIM, "--paragraph", "2", "--sentence", "1", "--yes")
    result = run(*words, "--voice", "trader=Mira Holt", "--entries", toy_copy)
    assert (result.exit_code, "an entity can't speak for it" in result.stderr) == (1, True)
    result = run(*words, "--voice", "named-person=Mira Holt", "--entries", toy_copy)
    assert result.exit_code == 0, result.output
    checked = check_entries(toy_copy)
    assert not checked.problems
    claim = checked.catalogue.claims["tide-post-12/salt-for-dockers"]
    source = checked.catalogue.sources["tide-post-12"]
    assert (claim.status, claim.subject, claim.sensitivity) == ("draft", "bakers-guild", ("living-person",))
    assert [voice.entity for voice in claim.attribution] == ["tide-post", "mentioned-person"]
    assert claim.locators[0].digest == source.paragraphs[1].sentences[0].digest
    again = run(*words, "--entries", toy_copy, "--id", "again")
    assert "tide-post-12/salt-for-dockers" in again.stderr


def test_what_is_left_open_is_told_and_harms_nobody(toy_copy: Path) -> None:
    """The draft stands among the records, check names each open part, and the record stays as it was."""
    before = load_entries(toy_copy).catalogue
    result = run("new", "claim", "tide-post-12", "--title-en", "A claim", "--yes", "--entries", toy_copy)
    assert result.exit_code == 0, result.output
    assert "subject" in result.stdout
    checked = check_entries(toy_copy)
    assert (checked.problems, checked.catalogue) == ((), before)
    told = {warning.values["field"] for warning in checked.warnings if warning.rule == "unfinished"}
    assert told == {"title", "statement", "subject", "predicate", "modality", "paragraph", "sentence", "digest"}


def test_the_chain_is_asked_voice_by_voice(toy_copy: Path) -> None:
    """In the language of the editor, with the opening words as readers will see them in both."""
    words = ("new", "claim", "tide-post-12", *CLAIM, "--paragraph", "1", "--sentence", "1", "--lang", "ar")
    typed = "bystander\nseveral\nwithheld\nناس\npeople\n\n\n"
    result = run(*words, "--entries", toy_copy, typed=typed)
    assert result.exit_code == 0, result.output
    claim = check_entries(toy_copy).catalogue.claims["tide-post-12/salt-for-dockers"]
    assert [voice.voice for voice in claim.attribution] == ["outlet", "bystander"]
    assert "According to the Tide Post, …" in result.stderr or "According to Tide Post, …" in result.stderr
    assert "بحسب" in result.stderr
    assert "نوع الصوت" in result.stderr
    assert "withheld (محجوبة)" in result.stderr
    assert "Kind of voice" not in result.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--subject", "rye-bred"), "did you mean rye-bread?"),
        (("--predicate", "sell-to"), "did you mean sells-to?"),
        (("--modality", "zzz"), "use one of: "),
        (("--paragraph", "9", "--sentence", "1"), "has no paragraph 9 with a sentence 1"),
        (("--title-en", "…"), "there is nothing to make an id of"),
    ],
)
def test_what_there_is_not_is_told_and_nothing_written(words: tuple[str, ...], told: str, toy_copy: Path) -> None:
    """With what was probably meant."""
    before = {path: path.read_bytes() for path in toy_copy.rglob("*.yaml")}
    result = run("new", "claim", "tide-post-12", *CLAIM, *words, "--yes", "--entries", toy_copy)
    assert result.exit_code == 1
    assert told in result.stderr
    assert {path: path.read_bytes() for path in toy_copy.rglob("*.yaml")} == before


def test_a_copy_of_the_article_gives_digest_and_marks(toy_copy: Path, tmp_path: Path) -> None:
    """And one whose sentence is another is refused."""
    words = ("new", "claim", "tide-post-12", *CLAIM, "--paragraph", "1", "--sentence", "1", "--yes")
    result = run(*words, "--article", ARTICLE, "--entries", toy_copy)
    assert result.exit_code == 0, result.output
    (locator,) = check_entries(toy_copy).catalogue.claims["tide-post-12/salt-for-dockers"].locators
    assert locator.starts
    assert run("verify", "--articles", ARTICLE.parent, "--entries", toy_copy).exit_code == 0
    other = tmp_path / "other.txt"
    shutil.copy(ARTICLE, other)
    other.write_text("Another. " + other.read_text(encoding="utf-8"), encoding="utf-8")
    result = run(*words, "--id", "x", "--article", other, "--entries", toy_copy)
    assert result.exit_code == 1
    assert "was the text changed since?" in result.stderr


def test_a_source_from_a_copy_has_its_digests(toy_copy: Path) -> None:
    """Its text is kept nowhere; a second record of the same address is refused."""
    words = ("new", "source", "--outlet", "Tide Post", "--address", "https://tide.example/13", "--language", "en")
    words += (
        "--title-ar",
        "عدد جديد",
        "--title-en",
        "A new issue",
        "--rights-ar",
        "لكاتبه.",
        "--rights-en",
        "Its author’s.",
    )
    result = run(*words, ARTICLE, "--yes", "--entries", toy_copy)
    assert result.exit_code == 0, result.output
    checked = check_entries(toy_copy)
    assert not checked.problems
    source = checked.catalogue.sources["tide-13"]
    first = ARTICLE.read_text(encoding="utf-8").splitlines()[0]
    assert (source.outlet, source.paragraphs[0].digest) == ("tide-post", digest_passage(first))
    assert first not in (toy_copy / "sources/tide-13.yaml").read_text(encoding="utf-8")
    again = run(*words, ARTICLE, "--entries", toy_copy)
    assert "this page has a record: tide-13" in again.stderr
    assert again.exit_code == 1


@pytest.mark.parametrize("case", IDS, ids=lambda case: case["name"])
def test_an_id_is_proposed_in_either_script(case: dict[str, str]) -> None:
    """The form proposes the same (``tests/site/test_propose_files.py``)."""
    assert propose_id(case["name"]) == case["id"]


def test_help_is_in_both_languages() -> None:
    """What an option is, as the form calls it."""
    told = run("new", "claim", "--help").output
    assert "Subject · الفاعل" in told
    assert "Relation · العلاقة" in told
