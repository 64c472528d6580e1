"""The browser of the tests of the site."""

from tests.site.conftest import browser, modules

__all__ = ["browser", "modules"]
