"""A slow phone on a slow line, by the browser's own means (DevTools): what a page sends it, and how it keeps up."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from bench.search.engines import Server

# A usual "slow 4G" of laboratories: bits down and up in a second, milliseconds there and back; and a phone's processor.
DOWN, UP, LATENCY, SLOWER = 1_600_000, 750_000, 150, 4
SIZE = {"width": 360, "height": 740}
KINDS = {".css": "CSS", ".js": "JS", ".woff2": "fonts", ".json": "JSON", "": "HTML", ".html": "HTML"}
TOLD = f"Line: {DOWN / 1e6} Mbit/s, {LATENCY} ms; processor {SLOWER} times slower"


@contextmanager
def open_phone(browser: Browser, slower: int = SLOWER) -> Iterator[Page]:
    """Open an empty page of a phone that has never seen the site; its processor is so many times slower."""
    context = browser.new_context(viewport=SIZE, device_scale_factor=2, is_mobile=True, has_touch=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    conditions = {"latency": LATENCY, "downloadThroughput": DOWN / 8, "uploadThroughput": UP / 8}
    session.send("Network.emulateNetworkConditions", {"offline": False, **conditions})
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    yield page
    context.close()


def sum_sent(server: Server) -> Counter[str]:
    """Return the bytes of bodies as sent, by kind of file, since the server's transfers were cleared."""
    sent: Counter[str] = Counter()
    for transfer in server.transfers:
        sent[KINDS.get(Path(transfer.path).suffix, "other")] += transfer.size
    return sent
