"""Begin the record of a source from what was read: an address, a saved page, a PDF or a text.

The record gets what the source says of itself, and the digests of its sentences; its text is not kept in it.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from musnad.editing.article import Article
from musnad.editing.create import propose_id
from musnad.editing.fetch import Fetched
from musnad.editing.pdf import Pdf, read_pdf
from musnad.editing.style import write_record
from musnad.editing.webpage import Message, Said, decode_page, read_page
from musnad.records.model import Catalogue
from musnad.records.problems import N_
from musnad.text.addresses import TRACKING, find_page, is_front_page
from musnad.text.digest import digest_passage
from musnad.text.fold import fold_words
from musnad.text.languages import LANGS, Lang
from musnad.wording.words import Words

OPEN = "…"
"""Stands where an editor has to write something."""
_FEW_WORDS = 60
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")
_SUFFIXES = {"text/html": "html", "application/xhtml+xml": "html", "application/pdf": "pdf", "text/plain": "text"}
MISSING: Mapping[str, str] = {
    "title": N_("Its own headline."),
    "authors": N_("Who wrote it."),
    "published": N_("When it was published."),
}


class IntakeError(Exception):
    """A source that no record can be begun of."""

    def __init__(self, message: str, **values: object) -> None:
        self.message, self.values = message, values
        super().__init__(message.format_map(values))


@dataclass
class Reading:
    """What was read of a source, before it is a record."""

    body: bytes
    sort: str
    """html, pdf or text."""
    paragraphs: Sequence[str] = ()
    pages: Sequence[int] = ()
    """The page of each paragraph, of a PDF."""
    address: str | None = None
    is_fetched: bool = False
    found: dict[str, Said] = field(default_factory=dict)
    """By field: title, publisher, language, published."""
    authors: tuple[Said, ...] = ()
    doubts: list[Message] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text, one paragraph a line."""
        return "".join(f"{paragraph}\n" for paragraph in self.paragraphs)


@dataclass(frozen=True)
class Intake:
    """A record begun, and what was read for it."""

    id: str
    record: str
    reading: Reading
    missing: tuple[str, ...]
    """Fields of which the source says nothing."""


def read_source(name: str, fetched: Fetched | bytes, address: str | None, today: date) -> Reading:
    """Return what a file or a page holds. Raises IntakeError, and ImportError without the extra ``sources``."""
    body = fetched if isinstance(fetched, bytes) else fetched.body
    sort = find_sort(name, fetched)
    if not body.strip():
        raise IntakeError(N_("{name} is empty"), name=name)
    reading = Reading(body, sort, address=address, is_fetched=isinstance(fetched, Fetched))
    if sort == "text":
        try:
            text = body.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise IntakeError(N_("{name} is not UTF-8 text; save it as UTF-8"), name=name) from error
        reading.paragraphs = Article(text).paragraphs
    elif sort == "pdf":
        _read_pdf(reading, name)
    else:
        _read_page(reading, name, None if isinstance(fetched, bytes) else fetched.charset, today)
    return reading


def find_sort(name: str, fetched: Fetched | bytes) -> str:
    """Return html, pdf or text, by what the bytes are before what they are called. Raises IntakeError."""
    body = fetched if isinstance(fetched, bytes) else fetched.body
    media_type = "" if isinstance(fetched, bytes) else fetched.media_type
    start = body[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"%pdf-" in start[:1024]:
        return "pdf"
    if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise IntakeError(N_("{name} is neither a page, nor a PDF, nor a text"), name=name)
    if re.match(rb"<(?:!doctype html|html|head|body|!--|\?xml[^>]*>\s*<(?:!doctype html|html))", start):
        return "html"
    sort = _SUFFIXES.get(media_type) or ("html" if re.search(r"\.(?:x?html?|mht)$", name, re.IGNORECASE) else "")
    if media_type and not sort:
        raise IntakeError(N_("{name} is neither a page, nor a PDF, nor a text, but {type}"), name=name, type=media_type)
    return sort or "text"


def _read_page(reading: Reading, name: str, charset: str | None, today: date) -> None:
    text, encoding = decode_page(reading.body, charset)
    if encoding != "utf-8":
        message = N_("the page was read as {encoding}: see whether all its letters are right")
        reading.doubts.append((message, {"encoding": encoding}))
    saved = re.search(r"<!--\s*saved from url=\(\d+\)(\S+)", text[:4096])
    reading.address = reading.address or (saved[1] if saved else None)
    try:
        page = read_page(text, reading.address, today)
    except ValueError as error:
        raise IntakeError(N_("{name} can't be read: {reason}"), name=name, reason=error) from error
    if not page.paragraphs:
        message = N_("no article was found in {name}: it may be made by scripts, or kept from readers who do not pay")
        raise IntakeError(message, name=name)
    reading.paragraphs, reading.authors = page.paragraphs, page.authors
    reading.doubts += page.doubts
    said = {"title": page.title, "publisher": page.publisher, "language": page.language}
    reading.found |= {key: value for key, value in said.items() if value}
    if len(page.published) == 1:
        reading.found["published"] = page.published[0]
    elif page.published:
        told = "; ".join(f"{said.value} ({said.place})" for said in page.published)
        reading.doubts.append((N_("the page gives more than one day of publication: {dates}"), {"dates": told}))
    _choose_address(reading, page.canonical)
    if sum(len(paragraph.split()) for paragraph in page.paragraphs) < _FEW_WORDS:
        message = N_("the text found is short: see whether it is the whole article")
        reading.doubts.append((message, {}))


def _choose_address(reading: Reading, canonical: str | None) -> None:
    """Take the address that the page gives as its own, where it is one of the same site."""
    if canonical and (not reading.address or _host(canonical) == _host(reading.address)):
        reading.address = canonical
    elif canonical:
        message = N_("the page names another site as its origin: {address}")
        reading.doubts.append((message, {"address": canonical}))
    reading.address = clean_address(reading.address) if reading.address else None


def _read_pdf(reading: Reading, name: str) -> None:
    try:
        pdf = read_pdf(reading.body)
    except ValueError as error:
        raise IntakeError(N_("{name} can't be read: {reason}"), name=name, reason=error) from error
    reading.paragraphs = [paragraph for page in pdf.pages for paragraph in page]
    reading.pages = [number for number, page in enumerate(pdf.pages, 1) for _ in page]
    text = "".join(reading.paragraphs)
    if len(_RIGHT_TO_LEFT.findall(text)) * 5 > len(text):
        # Where words follow each other against the order of reading, digests would be those of no sentence.
        reading.paragraphs, reading.pages = (), ()
        message = N_(
            "the order of words in an Arabic PDF can't be relied on: save its text, correct it, and begin from that"
        )
        reading.doubts.append((message, {}))
        _take_particulars(reading, pdf)
        return
    empty = [str(number) for number, page in enumerate(pdf.pages, 1) if not page]
    if not reading.paragraphs:
        reading.doubts.append((N_("the PDF holds pictures of pages and no text: its places are pages alone"), {}))
    elif empty:
        reading.doubts.append((N_("no text was found on these pages: {pages}"), {"pages": ", ".join(empty)}))
    if reading.paragraphs:
        reading.doubts.append(
            (N_("lines of the PDF were joined to paragraphs: see whether they end where these do"), {})
        )
    _take_particulars(reading, pdf)


def _take_particulars(reading: Reading, pdf: Pdf) -> None:
    if pdf.title:
        reading.found["title"] = Said(pdf.title, "PDF Title")
    if pdf.author:
        reading.authors = (Said(pdf.author, "PDF Author"),)


def clean_address(address: str) -> str:
    """Return an address without what sharing added, and without the place in the page."""
    parts = urlsplit(address)
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.fullmatch(pair[0])]
    is_clean = len(kept) == len(parse_qsl(parts.query, keep_blank_values=True))
    query = parts.query if is_clean else urlencode(kept)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, "")).replace(" ", "%20")


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


def find_outlet(catalogue: Catalogue, address: str | None, publisher: str | None) -> str | None:
    """Return the one entity that publishes at an address, or has a publisher's name."""
    host = _host(address) if address else ""
    by_host = {source.outlet for source in catalogue.sources.values() if host and _host(source.address) == host}
    by_host |= {
        entity.id
        for entity in catalogue.entities.values()
        if host and any(name.text.casefold().removeprefix("www.") == host for name in entity.names)
    }
    if len(by_host) == 1:
        return by_host.pop()
    wanted = fold_words(publisher) if publisher else []
    by_name = {
        entity.id
        for entity in catalogue.entities.values()
        if wanted and any(fold_words(name.text) == wanted for name in entity.names)
    }
    return by_name.pop() if len(by_name) == 1 else None


def _propose_source_id(reading: Reading, name: str) -> str:
    """Return an id made of the site and the number or the last words of the address, or of the file's name."""
    if not reading.address:
        return propose_id(re.sub(r"\.\w+$", "", re.split(r"[\\/]", name)[-1]))
    parts = urlsplit(reading.address)
    labels = [label for label in _host(reading.address).split(".")[:-1] if len(label) > 2] or [_host(reading.address)]
    numbers = re.findall(r"\d{4,}", f"{parts.path}?{parts.query}")
    words = propose_id(re.sub(r"\.\w+$", "", parts.path.rstrip("/").rpartition("/")[2]))
    return propose_id(f"{labels[-1]}-{words or (numbers[-1] if numbers else '')}"[:60])


def begin_source(
    catalogue: Catalogue, reading: Reading, words: Mapping[Lang, Words], today: date, *, name: str, id_: str | None
) -> Intake:
    """Return the record of a source, as a draft. Raises IntakeError where there is one already."""
    known = {find_page(source.address): source.id for source in catalogue.sources.values()}
    if reading.address and (taken := known.get(find_page(reading.address))):
        raise IntakeError(N_("this page has a record: {id}"), id=taken)
    id_ = id_ or _propose_source_id(reading, name)
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", id_):
        raise IntakeError(N_("give an id with --id: small Latin letters, digits and hyphens"))
    if id_ in catalogue.sources:
        raise IntakeError(N_("the id {id} is taken: give another one with --id"), id=id_)
    reading.doubts += _find_carried(catalogue, reading)
    if reading.address and is_front_page(reading.address):
        reading.doubts.append((N_("the address is that of a whole site, not of one page"), {}))
    missing = [name for name in ("title", "published") if name not in reading.found]
    missing += [] if reading.authors else ["authors"]
    record = write_record(_fill(catalogue, reading, missing, words, today), f"sources/{id_}.yaml")
    outlet = find_outlet(catalogue, reading.address, _value(reading, "publisher"))
    told = [name for name, value in (("outlet", outlet), ("address", reading.address)) if not value]
    told += [] if "language" in reading.found else ["language"]
    return Intake(id_, record, reading, (*told, *missing))


def _fill(
    catalogue: Catalogue, reading: Reading, missing: list[str], words: Mapping[Lang, Words], today: date
) -> dict[str, Any]:
    language = _value(reading, "language")
    title = _value(reading, "title")
    primary = language.partition("-")[0] if language else ""
    own = {lang: title if title and lang == primary else OPEN for lang in LANGS}
    is_own = title is not None and primary in LANGS
    whats = {"html": N_("The page as it was read."), "pdf": N_("The PDF."), "text": N_("The text.")}
    media_types = {"html": "text/html", "pdf": "application/pdf", "text": "text/plain"}

    def both(message: str) -> dict[str, str]:
        return {lang: words[lang].gettext(message) for lang in LANGS}

    record: dict[str, Any] = {
        "kind": "document" if reading.sort == "pdf" else "article",
        "outlet": find_outlet(catalogue, reading.address, _value(reading, "publisher")) or OPEN,
        "address": reading.address or f"https://{OPEN}",
        "language": language or OPEN,
        "title": {**own, "origin": "published" if is_own else "ours"},
        "headline": title if title and language and not is_own else None,
        "authors": [said.value for said in reading.authors] or None,
        "published": _value(reading, "published"),
        "retrieved": today.isoformat() if reading.is_fetched else None,
        "rights": dict.fromkeys(LANGS, OPEN),
        "paragraphs": [
            {
                "digest": digest_passage(paragraph),
                "sentences": [{"digest": digest_passage(sentence)} for sentence in sentences],
            }
            for paragraph, sentences in _iter_paragraphs(reading)
        ]
        or None,
        "read": [
            {
                "digest": f"sha256:{hashlib.sha256(reading.body).hexdigest()}",
                "what": both(whats[reading.sort]),
                "media_type": media_types[reading.sort],
            }
        ],
        "unknowns": [both(MISSING[name]) for name in missing] or None,
        "status": "draft",
        "extracted": {"date": today.isoformat(), "method": "machine-assisted"},
        "history": [{"date": today.isoformat(), "change": "created"}],
    }
    if record["kind"] == "article":
        del record["kind"]
    return {name: value for name, value in record.items() if value is not None}


def _iter_paragraphs(reading: Reading) -> Iterator[tuple[str, list[str]]]:
    article = Article(reading.text)
    for number, paragraph in enumerate(article.paragraphs, 1):
        yield paragraph, [text for place, text in article.sentences.items() if place[0] == number]


def _value(reading: Reading, name: str) -> str | None:
    said = reading.found.get(name)
    return said.value if said else None


def _find_carried(catalogue: Catalogue, reading: Reading) -> Iterator[Message]:
    """Tell of sources that have the same sentences."""
    own = {digest_passage(sentence) for sentence in Article(reading.text).sentences.values()}
    for source in catalogue.sources.values():
        shared = {sentence.digest for paragraph in source.paragraphs for sentence in paragraph.sentences} & own
        if shared:
            message = N_("{count} of its sentences stand in {id} too: one may carry the other's text (origin, agency)")
            yield message, {"count": len(shared), "id": source.id}
