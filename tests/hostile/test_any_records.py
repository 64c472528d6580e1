"""Whole sets of records with anything in the place of some values: refused at a place that is there, or published.

``MUSNAD_FUZZ=20000 python -m pytest -n 1 tests/hostile/test_any_records.py`` tries many more.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from musnad.editing.diff import compare_catalogues, render_difference
from musnad.editing.style import format_text
from musnad.exports.json import export_json
from musnad.records.model import Catalogue
from musnad.records.yamltext import read_yaml
from musnad.rules.check import check_entries
from musnad.search.documents import list_documents
from musnad.wording.words import load_words
from tests.conftest import TOY, make_toy_site
from tests.hostile.corpus import ADDRESSES, TEXTS, dump, dump_plain

TRIES = int(os.environ.get("MUSNAD_FUZZ", "15"))
PLACES = sorted(path.relative_to(TOY).as_posix() for path in TOY.rglob("*.yaml"))
_WORDS = st.sampled_from([str(case.given) for case in [*TEXTS, *ADDRESSES]]) | st.text(max_size=40)
_SCALARS = st.one_of(
    _WORDS,
    st.from_regex(r"[-+]?[0-9٠-٩]{0,20}([.:/e-][0-9]{0,9}){0,3}[~?X]?", fullmatch=True),
    st.sampled_from(
        ["salt", "tide-post-12", "tide-post-12/salt-kept-back", "unknown", "true", "2024-05-04", "…", "ملح."]
    ),
)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abcdefghij_", max_size=8), inner, max_size=3),
    max_leaves=6,
)
_CHANGES = st.lists(
    st.tuples(st.sampled_from(PLACES), st.integers(0, 10**6), st.sampled_from(["put", "drop", "twice"]), _VALUES),
    min_size=1,
    max_size=4,
)


def _list_spots(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        yield (*path, step)
        yield from _list_spots(inner, (*path, step))


def change(data: Any, spot: int, how: str, value: Any) -> Any:
    """Return a record with something else at one of its fields."""
    spots = [*_list_spots(data)]
    if not spots:
        return data
    *above, last = spots[spot % len(spots)]
    inner = data
    for step in above:
        inner = inner[step]
    if how == "drop":
        del inner[last]
    elif how == "twice" and isinstance(inner, list):
        inner.append(inner[last])
    else:
        inner[last] = value
    return data


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a place for records."""
    return tmp_path_factory.mktemp("any")


@given(changes=_CHANGES)
@settings(max_examples=TRIES, suppress_health_check=list(HealthCheck), derandomize=TRIES < 1000, database=None)
def test_any_records_are_refused_at_a_place_or_published(folder: Path, toy: Catalogue, changes: list[Any]) -> None:
    """Nothing else is raised, by anything that reads them."""
    shutil.rmtree(folder / "entries", ignore_errors=True)
    entries = Path(shutil.copytree(TOY, folder / "entries"))
    for place, spot, how, value in changes:
        data = yaml.load((entries / place).read_text("utf-8"), yaml.CBaseLoader)
        text = (dump_plain if spot % 4 else dump)(change(data, spot, how, value))
        (entries / place).write_text(text, encoding="utf-8", errors="replace")
        if not read_yaml(text.encode("utf-8", "replace"), place).problems:
            format_text(text, place)
    checked = check_entries(entries, prefix="", today="2024-12-31")
    for problem in [*checked.problems, *checked.warnings]:
        if (entries / problem.file).is_file():
            lines = (entries / problem.file).read_text("utf-8").split("\n")
            assert 1 <= problem.line <= len(lines)
            assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
        for lang in ("ar", "en"):
            assert "\n" not in load_words(lang).tell(problem)  # type: ignore[arg-type]
    if not checked.problems:
        render_difference(compare_catalogues(toy, checked.catalogue), load_words("ar"))
        site = make_toy_site(checked.catalogue)
        for name in site.list_pages():
            site.make_page(name)
        list_documents(site)
        export_json(site)
