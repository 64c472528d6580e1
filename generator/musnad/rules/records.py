"""What holds for every record: names, identity, status, redirects."""

from collections.abc import Iterator

from musnad.records.model import HIDDEN, Claim, Entity
from musnad.records.problems import N_
from musnad.records.walk import find_record
from musnad.rules.finding import Finding
from musnad.rules.rule import Known, Record


def check_names(entity: Entity, known: Known) -> Iterator[Finding]:
    """An entity without one primary name in each language, or a found spelling without its source."""
    for lang in ("ar", "en"):
        count = sum(name.role == "primary" and name.lang == lang for name in entity.names)
        if count != 1:
            message = N_("there must be exactly one primary name in {language}; there are {count}")
            yield Finding(entity.ref, ("names",), message, {"language": lang, "count": str(count)})
    for index, name in enumerate(entity.names):
        if name.role in ("found-in-source", "misprint") and not name.source:
            yield Finding(entity.ref, ("names", index), N_("a spelling found in a source needs its source"))


def check_distinction(entity: Entity, known: Known) -> Iterator[Finding]:
    """A warning of confusion that only one of the two entities gives, or that names nothing."""
    for index, distinction in enumerate(entity.distinct_from):
        at = ("distinct_from", index)
        other = known.entities.get(distinction.entity or "")
        # A record that readers see can't name a hidden one.
        is_waiting = other is not None and entity.status in HIDDEN and other.status not in HIDDEN
        if (distinction.entity is None) == (distinction.name is None):
            yield Finding(entity.ref, at, N_("give either entity or name"))
        elif other and not is_waiting and all(back.entity != entity.id for back in other.distinct_from):
            message = N_("{id} must warn of this entity too")
            yield Finding(entity.ref, at, message, {"id": other.id})


def check_identity(entity: Entity, known: Known) -> Iterator[Finding]:
    """Fields that an entity's kind needs or can't have."""
    kind = known.vocabulary.kinds.get(entity.kind)
    if kind is None:
        return
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


def check_status(record: Record, known: Known) -> Iterator[Finding]:
    """A change of status without its reason, for readers."""
    told = {change.change for change in record.history if change.note}
    if record.status in ("corrected", "superseded", "retracted", "withheld") and record.status not in told:
        message = N_("a {status} record needs a line in its history with that change and a note")
        yield Finding(record.ref, ("status",), message, {"status": record.status})
    if isinstance(record, Claim) and (record.status == "superseded") != (record.superseded_by is not None):
        message = N_("the status superseded and the field superseded_by go together")
        yield Finding(record.ref, ("status",), message)


def check_redirect(known: Known) -> Iterator[Finding]:
    """A redirect that loops, hides a living record, or leads nowhere."""
    for old, redirect in known.redirects.items():
        if (redirect.to is None) == (redirect.gone is None):
            yield Finding("redirects", (old,), N_("give either to (the new address) or gone (the reason)"))
        if find_record(known, old):
            yield Finding("redirects", (old,), N_("{id} is a record; the redirect would hide it"), {"id": old})
        seen, target = {old}, redirect.to
        while target and target in known.redirects and target not in seen:
            seen.add(target)
            target = known.redirects[target].to
        if target in seen:
            yield Finding("redirects", (old, "to"), N_("the redirect leads back to itself"))
        elif redirect.to and target and not find_record(known, target):
            yield Finding(
                "redirects", (old, "to"), N_("there is no record {target}"), {"target": target}, target=target
            )
