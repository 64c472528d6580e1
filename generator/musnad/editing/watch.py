"""Look at the live pages of sources: which are gone, which sentences are no longer there, which have no archived copy.

Nothing is changed, and no text of a page is kept or shown.
"""

import hashlib
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from musnad.editing.article import Article, Place
from musnad.editing.fetch import GONE, USER_AGENT, Fetched, FetchError, fetch
from musnad.editing.intake import IntakeError, find_sort
from musnad.editing.pdf import read_pdf
from musnad.editing.webpage import Message, decode_page, list_blocks, read_page
from musnad.pages.render import make_environment
from musnad.records.model import Catalogue, Source
from musnad.records.problems import N_
from musnad.text.addresses import find_page, is_front_page
from musnad.text.digest import digest_passage, split_article
from musnad.wording.words import Words

State = Literal["gone", "unlike", "changed", "corrected", "unreached", "same"]
HEADINGS: Mapping[State, str] = {
    "gone": N_("Gone"),
    "changed": N_("Changed without a notice"),
    "corrected": N_("Changed, with a notice"),
    "unlike": N_("Shows none of the sentences on record"),
    "unreached": N_("Could not be looked at"),
    "same": N_("As on record"),
}
ALARMING: frozenset[State] = frozenset({"gone", "changed", "unlike"})
_NOTICE = re.compile(
    r"""\W*(?:
    (?:corrections?|clarification|amendment|editor['’]?s?['’]?\ note|updated?)\b[^.:]{0,40}(?:[:|—]|$)
    |.{0,60}\b(?:earlier|previous|original)\ version\ of\ th(?:is|e)\b
    |this\ (?:article|story|report|page|piece|post)\ (?:has\ been|was)\ (?:\w+\ )?(?:corrected|updated|amended|edited)
    |(?:تصحيح|تصويب|استدراك|تنويه|توضيح|تعديل|تحديث|ملاحظة\ (?:من\ )?(?:ال)?(?:محرر|تحرير))\b[^.:]{0,40}(?::|$)
    |تم\ (?:تحديث|تعديل|تصحيح)\ (?:هذ[اه]\ )?(?:الخبر|المقال|المادة|التقرير)
    |.{0,60}في\ نسخة\ سابقة\ من\ هذ[اه]
    )""",
    re.IGNORECASE | re.VERBOSE,
)
"""How a block begins that tells readers of a change."""
_NOTICE_LENGTH = 600


@dataclass(frozen=True)
class Watched:
    """What became of a source."""

    source: Source
    state: State
    missing: tuple[Place, ...] = ()
    """Sentences on record that the page no longer has."""
    claims: tuple[str, ...] = ()
    """Claims that lead to these."""
    told: tuple[Message, ...] = ()

    @property
    def is_archived(self) -> bool:
        """Whether the record names an archived copy."""
        return self.source.archive != "unknown"


def watch_sources(
    catalogue: Catalogue,
    today: date,
    *,
    pause: float = 1.0,
    get: Callable[..., Fetched] = fetch,
) -> Iterator[Watched]:
    """Yield what became of each source, one request a page, and ``pause`` seconds between two to the same site.

    A site that asks programs to stay away (robots.txt) is left alone. Raises ImportError without the extra ``sources``.
    """
    leave = _Permissions(get)
    asked: dict[str, float] = {}
    for source in catalogue.sources.values():
        host = urlsplit(source.address).netloc
        try:
            if not leave.is_given(source.address):
                message = N_("the site asks programs not to fetch this page (robots.txt)")
                yield Watched(source, "unreached", told=((message, {}),))
                continue
            time.sleep(max(0.0, asked.get(host, 0.0) + pause - time.monotonic()))
            # Of a recording or a table that no digest tells of, it is only asked whether it is there.
            fetched = get(source.address, only_head=not (source.paragraphs or source.read))
            found = _compare(source, fetched, today)
        except FetchError as error:
            state: State = "gone" if error.code in GONE else "unreached"
            found = Watched(source, state, told=((error.message, error.values),))
        asked[host] = time.monotonic()
        yield replace(found, claims=tuple(_find_claims(catalogue, source, found)))


class _Permissions:
    """What sites ask of programs, each asked once."""

    def __init__(self, get: Callable[..., Fetched]) -> None:
        self._get, self._robots = get, dict[str, RobotFileParser]()

    def is_given(self, address: str) -> bool:
        """Whether a page may be fetched. Raises FetchError where the site can't be reached."""
        parts = urlsplit(address)
        root = f"{parts.scheme}://{parts.netloc}"
        if root not in self._robots:
            self._robots[root] = robots = RobotFileParser()
            try:
                lines = self._get(f"{root}/robots.txt").body.decode(errors="replace").splitlines()
            except FetchError as error:
                # A site without the file asks nothing (RFC 9309).
                if error.code is None:
                    del self._robots[root]
                    raise
                lines = []
            robots.parse(lines)
        return self._robots[root].can_fetch(USER_AGENT.partition("/")[0], address)


def _compare(source: Source, fetched: Fetched, today: date) -> Watched:
    told: list[Message] = []
    if find_page(fetched.address) != find_page(source.address):
        if is_front_page(fetched.address) and not is_front_page(source.address):
            return Watched(source, "gone", told=((N_("the address leads to the front page"), {}),))
        told.append((N_("the address leads on to {address}"), {"address": fetched.address}))
    if not (source.paragraphs or source.read):
        return Watched(source, "same", told=tuple(told))
    digest = f"sha256:{hashlib.sha256(fetched.body).hexdigest()}"
    if any(copy.digest == digest for copy in source.read):
        return Watched(source, "same", told=tuple(told))
    try:
        sort = find_sort(source.address, fetched)
    except IntakeError:
        sort = "file"
    if not source.paragraphs:
        return _compare_file(source, sort, told)
    texts = _list_texts(sort, fetched)
    live = {
        digest_passage(sentence) for text in texts for paragraph in split_article(text) for sentence in paragraph
    } | {digest_passage(text) for text in texts}
    places = {
        (p, s): sentence.digest
        for p, paragraph in enumerate(source.paragraphs, 1)
        for s, sentence in enumerate(paragraph.sentences, 1)
    }
    missing = tuple(place for place, digest in places.items() if digest not in live)
    if not missing:
        return Watched(source, "same", told=tuple(told))
    if len(missing) == len(places):
        message = N_("it may be kept from programs or from readers who do not pay, or have been written anew")
        return Watched(source, "unlike", missing, told=(*told, (message, {})))
    if sort == "html" and (modified := _find_modified(fetched, today)):
        told.append((N_("the page says that it was changed on {date}"), {"date": modified}))
    has_notice = any(len(text) < _NOTICE_LENGTH and _NOTICE.match(text) for text in texts)
    return Watched(source, "corrected" if has_notice else "changed", missing, told=tuple(told))


def _compare_file(source: Source, sort: str, told: list[Message]) -> Watched:
    """Tell of a file whose bytes are others than those that were read."""
    if sort != "html":
        return Watched(source, "changed", told=(*told, (N_("the file is another one than was read"), {})))
    if any(copy.media_type == "text/html" for copy in source.read):
        # The bytes of a page change with each reader.
        return Watched(source, "same", told=tuple(told))
    return Watched(source, "unlike", told=(*told, (N_("there is a page now in the place of the file"), {})))


def _list_texts(sort: str, fetched: Fetched) -> list[str]:
    """Return all text that was sent, of the article or not: what an editor counted must be somewhere in it."""
    if sort == "html":
        text, _ = decode_page(fetched.body, fetched.charset)
        return [*list_blocks(text), *_read_article(text)]
    if sort == "pdf":
        try:
            return [paragraph for page in read_pdf(fetched.body).pages for paragraph in page]
        except ValueError:
            return []
    return [*Article(fetched.body.decode(errors="replace")).paragraphs]


def _read_article(text: str) -> Iterable[str]:
    try:
        return read_page(text, None, date.max).paragraphs
    except ValueError:
        return ()


def _find_modified(fetched: Fetched, today: date) -> str | None:
    text, _ = decode_page(fetched.body, fetched.charset)
    modified = read_page(text, fetched.address, today).modified
    return modified.value if modified else None


def _find_claims(catalogue: Catalogue, source: Source, found: Watched) -> Iterator[str]:
    missing = set(found.missing)
    for claim in catalogue.claims.values():
        if any(at.source == source.id and at.paragraph and at.spot[:2] in missing for at in claim.locators):
            yield claim.id


def render_watched(watched: list[Watched], words: Words) -> str:
    """Return what became of the sources as Markdown in one language."""
    groups = {HEADINGS[state]: [found for found in watched if found.state == state] for state in HEADINGS}
    unarchived = [found.source for found in watched if not found.is_archived]
    template = make_environment(words).get_template("watch.md.j2")
    return template.render(
        count=len(watched), groups=groups, same=HEADINGS["same"], unarchived=unarchived, fill=words.fill
    )
