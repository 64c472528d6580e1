"""Begin a record from a few answers, as a draft; ids are proposed from names."""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from musnad.editing.change import Draft
from musnad.editing.journal import RefusedError
from musnad.editing.style import write_record
from musnad.records.model import Catalogue, Entity
from musnad.records.problems import N_
from musnad.rules.copies import find_alike


def propose_id(name: str) -> str:
    """Return an id made of a name in Latin letters; empty where it has none."""
    plain = unicodedata.normalize("NFKD", re.sub("['\u2019\u2018\u02bc\u02be\u02bf]", "", name)).casefold()
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub("[^a-z0-9]+", "-", letters).strip("-")[:80].strip("-")


def make_entity(id_: str, answers: Mapping[str, str], today: str) -> Entity:
    """Return an entity from its kind, ``name_ar``, ``name_en``, ``description_ar``, ``description_en`` and the like.

    Raises pydantic's ValidationError for what no record may say.
    """
    names = [{"text": answers[f"name_{lang}"], "lang": lang, "role": "primary"} for lang in ("ar", "en")]
    found = {
        "names": names,
        "description": {lang: answers[f"description_{lang}"] for lang in ("ar", "en")},
        "location": {"precision": answers["precision"]} if "precision" in answers else None,
        "living": answers.get("living"),
        "status": "draft",
        "extracted": {"date": today, "method": "by-hand"},
        "history": [{"date": today, "change": "created"}],
    }
    given = {name: value for name, value in found.items() if value is not None}
    return Entity.model_validate({**given, "id": id_, "kind": answers["kind"]})


def find_likely(catalogue: Catalogue, entity: Entity) -> Iterator[tuple[Entity, str]]:
    """Yield records that may be of the same, by the likeness of which the check of duplicates warns, and their name."""
    for known in catalogue.entities.values():
        if alike := find_alike(known, entity):
            yield known, known.names[alike[1]].text


def create(draft: Draft, entity: Entity) -> None:
    """Put a new entity among the records."""
    if entity.ref in draft.loaded.origins:
        raise RefusedError(N_("the id {id} is taken: give another one with --id"), id=entity.id)
    data = entity.model_dump(mode="json", exclude_unset=True, by_alias=True, exclude={"id", "kind"})
    draft.write(entity.file, write_record(data, entity.file))
    draft.tell(N_("new, as a draft: {file}; published when a claim names it"), file=entity.file)
