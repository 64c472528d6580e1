"""What is given away: one list, what makes it, a release of all of it, and the places for sizes and digests."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from musnad.exports import downloads
from musnad.exports.downloads import MAKERS, RECORD, SUMS, fill_pages, make_release, read_release
from musnad.exports.extra import ReleaseError, import_extra
from musnad.pages.elements.downloads import DOWNLOADS, FileFacts, fill_facts, list_offered, tell_size
from musnad.pages.site import Site
from musnad.records.model import FOLDERS, HIDDEN, Catalogue
from musnad.text.languages import LANGS, Lang
from tests.conftest import make_toy_site


def test_each_form_has_one_maker_and_it_makes_the_files_that_are_listed(toy_site: Site) -> None:
    """A form that is told of and not made, or made and not told of, would be found by readers."""
    made_of_records = [download for download in DOWNLOADS if not download.is_packed]
    assert [download.name for download in made_of_records] == list(MAKERS)
    for download in made_of_records:
        made = [address for address, _ in MAKERS[download.name](toy_site)]
        assert set(download.files) <= set(made)
        assert all(download.holds(address) for address in made) or not download.is_on_demand


def test_sizes_are_told_in_the_unit_that_fits(toy_site: Site) -> None:
    """Of thousands, not of 1,024."""
    sizes = {999: "999 bytes", 1000: "1 KB", 12_345: "12.3 KB", 550_400: "550 KB", 2_000_000: "2 MB", 10**9: "1 GB"}
    sizes[1000], sizes[2_000_000], sizes[10**9] = "1.0 KB", "2.0 MB", "1.0 GB"
    assert {size: tell_size(toy_site.words["en"], size) for size in sizes} == sizes
    assert tell_size(toy_site.words["ar"], 12_345).endswith("كيلوبايت")


@pytest.mark.parametrize("quote", ['"', "'", ""])
def test_what_was_filled_in_is_written_over(quote: str, toy_site: Site) -> None:
    """A page is filled in again when a file has changed; attributes without quotation marks, as others leave them."""
    page = f"<b data-size={quote}a.csv{quote}></b><code class=x data-digest={quote}a.csv{quote}></code><i>kept</i>"
    words = toy_site.words["en"]
    once = fill_facts(page, words, {"a.csv": FileFacts(5, "f0")}, "")
    assert ">5 bytes<" in once.replace("\u2068", "").replace("\u2069", "")
    assert ">f0</code><i>kept</i>" in once
    twice = fill_facts(once, words, {"a.csv": FileFacts(7, "e1")}, "")
    assert "7 bytes" in twice
    assert ">e1<" in twice
    assert "f0" not in twice


def _pages(folder: Path, site: Site) -> dict[Lang, str]:
    for lang in LANGS:
        (folder / f"{lang}.md").write_text(site.make_page(f"{lang}/downloads.md").text, encoding="utf-8")
    return {lang: f"{lang}.md" for lang in LANGS}


def test_facts_are_of_the_files_that_are_there(toy_site: Site, tmp_path: Path) -> None:
    """Of the one that will be moved over the other; without either, or with nothing new, nothing is written."""
    new, old = tmp_path / "new", tmp_path / "old"
    new.mkdir()
    old.mkdir()
    pages = _pages(old, toy_site)
    (old / RECORD).write_bytes(b"old")
    assert list(fill_pages(toy_site, pages, (new, old), {})) == []
    for raw in (b"new", b"newer"):
        (new / RECORD).write_bytes(raw)
        filled = dict(fill_pages(toy_site, pages, (new, old), {}))
        assert list(filled) == list(pages.values())
        assert all(hashlib.sha256(raw).hexdigest().encode() in page for page in filled.values())
        assert b"As the record stood on" in filled["en.md"]
        assert "كما كان السجلّ في".encode() in filled["ar.md"]


def test_number_of_hidden_records_changes_nothing_that_is_told(toy: Catalogue) -> None:
    """A count would say that something is kept back: with all of them gone, the page is the same."""
    hidden = {name: [r.id for r in getattr(toy, name).values() if r.status in HIDDEN] for name in FOLDERS}
    assert any(hidden.values())
    rest = {name: {i: r for i, r in getattr(toy, name).items() if i not in hidden[name]} for name in FOLDERS}
    for lang in LANGS:
        texts = {make_toy_site(found).make_page(f"{lang}/downloads.md").text for found in (toy, replace(toy, **rest))}
        assert len(texts) == 1


def test_release_has_everything_with_its_digests_and_the_same_bytes_each_time(toy_site: Site, tmp_path: Path) -> None:
    """``sha256sum --check`` reads the list."""
    made = make_release(toy_site, tmp_path / "one")
    make_release(toy_site, tmp_path / "deep" / "two")
    assert RECORD in made
    assert set(made) == {
        p.relative_to(tmp_path / "one").as_posix() for p in (tmp_path / "one").rglob("*") if p.is_file()
    }
    for line in (tmp_path / "one" / SUMS).read_text(encoding="utf-8").splitlines():
        digest, address = line.split("  ")
        raw = (tmp_path / "one" / address).read_bytes()
        assert hashlib.sha256(raw).hexdigest() == digest
        assert (tmp_path / "deep" / "two" / address).read_bytes() == raw


def test_release_that_fails_leaves_nothing(toy_site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All or nothing, also where the folder was there and empty."""

    def fail(site: Site) -> downloads.Made:
        yield "half.bin", b"half"
        import_extra("no_such_library")

    monkeypatch.setattr(downloads, "MAKERS", {**MAKERS, "ftm": fail})
    (tmp_path / "made").mkdir()
    with pytest.raises(ReleaseError, match=r"no_such_library is needed as well: pip install 'musnad\[exports\]'"):
        make_release(toy_site, tmp_path / "made")
    assert list(tmp_path.rglob("*")) == [tmp_path / "made"]


def test_release_that_was_tampered_with_is_refused(toy_site: Site, tmp_path: Path) -> None:
    """A digest on the page must be the one that the release was made with."""
    folder = tmp_path / "made"
    make_release(toy_site, folder)
    assert read_release(folder)[RECORD] == hashlib.sha256((folder / RECORD).read_bytes()).hexdigest()
    (folder / RECORD).write_text("{}", encoding="utf-8")
    with pytest.raises(ReleaseError, match=r"record\.json is not as SHA256SUMS says"):
        read_release(folder)
    (folder / SUMS).unlink()
    with pytest.raises(ReleaseError, match="SHA256SUMS is missing"):
        read_release(folder)


def test_what_nobody_made_is_not_offered() -> None:
    """What is made on demand is told of where there are files of it."""
    offered = {download.name for download in list_offered(())}
    assert offered == {download.name for download in DOWNLOADS if not download.is_on_demand}
    every = [file for download in DOWNLOADS for file in download.files]
    assert [download.name for download in list_offered(every)] == [download.name for download in DOWNLOADS]
