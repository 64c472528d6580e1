"""The law of staleness: no page stays as it is when what it shows has changed."""

import shutil
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from musnad.build import libraries
from musnad.build.prints import Prints, find_changed, find_prints, find_version
from musnad.build.store import State
from musnad.pages.site import Site, SiteOptions
from musnad.records.memory import RecordMemory
from musnad.rules.check import check_entries
from musnad.wording.words import load_all_words
from tests.conftest import TOY
from tests.edits import EDITS, GIVEN, apply

OPTIONS = SiteOptions(site_url="https://harbour.example/", edit="https://edit.example/{path}")
Page = tuple[str, frozenset[str]]
"""The text of a page, and the names of what was looked at for it."""


@dataclass
class Builder:
    """Makes the pages of a folder of entries, those that need it, as a server does: what it composed is kept too."""

    entries: Path
    state: State = field(default_factory=State)
    site: Site | None = None
    prints: Prints | None = None

    @property
    def digests(self) -> dict[str, str]:
        """Digests of all files, as they were last read."""
        return {ref: known.digest for ref, known in self.state.memory.records.items()}

    def load(self) -> Site:
        """Load the entries, which have no mistake."""
        checked = check_entries(self.entries, memory=self.state.memory)
        assert checked.problems == ()
        return Site.make(checked.catalogue, load_all_words(), OPTIONS, self.site)

    def build(self, kept: dict[str, Page]) -> tuple[dict[str, Page], set[str]]:
        """Return all pages, and which of them were made."""
        site = self.load()
        prints = find_prints(site, self.digests, self.prints)
        changed = find_changed(self.prints.values if self.prints else {}, prints.values)
        if self.site is not None:
            site.inherit(self.site, changed)
        self.site, self.prints = site, prints
        pages, made = {}, set()
        for name in site.list_pages():
            if name in kept and changed.isdisjoint(kept[name][1]):
                pages[name] = kept[name]
            else:
                with site.trace.record() as noted:
                    pages[name] = site.make_page(name).text, frozenset(noted)
                made.add(name)
        return pages, made


def _texts(pages: dict[str, Page]) -> dict[str, str]:
    return {name: text for name, (text, _) in pages.items()}


def _stale(pages: dict[str, Page], entries: Path) -> list[str]:
    """Return the pages that are not as they would be if everything were made from nothing."""
    fresh = _texts(Builder(entries).build({})[0])
    assert list(pages) == list(fresh)
    return [name for name, text in _texts(pages).items() if text != fresh[name]]


@pytest.mark.parametrize("name", EDITS)
@pytest.mark.sampled(4)
def test_no_page_is_stale_after_an_edit_nor_after_taking_it_back(name: str, toy_copy: Path) -> None:
    """What is made again and what is kept are together what making everything gives."""
    apply(GIVEN.get(name, ()), toy_copy)
    before = shutil.copytree(toy_copy, toy_copy.parent / "before")
    builder = Builder(toy_copy)
    pages, _ = builder.build({})
    apply(EDITS[name], toy_copy)
    pages, _ = builder.build(pages)
    assert _stale(pages, toy_copy) == []
    shutil.rmtree(toy_copy)
    shutil.copytree(before, toy_copy)
    pages, _ = builder.build(pages)
    assert _stale(pages, toy_copy) == []


def test_no_page_is_stale_after_many_edits_in_a_row(toy_copy: Path) -> None:
    """What a page looked at is still true when the page was kept through many builds."""
    builder = Builder(toy_copy)
    pages, _ = builder.build({})
    stale = {}
    for name, steps in EDITS.items():
        shutil.rmtree(toy_copy)
        shutil.copytree(TOY, toy_copy)
        apply(GIVEN.get(name, ()), toy_copy)
        apply(steps, toy_copy)
        pages, _ = builder.build(pages)
        if found := _stale(pages, toy_copy):
            stale[name] = found
    assert stale == {}


def test_nothing_is_made_when_nothing_changed(toy_copy: Path) -> None:
    """The second build keeps every page."""
    builder = Builder(toy_copy)
    pages, made = builder.build({})
    assert made == set(pages)
    again, made = builder.build(pages)
    assert (again, made) == (pages, set())


@pytest.mark.parametrize(
    ("edit", "shown"),
    [
        ("statement", {"en/claims/tide-post-12/rye-bread-price.md", "en/entities/rye-bread.md", "en/index.md"}),
        ("quantity", {"en/claims/quay-news-7/rye-bread-price.md", "en/entities/rye-bread.md", "en/browse/harbour.md"}),
        ("what is unknown of a place", {"en/entities/lantern-bay.md"}),
    ],
)
def test_edit_makes_the_pages_that_show_it_and_spares_most(edit: str, shown: set[str], toy_copy: Path) -> None:
    """In a record as small as the toy much hangs together; still most pages stay."""
    builder = Builder(toy_copy)
    pages, _ = builder.build({})
    apply(EDITS[edit], toy_copy)
    pages, made = builder.build(pages)
    assert made >= shown
    assert len(made) < 0.5 * len(pages)


def test_changed_are_the_new_the_different_and_the_gone() -> None:
    """What is the same is not among them."""
    assert find_changed({"a": "1", "b": "1", "c": "1"}, {"a": "1", "b": "2", "d": "1"}) == {"b", "c", "d"}


@pytest.fixture
def builder(toy_copy: Path) -> Builder:
    """Return a builder that has read the toy entries."""
    made = Builder(toy_copy)
    made.load()
    return made


@pytest.mark.parametrize("file", ["site", "vocabulary/kinds", "vocabulary/voices", "vocabulary/units"])
def test_version_changes_with_words(file: str, builder: Builder) -> None:
    """Words can be on any page."""
    before = find_version(builder.load(), builder.digests, {}, [])
    with (builder.entries / f"{file}.yaml").open("a", encoding="utf-8") as words:
        words.write("# One more line.\n")
    assert find_version(builder.load(), builder.digests, {}, []) != before


def test_version_changes_with_settings_and_templates_and_nothing_else(builder: Builder, tmp_path: Path) -> None:
    """A record changes its own pages alone; that it was remembered, or read anew, changes nothing."""
    templates = tmp_path / "overrides"
    templates.mkdir()
    (templates / "main.html").write_text("{% extends 'base.html' %}", encoding="utf-8")

    def find(settings: dict[str, str]) -> str:
        return find_version(builder.load(), builder.digests, settings, [templates])

    first = find({"site_name": "Harbour"})
    assert find({"site_name": "Quay"}) != first
    apply(EDITS["statement"], builder.entries)
    builder.state.memory = RecordMemory()
    assert find({"site_name": "Harbour"}) == first
    (templates / "main.html").write_text("{% extends 'main.html' %}", encoding="utf-8")
    assert find({"site_name": "Harbour"}) != first


def test_version_changes_with_the_addresses(builder: Builder) -> None:
    """Canonical addresses and edit links are on every page."""
    site = builder.load()
    other = Site.make(site.catalogue, load_all_words(), SiteOptions("https://other.example/"))
    assert find_version(site, builder.digests, {}, []) != find_version(other, builder.digests, {}, [])


@pytest.mark.parametrize(("others", "told"), [({"mkdocs": ["mkdocs-ng"]}, "mkdocs-ng 1.8.0"), ({}, "")])
def test_library_that_another_distribution_brings_is_known_by_it(
    others: dict[str, list[str]], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands in for MkDocs brings its module under a name of its own; where nothing is known, nothing fails."""

    def find(name: str) -> str:
        if name != "mkdocs-ng":
            raise PackageNotFoundError(name)
        return "1.8.0"

    monkeypatch.setattr(libraries, "version", find)
    monkeypatch.setattr(libraries, "packages_distributions", lambda: others)
    assert libraries._find_library("mkdocs") == told
