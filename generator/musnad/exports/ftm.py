"""The record as entities and statements of FollowTheMoney (FtM), for the tools of investigators; and what that loses.

FtM has no chain of voices, no hedge, no denial and no place in a source. So the sentence with its opening words stands
in ``summary``, the way to the passage in ``sourceUrl``, how it is said and who else says so in ``status``, and the
relation in ``role``, behind its voice. Two entities are tied only by what is said outright and is not disputed; of any
other claim, each entity that it names is tied to the source alone. Nothing about a living person that two people have
not reviewed is told, and nothing that was retracted.

Source: the schemata of followthemoney, of which versions 4.9 and 4.11 have all that is used here.
"""

import csv
import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from musnad.derive.news import find_newest_day
from musnad.derive.people import is_protected, living_people
from musnad.editing.create import propose_id
from musnad.pages.elements import labels
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.passages import passage_href
from musnad.pages.elements.voices import make_lead, name_voice, tell_claim
from musnad.pages.site import Site
from musnad.records.model import Claim, Entity, NameRole, Quantity, Source, SourceKind, Status
from musnad.records.problems import N_
from musnad.records.values import LocalizedText
from musnad.records.vocabulary import FtmThing
from musnad.records.walk import iter_records
from musnad.text.languages import LANGS, Lang

FOLDER = "data/ftm/"
ENTITIES, STATEMENTS, LOST, INDEX = "entities.ftm.json", "statements.csv", "lost.csv", "index.json"
MEDIA_TYPES = {ENTITIES: "application/json+ftm", STATEMENTS: "text/csv+ftm-statements", LOST: "text/csv"}
COLUMNS = (
    *("canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang"),
    *("original_value", "external", "first_seen", "last_seen", "id"),
)
LONGEST_ID = 200
_LANGUAGES = {
    "ar": "ara",
    "de": "deu",
    "en": "eng",
    "es": "spa",
    "fa": "fas",
    "fr": "fra",
    "he": "heb",
    "it": "ita",
    "ku": "kur",
    "nl": "nld",
    "pt": "por",
    "ru": "rus",
    "sv": "swe",
    "tr": "tur",
    "uk": "ukr",
}
"""ISO 639-3, as FtM has languages, by ISO 639-1."""
_DATE = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
_PERIOD = re.compile(rf"({_DATE})(?:/({_DATE}))?")
_SOURCES: Mapping[SourceKind, str] = {
    "article": "Article",
    "report": "Article",
    "post": "Article",
    "interview": "Article",
    "video": "Video",
    "audio": "Audio",
    "document": "Pages",
    "data": "Table",
}
_NAMES: Mapping[NameRole, str] = {
    "primary": "name",
    "alias": "alias",
    "translation": "alias",
    "transliteration": "alias",
    "found-in-source": "alias",
    "former": "previousName",
    "abbreviation": "weakAlias",
    "misprint": "weakAlias",
}
_SECTIONS: Mapping[str, FtmThing] = {
    "groups": "Organization",
    "places": "Address",
    "goods": "Asset",
    "events": "Event",
    "documents": "Article",
}
_TRAITS: Mapping[str, str] = {"person": "Person", "place": "Address", "good": "Asset", "outlet": "Organization"}
_IS_ALSO: Mapping[str, str] = {
    "Person": "LegalEntity",
    "Organization": "LegalEntity",
    "PublicBody": "LegalEntity Organization",
    "Company": "LegalEntity Organization Asset",
    "RealEstate": "Asset",
    "Vehicle": "Asset",
    "Vessel": "Asset Vehicle",
    "Airplane": "Asset Vehicle",
    "Contract": "Asset",
}
_MEASURED: frozenset[str] = frozenset({"Address", "RealEstate"})


class _Tie(NamedTuple):
    """Two ends of a schema, each with what may stand there, and the property that says what the tie is."""

    ends: Mapping[str, str]
    says: str = "role"

    @property
    def has_status(self) -> bool:
        """Whether it has room for whose words it is, so that it can hold an accusation."""
        return self.says == "role"


_TIES: Mapping[str, _Tie] = {
    "UnknownLink": _Tie({"subject": "Thing", "object": "Thing"}),
    "Membership": _Tie({"member": "LegalEntity", "organization": "Organization"}),
    "Ownership": _Tie({"owner": "LegalEntity", "asset": "Asset"}),
    "Employment": _Tie({"employee": "Person", "employer": "Organization"}),
    "Directorship": _Tie({"director": "LegalEntity", "organization": "Organization"}),
    "Representation": _Tie({"agent": "LegalEntity", "client": "LegalEntity"}),
    "Succession": _Tie({"predecessor": "LegalEntity", "successor": "LegalEntity"}),
    "Family": _Tie({"person": "Person", "relative": "Person"}, "relationship"),
    "Associate": _Tie({"person": "Person", "associate": "Person"}, "relationship"),
    "Payment": _Tie({"payer": "LegalEntity", "beneficiary": "LegalEntity"}, "purpose"),
    "EconomicActivity": _Tie({"sender": "LegalEntity", "receiver": "LegalEntity"}, "description"),
}
_TYPES: Mapping[str, str] = {
    **dict.fromkeys(("name", "alias", "previousName", "weakAlias"), "name"),
    **dict.fromkeys(("title", "publisher", "role", "status", "relationship", "recordId", "currency"), "string"),
    **dict.fromkeys(("summary", "description", "purpose", "goodsDescription"), "text"),
    **dict.fromkeys(("date", "startDate", "endDate", "publishedAt", "retrievedAt"), "date"),
    **dict.fromkeys(("latitude", "longitude", "amount"), "number"),
    "sourceUrl": "url",
    "language": "language",
    "full": "address",
    "wikidataId": "identifier",
}
"""Of properties; all others lead to entities."""


class Said(NamedTuple):
    """One value of a property, and its language where it is words of ours."""

    text: str
    lang: Lang | None = None


@dataclass(frozen=True)
class FtmEntity:
    """One entity of FtM, with the record that it is made of."""

    id: str
    schema: str
    ref: str
    since: str
    """The day on which the record was made, or empty."""
    properties: Mapping[str, tuple[Said, ...]]

    def dump(self, dataset: str) -> dict[str, Any]:
        """Return it as FtM has it on a line; each value once, also where both languages have the same."""
        values = {name: list(dict.fromkeys(said.text for said in own)) for name, own in self.properties.items()}
        return {"id": self.id, "schema": self.schema, "properties": values, "datasets": [dataset]}


class Loss(NamedTuple):
    """One kind of thing that FtM can't hold, and how often it is in the record."""

    name: str
    message: str
    times: int


def export_ftm(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the address below the site, and the text, of entities, statements, what was lost, and what it all is."""
    name, state = name_dataset(site), find_newest_day(site.shown, site.derived)
    files = write_ftm(site, name, state, make_entities(site, name))
    yield from ((FOLDER + file, text) for file, text in files.items())
    yield FOLDER + INDEX, write_json(describe(site, name, f"{state}T00:00:00" if state else "", files, FOLDER))


def write_ftm(site: Site, name: str, state: str, made: Iterable[FtmEntity]) -> dict[str, str]:
    """Return entities, statements and what was lost, by the names of their files, as they were on a day."""
    made = [*made]
    return {
        ENTITIES: "".join(write_line(entity.dump(name)) for entity in made),
        STATEMENTS: write_statements(made, name, state),
        LOST: _write_losses(site),
    }


def name_dataset(site: Site) -> str:
    """Return what the data set is called: the English name of the publication, as an id of FtM."""
    name = site.shown.site.name["en"] if site.shown.site else ""
    return (propose_id(name) or "record").replace("-", "_")


def write_json(data: Any) -> str:
    """Return JSON as text of a file."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def write_line(data: Any) -> str:
    """Return JSON as a line of a file."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def describe(site: Site, name: str, updated: str, files: Mapping[str, str], place: str) -> dict[str, Any]:
    """Return what FtM's catalogues say of a data set and its files, which lie in a place below the site."""
    words, url = site.shown.site, site.options.site_url
    raws = {file: text.encode() for file, text in files.items()}
    about = {
        "name": name,
        "title": " · ".join(words.name[lang] for lang in LANGS) if words else name,
        "summary": " ".join(words.purpose[lang] for lang in LANGS) if words and words.purpose else None,
        "description": "\n".join(words.rights[lang] for lang in LANGS) if words and words.rights else None,
        "license": words.licence if words else None,
        "url": url or None,
        "updated_at": updated or None,
        "entity_count": files[ENTITIES].count("\n"),
        "resources": [
            {
                "name": file,
                **({"url": f"{url}{place}{file}"} if url else {}),
                # What clients that load the file compare it with.
                "checksum": hashlib.sha1(raw, usedforsecurity=False).hexdigest(),
                "mime_type": MEDIA_TYPES[file],
                "size": len(raw),
            }
            for file, raw in raws.items()
        ],
    }
    return {key: value for key, value in about.items() if value is not None}


def make_entities(site: Site, name: str) -> Iterator[FtmEntity]:
    """Yield what FtM can have of each record: sources, entities, claims, in the order of their ids."""
    maker = _Maker(site, name.replace("_", "-"))
    yield from map(maker.make_source, filter(maker.is_told, site.shown.sources.values()))
    yield from map(maker.make_thing, filter(maker.is_told, site.shown.entities.values()))
    for claim in filter(maker.is_told, site.shown.claims.values()):
        yield from maker.make_ties(claim)


def write_statements(made: Iterable[FtmEntity], dataset: str, seen: str) -> str:
    """Return a row for each value of each entity, as ``ftm`` reads them, with the language of what is words."""
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(COLUMNS)
    for entity in made:
        for prop, own in entity.properties.items():
            for said in dict.fromkeys(own):
                lang = _LANGUAGES[said.lang] if said.lang else ""
                key = f"{dataset}.{entity.id}.{prop}.{said.text}" + (f"@{lang}" if lang else "")
                digest = hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest()
                kind = _TYPES.get(prop, "entity")
                start = (entity.id, entity.id, prop, kind, entity.schema, said.text, dataset, "", lang, "", "f")
                writer.writerow([*start, entity.since, seen, digest])
    return file.getvalue()


class _Maker:
    """Makes entities of FtM from the records of a site."""

    def __init__(self, site: Site, prefix: str) -> None:
        self._site = site
        self._catalogue, self._graph = site.shown, site.derived
        self._composers = [site.composers[lang] for lang in LANGS]
        self._prefix = prefix

    def is_told(self, record: Source | Entity | Claim) -> bool:
        """Whether a record may be told without all that a page can say beside it."""
        if record.status == "retracted" or not self.is_reviewed_enough(record):
            return False
        if not isinstance(record, Claim):
            return True
        parties = [self._catalogue.entities[id_] for id_ in record.named]
        return self.is_told(self._catalogue.sources[record.source_id]) and all(map(self.is_told, parties))

    def is_reviewed_enough(self, record: Source | Entity | Claim) -> bool:
        """Whether two people have reviewed what is about a living person, and the record of each such person."""
        if isinstance(record, Source):
            return True
        people = living_people(record, self._catalogue) if isinstance(record, Claim) else []
        return not any(is_protected(one, self._catalogue) for one in (record, *people))

    def make_source(self, source: Source) -> FtmEntity:
        """Return a source as a document."""
        properties = {
            "title": (*self._both(source.title), *([Said(source.headline)] if source.headline else [])),
            "publisher": self._names(source.outlet),
            "sourceUrl": (Said(source.address),),
            "language": tuple(Said(found) for found in _find_languages(source)),
            "publishedAt": _tell_dates(source.published),
            "retrievedAt": _tell_dates(source.retrieved),
        }
        return self._make(source, _SOURCES[source.kind], properties)

    def make_thing(self, entity: Entity) -> FtmEntity:
        """Return an entity."""
        schema = self._find_schema(entity)
        properties: dict[str, tuple[Said, ...]] = {}
        for name in entity.names:
            kind = _NAMES[name.role]
            properties[kind] = (*properties.get(kind, ()), Said(name.text, name.lang))
        if schema in ("Article", "Contract"):
            properties["title"] = properties["name"]
        if schema == "Address":
            properties["full"] = properties["name"]
        properties["description"] = self._both(entity.description)
        properties["wikidataId"] = tuple(Said(each.id) for each in entity.external_ids if each.scheme == "wikidata")
        if entity.location and schema in _MEASURED and self.is_spot(entity):
            properties["latitude"] = (Said(entity.location.latitude or ""),)
            properties["longitude"] = (Said(entity.location.longitude or ""),)
        properties["sourceUrl"] = self._pages(entity.ref)
        return self._make(entity, schema, properties)

    def make_ties(self, claim: Claim) -> Iterator[FtmEntity]:
        """Yield what ties the parties of a claim to one another, or to its source."""
        holds = self.holds(claim)
        ends = (claim.subject, claim.object) if holds and claim.object and claim.object != claim.subject else ()
        if claim.object and ends:
            yield self._make_tie(claim, claim.object)
        heads = self._list_heads(claim) if holds else {}
        for entity_id in claim.named:
            if entity_id not in ends:
                says = self._say(claim, heads[entity_id]) if entity_id in heads else self._each(_NAMED)
                properties = {
                    "document": (Said(self.find_id(f"sources/{claim.source_id}")),),
                    "entity": (Said(self.find_id(f"entities/{entity_id}")),),
                    **self._tell(claim, "role", says),
                }
                yield self._make(claim, "Documentation", properties, f".{entity_id}")

    def holds(self, claim: Claim) -> bool:
        """Whether a line between two entities says what the claim says: outright, of parties it names, undisputed."""
        modality = self._catalogue.vocabulary.modalities[claim.modality]
        disputed = {"contradicts", "in-tension-with"}
        return (
            claim.polarity == "affirmed"
            and (modality.firm or modality.aside)
            and not (claim.inferred or claim.readings or claim.status == "superseded")
            and not self._graph.answers.get(claim.id)
            and not any(tie.type in disputed and self._is_up(tie.other) for tie in self._graph.ties.get(claim.id, ()))
        )

    def _is_up(self, claim_id: str) -> bool:
        return self._catalogue.claims[claim_id].status != "retracted"

    def find_tie(self, claim: Claim, other: str) -> tuple[str, tuple[str, str]]:
        """Return the schema that ties the subject of a claim and another entity, and the properties of the two."""
        predicate = self._catalogue.vocabulary.predicates[claim.predicate]
        schema, _, end = (predicate.ftm or "UnknownLink.subject").partition(".")
        tie = _TIES[schema]
        here, there = sorted(tie.ends, key=lambda name: name != end)
        kinds = [self._find_schema(self._catalogue.entities[id_]) for id_ in (claim.subject, other)]
        fits = all(_is_a(kind, tie.ends[name]) for kind, name in zip(kinds, (here, there), strict=True))
        is_bare = predicate.accusing and not tie.has_status
        return (schema, (here, there)) if fits and not is_bare else ("UnknownLink", ("subject", "object"))

    def _make_tie(self, claim: Claim, other: str) -> FtmEntity:
        schema, (here, there) = self.find_tie(claim, other)
        label = self._catalogue.vocabulary.predicates[claim.predicate].label
        properties = {
            here: (Said(self.find_id(f"entities/{claim.subject}")),),
            there: (Said(self.find_id(f"entities/{other}")),),
            **self._tell(claim, _TIES[schema].says, self._say(claim, label), has_status=_TIES[schema].has_status),
        }
        if schema == "Payment" and (paid := self._find_payment(claim)):
            properties["amount"], properties["currency"] = (Said(paid.value or ""),), (Said((paid.unit or "").upper()),)
        if schema == "EconomicActivity":
            goods = (part.entity for part in claim.parts if part.entity and self._is_good(part.entity))
            properties["goodsDescription"] = tuple(said for id_ in goods for said in self._names(id_))
        return self._make(claim, schema, properties)

    def _tell(
        self, claim: Claim, says: str, said: tuple[Said, ...], *, has_status: bool = True
    ) -> dict[str, tuple[Said, ...]]:
        """Return what all of a claim says of it: whose words it is, where it stands, when it was."""
        source = self._catalogue.sources[claim.source_id]
        passages = dict.fromkeys(passage_href(source, locator) for locator in claim.locators)
        time = claim.time if claim.time and claim.time.basis == "stated" and not claim.time.to_come else None
        dates = _tell_dates(time.edtf) if time and time.edtf else ()
        kinds = ("startDate", "endDate") if len(dates) == 2 else ("date",)
        return {
            says: said,
            "status": self._tell_status(claim) if has_status else (),
            "summary": tuple(Said(f"{make_lead(c, claim)} {claim.statement[c.lang]}", c.lang) for c in self._composers),
            **({} if says == "description" else {"description": self._tell_answers(claim)}),
            "sourceUrl": tuple(map(Said, passages)),
            "recordId": (Said(claim.id),),
            "publisher": self._names(source.outlet),
            "proof": (Said(self.find_id(source.ref)),),
            **{kind: (date,) for kind, date in zip(kinds, dates, strict=False)},
        }

    def _tell_status(self, claim: Claim) -> tuple[Said, ...]:
        modality = self._both(self._catalogue.vocabulary.modalities[claim.modality].label)
        denied = self._each(labels.POLARITY_DENIED) if claim.polarity == "denied" else ()
        superseded = self._each(labels.STATUSES[_SUPERSEDED]) if claim.status == _SUPERSEDED else ()
        return (*denied, *modality, *self._each(labels.STANDINGS[self._graph.standings[claim.id]]), *superseded)

    def _tell_answers(self, claim: Claim) -> tuple[Said, ...]:
        found = [
            (tie, self._catalogue.claims[tie.other])
            for tie in self._graph.answers.get(claim.id, ())
            if self.is_told(self._catalogue.claims[tie.other])
        ]
        return tuple(
            Said(" ".join((c.words.gettext(labels.ANSWER_LABELS[tie.type]), *tell_claim(c, answer))), c.lang)
            for c in self._composers
            for tie, answer in found
        )

    def _list_heads(self, claim: Claim) -> dict[str, LocalizedText]:
        """Return what further parties of a claim are in it."""
        roles = self._catalogue.vocabulary.roles
        return {part.entity: roles[part.role].label for part in claim.parts if part.entity}

    def _say(self, claim: Claim, label: LocalizedText) -> tuple[Said, ...]:
        """Return words for what one is in a claim, behind the voice that says so."""
        return tuple(Said(_name_with_voice(c, claim, label[c.lang]), c.lang) for c in self._composers)

    def _each(self, message: str) -> tuple[Said, ...]:
        return tuple(Said(c.words.gettext(message), c.lang) for c in self._composers)

    def _both(self, text: Any) -> tuple[Said, ...]:
        return tuple(Said(text[lang], lang) for lang in LANGS)

    def _names(self, entity_id: str) -> tuple[Said, ...]:
        entity = self._catalogue.entities[entity_id]
        return tuple(Said(entity.name(lang), lang) for lang in LANGS) if self.is_told(entity) else ()

    def _pages(self, ref: str) -> tuple[Said, ...]:
        addresses = self._site.options.addresses
        own = [addresses.find_absolute(f"{lang}/{ref}/") for lang in LANGS] if addresses.site_url else []
        return tuple(map(Said, own))

    def _find_schema(self, entity: Entity) -> str:
        kind = self._catalogue.vocabulary.kinds[entity.kind]
        if kind.trait == "person":
            return "Person"
        return kind.ftm or _TRAITS.get(kind.trait or "") or _SECTIONS.get(kind.section, "LegalEntity")

    def is_spot(self, entity: Entity) -> bool:
        """Whether coordinates say where, and not only whereabouts."""
        place, precisions = entity.location, self._catalogue.vocabulary.precisions
        return place is not None and place.latitude is not None and precisions[place.precision].decimals is None

    def _is_good(self, entity_id: str) -> bool:
        return self._catalogue.vocabulary.kinds[self._catalogue.entities[entity_id].kind].trait == "good"

    def _find_payment(self, claim: Claim) -> Quantity | None:
        """Return what was paid, where that is one exact amount of money."""
        units = self._catalogue.vocabulary.units
        paid = [q for q in claim.quantities if q.unit and units[q.unit].dimension == "money" and not q.per]
        return paid[0] if len(paid) == 1 and paid[0].value and paid[0].comparator in (None, "exact") else None

    def find_id(self, ref: str, part: str = "") -> str:
        """Return the id of what is made of a record: short enough for FtM, and the same each time."""
        text = f"{self._prefix}.{ref.replace('/', '.')}{part}"
        if len(text) <= LONGEST_ID:
            return text
        return f"{text[:150]}-{hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()}"

    def _make(
        self, record: Source | Entity | Claim, schema: str, properties: Mapping[str, tuple[Said, ...]], part: str = ""
    ) -> FtmEntity:
        since = record.extracted.date if re.fullmatch(_DATE, record.extracted.date) else ""
        held = {name: own for name, own in properties.items() if own}
        return FtmEntity(self.find_id(record.ref, part), schema, record.ref, since, held)


_SUPERSEDED: Status = "superseded"
_NAMED = N_("Named in what the source says")


def _name_with_voice(composer: Composer, claim: Claim, title: str) -> str:
    return composer.words.fill(N_("According to {voice}: {title}"), voice=name_voice(composer, claim), title=title)


def _is_a(schema: str, wanted: str) -> bool:
    return wanted in ("Thing", schema) or wanted in _IS_ALSO.get(schema, "").split()


def _find_languages(source: Source) -> Iterator[str]:
    if found := _LANGUAGES.get(source.language.partition("-")[0].lower()):
        yield found


def _tell_dates(edtf: str) -> tuple[Said, ...]:
    """Return a date, or the two ends of a period, where FtM can hold them: no hedge, no open end."""
    found = _PERIOD.fullmatch(edtf)
    return tuple(Said(date) for date in found.groups() if date) if found else ()


def count_losses(site: Site) -> list[Loss]:
    """Return what FtM can't hold of the record, and how often."""
    maker, catalogue = _Maker(site, ""), site.shown
    claims = [*filter(maker.is_told, catalogue.claims.values())]
    entities = [*filter(maker.is_told, catalogue.entities.values())]
    records = [*iter_records(catalogue)]
    people = {one.ref for one in records if one.status != "retracted" and not maker.is_reviewed_enough(one)}
    left_out = {one.ref for one in records if not maker.is_told(one)}
    kinds = catalogue.vocabulary.kinds
    found = Counter(
        {
            "retracted": len(left_out - people),
            "claims-unreviewed": sum(ref.startswith("claims/") for ref in people),
            "people-unreviewed": sum(ref.startswith("entities/") for ref in people),
            "no-tie": sum(bool(claim.object) and not maker.holds(claim) for claim in claims),
            "chains": sum(len(claim.attribution) > 1 for claim in claims),
            "quantities": sum(len(claim.quantities) for claim in claims),
            "times": sum(bool(claim.time) and not _has_date(claim) for claim in claims),
            "places": sum(bool(claim.place or claim.way) for claim in claims),
            "locators": sum(len(claim.locators) for claim in claims),
            "links": sum(len(claim.links) for claim in claims),
            "readings": sum(bool(claim.readings) for claim in claims),
            "goods": sum(kinds[entity.kind].trait == "good" for entity in entities),
            "coordinates": sum(bool(e.location and e.location.latitude) and not maker.is_spot(e) for e in entities),
            "authors": sum(len(source.authors) for source in catalogue.sources.values() if source.authors != "unknown"),
            "history": sum(bool(record.history or record.reviews) for record in (*claims, *entities)),
        }
    )
    return [Loss(name, message, found[name]) for name, message in LOSSES.items()]


LOSSES: Mapping[str, str] = {
    "retracted": N_("What was retracted, and claims about it: left out."),
    "people-unreviewed": N_("Living people whose records two people have not reviewed: left out."),
    "claims-unreviewed": N_(
        "Claims about living people, or on their word, where not all is reviewed by two: left out."
    ),
    "no-tie": N_(
        "Claims that are denied, disputed, answered, can be read in more than one way, or are not said outright: "
        "their parties are tied to the source, not to each other."
    ),
    "chains": N_("Chains of more than one voice: only in the words of the sentence."),
    "quantities": N_("Amounts with their hedges: only in the words of the sentence."),
    "times": N_("Times that are on no calendar, uncertain, worked out or to come: only in the words of the sentence."),
    "places": N_("How exactly a place is known, and the order of places on a way."),
    "locators": N_("Paragraph, sentence, page and digest of a passage: what is left is its address."),
    "links": N_("What one claim has to do with another, and whether their origins are independent."),
    "readings": N_("Wording that can be read in more than one way, and its readings."),
    "goods": N_("Goods and services: FollowTheMoney has no schema for them, so that they stand as assets."),
    "coordinates": N_("Coordinates of areas, which would be taken for spots: left out."),
    "authors": N_("Names of authors: left out."),
    "history": N_("Histories and reviews of records."),
}


def _has_date(claim: Claim) -> bool:
    time = claim.time
    return bool(time and time.edtf and time.basis == "stated" and not time.to_come and _tell_dates(time.edtf))


def _write_losses(site: Site) -> str:
    """Return what was lost as CSV with both languages, in the encoding that spreadsheets know by its first bytes."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(("lost", "count", *LANGS))
    for loss in count_losses(site):
        writer.writerow((loss.name, loss.times, *(site.words[lang].gettext(loss.message) for lang in LANGS)))
    return f"\ufeff{file.getvalue()}"
