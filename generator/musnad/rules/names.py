"""Names that stand where they must not: of the living without a voice, of private people, of kept-back places."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from musnad.derive.named import Names, is_part
from musnad.derive.people import is_living, living_people
from musnad.derive.sensitive import is_sensitive
from musnad.derive.visible import follow_redirect
from musnad.records.base import list_own
from musnad.records.model import Claim, Source
from musnad.records.problems import N_
from musnad.records.vocabulary import Vocabulary
from musnad.records.walk import find_record, walk_values
from musnad.records.yamltext import FieldPath
from musnad.rules.finding import Finding
from musnad.rules.rule import Known, Record

_ATTRIBUTED = frozenset({"statement", "readings", "literal", "parts", "attribution", "locators"})
"""Where a claim may name the living that it is about: behind its opening words, and in marks of the passage."""
_KEPT = frozenset({"names", "same_as"})
_ELSEWHERE = N_(
    "{name} is or may be alive: the name stands in the person’s own record, and in statements of claims that name {id}"
)
_IN_ID = N_("{name} is or may be alive, and every address and list shows an id: choose one without the name")


def check_living_name(record: Record, known: Known) -> Iterator[Finding]:
    """A living person's name in an id, a title, another's name, a description, a note: where no voice is before it."""
    people = {person.id for person in living_people(record, known)} if isinstance(record, Claim) else {record.id}
    for _, name in known.living.find(record.id):
        yield Finding(record.ref, (), _IN_ID, {"name": name})
    for path, text in iter_texts(record):
        if isinstance(record, Source) and path[0] in ("authors", "address", "archive"):
            continue
        found = list(known.living.find(text))
        right = [name for id_, name in found if id_ in people and _may_stand(record, path)]
        for id_, name in found:
            # Of namesakes one is meant, and nobody by a part of a longer name.
            if not any(is_part(name, whole) for whole in right):
                yield Finding(record.ref, path, _ELSEWHERE, {"name": name, "id": id_})


def _may_stand(record: Record, path: FieldPath) -> bool:
    """Whether a field may name the person that a record is of, or those that a claim is about."""
    if isinstance(record, Claim):
        # At the title looks living-person.
        return path[0] in _ATTRIBUTED | {"title"} or path[-1] == "wording"
    return path[0] in _KEPT


def check_living_name_of_words(known: Known) -> Iterator[Finding]:
    """The same of redirects, of the words of the site, and of synonyms and other words of one's own."""
    for old, redirect in known.redirects.items():
        for _, name in known.living.find(old):
            message = N_("{name} is or may be alive, and an old address is published too: delete the redirect")
            yield Finding("redirects", (old,), message, {"name": name})
        yield from _find_living("redirects", (old,), redirect, known.living)
    if known.site:
        yield from _find_living("site", (), known.site, known.living)
    for field in fields(Vocabulary):
        for key, term in list_own(getattr(known.vocabulary, field.name)):
            yield from _find_living(f"vocabulary/{field.name}", (key,), term, known.living)


def _find_living(ref: str, root: FieldPath, value: Any, living: Names) -> Iterator[Finding]:
    for path, text in iter_texts(value):
        for id_, name in living.find(text):
            yield Finding(ref, (*root, *path), _ELSEWHERE, {"name": name, "id": id_})


def check_private_person(claim: Claim, known: Known) -> Iterator[Finding]:
    """A person by name in a part of private people: as who was harmed, or who saw it."""
    for index, part in enumerate(claim.parts):
        role, entity = known.vocabulary.roles.get(part.role), known.entities.get(part.entity or "")
        if role and role.private and entity and is_living(entity):
            message = N_("who is or may be alive has the part {role} by description, never by name: write text")
            yield Finding(claim.ref, ("parts", index, "entity"), message, {"role": part.role})


def check_sensitive_name(claim: Claim, known: Known) -> Iterator[Finding]:
    """A sensitive claim whose words or id name any other exact place, such as what its own lies in."""
    if not is_sensitive(claim):
        return
    own = {*(claim.place.entities if claim.place else ()), *(stop.entity for stop in claim.way), *claim.named}
    texts = ((path, text) for path, text in iter_texts(claim) if path[0] not in ("place", "way"))
    for path, text in (((), claim.id), *texts):
        for id_, name in known.exact.find(text):
            # sensitive-place looks at what the claim itself names.
            if id_ not in own:
                message = N_("a claim marked security keeps back where exactly: leave {name} out of its words")
                yield Finding(claim.ref, path, message, {"name": name})


def check_sensitive_redirect(known: Known) -> Iterator[Finding]:
    """An old address that tells where a sensitive claim happened: one of the claim, or of a place it kept back."""
    message = N_("the old address tells {name}, where a claim marked security happened: delete the redirect")
    for old in known.redirects:
        record = find_record(known, follow_redirect(known, old) or "")
        is_of_claim = isinstance(record, Claim) and is_sensitive(record)
        for id_, name in (known.exact if is_of_claim else known.hidden).find(old):
            # What leads to a record that readers do not see is no page.
            if record is None or record.id != id_:
                yield Finding("redirects", (old,), message, {"name": name})


def iter_texts(value: Any) -> Iterator[tuple[FieldPath, str]]:
    """Yield all words with their paths, ids and digests among what is no words left out."""
    for path, inner in walk_values(value):
        if isinstance(inner, str) and path and not (inner.isascii() and " " not in inner):
            yield path, inner
