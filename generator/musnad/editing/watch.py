"""Look at the live pages of sources: which are gone, which sentences are no longer there, which have no archived copy.

Nothing is changed, and no text of a page is kept or shown.
"""

import hashlib
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from musnad.editing.article import Place
from musnad.editing.fetch import GONE, USER_AGENT, Fetched, FetchError, NoSuchHostError, fetch
from musnad.editing.intake import find_sort
from musnad.editing.journal import RefusedError
from musnad.editing.pdf import read_pdf
from musnad.editing.webpage import decode_page, list_blocks, read_page
from musnad.pages.render import make_environment
from musnad.records.model import Catalogue, Source
from musnad.records.problems import N_, Message
from musnad.records.values import UNKNOWN
from musnad.text.addresses import find_page, is_front_page
from musnad.text.digest import digest_passage, split_article
from musnad.wording.words import Words

State = Literal["gone", "unlike", "changed", "corrected", "unreached", "same"]
# The most urgent first.
HEADINGS: Mapping[State, str] = {
    "gone": N_("Gone"),
    "unlike": N_("Shows none of the sentences on record"),
    "changed": N_("Changed without a notice"),
    "corrected": N_("Changed, with a notice"),
    "unreached": N_("Could not be looked at"),
    "same": N_("As on record"),
}
# Servers that say so have been asked too much.
_BUSY = frozenset({429, 503})
_LONGEST_PAUSE = 30.0
_ROBOTS_LIMIT = 500_000
_NOTICE = re.compile(
    r"""\W*(?:
    (?:corrections?|clarification|amendment|editor['’]?s?['’]?\ note)\b[^.:]{0,40}[:|—]
    |.{0,60}\b(?:earlier|previous|original)\ version\ of\ th(?:is|e)\b
    |this\ (?:article|story|report|page|piece|post)\ (?:has\ been|was)\ (?:\w+\ )?(?:corrected|updated|amended|edited)
    |(?:تصحيح|تصويب|استدراك|تنويه|توضيح|تعديل|ملاحظة\ (?:من\ )?(?:ال)?(?:محرر|تحرير))\b[^.:]{0,40}:
    |تم\ (?:تحديث|تعديل|تصحيح)\ (?:هذ[اه]\ )?(?:الخبر|المقال|المادة|التقرير)
    |.{0,60}في\ نسخة\ سابقة\ من\ هذ[اه]
    )""",
    re.IGNORECASE | re.VERBOSE,
)
"""How a block begins that tells readers of a change; the time of an update, or a link to corrections, is none."""
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
    has_answer: bool = True
    """Whether a server said anything."""

    @property
    def is_archived(self) -> bool:
        """Whether the record names an archived copy."""
        return self.source.archive != UNKNOWN

    @property
    def wants_editor(self) -> bool:
        """Whether somebody has to look at it: a page whose text readers no longer find anywhere, or another text."""
        return self.state == "changed" or (self.state in ("gone", "unlike") and not self.is_archived)


def watch_sources(
    catalogue: Catalogue, today: str, *, pause: float = 1.0, get: Callable[..., Fetched] = fetch
) -> list[Watched]:
    """Return what became of each source, after one request a page, and ``pause`` seconds between two to the same site.

    A site that asks programs to stay away (robots.txt), or has been asked too much, is left alone.
    Raises RefusedError without the extra ``sources``.
    """
    sites: dict[str, _Manners] = {}
    watched: list[Watched] = []
    for source in catalogue.sources.values():
        parts = urlsplit(source.address)
        root = f"{parts.scheme}://{parts.netloc}"
        manners = sites.setdefault(root, _Manners(root, get, pause))
        try:
            manners.wait_for(source.address)
            # Of a recording or a table that no digest tells of, it is only asked whether it is there.
            found = _compare(source, get(source.address, only_head=not (source.paragraphs or source.read)), today)
        except FetchError as error:
            if error.code in _BUSY:
                manners.refusal = FetchError(N_("the site was asked too much; it is left alone until the next time"))
            is_gone = error.code in GONE or isinstance(error, NoSuchHostError)
            state: State = "gone" if is_gone else "unreached"
            told = ((error.message, error.values),)
            found = Watched(source, state, told=told, has_answer=error.code is not None)
        watched.append(replace(found, claims=tuple(_find_claims(catalogue, source, found))))
    # Where nothing answers at all, the line is down, not the web.
    is_online = any(found.has_answer for found in watched)
    return watched if is_online else [replace(found, state="unreached") for found in watched]


class _Manners:
    """What a site asks of programs, and when it was last asked for something."""

    def __init__(self, root: str, get: Callable[..., Fetched], pause: float) -> None:
        self._root, self._get, self._pause = root, get, pause
        self._robots: RobotFileParser | None = None
        self._next = 0.0
        self.refusal: FetchError | None = None
        """Why the site is asked no more."""

    def wait_for(self, address: str) -> None:
        """Return when the page may be fetched. Raises FetchError where it may not, or the site can't be reached."""
        if self.refusal:
            raise self.refusal
        agent = USER_AGENT.partition("/")[0]
        if self._robots is None:
            self._robots = self._ask()
            asked = float(self._robots.crawl_delay(agent) or 0)
            self._pause = max(self._pause, min(asked, _LONGEST_PAUSE))
        if not self._robots.can_fetch(agent, address):
            raise FetchError(N_("the site asks programs not to fetch this page (robots.txt)"))
        time.sleep(max(0.0, self._next - time.monotonic()))
        self._next = time.monotonic() + self._pause

    def _ask(self) -> RobotFileParser:
        robots = RobotFileParser()
        try:
            text = self._get(f"{self._root}/robots.txt").body[:_ROBOTS_LIMIT].decode(errors="replace")
        except FetchError as error:
            # A site without the file asks nothing; one that has trouble wants to be left alone (RFC 9309).
            if error.code is None or error.code >= 500 or error.code in _BUSY:
                self.refusal = error
                raise
            text = ""
        robots.parse(text.splitlines())
        return robots


def _compare(source: Source, fetched: Fetched, today: str) -> Watched:
    found = Watched(source, "same")
    if find_page(fetched.address) != find_page(source.address):
        if is_front_page(fetched.address) and not is_front_page(source.address):
            return replace(found, state="gone", told=((N_("the address leads to the front page"), {}),))
        found = replace(found, told=((N_("the address leads on to {address}"), {"address": fetched.address}),))
    digest = f"sha256:{hashlib.sha256(fetched.body).hexdigest()}"
    if not (source.paragraphs or source.read) or any(copy.digest == digest for copy in source.read):
        return found
    try:
        sort = find_sort(source.address, fetched.body, fetched.media_type)
    except RefusedError:
        sort = ""
    return _compare_text(found, sort, fetched, today) if source.paragraphs else _compare_file(found, sort)


def _compare_file(found: Watched, sort: str) -> Watched:
    """Tell of a file whose bytes are others than those that were read."""
    if sort != "html":
        return replace(found, state="changed", told=(*found.told, (N_("the file is another one than was read"), {})))
    if any(copy.media_type == "text/html" for copy in found.source.read):
        # The bytes of a page change with each reader.
        return found
    return replace(found, state="unlike", told=(*found.told, (N_("there is a page now in the place of the file"), {})))


def _compare_text(found: Watched, sort: str, fetched: Fetched, today: str) -> Watched:
    texts, modified = _list_texts(sort, fetched, today)
    sentences = (each for text in texts for paragraph in split_article(text) for each in paragraph)
    live = {digest_passage(text) for text in (*texts, *sentences)}
    places = {
        (p, s): sentence.digest
        for p, paragraph in enumerate(found.source.paragraphs, 1)
        for s, sentence in enumerate(paragraph.sentences, 1)
    }
    missing = tuple(place for place, digest in places.items() if digest not in live)
    if not missing:
        return found
    if len(missing) == len(places):
        message = N_("it may be gone, kept from programs or from readers who do not pay, or written anew")
        return replace(found, state="unlike", missing=missing, told=(*found.told, (message, {})))
    told = [*found.told]
    if modified:
        told.append((N_("the page says that it was changed on {date}"), {"date": modified}))
    has_notice = any(len(text) < _NOTICE_LENGTH and _NOTICE.match(text) for text in texts)
    return replace(found, state="corrected" if has_notice else "changed", missing=missing, told=tuple(told))


def _list_texts(sort: str, fetched: Fetched, today: str) -> tuple[list[str], str | None]:
    """Return all text that was sent, of the article or not, as what an editor counted must be somewhere in it.

    With it, the day on which the page says that it was changed.
    """
    try:
        if sort == "pdf":
            return [paragraph for page in read_pdf(fetched.body).pages for paragraph in page], None
        text, _ = decode_page(fetched.body, fetched.charset)
        if sort != "html":
            return text.splitlines(), None
        page = read_page(text, fetched.address, today)
        return [*list_blocks(text), *page.paragraphs], page.metadata.modified and page.metadata.modified.value
    except ValueError:
        return [], None


def _find_claims(catalogue: Catalogue, source: Source, found: Watched) -> Iterator[str]:
    missing = set(found.missing)
    for claim in catalogue.claims.values():
        if any(at.source == source.id and at.paragraph and at.spot[:2] in missing for at in claim.locators):
            yield claim.id


def _group(watched: list[Watched]) -> Mapping[State, list[Watched]]:
    """Return those of each state, the most urgent state first."""
    return {state: found for state in HEADINGS if (found := [each for each in watched if each.state == state])}


def tell_watched(watched: list[Watched], words: Words) -> Iterator[str]:
    """Yield what became of the sources, for the terminal, the most urgent first."""
    for state, group in _group(watched).items():
        for found in group:
            yield f"{found.source.id}: {words.gettext(HEADINGS[state])}"
            yield from (f"  {words.fill(message, **values)}" for message, values in found.told)
            if found.missing:
                places = " ".join(f"{paragraph}.{sentence}" for paragraph, sentence in found.missing)
                yield f"  {words.gettext(N_('no longer there (paragraph.sentence):'))} {places}"
            if found.claims:
                yield f"  {words.gettext(N_('claims that rest on it:'))} {' '.join(found.claims)}"
            if not found.is_archived:
                yield f"  {words.gettext(N_('Without an archived copy'))}"


def render_watched(watched: list[Watched], words: Words) -> str:
    """Return what became of the sources as Markdown in one language, the most urgent first."""
    unarchived = [found.source for found in watched if not found.is_archived]
    groups = {HEADINGS[state]: found for state, found in _group(watched).items()}
    template = make_environment(words).get_template("watch.md.j2")
    return template.render(
        count=len(watched), groups=groups, same=HEADINGS["same"], unarchived=unarchived, fill=words.fill
    )
