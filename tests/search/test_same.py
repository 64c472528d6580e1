"""One search on both sides: the worker, run in Node, finds what Python finds, in the same order."""

import json
import subprocess

import pytest

from bench.search.questions import ask, load_rows, load_site, make_files
from musnad.search.corpus import Corpus
from musnad.search.documents import list_documents
from musnad.search.find import Finder
from musnad.search.index import read_worker
from musnad.text.languages import LANGS
from musnad.text.roots import find_root
from tests.conftest import PROJECT
from tests.text.test_roots import ROOTS

SETS = PROJECT / "bench/search"
ALL = [name for name in sorted(path.name for path in SETS.glob("*.yaml")) if name != "words.yaml"]
_READ_ROOTS = """
const {worker, words} = JSON.parse(require("node:fs").readFileSync(0))
const self = {location: new URL("https://musnad.example/w.js"), addEventListener() {}}
const read = require("node:vm").runInNewContext(worker + ";findRoot", {self, URL})
process.stdout.write(JSON.stringify(words.map(read)))
"""


@pytest.mark.parametrize("step", [10, pytest.param(1, marks=pytest.mark.long)])
def test_queries_of_every_set_find_the_same_in_the_same_order(step: int) -> None:
    """The box shows what the command line tells: for all of them, or each time for every tenth."""
    site = load_site()
    corpus = Corpus(list_documents(site), site.catalogue.vocabulary.synonyms.values())
    finders = {lang: Finder(corpus, lang) for lang in LANGS}
    queries = [(row["lang"], str(row["query"])) for name in ALL for row in load_rows(name)][::step]
    told = [[_page(hit.document.path) for hit in finders[lang].find(text)] for lang, text in queries]
    shown = [[found.page for found in answer.shown] for answer in ask(make_files(site), queries)]
    assert len(queries) > 500 / step
    assert sum(map(bool, told)) > 450 / step
    assert [(query, *each) for query, *each in zip(queries, told, shown, strict=True) if each[0] != each[1]] == []


def _page(path: str) -> str:
    return path.partition("#")[0].strip("/")


def test_worker_reads_roots_as_python_does() -> None:
    """Of the table, and of every word of the real record."""
    site = load_site()
    postings = Corpus(list_documents(site), site.catalogue.vocabulary.synonyms.values()).postings
    words = [*(word for row in ROOTS for word in row["words"]), *(term for term in postings if term.isalnum())]
    run = subprocess.run(
        ["node", "-e", _READ_ROOTS],
        input=json.dumps({"worker": read_worker(), "words": words}),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert len(words) > 1000
    assert json.loads(run.stdout) == list(map(find_root, words))
