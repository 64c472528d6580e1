"""The committed fonts: what they are made of is written down, and the letters of our languages are in them."""

import hashlib
import re
import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from tests.conftest import PROJECT

ASSETS = PROJECT / "generator/musnad/theme/assets"
FILES = sorted((ASSETS / "fonts").glob("*.woff2"))
# ALA-LC, DIN 31635, IJMES; capitals follow.
TRANSLITERATION = (
    "ʾ ʿ ʼ ʻ ā á ī ū ē ō ḍ ḥ ṣ ṭ ẓ ḫ ẖ ḏ ṯ ġ ḡ ǧ ğ š č ž ḳ ḵ ż ẕ ẗ ḷ ṛ ṇ ñ ç ş ı ö ü â î û ê s\u0331 h\u032e"
)
ARABIC = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي گچپژڤکی ڕڵۆێەڎ ٹڈڑےہھںۓ ـ ٠٩ ۰۹ ٪٫٬ ،؛؟ ًٌٍَُِّْٰٓٔ ٱ ﷲ"
# Those of Arabic pages come with Arabic letters.
SIGNS = "0123456789 ()[]{}«»“”‘’„…–—-−+×÷≈≠≤≥°%/:.,!?\u00a0·•←→"
COMMON = "«»()[]{}‹›“”‘’„…–—-−+×÷±≈≠≤≥°′″%‰#@&*/€£$₺₪™©®№←→"


def read_characters(file: str, weight: int) -> set[int]:
    """Return what a font has."""
    return set(TTFont(ASSETS / f"fonts/plex-{file}-{weight}.woff2").getBestCmap())


def read_script(script: str, weight: int) -> set[int]:
    """Return what both fonts of a script have, none of which the other has."""
    common, more = (read_characters(f"{script}{part}", weight) for part in ("", "-more"))
    assert not common & more
    return common | more


@pytest.mark.parametrize("weight", [400, 700])
@pytest.mark.parametrize(
    ("script", "needed"),
    [("latin", TRANSLITERATION + TRANSLITERATION.upper() + COMMON), ("arabic", ARABIC + SIGNS)],
    ids=["latin", "arabic"],
)
def test_letters_of_names_are_in_the_font_of_their_script(script: str, weight: int, needed: str) -> None:
    """A letter from another font within a word would stand out."""
    assert [c for c in needed if c != " " and ord(c) not in read_script(script, weight)] == []


def _read_ranges(family: str, file: str) -> set[int]:
    """Return the characters for which browsers are told to ask for a file, in both weights."""
    style = (ASSETS / "record.css").read_text(encoding="utf-8")
    rule = rf'font-family: "Plex {family}"; font-weight: (\d+);.*url\(fonts/{file}-\1\.woff2\).*unicode-range: ([^;]+);'
    (_, ranges), (_, bold) = re.findall(rule, style)
    assert ranges == bold
    found = re.findall(r"U\+(\w+)(?:-(\w+))?", ranges)
    return {c for first, last in found for c in range(int(first, 16), int(last or first, 16) + 1)}


@pytest.mark.parametrize("script", ["latin", "arabic"])
def test_browsers_are_told_of_every_letter(script: str) -> None:
    """The ranges in the stylesheet hold all that the fonts have; both weights have the same."""
    told = _read_ranges(script.capitalize(), f"plex-{script}-more")
    if script == "arabic":
        told |= _read_ranges("Signs", "plex-arabic")
    characters = read_script(script, 400)
    assert characters == read_script(script, 700)
    assert [chr(c) for c in characters - told] in ([], ["\ufffd"])


@pytest.mark.parametrize(
    ("family", "script"),
    [("Latin", "latin"), ("Arabic", "arabic"), ("Signs", "arabic")],
    ids=["latin", "arabic", "signs"],
)
def test_what_few_pages_need_is_asked_for_by_nothing_else(family: str, script: str) -> None:
    """The common font has what it is asked for, or nobody has; and the rest of a script is asked for by no more."""
    told, common = _read_ranges(family, f"plex-{script}"), read_characters(script, 400)
    assert told & read_characters(f"{script}-more", 400) == set()
    if family != "Signs":
        rest = _read_ranges(family, f"plex-{script}-more") - told
        assert common & rest == set()


def test_signs_of_arabic_pages_come_with_their_letters() -> None:
    """Whatever sign browsers are told to take from there is drawn there, so that no other font is asked for."""
    told, common = _read_ranges("Signs", "plex-arabic"), read_characters("arabic", 400)
    assert {unicodedata.category(chr(c)) for c in told - common} == {"Cf", "Cn"}
    assert {ord(c) for c in SIGNS} <= told & common


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_fonts_are_those_that_were_written_down(path: Path) -> None:
    """Digest, and a name of their own: the original's is reserved."""
    assert hashlib.sha256(path.read_bytes()).hexdigest() in (PROJECT / "fonts/README.md").read_text(encoding="utf-8")
    names = TTFont(path)["name"]
    assert not [n for n in (1, 3, 4, 6, 16) if "Plex" in (names.getDebugName(n) or "")]
    licence = path.with_name(f"OFL-{'-'.join(path.stem.split('-')[:2])}.txt")
    assert "SIL OPEN FONT LICENSE" in licence.read_text(encoding="utf-8")


def test_fonts_stay_small() -> None:
    """A page loads up to two of each script, and seldom one of what few need: bytes are what a slow phone waits for."""
    most = {"latin": 9_600, "latin-more": 10_600, "arabic": 16_500, "arabic-more": 20_000}
    sizes = {path.name: path.stat().st_size for path in FILES}
    assert sizes.keys() == {f"plex-{file}-{weight}.woff2" for file in most for weight in (400, 700)}
    assert [name for name, size in sizes.items() if size > most[name.removeprefix("plex-").rpartition("-")[0]]] == []
