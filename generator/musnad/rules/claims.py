"""A claim is attributed, located, and says what its predicate allows."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product

from musnad.derive.origins import share_origin
from musnad.records.model import (
    ANSWERS,
    CONNECTIVES,
    HIDDEN,
    SYMMETRIC_LINKS,
    Claim,
    LinkType,
    Portion,
    Quantity,
    Source,
    Step,
    Voice,
)
from musnad.records.problems import N_
from musnad.records.vocabulary import Unit, VoiceType
from musnad.records.yamltext import FieldPath
from musnad.rules.finding import Finding
from musnad.rules.rule import Known, Record
from musnad.text.languages import LANGS

MAX_QUOTED_WORDS = 6
_TYPED_VOICE = re.compile(r"^(?:according to|بحسب|وفقا?|حسب)\b", re.IGNORECASE)
_ENDS_TWICE = re.compile(r"[.؟?…]\s*[.؟?]$")

# What may be given after a predicate that takes this, and what to say of anything else.
_TAKES: Mapping[str, tuple[tuple[tuple[str, ...], ...], str]] = {
    "entity": ((("object",),), N_("{predicate} takes an object, the id of an entity, and no literal")),
    "literal": ((("literal",),), N_("{predicate} takes a literal, words in both languages, and no object")),
    "either": (
        (("object",), ("literal",)),
        N_("{predicate} takes one of the two: an object (the id of an entity) or a literal (words in both languages)"),
    ),
    "nothing": (((),), N_("{predicate} takes neither object nor literal: leave them out")),
}


def check_missing_attribution(claim: Claim, known: Known) -> Iterator[Finding]:
    """A claim whose chain begins with another outlet than its source's."""
    source = known.sources.get(claim.source_id)
    if source and claim.attribution[0].entity != source.outlet and not _lacks_entity(claim.attribution[0], known):
        message = N_("the chain must begin with the outlet that published the source, {id}")
        yield Finding(claim.ref, ("attribution", 0), message, {"id": source.outlet})


def _lacks_entity(voice: Voice, known: Known) -> bool:
    """Whether a named voice has no entity, which is told of the voice itself."""
    kind = known.vocabulary.voices.get(voice.voice)
    return voice.entity is None and kind is not None and kind.named


def check_incomplete_voice(claim: Claim, known: Known) -> Iterator[Finding]:
    """A voice that is neither named nor fully described."""
    for index, voice in enumerate(claim.attribution):
        kind = known.vocabulary.voices.get(voice.voice)
        message = kind and _fault_of_voice(voice, kind)
        if message:
            yield Finding(claim.ref, ("attribution", index), message, {"voice": voice.voice})
        elif kind:
            for field, fault in _find_faults_of_description(voice, kind):
                yield Finding(claim.ref, ("attribution", index, field), fault, {"voice": voice.voice})


def _fault_of_voice(voice: Voice, kind: VoiceType) -> str | None:
    if kind.named:
        return None if voice.entity else N_("{voice} is a named voice: give its entity")
    if voice.entity:
        return N_("{voice} is an unnamed voice: describe it, an entity can't speak for it")
    if not kind.thing and not (voice.number and voice.identity):
        return N_("{voice} is an unnamed voice: give its number and identity")
    if not voice.described and any("{described}" in text[lang] for text in (kind.phrase, kind.short) for lang in LANGS):
        return N_("{voice} needs the field described")
    return None


def _find_faults_of_description(voice: Voice, kind: VoiceType) -> Iterator[tuple[str, str]]:
    """Yield the fields that say more of a voice than can be said, and why."""
    if (voice.identity == "pseudonym") != (voice.called is not None):
        field = "identity" if voice.identity == "pseudonym" else "called"
        yield field, N_("a name that is a pseudonym needs both: identity: pseudonym, and the name as called")
    if voice.called and voice.number != "one":
        yield "number", N_("a pseudonym is one person's: number is one")
    place = "{name}" if voice.entity else "{described}"
    for field in ("called", "close_to"):
        if getattr(voice, field) and not all(place in kind.phrase[lang] for lang in LANGS):
            yield field, N_("the phrase of {voice} has no place for this: use a voice that is described")
    if voice.close_to and voice.close_to == voice.entity:
        yield "close_to", N_("a voice is not close to itself")


def check_missing_locator(claim: Claim, known: Known) -> Iterator[Finding]:
    """A claim that stands nowhere."""
    if not claim.locators:
        yield Finding(claim.ref, (), N_("the claim has no locator: where in the source does it stand?"))


def check_wrong_locator(claim: Claim, known: Known) -> Iterator[Finding]:
    """A locator that leads to no sentence, to another one, or into another source."""
    for index, locator in enumerate(claim.locators):
        source = known.sources.get(locator.source)
        if source is None:
            continue
        at = ("locators", index)
        if locator.source != claim.source_id:
            yield Finding(claim.ref, (*at, "source"), N_("a claim stands in the source it is filed under"))
        elif not (locator.paragraph and locator.sentence and source.paragraphs):
            continue
        elif locator.paragraph > len(source.paragraphs):
            message = N_("the source has {count} paragraphs")
            yield Finding(claim.ref, (*at, "paragraph"), message, {"count": str(len(source.paragraphs))})
        elif locator.sentence > len(sentences := source.paragraphs[locator.paragraph - 1].sentences):
            message = N_("the paragraph has {count} sentences")
            yield Finding(claim.ref, (*at, "sentence"), message, {"count": str(len(sentences))})
        elif locator.digest and locator.digest != sentences[locator.sentence - 1].digest:
            yield Finding(claim.ref, (*at, "digest"), N_("the digest is not that of the sentence"))


def check_predicate_fit(claim: Claim, known: Known) -> Iterator[Finding]:
    """A predicate that does not fit its subject or object."""
    predicate = known.vocabulary.predicates.get(claim.predicate)
    if predicate is None:
        return
    name = {"predicate": claim.predicate}
    for field, kinds in (("subject", predicate.subjects), ("object", predicate.objects)):
        entity = known.entities.get(getattr(claim, field) or "")
        if entity and kinds and entity.kind not in kinds:
            message = N_("{predicate} does not fit {id}, which is of the kind {kind}; it fits: {kinds}")
            values = {**name, "id": entity.id, "kind": entity.kind, "kinds": ", ".join(kinds)}
            yield Finding(claim.ref, (field,), message, values)
    forms, message = _TAKES[predicate.takes]
    given = tuple(field for field in ("object", "literal") if getattr(claim, field) is not None)
    if given not in forms:
        wrong = [field for field in given if (field,) not in forms]
        yield Finding(claim.ref, (wrong[0] if wrong else "predicate",), message, name)
    if claim.object == claim.subject:
        yield Finding(claim.ref, ("object",), N_("subject and object are the same entity"))


def check_quantity(claim: Claim, known: Known) -> Iterator[Finding]:
    """A quantity that leaves out how it is hedged or what it counts, or whose figures don't fit each other."""
    for index, quantity in enumerate(claim.quantities):
        at = ("quantities", index)
        message = _fault_of_quantity(quantity)
        if message:
            yield Finding(claim.ref, at, message)
            continue
        found = [*_iter_faults(quantity)]
        yield from (Finding(claim.ref, (*at, *path), fault) for path, fault in found)
        if not found:
            yield from _check_units(claim, index, quantity, known.vocabulary.units)


def _fault_of_quantity(quantity: Quantity) -> str | None:
    is_vague = quantity.vague is not None or quantity.phrase is not None
    given = [quantity.value, quantity.vague, quantity.phrase, quantity.range, quantity.change, quantity.fraction]
    if sum(item is not None for item in given) != 1:
        return N_("give exactly one of value, vague, phrase, range, change and fraction")
    if quantity.comparator is None:
        return N_(
            "the quantity has no comparator: exact, about, nearly, up-to, at-least, more-than, less-than, "
            "not-more-than or vague?"
        )
    if (quantity.comparator == "vague") != is_vague:
        return N_("the comparator vague goes with vague or phrase, and only with them")
    if quantity.phrase is None and quantity.fraction is None and quantity.unit is None:
        return N_("the quantity has no unit")
    per = Decimal(quantity.per.value) if quantity.per else 1
    if per <= 0 or (per != 1 and not quantity.figures):
        return N_("per needs a value on both sides, and its own must be more than zero")
    return None


def _iter_faults(quantity: Quantity) -> Iterator[tuple[FieldPath, str]]:
    """Yield what is wrong inside a quantity, with the field below it."""
    if quantity.range and quantity.ends and quantity.ends[0].number >= quantity.ends[1].number:
        yield ("range",), N_("a range goes from the lower to the higher figure")
    if quantity.change and (fault := _fault_of_change(quantity, quantity.change)):
        yield ("change",), fault
    for figure in quantity.figures:
        if figure.comparator == "vague":
            yield (figure.path[0], f"{figure.path[-1]}_comparator"), N_("a figure can't be vague")
    if quantity.fraction and Decimal(quantity.fraction.partition("/")[0]) >= Decimal(
        quantity.fraction.partition("/")[2]
    ):
        yield ("fraction",), N_("a fraction is less than one: give a value")
    if quantity.fraction and quantity.unit:
        yield ("unit",), N_("a fraction has no unit: say in of what it is taken of, or give a value such as 0.5")
    if quantity.of and (quantity.of.entity is None) == (quantity.of.text is None):
        yield ("of",), N_("give either entity or text")
    yield from _iter_faults_of_portions(quantity)


def _fault_of_change(quantity: Quantity, step: Step) -> str | None:
    by = quantity.find("by")
    if by is None and quantity.ends is None:
        return N_("a change needs from and to, or by")
    if step.by_unit and by is None:
        return N_("by_unit is the unit of by, which is not given")
    if quantity.of:
        return N_("a change has no of: say it in before, after or the statement")
    if by and by.number == 0:
        return N_("nothing changes: give a value")
    if quantity.ends is None:
        return None
    start, end = quantity.ends
    difference = end.number - start.number
    if difference == 0:
        return N_("nothing changes: give a value")
    is_exact = by and {start.comparator, end.comparator, by.comparator} == {"exact"} and step.by_unit is None
    if by and ((by.number > 0) != (difference > 0) or (is_exact and by.number != difference)):
        return N_("by does not fit from and to: what falls has a by below zero")
    return None


_AT_LEAST = frozenset({"exact", "at-least", "more-than"})
_AT_MOST = frozenset({"exact", "up-to", "not-more-than", "less-than"})


def _iter_faults_of_portions(quantity: Quantity) -> Iterator[tuple[FieldPath, str]]:
    if not quantity.portions:
        return
    name = "of_whom" if quantity.of_whom else "of_which"
    if quantity.of_whom and quantity.of_which:
        yield ("of_which",), N_("give either of_whom, for people, or of_which, for things")
    for index, portion in enumerate(quantity.portions):
        fault = _fault_of_portion(portion)
        if fault:
            yield (name, index), fault
    exact = [portion.number for portion in quantity.portions if portion.number and portion.comparator in _AT_LEAST]
    if quantity.number is not None and quantity.comparator in _AT_MOST and sum(exact) > quantity.number:
        yield (name,), N_("the parts are more than the whole")


def _fault_of_portion(portion: Portion) -> str | None:
    if sum(item is not None for item in (portion.value, portion.vague, portion.phrase)) != 1:
        return N_("give exactly one of value, vague and phrase")
    if portion.comparator is None:
        return N_(
            "the quantity has no comparator: exact, about, nearly, up-to, at-least, more-than, less-than, "
            "not-more-than or vague?"
        )
    if (portion.comparator == "vague") != (portion.value is None):
        return N_("the comparator vague goes with vague or phrase, and only with them")
    if portion.phrase is None and portion.who is None:
        return N_("say who or what is counted: who")
    if portion.number is not None and portion.number <= 0:
        return N_("a part of a count is more than zero")
    return None


def _check_units(claim: Claim, index: int, quantity: Quantity, units: Mapping[str, Unit]) -> Iterator[Finding]:
    """Report units that lack the form a sentence needs: dozens of {plural}, per {single}."""
    message = N_("the unit {unit} needs the field {field} in vocabulary/units.yaml to be used here")
    counted, per = units.get(quantity.unit or ""), units.get(quantity.per.unit) if quantity.per else None
    if quantity.vague and counted and not counted.plural:
        yield Finding(
            claim.ref, ("quantities", index, "unit"), message, {"unit": quantity.unit or "", "field": "plural"}
        )
    if quantity.per and per and not (per.single or (per.rate and Decimal(quantity.per.value) == 1)):
        yield Finding(
            claim.ref, ("quantities", index, "per", "unit"), message, {"unit": quantity.per.unit, "field": "single"}
        )


def check_measure_fit(claim: Claim, known: Known) -> Iterator[Finding]:
    """A unit that can't count what is measured, such as a price in kilometres or people per kilo."""
    for index, quantity in enumerate(claim.quantities):
        measure = known.vocabulary.measures.get(quantity.measures)
        if measure is None:
            continue
        at: FieldPath = ("quantities", index)
        message = N_("{measure} can't be given in {unit}, a unit of {dimension}; it takes units of: {wanted}")
        # Six times the official price, 60 per cent of the area: the whole is what is measured.
        unit = known.vocabulary.units.get(quantity.unit or "")
        is_of_whole = quantity.of is not None and unit is not None and unit.dimension == "share"
        given = [] if is_of_whole else [((*at, "unit"), quantity.unit, measure.of, message)]
        if quantity.per:
            message = N_("{measure} can't be counted by {unit}, a unit of {dimension}; it takes units of: {wanted}")
            given.append(((*at, "per", "unit"), quantity.per.unit, measure.per, message))
        for path, unit_id, wanted, message in given:
            unit = known.vocabulary.units.get(unit_id or "")
            if unit and wanted and unit.dimension and unit.dimension not in wanted:
                values = {"measure": quantity.measures, "unit": unit_id or "", "dimension": unit.dimension}
                yield Finding(claim.ref, path, message, {**values, "wanted": ", ".join(wanted)})


def check_part(claim: Claim, known: Known) -> Iterator[Finding]:
    """A part that is neither an entity nor words, or is both."""
    for index, part in enumerate(claim.parts):
        if (part.entity is None) == (part.text is None):
            yield Finding(claim.ref, ("parts", index), N_("give either entity or text"))


_LEGS = ("from", "through", "to")


def check_way(claim: Claim, known: Known) -> Iterator[Finding]:
    """A way that leads nowhere, or whose stops are out of order."""
    if len(claim.way) == 1:
        yield Finding(claim.ref, ("way",), N_("a way has at least two stops"))
    for index, stop in enumerate(claim.way):
        at, before = ("way", index), claim.way[index - 1] if index else None
        if (stop.entity is None) == (stop.text is None):
            yield Finding(claim.ref, at, N_("give either entity or text"))
        if before is None:
            continue
        if _LEGS.index(stop.at) < _LEGS.index(before.at):
            yield Finding(claim.ref, (*at, "at"), N_("a way goes from one place, through others, to the last"))
        elif stop.at == before.at != "through":
            message = N_("a way has one stop of {at}: those between are through")
            yield Finding(claim.ref, (*at, "at"), message, {"at": stop.at})
        if (stop.entity, stop.text) == (before.entity, before.text):
            yield Finding(claim.ref, at, N_("the way stops here already"))


def check_inference(claim: Claim, known: Known) -> Iterator[Finding]:
    """An inference about an entity that the claim does not name."""
    for index, inference in enumerate(claim.inferred):
        if inference.entity not in claim.named:
            message = N_("{id} is neither subject, object, part nor place of the claim: what is inferred?")
            yield Finding(claim.ref, ("inferred", index, "entity"), message, {"id": inference.entity})


def check_typed_attribution(claim: Claim, known: Known) -> Iterator[Finding]:
    """Opening words typed into the statement; they are composed from the chain."""
    for lang in LANGS:
        text = claim.statement[lang]
        if not re.search(r"\w", text):
            continue
        if _TYPED_VOICE.match(text):
            message = N_("leave out who says it: the opening words are composed from the attribution")
            yield Finding(claim.ref, ("statement", lang), message)
        elif not text.endswith((".", "؟", "?", "»", "”")):
            yield Finding(claim.ref, ("statement", lang), N_("the statement must end with a full stop"))
        elif _ENDS_TWICE.search(text):
            yield Finding(claim.ref, ("statement", lang), N_("the statement ends twice: one full stop is enough"))


def check_long_quote(claim: Claim, known: Known) -> Iterator[Finding]:
    """More of the source's own words than a place mark needs."""
    message = N_("quote at most {limit} words of the source")
    values = {"limit": str(MAX_QUOTED_WORDS)}
    quoted: list[tuple[FieldPath, str | None]] = []
    for index, locator in enumerate(claim.locators):
        for field in ("starts", "ends", "before"):
            quoted.append((("locators", index, field), getattr(locator, field)))
    for index, quantity in enumerate(claim.quantities):
        quoted.append((("quantities", index, "wording"), quantity.wording))
    if claim.time:
        quoted.append((("time", "wording"), claim.time.wording))
    for path, words in quoted:
        if words and len(words.split()) > MAX_QUOTED_WORDS:
            yield Finding(claim.ref, path, message, values)


def check_claim_link(claim: Claim, known: Known) -> Iterator[Finding]:
    """A link that one side does not know of, or that claims more independence than there can be."""
    for index, link in enumerate(claim.links):
        at = ("links", index)
        if link.claim == claim.id:
            yield Finding(claim.ref, (*at, "claim"), N_("a claim can't be linked to itself"))
            continue
        other = known.claims.get(link.claim)
        if other is None:
            continue
        if lacks_link_back(claim, link.type, other):
            message = N_("{id} has no link {type} back to this claim")
            yield Finding(claim.ref, at, message, {"id": other.id, "type": link.type})
        if link.type in CONNECTIVES and other.source_id != claim.source_id:
            message = N_("a link of {type} keeps a word of one source; the other claim is of another source")
            yield Finding(claim.ref, (*at, "type"), message, {"type": link.type})
        if link.type in ANSWERS and (fault := _fault_of_answer(claim, link.type, other)):
            yield Finding(claim.ref, (*at, "type"), fault, {"id": other.id})
        if link.independence == "independent":
            yield from _check_independence(claim, (*at, "independence"), other, known)


def _fault_of_answer(claim: Claim, type_: LinkType, other: Claim) -> str | None:
    # An outlet tells of its own claim that it asked, and got no answer.
    if type_ != "declines-to-comment" and claim.attribution == other.attribution:
        return N_("the same voices say {id}: an answer is another voice's")
    is_same = (claim.subject, claim.predicate, claim.object) == (other.subject, other.predicate, other.object)
    if type_ == "denies" and is_same and claim.polarity == other.polarity:
        return N_("this says of the same parties what {id} says: a denial has the other polarity")
    return None


def _check_independence(claim: Claim, at: FieldPath, other: Claim, known: Known) -> Iterator[Finding]:
    one, two = known.sources.get(claim.source_id), known.sources.get(other.source_id)
    if other.source_id == claim.source_id:
        yield Finding(claim.ref, at, N_("two claims of one source are not independent"))
    elif one and two and share_origin(one, two):
        message = N_("{one} and {other} carry the text of one origin: their claims are not independent")
        yield Finding(claim.ref, at, message, {"one": one.id, "other": two.id})


def lacks_link_back(claim: Claim, type_: LinkType, other: Claim) -> bool:
    """Whether a claim that is linked to should link back by the same type, and does not."""
    # A record that readers see can't name a hidden one, so that it can't link back to it either.
    is_waiting = claim.status in HIDDEN and other.status not in HIDDEN
    is_linked = any(link.claim == claim.id and link.type == type_ for link in other.links)
    return type_ in SYMMETRIC_LINKS and not is_waiting and not is_linked


def sentence_keys(record: Record) -> Iterator[str]:
    """Yield the sentences that a claim stands in, and those of a source that are marked as holding none."""
    if isinstance(record, Claim):
        sentences = ((locator.source, locator.spot) for locator in record.locators if locator.spot.paragraph)
        yield from (f"{source} {spot.paragraph} {spot.sentence}" for source, spot in sentences)
    elif isinstance(record, Source):
        for p, paragraph in enumerate(record.paragraphs, 1):
            yield from (
                f"{record.id} {p} {s}" for s, sentence in enumerate(paragraph.sentences, 1) if sentence.no_claim
            )


def check_covered_sentence(key: str, group: Sequence[Record], known: Known) -> Iterator[Finding]:
    """A sentence marked as holding no claim, that a claim stands in."""
    paragraph, sentence = map(int, key.split()[1:])
    path = ("paragraphs", paragraph - 1, "sentences", sentence - 1, "no_claim")
    message = N_("marked as holding no claim, but {id} stands in it")
    for source, claim in product(group, group):
        if isinstance(source, Source) and isinstance(claim, Claim):
            yield Finding(source.ref, path, message, {"id": claim.id})
