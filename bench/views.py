"""Measure the views over many claims on a slow phone: bytes, time until something can be done and is done, frames.

``python -m bench.views SITE``, from the project's folder, prints a table for the table of all claims, the explorer of
relations and the map of a built site; line and processor as in ``phone.py``. Every step begins where the last one
ended, with what that has loaded.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.sync_api import Browser, Page

from bench.phone import SLOWER, TOLD, open_phone, sum_sent
from bench.search.engines import LANGS, Server, open_browser, serve

OPEN = 6
"""Entities whose neighbours are all asked for in the largest view of the explorer, those with most ties."""
MOVES, TURNS = 60, 40
"""Moves of a pointer or a wheel in one step, and how many of them go one way."""
SLOW = 50
"""Milliseconds after which a frame is felt to be late."""
WORDS = {"ar": "طحين", "en": "flour"}
IS_SORTED = """new URLSearchParams(location.search).get("sort") && document.querySelector("[aria-rowindex='2']")"""
_SENT = ("JS", "JSON")
_WATCH = """
window.seen = { frames: [], tasks: [] }
const note = (list) => { for (const { duration } of list.getEntries()) seen.tasks.push(duration) }
new PerformanceObserver(note).observe({ type: "longtask" })
let last = 0
const tick = (now) => { if (last) seen.frames.push(now - last); last = now; requestAnimationFrame(tick) }
requestAnimationFrame(tick)
"""
# Does something in the page, and tells after how many milliseconds the page shows it.
_DO = """([act, done]) => new Promise((resolve, reject) => {
  const root = document.querySelector("#claims, #relations, #map"), from = performance.now()
  const before = root?.querySelector("table")?.getAttribute("aria-rowcount")
  const isDone = new Function("root", "before", `return ${done}`)
  new Function("root", act)(root)
  const look = (now) => {
    if (isDone(root, before)) setTimeout(() => resolve(performance.now() - from))
    else if (now - from > 120000) reject(new Error(done))
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look) })"""


@dataclass(frozen=True)
class Step:
    """Something that a reader does: in the page, or with the pointer; and when the page has done it."""

    name: str
    act: str | Callable[[Page], None]
    """A script, which knows ``root``; or what is done from outside, whose time says nothing."""
    done: str = "true"
    """An expression, which also knows how many rows a table had ``before``."""


@dataclass(frozen=True)
class Taken:
    """What a step took: milliseconds, bytes as sent, the longest task by the clock and by the processor, all frames."""

    time: float | None
    sent: Counter[str]
    task: float
    work: float
    frames: tuple[float, ...]


@dataclass(frozen=True)
class View:
    """A view, what is asked of it in its address, when it can be used, and what is done with it."""

    name: str
    address: str
    usable: str
    steps: Sequence[Step]


def drag(selector: str) -> Callable[[Page], None]:
    """Return what drags a picture to and fro."""

    def act(page: Page) -> None:
        page.locator(selector).scroll_into_view_if_needed()
        box = page.locator(selector).bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, min(box["y"], 600) + min(box["height"], 200) / 2
        page.mouse.move(x, y)
        page.mouse.down()
        for step in range(MOVES):
            turn = abs(step % TURNS - TURNS / 2)
            page.mouse.move(x + turn * 6 - 60, y + turn * 3 - 30)
        page.mouse.up()

    return act


def scroll(page: Page) -> None:
    """Scroll the page down, far, and half the way back."""
    for step in range(MOVES):
        page.mouse.wheel(0, 700 if step < TURNS else -700)
        page.wait_for_timeout(30)


def _choose(facet: str) -> str:
    """Return a script that chooses what a filter offers first, once it offers anything."""
    return f"""root.querySelector("details.filters").open = true
      const look = () => {{
        const named = (one) => one.querySelector("summary").textContent === {facet!r}
        const box = [...root.querySelectorAll(".filter")].find(named)
        if (box) box.open = true
        const input = box?.querySelector("input[type=checkbox]")
        if (input) input.click(); else setTimeout(look, 5)
      }}
      look()"""


def _enter(field: str, value: str, event: str) -> str:
    return f'const box = root.querySelector("{field}"); box.value = "{value}"; box.dispatchEvent(new Event("{event}"))'


def list_views(site: Path, lang: str) -> list[View]:
    """Return the views, with what is largest in this site."""
    labels = json.loads((site / f"data/{lang}/labels.json").read_text(encoding="utf-8"))["facets"]
    has_rows = """document.querySelector("[aria-rowindex='2']")"""
    is_changed = f'root.querySelector("table").getAttribute("aria-rowcount") !== before && {has_rows}'
    edges = json.loads((site / "data/edges.json").read_text(encoding="utf-8"))
    counts = Counter(n for edge in edges["edges"] for n in edge[:2])
    ids = ",".join(edges["entities"][n][0] for n, _ in counts.most_common(OPEN))
    is_drawn = 'document.querySelector("#relations[data-ready=picture]")'
    neighbours = 'root.querySelector(".hood__row .hood__other button").click()'
    is_whole = '!root.querySelector("[aria-busy]")'
    web = [
        Step("the picture is dragged", drag(".web__picture")),
        Step(
            "a relation is chosen",
            _choose(labels["predicate"]),
            f'location.search.includes("predicate=") && {is_whole}',
        ),
    ]
    return [
        View(
            "table",
            "claims/all/",
            f'document.querySelector(".explore__tools:not([hidden])") && {has_rows}',
            [
                Step("a voice is chosen", _choose(labels["named"]), is_changed),
                Step("a place is chosen", _choose(labels["place"]), is_changed),
                Step("all filters taken away", 'root.querySelector(".chips .quiet-button").click()', is_changed),
                Step("a word looked for", _enter("#claims-q", WORDS[lang], "input"), is_changed),
                Step("no word any more", _enter("#claims-q", "", "input"), is_changed),
                Step("sorted by title", _enter("#claims-sort", "title", "change"), IS_SORTED),
                Step("scrolled", scroll),
            ],
        ),
        View("explorer", "claims/relations/", is_drawn, [Step("neighbours asked for", neighbours, is_whole), *web]),
        View("explorer, as much as is ever drawn", f"claims/relations/?more=9&at={ids}", is_drawn, web),
        View(
            "map",
            "map/",
            'document.querySelector(".map__svg.is-live")',
            [
                Step("nearer", 'root.querySelector("[data-do=in]").click()'),
                Step("nearer again", 'root.querySelector("[data-do=in]").click()'),
                Step("dragged", drag(".map__svg")),
                Step(
                    "a voice is chosen", _choose(labels["named"]), 'new URLSearchParams(location.search).get("named")'
                ),
            ],
        ),
    ]


@contextmanager
def trace(browser: Browser, page: Page) -> Iterator[list[float]]:
    """Gather for how many milliseconds each task of a page has the processor, whatever else wants it."""
    tasks: list[float] = []
    browser.start_tracing(page=page, categories=["blink.user_timing", "disabled-by-default-devtools.timeline"])
    yield tasks
    page.evaluate("(name) => performance.mark(name)", __name__)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    own = next((event["pid"], event["tid"]) for event in events if event["name"] == __name__)
    tasks += [
        event.get("tdur", 0) / 1000
        for event in events
        if event["name"] == "RunTask" and (event["pid"], event["tid"]) == own
    ]


def take(page: Page, server: Server, step: Step) -> Taken:
    """Do a step and return what it took."""
    server.transfers.clear()
    page.evaluate("Object.assign(seen, { frames: [], tasks: [] })")
    if isinstance(step.act, str):
        time = page.evaluate(_DO, [step.act, step.done])
    else:
        time = step.act(page)
        page.evaluate(_DO, ["", step.done])
    return watch(page, server, time)


def watch(page: Page, server: Server, time: float | None) -> Taken:
    """Let the page come to rest and return what was seen since it was last asked."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    seen = page.evaluate("seen")
    return Taken(time, sum_sent(server), max(seen["tasks"], default=0), 0, tuple(seen["frames"]))


def open_view(browser: Browser, server: Server, lang: str, view: View, slower: int) -> Iterator[tuple[str, Taken]]:
    """Open a view on a slow phone, and yield each step with what it took."""
    with open_phone(browser, slower) as page:
        page.add_init_script(_WATCH)
        server.transfers.clear()
        with trace(browser, page) as tasks:
            page.goto(f"{server.address}{lang}/{view.address}", wait_until="commit")
            page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length", timeout=120_000)
            first = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
            early = Taken(first, sum_sent(server), 0, 0, ())
            page.wait_for_function(view.usable, timeout=240_000)
            usable = watch(page, server, page.evaluate("performance.now()"))
        yield "first paint", early
        yield "can be used", replace(usable, work=max(tasks) * SLOWER / slower)
        for step in view.steps:
            with trace(browser, page) as tasks:
                taken = take(page, server, step)
            yield step.name, replace(taken, work=max(tasks) * SLOWER / slower)


def merge(rounds: Sequence[Taken]) -> list[str]:
    """Return the cells of a step: what it took in the best of several rounds, which had most of the machine."""
    times = [taken.time for taken in rounds if taken.time is not None]
    sent = rounds[0].sent
    sizes = [*(sent[kind] for kind in _SENT), sum(sent.values())]
    gaps = [max(taken.frames) for taken in rounds if taken.frames]
    late = [sum(gap > SLOW for gap in taken.frames) / len(taken.frames) for taken in rounds if taken.frames]
    return [
        f"{min(times):,.0f}" if times else "",
        *(f"{size / 1000:.1f}" for size in sizes),
        f"{min(taken.task for taken in rounds):,.0f}",
        f"{min(taken.work for taken in rounds):,.0f}",
        f"{min(gaps):,.0f}" if gaps else "",
        f"{min(late):.0%}" if late else "",
    ]


def tell(site: Path, repeat: int, names: Sequence[str], slower: int) -> Iterator[str]:
    """Yield the table."""
    heads = [
        "view",
        "language",
        "step",
        "ms",
        *_SENT,
        "all",
        "longest task, ms",
        "on the processor, ms",
        "longest frame, ms",
    ]
    yield f"| {' | '.join(heads)} | frames over {SLOW} ms |"
    yield f"|---|---|---|{'--:|' * (len(heads) - 2)}"
    with serve(site) as server, open_browser() as browser:
        for lang in LANGS:
            for view in list_views(site, lang):
                if names and view.name.split(",")[0] not in names:
                    continue
                print(f"{lang}: {view.name}", file=sys.stderr)
                rounds = [[*open_view(browser, server, lang, view, slower)] for _ in range(repeat)]
                for same in zip(*rounds, strict=True):
                    cells = merge([taken for _, taken in same])
                    yield f"| {view.name} | {lang} | {same[0][0]} | {' | '.join(cells)} |"


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", type=Path, help="a built site")
    parser.add_argument("--repeat", type=int, default=3, help="how often each view is opened; the least counts")
    parser.add_argument("--views", nargs="*", default=[], choices=["table", "explorer", "map"], help="only these")
    parser.add_argument(
        "--slower",
        type=int,
        default=SLOWER,
        help="how many times slower the processor is made; with 1, times on the processor, told as of one four times "
        "slower, can be trusted where other programs run too, and no other times",
    )
    arguments = parser.parse_args()
    print(f"Bytes in thousands, as sent. {TOLD}.\n")
    for line in tell(arguments.site, arguments.repeat, arguments.views, arguments.slower):
        print(line, flush=True)


if __name__ == "__main__":
    main()
