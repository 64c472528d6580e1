"""Which addresses lead to the same page."""

import pytest

from musnad.text.addresses import find_page, has_loose_end, is_front_page

SAME = [
    "https://tide.example/12",
    "http://tide.example/12",
    "https://www.tide.example/12/",
    "HTTPS://Tide.Example:443/12#comments",
    "https://tide.example/12?utm_source=app&fbclid=x",
    "https://tide.example/%31%32",
]
OTHER = [
    "https://tide.example/13",
    "https://tide.example/12?page=2",
    "https://quay.example/12",
    "https://tide.example/",
    "https://blog.tide.example/12",
]


@pytest.mark.parametrize("address", SAME)
def test_addresses_of_one_page_are_the_same(address: str) -> None:
    """However they were copied."""
    assert find_page(address) == find_page(SAME[0])


@pytest.mark.parametrize("address", OTHER)
def test_addresses_of_other_pages_are_not(address: str) -> None:
    """The path, what is asked for and the host tell pages apart."""
    assert find_page(address) != find_page(SAME[0])


def test_order_of_the_query_does_not_count() -> None:
    """Its values do."""
    assert find_page("https://a.example/?b=1&c=2") == find_page("https://a.example?c=2&b=1")
    assert find_page("https://a.example/?p=1") != find_page("https://a.example/?p=2")


@pytest.mark.parametrize("address", ["http://[", "https://[::1", "https://a.example:x/"])
def test_what_can_not_be_taken_apart_is_left_as_it_is(address: str) -> None:
    """It is an address by its pattern all the same."""
    assert find_page(address)


@pytest.mark.parametrize("address", ["https://a.example/1.", "https://a.example/1،", "https://a.example/1)"])
def test_end_of_a_sentence_is_told(address: str) -> None:
    """It was copied along."""
    assert has_loose_end(address)
    assert not has_loose_end("https://a.example/Salt_(good)")
    assert not has_loose_end("https://a.example/1/")


def test_address_of_a_whole_site_is_told() -> None:
    """With or without its slash."""
    assert is_front_page("https://a.example")
    assert is_front_page("https://a.example/")
    assert not is_front_page("https://a.example/?p=1")
    assert not is_front_page("https://a.example/1")
