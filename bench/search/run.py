"""Ask each search engine the test queries over the real record, and count how often the right page comes first.

``python -m bench.search.run [--engines musnad material pagefind] [--sets queries unseen …] [--misses]``, from the
project's folder, prints a Markdown table for each set. A result in the other language is not right.
"""

import argparse
import sys
import tempfile
from collections import defaultdict
from contextlib import nullcontext
from pathlib import Path

import yaml

from bench.search.engines import ENGINES, HERE, PROJECT, build_sites
from bench.search.scores import Query, ask_all, tell_misses, tell_table

# Not another spelling of a name, but another word for it.
CONCEPTS = "concepts"


def load_queries(file: Path) -> list[Query]:
    """Return a set of queries in the order of its file; an expected page may be given with a fragment."""
    classes = yaml.safe_load(file.read_text(encoding="utf-8"))
    return [
        Query(kind, row["lang"], str(row["query"]), frozenset(_page(row["lang"], path) for path in row["expect"]))
        for kind, rows in classes.items()
        for row in rows
    ]


def list_sets() -> list[str]:
    """Return the sets that ask for names and concepts."""
    return [file.stem for pattern in ("queries.yaml", "unseen*.yaml") for file in sorted(HERE.glob(pattern))]


def _page(lang: str, path: str) -> str:
    return f"{lang}/{path.partition('#')[0].strip('/')}"


def group_queries(queries: list[Query]) -> dict[str, list[Query]]:
    """Return the rows of the table: each class, all that ask for names, and concepts."""
    classes: defaultdict[str, list[Query]] = defaultdict(list)
    for query in queries:
        classes[query.kind].append(query)
    concepts = classes.pop(CONCEPTS, [])
    return {**classes, "**all names**": [query for found in classes.values() for query in found], CONCEPTS: concepts}


def warn_of_missing(site: Path, queries: list[Query]) -> None:
    """Say which expected pages the site does not have."""
    for page in sorted({page for query in queries for page in query.expected}):
        if not (site / page / "index.html").is_file():
            print(f"expected, but there is no such page: {page}", file=sys.stderr)


def main() -> None:
    """Run the command line."""
    sets = list_sets()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=[*ENGINES])
    parser.add_argument("--sets", nargs="+", default=sets, help="names of YAML files in this folder, or paths")
    parser.add_argument("--misses", action="store_true", help="list the misses of the first engine")
    parser.add_argument("--work", type=Path, help="keep the sites here, and use those that are there already")
    arguments = parser.parse_args()
    files = [HERE / f"{name}.yaml" if (HERE / f"{name}.yaml").is_file() else Path(name) for name in arguments.sets]
    found = {file.stem: load_queries(file) for file in files}
    everything = [*dict.fromkeys(query for queries in found.values() for query in queries)]
    with nullcontext(arguments.work) if arguments.work else tempfile.TemporaryDirectory(prefix="musnad-") as work:
        built = build_sites(arguments.engines, PROJECT, Path(work).resolve())
        warn_of_missing(built[arguments.engines[0]].folder, everything)
        answers = {engine: ask_all(engine, site.folder, everything) for engine, site in built.items()}
    for name, queries in found.items():
        print(f"\n### {name}: {len(queries)} queries, per cent right\n")
        print("\n".join(tell_table(group_queries(queries), answers, "class")))
        if arguments.misses:
            print(f"\nMisses of {arguments.engines[0]}:\n")
            print("\n".join(tell_misses(queries, answers[arguments.engines[0]])))


if __name__ == "__main__":
    main()
