"""What a change does, in a reader's terms and in both languages."""

from pathlib import Path

import pytest

from musnad.editing.diff import Difference, TextChange, compare_catalogues, find_new_warnings, render_difference
from musnad.records.model import Catalogue
from musnad.records.values import LocalizedText
from musnad.rules.check import check_entries, load_checked
from musnad.text.languages import LANGS
from musnad.wording.words import load_words
from tests.conftest import TOY

LAMP, SALT = "claims/tide-post-12/lamp-broken.yaml", "entities/good/salt.yaml"
REOPENED = "claims/quay-news-7/harbour-reopened.yaml"
SUGAR = """\
names:
  - {text: سكّر, lang: ar, role: primary}
  - {text: Sugar*, lang: en, role: primary}
description: {ar: سكّر القصب., en: Cane sugar.}
status: draft
extracted: {date: 2024-05-20, method: by-hand}
"""


def compare(toy: Catalogue, folder: Path, *changes: tuple[str, str, str]) -> Difference:
    """Compare the toy record with a copy in which words of files were changed."""
    for file, old, new in changes:
        text = (folder / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, old
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    return compare_catalogues(toy, load_checked(folder))


NOTHING = "## What this change does\n\nReaders will see no difference.\n"
STALE = "Only one language changed; the text in this language is as before"

CASES = {
    "nothing": ([], NOTHING),
    "comment and order of fields": (
        [(SALT, "description:\n  ar: ملح البحر.\n  en: Sea salt.", "description: {en: Sea salt., ar: ملح البحر.} # x")],
        NOTHING,
    ),
    "reworded in both languages": (
        [(SALT, "Sea salt.", "Salt of the sea."), (SALT, "ملح البحر", "ملح من البحر")],
        "- `entities/salt`\n    - `description`: ~~Sea salt&#46;~~ Salt of the sea&#46;\n",
    ),
    "stale Arabic": (
        [(SALT, "Sea salt.", "Salt of the sea.")],
        f"- `entities/salt`\n    - `description`: ~~Sea salt&#46;~~ Salt of the sea&#46; **{STALE}: ar**\n",
    ),
    "stale English": (
        [(SALT, "ملح البحر", "ملح من البحر")],
        f"- `entities/salt`\n    - `description`: Sea salt&#46; **{STALE}: en**\n",
    ),
    "text added": (
        [(SALT, "status:", "unknowns:\n  - {ar: أي بحر., en: Which sea.}\nstatus:")],
        "- `entities/salt`\n    - `unknowns.0`: Which sea&#46;\n",
    ),
    "text removed": (
        [("entities/place/lantern-bay.yaml", "unknowns:\n  - {ar: أين ينتهي الخليج., en: Where the bay ends.}\n", "")],
        "- `entities/lantern-bay`\n    - `unknowns.0`: ~~Where the bay ends&#46;~~ \n",
    ),
    "status": (
        [
            ("entities/group/pelican-club.yaml", "status: draft", "status: published"),
            ("claims/tide-post-12/pelican-dinner.yaml", "status: draft", "status: published"),
        ],
        "- `claims/tide-post-12/pelican-dinner`\n    - status: `draft` → `published`\n"
        "- `entities/pelican-club`\n    - status: `draft` → `published`\n",
    ),
    "other field": (
        [(LAMP, "modality: asserted", "modality: reported")],
        "- `claims/tide-post-12/lamp-broken`\n    - How it is said: ~~asserted~~ reported\n",
    ),
    "two other fields": (
        [(LAMP, "modality: asserted", "modality: reported\nsensitivity: [private-people]")],
        "- `claims/tide-post-12/lamp-broken`\n"
        "    - How it is said: ~~asserted~~ reported\n"
        "    - Sensitivity › 1: private people\n",
    ),
    "text and fact of one field": (
        [
            (REOPENED, "somewhere on the bay", "on the bay"),
            (REOPENED, "في مكان ما على الخليج", "على الخليج"),
            (REOPENED, "[old-harbour, lantern-bay]", "[old-harbour, new-harbour]"),
        ],
        "- `claims/quay-news-7/harbour-reopened`\n"
        "    - `place.phrase`: ~~somewhere on the bay~~ on the bay\n"
        "    - Where › Places › 2: ~~lantern&#45;bay~~ new&#45;harbour\n",
    ),
    "origin of a title": (
        [("sources/tide-post-12.yaml", "origin: published", "origin: ours")],
        "- `sources/tide-post-12`\n    - Title › Whose title: ~~published~~ ours\n",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_change_is_said_in_markdown(case: str, toy: Catalogue, toy_copy: Path) -> None:
    """What was struck through, what stands now, which language was left behind, and what else is different."""
    changes, expected = CASES[case]
    left_behind = {"stale Arabic": "ar", "stale English": "en"}.get(case)
    look = f"### To be looked at\n- `entities/salt`, `description`: {STALE}: {left_behind}\n" if left_behind else ""
    whole = expected if expected == NOTHING else f"## What this change does\n\n{look}### Changed\n\n{expected}"
    difference = compare(toy, toy_copy, *changes)
    assert squeeze(render_difference(difference, load_words("en"))) == squeeze(whole)
    assert difference.is_empty == (expected == NOTHING)


def squeeze(text: str) -> str:
    """Leave out blank lines: Markdown needs one where a reader sees none."""
    return "".join(f"{line}\n" for line in text.split("\n") if line)


def test_new_warnings_are_to_be_looked_at(toy: Catalogue, toy_copy: Path) -> None:
    """A likely duplicate that came with the change; not one that was there before."""
    (toy_copy / "entities/good/sugar.yaml").write_text(SUGAR.replace("سكّر,", "الملح,"), encoding="utf-8")
    old = check_entries(TOY, prefix="").warnings
    checked = check_entries(toy_copy, prefix="")
    difference = compare_catalogues(toy, checked.catalogue)
    told = render_difference(difference, load_words("en"), find_new_warnings(old, checked.warnings))
    assert (
        "- entities/good/sugar&#46;yaml: \u2068الملح\u2069 may be the same as salt"
        in squeeze(told).split("### Added")[0]
    )
    assert find_new_warnings(checked.warnings, checked.warnings) == ()


def test_removed_claim_is_quoted_with_its_voice(toy: Catalogue, toy_copy: Path) -> None:
    """No statement stands alone, here neither."""
    (toy_copy / "claims/quay-news-7/rye-bread-price.yaml").unlink()
    told = render_difference(compare(toy, toy_copy), load_words("en"))
    assert "- `claims/quay-news-7/rye-bread-price`: According to " in told


def test_added_and_removed_records_are_quoted(toy: Catalogue, toy_copy: Path) -> None:
    """Claims first, with the words that readers get or lose."""
    (toy_copy / "entities/good/sugar.yaml").write_text(SUGAR, encoding="utf-8")
    (toy_copy / LAMP).unlink()
    difference = compare(toy, toy_copy)
    assert squeeze(render_difference(difference, load_words("en"))) == (
        "## What this change does\n"
        "### Added\n"
        "- `entities/sugar`: Sugar&#42;\n"
        "### Removed\n"
        "- `claims/tide-post-12/lamp-broken`: A broken lamp&#58; retracted&#46;\n"
    )
    back = compare_catalogues(load_checked(toy_copy), toy)
    assert (back.added, back.removed) == (difference.removed, difference.added)


def test_records_are_told_claims_first_and_in_reading_order(toy: Catalogue, toy_copy: Path) -> None:
    """As they stand in their sources, not as their files are called."""
    claims = "claims/tide-post-12"
    changes = [
        (SALT, "Sea salt.", "Salt."),
        ("sources/tide-post-12.yaml", "A. Reed", "B. Reed"),
        (f"{claims}/harbour-closed.yaml", "Closure", "Closing"),
        (f"{claims}/salt-kept-back.yaml", "Salt kept from", "Salt kept back from"),
    ]
    assert [change.record.ref for change in compare(toy, toy_copy, *changes).changed] == [
        f"{claims}/salt-kept-back",
        f"{claims}/harbour-closed",
        "entities/salt",
        "sources/tide-post-12",
    ]


def test_stale_language_is_the_one_left_as_it_was(toy: Catalogue, toy_copy: Path) -> None:
    """A translation that did not follow is a reviewer's first question."""
    (change,) = compare(toy, toy_copy, (SALT, "Sea salt.", "Salt of the sea.")).changed
    assert change.texts == (
        TextChange(
            "description",
            LocalizedText(ar="ملح البحر.", en="Sea salt."),
            LocalizedText(ar="ملح البحر.", en="Salt of the sea."),
            "ar",
        ),
    )


def test_vocabulary_and_other_files_are_named(toy: Catalogue, toy_copy: Path) -> None:
    """Their words stand on many pages, so that no record tells of them; which of them changed is told there."""
    difference = compare(
        toy,
        toy_copy,
        ("vocabulary/kinds.yaml", "en: Person}", "en: Human}"),
        ("site.yaml", "Harbour Record", "Record of the Harbour"),
        ("redirects.yaml", "2024-06-01", "2024-06-02"),
    )
    assert not difference.is_empty
    assert squeeze(render_difference(difference, load_words("en"))) == (
        "## What this change does\n"
        "### Vocabulary\n"
        "- `vocabulary/kinds.yaml`\n"
        f"    - `person.label`: ~~Person~~ Human **{STALE}: ar**\n"
        "### Other files\n"
        "- `redirects.yaml`\n"
        "- `site.yaml`\n"
        f"    - `name`: ~~Harbour Record~~ Record of the Harbour **{STALE}: ar**\n"
    )


def test_words_of_records_are_escaped(toy: Catalogue, toy_copy: Path) -> None:
    """A text can't start a link, an image, a tag or a list in the review it is shown in."""
    changes = [
        (SALT, "Sea salt.", "'![x](https://a.example) <b> **c** ~~d~~ `e` @f'"),
        (SALT, "ملح البحر.", "'[ملح](#س)'"),
    ]
    difference = compare(toy, toy_copy, *changes)
    shown = render_difference(difference, load_words("en")).partition("~~ ")[2]
    assert shown.startswith("&#33;&#91;x&#93;&#40;https&#58;//a&#46;example&#41; &#60;b&#62; &#42;&#42;c&#42;&#42;")
    assert not set(shown) & set("*<>[]`~")
    assert "&#91;ملح&#93;&#40;&#35;س&#41;" in render_difference(difference, load_words("ar"))


def test_difference_is_told_in_both_languages(toy: Catalogue, toy_copy: Path) -> None:
    """Each with its own headings and its own half of every text."""
    changes = [(SALT, "Sea salt.", "Salt of the sea."), (SALT, "ملح البحر", "ملح من البحر")]
    difference = compare(toy, toy_copy, *changes)
    arabic, english = (render_difference(difference, load_words(lang)) for lang in LANGS)
    assert "~~ملح البحر&#46;~~ ملح من البحر&#46;" in arabic
    assert "Sea" not in arabic
    assert "What this change does" not in arabic
    assert "ملح" not in english
