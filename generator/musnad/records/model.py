"""The records of a knowledge base, frozen; the JSON Schemas for editors come from here.

Shape only: what a field is called and what it may hold. What records mean together is checked in
``rules``; what follows from them is derived in ``graph``. Reads no files.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal, NamedTuple

from pydantic import Field

from musnad.records.values import (
    UNKNOWN,
    Address,
    ClaimId,
    DecimalText,
    Digest,
    Edtf,
    Flag,
    Fraction,
    HijriDate,
    IdentifierText,
    LanguageTag,
    LocalizedText,
    MediaType,
    Ordinal,
    Reference,
    RowKey,
    Seconds,
    Slug,
    Text,
    Value,
    YesNoUnknown,
)
from musnad.records.vocabulary import Site, Vocabulary
from musnad.text.digest import digest
from musnad.text.fragments import Marks
from musnad.text.languages import Lang

NameRole = Literal[
    "primary", "alias", "former", "abbreviation", "transliteration", "translation", "found-in-source", "misprint"
]
Status = Literal["draft", "published", "corrected", "superseded", "retracted", "withheld"]
Comparator = Literal[
    "exact", "about", "nearly", "up-to", "at-least", "more-than", "less-than", "not-more-than", "vague"
]
SourceKind = Literal["article", "report", "post", "video", "audio", "document", "data", "interview"]
TimeBasis = Literal["stated", "relative-to-publication", "inferred"]
Independence = Literal["independent", "same-outlet", "same-origin", "not-established"]
LinkType = Literal[
    "corroborates",
    "repeats",
    "contradicts",
    "in-tension-with",
    "qualifies",
    "updates",
    "cause",
    "means",
    "circumstance",
    "see-also",
    "denies",
    "declines-to-comment",
    "answers",
]
SYMMETRIC_LINKS: frozenset[LinkType] = frozenset({"corroborates", "contradicts", "in-tension-with", "see-also"})
# How a source itself joins two things that it says: because of, by means of, in the circumstance of.
CONNECTIVES: frozenset[LinkType] = frozenset({"cause", "means", "circumstance"})
# An answer to what was said, which is shown beside it.
ANSWERS: frozenset[LinkType] = frozenset({"denies", "declines-to-comment", "answers"})
# What readers never see.
HIDDEN: frozenset[Status] = frozenset({"draft", "withheld"})
# What a claim need not say is its source's: ``inherit`` fills it in before anything looks at it.
_OF_SOURCE: Any = None


class Extraction(Value):
    """When and how a record was taken from its source."""

    date: Edtf
    """EDTF date of the extraction."""
    method: Literal["machine-assisted", "by-hand"]
    """Whether a program helped."""


class Review(Value):
    """A second person's check. Never invented: no entry means nobody checked."""

    date: Edtf
    reviewer: Text
    """Name or handle, as the reviewer wishes to be shown."""


class Change(Value):
    """One line of a record's history."""

    date: Edtf
    change: Literal["created", "reworded", "corrected", "reclassified", "superseded", "retracted", "withheld"]
    note: LocalizedText | None = None
    """What changed and why, for readers."""


class Recorded(Value):
    """What every record says about itself."""

    status: Status
    """A draft reaches no page, index or export; nor does what is withheld, which is in no public file either."""
    extracted: Extraction
    reviews: tuple[Review, ...] = ()
    history: tuple[Change, ...] = ()
    """Oldest first."""


class Name(Value):
    """One name of an entity."""

    text: Text
    lang: Lang
    """Language the name is used in; a transliteration into Latin letters is used in English."""
    role: NameRole
    source: Slug | None = None
    """The source a spelling was found in."""


class ExternalId(Value):
    """An identifier in another register, verified against data at hand."""

    scheme: Literal["geonames", "wikidata"]
    id: IdentifierText
    verified_with: Text
    """The data it was checked against, with its version."""


class Location(Value):
    """Where a place lies, no more exactly than is known."""

    precision: Slug
    """A term of vocabulary/precisions."""
    within: Slug | None = None
    """The containing place."""
    latitude: DecimalText | None = None
    """WGS 84 degrees; only for places that have a spot."""
    longitude: DecimalText | None = None
    """WGS 84 degrees."""
    coordinates_from: Text | None = None
    """Data set and version the coordinates were taken from."""


class Distinction(Value):
    """Something this entity must not be confused with: another record, or a name without one."""

    entity: Slug | None = None
    name: LocalizedText | None = None
    note: LocalizedText
    """What tells the two apart."""


class SameAs(Value):
    """A decision to treat another designation as this entity."""

    text: Text
    source: Slug | None = None
    reason: LocalizedText


class Entity(Recorded):
    """Identity alone: names, kind, identifiers and one neutral line. Its kind is its folder."""

    id: Slug = Field(exclude=True)
    kind: Slug = Field(exclude=True)
    names: tuple[Name, ...]
    """At least the primary name in each language."""
    subkind: LocalizedText | None = None
    """A finer word than the kind, such as town or governorate."""
    description: LocalizedText
    """One neutral line that claims nothing."""
    external_ids: tuple[ExternalId, ...] = ()
    location: Location | None = None
    living: YesNoUnknown | None = None
    """Persons only; unknown is treated as living."""
    distinct_from: tuple[Distinction, ...] = ()
    same_as: tuple[SameAs, ...] = ()
    unknowns: tuple[LocalizedText, ...] = ()
    """What no source in this knowledge base says, one line each."""

    @property
    def ref(self) -> str:
        """Address below a language, without slashes at the ends."""
        return f"entities/{self.id}"

    @property
    def file(self) -> str:
        """Path of its file below the entries."""
        return f"entities/{self.kind}/{self.id}.yaml"

    def name(self, lang: Lang) -> str:
        """Return the primary name in a language, or the id where a broken record has none."""
        for name in self.names:
            if name.lang == lang and name.role == "primary":
                return name.text
        return self.id


class Sentence(Value):
    """One sentence of a source, known by its digest."""

    digest: Digest
    """SHA-256 of the sentence after NFC and white-space folding."""
    no_claim: LocalizedText | None = None
    """Why the sentence holds no claim, if it holds none."""


class Paragraph(Value):
    """One paragraph of a source, known by its digest."""

    digest: Digest
    sentences: tuple[Sentence, ...] = Field(min_length=1)


class Title(Value):
    """A source's title, and whose words it is."""

    ar: Text
    en: Text
    origin: Literal["published", "ours"]
    """ours: a descriptive title of the record, because the published one is not established."""

    def __getitem__(self, lang: Lang) -> str:
        return self.ar if lang == "ar" else self.en


class Copy(Value):
    """What was read, byte for byte, where that is a file: it can be told whether another copy is the same."""

    digest: Digest
    """SHA-256 of the file's bytes."""
    what: LocalizedText
    """Which file it is, such as the report as downloaded."""
    media_type: MediaType | None = None


class Source(Recorded):
    """What says something: an article, report, post, recording, document or data set. Its text is not stored."""

    id: Slug = Field(exclude=True)
    kind: SourceKind = "article"
    outlet: Slug
    """The entity that published it."""
    origin: Slug | None = None
    """The source that published this text first, where it is not this one's own."""
    agency: Slug | None = None
    """The entity that supplied the text to this outlet and others."""
    address: Address
    address_basis: LocalizedText | None = None
    """How the address was established, if not by reading the page."""
    archive: Address | Literal["unknown"] = UNKNOWN
    language: LanguageTag
    """BCP 47: ar, en, fr, ku-Latn, ar-SY."""
    title: Title
    headline: Text | None = None
    """The published title, where the source's language is neither Arabic nor English."""
    authors: tuple[Text, ...] | Literal["unknown"] = "unknown"
    published: Edtf = UNKNOWN
    """EDTF, or unknown."""
    retrieved: Edtf = UNKNOWN
    """EDTF, or unknown."""
    rights: LocalizedText
    paragraphs: tuple[Paragraph, ...] = Field(default=(), min_length=1)
    """Of what is text."""
    read: tuple[Copy, ...] = ()
    """The files that were read, by their digests."""
    unknowns: tuple[LocalizedText, ...] = ()

    @property
    def ref(self) -> str:
        """Address below a language, without slashes at the ends."""
        return f"sources/{self.id}"

    @property
    def file(self) -> str:
        """Path of its file below the entries."""
        return f"{self.ref}.yaml"


class Voice(Value):
    """One link of an attribution chain. A voice without a name is described, never made an entity."""

    voice: Slug
    """A term of vocabulary/voices."""
    entity: Slug | None = None
    """The entity that speaks, when it is named."""
    number: Literal["one", "several", "unknown"] | None = None
    """How many speak, for an unnamed voice."""
    identity: Literal["withheld", "not-stated", "pseudonym"] | None = None
    """For an unnamed voice: kept back by the source, not given, or in place of it a name that is said to be none."""
    called: LocalizedText | None = None
    """That name. It is nobody's: no entity has it."""
    affiliation: Slug | None = None
    """The group an unnamed voice is said to belong or have belonged to."""
    close_to: Slug | None = None
    """The entity that the source says a voice is close to, such as the party of a page on a social network."""
    described: LocalizedText | None = None
    """The description that the voice's phrase puts in place of {described}."""


class Part(Value):
    """A further party to a claim: an entity, or words where the source names none."""

    role: Slug
    """A term of vocabulary/roles."""
    entity: Slug | None = None
    text: LocalizedText | None = None


class Per(Value):
    """What a price or rate is counted by, such as a 50 kg sack."""

    value: DecimalText = "1"
    """One where it is left out: per day, per vehicle."""
    unit: Slug
    container: Slug | None = None
    """A term of vocabulary/containers."""


class Range(Value):
    """An amount between two ends."""

    from_: DecimalText = Field(alias="from")
    to: DecimalText
    from_comparator: Comparator | None = None
    """Where the source hedges this end otherwise than the quantity is."""
    to_comparator: Comparator | None = None


class Step(Value):
    """An amount that changed: both ends, or by how much, or all three."""

    from_: DecimalText | None = Field(None, alias="from")
    to: DecimalText | None = None
    by: DecimalText | None = None
    """How much it rose; below zero, how much it fell."""
    by_unit: Slug | None = None
    """The unit of ``by`` where it is another one, such as percent."""
    before: LocalizedText | None = None
    """What the first figure belongs to: before the shortage."""
    after: LocalizedText | None = None
    """What the second figure belongs to: on Monday."""
    from_comparator: Comparator | None = None
    """Where the source hedges this figure otherwise than the quantity is."""
    to_comparator: Comparator | None = None
    by_comparator: Comparator | None = None


class Whole(Value):
    """What a share, a fraction or a multiple is taken of: an entity, or words."""

    entity: Slug | None = None
    text: LocalizedText | None = None
    """As it follows "of", or an Arabic noun in the construct state: the output / الإنتاج."""


class Portion(Value):
    """Part of a count, as the source tells it; what remains is nobody's claim. One of value, vague and phrase."""

    value: DecimalText | None = None
    vague: Slug | None = None
    """A term of vocabulary/amounts, such as dozens; ``who`` fills it in."""
    phrase: LocalizedText | None = None
    """Our words for number and noun."""
    comparator: Comparator | None = None
    who: LocalizedText | None = None
    """The noun as it follows the number; where that is one or two, the Arabic stands alone: طفلان."""

    @property
    def number(self) -> Decimal | None:
        """The value as a decimal number."""
        return None if self.value is None else Decimal(self.value)


class Inference(Value):
    """A party or place that the located sentences do not name, and that the record infers."""

    entity: Slug
    """Named in subject, object, parts or place."""
    reason: LocalizedText
    """What the record infers it from, for readers."""


class Figure(NamedTuple):
    """One number of a quantity: the field it stands in, below the quantity, and its hedge."""

    path: tuple[str, ...]
    number: Decimal
    comparator: Comparator | None


class Quantity(Value):
    """An amount as the source hedges it: exactly one of value, vague, phrase, range, change and fraction is given."""

    measures: Slug
    """What is measured: a term of vocabulary/measures, such as price or area."""
    value: DecimalText | None = None
    vague: Slug | None = None
    """A term of vocabulary/amounts, such as dozens."""
    phrase: LocalizedText | None = None
    """Our words for an amount that is neither a number nor a vague number."""
    range: Range | None = None
    change: Step | None = None
    fraction: Fraction | None = None
    """Part of a whole, such as 1/3."""
    comparator: Comparator | None = None
    unit: Slug | None = None
    of: Whole | None = None
    """What a share, a fraction or a multiple is taken of."""
    per: Per | None = None
    of_whom: tuple[Portion, ...] = ()
    """Parts of a count of people."""
    of_which: tuple[Portion, ...] = ()
    """Parts of a count of things."""
    wording: Text | None = None
    """The source's own word or two for the hedge."""

    @property
    def number(self) -> Decimal | None:
        """The value as a decimal number."""
        return None if self.value is None else Decimal(self.value)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The numbers in the order they are told in, each hedged as it is."""
        own = self.comparator
        if self.value is not None:
            return (Figure(("value",), Decimal(self.value), own),)
        name = "range" if self.range else "change"
        held = self.range or self.change
        given = ((end, getattr(held, field, None)) for end, field in (("from", "from_"), ("to", "to"), ("by", "by")))
        return tuple(
            Figure((name, end), Decimal(value), getattr(held, f"{end}_comparator") or own)
            for end, value in given
            if value is not None
        )

    @property
    def ends(self) -> tuple[Figure, Figure] | None:
        """The two figures of a range or a change, where both are given."""
        found = [figure for figure in self.figures if figure.path[-1] in ("from", "to")]
        return (found[0], found[1]) if len(found) == 2 else None

    def find(self, end: str) -> Figure | None:
        """Return the figure of a field, or None where it is not given."""
        return next((figure for figure in self.figures if figure.path[-1] == end), None)

    @property
    def portions(self) -> tuple[Portion, ...]:
        """Parts of the count, of people or of things."""
        return self.of_whom or self.of_which


class Time(Value):
    """When something is said to have happened."""

    edtf: Edtf | None = None
    """Only when the source allows it: EDTF keeps imprecise (~) and uncertain (?) apart."""
    basis: TimeBasis
    hijri: HijriDate | None = None
    """As the source gives it: 1445, 1445-09 or 1445-09-17. Its days in our calendar are computed."""
    phrase: LocalizedText | None = None
    """The time in our words, when it can't be put on a calendar."""
    worked_out: LocalizedText | None = None
    """How the date was found where the source does not state it: the article of 12 August 2024 says 14 July."""
    to_come: Flag = False
    """The source tells it as still to come, so that it may lie after its publication."""
    wording: Text | None = None


class Place(Value):
    """Where something is said to have happened, as exactly as the source is."""

    entities: tuple[Slug, ...] = ()
    precision: Slug
    phrase: LocalizedText | None = None
    """Our words, when the names alone would say too much or too little."""


class Stop(Value):
    """One place of a way: an entity, or words where the source names none."""

    at: Literal["from", "through", "to"]
    entity: Slug | None = None
    text: LocalizedText | None = None


class Spot(NamedTuple):
    """A place in a source: a sentence, a page, a time or a row. Spots of one source sort in reading order."""

    paragraph: int = 0
    sentence: int = 0
    page: int = 0
    time: int = -1
    row: tuple[int, str] = (0, "")
    """A number, or words after all numbers."""

    @property
    def anchor(self) -> str:
        """The place on the page of the source."""
        if self.paragraph:
            return f"p{self.paragraph}s{self.sentence}"
        if self.page:
            return f"page-{self.page}"
        if self.time >= 0:
            return f"t{self.time}"
        name = self.row[1]
        return f"row-{name if name.isascii() and name.isalnum() else digest(name)[:8]}"


class Locator(Value):
    """The place a claim stands in: a sentence, a page, a time or a row."""

    source: Slug = _OF_SOURCE
    """Left out, it is the one that the claim is filed under."""
    paragraph: Ordinal | None = None
    sentence: Ordinal | None = None
    digest: Digest | None = None
    """Digest of that sentence: the claim stops checking when the sentence changes."""
    page: Ordinal | None = None
    """Of the file, from 1, as viewers count."""
    time: Seconds | None = None
    """Hours, minutes and seconds from the beginning: 1:02:05, 2:05. Where the passage begins."""
    until: Seconds | None = None
    """Where it ends."""
    row: RowKey | None = None
    """The number or the key of a row of a data set."""
    starts: Text | None = None
    """First few words of the passage, for a deep link."""
    ends: Text | None = None
    """Last few words of the passage, for a deep link."""
    before: Text | None = None
    """A word or two right before the passage, where its first words stand in the article more than once."""

    @property
    def marks(self) -> Marks | None:
        """The words a browser can find the passage by."""
        return Marks(self.starts, self.ends, self.before) if self.starts else None

    @property
    def spot(self) -> Spot:
        """Where the passage begins, in one form for all kinds of source."""
        if self.paragraph and self.sentence:
            return Spot(self.paragraph, self.sentence)
        row = self.row or ""
        number = int(row) if row.isdecimal() else 10**9 * bool(row)
        return Spot(page=self.page or 0, time=-1 if self.time is None else self.time, row=(number, row))


class Link(Value):
    """A tie to another claim."""

    type: LinkType
    claim: ClaimId
    """The other one; of an answer, what it answers."""
    independence: Independence = "not-established"
    note: LocalizedText | None = None


class Readings(Value):
    """Wording that can be understood in more than one way, with every reading shown."""

    question: LocalizedText
    options: tuple[LocalizedText, ...] = Field(min_length=2)
    decision: LocalizedText
    """What the record does about it."""


class Claim(Recorded):
    """What one source says in one place: atomic, attributed and located."""

    id: ClaimId = Field(exclude=True)
    title: LocalizedText
    """A short neutral label; it names no living person."""
    statement: LocalizedText
    """Our neutral wording. It follows the composed opening words ("According to …,") in one sentence."""
    subject: Slug
    predicate: Slug
    object: Slug | None = None
    literal: LocalizedText | None = None
    """Words in place of an object, for predicates that take them."""
    parts: tuple[Part, ...] = ()
    polarity: Literal["affirmed", "denied"] = "affirmed"
    modality: Slug
    attribution: tuple[Voice, ...] = ()
    """Outermost voice first. The outlet of the source can be left out: it stands before all others."""
    inferred: tuple[Inference, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    time: Time | None = None
    place: Place | None = None
    way: tuple[Stop, ...] = ()
    """Places in their order: from one, through others, to the last."""
    readings: Readings | None = None
    locators: tuple[Locator, ...] = ()
    links: tuple[Link, ...] = ()
    sensitivity: tuple[Literal["living-person", "private-people", "security"], ...] = ()
    superseded_by: ClaimId | None = None
    not_stated: tuple[LocalizedText, ...] = ()
    """What the source leaves open, one line each."""
    status: Status = _OF_SOURCE
    """Left out, it is draft while the source is hidden, and published then."""
    extracted: Extraction = _OF_SOURCE
    """Left out, it is that of the source."""

    @property
    def ref(self) -> str:
        """Address below a language, without slashes at the ends."""
        return f"claims/{self.id}"

    @property
    def file(self) -> str:
        """Path of its file below the entries."""
        return f"{self.ref}.yaml"

    @property
    def named(self) -> tuple[str, ...]:
        """Ids of all entities that are party to it or its place, each once."""
        parts = (part.entity for part in self.parts)
        wholes = (quantity.of.entity for quantity in self.quantities if quantity.of)
        places = (*(self.place.entities if self.place else ()), *(stop.entity for stop in self.way))
        ids = (self.subject, self.object, *parts, *places, *wholes)
        return tuple(dict.fromkeys(id_ for id_ in ids if id_))

    def is_inferred(self, entity_id: str) -> bool:
        """Whether the record infers this party or place, which the sentences do not name."""
        return any(inference.entity == entity_id for inference in self.inferred)

    @property
    def source_id(self) -> str:
        """The source whose folder holds the claim."""
        return self.id.partition("/")[0]

    @cached_property
    def position(self) -> tuple[str, Spot, str]:
        """Source and place where the claim first stands, and its id: claims are read in this order."""
        return self.source_id, min((locator.spot for locator in self.locators), default=Spot()), self.id


class Redirect(Value):
    """Where an id that is no longer used leads: a new id, or a notice that says why it is gone."""

    to: Reference | None = None
    gone: LocalizedText | None = None
    date: Edtf


class Withholding(Value):
    """What is told of records that were withheld together: not what they say, nor which or how many they are."""

    status: Literal["withheld"]
    reason: Literal["safety", "privacy", "law", "doubt", "request"]
    date: Edtf


FOLDERS = ("sources", "entities", "claims")
"""Where records stand below the entries folder, and in a catalogue."""


@dataclass(frozen=True)
class Catalogue:
    """Everything that was loaded, in id order."""

    sources: Mapping[str, Source]
    entities: Mapping[str, Entity]
    claims: Mapping[str, Claim]
    vocabulary: Vocabulary
    redirects: Mapping[str, Redirect]
    site: Site | None
    kept_back: frozenset[str] = frozenset()
    """Addresses of records whose files tell more than readers may see."""
    withheld: Mapping[str, Withholding] = field(default_factory=dict)
    """By a name that tells nothing."""
