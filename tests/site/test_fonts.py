"""Every letter on the site comes from the fonts it brings."""

import html
import re
import unicodedata

import pytest
from playwright.sync_api import Browser

from tests.site.conftest import Builds
from tests.theme.test_fonts import read_script

# Code is set in the reader's own font, and so is the one word of the other script in the header.
_UNREAD = re.compile(r"<(script|style|pre|code)\b.*?</\1>|<[^>]*>", re.DOTALL)


@pytest.mark.parametrize("weight", [400, 700])
def test_characters_of_every_page_are_in_the_fonts(builds: Builds, weight: int) -> None:
    """Those of each script in its own; signs of both in the Latin one."""
    fonts = {script: read_script(script, weight) for script in ("latin", "arabic")}
    shown: set[str] = set()
    for path in builds.first.rglob("*.html"):
        shown |= set(html.unescape(_UNREAD.sub(" ", path.read_text(encoding="utf-8"))))
    seen = {c for c in shown if not c.isspace() and unicodedata.category(c) != "Cf"}
    assert len(seen) > 100
    missing = [c for c in seen if ord(c) not in fonts["arabic" if "ARABIC" in unicodedata.name(c) else "latin"]]
    assert sorted(missing) == []


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_words_are_drawn_in_one_font(browser: Browser, address: str, lang: str) -> None:
    """Read from Chromium: which fonts drew a page, and a name with letters that are put together."""
    page = browser.new_page()
    page.goto(f"{address}{lang}/entities/al-bukamal/")
    page.evaluate("document.querySelector('h1').textContent = 'Ḥāʾir al-ʿAqūl, aṯ-Ṯawra, Ḫān, گچپژ'")
    page.evaluate("document.querySelectorAll('code, .switch').forEach(element => element.remove())")
    page.evaluate("document.fonts.ready")
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    nodes = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": "body *"})["nodeIds"]
    used = [session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"] for node in nodes]
    assert {font["familyName"] for fonts in used for font in fonts} == {"Musnad Latin", "Musnad Arabic"}
    page.close()


_ASKED = {
    "ar": {"plex-arabic-400", "plex-arabic-700", "plex-latin-400"},
    "en": {"plex-latin-400", "plex-latin-700"},
}


@pytest.mark.browser
@pytest.mark.parametrize("lang", _ASKED)
def test_page_asks_for_common_letters_alone(browser: Browser, address: str, lang: str) -> None:
    """Until there is a letter of another alphabet, which joins its neighbours all the same."""
    page = browser.new_page()
    asked: list[str] = []
    page.on("requestfinished", lambda request: asked.append(request.url))
    page.goto(f"{address}{lang}/about/", wait_until="networkidle")
    assert {url.rpartition("/")[2].removesuffix(".woff2") for url in asked if ".woff2" in url} == _ASKED[lang]
    page.evaluate("document.querySelector('h1').textContent = 'کوردستان ێ Ḥāʾir'")
    page.evaluate("document.fonts.ready")
    page.wait_for_load_state("networkidle")
    found = {url.rpartition("/")[2].removesuffix(".woff2") for url in asked if "-more" in url}
    assert found == {"plex-arabic-more-700", "plex-latin-more-700"}
    page.close()
