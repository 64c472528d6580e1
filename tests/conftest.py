"""What tests share: the toy record as a folder, as a checked catalogue and as a site."""

import shutil
from pathlib import Path

import pytest

from musnad.pages.site import Site, SiteOptions
from musnad.records.model import Catalogue
from musnad.rules.check import load_checked
from musnad.wording.words import load_all_words

TESTS = Path(__file__).parent
TOY = TESTS / "toy" / "entries"
PROJECT = TESTS.parent


@pytest.fixture(scope="session")
def toy() -> Catalogue:
    """Return the toy record, loaded and checked."""
    return load_checked(TOY)


@pytest.fixture(scope="session")
def toy_site(toy: Catalogue) -> Site:
    """Return the site of the toy record."""
    return Site.make(
        toy, load_all_words(), SiteOptions("https://harbour.example/", "https://harbour.example/edit/{path}")
    )


@pytest.fixture
def toy_copy(tmp_path: Path) -> Path:
    """Return a folder with a copy of the toy entries, to be changed."""
    return Path(shutil.copytree(TOY, tmp_path / "entries"))
