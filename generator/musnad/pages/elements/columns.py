"""The tables of the record: one definition of each column, from which every form of them and the code book come.

What fields and choices are called is that of the forms and schemas (``records/fields.yaml``), terms are those of the
vocabulary. ``exports/tables.py`` fills the rows.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, Literal, get_args

from musnad.pages.elements import labels
from musnad.records.fieldwords import find_choice, find_words
from musnad.records.model import (
    HIDDEN,
    Comparator,
    Independence,
    LinkType,
    NameRole,
    SourceKind,
    Status,
    Stop,
    TimeBasis,
    Voice,
)
from musnad.records.problems import N_
from musnad.records.vocabulary import Vocabulary
from musnad.text.languages import LANGS, Lang
from musnad.wording.words import Words

Kind = Literal["string", "number", "integer", "boolean"]
"""As Table Schema calls them. A number is a decimal one, as exact as the record has it."""
TableName = Literal["sources", "entities", "names", "claims", "parts", "quantities", "links", "voices"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. What it is called is said by a field of the models, or by a message."""

    name: str
    kind: Kind = "string"
    field: str = ""
    """Model and field whose words it has: ``Claim.subject``."""
    label: str = ""
    """A message, where there is no such field."""
    meaning: str = ""
    """A message; what the field says of itself where none is given."""
    path: str = ""
    """Where the value stands in the row's record; the name where nothing is given."""
    lang: Lang | None = None
    """The language whose text it holds."""
    refers: TableName | None = None
    """The table whose key it holds."""
    terms: str = ""
    """The list in the code book that its values are of."""
    is_many: bool = False
    """Whether it holds several values, one a line."""
    is_always: bool = False
    """Whether no row lacks it."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table."""

    name: TableName
    label: str
    """A message: what a row is."""
    columns: tuple[Column, ...]
    key: tuple[str, ...]


def _both(name: str, field: str = "", **others: Any) -> Iterator[Column]:
    """Yield a column for each language."""
    path = others.pop("path", name)
    yield from (Column(f"{name}_{lang}", field=field, lang=lang, path=path, **others) for lang in LANGS)


def _recorded(model: str) -> Iterator[Column]:
    """Yield what every record says of itself."""
    yield Column("status", field=f"{model}.status", terms="statuses", is_always=True)
    yield Column("extracted_date", field="Extraction.date", label=N_("Extracted on"), path="extracted.date")
    yield Column("extracted_method", field="Extraction.method", path="extracted.method", terms="methods")
    yield Column("reviews", "integer", label=N_("Number of people who checked it"), is_always=True)
    yield from _both("page", label=N_("Address of its page"), is_always=True)


_ID = Column("id", label=N_("Permanent id"), is_always=True)
_CLAIM = Column("claim", field="Link.claim", refers="claims", is_always=True)
_N = Column("n", "integer", label=N_("Which one, from 1"), is_always=True)
_OPENING = tuple(
    _both(
        "opening",
        label=N_("Opening words of the claim"),
        meaning=N_("Whose word the row is: nothing here holds without it."),
        is_always=True,
    )
)
_NOINDEX = Column(
    "noindex",
    "boolean",
    label=N_("About a living person and not checked by two"),
    meaning=N_("Kept from search engines; whoever publishes it further should do the same."),
    is_always=True,
)
TABLES: tuple[Table, ...] = (
    Table(
        "sources",
        N_("What says something: an article, report, post, recording, document or data set."),
        (
            _ID,
            Column("kind", field="Source.kind", terms="source_kinds", is_always=True),
            Column("outlet", field="Source.outlet", refers="entities", is_always=True),
            Column("origin", field="Source.origin", refers="sources"),
            Column("agency", field="Source.agency", refers="entities"),
            *_both("title", label=N_("Title of the source"), is_always=True),
            Column("title_origin", field="Title.origin", path="title.origin", terms="title_origins"),
            Column("headline", field="Source.headline"),
            Column("language", field="Source.language", is_always=True),
            Column("authors", field="Source.authors", is_many=True),
            Column("published", field="Source.published"),
            Column("retrieved", field="Source.retrieved"),
            Column("address", field="Source.address"),
            Column("archive", field="Source.archive"),
            *_both("rights", "Source.rights"),
            *_recorded("Source"),
        ),
        ("id",),
    ),
    Table(
        "entities",
        N_("Who or what: identity alone. What is said of it stands in the claims."),
        (
            _ID,
            Column("kind", field="Entity.kind", terms="kinds", is_always=True),
            *_both("name", label=N_("Main name"), is_always=True),
            *_both("subkind", "Entity.subkind"),
            *_both("description", "Entity.description", is_always=True),
            Column("living", field="Entity.living", terms="living"),
            Column("precision", field="Location.precision", path="location.precision", terms="precisions"),
            Column("within", field="Location.within", path="location.within", refers="entities"),
            Column("latitude", "number", field="Location.latitude", path="location.latitude"),
            Column("longitude", "number", field="Location.longitude", path="location.longitude"),
            Column("coordinates_from", field="Location.coordinates_from", path="location.coordinates_from"),
            Column("geonames", label=N_("Number in GeoNames")),
            Column("wikidata", label=N_("Number in Wikidata")),
            _NOINDEX,
            *_recorded("Entity"),
        ),
        ("id",),
    ),
    Table(
        "names",
        N_("Every name of every entity, with its language and what kind of name it is."),
        (
            Column("entity", field="Part.entity", refers="entities", is_always=True),
            _N,
            Column("text", field="Name.text", is_always=True),
            Column("lang", field="Name.lang", terms="languages", is_always=True),
            Column("role", field="Name.role", terms="name_roles", is_always=True),
            Column("source", field="Name.source", refers="sources"),
        ),
        ("entity", "n"),
    ),
    Table(
        "claims",
        N_("What one source says in one place, with its opening words. A retracted one keeps its notice alone."),
        (
            _ID,
            Column("source", field="Locator.source", path="source_id", refers="sources", is_always=True),
            *_both("title", "Claim.title", is_always=True),
            *_both(
                "attributed_statement",
                label=N_("What it says, with its opening words"),
                meaning=N_("Empty where the claim was retracted."),
            ),
            Column("subject", field="Claim.subject", refers="entities"),
            Column("predicate", field="Claim.predicate", terms="predicates"),
            Column("object", field="Claim.object", refers="entities"),
            *_both("literal", "Claim.literal"),
            Column("polarity", field="Claim.polarity", terms="polarities"),
            Column("modality", field="Claim.modality", terms="modalities"),
            Column("standing", label=N_("Who else says so"), terms="standings", is_always=True),
            Column("inferred", field="Claim.inferred", refers="entities", is_many=True),
            Column("time_edtf", field="Time.edtf", path="time.edtf"),
            Column("time_hijri", field="Time.hijri", path="time.hijri"),
            *_both("time_phrase", "Time.phrase", path="time.phrase"),
            Column("time_basis", field="Time.basis", path="time.basis", terms="time_bases"),
            Column("time_to_come", "boolean", field="Time.to_come", path="time.to_come"),
            Column("place_precision", field="Place.precision", path="place.precision", terms="precisions"),
            *_both("place_phrase", "Place.phrase", path="place.phrase"),
            *_both("question", "Readings.question", label=N_("What the wording leaves open"), path="readings.question"),
            Column("locators", field="Claim.locators", is_many=True),
            Column("passages", label=N_("Addresses of the passages"), is_many=True),
            Column("sensitivity", field="Claim.sensitivity", terms="sensitivities", is_many=True),
            Column("superseded_by", field="Claim.superseded_by", refers="claims"),
            _NOINDEX,
            *_recorded("Claim"),
        ),
        ("id",),
    ),
    Table(
        "parts",
        N_("Parties to a claim besides subject and object, its places, and the stops of a way."),
        (
            _CLAIM,
            _N,
            *_OPENING,
            Column("part", label=N_("Party, place or stop"), terms="parts", is_always=True),
            Column("role", field="Part.role", terms="roles"),
            Column("at", field="Stop.at", terms="stops"),
            Column("entity", field="Part.entity", refers="entities"),
            *_both("text", "Part.text"),
            Column("inferred", "boolean", label=N_("Inferred by the record"), is_always=True),
        ),
        ("claim", "n"),
    ),
    Table(
        "quantities",
        N_("Every amount as its source hedges it, and what one unit costs where that can be computed."),
        (
            _CLAIM,
            _N,
            *_OPENING,
            Column("measures", field="Quantity.measures", terms="measures", is_always=True),
            Column("form", label=N_("How the amount is given"), terms="forms", is_always=True),
            Column("comparator", field="Quantity.comparator", terms="comparators"),
            Column("value", "number", field="Quantity.value"),
            Column("vague", field="Quantity.vague", terms="amounts"),
            *_both("phrase", "Quantity.phrase"),
            Column("fraction", field="Quantity.fraction"),
            Column("from_value", "number", field="Range.from"),
            Column("from_comparator", field="Range.from_comparator", terms="comparators"),
            Column("to_value", "number", field="Range.to"),
            Column("to_comparator", field="Range.to_comparator", terms="comparators"),
            Column("by_value", "number", field="Step.by", path="change.by"),
            Column("by_comparator", field="Step.by_comparator", path="change.by_comparator", terms="comparators"),
            Column("by_unit", field="Step.by_unit", path="change.by_unit", terms="units"),
            Column("unit", field="Quantity.unit", terms="units"),
            Column("of_entity", field="Quantity.of", path="of.entity", refers="entities"),
            *_both("of_text", "Quantity.of", path="of.text"),
            Column("per_value", "number", field="Quantity.per", path="per.value"),
            Column("per_unit", field="Per.unit", path="per.unit", terms="units"),
            Column("per_container", field="Per.container", path="per.container", terms="containers"),
            Column("unit_price", "number", label=N_("Price of one unit, computed")),
            Column("unit_price_from", "number", label=N_("Price of one unit, computed: the first figure")),
            Column("unit_price_to", "number", label=N_("Price of one unit, computed: the second figure")),
            Column("unit_price_rounded", "boolean", label=N_("Whether the computed price is rounded")),
            Column("wording", field="Quantity.wording"),
        ),
        ("claim", "n"),
    ),
    Table(
        "links",
        N_("How one claim is tied to another, as the first one states it."),
        (
            _CLAIM,
            _N,
            Column("type", field="Link.type", terms="ties", is_always=True),
            Column("other", label=N_("The other claim"), path="claim", refers="claims", is_always=True),
            Column("independence", field="Link.independence", terms="independence", is_always=True),
            *_both("note", "Link.note"),
        ),
        ("claim", "n"),
    ),
    Table(
        "voices",
        N_("Whose word a claim is: the chain of voices, from the publisher inwards."),
        (
            _CLAIM,
            _N,
            Column("voice", field="Voice.voice", terms="voices", is_always=True),
            Column("entity", field="Voice.entity", refers="entities"),
            Column("number", field="Voice.number", terms="numbers"),
            Column("identity", field="Voice.identity", terms="identities"),
            *_both("called", "Voice.called"),
            Column("affiliation", field="Voice.affiliation", refers="entities"),
            Column("close_to", field="Voice.close_to", refers="entities"),
            *_both("described", "Voice.described"),
        ),
        ("claim", "n"),
    ),
)
_VOCABULARY = "kinds predicates modalities voices roles measures units amounts containers precisions".split()  # noqa: SIM905
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "statuses": tuple(status for status in get_args(Status) if status not in HIDDEN),
    "methods": ("machine-assisted", "by-hand"),
    "source_kinds": get_args(SourceKind),
    "title_origins": ("published", "ours"),
    "languages": LANGS,
    "name_roles": get_args(NameRole),
    "living": ("yes", "no", "unknown"),
    "polarities": ("affirmed", "denied"),
    "time_bases": get_args(TimeBasis),
    "sensitivities": ("living-person", "private-people", "security"),
    "stops": get_args(Stop.model_fields["at"].annotation),
    "comparators": get_args(Comparator),
    "ties": get_args(LinkType),
    "independence": get_args(Independence),
    "numbers": get_args(get_args(Voice.model_fields["number"].annotation)[0]),
    "identities": get_args(get_args(Voice.model_fields["identity"].annotation)[0]),
}
_FIELDS: Mapping[str, Mapping[str, str]] = {
    "forms": {name: f"Quantity.{name}" for name in ("value", "vague", "phrase", "range", "change", "fraction")},
    "parts": {"part": "Claim.parts", "place": "Claim.place", "way": "Claim.way"},
}
"""Lists whose terms are fields."""


@dataclass(frozen=True, slots=True)
class Term:
    """One value that a column may have."""

    id: str
    label: str
    meaning: str


def tell_column(column: Column, words: Words) -> tuple[str, str]:
    """Return what a column is called in a language, and what it means, which may be empty."""
    model, _, name = column.field.partition(".")
    found = find_words(model, name) if model else None
    label = words.gettext(column.label) if column.label or not found else found.label[words.lang]
    meaning = words.gettext(column.meaning)
    if not meaning and found and found.help and not column.label:
        meaning = found.help[words.lang]
    if column.lang:
        language = find_choice(column.lang)[words.lang]
        label = words.fill(N_("{text} ({language})"), text=label, language=language)
    return label, meaning


def list_terms(vocabulary: Vocabulary, words: Words, units: Iterable[str] = ()) -> Iterator[tuple[str, list[Term]]]:
    """Yield every list of the code book with its terms in a language; ``units`` are those of CLDR that are in use."""
    lang = words.lang
    for name in dict.fromkeys(column.terms for table in TABLES for column in table.columns if column.terms):
        if name in _VOCABULARY:
            terms = getattr(vocabulary, name)
            more = sorted({*units} - {*terms}) if name == "units" else ()
            yield name, [Term(id_, *_tell_term(terms[id_], lang)) for id_ in (*terms, *more)]
        elif name in _FIELDS:
            told = (find_words(*field.split(".")).label[lang] for field in _FIELDS[name].values())
            yield name, [Term(id_, label, "") for id_, label in zip(_FIELDS[name], told, strict=True)]
        elif name == "standings":
            meanings = labels.STANDING_MEANINGS
            yield (
                name,
                [Term(id_, words.gettext(t), words.gettext(meanings[id_])) for id_, t in labels.STANDINGS.items()],
            )
        else:
            yield name, [Term(id_, find_choice(id_)[lang], "") for id_ in _CHOICES[name]]


def _tell_term(term: Any, lang: Lang) -> tuple[str, str]:
    """Return what a term is called, and what it means."""
    named = next(filter(None, (getattr(term, name, None) for name in ("label", "single", "pattern"))), None)
    label = named[lang] if named else term.amount[lang].other
    meaning = getattr(term, "meaning", None) or getattr(term, "note", None)
    return label, meaning[lang] if meaning else ""


def list_uses(name: str) -> list[str]:
    """Return the columns that have values of a list of the code book: ``claims.predicate``."""
    found = ((table.name, column) for table in TABLES for column in table.columns)
    return [f"{table}.{column.name}" for table, column in found if column.terms == name]


COLUMNS: Mapping[str, Column] = dict(
    chain.from_iterable(((f"{table.name}.{column.name}", column) for column in table.columns) for table in TABLES)
)
