"""Documents are found by their names and words, and by other words for the same in either language."""

import pytest

from musnad.records.vocabulary import Synonyms
from musnad.search.corpus import Corpus, SynonymList
from musnad.search.documents import Document
from musnad.search.settings import HIGHEST_WEIGHT
from musnad.text.languages import LANGS
from musnad.text.words import Phrase, read_phrase

BRINE = Synonyms(ar=("ملح", "الملح", "زهر البحر"), en=("salt", "salts", "rock salt", "brine"))


def make(*names: str, text: str = "", title: str = "Sign", context: str = "") -> Document:
    """Return a document of which only some words matter."""
    shown = [dict.fromkeys(LANGS, value) for value in ("", title, context)]
    return Document("entities/sign/", "entity", shown[0], shown[1], shown[2], names, (text,))


def spell(phrases: tuple[Phrase, ...]) -> list[str]:
    """Return phrases as their folded words."""
    return [" ".join(word.fold for word in phrase.words) for phrase in phrases]


NAMES = {
    "as they are": (("Salt", "ملح"), ["salt", "ملح"]),
    "once however spelled": (("أسود", "اسود", "Al-Mina", "Mina"), ["اسود", "mina"]),
    "in words rather than in one": (("البوكمال", "البو كمال"), ["البو كمال"]),
    "without what has no letters": (("،", "Salt"), ["salt"]),
}


@pytest.mark.parametrize(("names", "read"), NAMES.values(), ids=NAMES)
def test_names_are_read(names: tuple[str, ...], read: list[str]) -> None:
    """What a document is called."""
    ((own, variants),) = Corpus([make(*names)], []).names
    assert (spell(own), variants) == (read, ())


VARIANTS = {
    "of one word": ("Salt", {"rock salt", "brine"}),
    "of one word in Arabic": ("الملح", {"زهر البحر"}),
    "of a word among others": ("سوق الملح", {"سوق زهر البحر"}),
    "of several words": ("سوق زهر البحر", {"سوق ملح", "سوق الملح"}),
    "of nothing that is in the list": ("خبز", set()),
}


@pytest.mark.parametrize(("name", "expected"), VARIANTS.values(), ids=VARIANTS)
def test_names_vary_by_synonyms(name: str, expected: set[str]) -> None:
    """In their own script; a word that differs in its ending alone is the same word."""
    varied = SynonymList([BRINE]).vary(read_phrase(name))
    assert set(spell(tuple(variant for variant, _ in varied))) == expected


def test_a_name_of_its_own_is_no_variant() -> None:
    """It counts in full, not as a synonym."""
    ((own, variants),) = Corpus([make("ملح", "Salt")], [BRINE]).names
    assert spell(own) == ["ملح", "salt"]
    assert not {"ملح", "salt"} & set(spell(variants))
    assert "brine" in spell(variants)


def test_synonyms_lead_to_texts_of_the_other_language() -> None:
    """A text that has one of the words is found by another."""
    postings = Corpus([make(text="Salt from the sea"), make(text="خبز"), make(text="الملح")], [BRINE]).postings
    assert set(postings["ملح"]) == set(postings["salt"]) == set(postings["brine"]) == {0, 2}
    assert set(postings["rock salt"]) == {0, 2}
    assert "rock" not in postings


def test_weights_fall_from_title_to_text() -> None:
    """And are lower in a long text."""
    long = "word " + "other " * 400
    corpus = Corpus([make(title="Word"), make(context="word"), make(text=long)], [])
    weights = [corpus.postings["word"][n] for n in range(3)]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] > weights[1] > weights[2]
    assert all(1 <= weight <= HIGHEST_WEIGHT for found in corpus.postings.values() for weight in found.values())


def test_what_a_word_weighs() -> None:
    """By BM25F, of 20: six in a title, three in a name, two below it, one in a text; a synonym a quarter of that."""
    document = Document("x/", "entity", {"ar": "سلعة", "en": "Good"}, {"ar": "خبز", "en": "Bread"},
                        {"ar": "بحر", "en": "sea"}, names=("Loaf",), text=("sea salt",), notes=("yeast",))  # fmt: skip
    weights = {stem: found[0] for stem, found in Corpus([document], [BRINE]).postings.items()}
    # Seven words: 2 * (0.5 + 0.5 * 7 / 80) is 1.09, so that six make 20 * 6 / 7.09.
    looked_at = ("bread", "خبز", "loaf", "sea", "بحر", "salt", "brine", "good", "yeast")
    assert {stem: weights[stem] for stem in looked_at} == {
        "bread": 17, "خبز": 17, "loaf": 15, "sea": 15, "بحر": 13, "salt": 10, "brine": 4, "good": 6, "yeast": 6,
    }  # fmt: skip


def test_root_of_several_meanings_leads_nowhere() -> None:
    """A word among synonyms leads to all forms of its root, but where the words of another group have that root too."""
    killed, fighter = Synonyms(ar=("مقتل", "قتيل"), en=("killing",)), Synonyms(ar=("مقاتل",), en=("fighter",))
    documents = [make(text="deaths by killing"), make(text="a fighter")]
    assert set(Corpus(documents, [killed]).postings["~قتل"]) == {0}
    both = Corpus(documents, [killed, fighter]).postings
    assert "~قتل" not in both
    assert (set(both["قتيل"]), set(both["مقاتل"])) == ({0}, {1})


def test_function_words_mean_nothing_else() -> None:
    """Though one has the root of a word in the list: آلت is not التي."""
    postings = Corpus(
        [make(text="المدن التي كانت"), make(text="آلت إليهم")], [Synonyms(ar=("آلت",), en=("fell to",))]
    ).postings
    assert set(postings["fell to"]) == {1}


def test_particles_are_detached_where_the_word_stands_by_itself() -> None:
    """wa-milh is found by milh when milh is a word of the record; a word that only looks so is left alone."""
    postings = Corpus([make(text="وملح"), make(text="ملح"), make(text="ولد")], []).postings
    assert set(postings["ملح"]) == {0, 1}
    assert set(postings["وملح"]) == {0}
    assert set(postings["ولد"]) == {2}
    assert "لد" not in postings


def test_words_that_name_nothing_are_no_way_in() -> None:
    """In texts; a name may be made of them."""
    postings = Corpus([make(text="what is in the salt من البحر"), make("What and who")], []).postings
    assert set(postings["salt"]) == {0}
    assert 0 not in postings.get("what", {}) | postings.get("من", {}) | postings.get("in", {})
    assert set(postings["what"]) == {1}


def test_kinds_and_names_are_words_too() -> None:
    """A document is found by its kind with what else it has."""
    document = Document("x/", "entity", {"ar": "سلعة", "en": "Good"}, {"ar": "ملح", "en": "Salt"},
                        {"ar": "", "en": ""}, names=("Brine",))  # fmt: skip
    postings = Corpus([document], []).postings
    assert all(0 in postings[stem] for stem in ("good", "سلع", "ملح", "salt", "brine"))
