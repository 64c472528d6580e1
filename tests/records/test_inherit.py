"""What a source says once holds for its claims: the same record either way, and mistakes stand where they were made."""

import json
import shutil
from pathlib import Path

import pytest

from musnad.build.prints import find_changed, find_prints
from musnad.editing.change import Draft, rename, retract
from musnad.editing.diff import compare_catalogues
from musnad.editing.style import format_text
from musnad.exports.json import export_json
from musnad.pages.site import Site, SiteOptions
from musnad.records.load import load_entries
from musnad.records.memory import RecordMemory
from musnad.records.model import Claim
from musnad.rules.check import check_entries, load_checked
from musnad.search.documents import list_documents
from musnad.text.digest import digest_passage
from musnad.wording.words import load_all_words
from tests.conftest import PROJECT, TESTS, TOY
from tests.lean import make_lean
from tests.rules.test_cases import TODAY

TIDE = "tide-post-12"


@pytest.fixture
def lean(toy_copy: Path) -> Path:
    """Return the toy record with what its sources say taken from its claims."""
    assert make_lean(toy_copy) > 30
    return toy_copy


def _make_site(entries: Path) -> Site:
    catalogue = load_checked(entries)
    return Site.make(catalogue, load_all_words(catalogue.site), SiteOptions())


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _tell(entries: Path) -> list[str]:
    return [str(problem) for problem in check_entries(entries, today=TODAY).problems]


@pytest.mark.parametrize("root", [TOY, TESTS / "second/entries", PROJECT / "entries"], ids=["toy", "second", "badia"])
def test_lean_record_is_the_same_record(root: Path, tmp_path: Path) -> None:
    """Pages, search and what is derived: nobody but the editor sees a difference; and it is in the same style."""
    entries = Path(shutil.copytree(root, tmp_path / "entries"))
    assert make_lean(entries) >= 5 * len([*entries.glob("claims/*/*.yaml")])
    assert check_entries(entries).problems == ()
    whole, lean = _make_site(root), _make_site(entries)
    assert [*lean.pages()] == [*whole.pages()]
    assert list_documents(lean) == list_documents(whole)
    assert compare_catalogues(whole.catalogue, lean.catalogue).is_empty
    for path in entries.glob("claims/*/*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert format_text(text, path.relative_to(entries).as_posix()) == text


def test_export_tells_what_was_written_from_what_was_taken_over(lean: Path) -> None:
    """Laid over the record, it is what a file that says all has."""
    whole, found = (json.loads(export_json(_make_site(root)))["claims"] for root in (TOY, lean))
    assert not any("inherited" in claim["derived"] for claim in whole)
    for full, claim in zip(whole, found, strict=True):
        inherited = claim["derived"].pop("inherited")
        assert "extracted" not in claim["record"]
        assert ("status" in inherited) == (full["record"]["status"] == "published")
        assert all("source" not in locator for locator in claim["record"]["locators"])
        assert claim["record"] | inherited == full["record"]
        assert claim["derived"] == full["derived"]


def test_own_value_wins(lean: Path) -> None:
    """Status, extraction, and a chain that begins with the outlet."""
    path = lean / "claims" / TIDE / "rye-bread-price.yaml"
    own = "status: draft\nextracted: {date: 2024-05-21, method: machine-assisted}\n"
    path.write_text(path.read_text(encoding="utf-8") + own, encoding="utf-8")
    claim = load_entries(lean).catalogue.claims[f"{TIDE}/{path.stem}"]
    assert (claim.status, claim.extracted.date) == ("draft", "2024-05-21")


@pytest.mark.parametrize(
    ("status", "expected"), [("draft", "draft"), ("withheld", "draft"), ("retracted", "published")]
)
def test_claim_is_hidden_with_its_source_alone(lean: Path, status: str, expected: str) -> None:
    """What else became of a source is told by the source; its claims stay."""
    _edit(lean / f"sources/{TIDE}.yaml", "status: published", f"status: {status}")
    catalogue = load_entries(lean).catalogue
    claims = [claim for claim in catalogue.claims.values() if claim.source_id == TIDE]
    assert {claim.status for claim in claims if "status" not in claim.model_fields_set} == {expected}


def test_mistake_stands_where_it_was_written(lean: Path) -> None:
    """A voice counts without the outlet before it; of what is not written, the record is named."""
    path = lean / f"claims/{TIDE}/quay.yaml"
    path.write_text(
        "title: {ar: رصيف, en: Quay}\nstatement: {ar: الرصيف مغلق., en: the quay is closed.}\nsubject: old-harbour\n"
        "predicate: closed\nmodality: asserted\n"
        "attribution: [{voice: member, number: one, identity: not-stated, affiliation: nobody}]\n"
        f"locators: [{{paragraph: 9, sentence: 1, digest: {digest_passage('quay')}}}]\n",
        encoding="utf-8",
    )
    assert [line.partition("quay.yaml:")[2] for line in _tell(lean)] == [
        "6:15: incomplete-voice: member needs the field described",
        "6:79: dangling-reference: there is no record entities/nobody",
        "7:24: wrong-locator: the source has 3 paragraphs",
    ]


def test_claim_of_a_source_that_cannot_be_read_is_not_blamed(lean: Path) -> None:
    """Only the source is told of."""
    (lean / f"sources/{TIDE}.yaml").write_text("outlet: [\n", encoding="utf-8")
    assert {line.partition(":")[0] for line in _tell(lean)} == {f"entries/sources/{TIDE}.yaml"}


def test_change_of_a_source_reaches_what_was_remembered(lean: Path) -> None:
    """With a memory and afresh the same is found, also after the source was put back."""
    memory = RecordMemory()
    check_entries(lean, memory=memory, today=TODAY)
    path = lean / f"sources/{TIDE}.yaml"
    before = path.read_text(encoding="utf-8")
    changes = ["status: draft", "status: published", "outlet: [", "status: published", "status: published\nstatus: x"]
    for text in (before.replace("status: published", change) for change in changes):
        path.write_text(text, encoding="utf-8")
        again, afresh = check_entries(lean, memory=memory, today=TODAY), check_entries(lean, today=TODAY)
        assert again.problems == afresh.problems
        assert again.catalogue.claims == afresh.catalogue.claims


def test_same_objects_stay_where_nothing_changed(lean: Path) -> None:
    """So that what is derived from them is not derived again."""
    memory = RecordMemory()
    first, second = (load_entries(lean, memory=memory).catalogue.claims for _ in range(2))
    assert all(first[id_] is claim for id_, claim in second.items())


def test_renaming_the_outlet_writes_only_what_names_it(lean: Path) -> None:
    """What a claim takes over is nowhere to be replaced; the claims follow all the same."""
    outlet = load_entries(lean).catalogue.sources[TIDE].outlet
    draft = Draft(lean, load_entries(lean, prefix=""))
    rename(draft, f"entities/{outlet}", "renamed-outlet", TODAY)
    assert draft.find_new_problems("entries/") == ()
    for place, raw in draft.after.items():
        path = lean / place
        path.unlink(missing_ok=True) if raw is None else path.write_bytes(raw)
    claims: list[Claim] = [*load_checked(lean).claims.values()]
    assert {claim.attribution[0].entity for claim in claims if claim.source_id == TIDE} == {"renamed-outlet"}


def test_page_of_a_claim_hangs_on_what_its_source_says_for_it(lean: Path) -> None:
    """And on nothing else of the source, though the claim's file is the same."""

    def take(old: str, new: str) -> dict[str, str]:
        _edit(lean / f"sources/{TIDE}.yaml", old, new)
        memory = RecordMemory()
        catalogue = check_entries(lean, memory=memory).catalogue
        site = Site.make(catalogue, load_all_words(catalogue.site), SiteOptions())
        return find_prints(site, {ref: known.digest for ref, known in memory.records.items()}).values

    first, later, titled = take("", ""), take("date: 2024-05-20", "date: 2024-05-21"), take("title: {", "title: { ")
    claims = {f"claims/{claim.id}" for claim in load_entries(lean).catalogue.claims.values() if claim.source_id == TIDE}
    assert f"claims/{TIDE}/salt-kept-back" in claims & find_changed(first, later)
    assert claims & find_changed(later, titled) == set()


def test_claim_that_leaves_its_status_to_its_source_can_be_retracted(lean: Path) -> None:
    """Its own status is written then."""
    id_ = next(c.id for c in load_entries(lean).catalogue.claims.values() if "status" not in c.model_fields_set)
    draft = Draft(lean, load_entries(lean, prefix=""))
    retract(draft, id_, {"ar": "خطأ.", "en": "A slip."}, TODAY)
    assert draft.find_new_problems("entries/") == ()
    assert (draft.after[f"claims/{id_}.yaml"] or b"").decode().count("status: retracted\n") == 1
