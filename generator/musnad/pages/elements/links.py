"""Links to entities, sources, sections and kinds."""

from dataclasses import replace

from musnad.derive.people import is_protected
from musnad.pages.elements import labels
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.parts import Link
from musnad.pages.elements.voices import name_voice
from musnad.records.model import Claim, Entity, Source
from musnad.records.problems import N_
from musnad.text.languages import name_language

CORRECTIONS = "corrections/"
MAP = "map/"


def link_entity(composer: Composer, entity_id: str) -> Link:
    """Link to an entity under its name."""
    return Link(composer.catalogue.entities[entity_id].name(composer.lang), composer.href(f"entities/{entity_id}/"))


def link_party(composer: Composer, claim: Claim, entity_id: str) -> Link:
    """Link to a party of a claim, which the record may have inferred."""
    link = link_entity(composer, entity_id)
    return replace(link, is_inferred=True) if claim.is_inferred(entity_id) else link


def link_source(composer: Composer, source_id: str) -> Link:
    """Link to a source under its descriptive title."""
    return Link(name_source(composer, composer.catalogue.sources[source_id]), composer.href(f"sources/{source_id}/"))


def name_source(composer: Composer, source: Source) -> str:
    """Return a short name for a source: its outlet and number."""
    outlet = composer.catalogue.entities[source.outlet].name(composer.lang)
    return composer.words.fill(N_("{outlet}, {id}"), outlet=outlet, id=source.id)


def tell_kind(composer: Composer, source: Source) -> str:
    """Return "Video in French"."""
    language = name_language(source.language, composer.lang)
    return composer.words.fill(labels.SOURCE_KINDS[source.kind], language=language)


def link_section(composer: Composer, section: str) -> Link:
    """Link to the index of a section."""
    return Link(
        composer.catalogue.vocabulary.sections[section].label[composer.lang], composer.href(f"browse/{section}/")
    )


def link_kind(composer: Composer, kind: str) -> Link:
    """Link to the index of a kind."""
    found = composer.catalogue.vocabulary.kinds[kind]
    return Link(found.plural[composer.lang], composer.href(f"browse/{found.section}/{kind}/"))


def list_kind_trail(composer: Composer, kind: str) -> tuple[Link, ...]:
    """Return the way to a kind's index; a section of the same name is not said twice."""
    section = link_section(composer, composer.catalogue.vocabulary.kinds[kind].section)
    own = link_kind(composer, kind)
    return (own,) if own.text == section.text else (section, own)


def link_record(composer: Composer, record: Source | Entity | Claim) -> Link:
    """Link to a record where it may be cut off from its page: a claim under its voice, nobody living by name."""
    return Link(name_record(composer, record), composer.href(f"{record.ref}/"))


def name_record(composer: Composer, record: Source | Entity | Claim) -> str:
    """Return what a record is called where it may be cut off from its page."""
    lang, fill = composer.lang, composer.words.fill
    if isinstance(record, Source):
        return fill(N_("{title} ({source})"), title=record.title[lang], source=name_source(composer, record))
    if isinstance(record, Entity):
        return fill(N_("A record about a person")) if is_protected(record, composer.catalogue) else record.name(lang)
    if is_protected(record, composer.catalogue):
        source = name_source(composer, composer.catalogue.sources[record.source_id])
        return fill(N_("A claim from {source}."), source=source)
    return fill(N_("According to {voice}: {title}"), voice=name_voice(composer, record), title=record.title[lang])


def find_map(composer: Composer, entity_id: str = "") -> str:
    """Return the place of the map, maybe with a place on it."""
    return composer.href(f"{MAP}?place={entity_id}#place-{entity_id}" if entity_id else MAP)
