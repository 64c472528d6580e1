"""The committed fonts: what they are made of is written down, and the letters of our languages are in them."""

import hashlib
import re
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
# Brackets and quotes of Arabic text come from the Latin font, which stands first.
COMMON = "«»()[]{}‹›“”‘’„…–—-−+×÷±≈≠≤≥°′″%‰#@&*/€£$₺₪™©®№←→"


def _characters(script: str, weight: int) -> set[int]:
    font = TTFont(ASSETS / f"fonts/plex-{script}-{weight}.woff2")
    return set(font.getBestCmap())


@pytest.mark.parametrize("weight", [400, 700])
@pytest.mark.parametrize(
    ("script", "needed"),
    [("latin", TRANSLITERATION + TRANSLITERATION.upper() + COMMON), ("arabic", ARABIC)],
    ids=["latin", "arabic"],
)
def test_letters_of_names_are_in_the_font_of_their_script(script: str, weight: int, needed: str) -> None:
    """A letter from another font within a word would stand out."""
    assert [c for c in needed if c != " " and ord(c) not in _characters(script, weight)] == []


@pytest.mark.parametrize("script", ["latin", "arabic"])
def test_browsers_are_told_of_every_letter(script: str) -> None:
    """The ranges in the stylesheet hold all that the fonts have; both weights have the same."""
    style = (ASSETS / "record.css").read_text(encoding="utf-8")
    ranges = re.findall(rf"plex-{script}-\d+\.woff2.*unicode-range: ([^;]+);", style)
    assert len(ranges) == 2
    assert ranges[0] == ranges[1]
    told = [(int(first, 16), int(last or first, 16)) for first, last in re.findall(r"U\+(\w+)(?:-(\w+))?", ranges[0])]
    characters = _characters(script, 400)
    assert characters == _characters(script, 700)
    assert [chr(c) for c in characters if not any(first <= c <= last for first, last in told)] in ([], ["\ufffd"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_fonts_are_those_that_were_written_down(path: Path) -> None:
    """Digest, and a name of their own: the original's is reserved."""
    assert hashlib.sha256(path.read_bytes()).hexdigest() in (PROJECT / "fonts/README.md").read_text(encoding="utf-8")
    names = TTFont(path)["name"]
    assert not [n for n in (1, 3, 4, 6, 16) if "Plex" in (names.getDebugName(n) or "")]
    licence = path.with_name(f"OFL-{path.stem.rpartition('-')[0]}.txt")
    assert "SIL OPEN FONT LICENSE" in licence.read_text(encoding="utf-8")


def test_fonts_stay_small() -> None:
    """A page loads up to two of each script: bytes are what a slow phone waits for."""
    assert max(path.stat().st_size for path in FILES if "latin" in path.name) < 24_000
    assert max(path.stat().st_size for path in FILES if "arabic" in path.name) < 36_000
