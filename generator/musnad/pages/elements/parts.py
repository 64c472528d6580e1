"""The elements pages are made of: links, chains of voices, facts, badges, claims, page heads."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from musnad.text.languages import Lang


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to a page; ``href`` is a place, or an address elsewhere; None leads nowhere."""

    text: str
    href: str | None = None
    note: str = ""
    is_inferred: bool = False
    """Not named by the source: the record infers it."""

    def prefix(self, particle: str) -> "Link":
        """Return the link with an Arabic particle written onto its text."""
        return replace(self, text=particle + self.text)


@dataclass(frozen=True, slots=True)
class VoiceView:
    """One voice of a chain."""

    name: str
    href: str | None
    icon: str
    is_anonymous: bool
    brief: str
    """A remark in brackets after the name."""
    note: str
    """A sentence or two below the name."""
    via: str = ""
    """What joins it to the voice before it: on the word of."""


@dataclass(frozen=True, slots=True)
class QuantityView:
    """A quantity in words: the amount is set bold between its hedge and what it is counted by."""

    before: str
    amount: str
    after: str
    computed: str
    """The unit price, or how far the amount rose or fell; or empty."""
    wording: str
    """The source's own hedge, or empty."""
    portions: str = ""
    """Parts of the count: of whom 12 children."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what stands beside it: a text, a quantity or links."""

    label: str
    icon: str = ""
    text: str = ""
    quantity: QuantityView | None = None
    links: tuple[Link, ...] = ()
    pieces: tuple[Link, ...] = ()
    """Words and links by turns, as one sentence."""
    computed: str = ""
    note: str = ""
    """How it was found or computed."""
    wording: str = ""


@dataclass(frozen=True, slots=True)
class Badge:
    """A mark with its words; ``is_stop`` marks that something changed or is disputed."""

    icon: str
    text: str
    href: str
    is_stop: bool = False
    turns: bool = False


@dataclass(frozen=True, slots=True)
class AnswerView:
    """A denial, a refusal to comment or another answer, as it stands beside what it answers."""

    label: str
    lead: str
    says: str
    href: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim as it stands in a list or on its own page. The lead is never shown without what it says."""

    id: str
    anchor: str
    href: str
    title: str
    lead: str
    says: str
    chain: tuple[VoiceView, ...]
    facts: tuple[Fact, ...]
    badges: tuple[Badge, ...]
    locators: tuple[Badge, ...]
    language: str
    """The source's, in which its own words are."""
    answers: tuple[AnswerView, ...] = ()
    is_protected: bool = False
    """About a living person, and not reviewed: pages that show it are kept from search engines."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a pair."""

    tag: str
    lead: str
    says: str
    chain: tuple[VoiceView, ...]
    badges: tuple[Badge, ...]
    href: str | None = None
    is_protected: bool = False
    answers: tuple[AnswerView, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two readings of one sentence, or two accounts in tension; neither wins."""

    kind: str
    anchor: str
    title: str
    sides: tuple[Side, ...]
    foot: str

    @property
    def is_protected(self) -> bool:
        """Whether one side is about a living person, and not reviewed."""
        return any(side.is_protected for side in self.sides)


@dataclass(frozen=True, slots=True)
class Slip:
    """One row of a record's particulars."""

    label: str
    value: str
    href: str | None = None
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """How a page is cited."""

    title: str
    site: str
    text: str
    """All of it in words."""
    address: str
    """With the version in it; whole, as far as that of the site is known."""
    date: str = ""
    """The day of the last change; empty where none is known."""
    version: str = ""
    data: str = ""
    """Where the record stands as data, below the site."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says about itself, for the theme, for search engines and for link previews."""

    lang: Lang
    path: str
    """Place below the language, with a slash at the end: ``entities/flour/``; empty for the home page."""
    template: str
    title: str
    description: str
    section: str = ""
    short: str = ""
    """The last step of the trail, when the title is too long for it."""
    trail: tuple[Link, ...] = ()
    slip: tuple[Slip, ...] = ()
    edit: str | None = None
    """File below the entries folder."""
    is_noindex: bool = False
    has_picture: bool = False
    """Whether it has a picture of its own, where there are any."""
    linked: str = ""
    """What it says to programs, as JSON-LD; or empty."""
    leads_to: str | None = None
    """Place of the page that stands for this one now."""
    cite: Citation | None = None


def is_any_protected(shown: Iterable[ClaimView | Pair]) -> bool:
    """Whether a page that shows these is kept from search engines, as the pages of living people are."""
    return any(element.is_protected for element in shown)


@dataclass(frozen=True, slots=True)
class PageView:
    """A page: its head and what its template needs."""

    head: Head
    body: object = field(hash=False)

    @property
    def path(self) -> str:
        """Place of the page."""
        return f"{self.head.lang}/{self.head.path}"
