"""Work out how the reader's own fonts are scaled so that lines break where they will with the record's fonts.

``python -m bench.faces FOLDER [--write]``, from the project's folder, measures the fonts of some Debian packages and
prints the part of the stylesheet that names them; ``--write`` puts it there. Nothing needs to be installed::

    apt-get download fonts-liberation fonts-roboto-unhinted fonts-noto-core fonts-dejavu-core
    for package in *.deb; do dpkg-deb -x $package FOLDER; done

Text is set by the browser, as Arabic letters have no width of their own. Arial itself is not in Debian: Liberation Sans
has its widths by design. Arabic letters of Windows and of Apple's systems can't be measured here, and are left alone.
"""

import argparse
import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from playwright.sync_api import Page, sync_playwright

from bench.search.engines import CHROMIUM, LANGS, PROJECT

STYLESHEET = PROJECT / "generator/musnad/theme/assets/record.css"
START, END = "/* Made by bench/faces.py: ", "/* End of what bench/faces.py makes. */"
WEIGHTS = {400: "Regular", 700: "Bold"}
_FACE = re.compile(
    r'font-family: "Plex (Latin|Arabic)"; font-weight: (\d+);.*? url\(fonts/([^)]+)\).*? unicode-range: ([^;]+);'
)
_MEASURE = """async ([texts, families, weight]) => {
  const font = `${weight} 1000px ${families}`
  await document.fonts.load(font, texts.join(""))
  const context = document.createElement("canvas").getContext("2d")
  context.font = font
  return texts.reduce((sum, text) => sum + context.measureText(text).width, 0)
}"""
_BOX = """async ([family, weight]) => {
  const context = document.createElement("canvas").getContext("2d")
  context.font = `${weight} 1000px "${family}"`
  await document.fonts.load(context.font)
  const box = context.measureText("")
  return [box.fontBoundingBoxAscent / 1000, box.fontBoundingBoxDescent / 1000]
}"""


@dataclass(frozen=True)
class Own:
    """A font that readers have. The names are those of the regular and the bold face, in any system."""

    script: str
    file: str
    regular: tuple[str, ...]
    bold: tuple[str, ...]
    beside: str = ""
    """For Arabic: the Latin font that gives the spaces where this one is found."""

    @property
    def family(self) -> str:
        """What the stylesheet calls it."""
        return f"{self.regular[0]} for Plex {self.script}"

    def names(self, weight: int) -> tuple[str, ...]:
        """Return the names of one face."""
        return self.regular if weight == 400 else self.bold


# The first that a reader has is taken.
OWN = (
    Own(
        "Latin",
        "LiberationSans",
        ("Arial", "ArialMT", "Liberation Sans", "LiberationSans"),
        ("Arial Bold", "Arial-BoldMT", "Liberation Sans Bold", "LiberationSans-Bold"),
    ),
    Own("Latin", "Roboto", ("Roboto", "Roboto Regular", "Roboto-Regular"), ("Roboto Bold", "Roboto-Bold")),
    Own(
        "Latin", "NotoSans", ("Noto Sans", "Noto Sans Regular", "NotoSans-Regular"), ("Noto Sans Bold", "NotoSans-Bold")
    ),
    Own("Latin", "DejaVuSans", ("DejaVu Sans", "DejaVuSans"), ("DejaVu Sans Bold", "DejaVuSans-Bold")),
    Own(
        "Arabic",
        "NotoSansArabic",
        ("Noto Sans Arabic", "Noto Sans Arabic Regular", "NotoSansArabic-Regular"),
        ("Noto Sans Arabic Bold", "NotoSansArabic-Bold"),
        "Noto Sans",
    ),
    Own(
        "Arabic",
        "NotoNaskhArabic",
        ("Noto Naskh Arabic", "Noto Naskh Arabic Regular", "NotoNaskhArabic-Regular", "NotoNaskhArabicUI"),
        ("Noto Naskh Arabic Bold", "NotoNaskhArabic-Bold", "NotoNaskhArabicUI-Bold"),
        "Roboto",
    ),
    Own("Arabic", "DejaVuSans", ("DejaVu Sans", "DejaVuSans"), ("DejaVu Sans Bold", "DejaVuSans-Bold"), "Arial"),
)


def make_face(family: str, weight: int, source: str, ranges: str, more: str = "") -> str:
    """Return one rule of a stylesheet."""
    rest = f"{more} unicode-range: {ranges};"
    return f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: {source};{rest} }}'


def scale(size: float, box: tuple[float, float]) -> str:
    """Return the descriptors that set a font to a part of its size, and give it the ascent and descent of another."""
    ascent, descent = (f"{100 * part / size:.2f}%" for part in box)
    box_rules = f"ascent-override: {ascent}; descent-override: {descent}; line-gap-override: 0%;"
    return f" size-adjust: {100 * size:.2f}%; {box_rules}"


def read_texts(lang: str) -> list[str]:
    """Return all sentences of one language in the record of this checkout."""
    nodes: list[object] = [
        yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((PROJECT / "entries").rglob("*.yaml"))
    ]
    texts = []
    while nodes:
        node = nodes.pop()
        if isinstance(node, dict):
            texts += [text for key, text in node.items() if key == lang and isinstance(text, str)]
            nodes += node.values()
        elif isinstance(node, list):
            nodes += node
    return texts


def _embed(path: Path) -> str:
    return f"url(data:font/{path.suffix[1:]};base64,{base64.b64encode(path.read_bytes()).decode()})"


class Ruler:
    """Measures in a page of the browser."""

    def __init__(self, page: Page, folder: Path) -> None:
        self._page, self._folder = page, folder
        css = STYLESHEET.read_text(encoding="utf-8")
        faces = _FACE.findall(css)
        # The first file of a script tells of all its letters, the last has the common ones.
        self.ranges = {script: ranges for script, _, _, ranges in reversed(faces)}
        self.texts = {lang: read_texts(lang) for lang in LANGS}
        plex = [
            make_face(name, weight, _embed(STYLESHEET.parent / "fonts" / file), ranges)
            for script, weight, file, own in faces
            for name, ranges in ((f"Plex {script}", own), (f"All of {script}", "U+0-10FFFF"))
        ]
        page.set_content(f"<style>{''.join(plex)}</style>")

    def measure(self, families: str, weight: int, lang: str) -> float:
        """Return how long all texts of a language are."""
        return float(self._page.evaluate(_MEASURE, [self.texts[lang], families, weight]))

    def box(self, script: str, weight: int) -> tuple[float, float]:
        """Return ascent and descent of the record's font, in parts of its size."""
        ascent, descent = self._page.evaluate(_BOX, [f"All of {script}", weight])
        return ascent, descent

    def add(self, family: str, weight: int, own: Own, more: str = "") -> None:
        """Make a font of Debian's known to the page."""
        names = (f"{own.file}-{WEIGHTS[weight]}.ttf", f"{own.file}{'-Bold' if weight == 700 else ''}.ttf")
        path = next(path for name in names for path in sorted(self._folder.rglob(name)))
        self._page.add_style_tag(content=make_face(family, weight, _embed(path), self.ranges[own.script], more))


def work_out(ruler: Ruler) -> Iterator[str]:
    """Yield the rules. What a text takes grows evenly with the size of the font: two sizes tell which one is right."""
    for own in OWN:
        lang = "ar" if own.script == "Arabic" else "en"
        beside = "".join(f'"{other.family}", ' for other in OWN if other.regular[0] == own.beside)
        for weight in WEIGHTS:
            aim = ruler.measure('"Plex Latin", "Plex Arabic"', weight, lang)
            lengths = []
            for percent in (50, 100):
                family = f"{own.family} {percent}"
                ruler.add(family, weight, own, f" size-adjust: {percent}%;")
                lengths.append(ruler.measure(f'{beside}"{family}"', weight, lang))
            half, whole = lengths
            size = 1 + (aim - whole) / (2 * (whole - half))
            more = scale(size, ruler.box(own.script, weight))
            ruler.add(own.family, weight, own, more)
            source = ", ".join(f'local("{name}")' for name in own.names(weight))
            yield make_face(own.family, weight, source, ruler.ranges[own.script], more)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the packages were unpacked")
    parser.add_argument("--write", action="store_true", help="put it into the stylesheet")
    arguments = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        rules = "\n".join(work_out(Ruler(browser.new_page(), arguments.folder)))
        browser.close()
    print(rules)
    if arguments.write:
        css = STYLESHEET.read_text(encoding="utf-8")
        head, rest = css.split(START)
        remark, tail = rest.split("\n", 1)[0], rest.split(END)[1]
        STYLESHEET.write_text(f"{head}{START}{remark}\n{rules}\n{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
