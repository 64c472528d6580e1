"""The library comes with ``requirements-ftm.txt``; without it its tests are skipped, but not where CI asks for them."""

import os
from typing import Any

import pytest


@pytest.fixture(scope="session")
def library() -> Any:
    """Return the library."""
    try:
        import followthemoney
    except ImportError:
        if "MUSNAD_REQUIRE_FTM" in os.environ:
            raise
        pytest.skip("followthemoney is missing: install ICU's headers (libicu-dev), then make test")
    return followthemoney
