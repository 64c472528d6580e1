"""Numbers and words that the search goes by, in Python and in the reader's browser.

All that has a name in capitals is written into the worker (``index.py``).
"""

HIGHEST_WEIGHT = 20
"""Of a word in a document."""
NAME_SHELVES, GUESSED_SHELVES = 6, 3
SURE = 0.72
"""A name this near needs no search for mistakes."""
SYNONYM = 0.9
"""Factor of a name that a synonym stands in."""
MOST_TEXTS = 24
GROUP_LIMITS = (8, 8, 4, 5)
SAME = 0.91
"""The same word, with another ending or a particle."""
LIKE = 0.53
"""A word less like another is not it."""
HEARD = 0.86
"""A short word must sound the same."""
LONG_ENOUGH = 8
"""Letters of a word, and its first three consonants once more, whose likeness says something."""
ALONE = 0.7
"""A name that is all there is to a query may be as little like it, though its words are short."""
WHOLE = 0.84
"""With a synonym a name must be met in full."""
ROOT, BEGUN = 0.8, 0.8
COVERED = 0.36
"""A text with less of what was asked says nothing about it."""
STEERED = 0.04
"""Of the rarity of what a question word asks for."""
UNKNOWN = 0.6
"""Of the rarity of a word that one document has."""
FEWEST = 3
"""A word in fewer documents says no more than one in as many."""
ASIDE = 0.9
"""A question is answered by a claim rather than by what is none."""
TEXT = 0.72
"""A text that has every word stands below a name that has them."""
LIGHTEST = 0.5
"""Of the weight of a word that a text has in passing."""
CERTAIN, BESIDE_CERTAIN, BESIDE = 0.9, 0.6, 0.9
"""What is worth showing: beside a certain result all from a score on, beside others what is nearly as good."""
AS_NEAR = 0.02
"""Words of texts that are this much less like what was asked than the nearest are meant too."""
NAMED = 0.8
"""Value of a word that only a name has."""
JOINED_NAME = 0.95
"""A name that is this near when written as one word is the one."""
NEAR_NAME = 0.4
"""A name less like the query is not looked at."""

QUESTIONS = {
    "?money": ("how much", "what price", "بكم", "بقديش", "قديش", "اديش", "شكد", "بشقد", "شقد"),
    "?number": ("how many", "how big", "how large", "how far", "number of", "كم", "كام", "عدد"),
    "?place": (
        *("where", "which province", "which provinces", "which town", "which towns", "which city", "which cities"),
        *("which area", "which areas", "which region", "اين", "وين", "لوين", "فين", "اي محافظه", "اي محافظات"),
        *("اي منطقه", "اي مناطق", "اي مدينه", "اي مدن", "باي منطقه"),
    ),
    "?time": (
        *("when", "how long", "since when", "what year", "which year", "متي", "ايمتي", "ايمتا", "امتي", "امتا"),
        *("كم سنه", "كم عام", "كم شهر", "اي سنه", "اي عام"),
    ),
    "?voice": (
        *("who says", "who said", "who claims", "who claimed", "who * told", "according to whom", "what * say"),
        *("what * said", "allege", "alleged", "alleges", "testimony", "testified", "confession", "confessions"),
        *("من قال", "من يقول", "مين قال", "مين حكي", "ماذا قال", "ماذا قالت", "ماذا يقول", "شو قال", "شو قالت"),
        *("شو حكي", "شو حكت", "شهاده", "اعتراف", "اعترافات", "روايه"),
    ),
    "?party": (
        *("who", "whom", "by whom", "to whom", "مين", "لمين", "لمن", "من هو", "من هي", "من هم", "من الذي", "من التي"),
        *("من الذين", "اي جهه", "الجهه التي", "اي طرف", "اي ميليشيا", "which militia"),
        *("which militias", "which group", "which groups", "which side"),
    ),
    "origin": (*("come from", "comes from", "came from", "from where", "where * from", "من اين", "من وين", "منين"),),
    "retreat": (
        *("where * go", "where * went", "where * head", "where * headed", "where * move", "where * moved"),
        *("وين راح", "وين راحت", "وين راحوا", "اين ذهب", "اين ذهبت", "اين ذهبوا", "اين توجه", "اين توجهت"),
    ),
    "content": (
        *("what * inside", "what * in it", "what * in them", "ماذا * داخل", "ماذا * في داخل", "شو * داخل", "شو * جوا"),
        *("ماذا داخل", "شو داخل", "شو جوا"),
    ),
    "belong": ("whose", "لمن", "لمين"),
    "aim": ("why", "what for", "لماذا", "ليش", "ليه"),
}
"""What question words ask for: a mark of documents, or a word that what answers is likely to have.

``*`` is any words.
"""
WHO_FIRST = "من"
"""Who, where a query begins with it and nothing else in it asks; elsewhere it is from."""
ASKING = frozenset(
    "who whom whose where when why how what which مين لمن لمين ماذا كيف اين لماذا متي كم بكم هل شو وين ليش قديش".split()  # noqa: SIM905
)
