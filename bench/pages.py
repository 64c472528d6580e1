"""Measure what a reader of one page is sent, and how soon a slow phone shows it.

``python -m bench.pages [--site DIR]``, from the project's folder, builds the real record or takes a built site, serves
it with gzip as static hosts do, opens a page of every type in a small Chromium window with an empty cache, and prints a
Markdown table. Line and processor are slowed down by the browser's own means (DevTools).
"""

import argparse
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

from bench.phone import TOLD, open_phone, sum_sent
from bench.search.engines import LANGS, PROJECT, Server, open_browser, run_child, serve

SENT = ("HTML", "CSS", "JS", "fonts", "JSON", "other")


@dataclass(frozen=True)
class Opened:
    """One page opened once."""

    sent: Counter[str]
    """Bytes of bodies as sent, by kind of file."""
    requests: int
    first_paint: float
    """Milliseconds until the first text is drawn."""
    largest: float
    """Milliseconds until the largest part of the window is drawn."""


def list_pages(site: Path, lang: str) -> Iterator[tuple[str, str]]:
    """Yield each type of page with the page of that type that has the median size."""
    types = {
        "home": [site / lang / "index.html"],
        "entity": [*(site / lang / "entities").glob("*/index.html")],
        "claim": [*(site / lang / "claims").glob("*/*/index.html")],
        "source, with its sentences": [*(site / lang / "sources").glob("*/index.html")],
        "list of a kind": [*(site / lang / "browse").glob("*/*/index.html")],
        "claims": [site / lang / "claims/index.html"],
        "how to read this": [site / lang / "reading/index.html"],
        "hand-written": [site / lang / "method/index.html"],
    }
    for name, files in types.items():
        if found := sorted((file.stat().st_size, file) for file in files if file.is_file()):
            yield name, found[len(found) // 2][1].parent.relative_to(site).as_posix() + "/"


def open_page(browser: Browser, server: Server, path: str) -> Opened:
    """Open a page on a slow phone that has never seen the site."""
    with open_phone(browser) as page:
        server.transfers.clear()
        page.goto(f"{server.address}{path}", wait_until="networkidle")
        first = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        largest = page.evaluate(
            """() => new Promise(resolve => new PerformanceObserver(list => resolve(list.getEntries().at(-1).startTime))
              .observe({ type: "largest-contentful-paint", buffered: true }))"""
        )
        return Opened(sum_sent(server), len(server.transfers), first, largest)


def tell(site: Path, repeat: int) -> Iterator[str]:
    """Yield the table."""
    yield f"| page | language | requests | {' | '.join(SENT)} | all | first paint, ms | largest, ms |"
    yield f"|---|---|--:|{'--:|' * (len(SENT) + 3)}"
    with serve(site) as server, open_browser() as browser:
        for lang in LANGS:
            for name, path in list_pages(site, lang):
                print(f"{name}: {path}", file=sys.stderr)
                rounds = [open_page(browser, server, path) for _ in range(repeat)]
                sent = rounds[0].sent
                sizes = [*(sent[kind] for kind in SENT), sum(sent.values())]
                first = statistics.median(opened.first_paint for opened in rounds)
                largest = statistics.median(opened.largest for opened in rounds)
                cells = " | ".join(f"{size / 1000:.1f}" for size in sizes)
                yield f"| {name} | {lang} | {rounds[0].requests} | {cells} | {first:,.0f} | {largest:,.0f} |"


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--site", type=Path, help="a built site; default: the real record is built")
    parser.add_argument("--repeat", type=int, default=3, help="how often each page is opened")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="musnad-pages-") as folder:
        site = arguments.site or Path(folder) / "site"
        if not arguments.site:
            run_child([sys.executable, "-m", "mkdocs", "build", "--quiet", "-d", str(site)], PROJECT)
        print(f"Bytes in thousands, as sent. {TOLD}.\n")
        print("\n".join(tell(site, arguments.repeat)))


if __name__ == "__main__":
    main()
