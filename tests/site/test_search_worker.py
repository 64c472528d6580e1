"""The search as it runs in a reader's browser: the same answers as in Python, the right ones, for few bytes."""

import gzip
import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, Page, Response, Route

from musnad.records.model import Catalogue
from musnad.rules.check import load_checked
from musnad.search.index import ANSWERS, name_worker, read_scripts, read_worker
from musnad.text.languages import LANGS
from musnad.text.likeness import compare_phrases
from musnad.text.words import Phrase, read_phrase, read_query
from tests.conftest import PROJECT
from tests.site.conftest import Builds
from tests.text.vectors import TOLERANCE, VECTORS

pytestmark = pytest.mark.browser

QUERIES = PROJECT / "bench/search"
CONCEPTS = "concepts"
ROUNDING = 1e-9

_READ = "texts => texts.map(text => WHICH(text).words.map(w => [w.fold, w.bare, w.stem, w.sound, w.skeleton]))"
_COMPARE = """([queries, names]) => {
  const read = names.map(readPhrase)
  return queries.map(readPhrase).map(query => read.map(name => comparePhrases(query, name)))
}"""
# Speaks to the worker as the theme does, and keeps the last answer to each query.
_ASK = """async ([path, lang, queries]) => {
  const worker = new Worker(`/${path}#${lang}`)
  let hear = null
  worker.onmessage = ({data}) => hear(data)
  const wait = isLast => new Promise((resolve, reject) => {
    hear = message => isLast(message) && resolve(message.data)
    worker.onerror = error => reject(new Error(error.message))
    setTimeout(() => reject(new Error("no answer")), 20000)
  })
  const ready = wait(({type}) => type === 1)
  worker.postMessage({type: 0, data: await (await fetch("/search/search_index.json")).json()})
  await ready
  const answers = []
  for (const data of queries) {
    const answered = wait(({type, data}) => type === 3 && data.isComplete)
    worker.postMessage({type: 2, data})
    answers.push((await answered).items.map(item => item[item.length - 1].location))
  }
  worker.terminate()
  return answers
}"""


@dataclass(frozen=True)
class Query:
    """What a reader types, and the pages any of which is right."""

    kind: str
    lang: str
    text: str
    expected: tuple[str, ...]


def load_queries(name: str) -> list[Query]:
    """Return a set of queries in the order of its file."""
    classes = yaml.safe_load((QUERIES / name).read_text(encoding="utf-8"))
    return [
        Query(kind, row["lang"], str(row["query"]), tuple(page.partition("#")[0] for page in row["expect"]))
        for kind, rows in classes.items()
        for row in rows
    ]


@pytest.fixture(scope="module")
def real() -> Catalogue:
    """Return the real record."""
    return load_checked(PROJECT / "entries")


@pytest.fixture(scope="module")
def names(real: Catalogue) -> list[str]:
    """Return every name in the real record."""
    return sorted({name.text for entity in real.entities.values() for name in entity.names})


@pytest.fixture(scope="module")
def script(browser: Browser) -> Iterator[Page]:
    """Return a page that has what the worker reads and compares with."""
    with closing(browser.new_page()) as page:
        page.add_script_tag(content=read_scripts("analyse.js", "match.js"))
        yield page


Ask = Callable[[str, Sequence[str]], list[list[str]]]


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Return a page of the site's host with nothing on it."""
    with closing(browser.new_context()) as context:
        page = context.new_page()
        page.goto(f"{address}search/search_index.json")
        yield page


def set_pause(page: Page, milliseconds: int) -> None:
    """Let the worker wait longer or shorter for a reader who is still typing."""
    script, count = re.subn(r"(?m)^const PAUSE = \d+", f"const PAUSE = {milliseconds}", read_worker())
    assert count == 1
    page.route(f"**/{ANSWERS}?*", lambda route: route.fulfill(content_type="text/javascript", body=script))


@pytest.fixture
def ask(page: Page) -> Ask:
    """Return a way to put queries to one worker: for each the addresses it finds, best first. It waits for no key."""
    set_pause(page, 0)
    return lambda lang, queries: page.evaluate(_ASK, [name_worker(), lang, list(queries)])


def read_in_python(phrase: Phrase) -> list[list[str]]:
    """Return the words of a phrase as lists."""
    return [list(word) for word in phrase.words]


def differing(texts: Sequence[str], one: Sequence[Any], other: Sequence[Any]) -> list[tuple[str, Any, Any]]:
    """Return the texts with two readings."""
    return [found for found in zip(texts, one, other, strict=True) if found[1] != found[2]]


def test_browser_reads_words_as_the_table_says(script: Page) -> None:
    """The same table that is put to Python."""
    texts, words = zip(*((row["text"], row["words"]) for row in VECTORS["words"]), strict=True)
    assert differing(texts, script.evaluate(_READ.replace("WHICH", "readPhrase"), texts), words) == []
    words_, forms = zip(*((row["word"], row["forms"]) for row in VECTORS["forms"]), strict=True)
    found = script.evaluate("words => words.map(w => readPhrase(w).forms[0].map(form => form.fold))", words_)
    assert differing(words_, found, forms) == []
    queries, named = zip(*((row["text"], row["words"]) for row in VECTORS["queries"]), strict=True)
    found = script.evaluate("texts => texts.map(text => readQuery(text).words.map(w => w.fold))", queries)
    assert differing(queries, found, named) == []


def test_browser_compares_names_as_the_table_says(script: Page) -> None:
    """To four digits, as they are written there."""
    rows = [*VECTORS["joined"], *VECTORS["likeness"]]
    pairs = [[row["query"], row["name"]] for row in rows]
    scores = script.evaluate("rows => rows.map(([a, b]) => comparePhrases(readPhrase(a), readPhrase(b)))", pairs)
    wrong = [(row, score) for row, score in zip(rows, scores, strict=True) if abs(row["score"] - score) > TOLERANCE]
    assert wrong == []


def test_browser_reads_the_real_record_as_python_does(script: Page, names: list[str]) -> None:
    """Every name and query there is: words, words written as one, and particles taken off."""
    queries = [query.text for query in load_queries("queries.yaml")]
    texts = [*names, *queries]
    in_python = [read_in_python(read_phrase(text)) for text in texts]
    assert differing(texts, script.evaluate(_READ.replace("WHICH", "readPhrase"), texts), in_python) == []
    in_python = [read_in_python(read_query(text)) for text in texts]
    assert differing(texts, script.evaluate(_READ.replace("WHICH", "readQuery"), texts), in_python) == []
    derived = script.evaluate(
        """texts => texts.map(readPhrase).map(p =>
          [...p.tails, ...p.pairs, ...p.forms.flat()].map(w => [w.fold, w.bare, w.stem, w.sound, w.skeleton]))""",
        texts,
    )
    phrases = [read_phrase(text) for text in texts]
    in_python = [[list(w) for w in (*p.tails, *p.pairs, *(f for forms in p.forms for f in forms))] for p in phrases]
    assert differing(texts, derived, in_python) == []


def test_browser_compares_the_real_record_as_python_does(script: Page, names: list[str]) -> None:
    """Each of forty queries with every name."""
    queries = [query.text for query in load_queries("queries.yaml")][::6][:40]
    scores = script.evaluate(_COMPARE, [queries, names])
    wrong = [
        (query, name, score, own)
        for query, row in zip(queries, scores, strict=True)
        for name, score in zip(names, row, strict=True)
        if abs((own := compare_phrases(read_phrase(query), read_phrase(name))) - score) > ROUNDING
    ]
    assert len(queries) == 40
    assert wrong == []


def ask_all(ask: Ask, queries: Sequence[Query]) -> dict[Query, list[str]]:
    """Return the pages each query leads to, without language and anchor."""
    found: dict[Query, list[str]] = {}
    for lang in LANGS:
        own = [query for query in queries if query.lang == lang]
        for query, locations in zip(own, ask(lang, [query.text for query in own]), strict=True):
            assert all(location.startswith(f"{lang}/") for location in locations)
            found[query] = [location.partition("/")[2].partition("#")[0].strip("/") for location in locations]
    return found


@pytest.mark.parametrize(
    ("name", "least_names", "least_concepts"),
    [
        pytest.param(
            name,
            *least,
            id=name,
            marks=pytest.mark.skipif(not (QUERIES / name).is_file(), reason=f"there is no bench/search/{name}"),
        )
        for name, least in {"queries.yaml": (0.98, 0.9), "unseen.yaml": (0.95, 0.85)}.items()
    ],
)
def test_first_result_is_right(ask: Ask, name: str, least_names: float, least_concepts: float) -> None:
    """For names however they are spelled, and for most other words that readers use for them."""
    answers = ask_all(ask, load_queries(name))
    for least, is_concept in ((least_names, False), (least_concepts, True)):
        asked = {query: found for query, found in answers.items() if (query.kind == CONCEPTS) == is_concept}
        misses = [
            f"{query.kind}: {query.text} ({query.lang}) leads to {(found or ['nothing'])[0]}"
            for query, found in asked.items()
            if not found or found[0] not in query.expected
        ]
        assert asked
        assert 1 - len(misses) / len(asked) >= least, "\n".join(misses)


def test_key_ends_the_wait_for_texts(page: Page) -> None:
    """Names found come at once; what a reader types next is answered although texts were still to come."""
    set_pause(page, 3_600_000)
    told = page.evaluate(
        """async ([path, queries]) => {
          const worker = new Worker(`/${path}#en`)
          let hear = null
          const next = () => new Promise((resolve, reject) => {
            hear = resolve
            setTimeout(() => reject(new Error("no answer")), 20000)
          })
          worker.onmessage = ({data}) => hear(data)
          worker.postMessage({type: 0, data: await (await fetch("/search/search_index.json")).json()})
          await next()
          const told = []
          for (const data of queries) {
            worker.postMessage({type: 2, data})
            const answer = (await next()).data
            told.push([answer.isComplete, answer.items[0][0].location])
          }
          worker.terminate()
          return told
        }""",
        [name_worker(), ["flour", "bukamal"]],
    )
    assert told == [[False, "en/entities/flour/"], [False, "en/entities/al-bukamal/"]]


def refuse_once(page: Page, pattern: str) -> list[str]:
    """Refuse the first request for some addresses; return those that are asked for, as they come."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            route.abort()
        else:
            route.continue_()

    page.route(pattern, answer)
    return asked


def test_shelf_that_can_not_be_fetched_gives_no_result_and_is_asked_for_again(page: Page, ask: Ask) -> None:
    """Offline for a moment: the next key tries again, with the same worker."""
    asked = refuse_once(page, "**/search/**/names/**")
    first, second = ask("en", ["flour", "flour"])
    assert (first, second[:1]) == ([], ["en/entities/flour/"])
    assert asked[0] == asked[1]


@pytest.mark.parametrize(("lang", "query"), [("ar", "البوكمال"), ("en", "Bukamal")])
def test_name_is_found_for_few_bytes(page: Page, ask: Ask, builds: Builds, lang: str, query: str) -> None:
    """All that is fetched for a first query, the worker itself included."""
    files: set[str] = set()

    def note(response: Response) -> None:
        files.add(urlsplit(response.url).path.lstrip("/"))

    page.on("response", note)
    (found,) = ask(lang, [query])
    assert found[0] == f"{lang}/entities/al-bukamal/"
    assert {name_worker(), ANSWERS, "search/search_index.json", f"search/{lang}.json"} < files
    sizes = {name: len(gzip.compress((builds.first / name).read_bytes())) for name in files}
    assert sum(sizes.values()) < 30_000, sizes


def test_what_answers_is_read_with_the_first_question(page: Page, ask: Ask) -> None:
    """And asked for again if it could not be had; a page that is only read loads none of it."""
    page.unroute_all()
    asked = refuse_once(page, f"**/{ANSWERS}?*")
    assert ask("en", ["", " "]) == [[], []]
    assert not asked
    first, second = ask("en", ["flour", "flour"])
    assert (first, second[:1]) == ([], ["en/entities/flour/"])
    version = name_worker().split(".")[1]
    assert [url.partition("?v=")[2] for url in asked] == [version, version]


def test_nothing_to_ask_gives_nothing(ask: Ask) -> None:
    """And is answered all the same, or the theme would wait."""
    assert ask("ar", ["", " ", "؟!", "zzzzqqq"]) == [[], [], [], []]


def test_index_on_the_site_is_the_one_the_page_names(page: Page, builds: Builds) -> None:
    """The worker's address changes with its content; the page leads to the one that is there."""
    html = (builds.first / "ar/index.html").read_text(encoding="utf-8")
    config = json.loads(html.partition('id="__config" type="application/json">')[2].partition("</script>")[0])
    assert config["search"].partition("#")[0].endswith(name_worker())
    assert (builds.first / name_worker()).is_file()
