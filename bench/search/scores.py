"""Put queries to an engine, and tell how often a right page came first. What is right is written in each query."""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.search.engines import LANGS, Answer, open_browser, open_reader, serve


@dataclass(frozen=True)
class Query:
    """What a reader of one language types, and the pages (with their language) any of which is right."""

    kind: str
    lang: str
    text: str
    expected: frozenset[str]

    def is_right(self, pages: tuple[str, ...]) -> bool:
        """Whether a right page is among these."""
        return not self.expected.isdisjoint(pages)


def ask_all(engine: str, site: Path, queries: list[Query], *, keys: int | None = None) -> dict[Query, Answer]:
    """Ask one engine every query, each on a page of its language that stays open."""
    answers = {}
    with serve(site) as server, open_browser() as browser:
        context = browser.new_context()
        for lang in LANGS:
            own = [query for query in queries if query.lang == lang]
            reader = open_reader(engine, context.new_page(), server, lang) if own else None
            for query in own:
                assert reader
                answers[query] = reader.ask(query.text, keys=keys)
                if len(answers) % 100 == 0:
                    print(f"{engine}: {len(answers)} of {len(queries)} queries", file=sys.stderr)
    return answers


def tell_share(count: int, total: int) -> str:
    """Return a share in per cent."""
    return f"{100 * count / total:.1f}" if total else "–"


def tell_table(
    rows: Mapping[str, list[Query]], answers: Mapping[str, Mapping[Query, Answer]], title: str
) -> Iterator[str]:
    """Yield a table: for each row and engine, the share of queries with a right page first, and in the first five."""
    yield f"| {title} | queries | {' | '.join(f'{engine}, first | five' for engine in answers)} |"
    yield f"|---|--:|{'--:|--:|' * len(answers)}"
    for name, queries in rows.items():
        cells = []
        for found in answers.values():
            for count in (1, 5):
                right = sum(query.is_right(found[query].pages[:count]) for query in queries)
                cells.append(tell_share(right, len(queries)))
        yield f"| {name} | {len(queries):,} | {' | '.join(cells)} |"


def tell_misses(queries: list[Query], answers: Mapping[Query, Answer]) -> Iterator[str]:
    """Yield a line for each query without a right page in first place, with the first three that came."""
    for query in queries:
        pages = answers[query].pages
        if not query.is_right(pages[:1]):
            wanted, came = " or ".join(sorted(query.expected)), ", ".join(pages[:3]) or "nothing"
            yield f"- {query.kind}, {query.lang}: {query.text} — wanted {wanted}; got {came}"
