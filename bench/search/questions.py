"""Ask the questions, and what has no answer, of the worker in Node: first, among five, and what else is shown.

``questions.yaml`` has under ``expect`` what answers, under ``also`` what a reader would call right beside it;
``none.yaml`` has queries without an answer, and under ``near`` what may be shown if it says what it does without.
"""

import argparse
import json
import re
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from musnad.pages.site import Site, SiteOptions
from musnad.records.vocabulary import Synonyms
from musnad.rules.check import load_checked
from musnad.search.documents import Document, list_documents
from musnad.search.index import make_index, read_worker
from musnad.wording.words import load_all_words

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
FIVE = 5


class Shown(NamedTuple):
    """One result in the box."""

    page: str
    """Without language and anchor."""
    html: str
    """All that is written of it."""
    is_partial: bool
    """Whether it says that it is a guess: which words it does without, or that it is spelled otherwise."""
    score: float


class Answer(NamedTuple):
    """What a query leads to, best first, the bytes that its reader was sent, with gzip, and milliseconds of CPU."""

    shown: list[Shown]
    size: int
    took: float
    first: int
    """Bytes before the first result."""


def load_site(entries: Path = PROJECT / "entries") -> Site:
    """Return the record as a site that is nowhere."""
    return Site.make(load_checked(entries), load_all_words(), SiteOptions(site_url="https://musnad.example/"))


def make_files(site: Site) -> dict[str, str]:
    """Return the files of the index by address."""
    return index_documents(list_documents(site), site.catalogue.vocabulary.synonyms.values())


def index_documents(documents: list[Document], synonyms: Iterable[Synonyms] = ()) -> dict[str, str]:
    """Return the files of the index of documents by address."""
    return {name: str(text) for name, text in make_index(documents, synonyms, load_all_words())}


def ask(files: dict[str, str], queries: Iterable[tuple[str, str]], *, is_one_reader: bool = False) -> list[Answer]:
    """Put queries, each with its language, to the worker: each as the first of its reader, or all as of one."""
    told = json.dumps({"worker": read_worker(), "files": files, "queries": list(queries), "isOneReader": is_one_reader})
    run = subprocess.run(["node", str(HERE / "ask.js")], input=told, capture_output=True, encoding="utf-8", check=True)
    return [
        Answer([_read(item) for item in found["items"]], found["bytes"], found["took"], found["first"])
        for found in json.loads(run.stdout)
    ]


def _read(item: list[dict[str, Any]]) -> Shown:
    html = " ".join(f"{part['title']} {part['text']}" for part in item)
    page = item[-1]["location"].partition("/")[2].partition("#")[0].strip("/")
    return Shown(page, html, "data-guess" in html, item[-1]["score"])


def load_rows(name: str) -> list[dict[str, Any]]:
    """Return the rows of a set, all classes together."""
    classes = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return [row for rows in classes.values() for row in rows]


def tell_questions(rows: Sequence[dict[str, Any]], answers: Sequence[Answer], *, is_long: bool) -> None:
    """Print how many are right, and how much of what is shown."""
    first = five = right = shown = 0
    for row, answer in zip(rows, answers, strict=True):
        pages = [found.page for found in answer.shown]
        expected, fine = set(row["expect"]), {*row["expect"], *row["also"]}
        first += pages[:1] != [] and pages[0] in expected
        five += not expected.isdisjoint(pages[:FIVE])
        right += sum(page in fine for page in pages[:FIVE])
        shown += len(pages[:FIVE])
        if is_long and not (pages and pages[0] in expected and fine.issuperset(pages[:FIVE])):
            is_five = not expected.isdisjoint(pages[:FIVE])
            mark = "FIRST" if pages and pages[0] in expected else "five" if is_five else "MISS"
            print(f"{mark}: {row['lang']} {row['query']}  → {' '.join(row['expect'])}")
            for found in answer.shown[:FIVE]:
                sign = "++" if found.page in expected else "+" if found.page in fine else "-"
                print(f"      {sign} {found.score:.3f} {found.page}  {_strip(found.html)}")
    total = len(rows)
    print(f"{total} questions: first {first / total:.1%}, five {five / total:.1%}")
    print(f"right of the first five shown: {right} of {shown}, {right / max(1, shown):.1%}")


def _strip(html: str) -> str:
    return re.sub("<(?!mark)[^>]*>", "", re.sub("<mark[^>]*>(.*?)</mark>", r"[\1]", html)).replace("\n", " ")


def tell_none(rows: Sequence[dict[str, Any]], answers: Sequence[Answer], *, is_long: bool) -> None:
    """Print how many give nothing, or only what says what it does without."""
    right = silent = shown = near = 0
    for row, answer in zip(rows, answers, strict=True):
        is_right = all(found.is_partial for found in answer.shown)
        right += is_right
        silent += not answer.shown
        shown += len(answer.shown[:FIVE])
        near += sum(found.page in row["near"] for found in answer.shown[:FIVE])
        if is_long and not (is_right and all(found.page in row["near"] for found in answer.shown[:FIVE])):
            print(f"{'far' if is_right else 'WRONG'}: {row['lang']} {row['query']}")
            for found in answer.shown[:FIVE]:
                sign = "+" if found.page in row["near"] else "-"
                print(f"      {sign} {found.score:.3f} {found.page}  {_strip(found.html)}")
    print(f"{len(rows)} without an answer: right {right / len(rows):.1%}, nothing shown for {silent}")
    print(f"near of the first five shown: {near} of {shown}")


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--questions", default="questions.yaml", help="the set of questions, or its path")
    parser.add_argument("--none", default="none.yaml", help="the set without answers, or its path")
    parser.add_argument("--misses", action="store_true", help="list what is not right")
    arguments = parser.parse_args()
    files = make_files(load_site())
    sets = load_rows(arguments.questions), load_rows(arguments.none)
    answers = [ask(files, [(row["lang"], str(row["query"])) for row in rows]) for rows in sets]
    tell_questions(sets[0], answers[0], is_long=arguments.misses)
    tell_none(sets[1], answers[1], is_long=arguments.misses)
    sizes = sorted(answer.size for found in answers for answer in found)
    print(f"bytes for a question: median {sizes[len(sizes) // 2]:,}, most {sizes[-1]:,}")


if __name__ == "__main__":
    main()
