"""What a page says to programs, in terms of schema.org, as JSON-LD: short, with its voices, and rating nothing.

A claim is a ``Claim`` of its publisher, based on one of the next voice inwards, and so on; its text stands on the
outermost, with the opening words. Of living people whom two have not reviewed, and of what was retracted, nothing is
said. Source: schema.org, https://schema.org/docs/schemas.html.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from musnad.derive.people import is_protected
from musnad.pages.elements.claims import make_claim
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.passages import passage_href, tell_locator
from musnad.records.model import Claim, Entity, ExternalId, Source, SourceKind
from musnad.records.values import UNKNOWN
from musnad.text.languages import LANGS

Node = dict[str, Any]
EXTERNAL = {"geonames": "https://www.geonames.org/{}/", "wikidata": "https://www.wikidata.org/wiki/{}"}
_OF_SOURCE: Mapping[SourceKind, str] = {
    "article": "NewsArticle",
    "report": "Report",
    "post": "SocialMediaPosting",
    "video": "VideoObject",
    "audio": "AudioObject",
    "document": "DigitalDocument",
    "data": "Dataset",
    "interview": "CreativeWork",
}
_OF_TRAIT = {"person": "Person", "place": "Place", "good": "Product", "outlet": "Organization", "event": "Event"}
_OF_SECTION = {
    "groups": "Organization",
    "places": "Place",
    "goods": "Product",
    "events": "Event",
    "documents": "CreativeWork",
}
"""Of the base vocabulary; whatever stands in a section of a record's own is a thing."""
_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class File(NamedTuple):
    """A file that is given away."""

    address: str
    """Below the site."""
    media_type: str
    size: int
    """In bytes."""
    digest: str
    """SHA-256, in hexadecimal digits."""


def write_linked(node: Node | None) -> str:
    """Return a node as it can stand in an HTML page; nothing for none."""
    # No text can end the element it stands in.
    return _encode({"@context": "https://schema.org", **node}).replace("<", "\\u003c") if node else ""


def find_external(found: ExternalId) -> str:
    """Return the address of an entity in another register."""
    return EXTERNAL[found.scheme].format(found.id)


def describe_claim(composer: Composer, claim: Claim, text: str) -> Node | None:
    """Return the claim with its voices, and where it appears; ``text`` is its sentence with the opening words."""
    if claim.status == "retracted" or is_protected(claim, composer.catalogue):
        return None
    source = composer.catalogue.sources[claim.source_id]
    node = _nest_voices(composer, claim)
    parts = [
        {"@type": "CreativeWork", "position": tell_locator(composer, locator), "url": passage_href(source, locator)}
        for locator in claim.locators
    ]
    own = {"url": _find_page(composer, claim), "name": claim.title[composer.lang], "text": text}
    work = {"@type": _OF_SOURCE[source.kind], "url": source.address, "hasPart": parts}
    first = composer.catalogue.sources.get(source.origin or "")
    origin = {"firstAppearance": {"@type": _OF_SOURCE[first.kind], "url": first.address}} if first else {}
    status = {} if claim.status == "published" else {"creativeWorkStatus": claim.status}
    return {"@type": "Claim", **own, **status, "inLanguage": composer.lang, "appearance": work, **origin, **node}


def _nest_voices(composer: Composer, claim: Claim) -> Node:
    """Return who says it, and in ``isBasedOn`` on whose word; who is not named is described."""
    voices, node = composer.catalogue.vocabulary.voices, Node()
    for voice, view in reversed(list(zip(claim.attribution, make_claim(composer, claim.id).chain, strict=True))):
        said = {"isBasedOn": node} if node else {}
        if voice.entity:
            node = {"@type": "Claim", "author": _name_entity(composer, voice.entity), **said}
        elif voices[voice.voice].thing:
            node = {"@type": "CreativeWork", "description": view.name, **said}
        elif voice.number == "one":
            node = {"@type": "Claim", "author": {"@type": "Person", "description": view.name}, **said}
        else:
            node = {"@type": "Claim", "creditText": view.name, **said}
    return {name: value for name, value in node.items() if name != "@type"}


def _name_entity(composer: Composer, entity_id: str) -> Node:
    entity = composer.catalogue.entities[entity_id]
    found = _find_type(composer, entity)
    # Only people and organisations can be authors; a record may have sections of its own.
    type_ = found if found == "Person" else "Organization"
    return {"@type": type_, "name": entity.name(composer.lang), "url": _find_page(composer, entity)}


def describe_entity(composer: Composer, entity: Entity) -> Node | None:
    """Return what an entity is, with its names in both languages and its identifiers elsewhere."""
    if is_protected(entity, composer.catalogue):
        return None
    same = [find_external(found) for found in entity.external_ids]
    return {
        "@type": _find_type(composer, entity),
        "url": _find_page(composer, entity),
        "name": [{"@value": entity.name(lang), "@language": lang} for lang in LANGS],
        "description": entity.description[composer.lang],
        **({"sameAs": same} if same else {}),
    }


def _find_type(composer: Composer, entity: Entity) -> str:
    kind = composer.catalogue.vocabulary.kinds[entity.kind]
    return _OF_TRAIT[kind.trait] if kind.trait else _OF_SECTION.get(kind.section, "Thing")


def describe_source(composer: Composer, source: Source) -> Node:
    """Return what a source is and where; its authors are left to the page, as they are people."""
    outlet = composer.catalogue.entities[source.outlet]
    is_living = is_protected(outlet, composer.catalogue)
    # A title of ours is no name of what others published.
    title = {"name" if source.title.origin == "published" else "description": source.title[composer.lang]}
    return {
        "@type": _OF_SOURCE[source.kind],
        "url": source.address,
        **title,
        **({"headline": source.headline} if source.headline else {}),
        "inLanguage": source.language,
        **({} if is_living else {"publisher": _name_entity(composer, source.outlet)}),
        **({"datePublished": source.published} if _DAY.fullmatch(source.published) else {}),
        **({} if source.archive == UNKNOWN else {"archivedAt": source.archive}),
        "mainEntityOfPage": _find_page(composer, source),
    }


def describe_dataset(composer: Composer, files: Iterable[File], day: str, page: str) -> Node:
    """Return the record as a data set with its files: ``day`` is its newest, ``page`` the place that lists them."""
    site, find = composer.catalogue.site, composer.addresses.find_absolute
    licence = site.licence if site else None
    return {
        "@type": "Dataset",
        "name": [{"@value": site.name[lang] if site else composer.site_name, "@language": lang} for lang in LANGS],
        "url": find(composer.href(page)),
        "inLanguage": list(LANGS),
        **({"license": licence} if licence else {}),
        **({"dateModified": day} if day else {}),
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": f"{composer.addresses.site_url}{file.address}",
                "encodingFormat": file.media_type,
                "contentSize": f"{file.size} B",
                "sha256": file.digest,
            }
            for file in files
        ],
    }


def _find_page(composer: Composer, record: Source | Entity | Claim) -> str:
    return composer.addresses.find_absolute(composer.href(f"{record.ref}/"))
