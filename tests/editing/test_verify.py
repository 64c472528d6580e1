"""Records against local copies of their articles: what changed is told where the record says otherwise."""

import shutil
from pathlib import Path

import pytest

from musnad.editing.verify import Verified, verify_records
from musnad.records.load import load_entries
from tests.conftest import PROJECT, TESTS, TOY

ARTICLES = TESTS / "toy" / "articles"
REAL_ARTICLES = PROJECT / ".." / "shared" / "articles"
TIDE, QUAY = "tide-post-12", "quay-news-7"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Return a folder with a copy of the toy articles, to be changed."""
    return Path(shutil.copytree(ARTICLES, tmp_path / "articles"))


def change(path: Path, *changes: tuple[str, str]) -> None:
    """Change words of a file that stand there once."""
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def verify(articles: Path, entries: Path = TOY) -> Verified:
    """Compare records with articles."""
    return verify_records(load_entries(entries), articles)


def lines(found: Verified) -> list[str]:
    """Return the problems as they are printed."""
    return [str(problem) for problem in found.problems]


def test_toy_record_is_verified() -> None:
    """Every source was compared and nothing is told, so that what follows shows its own mistakes alone."""
    found = verify(ARTICLES)
    assert (found.problems, found.compared, found.missing, found.unreadable) == ((), (QUAY, TIDE), (), ())


def test_party_that_only_other_sentences_name_is_warned_of() -> None:
    """At the field; not when the article names it nowhere."""
    told = [str(warning) for warning in verify(ARTICLES).warnings]
    assert [line.partition(": unnamed-party: the sentence does not name ")[::2] for line in told] == [
        (f"entries/claims/{place}", f"{id_}: leave it out, add the sentence that does, or list it as inferred")
        for place, id_ in (
            ("quay-news-7/no-salt-kept-back.yaml:7:9", "bakers-guild"),
            ("quay-news-7/quillfeather-deal.yaml:7:9", "dockers"),
            ("tide-post-12/guild-sells-bread.yaml:9:27", "rye-bread"),
            ("tide-post-12/harbour-closed.yaml:5:10", "old-harbour"),
            ("tide-post-12/lamp-broken.yaml:5:10", "old-harbour"),
        )
    ]


def test_inferred_party_is_not_warned_of(toy_copy: Path) -> None:
    """The record says already that the sentence does not name it."""
    with (toy_copy / "claims/tide-post-12/harbour-closed.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "inferred: [{entity: old-harbour, reason: {ar: سمّته الجملة الأولى., en: The first sentence names it.}}]\n"
        )
    warned = [warning.file for warning in verify(ARTICLES, toy_copy).warnings]
    assert "entries/claims/tide-post-12/harbour-closed.yaml" not in warned


def test_byte_order_mark_blank_lines_and_spaces_are_no_change(articles: Path) -> None:
    """How an editor saved the copy is nothing to report."""
    path = articles / f"{TIDE}.txt"
    text = path.read_text(encoding="utf-8").replace("\n\n", " \n\n\n").replace("loaves go", "loaves  go")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert lines(verify(articles)) == []


ARTICLE_CHANGES = {
    "changed sentence": (
        [("Is the lamp broken?", "Is the lamp mended?")],
        """\
claims/tide-post-12/lamp-broken.yaml:12:63: moved-sentence: the sentence has changed, or is gone
sources/tide-post-12.yaml:16:13: changed-article: the text of this paragraph has changed
sources/tide-post-12.yaml:20:17: changed-article: the sentence has changed, or is gone
""",
    ),
    "sentence told by its first and last words": (
        [("Harbour costs some ninety", "Harbour now costs some ninety")],
        """\
claims/tide-post-12/rye-bread-price.yaml:24:63: moved-sentence: the sentence has changed; \
it may now be paragraph 1, sentence 1
sources/tide-post-12.yaml:12:13: changed-article: the text of this paragraph has changed
sources/tide-post-12.yaml:14:17: changed-article: the sentence has changed, or is gone
""",
    ),
    "moved sentence": (
        [("The harbour was closed on 3 March 2024! ", ""), ("fine.", "fine. The harbour was closed on 3 March 2024!")],
        """\
claims/tide-post-12/harbour-closed.yaml:12:63: moved-sentence: the sentence has changed; \
it may now be paragraph 3, sentence 2
claims/tide-post-12/lamp-broken.yaml:12:63: moved-sentence: the sentence has changed; \
it may now be paragraph 2, sentence 2
sources/tide-post-12.yaml:16:13: changed-article: the text of this paragraph has changed
sources/tide-post-12.yaml:18:7: changed-article: the record has 3 sentences in this paragraph, the article 2
sources/tide-post-12.yaml:19:17: changed-article: the sentence has changed; it may now be paragraph 3, sentence 2
sources/tide-post-12.yaml:20:17: changed-article: the sentence has changed; it may now be paragraph 2, sentence 2
sources/tide-post-12.yaml:21:13: changed-article: the text of this paragraph has changed
sources/tide-post-12.yaml:23:7: changed-article: the record has 1 sentences in this paragraph, the article 2
""",
    ),
    "removed paragraph": (
        [("\n\nThe weather was fine.", "")],
        """\
sources/tide-post-12.yaml:12:3: changed-article: the record has 3 paragraphs, the article 2
sources/tide-post-12.yaml:21:5: changed-article: the article no longer has this paragraph
""",
    ),
    "added paragraph": (
        [("fine.", "fine.\n\nMore tomorrow.")],
        "sources/tide-post-12.yaml:12:3: changed-article: the record has 3 paragraphs, the article 4\n",
    ),
    "sentence that stands twice has no one place": (
        [
            ("The harbour was closed on 3 March 2024! ", ""),
            ("fine.", "fine.\nThe harbour was closed on 3 March 2024!\nThe harbour was closed on 3 March 2024!"),
        ],
        """\
claims/tide-post-12/harbour-closed.yaml:12:63: moved-sentence: the sentence has changed, or is gone
claims/tide-post-12/lamp-broken.yaml:12:63: moved-sentence: the sentence has changed; \
it may now be paragraph 2, sentence 2
sources/tide-post-12.yaml:12:3: changed-article: the record has 3 paragraphs, the article 5
sources/tide-post-12.yaml:16:13: changed-article: the text of this paragraph has changed
sources/tide-post-12.yaml:18:7: changed-article: the record has 3 sentences in this paragraph, the article 2
sources/tide-post-12.yaml:19:17: changed-article: the sentence has changed, or is gone
sources/tide-post-12.yaml:20:17: changed-article: the sentence has changed; it may now be paragraph 2, sentence 2
""",
    ),
}


@pytest.mark.parametrize(("changes", "expected"), ARTICLE_CHANGES.values(), ids=ARTICLE_CHANGES)
def test_changed_article_is_told_exactly(changes: list[tuple[str, str]], expected: str, articles: Path) -> None:
    """At the digest that no longer fits, with the place where the sentence may now stand."""
    change(articles / f"{TIDE}.txt", *changes)
    assert lines(verify(articles)) == [f"entries/{line}" for line in expected.splitlines()]


TWICE = "unclear-mark: these words stand 8 times in the article: add words here, or those before them as before"
RECORD_CHANGES = {
    "starts": (
        "claims/tide-post-12/rye-bread-price.yaml",
        ("starts: A sack of", "starts: The sack of"),
        ["24:144: wrong-mark: these words do not stand in the sentence: The sack of"],
    ),
    "ends": (
        "claims/tide-post-12/rye-bread-price.yaml",
        ("ends: correspondent says", "ends: correspondent said"),
        ["24:161: wrong-mark: these words do not stand in the sentence: correspondent said"],
    ),
    "first words that stand twice": (
        "claims/tide-post-12/rye-bread-price.yaml",
        ("starts: A sack of", "starts: the"),
        [f"24:144: {TWICE}"],
    ),
    "half a word": (
        "claims/tide-post-12/rye-bread-price.yaml",
        ("starts: A sack of", "starts: ack of"),
        ["24:144: unclear-mark: a browser finds whole words only: mark them from first letter to last"],
    ),
    "last words before the first": (
        "claims/tide-post-12/rye-bread-price.yaml",
        ("starts: A sack of, ends: correspondent says", "starts: ninety crowns, ends: A sack"),
        ["24:165: unclear-mark: after the first words, a browser does not find these in the sentence"],
    ),
    "overlap that is none": (
        "claims/tide-post-12/rye-bread-price.yaml",
        (
            "starts: A sack of, ends: correspondent says",
            "starts: A sack of rye bread near the, ends: near the Old Harbour costs",
        ),
        [],
    ),
    "words that do not stand before": (
        "claims/tide-post-12/rye-bread-price.yaml",
        ("starts: A sack of", "before: dockers, starts: rye bread"),
        ["24:144: unclear-mark: these words do not stand right before the passage"],
    ),
    "wording of a quantity": (
        "claims/tide-post-12/rye-bread-price.yaml",
        ("wording: some ninety", "wording: up to ninety"),
        ["17:14: wrong-mark: these words do not stand in the sentence: up to ninety"],
    ),
    "wording of a time": (
        "claims/tide-post-12/rye-bread-price.yaml",
        ("wording: this spring", "wording: last spring"),
        ["21:12: wrong-mark: these words do not stand in the sentence: last spring"],
    ),
    "locator of another sentence": (
        "claims/tide-post-12/harbour-closed.yaml",
        ("sentence: 2", "sentence: 3"),
        ["12:63: moved-sentence: the sentence has changed; it may now be paragraph 2, sentence 2"],
    ),
    "locator beyond the article": (
        "claims/tide-post-12/harbour-closed.yaml",
        ("paragraph: 2", "paragraph: 9"),
        ["12:63: moved-sentence: the sentence has changed; it may now be paragraph 2, sentence 2"],
    ),
    "seven words in a row": (
        "claims/tide-post-12/lamp-broken.yaml",
        ("the lamp of the Old Harbour is broken", "Bakers get no salt — Mira Holt keeps most"),
        ["4:7: copied-words: 7 words in a row stand in tide-post-12 too: say it in our own words"],
    ),
    "seven words, another article": (
        "claims/tide-post-12/lamp-broken.yaml",
        ("فانوس الميناء القديم معطّل", "نفت النقابة أن يكون أحد قد حجب"),
        ["3:7: copied-words: 7 words in a row stand in quay-news-7 too: say it in our own words"],
    ),
    "seven words with other marks": (
        "entities/good/salt.yaml",
        ("ملح البحر", "نَفَتِ النقـــابة أَنْ يكونَ أحدٌ، قد حَجَبَ"),
        ["5:7: copied-words: 7 words in a row stand in quay-news-7 too: say it in our own words"],
    ),
    "six words in a row": (
        "entities/good/salt.yaml",
        ("ملح البحر", "نفت النقابة أن يكون أحد قد"),
        [],
    ),
    "hedge with other marks": (
        "claims/quay-news-7/dockers-buy-bread.yaml",
        ("locators:", "time: {basis: stated, phrase: {ar: قديمًا, en: long ago}, wording: مُنْذُ سِنين}\nlocators:"),
        [],
    ),
}


@pytest.mark.parametrize(("file", "words", "expected"), RECORD_CHANGES.values(), ids=RECORD_CHANGES)
def test_wrong_words_of_a_record_are_told_exactly(
    file: str, words: tuple[str, str], expected: list[str], toy_copy: Path
) -> None:
    """Marks and hedges must stand in the sentence; seven words in a row must not, whatever marks they carry."""
    change(toy_copy / file, words)
    assert lines(verify(ARTICLES, toy_copy)) == [f"entries/{file}:{line}" for line in expected]


def test_missing_copy_is_named_and_no_problem(articles: Path) -> None:
    """Whoever has one article can verify that one."""
    (articles / f"{QUAY}.txt").unlink()
    found = verify(articles)
    assert (found.problems, found.compared, found.missing, found.unreadable) == ((), (TIDE,), (QUAY,), ())


def test_copy_in_another_encoding_is_told_where_it_goes_wrong(articles: Path) -> None:
    """Line and column of the first byte that is no UTF-8, and the other article is compared."""
    path = articles / f"{QUAY}.txt"
    path.write_bytes("ملح\nخبز caf".encode() + b"\xe9\n")
    found = verify(articles)
    assert lines(found) == [f"{path.as_posix()}:2:8: encoding: the file is not UTF-8 text; save it as UTF-8"]
    assert (found.compared, found.missing, found.unreadable) == ((TIDE,), (), (QUAY,))


def test_record_that_cannot_be_read_is_not_passed_over(toy_copy: Path) -> None:
    """A claim that was not compared is no verified claim."""
    (toy_copy / "claims/tide-post-12/lamp-broken.yaml").write_text("title: [\n", encoding="utf-8")
    found = verify(ARTICLES, toy_copy)
    assert [(problem.file, problem.rule) for problem in found.problems] == [
        ("entries/claims/tide-post-12/lamp-broken.yaml", "yaml-syntax")
    ]


@pytest.mark.skipif(not REAL_ARTICLES.is_dir(), reason="the articles are other people's texts and stay outside")
def test_real_record_is_verified() -> None:
    """Digests, marks and hedges fit both articles, and none of their wording is ours."""
    found = verify(REAL_ARTICLES, PROJECT / "entries")
    assert lines(found) == []
    assert (found.missing, found.unreadable) == ((), ())
    assert len(found.compared) == 2
