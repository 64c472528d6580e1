"""Measure the explorer of relations on a slow phone: bytes, time until it can be used, frames while panning.

``python -m bench.relations SITE``, from the project's folder, prints a table; line and processor as in ``pages.py``.
"""

import argparse
import json
import statistics
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page

from bench.pages import DOWN, KINDS, LATENCY, PHONE, SLOWER, UP
from bench.search.engines import LANGS, Server, open_browser, serve

OPEN = 6
"""Entities whose neighbours are all asked for in the largest view, those with most ties."""
PANS = 120
_FRAMES = """() => { window.frames_ = []; let last = 0
  const tick = (now) => { if (last) frames_.push(now - last); last = now; requestAnimationFrame(tick) }
  requestAnimationFrame(tick) }"""
_FILTER = """() => new Promise((resolve) => {
  const box = document.querySelector('.filter input'), from = performance.now()
  box.click(); requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - from))) })"""


def find_views(site: Path) -> dict[str, str]:
    """Return what is asked for, by what it shows."""
    edges = json.loads((site / "data/edges.json").read_text(encoding="utf-8"))
    counts = Counter(n for edge in edges["edges"] for n in edge[:2])
    ids = [edges["entities"][n][0] for n, _ in counts.most_common(OPEN)]
    return {"as it begins": "", "as much as is ever drawn": f"?more=9&at={','.join(ids)}"}


def pan(page: Page) -> list[float]:
    """Drag the picture to and fro and return the milliseconds from frame to frame."""
    box = page.locator(".web__picture").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(_FRAMES)
    for step in range(PANS):
        page.mouse.move(x + (step % 30) * 4 - 60, y + (step % 40) * 3 - 60)
    page.mouse.up()
    return list(page.evaluate("frames_"))


def open_view(browser: Browser, server: Server, address: str) -> list[str]:
    """Open a view and return the cells of its row."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    conditions = {"latency": LATENCY, "downloadThroughput": DOWN / 8, "uploadThroughput": UP / 8}
    session.send("Network.emulateNetworkConditions", {"offline": False, **conditions})
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    server.transfers.clear()
    page.goto(f"{server.address}{address}", wait_until="commit")
    page.wait_for_selector(".web__list .hood__row", timeout=120_000)
    shown = page.evaluate("performance.now()")
    page.wait_for_selector("#relations[data-ready=picture]", timeout=120_000)
    drawn = page.evaluate("performance.now()")
    page.wait_for_load_state("networkidle")
    sent = {
        kind: sum(t.size for t in server.transfers if KINDS.get(Path(t.path).suffix) == kind) for kind in ("JS", "JSON")
    }
    whole = sum(transfer.size for transfer in server.transfers)
    nodes = page.evaluate("document.querySelector('.web__picture')._cyreg.cy.nodes().length")
    page.locator(".web__picture").scroll_into_view_if_needed()
    frames = sorted(pan(page))
    filtered = page.evaluate(_FILTER)
    context.close()
    bytes_ = [f"{size / 1000:.0f}" for size in (*sent.values(), whole)]
    times = [
        f"{value:,.0f}"
        for value in (shown, drawn, statistics.median(frames), frames[int(len(frames) * 0.95)], filtered)
    ]
    return [str(nodes), *bytes_, *times]


def tell(site: Path) -> Iterator[str]:
    """Yield the table."""
    heads = ["view", "language", "entities drawn", "JS", "JSON", "all", "list, ms", "picture, ms"]
    heads += ["frame while panning, median ms", "95th of 100, ms", "a filter, ms"]
    yield f"| {' | '.join(heads)} |"
    yield f"|---|---|{'--:|' * (len(heads) - 2)}"
    with serve(site) as server, open_browser() as browser:
        for lang in LANGS:
            for name, asked in find_views(site).items():
                cells = open_view(browser, server, f"{lang}/claims/relations/{asked}")
                yield f"| {name} | {lang} | {' | '.join(cells)} |"


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", type=Path, help="a built site")
    print(f"Bytes in thousands, as sent. Line: {DOWN / 1e6} Mbit/s, {LATENCY} ms; processor {SLOWER} times slower.\n")
    for line in tell(parser.parse_args().site):
        print(line, flush=True)


if __name__ == "__main__":
    main()
