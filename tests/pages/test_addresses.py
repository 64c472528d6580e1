"""One place decides addresses, and MkDocs agrees."""

import pytest
from mkdocs.structure.files import File

from musnad.pages.addresses import Addresses, find_file, find_place
from musnad.pages.render import make_url
from musnad.pages.site import Site


@pytest.mark.parametrize("is_flat", [False, True], ids=["folders", "files"])
def test_addresses_are_those_that_mkdocs_gives(is_flat: bool, toy_site: Site) -> None:
    """Of every page: its place, its file, where its HTML stands, how it is linked to."""
    addresses = Addresses(is_flat=is_flat)
    for place in map(find_place, toy_site.list_pages()):
        name = find_file(place)
        file = File(name, None, "", use_directory_urls=not is_flat)
        assert find_place(name) == place
        assert addresses.find_output(name) == file.dest_uri
        assert addresses.find(place) == ("" if file.url == "./" else file.url)


@pytest.mark.parametrize(
    ("file", "place"),
    [("en/about.md", "en/about/"), ("en/notes/README.md", "en/notes/"), ("en/notes/index.markdown", "en/notes/"),
     ("README.md", ""), ("en/v1.2.md", "en/v1.2/")],
)  # fmt: skip
def test_hand_written_page_has_its_place_however_its_file_is_called(file: str, place: str) -> None:
    """As MkDocs reads names."""
    assert find_place(file) == place


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("en/claims/a/b/#history", "en/claims/a/b.html#history"),
        ("en/#ways", "en/index.html#ways"),
        ("", "index.html"),
        ("#history", "#history"),
        ("?q=a/", "?q=a/"),
        ("record.json", "record.json"),
        ("https://example.org/a/", "https://example.org/a/"),
        ("https://example.org/a/#b", "https://example.org/a/#b"),
        ("en/method/", "en/method/index.html"),
    ],
)
def test_only_places_become_files(href: str, address: str) -> None:
    """Anchors stay; so does what is no page of the site; a hand-written page stands where it was put."""
    addresses = Addresses(is_flat=True, written={"en/method/": "en/method/index.html"})
    assert addresses.find(href) == address


@pytest.mark.parametrize(
    ("is_flat", "place", "wanted"),
    [
        (False, "en/claims/a/b/", "../../../../ar/x/#y"),
        (True, "en/claims/a/b/", "../../../ar/x.html#y"),
        (False, "en/", "../ar/x/#y"),
        (True, "en/", "../ar/x.html#y"),
        (False, "", "ar/x/#y"),
        (True, "", "ar/x.html#y"),
    ],
)
def test_links_are_relative_to_the_address_of_their_page(is_flat: bool, place: str, wanted: str) -> None:
    """One step back less where the page is a file."""
    assert make_url(Addresses(is_flat=is_flat), place)("ar/x/#y") == wanted


def test_whole_addresses_begin_with_that_of_the_site() -> None:
    """As far as it is known."""
    assert Addresses("https://host.example/sub/").find_absolute("en/x/") == "https://host.example/sub/en/x/"
    assert Addresses("https://host.example/", is_flat=True).find_absolute("en/x/") == "https://host.example/en/x.html"
    assert Addresses().find_absolute("en/x/") == "en/x/"
