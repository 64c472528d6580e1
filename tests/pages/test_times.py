"""How times read in both languages: as the source gives them, what is computed beside it, and how it was found."""

from typing import Any

import pytest

from musnad.pages.elements.places_times import make_time_fact
from musnad.pages.site import Site
from musnad.records.model import Time
from musnad.text.languages import Lang

DATED = {"basis": "relative-to-publication"}
STATED = {"basis": "stated"}
LAST_JULY = {"ar": "مطلع تموز الماضي", "en": "at the beginning of last July"}
HOW = {"ar": "المقال من أيار 2024.", "en": "the article is of May 2024."}
CASES: dict[str, tuple[dict[str, Any], str, str]] = {
    "year from the date of publication": (
        {"edtf": "2023-07-14", "worked_out": HOW, **DATED},
        "⟨14 تموز 2023⟩ كيف عُرف: المقال من أيار 2024.",
        "⟨14 July 2023⟩ Worked out: the article is of May 2024.",
    ),
    "our words and a date": (
        {"edtf": "2023-07-01/2023-07-10", "phrase": LAST_JULY, "worked_out": HOW, **DATED},
        "مطلع تموز الماضي (نسبةً إلى تاريخ المصدر، وهو 4 أيار 2024) ⟨من 1 تموز 2023 إلى 10 تموز 2023⟩ "
        "كيف عُرف: المقال من أيار 2024.",
        "at the beginning of last July (relative to the source, dated 4 May 2024) ⟨from 1 July 2023 to 10 July 2023⟩ "
        "Worked out: the article is of May 2024.",
    ),
    "inferred": (
        {"edtf": "2024-03", "basis": "inferred", "worked_out": HOW},
        "آذار 2024 (استنتاج من السجلّ) كيف عُرف: المقال من أيار 2024.",
        "March 2024 (inferred by the record) Worked out: the article is of May 2024.",
    ),
    "Hijri month": (
        {"hijri": "1445-09", **STATED},
        "رمضان 1445هـ ⟨من 11 آذار 2024 إلى 9 نيسان 2024⟩ بتقويم أم القرى، وقد يتقدّم يومًا أو يتأخّر.",
        "Ramadan 1445 AH ⟨from 11 March 2024 to 9 April 2024⟩ "
        "By the calendar of Umm al-Qura; a day earlier or later is possible.",
    ),
    "Hijri day": (
        {"hijri": "1445-09-17", **STATED},
        "17 رمضان 1445هـ ⟨27 آذار 2024⟩ بتقويم أم القرى، وقد يتقدّم يومًا أو يتأخّر.",
        "17 Ramadan 1445 AH ⟨27 March 2024⟩ By the calendar of Umm al-Qura; a day earlier or later is possible.",
    ),
    "Hijri year": (
        {"hijri": "1445", **STATED},
        "1445هـ ⟨من 19 تموز 2023 إلى 6 تموز 2024⟩ بتقويم أم القرى، وقد يتقدّم يومًا أو يتأخّر.",
        "1445 AH ⟨from 19 July 2023 to 6 July 2024⟩ "
        "By the calendar of Umm al-Qura; a day earlier or later is possible.",
    ),
    "both given by the source": (
        {"hijri": "1445-09-17", "edtf": "2024-03-28", **STATED},
        "17 رمضان 1445هـ، 28 آذار 2024",
        "17 Ramadan 1445 AH, 28 March 2024",
    ),
    "Hijri in our words": (
        {"hijri": "1445-09", "phrase": {"ar": "أول رمضان", "en": "early in Ramadan"}, **STATED},
        "أول رمضان (رمضان 1445هـ) ⟨من 11 آذار 2024 إلى 9 نيسان 2024⟩ بتقويم أم القرى، وقد يتقدّم يومًا أو يتأخّر.",
        "early in Ramadan (Ramadan 1445 AH) ⟨from 11 March 2024 to 9 April 2024⟩ "
        "By the calendar of Umm al-Qura; a day earlier or later is possible.",
    ),
}


@pytest.mark.parametrize(("fields", "ar", "en"), CASES.values(), ids=CASES)
def test_time_reads_as_it_was_looked_at(fields: dict[str, Any], ar: str, en: str, toy_site: Site) -> None:
    """What is computed stands apart, in angle brackets here, and never without how."""
    langs: dict[Lang, str] = {"ar": ar, "en": en}
    for lang, text in langs.items():
        fact = make_time_fact(toy_site.composers[lang], "tide-post-12", Time.model_validate(fields))
        told = " ".join(filter(None, [fact.text, fact.computed and f"⟨{fact.computed}⟩", fact.note]))
        assert told.replace("\u00a0", " ") == text
