"""The numbers on the views over many claims, counted once more from published data and terms alone, of two records."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import combinations, product
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
import yaml

from musnad.text.languages import LANGS
from tests.second import SECOND
from tests.site.conftest import ROOT, Builds
from tests.site.test_map import count_places
from tests.site.test_relations import find_ties

Json = dict[str, Any]


@dataclass(frozen=True)
class Published:
    """What a record's site publishes, and the terms that its entries are written with."""

    site: Path
    entries: Path

    @cached_property
    def record(self) -> Json:
        """The data."""
        read: Json = json.loads((self.site / "record.json").read_text(encoding="utf-8"))
        return read

    @cached_property
    def claims(self) -> dict[str, Json]:
        """What each claim says, by id."""
        return {claim["id"]: claim["record"] for claim in self.record["claims"]}

    @cached_property
    def derived(self) -> dict[str, Json]:
        """What follows of each claim, by id."""
        return {claim["id"]: claim["derived"] for claim in self.record["claims"]}

    def read_terms(self, name: str) -> dict[str, Json]:
        """Return the terms of a kind, those of the record over those of the field."""
        terms: dict[str, Json] = {}
        for folder in (ROOT / "generator/musnad/vocabulary", self.entries / "vocabulary"):
            file = folder / f"{name}.yaml"
            for id_, term in (yaml.safe_load(file.read_text("utf-8")) or {}).items() if file.exists() else ():
                terms[id_] = {} if term is False else terms.get(id_, {}) | term
        return terms

    @cached_property
    def traits(self) -> dict[str, str]:
        """What is special about each entity: a place, goods, or nothing."""
        kinds = self.read_terms("kinds")
        return {entity["id"]: kinds[entity["kind"]].get("trait", "") for entity in self.record["entities"]}

    def read_page(self, view: str, lang: str = "en") -> Element:
        """Return the article of a view."""
        text = (self.site / lang / view / "index.html").read_text(encoding="utf-8")
        tree = html5lib.parse(text, namespaceHTMLElements=False)
        return next(tree.iter("article"))


@pytest.fixture(scope="module", params=["real", "second"])
def published(request: pytest.FixtureRequest, builds: Builds, second: Path) -> Published:
    """Return the real record and the invented one."""
    if request.param == "real":
        return Published(builds.first, ROOT / "entries")
    return Published(second, SECOND / "entries")


def text_of(element: Element | None) -> str:
    """Return the words of an element."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def numbers_of(element: Element | None) -> list[int]:
    """Return the numbers among the words of an element."""
    return [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", text_of(element))]


def with_class(tree: Element, name: str) -> list[Element]:
    """Return the elements of a class."""
    return [element for element in tree.iter() if name in element.get("class", "").split()]


def claim_of(element: Element) -> str:
    """Return the claim that a row leads to; what answers it leads elsewhere."""
    others = {link for answer in with_class(element, "answer") for link in answer.iter("a")}
    links = [link.get("href", "") for link in with_class(element, "more") if link not in others]
    return next(match[1] for link in links if (match := re.search(r"claims/([^/]+/[^/]+)/$", link)))


def split_sections(article: Element) -> dict[str, list[Element]]:
    """Return what stands below each heading of the second level, by its anchor."""
    found: defaultdict[str, list[Element]] = defaultdict(list)
    anchor = ""
    for child in article:
        anchor = child.get("id", "") if child.tag == "h2" else anchor
        found[anchor].append(child)
    return found


def list_parties(claim: Json) -> Iterator[str]:
    """Yield whom and what a claim names."""
    yield claim["subject"]
    yield claim.get("object", "")
    yield from (part.get("entity", "") for part in claim["parts"])
    yield from (claim.get("place") or {}).get("entities", ())
    yield from (stop.get("entity", "") for stop in claim["way"])
    yield from ((quantity.get("of") or {}).get("entity", "") for quantity in claim["quantities"])


def find_lane(claim: Json) -> str:
    """Return where the time of a claim belongs."""
    time = claim.get("time")
    if not time:
        return "unstated"
    if time.get("to_come"):
        return "to-come"
    if time.get("edtf") or time.get("hijri"):
        return "dated"
    return "relative" if time["basis"] == "relative-to-publication" else "worded"


def find_facets(published: Published, id_: str) -> dict[str, set[str]]:
    """Return what a claim is filtered by."""
    claim, derived = published.claims[id_], published.derived[id_]
    voices = published.read_terms("voices")
    parties = {party for party in list_parties(claim) if party}
    of = {trait: {party for party in parties if published.traits[party] == trait} for trait in ("good", "place")}
    ties = {tie["type"] for tie in derived["ties"]}
    lane = find_lane(claim)
    marks = {
        "unreviewed": not claim["reviews"],
        "tension": ties & {"in-tension-with", "contradicts"},
        "qualified": "qualifies" in ties,
        "not-stated": claim.get("not_stated"),
        "way": claim["way"],
        "superseded": claim.get("status") == "superseded",
        "figure": claim["quantities"],
        "readings": claim.get("readings"),
        "inferred": claim["inferred"],
        "answered": derived["answers"],
        "denied": claim["polarity"] == "denied",
        "untimed" if lane == "unstated" else lane: True,
    }
    return {
        "source": {id_.partition("/")[0]},
        "voice": {claim["attribution"][-1]["voice"]},
        "named": {"named" if all(voices[v["voice"]].get("named") for v in claim["attribution"]) else "unnamed"},
        "standing": {derived["standing"]},
        "modality": {claim["modality"]},
        "predicate": {claim["predicate"]},
        "goods": of["good"],
        "place": of["place"] or {"-"},
        "party": parties - of["good"] - of["place"],
        "mark": {mark for mark, has in marks.items() if has},
    }


def test_filters(published: Published) -> None:
    """Every claim has each facet as its record has it; from these the counts beside choices are made."""
    data = json.loads((published.site / "data/claims.json").read_text(encoding="utf-8"))
    facets = data["facets"] | json.loads((published.site / "data/parties.json").read_text(encoding="utf-8"))["facets"]
    assert sorted(data["ids"]) == sorted(published.claims)
    for n, id_ in enumerate(data["ids"]):
        found = {name: {column["values"][at] for at in column["of"][n]} for name, column in facets.items()}
        assert found == find_facets(published, id_), id_
    for lang in LANGS:
        count = next(iter(with_class(published.read_page("claims/all", lang), "explore__count")))
        if published.entries == ROOT / "entries":
            assert numbers_of(count) == [len(published.claims)]


def test_relations(published: Published) -> None:
    """Each edge with its claims, no more and no less."""
    edges = json.loads((published.site / "data/edges.json").read_text(encoding="utf-8"))
    ids = json.loads((published.site / "data/claims.json").read_text(encoding="utf-8"))["ids"]
    found = {}
    for one, other, way, claims in edges["edges"]:
        predicate, part, role, _ = edges["ways"][way]
        ends = edges["entities"][one][0], edges["entities"][other][0]
        found[ends[0], predicate, role or part, ends[1]] = {ids[n] for n in claims}
    assert found == find_ties(published.record, published.entries)


def test_map(published: Published) -> None:
    """Claims at each place, and those that name none, in both languages."""
    counts = count_places(published.record)
    for lang in LANGS:
        article = published.read_page("map", lang)
        rows = {
            row.get("data-id"): int(next(iter(with_class(row, "map__count"))).get("data-count", ""))
            for row in article.iter("li")
            if row.get("data-id")
        }
        nowhere = [int(one.get("data-count", "")) for one in with_class(article, "map__nowhere")]
        assert rows | {"-": sum(nowhere)} == {"-": 0} | counts


def test_time(published: Published) -> None:
    """Each claim stands in its lane, and what is not dated is counted."""
    sections = split_sections(published.read_page("time"))
    lanes = {id_: find_lane(claim) for id_, claim in published.claims.items()}
    for lane in ("dated", "to-come", "relative", "worded"):
        rows = [row for section in sections.get(lane, ()) for row in with_class(section, "figure")]
        assert Counter(map(claim_of, rows)) == Counter(id_ for id_, own in lanes.items() if own == lane)
    untimed = sum(lane == "unstated" for lane in lanes.values())
    assert [n for part in sections.get("unstated", ())[1:] for n in numbers_of(part)] == [untimed] * bool(untimed)
    published_days = [source["record"]["published"] for source in published.record["sources"]]
    unknown = published_days.count("unknown")
    rows = [row for section in sections["published"] for row in with_class(section, "figure")]
    assert len(rows) == len(published_days) - unknown
    told = [n for part in sections["published"] if part.tag == "p" for n in numbers_of(part)]
    assert told == [unknown] * bool(unknown)


def test_figures(published: Published) -> None:
    """As many as there are, below what is measured; unit prices are what division gives."""
    article = published.read_page("figures")
    sections = split_sections(article)
    quantities = [(id_, quantity) for id_, claim in published.claims.items() for quantity in claim["quantities"]]
    assert numbers_of(article.find(".//p/bdi")) in ([], [len(quantities)])
    assert len(quantities) in numbers_of(next(iter(with_class(article, "index"))))
    for measure in {quantity["measures"] for _, quantity in quantities}:
        rows = [row for section in sections[f"measure-{measure}"] for row in with_class(section, "figure")]
        own = [(id_, quantity) for id_, quantity in quantities if quantity["measures"] == measure]
        assert Counter(map(claim_of, rows)) == Counter(id_ for id_, _ in own)
        for row in rows:
            of = [quantity for id_, quantity in own if id_ == claim_of(row)]
            computed = with_class(row, "computed")
            if computed and len(of) == 1 and measure == "price" and "value" in of[0]:
                unit = Decimal(of[0]["value"]) / Decimal(of[0]["per"]["value"])
                assert re.findall(r"\d[\d.,]*", text_of(computed[0])) == [f"{unit.normalize():,f}"]


def count_goods(published: Published) -> dict[str, Counter[str]]:
    """Count again which goods pass from whom to whom, by what the terms say of predicates and roles."""
    predicates, roles, kinds = (published.read_terms(name) for name in ("predicates", "roles", "kinds"))
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for claim in published.claims.values():
        if claim["polarity"] == "denied":
            continue
        other = claim.get("object", "")
        sides: dict[str, list[str]] = {"gives": [], "receives": []}
        for part in claim["parts"]:
            if side := roles[part["role"]].get("trade"):
                sides[side].append(part.get("entity", ""))
        goods = {claim.get("object", "")} | {
            part.get("entity", "")
            for part in claim["parts"]
            if (of := roles[part["role"]].get("kinds")) and all(kinds[kind].get("trait") == "good" for kind in of)
        }
        goods = {id_ for id_ in goods if published.traits.get(id_) == "good"} or {""}
        party = "" if published.traits.get(other) == "good" else other
        gives = predicates[claim["predicate"]].get("gives")
        if gives == "unsaid" and not any(sides.values()):
            one, two = sorted((claim["subject"], party))
            found[f"deal-{one or 0}-to-{two or 0}"].update(goods)
            continue
        if gives in ("subject", "object"):
            here, there = ("gives", "receives") if gives == "subject" else ("receives", "gives")
            sides[here].append(claim["subject"])
            sides[there] += [party] if party else []
        if any(sides.values()):
            for one, two in set(product(sides["gives"] or [""], sides["receives"] or [""])):
                found[f"pair-{one or 0}-to-{two or 0}"].update(goods)
    living = {e["id"] for e in published.record["entities"] if e["record"].get("living") in ("yes", "unknown")}
    return {
        key: own for key, own in found.items() if not living & {*re.split("-to-", key.partition("-")[2], maxsplit=1)}
    }


def test_exchange(published: Published) -> None:
    """Each pair and each field of the matrix; a living person is in neither."""
    article = published.read_page("exchange")
    expected = {key: sorted(own.values()) for key, own in count_goods(published).items()}
    found = {
        section.get("id"): sorted(
            n
            for num in with_class(section, "num")[: len(expected.get(section.get("id", ""), ()))]
            for n in numbers_of(num)
        )
        for section in with_class(article, "series")
    }
    assert found == expected
    for cell in with_class(article, "matrix__cell"):
        link = cell.find("a")
        assert link is not None
        told = sorted(n for num in with_class(cell, "num") for n in numbers_of(num))
        key = link.get("href", "").removeprefix("#")
        assert told == expected[key][-len(told) :]


def join(near: Mapping[str, set[str]]) -> list[set[str]]:
    """Return what hangs together."""
    parts: list[set[str]] = []
    for one, others in near.items():
        hanging = [part for part in parts if part & (others | {one})]
        parts = [part for part in parts if part not in hanging] + [set().union({one}, others, *hanging)]
    return parts


def list_pairs(published: Published, *types: str) -> set[frozenset[str]]:
    """Return the claims that links of these types join."""
    links = [(id_, link) for id_, claim in published.claims.items() for link in claim["links"]]
    return {frozenset((one, link["claim"])) for one, link in links if link["type"] in types}


def count_origins(published: Published, claims: set[str]) -> int:
    """Return how many of these claims the record holds to be independent of each other."""
    sources = {source["id"]: source["record"] for source in published.record["sources"]}
    independent = {
        frozenset((id_, link["claim"]))
        for id_, claim in published.claims.items()
        for link in claim["links"]
        if link["type"] in ("corroborates", "repeats") and link.get("independence") == "independent"
    }

    def is_one_text(one: str, other: str) -> bool:
        ids = one.partition("/")[0], other.partition("/")[0]
        here, there = (sources[id_] for id_ in ids)
        agencies = {here.get("agency"), there.get("agency")} - {None}
        outlets = {there["outlet"], here["outlet"]}
        return (here.get("origin") or ids[0]) == (there.get("origin") or ids[1]) or bool(agencies & outlets)

    near = {id_: {id_} for id_ in claims}
    for one, other in combinations(claims, 2):
        if frozenset((one, other)) not in independent or is_one_text(one, other):
            near[one].add(other)
    return len(join(near))


def test_accounts(published: Published) -> None:
    """Pairs of each sort, how often each thing is said and of how many origins, and what one source alone says."""
    article = published.read_page("accounts")
    sorts = {
        "tensions": list_pairs(published, "in-tension-with", "contradicts"),
        "same": list_pairs(published, "corroborates", "repeats"),
        "qualified": list_pairs(published, "qualifies"),
    }
    told = [n for b in next(iter(with_class(article, "tally"))).iter("b") for n in numbers_of(b)]
    assert told == [len(pairs) for pairs in sorts.values()]
    sections = split_sections(article)
    for anchor, pairs in sorts.items():
        shown = [pair for section in sections[anchor] for pair in with_class(section, "pair")]
        sides = [frozenset(claim_of(side) for side in with_class(pair, "pair__side")) for pair in shown]
        assert Counter(sides) == Counter(pairs)
        if anchor == "same":
            near: defaultdict[str, set[str]] = defaultdict(set)
            for one, other in map(sorted, pairs):
                near[one].add(other)
            groups = join(near)
            for pair, ids in zip(shown, sides, strict=True):
                group = next(group for group in groups if ids <= group)
                foot = numbers_of(next(iter(with_class(pair, "pair__foot"))))
                assert foot == [len(group), count_origins(published, group)]
    single = sum(derived["standing"] == "single" for derived in published.derived.values())
    assert [n for part in sections["single"][1:] for n in numbers_of(part)] == [single]


def test_questions(published: Published) -> None:
    """What is listed and what is left out make up what the record leaves open."""
    sections = split_sections(published.read_page("questions"))
    single = {id_ for id_, derived in published.derived.items() if derived["standing"] == "single"}
    expected = {
        "readings": {id_ for id_, claim in published.claims.items() if claim.get("readings")},
        "figures": {id_ for id_, claim in published.claims.items() if claim["quantities"] and id_ in single},
        "not-stated": {id_ for id_, claim in published.claims.items() if claim["not_stated"]},
    }
    for anchor, ids in expected.items():
        shown = {claim_of(line) for section in sections[anchor] for line in with_class(section, "line")}
        rest = [n for part in sections[anchor] for n in numbers_of(part) if "index__more" in part.get("class", "")]
        assert shown <= ids
        assert len(shown) + sum(rest) == len(ids)
    tensions = len(list_pairs(published, "in-tension-with", "contradicts"))
    assert [n for part in sections.get("tensions", ())[1:] for n in numbers_of(part)] == [tensions] * bool(tensions)


def test_home(published: Published) -> None:
    """What the record has, on its first page."""
    article = published.read_page(".")
    told = {text_of(one.find("dt")): numbers_of(one.find("dd")) for one in with_class(article, "counts")[0]}
    standings = [derived["standing"] for derived in published.derived.values()]
    spots = [one["claims"] for source in published.record["sources"] for one in source["derived"]["sentences"]]
    expected = {
        "sources": len(published.record["sources"]),
        "claims": len(published.claims),
        "claims independently corroborated": standings.count("independent"),
        # Nobody has reviewed either record.
        "claims checked by two people": 0,
        f"sentences; {sum(map(bool, spots))} carry claims": len(spots),
    }
    assert told == {label: [count] for label, count in expected.items()}


@pytest.mark.parametrize("view", ["time", "figures", "exchange", "accounts", "questions", "map"])
def test_both_languages_say_the_same_of_the_same(view: str, published: Published) -> None:
    """The links of a view lead to the same pages in both."""
    links = {
        lang: [link.get("href", "").replace(f"/{lang}/", "/") for link in published.read_page(view, lang).iter("a")]
        for lang in LANGS
    }
    assert links["ar"] == links["en"]
