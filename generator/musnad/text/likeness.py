"""Compare words and names: a number from 0 (nothing in common) to 1 (the same).

``search/worker/match.js`` says the same in the reader's browser. In falling order: the same letters, the same stem, the
same consonants, consonants that some habit of writing takes for others (q for g, j for y), a few edits; names are as
near as their words are, and as far as these cover each other.
"""

import math
import re
from functools import lru_cache

from musnad.text.words import Phrase, Word, is_arabic

EXACT, BARE, STEM, SKELETON, PREFIX, FUZZY, FAMILY, FAR = 1.0, 0.98, 0.94, 0.7, 0.66, 0.55, 0.55, 0.45
"""Marks of each kind of likeness; the last five are where a range begins."""
LEAST = 0.45
"""A word that is less like another than this is not it."""
LEAST_JOINED = 0.755
"""Words written as one must be nearer: two mistakes make one long word of another."""
ATTACHED_FACTOR = 0.97
"""Factor where particles had to be taken off."""
_WEAK = re.compile("[اويع]|ه$")
_FINAL_H = re.compile("(?<=[aeiu])h$")
# What one spelling writes for another: pairs of sounds, and what it costs to take one for the other.
ALIKE = {
    0.1: "ea ei",
    0.2: "bp ji",
    0.3: "ai au iu eu",
    0.4: "kg kh kj gj td ts dz sz sx jz jx",
    0.5: "mn fu",
    0.6: "kx",
}
_CHANGES = {frozenset(pair): cost for cost, pairs in ALIKE.items() for pair in pairs.split()}
# What it costs to leave a consonant out that is a vowel to some (j), or that some do not hear.
SILENT = {"j": 0.5, "h": 0.5}
VOWEL, LATIN_VOWEL = 0.3, 0.25
"""A vowel left out; one of Latin letters beside Arabic ones, which leave out the short ones."""


def compare_words(query: Word, word: Word, *, is_last: bool = False) -> float:
    """Return how near a word of a query is to another; the last one may still be being typed."""
    if query.fold == word.fold:
        return EXACT
    if query.bare == word.bare:
        return BARE
    if query.stem == word.stem and is_arabic(query.fold) == is_arabic(word.fold):
        return STEM
    best = 0.0
    if query.skeleton and query.skeleton == word.skeleton:
        away = _sound_away(query, word)
        # One consonant alone says little; Arabic letters that sound alike in Latin are still different letters.
        if len(query.skeleton) > 1 or away < 0.2:
            is_same = not (is_arabic(query.fold) and is_arabic(word.fold)) or _consonants(query) == _consonants(word)
            best = (SKELETON if is_same else FUZZY) + 0.2 * (1 - min(2.0, 3 * away))
    if is_last:
        best = max(best, _compare_prefix(query, word))
    return max(best, _compare_fuzzy(query, word)) if best < STEM - 0.1 else best


def _consonants(word: Word) -> str:
    return _WEAK.sub("", word.bare)


def _compare_prefix(query: Word, word: Word) -> float:
    if word.bare.startswith(query.bare):
        return PREFIX + 0.27 * len(query.bare) / len(word.bare)
    if word.fold.startswith(query.fold):
        return PREFIX + 0.27 * len(query.fold) / len(word.fold)
    if len(query.skeleton) > 1 and word.skeleton.startswith(query.skeleton):
        return FUZZY + 0.2 * len(query.skeleton) / len(word.skeleton)
    return 0.0


def _compare_fuzzy(query: Word, word: Word) -> float:
    if is_arabic(query.fold) == is_arabic(word.fold):
        allowed = _allowed_edits(query.bare)
        edits = count_edits(query.bare, word.bare, allowed)
        if edits <= allowed:
            return FUZZY + 0.25 * (1 - edits / len(query.bare))
    away = measure_consonants(query.skeleton, word.skeleton)
    if away in (0, math.inf):
        return 0.0
    near = 1 - 3 * _sound_away(query, word)
    # Families are of those who write in Latin letters.
    is_family = away < 1 and not (is_arabic(query.fold) and is_arabic(word.fold))
    least = 0.0 if away == 1 else 0.3 if min(len(query.skeleton), len(word.skeleton)) > 2 else 0.55
    return (FAMILY if is_family else FAR) + 0.25 * near if near > least else 0.0


@lru_cache(maxsize=65536)
def measure_consonants(a: str, b: str) -> float:
    """Return how far consonants are apart: 1 for a mistake, less for what is taken for others; infinite if further."""
    shortest = min(len(a), len(b))
    if shortest < 2 or abs(len(a) - len(b)) > 1 or any(map(str.isdigit, a + b)):
        return math.inf
    return _sound_distance(a, b, 1, 1, limit=1 if shortest > 2 else 0.5)


def _allowed_edits(word: str) -> int:
    # Another figure is another number.
    length = 0 if any(letter.isdigit() for letter in word) else len(word)
    return 0 if length < 4 else 1 if length < 8 else 2


def count_edits(a: str, b: str, limit: int) -> int:
    """Return how many letters were dropped, added, changed or swapped with the next; above limit is limit + 1."""
    if abs(len(a) - len(b)) > limit or limit == 0:
        return 0 if a == b else limit + 1
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return min(last[-1], limit + 1)


def _sound_away(a: Word, b: Word) -> float:
    """Return how far two words sound from each other, from 0 to 1; h at the end is no sound."""
    one, other = _FINAL_H.sub("", a.sound), _FINAL_H.sub("", b.sound)
    is_a, is_b = is_arabic(a.fold), is_arabic(b.fold)
    vowels = (LATIN_VOWEL if is_b and not is_a else VOWEL, LATIN_VOWEL if is_a and not is_b else VOWEL)
    return _sound_distance(one, other, *vowels) / max(len(one), len(other))


def _sound_distance(a: str, b: str, vowel_a: float, vowel_b: float, limit: float = math.inf) -> float:
    """Return what it costs to make one row of sounds of another, given the cost of a vowel of each.

    Above the limit that is infinite.
    """
    drops = [_drop_cost(y, vowel_b) for y in b]
    last = [0.0]
    for drop in drops:
        last.append(last[-1] + drop)
    for x in a:
        drop_x = _drop_cost(x, vowel_a)
        row = [last[0] + drop_x]
        for j, y in enumerate(b, 1):
            change = 0.0 if x == y else _CHANGES.get(frozenset((x, y)), 1.0)
            row.append(min(last[j] + drop_x, row[j - 1] + drops[j - 1], last[j - 1] + change))
        if min(row) > limit:
            return math.inf
        last = row
    return last[-1] if last[-1] <= limit else math.inf


def _drop_cost(letter: str, vowel: float) -> float:
    return vowel if letter in "aeiu" else SILENT.get(letter, 1.0)


def compare_phrases(query: Phrase, name: Phrase) -> float:
    """Return how near a query is to a name: word by word in any order, or both written as one word."""
    if not query.words or not name.words:
        return 0.0
    best = _align(query, name)
    joined = query.tails[0]
    for start, tail in enumerate(name.tails):
        if len(query.words) + len(name.words) == 2:
            break
        likeness = compare_words(joined, tail, is_last=True)
        if likeness >= LEAST_JOINED:
            cover = 1.0 if start == 0 else len(tail.bare) / name.length
            best = max(best, likeness * 0.99 * _weigh(cover))
    return best


def _weigh(cover: float) -> float:
    return 0.75 + 0.25 * cover


def _align(query: Phrase, name: Phrase) -> float:
    free = set(range(len(name.words)))
    likeness_sum = letters = understood = matched = 0.0
    last = len(query.words) - 1
    for i, forms in enumerate(query.forms):
        best, taken = 0.0, tuple[int, ...]()
        for rank, form in enumerate(forms):
            factor = ATTACHED_FACTOR if rank else 1.0
            for j in sorted(free):
                likeness = factor * compare_words(form, name.words[j], is_last=i == last)
                if likeness > best:
                    best, taken = likeness, (j,)
            for j, pair in enumerate(name.pairs):
                if j in free and j + 1 in free:
                    likeness = factor * compare_words(form, pair)
                    if likeness > best:
                        best, taken = likeness, (j, j + 1)
        weight = len(forms[0].bare)
        letters += weight
        if best >= LEAST:
            likeness_sum += weight * best
            understood += weight
            matched += sum(len(name.words[j].bare) for j in taken)
            free.difference_update(taken)
    # A word too many in the query says more than one too many in the name.
    return likeness_sum / letters * math.sqrt(understood / letters) * _weigh(matched / name.length)
