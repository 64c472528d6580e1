"""The record as named graphs in TriG: a nanopublication for each claim, and the terms of the record as SKOS concepts.

Assertion: what is said, reified, so that it stands as a bare statement in no graph and in no union of graphs; what is
denied is a negative assertion. Provenance: the chain, how firmly, and where it stands in the source. Publication: what
the record did. Of retracted claims only this last one. Sources: TriG (W3C 2014), nanopub.org/guidelines, PROV-O, Web
Annotation, SKOS; whatever has no term there is ours (``m:``), named as the field of the record.

What is lost: the digests of sentences without claims, and what the record computes (unit prices, changes, ties).
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from musnad.derive.people import is_protected
from musnad.derive.sensitive import is_coarsened
from musnad.exports.about import describe_record
from musnad.exports.fields import dump_inherited, dump_shown
from musnad.pages.elements.linked import find_external
from musnad.pages.elements.passages import passage_href
from musnad.pages.elements.voices import make_chain, tell_claim
from musnad.pages.site import Site
from musnad.records.fieldwords import load_words
from musnad.records.model import Claim, Entity, Locator, Source
from musnad.text.languages import LANGS

FILE, SHAPES = "data/record.trig", "data/shapes.ttl"
_SHAPES = Path(__file__).with_name("shapes.ttl")
_PREFIXES = {
    "m": "#model/",
    "np": "http://www.nanopub.org/nschema#",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
}
_TERMS = {
    "predicate": "predicates",
    "modality": "modalities",
    "voice": "voices",
    "role": "roles",
    "measures": "measures",
    "unit": "units",
    "by_unit": "units",
    "container": "containers",
    "vague": "amounts",
    "precision": "precisions",
    "kind": "kinds",
}
"""Fields that hold a term, and the vocabulary that has it."""
_TOLD = ("label", "single", "plural", "pattern")
"""What a term is called by, the first that it has."""
_REFERENCES = {
    **dict.fromkeys(
        "subject object entity entities affiliation close_to within outlet agency".split(),  # noqa: SIM905 (one line)
        "entities",
    ),
    **dict.fromkeys(("source", "origin"), "sources"),
    **dict.fromkeys(("claim", "superseded_by"), "claims"),
}
"""Fields that name another record, and its folder."""
_LABELS = {"primary": "skos:prefLabel", "misprint": "skos:hiddenLabel"}
_ASSERTED = ("parts", "quantities", "time", "place", "way", "readings", "inferred", "not_stated")
_PUBLISHED = ("title", "status", "extracted", "reviews", "history", "sensitivity", "superseded_by")
_UNSAFE = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_string = json.JSONEncoder(ensure_ascii=False).encode
Pairs = Iterable[tuple[str, str]]
"""Predicates and objects, as TriG writes them."""


def export_trig(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the graphs, and the shapes (SHACL) that they have."""
    base = f"@base <{_escape(site.options.site_url or 'urn:musnad:')}{FILE}> .\n"
    prefixes = "".join(f"@prefix {name}: <{address}> .\n" for name, address in _PREFIXES.items())
    yield FILE, f"{base}{prefixes}\n" + "".join(_write_all(site))
    yield SHAPES, base + _SHAPES.read_text(encoding="utf-8")


def _write_all(site: Site) -> Iterator[str]:
    catalogue = site.shown
    yield _write("<>", _tell_record(site))
    yield from _write_fields(site)
    yield from _write_terms(site)
    yield from (_write(_iri(entity.ref), _tell_entity(site, entity)) for entity in catalogue.entities.values())
    yield from (_write(_iri(source.ref), _tell_source(site, source)) for source in catalogue.sources.values())
    for claim in catalogue.claims.values():
        yield from _write_claim(site, claim)


def _tell_record(site: Site) -> Pairs:
    about = describe_record(site)
    yield "a", "prov:Collection"
    yield from _localize("dct:title", about["name"] or {})
    yield from _localize("dct:rights", about["rights"] or {})
    if about["licence"]:
        yield "dct:license", _address(about["licence"])
    if about["state"]:
        yield "dct:modified", _text(about["state"])
    yield "dct:conformsTo", f"<{Path(SHAPES).name}>"


def _write_fields(site: Site) -> Iterator[str]:
    """Yield the fields that records use, with all that each is called, in both languages."""
    words = load_words()["fields"]
    for name in sorted({name for dumped in _iter_dumps(site) for name in _iter_names(dumped)}):
        called = [found["label"] for key, found in sorted(words.items()) if key.rpartition(".")[2] == name]
        labels = dict.fromkeys(pair for label in called for pair in _localize("rdfs:label", label))
        yield _write(f"m:{name}", [("a", "rdf:Property"), *labels])


def _iter_names(value: Any) -> Iterator[str]:
    if isinstance(value, dict) and value.keys() != set(LANGS):
        yield from value.keys() - set(LANGS)
        value = list(value.values())
    for inner in value if isinstance(value, list) else ():
        yield from _iter_names(inner)


def _write_terms(site: Site) -> Iterator[str]:
    """Yield every term that records use, each with its labels and its meaning; patterns are labels of amounts."""
    used = {(name, id_) for record in _iter_dumps(site) for name, id_ in _iter_terms(record)}
    for vocabulary in sorted({name for name, _ in used}):
        yield _write(_iri(f"terms/{vocabulary}"), [("a", "skos:ConceptScheme")])
    for vocabulary, id_ in sorted(used):
        term = getattr(site.shown.vocabulary, vocabulary)[id_].model_dump(exclude_none=True)
        label = next((term[name] for name in _TOLD if name in term), None)
        label = label or {lang: term["amount"][lang]["other"] for lang in LANGS if "amount" in term}
        pairs = [("a", "skos:Concept"), ("skos:inScheme", _iri(f"terms/{vocabulary}")), ("skos:notation", _text(id_))]
        pairs += _localize("skos:prefLabel", label)
        pairs += _localize("skos:definition", term.get("meaning") or term.get("note") or {})
        yield _write(_iri(f"terms/{vocabulary}/{id_}"), pairs)


def _iter_dumps(site: Site) -> Iterator[Mapping[str, Any]]:
    yield from (_dump(claim) for claim in site.shown.claims.values())
    yield from ({"kind": entity.kind, **dump_shown(entity)} for entity in site.shown.entities.values())
    yield from map(_dump_source, site.shown.sources.values())


def _dump(claim: Claim) -> dict[str, Any]:
    """Return all that may be shown of a claim, with what its source says for it."""
    return {**dump_shown(claim), **dump_inherited(claim)}


def _dump_source(source: Source) -> dict[str, Any]:
    """Return the same of a source, without the digests of its sentences; its kind is no term."""
    dumped = {name: value for name, value in dump_shown(source).items() if name != "paragraphs"}
    return {"source_kind": dumped.pop("kind"), **dumped}


def _iter_terms(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if isinstance(inner, str) and (vocabulary := _find_vocabulary(name, value)):
                yield vocabulary, inner
            else:
                yield from _iter_terms(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _iter_terms(inner)


def _find_vocabulary(name: str, around: Mapping[str, Any]) -> str | None:
    """Return the vocabulary that a field takes its terms from; a name has roles of its own."""
    return None if name == "role" and "lang" in around else _TERMS.get(name)


def _tell_entity(site: Site, entity: Entity) -> Pairs:
    yield "a", "prov:Entity"
    yield "m:kind", _iri(f"terms/kinds/{entity.kind}")
    yield from ((_LABELS.get(name.role, "skos:altLabel"), _text(name.text, name.lang)) for name in entity.names)
    yield from (("skos:exactMatch", _address(find_external(found))) for found in entity.external_ids)
    yield from _tell_fields(dump_shown(entity))
    yield from _tell_pages(site, entity, is_noindex=is_protected(entity, site.shown))


def _tell_source(site: Site, source: Source) -> Pairs:
    yield "a", "prov:Entity"
    yield "dct:source", _address(source.address)
    yield from _tell_fields(_dump_source(source))
    yield from _tell_pages(site, source, is_noindex=False)


def _tell_pages(site: Site, record: Source | Entity | Claim, *, is_noindex: bool) -> Pairs:
    for lang in LANGS:
        yield "rdfs:seeAlso", _address(site.options.addresses.find_absolute(f"{lang}/{record.ref}/"))
    yield "m:noindex", _literal(is_noindex)


def _write_claim(site: Site, claim: Claim) -> Iterator[str]:
    this, dumped = _iri(claim.ref), _dump(claim)
    head, assertion, provenance, publication = (
        _iri(f"{claim.ref}/{name}") for name in ("head", "assertion", "provenance", "publication")
    )
    if claim.status != "retracted":
        parts = [("np:hasAssertion", assertion), ("np:hasProvenance", provenance)]
        parts += [("np:hasPublicationInfo", publication)]
        yield _write_graph(head, _write(this, [("a", "np:Nanopublication"), *parts]))
        yield _write_graph(assertion, _write(_iri(f"{claim.ref}/statement"), _tell_statement(site, claim, dumped)))
        yield _write_graph(provenance, "".join(_write_provenance(site, claim, dumped)))
    told = [*_tell_fields({name: dumped[name] for name in _PUBLISHED if name in dumped})]
    told += _tell_pages(site, claim, is_noindex=is_protected(claim, site.shown))
    told += [("m:standing", _text(site.derived.standings[claim.id])), ("dct:isPartOf", "<>")]
    yield _write_graph(publication, _write(this, told))


def _tell_statement(site: Site, claim: Claim, dumped: Mapping[str, Any]) -> Pairs:
    """Yield what is said; as what is denied, it is no statement that anybody could take for made."""
    is_denied = claim.polarity == "denied"
    names = ("owl:sourceIndividual", "owl:assertionProperty", "owl:targetIndividual", "owl:targetValue")
    subject, predicate, object_, literal = (
        names if is_denied else ("rdf:subject", "rdf:predicate", "rdf:object", "rdf:object")
    )
    yield "a", "owl:NegativePropertyAssertion" if is_denied else "rdf:Statement"
    yield subject, _iri(f"entities/{claim.subject}")
    yield predicate, _iri(f"terms/predicates/{claim.predicate}")
    if claim.object:
        yield object_, _iri(f"entities/{claim.object}")
    if claim.literal:
        yield from _localize(literal, dumped["literal"])
    told = {lang: " ".join(tell_claim(composer, claim)) for lang, composer in site.composers.items()}
    yield from _localize("m:attributed_statement", told)
    yield from _tell_fields({name: dumped[name] for name in _ASSERTED if name in dumped})
    if is_coarsened(claim):
        yield "m:coarsened", _literal(True)


def _write_provenance(site: Site, claim: Claim, dumped: Mapping[str, Any]) -> Iterator[str]:
    tellings = [_iri(f"{claim.ref}/telling/{n}") for n in range(1, len(claim.attribution) + 1)]
    source = site.shown.sources[claim.source_id]
    yield _write(
        _iri(f"{claim.ref}/assertion"),
        [
            ("prov:hadPrimarySource", _iri(source.ref)),
            ("prov:wasDerivedFrom", tellings[0]),
            ("m:polarity", _text(claim.polarity)),
            ("m:modality", _iri(f"terms/modalities/{claim.modality}")),
            *_tell_fields({"links": dumped.get("links", [])}),
        ],
    )
    chains = {lang: make_chain(composer, claim) for lang, composer in site.composers.items()}
    for n, (voice, written) in enumerate(zip(claim.attribution, dumped["attribution"], strict=True)):
        # Nobody knows whether two voices without a name are one.
        who = _iri(f"entities/{voice.entity}") if voice.entity else _iri(f"{claim.ref}/voice/{n + 1}")
        is_thing = site.shown.vocabulary.voices[voice.voice].thing
        inner = [("prov:wasDerivedFrom", tellings[n + 1])] if n + 1 < len(tellings) else []
        told = [("prov:wasQuotedFrom" if is_thing else "prov:wasAttributedTo", who), *inner, *_tell_fields(written)]
        yield _write(tellings[n], [("a", "prov:Entity"), *told])
        if not voice.entity:
            labels = [("rdfs:label", _text(chains[lang][n].name, lang)) for lang in LANGS]
            yield _write(who, [("a", "prov:Entity" if is_thing else "prov:Agent"), *labels])
    located = zip(claim.locators, dumped["locators"], strict=True)
    targets = [("oa:hasTarget", _locate(source, locator, written)) for locator, written in located]
    body = [("a", "oa:Annotation"), ("oa:hasBody", _iri(f"{claim.ref}/assertion"))]
    yield _write(_iri(f"{claim.ref}/annotation"), [*body, *targets])


def _locate(source: Source, locator: Locator, dump: Mapping[str, Any]) -> str:
    """Return the place as a part of the source; the digest of the sentence stands for its text, which is not ours."""
    fragment = passage_href(source, locator).partition("#")[2]
    selector = [("oa:hasSelector", _node([("a", "oa:FragmentSelector"), ("rdf:value", _text(fragment))]))]
    told = [("a", "oa:SpecificResource"), ("oa:hasSource", _address(source.address))]
    return _node([*told, *(selector if fragment else []), *_tell_fields(dump)])


def _tell_fields(dumped: Mapping[str, Any]) -> Pairs:
    """Yield fields under their own names; nothing for an empty list."""
    for name, value in dumped.items():
        if value == []:
            continue
        if isinstance(value, dict) and value.keys() == set(LANGS):
            yield from _localize(f"m:{name}", value)
        else:
            yield f"m:{name}", _value(name, value, dumped)


def _value(name: str, value: Any, around: Mapping[str, Any]) -> str:
    if isinstance(value, list):
        return f"({' '.join(_value(name, one, around) for one in value)})"
    if isinstance(value, dict) and value.keys() >= set(LANGS):
        # Whose words a title is stands beside them.
        more = ((f"m:{beside}", _literal(value[beside])) for beside in sorted(value.keys() - set(LANGS)))
        return _node([("a", "m:Text"), *_localize("rdf:value", value), *more])
    if isinstance(value, dict):
        return _node(_tell_fields(value))
    if vocabulary := _find_vocabulary(name, around):
        return _iri(f"terms/{vocabulary}/{value}")
    if name in _REFERENCES:
        return _iri(f"{_REFERENCES[name]}/{value}")
    return _literal(value)


def _localize(predicate: str, text: Mapping[Any, str]) -> Pairs:
    return [(predicate, _text(text[lang], lang)) for lang in LANGS if text.get(lang)]


def _write(subject: str, pairs: Pairs) -> str:
    return f"{subject} {' ; '.join(f'{name} {value}' for name, value in pairs)} .\n"


def _write_graph(name: str, inside: str) -> str:
    return f"{name} {{\n{inside}}}\n"


def _node(pairs: Pairs) -> str:
    return f"[ {' ; '.join(f'{name} {value}' for name, value in pairs)} ]"


def _iri(ref: str) -> str:
    """Return the name of a record, of a term, or of a part of a claim: an anchor in this file."""
    return f"<#{ref}>"


def _address(text: str) -> str:
    return f"<{_escape(text)}>"


def _escape(text: str) -> str:
    return _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", text)


def _text(text: str, lang: str = "") -> str:
    # JSON escapes in strings what TriG does, and in the same way.
    return _string(text) + (f"@{lang}" if lang else "")


def _literal(value: Any) -> str:
    return _text(value) if isinstance(value, str) else json.dumps(value)
