"""What holds for every record: both languages, dates, names, status, redirects."""

import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from musnad.records.model import HIDDEN, Catalogue, Claim, Entity, Title
from musnad.records.problems import N_
from musnad.records.values import UNKNOWN, LocalizedText
from musnad.records.vocabulary import Vocabulary
from musnad.records.walk import find_record, iter_records, walk_values
from musnad.records.yamltext import FieldPath
from musnad.rules.finding import Finding
from musnad.text.bidi import script_of
from musnad.text.edtf import parse_date
from musnad.text.languages import LANGS

_PLACEHOLDER = re.compile(r"\{[^}]*\}?")
# Windows has no file of such a name, whatever its ending; "index" is where a folder's own page stands.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
_START = "index"
_DATE_FIELDS = frozenset({"date", "edtf", "published", "retrieved"})


def check_wrong_script(catalogue: Catalogue) -> Iterator[Finding]:
    """A text in one language that is written in the other's script: a swapped or untranslated text."""
    message = N_("this text is not written in the script of {language}")
    for ref, path, value in _walk_everything(catalogue):
        if isinstance(value, LocalizedText | Title):
            for lang in LANGS:
                if script_of(_PLACEHOLDER.sub("", value[lang])) not in (lang, None):
                    yield Finding(ref, (*path, lang), message, {"language": lang})


def _walk_everything(catalogue: Catalogue) -> Iterator[tuple[str, FieldPath, Any]]:
    """Yield every value of every file with the file's name among the origins and the path in it."""
    for record in iter_records(catalogue):
        yield from ((record.ref, *found) for found in walk_values(record))
    if catalogue.site:
        yield from (("site", *found) for found in walk_values(catalogue.site))
    files = {f"vocabulary/{field.name}": getattr(catalogue.vocabulary, field.name) for field in fields(Vocabulary)}
    for ref, values in {**files, "redirects": catalogue.redirects}.items():
        for key, value in values.items():
            yield from ((ref, *found) for found in walk_values(value, (key,)))


def check_invalid_edtf(catalogue: Catalogue) -> Iterator[Finding]:
    """A date that is no EDTF."""
    for ref, path, value in _walk_everything(catalogue):
        if path and path[-1] in _DATE_FIELDS and isinstance(value, str) and value != UNKNOWN:
            try:
                parse_date(value)
            except ValueError:
                message = N_("{value} is not a date in EDTF, such as 2024, 2024-06~ or 2024-06-01/2024-06-30")
                yield Finding(ref, path, message, {"value": value})


def check_names(catalogue: Catalogue) -> Iterator[Finding]:
    """An entity without one primary name in each language, or a found spelling without its source."""
    for entity in catalogue.entities.values():
        for lang in ("ar", "en"):
            count = sum(name.role == "primary" and name.lang == lang for name in entity.names)
            if count != 1:
                message = N_("there must be exactly one primary name in {language}; there are {count}")
                yield Finding(entity.ref, ("names",), message, {"language": lang, "count": str(count)})
        for index, name in enumerate(entity.names):
            if name.role in ("found-in-source", "misprint") and not name.source:
                yield Finding(entity.ref, ("names", index), N_("a spelling found in a source needs its source"))


def check_distinction(catalogue: Catalogue) -> Iterator[Finding]:
    """A warning of confusion that only one of the two entities gives, or that names nothing."""
    for entity in catalogue.entities.values():
        for index, distinction in enumerate(entity.distinct_from):
            at = ("distinct_from", index)
            other = catalogue.entities.get(distinction.entity or "")
            # A record that readers see can't name a hidden one.
            is_waiting = other is not None and entity.status in HIDDEN and other.status not in HIDDEN
            if (distinction.entity is None) == (distinction.name is None):
                yield Finding(entity.ref, at, N_("give either entity or name"))
            elif other and not is_waiting and all(back.entity != entity.id for back in other.distinct_from):
                message = N_("{id} must warn of this entity too")
                yield Finding(entity.ref, at, message, {"id": other.id})


def check_identity(catalogue: Catalogue) -> Iterator[Finding]:
    """Fields that an entity's kind needs or can't have."""
    for entity in catalogue.entities.values():
        kind = catalogue.vocabulary.kinds.get(entity.kind)
        if kind is None:
            continue
        if (kind.trait == "person") != (entity.living is not None):
            message = N_("persons, and only persons, have the field living (yes, no or unknown)")
            yield Finding(entity.ref, ("living",) if entity.living else (), message)
        if kind.trait == "place" and entity.location is None:
            yield Finding(entity.ref, (), N_("a place needs a location, at least its precision"))
        yield from _check_coordinates(entity)


def _check_coordinates(entity: Entity) -> Iterator[Finding]:
    location = entity.location
    if location is None:
        return
    given = [location.latitude, location.longitude, location.coordinates_from]
    if any(given) and not all(given):
        message = N_("latitude, longitude and coordinates_from go together")
        yield Finding(entity.ref, ("location",), message)
    for field, limit in (("latitude", 90), ("longitude", 180)):
        degrees = getattr(location, field)
        if degrees and abs(float(degrees)) > limit:
            yield Finding(entity.ref, ("location", field), N_("{value} is not on Earth"), {"value": degrees})


def check_status(catalogue: Catalogue) -> Iterator[Finding]:
    """A change of status without its reason, for readers."""
    for record in iter_records(catalogue):
        told = {change.change for change in record.history if change.note}
        if record.status in ("corrected", "superseded", "retracted", "withheld") and record.status not in told:
            message = N_("a {status} record needs a line in its history with that change and a note")
            yield Finding(record.ref, ("status",), message, {"status": record.status})
        if isinstance(record, Claim) and (record.status == "superseded") != (record.superseded_by is not None):
            message = N_("the status superseded and the field superseded_by go together")
            yield Finding(record.ref, ("status",), message)


def check_redirect(catalogue: Catalogue) -> Iterator[Finding]:
    """A redirect that loops, hides a living record, or leads nowhere."""
    for old, redirect in catalogue.redirects.items():
        if (redirect.to is None) == (redirect.gone is None):
            yield Finding("redirects", (old,), N_("give either to (the new address) or gone (the reason)"))
        if find_record(catalogue, old):
            yield Finding("redirects", (old,), N_("{id} is a record; the redirect would hide it"), {"id": old})
        seen, target = {old}, redirect.to
        while target and target in catalogue.redirects and target not in seen:
            seen.add(target)
            target = catalogue.redirects[target].to
        if target in seen:
            yield Finding("redirects", (old, "to"), N_("the redirect leads back to itself"))
        elif redirect.to and target and not find_record(catalogue, target):
            yield Finding(
                "redirects", (old, "to"), N_("there is no record {target}"), {"target": target}, target=target
            )


def check_reserved_name(catalogue: Catalogue) -> Iterator[Finding]:
    """An id that can't be the name of a file, or of a page, on every system."""
    for ref, path, id_ in _iter_ids(catalogue):
        if id_ in _DEVICES:
            yield Finding(ref, path, N_("Windows can't hold a file called {name}: choose another id"), {"name": id_})
        elif id_ == _START:
            message = N_("{name} is the name of a folder's own page: choose another id")
            yield Finding(ref, path, message, {"name": id_})


def _iter_ids(catalogue: Catalogue) -> Iterator[tuple[str, FieldPath, str]]:
    """Yield every id that becomes a part of an address, and where it was given."""
    for record in iter_records(catalogue):
        yield record.ref, (), record.id.rpartition("/")[2]
    for name in ("kinds", "sections"):
        yield from ((f"vocabulary/{name}", (id_,), id_) for id_ in getattr(catalogue.vocabulary, name))
    yield from (("redirects", (old,), id_) for old in catalogue.redirects for id_ in old.split("/")[1:])
