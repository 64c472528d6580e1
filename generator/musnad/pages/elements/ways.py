"""Ways in words: from where, through what, and to where, in the order of the source."""

import re
from collections.abc import Iterator

from musnad.pages.elements.composer import Composer
from musnad.pages.elements.links import link_party
from musnad.pages.elements.parts import Fact, Link
from musnad.records.model import Claim, Stop
from musnad.records.problems import N_

# By whether there is a start, something between, and an end.
_WAYS = {
    (True, True, True): N_("from {start}, through {stops}, to {end}"),
    (True, True, False): N_("from {start}, through {stops}"),
    (False, True, True): N_("through {stops}, to {end}"),
    (True, False, True): N_("from {start} to {end}"),
    (False, True, False): N_("through {stops}"),
}
# Where a stop goes in the sentence, which is cut there.
_MARK = "\0{}\0"
_CUT = re.compile("\0(\\d+)\0")
_PARTICLE = "ب"
_TATWEEL = "ـ"
_ARABIC_LETTER = re.compile("[ء-ي]")


def make_way_fact(composer: Composer, claim: Claim) -> Fact:
    """Return the way of a claim, with a link for each stop that is an entity."""
    return Fact(composer.words.gettext(N_("Way")), "place", pieces=tuple(_iter_pieces(composer, claim)))


def _iter_pieces(composer: Composer, claim: Claim) -> Iterator[Link]:
    """Yield words and stops by turns; an Arabic particle is written onto the stop that follows it."""
    at = {name: [n for n, stop in enumerate(claim.way) if stop.at == name] for name in ("from", "through", "to")}
    marks = {name: composer.words.join(map(_MARK.format, found)) for name, found in at.items()}
    message = _WAYS[bool(at["from"]), bool(at["through"]), bool(at["to"])]
    told = composer.words.fill(message, start=marks["from"], stops=marks["through"], end=marks["to"])
    pieces = _CUT.split(told)
    for words, number in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        link = _link_stop(composer, claim, claim.way[int(number)]) if number else Link("")
        particle = _PARTICLE if number and words.endswith(f" {_PARTICLE}") else ""
        is_attached = bool(particle and _ARABIC_LETTER.match(link.text))
        before = words.removesuffix(particle) if is_attached else words + (_TATWEEL if particle else "")
        yield from (piece for piece in (Link(before), link.prefix(particle) if is_attached else link) if piece.text)


def _link_stop(composer: Composer, claim: Claim, stop: Stop) -> Link:
    if stop.entity:
        return link_party(composer, claim, stop.entity)
    return Link(stop.text[composer.lang] if stop.text else "")


def tell_way(composer: Composer, claim: Claim) -> str:
    """Return the way as one text."""
    return "".join(piece.text for piece in _iter_pieces(composer, claim)) if claim.way else ""
