"""Who speaks in a sentence: voices by verbs of saying, by "according to", and how many speak, named or not."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from musnad.editing.names import Mention
from musnad.editing.tokens import CueIndex, Found, Token, Tokens, forms
from musnad.records.vocabulary import Vocabulary

UNKNOWN = "…"
_STATED, _SAYS, _BY, _DENIES, _SILENT = "voice ", "a voice follows", "by a voice", "a denial", "no comment"
_CLAUSE = {
    "ar": frozenset(
        [
            "التعليق",
            "ان",
            "انه",
            "انها",
            "انهم",
            "بان",
            "بانه",
            "بانها",
            "عن",
            "الي",
            "في",
            "من",
            "خلال",
            "على",
            "علي",
            "حول",
            "حين",
            "حيث",
            "بعد",
            "قبل",
            "الذي",
            "التي",
            "كما",
            "انهما",
        ]
    ),
    "en": frozenset(
        "that who which on in at to as of when after before because if while he she it they there we i by during via "  # noqa: SIM905
        "had has have is was were are and but the".split()
    ),
}
_SUBJECT = {"en": frozenset(["he", "she", "they", "it", "i", "we", "who"]), "ar": frozenset(["هو", "هي", "هم"])}
_SEVERAL = re.compile(
    r"sources|officials|residents|witnesses|traders|experts|analysts|farmers|workers|relatives"
    r"|activists|doctors|medics|members|people|locals|مصادر|مسوولون|مسوولين|سكان|اهالي|شهود|تجار"
    r"|خبراء|ناشطون|ناشطين|محللون|مزارعون|مزارعين|عمال|اطباء|اقارب|وسايل|media|dealers|police"
)
_TITLES = "mr mrs ms dr gen maj col lt capt brig sgt prof president minister governor mayor judge commander"
_TITLE = frozenset(_TITLES.split())


@dataclass(frozen=True)
class FoundVoice:
    """Someone who speaks in a sentence."""

    voice: str
    """A term of the vocabulary, or ``…``."""
    text: str
    """The speaker in the words of the sentence; empty where only the verb shows that someone speaks."""
    start: int
    end: int
    entity: str = ""
    number: str = ""
    identity: str = ""
    polarity: str = "affirmed"
    is_silent: bool = False
    """Declined to comment, or did not answer."""


class VoiceReader:
    """Reads the voices of sentences by the cues of a record."""

    def __init__(self, vocabulary: Vocabulary, kinds: Mapping[str, str]) -> None:
        self._cues = CueIndex(vocabulary.cues.items(), "attribution")
        self._named = {id_ for id_, voice in vocabulary.voices.items() if voice.named}
        self._things = {id_ for id_, voice in vocabulary.voices.items() if voice.thing}
        self._kinds = kinds

    def find(self, tokens: Tokens, mentions: Collection[Mention]) -> Iterator[FoundVoice]:
        """Yield each voice once, in the order of the sentence."""
        cues = sorted([*self._cues.find(tokens.all), *_find_refusals(tokens)], key=lambda cue: cue.start)
        voices = [cue for cue in cues if cue.means.startswith(_STATED)]
        withheld = any(cue.means.startswith("identity withheld") for cue in cues)
        pseudonym = any(cue.means == "identity pseudonym" for cue in cues)
        taken: set[int] = set()
        for cue in cues:
            verb = cue.means
            if verb not in (_SAYS, _BY, _DENIES, _SILENT) or cue.start in taken:
                continue
            if tokens.all[cue.start].fold.startswith(("ال", "وال", "بال", "لل", "فال")):
                # With an article it is a noun.
                continue
            span = self._find_speaker(tokens, cue, verb == _BY)
            if span is None and verb == _BY:
                continue
            start, end = span or (cue.start, cue.start)
            if taken & {*range(start, end)}:
                continue
            taken |= {*range(start, end), *range(cue.start, cue.end)}
            voice = self._name(tokens, start, end, voices, mentions)
            yield FoundVoice(
                "pseudonym" if pseudonym else voice[0],
                tokens.cut(start, end),
                start,
                end,
                voice[1],
                *self._count(tokens, start, end, voice[0], withheld=withheld, pseudonym=pseudonym),
                polarity="denied" if verb == _DENIES else "affirmed",
                is_silent=verb == _SILENT,
            )
        for cue in voices:
            name = cue.means.removeprefix(_STATED).partition(",")[0].strip()
            if name.startswith(("unattributed", "rumour")) and cue.start not in taken:
                yield FoundVoice(name.split()[0], tokens.cut(cue.start, cue.end), cue.start, cue.end)

    def _find_speaker(self, tokens: Tokens, cue: Found, is_by: bool) -> tuple[int, int] | None:
        if tokens.lang == "ar":
            return self._after_arabic(tokens, cue.end) or (None if is_by else self._before_arabic(tokens, cue.start))
        if is_by:
            return _take_after(tokens, cue.end)
        before = _take_before(tokens, cue.start)
        if before is not None or cue.means != _SAYS:
            return before
        is_inverted = not cue.start or tokens.all[cue.start - 1].fold in _QUOTES
        return _take_after(tokens, cue.end) if is_inverted else None

    def _after_arabic(self, tokens: Tokens, at: int) -> tuple[int, int] | None:
        end = at
        if end < len(tokens.all) and tokens.all[end].fold in ("عن", "ل", "الي", "ما"):
            return None
        while end < len(tokens.all) and end - at < _LONGEST and _goes_on_arabic(tokens.all[end], end - at):
            end += 1
        while end > at and not tokens.all[end - 1].is_word and tokens.all[end - 1].fold != "»":
            end -= 1
        return (at, end) if end > at else None

    def _before_arabic(self, tokens: Tokens, verb: int) -> tuple[int, int] | None:
        """Read the subject before a verb: «وزير النفط قال إن»."""
        start = verb
        while start and verb - start < _LONGEST and _goes_on_arabic(tokens.all[start - 1], 1):
            start -= 1
        return (start, verb) if start < verb and (start == 0 or not tokens.all[start - 1].is_word) else None

    def _name(
        self, tokens: Tokens, start: int, end: int, voices: list[Found], mentions: Collection[Mention]
    ) -> tuple[str, str]:
        inside = [voice for voice in voices if start <= voice.start < end]
        text = tokens.cut(start, end)
        known = next((mention for mention in sorted(mentions, key=lambda m: -m.length) if mention.words in text), None)
        entity = known.entity_id if known else ""
        if inside:
            voice = inside[0].means.removeprefix(_STATED).partition(",")[0].split()[0]
            is_person = entity and self._kinds.get(entity) == "person"
            return ("named-person" if is_person else voice), entity
        if entity:
            kind = self._kinds.get(entity, "")
            return {"person": "named-person", "company": "company", "outlet": "other-outlet"}.get(
                kind, "organisation"
            ), entity
        words = [token for token in tokens.all[start:end] if token.is_word and token.fold not in _SUBJECT["en"]]
        is_name = tokens.lang == "en" and len(words) > 1 and all(token.text[0].isupper() for token in words)
        return ("named-person" if is_name else UNKNOWN), ""

    def _count(
        self, tokens: Tokens, start: int, end: int, voice: str, *, withheld: bool, pseudonym: bool
    ) -> tuple[str, str]:
        if voice == UNKNOWN or voice in self._named or voice in self._things:
            return ("one", "pseudonym") if pseudonym else ("", "")
        text = " ".join(tokens.folds(start, end - start))
        number = "several" if _SEVERAL.search(text) else "one"
        has_name = tokens.lang == "en" and sum(t.text[:1].isupper() for t in tokens.all[start + 1 : end]) > 1
        return number, "pseudonym" if pseudonym else "withheld" if withheld else "" if has_name else "not-stated"


_LONGEST = 9
_QUOTES = frozenset(",\"”’'“")
_REFUSES = frozenset(["رفض", "رفضت", "امتنع", "امتنعت"])


def _find_refusals(tokens: Tokens) -> Iterator[Found]:
    """Yield the verb of «رفض متحدث باسم المرفأ التعليق», whose speaker stands between its words."""
    for at, token in enumerate(tokens.all):
        ahead = tokens.folds(at + 1, 12)
        if forms(token.fold) & _REFUSES and "التعليق" in ahead[1:]:
            yield Found("", _SILENT, at, at + 1)


def _goes_on_arabic(token: Token, length: int) -> bool:
    if token.fold in ("«", "»", ".", "(", ")") and length:
        return token.fold in "«»."
    return token.is_word and not (
        token.fold in _CLAUSE["ar"]
        or token.fold in ("ما", "لا", "لم", "قد", "طلب", "رفض")
        or (token.fold.startswith("ب") and token.fold not in ("باسم", "بلديه", "بيان", "بايع") and length > 0)
        or (token.fold.startswith(("لل", "لوكال", "لموقع", "لقنا", "لصحيف")) and length > 0)
    )


def _take_before(tokens: Tokens, verb: int) -> tuple[int, int] | None:
    """Read an English subject back from its verb: the word run before it, over "of", commas around a title."""
    end = verb
    while end and tokens.all[end - 1].fold in (
        "has",
        "have",
        "had",
        "also",
        "later",
        "was",
        "is",
        "were",
        "been",
        "not",
        "did",
    ):
        end -= 1
    if end and tokens.all[end - 1].fold == ",":
        # The minister, Omar Saleh, said; but "…", said: then it stands behind.
        comma = next((n for n in range(end - 2, max(-1, end - 14), -1) if tokens.all[n].fold == ","), None)
        if (
            comma is None
            or comma == 0
            or not all(
                token.is_word or token.is_number or token.fold in "'’.-$%" for token in tokens.all[comma + 1 : end - 1]
            )
        ):
            return None
        start = _back(tokens, comma)
        return (start, end - 1) if start < comma else None
    start = _back(tokens, end)
    return (start, end) if start < end else None


def _back(tokens: Tokens, end: int) -> int:
    start = end
    while start and end - start < _LONGEST + 3:
        token = tokens.all[start - 1]
        is_short = token.fold == "." and start > 1 and tokens.all[start - 2].fold in _TITLE | {"u", "s"}
        if not (token.is_word or token.is_number or is_short or token.fold in "-'’"):
            break
        if token.fold in _BREAKS:
            break
        start -= 1
    return start


def _take_after(tokens: Tokens, at: int) -> tuple[int, int] | None:
    end = at
    while end < len(tokens.all) and end - at < _LONGEST + 2:
        token = tokens.all[end]
        is_short = token.fold == "." and end > at and tokens.all[end - 1].fold in _TITLE | {"u", "s"}
        if not (token.is_word or token.is_number or is_short or token.fold in "-'’" or (token.fold == "," and end > at
                and tokens.all[end - 1].text[0].isupper() and tokens.all[end + 1 : end + 2]
                and tokens.all[end + 1].fold in ("a", "an", "the", "who"))):  # fmt: skip
            break
        if token.fold in _AFTER_STOPS and end == at:
            return None
        if token.fold in _AFTER_STOPS:
            break
        end += 1
    return (at, end) if end > at else None


_BREAKS = frozenset("that but while because when after before as if although though".split())  # noqa: SIM905
_AFTER_STOPS = frozenset(
    "that on in to when after before it he she they there this these some more less at by during while and would will "  # noqa: SIM905
    "was were is are had has have his her their its about no not".split()
)
