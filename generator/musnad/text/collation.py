"""Keys that sort names as the index of a book would, in Arabic and in English.

The article at the start of a name does not count, nor do marks, hamza seats and capitals, unless two
names are equal without them. Arabic letters stand in Unicode in the order of the alphabet.
"""

import re
import unicodedata

from musnad.text.bidi import strip_marks
from musnad.text.languages import Lang

_SEATS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ي", "ى": "ي", "ة": "ه", "گ": "ك", "پ": "ب"}
)
_ARTICLES = {
    "ar": re.compile(r"^ال(?=\w{2})"),
    "en": re.compile(r"^(?:the|an?)\s+|^a[dlnrstz]h?[-\s](?=\w)|^e[lzs][-\s](?=\w)", re.IGNORECASE),
}
_HAMZAS = ("أ", "إ", "آ")
_IGNORED = re.compile(r"[^\w\s]")


def sort_key(text: str, lang: Lang) -> tuple[str, str]:
    """Return a key for sorting texts of one language; ties keep the written form."""
    composed = unicodedata.normalize("NFC", text).strip()
    folded = strip_marks(composed.translate(_SEATS)).translate(_SEATS).casefold()
    # The article bears no hamza: ألمانيا and إلياس begin with letters of their own.
    without = folded if composed.startswith(_HAMZAS) else _ARTICLES[lang].sub("", folded, count=1)
    bare = _IGNORED.sub("", without)
    return bare, text


def initial(text: str, lang: Lang) -> str:
    """Return the letter a text is filed under, or ``#`` for anything that is not a letter."""
    first = sort_key(text, lang)[0][:1]
    return first.upper() if first.isalpha() else "#"
