"""Make the fonts of the theme again: ``make fonts``. It needs npm and a network; nothing else in the project does.

The letters that our two languages need are cut out of IBM Plex. What Plex has no letters for in transliterated Arabic
is put together from its own strokes: marks below a letter from those above it, half rings from its ring.
Then each script is cut in two: what nearly all pages need, and what few do.
"""

import copy
import hashlib
import subprocess
import tarfile
import tempfile
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from fontTools import subset
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphCoordinates
from fontTools.ttLib.tables.ttProgram import Program

FOLDER = Path(__file__).parent.parent / "generator/musnad/theme/assets/fonts"


class Source(NamedTuple):
    """A package as npm delivers it, and the script it is taken for."""

    script: str
    package: str
    version: str
    sha256: str
    files: dict[int, str]


SOURCES = (
    Source(
        "latin",
        "@ibm/plex-sans",
        "1.1.0",
        "c3818979c2a2c82927ea3e7c485e389a18de0b7462887dd4f7acc9a525568962",
        {400: "IBMPlexSans-Regular.woff2", 700: "IBMPlexSans-Bold.woff2"},
    ),
    Source(
        "arabic",
        "@ibm/plex-sans-arabic",
        "1.1.0",
        "71ad7bc2d0cacebb1dfa7065603dfa0287b2b90c7c56023344e1da82b1766ddb",
        {400: "IBMPlexSansArabic-Regular.woff2", 700: "IBMPlexSansArabic-Bold.woff2"},
    ),
)
CHARACTERS = {
    # Latin alphabets of Europe, Turkey and Kurdistan; marks; quotes, currencies, signs of number and direction.
    "latin": (
        *(range(0x20, 0x7F), range(0xA0, 0x180)),
        "ƏəȘșȚțʻʼˆ˚˜\u0300\u0301\u0303\u0304\u0306\u0307\u0308\u030c\u0323\u0327",
        "‐‑–—―‘’‚“”„†‡•…‰′″‹›⁄€₪₺₽№™←↑→↓−≈≠≤≥\ufffd",
    ),
    # Persian, Kurdish and Urdu letters are among these; the forms that text from old programs is made of follow.
    "arabic": (range(0x600, 0x700), range(0xFB50, 0xFE00), range(0xFE70, 0xFEFD)),
}
SIGNS = "".join(map(chr, range(0x20, 0x41))) + "[\\]^_`{|}~\u00a0«»·×÷–—‘’“”„…•−≈≠≤≥←→°"
"""Digits and signs: those on a page in Arabic come from the Arabic font, so that it needs no other for them."""
COMMON = {
    "latin": (range(0x20, 0x7F), SIGNS, "©", range(0x300, 0x370), range(0x2000, 0x2070)),
    # Persian letters that names in Arabic borrow are among these.
    # Forms of letters have characters too, by which a printer knows them again in what is to be copied out of a PDF.
    "arabic": (
        *("،؛؟", range(0x621, 0x63B), range(0x640, 0x653), range(0x660, 0x66E), "ٰٱپچژڤکگی", SIGNS),
        *(range(0xFB50, 0xFB5A), range(0xFB6A, 0xFB6E), range(0xFB7A, 0xFB7E), range(0xFB8A, 0xFB8C)),
        *(range(0xFB8E, 0xFB96), range(0xFBFC, 0xFC00), range(0xFE70, 0xFEFD)),
    ),
}
"""What nearly all pages need; the rest of a script is a file of its own, asked for where a letter of it is."""
FEATURES = {
    "latin": ["ccmp", "kern", "liga", "mark", "mkmk"],
    "arabic": ["calt", "ccmp", "fina", "init", "kern", "liga", "locl", "mark", "medi", "mkmk", "rlig"],
}
# Letters of ALA-LC, DIN 31635, IJMES and their like that Plex has not.
COMPOSED = "ḌḍḤḥṢṣṬṭẒẓḲḳḶḷṆṇṚṛḪḫẖḎḏṮṯḴḵẔẕḠḡǦǧẗ"
MARKS_BELOW = {0x032E: 0x0306, 0x0331: 0x0304}
"""Combining breve and macron below, and those above that they look like."""
HALF_RINGS = {0x02BF: False, 0x02BE: True}
"""ʿ is the left half of the ring, ʾ the right one."""
QUOTES = {0x02BB: 0x2018, 0x02BC: 0x2019}
"""As letters ʻ and ʼ would stand in gaps: Plex gives them the width of a letter of a typewriter."""
GAP = 60
SIDE = 40
NAMES = {1: "Musnad {script}", 4: "Musnad {script} {weight}", 6: "Musnad{script}-{weight}"}


def make_font(path: Path, script: str, weight: int) -> TTFont:
    """Return what we need of a font. A changed font may not bear the reserved name of the original."""
    font = cut(path, script, _list_characters((*CHARACTERS[script], SIGNS)))
    if script == "latin":
        add_transliteration(font)
    for record in font["name"].names:
        if record.nameID in NAMES:
            record.string = NAMES[record.nameID].format(
                script=script.capitalize(), weight="Regular" if weight == 400 else "Bold"
            )
    return font


def cut(path: Path, script: str, characters: Iterable[int], but: str = "") -> TTFont:
    """Return a font with some characters, ``but`` without one feature.

    Hints for coarse screens, a quarter of all bytes, are left out.
    """
    options = subset.Options(
        flavor="woff2",
        layout_features=[feature for feature in FEATURES[script] if feature != but],
        name_IDs=[0, 1, 2, 4, 5, 6, 13, 14],
        notdef_outline=True,
        hinting=False,
    )
    font = subset.load_font(str(path), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    return font


def _list_characters(parts: Iterable[range | str]) -> list[int]:
    return [character if isinstance(character, int) else ord(character) for part in parts for character in part]


def add_transliteration(font: TTFont) -> None:
    """Add the letters and marks that the font lacks."""
    for character, upper in MARKS_BELOW.items():
        _add_mark_below(font, character, upper)
    for character, is_right in HALF_RINGS.items():
        _add_half_ring(font, character, is_right)
    for letter in COMPOSED:
        _add_composed(font, ord(letter))
    for character, quote in QUOTES.items():
        _map(font, character, font.getBestCmap()[quote])


def _map(font: TTFont, character: int, name: str) -> None:
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[character] = name


def _add_glyph(font: TTFont, character: int, glyph: Any, advance: int) -> str:
    name = f"uni{character:04X}"
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = glyph
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (advance, glyph.xMin)
    _map(font, character, name)
    return name


def _add_mark_below(font: TTFont, character: int, upper: int) -> None:
    """Add a mark that looks like one above letters, where the dot below stands; it joins letters as the dot does."""
    glyphs, cmap = font["glyf"], font.getBestCmap()
    dot, mark = cmap[0x0323], cmap[upper]
    shift = -GAP - glyphs[mark].yMax
    name = _add_glyph(font, character, _compose(font, [(mark, 0, shift)]), 0)
    font["GDEF"].table.GlyphClassDef.classDefs[name] = 3
    for table, n in _list_marks(font, dot):
        # The new glyph has the highest number, so that it belongs to the end of the list.
        table.MarkCoverage.glyphs.append(name)
        table.MarkArray.MarkRecord.append(copy.deepcopy(table.MarkArray.MarkRecord[n]))
        table.MarkArray.MarkCount += 1


def _list_marks(font: TTFont, mark: str) -> list[tuple[Any, int]]:
    """Return the tables that join a mark to letters, with its place in each."""
    tables = [table for lookup in font["GPOS"].table.LookupList.Lookup for table in lookup.SubTable]
    tables = [getattr(table, "ExtSubTable", table) for table in tables]
    found = [table for table in tables if table.LookupType == 4 and mark in table.MarkCoverage.glyphs]
    return [(table, table.MarkCoverage.glyphs.index(mark)) for table in found]


def _compose(font: TTFont, parts: list[tuple[str, int, int]]) -> Any:
    pen = TTGlyphPen(font.getGlyphSet())
    for name, x, y in parts:
        pen.addComponent(name, (1, 0, 0, 1, x, y))
    return pen.glyph()


def _add_composed(font: TTFont, character: int) -> None:
    """Add a letter with a mark, joined where the font would join the two, or else above the letter's middle."""
    glyphs, cmap = font["glyf"], font.getBestCmap()
    base, mark = (cmap[ord(part)] for part in unicodedata.normalize("NFD", chr(character)))
    x = (glyphs[base].xMin + glyphs[base].xMax - glyphs[mark].xMin - glyphs[mark].xMax) // 2
    y = glyphs[base].yMax + GAP - glyphs[mark].yMin
    for table, n in _list_marks(font, mark):
        if base in table.BaseCoverage.glyphs:
            record = table.MarkArray.MarkRecord[n]
            to = table.BaseArray.BaseRecord[table.BaseCoverage.glyphs.index(base)].BaseAnchor[record.Class]
            x, y = to.XCoordinate - record.MarkAnchor.XCoordinate, to.YCoordinate - record.MarkAnchor.YCoordinate
    _add_glyph(font, character, _compose(font, [(base, 0, 0), (mark, x, y)]), font["hmtx"][base][0])


def _add_half_ring(font: TTFont, character: int, is_right: bool) -> None:
    """Add a half of the ring. Each of its two contours begins at the lowest point and goes left to the highest."""
    glyphs, cmap = font["glyf"], font.getBestCmap()
    ring = glyphs[cmap[0x02DA]]
    points, (outer_end, last), flags = ring.getCoordinates(glyphs)
    inner = outer_end + 1
    middle = points[0][0]
    tops = [n for n, (x, _) in enumerate(points) if x == middle and n not in (0, inner)]
    # Up along the outside, down along the inside, whose contour goes the other way.
    order = [*range(tops[0] + 1), *range(tops[1], last + 1), inner]
    rise = glyphs[cmap[QUOTES[0x02BB]]].yMax - ring.yMax
    half = [(points[n][0] - ring.xMin + SIDE, points[n][1] + rise, flags[n]) for n in order]
    width = middle - ring.xMin + 2 * SIDE
    if is_right:
        half = [(width - x, y, flag) for x, y, flag in reversed(half)]
    glyph = Glyph()
    glyph.numberOfContours, glyph.endPtsOfContours = 1, [len(half) - 1]
    glyph.coordinates = GlyphCoordinates([(x, y) for x, y, _ in half])
    glyph.flags = bytearray(flag for _, _, flag in half)
    glyph.program = Program()
    glyph.program.fromBytecode(b"")
    _add_glyph(font, character, glyph, width)


def fetch(source: Source, folder: Path) -> Path:
    """Return the folder of an unpacked package, as pinned."""
    command = ["npm", "pack", "--silent", f"{source.package}@{source.version}"]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    archive = folder / done.stdout.split()[-1]
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    if digest != source.sha256:
        raise SystemExit(f"{source.package} {source.version} is not what it was: {digest}")
    with tarfile.open(archive) as packed:
        packed.extractall(folder / source.script, filter="data")
    return folder / source.script / "package"


def main() -> None:
    """Write fonts and licences, and print the digests that README.md holds."""
    with tempfile.TemporaryDirectory() as temporary:
        for source in SOURCES:
            package = fetch(source, Path(temporary))
            licence = (package / "LICENSE.txt").read_text(encoding="utf-8")
            (FOLDER / f"OFL-plex-{source.script}.txt").write_text(licence, encoding="utf-8", newline="\n")
            for weight, name in source.files.items():
                whole = Path(temporary) / f"{source.script}-{weight}.woff2"
                font = make_font(package / "fonts/complete/woff2" / name, source.script, weight)
                font.save(whole)
                common = {*_list_characters(COMMON[source.script])}
                for part, characters in (("", common), ("-more", font.getBestCmap().keys() - common)):
                    target = FOLDER / f"plex-{source.script}{part}-{weight}.woff2"
                    # Digits in forms of their own beside Arabic letters can't be copied out of a PDF.
                    cut(whole, source.script, sorted(characters), "" if part else "locl").save(target)
                    print(f"{hashlib.sha256(target.read_bytes()).hexdigest()}  {target.name}  {target.stat().st_size}")


if __name__ == "__main__":
    main()
