"""Which sentences have claims: one line each, nothing left out in silence."""

from pathlib import Path

import pytest

from musnad.editing.coverage import tell_coverage_lines
from musnad.records.load import load_entries
from musnad.records.model import Catalogue
from musnad.rules.check import load_checked
from tests.conftest import PROJECT


def test_every_sentence_has_its_line(toy: Catalogue) -> None:
    """Place, number of claims, and their ids or the reason why there are none."""
    assert list(tell_coverage_lines(toy, "tide-post-12")) == [
        "  p1s1    1  rye-bread-price",
        "  p1s2    2  guild-sells-bread, pelican-dinner",
        "  p2s1    1  salt-kept-back",
        "  p2s2    1  harbour-closed",
        "  p2s3    1  lamp-broken",
        "  p3s1    0  About the weather.",
    ]


def test_sentence_without_claim_or_reason_stands_out(toy_copy: Path) -> None:
    """It has no id and no reason to hide behind."""
    (toy_copy / "claims/tide-post-12/lamp-broken.yaml").unlink()
    lines = list(tell_coverage_lines(load_entries(toy_copy).catalogue, "tide-post-12"))
    assert [line for line in lines if "NOT COVERED" in line] == ["  p2s3    0  NOT COVERED"]


@pytest.mark.parametrize("source_id", ["sy24-109221", "symonitor-16787"])
def test_every_sentence_of_the_real_record_is_covered_or_marked(source_id: str) -> None:
    """Nothing an article says was passed over."""
    catalogue = load_checked(PROJECT / "entries")
    lines = list(tell_coverage_lines(catalogue, source_id))
    assert len(lines) == sum(len(paragraph.sentences) for paragraph in catalogue.sources[source_id].paragraphs)
    assert lines
    assert [line for line in lines if "NOT COVERED" in line] == []
