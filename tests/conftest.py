"""What tests share: the toy record as a folder, as a checked catalogue and as a site."""

import os
import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark import ParameterSet
from hypothesis import settings

from musnad.pages.site import Site, SiteOptions
from musnad.records.model import Catalogue, Claim
from musnad.rules.check import load_checked
from musnad.text.languages import LANGS
from musnad.wording.words import load_all_words

# Tests seal what builds keep with a key of their own, and leave the user's alone.
os.environ["MUSNAD_CACHE_KEY"] = "of the tests"
# Tests are never timed.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

TESTS = Path(__file__).parent
TOY = TESTS / "toy" / "entries"
KINDS = TESTS / "kinds"
"""Records to be laid over those of the toy: sources of other kinds and languages, answers, voices."""
PROJECT = TESTS.parent


def mostly_long(cases: Iterable[str], *kept: str) -> list[ParameterSet]:
    """Return cases to be tried, all of them by ``-m long``, and those that are kept each time."""
    assert set(kept) <= set(cases)
    return [pytest.param(name, id=name, marks=() if name in kept else pytest.mark.long) for name in cases]


def make_toy_site(catalogue: Catalogue | None = None) -> Site:
    """Return the site of the toy record, or of a changed one."""
    options = SiteOptions("https://harbour.example/", "https://edit.example/{path}")
    catalogue = catalogue or load_checked(TOY)
    return Site.make(catalogue, load_all_words(catalogue.site), options)


def copy_claim(claim: Claim, name: str, **fields: Any) -> Claim:
    """Return another claim of the same source, which differs in some fields."""
    copy = claim.model_copy(update={"id": f"{claim.source_id}/{name}", **fields})
    # Where a claim stands is remembered, and goes by its id.
    copy.__dict__.pop("position", None)
    return copy


def change(catalogue: Catalogue, group: str, id_: str, **fields: Any) -> Catalogue:
    """Return a catalogue with one record changed."""
    records = dict(getattr(catalogue, group))
    records[id_] = records[id_].model_copy(update=fields)
    # Where a claim stands is remembered.
    records[id_].__dict__.pop("position", None)
    return replace(catalogue, **{group: records})


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Leave most cases of tests that are ``sampled(N)`` to ``-m long``: all but every Nth of each."""
    met: Counter[str] = Counter()
    for item in items:
        if mark := item.get_closest_marker("sampled"):
            name = item.nodeid.partition("[")[0]
            if met[name] % mark.args[0]:
                item.add_marker("long")
            met[name] += 1


def copy_settings(folder: Path) -> None:
    """Copy our settings, and of the pages written by hand two in each language: the toy record needs no more."""
    for lang in LANGS:
        (folder / "docs" / lang).mkdir(parents=True)
        for name in ("about.md", "ask.md"):
            shutil.copyfile(PROJECT / "docs" / lang / name, folder / "docs" / lang / name)
    shutil.copyfile(PROJECT / "mkdocs.yml", folder / "mkdocs.yml")


@pytest.fixture(scope="session")
def toy() -> Catalogue:
    """Return the toy record, loaded and checked."""
    return load_checked(TOY)


@pytest.fixture(scope="session")
def toy_site(toy: Catalogue) -> Site:
    """Return the site of the toy record."""
    return make_toy_site(toy)


@pytest.fixture
def toy_copy(tmp_path: Path) -> Path:
    """Return a folder with a copy of the toy entries, to be changed."""
    return Path(shutil.copytree(TOY, tmp_path / "entries"))


@pytest.fixture
def kinds_copy(toy_copy: Path) -> Path:
    """Return a folder with the toy entries and sources of every kind, to be changed."""
    shutil.copytree(KINDS, toy_copy, dirs_exist_ok=True)
    return toy_copy


@pytest.fixture(scope="session")
def kinds_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the site of the toy record with sources of every kind."""
    folder = tmp_path_factory.mktemp("kinds") / "entries"
    shutil.copytree(TOY, folder)
    shutil.copytree(KINDS, folder, dirs_exist_ok=True)
    return make_toy_site(load_checked(folder))
