"""Fold Arabic and Latin text so that spellings of one word meet; strip what is attached to Arabic words.

The order of the steps matters: letters are mapped before marks are dropped, or آ would lose its madda
and hamza seats their letters.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_DROPPED = re.compile("[\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c\ufeff]")
_LETTERS = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        # Persian, Urdu, Kurdish, Pashto and Uyghur have letters of their own; Kurdish writes short vowels.
        **dict.fromkeys("ىئیێېےۓۍ", "ي"),
        **dict.fromkeys("ؤۆۇۈۋ", "و"),
        **dict.fromkeys("ةہھۀۂۃ", "ه"),
        "ە": "ا",
        **dict.fromkeys("گکګڭ", "ك"),
        **dict(zip("ڕړڑڵںڼٹټډڈښ", "رررلننتتددش", strict=True)),
        # Latin letters whose mark makes another consonant of them.
        **dict.fromkeys("šŝ", "sh"),
        "ž": "zh",
        "č": "ch",
        "ǧ": "j",
        "ḏ": "dh",
        "ṯ": "th",
        **dict.fromkeys("ğġḡɣ", "gh"),
        **dict.fromkeys("ḫḵ", "kh"),
        **dict(zip("əıħłđøɛ", "eihldoa", strict=True)),
        **{digit: str(value) for row in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for value, digit in enumerate(row)},
    }
)


class _Unmarked(dict[int, int | None]):
    """What becomes of each character when marks are dropped, found out when it is first met."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.category(chr(code)) == "Mn" else code
        return self[code]


_UNMARKED = _Unmarked()
_AFTER = str.maketrans(dict.fromkeys("ء'‘’‛ʼʻʽʿʾ`´′"))
_TOKEN = re.compile(r"\w+")
# Marks that are no part of a word to Python, though they are to whoever reads it.
_WRITTEN = re.compile(
    "[\\w'‘’‛ʼʻʽʿʾ`´′\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c\ufeff]+"
)
# Particles written onto the next word, before an article that may follow.
_ATTACHED = re.compile(r"^[وف]?[بلك]?(?=\w{3})")
ARTICLES = ("وال", "فال", "بال", "كال", "لل", "ال")
_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
SHORTEST_STEM = 3


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return the text in one spelling: lower case, no marks, one letter for each family."""
    if text.isascii():
        # There is nothing to compose or to take apart.
        return text.lower().translate(_AFTER)
    text = _DROPPED.sub("", unicodedata.normalize("NFKC", text).lower()).translate(_LETTERS)
    bare = unicodedata.normalize("NFD", text).translate(_UNMARKED)
    return unicodedata.normalize("NFC", bare).translate(_AFTER)


def list_folds() -> Iterator[tuple[str, str]]:
    """Yield signs of Arabic with what stands in their place, for what can only replace one after another.

    That does what ``fold`` does, but for capitals, Latin marks and forms of presentation.
    """
    signs = [chr(code) for code in range(0x0600, 0x0700)] + [chr(code) for code in range(0x2000, 0x2070)]
    yield from ((sign, "") for sign in (*signs, "\ufeff") if _DROPPED.match(sign))
    yield from ((chr(code), letter) for code, letter in _LETTERS.items() if isinstance(letter, str))
    yield from ((sign, "") for sign in signs if unicodedata.category(sign) == "Mn")
    yield from ((chr(code), "") for code in _AFTER)


def fold_words(text: str) -> list[str]:
    """Return the folded words of a text."""
    return _TOKEN.findall(fold(text))


def split_words(text: str) -> list[str]:
    """Return the words of a text as they are written, with their marks."""
    return [word for word in _WRITTEN.findall(text) if _TOKEN.search(fold(word))]


@lru_cache(maxsize=65536)
def bare_forms(word: str) -> frozenset[str]:
    """Return every form a folded word may have without particles and article, itself included."""
    forms = {word}
    for article in ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= SHORTEST_STEM - 1:
            forms.add(word[len(article) :])
    match = _ATTACHED.match(word)
    if match and match.end():
        for rest in (word[1:], word[match.end() :]):
            forms |= {rest} | {rest[len(article) :] for article in ARTICLES if rest.startswith(article)}
    return frozenset(form for form in forms if len(form) >= SHORTEST_STEM - 1)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return a folded bare word without its ending, keeping at least three letters."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= SHORTEST_STEM:
            return word[: -len(suffix)]
    return word


def stems(word: str) -> Iterator[str]:
    """Yield the stem of every bare form of a folded word."""
    for form in bare_forms(word):
        yield stem(form)
