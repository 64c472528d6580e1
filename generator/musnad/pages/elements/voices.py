"""Voices: opening words, and the chain from the publisher inwards."""

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
    outer = ""
    for voice in claim.attribution:
        kind = composer.catalogue.vocabulary.voices[voice.voice]
        outer = _fill_voice(composer, kind.opening(composer.lang, outer), voice, outer)
    return outer


def make_chain(composer: Composer, claim: Claim) -> tuple[VoiceView, ...]:
    """Return the chain of voices, outermost first."""
    views, outer = [], ""
    for voice in claim.attribution:
        kind = composer.catalogue.vocabulary.voices[voice.voice]
        note = _fill_voice(composer, kind.note[composer.lang], voice, outer)
        brief = ""
        if not kind.named and voice.number and voice.identity:
            note = f"{composer.words.gettext(labels.NOT_NAMED[voice.number, voice.identity])} {note}"
            brief = composer.words.gettext(labels.NOT_NAMED_BRIEF[voice.identity])
        views.append(
            VoiceView(
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
    name = composer.catalogue.entities[voice.entity].name(composer.lang) if voice.entity else ""
    return pattern.format(outer=outer, name=name, described=voice.described[composer.lang] if voice.described else "")
