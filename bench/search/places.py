"""Search for real Syrian places by spellings nobody here chose: every other name that GeoNames has for them.

``python -m bench.search.places [--engines musnad material pagefind] [--misses FILE]``, from the project's folder. Each
place's record has two names, the main Latin one and the Arabic one nearest to it; each other name is a query. A place
that bears the very same name in GeoNames is as right as the one the name was taken from.
"""

import argparse
import tempfile
from collections import defaultdict
from contextlib import nullcontext
from pathlib import Path

from bench.search.engines import ENGINES, build_sites
from bench.search.records import index_names, load_places, make_other_queries, make_own_queries, write_project
from bench.search.scores import Query, ask_all, tell_misses, tell_table

COUNTRY = "SY"
PLACES_PER_CLAIM = 3


def group_queries(own: list[Query], others: list[Query]) -> dict[str, list[Query]]:
    """Return the rows of the table: each sort of spelling, and what is written by people."""
    sorts: defaultdict[str, list[Query]] = defaultdict(list)
    for query in (*others, *own):
        sorts[query.kind].append(query)
    total = [query for query in others if query.kind in ("Arabic", "Latin")]
    return {"Arabic": sorts.pop("Arabic"), "Latin": sorts.pop("Latin"), "**Arabic and Latin**": total, **sorts}


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=[*ENGINES])
    parser.add_argument("--misses", type=Path, help="write the misses of the first engine to this file")
    parser.add_argument("--work", type=Path, help="keep project and sites here, and use those that are there already")
    arguments = parser.parse_args()
    places = [place for place in load_places() if place.country == COUNTRY]
    bearers = index_names(places)
    own, others = (list(dict.fromkeys(make(places, bearers))) for make in (make_own_queries, make_other_queries))
    with nullcontext(arguments.work) if arguments.work else tempfile.TemporaryDirectory(prefix="musnad-") as work:
        project = Path(work).resolve() / "project"
        if not project.is_dir():
            write_project(places, len(places) // PLACES_PER_CLAIM, project)
        built = build_sites(arguments.engines, project, Path(work).resolve())
        # All but the last letter are put in at once: thousands of names typed key by key would take hours.
        answers = {engine: ask_all(engine, site.folder, own + others, keys=1) for engine, site in built.items()}
    print(f"\n### {len(places)} places of {COUNTRY}, per cent right\n")
    print("\n".join(tell_table(group_queries(own, others), answers, "spelling")))
    if arguments.misses:
        lines = tell_misses(others, answers[arguments.engines[0]])
        arguments.misses.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
