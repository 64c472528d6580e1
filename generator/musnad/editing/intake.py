"""Begin the record of a source from what was read: an address, a saved page, a PDF or a text.

The record gets what the source says of itself, and the digests of its sentences; its text is not kept in it.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from musnad.editing.article import Article
from musnad.editing.create import propose_id
from musnad.editing.fetch import Fetched
from musnad.editing.journal import RefusedError
from musnad.editing.metadata import Metadata, Said, read_script
from musnad.editing.pdf import read_pdf
from musnad.editing.webpage import decode_page, read_page
from musnad.records.model import Catalogue
from musnad.records.problems import N_, Message
from musnad.text.addresses import TRACKING, find_page, is_front_page
from musnad.text.digest import digest_passage, outline_article
from musnad.text.fold import fold_words
from musnad.text.languages import LANGS, Lang
from musnad.wording.words import Words

_FEW_WORDS = 60
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")
_SORTS = {"text/html": "html", "application/xhtml+xml": "html", "application/pdf": "pdf", "text/plain": "text"}
_READ = {"html": ("text/html", N_("The page as it was read.")), "pdf": ("application/pdf", N_("The PDF."))}


@dataclass
class Reading:
    """What was read of a source, before it is a record."""

    body: bytes = b""
    sort: str = ""
    """html, pdf or text; empty where nothing was read."""
    paragraphs: Sequence[str] = ()
    pages: Sequence[int] = ()
    """The page of each paragraph, of a PDF."""
    address: str | None = None
    is_fetched: bool = False
    found: dict[str, Said] = field(default_factory=dict)
    """By field: title, publisher, authors (divided by semicolons), language, published."""
    hints: Mapping[str, str] = field(default_factory=dict)
    """What a PDF says by its programs more often than by its authors."""
    doubts: list[Message] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text, one paragraph a line."""
        return "".join(f"{paragraph}\n" for paragraph in self.paragraphs)

    def get(self, name: str) -> str | None:
        """Return what was found of a field."""
        return self.found[name].value if name in self.found else None


def read_source(name: str, fetched: Fetched | bytes, address: str | None, today: str) -> Reading:
    """Return what a file or a page holds. Raises RefusedError."""
    if isinstance(fetched, bytes):
        body, media_type, charset = fetched, "", None
    else:
        body, media_type, charset = fetched.body, fetched.media_type, fetched.charset
    reading = Reading(body, address=address, is_fetched=isinstance(fetched, Fetched))
    if not body.strip():
        raise RefusedError(N_("{name} is empty"), name=name)
    if b"multipart/related" in body[:2048]:
        body, charset, saved = _open_mhtml(body)
        reading.address = reading.address or saved
    reading.sort = find_sort(name, body, media_type)
    if reading.sort == "pdf":
        _read_pdf(reading, name)
        return reading
    text, encoding = decode_page(body, charset)
    if encoding != "utf-8":
        message = N_("it was read as {encoding}: see whether all its letters are right")
        reading.doubts.append((message, {"encoding": encoding}))
    if reading.sort == "text":
        reading.paragraphs = Article(text).paragraphs
        if language := read_script(text):
            reading.found["language"] = language
    else:
        _read_page(reading, name, text, today)
    return reading


def _open_mhtml(body: bytes) -> tuple[bytes, str | None, str | None]:
    """Return the page in a file that a browser saved with all that belongs to it, its encoding and its address."""
    for part in message_from_bytes(body).walk():
        page = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(page, bytes):
            return page, part.get_content_charset(), part["Content-Location"]
    return b"", None, None


def find_sort(name: str, body: bytes, media_type: str) -> str:
    """Return html, pdf or text, by what the bytes are before what they are called. Raises RefusedError."""
    start = body[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"%pdf-" in start[:1024]:
        return "pdf"
    if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RefusedError(N_("{name} is neither a page, nor a PDF, nor a text"), name=name)
    if re.match(rb"<(?:!doctype html|html|head|body|!--|\?xml[^>]*>\s*<(?:!doctype html|html))", start):
        return "html"
    sort = _SORTS.get(media_type) or ("html" if re.search(r"\.(?:x?html?|mhtml?)$", name, re.IGNORECASE) else "")
    if media_type and not sort:
        raise RefusedError(
            N_("{name} is neither a page, nor a PDF, nor a text, but {type}"), name=name, type=media_type
        )
    return sort or "text"


def _read_page(reading: Reading, name: str, text: str, today: str) -> None:
    # As browsers and SingleFile note it.
    saved = re.search(r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(\S+)", text[:4096])
    reading.address = reading.address or (saved[1] if saved else None)
    try:
        page = read_page(text, reading.address, today)
    except ValueError as error:
        raise RefusedError(N_("{name} can't be read: {reason}"), name=name, reason=error) from error
    if not page.paragraphs:
        message = N_("no article was found in {name}: it may be made by scripts, or kept from readers who do not pay")
        raise RefusedError(message, name=name)
    reading.paragraphs, told = page
    reading.doubts += _find_oddities(told)
    said = {"title": told.title, "publisher": told.publisher, "language": told.language}
    if told.authors:
        said["authors"] = Said("; ".join(author.value for author in told.authors), told.authors[0].place)
    if len(told.published) == 1:
        said["published"] = told.published[0]
    reading.found |= {key: value for key, value in said.items() if value}
    _choose_address(reading, told.canonical)
    if sum(len(paragraph.split()) for paragraph in page.paragraphs) < _FEW_WORDS:
        message = N_("the text found is short: see whether it is the whole article")
        reading.doubts.append((message, {}))


def _find_oddities(told: Metadata) -> Iterator[Message]:
    for said in told.unread:
        message = N_("a date on the page can't be read: {text} ({place})")
        yield message, {"text": said.value, "place": said.place}
    if len(told.published) > 1:
        days = "; ".join(f"{said.value} ({said.place})" for said in told.published)
        yield N_("the page gives more than one day of publication: {dates}"), {"dates": days}
    if not told.is_free:
        yield N_("the page says that it is not free to read: the text may be only its beginning"), {}
    if told.is_live:
        yield N_("this page goes on being written: keep an archived copy of it as it is now"), {}


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
        raise RefusedError(N_("{name} can't be read: {reason}"), name=name, reason=error) from error
    reading.hints = {key: value for key, value in (("title", pdf.title), ("authors", pdf.author)) if value}
    paragraphs = [paragraph for page in pdf.pages for paragraph in page]
    text, empty = "".join(paragraphs), [str(number) for number, page in enumerate(pdf.pages, 1) if not page]
    if len(_RIGHT_TO_LEFT.findall(text)) * 5 > len(text) > 0:
        # Where words follow each other against the order of reading, digests would be those of no sentence.
        message = N_(
            "the order of words in an Arabic PDF can't be relied on: save its text, correct it, and begin from that"
        )
        reading.doubts.append((message, {}))
    elif not paragraphs:
        reading.doubts.append((N_("the PDF holds pictures of pages and no text: its places are pages alone"), {}))
    else:
        reading.paragraphs = paragraphs
        reading.pages = [number for number, page in enumerate(pdf.pages, 1) for _ in page]
        message = N_("lines of the PDF were joined to paragraphs: see whether they end where these do")
        reading.doubts.append((message, {}))
        if empty:
            reading.doubts.append((N_("no text was found on these pages: {pages}"), {"pages": ", ".join(empty)}))
        mixed = [str(number) for number, each in enumerate(paragraphs, 1) if _RIGHT_TO_LEFT.search(each)]
        if mixed:
            message = N_("Arabic words in these paragraphs may stand in disorder: {paragraphs}")
            reading.doubts.append((message, {"paragraphs": ", ".join(mixed)}))


def clean_address(address: str) -> str:
    """Return an address without what sharing added, and without the place in the page."""
    parts = urlsplit(address)
    query = "&".join(pair for pair in parts.query.split("&") if not TRACKING.fullmatch(pair.partition("=")[0]))
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


def find_answers(catalogue: Catalogue, reading: Reading, language: str | None) -> dict[str, str]:
    """Return what was read and need not be asked for, by the names of the options; ``language`` as an editor says."""
    language = language or reading.get("language")
    answers = {
        "kind": "document" if reading.sort == "pdf" else "article" if reading.paragraphs else None,
        "address": reading.address,
        "outlet": find_outlet(catalogue, reading.address, reading.get("publisher")),
        "language": language,
        **{name: reading.get(name) for name in ("authors", "published")},
    }
    if own := find_own_lang(language or ""):
        answers[f"title_{own}"] = reading.get("title")
    return {name: value for name, value in answers.items() if value}


def propose_source_id(address: str, title: str) -> str:
    """Return an id made of the site, and the last words of the address, its number or the title."""
    parts = urlsplit(address)
    labels = [label for label in _host(address).split(".")[:-1] if len(label) > 2] or [_host(address)]
    numbers = re.findall(r"\d{4,}", f"{parts.path}?{parts.query}")
    last = propose_id(re.sub(r"\.\w+$", "", unquote(parts.path).rstrip("/").rpartition("/")[2]))
    return propose_id(f"{labels[-1]}-{last or ''.join(numbers[-1:]) or propose_id(title)}"[:60])


def find_doubts(catalogue: Catalogue, reading: Reading) -> Iterator[Message]:
    """Yield what an editor should look at. Raises RefusedError where the page has a record."""
    known = {find_page(source.address): source.id for source in catalogue.sources.values()}
    if reading.address and (taken := known.get(find_page(reading.address))):
        raise RefusedError(N_("this page has a record: {id}"), id=taken)
    yield from reading.doubts
    if reading.address and is_front_page(reading.address):
        yield N_("the address is that of a whole site, not of one page"), {}
    own = {digest_passage(sentence) for sentence in Article(reading.text).sentences.values()}
    for source in catalogue.sources.values():
        shared = {sentence.digest for paragraph in source.paragraphs for sentence in paragraph.sentences} & own
        if shared:
            message = N_("{count} of its sentences stand in {id} too: one may carry the other's text (origin, agency)")
            yield message, {"count": len(shared), "id": source.id}


def describe_reading(reading: Reading, language: str, both: Mapping[Lang, Words], today: str) -> dict[str, Any]:
    """Return the fields of a source that are worked out of what was read, and asked of nobody."""
    fields: dict[str, Any] = {
        "headline": reading.get("title") if find_own_lang(language) is None else None,
        "retrieved": today if reading.is_fetched else None,
        "paragraphs": outline_article(reading.text),
    }
    if reading.sort in _READ:
        media_type, what = _READ[reading.sort]
        digest = f"sha256:{hashlib.sha256(reading.body).hexdigest()}"
        told = {lang: both[lang].gettext(what) for lang in LANGS}
        fields["read"] = [{"digest": digest, "what": told, "media_type": media_type}]
    return {name: value for name, value in fields.items() if value}


def list_unknowns(source: Mapping[str, Any], both: Mapping[Lang, Words]) -> list[dict[str, str]]:
    """Return what readers are told that nobody knows of a source."""
    messages = (
        (source["title"]["origin"] == "published", N_("Its own headline.")),
        ("authors" in source, N_("Who wrote it.")),
        ("published" in source, N_("When it was published.")),
    )
    return [{lang: both[lang].gettext(message) for lang in LANGS} for is_known, message in messages if not is_known]


def find_own_lang(language: str) -> Lang | None:
    """Return which of the record's two languages a source is in."""
    return next((lang for lang in LANGS if lang == language.partition("-")[0]), None)
