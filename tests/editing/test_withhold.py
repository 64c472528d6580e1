"""Withholding takes records out of the public files, all or nothing; restoring puts them back to the byte."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from musnad.cli import cli
from musnad.editing.change import Draft
from musnad.editing.journal import RefusedError
from musnad.editing.withhold import list_words, plan
from musnad.records.overlay import Overlay
from musnad.rules.check import check_entries
from tests.conftest import TOY
from tests.editing.test_change import read_files

PERSON = "entities/mentioned-person"
WITH_IT = ("claims/quay-news-7/no-salt-kept-back", "claims/tide-post-12/salt-kept-back", "entities/salt")


def run(*arguments: object, typed: str | None = None) -> Result:
    """Run a command."""
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=typed)


def withhold(entries: Path, overlay: Path, *ids: str, options: tuple[str, ...] = ("--yes",)) -> Result:
    """Withhold records of a folder."""
    return run("withhold", *ids, "--reason", "safety", "--overlay", overlay, "--entries", entries, *options)


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    """Return a folder for what is withheld; the entries stand beside it, in one of their own."""
    return tmp_path / "private"


@pytest.fixture
def entries(tmp_path: Path, toy_copy: Path) -> Path:
    """Return a copy of the toy record in a publication's folder."""
    (tmp_path / "publication").mkdir()
    return toy_copy.rename(tmp_path / "publication/entries")


def test_nothing_is_left_but_a_reason_and_a_date(entries: Path, overlay: Path) -> None:
    """Neither words nor ids; what can't stand without the person goes along; the rest is right."""
    done = withhold(entries, overlay, "mentioned-person")
    assert done.exit_code == 0, done.output
    assert all(ref in done.output for ref in (PERSON, *WITH_IT))
    ((name, kept),) = Overlay(overlay)
    assert set(kept.refs) == {PERSON, *WITH_IT}
    assert name in (entries / "withheld.yaml").read_text("utf-8")
    public = "\n".join(f"{place}\n{raw.decode()}" for place, raw in read_files(entries).items())
    for word in ("mentioned-person", "Mira Holt", "ميرا هولت", "salt-kept-back", *list_words(kept)):
        assert word not in public
    assert check_entries(entries).problems == ()


def test_restoring_and_undoing_bring_back_every_byte(entries: Path, overlay: Path) -> None:
    """By the name, by an id, and with undo."""
    before = read_files(entries)
    for wanted in ("mentioned-person", PERSON, None):
        assert withhold(entries, overlay, "mentioned-person").exit_code == 0
        ((name, _),) = Overlay(overlay)
        done = run("restore", wanted or name, "--overlay", overlay, "--entries", entries)
        assert done.exit_code == 0, done.output
        assert read_files(entries) == before
        assert [*Overlay(overlay)] == []
    withhold(entries, overlay, "mentioned-person")
    assert run("undo", "--entries", entries).exit_code == 0
    assert read_files(entries) == before


def test_what_names_it_lets_go_of_it(entries: Path, overlay: Path) -> None:
    """Links, warnings of confusion, spellings found in a source; old addresses; the home page."""
    (entries / "redirects.yaml").write_text(
        "claims/quay-news-7/old: {to: claims/quay-news-7/rye-bread-price, date: 2024-06-01}\n"
        "entities/rye: {to: entities/rye-bread, date: 2024-06-01}\n",
        encoding="utf-8",
    )
    before = read_files(entries)
    done = withhold(entries, overlay, "quay-news-7/rye-bread-price", "old-harbour")
    assert done.exit_code == 0, done.output
    public = "".join(raw.decode() for raw in read_files(entries).values())
    assert "quay-news-7/rye-bread-price" not in public
    assert "old-harbour" not in public
    assert "quay-news-7/old" not in public
    assert "entities/rye:" in public
    assert check_entries(entries).problems == ()
    assert run("restore", "old-harbour", "--overlay", overlay, "--entries", entries).exit_code == 0
    assert read_files(entries) == before


def test_it_is_told_before_and_asked(entries: Path, overlay: Path) -> None:
    """No answer, a dry run: nothing is written, here or there."""
    before = read_files(entries)
    assert withhold(entries, overlay, "mentioned-person", options=()).exit_code == 1
    done = withhold(entries, overlay, "mentioned-person", options=("--dry-run",))
    assert done.exit_code == 0, done.output
    assert "entities/salt" in done.output
    assert (read_files(entries), [*Overlay(overlay)]) == (before, [])


def test_a_folder_that_is_public_is_refused(entries: Path) -> None:
    """It would be published with the records."""
    before = read_files(entries)
    done = withhold(entries, entries.parent / "private", "mentioned-person")
    assert done.exit_code == 1
    assert "public" in done.output
    assert read_files(entries) == before


def test_what_others_lie_in_has_to_be_replaced_first(toy_copy: Path) -> None:
    """No place is withheld only because of the bay that it lies in."""
    with pytest.raises(RefusedError, match="lies in"):
        plan(Draft.begin(toy_copy), ["lantern-bay"])


def test_status_alone_withholds_nothing(toy_copy: Path) -> None:
    """Its words would still be there: see also the case of the rule."""
    path = toy_copy / "entities/group/dockers.yaml"
    path.write_text(path.read_text("utf-8").replace("status: published", "status: withheld"), "utf-8")
    assert "withheld" in {problem.rule for problem in check_entries(toy_copy).problems}


def test_check_knows_words_that_are_left(entries: Path, overlay: Path) -> None:
    """With the private folder at hand; without it, nobody can."""
    withhold(entries, overlay, "mentioned-person")
    assert run("check", entries, "--overlay", overlay).exit_code == 0
    path = entries / "entities/group/dockers.yaml"
    path.write_text(path.read_text("utf-8") + "# asked by Mira Holt\n", "utf-8")
    assert run("check", entries).exit_code == 0
    done = run("check", entries, "--overlay", overlay)
    assert done.exit_code == 1
    assert "Mira Holt" in done.output


def test_a_file_changed_since_stays_as_it_is(entries: Path, overlay: Path) -> None:
    """Nobody's later work is written over: what was taken out comes back beside it, or is told of."""
    withhold(entries, overlay, "old-harbour")
    path = entries / "entities/place/new-harbour.yaml"
    path.write_text(path.read_text("utf-8").replace("A large harbour.", "A very large harbour."), "utf-8")
    done = run("restore", "old-harbour", "--overlay", overlay, "--entries", entries)
    assert done.exit_code == 0, done.output
    assert "A very large harbour." in path.read_text("utf-8")
    assert "entity: old-harbour" in path.read_text("utf-8")
    withhold(entries, overlay, "quay-news-7/rye-bread-price")
    path = entries / "claims/tide-post-12/rye-bread-price.yaml"
    path.write_text(path.read_text("utf-8").replace("status:", "not_stated: [{ar: متى, en: When}]\nstatus:"), "utf-8")
    done = run("restore", "quay-news-7/rye-bread-price", "--overlay", overlay, "--entries", entries)
    assert "not_stated: [{ar: متى" in path.read_text("utf-8")


def test_a_notice_stays_only_where_it_is_asked_for(entries: Path, overlay: Path) -> None:
    """At an address whose id tells nothing."""
    done = withhold(entries, overlay, "tide-post-12/lamp-broken", options=("--yes", "--notice"))
    assert done.exit_code == 0, done.output
    gone = check_entries(entries).catalogue.redirects["claims/tide-post-12/lamp-broken"].gone
    assert gone is not None
    assert gone["en"] == "For the safety of a person."
    assert check_entries(entries).problems == ()


def test_private_folder_tells_what_was_withheld_and_why(entries: Path, overlay: Path) -> None:
    """So that it can be decided on later."""
    withhold(entries, overlay, "mentioned-person", options=("--yes", "--note", "asked for by mail"))
    ((name, _),) = Overlay(overlay)
    told = json.loads((overlay / name / "record.json").read_bytes())
    assert (told["reason"], told["note"], PERSON in told["refs"]) == ("safety", "asked for by mail", True)


def test_toy_record_has_nothing_withheld() -> None:
    """What the tests above take away is there."""
    assert check_entries(TOY).catalogue.withheld == {}
