"""Begin records from a few answers, as drafts: proposed ids, what may be there already, places in sources."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from musnad.derive.graph import make_graph
from musnad.editing.article import Article, draft_marks
from musnad.editing.change import Draft
from musnad.editing.journal import RefusedError
from musnad.editing.style import write_record
from musnad.pages.addresses import Addresses
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.voices import make_lead
from musnad.pages.trace import Trace
from musnad.records.model import Catalogue, Claim, Entity, Locator, Name, Source, Voice
from musnad.records.problems import N_
from musnad.records.shapes import OPEN, explain_unfinished
from musnad.records.yamltext import Origin
from musnad.rules.copies import find_alike
from musnad.text.addresses import find_page
from musnad.text.digest import digest, digest_passage
from musnad.text.digits import to_latin_digits
from musnad.text.fold import fold_words
from musnad.text.languages import LANGS
from musnad.wording.words import Words

Data = Mapping[str, Any]
"""Fields of a record."""


_LETTERS = {
    "ا": "a",
    "ٱ": "a",
    "ب": "b",
    "ت": "t",
    "ث": "th",
    "ج": "j",
    "ح": "h",
    "خ": "kh",
    "د": "d",
    "ذ": "dh",
    "ر": "r",
    "ز": "z",
    "س": "s",
    "ش": "sh",
    "ص": "s",
    "ض": "d",
    "ط": "t",
    "ظ": "z",
    "ع": "",
    "غ": "gh",
    "ف": "f",
    "ق": "q",
    "ك": "k",
    "ل": "l",
    "م": "m",
    "ن": "n",
    "ه": "h",
    "ة": "a",
    "و": "w",
    "ي": "y",
    "ى": "a",
    "ء": "",
    "پ": "p",
    "چ": "ch",
    "ژ": "zh",
    "ک": "k",
    "گ": "g",
    "ڤ": "v",
    "ی": "y",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ł": "l",
    "þ": "th",
    "ı": "i",
}
"""As Arabic names are mostly written in Latin letters; vowels that are not written nobody knows."""
_SMALL = frozenset(("a", "an", "the", "of", "in", "on", "at", "to", "and"))
_UNHEARD = re.compile("['’‘ʼʾʿـ]")


def propose_id(name: str) -> str:
    """Return an id made of a name in either script, a few words at most; ``proposeId`` in the form is its twin."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", name).replace("إ", "i")).lower()
    heard = (letter for letter in _UNHEARD.sub("", plain) if not unicodedata.category(letter).startswith("M"))
    latin = to_latin_digits("".join(_LETTERS.get(letter, letter) for letter in heard))
    words = re.findall("[a-z0-9]+", latin)
    kept = [word for word in words if word not in _SMALL]
    return "-".join((kept or words)[:5])[:60].removesuffix("-")


def propose_neutral_id(kind: str, name: str) -> str:
    """Return an id for who is or may be alive: it tells no name, and is the same for the same name."""
    return f"{kind}-{digest(name)[:8]}"


def find_likely(catalogue: Catalogue, names: Sequence[Name]) -> Iterator[tuple[Entity, str]]:
    """Yield records that may be of the same, by the likeness of which the check of duplicates warns, and their name."""
    fields: dict[str, Any] = {"names": tuple(names)}
    wanted = Entity.model_construct(**fields)
    for known in catalogue.entities.values():
        if alike := find_alike(known, wanted):
            yield known, known.names[alike[1]].text


def find_same_claims(catalogue: Catalogue, claim: Data) -> Iterator[Claim]:
    """Yield claims that say the like of the same subject in the same place of the source."""
    try:
        places = {(found.source, found.spot) for found in map(Locator.model_validate, claim["locators"])}
    except ValidationError:
        # The place is still open.
        return
    for known in catalogue.claims.values():
        is_alike = (known.subject, known.predicate) == (claim["subject"], claim["predicate"])
        if is_alike and any((locator.source, locator.spot) in places for locator in known.locators):
            yield known


def find_same_sources(catalogue: Catalogue, source: Data) -> Iterator[Source]:
    """Yield sources from the same address, or of the same outlet and title."""
    page = find_page(source["address"])
    titles = {tuple(fold_words(source["title"][lang])) for lang in LANGS} - {()}
    for known in catalogue.sources.values():
        is_titled = any(tuple(fold_words(known.title[lang])) in titles for lang in LANGS)
        if find_page(known.address) == page or (known.outlet == source["outlet"] and is_titled):
            yield known


def locate(source: Source, article: Article | None, paragraph: str, sentence: str) -> dict[str, Any]:
    """Return a locator with the digest of a sentence, from the record of its source or from a copy of the article.

    Raises RefusedError when there is no such sentence, or the two differ.
    """
    found: dict[str, Any] = {"source": source.id, "paragraph": paragraph, "sentence": sentence, "digest": OPEN}
    if not (paragraph.isdecimal() and sentence.isdecimal()):
        return found
    place = int(paragraph), int(sentence)
    numbered = enumerate(source.paragraphs, 1)
    known = {(p, s): one.digest for p, each in numbered for s, one in enumerate(each.sentences, 1)}
    text = article.sentences.get(place) if article else None
    digest = digest_passage(text) if text else None
    told = {"source": source.id, "p": place[0], "s": place[1]}
    if (article and not text) or (source.paragraphs and place not in known):
        raise RefusedError(N_("{source} has no paragraph {p} with a sentence {s}"), **told)
    if digest and digest != known.get(place, digest):
        message = N_("{source} has another sentence in paragraph {p}, sentence {s}: was the text changed since?")
        raise RefusedError(message, **told)
    marks = draft_marks(article, place)._asdict() if article else {}
    return {**found, "paragraph": place[0], "sentence": place[1], "digest": digest or known.get(place, OPEN),
            **{name: mark for name, mark in marks.items() if mark}}  # fmt: skip


def tell_opening(catalogue: Catalogue, voices: Sequence[Data], words: Words) -> str:
    """Return the opening words that readers will see of a chain; empty while it is not whole."""
    graph = make_graph(replace(catalogue, sources={}, entities={}, claims={}))
    composer = Composer(catalogue, graph, words, Trace(), Addresses())
    if OPEN in repr(voices):
        return ""
    fields: dict[str, Any] = {"id": "", "attribution": tuple(map(Voice.model_validate, voices))}
    return make_lead(composer, Claim.model_construct(**fields))


def create(draft: Draft, file: str, id_: str, data: Data, today: str, *, method: str = "by-hand") -> None:
    """Put a new record among the others, as a draft. Raises RefusedError for an id that is taken."""
    if f"{file.partition('/')[0]}/{id_}" in draft.loaded.origins:
        raise RefusedError(N_("the id {id} is taken: give another one with --id"), id=id_)
    made = {"extracted": {"date": today, "method": method}, "history": [{"date": today, "change": "created"}]}
    draft.write(file, write_record({**data, "status": "draft", **made}, file))
    draft.tell(N_("new, as a draft: {file}"), file=file)
    if left := dict.fromkeys(problem.values["field"] for problem in explain_unfinished(data, Origin(file))):
        draft.tell(N_("still open, marked … and told by musnad check: {fields}"), fields=", ".join(left))
