"""Measure builds: ours, and plain Material for MkDocs on the same Markdown, interleaved in one run.

``python bench/build.py [--sizes 500 5000] [--repeat 3] [--output FILE]`` prints a Markdown table. The kernel's own
accounting of each finished child is used (os.wait4); everything is written to tmpfs when there is one. CPU is user plus
system time. Builds are quoted with the minimum and the median over the repeats: the minimum is the least disturbed.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

BENCH = Path(__file__).resolve().parent
PROJECT = BENCH.parent
BUILDERS = {
    "isnad": "mkdocs build with the isnad plugin, from YAML",
    "plain": "mkdocs build without it, from the exported Markdown, with the exported overrides",
    "stock": "as plain, but with the theme's own templates",
}
PACKAGES = ("mkdocs", "mkdocs-material", "markdown", "jinja2", "pydantic", "pyyaml")
ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(PROJECT), "PYTHONHASHSEED": "0"}
# Prints one JSON object: CPU seconds of loading with checking, and of making every page as Markdown.
GENERATION = """
import json, sys, time
from pathlib import Path
from generator.check import load_checked
from generator.locale import load_all_words
from generator.site import Site, SiteOptions
start = time.process_time()
catalogue = load_checked(Path(sys.argv[1]))
loaded = time.process_time()
count = sum(1 for _ in Site.make(catalogue, load_all_words(), SiteOptions("https://example.org/")).pages())
print(json.dumps({"load": loaded - start, "pages": time.process_time() - loaded, "count": count}))
"""


@dataclass(frozen=True)
class Case:
    """A project folder to build; ``records`` counts its sources, entities and claims."""

    name: str
    folder: Path
    records: int


@dataclass(frozen=True)
class Run:
    """One finished child: seconds, seconds, MiB."""

    cpu: float
    wall: float
    peak: float


@dataclass(frozen=True)
class Figures:
    """All runs of one builder on one case, and what it wrote."""

    runs: tuple[Run, ...]
    pages: int
    written: float
    """MiB of HTML."""

    @property
    def cpu(self) -> float:
        """Least CPU seconds."""
        return min(run.cpu for run in self.runs)

    @property
    def page(self) -> float:
        """Least CPU milliseconds per page."""
        return 1000 * self.cpu / self.pages


def run_child(command: list[str], folder: Path) -> Run:
    """Run a command to its end; raise CalledProcessError with what it printed when it fails."""
    with tempfile.TemporaryFile() as printed:
        start = time.perf_counter()
        child = subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=printed, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            printed.seek(0)
            raise subprocess.CalledProcessError(child.returncode, command, printed.read().decode(errors="replace"))
    # Linux counts ru_maxrss in KiB, macOS in bytes.
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return Run(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / unit)


def build_command(configuration: Path, site: Path) -> list[str]:
    """Return the command that builds a site."""
    return [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(configuration), "-d", str(site)]


def measure_site(site: Path) -> tuple[int, float]:
    """Return the number of pages, without the 404 page, and the MiB of HTML."""
    sizes = [path.stat().st_size for path in site.rglob("*.html") if path.name != "404.html"]
    return len(sizes), sum(sizes) / 1024**2


def prepare_cases(sizes: Iterable[int], work: Path) -> Iterator[Case]:
    """Yield the real record and a synthetic one of each size."""
    real = sum(
        1 for folder in ("sources", "entities", "claims") for _ in (PROJECT / "entries" / folder).rglob("*.yaml")
    )
    yield Case("the record", PROJECT, real)
    for size in sizes:
        folder = work / f"synthetic-{size}"
        # In a child: what this process holds would count as the peak memory of every child it starts.
        run_child([sys.executable, str(BENCH / "synthetic.py"), str(size), str(folder)], PROJECT)
        yield Case(f"synthetic {size}", folder, size)


def export_markdown(case: Case, work: Path, builders: Iterable[str]) -> dict[str, Path]:
    """Write what each builder builds from; return its configuration files."""
    exported = work / f"{case.folder.name}-markdown"
    command = [sys.executable, "-m", "generator", "export", "markdown", str(exported)]
    run_child([*command, "--entries", str(case.folder / "entries"), "--docs", str(case.folder / "docs")], PROJECT)
    configuration = (exported / "mkdocs.yml").read_text(encoding="utf-8")
    # The root page names its template; here it gets the theme's.
    (exported / "stock").mkdir()
    (exported / "stock/root.html").write_text('{% extends "main.html" %}', encoding="utf-8")
    stock = configuration.replace("custom_dir: overrides\n", "custom_dir: stock\n")
    (exported / "stock.yml").write_text(stock, encoding="utf-8")
    files = {"isnad": case.folder / "mkdocs.yml", "plain": exported / "mkdocs.yml", "stock": exported / "stock.yml"}
    return {builder: files[builder] for builder in builders}


def measure_builds(cases: list[Case], builders: list[str], repeat: int, work: Path) -> dict[tuple[str, str], Figures]:
    """Build every case with every builder in turn, ``repeat`` times over; return the figures by case and builder."""
    configurations = {case.name: export_markdown(case, work, builders) for case in cases}
    runs: defaultdict[tuple[str, str], list[Run]] = defaultdict(list)
    wrote: dict[tuple[str, str], tuple[int, float]] = {}
    site = work / "site"
    for _ in range(repeat):
        for case in cases:
            for builder in builders:
                shutil.rmtree(site, ignore_errors=True)
                configuration = configurations[case.name][builder]
                run = run_child(build_command(configuration, site), configuration.parent)
                runs[case.name, builder].append(run)
                wrote[case.name, builder] = measure_site(site)
                print(f"{case.name}, {builder}: {run.cpu:.1f} s of CPU", file=sys.stderr)
    return {key: Figures(tuple(found), *wrote[key]) for key, found in runs.items()}


def measure_parts(case: Case, repeat: int) -> dict[str, float]:
    """Return the least CPU seconds of ``isnad check``, of loading, and of making the Markdown, and the page count."""
    entries = str(case.folder / "entries")
    checks = [run_child([sys.executable, "-m", "generator", "check", entries], PROJECT).cpu for _ in range(repeat)]
    parts = []
    for _ in range(repeat):
        command = [sys.executable, "-c", GENERATION, entries]
        parts.append(json.loads(subprocess.check_output(command, cwd=PROJECT, env=ENVIRONMENT)))
    return {"check": min(checks), **{name: min(part[name] for part in parts) for name in ("load", "pages", "count")}}


def tell_machine() -> str:
    """Return processor, system and versions in one line."""
    processor = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        lines = info.read_text(encoding="utf-8").splitlines()
        processor = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), processor)
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return f"{processor}, {os.cpu_count()} cores, {platform.system()}; Python {platform.python_version()}, {packages}"


def tell_row(case: Case, builder: str, figures: Figures) -> str:
    """Return one builder on one case as a row."""
    cpu, wall, peak = ([getattr(run, name) for run in figures.runs] for name in ("cpu", "wall", "peak"))
    cells = [
        case.name, builder, f"{figures.pages:,}", f"{figures.written:.0f}",
        f"{min(cpu):.1f} / {statistics.median(cpu):.1f}", f"{min(wall):.1f} / {statistics.median(wall):.1f}",
        f"{figures.page:.1f}", f"{max(peak):.0f}",
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def tell_builds(cases: list[Case], figures: dict[tuple[str, str], Figures]) -> Iterator[str]:
    """Yield the table of builds."""
    yield "| case | builder | pages | HTML, MiB | CPU, s (min / median) | wall, s | CPU per page, ms | peak, MiB |"
    yield "|---|---|--:|--:|--:|--:|--:|--:|"
    names = {case.name: case for case in cases}
    for (name, builder), found in figures.items():
        yield tell_row(names[name], builder, found)


def tell_ratios(cases: list[Case], builders: list[str], figures: dict[tuple[str, str], Figures]) -> Iterator[str]:
    """Yield how the builders compare on each case, and how each grows with the number of pages."""
    for case in cases:
        for other in builders[1:]:
            ratio = figures[case.name, builders[0]].cpu / figures[case.name, other].cpu
            yield f"- {case.name}: {builders[0]} takes {ratio:.2f} times the CPU of {other}"
    synthetic = sorted(cases[1:], key=lambda case: case.records)
    for small, large in pairwise(synthetic):
        for builder in builders:
            growth = figures[large.name, builder].page / figures[small.name, builder].page
            yield f"- {builder}: a page of {large.name} takes {growth:.2f} times the CPU of a page of {small.name}"


def tell_parts(cases: list[Case], repeat: int) -> Iterator[str]:
    """Measure and yield the table of what comes before MkDocs."""
    yield "| case | records | `isnad check`, CPU s | of it load and check | make the Markdown, CPU s | per page, ms |"
    yield "|---|--:|--:|--:|--:|--:|"
    for case in cases:
        found = measure_parts(case, repeat)
        page = 1000 * found["pages"] / found["count"]
        yield (
            f"| {case.name} | {case.records:,} | {found['check']:.2f} | {found['load']:.2f} | {found['pages']:.2f} "
            f"| {page:.2f} |"
        )


def measure(sizes: list[int], builders: list[str], repeat: int, work: Path) -> str:
    """Measure everything and return it as Markdown."""
    cases = list(prepare_cases(sizes, work))
    figures = measure_builds(cases, builders, repeat, work)
    lines = [
        f"{tell_machine()}. {time.strftime('%Y-%m-%d')}, {repeat} interleaved runs, files on {work.parent}.", "",
        *(f"- **{builder}**: {BUILDERS[builder]}" for builder in builders), "",
        *tell_builds(cases, figures), "",
        *tell_ratios(cases, builders, figures), "",
        *tell_parts(cases, repeat),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=[500, 5000], help="records of the synthetic projects")
    parser.add_argument("--repeat", type=int, default=3, help="how often each build is run")
    parser.add_argument("--builders", nargs="+", choices=BUILDERS, default=["isnad", "plain"])
    parser.add_argument("--output", type=Path, help="write the result to this file too")
    arguments = parser.parse_args()
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="isnad-bench-", dir=memory if memory.is_dir() else None) as work:
        try:
            text = measure(arguments.sizes, arguments.builders, arguments.repeat, Path(work))
        except subprocess.CalledProcessError as error:
            sys.exit(f"{error}\n{error.output}")
    print(text, end="")
    if arguments.output:
        arguments.output.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
