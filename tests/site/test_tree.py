"""A claim as the accessibility tree of Chromium has it, in both languages: ``tree/`` is to be read by people.

``python -m tests.site.test_tree`` writes them anew; read what changed as somebody who hears the page would.
"""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from musnad.text.languages import LANGS, Lang
from tests.second import SECOND
from tests.site.conftest import CHROMIUM, ROOT, _build, serve

GOLDEN = Path(__file__).parent / "tree"
CLAIMS = {"second": "claims/almanara-ice/ice-share-of-cost", "real": "claims/sy24-109221/flour-price"}
# What a reader hears no word of: the parts of text, and boxes without a role.
SILENT = {"InlineTextBox", "none", "generic", "ListMarker", "LineBreak"}
NAMED = {"heading", "link", "button", "textbox", "radio", "term", "DisclosureTriangle"}


def read_out(page: Page) -> str:
    """Return what is there for a reader's program, a line for each: its role, what it says, what it is called."""
    session = page.context.new_cdp_session(page)
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    session.detach()
    root = next(node for node in nodes.values() if "parentId" not in node)
    return "\n".join(_lines(root, nodes, 0)) + "\n"


def _lines(node: dict[str, Any], nodes: dict[str, dict[str, Any]], depth: int) -> Iterator[str]:
    role, name = node["role"]["value"], " ".join(node.get("name", {}).get("value", "").split())
    is_silent = node.get("ignored") or role in SILENT or (role == "StaticText" and not name)
    if not is_silent:
        says = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
        kept = [f"{key} {says[key]}" for key in ("level", "expanded", "checked", "keyshortcuts") if key in says]
        yield "  " * depth + ", ".join([role, *kept]) + (f": {name}" if name else "")
    # A text says its name, and so does what is named by what it holds.
    if role == "StaticText":
        return
    inner = [nodes[child] for child in node.get("childIds", []) if child in nodes]
    if role in NAMED and _is_said(inner, nodes, name):
        return
    for child in inner:
        yield from _lines(child, nodes, depth + (not is_silent))


def _is_said(inner: list[dict[str, Any]], nodes: dict[str, dict[str, Any]], name: str) -> bool:
    """Whether a name has said all that stands inside, with nothing but text there."""
    texts, inner = [], list(inner)
    while inner:
        node = inner.pop(0)
        role = node["role"]["value"]
        if role == "StaticText":
            texts.append(node.get("name", {}).get("value", ""))
        elif not (node.get("ignored") or role in SILENT):
            return False
        else:
            inner = [nodes[child] for child in node.get("childIds", []) if child in nodes] + inner
    return "".join("".join(texts).split()) == "".join(name.split())


def _read_claim(browser: Browser, address: str, lang: Lang, path: str) -> str:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{address}{lang}/{path}/")
    page.wait_for_load_state("networkidle")
    text = read_out(page)
    page.close()
    return text


@pytest.mark.browser
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("record", CLAIMS)
def test_claim_is_read_out_as_it_was_listened_to(
    record: str, lang: Lang, browser: Browser, request: pytest.FixtureRequest
) -> None:
    """Any change of what a reader hears is seen in review."""
    site = request.getfixturevalue("second") if record == "second" else request.getfixturevalue("builds").first
    with serve(site) as address:
        text = _read_claim(browser, address, lang, CLAIMS[record])
    assert text == (GOLDEN / f"{record}-{lang}.txt").read_text(encoding="utf-8")


def write_golden() -> None:
    """Write every text anew."""
    GOLDEN.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for record, path in CLAIMS.items():
            project = Path(folder) / record
            if record == "second":
                shutil.copytree(SECOND, project)
            else:
                for name in ("entries", "docs"):
                    shutil.copytree(ROOT / name, project / name)
                shutil.copy(ROOT / "mkdocs.yml", project)
            _build(project, {})
            with serve(project / "site") as address:
                for lang in LANGS:
                    text = _read_claim(browser, address, lang, path)
                    (GOLDEN / f"{record}-{lang}.txt").write_text(text, encoding="utf-8")
        browser.close()


if __name__ == "__main__":
    write_golden()
