"""The page of a record that has moved leads to the new one, and is found by no one who looks for records."""

import re
from pathlib import Path
from posixpath import dirname, normpath
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser

from musnad.derive.visible import follow_redirect
from musnad.exports.feed import ATOM
from musnad.pages.addresses import Addresses, find_file
from musnad.rules.check import load_checked
from musnad.text.languages import LANGS
from tests.conftest import PROJECT
from tests.site.conftest import Builds
from tests.site.hosts import Host

SITE_URL = "https://example.org/"
CATALOGUE = load_checked(PROJECT / "entries")
MOVED = {old: target for old in CATALOGUE.redirects if (target := follow_redirect(CATALOGUE, old))}
KINDS = {"folders": Addresses(SITE_URL), "files": Addresses(SITE_URL, is_flat=True)}


@pytest.fixture(params=KINDS)
def built(request: pytest.FixtureRequest, builds: Builds, flat: Path) -> tuple[Addresses, Path]:
    """Return addresses and folder of a built site: pages are folders, or files."""
    return KINDS[request.param], flat if request.param == "files" else builds.first


def test_page_of_a_moved_record_names_the_new_address(built: tuple[Addresses, Path]) -> None:
    """In its head and in its text, in its own language; search engines are told to keep to the new one."""
    addresses, site = built
    assert MOVED
    for old, target in MOVED.items():
        for lang in LANGS:
            output = addresses.find_output(find_file(f"{lang}/{old}/"))
            html = (site / output).read_text(encoding="utf-8")
            new = addresses.find(f"{lang}/{target}/")
            assert f'<link rel="canonical" href="{SITE_URL}{new}">' in html
            assert 'name="robots" content="noindex' in html
            lead = re.findall(r'http-equiv="refresh" content="0; url=([^"]+)"|<a class="enter" href="([^"]+)"', html)
            assert len(lead) == 2
            for link in map("".join, lead):
                assert normpath(f"{dirname(output)}/{link}") == new.rstrip("/")


def test_page_of_a_moved_record_is_in_no_list(built: tuple[Addresses, Path]) -> None:
    """Neither in the sitemap nor in the search."""
    addresses, site = built
    old = [addresses.find(f"{old}/") for old in MOVED]
    listed = [site / "sitemap.xml", *site.glob("search/**/*.json")]
    assert len(listed) > 10
    assert [address for path in listed for address in old if address in path.read_text(encoding="utf-8")] == []


def test_lines_for_hosts_and_entries_of_feeds_lead_to_pages_that_are_there(built: tuple[Addresses, Path]) -> None:
    """In both forms of addresses; what stands at an old address stays for other hosts."""
    _, site = built
    lines = [line.split(" ") for line in (site / "_redirects").read_text(encoding="utf-8").splitlines()]
    assert len(lines) == len(LANGS) * len(MOVED)
    found = [address for old, new, status in lines for address in (old, new) if status == "301"]
    for lang in LANGS:
        links = ElementTree.parse(site / lang / "feed.xml").iterfind("a:entry/a:link", {"a": ATOM})
        found += [link.get("href", "").removeprefix(SITE_URL[:-1]) for link in links]
    assert len(found) > 100
    files = [site / f"{address}index.html"[1:] if address.endswith("/") else site / address[1:] for address in found]
    assert [file for file in files if not file.is_file()] == []


@pytest.mark.browser
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.sampled(3)
def test_reader_of_a_moved_record_is_led_on(lang: str, built: tuple[Addresses, Path], browser: Browser) -> None:
    """In the same language; without scripts too, and with scripts to the same anchor."""
    addresses, site = built
    old, target = next(iter(MOVED.items()))
    new = addresses.find(f"{lang}/{target}/")
    with Host().run(site) as address:
        for has_scripts, anchor in ((False, ""), (True, ""), (True, "#history"), (True, "?v=0#history")):
            context = browser.new_context(java_script_enabled=has_scripts)
            page = context.new_page()
            page.goto(f"{address}{addresses.find(f'{lang}/{old}/')}{anchor}", wait_until="commit")
            page.wait_for_url(f"{address}{new}{anchor}")
            context.close()
