"""The base vocabulary: each term as it reads in both languages, and how a record's own file is laid over it.

``vocabulary.txt`` prints all of it, to be read by people: ``python -m tests.records.test_base`` writes it anew.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from musnad.records import base as base_file
from musnad.records.base import BASE, Terms
from musnad.records.cldr import find_key, list_ids, make_unit
from musnad.records.load import load_entries
from musnad.records.model import Catalogue
from musnad.records.problems import N_
from musnad.records.vocabulary import ICONS, Unit, Vocabulary, VoiceType
from musnad.records.yamltext import read_yaml
from musnad.rules import RULES
from musnad.rules.rule import Known
from musnad.rules.run import check_all
from musnad.text.languages import LANGS, Lang
from musnad.text.locales import WORLD
from musnad.wording.words import load_words
from tests.conftest import PROJECT, TOY

PRINTED = Path(__file__).with_name("vocabulary.txt")
NUMBERS = [Decimal(number) for number in ("0", "1", "2", "3", "11", "100", "2.5")]
CLDR = """
usd eur gbp syp try iqd lbp jod egp sar aed mad tnd dzd irr rub cny jpy chf xof gram kilogram tonne pound
ounce-troy metre kilometre mile foot square-metre square-kilometre hectare acre dunam litre cubic-metre barrel
gallon second minute hour day night week month year decade century percent permille karat kilowatt megawatt
kilowatt-hour celsius kilometer-per-hour gigabyte
"""
NAMES: dict[Lang, tuple[str, str]] = {"ar": ("النور", "وكالة الأفق"), "en": ("Al-Nour", "the Horizon Agency")}
"""A voice's own name, and an outlet."""
EMPTY = Catalogue({}, {}, {}, Vocabulary(), {}, None)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    """Return the vocabulary of a record that says nothing of it."""
    return load_base_vocabulary(tmp_path_factory.mktemp("empty"))


def load_base_vocabulary(folder: Path) -> Vocabulary:
    """Return the vocabulary of an empty folder of entries."""
    return load_entries(folder).catalogue.vocabulary


def print_vocabulary(vocabulary: Vocabulary) -> Iterator[str]:
    """Yield every term in both languages, as it is read."""
    for field in fields(Vocabulary):
        yield f"== {field.name}"
        for id_, term in getattr(vocabulary, field.name).items():
            if field.name == "units":
                yield from print_unit(id_, vocabulary.units[id_])
            elif isinstance(term, VoiceType):
                yield from print_voice(id_, term)
            else:
                yield f"{id_}: {print_values(term)}"
    yield "== CLDR"
    for id_ in CLDR.split():
        unit = make_unit(id_, WORLD)
        assert unit, id_
        yield from print_unit(id_, unit)


def print_values(term: object) -> str:
    """Return the fields of a term in one line."""
    found = vars(term)
    shown = []
    for name, value in found.items():
        if hasattr(value, "ar") and hasattr(value, "en"):
            shown.append(f"{name} [{value.ar} / {value.en}]")
        elif value not in (None, False, ()):
            shown.append(f"{name} {' | '.join(value) if isinstance(value, tuple) else value}")
    return "; ".join(shown)


def print_voice(id_: str, kind: VoiceType) -> Iterator[str]:
    """Yield a voice's label and note, and its opening words: alone, in an outlet's, and in another voice's in one."""
    for lang in LANGS:
        outlet = NAMES[lang][1]
        words = load_words(lang)

        def tell(outer: str, *, pattern: str = "", lang: Lang = lang) -> str:
            name = NAMES[lang][0]
            described = {"ar": kind.label.ar, "en": f"some {kind.label.en}"}[lang]
            return (pattern or kind.opening(lang, outer)).format(outer=outer, name=name, described=described)

        nested = {"ar": f"مصدر أمني في رواية {outlet}", "en": f"a security source quoted by {outlet}"}[lang]
        outers = ([""] if "{outer}" not in kind.opening(lang, "") else []) + [outlet, nested]
        openings = " ".join(words.fill(N_("According to {voice},"), voice=tell(outer)) for outer in outers)
        note = tell(outlet, pattern=kind.note[lang])
        yield f"{id_} ({lang}): {kind.label[lang]} | {openings} | {tell(outlet, pattern=kind.short[lang])} | {note}"


def print_unit(id_: str, unit: Unit) -> Iterator[str]:
    """Yield amounts of a unit, its plural, one of it, a rate by it and, after a preposition, amounts of a whole."""
    for lang in LANGS:
        amounts = " | ".join(load_words(lang).amount(number, unit) for number in NUMBERS)
        rest = " | ".join(text[lang] for text in (unit.plural, unit.single, unit.rate) if text)
        if unit.taken_of:
            whole = {"ar": "السعر الرسمي", "en": "the official price"}[lang]
            rest += " | ".join(load_words(lang).amount(number, unit, whole, is_oblique=True) for number in NUMBERS)
        yield f"{id_} ({lang}, {unit.dimension}): {amounts} || {rest}"


def test_every_term_reads_as_it_was_looked_at(base: Vocabulary) -> None:
    """Any change of what a term says is seen in review."""
    assert "".join(f"{line}\n" for line in print_vocabulary(base)) == PRINTED.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(BASE.glob("*.yaml")), ids=lambda path: path.stem)
def test_file_is_read_as_a_record_s_own(path: Path) -> None:
    """No mistake that an editor would be told of."""
    assert read_yaml(path.read_bytes(), path.name).problems == ()


def test_every_rule_holds_for_the_base(base: Vocabulary) -> None:
    """Also those of characters, scripts and icons, which are not asked of it in every build."""
    plain = {field.name: dict(getattr(base, field.name)) for field in fields(Vocabulary)}
    plain["units"] = {id_: base.units[id_] for id_ in base.units}
    known = Known.make(Catalogue({}, {}, {}, Vocabulary(**plain), {}, None), "2024-12-31")
    found = [(name, finding.ref, finding.path, finding.message) for name, finding in check_all(known, RULES, {})]
    assert found == []


def test_icons_are_those_of_the_theme() -> None:
    """What the vocabulary may name is what the theme draws."""
    text = (PROJECT / "generator/musnad/theme/overrides/partials/symbols.html").read_text(encoding="utf-8")
    assert set(re.findall(r'"([a-z]+)": "[a-z0-9-]+"', text)) == ICONS


def test_measures_name_dimensions_of_units_that_there_are(base: Vocabulary) -> None:
    """No measure asks for what nothing is counted in."""
    there = {base.units[id_].dimension for id_ in [*base.units, *list_ids()] if id_ in base.units}
    wanted = {name for measure in base.measures.values() for name in (*measure.of, *measure.per)}
    assert wanted <= there


def test_all_units_of_cldr_have_forms_in_both_languages() -> None:
    """Each currency of ISO 4217 and each unit, by its id; a number of it always shows the number or a word for it."""
    units = {id_: make_unit(id_, WORLD) for id_ in list_ids()}
    assert sum(unit is not None and unit.dimension == "money" for unit in units.values()) > 150
    lacking = [id_ for id_, unit in units.items() if unit is None]
    assert lacking == []
    for unit in units.values():
        assert unit is not None
        for lang in LANGS:
            shown = {load_words(lang).amount(number, unit) for number in NUMBERS}
            assert len(shown) == len(NUMBERS)


def test_metals_and_codes_for_tests_are_no_currencies() -> None:
    """Nobody pays in them."""
    assert [find_key(code) for code in ("xau", "xts", "xxx", "kilogramm")] == [None] * 4


OVERLAYS = {
    "one field": ("kinds", "person: {icon: group}", "person", "icon", "group"),
    "one language": ("roles", "buyer: {label: {en: Customer}}", "buyer", "label", "المشتري / Customer"),
    "forms of one language": (
        "units", "person: {amount: {en: {other: '{n} souls'}}}", "person", "amount", "{n} شخص / {n} souls",
    ),
    "a currency of CLDR": ("units", "usd: {single: {en: buck}}", "usd", "single", "دولار أمريكي / buck"),
    "words of CLDR": ("units", "stack: {cldr: barrel}", "stack", "single", "برميل / barrel"),
    "a new term": (
        "roles", "cook: {label: {ar: طاهٍ, en: Cook}, heading: {ar: طاهٍ, en: Cook}}", "cook", "label",
        "طاهٍ / Cook",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", OVERLAYS.values(), ids=OVERLAYS)
def test_own_file_changes_what_it_names(case: tuple[str, str, str, str, str], base: Vocabulary, toy_copy: Path) -> None:
    """The rest of the term is the base's, and it stands before the rest of the terms."""
    file, text, id_, field, shown = case
    path = toy_copy / f"vocabulary/{file}.yaml"
    path.write_text(text + "\n", encoding="utf-8")
    loaded = load_entries(toy_copy)
    assert loaded.problems == ()
    terms = getattr(loaded.catalogue.vocabulary, file)
    value = getattr(terms[id_], field)
    assert (f"{text_of(value.ar)} / {text_of(value.en)}" if hasattr(value, "ar") else value) == shown
    assert next(iter(terms)) == id_
    assert list(terms)[1:] == [other for other in getattr(base, file) if other != id_]


def text_of(value: object) -> str:
    """Return a text, or the form of it that is always there."""
    return str(getattr(value, "other", value))


def test_what_stands_under_a_section_that_is_off_is_off(toy_copy: Path) -> None:
    """Kinds of the base are not left without a section, nor predicates without a theme."""
    for name, text in (("sections", "events: off\ndocuments: off\n"), ("themes", "law: off\n")):
        with (toy_copy / f"vocabulary/{name}.yaml").open("a", encoding="utf-8") as file:
            file.write(text)
    found = load_entries(toy_copy).catalogue.vocabulary
    assert not found.kinds.keys() & {"event", "document", "law"}
    assert "arrests" not in found.predicates
    assert isinstance(found.kinds, Terms)
    assert "event" in found.kinds.off


def test_precisions_go_from_exact_to_vague_in_any_order_of_the_file(toy_copy: Path) -> None:
    """A changed one is not put first for that."""
    (toy_copy / "vocabulary/precisions.yaml").write_text(
        "region: {label: {en: Area}}\nsurroundings: {icon: place}\n", encoding="utf-8"
    )
    found = [id_ for id_, _ in load_entries(toy_copy).catalogue.vocabulary.list_precisions()]
    assert found == ["spot", "settlement", "surroundings", "district", "region"]


def test_edited_base_is_read_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """While serving, a change of the base is seen with the next build."""
    for path in BASE.glob("*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr("musnad.records.base.BASE", tmp_path)
    assert "gleaner" not in load_entries(TOY).catalogue.vocabulary.roles
    with (tmp_path / "roles.yaml").open("a", encoding="utf-8") as file:
        file.write("gleaner: {label: {ar: لاقط, en: Gleaner}, heading: {ar: لاقط, en: Gleaner}}\n")
    assert "gleaner" in load_entries(TOY).catalogue.vocabulary.roles


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        lines = print_vocabulary(load_base_vocabulary(Path(folder)))
        PRINTED.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


def test_what_is_kept_of_the_base_is_what_its_files_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read again when a file changed or what was kept is damaged; where nothing can be kept, read each time."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    for path in BASE.glob("*.yaml"):
        copy = tmp_path / path.name
        copy.write_bytes(path.read_bytes())
        wanted = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        kept = tmp_path / f"__pycache__/{path.stem}.json"
        for _ in range(2):
            assert base_file._read_raw(copy, 1) == wanted
            assert kept.is_file()
        kept.write_text("[1, {", encoding="utf-8")
        assert base_file._read_raw(copy, 1) == wanted
        copy.write_text("other: {}\n", encoding="utf-8")
        assert base_file._read_raw(copy, 2) == {"other": {}}


def test_unit_that_nobody_knows_is_no_unit(base: Vocabulary) -> None:
    """Neither in the vocabulary nor in CLDR."""
    assert "furlongs-per-fortnight" not in base.units
    with pytest.raises(KeyError):
        base.units["furlongs-per-fortnight"]
