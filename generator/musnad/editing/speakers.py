"""Who speaks in a sentence, as links of a chain: kind of voice, known entity, how many, named or not."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from musnad.editing.names import Mention
from musnad.editing.speech import ACCOUNT, VERBS, Span, Speech, find_quoted, is_capital
from musnad.editing.speech_ar import ArabicReader, conjugate
from musnad.editing.speech_en import EnglishReader
from musnad.editing.tokens import CueIndex, Found, Tokens
from musnad.records.vocabulary import Cue, Vocabulary
from musnad.text.fold import fold

UNKNOWN = "…"
_STATED = "voice "
_SEVERAL = re.compile(
    r"sources|officials|residents|witnesses|traders|experts|analysts|farmers|workers|relatives|villagers"
    r"|activists|doctors|medics|members|people|locals|مصادر|مسوولون|مسوولين|سكان|اهالي|شهود|تجار"
    r"|خبراء|ناشطون|ناشطين|محللون|مزارعون|مزارعين|عمال|اطباء|اقارب|وسايل|media|dealers|police"
)
_BY_KIND = {"person": "named-person", "company": "company", "outlet": "other-outlet"}


@dataclass(frozen=True)
class FoundVoice:
    """Someone who speaks in a sentence."""

    voice: str
    """A term of the vocabulary, or ``…``."""
    text: str
    """The speaker in the words of the sentence; where only the verb shows that someone speaks, the verb."""
    start: int
    end: int
    entity: str = ""
    number: str = ""
    identity: str = ""
    polarity: str = "affirmed"
    is_silent: bool = False
    """Declined to comment, or did not answer."""
    outlet: str = ""
    """Whom it was told to or who passes it on, in the words of the sentence."""
    is_same: bool = False
    """The sentence names nobody: whoever spoke before goes on."""
    before: str = ""
    """Whom that may be: the last speaker before this sentence."""


class VoiceReader:
    """Reads the voices of sentences by the cues of a record."""

    def __init__(self, vocabulary: Vocabulary, kinds: Mapping[str, str]) -> None:
        cues = [(id_, cue) for id_, cue in vocabulary.cues.items() if cue.kind == "attribution"]
        verbs = CueIndex([(id_, _conjugate(cue)) for id_, cue in cues if cue.means in VERBS], "attribution")
        accounts = CueIndex([(id_, cue) for id_, cue in cues if cue.means == ACCOUNT], "attribution")
        self._kinds_of_voices = CueIndex(
            [(id_, cue) for id_, cue in cues if cue.means.startswith(_STATED)], "attribution"
        )
        self._named = {id_ for id_, voice in vocabulary.voices.items() if voice.named}
        self._things = {id_ for id_, voice in vocabulary.voices.items() if voice.thing}
        told = {*self._things, "report", "page", "monitoring-group"}
        things = CueIndex([(id_, cue) for id_, cue in cues if _term(cue.means) in told], "attribution")
        self._identity = CueIndex([(id_, cue) for id_, cue in cues if cue.means.startswith("identity ")], "attribution")
        self._english = EnglishReader(verbs, accounts, self._kinds_of_voices, things, self._identity)
        self._arabic = ArabicReader(verbs, self._kinds_of_voices, things, self._identity)
        self._kinds = kinds

    def find(self, tokens: Tokens, mentions: Collection[Mention], dated: Collection[int]) -> Iterator[FoundVoice]:
        """Yield each voice once, in the order of the sentence."""
        reader = self._arabic if tokens.lang == "ar" else self._english
        kinds = [*self._kinds_of_voices.find(tokens.all)]
        identities = {cue.means.removeprefix("identity ") for cue in self._identity.find(tokens.all)}
        taken: set[int] = set()
        for speech in sorted(reader.find(tokens, dated), key=lambda speech: speech.speaker):
            taken |= {*range(*speech.verb), *range(*speech.speaker)}
            yield self._make(tokens, speech, kinds, mentions, identities)
        quoted = find_quoted(tokens)
        for cue in kinds:
            name = _term(cue.means)
            if name in ("unattributed-news", "rumour") and not taken and cue.start not in quoted:
                yield FoundVoice(name, tokens.cut(cue.start, cue.end), cue.start, cue.end)

    def _make(
        self,
        tokens: Tokens,
        speech: Speech,
        kinds: list[Found],
        mentions: Collection[Mention],
        identities: Collection[str],
    ) -> FoundVoice:
        start, end = speech.speaker
        text = tokens.cut(start, end)
        outlet = tokens.cut(*speech.outlet) if speech.outlet else ""
        polarity = "denied" if speech.manner == "denies" else "affirmed"
        if speech.is_same:
            return FoundVoice(
                UNKNOWN,
                text,
                start,
                end,
                polarity=polarity,
                is_silent=speech.manner == "silent",
                outlet=outlet,
                is_same=True,
            )
        voice, entity = self._name(tokens, speech.speaker, kinds, mentions)
        is_pseudonym = "pseudonym" in identities
        if is_pseudonym and not entity:
            voice = "pseudonym"
        number, identity = self._count(tokens, speech.speaker, voice)
        if identity and "withheld" in identities:
            identity = "withheld"
        if is_pseudonym and not entity:
            number, identity = "one", "pseudonym"
        return FoundVoice(
            voice, text, start, end, entity, number, identity, polarity, speech.manner == "silent", outlet
        )

    def _name(self, tokens: Tokens, span: Span, kinds: list[Found], mentions: Collection[Mention]) -> tuple[str, str]:
        start, end = span
        text = tokens.cut(start, end)
        known = next((mention for mention in sorted(mentions, key=lambda m: -m.length) if mention.words in text), None)
        entity = known.entity_id if known else ""
        inside = next((cue for cue in kinds if start <= cue.start < end), None)
        kind = self._kinds.get(entity, "")
        if kind == "person":
            return "named-person", entity
        if inside:
            voice = _term(inside.means)
            return voice, entity if voice in self._named else ""
        if entity:
            return _BY_KIND.get(kind, "organisation"), entity
        words = [token for token in tokens.all[start:end] if token.is_word]
        is_name = tokens.lang == "en" and len(words) > 1 and all(map(is_capital, words))
        return ("named-person" if is_name else UNKNOWN), ""

    def _count(self, tokens: Tokens, span: Span, voice: str) -> tuple[str, str]:
        if voice == UNKNOWN or voice in self._named or voice in self._things:
            return "", ""
        text = " ".join(tokens.folds(span[0], span[1] - span[0]))
        return "several" if _SEVERAL.search(text) else "one", "" if _has_name(tokens, span) else "not-stated"


def _has_name(tokens: Tokens, span: Span) -> bool:
    """Whether English words hold a person's name: two capitals in a row that no "of" or "in" comes before."""
    start = span[0]
    for at in range(span[0] + 1, span[1]):
        if not is_capital(tokens.all[at - 1]):
            start = at
        is_pair = is_capital(tokens.all[at]) and start < at and is_capital(tokens.all[at - 1])
        before = tokens.all[start - 1].fold if start > span[0] else ""
        if is_pair and tokens.lang == "en" and before not in ("of", "in", "at", "for", "from", "the"):
            return True
    return False


def carry_speakers(found: Iterable[tuple[FoundVoice, ...]]) -> Iterator[tuple[FoundVoice, ...]]:
    """Yield the voices of sentences in their order, with the last speaker where one only says "he added"."""
    last = ""
    for voices in found:
        told = tuple(replace(voice, before=last) if voice.is_same else voice for voice in voices)
        last = next((voice.text for voice in reversed(told) if not (voice.is_same or voice.is_silent)), last)
        yield told


def _term(means: str) -> str:
    """Return the first voice that a cue stands for."""
    return means.removeprefix(_STATED).partition(",")[0].split()[0]


def _conjugate(cue: Cue) -> Cue:
    words: list[str] = []
    for text in cue.words:
        first, space, rest = text.partition(" ")
        words += [f"{form}{space}{rest}" for form in conjugate(fold(first))] if _is_arabic_verb(cue, text) else [text]
    return cue.model_copy(update={"words": tuple(dict.fromkeys(words))})


def _is_arabic_verb(cue: Cue, word: str) -> bool:
    return (
        "\u0600" < word[:1] < "\u0700"
        and cue.means in VERBS
        and not cue.means.startswith(("by ", "no ", "the same", "a quoted"))
    )
