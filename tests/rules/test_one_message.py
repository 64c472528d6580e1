"""One mistake gives one message: what only follows from it is not told besides."""

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from musnad.records.problems import Problem
from musnad.rules.check import check_entries
from tests.conftest import KINDS
from tests.rules.test_cases import CASES, TODAY, read_case

PRICE = "claims/tide-post-12/rye-bread-price.yaml"
GUILD = "claims/tide-post-12/guild-sells-bread.yaml"
PERSON = "entities/person/mentioned-person.yaml"
PLACE = "entities/place/old-harbour.yaml"
SOURCE = "sources/quay-news-7.yaml"
VIDEO = "claims/quay-video/salt-dear.yaml"
BREAKS = {
    "no title": (PRICE, r"title: .*\n", ""),
    "misspelt field": (PRICE, "statement:", "statment:"),
    "misspelt field of a term": ("vocabulary/kinds.yaml", "label:", "lable:"),
    "field that there is not": (PRICE, "subject:", "colour: red\nsubject:"),
    "one language of a title": (PRICE, r"title: .*", "title: {ar: ثمن}"),
    "empty title": (PRICE, r"title: .*", "title:"),
    "misspelt status": (PRICE, "status: published", "status: publishd"),
    "misspelt subject": (PRICE, "subject: rye-bread", "subject: rye-bred"),
    "subject by its name": (PRICE, "subject: rye-bread", "subject: Rye bread"),
    "predicate that there is not": (PRICE, "predicate: priced-at", "predicate: priced-att"),
    "predicate that takes an object": (GUILD, r"object: .*\n", ""),
    "modality that there is not": (PRICE, "modality: reported", "modality: Reported"),
    "chain of another outlet": (PRICE, "entity: tide-post", "entity: quay-news"),
    "voice that there is not": (PRICE, "voice: correspondent", "voice: corespondent"),
    "voice without number": (PRICE, "number: one, ", ""),
    "voice without entity": (PRICE, "voice: outlet, entity: tide-post", "voice: outlet"),
    "no locator": (PRICE, r"locators:\n(?:  - .*\n)+", ""),
    "no digest": (PRICE, r"digest: \S+, ", ""),
    "digest of another sentence": (PRICE, "digest: sha256:b1a7", "digest: sha256:b1a8"),
    "digest cut short": (PRICE, "digest: sha256:b1a7", "digest: sha256:b1"),
    "sentence that there is not": (PRICE, "sentence: 1", "sentence: 9"),
    "paragraph that is nought": (PRICE, "paragraph: 1", "paragraph: 0"),
    "source that there is not": (PRICE, "source: tide-post-12", "source: tide-post-13"),
    "number in words": (PRICE, "value: 90", "value: ninety"),
    "number with a comma": (PRICE, "value: 90", "value: 9,000"),
    "comparator that there is not": (PRICE, "comparator: about", "comparator: roughly"),
    "no comparator": (PRICE, r"    comparator: about\n", ""),
    "unit that there is not": (PRICE, "unit: crown", "unit: crwn"),
    "unit that does not fit": (PRICE, "unit: crown", "unit: kg"),
    "no unit": (PRICE, r"    unit: crown\n", ""),
    "precision that there is not": (PRICE, "precision: surroundings", "precision: nearby"),
    "place that there is not": (PRICE, "old-harbour", "old-harbor"),
    "attribution typed": (PRICE, "en: a sack", "en: According to the paper, a sack"),
    "no full stop": (PRICE, "Old Harbour\\.", "Old Harbour"),
    "two full stops": (PRICE, "Old Harbour\\.", "Old Harbour.."),
    "Arabic in English": (PRICE, "en: Price of rye bread", "en: ثمن"),
    "text that says nothing": (PRICE, r"en: a sack.*", "en: '???'"),
    "mark left over": (PRICE, "en: a sack", "en: TODO a sack"),
    "colon in a text": (PRICE, "en: a sack", "en: note: a sack"),
    "open quotation mark": (PRICE, "en: a sack of", "en: 'a sack of"),
    "tab": (PRICE, "  ar: ثمن كيس", "\tar: ثمن كيس"),
    "indentation": (PRICE, "  en: a sack", "   en: a sack"),
    "field given twice": (PRICE, "modality: reported", "modality: reported\nmodality: reported"),
    "part that is neither": (GUILD, r"\{role: goods, entity: rye-bread\}", "{role: goods}"),
    "role that there is not": (GUILD, "role: goods", "role: good"),
    "link to no claim": (GUILD, "quay-news-7/dockers-buy-bread", "quay-news-7/dockers-by-bread"),
    "type of link that there is not": (GUILD, "type: corroborates", "type: corroborate"),
    "living person not said to be": (PERSON, r"living: yes\n", ""),
    "living that is none of three": (PERSON, "living: yes", "living: maybe"),
    "name in the wrong language": (PERSON, "lang: en", "lang: ar"),
    "no name in English": (PERSON, r"  - \{text: Mira.*\n", ""),
    "role of a name that there is not": (PERSON, "lang: en, role: primary", "lang: en, role: main"),
    "place without precision": (PLACE, r"precision: \w+(?:, )?", ""),
    "address that is none": (SOURCE, "https://quay.example/7", "quay.example/7"),
    "address left open": (SOURCE, "https://quay.example/7", "https://…"),
    "language that there is not": (SOURCE, "language: ar", "language: arabic"),
    "outlet that there is not": (SOURCE, "outlet: quay-news", "outlet: quay-newz"),
    "date that is none": (SOURCE, "date: 2024-05-20", "date: 20 May 2024"),
    "date to come": (SOURCE, "date: 2024-05-20", "date: 2034-05-20"),
    "time of a recording that is none": (VIDEO, "time: 5:00", "time: five"),
    "no place in a recording": (VIDEO, ", time: 5:00", ""),
    "page of a recording": (VIDEO, "time: 5:00", "page: 5"),
    "pseudonym without the name": (VIDEO, r"called: \{[^}]*\}, ", ""),
    "literal where there is no predicate for it": (VIDEO, "predicate: described-as", "predicate: sells-to"),
    "redirect to nothing": ("redirects.yaml", "to: entities/rye-bread\n", "to: entities/rye-bred\n"),
    "featured claim that there is not": ("site.yaml", "tide-post-12/rye-bread-price", "tide-post-12/rye-bread-cost"),
}  # fmt: skip
SEVERAL = {
    "link to no claim": (2, "the claim that was meant has no link back any more: one may be wrong, or the other"),
    "name in the wrong language": (2, "the number of names, and a warning which of them it may be"),
    "literal where there is no predicate for it": (2, "neither the subject nor the literal fits the predicate"),
}
"""Breaks that are told more than once, how often, and why that is right."""


@pytest.fixture
def whole(toy_copy: Path) -> Path:
    """Return a copy of the toy record with sources of every kind."""
    shutil.copytree(KINDS, toy_copy, dirs_exist_ok=True)
    checked = check_entries(toy_copy, today=TODAY)
    assert (checked.problems, checked.warnings) == ((), ())
    return toy_copy


def find_told(entries: Path) -> list[Problem]:
    """Return what is told of a record."""
    checked = check_entries(entries, today=TODAY)
    return [*checked.problems, *checked.warnings]


@pytest.mark.parametrize("name", BREAKS)
def test_one_mistake_gives_one_message(name: str, whole: Path) -> None:
    """At its place, and nothing that only follows from it."""
    place, old, new = BREAKS[name]
    text = (whole / place).read_text(encoding="utf-8")
    made, count = re.subn(old, new, text, count=1)
    assert count
    (whole / place).write_text(made, encoding="utf-8")
    told = [*map(str, find_told(whole))]
    assert len(told) == SEVERAL.get(name, (1, ""))[0], told


SAME_PLACE = {
    "letter-form": "two words of a text, each to be typed again",
    "locator-form": "a locator that leads nowhere stands there twice",
    "mixed-letters": "two words of a text, each to be typed again",
    "status": "a status without its reason, and one that another field contradicts",
    "time": "a date that its Hijri date contradicts, and that nobody says where from",
}
"""Bad examples with several mistakes in one place."""


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_no_place_of_a_bad_example_is_told_of_twice(path: Path) -> None:
    """Two messages at one place are two causes, or one too many."""
    lines = re.findall(r"^(?:warning: )?([^:\n]+:\d+:\d+): ", read_case(path)[-1].text or "", re.MULTILINE)
    assert (max(Counter(lines).values()) > 1) == (path.stem in SAME_PLACE)
