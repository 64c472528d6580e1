"""What is left of a word without its inflection: one form for laid and laying, for زرعت and مزروعة.

``search/worker/roots.js`` says the same in the reader's browser; ``tests/text/roots.yaml`` is put to both. It is
rough, as a light stemmer is: words that share a root count for less than the same word.
"""

import re
from functools import lru_cache

from musnad.text.words import is_arabic

LEAST_LETTERS = 3
_ARTICLES = re.compile("^[وف]?(?:عال|هال|بال|كال|لل|ال)(?=.{3})")
# The shortest stem, and so the longest ending.
_OBJECTS = re.compile("^(.{3,}?)(?:هما|ها|هم|هن|كم|نا)$")
_ENDINGS = re.compile("^(.{3,}?)(?:تين|تان|يات|وا|ون|ين|ان|ات|يه|يا|ه|ي|ت|ا)$")
_TENSES = re.compile("^(?:مست|است|يست|تست|سي|بي|بت|ي)(?=.{3})")
_PATTERNS = re.compile("^[متنا](?=.{3})")
_LONG = re.compile("^(.+)[اوي](?=.)")
_PLURALS = (
    (re.compile("^(..+)ies$"), r"\1y"),
    (re.compile("^(.*(?:ss|sh|ch|x))es$"), r"\1"),
    (re.compile("^(..+[^siu])s$"), r"\1"),
)
_DERIVED = re.compile(
    "^(.{4,}?)(?:ization|isation|ations?|ition|ments?|ness|ings?|edly|ed|ers?|ors?|ion|able|ible|ive|al|ly|ity|ance|ence)$"
)
_INFLECTED = re.compile("^(.*[aeiouy]..?)(?:ing|ed)$")
_DOUBLE = re.compile(r"([^aeiou0-9])\1$")


@lru_cache(maxsize=65536)
def find_root(word: str) -> str:
    """Return the root of a folded word, or what comes nearest to it; at least three letters where it has them."""
    return _find_arabic(word) if is_arabic(word) else _find_latin(word)


def _find_arabic(word: str) -> str:
    word = _ARTICLES.sub("", word)
    word = _ENDINGS.sub(r"\1", _OBJECTS.sub(r"\1", word))
    word = _TENSES.sub("", word)
    # A long vowel within four letters is the word's pattern (تاجر, تجار), of five the first letter may be too (مقاتل).
    if len(word) == LEAST_LETTERS + 1:
        at = next((n for n in (1, 2) if word[n] == "ا"), 0)
        word = word[:at] + word[at + 1 :] if at else _PATTERNS.sub("", word)
    elif len(word) > LEAST_LETTERS + 1:
        word = _PATTERNS.sub("", word)
    while len(word) > LEAST_LETTERS and _LONG.match(word):
        word = _LONG.sub(r"\1", word)
    return word


def _find_latin(word: str) -> str:
    if any(map(str.isdigit, word)) or len(word) <= LEAST_LETTERS:
        return word
    for plural, singular in _PLURALS:
        shorter = plural.sub(singular, word)
        if shorter != word:
            word = shorter
            break
    shorter = _DERIVED.sub(r"\1", word)
    word = _INFLECTED.sub(r"\1", word) if shorter == word else shorter
    word = _DOUBLE.sub(r"\1", word)
    if len(word) > LEAST_LETTERS and word.endswith("e"):
        word = word[:-1]
    return f"{word[:-1]}i" if word.endswith("y") else word
