"""The same file, the same verdict and the same value: from us, and from a JSON Schema behind a standard YAML reader."""

import json
import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from musnad.records.load import load_entries
from musnad.records.walk import walk_values
from musnad.text.digits import ZEROS
from musnad.text.edtf import check_date
from tests.conftest import TOY, mostly_long
from tests.records.test_schemas import SCHEMAS, EditorLoader, make_validator
from tests.text.test_edtf import GOOD


class StandardLoader(yaml.SafeLoader):
    """What PyYAML makes of a file, YAML 1.1; dates stay text, as JSON has none."""


StandardLoader.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: loader.construct_scalar(node))


class Field(NamedTuple):
    """A field of a record: its file, its schema, and the text of the file with a gap."""

    file: str
    schema: str
    text: str
    path: tuple[str | int, ...]

    def fill(self, spelling: str) -> str:
        """Return the file with a value."""
        return self.text.replace("<gap>", spelling)


def field(file: str, old: str, new: str, *path: str | int) -> Field:
    """Make a field of a file of the toy record; ``old`` stands there once, and ``new`` has the gap."""
    text = (TOY / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, (file, old)
    folder = file.partition("/")[0]
    schema = {"claims": "claim", "sources": "source", "entities": "entity"}.get(folder, Path(file).stem)
    return Field(file, schema, text.replace(old, new), path)


PRICE, SOURCE, HARBOUR = (
    "claims/tide-post-12/rye-bread-price.yaml",
    "sources/tide-post-12.yaml",
    "entities/place/old-harbour.yaml",
)
_DIGEST = "sha256:b1a70bf79399bc43ea74a8e5f009b27a54f98d51dd88676cb5f98ee88e5b0de4"
_LOCATOR = f"digest: {_DIGEST}, starts: A sack of, ends: correspondent says}}"
FIELDS = {
    "text": field(PRICE, "wording: some ninety", "wording: <gap>", "quantities", 0, "wording"),
    "text in Arabic": field(
        PRICE, "{ar: ثمن خبز الجاودار, en: Price of rye bread}", "\n  ar: <gap>\n  en: Price", "title", "ar"
    ),
    "slug": field(PRICE, "subject: rye-bread", "subject: <gap>", "subject"),
    "slug in a list": field(PRICE, "[old-harbour]", "\n  - <gap>\n ", "place", "entities", 0),
    "claim id": field(PRICE, "not_stated:", "superseded_by: <gap>\nnot_stated:", "superseded_by"),
    "reference": field("redirects.yaml", "to: entities/rye-bread\n", "to: <gap>\n", "entities/rye-loaves", "to"),
    "digest": field(SOURCE, f": {_DIGEST}\n", ": <gap>\n", "paragraphs", 0, "sentences", 0, "digest"),
    "address": field(SOURCE, "address: https://tide.example/12", "address: <gap>", "address"),
    "address or unknown": field(SOURCE, "https://archive.example/tide/12", "<gap>", "archive"),
    "date": field(SOURCE, "published: 2024-05-04", "published: <gap>", "published"),
    "decimal": field(PRICE, "value: 90", "value: <gap>", "quantities", 0, "value"),
    "decimal by its alias": field(PRICE, "value: 90", "range: {from: <gap>, to: 5}", "quantities", 0, "range", "from"),
    "fraction": field(PRICE, "value: 90", "fraction: <gap>", "quantities", 0, "fraction"),
    "Hijri date": field(PRICE, "wording: this spring", "wording: this spring\n  hijri: <gap>", "time", "hijri"),
    "identifier": field(
        HARBOUR,
        "{scheme: geonames, id: 1234567, verified_with: toy register 1.0}",
        "scheme: geonames\n    id: <gap>\n    verified_with: toy",
        *("external_ids", 0, "id"),
    ),
    "ordinal": field(
        PRICE,
        f"{{source: tide-post-12, paragraph: 1, sentence: 1, {_LOCATOR}",
        f"source: tide-post-12\n    paragraph: <gap>\n    sentence: 1\n    digest: {_DIGEST}",
        *("locators", 0, "paragraph"),
    ),
    "flag": field("vocabulary/voices.yaml", "named: true", "named: <gap>", "outlet", "named"),
    "choice": field(PRICE, "comparator: about", "comparator: <gap>", "quantities", 0, "comparator"),
    "yes, no or unknown": field("entities/person/mentioned-person.yaml", "living: yes", "living: <gap>", "living"),
}
EACH_TIME = ("text in Arabic", "address", "date", "decimal")
SPELLINGS = [
    *(
        "250",
        "٢٥٠",
        "۲۵۰",
        "२५०",
        "2.50",
        "٢٫٥",
        "3.10",
        "-4",
        "+5",
        ".5",
        "5.",
        "0",
        "00",
        "007",
        "010",
        "1e3",
        "1.5e+3",
        "1_000",
    ),
    *(
        "0x10",
        "0b11",
        "0o17",
        "12:30",
        "24:30",
        "1:30.5",
        "1:",
        ".inf",
        "-.inf",
        "2,500",
        "2٬500",
        "50%",
        "99999",
        "100000",
    ),
    *("999999999999999", "1000000000000000", "٩٩٩٩٩", "١٠٠٠٠٠", "٠٠", "٠٧"),
    *("true", "True", "false", "yes", "Yes", "no", "NO", "on", "off", "y", "n", "null", "Null", "~", "unknown"),
    *(
        "2024",
        "0750",
        "-0044",
        "313",
        "2026-11-27",
        "٢٠٢٦-١١-٢٧",
        "2026-11~",
        "2024/2025",
        "../1985",
        "[1667,1668..1670]",
    ),
    *("27-11-2026", "2024.05", "199X", "Y17E7", "2024-05-01T10:00:00Z", "20241127", "2024-02-30"),
    *("salt", "Salt", "old-harbour", "old--harbour", "a_b", "tide-post-12", "tide-post-12/salt-kept-back", "a/b/c"),
    *("1445", "١٤٤٥-٠٩", "1445-09-17", "1445-9", "2445", "1445-09-17-1"),
    *("1/3", "٢/٣", "0/3", "1/0", "1/3/5", "100000/3", "1 / 3"),
    *("entities/salt", "claims/tide-post-12/salt-kept-back", "sources/x", "claims/x", "about", "exact"),
    *(
        _DIGEST,
        "sha256:12",
        "https://tide.example/12",
        "http://x",
        "ftp://x",
        "https://",
        "https://a b",
        "Q42",
        "ملح",
        "…",
        "x " * 40,
    ),
]
BOTH_WAYS = [(f"{quote}{spelling}{quote}") for spelling in SPELLINGS for quote in ("", '"', "'")]
OTHERS = [
    "",
    '""',
    '"   "',
    '"\\u00a0"',
    '" 250 "',
    "|\n      x",
    '"' + "x" * 2000 + '"',
    '"' + "x" * 2001 + '"',
    '" ' + "x" * 2000 + ' "',
]
UNSEEN = {"decimal": {".nan", ".NaN"}, "decimal by its alias": {".nan", ".NaN"}}
"""What no schema can refuse: to it these are numbers like any other."""


def told_by_us(name: str, spelling: str, folder: Path) -> tuple[bool, Any]:
    """Return whether the loader takes a file with this value, and what it makes of the value."""
    place = FIELDS[name]
    file = folder / place.file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(place.fill(spelling), encoding="utf-8")
    loaded = load_entries(folder, prefix="")
    if any(problem.file == place.file for problem in loaded.problems):
        return False, None
    catalogue = loaded.catalogue
    tables: dict[str, Any] = {"redirects": catalogue.redirects, "voices": catalogue.vocabulary.voices}
    top = tables.get(place.schema) or {
        "claim": catalogue.claims, "source": catalogue.sources, "entity": catalogue.entities,
    }[place.schema]  # fmt: skip
    first, path = (place.path[0], place.path[1:]) if place.schema in tables else (next(iter(top)), place.path)
    return True, dict(walk_values(top[first]))[path]


def told_by_schema(name: str, spelling: str, loader: type[yaml.SafeLoader] | type[yaml.CSafeLoader]) -> bool:
    """Return whether a schema takes the same file, as a reader of YAML gives it."""
    place = FIELDS[name]
    try:
        found = yaml.load(place.fill(spelling), Loader=loader)
    except (yaml.YAMLError, ValueError):
        return False
    return bool(_make_validator(place.schema).is_valid(found))


@cache
def _make_validator(schema: str) -> Any:
    return make_validator(_ecma(SCHEMAS[f"{schema}.schema.json"]))


def _ecma(schema: Any) -> Any:
    """Return a schema with patterns that mean in Python what they mean in ECMAScript: ``$`` is the very end."""
    if isinstance(schema, dict):
        made = {key: _ecma(value) for key, value in schema.items()}
        return made | ({"pattern": re.sub(r"\$(?=\||$)", r"\\Z", made["pattern"])} if "pattern" in made else {})
    return [_ecma(item) for item in schema] if isinstance(schema, list) else schema


@pytest.mark.parametrize("name", mostly_long(FIELDS, *EACH_TIME))
def test_schema_and_loader_agree_on_every_spelling(name: str, tmp_path: Path) -> None:
    """Numbers, truth values and dates in every notation, with and without quotes."""
    for spelling in [*BOTH_WAYS, *OTHERS, ".nan"]:
        ours, _ = told_by_us(name, spelling, tmp_path)
        theirs = told_by_schema(name, spelling, StandardLoader)
        assert ours == (theirs and spelling not in UNSEEN.get(name, ())), (spelling, ours)


# What YAML 1.1 and 1.2 take for different things, in fields where that matters; we go by 1.1.
_DIFFERENT = {
    "slug": {"yes", "no", "on", "off", "1e3", "0b11", "0o17"},
    "slug in a list": {"yes", "no", "on", "off", "1e3", "0b11", "0o17"},
    "decimal": {"1_000", "12:30", "24:30", "1:30.5", "0b11", "0o17", "-.5"},
    "decimal by its alias": {"1_000", "12:30", "24:30", "1:30.5", "0b11", "0o17", "-.5"},
    "ordinal": {"1_000", "12:30", "24:30", "0b11", "1e3", "0o17"},
    "date": {"1_000", "24:30", "1e3"},
    "Hijri date": {"1e3", "1_000", "24:30"},
    "flag": {"yes", "Yes", "no", "NO", "on", "off"},
    "yes, no or unknown": {"Yes", "NO", "on", "off"},
}


@pytest.mark.parametrize("name", mostly_long(FIELDS, *EACH_TIME))
def test_yaml_1_2_gives_the_same_verdict_but_for_what_it_reads_otherwise(name: str, tmp_path: Path) -> None:
    """Most editors' servers read YAML 1.2."""
    differ = set()
    for spelling in BOTH_WAYS:
        ours, _ = told_by_us(name, spelling, tmp_path)
        if ours != told_by_schema(name, spelling, EditorLoader):
            differ.add(spelling)
    assert differ <= _DIFFERENT.get(name, set())


_NUMBERS = st.from_regex(r"[-+]?[0-9_]{0,6}([.:][0-9_]{0,3})?([eE][-+]?[0-9])?", fullmatch=True)
_DATES = st.from_regex(r"[-~?\[]?[0-9X]{3,5}(-[0-9X]{2}){0,2}[~%/]?([0-9]{4})?[\]]?", fullmatch=True)
_WORDS = st.text("abe0179-_./:٠٣٩۴٫ ~tfrueno", max_size=8)


def _in_script(text: str, zero: str) -> str:
    return re.sub("[0-9]", lambda digit: chr(ord(zero) + int(digit[0])), text)


@pytest.mark.parametrize("name", mostly_long(FIELDS, *EACH_TIME))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.one_of(_NUMBERS, _DATES, _WORDS), zero=st.sampled_from(ZEROS), is_quoted=st.booleans())
@example(text="250", zero="٠", is_quoted=False)
def test_schema_and_loader_agree_on_any_spelling(
    name: str, tmp_path: Path, text: str, zero: str, is_quoted: bool
) -> None:
    """In digits of any script."""
    written = json.dumps(_in_script(text, zero), ensure_ascii=False) if is_quoted else _in_script(text, zero)
    ours, _ = told_by_us(name, written, tmp_path)
    assert ours == told_by_schema(name, written, StandardLoader)


GIVEN = {
    "decimal": {
        "٢٥٠": "250", "۲۵۰": "250", "२५०": "250", '"٢٫٥"': "2.5", "2.50": "2.50", "3.10": "3.10", "007": "7", "+5": "5",
        ".5": "0.5", "5.": "5", "1e3": "1000", "1.5e+3": "1500", "1_000": "1000", "0x10": "16", "-٤": "-4",
    },
    "ordinal": {"٣": 3, '"3"': 3, "3": 3, "010": 10, "3.0": 3, "1_0": 10, "٩٩٩٩٩": 99_999},
    "date": {"٢٠٢٦-١١-٢٧": "2026-11-27", "2024": "2024", '"0750"': "0750", "۲۰۲۴~": "2024~", "2024.0": "2024"},
    "decimal by its alias": {"٢٥٠": "250"},
    "fraction": {"٢/٣": "2/3"},
    "Hijri date": {"١٤٤٥-٠٩": "1445-09", "1445": "1445"},
    "identifier": {"١٦٩٥٧٧": "169577", "Q٤٢": "Q42", "169577": "169577"},
    "text": {text: text for text in ("٢٥٠", "313", "3.10", "no", "12:30", "010", "2026-11-27")},
    "flag": {"true": True, "no": False, "on": True},
    "yes, no or unknown": {"yes": "yes", "true": "yes", '"no"': "no", "No": "no", "unknown": "unknown"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "spelling", "value"),
    [(name, spelling, value) for name, given in GIVEN.items() for spelling, value in given.items()],
)
def test_value_has_one_spelling_once_it_is_read(name: str, spelling: str, value: object, tmp_path: Path) -> None:
    """So that exports, pages and rules see the same; text stays what was written."""
    assert told_by_us(name, spelling, tmp_path) == (True, value)


@pytest.mark.parametrize("name", ["decimal", "ordinal"])
def test_number_is_what_other_readers_of_yaml_see(name: str, tmp_path: Path) -> None:
    """But for an octal number, 010, which a person means as ten."""
    for spelling in SPELLINGS:
        is_taken, value = told_by_us(name, spelling, tmp_path)
        theirs = yaml.load(spelling, Loader=StandardLoader)
        if is_taken and isinstance(theirs, int | float) and not re.match("[-+]?0[0-7]", spelling):
            assert Decimal(value) == Decimal(str(theirs)), spelling


@pytest.mark.parametrize(
    "text", [*GOOD, "unknown", "Y-17E7", "1950S2", "{1667,1668..1670}", "..1983/", "2004-06-~11", "2001-21^x"]
)
def test_every_date_has_the_look_of_one(text: str, tmp_path: Path) -> None:
    """What an editor sees marked is no EDTF in any case."""
    assert told_by_us("date", json.dumps(text), tmp_path) == (True, text)


@pytest.mark.parametrize("text", ["27-11-2026", "2024.05", "May 2024", "24", "hello", "2024_05", "12:30"])
def test_what_does_not_look_like_a_date_is_marked_while_typing(text: str, tmp_path: Path) -> None:
    """Other notations."""
    assert told_by_us("date", json.dumps(text), tmp_path) == (False, None)
    with pytest.raises(ValueError, match=r"."):
        check_date(text)
