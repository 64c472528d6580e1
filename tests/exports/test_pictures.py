"""Pictures for where a page's address is shared: who may stand in one, and what can be read there."""

import io
from collections.abc import Iterator

import pytest
from PIL import Image, ImageChops

from musnad.derive.people import is_protected
from musnad.exports.pictures import Picture, Telling, draw_pictures, group_pictures, list_pictures, print_pictures
from musnad.pages.elements.pictures import MOST, has_picture
from musnad.pages.site import Site
from musnad.plugin.look import mix_colours
from musnad.records.model import Claim, Entity
from musnad.records.walk import iter_records
from musnad.text.languages import LANGS, Lang

LOOK = mix_colours({})["light"]
SIZE = (800, 420)
SIDE = 44
"""Pixels that stay empty at each side; the margin is a little more."""


@pytest.fixture(scope="module")
def pictures(toy_site: Site) -> dict[str, Picture]:
    """Return the pictures of the toy record by their addresses."""
    return dict(list_pictures(toy_site))


def _draw(*pictures: Picture) -> Iterator[Image.Image]:
    made = draw_pictures([(str(n), picture) for n, picture in enumerate(pictures)], LOOK)
    yield from (Image.open(io.BytesIO(raw)).convert("RGB") for _, raw in made)


def _find_ink(image: Image.Image) -> tuple[int, int, int, int]:
    """Return the box of all that is not paper."""
    paper = Image.new("RGB", image.size, image.getpixel((1, 1)))  # type: ignore[arg-type]
    box = ImageChops.difference(image, paper).getbbox()
    assert box
    return box


def _count_red(image: Image.Image) -> int:
    raw = image.tobytes()
    return sum(r > 120 and r > 1.8 * g and r > 1.8 * b for r, g, b in zip(raw[::3], raw[1::3], raw[2::3], strict=True))


def test_every_page_has_one_or_that_of_the_site(toy_site: Site, pictures: dict[str, Picture]) -> None:
    """What a page names in its head is drawn, and nothing else."""
    named = {page.fields["picture"] for page in toy_site.pages() if "picture" in page.fields}
    assert named | {f"pictures/{lang}.png" for lang in LANGS} == pictures.keys()


@pytest.mark.parametrize("lang", LANGS)
def test_nobody_living_and_nothing_retracted(toy_site: Site, pictures: dict[str, Picture], lang: Lang) -> None:
    """A picture is cut out and passed on: who is protected on pages has none."""
    left_out = [
        record for record in iter_records(toy_site.shown) if f"pictures/{lang}/{record.ref}.png" not in pictures
    ]
    protected = [
        record for record in iter_records(toy_site.shown)
        if isinstance(record, Entity | Claim) and is_protected(record, toy_site.shown)
    ]  # fmt: skip
    retracted = [claim for claim in toy_site.shown.claims.values() if claim.status == "retracted"]
    assert protected
    assert retracted
    assert {record.ref for record in (*protected, *retracted)} <= {record.ref for record in left_out}
    names = [
        name for record in protected if isinstance(record, Entity) for name in (record.name("ar"), record.name("en"))
    ]
    assert not [name for name in names for picture in pictures.values() if name in repr(picture)]


def test_no_statement_without_its_opening_words(kinds_site: Site) -> None:
    """Each telling of a claim's picture begins with a voice, the answers' too."""
    claims = [picture for address, picture in list_pictures(kinds_site) if "/claims/" in address]
    for picture in claims:
        assert all(telling.lead for telling in picture.tellings)
        assert picture.marks
    assert any(len(picture.tellings) > 1 for picture in claims)


def test_what_is_too_long_has_none(toy_site: Site) -> None:
    """It could only be cut short, or be too small to be read."""
    composer = toy_site.composers["en"]
    claim = next(claim for claim in toy_site.shown.claims.values() if has_picture(composer, claim))
    long = claim.model_copy(update={"statement": {"ar": "ا" * MOST, "en": "a" * MOST}})
    assert not has_picture(composer, long)


@pytest.mark.parametrize("lang", LANGS)
def test_all_that_is_said_lies_within_the_picture(pictures: dict[str, Picture], lang: Lang) -> None:
    """The longest text that may stand in one fits, between the margins and above the foot."""
    pattern = next(picture for address, picture in pictures.items() if address.startswith(f"pictures/{lang}/claims/"))
    word = {"ar": "والمستودعات ", "en": "warehouses "}[lang]
    long = pattern._replace(tellings=(Telling((word * MOST)[: MOST - 40], pattern.tellings[0].lead[:40]),))
    for image in _draw(pattern, long):
        assert image.size == SIZE
        left, top, right, bottom = _find_ink(image)
        assert left >= SIDE
        assert right <= SIZE[0] - SIDE
        assert top >= 25
        assert bottom <= SIZE[1] - 20
    *_, image = _draw(long)
    rows = [y for y in range(SIZE[1]) if image.crop((SIDE, y, SIZE[0] - SIDE, y + 1)).getcolors(1) is not None]
    # Above the foot is a gap: nothing runs into it.
    assert [y for y in rows if 320 < y < 360]


def test_arabic_is_joined_and_begins_at_the_right(pictures: dict[str, Picture]) -> None:
    """Letters that are kept apart need more room than a word does."""
    plain = Picture("ar", "", tellings=(Telling("مستودع"),))
    apart = plain._replace(tellings=(Telling("\u200c".join("مستودع")),))
    joined, split = (_find_ink(image.crop((0, 0, 800, 300))) for image in _draw(plain, apart))
    assert split[2] - split[0] > 1.1 * (joined[2] - joined[0])
    assert joined[2] > SIZE[0] - SIDE - 12
    (english,) = _draw(plain._replace(lang="en", tellings=(Telling("Store"),)))
    assert _find_ink(english.crop((0, 0, 800, 300)))[0] < SIDE + 12


def test_red_is_a_voice_and_nothing_else(pictures: dict[str, Picture]) -> None:
    """A picture with a voice has red in it; one without has none."""
    claim = next(picture for address, picture in pictures.items() if "/en/claims/" in address)
    place = next(picture for address, picture in pictures.items() if "/en/entities/" in address)
    with_voice, without = _draw(claim, place)
    assert _count_red(with_voice) > 200
    assert _count_red(without) == 0


def test_what_is_not_firm_has_a_broken_outline(pictures: dict[str, Picture]) -> None:
    """The same mark, firm and not, differs."""
    claim = next(picture for address, picture in pictures.items() if "/en/claims/" in address)
    firm, loose = (claim._replace(marks=(claim.marks[0]._replace(is_firm=is_firm),)) for is_firm in (True, False))
    first, second = _draw(firm, loose)
    assert first.tobytes() != second.tobytes()


@pytest.mark.parametrize("text", ['#panic("no")', "$x$ *b* _i_ `c` = h", "</text> <x> \\u{41} @label <label>", '"]#['])
def test_nothing_in_a_text_is_read_as_markup(text: str) -> None:
    """Texts come from strangers: each is shown as it is."""
    plain = Picture("en", "", tellings=(Telling(text),))
    (image,) = _draw(plain)
    assert _find_ink(image)


def test_bytes_are_the_same_each_time_and_hang_on_what_is_shown(pictures: dict[str, Picture]) -> None:
    """Two runs make the same, and another text or colour is noticed."""
    some = list(pictures.items())[:3]
    assert list(draw_pictures(some, LOOK)) == list(draw_pictures(some, LOOK))
    other = [(address, picture._replace(foot="x")) for address, picture in some]
    prints = {print_pictures(some, LOOK), print_pictures(other, LOOK), print_pictures(some, {**LOOK, "ink": "#000"})}
    assert len(prints) == 3


def test_a_record_more_moves_no_other(pictures: dict[str, Picture]) -> None:
    """Which group a picture is in hangs on its address alone."""
    places = {address: name for name, group in group_pictures(pictures.items()).items() for address, _ in group}
    fewer = list(pictures.items())[1:]
    again = {address: name for name, group in group_pictures(fewer).items() for address, _ in group}
    assert again == {address: places[address] for address, _ in fewer}
