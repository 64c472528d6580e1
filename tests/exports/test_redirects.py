"""Old addresses for hosts that send readers on themselves."""

from dataclasses import replace

import pytest

from musnad.exports.redirects import export_redirects
from musnad.pages.site import Site, SiteOptions
from musnad.records.model import Catalogue
from tests.conftest import make_toy_site

_SITES = {
    "at the root": (SiteOptions("https://harbour.example/"), "/en/entities/rye-loaves/ /en/entities/rye-bread/ 301"),
    "below a path": (
        SiteOptions("https://x.example/a/b/"),
        "/a/b/en/entities/rye-loaves/ /a/b/en/entities/rye-bread/ 301",
    ),
    "pages as files": (
        SiteOptions("https://x.example/a/", is_flat=True),
        "/a/en/entities/rye-loaves.html /a/en/entities/rye-bread.html 301",
    ),
}


@pytest.mark.parametrize(("options", "line"), _SITES.values(), ids=_SITES)
def test_old_address_leads_on_in_its_language(options: SiteOptions, line: str, toy_site: Site) -> None:
    """At once to the last target, below the site's own path, in both forms of addresses; notices stay pages."""
    lines = export_redirects(replace(toy_site, options=options)).splitlines()
    assert line in lines
    assert line.replace("/en/", "/ar/") in lines
    assert line.replace("rye-loaves", "black-bread") in lines
    assert len(lines) == 4


def test_record_without_redirects_has_no_lines(toy: Catalogue) -> None:
    """Nor has one of whose records none moved."""
    assert export_redirects(make_toy_site(replace(toy, redirects={}))) == ""
    gone = {old: redirect for old, redirect in toy.redirects.items() if redirect.gone}
    assert gone
    assert export_redirects(make_toy_site(replace(toy, redirects=gone))) == ""
