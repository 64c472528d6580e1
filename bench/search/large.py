"""Measure search over 10,000 real places: build, size of the index, bytes to a reader, time to results, right answers.

``python -m bench.search.large [--places 10000] [--engines musnad]``, from the project's folder. Time is measured twice:
with the page slowed down as DevTools does it, which leaves workers at full speed, and with its whole process.
"""

import argparse
import gzip
import os
import random
import signal
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from threading import Event, Thread

from playwright.sync_api import Browser, Page

from bench.search.engines import (
    BLANK,
    ENGINES,
    HERE,
    LANGS,
    Answer,
    BoxReader,
    Built,
    Server,
    build_sites,
    is_searching,
    open_browser,
    open_reader,
    serve,
)
from bench.search.records import Place, index_names, load_places, make_other_queries, make_own_queries, write_project
from bench.search.scores import Query, ask_all, tell_table

# Where each engine keeps what it searches, below the site.
INDEXES = {"musnad": "search", "material": "search", "pagefind": "pagefind"}
# Seconds between two keys of a practised typist, and that a slowed-down process runs at a time.
PACE, SLICE = 0.12, 0.002
# Patience for answers that take a slowed-down worker seconds, in ms.
SLOW_PATIENCE = 10_000
# Without the comment on top: what is evaluated must be a function.
SPIN = (HERE / "spin.js").read_text(encoding="utf-8").partition("\n")[2]


@dataclass(frozen=True)
class Sent:
    """What a reader is sent for searching, beside what the page itself needs."""

    requests: int
    size: int
    """Bytes of the bodies, as sent."""


@dataclass(frozen=True)
class Times:
    """What a reader waits for who types as soon as the page is there."""

    slower: tuple[float, float]
    """How many times slower the page and a worker in it really were."""
    first: Answer
    later: tuple[Answer, ...]


# Slow down


def find_process(browser: Browser, page: Page) -> int:
    """Return the id of the process that runs a page: the one that works while the page does."""
    session = browser.new_browser_cdp_session()

    def used() -> dict[int, float]:
        found = session.send("SystemInfo.getProcessInfo")["processInfo"]
        return {process["id"]: process["cpuTime"] for process in found if process["type"] == "renderer"}

    def watch(work: Callable[[], object]) -> dict[int, float]:
        before = used()
        work()
        after = used()
        return {process: after[process] - before[process] for process in before.keys() & after.keys()}

    # A new window has pages of the browser's own, which are at work at first.
    for _ in range(40):
        if sum(watch(lambda: time.sleep(0.5)).values()) < 0.05:
            break
    worked = watch(lambda: time_work(page))
    return max(worked, key=lambda process: worked[process])


@contextmanager
def slow_down(process: int, rate: float) -> Iterator[None]:
    """Let a process run only for the ``rate``-th part of the time."""
    done = Event()

    def run() -> None:
        balance, last = 0.0, time.perf_counter()

        def pass_time(seconds: float) -> float:
            nonlocal last
            time.sleep(max(0, seconds))
            passed, last = time.perf_counter() - last, time.perf_counter()
            return passed

        while not done.is_set():
            balance += (rate - 1) * pass_time(SLICE)
            os.kill(process, signal.SIGSTOP)
            # Sleep is never exact: what was too much or too little is made good the next time.
            balance -= pass_time(balance)
            os.kill(process, signal.SIGCONT)

    thread = Thread(target=run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


@contextmanager
def throttle_page(page: Page, rate: float) -> Iterator[None]:
    """Slow the page itself down with the browser's own means."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": rate})
    yield
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})


def time_work(page: Page) -> tuple[float, float]:
    """Return the milliseconds that the same work takes in the page and in a worker, the least of five."""
    runs = [page.evaluate(SPIN) for _ in range(5)]
    return min(run[0] for run in runs), min(run[1] for run in runs)


def find_rate(page: Page, process: int, usual: tuple[float, float], wanted: float) -> float:
    """Return the rate that slows work in the page and in its workers as much as wanted, both taken together."""
    rate = wanted
    for _ in range(4):
        with slow_down(process, rate):
            rate *= wanted * sum(usual) / sum(time_work(page))
    return rate


# Measure


def count_bytes(engine: str, browser: Browser, server: Server, queries: list[Query]) -> list[Sent]:
    """Open a page with an empty cache, type the queries key by key: what comes with the page, then for each query."""

    def count() -> Sent:
        sizes = [sent.size for sent in server.transfers if is_searching(engine, sent.path)]
        server.transfers.clear()
        return Sent(len(sizes), sum(sizes))

    server.transfers.clear()
    context = browser.new_context()
    reader = open_reader(engine, context.new_page(), server, queries[0].lang)
    counts = [count()]
    for query in queries:
        reader.ask(query.text, pace=PACE)
        counts.append(count())
    context.close()
    return counts


def time_results(
    engine: str, browser: Browser, server: Server, queries: list[Query], rate: float, *, is_whole: bool
) -> Times:
    """Open a page with an empty cache, slowed down, type the queries key by key, and take the time."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{server.address}{BLANK}")
    usual = time_work(page)
    if is_whole:
        process = find_process(browser, page)
        slowed_down = slow_down(process, find_rate(page, process, usual, rate))
    else:
        slowed_down = throttle_page(page, rate)
    with slowed_down:
        slowed = time_work(page)
        reader = open_reader(engine, page, server, queries[0].lang, is_patient=False)
        if isinstance(reader, BoxReader):
            reader.patience = SLOW_PATIENCE
        first, *later = [reader.ask(query.text, pace=PACE) for query in queries]
    context.close()
    return Times((slowed[0] / usual[0], slowed[1] / usual[1]), first, tuple(later))


def measure_reading(
    built: Built, queries: list[Query], rate: float, latency: float
) -> Iterator[tuple[list[object], list[list[object]]]]:
    """Let readers of each language search a site; yield for each a row of what was sent and rows of times."""
    with serve(built.folder) as server, open_browser() as browser:
        for lang in LANGS:
            own = [query for query in queries if query.lang == lang]
            server.latency = 0
            opening, first, *later = count_bytes(built.engine, browser, server, own)
            sizes, requests = [sent.size for sent in later], [sent.requests for sent in later]
            sent = (
                opening.size, opening.requests, first.size, first.requests,
                statistics.median(sizes), max(sizes), statistics.median(requests), max(requests),
            )  # fmt: skip
            server.latency = latency / 1000
            rows = []
            for is_whole in (False, True):
                times = time_results(built.engine, browser, server, own, rate, is_whole=is_whole)
                rows.append([built.engine, lang, "process" if is_whole else "page", *summarise(times)])
            yield [built.engine, lang, *sent], rows


def summarise(times: Times) -> Iterator[object]:
    """Yield what a row of times tells."""
    found = sorted(answer.found for answer in times.later)
    yield from (times.first.found, times.first.took)
    yield from (statistics.median(found), found[int(0.95 * (len(found) - 1))], found[-1])
    yield statistics.median(answer.took for answer in times.later)
    yield from (f"{factor:.1f}" for factor in times.slower)


def tell_row(cells: list[object]) -> str:
    """Return a row of a table."""
    return f"| {' | '.join(f'{cell:,.0f}' if isinstance(cell, int | float) else str(cell) for cell in cells)} |"


def measure_index(built: Built) -> tuple[int, int, int]:
    """Return files, bytes, and bytes with gzip of what an engine searches."""
    files = [path for path in (built.folder / INDEXES[built.engine]).rglob("*") if path.is_file()]
    contents = [path.read_bytes() for path in files]
    return len(files), sum(map(len, contents)), sum(len(gzip.compress(content, 6)) for content in contents)


# Tell


def tell_sizes(built: dict[str, Built]) -> Iterator[str]:
    """Yield the table of builds and indexes."""
    yield "| engine | build, s | index: files | bytes | with gzip |"
    yield "|---|--:|--:|--:|--:|"
    for engine, site in built.items():
        files, size, packed = measure_index(site)
        yield f"| {engine} | {f'{site.seconds:.0f}' if site.seconds else '–'} | {files:,} | {size:,} | {packed:,} |"


SENT = (
    "engine | language | bytes with the page | requests | bytes to the first results | requests "
    "| bytes for a later query, median | most | requests, median | most"
)
TIMES = (
    "engine | language | slowed down | first query, ms: first result | all | later queries, ms: first result, median "
    "| 95 % | most | all, median | slower: page | worker"
)


def choose_queries(places: list[Place], sample: int) -> dict[str, list[Query]]:
    """Return a sample of the names that records have, and one of those they lack, by sort."""
    rng = random.Random(1)
    bearers = index_names(places)
    others = [query for query in make_other_queries(places, bearers) if query.kind in ("Arabic", "Latin")]
    groups: dict[str, list[Query]] = {}
    for queries in ([*make_own_queries(places, bearers)], others):
        unique = list(dict.fromkeys(queries))
        for query in rng.sample(unique, min(sample, len(unique))):
            groups.setdefault(query.kind, []).append(query)
    return dict(sorted(groups.items(), reverse=True))


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--places", type=int, default=10_000)
    parser.add_argument("--claims", type=int, help="default: a fifth of the places")
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=["musnad"])
    parser.add_argument("--typed", type=int, default=40, help="later queries typed key by key, both languages together")
    parser.add_argument("--sample", type=int, default=500, help="queries of each of both groups of names")
    parser.add_argument("--rate", type=float, default=4, help="how many times slower the page's process runs")
    parser.add_argument("--latency", type=float, default=0, help="ms before each response while time is measured")
    parser.add_argument("--work", type=Path, help="keep project and sites here, and use those that are there already")
    arguments = parser.parse_args()
    places = list(islice(load_places(), arguments.places))
    groups = choose_queries(places, arguments.sample)
    own = [query for name in ("own, Arabic", "own, Latin") for query in groups[name][: arguments.typed // 2 + 1]]
    with nullcontext(arguments.work) if arguments.work else tempfile.TemporaryDirectory(prefix="musnad-") as work:
        project = Path(work).resolve() / "project"
        if not project.is_dir():
            write_project(places, arguments.claims or len(places) // 5, project)
        built = build_sites(arguments.engines, project, Path(work).resolve())
        print(f"\n### {len(places):,} places\n")
        print("\n".join(tell_sizes(built)), flush=True)
        reading = [
            rows for site in built.values() for rows in measure_reading(site, own, arguments.rate, arguments.latency)
        ]
        sent, times = [row for row, _ in reading], [row for _, rows in reading for row in rows]
        for heading, rows in ((SENT, sent), (TIMES, times)):
            print(f"\n| {heading} |\n|---|---|{'--:|' * (heading.count('|') - 1)}")
            print("\n".join(map(tell_row, rows)), flush=True)
        everything = [query for queries in groups.values() for query in queries]
        answers = {engine: ask_all(engine, site.folder, everything, keys=1) for engine, site in built.items()}
        print("\nPer cent right:\n")
        print("\n".join(tell_table(groups, answers, "names")))


if __name__ == "__main__":
    main()
