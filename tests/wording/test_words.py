"""Numbers, dates, amounts and lists as each language writes them."""

import os
import subprocess
import sys
from decimal import Decimal

import pytest

from musnad.records.cldr import make_unit
from musnad.records.model import Catalogue, Per
from musnad.records.problems import Problem
from musnad.records.vocabulary import Digits
from musnad.text.languages import Lang
from musnad.text.locales import WORLD
from musnad.wording.dates import NBSP
from musnad.wording.words import load_words
from tests.conftest import PROJECT

MONTHS = [
    "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران",
    "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول",
]  # fmt: skip

DATES = [
    ("2024", "2024", "2024"),
    ("2024-06", "June 2024", "حزيران 2024"),
    ("2024-06-01", "1_June 2024", "1_حزيران 2024"),
    ("2024~", "about 2024", "نحو 2024"),
    ("2024-06-01~", "about 1_June 2024", "نحو 1_حزيران 2024"),
    ("2024-06?", "June 2024, uncertain", "حزيران 2024، بلا تأكيد"),
    ("2024%", "about 2024, uncertain", "نحو 2024، بلا تأكيد"),
    ("2023/2024-06", "from 2023 to June 2024", "من 2023 إلى حزيران 2024"),
    ("2024/2025~", "from 2024 to about 2025", "من 2024 إلى نحو 2025"),
    ("2023/..", "since 2023", "منذ 2023"),
    ("2023/", "from 2023 to an unknown date", "من 2023 إلى تاريخ غير معروف"),
    ("../2024-06", "until June 2024", "حتى حزيران 2024"),
    ("/2024", "from an unknown date to 2024", "من تاريخ غير معروف إلى 2024"),
    ("2001-21/2001-22~", "from spring 2001 to about summer 2001", "من ربيع 2001 إلى نحو صيف 2001"),
    ("199X", "the 1990s", "عقد 1990"),
    ("199X~", "about the 1990s", "نحو عقد 1990"),
    ("20XX", "a year from 2000 to 2099", "سنة بين 2000 و2099"),
    ("1XXX?", "a year from 1000 to 1999, uncertain", "سنة بين 1000 و1999، بلا تأكيد"),
    ("XXXX", "an unknown year", "سنة غير معروفة"),
    ("004X", "a year from 40 CE to 49 CE", "سنة بين 40 م و49 م"),
    ("-201X", "a year from 2020 BCE to 2011 BCE", "سنة بين 2020 ق.م و2011 ق.م"),
    ("2004-XX", "2004, month unknown", "2004، الشهر غير معروف"),
    ("1985-04-XX", "April 1985, day unknown", "نيسان 1985، اليوم غير معروف"),
    ("1985-XX-XX", "1985, month and day unknown", "1985، الشهر واليوم غير معروفين"),
    ("2024-21", "spring 2024", "ربيع 2024"),
    ("2024-22", "summer 2024", "صيف 2024"),
    ("2024-23", "autumn 2024", "خريف 2024"),
    ("2024-24", "winter 2024", "شتاء 2024"),
    ("0000", "1 BCE", "1 ق.م"),
    ("-0001", "2 BCE", "2 ق.م"),
    ("-0100-05", "May 101 BCE", "أيار 101 ق.م"),
    ("0045", "45 CE", "45 م"),
    ("Y170000002", "170,000,002", "170,000,002"),
    ("Y-170000002", "170,000,003 BCE", "170,000,003 ق.م"),
    ("2004-06~-11", "11_June 2004 (approximate: year and month)", "11_حزيران 2004 (على وجه التقريب: السنة والشهر)"),
    ("2004?-06-11", "11_June 2004 (uncertain: year)", "11_حزيران 2004 (بلا تأكيد: السنة)"),
    ("2004-06-~11", "11_June 2004 (approximate: day)", "11_حزيران 2004 (على وجه التقريب: اليوم)"),
    (
        "?2004-06-~11",
        "11_June 2004 (uncertain: year; approximate: day)",
        "11_حزيران 2004 (بلا تأكيد: السنة؛ على وجه التقريب: اليوم)",
    ),
    (
        "2004?-06~-11",
        "11_June 2004 (approximate and uncertain: year; approximate: month)",
        "11_حزيران 2004 (على وجه التقريب وبلا تأكيد: السنة؛ على وجه التقريب: الشهر)",
    ),
    ("%2004-06", "June 2004 (approximate and uncertain: year)", "حزيران 2004 (على وجه التقريب وبلا تأكيد: السنة)"),
    ("2004-?21", "spring 2004 (uncertain: season)", "ربيع 2004 (بلا تأكيد: الفصل)"),
    ("2004-01-02T03:04:05Z", "2_January 2004, at 03:04:05_UTC", "2_كانون الثاني 2004، الساعة 03:04:05_UTC"),
    (
        "2004-01-02T03:04:05+03:30",
        "2_January 2004, at 03:04:05_UTC+03:30",
        "2_كانون الثاني 2004، الساعة 03:04:05_UTC+03:30",
    ),
    ("2004-01-02T03:04:05", "2_January 2004, at 03:04:05", "2_كانون الثاني 2004، الساعة 03:04:05"),
    ("unknown", "unknown", "غير معروف"),
    ("2024-06-1X", "2024-06-1X", "2024-06-1X"),
    ("[2023,2024]", "[2023,2024]", "[2023,2024]"),
]


@pytest.mark.parametrize(("edtf", "english", "arabic"), DATES, ids=[row[0] for row in DATES])
def test_date_in_words(edtf: str, english: str, arabic: str) -> None:
    """What has no plain reading is shown as it was written; day and month stay on one line."""
    assert load_words("en").date(edtf) == english.replace("_", NBSP)
    assert load_words("ar", "SY").date(edtf) == arabic.replace("_", NBSP)


_YEARS = ["2004", "0045", "0000", "-0001", "Y12345", "Y-12345", "201X", "20XX", "XXXX", "-201X"]
_POINTS = [
    *_YEARS,
    *(f"2004-{month}" for month in ("01", "12", "21", "22", "23", "24", "XX")),
    *(
        "2004-06-01",
        "2004-06-XX",
        "2004-XX-XX",
        "2004-06-01T01:02:03",
        "2004-06-01T01:02:03Z",
        "2004-06-01T01:02:03-04",
    ),
]
_QUALIFIED = [f"{point}{sign}" for point in ("2004", "2004-06", "2004-06-11", "201X") for sign in "?~%"]
_PARTLY = [
    f"{a}2004{b}-{c}06{d}-{e}11"
    for a, b, c, d, e in (tuple(sign if n == at else "" for n in range(5)) for at in range(5) for sign in "?~%")
]
_ENDS = ["2004", "2004-06?", "2005-21", "", ".."]
_INTERVALS = [f"{start}/{end}" for start in _ENDS for end in _ENDS if {start, end} - {"", ".."}]
# Said of the year alone, before or after it, a qualifier is the same.
_SAME = {f"2004{sign}-06-11": f"{sign}2004-06-11" for sign in "?~%"}


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_every_form_of_a_date_has_a_reading_of_its_own(lang: Lang) -> None:
    """Different dates read differently, and none is shown in the signs of EDTF."""
    words = load_words(lang)
    readings: dict[str, str] = {}
    for form in dict.fromkeys(_SAME.get(form, form) for form in (*_POINTS, *_QUALIFIED, *_PARTLY, *_INTERVALS)):
        shown = words.date(form)
        assert shown not in readings, f"{form} and {readings[shown]} read the same"
        assert shown != form or form == "2004"
        assert not set(shown) & set("X~?%/"), shown
        readings[shown] = form


@pytest.mark.parametrize(
    ("latitude", "longitude", "english", "arabic"),
    [
        ("34.45226", "40.91854", "34.452°_N, 40.919°_E", "34.452°_شمالًا، 40.919°_شرقًا"),
        ("-33.9", "-70.5", "33.9°_S, 70.5°_W", "33.9°_جنوبًا، 70.5°_غربًا"),
        ("0", "-0.0001", "0°, 0.000°", "0°، 0.000°"),
    ],
)
def test_coordinates_are_told_with_their_hemisphere(latitude: str, longitude: str, english: str, arabic: str) -> None:
    """No sign to overlook, no digit that was not given, and none beyond a hundred metres."""
    for lang, shown in (("en", english), ("ar", arabic)):
        assert load_words(lang).coordinates(Decimal(latitude), Decimal(longitude)) == shown.replace("_", NBSP)


def test_months_are_the_syrian_ones() -> None:
    """Not يناير, nor يونيو."""
    words = load_words("ar", "SY")
    assert [words.date(f"2024-{month:02}") for month in range(1, 13)] == [f"{name} 2024" for name in MONTHS]


def test_months_stay_syrian_after_plain_arabic_was_used() -> None:
    """Babel mixes up the two when plain ``ar`` comes first (python-babel#1234); so in a process of its own."""
    program = (
        "from datetime import date\n"
        "from babel.dates import format_date\n"
        "assert 'يونيو' in format_date(date(2024, 6, 1), 'MMMM', locale='ar')\n"
        "from musnad.wording.words import load_words\n"
        "print(load_words('ar', 'SY').date('2024-06'))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True, encoding="utf-8", cwd=PROJECT, env={**os.environ, "PYTHONUTF8": "1"}, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "حزيران 2024"


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("0", "0"), ("5", "5"), ("999", "999"), ("1000", "1,000"), ("1234567.50", "1,234,567.50"), ("2.5", "2.5"),
        ("0.00001", "0.00001"), ("1E+4", "10,000"), ("1.0", "1.0"), ("-30.25", "-30.25"), ("-0", "0"), ("-0.5", "-0.5"),
        ("12345678901234567890123456789012345.12", "12,345,678,901,234,567,890,123,456,789,012,345.12"),
    ],
)  # fmt: skip
def test_number_keeps_its_digits(lang: Lang, value: str, shown: str) -> None:
    """Latin digits in both languages, grouped; none is added, lost or rounded away."""
    assert load_words(lang).number(Decimal(value)) == shown


@pytest.mark.parametrize(
    ("value", "arabic", "english"),
    [
        ("0", "0_لتر", "0_litres"),
        ("1", "لتر واحد", "1_litre"),
        ("2", "لتران", "2_litres"),
        ("3", "3_لترات", "3_litres"),
        ("10", "10_لترات", "10_litres"),
        ("11", "11_لترًا", "11_litres"),
        ("99", "99_لترًا", "99_litres"),
        ("100", "100_لتر", "100_litres"),
        ("103", "103_لترات", "103_litres"),
        ("1000000", "1,000,000_لتر", "1,000,000_litres"),
        ("2.5", "2.5_لتر", "2.5_litres"),
        ("0.5", "0.5_لتر", "0.5_litres"),
        ("1.0", "1.0_لتر", "1.0_litres"),
        ("2.0", "2.0_لتر", "2.0_litres"),
        ("-1", "-1_لتر", "-1_litre"),
        ("-2", "-2_لتر", "-2_litres"),
        ("-3", "-3_لترات", "-3_litres"),
        ("-2.5", "-2.5_لتر", "-2.5_litres"),
    ],
)
def test_amount_has_the_form_its_number_wants(toy: Catalogue, value: str, arabic: str, english: str) -> None:
    """Six forms in Arabic, two in English; number and unit never part."""
    unit = toy.vocabulary.units["litre"]
    assert load_words("ar").amount(Decimal(value), unit) == arabic.replace("_", NBSP)
    assert load_words("en").amount(Decimal(value), unit) == english.replace("_", NBSP)


@pytest.mark.parametrize(
    ("per", "arabic", "english"),
    [
        ({"value": "50", "unit": "kg", "container": "sack"}, "كيس زنة 50_كغ", "50_kg sack"),
        ({"value": "20", "unit": "litre", "container": "sack"}, "كيس زنة 20_لتر", "20-litre sack"),
        ({"value": "1", "unit": "litre"}, "لتر", "litre"),
        ({"value": "7", "unit": "loaf"}, "7_أرغفة", "7_loaves"),
    ],
    ids=["container", "attributive", "single", "counted"],
)
def test_what_a_price_is_counted_by(toy: Catalogue, per: dict[str, str], arabic: str, english: str) -> None:
    """One of it needs no number; a container is measured."""
    made = Per.model_validate(per)
    assert load_words("ar").per(made, toy.vocabulary) == arabic.replace("_", NBSP)
    assert load_words("en").per(made, toy.vocabulary) == english.replace("_", NBSP)


@pytest.mark.parametrize(
    ("items", "arabic", "english"),
    [
        ([], "", ""),
        (["أ"], "أ", "أ"),
        (["أ", "ب"], "أ وب", "أ and ب"),
        (["أ", "ب", "ج"], "أ وب وج", "أ, ب and ج"),
    ],
    ids=["none", "one", "two", "three"],
)
def test_list_is_joined(items: list[str], arabic: str, english: str) -> None:
    """As the language joins them."""
    assert load_words("ar").join(items) == arabic
    assert load_words("en").join(items) == english


@pytest.mark.parametrize(("n", "shown"), [(0, "0 claims"), (1, "1 claim"), (2, "2 claims"), (1200, "1,200 claims")])
def test_count_in_english(n: int, shown: str) -> None:
    """The number is formatted as all numbers are."""
    assert load_words("en").plural("{n} claim", "{n} claims", n) == shown


def test_counts_in_arabic_differ_for_every_form() -> None:
    """None, one, two, few, many and hundreds."""
    words = load_words("ar")
    shown = [words.plural("{n} claim", "{n} claims", n) for n in (0, 1, 2, 3, 11)]
    assert len(set(shown)) == len(shown)
    assert [words.plural("{n} claim", "{n} claims", n).startswith(str(n)) for n in (3, 11, 100)] == [True] * 3


def test_problem_is_told_in_either_language() -> None:
    """File, place and rule stay; the message is translated and filled in."""
    problem = Problem("a.yaml", 3, 4, "missing-field", "the field {field} is missing", {"field": "title"})
    assert load_words("en").tell(problem) == "a.yaml:3:4: missing-field: the field title is missing"
    told = load_words("ar").tell(problem)
    assert told.startswith("a.yaml:3:4: missing-field: ")
    assert "title" in told
    assert "missing " not in told.removeprefix("a.yaml:3:4: missing-field: ")


REGIONS = {
    "SY": "شباط", "IQ": "شباط", "EG": "فبراير", "SA": "فبراير", "MA": "فبراير", "TN": "فيفري", "DZ": "فيفري",
    WORLD: "فبراير", "FR": "فبراير",
}  # fmt: skip


@pytest.mark.parametrize("order", [list(REGIONS), list(reversed(REGIONS)), [WORLD, "TN", "SY", "EG", "DZ"]])
def test_months_are_those_of_the_region_in_any_order(order: list[str]) -> None:
    """In one process of its own, after plain Arabic was used through Babel, and whichever region comes first."""
    program = (
        "from datetime import date\n"
        "from babel import Locale\n"
        "from babel.dates import format_date\n"
        "format_date(date(2024, 2, 1), 'MMMM', locale='ar')\n"
        "from musnad.wording.words import load_words\n"
        f"for region in {order!r}:\n"
        "    format_date(date(2024, 2, 1), 'MMMM', locale='ar_EG')\n"
        "    print(load_words('ar', region).date('2024-02'))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True, encoding="utf-8", cwd=PROJECT, env={**os.environ, "PYTHONUTF8": "1"}, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines() == [f"{REGIONS[region]} 2024" for region in order]


@pytest.mark.parametrize(
    ("region", "digits", "shown"),
    [
        ("SY", "latin", "1,234.5"), ("SY", "arabic", "١٬٢٣٤٫٥"), ("MA", "latin", "1.234,5"),
        (WORLD, "latin", "1,234.5"), (WORLD, "arabic", "١٬٢٣٤٫٥"),
    ],
)  # fmt: skip
def test_separators_and_digits_are_those_asked_for(region: str, digits: Digits, shown: str) -> None:
    """On Arabic pages; English ones are the same everywhere."""
    assert load_words("ar", region, digits).number(Decimal("1234.5")) == shown
    assert load_words("en", region, digits).number(Decimal("1234.5")) == "1,234.5"


def test_arabic_digits_reach_all_that_is_told() -> None:
    """Dates, coordinates, counts, negative numbers, and whole numbers in sentences."""
    words = load_words("ar", "SY", "arabic")
    assert words.date("2024-06-01").replace(NBSP, " ") == "١ حزيران ٢٠٢٤"
    assert words.date("199X/2004") == "من عقد ١٩٩٠ إلى ٢٠٠٤"
    assert words.coordinates(Decimal("34.45226"), Decimal("-40.9")).replace(NBSP, " ") == "٣٤٫٤٥٢° شمالًا، ٤٠٫٩° غربًا"
    assert words.plural("{n} claim", "{n} claims", 12).startswith("١٢ ")
    assert words.number(Decimal("-30.25")) == "-٣٠٫٢٥"
    assert words.fill("¶ {n}", n=7) == "ف ٧"


def test_words_of_the_united_states() -> None:
    """English is British elsewhere."""
    usd = {region: make_unit("litre", region) for region in ("US", "SY")}
    assert [unit.amount.en.other for unit in usd.values() if unit and unit.amount] == ["{n} liters", "{n} litres"]


def test_country_for_open_graph() -> None:
    """That of the publication's region; of the world none, but English is British there."""
    assert load_words("ar", "SY").place_tag == "ar_SY"
    assert load_words("en", "US").place_tag == "en_US"
    assert [load_words(lang, WORLD).place_tag for lang in ("ar", "en")] == ["", "en_GB"]
