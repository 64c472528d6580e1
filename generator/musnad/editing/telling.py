"""Tell what was found in an article, for the terminal, in the language of whoever reads it."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from musnad.editing.dates import FoundTime
from musnad.editing.speakers import UNKNOWN, FoundVoice
from musnad.editing.suggest import SentenceSuggestion, best_mentions
from musnad.records.model import Per
from musnad.records.problems import N_
from musnad.records.vocabulary import Vocabulary
from musnad.wording.fractions import tell_fraction
from musnad.wording.words import Words

_NUMBERS = {"one": N_("one"), "several": N_("several")}
_IDENTITIES = {
    "not-stated": N_("not named"),
    "withheld": N_("name withheld"),
    "pseudonym": N_("under a pseudonym"),
}
_AT = {"from": N_("from {place}"), "through": N_("through {place}"), "to": N_("to {place}")}
_OPEN = {"measures": N_("what is measured"), "unit": N_("unit")}


def tell_suggestions(sentences: Iterable[SentenceSuggestion], words: Words, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield a heading for each sentence and a line for each thing in it; what is not known is told as open."""
    teller = _Teller(words, vocabulary)
    for found in sentences:
        place = words.fill(
            N_("paragraph {paragraph}, sentence {sentence}"), paragraph=found.paragraph, sentence=found.sentence
        )
        yield f"{place}  {' … '.join(filter(None, found.marks[:2]))}"
        for kind, told, text in teller.list_things(found):
            line = words.fill(N_("{kind}: {told}"), kind=kind, told=told)
            yield f"  {line}" + (f" ({text})" if text else "")


class _Teller:
    def __init__(self, words: Words, vocabulary: Vocabulary) -> None:
        self._words = words
        self._vocabulary = vocabulary

    def list_things(self, found: SentenceSuggestion) -> Iterator[tuple[str, str, str]]:
        """Yield the kind of each thing, what is known of it, and the words of the sentence."""
        say = self._words.gettext
        for entity_id in best_mentions(found.mentions):
            text = next(mention.words for mention in found.mentions if mention.entity_id == entity_id)
            yield say(N_("entity")), entity_id, text
        for voice in found.voices:
            yield say(N_("voice")), self.tell_voice(voice), voice.text
        for quantity in found.quantities:
            yield say(N_("quantity")), self.tell_quantity(quantity.fields), quantity.text
        for time in found.times:
            yield say(N_("time")), self.tell_time(time), time.wording
        for spot in found.place:
            yield say(N_("place")), spot.entity, spot.text
        if found.way:
            stops = (self._words.fill(_AT[stop.at], place=stop.spot.entity or stop.spot.text) for stop in found.way)
            yield say(N_("way")), " ".join(stops), ""
        for candidate in found.candidates:
            yield say(N_("name not in the record")), candidate.text, ""

    def tell_voice(self, voice: FoundVoice) -> str:
        """Return the kind of a voice, its entity, how many speak, and who tells it or is told."""
        words = self._words
        kind = self._vocabulary.voices[voice.voice].label[words.lang] if voice.voice != UNKNOWN else ""
        told = [
            kind,
            voice.entity,
            words.gettext(_NUMBERS.get(voice.number, "")),
            words.gettext(_IDENTITIES.get(voice.identity, "")),
        ]
        if voice.is_same:
            message = N_("whoever spoke before, perhaps {name}") if voice.before else N_("not told who")
            told = [words.fill(message, name=voice.before)]
        elif not kind:
            told.append(self._tell_open([N_("kind of voice")]))
        if voice.outlet:
            told.append(words.fill(N_("told to or by {outlet}"), outlet=voice.outlet))
        told += [words.gettext(N_("denies"))] * (voice.polarity == "denied")
        told += [words.gettext(N_("no comment"))] * voice.is_silent
        return self._list(told)

    def tell_time(self, time: FoundTime) -> str:
        """Return the date that is stated, or that it is still to be worked out."""
        if time.edtf or time.hijri:
            return time.edtf or self._words.hijri(time.hijri)
        return self._words.gettext(N_("to be worked out from the publication"))

    def tell_quantity(self, fields: Mapping[str, Any]) -> str:
        """Return an amount with its hedge, what it is counted by, and which of its fields are open."""
        words = self._words
        told = [words.hedge(fields.get("comparator")), self._tell_amount(fields)]
        if "per" in fields:
            told.append(words.rate(Per(unit=fields["per"]["unit"]), self._vocabulary))
        still = [message for name, message in _OPEN.items() if fields.get(name) == UNKNOWN]
        return self._list([" ".join(filter(None, told)), self._tell_open(still)])

    def _tell_amount(self, fields: Mapping[str, Any]) -> str:
        words, unit = self._words, self._vocabulary.units.get(fields.get("unit", ""))

        def tell(value: str) -> str:
            return words.amount(Decimal(value), unit) if unit and unit.amount else words.number(Decimal(value))

        if "value" in fields:
            return tell(fields["value"])
        if "fraction" in fields:
            return tell_fraction(fields["fraction"], words.lang, "", is_oblique=False, figures=words.figures)
        if "vague" in fields:
            counted = unit.plural[words.lang] if unit and unit.plural else UNKNOWN
            return self._vocabulary.amounts[fields["vague"]].pattern[words.lang].format(unit=counted)
        ends = fields.get("range") or fields["change"]
        told = {end: tell(value) for end, value in ends.items()}
        if "range" in fields:
            return words.fill(N_("{start} to {end}"), start=words.number(Decimal(ends["from"])), end=told["to"])
        if "by" in told:
            return words.fill(N_("a change of {amount}"), amount=told["by"])
        if "from" not in told:
            return words.fill(N_("a change to {amount}"), amount=told["to"])
        return words.fill(N_("from {start} to {end}"), start=words.number(Decimal(ends["from"])), end=told["to"])

    def _tell_open(self, fields: list[str]) -> str:
        words = self._words
        named = self._list(map(words.gettext, fields))
        return words.fill(N_("open: {fields}"), fields=named) if fields else ""

    def _list(self, parts: Iterable[str]) -> str:
        return self._words.gettext(N_(", ")).join(filter(None, parts))
