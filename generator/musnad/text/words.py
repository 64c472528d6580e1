"""Read text into words that can be compared across spellings and scripts.

``search/worker/analyse.js`` says the same in the reader's browser; the vectors in ``tests/text/vectors.yaml`` are
put to both. Every field of a word is made from its folded letters alone (see ``text/fold.py``).
"""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from musnad.text.fold import ARTICLES, SHORTEST_STEM, bare_forms, fold_words, stem

# Articles that stand alone, as Arabic names are written in Latin letters; and the English one.
ARTICLE_WORDS = frozenset(
    "al el ul il l the as es ash esh ach ech ad ed ud ar er ur an en at et az ez adh edh ath eth"  # noqa: SIM905
    " ehl ehd ehn ehr ehs eht ehz".split()
)
# Words of a question or a text that name nothing; folded. "is" is not among them: it also stands for a group.
FUNCTION_WORDS = frozenset(
    """
    a an the of in on at to for by from with and or about how what who whom whose where when why which many
    much do does did doing done are was were be been being am that this these those there here it its itself
    they them their themselves he she his her him i me my we us our you your as so if than then but not no
    nor onto out off up down over under between among through during before after since until against
    along across around within without upon per via can could will would shall should may might must has
    have had having some any all each every both few several other another such same own more most less
    least very just only also too still even yet according go goes going went come comes came coming get gets got
    getting happen happened happens exist exists say says said saying tell tells told know known let lets
    while because whether ever again away back due like yes please من في الي عن مع و او هل ما ماذا كم كيف
    اين متي لماذا لمن بمن مما عما التي الذي الذين اللذين اللواتي هذا هذه هولا ذلك تلك ان انه انها انهم
    كان كانت كانوا يكون تكون هو هي هم هن انا نحن انت لا لم لن ليس ليست قد لقد ثم حتي لكن بل اذا اذ حيث ايضا
    منذ عند عندهم لدي بين ضد حول خلال بعد قبل تحت فوق دون بدون غير كل بعض اي ايه جميع مثل كما عبر نحو داخل
    خارج امام خلف هناك هنا حين عندما فيه فيها منه منها عنه عنها له لها لهم به بها بهم عليه عليها عليهم
    اليه اليها اليهم معه معها معهم بينهم تم يتم جري يجري ذات نفس نفسه نفسها نفسهم ذاته ذاتها
    اجل بحسب وفق حسب مين شو وين قديش اديش بكم ليش ايمتي امتي
    كيفن شلون اللي يلي هاي هاد هدول هذول عم رح راح مشان عشان منشان بس كمان لسا لسه هون هونيك هنيك مو مش ع
    عال شنو شكد وش ايش منين فين بشو لشو ازاي ليه علشان كده ده دي دا هيك ورا جوا برا تبعون لمين
    حاله حالها حالهم بحاله بحالها بحالهم لحاله لحالها لحالهم بنفسه بنفسها بانفسهم فيي فيني already
    inside outside exactly actually really currently
    """.split()  # noqa: SIM905 (many lines)
)
_ENDINGS = ("ing", "ed")
_LONG_STEM = 4
_ATTACHED_LATIN = re.compile(r"^[ae]l(?=[^aeiouy\W]\w{3})")
_ARABIC = re.compile("[\u0600-\u06ff]")

# Consonants by one letter for each family, vowels and half vowels as a, i, u; x is sh.
_ARABIC_SOUNDS = {
    **dict(zip("بپتطثجچحهخكقدضذرزژظسصشغفڤلمن", "bptttjxhhkkkdddrzzzssxgfflmn", strict=True)),
    **dict(zip("اعويی", "aauii", strict=True)),
}
_LATIN_SOUNDS = {
    "dsch": "j",
    "tsch": "x",
    "tch": "x",
    "sch": "x",
    "tsh": "x",
    "sz": "s",
    "tz": "z",
    "dzh": "j",
    "dj": "j",
    "sh": "x",
    "ch": "x",
    "kh": "k",
    "gh": "g",
    "th": "t",
    "dh": "d",
    "zh": "z",
    "ph": "f",
    "ck": "k",
    "rh": "g",
    "dz": "j",
    "ou": "u",
    "oo": "u",
    "ee": "i",
    **dict(zip("abcdefghijklmnopqrstuvwyz", "abkdefghijklmnupkrstuuuiz", strict=True)),
    "x": "ks",
}
_LATIN = re.compile("|".join(sorted(_LATIN_SOUNDS, key=len, reverse=True)))
# Figures that stand for Arabic letters where people type without an Arabic keyboard: 7oms, dar3a.
_CHAT = str.maketrans({"2": "", "3": "a", "5": "k", "7": "h"})
_CHAT_WORD = re.compile(r"^(?=.*[a-z])[a-z]*[2357][a-z]+[a-z2357]*$|^[a-z]{2,}[2357]$")
# Thousands: 2,000 is one number.
_GROUPED = re.compile(r"(?<=\d)[,٬\u202f](?=\d{3}(?!\d))")
# The article of French and of the Maghreb: L'Ariana.
_ELIDED = re.compile(r"(?<!\w)l['’](?=\w{3})", re.IGNORECASE)
_DOUBLED = re.compile(r"([^0-9])\1+")
_VOWELS = re.compile("[aeiu]+")


class Word(NamedTuple):
    """One word, from its exact letters to what is left of it in every spelling."""

    fold: str
    """Letters in one spelling."""
    bare: str
    """Without its article."""
    stem: str
    """Without article, particles before an article, and ending."""
    sound: str
    """In Latin letters, one for each family of consonants, with its long vowels."""
    skeleton: str
    """Consonants only: the same for a name in both scripts."""


@lru_cache(maxsize=65536)
def read_word(folded: str) -> Word:
    """Return a folded word with its weaker forms."""
    bare = folded
    if (folded.startswith("ال") and len(folded) > SHORTEST_STEM) or _ATTACHED_LATIN.match(folded):
        bare = folded[2:]
    sound = _spell_sound(bare)
    return Word(folded, bare, _light_stem(folded), sound, collapse(_VOWELS.sub("", sound)))


def is_arabic(word: str) -> bool:
    """Whether a word is in Arabic letters."""
    return bool(_ARABIC.search(word))


def collapse(consonants: str) -> str:
    """Return consonants with doubled ones once, and without h at the end, which may be a silent letter."""
    once = _DOUBLED.sub(r"\1", consonants)
    return once[:-1] if once.endswith("h") and once != "h" else once


def _light_stem(word: str) -> str:
    if not is_arabic(word):
        if len(word) > SHORTEST_STEM and word.endswith("s") and not word.endswith("ss"):
            word = word[:-1]
        ending = next((ending for ending in _ENDINGS if word.endswith(ending)), "")
        return word[: -len(ending)] if ending and len(word) - len(ending) >= _LONG_STEM else word
    for prefix in ARTICLES:
        if word.startswith(prefix) and len(word) - len(prefix) >= SHORTEST_STEM:
            return stem(word[len(prefix) :])
    return stem(word)


def _spell_sound(word: str) -> str:
    if is_arabic(word):
        end = "a" if word.endswith("ه") else ""
        letters = word[:-1] if end else word
        spelled = "".join(_ARABIC_SOUNDS.get(letter, letter if letter.isdigit() else "") for letter in letters) + end
    else:
        letters = word.translate(_CHAT) if _CHAT_WORD.match(word) else word
        letters = f"kh{letters[1:]}" if letters.startswith("x") else letters
        spelled = _LATIN.sub(lambda match: _LATIN_SOUNDS[match[0]], letters)
        spelled = "".join(c for c in spelled if c.isascii() and c.isalnum())
    return _DOUBLED.sub(r"\1", spelled)


@dataclass(frozen=True)
class Phrase:
    """The words of a name or a query, without articles that stand alone unless there is nothing else."""

    words: tuple[Word, ...]

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def joined(self) -> str:
        """Letters of all words, folded."""
        return "".join(word.fold for word in self.words)

    @cached_property
    def tails(self) -> tuple[Word, ...]:
        """The words from each on, written as one."""
        return tuple(_join(self.words[start:]) for start in range(len(self.words)))

    @cached_property
    def pairs(self) -> tuple[Word, ...]:
        """Each word written as one with the next."""
        return tuple(_join(self.words[start : start + 2]) for start in range(len(self.words) - 1))

    @cached_property
    def forms(self) -> tuple[tuple[Word, ...], ...]:
        """For each word what it may be without the particles attached to it; the word itself comes first."""
        return tuple((word, *_other_forms(word)) for word in self.words)

    @cached_property
    def length(self) -> int:
        """Number of letters."""
        return sum(len(word.bare) for word in self.words)


@lru_cache(maxsize=65536)
def _other_forms(word: Word) -> tuple[Word, ...]:
    if is_arabic(word.fold):
        return tuple(map(read_word, sorted(bare_forms(word.fold) - {word.fold, word.bare})))
    # A feminine ending is heard before another word only, and written or left out: Khirbat, Khirba.
    return (read_word(word.fold[:-1]),) if len(word.fold) > SHORTEST_STEM and word.fold.endswith("t") else ()


def _join(words: tuple[Word, ...]) -> Word:
    if len(words) == 1:
        return words[0]
    bare = "".join(word.bare for word in words)
    return Word(
        "".join(word.fold for word in words),
        bare,
        bare,
        _DOUBLED.sub(r"\1", "".join(word.sound for word in words)),
        collapse("".join(word.skeleton for word in words)),
    )


def read_query(text: str) -> Phrase:
    """Return the words of a query that name something, or all when none does."""
    phrase = read_phrase(text)
    words = tuple(word for word in phrase.words if word.fold not in FUNCTION_WORDS)
    return Phrase(words) if words else phrase


@lru_cache(maxsize=65536)
def read_phrase(text: str) -> Phrase:
    """Return the words of a text."""
    words = fold_words(_ELIDED.sub("", _GROUPED.sub("", text)))
    return Phrase(tuple(read_word(word) for word in words if word not in ARTICLE_WORDS) or tuple(map(read_word, words)))
