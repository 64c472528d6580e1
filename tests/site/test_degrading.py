"""Pages with less than a browser: as text in w3m and Lynx, and printed by Firefox without scripts. Words remain."""

import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from musnad.editing.pdf import Pdf, read_pdf
from musnad.text.languages import LANGS, Lang
from tests.site.conftest import ROOT
from tests.site.test_offline import FIREFOX, PUPPETEER, need

pytestmark = pytest.mark.browser
CLAIM = "claims/sy24-109221/flour-price.html"
TEXTS: dict[Lang, tuple[str, ...]] = {
    "en": (
        "According to SY24’s correspondent, a 50 kg sack of flour is sold for about 250 US dollars.",
        "on the word of its correspondent Not named.",
        "Place",
        "Not stated",
        "Paragraph 3, sentence 1",
    ),
    "ar": (
        "بحسب مراسل موقع SY24، يُباع كيس الطحين زنة 50 كغ بنحو 250 دولارًا أمريكيًا.",
        "عن مراسله بلا اسم.",
        "المكان",
        "غير مذكور",
        "الفقرة 3",
    ),
}
"""What a reader of the claim must be told, in this order: opening words with the claim, its chain, its place."""
COMMANDS = {
    "w3m": ("w3m", "-dump", "-cols", "100", "-I", "UTF-8", "-O", "UTF-8"),
    "lynx": ("lynx", "-dump", "-nolist", "-width=100", "-assume_charset=utf-8", "-display_charset=utf-8"),
}
_WAYS = ("en/index.html", "en/claims.html", "en/sources.html", "en/sources/sy24-109221.html", "ar/" + CLAIM)


def _read(*command: str) -> str:
    run = subprocess.run(command, capture_output=True, check=True, timeout=60)
    return run.stdout.decode("utf-8")


def _fold(text: str) -> str:
    """Return a text without what isolates runs, its spaces and line ends alike."""
    return re.sub(r"\s+", " ", re.sub("[\u200e\u200f\u2066-\u2069]", "", text))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("program", COMMANDS)
def test_claim_is_read_in_a_text_browser(program: str, lang: Lang, flat: Path) -> None:
    """Who says so stands first; nothing runs together that only a style keeps apart."""
    need(shutil.which(program), message=f"no {program}: pages as text were not tried")
    text = _fold(_read(*COMMANDS[program], str(flat / lang / CLAIM)))
    start = 0
    for part in TEXTS[lang]:
        start = text.find(part, start)
        assert start >= 0, f"{part} does not follow in: {text}"


def test_ways_lead_on_in_a_text_browser(flat: Path) -> None:
    """To files that are there: the trail, the source, the other language."""
    need(shutil.which("lynx"), message="no lynx: links of pages as text were not tried")
    listed = _read("lynx", "-dump", "-listonly", "-nonumbers", str(flat / "en" / CLAIM)).split()
    paths = {unquote(urlsplit(link).path) for link in listed if link.startswith("file:")}
    assert len(paths) > 20
    assert [path for path in sorted(paths) if not Path(path).is_file()] == []
    assert {str(flat / way) for way in _WAYS} <= paths


def test_claim_is_printed_by_firefox_without_scripts(flat: Path, tmp_path: Path) -> None:
    """The claim, its chain and the line of its place are on the paper; letters of Arabic are read from the file."""
    need(FIREFOX, PUPPETEER.is_dir(), message="no Firefox, or no tool to drive it: it was not tried")
    files = {lang: tmp_path / f"{lang}.pdf" for lang in LANGS}
    wanted = [part for lang in LANGS for part in ((flat / lang / CLAIM).as_uri(), str(files[lang]))]
    command = ["node", str(ROOT / "tests/tools/plain.mjs"), str(FIREFOX), *wanted]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=180)
    assert done.returncode == 0, done.stderr
    # What a PDF tells of its spaces is where letters stand; Arabic is told from the left.
    printed = {lang: re.sub(r"\s", "", _join(read_pdf(files[lang].read_bytes()))) for lang in LANGS}
    for part in ("a 50 kg sack of flour is sold for", "on the word of its", "Not named.", "sentence 1"):
        assert part.replace(" ", "") in printed["en"], part
    for part in ("مراسل", "كيس", "الفقرة", "الجملة"):
        assert part[::-1] in printed["ar"], part


def _join(pdf: Pdf) -> str:
    return " ".join(" ".join(page) for page in pdf.pages)
