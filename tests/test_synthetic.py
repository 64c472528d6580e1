"""Made-up projects, which builds and views are measured with: records that an editor could have written."""

from pathlib import Path

import pytest

from bench.synthetic import write_project
from musnad.derive.graph import make_graph
from musnad.derive.people import living_people
from musnad.derive.times import LANES, find_lane
from musnad.rules.check import Checked, check_entries

COUNT = 400


@pytest.fixture(scope="module", params=[1, 2, 7])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """Return a made-up record, loaded and checked."""
    folder: Path = tmp_path_factory.mktemp("made") / "project"
    write_project(COUNT, folder, request.param)
    return check_entries(folder / "entries")


def test_made_record_is_clean(made: Checked) -> None:
    """It has as many records as asked for; of what one might look at, only names of real places that are alike."""
    assert not made.problems
    assert {warning.rule for warning in made.warnings} <= {"likely-duplicate"}
    catalogue = made.catalogue
    assert len(catalogue.sources) + len(catalogue.entities) + len(catalogue.claims) == COUNT


def test_made_record_has_what_views_show(made: Checked) -> None:
    """Every lane of time, places with and without a spot, prices to compare, voices of both kinds, answers, people."""
    catalogue, graph = made.catalogue, make_graph(made.catalogue)
    claims = catalogue.claims.values()
    places = [entity.location for entity in catalogue.entities.values() if entity.location]
    assert {find_lane(claim.time) for claim in claims} == {*LANES}
    assert {place.precision for place in places} == {"settlement", "surroundings", "district", "region"}
    assert any(place.latitude for place in places)
    assert any(place.within for place in places)
    assert any(len(series.found) > 1 for series in graph.figures["price"])
    assert {voice.voice for claim in claims for voice in claim.attribution[1:]} > {"local-sources", "authority"}
    assert {"in-tension-with", "repeats", "denies"} <= {link.type for claim in claims for link in claim.links}
    assert any(living_people(claim, catalogue) for claim in claims)
    assert graph.exchanges
