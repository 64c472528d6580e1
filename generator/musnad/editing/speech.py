"""What the readers of either language tell of a sentence: who speaks by which verb, and what was quoted."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from musnad.editing.tokens import Found, Token, Tokens

Span = tuple[int, int]
Manner = Literal["says", "denies", "silent"]

SAYS, SAYS_CLAUSE, SAYS_KNOWN = "a voice follows", "a voice follows with a clause", "a known voice follows"
SAYS_EITHER = "a voice follows with a clause or if known"
TELLS = "a thing tells or a voice follows with a clause"
QUOTES, QUOTED, SAME, BY = "quoted from a voice", "a quoted voice", "the same voice", "by a voice"
DENIES, DENIES_ACCOUNT, ACCOUNT = "a denial", "a denial of an account", "an account"
SILENT, SILENT_OF = "no comment", "no comment of a voice"
DOUBTFUL = (SAYS_CLAUSE, SAYS_KNOWN, SAYS_EITHER, TELLS)
VERBS = (SAYS, *DOUBTFUL, QUOTES, QUOTED, SAME, BY, DENIES, DENIES_ACCOUNT, SILENT, SILENT_OF)
MANNERS: dict[str, Manner] = {DENIES: "denies", DENIES_ACCOUNT: "denies", SILENT: "silent", SILENT_OF: "silent"}
_OPENS = {"“": "”", "«": "»", '"': '"', "„": "“"}


class Speech(NamedTuple):
    """One who speaks, by the tokens of the sentence."""

    verb: Span
    speaker: Span
    """Nothing where the sentence names nobody: «وأضاف أن»."""
    manner: Manner = "says"
    outlet: Span | None = None
    """Whom it was told to, or who passes it on."""
    is_same: bool = False
    """Whoever spoke last: a pronoun, or a verb alone."""


def find_quoted(tokens: Tokens) -> frozenset[int]:
    """Return the tokens between quotation marks, also where a mark stands in another sentence."""
    found: set[int] = set()
    open_at, close = -1, ""
    for at, token in enumerate(tokens.all):
        if close and token.text == close:
            found |= {*range(open_at + 1, at)}
            close = ""
        elif not close and token.text in _OPENS:
            open_at, close = at, _OPENS[token.text]
        elif not close and token.text in "”»" and not found:
            found |= {*range(at)}
    if close:
        found |= {*range(open_at + 1, len(tokens.all))}
    return frozenset(found)


def has_cue(cues: Iterable[Found], span: Span) -> bool:
    """Whether one of the cues begins in a run of tokens."""
    return any(span[0] <= cue.start < span[1] for cue in cues)


def is_capital(token: Token) -> bool:
    """Whether a word begins with a capital."""
    return token.is_word and token.text[0].isupper()
