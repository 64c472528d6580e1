"""Search for places by their other names in GeoNames without a browser: a minute, not half an hour.

``python -m bench.search.spellings SY EG SD YE [--misses FILE]``, from the project's folder; needs Node. Each country is
a record of its own, of places without claims. The index is ours, and the worker that readers' browsers run is asked
(``ask.js``); queries and what is right are those of ``places.py``. ``--record`` puts to the real record the sets
of ``run.py`` and names of places that it does not speak of.
"""

import argparse
import random
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.search.questions import Answer, index_documents, load_site, make_files
from bench.search.questions import ask as put
from bench.search.records import Place, index_names, load_places, make_other_queries, romanize
from bench.search.run import CONCEPTS, list_sets, load_queries
from bench.search.scores import Query, tell_share
from bench.synthetic import ARAB_COUNTRIES
from musnad.search.documents import Document
from musnad.text.likeness import count_edits

HERE = Path(__file__).resolve().parent
SORTS = ("Arabic", "Latin")
FOREIGN = 100
"""Names of each script."""
# What every spelling leaves of a name, and less: wide families of consonants, without all that may be left out.
_COARSE = [
    (re.compile("ch|sh|dh|th|ts|[zs]"), "s"), (re.compile("kh|gh|dj|[jgqkcx]"), "k"),
    (re.compile("[td]"), "t"), (re.compile("ph|[bpfv]"), "b"),
    (re.compile("[^sktblrmn]"), ""), (re.compile(r"(.)\1+"), r"\1"),
]  # fmt: skip
_LATIN_ARTICLE = re.compile(r"\b(?:[aeiou]l|a[dhnrstz]h?|e[dhnrstz]h?)[ -]|\bal(?=[^aeiou ]{1,2}\w{3})")


@dataclass(frozen=True)
class Found:
    """An answer: milliseconds of CPU, the highest score (0 of guesses), and pages, best first."""

    took: float
    score: float
    pages: tuple[str, ...]


def make_documents(places: Iterable[Place]) -> list[Document]:
    """Return each place as what is searched of it."""
    kind, nothing = {"ar": "مكان", "en": "Place"}, {"ar": "", "en": ""}
    return [
        Document(f"entities/{p.id}/", "entity", kind, {"ar": p.ar, "en": p.en}, nothing, (p.ar, p.en)) for p in places
    ]


def ask(files: dict[str, str], queries: Iterable[Query]) -> dict[Query, Found]:
    """Put queries to the worker, all of a language as one reader's."""
    asked = list(dict.fromkeys(queries))
    answers = put(files, [(query.lang, query.text) for query in asked], is_one_reader=True)
    return {query: _read(query, answer) for query, answer in zip(asked, answers, strict=True)}


def _read(query: Query, answer: Answer) -> Found:
    pages = tuple(f"{query.lang}/{shown.page}" for shown in answer.shown)
    return Found(answer.took, max((shown.score for shown in answer.shown), default=0.0), pages)


# Misses


def coarsen(name: str) -> str:
    """Return the few consonants that every spelling of a name in either script keeps, one for each wide family."""
    letters = _LATIN_ARTICLE.sub("", romanize(name).replace("-", " "))
    for pattern, replacement in _COARSE:
        letters = pattern.sub(replacement, letters)
    return letters


def is_other_name(query: str, names: Iterable[str]) -> bool:
    """Whether a name shares so few consonants with all others that it is no spelling, whole or in part, of one."""
    own = coarsen(query)
    return not any(_are_alike(own, coarsen(name)) for name in names)


def _are_alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) >= 2 and (long.startswith(short) or long.endswith(short)):
        return True
    return count_edits(one, other, 9) <= max(len(long) // 3, len(long) == 2)


def sort_misses(places: Iterable[Place], answers: dict[Query, Found]) -> dict[Query, str]:
    """Return of what kind each query without the right page in first place is."""
    by_id = {place.id: place for place in places}
    kinds = {}
    for query, found in answers.items():
        if query.is_right(found.pages[:1]):
            continue
        own = [by_id[page.rpartition("/")[2]] for page in query.expected]
        if is_other_name(query.text, [name for place in own for name in (place.ar, place.en)]):
            kinds[query] = "other name"
        elif query.is_right(found.pages):
            kinds[query] = "spelling, after another place"
        else:
            kinds[query] = "spelling, another place alone" if found.pages else "spelling, nothing"
    return kinds


# Tables


def ask_countries(countries: list[str], misses: Path | None) -> Iterator[str]:
    """Yield a table of the share found first, and one of the kinds of misses; write all misses if wanted."""
    everywhere = list(load_places())
    yield "| country | " + " | ".join(f"{sort} | first | five | spellings first" for sort in SORTS) + " |"
    yield "|---|" + "--:|" * 4 * len(SORTS)
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    lines, times = [], []
    for country in countries:
        places = [place for place in everywhere if place.country == country]
        queries = [q for q in make_other_queries(places, index_names(places)) if q.kind in SORTS]
        answers = ask(index_documents(make_documents(places)), queries)
        kinds = sort_misses(places, answers)
        times += [found.took for found in answers.values()]
        counts = {sort: Counter[str]() for sort in SORTS}
        for query, found in answers.items():
            kind = kinds.get(query, "first")
            is_five = query.is_right(found.pages[:5])
            counts[query.kind].update({"all": 1, kind: 1, "five": is_five})
            if kind != "first":
                lines.append(
                    f"{country}\t{kind}\t{query.text}\t{' '.join(query.expected)}\t{' '.join(found.pages[:3])}\n"
                )
        for sort in SORTS:
            sums[sort].update(counts[sort])
        yield _tell_row(country, counts)
    yield _tell_row("**all**", sums)
    yield ""
    for sort in SORTS:
        told = (f"{kind} {count}" for kind, count in sums[sort].most_common() if kind not in ("all", "first", "five"))
        yield f"Misses, {sort}: {', '.join(told)}."
    half, most = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    yield f"Milliseconds of CPU for each query: {half:.1f}, {most:.1f} in 95 of 100."
    if misses:
        misses.write_text("".join(lines), encoding="utf-8")


def _tell_row(name: str, counts: dict[str, Counter[str]]) -> str:
    cells = []
    for sort in SORTS:
        found = counts[sort]
        shares = [tell_share(found[kind], found["all"]) for kind in ("first", "five")]
        cells += [f"{found['all']:,}", *shares, tell_share(found["first"], found["all"] - found["other name"])]
    return f"| {name} | {' | '.join(cells)} |"


def choose_foreign(places: Iterable[Place]) -> list[Query]:
    """Return names of places in no Arab country, each in its script's language; no page is right."""
    far = [place for place in places if place.country not in ARAB_COUNTRIES]
    chosen = random.Random(1).sample(far, FOREIGN)
    return [
        *(Query("foreign, Arabic", "ar", place.ar, frozenset()) for place in chosen),
        *(Query("foreign, Latin", "en", place.en, frozenset()) for place in chosen),
    ]


def ask_record(misses: Path | None) -> Iterator[str]:
    """Yield how often the sets of names are found in the real record, and how often foreign names show something."""
    sets = [query for name in list_sets() for query in load_queries(HERE / f"{name}.yaml")]
    foreign = choose_foreign(load_places())
    answers = ask(make_files(load_site()), [*sets, *foreign])
    lines = []
    for name, own in {
        "names": [query for query in sets if query.kind != CONCEPTS],
        "concepts": [query for query in sets if query.kind == CONCEPTS],
    }.items():
        right = sum(query.is_right(answers[query].pages[:1]) for query in own)
        yield f"{name}: {right} of {len(own)} first"
        lines += [
            f"{q.kind}\t{q.text}\t{' '.join(answers[q].pages[:3])}\n"
            for q in own
            if not q.is_right(answers[q].pages[:1])
        ]
    for kind in dict.fromkeys(query.kind for query in foreign):
        own = [query for query in foreign if query.kind == kind]
        shown = [query for query in own if answers[query].pages]
        sure = [query for query in shown if answers[query].score]
        yield f"{kind}: {len(shown)} of {len(own)} show something, {len(sure)} more than a guess"
        lines += [f"{kind}\t{q.text}\t{answers[q].score:.2f}\t{' '.join(answers[q].pages[:3])}\n" for q in shown]
    if misses:
        misses.write_text("".join(lines), encoding="utf-8")


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("countries", nargs="*", metavar="COUNTRY", help="two letters, as in GeoNames")
    parser.add_argument("--record", action="store_true", help="ask the real record")
    parser.add_argument(
        "--misses", type=Path, help="write the misses, and what is shown of foreign names, to this file"
    )
    arguments = parser.parse_args()
    lines = ask_record(arguments.misses) if arguments.record else ask_countries(arguments.countries, arguments.misses)
    print("\n".join(lines))


if __name__ == "__main__":
    main()
