"""The words of a subject as data: kinds, predicates, voices, roles, units, and the site's own words.

Each file of ``entries/vocabulary`` maps ids to terms of one of these classes.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pydantic import Field

from musnad.records.values import Address, ClaimId, DecimalText, Flag, LocalizedText, Ordinal, Region, Slug, Text, Value
from musnad.text.languages import Lang

ICONS = frozenset(
    [
        "outlet",
        "person",
        "unnamed",
        "group",
        "asserted",
        "reported",
        "alleged",
        "estimated",
        "background",
        "single",
        "repeated",
        "independent",
        "contested",
        "corrected",
        "retracted",
        "unreviewed",
        "locator",
        "place",
        "around",
        "time",
        "quantity",
        "computed",
        "quote",
        "state",
        "organisation",
        "facility",
        "denied",
        "arrow",
        "both",
        "link",
        "armed",
        "goods",
        "search",
        "readings",
        "tension",
        "unknown",
        "info",
        "edit",
        "data",
        "source",
        "company",
        "vehicle",
        "document",
        "camera",
        "video",
        "microphone",
        "satellite",
        "route",
        "web",
        "talk",
        "pseudonym",
        "law",
        "family",
        "party",
        "eye",
        "expert",
        "statement",
        "worker",
        "store",
        "handshake",
        "security",
        "resident",
        "medic",
        "report",
        "post",
        "audio",
        "interview",
        "page",
        "clock",
        "row",
    ]
)
"""What the theme can draw; ``theme/overrides/partials/symbols.html`` has the files."""
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
MAX_DECIMALS = 5
"""Decimal places of coordinates that any place can have: about a metre."""


Digits = Literal["latin", "arabic"]
Dimension = Literal[
    "money",
    "mass",
    "volume",
    "length",
    "area",
    "time",
    "count",
    "share",
    "fineness",
    "energy",
    "power",
    "speed",
    "temperature",
    "digital",
    "acceleration",
    "angle",
    "consumption",
    "electric",
    "force",
    "frequency",
    "graphics",
    "light",
    "pressure",
    "torque",
]

FtmThing = Literal[
    "LegalEntity",
    "Organization",
    "PublicBody",
    "Company",
    "Asset",
    "RealEstate",
    "Vehicle",
    "Vessel",
    "Airplane",
    "Address",
    "Event",
    "Article",
    "Contract",
    "Project",
    "Position",
]
"""Schemata of FollowTheMoney for entities; ``Person`` goes by the trait, as people are protected by it."""
FtmEnd = Literal[
    "UnknownLink.subject",
    "Membership.member",
    "Membership.organization",
    "Ownership.owner",
    "Ownership.asset",
    "Employment.employee",
    "Employment.employer",
    "Directorship.director",
    "Directorship.organization",
    "Representation.agent",
    "Representation.client",
    "Succession.predecessor",
    "Succession.successor",
    "Family.person",
    "Associate.person",
    "Payment.payer",
    "Payment.beneficiary",
    "EconomicActivity.sender",
    "EconomicActivity.receiver",
]
"""Schemata of FollowTheMoney for what ties two entities, with the end that the subject of a claim is."""


class Section(Value):
    """A way into the site."""

    label: LocalizedText
    blurb: LocalizedText


class Kind(Value):
    """A kind of entity."""

    label: LocalizedText
    plural: LocalizedText
    icon: Slug
    section: Slug
    trait: Literal["person", "place", "good", "outlet", "event"] | None = None
    """What the generator must know of it: persons are protected, goods have prices, places precision, events dates."""
    ftm: FtmThing | None = None
    """What such entities are in FollowTheMoney; left out, it goes by trait and section."""


class Theme(Value):
    """A heading under which predicates stand on an entity's page."""

    label: LocalizedText


class Synonyms(Value):
    """Words readers may use for one thing: a search for one also finds names and texts with another."""

    ar: tuple[Text, ...] = ()
    en: tuple[Text, ...] = ()


class Predicate(Value):
    """What a claim says of its subject; labels are nouns, so that nothing has to agree."""

    label: LocalizedText
    inverse: LocalizedText
    """The label read from the object's side."""
    theme: Slug
    symmetric: Flag = False
    subjects: tuple[Slug, ...] = ()
    """Kinds a subject may be of; empty means any."""
    objects: tuple[Slug, ...] = ()
    """Kinds an object may be of; empty means any."""
    takes: Literal["entity", "literal", "either", "nothing"] = "entity"
    accusing: Flag = False
    """Saying it of a living person is an accusation."""
    words: Synonyms | None = None
    """Words that say it of somebody, in all their forms: no text about a living person has them without a voice."""
    gives: Literal["subject", "object", "unsaid"] | None = None
    """Who of the two hands goods to the other; unsaid where one of them does. Left out, no goods change hands."""
    ftm: FtmEnd | None = None
    """What such a claim is in FollowTheMoney, and what its subject is there; left out, an unknown link."""


class Concept(Value):
    """What claims may be about, whoever they name: it has a page where three of them or more are on it."""

    label: LocalizedText
    synonyms: tuple[Slug, ...] = ()
    """Groups of synonyms whose words lead to it."""
    predicates: tuple[Slug, ...] = ()
    """Claims that say this are on it."""
    measures: tuple[Slug, ...] = ()
    """So are claims with a quantity of this."""
    kinds: tuple[Slug, ...] = ()
    """And claims about an entity of this kind."""
    words: Synonyms | None = None
    """Words one of which the name of that entity must have, as it is written; without them any of the kinds will do."""


class Modality(Value):
    """How something is said."""

    label: LocalizedText
    meaning: LocalizedText
    icon: Slug
    firm: Flag = False
    """Said as a fact, by the outlet or by whom it quotes: a line that rests on it is drawn whole."""
    aside: Flag = False
    """Mentioned in passing: no way to accuse a living person."""
    accusation: Flag = False
    """Marked as an accusation: how an outlet accuses a living person in its own voice."""


class VoiceType(Value):
    """A kind of voice, and how a sentence names it."""

    label: LocalizedText
    icon: Slug
    named: Flag = False
    """Named voices are entities."""
    thing: Flag = False
    """A document, an image, data: nobody speaks, so that number and identity of speakers are not asked for."""
    phrase: LocalizedText
    """The voice in the opening words; {outer}, {name} and {described} are filled in.

    What stands in [ ] is left out where no voice stands before it.
    """
    short: LocalizedText
    """The voice in the drawn chain; {name} and {described} are filled in."""
    note: LocalizedText
    """What a reader should know about it."""

    def opening(self, lang: Lang, outer: str) -> str:
        """Return the pattern for the opening words, after an outer voice or none."""
        return _BRACKETS.sub(r"\1" if outer else "", self.phrase[lang])


class Role(Value):
    """The part an entity has in a claim."""

    label: LocalizedText
    heading: LocalizedText
    """Heading on the entity's own page for claims where it has this part."""
    kinds: tuple[Slug, ...] = ()
    trade: Literal["gives", "receives"] | None = None
    """Which side of an exchange of goods it is."""
    private: Flag = False
    """What private people are in a claim: who is or may be alive is described, and never named."""


class PluralForms(Value):
    """A pattern with {n} for each CLDR plural category a language uses; other is always there."""

    zero: Text | None = None
    one: Text | None = None
    two: Text | None = None
    few: Text | None = None
    many: Text | None = None
    other: Text

    def pattern(self, category: str) -> str:
        """Return the pattern for a CLDR plural category."""
        form: str | None = getattr(self, category)
        return form or self.other


class LocalizedForms(Value):
    """Plural patterns in both languages."""

    ar: PluralForms
    en: PluralForms

    def __getitem__(self, lang: Lang) -> PluralForms:
        return self.ar if lang == "ar" else self.en


class Unit(Value):
    """A unit, a currency or a counted noun."""

    cldr: Slug | None = None
    """Its id in CLDR, where the forms come from that are not given here: a currency's code, or such as kilogram."""
    amount: LocalizedForms | None = None
    """A number of it: {n} US dollars. Needed where CLDR does not have it."""
    attributive: LocalizedText | None = None
    """Before or after a noun: {n}-litre."""
    plural: LocalizedText | None = None
    """Bare plural after a vague amount: dozens of … / عشرات …."""
    single: LocalizedText | None = None
    """One of it, after per: litre / لتر."""
    rate: LocalizedText | None = None
    """How a rate by one of it is told, where "per" and ``single`` do not: per day / في اليوم."""
    taken_of: LocalizedForms | None = None
    """A number of it and what it is taken of, {of}: {n} times {of}. Without it, "of" stands between the two."""
    dimension: Dimension | None = None
    """What it measures, where CLDR does not tell: a measure has only units that fit it. Without one, any fits."""


class Measure(Value):
    """What a quantity measures."""

    label: LocalizedText
    of: tuple[Dimension, ...] = ()
    """Dimensions its unit can have; empty means any."""
    per: tuple[Dimension, ...] = ()
    """Dimensions of what it can be counted by; empty means any."""


class Precision(Value):
    """How exactly a place is given."""

    label: LocalizedText
    pattern: LocalizedText
    """{place} in words: surroundings of {place}."""
    icon: Slug
    decimals: Ordinal | None = None
    """Most decimal places of coordinates; 5, about a metre, where none is given. Fewer are vaguer."""


class Pattern(Value):
    """A labelled pattern."""

    pattern: LocalizedText


class Cue(Value):
    """Words that often introduce something a claim must keep; ``musnad suggest`` points at them."""

    kind: Literal["attribution", "hedge", "time", "number", "unit", "name"]
    means: Text
    """What an editor should think of: a comparator, a voice, a basis."""
    words: tuple[Text, ...] = Field(min_length=1)
    """In the language of the sources, one or more words each."""


@dataclass(frozen=True)
class Vocabulary:
    """All terms, each map in the order of the record's own file, then of the base."""

    sections: Mapping[str, Section] = field(default_factory=dict)
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    themes: Mapping[str, Theme] = field(default_factory=dict)
    predicates: Mapping[str, Predicate] = field(default_factory=dict)
    modalities: Mapping[str, Modality] = field(default_factory=dict)
    voices: Mapping[str, VoiceType] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    units: Mapping[str, Unit] = field(default_factory=dict)
    containers: Mapping[str, Pattern] = field(default_factory=dict)
    measures: Mapping[str, Measure] = field(default_factory=dict)
    amounts: Mapping[str, Pattern] = field(default_factory=dict)
    precisions: Mapping[str, Precision] = field(default_factory=dict)
    cues: Mapping[str, Cue] = field(default_factory=dict)
    synonyms: Mapping[str, Synonyms] = field(default_factory=dict)
    concepts: Mapping[str, Concept] = field(default_factory=dict)

    def list_precisions(self) -> list[tuple[str, Precision]]:
        """Return how exactly places can be given, from exact to vague."""
        return sorted(self.precisions.items(), key=lambda found: -(found[1].decimals or MAX_DECIMALS))


class Heading(Value):
    """A heading with a paragraph."""

    title: LocalizedText
    text: LocalizedText


class Sides(Value):
    """Which part of the Earth the map shows, in degrees; where it goes over 180, east is below west."""

    west: DecimalText
    south: DecimalText
    east: DecimalText
    north: DecimalText


class Site(Value):
    """The words of one publication; only its name is demanded."""

    region: Region | None = None
    """The country or territory (ISO 3166-1, two letters) whose names of months and separators of numbers it uses."""
    digits: Digits = "latin"
    """Digits on Arabic pages; those on English pages are always Latin."""
    name: LocalizedText
    tagline: LocalizedText | None = None
    """A few words beside the name; none stand there without it."""
    purpose: LocalizedText | None = None
    """What the entrance page says."""
    question: LocalizedText | None = None
    """The first heading of the home page."""
    search_placeholder: LocalizedText | None = None
    examples: tuple[Slug, ...] | None = None
    """Entities offered as searches on the home page; without it the most claimed, with an empty list none."""
    featured: ClaimId | None = None
    """The claim opened up on the home page; without it the one with the longest chain of voices."""
    trust: tuple[Heading, ...] = ()
    """How far to trust this record."""
    map: Sides | None = None
    """What the map shows; without it what the coordinates of the places take, with room around."""
    colophon: LocalizedText | None = None
    """The sentence at the foot of each page."""
    rights: LocalizedText | None = None
    """Who may do what with the records; nothing is said without it."""
    licence: Address | None = None
    """Where the licence of the records can be read: https://creativecommons.org/licenses/by/4.0/."""
