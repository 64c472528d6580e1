"""Voices: opening words, and the chain from the publisher inwards."""

import re

from musnad.pages.elements import labels
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.parts import VoiceView
from musnad.records.model import Claim, Voice
from musnad.records.problems import N_


def make_lead(composer: Composer, claim: Claim) -> str:
    """Return the opening words that name the voice: "According to SY24’s correspondent,"."""
    return composer.words.fill(N_("According to {voice},"), voice=name_voice(composer, claim))


def tell_claim(composer: Composer, claim: Claim) -> tuple[str, str]:
    """Return the opening words and what is said; what was withdrawn is not said again, here or in any list."""
    if claim.status == "retracted":
        return "", composer.words.fill(N_("{title}: retracted."), title=claim.title[composer.lang])
    return make_lead(composer, claim), claim.statement[composer.lang]


def name_voice(composer: Composer, claim: Claim) -> str:
    """Return the innermost voice in words, through all that stand before it."""
    known = composer.catalogue.claims
    if known.get(claim.id) is not claim:
        return _join_voices(composer, claim)
    # Looked up once more where that is noted.
    return composer.remember("voice", claim.id, lambda: _join_voices(composer, known[claim.id]))


def _join_voices(composer: Composer, claim: Claim) -> str:
    outer = ""
    for voice in claim.attribution:
        kind = composer.catalogue.vocabulary.voices[voice.voice]
        outer = _fill_voice(composer, kind.opening(composer.lang, outer), voice, outer)
    return outer


def make_chain(composer: Composer, claim: Claim) -> tuple[VoiceView, ...]:
    """Return the chain of voices, outermost first."""
    views: list[VoiceView] = []
    outer = ""
    for voice in claim.attribution:
        kind = composer.catalogue.vocabulary.voices[voice.voice]
        note = _fill_voice(composer, kind.note[composer.lang], voice, outer)
        via = composer.words.gettext(N_("going by") if kind.thing else N_("on the word of")) if views else ""
        brief = ""
        if not kind.named and voice.number and voice.identity:
            is_pseudonym = voice.identity == "pseudonym"
            unnamed = labels.PSEUDONYM if is_pseudonym else labels.NOT_NAMED[voice.number, voice.identity]
            note = f"{composer.words.gettext(unnamed)} {note}"
            # The name itself is followed by the same words.
            brief = "" if is_pseudonym else composer.words.gettext(labels.NOT_NAMED_BRIEF[voice.identity])
        if voice.close_to:
            told = N_("The source says that this voice is close to {party}.")
            note = f"{note} {composer.words.fill(told, party=_name(composer, voice.close_to))}"
        views.append(
            VoiceView(
                via=via,
                name=_fill_voice(composer, kind.short[composer.lang], voice, outer),
                href=composer.href(f"entities/{voice.entity}/") if voice.entity else None,
                icon=kind.icon,
                is_anonymous=not kind.named,
                brief=brief,
                note=note,
            )
        )
        outer = _fill_voice(composer, kind.opening(composer.lang, outer), voice, outer)
    return tuple(views)


def _fill_voice(composer: Composer, pattern: str, voice: Voice, outer: str) -> str:
    """Fill a pattern; what is said of the voice besides stands right after its name or description, once."""
    name = _name(composer, voice.entity) if voice.entity else ""
    described = voice.described[composer.lang] if voice.described else ""
    place = "{name}" if voice.entity and "{name}" in pattern else "{described}"
    fill, is_more = composer.words.fill, bool(re.search(rf"{re.escape(place)}[»”]?\s+\S", pattern))
    told = name if place == "{name}" else described
    if voice.close_to:
        # A name in quotation marks ends with them.
        quoted = re.search(rf"{re.escape(place)}([»”])", pattern)
        told += quoted[1] if quoted else ""
        pattern = pattern.replace(quoted[0], place) if quoted else pattern
    if voice.called:
        message = (
            N_("{voice}, called “{name}” (a pseudonym),") if is_more else N_("{voice}, called “{name}” (a pseudonym)")
        )
        told = fill(message, voice=told, name=voice.called[composer.lang])
    if voice.close_to:
        message = N_("{voice}, said to be close to {party},") if is_more else N_("{voice}, said to be close to {party}")
        told = fill(message, voice=told.removesuffix(","), party=_name(composer, voice.close_to))
    return pattern.format(
        outer=outer,
        name=told if place == "{name}" else name,
        described=told if place == "{described}" else described,
    )


def _name(composer: Composer, entity_id: str) -> str:
    return composer.catalogue.entities[entity_id].name(composer.lang)
