"""What pages say to programs: terms of schema.org as it defines them, each value that of the data, and no judgement."""

import json
from collections.abc import Iterator
from itertools import cycle
from typing import Any

import pytest
from schema_org import registry

from musnad.pages.elements.linked import File, describe_dataset, write_linked
from musnad.pages.site import Site
from musnad.records.model import Catalogue
from tests.conftest import change, make_toy_site
from tests.exports.conftest import Record

LANGS = ("ar", "en")
TEXTS = {"Text", "URL", "Date", "DateTime", "CssSelectorType", "XPathType"}


def find_linked(site: Site, ref: str, lang: str = "en") -> dict[str, Any] | None:
    """Return what the page of a record says to programs."""
    text = site.make_page(f"{lang}/{ref}.md").fields.get("linked")
    assert text is None or "<" not in text
    return json.loads(text) if text else None


def walk(node: Any) -> Iterator[dict[str, Any]]:
    """Yield a node and all nodes in it."""
    if isinstance(node, list):
        for part in node:
            yield from walk(part)
    elif isinstance(node, dict):
        yield node
        for part in node.values():
            yield from walk(part)


def list_wrong(node: Any) -> list[str]:
    """Return what the vocabulary of schema.org does not have: types, properties of them, values of these."""
    found = []
    for one in walk(node):
        if "@value" in one:
            found += [] if one.keys() == {"@value", "@language"} and one["@language"] in LANGS else [str(one)]
            continue
        known = {prop.schema_name: prop.ranges for prop in registry.get_model(one["@type"]).SCHEMA_PROPERTIES}
        for name, value in one.items():
            if name[0] != "@":
                values = value if isinstance(value, list) else [value]
                found += [f"{one['@type']}.{name}: {v}" for v in values if not fits(v, known.get(name, ()))]
    return found


def fits(value: Any, ranges: tuple[str, ...]) -> bool:
    """Whether a property with these ranges takes a value."""
    if isinstance(value, dict) and "@type" in value:
        return bool({*registry.get_model(value["@type"]).SCHEMA_TYPES} & {*ranges})
    if isinstance(value, dict) or "Text" in ranges:
        return "Text" in ranges
    is_address = str(value).startswith(("https://", "http://"))
    return is_address if set(ranges) & TEXTS == {"URL"} or "URL" in ranges else bool(set(ranges) & TEXTS)


def test_check_of_terms_finds_what_is_wrong() -> None:
    """So that the tests below can fail."""
    assert list_wrong({"@type": "Claim", "author": {"@type": "Person", "name": "A"}}) == []
    for wrong in ({"claimant": "A"}, {"appearance": "A"}, {"author": {"@type": "Claim"}}, {"url": "a page"}):
        assert list_wrong({"@type": "Claim", **wrong}) != []
    with pytest.raises(LookupError):
        list_wrong({"@type": "Assertion"})


def test_all_terms_are_those_of_schema_org(any_record: Record) -> None:
    """In each page of each record; and none of them rates or reviews anything."""
    records = any_record.site.shown
    count = 0
    pages = zip((*records.sources.values(), *records.entities.values(), *records.claims.values()), cycle(LANGS))
    for record, lang in pages:
        node = find_linked(any_record.site, record.ref, lang)
        assert node is None or list_wrong(node) == []
        assert node is None or node["@context"] == "https://schema.org"
        terms = {term for one in walk(node) for term in (*one, one.get("@type", ""))}
        assert not any(word in term.lower() for term in terms for word in ("review", "rating"))
        count += node is not None
    assert count > 10


def test_claims_say_what_the_data_say(any_record: Record) -> None:
    """Each value; the voices in their order, the one that is on the word of the next."""
    for id_, claim in any_record.claims.items():
        for lang in LANGS:
            node = find_linked(any_record.site, f"claims/{id_}", lang)
            record, derived = claim["record"], claim["derived"]
            if derived["noindex"] or derived["attributed_statement"] is None:
                assert node is None
                continue
            assert node is not None
            answers = [answer["attributed_statement"][lang] for answer in derived["answers"]]
            assert node["text"].startswith(derived["attributed_statement"][lang])
            assert node["text"] == derived["attributed_statement"][lang] or answers
            assert all(answer in node["text"] for answer in answers)
            assert (node["name"], node["url"]) == (record["title"][lang], derived["pages"][lang])
            status = (record | derived.get("inherited", {}))["status"]
            assert node.get("creativeWorkStatus", "published") == status
            source = any_record.sources[id_.partition("/")[0]]["record"]
            assert node["appearance"]["url"] == source["address"]
            assert [part["url"] for part in node["appearance"]["hasPart"]] == derived["passages"]
            assert ("firstAppearance" in node) == ("origin" in source)
            chain = derived.get("inherited", {}).get("attribution") or record["attribution"]
            check_chain(any_record, node, chain, lang)


def check_chain(any_record: Record, node: dict[str, Any], chain: list[dict[str, Any]], lang: str) -> None:
    """Hold nested nodes against a chain of voices; the statement stands on the outermost alone."""
    levels = [node]
    while "isBasedOn" in levels[-1]:
        levels.append(levels[-1]["isBasedOn"])
    assert len(levels) == len(chain)
    assert not any("text" in level for level in levels[1:])
    for level, voice in zip(levels, chain, strict=True):
        if "entity" in voice:
            entity = any_record.entities[voice["entity"]]
            assert level["author"]["url"] == entity["derived"]["pages"][lang]
            assert level["author"]["name"] in [n["text"] for n in entity["record"]["names"] if n["lang"] == lang]
        else:
            # Who is not named has no name here either.
            assert "name" not in level.get("author", {})
            assert "author" not in level or voice["number"] == "one"


def test_entities_say_what_the_data_say(any_record: Record) -> None:
    """Names in both languages and identifiers; of living people whom two have not reviewed nothing."""
    for id_, entity in any_record.entities.items():
        node = find_linked(any_record.site, f"entities/{id_}", "ar")
        if entity["derived"]["noindex"]:
            assert node is None
            continue
        assert node is not None
        primary = {n["lang"]: n["text"] for n in entity["record"]["names"] if n["role"] == "primary"}
        assert {name["@language"]: name["@value"] for name in node["name"]} == primary
        assert node["description"] == entity["record"]["description"]["ar"]
        assert len(node.get("sameAs", [])) == len(entity["record"].get("external_ids", []))
        for address, external in zip(node.get("sameAs", []), entity["record"].get("external_ids", []), strict=True):
            assert external["id"] in address


def test_sources_say_what_the_data_say(any_record: Record) -> None:
    """What it is, where and of when; a title of ours is not given as that of others."""
    for id_, source in any_record.sources.items():
        node = find_linked(any_record.site, f"sources/{id_}", "en")
        assert node is not None
        record = source["record"]
        assert (node["url"], node["inLanguage"]) == (record["address"], record["language"])
        assert node["mainEntityOfPage"] == source["derived"]["pages"]["en"]
        assert node.get("datePublished", "unknown") == record["published"] or "datePublished" not in node
        assert node.get("archivedAt", "unknown") == record["archive"]
        assert ("name" in node) == (record["title"]["origin"] == "published")
        assert node.get("name", node.get("description")) == record["title"]["en"]
        assert "author" not in node


def test_living_person_is_named_nowhere_before_two_reviews(toy: Catalogue) -> None:
    """And is afterwards."""
    reviews = tuple({"date": "2024-07-01", "reviewer": name} for name in ("Ann", "Bo"))
    site = make_toy_site(toy)
    told = [site.make_page(file).fields.get("linked", "") for file in site.list_pages()]
    assert not any("Mira Holt" in text or "mentioned-person" in text for text in told)
    entity = toy.entities["mentioned-person"]
    made = type(entity).model_validate(
        {**entity.model_dump(), "id": entity.id, "kind": entity.kind, "reviews": reviews}
    )
    node = find_linked(
        make_toy_site(change(toy, "entities", "mentioned-person", reviews=made.reviews)), "entities/mentioned-person"
    )
    assert node is not None
    assert node["@type"] == "Person"


def test_downloads_are_a_data_set_with_its_files(toy_site: Site) -> None:
    """Addresses, sizes and digests as they are given; the licence as the record states it, or none."""
    composer = toy_site.composers["en"]
    files = [File("record.json", "application/json", 1234, "ab" * 32), File("data/x.csv", "text/csv", 5, "cd" * 32)]
    node = describe_dataset(composer, files, "2024-06-04", "downloads/")
    assert list_wrong(node) == []
    assert node["url"] == "https://harbour.example/en/downloads/"
    assert [(one["contentUrl"], one["contentSize"], one["sha256"]) for one in node["distribution"]] == [
        ("https://harbour.example/record.json", "1234 B", "ab" * 32),
        ("https://harbour.example/data/x.csv", "5 B", "cd" * 32),
    ]
    assert "license" not in node
    assert json.loads(write_linked(node))["dateModified"] == "2024-06-04"


def test_no_text_ends_the_element_it_stands_in() -> None:
    """Whatever an editor writes."""
    written = write_linked({"@type": "Claim", "name": "</script><b>"})
    assert "<" not in written
    assert json.loads(written)["name"] == "</script><b>"
