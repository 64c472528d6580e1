"""Compare records with local copies of their articles: digests, place marks, quoted and copied words.

An article is ``<source-id>.txt``, UTF-8, one paragraph a line. Its text goes nowhere: problems name
records, lines and sentence numbers. Any other file ``<source-id>.*`` is a copy of what was read, known by its bytes.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from musnad.editing.article import Article, find_fault
from musnad.editing.names import NameIndex
from musnad.records.load import Loaded
from musnad.records.model import Claim, Locator, Source
from musnad.records.problems import N_, Problem
from musnad.records.walk import iter_records, walk_values
from musnad.records.yamltext import FieldPath, explain_encoding
from musnad.rules.references import iter_references
from musnad.text.bidi import strip_marks
from musnad.text.digest import digest_passage, fold_passage
from musnad.text.fold import split_words

# A run of this many words shared with an article is its wording, not ours.
COPIED_WORDS = 7
# Place marks and hedges are the source's own words; `long-quote` keeps them short.
_QUOTED = frozenset({"starts", "ends", "before", "wording"})
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Verified:
    """What the comparison found."""

    problems: tuple[Problem, ...]
    compared: tuple[str, ...]
    """Ids of sources with a local copy."""
    missing: tuple[str, ...]
    """Ids of sources without one."""
    unreadable: tuple[str, ...]
    """Ids of sources whose copy is no UTF-8; there is a problem for each."""
    warnings: tuple[Problem, ...]
    """What an editor should look at, and may well be right."""


def verify_records(loaded: Loaded, folder: Path) -> Verified:
    """Compare every source that has a local copy, and its claims, with that copy."""
    # What could not be read can't be compared either, and must not pass for good.
    problems = [*loaded.problems]
    paths = {id_: folder / f"{id_}.txt" for id_ in loaded.catalogue.sources}
    articles: dict[str, Article] = {}
    unreadable: list[str] = []
    copied: set[str] = set()
    for id_, path in paths.items():
        source = loaded.catalogue.sources[id_]
        files = [file for file in sorted(folder.glob(f"{id_}.*")) if file.is_file() and (source.read or file != path)]
        if source.read and files:
            problems += _verify_copies(loaded, source, files)
            copied.add(id_)
        try:
            if path.is_file() and source.paragraphs:
                articles[id_] = Article.read(path)
        except UnicodeDecodeError as error:
            unreadable.append(id_)
            problems.append(explain_encoding(error, path.as_posix()))
    for id_, article in articles.items():
        problems += _verify_source(loaded, loaded.catalogue.sources[id_], article)
    for claim in loaded.catalogue.claims.values():
        for index, locator in enumerate(claim.locators):
            if locator.source in articles and locator.paragraph:
                problems += _verify_locator(loaded, claim, index, locator, articles[locator.source])
    problems += _verify_own_words(loaded, articles)
    problems.sort(key=lambda problem: problem.sort_key)
    missing = sorted(paths.keys() - articles.keys() - set(unreadable) - copied)
    warnings = sorted(_find_unnamed(loaded, articles), key=lambda problem: problem.sort_key)
    return Verified(
        tuple(problems), tuple(sorted({*articles, *copied})), tuple(missing), tuple(unreadable), tuple(warnings)
    )


def _verify_copies(loaded: Loaded, source: Source, files: list[Path]) -> Iterator[Problem]:
    """Report files that were not read; the text that paragraphs are taken from need not be one of them."""
    recorded = {copy.digest for copy in source.read}
    for path in files:
        is_text = path.name == f"{source.id}.txt" and source.paragraphs
        if not is_text and f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}" not in recorded:
            message = N_("the file {name} is none of those that were read: its digest is another one")
            yield loaded.origins[source.ref].problem(("read",), "changed-copy", message, name=path.name)


def _verify_source(loaded: Loaded, source: Source, article: Article) -> Iterator[Problem]:
    origin = loaded.origins[source.ref]
    if len(source.paragraphs) != len(article.paragraphs):
        values = {"recorded": str(len(source.paragraphs)), "found": str(len(article.paragraphs))}
        message = N_("the record has {recorded} paragraphs, the article {found}")
        yield origin.fill_problem(("paragraphs",), "changed-article", message, values)
    for p, paragraph in enumerate(source.paragraphs, 1):
        path: FieldPath = ("paragraphs", p - 1)
        if p > len(article.paragraphs):
            yield origin.problem(path, "changed-article", N_("the article no longer has this paragraph"))
            continue
        if paragraph.digest != digest_passage(article.paragraphs[p - 1]):
            yield origin.problem((*path, "digest"), "changed-article", N_("the text of this paragraph has changed"))
        found = sum(place[0] == p for place in article.sentences)
        if found != len(paragraph.sentences):
            values = {"recorded": str(len(paragraph.sentences)), "found": str(found)}
            message = N_("the record has {recorded} sentences in this paragraph, the article {found}")
            yield origin.fill_problem((*path, "sentences"), "changed-article", message, values)
        for s, sentence in enumerate(paragraph.sentences, 1):
            text = article.sentences.get((p, s))
            if text is None or digest_passage(text) != sentence.digest:
                at = (*path, "sentences", s - 1, "digest")
                yield origin.fill_problem(at, "changed-article", *_tell_moved(article.find(sentence.digest, [])))


def _tell_moved(place: tuple[int, int] | None) -> tuple[str, dict[str, str]]:
    if place is None:
        return N_("the sentence has changed, or is gone"), {}
    values = {"paragraph": str(place[0]), "sentence": str(place[1])}
    return N_("the sentence has changed; it may now be paragraph {paragraph}, sentence {sentence}"), values


def _verify_locator(loaded: Loaded, claim: Claim, index: int, locator: Locator, article: Article) -> Iterator[Problem]:
    origin, path = loaded.origins[claim.ref], ("locators", index)
    text = article.sentences.get(locator.spot[:2])
    marks = [fold_passage(mark) for mark in (locator.starts, locator.ends) if mark]
    if text is None or digest_passage(text) != locator.digest:
        yield origin.fill_problem(
            (*path, "digest"), "moved-sentence", *_tell_moved(article.find(locator.digest or "", marks))
        )
        return
    wrong = [field for field in ("starts", "ends") if fold_passage(getattr(locator, field) or "") not in text]
    for field in wrong:
        message = N_("these words do not stand in the sentence: {words}")
        yield origin.problem((*path, field), "wrong-mark", message, words=getattr(locator, field))
    place = locator.spot[:2]
    if locator.marks and not wrong and (fault := find_fault(article, place, locator.marks)):
        yield origin.problem((*path, fault.field), "unclear-mark", fault.message, times=str(fault.times))
    hedges: list[tuple[FieldPath, str | None]] = [
        (("quantities", n, "wording"), quantity.wording) for n, quantity in enumerate(claim.quantities)
    ]
    hedges += [(("time", "wording"), claim.time.wording)] if claim.time else []
    texts = " ".join(article.sentences.get(other.spot[:2], "") for other in claim.locators)
    for at, hedge in hedges:
        if hedge and index == 0 and strip_marks(fold_passage(hedge)) not in strip_marks(texts):
            message = N_("these words do not stand in the sentence: {words}")
            yield origin.problem(at, "wrong-mark", message, words=hedge)


def _find_unnamed(loaded: Loaded, articles: Mapping[str, Article]) -> Iterator[Problem]:
    """Warn of parties whose name stands elsewhere in the article, but not in the sentences of the claim.

    An entity that the article never names goes by a description of ours, which can't be looked for.
    """
    names = NameIndex(loaded.catalogue)
    named = {
        (id_, place): {mention.entity_id for mention in names.find(split_words(sentence))}
        for id_, article in articles.items()
        for place, sentence in article.sentences.items()
    }
    anywhere = {id_: set[str]().union(*(found for key, found in named.items() if key[0] == id_)) for id_ in articles}
    message = N_("the sentence does not name {id}: leave it out, add the sentence that does, or list it as inferred")
    for claim in loaded.catalogue.claims.values():
        places = [(locator.source, locator.spot[:2]) for locator in claim.locators]
        here = set[str]().union(*(named.get(place, set()) for place in places))
        for path, _, id_ in iter_references(claim):
            is_party = path[0] in (
                "subject",
                "object",
                "parts",
                "quantities",
                "place",
                "way",
            ) and not claim.is_inferred(id_)
            if is_party and id_ not in here and id_ in anywhere.get(claim.source_id, ()):
                yield loaded.origins[claim.ref].problem(path, "unnamed-party", message, id=id_)


def _words(text: str) -> list[str]:
    return _WORD.findall(strip_marks(text).casefold())


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(COPIED_WORDS)), strict=False)


def _verify_own_words(loaded: Loaded, articles: dict[str, Article]) -> Iterator[Problem]:
    """Report texts of ours that repeat a long run of an article's words."""
    copied = {
        run: id_ for id_, article in articles.items() for text in article.paragraphs for run in _runs(_words(text))
    }
    for record in iter_records(loaded.catalogue):
        for path, value in walk_values(record):
            if not isinstance(value, str) or path[-1] in _QUOTED:
                continue
            source_id = next((copied[run] for run in _runs(_words(value)) if run in copied), None)
            if source_id:
                message = N_("{count} words in a row stand in {source} too: say it in our own words")
                yield loaded.origins[record.ref].problem(
                    path, "copied-words", message, count=str(COPIED_WORDS), source=source_id
                )
